"""A moving window over a long text: the part that is being looked at is in memory, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

PIECE = 1 << 18
OVERLAP = 256
ITEM = re.compile(rb"<item(?=[\s>/])")


class Window:
    """Positions are counted from where the window stands, `passed` bytes from the beginning.

    `openings` counts every `<item` that came by, whatever it is part of.
    """

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._data, self._at = b"", 0
        self.line, self.passed, self.ended, self.openings = 1, 0, False, 0
        self._found: dict[bytes, tuple[int, int, tuple[int, int] | None]] = {}
        """By pattern: searched from where, how far, and what was found, counted from the beginning of the text."""

    def more(self) -> bool:
        """Read on, as much again as is held; whether there was anything."""
        rest = self._data[self._at :]
        fresh, size = [], 0
        while size < max(PIECE, len(rest)):
            piece = next(self._pieces, None)
            if piece is None:
                self.ended = True
                break
            fresh.append(piece)
            size += len(piece)
        added = b"".join(fresh)
        # An opening may lie across the seam; its last character is looked at too.
        self.openings += len(ITEM.findall(rest[-5:] + added)) - len(ITEM.findall(rest[-5:]))
        self._data, self._at = rest + added, 0
        return bool(added)

    def __len__(self) -> int:
        return len(self._data) - self._at

    def head(self, size: int) -> bytes:
        """The next bytes, fewer at the end."""
        while len(self) < size and not self.ended:
            self.more()
        return self._data[self._at : self._at + size]

    def match(self, pattern: re.Pattern[bytes], limit: int = 1 << 16) -> re.Match[bytes] | None:
        """What stands here, if it is this."""
        size = 1 << 10
        while True:
            found = pattern.match(self.head(size))
            if found or size >= limit or len(self) < size:
                return found
            size *= 4

    def find(self, pattern: re.Pattern[bytes], start: int, limit: int) -> tuple[int, int] | None:
        """Where the pattern stands next, searched as far as `limit`. What was searched once is not searched again."""
        if len(self._found) > 64:
            self._found.clear()
        since, until, span = self._found.get(pattern.pattern, (0, -1, None))
        first = self.passed + start
        if until < 0 or first < since or span and span[0] < first:
            since, until, span = first, first, None
        while span is None:
            at = self._at + max(start, until - OVERLAP - self.passed)
            found = pattern.search(self._data, at)
            until = self.passed + len(self)
            if found:
                span = found.start() - self._at + self.passed, found.end() - self._at + self.passed
            elif self.ended or len(self) >= limit:
                break
            else:
                self.more()
        self._found[pattern.pattern] = since, until, span
        return (span[0] - self.passed, span[1] - self.passed) if span else None

    def skip(self, size: int) -> bytes:
        """Move on; returns what was passed."""
        passed = self.head(size)
        self.line += passed.count(b"\n")
        self._at += len(passed)
        self.passed += len(passed)
        return passed

    def skip_to(self, pattern: re.Pattern[bytes]) -> int:
        """Move on to the pattern or the end, however far; returns how many bytes of text, not space, were passed."""
        passed = 0
        while True:
            self.head(1)
            found = self.find(pattern, 0, PIECE)
            if found:
                return passed + len(self.skip(found[0]).strip())
            if self.ended:
                return passed + len(self.skip(len(self)).strip())
            passed += len(self.skip(max(0, len(self) - OVERLAP)).strip())
            self.more()
