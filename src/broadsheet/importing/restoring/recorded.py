"""The record of an export → the record here, with the moments and words it had; each story's entries in their chain."""

from __future__ import annotations

import re
from typing import Any

from broadsheet.importing.restoring.pages import Here
from broadsheet.importing.restoring.told import Told
from broadsheet.record import actions, signing
from broadsheet.record.digests import canonical, text_digest
from broadsheet.record.log import begin_again
from broadsheet.record.models import Kind, Log
from broadsheet.stories.models import Story
from broadsheet.stories.recording import AT_ONCE, append, as_published

# Canonical JSON has whole numbers up to 2^53.
_DELETED, _AGAIN = 2**52, 2**40
_DEEPEST = 5
_HEX = frozenset("0123456789abcdef")


def prepare(told: Told | None, address: str) -> None:
    """Begin a log after the one that the entries were in, where both are called the same: nobody who kept a checkpoint of that one is deceived."""
    if told is None or told.text("origin", 500) != signing.name() or Log.objects.filter(number__gt=told.number("number")).exists():
        return
    begin_again(
        reason=f"Brought back from an export of {address}, whose log had {told.number('entries')} entries.", after=told.number("number")
    )


def check(told: Told) -> None:
    """Raises ImportRefused for an entry that no record of ours has."""
    if not told.number("story") < 2**53 - _AGAIN:
        raise told.refuse("story", "is no number of a story")
    if told.record.get("about") is not None:
        told.number("about")
    told.text("wrong"), told.text("note"), told.text("address", 600)
    if not 0 < told.number("number") < 2**31:
        raise told.refuse("number", "is no number of an entry")
    if told.moment("moment") is None:
        raise told.refuse("moment", "is missing")
    told.choice("kind", Kind.values)
    told.flag("chosen")
    for name, length in (("salt", 32), ("said_salt", 32), ("said", 64), ("digest", 64)):
        value = told.text(name, length)
        if value and (len(value) != length or not _HEX.issuperset(value)):
            raise told.refuse(name, f"is no {length} hexadecimal figures")
    if told.record.get("text") is not None:
        _check_text(told.within("text"))
        if not told.text("salt", 32):
            raise told.refuse("salt", "is missing, though there is a text")


def _check_text(text: Told) -> None:
    """Whether all is there, and is what it should be, that readers are shown of a text and of what it has otherwise than the one before."""
    _check_said(text, "address", "kind", "language", "headline", "standfirst", "dateline", "published", "body", "structure")
    if text.moment("published") is None:
        raise text.refuse("published", "is missing")
    for name in ("links", "pictures", "byline", "sections"):
        if not isinstance(text.record.get(name), list):
            raise text.refuse(name, "is no list")
    text.words("links"), text.words("pictures")
    for line in text.each("byline"):
        _check_said(line, "name", "role")
    for one in text.many("sections"):
        if not isinstance(one, str | int):
            raise text.refuse("sections", "holds something that is no section")
    if text.record.get("lead_picture") is not None:
        _check_said(text.within("lead_picture"), "id", "alt", "caption", "credit")
    if "labels" in text.record:
        labels = text.within("labels")
        _check_said(labels, *labels.record)
    if not _is_digestible(text.record):
        raise text.refuse("text", "holds something other than text, whole numbers, and lists and records of them")


def _check_said(told: Told, *names: str) -> None:
    for name in names:
        if not isinstance(told.record.get(name), str):
            raise told.refuse(name, "is no text")
        told.text(name, 10_000_000)


def _is_digestible(value: Any, depth: int = 0) -> bool:
    """Whether canonical JSON can be made of it that every system has alike, and a database keeps it."""
    if isinstance(value, str):
        return not re.search("[\0\ud800-\udfff]", value)
    if isinstance(value, int):
        return abs(value) < 2**53
    if isinstance(value, dict):
        return depth < _DEEPEST and all(name.isascii() and _is_digestible(one, depth + 1) for name, one in value.items())
    return value is None or isinstance(value, list) and depth < _DEEPEST and all(_is_digestible(one, depth + 1) for one in value)


def load(batch: list[Told], here: Here) -> None:
    """Append the next entries; those that are here already are passed over."""
    try:
        actions.take_over([_entry(told, here) for told in batch])
    except actions.CannotSay as error:
        raise batch[0].refuse("number", str(error)) from error


def _entry(told: Told, here: Here) -> actions.Earlier:
    text = _here(told.within("text"), here) if told.record.get("text") is not None else None
    written, salt = (canonical(text), told.text("salt", 32)) if text else ("", "")
    moment = told.moment("moment")
    assert moment is not None  # noqa: S101
    number = told.number("story")
    return actions.Earlier(
        story=here.pages.get(number) or _nobody(number), number=told.number("number"), moment=moment, kind=told.choice("kind", Kind.values),
        about=told.number("about") if told.record.get("about") is not None else None, wrong=told.text("wrong"), note=told.text("note"),
        said_salt=told.text("said_salt", 32), said=told.text("said", 64), chosen=told.flag("chosen"), address=told.text("address", 600),
        text=written, salt=salt, text_digest=text_digest(salt, written) if written else told.text("digest", 64),
    )  # fmt: skip


def _nobody(number: int) -> int:
    """For a story that was deleted: a number that no page will ever have, and no other story that was deleted, here or where it was before."""
    return number + (_AGAIN if number >= _DELETED else _DELETED)


def _here(told: Told, here: Here) -> dict[str, Any]:
    """The text with the numbers that sections and pictures have here; 0 for those that were gone already."""
    text = dict(told.record)
    text["sections"] = [here.sections.get(one, 0) if isinstance(one, str) else 0 for one in told.many("sections")]
    text["pictures"] = sorted(here.media.find(one) or 0 for one in told.words("pictures"))
    if text.get("lead_picture"):
        lead = told.within("lead_picture")
        text["lead_picture"] = lead.record | {"id": here.media.find(lead.text("id", 40)) or 0}
    return text


def complete() -> None:
    """Enter what readers get otherwise than the entries say, as taken over: nothing, mostly."""
    after = 0
    while stories := list(
        Story.objects.filter(live=True, galley__isnull=False, published__isnull=False, pk__gt=after).order_by("pk")[:AT_ONCE]
    ):
        append(list(as_published(stories)), {story.pk: actions.IMPORTED for story in stories})
        after = stories[-1].pk
