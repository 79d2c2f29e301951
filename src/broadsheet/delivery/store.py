"""The page store: finished pages as plain files, which a web server can give out while everything else is down.

`pages/<host>/<path>@.<kind>` holds a page as it is, the same name with `.gz` and `.br` what a browser gets that takes these, and
`@.head` what else was answered. A name is written beside its place and renamed there: whoever finds it finds the whole page.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import brotli

KINDS = {
    "text/html": "html", "application/rss+xml": "rss", "application/atom+xml": "atom", "application/feed+json": "feed",
    "application/xml": "xml", "text/plain": "txt", "application/json": "json", "text/csv": "csv",
}  # fmt: skip
"""What is stored, by media type: the ending says it again to a web server."""
ENCODINGS = {"br": ".br", "gzip": ".gz", "identity": ""}
"""The variants of a page, the one we would rather give first."""
ENDINGS = tuple(ENCODINGS.values())
HEAD = "@.head"
LONGEST_NAME = 200
"""Bytes of a part of an address that become a name; file systems take 255, of which the endings need some."""
LONGEST_PATH = 1024
SMALL = 200
"""A page of fewer bytes is not compressed."""


class NoPlace(ValueError):
    """An address that has no place in the store."""


def place_of(path: str) -> str:
    """Where an address lies below its host's folder, without ending; `path` is decoded and begins with a slash.

    Two addresses have never one place. Raises NoPlace for those that are not stored: with an empty part, one that begins with a
    dot, one that could be taken for a file of another page, or names that a file system does not take.
    """
    parts = path.split("/")
    if parts[0] or len(parts) < 2 or len(path) > LONGEST_PATH:
        raise NoPlace(path)
    for part in parts[1:-1]:
        if not part:
            raise NoPlace(path)
    for part in parts[1:]:
        try:
            size = len(part.encode())
        except UnicodeEncodeError as error:
            raise NoPlace(path) from error
        if part.startswith(".") or "@." in part or part.endswith("@") or size > LONGEST_NAME or not _plain(part):
            raise NoPlace(path)
    return path[1:]


def _plain(part: str) -> bool:
    return not re.search(r"[\x00-\x1f\x7f\\]", part)


@dataclass(frozen=True, slots=True)
class Page:
    """A finished answer."""

    body: bytes
    kind: str
    """One of KINDS' endings."""
    headers: Mapping[str, str]
    """What is answered besides length, encoding, ETag and moment."""

    @property
    def tag(self) -> str:
        """Tells these bytes from others; without quotes."""
        return hashlib.sha256(repr(sorted(self.headers.items())).encode() + self.body).hexdigest()[:20]


class Store:
    """The files of one host's pages below a folder."""

    def __init__(self, folder: Path, host: str) -> None:
        self.folder = folder / "pages" / host.replace(":", "_")

    def put(self, path: str, page: Page) -> None:
        """Write a page with its variants; raises NoPlace or OSError, and then leaves what was there or nothing."""
        stem = self.stem(path)
        folder = Path(os.path.dirname(f"{stem}@"))
        folder.mkdir(parents=True, exist_ok=True)
        variants = {"": page.body}
        if len(page.body) >= SMALL:
            variants[".gz"] = gzip.compress(page.body, 6, mtime=0)
            variants[".br"] = brotli.compress(page.body, quality=5)
        head = json.dumps({"tag": page.tag, "kind": page.kind, "headers": dict(page.headers)}).encode()
        files = {f"{stem}@.{page.kind}{ending}": content for ending, content in variants.items()} | {f"{stem}{HEAD}": head}
        written: dict[Path, str] = {}
        try:
            for name, content in files.items():
                part = folder / f".{secrets.token_hex(8)}"
                written[part] = name
                part.write_bytes(content)
            # What names the others comes last, so that nobody is told of a variant that is not there.
            for part, name in written.items():
                os.replace(part, name)
            _unlink(f"{stem}@.{kind}{ending}" for kind in KINDS.values() for ending in ENDINGS if f"{stem}@.{kind}{ending}" not in files)
        except BaseException:
            for part in written:
                part.unlink(missing_ok=True)
            raise

    def drop(self, path: str) -> bool:
        """Remove a page with its variants, first those that a web server looks for; False when there was none."""
        stem = self.stem(path)
        return _unlink([*(f"{stem}@.{kind}{ending}" for ending in ENDINGS for kind in KINDS.values()), f"{stem}{HEAD}"])

    def read(self, path: str) -> Page | None:
        """A page as it was put, or None."""
        try:
            stem = self.stem(path)
            said = json.loads(Path(f"{stem}{HEAD}").read_bytes())
            return Page(Path(f"{stem}@.{said['kind']}").read_bytes(), said["kind"], said["headers"])
        except (NoPlace, OSError, ValueError):
            return None

    def paths(self) -> Iterator[str]:
        """The addresses of all stored pages."""
        for folder, _folders, names in os.walk(self.folder):
            below = os.path.relpath(folder, self.folder)
            prefix = "/" if below == "." else f"/{below}/"
            for name in names:
                if name.endswith(HEAD):
                    yield prefix + name.removesuffix(HEAD)

    def clear(self) -> None:
        """All pages are gone at once; their files are left for `sweep`."""
        with contextlib.suppress(FileNotFoundError):
            self.folder.rename(self.folder.with_name(f".{secrets.token_hex(8)}"))

    def sweep(self) -> None:
        """Remove the files of pages that were cleared."""
        for old in self.folder.parent.glob(".*"):
            shutil.rmtree(old, ignore_errors=True)

    def stem(self, path: str) -> str:
        """What the names of a page's files begin with; raises NoPlace."""
        return os.path.join(self.folder, place_of(path))


def _unlink(names: Iterable[str]) -> bool:
    found = False
    for name in names:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            os.unlink(name)
            found = True
    return found
