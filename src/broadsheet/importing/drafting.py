"""One item → what its page says, where it stands and what address it keeps; nothing is written here."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from wagtail.blocks import StreamValue

from broadsheet.html import excerpt, plain_text, sentences
from broadsheet.importing.datelines import split_dateline
from broadsheet.importing.groups import Groups
from broadsheet.importing.records import Item
from broadsheet.importing.survey import Oddities
from broadsheet.importing.taken import Taken, beside, is_free
from broadsheet.stories.models import StaticPage, Story

KINDS = {"opinion": "opinion", "video": "video", "podcast": "audio", "audio": "audio", "gallery": "gallery", "review": "analysis"}
_OPINION = re.compile(r"opinions?|op-?eds?|editorials?|columns?|columnists?|رأي|آراء|مقالات الرأي", re.I)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
MAX_HEADLINE = 255


class Drafting:
    """Fills pages from items; notes what was odd."""

    def __init__(self, groups: Groups, *, language: str, odd: Oddities, folder: str = "") -> None:
        self.groups, self.language, self.odd, self.folder = groups, language, odd, folder
        self.now = timezone.now()

    def fill(self, page: Story | StaticPage, item: Item, body: list[dict[str, Any]]) -> dt.datetime | None:
        """Set everything but relations and address; returns when the schedule is to publish it, if it is."""
        dateline = ""
        if isinstance(page, Story):
            page.kind = self._kind(item)
            dateline, body = split_dateline(body, marked="_broadsheet_kind" in item.meta)
            page.dateline = dateline
        words = plain_text(" ".join(b["value"] for b in body if b["type"] == "text"))
        page.title = page.draft_title = self._headline(item, words)
        page.body = StreamValue(page.body.stream_block, body, is_lazy=True)
        page.standfirst = plain_text(item.excerpt)
        page.search_description = plain_text(item.meta.get("_yoast_wpseo_metadesc") or item.meta.get("rank_math_description") or "")
        page.live = self.is_public(item)
        page.has_unpublished_changes = not page.live
        language = item.meta.get("_broadsheet_language", "")
        page.language = language if _LANGUAGE.fullmatch(language) and language != self.language else ""
        when = item.published or item.modified
        if page.live and when is None:
            self.odd.add("no usable date: published now", item.where)
        page.first_published_at = page.last_published_at = (when or self.now) if page.live else None
        page.go_live_at = None
        if item.status == "future" and item.published and item.published > self.now and not item.password:
            page.go_live_at = item.published
        return page.go_live_at

    def _headline(self, item: Item, words: str) -> str:
        title = " ".join(plain_text(item.title).split())
        if not title:
            self.odd.add("item without a title, headed by its first words", item.where)
            title = excerpt(next(sentences(words), ""), 60) or "(untitled)"
        if len(title) > MAX_HEADLINE:
            self.odd.add("headline longer than 255 characters, shortened", item.where)
            title = title[: MAX_HEADLINE - 1].rsplit(" ", 1)[0] + "…"
        return title

    def _kind(self, item: Item) -> str:
        kind = item.meta.get("_broadsheet_kind", "") or KINDS.get(item.type, "")
        names = [link.name for link in item.terms if link.taxonomy == "category"]
        if not kind and any(_OPINION.fullmatch(name.strip()) for name in names):
            kind = "opinion"
        return kind if kind in Story.Kind.values else Story.Kind.NEWS

    def is_public(self, item: Item) -> bool:
        """Whether readers of the old site could see it, now and without a password."""
        if item.status != "publish":
            return False
        if item.password:
            self.odd.add("protected by a password: kept as a draft", item.where)
            return False
        if item.published and item.published > self.now:
            self.odd.add("published in the future: kept as a draft", item.where)
            return False
        if item.type not in ("post", "page") and item.link and re.search(r"[?&]post_type=", item.link):
            # A type without readable addresses is one that plug-ins keep for themselves.
            self.odd.add(f"“{item.type}” had no public address: kept as a draft", item.where)
            return False
        return True

    def place(self, item: Item) -> tuple[int, dict[str, list[int]], list[int]]:
        """(home section, relations by name, people) of a story, as ids."""
        links = [self.groups.linked(link) for link in item.terms if link.taxonomy in {"category", "post_tag", "tag"}]
        sections = list(dict.fromkeys(row.section for row in links if row.section))
        home = None
        if sections:
            named = [s for s in sections if f"/{s.slug}/" in item.path.removeprefix(self.folder)]
            # The first one counts, but a section below it says more than it does.
            first = sections[0]
            below = [s for s in sections if s.path.startswith(first.path)]
            home = named[-1] if named else max(below, key=lambda s: s.depth)
        people = [self.groups.person(g.slug.removeprefix("cap-"), g.name) for g in item.terms if g.taxonomy == "author"]
        if not people and item.creator:
            people = [self.groups.person(item.creator)]
        relations = {
            "sections": [s.pk for s in sections if s != home],
            "topics": list(dict.fromkeys(row.topic_id for row in links if row.topic_id)),
            "placements": list(dict.fromkeys(row.placement_id for row in links if row.placement_id)),
        }
        return (home or self.groups.default_section()).pk, relations, list(dict.fromkeys(people))

    def address(self, pages: Sequence[tuple[Story | StaticPage, Item, int]], taken: Taken) -> None:
        """Give new pages, each with the id of its parent, their slugs and, when public, the addresses they had."""
        wanted = [(self._slug(page, item), self._path(item) if page.live else "") for page, item, _parent_id in pages]
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
                if page.permalink != path:
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
