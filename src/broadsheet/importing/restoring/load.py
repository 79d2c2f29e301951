"""An export of ours → a publication that gives the same public pages.

Into an empty publication only: what is there already is somebody's work. Everything is read once before anything is
written; then each batch is one transaction, and a run that was broken off goes on where it stopped.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import TextField
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from broadsheet.fronts.actions import found_publication
from broadsheet.fronts.models import LAYOUTS, FrontPage, MenuEntry
from broadsheet.html import safe_url, sanitise, without_control
from broadsheet.importing import bulk
from broadsheet.importing.export import remembered as exported
from broadsheet.importing.export.archive import DECLARATIONS, PUBLICATION
from broadsheet.importing.models import EXPORT, SourceItem, SourceSite
from broadsheet.importing.records import ImportRefused
from broadsheet.importing.restoring import media, pages, recorded, remembered, wishes
from broadsheet.importing.restoring.told import Told
from broadsheet.people.models import Declarations, Person, Publication
from broadsheet.related import entering
from broadsheet.stories import relating
from broadsheet.stories.models import Gone, Placement, ReaderComment, Section, StaticPage, Story, Tone, Topic
from broadsheet.stories.projections import successors

BATCH = 50
UNFIT = (ValidationError, TypeError, ValueError, OverflowError)
"""What models raise of values that none of their fields holds."""
Progress = Callable[[int], None]


class Records(Protocol):
    """An export, whatever its format."""

    site: Told
    counts: dict[str, int]
    media: Path
    """The folder of its originals."""

    @property
    def address(self) -> str:
        """Where the publication was."""

    def records(self, kind: str) -> Iterator[Told]:
        """All records of a kind, in their order."""


def restore(export: Records, *, progress: Progress = lambda n: None) -> dict[str, int]:
    """Bring a whole export in; returns how many records of each kind are here now, and "media without a file".

    Raises ImportRefused, before anything is written, when the publication is not empty or a record says what none can.
    """
    if not is_empty(export.address):
        raise ImportRefused(export.address, "cannot be brought in: there are stories here already", "Use an empty data folder")
    _check(export)
    return _Restoring(export, progress).run()


def is_empty(address: str) -> bool:
    """Whether no story is here but those that an unfinished run brought from the export of `address`."""
    ours = SourceItem.objects.filter(site__key=_key(address), page_id__isnull=False)
    return not Story.objects.exclude(pk__in=ours.values("page_id")).exists()


def _key(address: str) -> str:
    return f"{EXPORT}{address}"[:255]


def _check(export: Records) -> None:
    """Everything that can be known without writing."""
    numbers: set[Any] = set()
    addresses: set[Any] = set()
    for kind, count in export.counts.items():
        found = 0
        for told in export.records(kind):
            found += 1
            if kind in ("media", "pages", "stories"):
                _check_once(told, "id", numbers)
            if kind in ("pages", "stories") and told.record.get("address"):
                _check_once(told, "address", addresses)
            if kind == "media":
                media.check(told)
            elif kind == "stories":
                wishes.check(told)
            elif kind == "sources":
                remembered.check(told)
            elif kind == "record":
                recorded.check(told)
        if found != count:
            raise ImportRefused(kind, f"holds {found:,} records, not {count:,}", "Copy the whole export")


def _check_once(told: Told, name: str, seen: set[Any]) -> None:
    """Raises ImportRefused for what a record before it is called, too."""
    value = told.number(name) if isinstance(told.record.get(name), int) else told.text(name, 600)
    if value in seen:
        raise told.refuse(name, f"is “{value}”, as in a record before it")
    seen.add(value)


class _Restoring:
    def __init__(self, export: Records, progress: Progress) -> None:
        self.export, self.progress = export, progress
        paper = export.site.within("publication")
        front = found_publication(name=paper.text("name", 120), by=None)
        self.site = SourceSite.objects.get_or_create(
            key=_key(export.address), defaults={"title": paper.text("name", 120), "base_url": export.address}
        )[0]
        self.here = pages.Here(front.pk, media.Media(self.site, export.media))
        self.wishes: dict[int, list[Told]] = {}
        self.has_record = "record" in export.counts
        self.has_found = False

    def run(self) -> dict[str, int]:
        for batch in _batches(self.export.records("media")):
            self.here.media.load(batch)
            self.progress(len(batch))
        with transaction.atomic():
            self._publication(self.export.site.within("publication"))
            self._named()
        self._pages("pages", pages.static)
        static = set(self.here.pages)
        self._pages("stories", pages.story)
        self.here.stories = {number: pk for number, pk in self.here.pages.items() if number not in static}
        self._related()
        entries = self._record() if self.has_record else 0
        bulk.finish()
        with transaction.atomic():
            self._front(self.export.site.within("front"))
            self._leads()
            if "declarations" in self.export.site.record:
                self._declarations(self.export.site.within("declarations"))
            self._menu()
        for batch in _batches(self.export.records("redirects")):
            with transaction.atomic():
                self._redirects(batch)
            self.progress(len(batch))
        for batch in _batches(self.export.records("sources") if "sources" in self.export.counts else iter(())):
            with transaction.atomic():
                remembered.load(batch, self.here)
            self.progress(len(batch))
        counts = {name: len(self.here.__getattribute__(name)) for name in ("people", "topics", "placements", "sections")}
        counts |= {"pages": StaticPage.objects.count(), "stories": Story.objects.count()}
        counts["sources"] = exported.count()
        counts |= {"redirects": Redirect.objects.count() + Gone.objects.count(), "media": len(self.here.media.seen)}
        counts |= {"record": entries} if self.has_record else {}
        counts["media without a file"] = len(self.here.media.missing)
        return counts

    def _publication(self, told: Told) -> None:
        paper = Publication.objects.get()
        for name in PUBLICATION:
            value = _said(told, paper, name)
            if isinstance(value, str) and not isinstance(Publication._meta.get_field(name), TextField):
                # As forms do: a line's end behind the language would be one in a header of every page.
                value = " ".join(value.split())
            setattr(paper, name, value)
        paper.logo_id = self.here.media.find(told.text("logo"))
        try:
            paper.full_clean()
            paper.save()
        except UNFIT as error:
            raise told.refuse("publication", f"cannot be: {error}") from error

    def _declarations(self, told: Told) -> None:
        site = Publication.objects.get().site
        declared = Declarations.objects.filter(site=site).first() or Declarations(site=site)
        for name in DECLARATIONS:
            setattr(declared, name, _said(told, declared, name))
        policies = told.within("policies")
        for name in Declarations.POLICIES:
            setattr(
                declared, name, StaticPage.objects.filter(permalink=policies.text(name, 600)).first() if name in policies.record else None
            )
        try:
            declared.full_clean()
            declared.save()
        except UNFIT as error:
            raise told.refuse("declarations", f"cannot be: {error}") from error

    def _named(self) -> None:
        """People, topics, lists and sections, found by their names or made."""
        here = self.here
        for told in self.export.records("people"):
            values = {
                "name": told.text("name", 255), "kind": told.choice("kind", Person.Kind.values), "role": told.text("role", 255),
                "biography": sanitise(told.text("biography")), "website": safe_url(told.text("website", 200)),
                "portrait_id": here.media.find(told.text("portrait")), "public_role": told.text("public_role", 255),
            }  # fmt: skip
            person, _made = Person.objects.update_or_create(slug=told.text("slug", 255), defaults=values)
            here.people[person.slug] = person.pk
        for told in self.export.records("topics"):
            values = {
                "name": told.text("name", 255), "description": told.text("description"), "promoted": told.flag("promoted"),
                "picture_id": here.media.find(told.text("picture")), 
                # Exports from before there were story lines say nothing of it.
                "kind": told.choice("kind", Topic.Kind.values) if told.record.get("kind") else Topic.Kind.SUBJECT,
            }  # fmt: skip
            topic, _made = Topic.objects.update_or_create(slug=told.text("slug", 255), defaults=values)
            here.topics[topic.slug] = topic.pk
        self._merge("people", Person, here.people)
        self._merge("topics", Topic, here.topics)
        for told in self.export.records("placements"):
            placement, _made = Placement.objects.update_or_create(slug=told.text("slug", 120), defaults={"name": told.text("name", 120)})
            here.placements[placement.slug] = placement.pk
        for told in self.export.records("sections"):
            here.sections[told.text("address", 600)] = self._section(told)
        self.progress(len(here.people) + len(here.topics) + len(here.placements) + len(here.sections))

    def _merge(self, kind: str, model: Any, known: dict[str, int]) -> None:
        for told in self.export.records(kind):
            if into := told.text("merged_into"):
                target = self.here.named(told, "merged_into", known, into)
                ends = successors(model)
                if known[told.text("slug")] == ends.get(target, target):
                    raise told.refuse("merged_into", "names one that leads back to it")
                model.objects.filter(pk=known[told.text("slug")]).update(merged_into_id=target)

    def _section(self, told: Told) -> int:
        above = told.text("address").rstrip("/").rpartition("/")[0] + "/"
        parent = self.here.sections.get(above, self.here.front)
        values: dict[str, Any] = {
            "title": told.text("name", 255), "draft_title": told.text("name", 255), "description": told.text("description"),
            "tone": told.choice("tone", Tone.values), "language": told.text("language", 35), "live": told.flag("live"),
            "seo_title": told.text("seo_title", 255), "search_description": told.text("search_description"),
        }  # fmt: skip
        slug = told.text("slug", 255)
        upper = Page.objects.get(pk=parent)
        found = Section.objects.child_of(upper).filter(slug=slug).first()
        if found is not None:
            return found.pk
        try:
            made = upper.add_child(instance=Section(slug=slug, has_unpublished_changes=not values["live"], **values))
        except ValidationError as error:
            raise told.refuse("name", f"and what else is said of the section cannot be: {error}") from error
        revision = made.save_revision(clean=False, changed=False)
        if made.live:
            Section.objects.filter(pk=made.pk).update(live_revision=revision)
        return made.pk

    def _pages(self, kind: str, make: Callable[[Told, pages.Here], bulk.Fresh]) -> None:
        known = {int(key.removeprefix(EXPORT)): pk for key, pk in self.site.items.filter(type=kind).values_list("source_id", "page_id")}
        for batch in _batches(self.export.records(kind)):
            new = [told for told in batch if told.number("id") not in known]
            with transaction.atomic():
                # One by one where a page may stand below one before it.
                for part in [new] if kind == "stories" else [[one] for one in new]:
                    made = [make(told, self.here) for told in part]
                    bulk.write(made, has_record=self.has_record)
                    if kind == "stories":
                        entering.expect(fresh.page.pk for told, fresh in zip(part, made, strict=True) if wishes.has_found(told))
                    for told, fresh in zip(part, made, strict=True):
                        self.here.pages[told.number("id")] = fresh.page.pk
                        if kind == "stories":
                            ReaderComment.objects.bulk_create(pages.comments(fresh.page.pk, told), batch_size=100)
                        if told.record.get("draft"):
                            pages.redraft(type(fresh.page).objects.get(pk=fresh.page.pk), told.within("draft"), self.here)
                SourceItem.objects.bulk_create(
                    SourceItem(
                        site=self.site, source_id=f"{EXPORT}{told.number('id')}", type=kind, page_id=self.here.pages[told.number("id")]
                    )
                    for told in new
                )
            self.here.pages |= {told.number("id"): known[told.number("id")] for told in batch if told not in new}
            self.wishes |= {self.here.pages[told.number("id")]: said for told in batch if (said := wishes.heard(told))}
            self.has_found = self.has_found or any(map(wishes.has_found, batch))
            self.progress(len(batch))

    def _related(self) -> None:
        """What editors wish, and what was found, of stories that are all there by now."""
        with transaction.atomic():
            # Those that editors wish something for wait anew, be what was found for them known or to come.
            expected, settled = entering.expected(self.wishes), entering.settled(self.wishes)
            wishes.grant(self.wishes, self.here.stories)
            entering.expect(expected)
            entering.settle(settled)
        for batch in _batches(self.export.records("stories") if self.has_found else iter(())):
            lists = {self.here.pages[told.number("id")]: wishes.found(told, self.here.stories) for told in batch if wishes.has_found(told)}
            relating.give(lists)

    def _record(self) -> int:
        log, entries = self.export.site.record.get("log"), 0
        recorded.prepare(self.export.site.within("log") if log else None, self.export.address)
        for batch in _batches(self.export.records("record")):
            recorded.load(batch, self.here)
            entries += len(batch)
            self.progress(len(batch))
        recorded.complete()
        return entries

    def _front(self, told: Told) -> None:
        front = FrontPage.objects.get()
        front.title = front.draft_title = told.text("title", 255) or front.title
        front.search_description = told.text("search_description")
        front.containers = json.dumps([self._container(one) for one in told.each("containers")])
        front.story_blocks = json.dumps([self._container(one) for one in told.each("story_blocks")])
        front.save_revision(clean=False).publish()

    def _leads(self) -> None:
        """The stories that lead topics, which came before them."""
        for told in self.export.records("topics"):
            if told.record.get("lead") is not None:
                Topic.objects.filter(pk=self.here.topics[told.text("slug", 255)]).update(lead_id=self.here.stories.get(told.number("lead")))

    def _container(self, told: Told) -> dict[str, Any]:
        here = self.here

        def named(name: str, among: dict[str, int]) -> int | None:
            return here.named(told, name, among, key) if (key := told.text(name)) else None

        if told.record.get("kind") == "most_read":
            most_read = {
                "heading": told.text("heading"), "section": named("section", here.sections), "language": told.text("language", 35),
                "count": min(max(told.number("count"), 1), 20),
            }  # fmt: skip
            return {"type": "most_read", "value": most_read}
        value = {
            "heading": told.text("heading"), "layout": told.choice("layout", [name for name, _label in LAYOUTS]),
            "count": min(max(told.number("count"), 1), 20), "section": named("section", here.sections),
            "placement": named("placement", here.placements), "topic": named("topic", here.topics),
            "pinned": [here.stories[pk] for pk in told.many("pinned") if isinstance(pk, int) and pk in here.stories],
        }  # fmt: skip
        return {"type": "container", "value": value}

    def _menu(self) -> None:
        if MenuEntry.objects.exists():
            return
        made: dict[int, MenuEntry] = {}
        for told in self.export.site.each("menu"):
            address = told.text("section")
            made[told.number("id")] = MenuEntry.objects.create(
                text=told.text("text", 80), url=safe_url(told.text("url", 300)), position=told.number("position", 2**15),
                section_id=self.here.named(told, "section", self.here.sections, address) if address else None,
            )  # fmt: skip
        for told in self.export.site.each("menu"):
            if told.record.get("parent") is not None:
                if told.number("parent") not in made:
                    raise told.refuse("parent", "names an entry that is not there")
                entry = made[told.number("id")]
                entry.parent = made[told.number("parent")]
                entry.save(update_fields=["parent"])

    def _redirects(self, batch: list[Told]) -> None:
        for told in batch:
            old, to = told.text("from", 600), safe_url(told.text("to", 2000))
            if not to:
                Gone.objects.get_or_create(permalink=old)
            else:
                values = {"redirect_link": to, "is_permanent": told.flag("permanent")}
                Redirect.objects.get_or_create(old_path=old[:255], site=None, defaults=values)


def _said(told: Told, one: Publication | Declarations, name: str) -> Any:
    """What a record says of a field; where it says nothing, or null of what is never that, what is here."""
    value = told.record.get(name)
    value = without_control(value) if isinstance(value, str) else value
    return getattr(one, name) if value is None and (name not in told.record or not one._meta.get_field(name).null) else value


def _batches(records: Iterator[Told]) -> Iterator[list[Told]]:
    while batch := list(islice(records, BATCH)):
        yield batch
