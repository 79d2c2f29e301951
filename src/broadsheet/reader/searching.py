"""The page of a search: what was found, how it can be narrowed down, and what to do when nothing was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import F
from django.db.models.lookups import In
from django.utils.translation import gettext as _

from broadsheet.people.models import Person
from broadsheet.reader import contexts as c
from broadsheet.reader import dates
from broadsheet.reader.frame import Frame, described, feeds, head
from broadsheet.search import asked
from broadsheet.search.asking import Query, parse
from broadsheet.search.filters import NONE, Filters
from broadsheet.search.finding import Found
from broadsheet.search.passages import marked, passage
from broadsheet.search.queries import FEW, find_widely
from broadsheet.search.suggesting import suggestion
from broadsheet.stories.cards import LABELS, Row, cards_of, rows_of
from broadsheet.stories.models import Galley, Story, Topic
from broadsheet.stories.prepared import Prepared
from broadsheet.stories.queries import held_by
from broadsheet.stories.translations import language_name

ROOT = "/search/"
PER_PAGE = 20
CHOICES = 8
"""Of one filter."""
Names = dict[str, str]
"""Of the values of a filter."""


def search_page(frame: Frame, asked_for: Mapping[str, str]) -> c.SearchPage:
    """Whatever is asked for is answered by a page; what makes no sense in it is passed over."""
    query = parse(asked_for.get("q") or "")
    filters = _known(Filters.of(asked_for), frame)
    by_date = asked_for.get("order") == "date"
    if not query and not filters.chosen:
        return _page(frame, query, filters, by_date=by_date)
    zone, up_to = frame.publication.tzinfo, _number(asked_for.get("from"))
    found, used, exactly = find_widely(query, filters, zone=zone, by_date=by_date, up_to=up_to)
    loosely = used != query and not exactly
    better = suggestion(query) if (used != query or len(found.pages) < FEW) and filters == NONE else ""
    if filters == NONE and not up_to:
        asked.note(query, found=bool(found.pages))
    return _page(frame, used, filters, found, by_date=by_date, loosely=loosely, better=better,
                 number=_number(asked_for.get("page")), up_to=up_to)  # fmt: skip


def _page(
    frame: Frame, query: Query, filters: Filters, found: Found | None = None, *, by_date: bool = False, loosely: bool = False,
    better: str = "", number: int = 0, up_to: int = 0,
) -> c.SearchPage:  # fmt: skip
    matches = found.pages if found else ()
    last = max(1, -(-len(matches) // PER_PAGE))
    number = min(max(number, 1), last)
    rows = rows_of(matches[(number - 1) * PER_PAGE : number * PER_PAGE])
    order = {"order": "date"} if by_date else {}

    def address(page: int) -> str:
        # Further pages continue the first one, whatever is published meanwhile.
        further = {"from": up_to or (found.newest if found else 0), "page": page} if page > 1 else {}
        return _address(query, filters, **order, **further)

    def other(**changed: str) -> str:
        return _address(query, filters.but(**changed), **order)

    hits = _hits(rows, query, frame)
    title = _("Search: %(words)s") % {"words": query.text} if query.text else _("Search")
    return c.SearchPage(
        site=frame.site,
        head=head(frame, title=title, path=ROOT, robots="noindex", json_ld=(_described(frame, title, hits),), feeds=_feeds(title, query, filters) + feeds(frame.site.name, "/feed/")),
        language=frame.site.language, direction=frame.site.direction, query=query.text, asked=found is not None, loosely=loosely,
        count=_count(found, frame.site.language) if found else "",
        suggestion=c.Link(better, _address(parse(better), filters, **order)) if better else None,
        hits=hits, pager=c.Pager(address(number - 1) if number > 1 else "", address(number + 1) if number < last else ""),
        orders=(
            c.Choice(_("Best match first"), _address(query, filters), current=not by_date),
            c.Choice(_("Newest first"), _address(query, filters, order="date"), current=by_date),
        ) if len(matches) > 1 else (),
        filters=tuple(_filters(found, filters, frame, other)) if found else (),
        cards=() if matches else cards_of(frame.latest_rows, frame.tree),
    )  # fmt: skip


def _address(query: Query, filters: Filters, **more: object) -> str:
    return f"{ROOT}?{urlencode({'q': query.text, **filters.chosen, **more})}"


def _feeds(title: str, query: Query, filters: Filters) -> tuple[c.FeedLink, ...]:
    asked_for = {"q": query.text, **filters.chosen}
    return feeds(title, f"{ROOT}feed/?{urlencode(asked_for)}") if query or filters.chosen else ()


def _described(frame: Frame, title: str, hits: Sequence[c.Hit]) -> str:
    return described(frame, name=title, path=ROOT, type_="SearchResultsPage", cards=[hit.card for hit in hits], newest_first=False)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 19 else 0


def _count(found: Found, language: str) -> str:
    shown = {"count": dates.figure(len(found.pages), language)}
    if found.there_are_more:
        return _("Stories found: at least %(count)s") % shown
    return _("Stories found: %(count)s") % shown


@Prepared
def _bodies(ids: list[int]) -> Any:
    return Galley.objects.filter(In(F("page_id"), ids)).order_by().values_list("page_id", "body_text")


@Prepared
def _people(ids: list[int]) -> Any:
    return Person.objects.filter(In(F("pk"), ids)).order_by().values_list("pk", "name")


@Prepared
def _topics(ids: list[int]) -> Any:
    return Topic.objects.filter(In(F("pk"), ids)).order_by().values_list("pk", "name")


def _hits(rows: Sequence[Row], query: Query, frame: Frame) -> tuple[c.Hit, ...]:
    bodies = dict(_bodies([row[0] for row in rows])) if rows else {}
    return tuple(
        c.Hit(
            card,
            marked(card.headline, query.wanted),
            passage(bodies.get(card.id, ""), query.wanted) or marked(card.standfirst, query.wanted),
        )
        for card in cards_of(rows, frame.tree)
    )


def _known(filters: Filters, frame: Frame) -> Filters:
    """Without what names nothing that a reader may know of."""
    section = frame.tree.by_id.get(int(filters.section or 0))
    known = filters.but(section=filters.section if section and section.live else "")
    for name in ("person", "topic"):
        value = getattr(known, name)
        if value and not held_by(f"{name}:{value}"):
            known = known.but(**{name: ""})
    return known if known.kind in Story.Kind.values else known.but(kind="")


def _filters(found: Found, filters: Filters, frame: Frame, address: Any) -> Iterable[c.Filter]:
    counted: dict[str, list[tuple[str, int]]] = {name: [] for name in ("section", "topic", "person", "kind", "language", "year")}
    for key, count in found.counts.most_common():
        name, _sep, value = key.partition(":")
        if name in counted:
            counted[name].append((value, count))
    for name, values in counted.items():
        chosen = getattr(filters, name)
        if name == "year":
            values.sort(reverse=True)
        # A value that all have narrows nothing down.
        shown = [(v, n) for v, n in values if v == chosen or (not chosen and n < len(found.pages))][:CHOICES]
        if chosen and not shown:
            shown = [(chosen, 0)]
        names = _names(name, [v for v, _n in shown], frame)
        choices = tuple(
            c.Choice(text, address(**{name: "" if v == chosen else v}), dates.figure(n, frame.site.language), current=v == chosen)
            for v, n in shown
            if (text := names.get(v))
        )
        if choices:
            yield c.Filter(name, _label(name), choices)


def _label(name: str) -> str:
    return {
        "section": _("Section"), "topic": _("Topic"), "person": _("By"), "kind": _("Kind"), "language": _("Language"), "year": _("Year"),
    }[name]  # fmt: skip


def _names(name: str, values: Sequence[str], frame: Frame) -> Names:
    if name == "section":
        return {v: s.name for v in values if (s := frame.tree.by_id.get(int(v))) and s.live}
    if name in ("person", "topic"):
        rows = (_people if name == "person" else _topics)([int(v) for v in values]) if values else ()
        return {str(pk): text for pk, text in rows}
    if name == "kind":
        kinds = {**LABELS, "news": _("News"), "feature": _("Feature")}
        return {v: str(kinds[v]) for v in values if v in kinds}
    if name == "language":
        return {v: language_name(v) for v in values}
    return {v: dates.digits(v, frame.site.language) for v in values}
