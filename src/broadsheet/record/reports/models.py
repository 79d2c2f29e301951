"""Reports and what keeps them in bounds. Unlike the record beside them these rows are worked on, and parts of them are forgotten."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

REFERENCE = 18
"""Bytes of a reference: nobody guesses it."""


class ReportKind(models.TextChoices):
    """What a reader says is wrong."""

    FACT = "fact", _("A fact: a number, a name, a date, a quotation")
    LINK = "link", _("A link or a picture")
    LANGUAGE = "language", _("Spelling or language")
    OTHER = "other", _("Something else")


class ReportState(models.TextChoices):
    """How far the desk is."""

    OPEN = "open"
    ANSWERED = "answered"
    CORRECTED = "corrected"
    DISMISSED = "dismissed"
    QUARANTINED = "quarantined"


class Reason(models.TextChoices):
    """Why nothing was changed: readers see it."""

    NO_MISTAKE = "no_mistake", _("We checked this and found no mistake.")
    OPINION = "opinion", _("This is an opinion or a choice of words, and no mistake.")
    UNCLEAR = "unclear", _("We could not find out what is meant.")
    OTHER_STORY = "other_story", _("This is about another story or another publication.")
    SPAM = "spam", _("This is no report of a mistake.")


class Suspicion(models.TextChoices):
    """Why a report was held back: it may be one all the same."""

    TRAP = "trap"
    LINKS = "links"
    MANY = "many"


def new_reference() -> str:
    """An address nobody guesses."""
    return secrets.token_urlsafe(REFERENCE)


class Report(models.Model):
    """What one reader says is wrong with a story. Stories are above this app, so ids stand for them."""

    story = models.BigIntegerField()
    version = models.PositiveIntegerField(default=0)
    """Number of the version that was public when it came in."""
    reference = models.CharField(max_length=32, unique=True, default=new_reference)
    nonce = models.CharField(max_length=32, unique=True)
    """Of the form it came with, which is good for one report."""
    moment = models.DateTimeField(default=timezone.now, db_index=True)
    kind = models.CharField(max_length=12, choices=ReportKind)
    passage = models.TextField(blank=True)
    problem = models.TextField()
    source = models.CharField(max_length=500, blank=True)
    """Address of what shows it."""
    email = models.CharField(max_length=254, blank=True)
    """Only of who wants an answer; forgotten some time after it was closed."""
    digest = models.CharField(max_length=64)
    """Of story, passage and problem: what is the same is one case."""
    same_as = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="others")
    """The first report of the same: the desk works on that one."""
    state = models.CharField(max_length=12, choices=ReportState, default=ReportState.OPEN)
    suspicion = models.CharField(max_length=12, blank=True, choices=Suspicion)
    reason = models.CharField(max_length=12, blank=True, choices=Reason)
    answer = models.TextField(blank=True)
    """What the reader is told; a draft while it is open."""
    corrected_by = models.PositiveIntegerField(null=True)
    """Number of the version of the story that corrected it."""
    closed = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    mailed = models.DateTimeField(null=True)
    """When the answer went out to the reader's address."""

    class Meta:
        indexes = [
            models.Index(fields=["state", "-id"], name="record_report_state"),
            models.Index(fields=["story", "-id"], name="record_report_story"),
            models.Index(fields=["digest"], name="record_report_same"),
        ]

    def __str__(self) -> str:
        return f"report {self.pk} on story {self.story}"

    @property
    def is_open(self) -> bool:
        """Whether the desk has not decided yet."""
        return self.state in (ReportState.OPEN, ReportState.QUARANTINED)


class SenderKey(models.Model):
    """What addresses are made unrecognisable with, for one day of UTC; after two nobody can compute them again."""

    day = models.DateField(primary_key=True)
    key = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"key of {self.day}"


class SentInHour(models.Model):
    """How many reports came from one address in an hour; of the address only a keyed digest."""

    mark = models.CharField(max_length=64)
    hour = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mark", "hour"], name="record_sent_once")]

    def __str__(self) -> str:
        return f"{self.count} reports, {self.hour:%Y-%m-%d %H} h"
