"""What a reader typed, as it is kept: without what neither a database nor a page takes, and told apart from what was sent before."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from broadsheet.html import without_control

PASSAGE, PROBLEM, SOURCE, EMAIL = 1_000, 2_000, 500, 254
"""Signs that are taken."""
LINKS = 2
"""Addresses in the text of a report; what shows the mistake has a field of its own."""
# Letters of right-to-left scripts need no such signs; they would turn what stands beside the text.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LINK = re.compile(r"https?:|www\.|\[url|<a\s|href\s*=", re.IGNORECASE)


def tidy(text: str, *, lines: bool = False) -> str:
    """The text without signs that are not for readers, on one line unless `lines`; composed, as searching expects it."""
    clean = unicodedata.normalize("NFC", _TURNING.sub("", without_control(text.replace("\r\n", "\n").replace("\r", "\n"))))
    if not lines:
        return " ".join(clean.split())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in clean.split("\n"))).strip()


def has_many_links(*texts: str) -> bool:
    """Whether there are more addresses than somebody writes who reports a mistake."""
    return sum(len(_LINK.findall(text)) for text in texts) > LINKS


def digest(story: int, passage: str, problem: str) -> str:
    """The same for reports that say the same, however they are spaced and spelt in capitals."""
    said = "\x00".join(" ".join(text.casefold().split()) for text in (passage, problem))
    return hashlib.sha256(f"{story}\x00{said}".encode()).hexdigest()
