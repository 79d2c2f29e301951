"""An archive as JSON Lines: one file a kind of record, one record a line (jsonlines.org), originals in `media/`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.utils import timezone

from broadsheet.durable import put_in_place
from broadsheet.importing.export.archive import Archive
from broadsheet.importing.export.files import copied
from broadsheet.importing.export.names import Record, moment

FORMAT, VERSION = "broadsheet", 1
KINDS = ("people", "sections", "placements", "topics", "pages", "stories", "record", "redirects", "sources")
LATER = ("record", "sources")
"""Exports of before there was such a thing have none."""


def write(folder: Path, archive: Archive, *, base: str, progress: Callable[[str], None] = lambda name: None) -> dict[str, int]:
    """Write `site.json`, a `.jsonl` file a kind and `media/` into `folder`; returns how many records of each kind.

    `base` is the site's canonical address. `site.json` is written last: where it is, the export is whole.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "site.json").unlink(missing_ok=True)
    counts: dict[str, int] = {}

    def media() -> Iterator[Record]:
        for record, original in archive.media():
            if not copied(original, folder / "media" / record["file"]):
                counts["media without a file"] = counts.get("media without a file", 0) + 1
            yield record

    readers: dict[str, Callable[[], Iterator[Record]]] = {name: getattr(archive, name) for name in KINDS}
    for name, read in {**readers, "media": media}.items():
        unfinished = folder / f"{name}.jsonl.part"
        counts[name] = 0
        with unfinished.open("w", encoding="utf-8") as out:
            for record in read():
                out.write(_line(record))
                counts[name] += 1
                progress(name)
        put_in_place(unfinished, folder / f"{name}.jsonl")
    head = {"format": FORMAT, "version": VERSION, "written": moment(timezone.now()), "address": base, "counts": counts}
    unfinished = folder / "site.json.part"
    unfinished.write_text(_line(head | archive.site()), encoding="utf-8")
    put_in_place(unfinished, folder / "site.json")
    return counts


def _line(record: Any) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"
