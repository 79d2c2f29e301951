"""What can be found, the words it is found by, and what was looked for."""

from __future__ import annotations

from typing import Any

from django.db import models


class Number(models.BigIntegerField):
    """A number that SQLite keeps rows in the order of, and finds them by without an index beside them."""

    def db_type(self, connection: Any) -> str | None:
        """To SQLite any integer is as long as it has to be, but only one that is called so is the place of a row."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


class Entry(models.Model):
    """A page in the index: what it is ranked, filtered and counted by. Its text is in `search_text` under the same number."""

    number = Number(primary_key=True)
    """Day of publication above the page's id, so that the newest come first; of what only the desk may find, the id alone."""
    page = models.BigIntegerField(db_index=True)
    """Id. No foreign key: pages are above this app, and tell it when they go."""
    seconds = models.BigIntegerField(default=0)
    """When it was published, since 1970."""
    keys = models.TextField(blank=True)
    """Lists it stands in, parted by spaces."""
    headline = models.TextField(blank=True)
    names = models.TextField(blank=True)
    standfirst = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.page}: {self.headline}"


class Word(models.Model):
    """A word of a headline or a name, for suggestions. One that nothing public has any more suggests nothing."""

    word = models.CharField(max_length=60, primary_key=True)
    backwards = models.CharField(max_length=60, db_index=True)

    def __str__(self) -> str:
        return self.word


class Asked(models.Model):
    """What was looked for on a day, by how many; nothing of who did."""

    query = models.CharField(max_length=60)
    day = models.DateField()
    count = models.PositiveIntegerField(default=1)
    found = models.BooleanField()
    """Whether there was anything, the last time."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "query"], name="search_asked_once")]

    def __str__(self) -> str:
        return self.query
