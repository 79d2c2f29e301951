"""What the preview of a document shows."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from broadsheet.importing.blocks.convert import words_of
from broadsheet.importing.documents.draft import Draft

MAX_SHOWN = 6000


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft for an editor's eye."""

    headline: str
    standfirst: str
    rows: tuple[tuple[str, str], ...]
    """(what, value); the value is empty where nothing was found."""
    paragraphs: tuple[str, ...]
    is_cut: bool
    notes: tuple[str, ...]


def preview_of(draft: Draft) -> Preview:
    """The draft as the desk shows it before anything is written."""
    text = words_of([{**b, "value": {"caption": b["value"]["caption"]}} if b["type"] == "picture" else b for b in draft.blocks])
    dates = [date_format(one, "DATE_FORMAT") if one else "" for one in (draft.published, draft.updated)]
    rows = (
        (_("Byline"), ", ".join(draft.byline)), (_("Dateline"), draft.dateline), (_("Published"), dates[0]), (_("Updated"), dates[1]),
        (_("Labels"), ", ".join(draft.labels)), (_("Topics"), ", ".join(draft.topics)),
        (_("Pictures"), ", ".join(one.name for one in draft.pictures)),
    )  # fmt: skip
    paragraphs = tuple(part for part in text[:MAX_SHOWN].split("\n\n") if part.strip())
    return Preview(draft.headline, draft.standfirst, rows, paragraphs, len(text) > MAX_SHOWN, draft.notes)
