"""A web page or a piece of HTML → a draft: what the page says of itself first, then its structure."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from broadsheet.html import without_control
from broadsheet.importing.documents import bylines, evidence, heading, phrases, structure
from broadsheet.importing.documents.copied import start_of, writer_after
from broadsheet.importing.documents.dates import order_in
from broadsheet.importing.documents.evidence import Evidence
from broadsheet.importing.documents.heading import Facts, Reading, count_words, is_date_line, take_labels, take_line
from broadsheet.importing.documents.lines import Line, weighed
from broadsheet.importing.documents.pages import Page
from broadsheet.importing.documents.remarks import HEADINGS, is_signed
from broadsheet.importing.documents.structure import Piece
from broadsheet.importing.records import ImportRefused

_ROLE_WORDS = {
    "author": re.compile(r"author|byline|writer|by-?line|contributor"),
    "date": re.compile(r"date|time|published|posted|pubdate"),
    "topics": re.compile(r"tags?|topics?|keywords?|labels?"),
    "labels": re.compile(r"categor(?:y|ies)|cats?|kicker|section|rubric|eyebrow|overline"),
}


def read(text: str, *, file: str) -> tuple[Reading, Evidence]:
    """Find the story in HTML; raises ImportRefused when there is none."""
    tree = parse(text)
    if tree is None:
        raise ImportRefused(
            file, "nests its elements deeper than any page does", "Copy the text of the page from a browser's window into a .txt file"
        )
    if not "".join(tree.itertext()).strip():
        raise ImportRefused(file, "holds no words", "Give a file with a story in it")
    claims = evidence.gather(tree)
    page = structure.lay_out(tree)
    claims.dated = order_in(" ".join(piece.text for piece in page.pieces)) or claims.language
    if not page.pieces:
        raise ImportRefused(file, "holds no words that a reader would see", "Give a file with a story in it")
    place, headline = _headline(page.pieces, claims)
    story = structure.find_story(page, place)
    facts = Facts()
    start = story.pieces[0].number if story.pieces else 0
    known = {
        text.casefold(): text
        for p in page.pieces if p.is_link and (p.number not in range(place - 3, start) or len(p.parts) > 2)
        for text in ([p.text] if len(p.parts) < 2 else p.parts) if 0 < count_words(text) <= 5
    }  # fmt: skip
    site = {claims.site.casefold(), *(part.casefold().strip() for part in re.split(r"\s[|–—:«»-]+\s", claims.title))} - {""}
    lines = weighed(
        [Line("" if p.is_hidden else p.text, p.number, "•" if p.tag == "li" and p.is_link else "") for p in page.pieces], claims.dated
    )
    head = Page(lines, max(start, place + 1), None, claims.dated, known=known)
    if place >= 0 and (later := start_of(head, place)) > start:
        start = later
        structure.begin(story, start)
    lead = _below(
        facts, page.pieces[place + 1 : start] if place >= 0 else page.pieces[max(0, start - 6) : start], story, claims, head, site
    )
    if place >= 0:
        _above(facts, page.pieces[max(0, place - 7) : place], head, site)
    _after(facts, page, story, claims, known)
    if not facts.byline and place >= 0:
        # Some sites bear their only writer's name.
        again = Facts()
        _below(again, page.pieces[place + 1 : start], story, claims, head, set())
        facts.byline, facts.sureness = again.byline, again.sureness
    if story.pieces:
        writer_after(facts, head, start, story.pieces[-1].number + 1, site)
    _trust(facts, claims, headline)
    left = len(page.pieces) - len(story.pieces) - (1 if place >= 0 else 0)
    notes = (f"{left} pieces of the page around the story left out (menus, teasers, footer)",) if left > 3 else ()
    return Reading(headline, facts, structure.to_html(story, lead), notes), claims


def parse(text: str) -> Any:
    """The page as a tree; nothing for one that is nested so deeply that its end would be lost."""
    # The encoding is known by now; what the page says of it would be applied a second time.
    content = without_control(text).encode("utf-8", "replace")
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = lxml_html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return lxml_html.Element("html")
    return None if any("depth" in entry.message for entry in parser.error_log) else tree


def _headline(pieces: list[Piece], claims: Evidence) -> tuple[int, str]:
    """(number of the piece that is the headline or -1, headline)."""
    wanted = [_folded(text) for text in claims.headlines]
    title = _folded(claims.title)
    best, place = 0.0, -1
    for piece in pieces:
        text = _folded(piece.text)
        if not text or len(piece.text) > 300 or piece.is_hidden:
            continue
        score = 0.0
        if piece.tag in ("h1", "h2", "h3"):
            score += {"h1": 3.0, "h2": 1.0, "h3": 0.4}[piece.tag] - (1.5 if piece.is_link else 0.0)
        if text in wanted:
            score += 6.0
        elif any(w.startswith(text) and len(text) > 0.5 * len(w) or text.startswith(w) and len(w) > 0.5 * len(text) for w in wanted):
            score += 3.0
        if len(text) > 2 and text in title:
            # A site's name stands in the title too, and on every page leads home.
            part = len(text) / len(title)
            score += (1.5 + 3.0 * part) * (0.3 if piece.is_link else 1.0)
        if re.search(r"\b(?:headline|entry-title|post-title|article-title|story-title|title)\b", piece.names):
            score += 1.0
        if piece.is_furniture:
            score -= 2.5
        if score > best + (0.01 if place >= 0 else 0.0):
            best, place = score, piece.number
    if best >= 1.0 and place >= 0:
        # A body that repeats its headline does not begin there.
        same = _folded(pieces[place].text)
        place = next(
            (p.number for p in pieces[max(0, place - 12) : place] if _folded(p.text) == same and not p.is_link and not p.is_furniture),
            place,
        )
        return place, pieces[place].text
    claim = next(iter(claims.headlines), "") or re.split(r"\s[|–—«»-]+\s", claims.title)[0]
    return -1, claim.strip()


def _folded(text: str) -> str:
    marks = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\xa0": " "})
    return " ".join(unescape(text).translate(marks).casefold().split())


def _role(piece: Piece) -> str:
    if piece.rel == "author":
        return "author"
    names = piece.names
    return next(
        (role for role, words in _ROLE_WORDS.items() if any(words.fullmatch(n) or words.search(n) and len(n) < 24 for n in names.split())),
        "",
    )


def _below(facts: Facts, pieces: list[Piece], story: structure.Story, claims: Evidence, page: Page, site: set[str]) -> list[Piece]:
    """Read the lines between headline and story; returns what belongs to the story after all."""
    kept: list[Piece] = []
    marked: dict[str, None] = {}
    beside: list[tuple[str, ...]] = []
    for piece in pieces:
        if piece.is_hidden:
            continue
        role = _role(piece)
        text = page.labelled(piece.number)
        if role == "author" and not heading.find_dates(text) and (people := _named(piece, text, site)):
            marked |= dict.fromkeys(people) if piece.rel == "author" or not marked else {}
            facts.say(bylines.Claim(tuple(marked), 3.5 + len(marked) / 100))
            continue
        has_role = page.kind(piece.number + 1) == "role" or any(bylines.is_role(part) for part in heading.statements(text)[1:])
        if has_role and page.kind(piece.number) != "date" and (people := bylines.claim(text, site=site).people):
            beside.append(people)
        if piece.datetime and not facts.published:
            facts.published = evidence.machine_date(piece.datetime)
        said = take_line(
            facts, text, language=claims.dated, known=page.known, site=site, bonus=page.bonus(piece.number, pieces[0].number - 1)
        )
        if said:
            continue
        if count_words(text) >= 6 and not piece.is_furniture and piece.link_share < 0.5 and not page.is_credit(piece.number):
            if not facts.standfirst and not kept and (count_words(text) < 60):
                facts.standfirst = text
            else:
                kept.append(piece)
        elif piece.tag in ("h2", "h3", "h4") and kept:
            kept.append(piece)
    facts.join(beside)
    return kept


def _named(piece: Piece, text: str, site: set[str]) -> tuple[str, ...]:
    """The people in a line that is marked as its writer's; where a link to a writer ends, so does the name: a place may follow."""
    linked = [name for link in piece.writers for name in _people(link, site)]
    people = _people(text, site) or tuple(linked)
    return tuple(dict.fromkeys(name for person in people for name in [one for one in linked if one in person] or [person]))


