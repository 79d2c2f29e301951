"""One item → what its page says, where it stands and what address it keeps; nothing is written here."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.text import slugify
from wagtail.blocks import StreamValue
from wagtail.models import Page

from broadsheet.html import excerpt, plain_text, sentences
from broadsheet.importing import bulk
from broadsheet.importing.blocks.addresses import own_path
from broadsheet.importing.groups import Groups
from broadsheet.importing.mapping import IGNORE
from broadsheet.importing.models import Held
from broadsheet.importing.polyglot import base_type, foreign, group_of, language_of
from broadsheet.importing.records import Item, Site, TermLink
from broadsheet.importing.survey import Oddities
from broadsheet.importing.taken import Taken
from broadsheet.importing.wordpress.search import search
from broadsheet.record.models import Kind
from broadsheet.stories.models import StaticPage, Story
from broadsheet.stories.permalinks import beside, from_pattern, is_free
from broadsheet.stories.projections import publication

FORMATS = {"video": "video", "audio": "audio", "gallery": "gallery", "image": "gallery"}
_OPINION = re.compile(r"opinions?|op-?eds?|editorials?|columns?|columnists?|رأي|آراء|مقالات الرأي", re.I)
_KINDS = frozenset(Story.Kind.values)
MAX_HEADLINE = 255
REMEMBERED = 10_000
_HELD: dict[str, str] = {
    Held.PASSWORD: "protected by a password", Held.PRIVATE: "private", Held.AHEAD: "published in the future",
    Held.UNADDRESSED: "“{type}” had no public address",
}  # fmt: skip
_NOT_FOR_EVERYBODY: dict[str, str] = {"members": Held.MEMBERS, "paid": Held.MEMBERS, "tiers": Held.MEMBERS, "sent": Held.MAILED}


class _Place(NamedTuple):
    """A section, as far as it decides where a story stands."""

    pk: int
    slug: str
    path: str
    depth: int


class _Meant(NamedTuple):
    """What a term of the old site is here."""

    section: _Place | None
    topic: int | None
    placement: int | None


class Drafting:
    """Fills pages from items; notes what was odd."""

    def __init__(self, groups: Groups, *, language: str, odd: Oddities, site: Site) -> None:
        self.groups, self.language, self.odd, self.folder, self.site_language = groups, language, odd, site.folder, site.language
        self.counterparts = groups.counterparts
        self.now = timezone.now()
        self._terms: dict[TermLink, _Meant | None] = {}
        """Those of late: a thousand items have the same ones, and an old site may have had any number."""

    def fill(self, page: Story | StaticPage, item: Item, dateline: str, body: list[dict[str, Any]]) -> dt.datetime | None:
        """Set everything but relations and address; returns when the schedule is to publish it, if it is."""
        if isinstance(page, Story):
            page.kind = self._kind(item)
            page.dateline = dateline
            page.lead_alt = item.meta.get("_broadsheet_lead_alt", "")[:500]
            page.lead_caption = plain_text(item.meta.get("_broadsheet_lead_caption", ""))
        page.title = page.draft_title = self._headline(item, body)
        page.body = StreamValue(page.body.stream_block, body, is_lazy=True)
        page.standfirst = plain_text(item.excerpt)
        self._tell_search(page, item)
        page.live = self.is_public(item)
        page.has_unpublished_changes = not page.live
        language = language_of(item, self.groups.entries) or foreign(self.site_language, self.language, page.title)
        page.language = language if language != self.language else ""
        page.translation_group = group_of(item, self.groups.site.key) or page.translation_group
        self.counterparts.note_type(item.type)
        when = item.published or item.modified
        if page.live and when is None:
            self.odd.add("no usable date: published now", item.where)
        page.first_published_at = page.last_published_at = (when or self.now) if page.live else None
        page.go_live_at = None
        if item.status == "future" and item.published and item.published > self.now and not item.password:
            page.go_live_at = item.published
        return page.go_live_at

    def _headline(self, item: Item, body: list[dict[str, Any]]) -> str:
        title = " ".join(plain_text(item.title).split())
        if not title:
            self.odd.add("item without a title, headed by its first words", item.where)
            words = plain_text(" ".join(b["value"] for b in body if b["type"] == "text"))
            title = excerpt(next(sentences(words), ""), 60) or "(untitled)"
        if len(title) > MAX_HEADLINE:
            self.odd.add("headline longer than 255 characters, shortened", item.where)
            title = title[: MAX_HEADLINE - 1].rsplit(" ", 1)[0] + "…"
        return title

    def _tell_search(self, page: Story | StaticPage, item: Item) -> None:
        told = search(item.meta, title=page.title, excerpt=plain_text(item.excerpt), site=self.groups.site.title)
        page.seo_title, page.search_description, page.noindex = told.title, told.description, told.noindex
        if told.noindex:
            self.odd.add("kept out of search engines, as it was", item.where)
        elsewhere = told.original and not own_path(told.original, self.groups.site.base_url).startswith("/")
        if isinstance(page, Story):
            page.original_url = told.original if elsewhere and len(told.original) <= 600 else ""
        if elsewhere:
            self.odd.add("names another address as its original", f"{item.where}: {told.original[:200]}")

    def _kind(self, item: Item) -> str:
        kind = item.meta.get("_broadsheet_kind", "") or self.counterparts.kind(item.type)
        form = next((g.slug.removeprefix("post-format-") for g in item.terms if g.taxonomy == "post_format"), "")
        names = [link.name for link in item.terms if link.taxonomy == "category"]
        if not kind and any(_OPINION.fullmatch(name.strip()) for name in names):
            kind = "opinion"
        if form and not kind and not FORMATS.get(form):
            self.odd.add(f"post format “{form}” taken as news", item.where)
        kind = kind or FORMATS.get(form, "")
        return kind if kind in _KINDS else Story.Kind.NEWS.value

    def held(self, item: Item) -> str:
        """Why an item is a draft here, when it was more than one there."""
        if item.password:
            return Held.PASSWORD
        if item.status == "private":
            return Held.PRIVATE
        if item.status in _NOT_FOR_EVERYBODY:
            return _NOT_FOR_EVERYBODY[item.status]
        if item.status not in ("publish", "future"):
            return ""
        if item.published and item.published > self.now:
            return Held.AHEAD
        if item.status == "publish" and base_type(item.type) not in self.counterparts.types and _is_addressless(item):
            return Held.UNADDRESSED
        return ""

    def is_public(self, item: Item) -> bool:
        """Whether readers of the old site could see it, now and without a password."""
        held = self.held(item)
        if held and item.status in ("publish", "private"):
            self.odd.add(f"{_HELD[held].format(type=item.type)}: kept as a draft", item.where)
        return item.status == "publish" and not held

    def place(self, item: Item) -> tuple[int, dict[str, list[int]], list[int]]:
        """(home section, relations by name, people) of a story, as ids."""
        if unknown := [link for link in item.terms if link not in self._terms]:
            self.groups.look_up(unknown)
        meant = [known for link in item.terms if (known := self._meant(link))]
        for link in item.terms:
            self.counterparts.note_group(link.taxonomy)
        sections = list(dict.fromkeys(one.section for one in meant if one.section))
        home = None
        if sections:
            told = search(item.meta, title="", excerpt="", site="").category
            row = self.groups.numbered(told) if told else None
            path = item.path.removeprefix(self.folder)
            named = [one for one in sections if f"/{one.slug}/" in path]
            # The first one counts, but a section below it says more than it does.
            first = sections[0]
            below = [one for one in sections if one.path.startswith(first.path)]
            main = next((one for one in sections if row and one.pk == row.section_id), None)
            home = main or (named[-1] if named else max(below, key=lambda one: one.depth))
        relations = {
            "sections": [one.pk for one in sections if one != home],
            "topics": list(dict.fromkeys(one.topic for one in meant if one.topic)),
            "placements": list(dict.fromkeys(one.placement for one in meant if one.placement)),
        }
        return home.pk if home else self.groups.default_section().pk, relations, self._signed(item)

    def _meant(self, link: TermLink) -> _Meant | None:
        """What a term is here; nothing for one that is left out."""
        if link not in self._terms:
            if len(self._terms) >= REMEMBERED:
                self._terms.clear()
            row = self.groups.linked(link) if self.counterparts.group(link.taxonomy) != IGNORE else None
            place = _Place(row.section.pk, row.section.slug, row.section.path, row.section.depth) if row and row.section else None
            self._terms[link] = _Meant(place, row.topic_id, row.placement_id) if row else None
        return self._terms[link]

    def _signed(self, item: Item) -> list[int]:
        """The byline. Exports name several authors by the alphabet; the one who owns the post is the first of them."""
        people = list(dict.fromkeys(self.groups.signed(link) for link in item.terms if link.taxonomy == "author"))
        owner = self.groups.person(item.creator) if item.creator and (not people or item.creator in self.groups.people) else None
        if owner is not None and (not people or owner in people):
            return [owner, *(one for one in people if one != owner)]
        return people

    def address(self, pages: Sequence[tuple[Story | StaticPage, Item, int]], taken: Taken) -> None:
        """Give new pages, each with the id of its parent, their slugs and, when public, the addresses they had."""
        wanted = []
        for page, item, parent_id in pages:
            slug = self._slug(page, item)
            wanted.append((slug, (self._path(item) or self._own_path(page, item, parent_id, slug)) if page.live else ""))
        taken.look_up(
            [(parent_id, slug) for (_page, _item, parent_id), (slug, _path) in zip(pages, wanted, strict=True)],
            [path for _slug, path in wanted if path],
        )
        for (page, item, parent_id), (slug, path) in zip(pages, wanted, strict=True):
            page.slug = taken.slug(parent_id, slug)
            if page.live:
                page.published = page.first_published_at
            if path:
                page.permalink = taken.address(path)
                if page.permalink != path and item.path:
                    self.odd.add("two public items at one old address", f"{item.where}: {path}")

    def _slug(self, page: Story | StaticPage, item: Item) -> str:
        slug = slugify(item.slug, allow_unicode=True) or slugify(page.title, allow_unicode=True) or f"item-{item.source_id}"
        return slug[:200]

    def _path(self, item: Item) -> str:
        path = "/" + item.path.lstrip("/")
        if path == "/" or len(path) > 590:
            return ""
        if is_free(path):
            return path
        self.odd.add("old address that is in use here for something else, changed", f"{item.where}: {item.path}")
        return beside(path)

    def _own_path(self, page: Story | StaticPage, item: Item, parent_id: int, slug: str) -> str:
        """Where a public page stands that had no readable address there: what is public has an address."""
        if isinstance(page, StaticPage):
            path = f"/{slug}/"
        else:
            paper = publication()
            above = Page.objects.values_list("url_path", flat=True).get(pk=parent_id).lstrip("/").partition("/")[2].strip("/")
            number = int(item.source_id) if item.source_id.isascii() and item.source_id.isdecimal() else 0
            path = from_pattern(
                paper.permalink_pattern, section=above, slug=slug, published=page.first_published_at or self.now, zone=paper.tzinfo, pk=number
            )  # fmt: skip
        return path if is_free(path) else beside(path)


def _is_addressless(item: Item) -> bool:
    """A type without readable addresses is one that plug-ins keep for themselves."""
    return base_type(item.type) not in ("post", "page") and bool(re.search(r"[?&]post_type=", item.link))


def save_again(page: Story | StaticPage) -> None:
    """Write what an import changed; nobody need say what kind of change that was, for it is as the other site has it."""
    if isinstance(page, Story):
        # What is public is entered now. A draft would say so of whatever is published of it later.
        page.change_kind = Kind.IMPORTED if page.live else ""
    page.save(clean=False)


_NOT_SAID = frozenset(
    {"latest_revision", "latest_revision_created_at", "live_revision", "last_published_at", "first_published_at", "bylines",
     "has_unpublished_changes"}
)  # fmt: skip


def said_of(page: Story | StaticPage) -> Any:
    """What an import says of a page, to see whether it says anything new."""
    data = {name: value for name, value in page.serializable_data().items() if name not in _NOT_SAID}
    # PostgreSQL has an order of its own for what a block is made of.
    data["body"] = json.loads(data["body"])
    for name in bulk.RELATIONS:
        data[name] = sorted(data.get(name) or ())
    data["bylines"] = [b.person_id for b in page.bylines.all()] if isinstance(page, Story) else []
    return data
