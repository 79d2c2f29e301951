"""Which line of a page's copied text is the headline: clues that hold in any language and layout, each with a weight learned from pages.

The weights are those of a logistic choice between the lines of a page (`benchmarks/weigh.py` computes them from pages put together at random and
from the layouts that are worked on); they are not set by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadsheet.importing.documents import bylines, heading, phrases
from broadsheet.importing.documents.heading import count_words, is_sentence
from broadsheet.importing.documents.pages import ARROW, REACH, Page, is_crumb, is_title, trail

_GLUED = re.compile(r"[a-zà-ÿ][A-ZÀ-Þ]")
_MARKS = re.compile(r"\s[|·•›>/]\s|[|·•›>]")
_ENOUGH = 2.0
"""What a headline weighs at least; the weakest right one of a hundred weighs twice that."""
WEIGHTS = {
    "within a title": 2.83, "quoted": 2.81, "repeats one above": 2.69, "next by": 2.62, "second before date and name": 2.62, "second next by": 2.53, "told in the story": 2.24, "end of a trail": 1.91, "is ": 1.80, "end of a trail, short": 1.80, "next date and name": 1.76, "before label": 1.69, "second next role": 1.61, "before date and name": 1.60, "40 words": 1.58, "whole head below": 1.51, "second next reading": 1.45, "next date": 1.37, "date below": 1.33, "next prose": 1.31, "second before date": 1.22, "repeated below": 1.20, "next name": 1.19, "second next noise": 1.14, "2 words": 1.12, "before date": 1.12, "before by": 1.10, "most of it told": 1.04, "second next date": 1.02, "next reading": 0.92, "second next name": 0.91, "7 to 10 above": 0.91, "2 above": 0.87, "6 above": 0.81, "within a title, short": 0.80, "second next prose": 0.74, "after a gap": 0.74, "second next bullet": 0.68, "3 words": 0.66, "3 above": 0.62, "below short lines": 0.61, "far above": 0.61, "is by": 0.60, "title below told more": 0.60, "second next stop": 0.52, "6 words": 0.45, "4 above": 0.41, "second next title": 0.39, "title above the date": 0.35, "4 words": 0.34, "5 above": 0.28, "11 to 16 above": 0.24, "below a whole head": 0.22, "behind the date": 0.21, "second before name": 0.18, "before a gap": 0.15, "next noise": 0.14, "first title": 0.07, "first after a list": 0.07, "second next date and name": 0.00, "second before tags": -0.01, "before tags": -0.01, "list below": -0.04, "second next tags": -0.04, "before role": -0.11, "is reading": -0.12, "byline below": -0.12, "is tags": -0.13, "before bullet": -0.13, "ends in a mark": -0.16, "second before date of a list": -0.17, "run together": -0.19, "next tags": -0.21, "is stop": -0.23, "second before noise": -0.26, "of names in menus": -0.26, "next stop": -0.28, "before name": -0.35, "24 words": -0.35, "no line of words": -0.37, "before noise": -0.38, "second before title": -0.40, "next title": -0.42, "second before prose": -0.43, "second next label": -0.43, "before date of a list": -0.47, "longer title below": -0.47, "title above told more": -0.50, "a name": -0.52, "second before stop": -0.55, "before stop": -0.60, "before reading": -0.62, "second before label": -0.68, "second before reading": -0.73, "second before bullet": -0.74, "is update": -0.77, "second before nothing": -0.77, "is label": -0.80, "second next date of a list": -0.86, "in a menu": -0.88, "next role": -0.90, "9 words": -0.90, "plain lines below": -0.92, "dates below": -0.93, "next label": -0.94, "stop below": -0.98, "1 above": -1.05, "second before by": -1.05, "before title": -1.09, "goes on": -1.33, "first of the story": -1.39, "is role": -1.40, "in the story": -1.42, "is date": -1.55, "next bullet": -1.63, "bullet": -1.71, "is noise": -1.72, "titles below": -1.75, "before nothing": -1.76, "second before role": -1.78, "next date of a list": -1.89, "holds a date": -2.02, "before prose": -2.24, "16 words": -2.29, "repeated": -2.51, "arrow": -2.74, "ends as a sentence": -2.76, "marks": -3.04, "credit": -5.14,
}  # fmt: skip


def find_headline(page: Page) -> int | None:
    """The place of the headline; none where nothing looks like one."""
    lines = range(max(0, page.first - REACH), min(len(page.lines), page.first + 3))
    scores = {n: sum(WEIGHTS.get(clue, 0.0) * value for clue, value in clues(page, n).items()) for n in lines if _may_be(page, n)}
    best = max(scores, key=lambda n: scores[n], default=None)
    if best is None or scores[best] < _ENOUGH:
        return None
    best = _said_first(page, best)
    # A trail leads to the headline below it.
    return best + 1 if is_crumb(page.lines, best + 1) and _MARKS.search(page.lines[best].text) else best


def _said_first(page: Page, n: int) -> int:
    """Where the headline stands for the first time, if a date is between: a body that repeats it does not begin there."""
    text = page.lines[n].text
    above = (m for m in range(max(0, n - REACH), n) if page.lines[m].text == text and not page.lines[m].bullet)
    first = next((m for m in above if any(page.kind(k) in ("date", "update") for k in range(m + 1, n))), n)
    return n if first + 1 in page.listed else first


def _may_be(page: Page, n: int) -> bool:
    text = page.lines[n].text
    if _is_handle(page, n) or _is_of_writer(page, n) or page.is_excerpt(n):
        return False
    if page.kind(n - 1) == "date" and trail(page.lines, n) and is_title(page.lines[n - 2]) and not trail(page.lines, n - 2):
        return False  # The section that a trail above the headline ends in.
    if (age := phrases.age_at_end(text)) and any(0 <= m < len(page.lines) and page.lines[m].text.endswith(age) for m in (n - 1, n + 1)):
        return False  # One of several titles that say how old they are.
    is_named = any(char.isalpha() for char in text) or len(text) > 5
    return len(text) <= 255 and page.kind(n) not in ("date", "update", "noise", "stop", "tags", "by") and is_named


def _is_handle(page: Page, n: int) -> bool:
    """Whether one word stands between a headline and a date that names no writer: the name under which they sign in."""
    line, before = page.lines[n], page.lines[n - 1] if n else None
    if before is None or count_words(line.text) != 1 or page.kind(n + 1) != "date" or page.is_signed(n + 1) or page.is_credit(n - 1):
        return False
    if is_title(before):
        return True
    # Above it, a headline of one word, of digits, or one that ends as a sentence does.
    is_apart = before.worth > -12.0 and not before.bullet and not page.kind(n - 1) and before.text.casefold() not in page.known
    return is_apart and not page.shared(line.text)


def _is_of_writer(page: Page, n: int) -> bool:
    """Whether the line names somebody between a date and a title that the story has more of."""
    line, before = page.lines[n], page.lines[n - 1] if n else None
    if before is None or bylines.claim(line.text).weight < 0.9 or page.is_told(line.text):
        return False
    after = page.lines[n + 1] if n + 1 < page.first else None
    if page.kind(n - 1) == "date" and after is not None and is_title(after) and not page.kind(n + 1) and not page.is_credit(n + 1):
        # Below the date the headline may stand, and its writer below that; but words behind a name say what its bearer does.
        claim = bylines.claim(line.text)
        is_first = bylines.claim(after.text).weight < 1.2 or len(" ".join(claim.people)) + 6 < len(line.text)
        is_strange = claim.weight >= 1.2 and is_first and not page.shared(line.text)
        return is_strange or page.shared(after.text) > max(0.3, page.shared(line.text))
    if page.kind(n + 1) not in ("date", "reading"):
        return False
    if page.is_signed(n + 1) or page.is_credit(n - 1):
        return False  # The date has its writer beside it, or what stands above is a caption.
    is_title_above = (
        before.worth > -12.0 and not before.bullet and page.kind(n - 1) in ("", "reading") and before.text.casefold() not in page.known
    )
    return is_title_above and page.shared(before.text) > page.shared(line.text)


def clues(page: Page, n: int) -> dict[str, float]:
    """What can be seen of line `n` where the story begins at `page.first`; each clue from 0 to 1."""
    return dict(_clues(page, n))


def _clues(page: Page, n: int) -> Iterator[tuple[str, float]]:
    line, words, kind = page.lines[n], count_words(page.lines[n].text), page.kind(n)
    text, gap = line.text, page.first - n
    yield from _length(words, text)
    yield _place(gap), 1.0
    yield f"is {kind}", 1.0
    if line.bullet:
        yield "bullet", 1.0
    if is_sentence(text):
        yield "ends as a sentence" if text[-1:] in ".。۔।" else "ends in a mark", 1.0
    if text.endswith((":", "：", "…", ",", "、")):
        yield "goes on", 1.0
    if ARROW.search(text):
        yield "arrow", 1.0
    if _GLUED.search(text):
        yield "run together", 1.0
    if marks := len(_MARKS.findall(text)):
        yield "marks", min(marks, 4) / 4
    if heading.find_dates(text):
        yield "holds a date", 1.0
    if page.is_credit(n):
        yield "credit", 1.0
    yield "told in the story", page.shared(text)
    if n < page.first and page.unlike(n) == 0:
        yield "most of it told", 1.0
    weight = bylines.claim(text).weight
    if weight > 0.9 and words <= 9:
        yield "a name", min(weight, 3.0) / 3
    yield from _repeated(page, n)
    yield from _beside(page, n)
    yield from _between(page, n)
    if n in page.heads:
        yield "whole head below", 1.0
    elif any(top < n and n - 1 <= end <= n and _is_headline_of_its_own(page, top, n) for top, end in page.heads.items()):
        # The story's own first heading, or the site's name at the date.
        yield "below a whole head", 1.0


def _is_headline_of_its_own(page: Page, top: int, n: int) -> bool:
    """Whether what stands above a writer and a date could be the headline of what is told below, and is no trail to line `n`."""
    line, other = page.lines[top], page.lines[n].text.casefold()
    text = line.text.casefold()
    if not is_title(line) or page.kind(top) or text in page.known or ARROW.search(text) or text in other or other in text:
        return False
    return page.unlike(top) == 0 or page.shared(text) >= 0.3


def _length(words: int, text: str) -> Iterator[tuple[str, float]]:
    for least in (2, 3, 4, 6, 9, 16, 24, 40):
        if words >= least:
            yield f"{least} words", 1.0
    if len(text) > 255 or not any(char.isalpha() for char in text):
        yield "no line of words", 1.0


def _place(gap: int) -> str:
    if gap <= 0:
        return "in the story" if gap < 0 else "first of the story"
    return f"{gap} above" if gap <= 6 else "7 to 10 above" if gap <= 10 else "11 to 16 above" if gap <= 16 else "far above"


def _repeated(page: Page, n: int) -> Iterator[tuple[str, float]]:
    text = page.lines[n].text.casefold()
    if page.often[text] > 1:
        yield "repeated", 1.0
        if n and any(one.text.casefold() == text for one in page.lines[:n]):
            yield "repeats one above", 1.0
        if any(one.text.casefold() == text for one in page.lines[n + 1 : page.first]):
            yield "repeated below", 1.0
    # A trail of few words ends in a section.
    short = "" if count_words(text) > 3 else ", short"
    if is_crumb(page.lines, n):
        yield f"end of a trail{short}", 1.0
    if trail(page.lines, n):
        yield f"within a title{short}", 1.0
    if text in page.quoted:
        yield "quoted", 1.0
    if text in page.known:
        yield "in a menu", 1.0
    elif heading.split_labels(page.lines[n].text, page.known, loose=True) is not None:
        yield "of names in menus", 1.0


def _beside(page: Page, n: int) -> Iterator[tuple[str, float]]:
    lines = page.lines
    for step, name in ((1, "next"), (2, "second next"), (-1, "before"), (-2, "second before")):
        m = n + step
        kind = page.kind(m)
        if kind in ("date", "update"):
            yield f"{name} date of a list" if m in page.listed else f"{name} date", 1.0
            if page.is_signed(m):
                yield f"{name} date and name", 1.0
        elif kind:
            yield f"{name} {kind}", 1.0
        elif 0 <= m < len(lines):
            if lines[m].worth > 3:
                yield f"{name} prose", 1.0
            elif lines[m].bullet:
                yield f"{name} bullet", 1.0
            elif is_title(lines[m]) and count_words(lines[m].text) >= 4:
                yield f"{name} title", 1.0
            elif bylines.claim(lines[m].text).weight >= 1.2:
                yield f"{name} name", 1.0
        else:
            yield f"{name} nothing", 1.0
    if n and lines[n - 1].block != lines[n].block:
        yield "after a gap", 1.0
    if n + 1 < len(lines) and lines[n + 1].block != lines[n].block:
        yield "before a gap", 1.0
    if n and not lines[n].bullet and lines[n - 1].bullet:
        yield "first after a list", 1.0


def _between(page: Page, n: int) -> Iterator[tuple[str, float]]:
    """What stands between the line and the story."""
    between = range(n + 1, page.first)
    kinds = [page.kind(m) for m in between]
    if "date" in kinds or "update" in kinds:
        yield "date below", 1.0
    if "by" in kinds or any(page.is_signed(m) for m, kind in zip(between, kinds, strict=True) if kind in ("date", "update")):
        yield "byline below", 1.0
    if "stop" in kinds:
        yield "stop below", 1.0
    plain = [m for m, kind in zip(between, kinds, strict=True) if not kind]
    yield "plain lines below", min(len(plain), 8) / 8
    titles = [m for m in plain if is_title(page.lines[m]) and count_words(page.lines[m].text) >= 4 and not page.is_credit(m)]
    yield "titles below", min(len(titles), 4) / 4
    words = count_words(page.lines[n].text)
    if any(count_words(page.lines[m].text) > words for m in titles):
        yield "longer title below", 1.0
    told = page.shared(page.lines[n].text)
    if any(page.shared(page.lines[m].text) > told for m in titles):
        yield "title below told more", 1.0
    above = [
        m
        for m in range(max(0, page.first - REACH), n)
        if not page.kind(m) and is_title(page.lines[m]) and not page.is_credit(m) and page.lines[m].text.casefold() not in page.known
    ]
    if words >= 4 and not any(count_words(page.lines[m].text) >= 4 for m in above):
        yield "first title", 1.0
    if words >= 3 and n >= 4 and all(count_words(one.text) <= 3 for one in page.lines[n - 4 : n]):
        yield "below short lines", 1.0
    if any(page.shared(page.lines[m].text) > told for m in above):
        yield "title above told more", 1.0
    if page.anchor is not None and page.anchor < n < page.first:
        yield "behind the date", 1.0
        if any(page.anchor - 5 < m < page.anchor and count_words(page.lines[m].text) >= 3 for m in above):
            yield "title above the date", 1.0
    if sum(bool(page.lines[m].bullet) for m in between) > 2:
        yield "list below", 1.0
    if (
        any(page.kind(m) in ("date", "update") and page.kind(m - 1) not in ("date", "update") for m in between if m > n + 1)
        and sum(k == "date" for k in kinds) > 1
    ):
        yield "dates below", 1.0
