"""What was published, and when it was changed: written once. Stories are above this app and may be deleted, so ids stand for them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What readers should take an entry for."""

    FIRST = "first", _("First published")
    IMPORTED = "imported", _("Taken over")
    UPDATE = "update", _("Update")
    CORRECTION = "correction", _("Correction")
    CLARIFICATION = "clarification", _("Clarification")
    MINOR = "minor", _("Minor change")
    REMOVAL = "removal", _("Removed")


SUBSTANTIVE = (Kind.UPDATE, Kind.CORRECTION, Kind.CLARIFICATION)
"""Readers see “Updated” only after these."""
CHOSEN = (Kind.UPDATE, Kind.CORRECTION, Kind.CLARIFICATION, Kind.MINOR)
"""What an editor can say of a change."""


class Change(models.Model):
    """An entry of the record: digests and what is said of them. The database refuses to change it (`triggers`)."""

    story = models.BigIntegerField()
    number = models.PositiveIntegerField()
    """Of the story's entries, from 1."""
    moment = models.DateTimeField()
    """When it was entered; the dates readers were shown are in the text."""
    kind = models.CharField(max_length=13, choices=Kind)
    about = models.PositiveIntegerField(null=True)
    """Number of the entry that this one says more of: its kind, said later, or that its text was taken out. Null for a version of the text."""
    wrong = models.TextField(blank=True)
    """Of a correction: what was wrong."""
    note = models.TextField(blank=True)
    """For readers: what changed, what is right, or why it was removed."""
    chosen = models.BooleanField(default=True)
    """False when nobody said what kind of change it is: it waits for an editor."""
    text_digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of salt and text, hexadecimal; empty where there is no text."""
    previous = models.CharField(max_length=64, blank=True)
    """The digest of the story's entry before."""
    digest = models.CharField(max_length=64)
    """SHA-256 of all of the above, hexadecimal: see `digests.entry_digest`."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "number"], name="record_change_once")]
        indexes = [
            models.Index(fields=["kind", "-id"], name="record_change_kind"),
            models.Index(fields=["-id"], condition=models.Q(chosen=False), name="record_change_unsaid"),
        ]

    def __str__(self) -> str:
        return f"entry {self.number} of story {self.story} ({self.kind})"


class ChangeText(models.Model):
    """The public text of an entry. The database lets it be blanked, nothing else."""

    change = models.OneToOneField(Change, primary_key=True, on_delete=models.DO_NOTHING, related_name="held")
    address = models.CharField(max_length=600, db_index=True)
    """Where readers found it; stays when the text is blanked, so that its removal can be told there."""
    text = models.TextField(blank=True)
    """Canonical JSON (RFC 8785)."""
    salt = models.CharField(max_length=32, blank=True)
    """Without it nobody can guess at a text that was blanked."""

    def __str__(self) -> str:
        return f"text of entry {self.change_id}"
