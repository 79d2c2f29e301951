"""Which list a feed's address means, and in one look-up whether anything in it has changed.

`{page}feed/` is RSS, `{page}feed/atom/` and `{page}feed/json/` are the same list; `feed/own/` of a section leaves out what stands in its children alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, Model, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat, Length, Substr
from django.http import Http404
from django.shortcuts import get_object_or_404

from broadsheet.delivery.models import Stamp
from broadsheet.delivery.stamps import LISTS, NAMES
from broadsheet.people.models import Person
from broadsheet.search.asking import parse
from broadsheet.search.filters import Filters
from broadsheet.search.queries import find
from broadsheet.stories.cards import LABELS
from broadsheet.stories.models import Listing, Placement, Section, Story, Topic
from broadsheet.stories.prepared import Prepared
from broadsheet.stories.projections import publication
from broadsheet.stories.queries import SectionTree, held_by, topic_at
from broadsheet.syndication.feeds import ITEMS, Channel, of_stories

Rows = list[tuple[Any, ...]]
"""(number of a list row, last change of any list, last change of any name), newest story first: a list's state."""
ROOT_DEPTH = 2
"""Of the front in the tree: a section's address has one part for each level below it."""


class Moved(Exception):
    """The list stands for another one now; says the path of that one's feed."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address asks for: `state` costs one look-up and tells nothing but whether it changed, `channel` raises Http404 or Moved."""

    state: Callable[[], Rows]
    channel: Callable[[SectionTree], Channel]


def _told(rows: Any) -> Any:
    stamps = [Subquery(Stamp.objects.filter(name=name).values("moment")[:1]) for name in (LISTS, NAMES)]
    # A publish gives a story's rows new numbers, so that numbers tell every change, in whatever second.
    return rows.annotate(lists=stamps[0], names=stamps[1]).values_list("pk", "lists", "names")[:ITEMS]


@Prepared
def _list(list_key: str) -> Any:
    return _told(Listing.objects.of(list_key))


def _key(word: str, found: QuerySet[Any]) -> Any:
    return Subquery(found.order_by().annotate(key=Concat(Value(f"{word}:"), Cast("pk", CharField()))).values("key")[:1])


_NAMED: dict[str, type[Model]] = {"person": Person, "topic": Topic, "placement": Placement}


@Prepared
def _named(slug: str, *, word: str) -> Any:
    found = _NAMED[word]._default_manager.filter(slug=slug)
    return _told(Listing.objects.of(_key(word, found if word == "placement" else found.filter(merged_into=None))))


@Prepared
def _section(slug: str, depth: int, length: int, address: str, *, word: str) -> Any:
    # The slug has an index; that the rest is the same is looked at, letter by letter, which LIKE does not do.
    end = Substr("url_path", Length("url_path") - length + 1)
    found = Section.objects.filter(slug=slug, depth=depth, live=True).annotate(end=end).filter(end=address)
    return _told(Listing.objects.of(_key(word, found)))


def site() -> Wanted:
    """The whole publication."""

    def channel(tree: SectionTree) -> Channel:
        return Channel("site", "", "/", "/feed/")

    return Wanted(lambda: _list("site"), channel)


def kind_name(name: str) -> str:
    """What readers call a kind of story."""
    return str(LABELS.get(name) or Story.Kind(name).label)


def kind_address(name: str) -> str:
    """Where the feed of a kind is."""
    return f"/feed/kind/{name}/"


def kind(name: str) -> Wanted:
    """Stories of one kind."""

    def channel(tree: SectionTree) -> Channel:
        if name not in Story.Kind.values:
            raise Http404
        return Channel(f"kind:{name}", kind_name(name), "/", kind_address(name))

    return Wanted(lambda: _list(f"kind:{name}"), channel)


def section(address: str, *, own: bool) -> Wanted:
    """A section with what stands in its children, or without (`own`)."""
    word, feed = ("own", f"{address}feed/own/") if own else ("section", f"{address}feed/")
    parts = address.strip("/").split("/")

    def channel(tree: SectionTree) -> Channel:
        entry = next((e for e in tree.entries if e.url == address and e.live), None)
        if entry is None:
            raise Http404
        return Channel(f"{word}:{entry.id}", entry.name, address, feed, language=entry.language)

    return Wanted(lambda: _section(parts[-1], len(parts) + ROOT_DEPTH, len(address), address, word=word), channel)


def _there(found: Person | Topic | None) -> Any:
    """The person or topic; of a merged one the feed is that of whoever stands for it."""
    if found is None:
        raise Http404
    if found.merged_into:
        raise Moved(f"{found.merged_into.get_absolute_url()}feed/")
    return found


def person(slug: str) -> Wanted:
    """A contributor with public stories."""

    def channel(tree: SectionTree) -> Channel:
        who = _there(Person.objects.filter(slug=slug).select_related("merged_into").first())
        key = f"person:{who.pk}"
        if not held_by(key):
            raise Http404
        return _page(key, who, who.role)

    return Wanted(lambda: _named(slug, word="person"), channel)


def topic(slug: str) -> Wanted:
    """A topic with public stories, or a promoted one."""

    def channel(tree: SectionTree) -> Channel:
        subject = _there(topic_at(slug))
        key = f"topic:{subject.pk}"
        if not subject.promoted and not held_by(key):
            raise Http404
        return _page(key, subject, subject.description)

    return Wanted(lambda: _named(slug, word="topic"), channel)


def placement(slug: str) -> Wanted:
    """A list that an editor fills."""

    def channel(tree: SectionTree) -> Channel:
        chosen = get_object_or_404(Placement, slug=slug)
        return _page(f"placement:{chosen.pk}", chosen, "")

    return Wanted(lambda: _named(slug, word="placement"), channel)


def search(asked_for: Mapping[str, str]) -> Wanted:
    """What a search finds, newest first; nothing when nothing is asked for. Its state takes the search itself, and one look-up."""
    query, filters = parse(asked_for.get("q") or ""), Filters.of(asked_for)

    @cache
    def found() -> tuple[int, ...]:
        return tuple(find(query.text, filters, zone=publication().tzinfo, count=ITEMS))

    def channel(tree: SectionTree) -> Channel:
        asked = urlencode({"q": query.text, **filters.chosen})
        return Channel("", f"“{query.text}”", f"/search/?{asked}", f"/search/feed/?{asked}", stories=found())

    return Wanted(lambda: _stories(sorted(found())) if found() else [], channel)


@Prepared
def _stories(ids: list[int]) -> Any:
    return _told(of_stories(ids).order_by("-published", "-story_id"))


def _page(key: str, thing: Person | Topic | Placement, description: str) -> Channel:
    path = thing.get_absolute_url()
    return Channel(key, thing.name, path, f"{path}feed/", description)
