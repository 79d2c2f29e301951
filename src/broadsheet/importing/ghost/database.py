"""The JSON of an export, a row of a table at a time: alone, or in a zip with the site's pictures."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

import ijson
from ijson.common import ObjectBuilder

from broadsheet.durable import put_in_place
from broadsheet.importing.records import ImportRefused

MAX_JSON = 4 << 30
MAX_PICTURE = 200 << 20
MAX_PICTURES = 40 << 30
MAX_ENTRIES = 500_000
MAX_RATIO = 250
"""Bytes out of a byte in a zip: text never has more."""
_PLACE = re.compile(r"(?P<base>(?:db\.item\.)?(?:data\.){0,2})(?P<table>[a-z_]+)")
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)
_AGAIN = "Export the site once more in Ghost under Settings → Import/Export"
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif")


@dataclass(frozen=True, slots=True)
class Database:
    """One JSON file that looks like an export of Ghost's; opened anew for every reading."""

    path: Path
    entry: str = ""
    """Its name within the zip that `path` is; empty for a file of its own."""

    @property
    def name(self) -> str:
        """As messages call it."""
        return f"{self.path.name}: {self.entry}" if self.entry else self.path.name

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
        except _UNREADABLE as error:
            raise ImportRefused(self.name, f"cannot be read ({error})", _AGAIN) from error

    def rows(self, wanted: Collection[str]) -> Iterator[tuple[str, Any]]:
        """(table, row) of the tables wanted, in file order, one in memory at a time; of the others the table's name for each row.

        `meta` is a row too. A table that is there, rows or none, is told by (its name, True) before its rows.
        """
        builder: ObjectBuilder | None = None
        table = end = ""
        with self.open() as file:
            try:
                for prefix, event, value in ijson.parse(file, use_float=True):
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


def _first_line(error: Exception) -> str:
    text = str(error.args[0] if error.args else error)
    return (text if isinstance(text, str) else repr(text)).strip().partition("\n")[0][:120]


def _skip_mark(file: IO[bytes]) -> None:
    if file.read(3) != b"\xef\xbb\xbf":
        file.seek(0)


def databases(path: Path) -> list[Database]:
    """The JSON files in what was given: one, or those of a zip that may be exports. Raises ImportRefused when there is none."""
    try:
        with path.open("rb") as file:
            packed = file.read(4) in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
    except IsADirectoryError as error:
        raise ImportRefused(str(path), "is a folder", "Give the JSON or zip file itself") from error
    if not packed:
        if path.stat().st_size > MAX_JSON:
            raise ImportRefused(path.name, f"is larger than {MAX_JSON >> 30} GiB", "Export the site in parts")
        return [Database(path)]
    found = [Database(path, info.filename) for info in _entries(path) if _may_be_export(info.filename)]
    if not found:
        raise ImportRefused(path.name, "holds no JSON file", "Give the export that Ghost makes under Settings → Import/Export")
    return found


def _entries(path: Path) -> list[zipfile.ZipInfo]:
    """What is in a zip, after a look at what it says of itself: zipfile reads no byte more than that."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [info for info in archive.infolist() if not info.is_dir()]
    except _UNREADABLE as error:
        raise ImportRefused(path.name, f"is a damaged zip ({error})", "Pack or download it once more") from error
    if len(entries) > MAX_ENTRIES:
        raise ImportRefused(path.name, f"holds {len(entries)} files", "Unpack it, and give the JSON file and --media")
    for info in entries:
        if info.flag_bits & 1:
            raise ImportRefused(path.name, f"{info.filename} is protected by a password", "Pack it without one")
        if info.file_size > 1 << 20 and info.file_size > MAX_RATIO * max(1, info.compress_size):
            raise ImportRefused(path.name, f"{info.filename} would unpack to {info.file_size} bytes: a zip bomb", "Pack it anew")
        if info.file_size > MAX_JSON and _may_be_export(info.filename):
            raise ImportRefused(path.name, f"{info.filename} is larger than {MAX_JSON >> 30} GiB", "Export the site in parts")
    return entries


def _may_be_export(name: str) -> bool:
    parts = PurePosixPath(name).parts
    hidden = any(part.startswith((".", "__MACOSX")) or part in ("themes", "node_modules", "files", "logs") for part in parts)
    return name.lower().endswith(".json") and not hidden and not re.search(r"(?:^|/)(?:package|redirects)[\w.-]*\.json$", name, re.I)


def redirect_files(path: Path) -> list[str]:
    """The names of the files in a zip that say which address leads where."""
    if not zipfile.is_zipfile(path):
        return []
    return [one.filename for one in _entries(path) if re.search(r"(?:^|/)redirects[\w.-]*\.(?:json|ya?ml)$", one.filename, re.I)]


def has_pictures(path: Path) -> bool:
    """Whether a zip holds pictures beside its JSON."""
    return zipfile.is_zipfile(path) and any(_picture(info.filename) for info in _entries(path))


def _picture(name: str) -> PurePosixPath | None:
    """Where a picture of a zip lies below the images folder; nothing for any other file, and for one that would lie elsewhere."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not name.lower().endswith(_PICTURES) or "images" not in parts or "themes" in parts or any(p.startswith((".", "__")) for p in parts):
        return None
    below = parts[parts.index("images") + 1 :]
    return PurePosixPath(*below) if below and not any(p == "/" or "\x00" in p or ":" in p for p in below) else None


def unpack_pictures(path: Path, folder: Path) -> int:
    """Write a zip's pictures below a folder, what is there already left alone; returns how many there are."""
    total, count = 0, 0
    entries = [(info, place) for info in _entries(path) if (place := _picture(info.filename)) and info.file_size]
    if (whole := sum(info.file_size for info, _ in entries)) > MAX_PICTURES:
        raise ImportRefused(path.name, f"holds {whole >> 30} GiB of pictures", "Unpack it, and give the JSON file and --media")
    with zipfile.ZipFile(path) as archive:
        for info, place in entries:
            if info.file_size > MAX_PICTURE:
                continue
            target = folder / place
            count += 1
            total += info.file_size
            if target.is_file() and target.stat().st_size == info.file_size:
                continue
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            part = target.with_name(target.name + ".part")
            try:
                with archive.open(info) as packed, part.open("wb") as out:
                    while chunk := packed.read(1 << 20):
                        out.write(chunk)
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
                part.unlink(missing_ok=True)
                raise ImportRefused(path.name, f"{info.filename} cannot be unpacked ({error})", "Pack or download it once more") from error
            put_in_place(part, target)
    return count
