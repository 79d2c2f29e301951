"""What any document is read into: one story as it would be drafted; knows neither Django nor what kind of file it was."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

Block = dict[str, Any]
MAX_HEADLINE = 255


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is in the document itself."""

    key: str
    """What the body calls it (`attachment` of its block)."""
    name: str
    content: bytes = field(repr=False)
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A document understood as a story; everything but the headline may be empty."""

    file: str
    headline: str
    standfirst: str = ""
    byline: tuple[str, ...] = ()
    dateline: str = ""
    published: dt.date | None = None
    """A date, or a datetime when the document says the time; without a zone it means the publication's."""
    updated: dt.date | None = None
    labels: tuple[str, ...] = ()
    """Names of sections above the headline."""
    lists: tuple[str, ...] = ()
    """What stood among the labels and only says where the story was placed: Latest, Top Stories, Featured."""
    topics: tuple[str, ...] = ()
    language: str = ""
    """BCP 47, where the document tells it."""
    blocks: tuple[Block, ...] = ()
    pictures: tuple[Picture, ...] = ()
    notes: tuple[str, ...] = ()
    """What was left out or is doubtful, for whoever checks the draft."""

    def as_json(self) -> dict[str, Any]:
        """Everything but the bytes of pictures, for printing."""
        plain = {name: getattr(self, name) for name in ("file", "headline", "standfirst", "dateline", "language")}
        many = {name: list(getattr(self, name)) for name in ("byline", "labels", "lists", "topics", "notes")}
        dates = {name: one.isoformat() if (one := getattr(self, name)) else None for name in ("published", "updated")}
        pictures = [{"key": p.key, "name": p.name, "bytes": len(p.content), "alt": p.alt} for p in self.pictures]
        return {**plain, **dates, **many, "pictures": pictures, "body": list(self.blocks)}
