"""What readers are shown of sources, statements, events and labels: frozen, complete, public API for themes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from broadsheet.stories.contexts import Card


@dataclass(frozen=True, slots=True)
class Cited:
    """A source of a story, as its list under the story has it."""

    number: str
    """In the language's figures."""
    anchor: str
    """Its place in the list, without `#`: references in the text lead there."""
    cites: tuple[str, ...]
    """Anchors of the references to it, in the text's order."""
    kind: str
    """`document`, `interview`, `conference`, `broadcast`, `post`, `outlet`, `anonymous`."""
    label: str
    """The kind as readers see it."""
    title: str
    url: str
    publisher: str
    date: str
    """As readers see it, as precise as it is known; may be empty."""
    reason: str
    """Of a source that is not named: why."""
    seen: dt.datetime | None = None
    """When its address was last found to be there."""
    lost: bool = False
    """It was not there any more when it was last looked for."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said on record, and the story that has it."""

    name: str
    url: str
    """Of the speaker's page; empty where they have none."""
    role: str
    """At the time."""
    text: str
    quoted: bool
    """In these words; otherwise a paraphrase."""
    verb: str
    date: str
    """As readers see it; may be empty."""
    place: str
    audience: str
    story: Card
    anchor: str
    """Of the words in the story, without `#`."""
    source: str = ""
    """What the story has it from."""


@dataclass(frozen=True, slots=True)
class Role:
    """In what somebody spoke, by the statements that are told here."""

    name: str
    since: str
    """The year of the first of them, as readers see it."""
    until: str = ""
    """That of the last, if it is another."""


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as it was told last, and all stories that tell of it."""

    what: str
    state: str
    """`held`, `planned` or `cancelled`."""
    told: str
    """The state as readers see it."""
    date: str
    """As readers see it, as precise as it is known."""
    day: dt.date
    """Its first day."""
    place: str
    who: str
    stories: tuple[Card, ...]
    """The newest first."""


@dataclass(frozen=True, slots=True)
class Label:
    """Something readers are told of how a story was made or paid for."""

    name: str
    """`paid`, `ai` or `funding`."""
    text: str
    """One line."""
    detail: str = ""
    """More of it, for those who ask."""
