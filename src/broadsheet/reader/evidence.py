"""Sources under a story, what people said on record, timelines: read from the rows that publishing made, and put into words."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Min
from django.http import Http404
from django.utils.html import escape
from django.utils.translation import gettext as _

from broadsheet.delivery.keys import note
from broadsheet.people.models import Person
from broadsheet.reader import contexts as c
from broadsheet.reader import dates
from broadsheet.reader.cited import Cited, Happening, Label, Role, Said
from broadsheet.reader.frame import Frame, head
from broadsheet.record import dated, keys
from broadsheet.record.evidence import Event, EventState, Source, SourceKind, Statement, WebCopy
from broadsheet.record.places import place_behind
from broadsheet.record.spoken import Place, statements_from
from broadsheet.stories.cards import cards_of, rows_of
from broadsheet.stories.contexts import Card
from broadsheet.stories.marking import Evidence
from broadsheet.stories.models import Listing, StaticPage, Story, Topic
from broadsheet.stories.prepared import Prepared, columns_of, instance_of

ON_PAGE = 5
"""Statements on a person's own page; the others have a page of their own."""
PER_PAGE = 50
MOST_OF_A_DAY = 1_000_000
MOST_EVENTS = 200
MOST_ROLES = 30
Signs = Sequence[Sequence[Any]]


def in_words(date: str, language: str) -> str:
    """A date as precise as it is known: `2026`, `November 2026`, `24 November 2026`, `24 November 2026, 18:30`."""
    found = dated.span(date)
    if not found:
        return ""
    shown = dates.span(found[0], language, month=len(date) >= 7, date=len(date) >= 10)
    if len(date) > 10:
        shown = f"{shown}, {dates.clock(dt.datetime.fromisoformat(date), language)}"
    return shown


def with_references(html: str, signs: Signs, language: str) -> str:
    """A body with a numbered link to each source behind the words that are known from it, and places to lead to what was said.

    Elements of the class `reference` are no part of the text.
    """
    kept, at = [], 0
    times: dict[int, int] = defaultdict(int)
    for offset, kind, number in signs:
        kept.append(html[at:offset])
        at = offset
        if kind != "source":
            kept.append(f'<span id="{kind}-{number}"></span>')
            continue
        times[number] += 1
        shown = dates.digits(number, language)
        label = escape(_("Source %(number)s") % {"number": shown})
        kept.append(
            f'<sup class="reference"><a id="{_cite(number, times[number])}" href="#source-{number}" role="doc-noteref" aria-label="{label}">{shown}</a></sup>'
        )
    return "".join(kept) + html[at:]


def _cite(number: int, time: int) -> str:
    return f"cite-{number}" if time == 1 else f"cite-{number}-{time}"


def sources_of(story: Story | StaticPage, signs: Signs, frame: Frame, drafted: Evidence | None = None) -> tuple[Cited, ...]:
    """A public page's sources; of a draft those that it would have."""
    if not signs:
        return ()
    found: list[Any] = (
        [Source(number=n, kind=one.kind, title=one.title, url=one.url, publisher=one.publisher, date=one.date, reason=one.reason)
         for n, one in enumerate(drafted.sources.values(), 1)]
        if drafted else list(Source.objects.filter(story=story.pk).order_by("number"))
    )  # fmt: skip
    urls = [one.url for one in found if one.url]
    copies = (
        {url: (seen, failures) for url, seen, failures in WebCopy.objects.filter(url__in=urls).values_list("url", "seen", "failures")}
        if urls
        else {}
    )
    language = frame.site.language
    cited = Counter(number for _offset, kind, number in signs if kind == "source")
    made = []
    for one in found:
        seen, failures = copies.get(one.url, (None, 0))
        made.append(Cited(
            dates.digits(one.number, language), f"source-{one.number}", tuple(_cite(one.number, n) for n in range(1, cited[one.number] + 1)), one.kind,
            str(SourceKind(one.kind).label), one.title, one.url, one.publisher, in_words(one.date, language), one.reason, seen, bool(seen and failures),
        ))  # fmt: skip
    return tuple(made)


def labels_of(story: Story) -> tuple[Label, ...]:
    """What readers are told of how a story was made and who paid for it."""
    made = []
    if story.paid_by:
        made.append(
            Label(
                "paid",
                _("Paid for by %(name)s") % {"name": story.paid_by},
                _("This is sponsored work: whoever paid for it had a say in it."),
            )
        )
    if story.ai_tool:
        told = [
            story.ai_part,
            _("Checked by %(name)s.") % {"name": story.ai_review} if story.ai_review else _("Nobody is named who checked it."),
        ]
        made.append(Label("ai", _("Made with the help of AI: %(tool)s") % {"tool": story.ai_tool}, " ".join(filter(None, told))))
    if story.funding:
        made.append(Label("funding", _("Supported by outside funding"), story.funding))
    return tuple(made)


def _cards(stories: Iterable[int], frame: Frame) -> dict[int, Card]:
    return {card.id: card for card in cards_of(rows_of(list(dict.fromkeys(stories))), frame.tree)}