def _people(text: str, site: set[str]) -> tuple[str, ...]:
    """The people in a line that the page marks as its writer's."""
    claim = bylines.claim(text, site=site)
    if bylines.is_desk(text) and not phrases.BYLINE.match(text):
        return (bylines.trim(text),)
    if claim.people or bylines.is_role(text):
        return claim.people
    match = phrases.BYLINE.match(text)
    return bylines.names(text[match.end() :] if match and match.end() < len(text) else text)


def _above(facts: Facts, pieces: list[Piece], page: Page, site: set[str]) -> None:
    others = 0
    dated: list[int] = []
    for piece in reversed(pieces):
        text, n = piece.text, piece.number
        if piece.is_hidden or phrases.is_noise(text):
            continue
        if is_date_line(text, language=page.language):
            if piece.is_furniture:
                break
            dated.insert(0, n)
        elif labels := heading.split_labels(text, page.known, loose=True):
            take_labels(facts, labels)
        elif _role(piece) == "labels" and count_words(text) <= 6:
            take_labels(facts, piece.parts or [text])
        elif phrases.BYLINE.match(text) and count_words(text) <= 12 and bylines.claim(text).weight >= 2:
            take_line(facts, text, language=page.language, known=page.known, site=site)
        elif _role(piece) == "author" and (people := _people(text, site)):
            facts.say(bylines.Claim(people, 2.5))
        elif (claim := bylines.claim(text, site=site)).weight > 1 and (
            n in dated or any(m in ("date", "role") for m in (page.kind(n - 1), page.kind(n + 1)))
        ):
            facts.say(claim, 0.5)
        elif not page.is_furniture(n):
            others += 1
        if others > 1 or piece.link_share > 0.8 and count_words(text) > 6:
            break
    if facts.published is None:
        for n in page.labelled_first(dated):
            # Beside a date above a headline a link leads to a section, unless it leads to a writer.
            piece = next(one for one in pieces if one.number == n)
            sections = {part.casefold(): part for part in piece.parts if part not in piece.writers}
            take_line(facts, page.labelled(n), language=page.language, known={**page.known, **sections}, site=site)


