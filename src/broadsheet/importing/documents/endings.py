"""Where a story in a page's copied text ends, and the boxes of something else between its paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from broadsheet.importing.documents import phrases
from broadsheet.importing.documents.heading import count_words
from broadsheet.importing.documents.lines import Line, is_code
from broadsheet.importing.documents.pages import is_title, tokens

_PARAGRAPH = 12
"""How many words make a paragraph of a story, at the least."""
_DATE = 12
"""How many words a line has at most that is a date and its time."""
_TAIL = 12
"""How many lines behind a story's last paragraph may be taken from it."""
_READ = 2000
"""How much of a line is read for its words."""


def end_of(lines: list[Line], start: int) -> int:
    """Where what follows the story's start is worth most: behind it come teasers, comments and the footer."""
    best, end, total = 0.0, start, 0.0
    often = often_in(lines)
    edge = next(
        (
            n
            for n in range(start + 1, len(lines))
            if lines[n].worth == -60.0 and not box_at(lines, n, often) or _is_other_story(lines, n, often)
        ),
        None,
    )
    around = Counter(line.text.casefold() for line in (*lines[:start], *lines[edge or start :]))
    for n in range(start, len(lines) if edge is None else edge):
        worth = max(-3.0, lines[n].worth) if box_at(lines, n, often) or _is_teaser_within(lines, n - 1, often) else lines[n].worth
        # Where the end is known, short lines before it are the story's more often than not, and so are words that only it repeats.
        if edge is not None and worth in (-3.0, -4.0, -10.0) and lines[n].text.casefold() not in around:
            worth = -0.8
        total += worth
        if total > best:
            best, end = total, n + 1
        elif total < best - 160:
            break
    return max(end, min(start + 1, len(lines)))


def _is_other_story(lines: list[Line], n: int, often: Counter[str]) -> bool:
    """Whether a date stands here beside a title or a name: a teaser's or a comment's."""
    if lines[n].worth != -40.0 or _is_teaser_within(lines, n - 1, often):
        return False
    if any(lines[m].worth == -60.0 and box_at(lines, m, often) > n - m for m in range(max(0, n - 3), n)):
        return False
    return any(
        0 <= m < len(lines) and not lines[m].bullet and lines[m].worth < 0 and not lines[m].text.endswith((":", "："))
        for m in (n - 1, n + 1)
    )


def box_at(lines: list[Line], n: int, often: Counter[str]) -> int:
    """How many lines a box of something else takes that begins here, in the middle of a story; 0 where none does."""
    text = lines[n].text
    if _is_teaser_within(lines, n, often):
        return 2
    if phrases.begins_comments(text) or not (lines[n].worth == -60.0 or phrases.BOXED.match(text)):
        return 0
    for m in range(n + 1, min(len(lines), n + 8)):
        if lines[m].worth == -40.0 and not _goes_on(lines, n, m + 1) or phrases.begins_comments(lines[m].text):
            return 0
        if lines[m].worth >= (16 if m < n + 5 else 24) or lines[m].worth >= 9 and all(line.worth > 3 for line in lines[m : m + 4]):
            after = sum(max(0.0, line.worth) for line in lines[m : m + 6])
            return m - n if after >= 60 and not any(line.worth == -40.0 for line in lines[m : m + 3]) else 0
    return 0


def _goes_on(lines: list[Line], n: int, at: int) -> bool:
    """Whether a long paragraph stands at `at` that is told in the words of those before `n`."""
    if at >= len(lines) or lines[at].worth < 2 * _PARAGRAPH:
        return False
    told = {word for line in lines[max(0, n - _TAIL) : n] if line.worth >= _PARAGRAPH for word in tokens(line.text[:_READ])}
    words = tokens(lines[at].text[:_READ])
    return sum(word in told for word in words) * 3 >= len(words)


def _is_teaser_within(lines: list[Line], n: int, often: Counter[str]) -> bool:
    """Whether title and date of another story stand between two paragraphs of this one: where that story begins, only its first words follow."""
    if not 0 < n < len(lines) - 3 or not is_title(lines[n]) or lines[n].worth > 3 or count_words(lines[n].text) < 3:
        return False
    before, date, after, later = (lines[m] for m in (n - 1, n + 1, n + 2, n + 3))
    if (
        date.worth != -40.0
        or count_words(date.text) > _DATE
        or not _is_told(before)
        or not (_is_told(after) or after.bullet and before.bullet)
    ):
        return False
    if later.worth > 3 or later.bullet and after.bullet:
        return True
    # A title that stands elsewhere too is furniture here, unless what follows is told by it.
    words = tokens(lines[n].text)
    told = set(tokens(after.text))
    return often[lines[n].text.casefold()] > 1 and after.worth >= 12 and sum(word in told for word in words) * 3 <= len(words)


