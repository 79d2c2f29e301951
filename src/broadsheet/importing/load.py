"""Neutral records → pages, people, sections: idempotent, resumable, never over an editor's work."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from broadsheet.fronts.actions import found_publication
from broadsheet.importing import bulk, permalinks
from broadsheet.importing.archives import redirect_archives
from broadsheet.importing.blocks.convert import convert, numbered
from broadsheet.importing.blocks.elements import Surroundings
from broadsheet.importing.drafting import Drafting, Taken
from broadsheet.importing.files import Files, Uploads
from broadsheet.importing.groups import Groups
from broadsheet.importing.models import ImportRun, SourceComment, SourceItem, SourceSite
from broadsheet.importing.reconcile import DUPLICATE, EDITED, INTERNAL, REVISION, TRASH, Report, differences
from broadsheet.importing.records import Item, Oddity
from broadsheet.importing.wordpress.parse import attachment
from broadsheet.importing.wordpress.reader import Export, Oddities, second_key
from broadsheet.people.models import Publication
from broadsheet.stories.models import Byline, StaticPage, Story

BATCH = 50
INTERNAL_TYPES = {
    "nav_menu_item", "custom_css", "customize_changeset", "oembed_cache", "user_request", "wp_block", "wp_navigation", "wp_global_styles",
    "wp_template", "wp_template_part", "wp_font_family", "wp_font_face", "everest_form", "wpcf7_contact_form", "elementor_library",
    "wpforms", "acf-field", "acf-field-group", "jp_pay_order", "feedback", "amp_validated_url", "attachment_revision",
}  # fmt: skip


class Loader:
    """Loads one site's export and keeps the account of it."""

    def __init__(self, export: Export, *, media: Path | None = None, placements: Mapping[str, str] | None = None) -> None:
        self.export, self.report = export, Report()
        self.unknown: Counter[str] = Counter()
        self.odd = Oddities()
        survey = export.survey
        self.front = found_publication(name=survey.site.title[:120], by=None)
        self.site = SourceSite.objects.get_or_create(
            key=survey.site.key[:255], defaults={"title": survey.site.title[:255], "base_url": survey.site.base_url[:500]}
        )[0]
        self.run_row = self._run_row(media, placements or {})
        self._adopt()
        self.files = Files(self.site, Uploads(media), self.report, self.run_row)
        self.groups = Groups(self.site, self.front, self.report, placements or {}, self.run_row)
        self.drafting = Drafting(self.groups, language=Publication.objects.get().language, odd=self.odd)
        self.known = {i.source_id: i for i in self.site.items.all()}
        self.latest = dict(Page.objects.filter(pk__in=self.site.items.values("page_id")).values_list("pk", "latest_revision_id"))
        self.taken = Taken.read()
        # Files of earlier imports of the site count too: posts and media are often exported apart.
        self.attachments = {row.source_id: row.as_attachment() for row in self.site.media.all()} | survey.attachments
        self.children: dict[str, list[str]] = defaultdict(list)
        for key, one in sorted(self.attachments.items(), key=lambda kv: (kv[1].order, kv[0])):
            if one.parent:
                self.children[one.parent].append(key)

    def _run_row(self, media: Path | None, placements: Mapping[str, str]) -> ImportRun:
        """The run these files were broken off in, else a new one."""
        told = repr((self.export.survey.fingerprint, str(media), sorted(placements.items())))
        fingerprint = hashlib.sha256(told.encode()).hexdigest()
        open_ = ImportRun.objects.filter(site=self.site, fingerprint=fingerprint, finished=None).order_by("-pk").first()
        ImportRun.objects.filter(site=self.site, finished=None).exclude(pk=open_.pk if open_ else 0).update(finished=timezone.now())
        return open_ or ImportRun.objects.create(site=self.site, fingerprint=fingerprint)

    def _adopt(self) -> None:
        """A publication that nobody has set up yet takes name, language and permalink pattern of its first import."""
        paper = Publication.objects.get()
        if Story.objects.exists() or paper.tagline:
            return
        site = self.export.survey.site
        paper.name, paper.tagline = site.title[:120] or paper.name, site.description[:200]
        paper.language = site.language or paper.language
        if pattern := permalinks.detect(self.export.survey.addresses):
            paper.permalink_pattern = pattern
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
        self.pictures = sum(1 for row in self.files.rows.values() if row.image_id)
        for batch in _batches(self.export.items()):
            with transaction.atomic():
                self._load(batch)
            progress(sum(item.type != "attachment" for _key, item in batch))
        self._finish()
        return report

    def _load(self, batch: list[tuple[str | None, Item]]) -> None:
        fresh: list[bulk.Fresh] = []
        rows: list[tuple[SourceItem, Item, bulk.Fresh]] = []
        for key, item in batch:
            tally = self.report.items[item.type]
            reason = self._reason(key, item)
            if reason:
                tally.skip(reason, item.source_id)
                for comment in item.comments:
                    self.report.comments.skip(reason, comment.source_id)
            elif item.type == "attachment":
                self._attached_comments(str(key), item)
            else:
                known = self._known(str(key), item)
                if known is None:
                    made = self._new(str(key), item)
                    fresh.append(made)
                    row = SourceItem(
                        site=self.site, source_id=self._key(str(key), item), type=item.type, old_path=item.path[:1000],
                        digest=self._digest(item), guid=item.guid[:400], slug=item.slug[:400], run=self.run_row, outcome="imported",
                    )  # fmt: skip
                    self.known[row.source_id] = row
                    rows.append((row, item, made))
                    outcome = "imported"
                else:
                    outcome = self._again(known, str(key), item)
                if outcome == EDITED:
                    tally.skip(EDITED, item.source_id)
                else:
                    setattr(tally, outcome, getattr(tally, outcome) + 1)
        bulk.write(fresh)
        for row, _item, made in rows:
            row.page_id, row.revision_id = made.page.pk, made.page.latest_revision_id
        SourceItem.objects.bulk_create([row for row, _item, _made in rows], batch_size=100)
        self._write_comments([(row, item) for row, item, _made in rows])
        self._redirect(rows)

    def _reason(self, key: str | None, item: Item) -> str:
        if key is None:
            return DUPLICATE
        if item.type == "revision" or item.status == "inherit" and item.type != "attachment":
            return REVISION
        if item.type in INTERNAL_TYPES or item.status == "auto-draft":
            return INTERNAL
        return TRASH if item.status == "trash" else ""

    def _known(self, key: str, item: Item) -> SourceItem | None:
        """What an earlier import made of this item. An id that an import from elsewhere used for another item is not it."""
        known = self.known.get(key)
        if known is None or not item.has_id or known.is_same(item):
            return known
        return self.known.get(second_key(item))

    def _key(self, key: str, item: Item) -> str:
        return key if key not in self.known else second_key(item)

    def _digest(self, item: Item) -> str:
        # The pictures found decide too: a second run with the uploads folder must fill them in.
        lead = self.files.image_of(item.meta.get("_thumbnail_id", ""))
        return f"{item.digest}:{lead or ''}:{self.pictures}"

    def _body(self, key: str, item: Item) -> list[dict[str, Any]]:
        around = Surroundings(
            base=self.export.survey.site.base_url, attachments=self.attachments,
            children=tuple(self.children.get(item.source_id, ())), reusable=self.export.survey.reusable,
            footnotes=item.meta.get("footnotes", ""),
        )  # fmt: skip
        converted = convert(item.body, around)
        self.unknown.update(converted.unknown)
        return self.files.resolve(numbered(converted.blocks, f"{self.site.key}:{key}"))

    def _new(self, key: str, item: Item) -> bulk.Fresh:
        page: Story | StaticPage = StaticPage() if item.type == "page" else Story()
        goes_live = self.drafting.fill(page, item, self._body(key, item))
        made = bulk.Fresh(page=page, parent_id=self.front.pk, goes_live=goes_live)
        if isinstance(page, Story):
            page.lead_image_id = self.files.image_of(item.meta.get("_thumbnail_id", ""))
            made.parent_id, made.relations, made.people = self.drafting.place(item)
        self.drafting.address(page, item, made.parent_id, self.taken)
        return made

    def _again(self, known: SourceItem, key: str, item: Item) -> str:
        """An item that an earlier import, or this one before it was broken off, brought in."""
        self._comments(known, item)
        digest = self._digest(item)
        if known.digest == digest:
            return known.outcome_in(self.run_row)
        if known.page_id is None or self.latest.get(known.page_id) != known.revision_id:
            return EDITED
        body = self._body(key, item)
        model = StaticPage if item.type == "page" else Story
        page = model.objects.get(pk=known.page_id)
        before = _state(page)
        self.drafting.fill(page, item, body)
        page.first_published_at = page.published or page.first_published_at
        if isinstance(page, Story):
            page.lead_image_id = self.files.image_of(item.meta.get("_thumbnail_id", ""))
            _home, relations, people = self.drafting.place(item)
            for name, ids in relations.items():
                field = type(page)._meta.get_field(name)
                getattr(page, name).set(field.related_model.objects.filter(pk__in=ids))  # type: ignore[union-attr]
            if [b.person_id for b in page.bylines.all()] != people:
                page.bylines.set([Byline(person_id=pk, sort_order=n) for n, pk in enumerate(people)])
        known.digest = digest
        if before == _state(page):
            known.save(update_fields=["digest"])
            return known.outcome_in(self.run_row)
        page.save(clean=False)
        revision = page.save_revision(clean=False, changed=False)
        type(page)._base_manager.filter(pk=page.pk).update(
            live_revision=revision if page.live else None, has_unpublished_changes=not page.live
        )
        known.revision_id, known.run, known.outcome = revision.pk, self.run_row, "updated"
        known.save()
        self.latest[page.pk] = revision.pk
        return "updated"

    def _redirect(self, rows: list[tuple[SourceItem, Item, bulk.Fresh]]) -> None:
        """A site that lived below a folder of its host: its full old addresses lead to the ones here."""
        folder = self.export.survey.site.folder
        if not folder:
            return
        wanted = {
            Redirect.normalise_path(f"{folder}{made.page.permalink}"): made.page.pk
            for _row, _item, made in rows
            if made.page.permalink and len(folder + made.page.permalink) < 250
        }
        there = set(Redirect.objects.filter(old_path__in=wanted).values_list("old_path", flat=True))
        Redirect.objects.bulk_create(
            [Redirect(old_path=path, redirect_page_id=pk, is_permanent=True) for path, pk in wanted.items() if path not in there],
            batch_size=100,
        )

    def _attached_comments(self, key: str, item: Item) -> None:
        if not item.comments:
            return
        row = self.known.get(f"media:{key}")
        if row is None:
            row = SourceItem.objects.create(
                site=self.site, source_id=f"media:{key}", type=item.type, digest=item.digest, run=self.run_row, outcome="imported"
            )
            self.known[row.source_id] = row
        self._comments(row, item)

    def _comments(self, row: SourceItem, item: Item) -> None:
        """Comments of an item that is here already: the same ones stay, others are replaced."""
        if not item.comments:
            return
        fields = ("source_id", "parent", "author", "url", "text", "status", "kind")
        held = list(row.comments.order_by("position"))
        new = _comment_rows(row, item, self.run_row)
        if [[getattr(c, f) for f in fields] for c in held] == [[getattr(c, f) for f in fields] for c in new]:
            for comment in held:
                outcome = comment.outcome_in(self.run_row)
                setattr(self.report.comments, outcome, getattr(self.report.comments, outcome) + 1)
            return
        row.comments.all().delete()
        self._write_comments([(row, item)])

    def _write_comments(self, pairs: list[tuple[SourceItem, Item]]) -> None:
        comments = [comment for row, item in pairs for comment in _comment_rows(row, item, self.run_row)]
        SourceComment.objects.bulk_create(comments, batch_size=60)
        self.report.comments.imported += len(comments)

    def _finish(self) -> None:
        with transaction.atomic():
            redirect_archives(self.site, self.export.survey.site.folder)
        oddities = self.export.oddities.records() + self.odd.records()
        oddities += [Oddity(f"block without a counterpart: {name}", n) for name, n in sorted(self.unknown.items())]
        if self.files.missing:
            oddities.append(Oddity("picture whose file is not here: give its uploads folder with --media", self.files.missing))
        broken = [f"{m.file or m.url}: {m.problem}" for m in self.files.rows.values() if m.problem]
        if broken:
            oddities.append(Oddity("picture that cannot be read", len(broken), tuple(broken[:5])))
        self.report.oddities = oddities
        self.report.check()
        self.report.differences += differences(self.site, self.export, self.report, self._reason)
        if not self.report.differences:
            ImportRun.objects.filter(pk=self.run_row.pk).update(finished=timezone.now())


def _comment_rows(row: SourceItem, item: Item, run: ImportRun) -> list[SourceComment]:
    return [
        SourceComment(
            item=row, position=n, source_id=c.source_id[:80], parent=c.parent[:80], author=c.author, url=c.url, published=c.published,
            text=c.text, status=c.status[:20], kind=c.kind[:40], run=run, outcome="imported",
        )
        for n, c in enumerate(item.comments)
    ]  # fmt: skip


_NOT_SAID = frozenset(
    {"latest_revision", "latest_revision_created_at", "live_revision", "last_published_at", "first_published_at", "bylines",
     "has_unpublished_changes"}
)  # fmt: skip


def _state(page: Story | StaticPage) -> Any:
    """What an import says of a page, to see whether it says anything new."""
    data = {name: value for name, value in page.serializable_data().items() if name not in _NOT_SAID}
    for name in bulk.RELATIONS:
        data[name] = sorted(data.get(name) or ())
    data["bylines"] = [b.person_id for b in page.bylines.all()] if isinstance(page, Story) else []
    return data


def _batches(items: Iterator[tuple[str | None, Item]]) -> Iterator[list[tuple[str | None, Item]]]:
    while batch := list(islice(items, BATCH)):
        yield batch
