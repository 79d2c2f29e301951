"""Plain text: a manuscript, or all the words of a web page with menus, teasers and footers around the story.

Nothing marks what is what, so lines speak by their shape: how long, whether they end as sentences do, whether they are bullets,
hold a date, or stand on the page more than once.
"""

from __future__ import annotations

import re
from collections import Counter

from broadsheet.importing.documents import copied, phrases
from broadsheet.importing.documents.bylines import is_name
from broadsheet.importing.documents.dates import find_dates, order_in
from broadsheet.importing.documents.heading import Facts, Reading, count_words, is_sentence, take_line
from broadsheet.importing.documents.lines import Line, is_strip, split, to_html, weighed
from broadsheet.importing.documents.pages import is_crumb
from broadsheet.importing.records import ImportRefused

_OWNED = re.compile(r"[©ⓒⒸ]|\(c\)|\bcopyright\b", re.I)
_SCRIPTS = {"ko": "[가-힣]", "ja": "[\u3040-\u30ff]", "zh": "[\u4e00-\u9fff]"}


def read(text: str, *, file: str, language: str = "") -> Reading:
    """Find the story in a text; raises ImportRefused when there is none."""
    lines = split(text)
    if not lines:
        raise ImportRefused(file, "holds no words", "Give a file with a story in it")
    language = language or script_of(text) or order_in(text)
    lines = weighed(lines, language)
    return copied.read(lines, language) if _is_page(lines) else _manuscript(lines, language)


def script_of(text: str) -> str:
    """The language, where the script alone tells it: it decides how dates in numbers are read."""
    counts = {tag: len(re.findall(letters, text[:50_000])) for tag, letters in _SCRIPTS.items()}
    return next((tag for tag, count in counts.items() if count > 60), "")


def _is_page(lines: list[Line]) -> bool:
    """Whether there is a page around the story: menus, repeated lines, several dates, standing phrases."""
    menu = longest = 0
    for line in lines:
        menu = menu + 1 if line.bullet and count_words(line.text) <= 5 and not is_sentence(line.text) else 0
        longest = max(longest, menu)
    # A short list above all prose is a menu.
    top = next((n for n, line in enumerate(lines) if line.worth > 3), len(lines))
    early = sum(bool(line.bullet) and count_words(line.text) <= 5 for line in lines[: min(top, 15)]) >= 3
    # So are six short lines and more below each other, a row of names, and a trail whose last name stands below it again.
    rows = [count_words(line.text) <= 3 and not is_sentence(line.text) for line in lines[:30]]
    early = early or any(all(rows[n : n + 6]) for n in range(len(rows) - 5))
    early = early or any(is_crumb(lines, n) or lines[n - 1].worth == -12.0 and is_strip(lines[n - 1].text) for n in range(1, min(top, 15)))
    dates = sum(line.worth == -40.0 for line in lines)
    stops = sum(line.worth == -60.0 for line in lines)
    often = Counter(line.text.casefold() for line in lines if count_words(line.text) > 1)
    repeated = sum(n > 1 for n in often.values())
    noise = sum(line.worth == -12.0 for line in lines)
    # A page ends in the name of whoever owns it.
    owned = bool(_OWNED.search(lines[-1].text)) and count_words(lines[-1].text) <= 20
    signs = (longest >= 5 or early) + owned + min(dates, 4) * 0.5 + min(stops, 3) * 0.7 + min(repeated, 4) * 0.4 + min(noise, 4) * 0.4
    return signs >= 1.6


def _manuscript(lines: list[Line], language: str) -> Reading:
    facts, start = Facts(), 0
    headline = lines[0].text
    if len(headline) <= 255 and (len(lines) == 1 or lines[1].block != lines[0].block or not is_sentence(headline)):
        start = 1
    else:
        headline = ""
    while start < min(len(lines) - 1, 8) and not lines[start].bullet and count_words(lines[start].text) <= 60:
        text = lines[start].text
        if is_sentence(text) and not find_dates(text) and not phrases.BYLINE.match(text) and not phrases.TAG_WORD.match(text):
            break
        if start > 1 and is_name(text) and facts.byline or not take_line(facts, text, language=language):
            break
        start += 1
    end = len(lines)
    while end > start + 1 and _is_list_of_topics(lines[end - 1].text):
        take_line(facts, lines[end - 1].text, language=language)
        end -= 1
    return Reading(headline, facts, to_html(lines[start:end]), ())


def _is_list_of_topics(text: str) -> bool:
    return bool(phrases.TAG_WORD.match(text) or phrases.FILED_WORD.match(text)) and count_words(text) < 80