def _is_told(line: Line) -> bool:
    """Whether the line is a story's: prose, also such as it says twice, or what it counts up."""
    return bool(line.bullet) or line.worth > 3 or line.worth == -10.0 and count_words(line.text) >= _PARAGRAPH


def often_in(lines: list[Line]) -> Counter[str]:
    """How often each line stands on the page."""
    return Counter(line.text.casefold() for line in lines)


def boxes_within(lines: list[Line], start: int, end: int) -> set[int]:
    """The lines between a story's first and last that belong to boxes of something else."""
    often = often_in(lines)
    out = {m for n in range(start, end) for m in range(n, n + box_at(lines, n, often))}
    # “- Advertisement -” looks like an item of a list, and is one only without its second mark.
    out |= {
        n
        for n, line in enumerate(lines[start:end], start)
        if phrases.is_advertisement(line.text) and (not line.bullet or line.text.endswith(line.bullet))
    }
    inside = often_in(lines[start:end])
    outside = {text for text, times in inside.items() if often[text] > times}
    run: list[int] = []
    for n in range(start, end):
        line = lines[n]
        again = line.text.casefold() in outside
        if not line.bullet and (line.worth in (-3.0, -10.0, -12.0, 0.0) or again and count_words(line.text) > 1):
            run.append(n)
            continue
        out.update(_teasers(run, lines, outside) if run and run[0] > start and line.worth > 3 else ())
        run = []
    return out


def _teasers(run: list[int], lines: list[Line], outside: set[str]) -> list[int]:
    """Of short lines between two paragraphs, those up to the last that stands elsewhere on the page: titles of other stories, with words above."""
    repeated = [n for n in run if lines[n].text.casefold() in outside]
    if not repeated or repeated[-1] == run[0] or repeated[0] - run[0] > 2 or lines[run[0] - 1].worth <= 3:
        return []
    gone = list(range(run[0], repeated[-1] + 1))
    return gone if 2 * len(repeated) >= len(gone) - 1 else []


def without_tail(lines: list[Line], start: int, end: int, byline: Collection[str]) -> int:
    """The end of a story without the lines behind its last paragraph that share no words with it: boxes about its writer, letters to subscribe to."""
    names = tuple(name.casefold() for name in byline)
    often, inside = often_in(lines), often_in(lines[start:end])
    outside = {text for text in inside if often[text] > inside[text]}
    spoken = {n: tokens(lines[n].text[:_READ]) for n in range(max(start, end - 6 * _TAIL), end)}
    best, cut = -3.5, end
    for at in range(end - 1, max(start + 1, end - _TAIL), -1):
        line = lines[at]
        is_of_writer = line.text.casefold().startswith(names) if names else False
        if line.bullet or line.worth > 0 and not is_of_writer:
            continue
        prose = sum(one.worth >= _PARAGRAPH for one in lines[start:at])
        if prose < 2 or 2 * prose < at - start:
            continue
        told = {word[:5] for n in spoken if n < at for word in spoken[n]}
        worth = sum(_worth_of_tail(lines[n], spoken[n], told, outside, names) for n in range(at, end))
        if worth < best:
            best, cut = worth, at
    return cut


def _worth_of_tail(line: Line, mine: list[str], told: set[str], outside: set[str], names: tuple[str, ...]) -> float:
    words = count_words(line.text)
    if names and line.text.casefold().startswith(names) or line.text.casefold() in outside:
        return -4.0
    shared = sum(word[:5] in told for word in mine)  # Words bend at their ends.
    if is_code(line.text):
        return 1.0
    if line.worth <= 0 and not line.bullet:
        return 0.0 if 2 * shared >= len(mine) > 0 else -2.0
    if line.bullet or shared >= 2 or shared * 4 >= len(mine) > 0:
        return float(words)
    return words / 2 if words >= _PARAGRAPH else -1.0
