"""Who said what, what the newsroom knows it from, and what happened: rows of what readers can read, made anew at each publish.

They are projected from the marks in a body (`marks`), so nobody writes them; stories are above this app, so ids stand for them.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from broadsheet.people.models import Person


class SourceKind(models.TextChoices):
    """What a newsroom knows something from."""

    DOCUMENT = "document", _("document")
    INTERVIEW = "interview", _("interview")
    CONFERENCE = "conference", _("press conference")
    BROADCAST = "broadcast", _("broadcast")
    POST = "post", _("social post")
    OUTLET = "outlet", _("other outlet")
    ANONYMOUS = "anonymous", _("unnamed source")


class EventState(models.TextChoices):
    """Whether it came to pass."""

    HELD = "held", _("happened")
    PLANNED = "planned", _("planned")
    CANCELLED = "cancelled", _("cancelled")


class Marked(models.Model):
    """Something an editor marked in a public story."""

    story = models.BigIntegerField()
    mark = models.UUIDField()
    """Of this story alone: a copy in another one has another."""
    number = models.PositiveIntegerField()
    """In the story, from 1, in reading order."""

    class Meta:
        abstract = True


class Source(Marked):
    """What a story knows something from."""

    kind = models.CharField(max_length=12, choices=SourceKind)
    title = models.CharField(max_length=255, blank=True)
    url = models.CharField(max_length=600, blank=True, db_index=True)
    publisher = models.CharField(max_length=255, blank=True)
    date = models.CharField(max_length=16, blank=True)
    """As precise as it is known: `2026`, `2026-11`, `2026-11-24`, `2026-11-24T18:30`."""
    reason = models.CharField(max_length=255, blank=True)
    """Why readers are not told who it is."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "mark"], name="record_source_once")]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()


class Statement(Marked):
    """What somebody said, as a story has it."""

    speaker = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    """Null when nobody has made the speaker a person here."""
    name = models.CharField(max_length=255)
    role = models.CharField(max_length=255, blank=True)
    """At the time."""
    verb = models.CharField(max_length=60, blank=True)
    date = models.CharField(max_length=16, blank=True)
    day = models.DateField()
    """The first day of `date`; without one, the day on which the story was published. Decides the order."""
    place = models.CharField(max_length=255, blank=True)
    audience = models.CharField(max_length=255, blank=True)
    quoted = models.BooleanField(default=True)
    """In these words; otherwise a paraphrase."""
    text = models.TextField()
    """As it stands in the story."""
    source = models.ForeignKey(Source, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "mark"], name="record_statement_once")]
        indexes = [models.Index(fields=["speaker", "-day", "-id"], name="record_statement_said")]

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:60]}"


class Event(Marked):
    """Something that happened, is planned, or was cancelled, as a story tells it."""

    event = models.UUIDField(db_index=True)
    """Shared by all that stories tell of one event: the mark that told of it first."""
    what = models.CharField(max_length=255)
    date = models.CharField(max_length=16)
    day = models.DateField(db_index=True)
    """The first day of `date`."""
    ends = models.DateField()
    """The last day of `date`: of “2026-11” the 30th."""
    place = models.CharField(max_length=255, blank=True)
    who = models.CharField(max_length=255, blank=True)
    state = models.CharField(max_length=9, choices=EventState)
    told = models.DateTimeField()
    """When the story was published: what was told last holds."""
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "mark"], name="record_event_once")]
        indexes = [models.Index(fields=["ends"], condition=models.Q(state="planned"), name="record_event_planned")]

    def __str__(self) -> str:
        return self.what


class MarkHome(models.Model):
    """The story a mark belongs to, drafts included: where else it turns up it is a copy."""

    mark = models.UUIDField(primary_key=True)
    story = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"mark {self.mark} of story {self.story}"


class WebCopy(models.Model):
    """What a source on the web said when it was first cited; nobody but the newsroom reads it."""

    url = models.CharField(max_length=600, unique=True)
    text = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of what was answered, hexadecimal."""
    taken = models.DateTimeField(null=True)
    seen = models.DateTimeField(null=True)
    """When it was last there; readers are told."""
    checked = models.DateTimeField(null=True, db_index=True)
    failures = models.PositiveIntegerField(default=0)
    """In a row; 0 when it was there."""
    problem = models.CharField(max_length=255, blank=True)
    altered = models.BooleanField(default=False)
    """What it says now is not what it said when it was cited."""
    watched = models.BooleanField(default=True)
    """Looks at it wait in the outbox; not once nobody cites it any more."""

    def __str__(self) -> str:
        return self.url
