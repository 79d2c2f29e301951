"""What became of everything in a file: counted while loading, then held against the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count

from broadsheet.importing.ledger import Entry, Ledger, second_key
from broadsheet.importing.models import SourceComment, SourceSite, is_same
from broadsheet.importing.records import Damage, Oddity
from broadsheet.stories.models import Listing, Story

TRASH, DUPLICATE, REVISION = "trash", "duplicate", "revision"
INTERNAL, HIDDEN, EDITED, TOLD = "WordPress-internal type", "internal tag", "edited here", "left out as told"
BATCH = 500
REASONS = (TRASH, DUPLICATE, REVISION, INTERNAL, HIDDEN, EDITED, TOLD)
"""Nothing is left out for any other reason."""
INTERNAL_TYPES = {
    "nav_menu_item", "custom_css", "customize_changeset", "oembed_cache", "user_request", "wp_block", "wp_navigation", "wp_global_styles",
    "wp_template", "wp_template_part", "wp_font_family", "wp_font_face", "everest_form", "wpcf7_contact_form", "elementor_library",
    "wpforms", "acf-field", "acf-field-group", "jp_pay_order", "feedback", "amp_validated_url", "attachment_revision",
}  # fmt: skip


@dataclass
class Tally:
    """One row of the report."""

    in_file: int = 0
    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def count(self, outcome: str, number: int = 1) -> None:
        """Note what became of something: `imported`, `updated` or `unchanged`."""
        setattr(self, outcome, getattr(self, outcome) + number)

    def skip(self, reason: str, source_id: str, count: int = 1) -> None:
        """Leave something out, for one of the known reasons."""
        if reason not in REASONS:
            raise ValueError(f"{reason!r} is no reason to leave anything out")
        self.skipped[reason] += [source_id] * count

    @property
    def accounted(self) -> int:
        """How many are imported, updated, unchanged or skipped."""
        return self.imported + self.updated + self.unchanged + sum(map(len, self.skipped.values()))

    @property
    def held(self) -> int:
        """How many the database must hold."""
        return self.accounted - sum(len(v) for k, v in self.skipped.items() if k != EDITED)

    def as_json(self) -> dict[str, Any]:
        """As in the report file."""
        return {
            "in_file": self.in_file,
            "imported": self.imported,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "skipped": [{"reason": r, "count": len(ids), "ids": ids} for r, ids in sorted(self.skipped.items())],
        }


@dataclass
class Report:
    """The whole account of one import."""

    items: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    comments: Tally = field(default_factory=Tally)
    authors: Tally = field(default_factory=Tally)
    terms: Tally = field(default_factory=Tally)
    media: Tally = field(default_factory=Tally)
    redirects: Tally = field(default_factory=Tally)
    oddities: list[Oddity] = field(default_factory=list)
    damaged: list[Damage] = field(default_factory=list)
    """What could not be read in the files, and so is not here."""
    differences: list[str] = field(default_factory=list)
    """What the database does not hold as it should; empty after a good import."""

    zone: str = ""
    """That of the old site's clock, as far as it is known."""
    is_zone_told: bool = False
    """Whether the export says so, and it is not worked out."""

    addresses: dict[str, Any] = field(default_factory=dict)
    """In which file beside the report the old addresses are, and how many there are of each answer."""

    def as_json(self) -> dict[str, Any]:
        """The report file."""
        return {
            "items": {name: tally.as_json() for name, tally in sorted(self.items.items())},
            **{name: getattr(self, name).as_json() for name in ("comments", "authors", "terms", "media", "redirects")},
            "oddities": [{"what": o.what, "count": o.count, "examples": list(o.examples)} for o in self.oddities],
            "damaged": [str(damage) for damage in self.damaged],
            "differences": self.differences,
            "zone": {"name": self.zone, "inferred": bool(self.zone) and not self.is_zone_told},
            "addresses": self.addresses,
        }

    @property
    def clock(self) -> str:
        """What is said of the zone, and where it is known from."""
        if not self.zone:
            return "unknown: the publication's own is kept"
        how = "as the export says" if self.is_zone_told else "worked out from the dates in the export, which names none"
        return f"{self.zone}, {how}. A new publication takes it; another can be chosen in the desk"

    def check(self) -> None:
        """Note every row whose parts do not add up to what the file holds."""
        rows = [*self.items.items(), ("comments", self.comments), ("authors", self.authors), ("terms", self.terms)]
        rows.append(("redirects", self.redirects))
        for name, tally in rows:
            if tally.accounted != tally.in_file:
                self.differences.append(f"{name}: {tally.in_file} in the file, {tally.accounted} accounted for")


