"""What stories are about, as numbers; all of it can be made again from the stories. Stories are above this app, so ids stand for them."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """A story among those that are compared, and what is still to be done for it."""

    class Waits(models.IntegerChoices):
        NO = 0
        ENTER = 1
        """It was published, changed or withdrawn."""
        RELATE = 2
        """It is entered: find its related stories, and see whose it becomes."""
        AGAIN = 3
        """Something near it changed."""
        FAILED = 9

    story = models.BigIntegerField(primary_key=True)
    waits = models.SmallIntegerField(choices=Waits, default=Waits.ENTER)
    since = models.BigIntegerField()
    """Microseconds since 1970; another value than the one that was read means that it was changed in between."""
    number = models.BigIntegerField(null=True, unique=True)
    """Day of publication above the story's id, so that the newest come last; null until it is entered."""
    seconds = models.BigIntegerField(default=0)
    """When it was published, since 1970."""
    language = models.CharField(max_length=35, blank=True)
    section = models.BigIntegerField(default=0)
    terms = models.BinaryField(default=bytes)
    weights = models.BinaryField(default=bytes)
    norm = models.FloatField(default=1.0)
    sketch = models.BinaryField(default=bytes)
    entered = models.BigIntegerField(default=0)
    related = models.BigIntegerField(default=0)
    """When that was last done; microseconds."""

    class Meta:
        indexes = [models.Index(fields=["waits", "-story"], name="related_entry_waits")]

    def __str__(self) -> str:
        return f"{self.story} ({self.get_waits_display()})"


class Frequency(models.Model):
    """In how many stories a term is; approximately, as what is changed or withdrawn stays counted."""

    term = models.IntegerField(primary_key=True)
    stories = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.term}: {self.stories}"


class Lead(models.Model):
    """A term that leads to a story: one of its strongest."""

    pk = models.CompositePrimaryKey("term", "number")
    term = models.IntegerField()
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.term} leads to {self.number}"
