"""The items an import wants, with their bodies as blocks, typeset where that can be done ahead: what costs time and writes nothing."""

from __future__ import annotations

import copy
import fcntl
import gc
import os
import pickle
import queue
import select
import signal
import struct
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Self, cast

import django

from broadsheet.importing.ahead import Ahead, Early, Kept, opened
from broadsheet.importing.blocks.compose import Block
from broadsheet.importing.blocks.convert import numbered
from broadsheet.importing.blocks.elements import Surroundings
from broadsheet.importing.datelines import split_dateline
from broadsheet.importing.ledger import Entry
from broadsheet.importing.records import BrokenOff, ImportRefused, Item, Record
from broadsheet.importing.survey import Sample, Source
from broadsheet.importing.turns import portions
from broadsheet.importing.twin import Twin

if TYPE_CHECKING:
    from broadsheet.importing.mapping import Counterparts
    from broadsheet.stories.typesetting import Body

_SIZE = struct.Struct("!Q")
READ = 500
PARCEL, HEAVY = 25, 1 << 18
"""Items that cross between the processes at a time; fewer where there is so much text in them."""
AHEAD = 10 << 20
"""Bytes of parcels that may wait for the writer: more than a batch of its has, so that the next is there when one is written, and no more memory than that."""
PIPE = 1 << 20
"""Bytes that may be on the way: a whole parcel. The usual 64 KB are taken a piece at a time, and for each the writer has to stop what it does."""
FEW = 150
"""Below this a process of its own takes longer to start than it saves."""
SELDOM = 100_000
"""More objects than before after which Python looks for some that only name each other: a batch has tens of thousands, and hardly any do."""
LARGE = 1 << 20
"""Bytes of export from which on it is started at once, to be there when the export is read."""


@dataclass(frozen=True, slots=True)
class Ready(Record):
    """A body as it is kept here."""

    blocks: list[Block]
    dateline: str
    json: str = ""
    """The same blocks as the database keeps them, where the other process wrote them down, and that text as a string of JSON."""
    quoted: str = ""
    body: Body | None = None
    """Typeset, where the other process did it."""
    shows: Sequence[tuple[int, str, str, str]] | None = None
    """What it refers to, where the other process looked."""


ImageOf = Callable[[str, str], int | None]
"""The picture here that an old id or address means."""
DocumentOf = Callable[[str], int | None]
"""The file here that was at an old address."""


@dataclass(frozen=True, slots=True)
class Prepared(Record):
    """An item to be loaded."""

    entry: Entry
    item: Item
    blocks: list[Block]
    """Its body; pictures carry the ids and addresses the old site gave them. None when the body is ready."""
    unknown: Counter[str]
    """What has no block here, by name."""
    ready: Ready | None = None

    def size(self) -> int:
        """About how much text it holds, which is there in a dozen forms while it is written."""
        return len(self.ready.json if self.ready else self.item.body) + sum(len(one.text) for one in self.item.comments)


@dataclass(frozen=True, slots=True)
class Where:
    """What bodies become part of."""

    database: str
    aliases: Mapping[str, str]
    """Keys of files whose old id an earlier import used for another file."""
    counterparts: Counterparts
    language: str
    more_files: bool
    """Whether files may be taken in while bodies are: what bodies show is not yet all known."""


def prepare(source: Source, early: Kept | None = None) -> Iterator[Prepared | Early]:
    """The items that the ledger marks as wanted, in file order; those that were done ahead as they were kept."""
    again: Iterator[tuple[int, Item]] | None = None
    for batch in source.survey.ledger.batches(READ, wanted=True):
        for entry in batch:
            if early and (done := early.of(entry)):
                yield done
                continue
            item = source.kept(entry.place)
            if item is None:
                again = again or enumerate(source.items())
                item = next((one for place, one in again if place == entry.place), None)
            if item is None:
                return
            converted = source.blocks(item, surroundings(source, item))
            seed = f"{source.survey.site.key[:255]}:{entry.key}"
            yield Prepared(entry, item, numbered(converted.blocks, seed), converted.unknown)


def surroundings(source: Source, item: Item) -> Surroundings:
    """What an item's body refers to outside itself."""
    ledger = source.survey.ledger
    return Surroundings(
        base=source.survey.site.base_url, attachments=ledger.attachments, children=ledger.children(item.source_id),
        reusable=source.survey.reusable, footnotes=item.meta.get("footnotes", ""),
    )  # fmt: skip


