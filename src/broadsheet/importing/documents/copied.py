"""The copied text of a web page → the story in it: where its prose is, its headline, the lines around it, its end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from broadsheet.importing.documents import bylines, heading, phrases
from broadsheet.importing.documents.dates import DAY_BEFORE, find_dates
from broadsheet.importing.documents.heading import Facts, Reading, count_words, take_labels, take_line
from broadsheet.importing.documents.headlines import find_headline
from broadsheet.importing.documents.lines import Line, to_html
from broadsheet.importing.documents.pages import Page, is_title

HEAD = 14
"""How many lines may stand between headline and story."""


def read(lines: list[Line], language: str) -> Reading:
    """Take the text of a page apart."""
    # One mark alone stands between two things that a page says on one line.
    lines = [line for line in lines if len(line.text) > 2 or any(map(str.isalnum, line.text))]
    anchor, first = anchor_of(lines)
    page = Page(lines, first, anchor, language)
    top = find_headline(page)
    headline = lines[top].text if top is not None else ""
    top = first if top is None else top
    start = start_of(page, top if headline else top - 1)
    end = _end(lines, start)
    site = {line.text.casefold() for line in lines[:top] if count_words(line.text) <= 5}
    # The day's date stands beside the site's name.
    site |= {
        DAY_BEFORE.sub("", line.text[: find_dates(line.text)[0].start]).strip(" ,|·-–").casefold()
        for line in lines[:top]
        if line.worth == -40.0
    }
    facts = Facts()
    _below(facts, page, top + 1 if headline else top, start, site)
    if not facts.byline:
        # Some sites bear their only writer's name.
        again = Facts()
        _below(again, page, top + 1 if headline else top, start, set())
        facts.byline, facts.sureness = again.byline, again.sureness
    _above(facts, page, top)
    _after(facts, page, start, end, site)
    left = len(lines) - (end - top)
    note = f"{left} lines around the story left out (menus, teasers, footer)"
    boxed = {m for n in range(start, end) for m in range(n, n + box_at(lines, n))}
    body = [line for n, line in enumerate(lines[start:end], start) if n not in boxed]
    return Reading(headline, facts, to_html(body), (note,))


def _below(facts: Facts, page: Page, start: int, end: int, site: set[str]) -> None:
    """Read the lines between headline and story."""
    beside: list[tuple[str, ...]] = []
    for n in range(start, end):
        text = page.labelled(n)
        if page.kind(n + 1) == "role" and not page.kind(n) and (people := bylines.claim(text, site=site).people):
            beside.append(people)
        elif _is_one_of_several(page, n, start, end):
            beside.append(bylines.claim(text, site=site).people)
        said = take_line(facts, text, language=page.language, known=page.known, site=site, bonus=page.bonus(n, start - 1))
        if not said and not facts.standfirst and count_words(text) >= 6 and not page.is_credit(n):
            facts.standfirst = text
    facts.join(beside)


def _is_one_of_several(page: Page, n: int, start: int, end: int) -> bool:
    """Whether names stand one below the other here, right above a date."""

    def is_one(m: int) -> bool:
        claim = bylines.claim(page.lines[m].text)
        is_clear = claim.weight >= 1.9 and len(claim.people) == 1
        return start <= m < end and not page.kind(m) and is_clear and not page.is_told(page.lines[m].text)

    below = next((m for m in range(n, end) if not is_one(m)), end)
    if below > n and count_words(page.lines[below].text) == 1 and not page.kind(below):
        below += 1  # Where they are.
    return is_one(n) and page.kind(below) == "date" and (below > n + 1 or is_one(n - 1))


def _above(facts: Facts, page: Page, top: int) -> None:
    """Read the lines right above the headline, as far as they belong to it."""
    others = 0
    dated: list[int] = []
    for n in range(top - 1, max(-1, top - 7), -1):
        line = page.lines[n]
        claim = bylines.claim(line.text)
        if line.bullet or others > 1:
            break
        if claim.weight >= 2.4 and phrases.BYLINE.match(line.text):
            take_line(facts, line.text, language=page.language, known=page.known)
        elif line.worth == -40.0:
            dated.insert(0, n)
        elif labels := heading.split_labels(line.text, page.known, loose=True):
            take_labels(facts, labels)
        elif not facts.byline and claim.weight > 1 and page.kind(n + 1) in ("date", "role") and not is_title(page.lines[n - 1]):
            facts.say(claim)
        elif not facts.byline and claim.weight > 1 and n == top - 1 and page.kind(n - 1) == "date":
            facts.say(claim)
        elif not page.is_furniture(n):
            others += 1
    if facts.published is None:
        for n in page.labelled_first(dated):
            sureness = facts.sureness
            take_line(facts, page.labelled(n), language=page.language, known=page.known)
            if facts.sureness > sureness and not phrases.BYLINE.search(page.lines[n].text):
                facts.sureness = 1.5  # Above a headline a section stands beside the date as often as a name.


def _after(facts: Facts, page: Page, start: int, end: int, site: set[str]) -> None:
    """Topics behind the story; who wrote it, where the head does not say so."""
    lines = page.lines
    for line in lines[end : end + 4]:
        if not facts.topics and (phrases.TAG_WORD.match(line.text) or phrases.FILED_WORD.match(line.text) or line.text.startswith("#")):
            for part in line.text.split(" | "):
                take_line(facts, part, language=page.language, known=page.known)
    for n in range(max(start, end - 2), min(len(lines), end + 6)) if facts.published is None else ():
        # Where the head says only when it was changed, the foot may say when it came out.
        text = page.labelled(n)
        if lines[n].worth == -40.0 and phrases.DATE_WORD.match(text) and not phrases.UPDATE_WORD.match(text) and facts.published is None:
            take_line(facts, text, language=page.language, known=page.known)
    writer_after(facts, page, start, end, site)


def writer_after(facts: Facts, page: Page, start: int, end: int, site: Collection[str]) -> None:
    """Who wrote a story whose head does not say so surely: the line that signs it, or a box about its writer."""
    lines = page.lines
    if facts.sureness >= 2.0:
        return
    for n in (*range(end - 1, max(start, end - 3), -1), *range(end, min(len(lines), end + 6))):
        text = lines[n].text
        if n >= end + 3 and not re.fullmatch(r"[(（].+[)）]", text):
            continue
        if page.kind(n) in ("stop", "date") or count_words(text) > 12:
            continue
        is_signed = (
            bool(re.match(r"[—–-]\s?\S|[(（].+[)）]$", text)) or bool(re.search(r"[(（/|]\s?([^()（）\d]+)[)）]?$", text)) and "(" in text
        )
        claim = bylines.claim(text, site=site)
        if claim.weight >= 2.4 or claim.weight > 0.4 and is_signed:
            facts.say(claim, 1.0 if is_signed else 0.0)
    for n in range(max(start, end - 2), min(len(lines), end + 12)):
        _posted(facts, lines[n].text, site)
    if not facts.byline:
        # What stands alone behind the last paragraph and looks like a name signs it.
        n = next((n for n in range(end - 1, min(len(lines), end + 1)) if lines[n].worth <= 0), end)
        if (
            n < len(lines)
            and n > start
            and lines[n - 1].worth > 3
            and not lines[n].bullet
            and not page.kind(n)
            and not page.is_told(lines[n].text)
        ):
            claim = bylines.claim(lines[n].text, site=site)
            facts.say(claim) if claim.weight >= 1.2 and lines[n].text.casefold() not in page.known else None
    for n in range(end, len(lines) - 1):
        if phrases.ABOUT.fullmatch(lines[n].text.strip(" :：")):
            claim = bylines.claim(lines[n + 1].text, site=site)
            if claim.weight > 0:
                facts.say(claim, 0.5)
            return


def _posted(facts: Facts, text: str, site: Collection[str]) -> None:
    """Read the sentence at the foot of a post that says when and by whom it was posted."""
    if not 6 <= len(text) <= 400 or not (match := phrases.POSTED.search(text)):
        return
    found = find_dates(text)
    if len(found) != 1 or facts.published not in (None, found[0].date):
        return
    words = next(part for part in match.groups() if part).strip().split()
    capital = [word for word in words if word[:1].isupper()]
    name = " ".join(words if not match["c"] else capital or words[-1:])
    if bylines.is_name(name) and name.casefold() not in site:
        facts.published = facts.published or found[0].date
        facts.say(bylines.Claim((name,), 2.2))


def start_of(page: Page, top: int) -> int:
    """Where the body begins: behind the last line that belongs to the head."""
    last, edge = top, min(len(page.lines), max(page.first, top) + 5)
    for n in range(top + 1, edge):
        if n - top > HEAD:
            break
        if page.is_head(n):
            last = n
        elif (
            n > page.first
            or n == page.first
            and not any(page.is_head(m) and page.kind(m) != "noise" for m in range(n + 1, min(edge, n + 3)))
        ):
            break
    return last + 1


def anchor_of(lines: list[Line]) -> tuple[int | None, int]:
    """(the date line that belongs to the story, its first line of prose): the first date followed by nearly as much prose as any."""
    found: list[tuple[int, int, float]] = []
    share, last = 1.0, -9
    for n, line in enumerate(lines):
        if phrases.begins_comments(line.text):
            share = 0.2
        if line.worth != -40.0:
            continue
        if n - last > 3 or any(is_title(lines[m]) and count_words(lines[m].text) >= 3 for m in range(last + 1, n)):
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


def _end(lines: list[Line], start: int) -> int:
    """Where what follows the story's start is worth most: behind it come teasers, comments and the footer."""
    best, end, total = 0.0, start, 0.0
    edge = next(
        (n for n in range(start + 1, len(lines)) if lines[n].worth == -60.0 and not box_at(lines, n) or _is_other_story(lines, n)), None
    )
    around = Counter(line.text.casefold() for line in (*lines[:start], *lines[edge or start :]))
    for n in range(start, len(lines) if edge is None else edge):
        worth = max(-3.0, lines[n].worth) if box_at(lines, n) or _is_teaser_within(lines, n - 1) else lines[n].worth
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
    if lines[n].worth != -40.0 or _is_teaser_within(lines, n - 1):
        return False
    return any(
        0 <= m < len(lines) and not lines[m].bullet and lines[m].worth < 0 and not lines[m].text.endswith((":", "："))
        for m in (n - 1, n + 1)
    )


