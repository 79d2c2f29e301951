"""A story's record as it is told: each version with the last that was said of it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from broadsheet.delivery.keys import note
from broadsheet.record import keys
from broadsheet.record.models import CORRECTED, SUBSTANTIVE, Change, ChangeText, Kind


@dataclass(slots=True)
class Version:
    """A version of the text, or that there was none any more."""

    id: int
    number: int
    moment: dt.datetime
    kind: str
    wrong: str
    note: str
    chosen: bool
    """False while nobody has said what kind of change it is."""
    saying: int
    """Number of the entry that says so: its own, or a later one."""
    told: dt.datetime
    """When that was said."""
    taken_out: bool = False
    reason: str = ""
    """Why its text was taken out of the record."""
    worded: list[int] = field(default_factory=list)
    """Numbers of all entries that hold words about it: its own, later ones, and reasons."""

    @property
    def is_substantive(self) -> bool:
        """Whether readers are told that the story was updated."""
        return self.chosen and self.kind in SUBSTANTIVE

    @property
    def is_corrected(self) -> bool:
        """Whether it is a correction or clarification."""
        return self.kind in CORRECTED


def versions(story: int) -> list[Version]:
    """All versions, the first one first; one query. In the place of words that were taken out stands that they were, and why."""
    note(keys.of(story))
    found: dict[int, Version] = {}
    names = ("pk", "number", "moment", "kind", "about", "wrong", "note", "said", "chosen", "text_digest")
    rows = list(Change.objects.filter(story=story).order_by("number").values_list(*names, named=True))
    reasons, telling = _unsaid(rows)
    of: dict[int, int] = {}
    for row in rows:
        told = _in_its_place(row.kind, reasons[row.number]) if row.number in reasons else row.note
        if row.about is None:
            found[row.number] = Version(row.pk, row.number, row.moment, row.kind, row.wrong, told, row.chosen, row.number, row.moment)
        of[row.number] = row.number if row.about is None else of.get(row.about, 0)
        if row.said and row.number not in reasons and of[row.number]:
            found[of[row.number]].worded.append(row.number)
        one = found.get(row.about)
        if one is None or row.number in telling:
            continue
        if row.kind == Kind.REMOVAL and one.kind != Kind.REMOVAL:
            one.taken_out, one.reason = True, told
        else:
            one.kind, one.wrong, one.note, one.chosen, one.saying, one.told = row.kind, row.wrong, told, row.chosen, row.number, row.moment
    return list(found.values())


def _unsaid(rows: Sequence[Any]) -> tuple[dict[int, str], set[int]]:
    """{number of an entry whose words were taken out: why}, and the numbers of the entries that tell so."""
    said = {row.number: row.said for row in rows if row.said}
    telling = [row for row in rows if row.kind == Kind.REMOVAL and row.text_digest and said.get(row.about) == row.text_digest]
    reasons: dict[int, str] = {}
    for row in reversed(telling):
        # A reason may have been taken out, too, for another one given later.
        reasons[row.about] = reasons.get(row.number, row.note)
    return reasons, {row.number for row in telling}


def _in_its_place(kind: str, reason: str) -> str:
    # Of a reason only the reason is of interest.
    return reason if kind == Kind.REMOVAL else f"{Kind.REMOVAL.label} · {_('Reason:')} {reason}"


def texts(ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """{id of an entry: its text}, without those that were taken out; one query."""
    return {pk: json.loads(text) for pk, text in ChangeText.objects.filter(pk__in=list(ids)).exclude(salt="").values_list("pk", "text")}


@dataclass(frozen=True, slots=True)
class Removal:
    """That a story is not public any more."""

    story: int
    since: dt.datetime
    reason: str
    """For readers; empty when none was given."""
    versions: tuple[Version, ...]


def removal_at(address: str) -> Removal | None:
    """What is known of the story that was at an address and was removed; None where none was. Nothing of its texts."""
    story = ChangeText.objects.filter(address=address).order_by("-pk").values_list("change__story", flat=True).first()
    known = versions(story) if story else []
    last = known[-1] if known else None
    if story is None or last is None or last.kind != Kind.REMOVAL:
        return None
    return Removal(story, last.moment, last.note, tuple(known))
