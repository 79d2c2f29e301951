"""Verbs that append to the record; nothing else is ever done to it, but for texts and words that have to be taken out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from broadsheet import rows
from broadsheet.delivery import purging
from broadsheet.people.models import User
from broadsheet.record import keys
from broadsheet.record.digests import canonical, entry_digest, new_salt, said_digest, text_digest
from broadsheet.record.models import CHOSEN, CORRECTED, SUBSTANTIVE, Change, ChangeText, Kind, Waiting
from broadsheet.record.queries import Standing, standings

_COLUMNS = (
    "id",
    "story",
    "number",
    "moment",
    "kind",
    "about",
    "wrong",
    "note",
    "salt",
    "said",
    "chosen",
    "text_digest",
    "previous",
    "digest",
)


class Version(NamedTuple):
    """A public story as readers get it now."""

    story: int
    address: str
    text: Mapping[str, Any]
    """Text and metadata: strings, whole numbers, lists and dictionaries of them."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a change."""

    kind: str
    note: str = ""
    wrong: str = ""
    chosen: bool = True

    @property
    def insists(self) -> bool:
        """Whether an editor wants readers to be told, whatever the text says: an entry is made although nothing else changed."""
        return self.chosen and self.kind in SUBSTANTIVE


FIRST, IMPORTED, MINOR = Said(Kind.FIRST), Said(Kind.IMPORTED), Said(Kind.MINOR)
UNSAID = Said(Kind.UPDATE, chosen=False)


class CannotSay(ValueError):
    """The record does not take that; the message says why."""


@transaction.atomic
def append(
    versions: Sequence[Version], said: Mapping[int, Said], *, withdrawn: Iterable[int] = (), are_new: bool = False, new: Said = IMPORTED
) -> int:
    """Append what is public now, and that the `withdrawn` are not; the same number of queries whatever there is. Returns how many entries.

    A version whose text is that of the last entry is not entered again, unless an editor insists. `said` is by story; what nothing is
    said of followed from a change elsewhere (a name, a caption) and is minor. `new` is said of stories without a record, whatever
    `said` has: the first of them a publish, all others were public before there was a record. `are_new`: none has one.
    """
    withdrawn = list(withdrawn)
    ends = {} if are_new else standings([*(one.story for one in versions), *withdrawn])
    entries: list[tuple[Standing, int, Said, str, str, str]] = []
    for one in versions:
        end = ends.get(one.story)
        text, salt = canonical(one.text), new_salt()
        what = said.get(one.story, MINOR)
        if end is None:
            what = what if what.kind == Kind.FIRST else new
        elif end.is_public and end.salt and text_digest(end.salt, text) == end.text_digest and not what.insists:
            continue
        elif what.kind == Kind.FIRST:
            what = UNSAID
        entries.append((end or Standing(), one.story, what, text, salt, one.address))
    entries += [
        (end, story, said.get(story, Said(Kind.REMOVAL)), "", "", "") for story in withdrawn if (end := ends.get(story)) and end.is_public
    ]
    _write(entries)
    return len(entries)


class Earlier(NamedTuple):
    """An entry of another installation's record, about a story that is here now."""

    story: int
    number: int
    moment: dt.datetime
    kind: str
    about: int | None
    wrong: str
    note: str
    said_salt: str
    said: str
    """The digest of `wrong` and `note`; looked at only where these were taken out."""
    chosen: bool
    address: str
    """Empty where the entry has no text of its own, not even one that was taken out."""
    text: str
    """Canonical JSON; empty where it was taken out."""
    salt: str
    text_digest: str


@transaction.atomic
def take_over(earlier: Sequence[Earlier]) -> int:
    """Append entries that were made elsewhere, with their moments; returns how many were not here yet.

    Each story's entries in the order of their numbers. Their digests are made anew, for they name the story by its number here.
    Raises CannotSay for an entry whose predecessor is missing.
    """
    last = {story: (end.number, end.digest) for story, end in standings({one.story for one in earlier}).items()}
    new: list[tuple[Earlier, str, str, str]] = []
    for one in earlier:
        number, previous = last.get(one.story, (0, ""))
        if one.number <= number:
            continue
        if one.number != number + 1:
            raise CannotSay(_("Entry %(number)d of a story comes after entry %(last)d.") % {"number": one.number, "last": number})
        said = said_digest(one.said_salt, wrong=one.wrong, note=one.note) or one.said
        digest = entry_digest(
            story=one.story, number=one.number, moment=one.moment, kind=one.kind, about=one.about, said=said, chosen=one.chosen,
            text=one.text_digest, previous=previous,
        )  # fmt: skip
        last[one.story] = (one.number, digest)
        new.append((one, said, previous, digest))
    made, texts = [], []
    for pk, (one, said, previous, digest) in zip(rows.numbers(Change, len(new)), new, strict=True):
        made.append((pk, one.story, one.number, one.moment, one.kind, one.about, one.wrong, one.note, one.said_salt, said, one.chosen,
                     one.text_digest, previous, digest))  # fmt: skip
        if one.address:
            texts.append((pk, one.address, one.text, one.salt))
    _insert(made, texts)
    purging.touch(*{keys.of(one.story) for one, *_digests in new}, *([keys.CORRECTIONS] if new else []))
    return len(new)


