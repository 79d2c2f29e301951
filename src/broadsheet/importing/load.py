"""Neutral records → pages, people, sections: idempotent, resumable, never over an editor's work."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.blocks import StreamValue
from wagtail.models import Page, Revision

from broadsheet.fronts.actions import found_publication
from broadsheet.html import excerpt, plain_text
from broadsheet.importing.blocks.convert import convert, numbered
from broadsheet.importing.blocks.elements import Surroundings
from broadsheet.importing.files import Files, Uploads
from broadsheet.importing.groups import Groups
from broadsheet.importing.models import SourceComment, SourceItem, SourceMedia, SourceSite
from broadsheet.importing.reconcile import DUPLICATE, EDITED, INTERNAL, REVISION, TRASH, Report
from broadsheet.importing.records import Item, Oddity
from broadsheet.importing.wordpress.parse import attachment
from broadsheet.importing.wordpress.reader import Export
from broadsheet.people.models import Publication
from broadsheet.stories.models import Byline, Section, StaticPage, Story
from broadsheet.stories.permalinks import numbered as numbered_address
from broadsheet.stories.projections import is_taken

BATCH = 50
INTERNAL_TYPES = {
    "nav_menu_item", "custom_css", "customize_changeset", "oembed_cache", "user_request", "wp_block", "wp_navigation", "wp_global_styles",
    "wp_template", "wp_template_part", "wp_font_family", "wp_font_face", "everest_form", "wpcf7_contact_form", "elementor_library",
}  # fmt: skip
KINDS = {"opinion": "opinion", "video": "video", "podcast": "audio", "audio": "audio", "gallery": "gallery", "review": "analysis"}
_OPINION = re.compile(r"opinion|op-?ed|editorials?|columns?|columnists?|رأي|آراء|مقالات الرأي", re.I)


class Loader:
    """Loads one site's export and keeps the account of it."""

    def __init__(self, export: Export, *, media: Path | None = None, placements: Mapping[str, str] | None = None) -> None:
        self.export, self.report = export, Report()
        self.unknown: dict[str, int] = defaultdict(int)
        self.odd: dict[str, list[str]] = defaultdict(list)
        survey = export.survey
        front = found_publication(name=survey.site.title, by=None)
        self.site = SourceSite.objects.get_or_create(
            key=survey.site.key[:255], defaults={"title": survey.site.title[:255], "base_url": survey.site.base_url[:500]}
        )[0]
        self._adopt()
        self.front = front
        self.files = Files(self.site, Uploads(media), self.report)
        self.groups = Groups(self.site, front, self.report, placements or {})
        self.known = {i.source_id: i for i in self.site.items.all()}
        self.children: dict[str, list[str]] = defaultdict(list)
        for key, one in sorted(survey.attachments.items(), key=lambda kv: (kv[1].order, kv[0])):
            if one.parent:
                self.children[one.parent].append(key)

    def _adopt(self) -> None:
        """A publication that nobody has set up yet takes name, language and permalink pattern of its first import."""
        paper = Publication.objects.get()
        if Story.objects.exists() or paper.tagline:
            return
        site = self.export.survey.site
        paper.name, paper.tagline = site.title[:120] or paper.name, site.description[:200]
        paper.language = site.language or paper.language
        hours = round(self.export.survey.offset.total_seconds() / 3600)
        if hours and abs(hours) <= 12:
            # The export knows an offset, not a place; an editor may choose the city.
            paper.zone = f"Etc/GMT{'-' if hours > 0 else '+'}{abs(hours)}"
        paper.save()

    def run(self, progress: Callable[[int], None] = lambda n: None) -> Report:
        """Load everything; returns the account, checked against the database."""
        survey, report = self.export.survey, self.report
        with transaction.atomic():
            self.groups.load_authors(survey.authors, survey.terms, survey.author_entries)
            self.groups.load_terms(survey.terms, survey.term_entries)
        for name, count in survey.types.items():
            report.items[name].in_file = count
        report.comments.in_file = sum(survey.comments.values())
        # Files first: bodies of any item may show them.
        for batch in _batches(self.export.items()):
            self.files.load((key, item, attachment(item)) for key, item in batch if key and item.type == "attachment")
            progress(sum(item.type == "attachment" for _key, item in batch))
        for batch in _batches(self.export.items()):
            with transaction.atomic():
                for key, item in batch:
                    self._item(key, item)
            progress(sum(item.type != "attachment" for _key, item in batch))
        self._finish()
        return report

    def _item(self, key: str | None, item: Item) -> None:
        tally = self.report.items[item.type]
        reason = self._reason(key, item)
        if reason:
            tally.skip(reason, item.source_id)
            for comment in item.comments:
                self.report.comments.skip(reason, comment.source_id)
        elif item.type == "attachment":
            self._attached_comments(str(key), item)
        else:
            outcome = self._page(str(key), item)
            if outcome == EDITED:
                tally.skip(EDITED, item.source_id)
            else:
                setattr(tally, outcome, getattr(tally, outcome) + 1)

    def _reason(self, key: str | None, item: Item) -> str:
        if key is None:
            return DUPLICATE
        if item.type == "revision":
            return REVISION
        if item.type in INTERNAL_TYPES:
            return INTERNAL
        return TRASH if item.status == "trash" else ""

    def _attached_comments(self, key: str, item: Item) -> None:
        if item.comments:
            row = self.known.get(key) or SourceItem.objects.create(site=self.site, source_id=key, type=item.type, digest=item.digest)
            self._comments(row, item)

    def _page(self, key: str, item: Item) -> str:
        known = self.known.get(key)
        if known is not None and known.page_id is None:
            self.report.comments.unchanged += len(item.comments)
            return EDITED
        around = Surroundings(
            base=self.export.survey.site.base_url, attachments=self.export.survey.attachments,
            children=tuple(self.children.get(item.source_id, ())), reusable=self.export.survey.reusable,
            footnotes=item.meta.get("footnotes", ""),
        )  # fmt: skip
        lead = self.files.image_of(item.meta.get("_thumbnail_id", ""))
        # The files found decide too: a second run with the uploads folder must fill in pictures.
        digest = f"{item.digest}:{lead or ''}:{sum(1 for r in self.files.rows.values() if r.image_id)}"
        if known and known.digest == digest:
            self._comments(known, item)
            return "unchanged"
        if known and Page.objects.filter(pk=known.page_id or 0).values_list("latest_revision_id", flat=True).first() != known.revision_id:
            self._comments(known, item)
            return EDITED
        converted = convert(item.body, around)
        body = self.files.resolve(numbered(converted.blocks, f"{self.site.key}:{key}"))
        for name, count in converted.unknown.items():
            self.unknown[name] += count
        model = StaticPage if item.type == "page" else Story
        page = model.objects.get(pk=known.page_id or 0) if known else model()
        before = _public_state(page) if known else None
        self._fill(page, item, body)
        if isinstance(page, Story):
            page.lead_image_id = lead
            parent: Page = self._relations(page, item)
        else:
            parent = Page.objects.get(pk=self.front.pk)
        if known and before == _public_state(page):
            SourceItem.objects.filter(pk=known.pk).update(digest=digest)
            self._comments(known, item)
            return "unchanged"
        self._write(page, parent, item, new=known is None)
        row = known or SourceItem(site=self.site, source_id=key, type=item.type, old_path=item.path[:1000])
        row.digest, row.page_id, row.revision_id = digest, page.pk, page.latest_revision_id
        row.save()
        self.known[key] = row
        self._comments(row, item)
        return "updated" if known else "imported"

    def _fill(self, page: Story | StaticPage, item: Item, body: list[dict[str, Any]]) -> None:
        words = plain_text(" ".join(b["value"] for b in body if b["type"] == "text"))
        title = plain_text(item.title) or excerpt(words, 60) or "(untitled)"
        if len(title) > 255:
            self.odd["headline longer than 255 characters, shortened"].append(item.where)
            title = title[:254].rsplit(" ", 1)[0] + "…"
        if not item.title.strip():
            self.odd["item without a title, headed by its first words"].append(item.where)
        page.title = page.draft_title = title
        page.body = StreamValue(page.body.stream_block, body, is_lazy=True)
        page.standfirst = plain_text(item.excerpt)
        page.live = self._is_public(item)
        language = item.meta.get("_broadsheet_language", "")
        page.language = language if re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", language) else ""
        if page.language == Publication.objects.get().language:
            page.language = ""
        page.seo_title = ""
        if isinstance(page, Story):
            kind = item.meta.get("_broadsheet_kind", "") or KINDS.get(item.type, "")
            names = [link.name for link in item.terms if link.taxonomy == "category"]
            if not kind and any(_OPINION.fullmatch(name.strip()) for name in names):
                kind = "opinion"
            page.kind = kind if kind in Story.Kind.values else Story.Kind.NEWS

    def _is_public(self, item: Item) -> bool:
        if item.status != "publish":
            return False
        if item.password:
            self.odd["protected by a password: kept as a draft"].append(item.where)
            return False
        if item.published and item.published > timezone.now():
            self.odd["published in the future: kept as a draft"].append(item.where)
            return False
        return True

    def _relations(self, story: Story, item: Item) -> Page:
        """Sections, topics, placements and byline of a story; returns its home section."""
        links = [self.groups.linked(link) for link in item.terms if link.taxonomy in {"category", "post_tag", "tag"}]
        sections = list(dict.fromkeys(row.section for row in links if row.section))
        home: Section | None = None
        if sections:
            first = "/" + item.path.lstrip("/")
            named = [s for s in sections if f"/{s.slug}/" in first]
            home = named[-1] if named else sections[0]
        story.sections.set([s for s in sections if s != home])
        story.topics.set(list(dict.fromkeys(row.topic for row in links if row.topic)))
        story.placements.set(list(dict.fromkeys(row.placement for row in links if row.placement)))
        guests = [link for link in item.terms if link.taxonomy == "author"]
        people = [self.groups.person(g.slug.removeprefix("cap-"), g.name) for g in guests]
        if not people and item.creator:
            people = [self.groups.person(item.creator)]
        people = list(dict.fromkeys(people))
        if [b.person_id for b in story.bylines.all()] != people:
            story.bylines.set([Byline(person_id=pk, sort_order=n) for n, pk in enumerate(people)])
        return home or self.groups.default_section()

    def _write(self, page: Story | StaticPage, parent: Page, item: Item, *, new: bool) -> None:
        when = item.published or item.modified
        if when is None and page.live:
            self.odd["no usable date: published now"].append(item.where)
        page.first_published_at = page.last_published_at = (when or timezone.now()) if page.live else None
        if new:
            page.slug = self._slug(parent, item, page.title)
            if page.live:
                page.published = page.first_published_at
                page.permalink = self._permalink(item)
            Page.objects.get(pk=parent.pk).add_child(instance=page)
        else:
            page.save(clean=False)
        revision = Revision(
            content_object=page, base_content_type=page.get_base_content_type(), object_str=str(page), content=page.serializable_data(),
            created_at=timezone.now(),
        )  # fmt: skip
        revision.save()
        facts: dict[str, Any] = {"latest_revision": revision, "latest_revision_created_at": revision.created_at}
        facts["live_revision"] = revision if page.live else None
        facts["has_unpublished_changes"] = not page.live
        type(page)._base_manager.filter(pk=page.pk).update(**facts)
        page.latest_revision_id = revision.pk
        page.latest_revision = revision

    def _slug(self, parent: Page, item: Item, title: str) -> str:
        base = (slugify(item.slug, allow_unicode=True) or slugify(title, allow_unicode=True) or f"item-{item.source_id}")[:200]
        slug, number = base, 2
        while Page.objects.child_of(parent).filter(slug=slug).exists():
            slug, number = f"{base}-{number}", number + 1
        return slug

    def _permalink(self, item: Item) -> str | None:
        """The old address, which stays the address; None lets the publication's pattern make one."""
        path = "/" + item.path.lstrip("/")
        if path == "/" or "?" in path or len(path) > 590 or path.startswith(("/desk/", "/feed/", "/media/", "/static/")):
            return None
        wanted, number = path, 2
        while is_taken(path, besides=None):
            path, number = numbered_address(wanted, number), number + 1
        if path != wanted:
            self.odd["two public items at one old address"].append(f"{item.where}: {wanted}")
        return path

    def _comments(self, row: SourceItem, item: Item) -> None:
        if not item.comments:
            return
        held = row.comments.count()
        fresh = [
            SourceComment(
                item=row, position=n, source_id=c.source_id[:80], parent=c.parent[:80], author=c.author, url=c.url, published=c.published,
                text=c.text, status=c.status[:20], kind=c.kind[:40],
            )
            for n, c in enumerate(item.comments)
        ]  # fmt: skip
        if held == len(fresh):
            self.report.comments.unchanged += held
            return
        row.comments.all().delete()
        SourceComment.objects.bulk_create(fresh)
        self.report.comments.updated += min(held, len(fresh))
        self.report.comments.imported += max(len(fresh) - held, 0)

    def _finish(self) -> None:
        oddities = self.export.oddities.records()
        oddities += [Oddity(what, len(places), tuple(places[:5])) for what, places in sorted(self.odd.items())]
        oddities += [Oddity(f"block without a counterpart: {name}", n) for name, n in sorted(self.unknown.items())]
        if self.files.missing:
            oddities.append(Oddity("picture whose file is not here: give its uploads folder with --media", self.files.missing))
        broken = [f"{m.file or m.url}: {m.problem}" for m in self.files.rows.values() if m.problem]
        if broken:
            oddities.append(Oddity("picture that cannot be read", len(broken), tuple(broken[:5])))
        self.report.oddities = oddities
        self.report.check()
        self._reconcile()

    def _reconcile(self) -> None:
        """Hold the account against what the database now really has."""
        keys = defaultdict(set)
        kinds = iter(self.export.items())
        for key, item in kinds:
            if key:
                keys[item.type].add(key)
        for name, tally in self.report.items.items():
            if name == "attachment":
                there = SourceMedia.objects.filter(site=self.site, source_id__in=keys[name]).count()
            else:
                there = SourceItem.objects.filter(site=self.site, source_id__in=keys[name]).count()
            if there != tally.held:
                self.report.differences.append(f"{name}: {tally.held} should be in the database, {there} are")
        comments = SourceComment.objects.filter(item__site=self.site).count()
        if comments < self.report.comments.held:
            self.report.differences.append(f"comments: {self.report.comments.held} should be in the database, {comments} are")


def _public_state(page: Story | StaticPage) -> Any:
    data = page.serializable_data()
    relations = ("bylines",)
    for name in ("latest_revision", "latest_revision_created_at", "live_revision", "last_published_at", "first_published_at", *relations):
        data.pop(name, None)
    data["bylines"] = [(b.person_id, b.role) for b in page.bylines.all()] if isinstance(page, Story) else []
    return data


def _batches(items: Iterator[tuple[str | None, Item]]) -> Iterator[list[tuple[str | None, Item]]]:
    while batch := list(islice(items, BATCH)):
        yield batch
