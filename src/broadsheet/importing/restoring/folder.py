"""An export as JSON Lines, read a record at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from broadsheet.importing.export.jsonlines import FORMAT, KINDS, LATER, VERSION
from broadsheet.importing.records import ImportRefused
from broadsheet.importing.restoring.told import Told

MAX_LINE = 64 * 1024 * 1024


class Folder:
    """The folder that `broadsheet export json` wrote. Raises ImportRefused when it is none, or not whole."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.media = path / "media"
        head = path / "site.json"
        if not head.is_file():
            raise ImportRefused(str(path), "holds no site.json, so it is no whole export", "Give the folder of `broadsheet export json`")
        self.site = next(self._lines(head), Told({}, head.name, 1))
        if self.site.record.get("format") != FORMAT or self.site.record.get("version") != VERSION:
            raise ImportRefused(head.name, f"is no export of format {FORMAT}, version {VERSION}", "Export again with this release")
        counts = self.site.within("counts")
        self.counts = {name: counts.number(name) for name in (*KINDS, "media") if name not in LATER or name in counts.record}

    @property
    def address(self) -> str:
        """Where the publication was."""
        return self.site.text("address", 500)

    def records(self, kind: str) -> Iterator[Told]:
        """All records of a kind, in their order."""
        file = self.path / f"{kind}.jsonl"
        if not file.is_file():
            raise ImportRefused(str(file), "is not there", "Copy the whole folder of the export")
        yield from self._lines(file)

    def _lines(self, file: Path) -> Iterator[Told]:
        with file.open("rb") as lines:
            for number in range(1, 2**62):
                line = lines.readline(MAX_LINE)
                if not line:
                    return
                try:
                    record = json.loads(line)
                except (ValueError, RecursionError) as error:
                    raise ImportRefused(file.name, "is cut off or no JSON", "Copy the whole file of the export", line=number) from error
                if not isinstance(record, dict):
                    raise ImportRefused(file.name, "holds something that is no record", "Copy the whole file of the export", line=number)
                yield Told(record, file.name, number)
