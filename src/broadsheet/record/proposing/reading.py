"""A text → what it proposes; one reader for each language, of which more can be registered."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from broadsheet.record.proposing import events, places
from broadsheet.record.proposing.days import ENGLISH_DAYS, FRENCH_DAYS, Days
from broadsheet.record.proposing.english import ENGLISH
from broadsheet.record.proposing.events import Events, distinct
from broadsheet.record.proposing.frames import LONGEST, frames
from broadsheet.record.proposing.french import FRENCH
from broadsheet.record.proposing.grammar import Grammar
from broadsheet.record.proposing.places import Places
from broadsheet.record.proposing.quotations import quotations
from broadsheet.record.proposing.statements import Statements
from broadsheet.record.proposing.told import Kind, Proposal, When, Words
from broadsheet.record.words import fold, listed, primary

MOST = 200_000
"""Characters that are read; no story is longer than some thirty thousand words."""
Reader = Callable[[str, dt.date | None], list[Proposal]]
"""(text, day of the story) → proposals, in any order; a model is one as well."""
_BEFORE, _BEHIND = 3, 30
"""Characters between who said it and when or where."""
_WORD = re.compile(r"[^\W\d_]+")
_READERS: dict[str, Reader] = {}


def register(language: str, reader: Reader) -> None:
    """Let a reader propose for a language (`en`, of any country); it takes the place of whichever did."""
    _READERS[primary(language)] = reader


def languages() -> list[str]:
    """Those for which anything is proposed."""
    return sorted(_READERS)


def proposals(text: str, language: str, *, day: dt.date | None = None) -> list[Proposal]:
    """What the text says of who said what, what happened, when and where, in its order; nothing for a language without a reader.

    `day`: when the story was written, for "on Sunday" and "last month". Only the first 200,000 characters are read.
    """
    # Of the first and the last year there is no week before or behind.
    day = day if day and dt.MINYEAR < day.year < dt.MAXYEAR else None
    reader = _READERS.get(primary(language))
    return _settled(reader(text[:MOST], day)) if reader else []


@dataclass(frozen=True, slots=True)
class Rules:
    """What is known of a language."""

    grammar: Grammar
    days: Days
    places: Places
    events: Events


def likely(text: str) -> str:
    """The language of a text that names none: the one of whose small words it has most, among those that are read."""
    words = Counter(fold(word) for word in _WORD.findall(text[:5_000]))
    return max(languages(), key=lambda language: sum(words[word] for word in listed("plain", language)), default="")


def by_rules(rules: Rules, text: str, day: dt.date | None) -> list[Proposal]:
    """Read a text by the rules of its language."""
    quotes = quotations(text)
    statements = Statements(text, rules.grammar, quotes)
    surnames = frozenset(statements.people.by_surname)
    made: list[Proposal] = []
    happened: list[Proposal] = []
    for frame in frames(text, quotes, rules.grammar):
        if frame.end - frame.start > LONGEST and not frame.quotes:
            continue
        whens = list(rules.days.find(text, frame.start, frame.end, day))
        wheres = list(rules.places.find(text, frame.start, frame.end, surnames))
        made += (_placed(one, frame.start, frame.end, whens, wheres, day) for one in statements.of(frame))
        happened += rules.events.find(text, frame.start, frame.end, whens, wheres)
        made += (Proposal(Kind.DATE, ((one.start, one.end),), when=one) for one in whens)
        made += (Proposal(Kind.PLACE, ((one.start, one.end),), place=one) for one in wheres)
    made += statements.named(0, None)
    return [*made, *distinct(happened)]


def _placed(statement: Proposal, start: int, end: int, whens: list[When], wheres: list[Words], day: dt.date | None) -> Proposal:
    """The statement with the date and the place that its sentence names outside what is said."""
    if not start <= statement.start < end:
        return statement
    named = [one for one in (statement.speaker, statement.cue) if one and start <= one.start < end]
    if not named:
        return statement
    first, last = min(one.start for one in named), max(one.end for one in named)

    def told(one: Words) -> bool:
        """Directly before who said it ("On Sunday, Trump said"), or behind ("said in Paris that"), and no part of what is said."""
        beside = 0 <= first - one.end <= _BEFORE or 0 <= one.start - last <= _BEHIND
        return beside and all(one.end <= a or one.start >= b for a, b in statement.spans)

    when = next(filter(told, whens), None)
    return replace(statement, when=when and _past(when, day), place=next(filter(told, wheres), None))


def _past(when: When, day: dt.date | None) -> When:
    """The weekday on which something was said: "will" in what is said makes the sentence's Monday the next one, and it was the last."""
    if not day or when.precision != "day" or not when.date:
        return when
    ahead = (dt.date.fromisoformat(when.date) - day).days
    return replace(when, date=(day + dt.timedelta(days=ahead - 7)).isoformat()) if 0 < ahead < 7 else when


def _settled(found: list[Proposal]) -> list[Proposal]:
    """In order; of two of a kind that overlap, and neither holds the other, the first."""
    kept: list[Proposal] = []
    ends: dict[Kind, list[tuple[int, int]]] = {}
    for one in sorted(found, key=lambda one: (one.start, -one.end, one.kind)):
        open_ = ends.setdefault(one.kind, [])
        while open_ and open_[-1][1] <= one.start:
            open_.pop()
        if open_ and (one.end > open_[-1][1] or one.kind != Kind.STATEMENT or (one.start, one.end) == open_[-1]):
            continue
        open_.append((one.start, one.end))
        kept.append(one)
    return kept


for _grammar, _days, _module in ((ENGLISH, ENGLISH_DAYS, "english"), (FRENCH, FRENCH_DAYS, "french")):
    _rules = Rules(_grammar, _days, getattr(places, _module)(_grammar), getattr(events, _module)(_grammar))
    register(_grammar.language, partial(by_rules, _rules))
