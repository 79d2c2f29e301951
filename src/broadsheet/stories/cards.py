"""Galleys → the cards that lists and fronts show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import CharField, F, OuterRef, Subquery, Value
from django.db.models.functions import Concat
from django.db.models.lookups import In
from django.utils.translation import gettext_lazy as _

from broadsheet.delivery.keys import note
from broadsheet.media.contexts import sources, sources_in
from broadsheet.people.models import Person
from broadsheet.stories import keys
from broadsheet.stories.contexts import Card, Contributor, Link, Picture
from broadsheet.stories.models import Galley, Listing, RelatedStory, Story
from broadsheet.stories.prepared import Prepared
from broadsheet.stories.projections import successors
from broadsheet.stories.queries import SectionTree

LABELS = {
    "analysis": _("Analysis"), "explainer": _("Explainer"), "opinion": _("Opinion"), "gallery": _("In pictures"),
    "live": _("Live"), "audio": _("Audio"), "video": _("Video"),
}  # fmt: skip

Row = tuple[Any, ...]
"""Story id, permalink, published, updated (or None), the galley's card."""


def of_galley(field: str) -> Subquery:
    """A field of the galley of a list's story, which stands under the story's own number: nothing is asked of the tree of pages between them."""
    return Subquery(Galley.objects.filter(page=OuterRef("story_id")).order_by().values(field))


_LISTED = ("story_id", "story__permalink", "published", "story__updated", of_galley("card"))


@Prepared
def _people(ids: list[int]) -> Any:
    found = Person.objects.filter(In(F("pk"), ids)).order_by()
    return found.values_list("pk", "name", "slug", "portrait__encoded", "portrait__credit", "merged_into_id")


@Prepared
def _newest(list_key: str, *, count: int) -> Any:
    return Listing.objects.of(list_key).values_list(*_LISTED)[:count]


@Prepared
def _before(list_key: str, published: dt.datetime, story_id: int, *, count: int) -> Any:
    return Listing.objects.of(list_key).before(published, story_id).values_list(*_LISTED)[:count]


@Prepared
def _after(list_key: str, published: dt.datetime, story_id: int, *, count: int) -> Any:
    return Listing.objects.of(list_key).after(published, story_id).values_list(*_LISTED)[:count]


@Prepared
def _within(list_key: str, first: dt.datetime, end: dt.datetime, *, skip: int, count: int) -> Any:
    return Listing.objects.of(list_key).between(first, end).values_list(*_LISTED)[skip : skip + count]


@Prepared
def _given(ids: list[int]) -> Any:
    # Said in a way no index answers: SQLite would take the list's and walk through all of it, where the stories' own find them.
    site = Concat("list_key", Value(""), output_field=CharField())
    return Listing.objects.filter(In(F("story_id"), ids)).alias(site=site).filter(site="site").values_list(*_LISTED)


@Prepared
def _related(story_id: int) -> Any:
    # Through the list of the site: what was withdrawn a moment ago is not in it, whatever was found before.
    public = RelatedStory.objects.filter(story_id=story_id, other__listings__list_key="site").order_by("place")
    return public.values_list("other_id", "other__permalink", "other__listings__published", "other__updated", "other__galley__card")


class Names:
    """The people that cards name, each read once; after a merge, until the galleys are typeset again, those who stand for them."""

    def __init__(self, ids: Iterable[int] = ()) -> None:
        self._by_id: dict[int, Contributor] = {}
        self.learn(ids)

    def learn(self, ids: Iterable[int]) -> None:
        """Read those of these people that are not known yet; one query or none."""
        wanted = set(ids) - self._by_id.keys()
        if not wanted:
            return
        note(*(f"person:{pk}" for pk in wanted))
        rows = _people(sorted(wanted))
        merged = [row[0] for row in rows if row[5]]
        ends = successors(Person) if merged else {}
        if further := {ends.get(pk, pk) for pk in merged} - self._by_id.keys() - wanted:
            note(*(f"person:{pk}" for pk in further))
            rows += _people(sorted(further))
        for pk, name, slug, encoded, credit, _merged_into in rows:
            made = sources_in(encoded, "square")
            shown = Picture(**made, credit=credit) if made else None
            self._by_id[pk] = Contributor(name, f"/people/{slug}/", "", shown)
        self._by_id.update({pk: self._by_id[end] for pk in merged if (end := ends.get(pk, pk)) in self._by_id})

    def get(self, pk: int, role: str) -> Contributor | None:
        """The contributor in this role."""
        person = self._by_id.get(pk)
        return replace(person, role=role) if person and role else person


def portrait(person: Person) -> Picture | None:
    """A person's portrait, square."""
    made = sources(person.portrait, "square") if person.portrait else None
    return Picture(**made, credit=person.portrait.credit) if person.portrait and made else None


