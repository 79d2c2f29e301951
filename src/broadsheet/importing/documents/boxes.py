"""What styles and addresses tell of a page's inline elements: which stand apart though no space is between them, which lead to a writer."""

from __future__ import annotations

import re
from typing import Any

WRITERS = re.compile(
    r"/(?:authors?|auteurs?|autor(?:es|en)?|profiles?|by|by-?lines?|staff|writers?|contributors?|journalists?|reporters?|yazar(?:lar)?|katib|kateb)/[^/]",
    re.I,
)
"""Addresses of pages about writers."""


def is_block(element: Any) -> bool:
    """Whether its own style sets it on lines of its own."""
    return "display:block" in (element.get("style") or "").replace(" ", "")


def stands_apart(element: Any, block: Any) -> bool:
    """Whether only a style sets what is in the element apart from what is before it: two boxes that touch."""
    if block.tag in ("h1", "h2", "h3", "p", "li"):
        return is_block(element)
    before = element.getprevious()
    return is_block(element) or (
        element.tag in ("span", "a", "time", "address")
        and before is not None
        and before.tag in ("span", "a", "time", "address")
        and not before.tail
        and "".join(before.itertext())[-1:].isalnum()
        and "".join(element.itertext())[:1].isalnum()
    )