def told(statements: Sequence[Statement], frame: Frame) -> tuple[Said, ...]:
    """Statements with their stories, in their order."""
    cards, language = _cards((one.story for one in statements), frame), frame.site.language
    made = []
    for one in statements:
        if one.story not in cards:
            continue
        who = one.speaker
        known_from = one.source
        label = "" if known_from is None else known_from.title or known_from.publisher or str(SourceKind(known_from.kind).label)
        made.append(Said(
            who.name if who else one.name, f"/people/{who.slug}/" if who and who.public_role else "", one.role, one.text, one.quoted, one.verb,
            in_words(one.date, language), one.place, one.audience, cards[one.story], f"statement-{one.number}", label,
        ))  # fmt: skip
    return tuple(made)


def said_by(person: Person, place: Place | None = None, *, count: int = PER_PAGE) -> list[Statement]:
    """What somebody said on record, the last first; only of those to whom an editor gave a public role."""
    note(keys.said_by(person.pk))
    if not person.public_role:
        return []
    return statements_from(Statement.objects.filter(speaker=person.pk), place, count=count)


def roles_of(person: Person, frame: Frame) -> tuple[Role, ...]:
    """The roles in which somebody spoke, in the order in which they first did; one query."""
    rows = Statement.objects.filter(speaker=person.pk).exclude(role="").order_by().values_list("role")
    made = []
    for role, first, last in rows.annotate(first=Min("day"), last=Max("day")).order_by("first", "last", "role")[:MOST_ROLES]:
        since, until = (dates.span(day, frame.site.language, month=False, date=False) for day in (first, last))
        made.append(Role(role, since, until if until != since else ""))
    return tuple(made)


def place_of(value: str | None) -> Place | None:
    """Where a list of statements goes on, from `<day>~<how many of that day were shown>`; raises Http404 for anything else."""
    if value is None:
        return None
    day, _sep, shown = value.partition("~")
    try:
        found = dt.date.fromisoformat(day), int(shown)
    except ValueError as error:
        raise Http404 from error
    if not 0 < found[1] < MOST_OF_A_DAY:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class StatementsPage(c.Page):
    """What somebody said on record here."""

    name: str
    role: str
    """The public role."""
    person_url: str
    said: tuple[Said, ...]
    """The last first."""
    pager: c.Pager
    json_url: str
    csv_url: str
    roles: tuple[Role, ...] = ()
    """In which they spoke, the first one first; only on the first page."""


def statements_page(person: Person, frame: Frame, before: Place | None = None) -> StatementsPage | None:
    """What somebody said, fifty at a time; None where there is nothing to be shown."""
    found = said_by(person, before, count=PER_PAGE + 1)
    if not found:
        return None
    path = f"/people/{person.slug}/said/"
    day, shown = place_behind([one.day for one in found[:PER_PAGE]], before)
    older = f"{path}?before={day.isoformat()}~{shown}" if len(found) > PER_PAGE else ""
    title = _("%(name)s on record") % {"name": person.name}
    return StatementsPage(
        site=frame.site, head=head(frame, title=title, path=path, robots="max-image-preview:large" if before is None else "noindex, follow"),
        language=frame.site.language, direction=frame.site.direction, name=person.name, role=person.public_role,
        person_url=person.get_absolute_url(), said=told(found[:PER_PAGE], frame), pager=c.Pager(path if before else "", older),
        json_url=f"/people/{person.slug}/statements.json", csv_url=f"/people/{person.slug}/statements.csv",
        roles=() if before else roles_of(person, frame),
    )  # fmt: skip


EVENT_COLUMNS = columns_of(Event)


@Prepared
def _events(list_key: str, *, count: int) -> Any:
    # Joined: as what one list must be in, thousands of stories are first written down, in four times the time. A story is in a list once.
    listed = Event.objects.extra(  # noqa: S610 — nothing but names of ours
        tables=[Listing._meta.db_table],
        where=["stories_listing.story_id = record_event.story", "stories_listing.list_key = %s"],
        params=[list_key],
    )
    return listed.order_by("-told", "-id").values_list(*EVENT_COLUMNS)[:count]


def timeline(topic: Topic, frame: Frame) -> tuple[Happening, ...]:
    """The events that a topic's stories tell of, in their order, each as it was told last."""
    list_key = f"topic:{topic.pk}"
    note(keys.marked_in(list_key), f"list:{list_key}")
    rows: list[Event] = [instance_of(Event, EVENT_COLUMNS, row) for row in _events(list_key, count=MOST_EVENTS)]
    if not rows:
        return ()
    cards, language = _cards((row.story for row in rows), frame), frame.site.language
    tellings: dict[Any, list[Event]] = defaultdict(list)
    for row in rows:
        if row.story in cards:
            tellings[row.event].append(row)
    made = []
    for told_ in tellings.values():
        last = told_[0]
        seen = dict.fromkeys(one.story for one in told_)
        made.append(Happening(
            last.what, last.state, str(EventState(last.state).label), in_words(last.date, language), last.day, last.place, last.who,
            tuple(cards[pk] for pk in seen),
        ))  # fmt: skip
    return tuple(sorted(made, key=lambda one: one.day))
