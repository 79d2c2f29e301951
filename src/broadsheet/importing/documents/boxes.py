"""What styles and addresses tell of a page's inline elements: which stand apart though no space is between them, which lead to a writer."""

from __future__ import annotations

import re
from typing import Any

from broadsheet.importing.documents import phrases

WRITERS = re.compile(
    r"/(?:authors?|auteurs?|autor(?:es|en)?|profiles?|by|by-?lines?|staff|writers?|contributors?|journalists?|reporters?|yazar(?:lar)?|katib|kateb)/[^/]",
    re.I,
)
"""Addresses of pages about writers."""
_ROW = 8
"""How many things a line about a story says at most; more are words of a text."""


def leads_to_writer(element: Any) -> bool:
    """Whether it is a link to a page about a writer."""
    return element.tag == "a" and ("author" in (element.get("rel") or "").split() or bool(WRITERS.search(element.get("href") or "")))


def is_block(element: Any) -> bool:
    """Whether its own style sets it on lines of its own."""
    return "display:block" in (element.get("style") or "").replace(" ", "")


def _is_cell(element: Any, block: Any) -> bool:
    """Whether the block is a row of a few elements with spaces between and no words of its own, each of which says one thing."""
    row, before = list(block), element.getprevious()
    if before is None or element.getparent() is not block or not 3 <= len(row) <= _ROW or (block.text or "").strip():
        return False
    if any(one.tag not in ("span", "time") or (one.tail or "").strip() for one in row):
        return False
    if not all(any(map(str.isalnum, "".join(one.itertext()))) for one in row):
        return False  # A list, with its commas.
    said = " ".join("".join(before.itertext()).split())
    return not said.endswith((":", "：")) and not any(
        (match := word.match(said)) and match.end() == len(said) for word in (phrases.BYLINE, phrases.DATE_WORD)
    )


def stands_apart(element: Any, block: Any) -> bool:
    """Whether only a style sets what is in the element apart from what is before it: two boxes that touch."""
    if block.tag in ("h1", "h2", "h3", "p", "li"):
        return is_block(element)
    before = element.getprevious()
    return (
        is_block(element)
        or _is_cell(element, block)
        or (
            element.tag in ("span", "a", "time", "address")
            and before is not None
            and before.tag in ("span", "a", "time", "address")
            and not before.tail
            and "".join(before.itertext())[-1:].isalnum()
            and "".join(element.itertext())[:1].isalnum()
        )
    )
