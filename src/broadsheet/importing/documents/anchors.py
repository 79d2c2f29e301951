"""Where in a page's copied text the story is: the date that belongs to it, and its first line of prose."""

from __future__ import annotations

from broadsheet.importing.documents import phrases
from broadsheet.importing.documents.heading import count_words
from broadsheet.importing.documents.lines import Line, listed
from broadsheet.importing.documents.pages import is_title

HEAD = 14
"""How many lines may stand between headline and story."""


def anchor_of(lines: list[Line]) -> tuple[int | None, int]:
    """(the date line that belongs to the story, its first line of prose): the first date followed by nearly as much prose as any."""
    found: list[tuple[int, int, float]] = []
    share, last = 1.0, -9
    in_list = listed(lines)
    for n, line in enumerate(lines):
        if phrases.begins_comments(line.text):
            share = 0.2
        if line.worth != -40.0:
            continue
        if n - last > 3 or any(is_title(lines[m]) and count_words(lines[m].text) >= 3 for m in range(last + 1, n)):
            first, mass = _prose_after(lines, n)
            found.append((n, first, mass * (min(share, 0.2) if n in in_list else share)))
        last = n
    most = max((mass for _n, _first, mass in found), default=0.0)
    if most < 12:
        return None, _richest(lines)[0]
    low, high = _richest(lines)
    if sum(max(0.0, line.worth) for line in lines[low:high]) > 6 * most:
        return None, low
    chosen = next(first for _n, first, mass in found if mass >= 0.4 * most)
    # Dates of other stories may stand right above: the nearest counts.
    return max(n for n, first, _mass in found if first == chosen), chosen


def _prose_after(lines: list[Line], at: int) -> tuple[int, float]:
    first, mass = -1, 0.0
    for n in range(at + 1, len(lines)):
        worth = lines[n].worth
        if first < 0 and worth == -60.0 and phrases.begins_comments(lines[n].text) and n - at <= 6:
            continue
        if first < 0 and n - at > HEAD or worth == -60.0 or worth == -40.0 and n - at > 3:
            break
        if worth > 0:
            first = n if first < 0 else first
            mass += min(worth, 45.0)
        elif worth == -3.0 and not lines[n].bullet:
            mass += 1.0
    return (at + 1, 0.0) if first < 0 else (first, mass)


def _richest(lines: list[Line]) -> tuple[int, int]:
    """The run of lines that is worth most."""
    best, best_range, total, start, share = 0.0, (0, len(lines)), 0.0, 0, 1.0
    for n, line in enumerate(lines):
        if phrases.begins_comments(line.text):
            share = 0.2
        if total <= 0:
            total, start = 0.0, n
        total += line.worth * (share if line.worth > 0 else 1.0)
        if total > best:
            best, best_range = total, (start, n + 1)
    return best_range
