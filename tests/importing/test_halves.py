"""Halves of characters in JSON: whatever is cut where, the rest is read as it was."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.importing.halves import MARK, Mended, whole

TEXTS = st.text(st.sampled_from('a\\u"d83é😀') | st.characters(), max_size=30)
UNITS = st.lists(st.sampled_from(["\\ud83d", "\\uDE00", "\\u00e9", "\\\\", '\\"', "ud83d", "x", "é", "\\n"]), max_size=30).map("".join)


def read(data: bytes, size: int) -> tuple[bytes, int]:
    file, out = Mended(io.BytesIO(data)), []
    while part := file.read(size):
        out.append(part)
    return b"".join(out), file.count


@given(UNITS, st.integers(1, 40))
def test_halves_are_marked_wherever_they_are_cut(units, size):
    data = f'["{units}"]'
    there = json.loads(data)[0]
    halves = sum("\ud800" <= char <= "\udfff" for char in there)
    mended, count = read(data.encode(), size)
    assert count == halves and json.loads(mended)[0] == "".join(MARK if "\ud800" <= char <= "\udfff" else char for char in there)
    assert whole(data) == mended.decode()


@given(TEXTS, st.integers(1, 40), st.booleans())
def test_what_is_whole_stays_as_it_is(text, size, ascii_only):
    data = json.dumps([text.encode(errors="ignore").decode()], ensure_ascii=ascii_only)
    assert read(data.encode(), size) == (data.encode(), 0) and whole(data) is data or "\\ud" in data.lower() and whole(data) == data


@pytest.mark.parametrize("data", [b"\\" * 100_001, b"\\\\" * 50_000 + b"ud83d", b"\\u" * 50_000, b"\\ud83d" * 50_000])
def test_nothing_is_held_back_for_long(data):
    file, most = Mended(io.BytesIO(data)), 0
    while file.read(4096):
        most = max(most, len(file._rest))
    assert most <= 24
