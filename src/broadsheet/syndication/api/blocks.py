"""A body in parts: what was made at publish, taken apart where its parts meet. Drafts are not in it, and no link is looked up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import lxml.html

from broadsheet.html import plain_text, without_control
from broadsheet.syndication.api.shapes import Block
from broadsheet.syndication.api.telling import TOKEN
from broadsheet.syndication.bodies import completed

_HEADING = re.compile(r"h([1-6])")
_BY_CLASS = {
    "buttons": "buttons", "code": "code", "embed": "embed", "factbox": "factbox", "file": "file", "figure": "picture", "gallery": "gallery",
    "player": "player", "pullquote": "pullquote", "quote": "quote", "separator": "separator", "table": "table", "unknown": "html", "verse": "verse",
}  # fmt: skip
"""Types by the first class that a block's template gives what it makes (`docs/contracts/blocks.md`)."""
_BY_TAG = {"p": "paragraph", "ul": "list", "ol": "list", "blockquote": "quote", "pre": "code", "table": "table", "hr": "separator"}


def taken_apart(body_html: str, address: str, tokens: Mapping[str, int]) -> list[Block]:
    """The blocks of a body at a complete address; `tokens` has the ids of pictures by what stands in the names of their files."""
    if not body_html.strip():
        return []
    parts: list[Block] = []
    # However deep it is nested and however long it is.
    parser = lxml.html.HTMLParser(huge_tree=True)
    for one in lxml.html.fragments_fromstring(without_control(body_html), parser=parser):
        if isinstance(one, str):
            html = one
            kind, level = "html", 0
        elif isinstance(one.tag, str):
            text, one.tail = one.tail, None
            html = lxml.html.tostring(one, encoding="unicode")
            one.tail = text
            kind, level = _kind(one)
        else:
            continue
        if html.strip():
            parts.append(_block(kind, level, html, address, tokens))
        if not isinstance(one, str) and one.tail and one.tail.strip():
            parts.append(_block("html", 0, one.tail, address, tokens))
    return parts


def _block(kind: str, level: int, html: str, address: str, tokens: Mapping[str, int]) -> Block:
    clean = completed(html, address).html
    images = list(dict.fromkeys(pk for token in TOKEN.findall(clean) if (pk := tokens.get(token))))
    return {"type": kind, "level": level, "html": clean.strip(), "text": plain_text(clean), "images": images}


def _kind(element: Any) -> tuple[str, int]:
    name = (element.get("class") or "").partition(" ")[0]
    if name in _BY_CLASS:
        return _BY_CLASS[name], 0
    if found := _HEADING.fullmatch(element.tag):
        return "heading", int(found[1])
    return _BY_TAG.get(element.tag, "html"), 0
