"""Plain text: a manuscript, or all the words of a web page with menus, teasers and footers around the story.

Nothing marks what is what, so lines speak by their shape: how long, whether they end as sentences do, whether they are bullets,
hold a date, or stand on the page more than once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from html import escape

from broadsheet.importing.documents import heading, phrases
from broadsheet.importing.documents.dates import DAY_BEFORE, find_dates
from broadsheet.importing.documents.heading import Facts, count_words, is_date_line, is_name, is_sentence, take_labels, take_line
from broadsheet.importing.documents.lines import Line, is_strip, split, weighed
from broadsheet.importing.records import ImportRefused

_ARROW = re.compile(r"^[«»‹›←→<>]|[«»‹›←→<>]$")
HEAD = 14
"""How many lines may stand between headline and story."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text taken apart."""

    headline: str
    facts: Facts
    body: str
    """HTML."""
    notes: tuple[str, ...]


def read(text: str, *, file: str, language: str = "") -> Reading:
    """Find the story in a text; raises ImportRefused when there is none."""
    lines = split(text)
    if not lines:
        raise ImportRefused(file, "holds no words", "Give a file with a story in it")
    lines = weighed(lines, language)
    return _page(lines, language) if _is_page(lines) else _manuscript(lines, language)


def _is_page(lines: list[Line]) -> bool:
    """Whether there is a page around the story: menus, repeated lines, several dates, standing phrases."""
    menu = longest = 0
    for line in lines:
        menu = menu + 1 if line.bullet and count_words(line.text) <= 5 and not is_sentence(line.text) else 0
        longest = max(longest, menu)
    dates = sum(line.worth == -40.0 for line in lines)
    stops = sum(line.worth == -60.0 for line in lines)
    often = Counter(line.text.casefold() for line in lines if count_words(line.text) > 1)
    repeated = sum(n > 1 for n in often.values())
    noise = sum(line.worth == -12.0 for line in lines)
    return (longest >= 5) + min(dates, 4) * 0.5 + min(stops, 3) * 0.7 + min(repeated, 4) * 0.4 + min(noise, 4) * 0.4 >= 1.6


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


def _page(lines: list[Line], language: str) -> Reading:
    known = _menu(lines)
    anchor, first = _anchor(lines)
    top, start, headline = _head(lines, first, anchor, known, language)
    end = _end(lines, start)
    site = {line.text.casefold() for line in lines[:top] if count_words(line.text) <= 5}
    # The day's date stands beside the site's name.
    site |= {
        DAY_BEFORE.sub("", line.text[: find_dates(line.text)[0].start]).strip(" ,|·-–").casefold()
        for line in lines[:top]
        if line.worth == -40.0
    }
    facts = _said(lines[top + 1 if headline else top : start], language, known, site)
    if not facts.byline:
        # Some sites bear their only writer's name.
        facts.byline = _said(lines[top + 1 if headline else top : start], language, known, ()).byline
    _above(facts, lines, top, known, language)
    for line in lines[end : end + 4]:
        if not facts.topics and (_is_list_of_topics(line.text) or line.text.startswith("#")):
            for part in line.text.split(" | "):
                take_line(facts, part, language=language, known=known)
    left = len(lines) - (end - top)
    note = f"{left} lines around the story left out (menus, teasers, footer)"
    return Reading(headline, facts, to_html(lines[start:end]), (note,))


def _said(lines: list[Line], language: str, known: dict[str, str], site: Collection[str]) -> Facts:
    facts = Facts()
    for line in lines:
        said = take_line(facts, line.text, language=language, known=known, site=site)
        if not said and not facts.standfirst and count_words(line.text) >= 6:
            facts.standfirst = line.text
    return facts


def _menu(lines: list[Line]) -> dict[str, str]:
    """Names in the page's menus: short bullets, of which there are many together."""
    return {
        line.text.casefold(): line.text
        for n, line in enumerate(lines)
        if not _is_crumb(lines, n + 1) and line.bullet and count_words(line.text) <= 6 and not is_sentence(line.text) and len(line.text) > 1
    }


def _is_crumb(lines: list[Line], n: int) -> bool:
    """Whether the line before leads to this one: the last of a trail of breadcrumbs names the headline."""
    if not 0 < n < len(lines) or lines[n].bullet:
        return False
    text, before = lines[n].text.casefold(), lines[n - 1].text.casefold()
    return before.endswith(text) and (
        bool(lines[n - 1].bullet) if before == text else before[: -len(text)].rstrip().endswith(tuple("/›»>|"))
    )


