"""What the rules have to know of a language, and a text taken apart into words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

BARE, CLAUSE, QUOTING, TOLD, AS, OF, DOING, ITSELF = "b", "c", "q", "t", "a", "o", "d", "r"
"""What may follow a verb of saying: a clause without a conjunction, one with it, a quotation, whoever was told, "as …", "of …"; or it is a participle,
or reflexive."""
QUOTE = "<quotation>"
"""Stands for a quotation among the words; no word of a text is written so."""


class Token(NamedTuple):
    """A word, a sign, or a whole quotation."""

    start: int
    end: int
    text: str
    low: str

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number."""
        return self.low[:1].isalnum()

    @property
    def is_name(self) -> bool:
        """Whether it is written like a name."""
        return self.text[:1].isupper()


_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Grammar:
    """A language as far as the rules need it; all words in lower case, with a straight apostrophe."""

    language: str
    word: re.Pattern[str]
    """A word or a sign, each match one token."""
    cues: Mapping[str, str]
    """Forms of verbs of saying, and what may follow each."""
    according: tuple[tuple[str, ...], ...]
    """Words before a source: "according to"."""
    that: frozenset[str]
    pronouns: Mapping[str, str]
    """Of the third person: m, f, or nothing."""
    writer: frozenset[str]
    """Pronouns of whoever writes: nobody is quoted."""
    between: frozenset[str]
    """What may stand between who speaks and the verb."""
    adverbs: tuple[str, ...]
    """Endings of more such words."""
    denials: frozenset[str]
    auxiliaries: frozenset[str]
    """Before a participle, where such a form alone says nothing."""
    passive: frozenset[str]
    """Before a participle that is not who speaks but what is said."""
    onward: frozenset[str]
    """Before an infinitive that still tells of speech: "continues to say", « vient de reconnaître »."""
    infinitive: frozenset[str]
    """The word of an infinitive."""
    openers: frozenset[str]
    """Words at the beginning of a sentence that belong to nobody's name."""
    stops: frozenset[str]
    """Words across which no name reaches."""
    doubts: frozenset[str]
    """Conjunctions behind which nothing is said to have been said: if, whether."""
    articles: frozenset[str]
    prepositions: frozenset[str]
    joining: frozenset[str]
    """and, but"""
    finite: frozenset[str]
    """Verbs that show a clause to be one."""
    endings: tuple[str, ...]
    """Endings of more of them."""
    relatives: frozenset[str]
    """What begins a remark of the writer behind what somebody said."""
    titles: Mapping[str, str]
    """Mr, Mme: of whom."""
    offices: frozenset[str]
    """Words for what people are, which may stand before a name."""
    sources: frozenset[str]
    """Words for what can be cited; after "according to" anything else needs a name or a comma."""
    no_sources: frozenset[str]
    """What "selon" also stands before, and never is a source."""
    particles: frozenset[str]
    """Small words within names."""
    months: frozenset[str]
    times: frozenset[str]
    """Words that say when it was said."""
    nouns: frozenset[str] = frozenset()
    """Forms of verbs of saying that are nouns as well."""
    infinitives: tuple[str, ...] = ()
    """Endings of infinitives, where one can stand for a clause."""
    hearsay: re.Pattern[str] | None = None
    """A mood that alone says that others say so, and nobody is named."""
    moods: frozenset[str] = frozenset()
    """Words without which there is no such mood."""
    hearsay_not: re.Pattern[str] | None = None
    inverted: re.Pattern[str] | None = None
    """A verb that carries who speaks behind it: « a-t-il dit », « explique-t-elle »."""
    aside: re.Pattern[str] | None = None
    """Such a verb between commas, within the quotation itself."""
    bodies: frozenset[str] = field(default_factory=frozenset)
    """Words that make a name one of an office, a company, a country's."""
    signs: frozenset[str] = field(init=False)
    """Without any of these nobody says anything."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "signs", frozenset((*self.cues, *(max(phrase, key=len) for phrase in self.according), *self.moods)))

    def tokens(self, text: str, start: int, end: int, quotes: list[Span4]) -> list[Token]:
        """The words of a part of a text; `quotes` within it are one token each."""
        made: list[Token] = []
        at = start
        for quote in quotes:
            self._words(text, at, quote[0], made)
            made.append(Token(quote[0], quote[1], QUOTE, QUOTE))
            at = quote[1]
        self._words(text, at, end, made)
        return made

    def _words(self, text: str, start: int, end: int, made: list[Token]) -> None:
        for found in self.word.finditer(text, start, end):
            word = found[0]
            made.append(Token(*found.span(), word, word.lower().replace("’", "'") if "’" in word else word.lower()))

    def may_speak(self, text: str) -> bool:
        """Whether there is any word in it that could tell of somebody's; most sentences need not be taken apart."""
        return not self.signs.isdisjoint(_LETTERS.findall(text.lower()))

    def is_between(self, low: str) -> bool:
        """Whether it may stand between who speaks and the verb."""
        return low in self.between or low.endswith(self.adverbs)

    def is_finite(self, token: Token) -> bool:
        """Whether it looks like a verb that makes a clause."""
        return token.low in self.finite or not token.is_name and len(token.low) > 3 and token.low.endswith(self.endings)


Span4 = tuple[int, int, int, int]
"""A quotation with its marks, and without them."""


def forms(**kinds: str) -> dict[str, str]:
    """{form: what may follow} of lists of forms by what may follow: `bcq="say says said"`."""
    made: dict[str, str] = {}
    for flags, words in kinds.items():
        for word in words.split():
            made[word.replace("_", " ")] = flags
    return made
