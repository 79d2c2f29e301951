"""An export of ours as WXR, read by what stands in it beside WordPress's format."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from broadsheet.importing.blocks.convert import convert
from broadsheet.importing.blocks.elements import Surroundings
from broadsheet.importing.export.wordpress import FILES, PICTURES
from broadsheet.importing.records import ImportRefused
from broadsheet.importing.restoring.told import Told
from broadsheet.importing.wordpress.parse import fields_of, meta_of, text_of
from broadsheet.importing.wordpress.xml import elements

KINDS = {
    "wp:term": "people", "wp:tag": "topics", "wp:category": "sections", "attachment": "media", "page": "pages", "post": "stories",
    "broadsheet:redirect": "redirects", "broadsheet:source": "sources", "broadsheet:entry": "record",
}  # fmt: skip


class Wxr:
    """One `export.xml` of ours with its uploads folder; `is_ours` says whether a file is one."""

    def __init__(self, path: Path, media: Path | None) -> None:
        self.path, self.media = path, media or path.parent / "uploads"
        site = counts = None
        self.address = ""
        for name, element, line in self._pieces():
            if name == "broadsheet:site":
                site = Told(self._json(text_of(element), line), path.name, line)
            elif name == "broadsheet:counts":
                counts = Told(self._json(text_of(element), line), path.name, line)
            elif name == "link":
                self.address = text_of(element).strip()
        if site is None or counts is None:
            raise ImportRefused(path.name, "is cut off", "Copy the whole file of the export")
        self.site = site
        self.counts = {kind: counts.number(kind) for kind in counts.record if kind != "media without a file"}

    def records(self, kind: str) -> Iterator[Told]:
        """All records of a kind, in their order."""
        for name, element, line in self._pieces():
            if name.startswith("broadsheet:") and name in KINDS:
                if kind == KINDS[name]:
                    yield Told(self._json(text_of(element), line), self.path.name, line)
                continue
            if name not in ("item", "wp:term", "wp:tag", "wp:category"):
                continue
            fields = fields_of(element)
            found = KINDS.get(fields.get("wp:post_type", "") if name == "item" else name, "")
            meta = meta_of(element, "wp:postmeta" if name == "item" else "wp:termmeta")
            if "_broadsheet" not in meta:
                continue
            record = self._json(meta["_broadsheet"], line)
            if found == "sections" and "address" not in record:
                found = "placements"
            if found == kind:
                yield Told(_newest(record, fields) if kind in ("pages", "stories") else record, self.path.name, line)

    def _pieces(self) -> Iterator[tuple[str, Any, int]]:
        for piece in elements(self.path):
            if piece.element is not None:
                yield piece.name, piece.element, piece.line

    def _json(self, text: str, line: int) -> dict[str, Any]:
        try:
            record = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ImportRefused(self.path.name, "a record is no JSON", "Copy the whole file of the export", line=line) from error
        if not isinstance(record, dict):
            raise ImportRefused(self.path.name, "holds something that is no record", "Copy the whole file of the export", line=line)
        return record


def is_ours(path: Path) -> bool:
    """Whether a file is an export of ours; an export that went through WordPress is WordPress's."""
    try:
        for piece in elements(path):
            if piece.name == "broadsheet:site":
                return True
            if piece.name in ("item", "wp:author", "wp:category", "wp:tag", "wp:term"):
                return False
    except ImportRefused:
        pass
    return False


def _newest(record: dict[str, Any], fields: dict[str, str]) -> dict[str, Any]:
    """The record with the body that the item has, if somebody changed that."""
    body = fields.get("content:encoded", "")
    if hashlib.sha256(body.encode()).hexdigest() == record.get("body_digest"):
        return record
    return record | {"blocks": [_named(block) for block in convert(body, Surroundings()).blocks]}


def _named(block: dict[str, Any]) -> dict[str, Any]:
    value = block["value"]
    if block["type"] == "picture":
        value = _picture(value)
    elif block["type"] == "gallery":
        value = value | {"pictures": [_picture(one) for one in value["pictures"]]}
    return {"type": block["type"], "value": value}


def _picture(value: dict[str, Any]) -> dict[str, Any]:
    number = int(value["attachment"]) if str(value.get("attachment") or "").isdigit() else 0
    return value | {"image": f"picture-{number - PICTURES}" if PICTURES < number < FILES else ""}
