"""The bytes of an export as UTF-8 text, however it is packed and encoded, a piece at a time: a file of any size takes the same memory."""

from __future__ import annotations

import codecs
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from broadsheet.importing.records import ImportRefused
from broadsheet.importing.wordpress.refusals import refuse_signature

CHUNK = 1 << 18
MAX_RATIO, RATIO_FROM = 250, 1 << 26
"""No export packs better than this; archives that unpack to gigabytes of nothing do."""
MAX_ENTRIES = 1000
PACKED = (".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".7z", ".rar")
_DECLARED = re.compile(rb"""<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w.:\-]{1,40})["']""")
_READ_AS = {"iso8859-1": "cp1252", "ascii": "utf-8", "utf-8-sig": "utf-8"}
"""Browsers do the same: who writes Latin-1 means Windows-1252."""
_TEXT_ENCODINGS = re.compile(
    r"(iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|euc_\w+|shift_jis\w*|gb\w+|big5\w*|johab|tis-620|iso2022_\w+|utf-(8|16|32)([-_][bl]e)?)$"
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
    # Without a mark the first character tells: every export starts with `<`.
    (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"),
)  # fmt: skip


class Source:
    """Iterates over the text; afterwards `cut` says why the file ended too early, if it did, and `odd` what was unusual."""

    def __init__(self, path: Path) -> None:
        self.path, self.cut = path, ""
        self.odd: Counter[str] = Counter()
        self.bytes = self._opener()

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._text()
        except OSError as error:
            raise ImportRefused(self.path.name, f"cannot be read ({error.strerror or error})", "Check the disk and the file") from None

    def _opener(self) -> Callable[[], Iterator[bytes]]:
        try:
            if self.path.is_dir():
                raise ImportRefused(str(self.path), "is a folder", "Name the .xml files inside it, all in one command")
            if not self.path.is_file() and self.path.exists():
                raise ImportRefused(str(self.path), "is no file", "Give an export that is saved on disk")
            with self.path.open("rb") as file:
                start = file.read(4096)
        except OSError as error:
            raise ImportRefused(str(self.path), f"cannot be read ({error.strerror})", "Check the name and its permissions") from None
        refuse_signature(self.path, start)
        if start.startswith(b"\x1f\x8b"):
            return lambda: self._limited(self._gunzipped())
        if start.startswith(b"PK\x03\x04"):
            entry = _only_xml(self.path)
            return lambda: self._limited(self._unzipped(entry))
        return self._plain

    def _plain(self) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            while piece := file.read(CHUNK):
                yield piece

    def _gunzipped(self) -> Iterator[bytes]:
        unpacker = zlib.decompressobj(31)
        with self.path.open("rb") as file:
            while packed := file.read(CHUNK):
                while packed:
                    before = unpacker.copy()
                    try:
                        yield unpacker.decompress(packed, CHUNK)
                    except zlib.error:
                        self.cut = "the gzip file is damaged"
                        yield from _salvaged(before, packed)
                        return
                    packed = unpacker.unconsumed_tail
                    if unpacker.eof:
                        packed = unpacker.unused_data.lstrip(b"\0")
                        if not packed.startswith(b"\x1f\x8b"):
                            break
                        unpacker = zlib.decompressobj(31)
        if not unpacker.eof:
            self.cut = "the gzip file is cut off"

    def _unzipped(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        with zipfile.ZipFile(self.path) as archive:
            try:
                with archive.open(entry) as file:
                    while piece := file.read(CHUNK):
                        yield piece
            except (zipfile.BadZipFile, zlib.error, EOFError):
                self.cut = "the zip archive is damaged"
            except (RuntimeError, NotImplementedError):
                raise ImportRefused(self.path.name, "is a zip archive with a password or a rare compression", _UNPACK) from None

    def _limited(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        packed, unpacked = self.path.stat().st_size, 0
        for piece in pieces:
            unpacked += len(piece)
            if unpacked > RATIO_FROM and unpacked > packed * MAX_RATIO:
                raise ImportRefused(self.path.name, f"unpacks to more than {MAX_RATIO} times its size, as no export does", _UNPACK)
            yield piece

    def _text(self) -> Iterator[bytes]:
        pieces = self.bytes()
        start = b""
        while len(start) < 1024 and (piece := next(pieces, None)) is not None:
            start += piece
        encoding, mark = self._encoding(start)
        if encoding == "utf-8":
            yield start[mark:]
            yield from pieces
            return
        decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        yield self._encoded(decoder.decode(start[mark:]))
        for piece in pieces:
            yield self._encoded(decoder.decode(piece))
        yield self._encoded(decoder.decode(b"", final=True))

    def _encoded(self, text: str) -> bytes:
        if lost := text.count("\ufffd"):
            self.odd["character that cannot be read in the file's encoding, shown as \ufffd"] += lost
        return text.encode("utf-8", "replace")

    def _encoding(self, start: bytes) -> tuple[str, int]:
        """What the file is written in, and how long its mark is."""
        found = _DECLARED.search(start[:1024].replace(b"\0", b""))
        raw = found[1].decode() if found else "UTF-8"
        declared = _normalised(raw)
        for mark, encoding in _BOMS:
            if start.startswith(mark):
                if encoding not in (declared, f"{declared}-le", f"{declared}-be"):
                    self.odd[f"declared as {raw}, read as {encoding.upper()}, which it is"] += 1
                size = 0 if b"<" in mark else len(mark)
                while size and start.startswith(mark, size):
                    size += len(mark)
                return encoding, size
        if declared == "utf-8":
            return "utf-8", 0
        if not declared or declared.startswith(("utf-16", "utf-32")) or self._is_utf8():
            self.odd[f"declared as {raw}, read as UTF-8, which it is"] += 1
            return "utf-8", 0
        self.odd[f"written in {raw}, read as such"] += 1
        return declared, 0

    def _is_utf8(self) -> bool:
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            for piece in self.bytes():
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
        return True


def _salvaged(unpacker: Any, packed: bytes) -> Iterator[bytes]:
    """What can be unpacked before the place where it fails; a wrong check sum at the end fails after everything."""
    for size in (512, 1):
        while packed:
            before = unpacker.copy()
            try:
                piece = unpacker.decompress(packed, size)
            except zlib.error:
                unpacker = before
                break
            yield piece
            packed = unpacker.unconsumed_tail


_UNPACK = "Unpack it and import the .xml file inside"


def _normalised(name: str) -> str:
    """The codec's name, or nothing for what is no encoding of text."""
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return ""
    found = _READ_AS.get(found, found)
    return found if _TEXT_ENCODINGS.match(found) else ""


def _only_xml(path: Path) -> zipfile.ZipInfo:
    """The archive's one XML file; refused when there is none or several."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 66_000))
        tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    # The directory of an archive is read into memory as a whole, so its size is looked at before.
    if end >= 0 and len(tail) >= end + 12 and struct.unpack_from("<H", tail, end + 10)[0] > MAX_ENTRIES:
        raise ImportRefused(path.name, f"is a zip archive of more than {MAX_ENTRIES} files", _UNPACK)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [e for e in archive.infolist() if not e.is_dir() and "__MACOSX/" not in e.filename]
    except (zipfile.BadZipFile, struct.error, NotImplementedError, ValueError):
        raise ImportRefused(path.name, "is a zip archive that is damaged or cut off", "Download it once more in full") from None
    names = {e.filename for e in entries}
    if "[Content_Types].xml" in names or "mimetype" in names:
        raise ImportRefused(path.name, "is an office document or a book, not an export", f"Read it with: broadsheet read {path.name}")
    xml = [e for e in entries if e.filename.lower().endswith(".xml")]
    if len(xml) == 1:
        return xml[0]
    if xml:
        some = ", ".join(sorted(e.filename for e in xml)[:3]) + (" …" if len(xml) > 3 else "")
        raise ImportRefused(
            path.name, f"is a zip archive of {len(xml)} XML files ({some})",
            "Unpack it and import those of one site together, all in one command",
        )  # fmt: skip
    if any(e.filename.lower().endswith(".json") for e in entries):
        raise ImportRefused(path.name, "is a zip archive with JSON and no XML inside, perhaps a Ghost export", GHOST.format(path.name))
    # Never opened in turn: an archive in an archive may be as large as it likes, and who packed it can say which file is meant.
    if packed := [e.filename for e in entries if e.filename.lower().endswith(PACKED)]:
        raise ImportRefused(path.name, f"is a zip archive with another archive inside ({packed[0]}) and no XML file", _UNPACK)
    raise ImportRefused(path.name, "is a zip archive without an XML file", "Export the site under Tools → Export → All content")


GHOST = "If it is one, use: broadsheet import ghost {}"
