"""Neutral records → pages, people, sections: idempotent, resumable, never over an editor's work."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone
from wagtail.models import Page

from broadsheet import rows
from broadsheet.fronts.actions import found_publication
from broadsheet.importing import bulk, permalinks
from broadsheet.importing.arranging import Arranging
from broadsheet.importing.commenting import compare, show_comments, source_comments, told, withdraw
from broadsheet.importing.drafting import Drafting, said_of, save_again
from broadsheet.importing.fetching import Fetcher
from broadsheet.importing.files import BY_ADDRESS, NOT_FETCHED, Files
from broadsheet.importing.groups import Groups
from broadsheet.importing.ledger import Entry, second_key
from broadsheet.importing.mapping import IGNORE, Counterparts
from broadsheet.importing.models import FormerSlug, ImportRun, SourceComment, SourceItem, SourceSite
from broadsheet.importing.preparing import Beside, Prepared, Ready, Where, prepare_beside, ready
from broadsheet.importing.reconcile import DUPLICATE, EDITED, INTERNAL, INTERNAL_TYPES, REVISION, TOLD, TRASH, Report, differences
from broadsheet.importing.records import Item, Oddity, Site
from broadsheet.importing.remarks import Remarks
from broadsheet.importing.spelling import key_of
from broadsheet.importing.survey import Oddities, Source
from broadsheet.importing.taken import Taken
from broadsheet.importing.turns import in_turns, portions
from broadsheet.people.models import Publication
from broadsheet.stories.models import Byline, StaticPage, Story

BATCH, LARGE = 500, 3 << 19
"""Items that are written at once; fewer where there is so much text in them."""
READ = 500
NOT_HERE = "file that is not here: give its uploads folder with --media, or have it fetched with --fetch-media"
NOT_THERE = "file that is not in the folder given: put it there, or have it fetched with --fetch-media"
FILES = 20  # Pictures of so many are in memory at once, decoded and encoded.


class Loader:
    """Loads one site's export and keeps the account of it."""

    def __init__(
        self, source: Source, *, media: Path | None = None, placements: Mapping[str, str] | None = None, fetcher: Fetcher | None = None,
        counterparts: Counterparts | None = None, menu: str = "", bases: Mapping[str, str] | None = None, beside: Beside | None = None,
        files: type[Files] = Files,
    ) -> None:  # fmt: skip
        self.source, self.report, self.beside = source, Report(), beside
        self.counterparts, self.menu = counterparts or Counterparts(), menu
        survey, self.ledger = source.survey, source.survey.ledger
        self.front = found_publication(name=survey.site.title[:120], by=None)
        self.site = SourceSite.objects.get_or_create(
            key=survey.site.key[:255], defaults={"title": survey.site.title[:255], "base_url": survey.site.base_url[:500]}
        )[0]
        told = {"category_base": survey.category_base, "tag_base": survey.tag_base}
        for name, base in (told | {name: base for name, base in (bases or {}).items() if base}).items():
            setattr(self.site, name, base[:120] or getattr(self.site, name))
        self.site.save()
        self.run_row = self._run_row(media, placements or {})
        self._adopt()
        self.files = files(self.site, media, self.report, self.run_row, self.ledger, fetcher)
        self.remarks = Remarks(self.run_row, self.counterparts.guessed)
        self.odd = self.remarks.odd
        self.groups = Groups(
            self.site, self.front, self.report, placements or {}, self.run_row, self.counterparts, self.remarks, survey.terms
        )
        self.arranging = Arranging(self.site, self.run_row, self.front, self.remarks.arranging)
        self.drafting = Drafting(self.groups, language=Publication.objects.get().language, odd=self.odd, site=survey.site)
        self.taken, self.new_here = Taken(), not self.site.items.exists()
        # Files of earlier imports of the site count too: posts and media are often exported apart.
        for row in self.site.media.iterator(chunk_size=500):
            self.ledger.add_file(row.source_id, row.as_attachment(), known_before=True)

    def _run_row(self, media: Path | None, placements: Mapping[str, str]) -> ImportRun:
        """The run these files were broken off in, else a new one."""
        told = repr((self.source.survey.fingerprint, str(media), sorted(placements.items()), self.menu, self.counterparts.told))
        fingerprint = hashlib.sha256(told.encode()).hexdigest()
        open_ = ImportRun.objects.filter(site=self.site, fingerprint=fingerprint, finished=None).order_by("-pk").first()
        ImportRun.objects.filter(site=self.site, finished=None).exclude(pk=open_.pk if open_ else 0).update(finished=timezone.now())
        return open_ or ImportRun.objects.create(site=self.site, fingerprint=fingerprint)

    def _adopt(self) -> None:
        """A publication that nobody has set up yet takes name, language and permalink pattern of its first import."""
        paper = Publication.objects.get()
        if Story.objects.exists() or paper.tagline:
            return
        site = self.source.survey.site
        paper.name, paper.tagline = site.title[:120] or paper.name, "" if _says_nothing(site) else site.description[:200]
        paper.language = site.language or paper.language
        paper.brand_colour = site.colour or paper.brand_colour
        if pattern := permalinks.detect(self.source.survey.addresses, folder=site.folder):
            paper.permalink_pattern = pattern
        # Where only an offset is known, an editor may choose the city.
        paper.zone = self.source.survey.clock or paper.zone
        paper.save()

    def run(self, progress: Callable[[int], None] = lambda n: None, tell: Callable[[Report], None] = lambda report: None) -> Report:
        """Load everything; returns the account, checked against the database.

        Whoever wants it on paper gives `tell`: a run that was killed before it was told is not finished.
        """
        survey, report = self.source.survey, self.report
        with transaction.atomic():
            self.groups.load_authors(survey.authors, survey.author_entries)
            self.groups.load_guests(survey.guests.values())
        self.groups.load_terms(survey.term_entries, survey.categories)
        for name, count in survey.types.items():
            report.items[name].in_file = count
        report.comments.in_file = sum(survey.comments.values())
        report.damaged = survey.damaged
        # Files first: bodies of any item may show them.
        for files in self.ledger.files(FILES):
            self.files.fetch(files)
            self.files.load(files)
            progress(len(files))
        self.groups.load_portraits(survey.authors, self.files.image_of)
        for guest in survey.guests.values():
            self.groups.portray(guest, self.files.image_of(guest.portrait))
        # Without those that bodies of this run had taken in before it was broken off: a run that was not does not count them either.
        pictures = self.site.media.exclude(image=None, document=None).exclude(run=self.run_row, source_id__startswith=BY_ADDRESS)
        self.pictures, self.texts = pictures.count(), self.ledger.texts()
        for entries in self.ledger.batches(READ):
            done = self._compare(entries)
            self.ledger.want(entry for entry in entries if entry not in done)
            progress(sum(entry.type != "attachment" for entry in done))
        self.ledger.settle()
        items = prepare_beside(self.source, self._where(), self.beside)
        for count in in_turns(portions(items, BATCH, Prepared.size, LARGE), self._load):
            progress(count)
        self._finish()
        tell(report)
        if not report.differences:
            ImportRun.objects.filter(pk=self.run_row.pk).update(finished=timezone.now())
        return report

    def _compare(self, entries: list[Entry]) -> set[Entry]:
        """Those of a batch that need no reading: left out for a reason, or here already just as they are there."""
        done: set[Entry] = set()
        same: dict[int, Entry] = {}
        rows = self._rows(entries)
        for entry in entries:
            if reason := self._reason(entry):
                self.report.items[entry.type].skip(reason, entry.source_id)
                for comment in entry.comments:
                    self.report.comments.skip(reason, comment)
                done.add(entry)
            elif (guest := self.source.survey.guests.get(str(entry.key))) is not None:
                self.report.items[entry.type].count(self.groups.outcome(guest))
                done.add(entry)
            elif entry.type == "attachment" and not entry.comments:
                done.add(entry)
            elif (row := self._known(entry, rows)) is not None and row.digest == self._digest(entry):
                same[row.pk] = entry
                rows[f"pk:{row.pk}"] = row
        held: dict[int, Counter[str]] = defaultdict(Counter)
        comments = SourceComment.objects.filter(item_id__in=same).values_list("item_id", "run_id", "outcome").annotate(n=Count("pk"))
        for pk, run_id, outcome, count in comments.order_by():
            held[pk][outcome if run_id == self.run_row.pk and outcome else "unchanged"] += count
        for pk, entry in same.items():
            if held[pk].total() != len(entry.comments):
                continue
            for outcome, count in held[pk].items():
                self.report.comments.count(outcome, count)
            if entry.type != "attachment":
                self.report.items[entry.type].count(rows[f"pk:{pk}"].outcome_in(self.run_row))
            done.add(entry)
        return done

    def _rows(self, entries: Iterable[Entry]) -> dict[str, SourceItem]:
        """What earlier imports made of a batch, by key. Keys of one export are all different: none where nothing was here."""
        keys = () if self.new_here else {key for entry in entries if entry.key for key in (_row_key(entry), second_key(entry))}
        return {row.source_id: row for row in self.site.items.filter(source_id__in=keys).select_related("page")}

    def _load(self, batch: list[Prepared]) -> int:
        """Write a batch, within a transaction; returns how many items it has that are no files."""
        here = self._rows(one.entry for one in batch)
        new: list[tuple[SourceItem, Item, bulk.Fresh]] = []
        for one in batch:
            entry, item = one.entry, one.item
            self.remarks.unknown.update(one.unknown)
            known = self._known(entry, here)
            if entry.type == "attachment":
                self._attached_comments(known, one)
                continue
            tally = self.report.items[item.type]
            if known is None:
                made = self._new(one)
                key = str(entry.key) if entry.key not in here else second_key(entry)
                row = bulk.made(
                    SourceItem, site_id=self.site.pk, source_id=key, type=item.type, old_path=item.path[:1000], address=key_of(item.path),
                    digest=self._digest(entry), guid=item.guid[:400], slug=item.slug[:400], held=self.drafting.held(item),
                    run_id=self.run_row.pk, outcome="imported",
                )  # fmt: skip
                new.append((row, item, made))
                outcome = "imported"
            else:
                outcome = self._again(known, one)
            if outcome == EDITED:
                tally.skip(EDITED, item.source_id)
            else:
                tally.count(outcome)
        self.drafting.address([(made.page, item, made.parent_id) for _row, item, made in new], self.taken)
        bulk.write([made for _row, _item, made in new])
        for (row, _item, made), number in zip(new, rows.numbers(SourceItem, len(new)), strict=True):
            row.id, row.page_id, row.revision_id = number, made.page.pk, made.page.latest_revision_id
        rows.insert_objects(SourceItem, [row for row, _item, _made in new])
        self._write_comments([comment for row, item, _made in new for comment in source_comments(row, item, self.run_row)])
        self._former_slugs([(row, item) for row, item, _made in new])
        self.remarks.keep()
        return sum(one.entry.type != "attachment" for one in batch)

    def _reason(self, entry: Entry) -> str:
        if entry.key is None:
            return DUPLICATE
        if entry.type == "revision" or entry.status == "inherit" and entry.type != "attachment":
            return REVISION
        if entry.type in INTERNAL_TYPES or entry.status == "auto-draft":
            return INTERNAL
        if self.counterparts.kind(entry.type) == IGNORE:
            return TOLD
        return TRASH if entry.status == "trash" else ""

    def _known(self, entry: Entry, rows: Mapping[str, SourceItem]) -> SourceItem | None:
        """What an earlier import made of this item. An id that an import from elsewhere used for another item is not it."""
        known = rows.get(_row_key(entry))
        if known is None or not entry.has_id or known.is_same(entry):
            return known
        return rows.get(second_key(entry))

    def _digest(self, entry: Entry) -> str:
        # The pictures found decide too: a second run with the uploads folder must fill them in. So does what is said of files.
        if entry.type == "attachment":
            return entry.digest
        return f"{entry.digest}:{self.files.image_of(entry.lead) or ''}:{self.pictures}:{self.texts}{self.counterparts.mark}"

    def _ready(self, one: Prepared) -> Ready:
        return one.ready or ready(one, self.files.image_of, self.ledger.document_at, self.counterparts)

    def _where(self) -> Where | None:
        """What the other process needs to finish bodies; nothing while what it would read is not committed."""
        if connection.in_atomic_block:
            return None
        paper = Publication.objects.get()
        return Where(
            str(connection.settings_dict["NAME"]), self.files.aliases, self.counterparts, paper.language, bool(self.files.uploads.folders)
        )

    def _new(self, one: Prepared) -> bulk.Fresh:
        item = one.item
        page: Story | StaticPage = bulk.blank(StaticPage if self.counterparts.is_page(item.type) else Story)
        ready = self._ready(one)
        goes_live = self.drafting.fill(page, item, ready.dateline, ready.blocks)
        made = bulk.Fresh(page=page, parent_id=self.front.pk, goes_live=goes_live)
        made.body_json, made.body_quoted, made.body, made.shows = ready.json, ready.quoted, ready.body, ready.shows
        if isinstance(page, Story):
            page.lead_image_id = self.files.image_of(item.meta.get("_thumbnail_id", ""))
            made.parent_id, made.relations, made.people = self.drafting.place(item)
        return made

    def _again(self, known: SourceItem, one: Prepared) -> str:
        """An item that an earlier import, or this one before it was broken off, brought in."""
        item, digest = one.item, self._digest(one.entry)
        self._comments(known, item)
        if known.digest == digest:
            return known.outcome_in(self.run_row)
        if known.page is None or known.page_id is None or known.page.latest_revision_id != known.revision_id or _was_taken_down(known.page):
            return EDITED
        page: Story | StaticPage = known.page.specific
        if isinstance(page, StaticPage) != self.counterparts.is_page(item.type):
            self.odd.add("is here as something else already: delete it to bring it in as told", item.where)
        before = said_of(page)
        ready = self._ready(one)
        self.drafting.fill(page, item, ready.dateline, ready.blocks)
        page.first_published_at = page.published or page.first_published_at
        if isinstance(page, Story):
            page.lead_image_id = self.files.image_of(item.meta.get("_thumbnail_id", ""))
            home, relations, people = self.drafting.place(item)
            # It stands where it was put first, or where somebody moved it; another home section now is one more section.
            here = Page.objects.parent_of(page).get().pk
            if home not in (here, self.groups.default_section().pk):
                relations["sections"].insert(0, home)
            relations["sections"] = [pk for pk in relations["sections"] if pk != here]
            for name, ids in relations.items():
                field = type(page)._meta.get_field(name)
                getattr(page, name).set(field.related_model.objects.filter(pk__in=ids))  # type: ignore[union-attr]
            if [b.person_id for b in page.bylines.all()] != people:
                page.bylines.set([Byline(person_id=pk, sort_order=n) for n, pk in enumerate(people)])
        known.digest, known.old_path, known.address, known.slug = digest, item.path[:1000], key_of(item.path), item.slug[:400]
        known.held, group = self.drafting.held(item), page.translation_group
        self._former_slugs([(known, item)])
        if before == said_of(page):
            known.save(update_fields=["digest", "old_path", "address", "slug", "held"])
            return known.outcome_in(self.run_row)
        save_again(page)
        revision = page.save_revision(clean=False, changed=False)
        type(page)._base_manager.filter(pk=page.pk).update(
            live_revision=revision if page.live else None, has_unpublished_changes=not page.live, translation_group=group
        )
        known.revision_id, known.run, known.outcome = revision.pk, self.run_row, "updated"
        known.save()
        return "updated"

    def _former_slugs(self, pairs: list[tuple[SourceItem, Item]]) -> None:
        FormerSlug.objects.bulk_create(
            [FormerSlug(item=row, slug=slug) for row, item in pairs for slug in item.former_slugs], batch_size=200, ignore_conflicts=True
        )

    def _attached_comments(self, row: SourceItem | None, one: Prepared) -> None:
        if row is None:
            row = SourceItem(site=self.site, source_id=_row_key(one.entry), type="attachment", run=self.run_row, outcome="imported")
        row.digest, row.guid, row.slug = one.entry.digest, one.entry.guid[:400], one.entry.slug[:400]
        row.save()
        self._comments(row, one.item)

    def _comments(self, row: SourceItem, item: Item) -> None:
        """Comments of an item that is here already: the same ones stay, others are replaced."""
        if not item.comments:
            withdraw(row, self.run_row)
            return
        held = list(row.comments.order_by("position"))
        new = source_comments(row, item, self.run_row)
        if list(map(told, held)) == list(map(told, new)):
            for comment in held:
                self.report.comments.count(comment.outcome_in(self.run_row))
            return
        compare(held, new)
        row.comments.all().delete()
        self._write_comments(new)

    def _write_comments(self, comments: list[SourceComment]) -> None:
        rows.insert_objects(SourceComment, comments, besides=["id"])
        for outcome, count in Counter(comment.outcome for comment in comments).items():
            self.report.comments.count(outcome, count)

    def _arrange(self) -> None:
        """What needs everything to be there; safe to repeat."""
        survey = self.source.survey
        with transaction.atomic():
            self.arranging.sign(self.files.image_of(survey.site.logo))
            self.arranging.nest(survey.parents)
            self.arranging.pin(survey.pinned)
            self.arranging.menu(survey.menus, self.groups, chosen=self.menu)
            self.arranging.reroute(survey.reroutes, self.report.redirects)
            self.remarks.keep()
        show_comments(self.site, self.run_row)

    def _finish(self) -> None:
        bulk.finish()
        self._arrange()
        guests = self.source.survey.guests
        oddities = self.source.oddities.records() + self.remarks.records()
        if missing := self.files.missing:
            oddities.append(Oddity(NOT_THERE if self.files.uploads.folders else NOT_HERE, len(missing), tuple(missing[:5])))
        oddities += self._problems()
        self.report.oddities = oddities
        self.report.zone, self.report.is_zone_told = self.source.survey.clock, self.source.survey.is_zone_told
        self.report.check()
        self.report.differences += differences(
            self.site, self.ledger, self.report, lambda entry: self._reason(entry) or (INTERNAL if str(entry.key) in guests else "")
        )
        lost = sorted({guest.login for guest in guests.values() if guest.login not in self.groups.people})
        self.report.differences += [f"guest author {login} is not in the database" for login in lost]

    def _problems(self) -> list[Oddity]:
        """What is wrong with files, with a few of them for example."""
        unfetched, broken = "file that could not be fetched", "picture that cannot be read"
        odd = Oddities()
        told = self.site.media.exclude(problem="").order_by("pk").values_list("file", "url", "problem")
        for file, url, problem in told.iterator(chunk_size=500):
            fetched = not problem.startswith(NOT_FETCHED)
            odd.add(broken if fetched else unfetched, f"{file or url}: {problem}" if fetched else problem.removeprefix(NOT_FETCHED))
        return [Oddity(what, odd.counts[what], tuple(odd.places[what])) for what in (unfetched, broken) if odd.counts[what]]


def _was_taken_down(page: Page) -> bool:
    """Whether the import made a page public that is not public any more: somebody took it down here, or it ran out, and no revision says so."""
    return not page.live and page.latest_revision is not None and bool(page.latest_revision.content["live"])


def _says_nothing(site: Site) -> bool:
    """The tagline repeats the name, or is the one that WordPress comes with (“Just another WordPress site”, in any language)."""
    tagline, name = site.description.strip().casefold(), site.title.strip().casefold()
    return tagline == name or ("wordpress" in tagline and "wordpress" not in name and len(tagline.split()) <= 6)


def _row_key(entry: Entry) -> str:
    """The key of what is kept of an item; of a file only its comments are."""
    return f"media:{entry.key}" if entry.type == "attachment" else str(entry.key)
