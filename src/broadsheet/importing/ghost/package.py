"""What comes with the JSON of an export, in a zip or in a folder such as Ghost's `content`: its files, redirects, routes."""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath

from broadsheet.durable import put_in_place
from broadsheet.importing.documents.packages import PACKED
from broadsheet.importing.fetching import LONGEST
from broadsheet.importing.records import ImportRefused

GET = "Ghost makes it under Settings → Import/Export"
MAX_JSON = 4 << 30
MAX_FILE = 2 << 30
MAX_FILES = 40 << 30
MAX_ENTRIES = 500_000
MAX_EXPORTS = 100
"""For each that is read, the list of all that a zip holds is read once more."""
MAX_RATIO = 250
"""Bytes out of a byte in a zip: text never has more."""
MAX_ASIDE = 8 << 20
"""Bytes that are read of a file of redirects."""
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)
KINDS = ("images", "media", "files")
"""Ghost's folders of uploads: pictures, audio and video, and everything else."""
_ASIDE = re.compile(r"(?:^|/)(redirects|routes)(?P<backup>-[\w.-]+)?\.(?:json|ya?ml)$", re.I)
_WHERE = ("", "data", "content", "content/data", "settings", "content/settings")
"""Where in a folder JSON and YAML files are looked for."""


def is_zip(path: Path) -> bool:
    """Whether a file begins as zips do."""
    if path.is_dir():
        return False
    with path.open("rb") as file:
        return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def entries(path: Path) -> list[zipfile.ZipInfo]:
    """What is in a zip, after a look at what it says of itself: zipfile reads no byte more than that."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = [info for info in archive.infolist() if not info.is_dir()]
    except UNREADABLE as error:
        raise ImportRefused(path.name, f"is a damaged zip ({error})", "Pack or download it once more") from error
    if len(found) > MAX_ENTRIES:
        raise ImportRefused(path.name, f"holds {len(found)} files", "Unpack it, and give the folder")
    if (exports := sum(may_be_export(info.filename) for info in found)) > MAX_EXPORTS:
        raise ImportRefused(
            path.name, f"holds {exports} JSON files", "Give the one that is the export, or pack it with the site's files alone"
        )
    for info in found:
        if info.flag_bits & 1:
            raise ImportRefused(path.name, f"{info.filename} is protected by a password", "Pack it without one")
        if info.compress_type not in PACKED:
            raise ImportRefused(path.name, f"{info.filename} is packed in a way that few programs can unpack", "Pack it anew")
        if info.file_size > 1 << 20 and info.file_size > MAX_RATIO * max(1, info.compress_size):
            raise ImportRefused(path.name, f"{info.filename} would unpack to {info.file_size} bytes: a zip bomb", "Pack it anew")
        if info.file_size > MAX_JSON and may_be_export(info.filename):
            raise ImportRefused(path.name, f"{info.filename} is larger than {MAX_JSON >> 30} GiB", "Export the site in parts")
    return found


def may_be_export(name: str) -> bool:
    """Whether a file of that name in a zip or folder may be an export."""
    parts = PurePosixPath(name).parts
    hidden = any(part.startswith((".", "__MACOSX")) or part in ("themes", "node_modules", "files", "media", "logs") for part in parts)
    return name.lower().endswith(".json") and not hidden and not re.search(r"(?:^|/)(?:package|redirects)[\w.-]*\.json$", name, re.I)


def json_files(folder: Path) -> list[tuple[str, Path]]:
    """(name within it, file) of what in a folder may be an export, in the order of their names."""
    return [(name, file) for name, file in _beside(folder) if may_be_export(name)]


def _beside(folder: Path) -> Iterator[tuple[str, Path]]:
    # A symlink may lead anywhere, and nobody has asked for that.
    for where in _WHERE:
        if (folder / where).is_dir():
            for file in sorted((folder / where).iterdir()):
                if file.is_file() and not file.is_symlink():
                    yield str(PurePosixPath(where) / file.name), file


def aside(path: Path) -> Iterator[tuple[str, str, bytes]]:
    """(`redirects`, `routes` or `backup`, name, bytes) of the files beside the tables that say which address is where."""
    if path.is_dir():
        for name, file in _beside(path):
            if found := _ASIDE.search(name):
                with file.open("rb") as plain:
                    yield "backup" if found["backup"] else found[1].lower(), name, plain.read(MAX_ASIDE)
    elif is_zip(path):
        with zipfile.ZipFile(path) as archive:
            for info in entries(path):
                if (found := _ASIDE.search(info.filename)) and not {"themes", "node_modules"} & set(PurePosixPath(info.filename).parts):
                    try:
                        with archive.open(info) as packed:
                            content = packed.read(MAX_ASIDE)
                    except UNREADABLE as error:
                        raise ImportRefused(path.name, f"{info.filename} cannot be unpacked ({error})", "Pack it once more") from error
                    yield "backup" if found["backup"] else found[1].lower(), info.filename, content


def content_folder(folder: Path) -> Path | None:
    """The one in a folder that holds `images`, `media` or `files`: itself, or its `content`."""
    return next((one for one in (folder, folder / "content") if any((one / kind).is_dir() for kind in KINDS)), None)


def has_files(path: Path, endings: Collection[str]) -> bool:
    """Whether a zip holds files with these endings beside its JSON."""
    return is_zip(path) and any(place_of(info.filename, endings) for info in entries(path))


def place_of(name: str, endings: Collection[str]) -> PurePosixPath | None:
    """Where a file of a zip lies below Ghost's content; nothing for any other file, and for one that would lie elsewhere."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    start = parts.index("content") + 1 if "content" in parts else 0
    at = next((at for at in range(start, len(parts)) if parts[at] in KINDS), None)
    if at is None or not name.lower().endswith(tuple(endings)) or "themes" in parts or any(p.startswith((".", "__")) for p in parts):
        return None
    below = parts[at + 1 :]
    return PurePosixPath(parts[at], *below) if below and not any(p == "/" or "\x00" in p or ":" in p for p in below) else None


def unpack(path: Path, folder: Path, endings: Collection[str]) -> int:
    """Write a zip's files below a folder as Ghost's content has them, what is there already left alone; returns how many there are."""
    count = 0
    found = [(info, place) for info in entries(path) if (place := place_of(info.filename, endings)) and info.file_size]
    if (whole := sum(info.file_size for info, _ in found)) > MAX_FILES:
        raise ImportRefused(path.name, f"holds {whole >> 30} GiB of files", "Unpack it, and give the folder")
    with zipfile.ZipFile(path) as archive:
        for info, place in found:
            # One too large is told as every file that is not here.
            target = folder / place
            if info.file_size > MAX_FILE or any(len(os.fsencode(part)) > 240 for part in place.parts) or len(os.fsencode(target)) > LONGEST:
                continue
            count += 1
            try:
                if not target.is_file() or target.stat().st_size != info.file_size:
                    _unpack(archive, info, target)
            except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
                raise ImportRefused(
                    path.name, f"{info.filename} is called what a folder is called, or lies in a file", "Pack it anew"
                ) from error
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
                raise ImportRefused(path.name, f"{info.filename} cannot be unpacked ({error})", "Pack or download it once more") from error
    return count


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = target.with_name(target.name + ".part")
    try:
        with archive.open(info) as packed, part.open("wb") as out:
            while chunk := packed.read(1 << 20):
                out.write(chunk)
        put_in_place(part, target)
    finally:
        part.unlink(missing_ok=True)
