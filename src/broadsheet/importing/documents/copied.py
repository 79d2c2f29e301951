"""The copied text of a web page → the story in it: where its prose is, its headline, the lines around it, its end."""

from __future__ import annotations

import re
from collections.abc import Collection

from broadsheet.importing.documents import bylines, heading, phrases
from broadsheet.importing.documents.anchors import HEAD, anchor_of
from broadsheet.importing.documents.dates import DAY_BEFORE, find_dates
from broadsheet.importing.documents.endings import boxes_within, end_of, without_tail
from broadsheet.importing.documents.heading import Facts, Reading, count_words, take_labels, take_line
from broadsheet.importing.documents.headlines import find_headline
from broadsheet.importing.documents.lines import Line, to_html
from broadsheet.importing.documents.pages import Page, is_title

_SIGNATURE = re.compile(r"[—–]\s?[^\W\d][^.!?:]*|[(（][^()（）.!?:\d]{2,40}[)）]")
"""A line that signs a story."""


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
    end = end_of(lines, start)
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
    if not facts.byline:
        facts.byline = _desk(page, top, start)
    left = len(lines) - (end - top)
    note = f"{left} lines around the story left out (menus, teasers, footer)"
    end = without_tail(lines, start, end, facts.byline)
    boxed = boxes_within(lines, start, end)
    body = [line for n, line in enumerate(lines[start:end], start) if n not in boxed]
    return Reading(headline, facts, to_html(body), (note,))


def _below(facts: Facts, page: Page, start: int, end: int, site: set[str]) -> None:
    """Read the lines between headline and story."""
    beside: list[tuple[str, ...]] = []
    is_own = False
    headline = page.lines[start - 1].text.casefold() if start else ""
    top = start if start < end and page.lines[start].text.casefold() == headline else start - 1
    for n in range(start, end):
        text = page.labelled(n)
        if text.casefold() == headline:
            is_own = bool(facts.byline)
            continue  # It names nobody for being said twice.
        is_own = is_own or n > page.first and facts.sureness >= 2.0 and page.kind(n - 1) not in ("date", "update", "by", "reading")
        if is_own and page.kind(n) == "by":
            continue  # The story's own words begin with whom it is from; the page has said it already.
        if page.kind(n + 1) == "role" and not page.kind(n) and (people := bylines.claim(text, site=site).people):
            beside.append(people)
        elif _is_one_of_several(page, n, start, end):
            beside.append(bylines.claim(text, site=site).people)
        said = take_line(facts, text, language=page.language, known=page.known, site=site, bonus=page.bonus(n, top))
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
    if n < below < len(page.lines) and count_words(page.lines[below].text) == 1 and not page.kind(below):
        below += 1  # Where they are.
    return is_one(n) and page.kind(below) == "date" and (below > n + 1 or is_one(n - 1))


def _desk(page: Page, top: int, start: int) -> tuple[str, ...]:
    """The desk that stands between headline and story where nobody is named."""
    for n in range(top + 1, start):
        text = page.lines[n].text.partition(", ")[0]
        if page.kind(n) == "role" and bylines.is_desk(text) and any(page.kind(m) in ("date", "update", "reading") for m in (n - 1, n + 1)):
            return (bylines.trim(text),)
    return ()


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
    for n in (*range(end - 1, max(start, end - 12), -1), *range(end, min(len(lines), end + 6))):
        text = lines[n].text
        if n < end - 2 and not text.startswith("—"):
            continue
        if n >= end + 3 and not re.fullmatch(r"[(（].+[)）]", text):
            continue
        if page.kind(n) in ("stop", "date") or page.kind(n + 1) == "date" or count_words(text) > 12:
            continue
        is_signed = (
            bool(re.match(r"[—–-]\s?\S|[(（].+[)）]$", text)) or bool(re.search(r"[(（/|]\s?([^()（）\d]+)[)）]?$", text)) and "(" in text
        )
        claim = bylines.claim(text, site=site)
        if claim.weight >= 2.4 or claim.weight > 0.4 and is_signed:
            facts.say(claim, 1.0 if is_signed else 0.0)
        elif _SIGNATURE.fullmatch(text) and not facts.byline and not text.strip(bylines.EDGES).isupper():
            # Between such marks, a name is one whatever it looks like, and be it the site's.
            claim = bylines.claim(text)
            facts.say(claim, 1.8) if claim.weight > -0.5 and len(text.split()) <= 8 else None
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
