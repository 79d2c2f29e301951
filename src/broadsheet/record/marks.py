"""Marks in rich text: `<mark data-says="…">`, whose attribute is JSON of what an editor says of the words inside.

A mark carries up to three facets, each with an id of its own: what the words are known from, who said them, what happened. One id may
stand at several ranges. A link on marked words stands inside the mark. `docs/contracts/marks.md` is the contract.
"""

from __future__ import annotations

import json
import re
import secrets
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from html import escape, unescape
from typing import Any, NamedTuple

from broadsheet.html import safe_url, without_control
from broadsheet.record.dated import tidy
from broadsheet.record.evidence import EventState, SourceKind

ATTRIBUTE = "data-says"
_TAG = re.compile(r"""<(/?)mark\b((?:[^>"']|"[^"]*"|'[^']*')*)>""", re.I)
_TAG_OR_GONE = re.compile(f"\ufdd2|{_TAG.pattern}", re.I)
_SAYS = re.compile(rf"""\b{ATTRIBUTE}=(?:"([^"]*)"|'([^']*)')""")
_SIGN = re.compile("([\ufdd0\ufdd2])([0-9]{1,6})-([0-9a-f]{16})\ufdd1")
_OURS = secrets.token_hex(8)
"""In our signs and nobody else's: a text can bring such characters along, as references that only the parser makes characters of."""
_SIGNS = re.compile("[\ufdd0-\ufdd2]")
LONG = 255


@dataclass(frozen=True, slots=True)
class SourceSaid:
    """What the words are known from."""

    id: str
    kind: str = SourceKind.DOCUMENT.value
    title: str = ""
    url: str = ""
    publisher: str = ""
    date: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StatementSaid:
    """Who said the words."""

    id: str
    speaker: int | str | None = None
    """A person's number here, in an export their slug; `name` stays when there is none."""
    name: str = ""
    role: str = ""
    verb: str = ""
    date: str = ""
    place: str = ""
    audience: str = ""
    quoted: bool = True


@dataclass(frozen=True, slots=True)
class EventSaid:
    """What the words tell of."""

    id: str
    what: str = ""
    date: str = ""
    place: str = ""
    who: str = ""
    state: str = EventState.HELD.value
    same: str = ""
    """The event as another story told it first."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said of a range of words."""

    source: SourceSaid | None = None
    statement: StatementSaid | None = None
    event: EventSaid | None = None

    def __bool__(self) -> bool:
        return bool(self.source or self.statement or self.event)

    @property
    def ids(self) -> list[str]:
        """Of its facets."""
        return [one.id for one in (self.source, self.statement, self.event) if one]


class Range(NamedTuple):
    """A marked range of a text, in its neutral form."""

    start: int
    end: int
    mark: Mark


def read(says: str) -> Mark:
    """What an attribute says, as far as it can be meant; whoever wrote it."""
    try:
        told = json.loads(says)
    except (ValueError, RecursionError):
        return Mark()
    if not isinstance(told, dict):
        return Mark()
    source, statement, event = (
        one if isinstance(one := told.get(name), dict) and _is_id(one.get("id")) else None for name in ("source", "statement", "event")
    )
    return Mark(_source(source) if source else None, _statement(statement) if statement else None, _event(event) if event else None)