def box_at(lines: list[Line], n: int) -> int:
    """How many lines a box of something else takes that begins here, in the middle of a story; 0 where none does."""
    text = lines[n].text
    if _is_teaser_within(lines, n):
        return 2
    if phrases.begins_comments(text) or not (lines[n].worth == -60.0 or phrases.BOXED.match(text)):
        return 0
    for m in range(n + 1, min(len(lines), n + 8)):
        if lines[m].worth == -40.0 or phrases.begins_comments(lines[m].text):
            return 0
        if lines[m].worth >= (16 if m < n + 5 else 24) or lines[m].worth >= 9 and all(line.worth > 3 for line in lines[m : m + 4]):
            after = sum(max(0.0, line.worth) for line in lines[m : m + 6])
            return m - n if after >= 60 and not any(line.worth == -40.0 for line in lines[m : m + 3]) else 0
    return 0


def _is_teaser_within(lines: list[Line], n: int) -> bool:
    """Whether title and date of another story stand between two paragraphs of this one: where that story begins, only its first words follow."""
    if not 0 < n < len(lines) - 3 or not is_title(lines[n]) or lines[n].worth > 3 or count_words(lines[n].text) < 3:
        return False
    before, date, *after = (lines[m] for m in (n - 1, n + 1, n + 2, n + 3))
    return before.worth > 3 and date.worth == -40.0 and count_words(date.text) <= 8 and all(line.worth > 3 for line in after)
