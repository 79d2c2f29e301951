"""Where readers' remarks begin behind a story: names with dates below a heading, whatever that says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.importing.documents.bylines import is_name, trim
from broadsheet.importing.documents.dates import find_dates

if TYPE_CHECKING:
    from broadsheet.importing.documents.structure import Piece

HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_LINES = 4
"""How many pieces a remark has at most, that is not to be taken for a story's own paragraphs."""


def remarks_at(pieces: list[Piece]) -> int:
    """The number in the list of the heading of the remarks that end it; how many pieces there are when none do."""
    signed = [n for n, piece in enumerate(pieces) if is_signed(piece)]
    first = next((n for n in signed if n > 1 and pieces[n - 1].tag in HEADINGS), None)
    if first is None or not any(piece.weight >= 5 for piece in pieces[: first - 1]):
        return len(pieces)
    after = [*(n for n in signed if n >= first), len(pieces)]
    return first - 1 if all(1 < end - n <= _LINES for n, end in zip(after, after[1:], strict=False)) else len(pieces)


def is_signed(piece: Piece) -> bool:
    """Whether somebody's name stands here before a date, and nothing else."""
    if not piece.is_date or piece.tag in HEADINGS or len(piece.text) > 120:
        return False
    found = find_dates(piece.text)
    return len(found) == 1 and not trim(piece.text[found[0].end :]) and is_name(trim(piece.text[: found[0].start]))
