"""The stories nearest to one: found by what leads to them, compared in full, and no two that say the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from math import fsum
from operator import itemgetter, mul
from typing import Any

from django.db import connection

from broadsheet.related.entering import frequencies, subject_of
from broadsheet.related.models import Entry
from broadsheet.related.subjects import FINE, LED, Subject, alike, everything, rarity

NEWEST = 200
"""Stories to which a term leads, the newest: a common one costs the same in an archive of any size."""
COMPARED, WEIGHED = 80, 24
"""Of those that most leads to, how many are compared in full; and among how many of these the list is chosen."""
LEAST = 0.08
"""What is less alike than this is not related."""
VERSIONS = 0.4
"""Texts that have more of their runs of words in common are versions of one."""
VARIETY = 0.35
"""How much it counts against a story that another one on the list is like it."""
SAME_SECTION = 0.1
TIME, HALF_LIFE = 0.25, 365 * 86_400
"""The part of nearness that fades with the time between two stories, and the seconds after which half of that is gone."""
COLUMNS = ("story", "number", "seconds", "section", "language", "terms", "weights", "norm", "sketch", "entered", "related", "waits")


@dataclass(frozen=True)
class Near:
    """A story as it is compared."""

    story: int
    seconds: int
    section: int
    language: str
    subject: Subject
    entered: int
    related: int
    waits: int

    @cached_property
    def weights(self) -> dict[int, int]:
        """By term."""
        return dict(zip(self.subject.terms, self.subject.weights, strict=True))

    @cached_property
    def length(self) -> float:
        """Of these weights taken as a vector."""
        return float(sum(map(mul, self.subject.weights, self.subject.weights)) ** 0.5)


@dataclass(frozen=True)
class Found:
    """What was chosen, the best first, and all that is near enough to be worth a look from the other side."""

    chosen: tuple[tuple[int, float], ...]
    """Story, and how near it is."""
    near: tuple[tuple[Near, float], ...]


class Measure:
    """Measures how near others are to one story."""

    def __init__(self, one: Near) -> None:
        self.one = one
        often = frequencies([*one.subject.terms, everything(one.language)])
        total = often.get(everything(one.language), 1)
        # Rare on both sides counts twice; parts of one on both sides are taken back.
        self.rare = {term: rarity(often.get(term, 1), total) ** 2 / FINE**2 for term in one.subject.terms}
        self.wanted = {term: weight * self.rare[term] for term, weight in one.weights.items() if self.rare[term]}

    def leads(self) -> dict[int, float]:
        """The terms that lead to others, with what each counts for."""
        return {term: self.wanted[term] for term in self.one.subject.terms[:LED] if term in self.wanted}

    def text(self, other: Near) -> float:
        """What the two have in common, from 0 to 1."""
        wanted, theirs = self.wanted, other.weights
        # Exact, in whatever order: stories that are as near as each other stay so.
        shared = wanted.keys() & theirs.keys()
        common = fsum(map(mul, map(wanted.__getitem__, shared), map(theirs.__getitem__, shared)))
        return common / (self.one.subject.norm * other.subject.norm)

    def nearness(self, other: Near) -> float:
        """That, and whether they stand in one section and near in time; the same from either side."""
        apart = abs(self.one.seconds - other.seconds)
        time = 1 - TIME + TIME * 2.0 ** (-apart / HALF_LIFE)
        section = 1 + SAME_SECTION * (self.one.section == other.section)
        return self.text(other) * time * section


def find(one: Near, *, most: int, without: Collection[int] = (), taken: Iterable[Near] = ()) -> Found:
    """The nearest stories of its language; five queries. `without`: never these; `taken`: on the list already, so nothing like them."""
    measure = Measure(one)
    left_out = {one.story, *without, *(near.story for near in taken)}
    compared = [(near, measure.nearness(near)) for near in _led_to(measure) if near.story not in left_out and near.language == one.language]
    ranked = sorted((pair for pair in compared if pair[1] >= LEAST), key=lambda pair: (-pair[1], -pair[0].story))[:WEIGHED]
    return Found(_chosen(one, ranked, list(taken), most), tuple(ranked))


def near_of(stories: Collection[int]) -> dict[int, Near]:
    """Stories that are entered, by id."""
    entries = Entry.objects.filter(story__in=stories, number__isnull=False) if stories else Entry.objects.none()
    return {row[0]: _near(row) for row in entries.values_list(*COLUMNS)}


def _near(row: tuple[Any, ...]) -> Near:
    story, _number, seconds, section, language, terms, weights, norm, sketch, entered, related, waits = row
    return Near(story, seconds, section, language, subject_of(terms, weights, norm, sketch), entered, related, waits)


def _led_to(measure: Measure) -> list[Near]:
    """The stories to which the most leads."""
    leads = measure.leads()
    if not leads:
        return []
    # The numbers of a term as one text: rows of Python for each of the thousands take three times as long.
    joined = "group_concat(number)" if connection.vendor == "sqlite" else "string_agg(CAST(number AS text), ',')"
    part = f"SELECT {{}}, {joined} FROM (SELECT number FROM related_lead WHERE term = %s ORDER BY number DESC LIMIT {NEWEST}) AS part"  # noqa: S608
    reached: dict[int, float] = {}
    held = reached.get
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(map(part.format, range(len(leads)))), list(leads))
        counts = list(leads.values())
        for place, numbers in sorted(cursor.fetchall(), key=itemgetter(0)):
            for number in map(int, numbers.split(",") if numbers else ()):
                reached[number] = held(number, 0.0) + counts[place]
        # Among those that as much leads to, the newest come first. Only those that may be among the best are put in order, for there are thousands.
        least = min(sorted(reached.values(), reverse=True)[:COMPARED], default=0.0)
        best = sorted((number for number, much in reached.items() if much >= least), key=lambda number: (-reached[number], -number))[
            :COMPARED
        ]
        if not best:
            return []
        wanted = ", ".join(["%s"] * len(best))
        cursor.execute(f"SELECT {', '.join(COLUMNS)} FROM related_entry WHERE number IN ({wanted})", best)  # noqa: S608
        return [_near(row) for row in cursor.fetchall()]


def _chosen(one: Near, ranked: list[tuple[Near, float]], taken: list[Near], most: int) -> tuple[tuple[int, float], ...]:
    """The nearest that say something else than the story and than those before them; of versions of one text the newest."""
    others = [one, *taken]
    newest: list[tuple[Near, float]] = []
    for near, nearness in ranked:
        if any(alike(near.subject, other.subject) > VERSIONS for other in others):
            continue
        version = next((n for n, (other, _n) in enumerate(newest) if alike(near.subject, other.subject) > VERSIONS), None)
        if version is None:
            newest.append((near, nearness))
        elif near.seconds > newest[version][0].seconds:
            newest[version] = (near, newest[version][1])
    chosen: list[tuple[int, float]] = []
    # How near each is to the nearest one chosen so far.
    said = {near.story: max((_common(near, other) for other in taken), default=0.0) for near, _nearness in newest}
    while newest and len(chosen) < most:
        best = max(newest, key=lambda pair: (pair[1] - VARIETY * pair[1] * said[pair[0].story], pair[0].seconds, pair[0].story))
        newest.remove(best)
        chosen.append((best[0].story, best[1]))
        for near, _nearness in newest:
            said[near.story] = max(said[near.story], _common(near, best[0]))
    return tuple(chosen)


def _common(one: Near, other: Near) -> float:
    """Roughly how alike two are, from 0 to 1, without asking how rare their words are."""
    ours, theirs = one.weights, other.weights
    shared = ours.keys() & theirs.keys()
    return sum(map(mul, map(ours.__getitem__, shared), map(theirs.__getitem__, shared))) / (one.length * other.length or 1.0)