def listed(list_key: str, count: int, *, before: tuple[dt.datetime, int] | None = None, without: Iterable[int] = ()) -> list[Row]:
    """Rows of the newest `count` stories of a list, or of those before a story in it, without those already on the page; one query."""
    left_out = set(without)
    if not before:
        note(keys.top(list_key))
    rows = _before(list_key, *before, count=count + len(left_out)) if before else _newest(list_key, count=count + len(left_out))
    shown = [r for r in rows if r[0] not in left_out][:count]
    keys.note_rows(shown)
    return shown


def published_within(list_key: str, first: dt.datetime, end: dt.datetime, *, skip: int, count: int) -> list[Row]:
    """Rows of a list that were published from `first` on and before `end`, newest first, behind `skip` of them; one query.

    What is skipped is walked over: only for spans of a day.
    """
    rows = _within(list_key, first, end, skip=skip, count=count)
    keys.note_rows(rows)
    return rows


def rows_of(ids: Sequence[int]) -> list[Row]:
    """Rows of given public stories, in the order given; those not public are left out."""
    note(*(keys.story(pk) for pk in ids))
    rows = {r[0]: r for r in _given(sorted(ids))} if ids else {}
    return [rows[i] for i in ids if i in rows]


def related(story_id: int) -> list[Row]:
    """Rows of all public stories that are related to one, what is pinned first; one query."""
    rows = _related(story_id)
    note(keys.related(story_id))
    keys.note_rows(rows)
    return rows


def neighbours(published: dt.datetime, story_id: int, *, without: Collection[int] = ()) -> tuple[Row | None, Row | None]:
    """(newer, older): the rows next to a story in the site's list, but for those `without`; two index look-ups, whatever the archive."""
    found = (side("site", published, story_id, newer=newer, count=1 + len(without)) for newer in (True, False))
    newer, older = (next((row for row in rows if row[0] not in without), None) for rows in found)
    note(keys.beside(story_id))
    keys.note_rows(row for row in (newer, older) if row)
    return newer, older


def in_line(list_key: str, published: dt.datetime, story_id: int) -> tuple[Row | None, Row | None]:
    """(newer, older): the rows next to a story in a story line; two index look-ups."""
    newer, older = (next(iter(side(list_key, published, story_id, newer=newer, count=1)), None) for newer in (True, False))
    note(keys.part(list_key, story_id))
    keys.note_rows(row for row in (newer, older) if row)
    return newer, older


def side(list_key: str, published: dt.datetime, story_id: int, *, newer: bool, count: int) -> list[Row]:
    """Rows of the stories next to a place in a list, nearest first."""
    return (_after if newer else _before)(list_key, published, story_id, count=count)


def row_of(story: Story, card: dict[str, Any]) -> Row:
    """The row of one story in memory."""
    from broadsheet.stories.models import shown_date

    return (story.pk, story.permalink or "", shown_date(story), story.updated, card)


def people_in(rows: Iterable[Row]) -> set[int]:
    """The ids of all people that rows name."""
    return {pk for row in rows for pk, _role in (row[4] or {}).get("people", [])}


def card_of(row: Row, tree: SectionTree, names: Names) -> Card:
    """The card of one row; no query."""
    pk, url, published, updated, made = row
    made = made or {}
    section = tree.by_id.get(made.get("section") or 0)
    kind = made.get("kind", "news")
    shown = made.get("picture") or {}
    landscape = shown.get("crops", {}).get("landscape")
    # Wherever it is met, before it is read.
    paid = _("Paid for by %(name)s") % {"name": made["paid_by"]} if made.get("paid_by") else ""
    return Card(
        id=pk,
        url=url,
        headline=made.get("headline", ""),
        language=made.get("language", "en"),
        direction=made.get("direction", "ltr"),
        kind=kind,
        label=str(paid or LABELS.get(kind, "")),
        tone="opinion" if kind == "opinion" else (section.tone if section else "news"),
        kicker=Link(section.name, section.url) if section and section.live else None,
        standfirst=made.get("standfirst", ""),
        byline=tuple(dict.fromkeys(c for p, role in made.get("people", []) if (c := names.get(p, role)))),
        published=published,
        updated=updated,
        picture=Picture(**landscape, alt="" if _repeats(shown["alt"], made["headline"]) else shown["alt"]) if landscape else None,
    )


def _repeats(alt: str, headline: str) -> bool:
    return alt.strip().casefold() == headline.strip().casefold()


def cards_of(rows: Sequence[Row], tree: SectionTree, names: Names | None = None) -> tuple[Card, ...]:
    """The cards of rows, in order; at most one query, for the names."""
    names = names or Names()
    names.learn(people_in(rows))
    return tuple(card_of(r, tree, names) for r in rows)
