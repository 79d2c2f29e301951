"""Office files are zip archives full of XML; both can be made to fill a machine or to reach out of it, so neither is trusted."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from broadsheet.importing.documents.draft import Picture
from broadsheet.importing.records import ImportRefused

MAX_PARTS = 4000
MAX_PART = 40 * 1024 * 1024
MAX_TOTAL = 200 * 1024 * 1024
MAX_RATIO = 200
PICTURES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"})
PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How office programs and Ghost pack. Of the other ways Python unpacks all that it is given before it looks how much of that was asked for."""
AGAIN = "Open it in the program it was written with, save it again and try once more"


class Package:
    """The parts of an office file, read one by one and only as far as is sane."""

    def __init__(self, content: bytes, *, file: str) -> None:
        self.file = file
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(content))
            entries = self.archive.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError) as error:
            raise ImportRefused(file, "is damaged: it begins like an office file but is no complete one", AGAIN) from error
        if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_TOTAL:
            raise ImportRefused(file, "would unpack to more than a story can hold", "Send the text and the pictures apart")
        self.entries = {entry.filename: entry for entry in entries}
        self.pictures: dict[str, bytes] = {}
        """What was asked for, by its name: a text may show one picture many times."""

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def part(self, name: str) -> bytes:
        """One part's bytes; nothing for one that is not there."""
        entry = self.entries.get(name)
        if entry is None:
            return b""
        if entry.flag_bits & 1:
            raise ImportRefused(self.file, "is protected by a password", "Save it without one")
        if entry.compress_type not in PACKED:
            raise ImportRefused(self.file, f"is packed in a way that no office program packs ({name})", AGAIN)
        if entry.file_size > MAX_PART or entry.file_size > 100_000 and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            raise ImportRefused(self.file, f"would unpack to more than a story can hold ({name})", "Send the text and the pictures apart")
        try:
            with self.archive.open(entry) as stream:
                # The sizes in the directory are claims.
                content = stream.read(MAX_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
            raise ImportRefused(self.file, f"is damaged ({name} cannot be unpacked)", AGAIN) from error
        if len(content) > MAX_PART:
            raise ImportRefused(self.file, f"would unpack to more than a story can hold ({name})", "Send the text and the pictures apart")
        return content

    def xml(self, name: str) -> Any:
        """One part as a tree, without entities, DTDs or anything from outside; nothing for one that is not there."""
        content = self.part(name)
        if not content:
            return None
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content or "<!DOCTYPE".encode("utf-16-le") in content:
            raise ImportRefused(self.file, f"declares entities ({name}), which no office program writes", AGAIN)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False
        )
        try:
            return etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise ImportRefused(self.file, f"is damaged ({name} is no well-formed XML)", AGAIN) from error

    def picture(self, key: str, name: str, alt: str) -> Picture | None:
        """A picture among the parts; nothing for one of a kind no browser shows, or that is not there."""
        name = posixpath.normpath(name.lstrip("/"))
        if PurePosixPath(name).suffix.lower() not in PICTURES:
            return None
        content = self.pictures[name] = self.pictures.get(name) or self.part(name)
        return Picture(key, PurePosixPath(name).name[:120], content, alt[:500]) if content else None
