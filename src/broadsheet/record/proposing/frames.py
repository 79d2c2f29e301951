"""Sentences with the quotations in them: an end within quotation marks ends nothing outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from broadsheet.html import sentence_places
from broadsheet.record.proposing.grammar import QUOTE, Grammar, Token
from broadsheet.record.proposing.quotations import Quotation, paragraphs

LONGEST = 3_000
"""Characters of what is looked at as one sentence outside quotations; nobody writes a longer one."""
MANY = 50
"""Quotations in one sentence; more are no prose."""
_LAST = ".!?…"
_SPACE = " \t\xa0\u202f\u2009"


@dataclass(frozen=True, slots=True)
class Frame:
    """A sentence."""

    start: int
    end: int
    paragraph: int
    """Its number."""
    tokens: Sequence[Token]
    quotes: Sequence[Quotation]

    def quote_at(self, index: int) -> Quotation:
        """The quotation that a token stands for."""
        at = self.tokens[index].start
        return next(one for one in self.quotes if one.outer[0] == at)


def frames(text: str, quotes: Sequence[Quotation], grammar: Grammar) -> Iterator[Frame]:
    """The sentences of a text."""
    at = 0
    for number, (start, end) in enumerate(paragraphs(text)):
        first = at
        while at < len(quotes) and quotes[at].outer[0] < end:
            at += 1
        within = quotes[first:at]
        begin, next_quote = start, 0
        for stop in _ends(text, start, end, within):
            last = next_quote
            while last < len(within) and within[last].outer[0] < stop:
                last += 1
            here = within[next_quote:last]
            next_quote = last
            while begin < stop and text[begin].isspace():
                begin += 1
            if begin < stop:
                outside = stop - begin - sum(one.outer[1] - one.outer[0] for one in here)
                tokens: list[Token] = []
                if outside <= LONGEST and len(here) <= MANY and (here or grammar.may_speak(text[begin:stop])):
                    tokens = grammar.tokens(text, begin, stop, [(*one.outer, *one.inner) for one in here])
                elif here:
                    tokens = [Token(*one.outer, QUOTE, QUOTE) for one in here[:1]]
                yield Frame(begin, stop, number, tokens, here)
            begin = stop


def _ends(text: str, start: int, end: int, quotes: Sequence[Quotation]) -> Iterator[int]:
    found = [start + stop for _begin, stop in sentence_places(text[start:end])]
    for quote in quotes:
        stop = quote.outer[1]
        if (
            stop < end
            and text[quote.inner[1] - 1] in _LAST
            and (following := text[stop : stop + 40].lstrip(_SPACE))
            and not following[0].islower()
        ):
            if following[0] not in ",;:)–—-" and text[quote.outer[0] - 1 : quote.outer[0]] != "(":
                found.append(stop)
    at = 0
    for stop in sorted(set(found)):
        while at < len(quotes) and quotes[at].outer[1] <= stop:
            at += 1
        if at < len(quotes) and quotes[at].outer[0] < stop < quotes[at].outer[1]:
            continue
        yield stop
