"""What became of everything in a file: counted while loading, then held against the database."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from broadsheet.importing.records import Oddity

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