def _insert(made: Sequence[tuple[Any, ...]], texts: Sequence[tuple[Any, ...]]) -> None:
    rows.insert(Change, _COLUMNS, made)
    rows.insert(ChangeText, ("change_id", "address", "text", "salt"), texts)
    # The log is made after the commit, in whatever order that comes.
    rows.insert(Waiting, ("change_id",), [(row[0],) for row in made])


def _write(entries: Sequence[tuple[Standing, int, Said, str, str, str]], about: int | None = None, digest: str = "") -> None:
    moment, made, texts = timezone.now(), [], []
    for pk, (end, story, what, text, salt, address) in zip(rows.numbers(Change, len(entries)), entries, strict=True):
        held = text_digest(salt, text) if text else digest
        number = end.number + 1
        own = new_salt() if what.wrong or what.note else ""
        said = said_digest(own, wrong=what.wrong, note=what.note)
        entry = entry_digest(
            story=story, number=number, moment=moment, kind=what.kind, about=about, said=said, chosen=what.chosen, text=held, previous=end.digest
        )  # fmt: skip
        made.append(
            (pk, story, number, moment, str(what.kind), about, what.wrong, what.note, own, said, what.chosen, held, end.digest, entry)
        )
        if text:
            texts.append((pk, address, text, salt))
    _insert(made, texts)
    # A story's first entry is on no page yet.
    told = {keys.of(story) for end, story, *_rest in entries if end.number}
    listed = about is not None or any(end.kind == Kind.REMOVAL or what.kind in CORRECTED for end, _story, what, *_rest in entries)
    purging.touch(*told, *([keys.CORRECTIONS] if listed else []))


@transaction.atomic
def classify(*, story: int, number: int, said: Said, by: User | None) -> None:
    """Say what kind of change a version was; appended to the record, for nothing in it is changed. The last that was said holds.

    Raises CannotSay for a version that there is not, or one that is no change, and for a correction that says nothing.
    """
    version = Change.objects.filter(story=story, number=number, about=None).first()
    if version is None or version.kind not in CHOSEN or said.kind not in CHOSEN:
        raise CannotSay(_("That is no change of this story."))
    if said.kind in (Kind.CORRECTION, Kind.CLARIFICATION) and not said.note.strip():
        raise CannotSay(_("Say in a sentence what is right now."))
    end = standings([story])[story]
    _write([(end, story, said, "", "", "")], about=number, digest=version.text_digest)


@transaction.atomic
def explain(*, story: int, reason: str, by: User | None) -> None:
    """Tell readers why a story was removed. The last that was said holds.

    Raises CannotSay for a story that was not removed, and without a reason: “legal” will do.
    """
    last = Change.objects.filter(story=story, about=None).order_by("-number").first()
    if last is None or last.kind != Kind.REMOVAL:
        raise CannotSay(_("That story was not removed."))
    _write([(standings([story])[story], story, Said(Kind.REMOVAL, _reason(reason)), "", "", "")], about=last.number)


@transaction.atomic
def blank(*, story: int, numbers: Sequence[int], reason: str, by: User | None) -> int:
    """Take the texts of versions out of the record, as the law may ask; entries, digests and the reason stay, for everybody to see.

    Returns how many were taken out. Raises CannotSay without a reason: “legal” will do.
    """
    reason = _reason(reason)
    held = ChangeText.objects.filter(change__story=story, change__number__in=numbers, change__about=None).exclude(salt="")
    found = list(held.values_list("pk", "change__number", "change__text_digest").order_by("pk"))
    _tell_of_removal(story, reason, found)
    ChangeText.objects.filter(pk__in=[pk for pk, _number, _digest in found]).update(text="", salt="")
    return len(found)


@transaction.atomic
def unsay(*, story: int, numbers: Sequence[int], reason: str, by: User | None) -> int:
    """Take the words that were said with entries out of the record, as the law may ask; entries, digests and the reason stay, for everybody to see.

    Returns how many were taken out. Raises CannotSay without a reason: “legal” will do.
    """
    reason = _reason(reason)
    said = Change.objects.filter(story=story, number__in=numbers).exclude(wrong="", note="")
    found = list(said.values_list("pk", "number", "said").order_by("pk"))
    _tell_of_removal(story, reason, found)
    Change.objects.filter(pk__in=[pk for pk, _number, _digest in found]).update(wrong="", note="", salt="")
    return len(found)


def _tell_of_removal(story: int, reason: str, found: Sequence[tuple[int, int, str]]) -> None:
    """Append an entry for each that something of is taken out: the digest tells what."""
    for _pk, number, digest in found:
        _write([(standings([story])[story], story, Said(Kind.REMOVAL, reason), "", "", "")], about=number, digest=digest)


def _reason(given: str) -> str:
    if not given.strip():
        raise CannotSay(_("Give a reason that readers may see; “legal” will do."))
    return given.strip()
