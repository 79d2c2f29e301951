"""What two rows of words or sentences have in common, in no more than so much work."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from difflib import Match, SequenceMatcher
from itertools import accumulate


class _TooMuch(Exception):
    pass


class _Counted(SequenceMatcher[str]):
    """`difflib`, which tells before each step of its search whether it still may take it."""

    def __init__(self, old: Sequence[str], new: Sequence[str], work: int) -> None:
        super().__init__(None, old, new, autojunk=False)
        many = Counter(new)
        self.steps = [0, *accumulate(1 + many[one] for one in old)]
        self.left = work

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        self.left -= self.steps[-1 if ahi is None else ahi] - self.steps[alo]
        if self.left < 0:
            raise _TooMuch
        return super().find_longest_match(alo, ahi, blo, bhi)


def opcodes(old: Sequence[str], new: Sequence[str], work: int) -> Sequence[tuple[str, int, int, int, int]]:
    """As `difflib` has them, where that takes no more than so many steps, of some fifty nanoseconds each.

    Beyond, only what is there once stays in place: of a text without an end of a sentence, or one that repeats itself, it took hours.
    """
    try:
        return _Counted(old, new, work).get_opcodes()
    except _TooMuch:
        pass
    made: list[tuple[str, int, int, int, int]] = []
    i = k = 0
    for j, m in [*_anchors(old, new), (len(old), len(new))]:
        if i < j or k < m:
            made.append(("replace", i, j, k, m))
            made.append(("equal", j, j, m, m))
        if j < len(old):
            _tag, first, _j, second, _m = made.pop() if made else ("", 0, 0, 0, 0)
            made.append(("equal", first, j + 1, second, m + 1))
        i, k = j + 1, m + 1
    return [one for one in made if one[1:3] != (len(old), len(old)) or one[3:] != (len(new), len(new))]


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """What both begin and end with, and between these as much as possible of what each has once, in the order of both."""
    shared = min(len(old), len(new))
    start = next((n for n in range(shared) if old[n] != new[n]), shared)
    end = next((n for n in range(shared - start) if old[-1 - n] != new[-1 - n]), shared - start)
    here, there = ({one: n for n, one in enumerate(side[: len(side) - end]) if n >= start} for side in (old, new))
    many, other = (Counter(side[start : len(side) - end]) for side in (old, new))
    # The longest row of them that ascends in both: the last of the best row of each length, and what stands before each.
    lasts: list[int] = []
    rows: list[tuple[int, int]] = []
    before: dict[int, int] = {}
    for m, n in ((there[one], n) for one, n in here.items() if many[one] == other[one] == 1):
        length = bisect_left(lasts, m)
        before[n] = rows[length - 1][0] if length else -1
        lasts[length : length + 1], rows[length : length + 1] = [m], [(n, m)]
    row: list[tuple[int, int]] = []
    n = rows[-1][0] if rows else -1
    while n >= 0:
        row.append((n, there[old[n]]))
        n = before[n]
    return [
        *((n, n) for n in range(start)), *reversed(row), *((len(old) - n, len(new) - n) for n in range(end, 0, -1)),
    ]  # fmt: skip
