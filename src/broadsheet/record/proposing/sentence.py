"""One sentence while it is read: its words, what has been found, and who stands before a verb."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from broadsheet.record.proposing import phrases
from broadsheet.record.proposing.frames import Frame
from broadsheet.record.proposing.grammar import DOING, ITSELF, QUOTE, QUOTING, TOLD, Grammar, Token
from broadsheet.record.proposing.phrases import Place
from broadsheet.record.proposing.told import Span

FAR = 12
"""Words between a verb and what it announces."""
BY = frozenset((",", "by", "en", "while", "tout"))
"""Before a participle that tells of whoever has been named already."""


@dataclass(slots=True)
class Attribution:
    """Words, who said them, and by which verb; in tokens of its sentence."""

    spans: list[Span]
    """In characters."""
    quoted: bool
    speaker: Place | None
    cue: Place | None
    tokens: Sequence[Token] = ()
    """Where these are in, when not in those of the sentence: an attribution within the quotation marks."""


class Sentence:
    """One sentence."""

    def __init__(self, text: str, frame: Frame, grammar: Grammar) -> None:
        self.text, self.frame, self.grammar, self.tokens = text, frame, grammar, frame.tokens
        self.found: list[Attribution] = []
        self.taken: set[int] = set()
        """Quotations that have been given to somebody."""
        self.covered = -1
        """The last token of what has been found to be said in the reporter's words."""

    def flags(self, at: int) -> str:
        """What may follow a word, if it is a verb of saying."""
        return self.grammar.cues.get(self.tokens[at].low, "")

    def left(self, cue: int) -> tuple[Place | None, int | None]:
        """(who is named before a verb, the last token before what belongs to the verb); no token where it is no verb of saying."""
        grammar, at = self.grammar, cue - 1
        low = self.tokens[at].low if at >= 0 else ""
        flags = grammar.cues.get(self.tokens[cue].low, "")
        doing, itself, has = DOING in flags, ITSELF in flags, False
        if doing and low in BY:
            return None, at
        if low in grammar.articles and not grammar.is_between(low) or low.endswith("'s") and self.tokens[cue].low in grammar.nouns:
            return None, None
        while at >= 0 and grammar.is_between(self.tokens[at].low) and self.tokens[at].low not in grammar.pronouns:
            low = self.tokens[at].low
            if low in grammar.passive and not doing and not (itself and low in ("s'", "se")):
                return None, None
            has = has or low in grammar.auxiliaries
            if low in grammar.denials or low in grammar.infinitive and (at == 0 or self.tokens[at - 1].low not in grammar.onward):
                return None, None
            at -= 1
        if grammar.auxiliaries and not has and self.tokens[cue].low.endswith(("é", "ée")):
            return None, None
        if at < 0:
            return None, -1
        if self.tokens[at].low in grammar.denials or self.tokens[at].low in grammar.writer:
            return None, None
        place = phrases.before(self.tokens, at, grammar)
        if place and place[0] > 0 and self.tokens[place[0] - 1].low in grammar.doubts:
            return None, None
        return place, at

    def same(self, cue: int) -> Place | None:
        """Who an -ing, or a second verb, is about: whoever spoke last in the sentence, else whom its clause is about."""
        earlier = [one for one in self.found if one.speaker and one.cue and one.cue[0] < cue]
        return earlier[-1].speaker if earlier else phrases.subject(self.tokens, cue, self.grammar)

    def add(self, start: int, end: int, speaker: Place | None, cue: Place) -> None:
        while end >= start and self.tokens[end].low in (".", ",", ";", ":", "-", "–", "—", "?", "!", "…"):
            end -= 1
        if end < start:
            return
        inside = [at for at in range(start, end + 1) if self.tokens[at].low == QUOTE]
        if start == end and inside:
            if start not in self.taken:
                self.taken.add(start)
                self.found.append(Attribution([self.frame.quote_at(start).inner], True, speaker, cue))
            return
        if any(at in self.taken for at in inside):
            return
        if end - start < 3 and end + 1 in self.taken and self.tokens[end + 1].low == QUOTE:
            return
        self.taken.update(inside)
        self.covered = max(self.covered, end)
        self.found.append(Attribution([(self.tokens[start].start, self.tokens[end].end)], False, speaker, cue))

    def carried(self, first: int) -> tuple[Place | None, Place | None] | None:
        """A verb that carries who speaks: « explique-t-elle », « a-t-il dit »; who it is stands in the verb."""
        if not self.grammar.inverted or not (found := self.grammar.inverted.fullmatch(self.tokens[first].low)):
            return None
        if found[1] is None:
            for cue in range(first + 1, min(first + 4, len(self.tokens))):
                if QUOTING in (flags := self.grammar.cues.get(self.tokens[cue].low, "")) and DOING not in flags:
                    return (first, first), (cue, cue)
            return None
        return ((first, first), (first, first)) if QUOTING in self.grammar.cues.get(found[1], "") else None

    def is_phrase(self, at: int, phrase: tuple[str, ...]) -> bool:
        return at + len(phrase) < len(self.tokens) and all(self.tokens[at + n].low == word for n, word in enumerate(phrase))

    def is_aside(self, first: int, flags: str) -> bool:
        token = self.tokens[first]
        return (
            TOLD in flags
            or token.low in self.grammar.prepositions
            or self.grammar.is_between(token.low)
            or token.low in self.grammar.months
            or token.low in self.grammar.times
        )

    def is_source(self, place: Place, *, leads: bool) -> bool:
        words = self.tokens[place[0] : place[1] + 1]
        head = next((one for one in words if one.low not in self.grammar.articles), words[0])
        if head.low in self.grammar.no_sources:
            return False
        known = any(one.low in self.grammar.sources or one.low in self.grammar.offices or one.low in self.grammar.pronouns for one in words)
        return leads or known or any(one.is_name for one in words)
