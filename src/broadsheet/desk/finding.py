"""What the desk finds while somebody types: topics, people, placement lists, sections, stories."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from broadsheet.people.models import Person, User
from broadsheet.people.queries import NamedQuerySet
from broadsheet.search.asking import parse
from broadsheet.search.finding import find_matches
from broadsheet.stories.models import Placement, Section, Story, Topic
from broadsheet.stories.projections import publication
from broadsheet.stories.queries import SectionTree

MOST = 12


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing that can be picked: its id, its name, and what tells it from others of that name."""

    id: int
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of thing that is found by its name."""

    rows: Callable[[], NamedQuerySet]
    describe: Callable[[Sequence[Any]], list[Suggestion]]
    field: str = "name"
    may_create: Callable[[User], bool] = lambda user: False

    def suggest(self, text: str) -> list[Suggestion]:
        """The best matches, at most twelve; what was merged is offered as what it stands for now."""
        # Several merged ones may lead to the same one.
        found = list(self.rows().called(text, field=self.field)[: 2 * MOST])
        ends = [_end(row) for row in found]
        known: dict[int, Suggestion] = {}
        for row, end, plain in zip(found, ends, self.describe(ends), strict=True):
            note = _("for “%(name)s”") % {"name": row} if row.pk != end.pk else plain.note
            known.setdefault(end.pk, Suggestion(end.pk, plain.name, note))
        return list(known.values())[:MOST]

    def chosen(self, ids: Iterable[Any]) -> list[Suggestion]:
        """What ids stand for now, in their order, each once; ids that are unknown are left out."""
        numbers = [int(i) for i in ids if str(i).isascii() and str(i).isdigit() and len(str(i)) < 19]
        rows = {row.pk: row for row in self.rows().filter(pk__in=numbers)} if numbers else {}
        ends = {end.pk: end for end in (_end(rows[n]) for n in numbers if n in rows)}
        return self.describe(list(ends.values()))

    def named(self, text: str) -> int | None:
        """The id behind a whole name, for forms filled in without JavaScript."""
        row = self.rows().exactly(text, field=self.field).first() if text.strip() else None
        return _end(row).pk if row is not None else None


class StorySource(Source):
    """Public stories, found as readers find them: looking through a hundred thousand headlines takes too long while somebody types."""

    def suggest(self, text: str) -> list[Suggestion]:
        """The best matches, at most twelve; the last word may be a beginning."""
        query = parse(text, last_is_beginning=True)
        found = find_matches(query, zone=publication().tzinfo).pages[:MOST] if query else ()
        rows = self.rows().in_bulk(found)
        return self.describe([rows[page] for page in found if page in rows])


def _end(row: Any) -> Any:
    seen = {row.pk}
    while getattr(row, "merged_into_id", None) and row.merged_into_id not in seen:
        seen.add(row.merged_into_id)
        row = row.merged_into
    return row


def _plain(rows: Sequence[Any]) -> list[Suggestion]:
    return [Suggestion(row.pk, str(row)) for row in rows]


def _topics(rows: Sequence[Topic]) -> list[Suggestion]:
    return [Suggestion(row.pk, row.name, str(row.get_kind_display()) if row.kind == Topic.Kind.LINE else "") for row in rows]


def _people(rows: Sequence[Person]) -> list[Suggestion]:
    return [Suggestion(row.pk, row.name, row.role or str(row.get_kind_display())) for row in rows]


def _sections(rows: Sequence[Section]) -> list[Suggestion]:
    tree = SectionTree.read() if rows else SectionTree(())
    return [Suggestion(row.pk, row.title, " › ".join(e.name for e in tree.line(row.path)[:-1])) for row in rows]


def _stories(rows: Sequence[Story]) -> list[Suggestion]:
    """With section and date: many headlines are alike."""
    tree = SectionTree.read() if rows else SectionTree(())
    found = []
    for row in rows:
        home, when = tree.home_of(row.path), date_format(timezone.localtime(row.published), "j M Y") if row.published else ""
        parts = [home.name if home else "", when, "" if row.live else _("withdrawn")]
        found.append(Suggestion(row.pk, row.title, ", ".join(filter(None, parts))))
    return found


SOURCES = {
    "topics": Source(
        lambda: Topic.objects.select_related("merged_into"), _topics, may_create=lambda user: user.has_perm("stories.add_topic")
    ),
    "people": Source(lambda: Person.objects.select_related("merged_into"), _people),
    "placements": Source(lambda: Placement.objects.all(), _plain),
    "sections": Source(lambda: NamedQuerySet(Section), _sections, field="title"),
    "stories": StorySource(
        lambda: NamedQuerySet(Story).filter(published__isnull=False).only("title", "path", "live", "published"), _stories, field="title"
    ),
}
