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
    "next by": 2.33, "within a title": 2.3, "second next by": 2.02, "is ": 2.0, "second before date and name": 1.93, "told in the story": 1.87, "repeated below": 1.86, "next date and name": 1.81, "next date": 1.3, "second next role": 1.18, "2 words": 1.11, "next name": 1.07, "end of a trail": 1.07, "before label": 1.06, "before date": 1.0, "most of it told": 0.95, "second next date": 0.9, "before date and name": 0.87, "after a gap": 0.85, "quoted": 0.8, "next reading": 0.8, "7 to 10 above": 0.78, "second next name": 0.72, "40 words": 0.7, "3 words": 0.68, "second next noise": 0.68, "6 above": 0.67, "before by": 0.67, "date below": 0.63, "next prose": 0.6, "second next reading": 0.5, "2 above": 0.39, "6 words": 0.36, "5 above": 0.34, "second before name": 0.33, "second before date": 0.33, "second next bullet": 0.26, "second next prose": 0.22, "stop below": 0.18, "repeats one above": 0.16, "4 above": 0.16, "list below": 0.14, "before a gap": 0.12, "3 above": 0.12, "4 words": 0.12, "second next stop": 0.11, "title below told more": 0.1, "11 to 16 above": 0.1, "byline below": 0.07, "run together": 0.04, "second next title": 0.0, "second before tags": -0.0, "before tags": -0.0, "second next date and name": -0.01, "second before stop": -0.02, "first after a list": -0.03, "is tags": -0.05, "second next tags": -0.07, "next tags": -0.08, "ends in a mark": -0.09, "next label": -0.12, "before name": -0.13, "before role": -0.15, "second before reading": -0.15, "of names in menus": -0.15, "next stop": -0.15, "is update": -0.18, "is by": -0.19, "is stop": -0.19, "is label": -0.2, "a name": -0.21, "next noise": -0.22, "is reading": -0.29, "next title": -0.29, "before bullet": -0.32, "is noise": -0.34, "before stop": -0.4, "second before title": -0.42, "second before bullet": -0.42, "far above": -0.43, "before noise": -0.43, "1 above": -0.45, "second before nothing": -0.5, "second before noise": -0.51, "in a menu": -0.52, "9 words": -0.53, "is role": -0.55, "second before label": -0.57, "bullet": -0.61, "second before by": -0.61, "longer title below": -0.62, "before reading": -0.64, "in the story": -0.64, "second before prose": -0.65, "second next label": -0.65, "next bullet": -0.69, "is date": -0.7, "no line of words": -0.71, "next role": -0.73, "16 words": -0.87, "goes on": -0.93, "24 words": -0.96, "first of the story": -1.01, "second before role": -1.03, "titles below": -1.07, "before title": -1.07, "repeated": -1.11, "holds a date": -1.11, "before nothing": -1.23, "plain lines below": -1.39, "arrow": -1.52, "marks": -1.58, "dates below": -1.6, "before prose": -1.89, "ends as a sentence": -2.48, "credit": -3.55,
}  # fmt: skip


def find_headline(page: Page) -> int | None:
    """The place of the headline; none where nothing looks like one."""
    lines = range(max(0, page.first - REACH), min(len(page.lines), page.first + 3))
    scores = {n: sum(WEIGHTS.get(clue, 0.0) * value for clue, value in clues(page, n).items()) for n in lines if _may_be(page, n)}
    best = max(scores, key=lambda n: scores[n], default=None)
    return best if best is not None and scores[best] >= _ENOUGH else None


def _may_be(page: Page, n: int) -> bool:
    text = page.lines[n].text
    if n and count_words(text) == 1 and page.kind(n + 1) == "date" and is_title(page.lines[n - 1]):
        return False  # A writer's name under which they sign in, between headline and date.
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
