"""Quotations in a plain text, by the marks of many typographies; one that goes on in the next paragraph is one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from broadsheet.record.proposing.told import Span

PAIRS = {"“": "”", "«": "»", "„": "“”", "‹": "›", "‘": "’", "「": "」", "『": "』", "»": "«"}
"""Opening marks, and what closes each. Guillemets that point inwards are told by what stands beside them."""
_MARK = re.compile('[“”«»„‹›‘’「」『』"]')
_LINE = re.compile(r"[^\n]+")
GOES_ON = 3
"""Paragraphs in which a quotation that is not closed is waited for to be taken up again."""
_EDGE = " \t\xa0\u202f\u2009"
_WORDS = re.compile(r"\w[\w'’.-]*")
_END = ".!?…,。؟"


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation; in several parts where it goes on in further paragraphs."""

    outer: Span
    """With its marks."""
    inner: Span
    goes_on: bool = False
    """Whether it takes up the one before it."""
    closed: bool = True


def paragraphs(text: str) -> Iterator[Span]:
    """Where the paragraphs stand: a line each."""
    for found in _LINE.finditer(text):
        if not found[0].isspace():
            yield found.span()


def quotations(text: str) -> list[Quotation]:
    """All of a text, in order, none within another, each within one paragraph."""
    made: list[Quotation] = []
    waiting: list[Quotation] = []
    mark = ""
    for start, end in paragraphs(text):
        here, still = _within(text, start, end, mark)
        if mark and not here and len(waiting) < GOES_ON:
            waiting.append(_trimmed(text, start, end, start, end, True, False))
            continue
        if here and here[0].goes_on and (len(waiting) <= 1 or text[here[0].outer[0]] != mark):
            made += waiting
        made += here
        waiting, mark = [], still
    return [one for one in made if one.inner[0] < one.inner[1]]


def _within(text: str, start: int, end: int, open_mark: str) -> tuple[list[Quotation], str]:
    """(quotations of a paragraph, the mark of one that is still open at its end)."""
    made: list[Quotation] = []
    first = text[start:end].lstrip(_EDGE)[:1]
    at = -1
    mark, goes_on, opened, begins = "", False, start, start
    if open_mark:
        if first == open_mark:
            mark, goes_on = open_mark, True
            opened = text.index(first, start)
            at, begins = opened, opened + 1
        elif found := _MARK.search(text, start, end):
            closes = '"' if open_mark == '"' else PAIRS[open_mark]
            if found[0] in closes and _is_close(text, found.start(), start, end, open_mark):
                mark, goes_on, at, begins = open_mark, True, start - 1, start
    for found in _MARK.finditer(text, max(at + 1, start), end):
        here, sign = found.start(), found[0]
        if not mark:
            if _is_open(text, here, start, end, sign):
                mark, opened, begins, goes_on = sign, here, here + 1, False
        elif sign in ('"' if mark == '"' else PAIRS[mark]) and _is_close(text, here, start, end, mark):
            made.append(_trimmed(text, opened, here + 1, begins, here, goes_on, True))
            mark, goes_on = "", False
    if mark and mark != "‘" and not (mark == "»"):
        made.append(_trimmed(text, opened, end, begins, end, goes_on, False))
        return made, mark
    return made, ""


def _is_open(text: str, at: int, start: int, end: int, sign: str) -> bool:
    before, after = text[at - 1] if at > start else " ", text[at + 1] if at + 1 < end else " "
    if sign == '"':
        return not after.isspace() and not before.isalnum()
    if sign == "‘":
        return not before.isalnum() and not after.isspace()
    if sign == "»":
        return not before.isalnum() and before not in ".,!?…" and after.isalnum()
    return sign in PAIRS


def _is_close(text: str, at: int, start: int, end: int, mark: str) -> bool:
    before, after = text[at - 1] if at > start else " ", text[at + 1] if at + 1 < end else " "
    if mark == '"':
        return not after.isalnum() and not (before.isspace() and not after.isspace() and after.isalnum())
    if mark == "‘":
        return not after.isalnum() and not before.isspace()
    if mark == "»":
        return not after.isalnum()
    return True


def _trimmed(text: str, opened: int, closed: int, start: int, end: int, goes_on: bool, is_closed: bool) -> Quotation:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Quotation((opened, closed), (start, end), goes_on, is_closed)


def is_speech(text: str, quotation: Quotation) -> bool:
    """Whether it is what somebody said even where nobody is named: a sentence, not a title and not a word in marks."""
    start, end = quotation.inner
    words = _WORDS.findall(text, start, min(end, start + 2000))
    if len(words) < 4:
        return False
    if quotation.goes_on or not quotation.closed and len(words) > 5:
        return True
    long = [word for word in words if len(word) > 3]
    if len(words) < 14 and long and sum(word[0].isupper() for word in long) > 0.6 * len(long):
        return False
    first, last = text[start], text[end - 1]
    begins = first.isupper() or first.isdigit() or first == "["
    ends = last in _END or text[quotation.outer[1] : quotation.outer[1] + 1] in tuple(_END)
    return begins and ends or len(words) >= 12
