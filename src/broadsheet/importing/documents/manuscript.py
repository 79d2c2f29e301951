"""A text with its own formatting (office file, Markdown, piece of HTML) → headline, facts and body.

Here all is the story's own: after the lines at the top that say who, when and where, everything is body.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from broadsheet.importing.documents import bylines, phrases
from broadsheet.importing.documents.bylines import names
from broadsheet.importing.documents.dates import find_dates
from broadsheet.importing.documents.heading import (
    Facts,
    Reading,
    count_words,
    is_date_line,
    is_sentence,
    split_topics,
    take_labels,
    take_line,
)

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
MAX_HEAD = 10


def read(html: str, *, title: str = "", has_title: bool = False, language: str = "") -> Reading:
    """Take a manuscript apart. `data-kind` on a paragraph says what its style calls it: title, subtitle, byline, date, dateline, caption."""
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    document = lxml_html.document_fromstring(f"<html><body><div>{html}</div></body></html>".encode(), parser=parser)
    root = next(document.iter("body"), document)
    while len(root) == 1 and root[0].tag in ("div", "article", "section", "main", "body") and not (root.text or "").strip():
        root = root[0]
    facts, children = Facts(), [child for child in root if isinstance(child.tag, str)]
    loose = (root.text or "").strip()
    at, headline = (0, "") if loose or has_title and not _repeats(children, title) else _headline(children)
    headline = title or headline
    for child in children[at : at + MAX_HEAD]:
        if loose or not _take(facts, child, language):
            break
        at += 1
    if not facts.topics and not facts.labels:
        while len(children) > at + 1 and (phrases.TAG_WORD.match(_text(children[-1])) or phrases.FILED_WORD.match(_text(children[-1]))):
            take_line(facts, _text(children.pop()), language=language)
    _captions(children)
    body = escape(root.text or "", quote=False) + "".join(
        etree.tostring(child, encoding="unicode", method="html") for child in children[at:]
    )
    return Reading(headline, facts, body, ())


def _repeats(children: list[Any], title: str) -> bool:
    return bool(children) and _text(children[0]).casefold() == title.casefold()


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _kind(element: Any) -> str:
    return element.get("data-kind") or ""


def _headline(children: list[Any]) -> tuple[int, str]:
    """(where the rest begins, headline): a title, else a heading before any prose, else a short first line."""
    top = children[:6]
    for n, child in enumerate(top):
        if _kind(child) == "title" and _text(child):
            return _moved(children, n), _text(child)
    for n, child in enumerate(top):
        if child.tag in ("h1", "h2") and _text(child):
            return _moved(children, n), _text(child)
        if count_words(_text(child)) > 25 or child.tag not in ("p", "div"):
            break
    first = next((n for n, child in enumerate(top) if _text(child)), None)
    if first is not None and children[first].tag in ("p", *_HEADINGS) and not children[first].findall(".//img"):
        text = _text(children[first])
        if count_words(text) <= 25 and len(text) <= 255 and len(children) > first + 1 and not re.search(r"[.。।۔:;,]$", text):
            if not find_dates(text) and not phrases.BYLINE.match(text):
                return first + 1, text
    return 0, ""


def _moved(children: list[Any], n: int) -> int:
    # What stands before the title (a kicker, a date) is read like what stands below it.
    children.pop(n)
    return 0


def _take(facts: Facts, child: Any, language: str) -> bool:
    """Read one paragraph at the top; False for the first that belongs to the body."""
    text, kind = _text(child), _kind(child)
    if child.findall(".//img") or child.tag in ("ul", "ol", "table", "blockquote", "pre", "figure"):
        return False
    if not text:
        return True
    if kind == "subtitle" or (not facts.standfirst and _is_emphasised(child, text) and is_sentence(text) and 6 <= count_words(text) <= 60):
        facts.standfirst = f"{facts.standfirst} {text}".strip()
        return True
    if kind == "byline":
        match = phrases.BYLINE.match(text)
        facts.byline = names(text[match.end() :] if match else text)
        return True
    if child.tag in _HEADINGS or count_words(text) > 45:
        return False
    if phrases.BYLINE.match(text) and count_words(text) <= 14 and not is_sentence(text):
        return take_line(facts, text, language=language)
    if phrases.TAG_WORD.match(text) or phrases.FILED_WORD.match(text) or kind == "date" or is_date_line(text, language=language):
        return take_line(facts, text, language=language)
    # Here stands nothing but the story, so a short line that looks like a name is enough.
    return not is_sentence(text) and not facts.byline and count_words(text) <= 8 and facts.say(bylines.claim(text), 0.5)


def _is_emphasised(child: Any, text: str) -> bool:
    return len(child) == 1 and child[0].tag in ("em", "i", "strong", "b") and _text(child[0]) == text


def _captions(children: list[Any]) -> None:
    """A paragraph styled as a caption belongs to the picture or table before it."""
    for before, child in zip(children, children[1:], strict=False):
        image = before.find(".//img") if before.tag in ("p", "figure") else None
        if _kind(child) != "caption" or image is None or _text(before):
            continue
        before.tag, child.tag = "figure", "figcaption"
        del child.attrib["data-kind"]
        before.append(child)
    children[:] = [child for child in children if child.tag != "figcaption"]


def apply(facts: Facts, said: dict[str, list[str]]) -> None:
    """What front matter or a file's properties say outright."""
    from broadsheet.importing.documents.dates import machine_date

    people = [person for text in said.get("author", ()) for person in (names(text) or (text[:120],))]
    facts.byline = tuple(dict.fromkeys(people)) or facts.byline
    facts.published = next((date for text in said.get("date", ()) if (date := machine_date(text))), None) or facts.published
    facts.updated = next((date for text in said.get("updated", ()) if (date := machine_date(text))), None) or facts.updated
    facts.standfirst = " ".join(said.get("standfirst", ())) or facts.standfirst
    take_labels(facts, [label for text in said.get("section", ()) for label in split_topics(text)])
    facts.topics += [topic for text in said.get("topics", ()) for topic in split_topics(text) if topic not in facts.topics]
