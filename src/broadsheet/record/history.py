"""A story's record as it is told: each version with the last that was said of it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

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

    @property
    def is_substantive(self) -> bool:
        """Whether readers are told that the story was updated."""
        return self.chosen and self.kind in SUBSTANTIVE

    @property
    def is_corrected(self) -> bool:
        """Whether it is a correction or clarification."""
        return self.kind in CORRECTED


def versions(story: int) -> list[Version]:
    """All versions, the first one first; one query."""
    note(keys.of(story))
    found: dict[int, Version] = {}
    rows = Change.objects.filter(story=story).order_by("number")
    for pk, number, moment, kind, about, wrong, said, chosen in rows.values_list(
        "pk", "number", "moment", "kind", "about", "wrong", "note", "chosen"
    ):
        if about is None:
            found[number] = Version(pk, number, moment, kind, wrong, said, chosen, number, moment)
            continue
        one = found.get(about)
        if one is None:
            continue
        if kind == Kind.REMOVAL and one.kind != Kind.REMOVAL:
            one.taken_out, one.reason = True, said
        else:
            one.kind, one.wrong, one.note, one.chosen, one.saying, one.told = kind, wrong, said, chosen, number, moment
    return list(found.values())


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
