"""What was published, and when it was changed: written once. Stories are above this app and may be deleted, so ids stand for them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

# Django finds an app's tables here.
from broadsheet.record.evidence import Event, MarkHome, Source, Statement, WebCopy  # noqa: F401
from broadsheet.record.reports.models import Report, SenderKey, SentInHour  # noqa: F401


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
CORRECTED = (Kind.CORRECTION, Kind.CLARIFICATION)
"""What stands above the story, and in the list of corrections."""


class Change(models.Model):
    """An entry of the record: digests and what is said of them. The database lets what is said be blanked, nothing else (`triggers`)."""

    story = models.BigIntegerField()
    number = models.PositiveIntegerField()
    """Of the story's entries, from 1."""
    moment = models.DateTimeField()
    """When it was entered; the dates readers were shown are in the text."""
    kind = models.CharField(max_length=13, choices=Kind)
    about = models.PositiveIntegerField(null=True)
    """Number of the entry that this one says more of: its kind, said later, or what of it was taken out. Null for a version of the text."""
    wrong = models.TextField(blank=True)
    """Of a correction: what was wrong."""
    note = models.TextField(blank=True)
    """For readers: what changed, what is right, or why it was removed."""
    salt = models.CharField(max_length=32, blank=True)
    """Of the digest of `wrong` and `note`; empty where nothing was said, and where that was taken out."""
    said = models.CharField(max_length=64, blank=True)
    """The digest of `wrong` and `note`, hexadecimal, which stays when they are taken out; empty where nothing was said."""
    chosen = models.BooleanField(default=True)
    """False when nobody said what kind of change it is: it waits for an editor."""
    text_digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of salt and text, hexadecimal; empty where there is no text. Of an entry that tells of something taken out, the digest of that."""
    previous = models.CharField(max_length=64, blank=True)
    """The digest of the story's entry before."""
    digest = models.CharField(max_length=64)
    """SHA-256 of all of the above, hexadecimal, words as digests: see `digests.entry`."""

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


class Waiting(models.Model):
    """An entry that is not in the log yet; written with it, and removed when it has its place there."""

    change = models.OneToOneField(Change, primary_key=True, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"entry {self.change_id} waits"


class Log(models.Model):
    """A Merkle log of all entries. There is one, unless an older state of the database had to be gone back to: then a new one begins."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    began = models.DateTimeField()
    reason = models.TextField(blank=True)
    """For readers: why the log before it was not gone on with."""

    def __str__(self) -> str:
        return f"log {self.number}"


class Leaf(models.Model):
    """The place of an entry in a log, from 0. The database refuses to change it."""

    log = models.ForeignKey(Log, on_delete=models.DO_NOTHING, related_name="+", db_index=False)
    place = models.BigIntegerField()
    change = models.ForeignKey(Change, on_delete=models.DO_NOTHING, related_name="leaves")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["log", "place"], name="record_leaf_place"),
            models.UniqueConstraint(fields=["log", "change"], name="record_leaf_change"),
        ]

    def __str__(self) -> str:
        return f"entry {self.change_id} at {self.place}"


class Node(models.Model):
    """The hash of a full tile of a log's tree: what tiles of the level above it hold. The database refuses to change it."""

    log = models.ForeignKey(Log, on_delete=models.DO_NOTHING, related_name="+", db_index=False)
    level = models.PositiveSmallIntegerField()
    """Of the tile that holds it: 1 for hashes of 256 entries, 2 for hashes of 65,536."""
    place = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "level", "place"], name="record_node_place")]

    def __str__(self) -> str:
        return f"hash {self.place} of level {self.level}"


class SigningKey(models.Model):
    """A public key that checkpoints are, or were, signed with, the last the one in use. The private one is a file. The database refuses to change it."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    public = models.CharField(max_length=64)
    """32 bytes, hexadecimal."""
    began = models.DateTimeField()
    note = models.TextField(blank=True)
    """Signed by the key before: that this one follows. Empty for the first, and where that key was lost."""
    reason = models.TextField(blank=True)
    """For readers: why the key before was not there, or not to be trusted, to sign that."""

    def __str__(self) -> str:
        return f"key {self.number}"