def _anchor(lines: list[Line]) -> tuple[int | None, int]:
    """(the date line that belongs to the story, its first line of prose): the first date followed by nearly as much prose as any."""
    found: list[tuple[int, int, float]] = []
    share, last = 1.0, -9
    for n, line in enumerate(lines):
        if phrases.begins_comments(line.text):
            share = 0.2
        if line.worth != -40.0:
            continue
        if n - last > 3 or any(_is_title(lines[m]) and count_words(lines[m].text) >= 3 for m in range(last + 1, n)):
            first, mass = _prose_after(lines, n)
            found.append((n, first, mass * share))
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


def _head(lines: list[Line], first: int, anchor: int | None, known: dict[str, str], language: str) -> tuple[int, int, str]:
    """(place of the headline, where the story starts, headline)."""
    low, high = max(0, first - HEAD), min(len(lines), first + 7)
    dated = [n for n in range(low, high) if lines[n].worth == -40.0 and not lines[n].bullet]
    if anchor is not None:
        low, high = max(0, anchor - 7), max(anchor + 2, min(first + 1, anchor + 5))
        dated = [n for n in dated if anchor <= n <= anchor + 3]
    best, place = -99.0, first
    for n in range(low, min(high, len(lines))):
        score = _as_headline(lines, n, first, dated, known, language)
        if score > best:
            best, place = score, n
    headline = lines[place].text if best > -5 else ""
    start = place + 1 if headline else first
    limit = min(len(lines), place + HEAD)
    for n in range(start, limit):
        text = lines[n].text
        if not _is_head_line(lines, n, known, language):
            later = [m for m in dated if n < m <= n + 2]
            if not (later and count_words(text) < 60 and place < n):
                break
        start = n + 1
    return place, start, headline


def _as_headline(lines: list[Line], n: int, first: int, dated: list[int], known: dict[str, str], language: str) -> float:
    line, words = lines[n], count_words(lines[n].text)
    if _is_crumb(lines, n):
        return 9.0
    if (
        line.bullet
        and not line.bullet[0].isdigit()
        or len(line.text) > 255
        or is_strip(line.text)
        or phrases.is_noise(line.text)
        or phrases.is_stop(line.text)
    ):
        return -99.0
    if (
        find_dates(line.text)
        and is_date_line(line.text, language=language)
        or phrases.TAG_WORD.match(line.text)
        or phrases.FILED_WORD.match(line.text)
    ):
        return -99.0
    if phrases.BYLINE.match(line.text) and words <= 6 or heading.split_labels(line.text, known, loose=True) is not None:
        return -50.0
    score = min(words, 6) * 0.4 - max(0, words - 22) * 0.4 - abs(first - n) * 0.15
    below = [d - n for d in dated if d > n]
    above = [n - d for d in dated if d < n]
    if below:
        score += 4.0 - min(below) * 1.0
    if above:
        score = max(score, score - (4.0 - min(below) * 1.0 if below else 0.0) + 2.0 - min(above) * 1.0)
    if n + 1 < len(lines) and phrases.BYLINE.match(lines[n + 1].text) and count_words(lines[n + 1].text) <= 8:
        score += 2.0
    if re.search(r"[.。۔।!]$", line.text):
        score -= 1.5
    if _ARROW.search(line.text):
        score -= 3.0
    if n > first:
        score -= 1.5
    # One title among others is a link in a list.
    if n > 1 and all(_is_title(lines[m]) and lines[m].block == line.block and not _ARROW.search(lines[m].text) for m in (n - 1, n - 2)):
        score -= 2.0
    if (
        n
        and words <= 4
        and is_name(line.text)
        and below
        and min(below) == 1
        and _is_title(lines[n - 1])
        and not _ARROW.search(lines[n - 1].text)
        and (len(lines[n - 1].text) > len(line.text) or " " not in line.text and line.text.islower())
    ):
        score -= 2.5
    return score


def _is_title(line: Line) -> bool:
    return line.worth > -12.0 and not line.bullet and count_words(line.text) >= 2 and not is_sentence(line.text)


