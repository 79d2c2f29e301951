"""A page's text as one gets it by copying the page from a browser's window: lines, bullets, nothing else."""

from __future__ import annotations

import re
from typing import Any

from lxml import html as lxml_html

_SPACED = frozenset("p h1 h2 h3 h4 h5 h6 ul ol blockquote pre table figure dl hr".split())
_LINES = frozenset(
    "div section article header footer nav aside main form li tr dt dd figcaption address fieldset details summary option center body".split()
)
_UNSEEN = frozenset("script style head noscript template iframe svg select textarea input title".split())


def dump(page: str, *, bullets: bool = True) -> str:
    """The page as plain text; without `bullets` as `innerText` has it: only paragraphs stand apart."""
    tree = lxml_html.document_fromstring(page.encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))
    out: list[str] = []
    _walk(tree.find("body") if tree.find("body") is not None else tree, out, 0, bullets)
    text = "".join(out)
    text = re.sub(r"[ \t]*\n[ \t]*(?=\n)", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[^\S\n]+\n", "\n", text)).strip() + "\n"


def _walk(element: Any, out: list[str], depth: int, bullets: bool) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag in _UNSEEN or "display:none" in (element.get("style") or "").replace(" ", ""):
        return
    if tag == "br":
        out.append("\n")
    if tag == "img" and element.get("alt") and bullets:
        out.append(element.get("alt"))
    nested = depth + 1 if tag in ("ul", "ol") else depth
    _edge(tag, out, nested, bullets)
    if tag == "li" and bullets:
        out.append("  " * depth + "• ")
    _say(element.text, out, tag == "pre")
    for child in element:
        if isinstance(child.tag, str):
            _walk(child, out, nested, bullets)
        _say(child.tail, out, tag == "pre")
    _edge(tag, out, nested, bullets)
    if tag in ("td", "th"):
        out.append("\t")


def _edge(tag: str, out: list[str], depth: int, bullets: bool) -> None:
    if tag == "p" or bullets and tag in _SPACED and not (tag in ("ul", "ol") and depth > 1):
        _until(out, 2)
    elif tag in _LINES or tag in _SPACED:
        _until(out, 1)


def _until(out: list[str], ends: int) -> None:
    tail = "".join(out[-6:]).rstrip(" \t") if out else "\n\n"
    have = len(tail) - len(tail.rstrip("\n"))
    out.append("\n" * max(0, ends - have))


def _say(text: str | None, out: list[str], as_is: bool) -> None:
    if not text:
        return
    if as_is:
        out.append(text)
        return
    text = re.sub(r"\s+", " ", text)
    if not out or out[-1].endswith(("\n", " ")) or not out[-1]:
        text = text.lstrip(" ")
    if text:
        out.append(text)