def write(mark: Mark) -> str:
    """The attribute's value: the same for the same mark, without what is empty."""
    told = {
        name: {key: value for key, value in asdict(facet).items() if value not in ("", None)}
        for name in ("source", "statement", "event")
        if (facet := getattr(mark, name))
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def tag(mark: Mark) -> str:
    """The element that begins it."""
    return f'<mark {ATTRIBUTE}="{escape(write(mark))}">'


def _is_id(value: Any) -> bool:
    try:
        return isinstance(value, str) and str(uuid.UUID(value)) == value
    except ValueError:
        return False


def _text(told: dict[str, Any], name: str, most: int = LONG) -> str:
    value = told.get(name)
    return " ".join(_SIGNS.sub("", without_control(value)).split())[:most] if isinstance(value, str) else ""


def _choice(told: dict[str, Any], name: str, among: Sequence[str], other: str) -> str:
    return str(told.get(name)) if told.get(name) in among else other


def _source(told: dict[str, Any]) -> SourceSaid | None:
    kind = _choice(told, "kind", SourceKind.values, SourceKind.DOCUMENT)
    url = safe_url(_text(told, "url", 600))
    said = SourceSaid(
        told["id"], str(kind), _text(told, "title"), url if url.startswith(("http://", "https://")) else "", _text(told, "publisher"),
        tidy(_text(told, "date", 16)), _text(told, "reason"),
    )  # fmt: skip
    return said if said.title or said.url or said.publisher or said.reason else None


def _statement(told: dict[str, Any]) -> StatementSaid | None:
    speaker = told.get("speaker")
    said = StatementSaid(
        told["id"], _text(told, "speaker") or (speaker if type(speaker) is int and 0 < speaker < 2**63 else None),
        _text(told, "name"), _text(told, "role"), _text(told, "verb", 60), tidy(_text(told, "date", 16)), _text(told, "place"),
        _text(told, "audience"), told.get("quoted") is not False,
    )  # fmt: skip
    return said if said.name else None


def _event(told: dict[str, Any]) -> EventSaid | None:
    same = told.get("same")
    said = EventSaid(
        told["id"], _text(told, "what"), tidy(_text(told, "date", 16)), _text(told, "place"), _text(told, "who"),
        str(_choice(told, "state", EventState.values, EventState.HELD)), same if isinstance(same, str) and _is_id(same) else "",
    )  # fmt: skip
    return said if said.what and said.date else None


def has(html: Any) -> bool:
    """Whether a text may hold marks."""
    return isinstance(html, str) and ATTRIBUTE in html


def changed(html: str, change: Callable[[Mark], Mark]) -> str:
    """The text with each mark as `change` makes it, written the one way; a mark that says nothing is taken away, its words stay."""
    if not has(html):
        return html
    open_: list[bool] = []

    def made(found: re.Match[str]) -> str:
        if found[1]:
            return found[0] if not open_ or not open_.pop() else "</mark>"
        says = _SAYS.search(found[2])
        if not says:
            open_.append(False)
            return found[0]
        mark = change(read(unescape(says[1] or says[2] or "")))
        # None within each other: an editor's engine knows one at a time.
        if not mark or any(open_):
            open_.append(False)
            return "\ufdd2"
        open_.append(True)
        return tag(mark)

    return _balanced(_TAG.sub(made, _SIGNS.sub("", html)))


def _balanced(html: str) -> str:
    """Without the ends of marks that were taken away."""
    if "\ufdd2" not in html:
        return html
    kept, gone = [], []
    at = 0
    for found in _TAG_OR_GONE.finditer(html):
        kept.append(html[at : found.start()])
        at = found.end()
        if found[0] == "\ufdd2":
            gone.append(True)
        elif not found[1]:
            gone.append(False)
            kept.append(found[0])
        elif not gone or not gone.pop():
            kept.append(found[0])
    return "".join(kept) + html[at:]


def without(html: str) -> str:
    """The text alone, as if nobody had marked it."""
    return changed(html, lambda mark: Mark())


def signed(html: str, marks: list[Mark]) -> str:
    """The text with characters that no text has where marks begin and end, to be found again by `found`; they are added to `marks`."""
    if not has(html):
        return html
    open_: list[int | None] = []

    def made(found: re.Match[str]) -> str:
        if found[1]:
            number = open_.pop() if open_ else None
            return found[0] if number is None else f"\ufdd2{number}-{_OURS}\ufdd1"
        says = _SAYS.search(found[2])
        if not says:
            open_.append(None)
            return found[0]
        marks.append(read(unescape(says[1] or says[2] or "")))
        open_.append(len(marks) - 1)
        return f"\ufdd0{len(marks) - 1}-{_OURS}\ufdd1"

    return _TAG.sub(made, _SIGNS.sub("", html))


def found(html: str, marks: Sequence[Mark]) -> tuple[str, list[Range]]:
    """The text as if nobody had marked it, and where the marks were in it."""
    if not marks:
        return html, []
    kept, at, length = [], 0, 0
    starts: dict[int, int] = {}
    ranges = []
    for sign in _SIGN.finditer(html):
        if sign[3] != _OURS:
            continue
        kept.append(html[at : sign.start()])
        length += sign.start() - at
        at = sign.end()
        number = int(sign[2])
        if sign[1] == "\ufdd0":
            starts[number] = length
        elif number in starts and number < len(marks) and marks[number]:
            ranges.append(Range(starts.pop(number), length, marks[number]))
    return "".join(kept) + html[at:], sorted(ranges, key=lambda one: one[:2])


def in_text(html: Any) -> Iterator[Mark]:
    """The marks of a text, in its order."""
    if has(html):
        for found_ in _TAG.finditer(html):
            if not found_[1] and (says := _SAYS.search(found_[2])) and (mark := read(unescape(says[1] or says[2] or ""))):
                yield mark


def spoken_by(mark: Mark, speaker: int | str | None) -> Mark:
    """The mark with another speaker of its statement."""
    return replace(mark, statement=replace(mark.statement, speaker=speaker)) if mark.statement else mark


def renewed(mark: Mark, ids: dict[str, str]) -> Mark:
    """The mark with other ids where `ids` has some."""
    facets = {
        name: replace(one, id=ids[one.id]) for name in ("source", "statement", "event") if (one := getattr(mark, name)) and one.id in ids
    }
    if (event := facets.get("event")) and mark.event and not mark.event.same:
        # A copy tells of the same event.
        facets["event"] = replace(event, same=mark.event.id)
    return replace(mark, **facets)
