"""What is proposed: who said what, what happened when and where; nothing of it is published before a person has said yes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Span = tuple[int, int]
"""Characters of the text, the last one not included."""


class Kind(StrEnum):
    """What a proposal is about."""

    STATEMENT = "statement"
    EVENT = "event"
    DATE = "date"
    PLACE = "place"


class State(StrEnum):
    """How an event stands, as its sentence tells it."""

    HAPPENED = "happened"
    PLANNED = "planned"
    CANCELLED = "cancelled"
    HOPED = "hoped for"


@dataclass(frozen=True, slots=True)
class Words:
    """Some words of the text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Speaker(Words):
    """Whoever said it, as the sentence names them, and as the story named them in full before."""

    name: str = ""
    """The full name where the story has one: of "he", of "Peskov"; else the words themselves."""
    role: str = ""


@dataclass(frozen=True, slots=True)
class When(Words):
    """A date as precise as it is told."""

    date: str = ""
    """`2025`, `2025-08` or `2025-08-15`; empty where the day of the story is not known and the words alone say no date."""
    precision: str = ""
    """year, month or day; week where the words mean one, dated by its Monday."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing that the machine thinks the text says."""

    kind: Kind
    spans: tuple[Span, ...]
    """The words it is about; several where an attribution stands between them."""
    quoted: bool = False
    """A quotation; else what was said in the reporter's words."""
    speaker: Speaker | None = None
    cue: Words | None = None
    when: When | None = None
    place: Words | None = None
    what: str = ""
    """Of an event."""
    state: State | None = None

    def as_json(self, text: str) -> dict[str, Any]:
        """Itself, for printing, with the words of the text it was found in."""
        speaker, when = self.speaker, self.when
        return {
            "kind": self.kind.value, "spans": [list(span) for span in self.spans], "words": [text[a:b] for a, b in self.spans], "quoted": self.quoted,
            "speaker": {"text": speaker.text, "name": speaker.name, "role": speaker.role} if speaker else None,
            "cue": self.cue.text if self.cue else None,
            "when": {"text": when.text, "date": when.date, "precision": when.precision} if when else None,
            "place": self.place.text if self.place else None, "what": self.what, "state": self.state.value if self.state else None,
        }  # fmt: skip

    @property
    def start(self) -> int:
        """Its first character."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """After its last character."""
        return self.spans[-1][1]
