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
    "is ": 3.0, "next by": 2.82, "repeated below": 2.71, "within a title": 2.63, "second next by": 2.2, "told in the story": 1.87, "before by": 1.84, "before date and name": 1.77, "next date and name": 1.67, "end of a trail": 1.67, "40 words": 1.47, "next name": 1.28, "2 words": 1.21, "next date": 1.2, "second next role": 1.2, "before label": 1.17, "second next noise": 1.17, "second next name": 1.05, "second before date and name": 1.03, "quoted": 0.97, "most of it told": 0.94, "after a gap": 0.89, "7 to 10 above": 0.85, "before date": 0.77, "byline below": 0.75, "second next date": 0.66, "6 words": 0.64, "second next reading": 0.64, "6 above": 0.62, "3 words": 0.59, "second before date": 0.54, "before a gap": 0.41, "second next prose": 0.4, "5 above": 0.39, "11 to 16 above": 0.38, "3 above": 0.38, "stop below": 0.38, "4 above": 0.37, "date below": 0.34, "next prose": 0.31, "list below": 0.28, "run together": 0.18, "title below told more": 0.15, "ends in a mark": 0.14, "2 above": 0.13, "is tags": -0.05, "far above": -0.06, "second next bullet": -0.06, "before tags": -0.06, "is stop": -0.07, "second next tags": -0.08, "first after a list": -0.09, "before bullet": -0.11, "is label": -0.13, "before role": -0.18, "second next stop": -0.2, "next title": -0.22, "is update": -0.22, "second next date and name": -0.27, "before name": -0.3, "next stop": -0.3, "is date": -0.32, "before stop": -0.33, "of names in menus": -0.34, "is reading": -0.38, "next role": -0.38, "repeats one above": -0.4, "is by": -0.42, "before noise": -0.45, "second before role": -0.46, "next noise": -0.49, "a name": -0.52, "longer title below": -0.53, "no line of words": -0.57, "in a menu": -0.61, "second before title": -0.62, "is role": -0.65, "second before noise": -0.69, "1 above": -0.74, "second before label": -0.75, "is noise": -0.77, "in the story": -0.78, "second before by": -0.83, "second next label": -0.85, "9 words": -0.85, "second before reading": -0.96, "next bullet": -0.96, "holds a date": -0.98, "second before nothing": -1.04, "24 words": -1.07, "second before prose": -1.1, "titles below": -1.11, "16 words": -1.11, "before title": -1.19, "bullet": -1.32, "before nothing": -1.44, "goes on": -1.45, "first of the story": -1.54, "repeated": -1.59, "before reading": -1.89, "plain lines below": -1.95, "dates below": -1.95, "arrow": -2.02, "before prose": -2.11, "ends as a sentence": -2.48, "marks": -2.5, "credit": -3.78,
}  # fmt: skip


def find_headline(page: Page) -> int | None:
    """The place of the headline; none where nothing looks like one."""
    lines = range(max(0, page.first - REACH), min(len(page.lines), page.first + 3))
    scores = {n: sum(WEIGHTS.get(clue, 0.0) * value for clue, value in clues(page, n).items()) for n in lines if _may_be(page, n)}
    best = max(scores, key=lambda n: scores[n], default=None)
    return best if best is not None and scores[best] >= _ENOUGH else None


def _may_be(page: Page, n: int) -> bool:
    text = page.lines[n].text
    return (
        len(text) <= 255 and page.kind(n) not in ("date", "update", "noise", "stop", "tags", "by") and any(char.isalpha() for char in text)
    )


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
    if is_crumb(page.lines, n):
        yield "end of a trail", 1.0
    if trail(page.lines, n):
        yield "within a title", 1.0
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
    if sum(bool(page.lines[m].bullet) for m in between) > 2:
        yield "list below", 1.0
    if (
        any(page.kind(m) in ("date", "update") and page.kind(m - 1) not in ("date", "update") for m in between if m > n + 1)
        and sum(k == "date" for k in kinds) > 1
    ):
        yield "dates below", 1.0
