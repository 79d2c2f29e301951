"""What a story is about: its words, topics, people and place as weighted terms, and a sketch by which versions of one text are known."""

from __future__ import annotations

import datetime as dt
from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from heapq import nlargest, nsmallest
from math import log, log1p, sqrt

from broadsheet.search.folding import is_spaceless, words

TERMS, LED = 200, 32
"""Terms that are kept of a story, the strongest; and by how many of these other stories are led to it."""
HEADLINE, STANDFIRST, OPENING, BODY = 3.0, 2.0, 2.5, 1.0
TOPIC, PERSON, PLACE = 8.0, 0.5, 4.0
"""What a word, a topic, somebody in the byline and the dateline count for, each time it is there."""
OPENING_WORDS, WORDS = 80, 800
"""The first words of a body say what it is about; after the last of these it is not read on."""
STEM = 6
"""Letters that are compared: endings are no other word, in any language that has them."""
COMMON = 0.5
"""Words in more than this share of all stories say nothing about any of them; from `FEW` stories on."""
FEW = 12
SHARPNESS = 0.6
"""How much more a rare word says than a common one; with 1, single odd words decide."""
FINE = 40
"""Weights are kept as so many parts of one."""
SKETCH, SHINGLE = 32, 4


@dataclass(frozen=True, slots=True)
class Document:
    """A public story as it is compared."""

    story: int
    published: dt.datetime
    language: str
    headline: str
    standfirst: str
    body: str
    topics: Sequence[int] = ()
    people: Sequence[int] = ()
    place: str = ""
    section: int = 0
    """Its home."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is kept of a document."""

    terms: array[int]
    weights: array[int]
    """Of each term, as often as it is there and where; without how rare it is."""
    norm: float
    sketch: array[int]
    """The smallest digests of its runs of words, ascending: two texts share as large a part of these as of all their runs."""


@lru_cache(maxsize=60_000)
def key(language: str, kind: str, word: str) -> int:
    """The number that stands for a term: languages have none in common."""
    return int.from_bytes(blake2b(f"{language} {kind} {word}".encode(), digest_size=4).digest()) >> 1


def everything(language: str) -> int:
    """The number under which all stories of a language are counted."""
    return key(language, "all", "")


def primary(tag: str) -> str:
    """The language of a tag, without region and script."""
    return tag.partition("-")[0].lower()


def count(document: Document) -> tuple[dict[int, float], array[int]]:
    """How much of each term there is, and the sketch."""
    language = primary(document.language)
    found: defaultdict[str, float] = defaultdict(float)
    body = words(document.body[: WORDS * 12])[:WORDS]
    for part, weight in (
        (words(document.headline), HEADLINE), (words(document.standfirst), STANDFIRST), (body[:OPENING_WORDS], OPENING), (body[OPENING_WORDS:], BODY),
    ):  # fmt: skip
        for word in part:
            found[word] += weight
    terms: defaultdict[int, float] = defaultdict(float)
    for word, weight in found.items():
        if stem := _stem(word):
            terms[key(language, "word", stem)] += weight
    for topic in document.topics:
        terms[key(language, "topic", str(topic))] = TOPIC
    for person in document.people:
        terms[key(language, "person", str(person))] = PERSON
    if place := " ".join(words(document.place)):
        terms[key(language, "place", place)] = PLACE
    return terms, _sketch(body)


def weigh(terms: Mapping[int, float], frequencies: Mapping[int, int], total: int, sketch: array[int]) -> Subject:
    """The strongest terms of those counted, given in how many of all stories each is."""
    strength = {}
    for term, amount in terms.items():
        if rare := rarity(frequencies.get(term, 1), total):
            strength[term] = log1p(amount) * rare
    kept = nlargest(TERMS, strength, key=lambda term: (strength[term], term))
    norm = sqrt(sum(strength[term] ** 2 for term in kept)) or 1.0
    return Subject(array("i", kept), array("B", (min(255, round(log1p(terms[t]) * FINE)) for t in kept)), norm, sketch)


def rarity(frequency: int, total: int) -> float:
    """How much a term tells that is in so many of all stories; nothing when it is in too many."""
    if total >= FEW and frequency > COMMON * total:
        return 0.0
    return log((total + 1) / (min(frequency, total) + 0.5)) ** SHARPNESS


def alike(one: Subject, other: Subject) -> float:
    """The share of their runs of words that two texts have in common, from 0 to 1."""
    if not one.sketch or not other.sketch:
        return 0.0
    ours = set(one.sketch)
    # Most texts have nothing in common: that is told at once.
    if not (shared := ours.intersection(other.sketch)):
        return 0.0
    smallest = set(sorted(ours.union(other.sketch))[:SKETCH])
    return len(shared & smallest) / len(smallest)


def _stem(word: str) -> str:
    if is_spaceless(word):
        return word if len(word) > 1 else ""
    if word.isdecimal():
        # Years and large numbers; "3" and "12" stand anywhere.
        return word if len(word) > 2 else ""
    return word[:STEM] if len(word) > 2 else ""


def _sketch(body: Sequence[str]) -> array[int]:
    runs = {" ".join(body[n : n + SHINGLE]) for n in range(max(0, len(body) - SHINGLE + 1))}
    return array("i", nsmallest(SKETCH, (int.from_bytes(blake2b(run.encode(), digest_size=4).digest()) >> 1 for run in runs)))
