"""The items an import wants, with their bodies as blocks: what costs time and needs no database."""

from __future__ import annotations

import copy
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from broadsheet.importing.blocks.compose import Block
from broadsheet.importing.blocks.convert import numbered
from broadsheet.importing.blocks.elements import Surroundings
from broadsheet.importing.ledger import Entry
from broadsheet.importing.records import ImportRefused, Item
from broadsheet.importing.survey import Source

READ = 500
PARCEL = 25
"""Items that cross between the processes at a time."""
AHEAD = 20
"""Parcels that may wait for the writer: enough to be busy while it writes a batch, and no more memory than that."""
FEW = 150
"""Below this a process of its own takes longer to start than it saves."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An item to be loaded."""

    entry: Entry
    item: Item
    blocks: list[Block]
    """Its body; pictures carry the ids and addresses the old site gave them."""
    unknown: Counter[str]
    """What has no block here, by name."""


def prepare(source: Source) -> Iterator[Prepared]:
    """The items that the ledger marks as wanted, in file order."""
    wanted = (entry for batch in source.survey.ledger.batches(READ, wanted=True) for entry in batch)
    entry = next(wanted, None)
    if entry is None:
        return
    for place, item in enumerate(source.items()):
        if place != entry.place:
            continue
        converted = source.blocks(item, surroundings(source, item))
        seed = f"{source.survey.site.key[:255]}:{entry.key}"
        yield Prepared(entry, item, numbered(converted.blocks, seed), converted.unknown)
        entry = next(wanted, None)
        if entry is None:
            return


def surroundings(source: Source, item: Item) -> Surroundings:
    """What an item's body refers to outside itself."""
    ledger = source.survey.ledger
    return Surroundings(
        base=source.survey.site.base_url, attachments=ledger.attachments, children=ledger.children(item.source_id),
        reusable=source.survey.reusable, footnotes=item.meta.get("footnotes", ""),
    )  # fmt: skip


def prepare_beside(source: Source) -> Iterator[Prepared]:
    """The same items in the same order, prepared by a process of its own while the caller writes the ones before.

    Raises ImportRefused when the export changed since it was read.
    """
    ledger = source.survey.ledger
    if (os.cpu_count() or 1) < 2 or ledger.count_wanted() < FEW:
        yield from prepare(source)
        return
    # Started as a module, not forked: no open database, no threads and no lock of ours exist in it.
    command = [sys.executable, "-m", "broadsheet.importing.preparing"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdin and process.stdout  # noqa: S101
        waiting: queue.Queue[bytes] = queue.Queue(AHEAD)
        try:
            with suppress(BrokenPipeError):
                pickle.dump(_for_bodies(source), process.stdin)
                process.stdin.close()
            threading.Thread(target=_receive, args=(process.stdout, waiting), daemon=True).start()
            while True:
                parcel = waiting.get()
                content: Any = None
                kind, content = pickle.loads(parcel) if parcel else ("broken", None)  # noqa: S301  our own process wrote it
                if kind == "end":
                    return
                if kind == "refused":
                    raise ImportRefused(*content[:3], line=content[3])
                if kind != "items":
                    raise RuntimeError("the process that reads the export ended early; what was written so far stays, run the import again")
                yield from content
        finally:
            process.kill()
            while not waiting.empty():
                # Room for the last word of the thread that reads, or it would wait for ever.
                waiting.get()


def _for_bodies(source: Source) -> Source:
    """The export without what only the loader asks for, which grows with it."""
    slim = copy.copy(source)
    slim.survey = replace(source.survey, authors={}, parents={}, pinned=[], addresses=[], damaged=[], menus={})
    return slim


def _receive(stream: BinaryIO, waiting: queue.Queue[bytes]) -> None:
    """Parcels from the other process; an empty one when it is gone."""
    with suppress(OSError, ValueError):
        while len(head := stream.read(4)) == 4:
            size = struct.unpack("!I", head)[0]
            parcel = stream.read(size)
            if len(parcel) != size:
                break
            waiting.put(parcel)
    waiting.put(b"")


def _serve() -> None:
    """The other process: an export comes in, its items go out. It ends when nobody reads any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    out = sys.stdout.buffer

    def send(kind: str, content: Any) -> None:
        parcel = pickle.dumps((kind, content), protocol=pickle.HIGHEST_PROTOCOL)
        out.write(struct.pack("!I", len(parcel)) + parcel)
        out.flush()

    parcel: list[Prepared] = []
    with suppress(BrokenPipeError):
        try:
            for one in prepare(pickle.load(sys.stdin.buffer)):  # noqa: S301  the import that started us wrote it
                parcel.append(one)
                if len(parcel) == PARCEL:
                    send("items", parcel)
                    parcel = []
            send("items", parcel)
            send("end", None)
        except ImportRefused as refused:
            send("refused", (refused.file, refused.problem, refused.remedy, refused.line))


if __name__ == "__main__":
    # Under its real name, so that both processes mean the same classes.
    from broadsheet.importing import preparing

    preparing._serve()