def _after(facts: Facts, page: structure.Page, story: structure.Story, claims: Evidence, known: dict[str, str]) -> None:
    """Lines right behind the story: topics, sections, at times who wrote it and when."""
    end = story.pieces[-1].number + 1 if story.pieces else 0
    for piece in page.pieces[end : end + 12]:
        text = piece.text
        if is_signed(piece) and page.pieces[piece.number - 1].tag in HEADINGS:
            return  # A reader's remark.
        if phrases.is_stop(text) and not phrases.TAG_WORD.match(text + ":"):
            return
        if phrases.TAG_WORD.match(text) or phrases.FILED_WORD.match(text) or "#" in text and piece.is_link:
            for part in text.split(" | "):
                take_line(
                    facts, ", ".join(piece.parts) if "#" in text and len(piece.parts) > 1 else part, language=claims.dated, known=known
                )
        elif not facts.byline and phrases.BYLINE.match(text) and count_words(text) <= 8:
            take_line(facts, text, language=claims.dated, known=known)
        elif facts.published is None and is_date_line(text, language=claims.dated) and piece.number < end + 4 and not piece.is_furniture:
            take_line(facts, text, language=claims.dated, known=known)


def _trust(facts: Facts, claims: Evidence, headline: str) -> None:
    """What the page says of itself stands above what its lines look like."""
    if claims.byline:
        facts.byline = tuple(dict.fromkeys(claims.byline))
    if claims.published:
        facts.published, facts.is_ambiguous = claims.published, False
    if claims.updated:
        facts.updated = claims.updated
    if claims.labels:
        facts.labels.clear()
        take_labels(facts, claims.labels)
    if claims.topics:
        facts.topics = list(dict.fromkeys(claims.topics))