def _is_head_line(lines: list[Line], n: int, known: dict[str, str], language: str) -> bool:
    line = lines[n]
    if line.worth in (-40.0, -12.0) or phrases.READING_TIME.fullmatch(line.text):
        return True
    if phrases.COUNTED.fullmatch(line.text) or phrases.TAG_WORD.match(line.text) or phrases.FILED_WORD.match(line.text):
        return True
    words = count_words(line.text)
    if phrases.BYLINE.match(line.text) and words <= 8 and not is_sentence(line.text):
        return True
    if line.bullet:
        return False
    if words <= 6 and heading.SIGNED.match(line.text) and any(lines[m].worth == -40.0 for m in (n - 1, n - 2) if m >= 0):
        return True
    if heading.split_labels(line.text, known) is not None:
        return True
    # A name that stands alone right before the date or the story's first sentence.
    near = any(lines[m].worth == -40.0 for m in range(max(0, n - 1), min(len(lines), n + 3)))
    return near and words <= 4 and is_name(line.text) and lines[n - 1].block != line.block or near and words <= 3 and is_name(line.text)


def _end(lines: list[Line], start: int) -> int:
    """Where what follows the story's start is worth most: behind it come teasers, comments and the footer."""
    best, end, total = 0.0, start, 0.0
    edge = next((n for n in range(start + 1, len(lines)) if lines[n].worth == -60.0 or _is_other_story(lines, n)), None)
    around = Counter(line.text.casefold() for line in (*lines[:start], *lines[edge or start :]))
    for n in range(start, len(lines) if edge is None else edge):
        worth = lines[n].worth
        # Where the end is known, short lines before it are the story's more often than not, and so are words that only it repeats.
        if edge is not None and worth in (-3.0, -4.0, -10.0) and lines[n].text.casefold() not in around:
            worth = -0.8
        total += worth
        if total > best:
            best, end = total, n + 1
        elif total < best - 160:
            break
    return max(end, min(start + 1, len(lines)))


def _is_other_story(lines: list[Line], n: int) -> bool:
    """Whether a date stands here beside a title or a name: a teaser's or a comment's."""
    if lines[n].worth != -40.0:
        return False
    return any(
        0 <= m < len(lines) and not lines[m].bullet and lines[m].worth < 0 and not lines[m].text.endswith((":", "："))
        for m in (n - 1, n + 1)
    )


def _above(facts: Facts, lines: list[Line], top: int, known: dict[str, str], language: str) -> None:
    for n in range(top - 1, max(-1, top - 3), -1):
        line = lines[n]
        if line.bullet:
            return
        if labels := heading.split_labels(line.text, known, loose=True):
            take_labels(facts, labels)
        elif facts.published is None and line.worth == -40.0:
            take_line(facts, line.text, language=language, known=known)
        else:
            return


def to_html(lines: list[Line]) -> str:
    """Paragraphs, lists, and short lines between paragraphs as subheadings where they are that."""
    out: list[str] = []
    n = 0
    while n < len(lines):
        line = lines[n]
        group = [line]
        while (
            n + len(group) < len(lines)
            and lines[n + len(group)].block == line.block
            and bool(lines[n + len(group)].bullet) == bool(line.bullet)
        ):
            group.append(lines[n + len(group)])
        if line.bullet:
            while n + len(group) < len(lines) and lines[n + len(group)].bullet:
                group.append(lines[n + len(group)])
            tag = "ol" if line.bullet[0].isdigit() else "ul"
            out.append(f"<{tag}>" + "".join(f"<li>{escape(one.text, quote=False)}</li>" for one in group) + f"</{tag}>")
        else:
            inner = "<br>".join(escape(one.text, quote=False) for one in group)
            out.append(f"<h2>{inner}</h2>" if _is_subheading(lines, n, len(group)) else f"<p>{inner}</p>")
        n += len(group)
    return "".join(out)


def _is_subheading(lines: list[Line], n: int, size: int) -> bool:
    line = lines[n]
    words = count_words(line.text)
    if size > 1 or not n or n + 1 >= len(lines) or not 1 <= words <= 9 or is_sentence(line.text) or line.text.endswith((":", ",", ";")):
        return False
    before, after = lines[n - 1], lines[n + 1]
    return (
        (is_sentence(before.text) or bool(before.bullet)) and count_words(after.text) > 12 and line.block not in (before.block, after.block)
    )
