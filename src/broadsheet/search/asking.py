"""What a reader typed → what is looked up. Everything is a search: signs that mean nothing are no error."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from broadsheet.search.folding import is_spaceless, words

LONGEST, TERMS, WORDS, BEGINNINGS = 200, 10, 40, 3
"""Characters, terms, words and beginnings of words in a query; what goes beyond is left out, a beginning too many is a word."""
SHORTEST = 3
"""Letters of a beginning: with fewer nearly everything would have to be looked through."""
STEM, ENDING = 4, 3
"""Letters that are left of a word at least, and that an ending has at most, where a query is widened."""
EVERYTHING = "¶"
"""Stands in every text of the index, and in no query: folding leaves letters and figures alone."""
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂「」『』", '"'))
_PARTS = re.compile(r'(?:(?<=\s)|^)([-−–]?)"([^"]*)"?(\*?)|([^\s"]+)|"')


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one behind the other."""

    words: tuple[str, ...]
    prefix: bool = False
    """The last word is a beginning."""


@dataclass(frozen=True, slots=True)
class Query:
    """All of `wanted`, none of `unwanted`, all of the index's own keys."""

    text: str
    """As typed, tidied and cut."""
    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()
    keys: tuple[str, ...] = ()
    """List keys (`section:5`) a story must stand in."""

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)

    @property
    def normal(self) -> str:
        """The same for everything that looks up the same."""
        wanted = " ".join(" ".join(t.words) + "*" * t.prefix for t in self.wanted)
        return " ".join([wanted, *("-" + " ".join(t.words) for t in self.unwanted)]).strip()

    def within(self, keys: Sequence[str]) -> Query:
        """The same in these lists only."""
        return replace(self, keys=tuple(keys))

    def by_beginnings(self) -> Query:
        """The same with every single word of three letters or more as the beginning of one."""
        return replace(self, wanted=tuple(replace(t, prefix=True) if len(t.words) == 1 and len(t.words[0]) > 2 else t for t in self.wanted))

    def by_stems(self) -> Query:
        """The same with every longer word without its ending, as the beginning of one: `elections` finds `electoral`, `ferries` finds `ferry`."""
        # Of each beginning all its words are looked through.
        return replace(self, wanted=tuple(map(_stem, self.wanted))) if len(self.wanted) <= BEGINNINGS else self


def _stem(term: Term) -> Term:
    word = term.words[0]
    if len(term.words) > 1 or len(word) <= STEM or word.isdecimal() or is_spaceless(word):
        return term
    return Term((word[: max(STEM, len(word) - ENDING)],), prefix=True)


def parse(text: str, *, last_is_beginning: bool = False, shortest: int = SHORTEST) -> Query:
    """Words, "phrases", beginnings*, and -what is not wanted."""
    text = " ".join(text[: 4 * LONGEST].replace("\x00", " ").split())[:LONGEST].strip()
    wanted: list[Term] = []
    unwanted: list[Term] = []
    left, beginnings = WORDS, BEGINNINGS
    for minus, phrase, star, word in _PARTS.findall(text.translate(_QUOTES)):
        if word and word[0] in "-−–" and len(word) > 1:
            minus, word = word[0], word[1:]
        term = _term(phrase or word, prefix=bool(star) or word.endswith("*"))
        if term is None or len(wanted) + len(unwanted) == TERMS or len(term.words) > left:
            continue
        if term.prefix:
            beginnings -= 1
            if beginnings < 0:
                term = replace(term, prefix=False)
        left -= len(term.words)
        to = unwanted if minus else wanted
        if term not in to:
            to.append(term)
    if last_is_beginning and wanted and _may_begin(wanted[-1].words[-1], shortest):
        wanted[-1] = replace(wanted[-1], prefix=True)
    return Query(text, tuple(wanted), tuple(unwanted))


def _term(text: str, *, prefix: bool) -> Term | None:
    found = words(text)
    if not found:
        return None
    if is_spaceless(found[-1]):
        if len(found) == 1:
            # One character: whatever pair begins with it.
            return Term((found[0],), prefix=True)
        # A run is its pairs; its last character alone says nothing more.
        return Term(tuple(found[:-1]), prefix=False)
    return Term(tuple(found), prefix and _may_begin(found[-1]))


def _may_begin(word: str, shortest: int = SHORTEST) -> bool:
    return len(word) >= shortest or not word.isascii()