def ready(one: Prepared, image_of: ImageOf, document_of: DocumentOf, counterparts: Counterparts) -> Ready:
    """A body with our pictures and files in it and, of a story, its dateline taken out."""
    return parted(one.item, resolved(one.blocks, image_of, document_of), counterparts)


def parted(item: Item, blocks: list[Block], counterparts: Counterparts) -> Ready:
    """A body with its dateline, of a story, taken out."""
    if counterparts.is_page(item.type):
        return Ready(blocks, "")
    dateline, blocks = split_dateline(blocks, marked="_broadsheet_kind" in item.meta)
    return Ready(blocks, dateline)


def resolved(blocks: list[dict[str, Any]], image_of: ImageOf, document_of: DocumentOf) -> list[dict[str, Any]]:
    """Blocks with the pictures and files that old ids and addresses mean by `image_of` and `document_of`."""

    def value(kind: str, held: Any) -> Any:
        if kind == "picture":
            kept = {k: v for k, v in held.items() if k != "attachment"}
            return {**kept, "image": image_of(held.get("attachment", ""), held.get("source", ""))}
        if kind == "gallery":
            return {**held, "pictures": [value("picture", p) for p in held["pictures"]]}
        if kind == "file" and not held.get("document"):
            return {**held, "document": document_of(held.get("url") or "")}
        return held

    return [{**block, "value": value(block["type"], block["value"])} for block in blocks]


class Beside:
    """A process of its own that prepares items while its owner writes the ones before; it ends with the `with` block."""

    def __init__(self, *, twin: bool = False) -> None:
        """`twin` when nothing is begun yet, so that there is nothing which both would hold."""
        self.process: Twin | subprocess.Popen[bytes]
        if twin and Twin.is_safe():
            self.process = Twin(_serve)
        else:
            # Started as a module: no open database, no threads and no lock of ours exist in it.
            command = [sys.executable, "-m", "broadsheet.importing.preparing"]
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
        _widen(self.process.stdout)
        self._waiting: _Parcels = _Parcels(AHEAD)

    @classmethod
    def for_files(cls, files: Sequence[Path]) -> Self | None:
        """One for an export that is large enough to be worth it, on a machine that has room for two."""
        with suppress(OSError):
            return cls(twin=True) if _room_for_two() and sum(path.stat().st_size for path in files) >= LARGE else None
        return None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.process.kill()
        while not self._waiting.empty():
            # Room for the last word of the thread that reads, or it would wait for ever.
            self._waiting.get()
        for stream in (self.process.stdin, self.process.stdout):
            if stream and not stream.closed:
                with suppress(BrokenPipeError):
                    stream.close()
        self.process.wait()

    def go_ahead(self, plan: Ahead) -> None:
        """Have it finish bodies while the export is still read."""
        self._tell(plan)

    def _tell(self, what: Any) -> None:
        assert self.process.stdin  # noqa: S101
        told = pickle.dumps(what, protocol=pickle.HIGHEST_PROTOCOL)
        # One that is gone is missed when something of it is wanted.
        with suppress(BrokenPipeError):
            self.process.stdin.write(_SIZE.pack(len(told)) + told)
            self.process.stdin.flush()

    def prepare(self, source: Source, where: Where | None) -> Iterator[Prepared]:
        """The items in file order. Raises ImportRefused when the export changed since it was read, BrokenOff when the process is gone,
        OSError when there is no room for what it does."""
        assert self.process.stdin and self.process.stdout  # noqa: S101
        self._tell((_for_bodies(source), where))
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        reader = threading.Thread(target=_receive, args=(self.process.stdout, self._waiting), daemon=True)
        reader.start()
        while True:
            parcel = self._waiting.get()
            content: Any = None
            kind, content = pickle.loads(parcel) if parcel else ("broken", None)  # noqa: S301  our own process wrote it
            if kind == "end":
                reader.join()
                return
            if kind == "refused":
                raise ImportRefused(*content[:3], line=content[3])
            if kind == "stopped":
                raise OSError(*content)
            if kind != "items":
                raise BrokenOff("the second process of the import was ended (by lack of memory?)")
            for one in content:
                if type(one) is Early:
                    entry, item, unknown, made = opened(one, source.dated)
                    yield Prepared(entry, item, [], unknown, made)
                else:
                    yield one


