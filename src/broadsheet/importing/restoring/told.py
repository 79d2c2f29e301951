"""What a record of an export says, one field at a time, trusted no more than any other file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from broadsheet.html import without_control
from broadsheet.importing.records import ImportRefused

LONGEST = 300
LONGEST_TEXT = 20_000_000
"""Characters: a draft that was read from a document has paragraphs of up to five million, and signs that HTML writes out."""
REMEDY = "Export again, or mend the record by docs/contracts/export.md"


@dataclass(frozen=True, slots=True)
class Told:
    """One record and where it stands. Every reading method raises ImportRefused for what no export of ours says."""

    record: dict[str, Any]
    file: str
    line: int

    def refuse(self, name: str, problem: str) -> ImportRefused:
        """The refusal of one field; what it holds may be longer than anybody reads, and no terminal's letters."""
        said = problem if len(problem) <= LONGEST else f"{problem[:LONGEST]} …"
        return ImportRefused(self.file, f"“{name}” {without_control(said)}", REMEDY, line=self.line)

    def text(self, name: str, limit: int = LONGEST_TEXT) -> str:
        """A text, empty when nothing is said."""
        value = self.record.get(name)
        if value is None:
            return ""
        if not isinstance(value, str) or len(value) > limit:
            raise self.refuse(name, f"is no text of at most {limit:,} characters")
        return without_control(value)

    def choice(self, name: str, values: Collection[str]) -> str:
        """One of a few words."""
        value = self.record.get(name)
        if value not in values:
            raise self.refuse(name, f"is “{value}”, not one of {', '.join(sorted(values))}")
        return str(value)

    def flag(self, name: str) -> bool:
        """Yes or no."""
        value = self.record.get(name, False)
        if not isinstance(value, bool):
            raise self.refuse(name, "is neither true nor false")
        return value

    def number(self, name: str, below: int = 2**63) -> int:
        """A whole number."""
        value = self.record.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < below:
            raise self.refuse(name, "is no whole number")
        return value

    def moment(self, name: str) -> dt.datetime | None:
        """A moment in UTC (RFC 3339), or nothing."""
        value = self.record.get(name)
        if value is None:
            return None
        try:
            moment = dt.datetime.fromisoformat(value)
            if moment.tzinfo is None:
                raise self.refuse(name, f"is “{value}”, without its zone")
            moment = moment.astimezone(dt.UTC)
            if not 1 < moment.year < 9999:
                # In some zone it would be before or after everything.
                raise ValueError
            return moment
        except (TypeError, ValueError, OverflowError) as error:
            raise self.refuse(name, f"is “{value}”, no moment such as 2024-05-01T09:30:00Z") from error

    def many(self, name: str) -> list[Any]:
        """A list, empty when nothing is said."""
        value = self.record.get(name) or []
        if not isinstance(value, list):
            raise self.refuse(name, "is no list")
        return value

    def within(self, name: str) -> Told:
        """A record inside this one."""
        value = self.record.get(name)
        if not isinstance(value, dict):
            raise self.refuse(name, "is no record")
        return Told(value, self.file, self.line)

    def each(self, name: str) -> list[Told]:
        """The records of a list."""
        values = self.many(name)
        if not all(isinstance(value, dict) for value in values):
            raise self.refuse(name, "holds something that is no record")
        return [Told(value, self.file, self.line) for value in values]

    def words(self, name: str) -> list[str]:
        """The texts of a list."""
        values = self.many(name)
        if not all(isinstance(value, str) for value in values):
            raise self.refuse(name, "holds something that is no text")
        return values
