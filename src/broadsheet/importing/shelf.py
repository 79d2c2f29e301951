"""Records put into a temporary file one after the other and taken from it in the same order, also by a process beside the one that writes."""

from __future__ import annotations

import os
import struct
import weakref

_HEAD = struct.Struct("!QI")
_AT_ONCE = 1 << 18
"""Bytes that are written at a time."""
ROOM = 1 << 30
"""Bytes that one file may hold; what comes after is not put there."""


class Shelf:
    """Records by place; places ascend. Pickles as the file's name, for a process that only reads."""

    def __init__(self, path: str, *, room: int = ROOM) -> None:
        self.path, self.room = path, room
        self._held = bytearray()
        self._writes = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._close = weakref.finalize(self, os.close, self._writes)
        self._read_from(-1)

    def __getstate__(self) -> tuple[str, int]:
        self.flush()
        return self.path, self.room

    def __setstate__(self, state: tuple[str, int]) -> None:
        self.path, self.room = state
        self._held = bytearray()
        self._read_from(-1)

    def _read_from(self, reads: int) -> None:
        self._reads, self._at, self._last = reads, 0, -1

    def put(self, place: int, content: bytes) -> None:
        """Add a record, unless there is no room left; then there is none for any after it either."""
        self.room -= len(content)
        if self.room >= 0:
            self._held += _HEAD.pack(place, len(content))
            self._held += content
            if len(self._held) >= _AT_ONCE:
                self.flush()

    def flush(self) -> None:
        """Let readers see everything."""
        while self._held:
            del self._held[: os.write(self._writes, self._held)]

    def take(self, place: int) -> bytes | None:
        """The record of a place; nothing where there is none. Cheapest in the order in which they were put."""
        if self._held:
            self.flush()
        if place <= self._last:
            self._at, self._last = 0, -1
        while (head := self._head()) and head[0] < place:
            self._pass(head)
        return self._content(head) if head and head[0] == place else None

    def next(self) -> tuple[int, bytes] | None:
        """The record after the one taken last; nothing while it is not there in full."""
        head = self._head()
        content = self._content(head) if head else None
        return None if head is None or content is None else (head[0], content)

    def _head(self) -> tuple[int, int] | None:
        if self._reads < 0:
            self._reads = os.open(self.path, os.O_RDONLY)
            weakref.finalize(self, os.close, self._reads)
        head = os.pread(self._reads, _HEAD.size, self._at)
        return _HEAD.unpack(head) if len(head) == _HEAD.size else None

    def _content(self, head: tuple[int, int]) -> bytes | None:
        content = os.pread(self._reads, head[1], self._at + _HEAD.size)
        if len(content) < head[1]:
            return None
        self._pass(head)
        return content

    def _pass(self, head: tuple[int, int]) -> None:
        self._last = head[0]
        self._at += _HEAD.size + head[1]
