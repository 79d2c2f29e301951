"""Folders of files that are the same for everybody and are given out as they lie there: full ones never change, the others say how things stand now."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Mapping
from email.utils import formatdate
from pathlib import Path
from typing import NamedTuple

FOR_EVER = "public, max-age=31536000, immutable"
NOW = "public, max-age=1, stale-if-error=86400"
BYTES, TEXT = "application/octet-stream", "text/plain; charset=utf-8"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")


class PlainFile(NamedTuple):
    """A file with its headers."""

    headers: list[tuple[str, str]]
    body: bytes


class PlainFiles:
    """The files below a folder, at addresses below another; those whose path begins with a word of `kept` never change."""

    def __init__(self, folder: Path, below: str, *, kept: re.Pattern[str]) -> None:
        self.folder, self.below, self.kept = folder, below, kept

    def find(self, path: str, accepted: str = "") -> PlainFile | None:
        """What lies at an address, compressed where it is kept so and whoever asks takes that; None where nothing does."""
        name = path.removeprefix(self.below)
        if name == path or not name or not all(map(_NAME.fullmatch, name.split("/"))) or name.endswith(".gz"):
            return None
        place = os.path.join(self.folder, name)
        for ending, encoding in ((".gz", "gzip"), ("", "")) if "gzip" in accepted else (("", ""),):
            with contextlib.suppress(OSError), open(place + ending, "rb") as file:
                body, moment = file.read(), os.fstat(file.fileno()).st_mtime
                return PlainFile(_headers(bool(self.kept.match(name)), len(body), moment, encoding), body)
        return None


def _headers(kept: bool, size: int, moment: float, encoding: str) -> list[tuple[str, str]]:
    named: Mapping[str, str] = {
        "Content-Type": BYTES if kept else TEXT, "Content-Length": str(size), "Cache-Control": FOR_EVER if kept else NOW, "Vary": "Accept-Encoding",
        "Last-Modified": formatdate(moment, usegmt=True), "X-Content-Type-Options": "nosniff", "Access-Control-Allow-Origin": "*",
    }  # fmt: skip
    return [*named.items(), *([("Content-Encoding", encoding)] if encoding else [])]
