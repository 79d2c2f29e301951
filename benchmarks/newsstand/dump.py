"""A page's text as one gets it without its markup: by copying the page from a browser's window, or from a program that prints pages as text.

`innerText` and the copy of everything selected are Chromium's, line for line (`benchmarks/documents.py --as-chromium` compares).
"""

from __future__ import annotations

import re
from typing import Any

from lxml import html as lxml_html

_SPACED = frozenset("p h1 h2 h3 h4 h5 h6 ul ol blockquote pre table figure dl hr".split())
_LINES = frozenset(
    "div section article header footer nav aside main form li tr dt dd figcaption address fieldset details summary option center body".split()
)
_UNSEEN = frozenset("script style head noscript template iframe svg select textarea input title".split())

_PICTURE = "\ufffc"
"""A picture takes its place in a selection, and leaves no word there."""


def dump(page: str, *, manner: str = "bullets") -> str:
    """The page as plain text: with `bullets` and headings apart, as `inner` text where only paragraphs stand apart, or as `copied`."""
    tree = lxml_html.document_fromstring(page.encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))
    out: list[str] = []
    _walk(tree.find("body") if tree.find("body") is not None else tree, out, 0, manner, False)
    text = "".join(out).replace(_PICTURE, "")
    text = re.sub(r"[ \t]*\n[ \t]*(?=\n)", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[^\S\n]+\n", "\n", text)).strip() + "\n"


def _walk(element: Any, out: list[str], depth: int, manner: str, in_flex: bool) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    style = (element.get("style") or "").replace(" ", "")
    if tag in _UNSEEN or "display:none" in style:
        return
    bullets = manner == "bullets"
    if tag == "br":
        out.append("\n")
    if tag == "img":
        out.append(_PICTURE if manner == "copied" else element.get("alt") or "" if bullets else "")
    nested = depth + 1 if tag in ("ul", "ol") else depth
    before, after = _edges(tag, style, nested, manner, in_flex)
    _until(out, before)
    if tag == "li" and bullets:
        out.append("  " * depth + "• ")
    is_flex = "display:flex" in style or "display:grid" in style
    for part in (element.text, *element):
        if part is None or isinstance(part, str):
            _say(part, out, tag == "pre", is_flex)
            continue
        if isinstance(part.tag, str):
            _walk(part, out, nested, manner, is_flex)
        _say(part.tail, out, tag == "pre", is_flex)
    _until(out, after)
    if tag in ("td", "th"):
        out.append("\t")


def _edges(tag: str, style: str, depth: int, manner: str, in_flex: bool) -> tuple[int, int]:
    """How many line ends stand at least before and behind an element."""
    is_block = in_flex or tag in _LINES or tag in _SPACED or "display:block" in style or "display:flex" in style or "display:grid" in style
    if tag == "br" or not is_block or "display:inline" in style and not in_flex:
        return 0, 0
    if manner == "copied":
        # A selection's text has a line left free behind paragraphs.
        return 1, 2 if tag == "p" and "margin:0" not in style else 1
    spaced = tag == "p" or manner == "bullets" and tag in _SPACED and not (tag in ("ul", "ol") and depth > 1)
    return (2, 2) if spaced else (1, 1)


def _until(out: list[str], ends: int) -> None:
    if not ends:
        return
    tail = "".join(out[-6:]).rstrip(" \t") if out else "\n\n"
    have = len(tail) - len(tail.rstrip("\n"))
    if have < ends:
        out.append("\n" * (ends - have))


def _say(text: str | None, out: list[str], as_is: bool, alone: bool = False) -> None:
    if not text or alone and not text.strip():
        return
    if alone:
        # Text right in a flexible box makes a box of its own.
        _until(out, 1)
    if as_is:
        out.append(text)
        return
    text = re.sub(r"\s+", " ", text)
    if not out or out[-1].endswith(("\n", " ")) or not out[-1]:
        text = text.lstrip(" ")
    if text:
        out.append(text)