def differences(site: SourceSite, ledger: Ledger, report: Report, reason: Callable[[Entry], str]) -> list[str]:
    """Look every item of the files up in the database: what is missing, and what is public that must not be."""
    found: list[str] = []
    stories = ContentType.objects.get_for_model(Story).pk
    edited = {one for tally in report.items.values() for one in tally.skipped.get(EDITED, ())}
    for batch in ledger.batches(BATCH):
        entries = [entry for entry in batch if not reason(entry)]
        items = _here(site, {str(entry.key) for entry in entries})
        # Of an item that is not under its key, or is another one, the second key decides.
        others = [entry for entry in entries if (row := items.get(str(entry.key))) is None or not is_same(row, entry)]
        items |= _here(site, {second_key(entry) for entry in others})
        files = {key for entry in others if entry.type == "attachment" for key in (str(entry.key), second_key(entry))}
        media = set(site.media.filter(source_id__in=files).values_list("source_id", flat=True)) if files else set()
        pages = [row.page_id for row in items.values() if row.page_id]
        listed = set(Listing.objects.filter(list_key="site", story_id__in=pages).values_list("story_id", flat=True))
        rows = SourceComment.objects.filter(item__in=[row.pk for row in items.values()])
        comments = dict(rows.values_list("item_id").annotate(n=Count("pk")).order_by())
        for entry in entries:
            if entry.type == "attachment":
                if entry.key not in media and second_key(entry) not in media:
                    found.append(f"{entry.where}: the file {entry.source_id} is not in the database")
                continue
            row = items.get(str(entry.key))
            if row is None or not is_same(row, entry):
                row = items.get(second_key(entry))
            if row is None:
                found.append(f"{entry.where}: {entry.type} {entry.source_id} is not in the database")
            elif entry.source_id not in edited:
                found += [f"{entry.where}: {what}" for what in _wrong(entry, row, stories, listed, comments.get(row.pk, 0))]
    return found


def _here(site: SourceSite, keys: Collection[str]) -> dict[str, _Here]:
    # Of the page only two columns: a page as an object costs more than the rest of this together.
    rows = site.items.filter(source_id__in=keys).values_list(*_Here._fields[:-2], "page__live", "page__content_type_id") if keys else ()
    return {row.source_id: row for row in map(_Here._make, rows)}


class _Here(NamedTuple):
    """What is looked at of an item that is here, and of its page."""

    pk: int
    source_id: str
    type: str
    guid: str
    slug: str
    page_id: int | None
    is_live: bool | None
    kind: int | None


def _wrong(entry: Entry, row: Any, stories: int, listed: set[int], comments: int) -> Iterator[str]:
    """What is not as it should be with an item that nobody has edited here."""
    name = f"{entry.type} {entry.source_id}"
    if row.is_live is None:
        yield f"{name} has no page"
        return
    if entry.status != "publish" and (row.is_live or row.page_id in listed):
        yield f"{name} was {entry.status} and is public"
    if row.is_live and row.kind == stories and row.page_id not in listed:
        yield f"{name} is public and in no list"
    if comments != len(entry.comments):
        yield f"{len(entry.comments)} comments in the file, {comments} in the database"
