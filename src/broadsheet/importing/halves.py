"""Halves of characters in JSON: a script that cuts a text after so many units leaves one behind, and no parser takes it (RFC 8259, section 8.2)."""

from __future__ import annotations

import re
from typing import IO

_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)
_MAY_BE_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
_ESCAPE_IN_TEXT, _IN_TEXT = re.compile(_ESCAPE.pattern.decode(), re.DOTALL), re.compile(_MAY_BE_HALF.pattern.decode())
_FIRST_HALF = re.compile(rb"\\u[dD][89abAB][0-9a-fA-F]{2}")
_LONGEST = 12
"""Bytes of the two escapes of one character."""
MARK = "\ufffd"
"""Stands where half a character was."""
HALVED = f"half a character where a text was cut, read as {MARK}"


def whole(text: str) -> str:
    """JSON without halves of characters; the same text where there are none."""
    return _ESCAPE_IN_TEXT.sub(lambda match: match[0] if match["half"] is None else r"\ufffd", text) if _IN_TEXT.search(text) else text


class Mended:
    """A file of JSON whose halves of characters are read as U+FFFD; how many there were is in `count`."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.count, self._rest = file, 0, b""

    def read(self, size: int = -1) -> bytes:
        """About so many bytes more; none at the end."""
        while True:
            new = self.file.read(size)
            data = self._rest + new
            end = _end_of_whole(data) if new and size >= 0 else len(data)
            self._rest = data[end:]
            if end or not new:
                return self._mended(data[:end])

    def _mended(self, data: bytes) -> bytes:
        return _ESCAPE.sub(self._one, data) if _MAY_BE_HALF.search(data) else data

    def _one(self, match: re.Match[bytes]) -> bytes:
        if match["half"] is None:
            return match[0]
        self.count += 1
        return b"\\ufffd"


def _end_of_whole(data: bytes) -> int:
    """Where the escapes end that are there with all of their bytes, and with the second of two that are one character."""
    at = data.find(b"\\", max(0, len(data) - _LONGEST))
    if at < 0:
        return len(data)
    at = _begin(data, at)
    # What may be the first half of a character is not parted from what may be the second.
    return at - 6 if _FIRST_HALF.match(data, max(0, at - 6)) and at >= 6 and _begin(data, at - 6) == at - 6 else at


def _begin(data: bytes, at: int) -> int:
    """Where the escape begins that this backslash is of: a row of them begins with one, and two are one escape."""
    start = at
    while start and data[start - 1] == 0x5C:
        start -= 1
    return start + (at - start) // 2 * 2
