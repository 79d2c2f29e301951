"""Marks in stories: whose they are, and the rows that a publish makes of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from wagtail.blocks import StreamValue

from broadsheet import rows
from broadsheet.delivery import purging
from broadsheet.html import plain_text
from broadsheet.people.models import Person
from broadsheet.record import copies, dated, keys, marks
from broadsheet.record.evidence import Event, MarkHome, Source, Statement
from broadsheet.record.marks import EventSaid, Mark, Range, SourceSaid, StatementSaid
from broadsheet.stories.blocks import MARKED, in_marked

_SOURCE = ("id", "story", "mark", "number", "kind", "title", "url", "publisher", "date", "reason")
_STATEMENT = (
    "story", "mark", "number", "speaker_id", "name", "role", "verb", "date", "day", "place", "audience", "quoted", "text", "source_id",
)  # fmt: skip
_EVENT = ("story", "mark", "number", "event", "what", "date", "day", "ends", "place", "who", "state", "told", "text")


@dataclass(slots=True)
class Evidence:
    """What is marked in one story, each thing once, in reading order."""

    sources: dict[str, SourceSaid] = field(default_factory=dict)
    statements: dict[str, tuple[StatementSaid, str]] = field(default_factory=dict)
    """With the id of its source, or nothing."""
    events: dict[str, EventSaid] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    signs: list[list[Any]] = field(default_factory=list)
    """Where readers are shown something: offset in the HTML, `source`, `statement` or `event`, its number; in order."""

    @classmethod
    def of(cls, html: str, ranges: Sequence[Range]) -> Evidence:
        """What these ranges of a body's HTML say."""
        made = cls()
        last = {one.mark.statement.id: place for place, one in enumerate(ranges) if one.mark.statement}
        numbers: dict[str, int] = {}
        for place, (start, end, mark) in enumerate(ranges):
            words = plain_text(html[start:end])
            for pk in mark.ids:
                made.texts[pk].append(words)
            if mark.source:
                made.sources.setdefault(mark.source.id, mark.source)
                numbers.setdefault(mark.source.id, len(made.sources))
            if mark.event and mark.event.id not in made.events:
                made.events[mark.event.id] = mark.event
                made.signs.append([start, "event", len(made.events)])
            if mark.statement and mark.statement.id not in made.statements:
                made.statements[mark.statement.id] = mark.statement, mark.source.id if mark.source else ""
                made.signs.append([start, "statement", len(made.statements)])
            # What somebody said over several paragraphs has its source at the end.
            if mark.source and (not mark.statement or last[mark.statement.id] == place):
                made.signs.append([end, "source", numbers[mark.source.id]])
        made.signs.sort(key=lambda sign: sign[0])
        return made

    def text(self, mark: str) -> str:
        """The marked words."""
        return " ".join(self.texts[mark])


def marks_in(body: Any) -> list[Mark]:
    """All marks of a body."""
    return [mark for block in body.raw_data for mark in _marks_of(block)]


def _marks_of(block: Mapping[str, Any]) -> Iterable[Mark]:
    found: list[Mark] = []

    def read(text: str) -> str:
        found.extend(marks.in_text(text))
        return text

    if block["type"] in MARKED:
        in_marked(block, read)
    return found


def settle(story: Any) -> None:
    """Write a story's marks the one way, say the same of one id everywhere, and give those that belong to another story ids of their own."""
    found = marks_in(story.body)
    if not found and not any(_holds(block) for block in story.body.raw_data):
        return
    ids = {pk for mark in found for pk in mark.ids}
    others = MarkHome.objects.filter(mark__in=ids).exclude(story=story.pk or 0)
    new = {str(pk): str(uuid4()) for pk in others.values_list("mark", flat=True)}
    first: dict[str, Any] = {}

    def once(mark: Mark) -> Mark:
        mark = marks.renewed(mark, new) if new else mark
        if mark.statement and isinstance(mark.statement.speaker, str):
            mark = marks.spoken_by(mark, None)
        return replace(
            mark, **{name: first.setdefault(one.id, one) for name in ("source", "statement", "event") if (one := getattr(mark, name))}
        )

    before = list(story.body.get_prep_value())
    after = [{**block, "value": in_marked(block, lambda text: marks.changed(text, once))} for block in before]
    if after != before:
        story.body = StreamValue(story.body.stream_block, after, is_lazy=True)


def _holds(block: Mapping[str, Any]) -> bool:
    value, part = block["value"], MARKED.get(block["type"])
    return part is not None and marks.has(value.get(part) if part else value)


