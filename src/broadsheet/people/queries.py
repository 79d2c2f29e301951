"""Finding people, and other things that have a name, by what somebody types of it."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length


def written_as(text: str) -> list[str]:
    """A text in the cases it may be stored in: SQLite compares letters outside ASCII as they are."""
    return list(dict.fromkeys((text,) if text.isascii() else (text, text.lower(), text.upper(), text.capitalize(), text.title())))


def _any(field: str, lookup: str, values: list[str]) -> Q:
    return Q(*[(f"{field}__{lookup}", value) for value in values], _connector=Q.OR)


class NamedQuerySet(QuerySet[Any]):
    """Rows with a name."""

    def called(self, text: str, *, field: str = "name") -> NamedQuerySet:
        """Those with a word that begins like each word of `text`; the exact name first, then names that begin so, short before long."""
        text = " ".join(text.replace("\x00", "").split())
        found = self
        for word in text.split():
            forms = written_as(word)
            inside = [f"{mark}{form}" for form in forms for mark in (" ", "-", "(", "“", "’")]
            found = found.filter(_any(field, "istartswith", forms) | _any(field, "icontains", inside))
        whole = written_as(text)
        rank = Case(
            When(_any(field, "iexact", whole), then=Value(0)),
            When(_any(field, "istartswith", whole), then=Value(1)),
            default=Value(2), output_field=IntegerField(),
        )  # fmt: skip
        return found.order_by(rank, Length(field), field, "pk")

    def exactly(self, text: str, *, field: str = "name") -> NamedQuerySet:
        """Those whose whole name it is, whatever its case."""
        return self.filter(_any(field, "iexact", written_as(" ".join(text.replace("\x00", "").split())))).order_by("pk")
