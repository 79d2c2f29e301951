"""Which line of a page's copied text is the headline: clues that hold in any language and layout, each with a weight learned from pages.

The weights are those of a logistic choice between the lines of a page (`benchmarks/weigh.py` computes them from pages put together at random and
from the layouts that are worked on); they are not set by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadsheet.importing.documents import bylines, heading
from broadsheet.importing.documents.heading import count_words, is_sentence
from broadsheet.importing.documents.pages import ARROW, REACH, Page, is_crumb, is_title, trail

_GLUED = re.compile(r"[a-zà-ÿ][A-ZÀ-Þ]")
_MARKS = re.compile(r"\s[|·•›>/]\s|[|·•›>]")
_ENOUGH = 2.0
"""What a headline weighs at least; the weakest right one of a hundred weighs twice that."""
WEIGHTS = {
    "next by": 3.35, "within a title": 3.17, "repeated below": 3.14, "second next by": 3.09, "next date and name": 3.05, "second before date and name": 2.91, "told in the story": 2.03, "end of a trail": 2.02, "is ": 1.86, "end of a trail, short": 1.71, "second next role": 1.48, "40 words": 1.43, "before date and name": 1.42, "next date": 1.40, "quoted": 1.37, "2 words": 1.36, "next name": 1.26, "second next reading": 1.25, "before date": 1.24, "next prose": 1.19, "second next noise": 1.17, "second next date": 1.12, "7 to 10 above": 1.08, "date below": 1.06, "second next name": 1.05, "before label": 1.04, "next reading": 1.02, "within a title, short": 0.89, "after a gap": 0.88, "second next bullet": 0.79, "repeats one above": 0.77, "before by": 0.75, "below short lines": 0.74, "6 above": 0.68, "second next prose": 0.67, "most of it told": 0.67, "2 above": 0.51, "3 words": 0.51, "5 above": 0.49, "second before date": 0.45, "6 words": 0.37, "4 above": 0.34, "3 above": 0.32, "before a gap": 0.31, "second before name": 0.31, "title below told more": 0.30, "stop below": 0.28, "second next stop": 0.25, "4 words": 0.24, "second next title": 0.22, "title above the date": 0.16, "second next date and name": 0.15, "first after a list": 0.09, "11 to 16 above": 0.08, "list below": 0.02, "second before tags": -0.00, "before tags": -0.00, "first title": -0.01, "next noise": -0.02, "behind the date": -0.05, "run together": -0.09, "second next tags": -0.11, "is tags": -0.13, "far above": -0.13, "next title": -0.14, "before role": -0.19, "of names in menus": -0.19, "next tags": -0.23, "before name": -0.27, "before bullet": -0.31, "next label": -0.35, "second before reading": -0.36, "next stop": -0.37, "a name": -0.39, "ends in a mark": -0.41, "second before title": -0.41, "longer title below": -0.43, "1 above": -0.43, "before noise": -0.46, "is by": -0.46, "9 words": -0.49, "is reading": -0.55, "is update": -0.56, "byline below": -0.56, "second before stop": -0.58, "second before noise": -0.59, "is label": -0.64, "in the story": -0.65, "is noise": -0.65, "second before nothing": -0.69, "is stop": -0.74, "second before bullet": -0.77, "second before prose": -0.77, "title above told more": -0.81, "second before label": -0.91, "in a menu": -0.94, "next role": -0.97, "bullet": -0.98, "no line of words": -1.01, "16 words": -1.02, "before title": -1.06, "before reading": -1.07, "second next label": -1.10, "second before by": -1.16, "before stop": -1.23, "goes on": -1.23, "plain lines below": -1.35, "is role": -1.38, "titles below": -1.40, "is date": -1.41, "24 words": -1.45, "next bullet": -1.47, "first of the story": -1.48, "dates below": -1.56, "second before role": -1.69, "holds a date": -1.73, "repeated": -1.80, "before nothing": -1.83, "arrow": -2.36, "before prose": -2.54, "marks": -2.83, "ends as a sentence": -2.96, "credit": -5.17,
}  # fmt: skip


def find_headline(page: Page) -> int | None:
    """The place of the headline; none where nothing looks like one."""
    lines = range(max(0, page.first - REACH), min(len(page.lines), page.first + 3))
    scores = {n: sum(WEIGHTS.get(clue, 0.0) * value for clue, value in clues(page, n).items()) for n in lines if _may_be(page, n)}
    best = max(scores, key=lambda n: scores[n], default=None)
    if best is None or scores[best] < _ENOUGH:
        return None
    # A trail leads to the headline below it.
    return best + 1 if is_crumb(page.lines, best + 1) and _MARKS.search(page.lines[best].text) else best


def _may_be(page: Page, n: int) -> bool:
    text = page.lines[n].text
    if n and count_words(text) == 1 and page.kind(n + 1) == "date" and is_title(page.lines[n - 1]):
        return False  # A writer's name under which they sign in, between headline and date.
    if _is_of_writer(page, n) or page.is_excerpt(n):
        return False
    if page.kind(n - 1) == "date" and trail(page.lines, n) and is_title(page.lines[n - 2]) and not trail(page.lines, n - 2):
        return False  # The section that a trail above the headline ends in.
    return (
        len(text) <= 255 and page.kind(n) not in ("date", "update", "noise", "stop", "tags", "by") and any(char.isalpha() for char in text)
    )


def _is_of_writer(page: Page, n: int) -> bool:
    """Whether the line names somebody between a date and a title that the story has more of."""
    line, before = page.lines[n], page.lines[n - 1] if n else None
    if before is None or page.kind(n + 1) not in ("date", "reading") or bylines.claim(line.text).weight < 0.9 or page.is_told(line.text):
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
            yield f"{name} date", 1.0
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
