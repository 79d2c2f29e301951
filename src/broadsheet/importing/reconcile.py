"""What became of everything in a file: counted while loading, then held against the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from broadsheet.importing.models import SourceComment, SourceSite
from broadsheet.importing.records import Item, Oddity
from broadsheet.importing.wordpress.reader import Export, second_key
from broadsheet.stories.models import Listing

TRASH, DUPLICATE, REVISION = "trash", "duplicate", "revision"
INTERNAL, EDITED = "WordPress-internal type", "edited here"
REASONS = (TRASH, DUPLICATE, REVISION, INTERNAL, EDITED)
"""Nothing is left out for any other reason."""


@dataclass
class Tally:
    """One row of the report."""

    in_file: int = 0
    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

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
    oddities: list[Oddity] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    """What the database does not hold as it should; empty after a good import."""

    def as_json(self) -> dict[str, Any]:
        """The report file."""
        return {
            "items": {name: tally.as_json() for name, tally in sorted(self.items.items())},
            **{name: getattr(self, name).as_json() for name in ("comments", "authors", "terms", "media")},
            "oddities": [{"what": o.what, "count": o.count, "examples": list(o.examples)} for o in self.oddities],
            "differences": self.differences,
        }

    def check(self) -> None:
        """Note every row whose parts do not add up to what the file holds."""
        rows = [*self.items.items(), ("comments", self.comments), ("authors", self.authors), ("terms", self.terms)]
        for name, tally in rows:
            if tally.accounted != tally.in_file:
                self.differences.append(f"{name}: {tally.in_file} in the file, {tally.accounted} accounted for")


def differences(site: SourceSite, export: Export, report: Report, reason: Callable[[str | None, Item], str]) -> list[str]:
    """Read the files once more and look each item up in the database: what is missing, and what is public that must not be."""
    found: list[str] = []
    items = {row.source_id: row for row in site.items.select_related("page").all()}
    media = set(site.media.values_list("source_id", flat=True))
    listed = set(Listing.objects.filter(list_key="site").values_list("story_id", flat=True))
    edited = {one for tally in report.items.values() for one in tally.skipped.get(EDITED, ())}
    comments = dict(
        SourceComment.objects.filter(item__site=site).values_list("item_id").annotate(n=Count("pk")).values_list("item_id", "n")
    )
    for key, item in export.items():
        if reason(key, item):
            continue
        if item.type == "attachment":
            if key not in media and second_key(item) not in media:
                found.append(f"{item.where}: the file {item.source_id} is not in the database")
            continue
        row = items.get(str(key))
        if row is None or not row.is_same(item):
            row = items.get(second_key(item))
        if row is None:
            found.append(f"{item.where}: {item.type} {item.source_id} is not in the database")
        elif item.source_id in edited:
            continue
        elif row.page is None:
            found.append(f"{item.where}: {item.type} {item.source_id} has no page")
        else:
            if item.status != "publish" and (row.page.live or row.page_id in listed):
                found.append(f"{item.where}: {item.type} {item.source_id} was {item.status} and is public")
            if row.page.live and item.type != "page" and row.page_id not in listed:
                found.append(f"{item.where}: {item.type} {item.source_id} is public and in no list")
            if comments.get(row.pk, 0) != len(item.comments):
                found.append(f"{item.where}: {len(item.comments)} comments in the file, {comments.get(row.pk, 0)} in the database")
    return found