class _Parcels(queue.Queue[bytes]):
    """Waits once it holds so many bytes."""

    def _init(self, maxsize: int) -> None:
        super()._init(maxsize)
        self._held = 0

    def _qsize(self) -> int:
        # One that is empty says that nothing follows, and is there all the same.
        return self._held + super()._qsize()

    def _put(self, item: bytes) -> None:
        super()._put(item)
        self._held += len(item)

    def _get(self) -> bytes:
        item = super()._get()
        self._held -= len(item)
        return item


def prepare_beside(source: Source, where: Where | None = None, beside: Beside | None = None) -> Iterator[Prepared]:
    """The same items in the same order, prepared by a process of its own while the caller writes the ones before.

    `where` is nothing when bodies cannot be finished there. Raises ImportRefused when the export changed since it was read.
    """
    if not _room_for_two() or source.survey.ledger.count_wanted() < FEW:
        yield from cast("Iterator[Prepared]", prepare(source))
        return
    with beside or Beside() as process:
        yield from process.prepare(source, where)


def _room_for_two() -> bool:
    return (os.cpu_count() or 1) > 1


def _for_bodies(source: Source) -> Source:
    """The export without what only the loader asks for, which grows with it."""
    slim = copy.copy(source)
    slim.survey = replace(
        source.survey, creators=Counter(), categories=Counter(), reroutes=[], guests={}, parents={}, pinned=[], addresses=Sample(),
        damaged=[], menus={},
    )  # fmt: skip
    return slim


def _heard(stream: BinaryIO) -> Any:
    """The next thing the import says. Raises EOFError when it was over before."""
    size = _SIZE.unpack(_exactly(stream, _SIZE.size))[0]
    return pickle.loads(_exactly(stream, size))  # noqa: S301  the import that started us wrote it


def _exactly(stream: BinaryIO, size: int) -> bytes:
    """So many bytes, and none more: what else has come can still be seen in the pipe."""
    parts = bytearray()
    while len(parts) < size:
        if not (part := os.read(stream.fileno(), size - len(parts))):
            raise EOFError
        parts += part
    return bytes(parts)


def _widen(pipe: IO[bytes] | None) -> None:
    """Let a pipe hold a parcel, where the system can do that and allows it."""
    with suppress(AttributeError, OSError):
        if pipe:
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE)


def _receive(stream: BinaryIO, waiting: _Parcels) -> None:
    """Parcels from the other process; an empty one when it is gone."""
    with suppress(OSError, ValueError):
        while len(head := stream.read(4)) == 4:
            size = struct.unpack("!I", head)[0]
            parcel = stream.read(size)
            if len(parcel) != size:
                break
            waiting.put(parcel)
    waiting.put(b"")


def _serve(hears: BinaryIO, out: BinaryIO) -> None:
    """The other process: an export comes in, its items go out. It ends when nobody reads any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def send(kind: str, content: Any) -> None:
        parcel = pickle.dumps((kind, content), protocol=pickle.HIGHEST_PROTOCOL)
        out.write(struct.pack("!I", len(parcel)) + parcel)
        out.flush()

    with suppress(BrokenPipeError):
        try:
            # Long before the export is read: Django takes its time, where it was not there already.
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.settings")
            django.setup()
            from broadsheet.importing import ahead, finishing

            gc.freeze()
            gc.set_threshold(SELDOM)
            told, asked = _heard(hears), hears.fileno()
            plan, early = told if isinstance(told, ahead.Ahead) else None, None
            if plan:
                early = ahead.go(plan, lambda seconds: bool(select.select([asked], [], [], seconds)[0]))
                told = _heard(hears)
            source, where = told
            here = where is not None and finishing.is_here(where.database)
            holds = here and plan is not None and plan.language == where.language
            items = prepare(source, ahead.Kept(early, where.counterparts) if early and holds else None)
            finish = finishing.Finish(source, where) if here else list
            for parcel in portions(items, PARCEL, lambda one: one.size(), HEAVY):
                send("items", finish(parcel))
            send("end", None)
        except EOFError:
            # The import was over before it had anything for us.
            return
        except ImportRefused as refused:
            send("refused", (refused.file, refused.problem, refused.remedy, refused.line))
        except BrokenPipeError:
            raise
        except OSError as error:
            send("stopped", (error.errno, error.strerror, error.filename))


if __name__ == "__main__":
    # Under its real name, so that both processes mean the same classes.
    from broadsheet.importing import preparing

    preparing._serve(sys.stdin.buffer, sys.stdout.buffer)
