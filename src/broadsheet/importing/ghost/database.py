"""The JSON of an export, a row of a table at a time: alone, or in a zip or folder with the site's files."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import ijson
from ijson.common import ObjectBuilder

from broadsheet.importing.ghost import package
from broadsheet.importing.halves import Mended
from broadsheet.importing.records import ImportRefused, called

_PLACE = re.compile(r"(?P<base>(?:db\.item\.)?(?:data\.){0,2})(?P<table>[a-z_]+)")
DEEPEST = 500
AT_ONCE = 4096
"""Bytes that are taken apart at once: each bracket in them makes the name of the place longer, so that 64 KB of brackets are 10 GB of names."""
_AGAIN = "Export the site once more in Ghost under Settings → Import/Export"


@dataclass(frozen=True, slots=True)
class Database:
    """One JSON file that looks like an export of Ghost's; opened anew for every reading."""

    path: Path
    entry: str = ""
    """Its name within the zip that `path` is; empty for a file of its own."""
    label: str = ""
    """Its name within the folder that was given."""

    @property
    def name(self) -> str:
        """As messages call it."""
        return called(f"{self.path.name}: {self.entry}" if self.entry else self.label or self.path.name)

    @property
    def is_alone(self) -> bool:
        """Whether it was given itself, so that it must be an export."""
        return not (self.entry or self.label)

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Its bytes, without a byte order mark."""
        try:
            with self.path.open("rb") as plain:
                if not self.entry:
                    _skip_mark(plain)
                    yield plain
                    return
                with zipfile.ZipFile(plain) as archive, archive.open(self.entry) as packed:
                    _skip_mark(packed)
                    yield packed
        except ImportRefused:
            raise
        except package.UNREADABLE as error:
            raise ImportRefused(self.name, f"cannot be read ({error})", _AGAIN) from error

    def rows(self, wanted: Collection[str]) -> Iterator[tuple[str, Any]]:
        """(table, row) of the tables wanted, in file order, one in memory at a time; of the others the table's name for each row.

        `meta` is a row too. A table that is there, rows or none, is told by (its name, True) before its rows; and at the end, where there were
        any, how many halves of characters were read as U+FFFD by ("", their number).
        """
        builder: ObjectBuilder | None = None
        table = end = ""
        depth = 0
        with self.open() as plain:
            file = Mended(plain)
            try:
                for prefix, event, value in ijson.parse(file, use_float=True, buf_size=AT_ONCE):
                    if event in ("start_map", "start_array"):
                        depth += 1
                        if depth > DEEPEST:
                            raise ImportRefused(self.name, "is nested more deeply than any export of Ghost's", _AGAIN)
                    elif event in ("end_map", "end_array"):
                        depth -= 1
                    if builder is not None:
                        builder.event(event, value)
                        if event == "end_map" and prefix == end:
                            yield table, builder.value
                            builder = None
                        continue
                    if event not in ("start_map", "start_array") or len(prefix) > 80:
                        continue
                    found = _PLACE.fullmatch(prefix.removesuffix(".item") if event == "start_map" else prefix)
                    if not found:
                        continue
                    table = found["table"]
                    is_row = event == "start_map" and (prefix.endswith(".item") or table == "meta")
                    if event == "start_array":
                        yield table, True
                    elif is_row and table in wanted:
                        builder, end = ObjectBuilder(), prefix
                        builder.event(event, value)
                    elif is_row:
                        yield table, None
            except ijson.IncompleteJSONError as error:
                raise ImportRefused(self.name, f"breaks off or is no JSON ({_first_line(error)})", _AGAIN) from error
            except (ijson.JSONError, ValueError) as error:
                raise ImportRefused(self.name, f"is no valid JSON ({_first_line(error)})", _AGAIN) from error
            if file.count:
                yield "", file.count


def _first_line(error: Exception) -> str:
    text = str(error.args[0] if error.args else error)
    return (text if isinstance(text, str) else repr(text)).strip().partition("\n")[0][:120]


def _skip_mark(file: IO[bytes]) -> None:
    if file.read(3) != b"\xef\xbb\xbf":
        file.seek(0)


def databases(path: Path) -> list[Database]:
    """The JSON files in what was given: one, or those of a zip or folder that may be exports. Raises ImportRefused when there is none."""
    if path.is_dir():
        if not (inside := [Database(file, label=label) for label, file in package.json_files(path)]):
            raise ImportRefused(
                str(path), "is a folder without an export", f"Put the JSON file into it or into its data folder. {package.GET}"
            )
        return inside
    if not package.is_zip(path):
        if path.stat().st_size > package.MAX_JSON:
            raise ImportRefused(path.name, f"is larger than {package.MAX_JSON >> 30} GiB", "Export the site in parts")
        return [Database(path)]
    found = [Database(path, info.filename) for info in package.entries(path) if package.may_be_export(info.filename)]
    if not found:
        raise ImportRefused(path.name, "holds no JSON file", "Give the export that Ghost makes under Settings → Import/Export")
    return found
