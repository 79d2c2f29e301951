"""A text's lines, and what each is worth as part of a story by its shape alone."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from html import escape

from broadsheet.importing.documents import bylines, phrases
from broadsheet.importing.documents.dates import find_dates
from broadsheet.importing.documents.heading import count_words, is_cjk, is_date_line, is_sentence

_BULLET = re.compile(r"^(\s*)(?:[•‣◦▪●○■\uf0b7]|[*+–-](?=\s)|\d{1,2}[.)](?=\s))\s*")
_CODE = re.compile(r"[={}\\$<>;]|://|\w/\w|\w_\w|\s-{1,2}\w")
_ASSIGNED = re.compile(r"\w=\w|[{}\\$;]|=>")
MAX_LINES = 50_000
_ITEM = 4
"""How many lines at most stand between two dates of a list."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, the paragraph (between blank lines) it belongs to, and what it is worth as part of a story."""

    text: str
    block: int
    bullet: str = ""
    worth: float = 0.0


def split(text: str) -> list[Line]:
    """The lines that hold words, not weighed yet."""
    out: list[Line] = []
    block = 0
    for paragraph in re.split(r"\n[^\S\n]*\n\s*?(?=[^\n]|$)", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")):
        rows = [row for row in paragraph.split("\n") if row.strip()]
        for row in _unwrapped(rows):
            if len(out) >= MAX_LINES:
                return out
            bullet = _BULLET.match(row)
            if bullet and bullet[0].strip()[:1].isdigit() and any(one.start < bullet.end() for one in find_dates(row)):
                bullet = None
            mark = bullet[0].strip() if bullet else ""
            words = " ".join(row[bullet.end() if bullet else 0 :].split())
            if words:
                out.append(Line(words, block, mark))
        block += 1
    return out


def _unwrapped(rows: list[str]) -> list[str]:
    """Lines that a program broke at a margin joined again."""
    if len(rows) < 2 or any(_BULLET.match(row) for row in rows):
        return rows
    # Two lines are a paragraph only when the second goes on with the first; a date stands on a line of its own.
    if len(rows) == 2 and not rows[1].lstrip()[:1].islower() or any(is_date_line(row) for row in rows):
        return rows
    widths = [len(row.rstrip()) for row in rows]
    margin = max(widths)
    if not 45 <= margin <= 100 or any(width < margin - 18 for width in widths[:-1]):
        return rows
    return [" ".join(row.strip() for row in rows)]


def weighed(lines: list[Line], language: str) -> list[Line]:
    """The lines with their worth: prose above zero, -3 a short line, -10 and less furniture, -40 a date, -60 where something else begins."""
    often = Counter(line.text.casefold() for line in lines)
    out: list[Line] = []
    for line in lines:
        worth = _worth(line, often[line.text.casefold()], language)
        # An excerpt stands below the title of its story and breaks off.
        if worth > 0 and out and _breaks_off(line.text) and -12.0 < out[-1].worth < 0 and count_words(line.text) <= 130:
            worth = 0.0
        if (
            worth > 0
            and out
            and out[-1].worth == -40.0
            and count_words(line.text) <= 24
            and any(not one.start for one in find_dates(line.text))
        ):
            worth = -40.0
        out.append(replace(line, worth=worth))
    return out


def _breaks_off(text: str) -> bool:
    return not is_sentence(text) and not text.endswith((":", "：")) or bool(re.search(r"(?:…|\.\.\.)[\])]?$", text))


def _worth(line: Line, times: int, language: str) -> float:
    words, ends = count_words(line.text), is_sentence(line.text)
    if phrases.is_stop(line.text):
        return -60.0
    if phrases.is_noise(line.text):
        return -12.0
    if is_strip(line.text):
        return -12.0
    if words <= 60 and is_date_line(line.text, language=language):
        return -4.0 if line.bullet else -40.0
    if re.match(r"(?:[©ⓒⒸ]|\(c\)|copyright\b)", line.text, re.I):
        return -60.0
    if times > 1 and words < 30:
        return 1.0 if is_code(line.text) else -10.0
    if words >= 16 or (ends and words >= 6):
        # An excerpt that breaks off in the middle of a sentence belongs to a teaser.
        return float(min(words, 120)) if ends or words > (120 if is_cjk(line.text) else 45) else words * 0.25
    if line.bullet:
        return 1.0 if ends or words > 8 else -4.0
    if ends or _CODE.search(line.text):
        return 1.0
    if words >= 4 and line.text.endswith(("，", "、", ",", "،")) or words >= 8 and re.search("[，、]", line.text):
        return words * 0.5
    return -3.0


def is_code(text: str) -> bool:
    """Whether the line could be nothing but code, which repeats its lines."""
    return bool(_ASSIGNED.search(text))


def is_strip(text: str) -> bool:
    """Whether the line is a row of short names with marks between them, as menus are."""
    parts = [part for part in re.split(r"\s[|•·/»›–-]\s|\s?[|•·›»]\s?", text) if part.strip()]
    least = 3 if re.search(r"\s[|·•]\s", text) else 4
    if len(parts) < least or not all(count_words(part) <= 4 for part in parts) or find_dates(text):
        return False
    return len(parts) > 6 or not any(bylines.is_role(part) or bylines.is_agency(part) or phrases.BYLINE.match(part) for part in parts)


def listed(lines: list[Line]) -> set[int]:
    """The dates of lists, each with one paragraph at most below it: teasers and comments. A story that follows a list of dated titles is none of it."""
    dated = [n for n, line in enumerate(lines) if line.worth == -40.0]
    dated = [n for at, n in enumerate(dated) if not at or dated[at - 1] < n - 1]
    out: set[int] = set()
    run: list[int] = []
    for at, n in enumerate(dated):
        after = lines[n + 1 : min(n + 1 + 2 * _ITEM, dated[at + 1] if at + 1 < len(dated) else len(lines))]
        told = sum(line.worth > 0 for line in after)
        run.append(n)
        if told <= 1 and len(after) <= _ITEM and at + 1 < len(dated):
            continue
        if len(run) > 2:
            out.update(run if told <= 1 else run[:-1])
        run = []
    return out


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
