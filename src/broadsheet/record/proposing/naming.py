"""Whether what stands for a speaker is somebody's name: only then can a person be made of it without asking."""

from __future__ import annotations

from enum import StrEnum

from broadsheet.record.proposing.english import ENGLISH
from broadsheet.record.proposing.french import FRENCH
from broadsheet.record.words import fold

_GRAMMARS = (ENGLISH, FRENCH)
_UNNAMED = frozenset().union(*(grammar.pronouns.keys() | grammar.writer for grammar in _GRAMMARS))
_COMMON = frozenset().union(*(grammar.articles | grammar.bodies | grammar.offices | grammar.sources for grammar in _GRAMMARS)) - {
    "king",
    "queen",
}


class Named(StrEnum):
    """What a speaker's words are."""

    PERSON = "person"
    OTHER = "other"
    """An office, a body, a single word: it has said something, and may be no person."""
    NOBODY = "nobody"
    """A pronoun of which nothing tells whom it means."""


def named(name: str) -> Named:
    """What these words are, in any language; names of offices and bodies are known of those that are read by rules."""
    words = [fold(word) for word in name.split()]
    if not words or len(words) == 1 and words[0] in _UNNAMED:
        return Named.NOBODY
    if len(words) == 1 or any(word.strip(".,") in _COMMON for word in words) or name[:1].islower():
        return Named.OTHER
    # The last word of a name is written large wherever letters are of two sizes.
    return Named.OTHER if name.split()[-1][:1].islower() else Named.PERSON