def settle_home(homes: Mapping[int, Iterable[Mark]]) -> None:
    """These marks belong to these stories from now on, unless they have a home already."""
    held = [(UUID(pk), story) for story, found in homes.items() for mark in found for pk in mark.ids]
    rows.insert(MarkHome, ("mark", "story"), dict.fromkeys(held), conflicts="ON CONFLICT (mark) DO NOTHING")


def project(
    pages: Sequence[Any], made: Mapping[int, Evidence], lists: Mapping[int, Sequence[str]], before: Collection[tuple[str, Any, int]],
    people: Mapping[int, int], *, zone: ZoneInfo, is_new: bool,
) -> None:  # fmt: skip
    """Make anew what readers can read of these stories' marks; `made` and `lists` are those of the public ones, `before` their list rows.

    `people` are successors. One query where there is nothing marked. Of pages beside the news there are only sources: what is said there is no
    report, so nobody's list and no timeline has it.
    """
    settle_home({page.pk: found for page in pages if (found := marks_in(page.body))})
    had = set() if is_new else set(MarkHome.objects.filter(story__in=[page.pk for page in pages]).values_list("story", flat=True))
    touched: set[str] = set()
    if had:
        touched |= forget(had)
        touched |= {keys.marked_in(key) for key, _published, pk in before if pk in had and key.startswith("topic:")}
    shown = {page.pk: page for page in pages if (one := made.get(page.pk)) and (one.sources or one.statements or one.events)}
    if shown:
        touched |= _enter(shown, made, people, zone)
        touched |= {keys.marked_in(key) for pk in shown for key in lists.get(pk, ()) if key.startswith("topic:")}
    purging.touch(*touched)


def forget(stories: Collection[int]) -> set[str]:
    """Take away the rows of these stories; returns the keys of what showed them."""
    said = Statement.objects.filter(story__in=stories)
    touched = {keys.said_by(pk) for pk in said.exclude(speaker=None).values_list("speaker_id", flat=True)}
    for model in (Statement, Source, Event):
        gone = model.objects.filter(story__in=stories)
        # None of them has anything that would have to follow.
        gone._raw_delete(gone.db)
    return touched


def _enter(stories: Mapping[int, Any], made: Mapping[int, Evidence], people: Mapping[int, int], zone: ZoneInfo) -> set[str]:
    of_sources = [(pk, *one) for pk in stories for one in enumerate(made[pk].sources.values(), 1)]
    numbers = {(pk, said.id): id_ for id_, (pk, _n, said) in zip(rows.numbers(Source, len(of_sources)), of_sources, strict=True)}
    rows.insert(Source, _SOURCE, [
        (numbers[pk, one.id], pk, UUID(one.id), n, one.kind, one.title, one.url, one.publisher, one.date, one.reason)
        for pk, n, one in of_sources
    ])  # fmt: skip
    reports = {pk: story for pk, story in stories.items() if hasattr(story, "kind")}
    wanted = {said.speaker for pk in reports for said, _source in made[pk].statements.values() if isinstance(said.speaker, int)}
    known = set(Person.objects.filter(pk__in={people.get(pk, pk) for pk in wanted}).values_list("pk", flat=True)) if wanted else set()
    said_rows, events = [], []
    for pk, story in reports.items():
        evidence, day = made[pk], story.published.astimezone(zone).date()
        for n, (one, source) in enumerate(evidence.statements.values(), 1):
            speaker = people.get(one.speaker, one.speaker) if isinstance(one.speaker, int) else None
            said_rows.append((
                pk, UUID(one.id), n, speaker if speaker in known else None, one.name, one.role, one.verb, one.date, _first(one.date) or day,
                one.place, one.audience, one.quoted, evidence.text(one.id), numbers.get((pk, source)),
            ))  # fmt: skip
        for n, event in enumerate(evidence.events.values(), 1):
            first, last = dated.span(event.date) or (day, day)
            events.append((
                pk, UUID(event.id), n, UUID(event.same or event.id), event.what, event.date, first, last, event.place, event.who, event.state,
                story.published, evidence.text(event.id),
            ))  # fmt: skip
    copies.keep(one.url for _pk, _n, one in of_sources)
    rows.insert(Statement, _STATEMENT, said_rows)
    rows.insert(Event, _EVENT, events)
    return {keys.said_by(row[3]) for row in said_rows if row[3]}


def _first(date: str) -> dt.date | None:
    found = dated.span(date)
    return found[0] if found else None
