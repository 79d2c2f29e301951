"""Text → the words that are looked up: the same on both sides, so that neither case, accents nor keyboards part them.

A folded text holds letters, figures and spaces only; whatever else an index or a query means by a sign cannot be in it.
"""

from __future__ import annotations

import re
import unicodedata
from operator import add

SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
"""Scripts in which words are not parted by spaces, or have their particles attached: they are looked up by pairs of characters."""
_RUN = re.compile(f"[{SPACELESS}]+")
# Accents of Latin, Greek and Cyrillic, points of Hebrew, vowel signs and tatweel of Arabic, and what is not seen at all.
_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\xad\u061c\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]+"
)  # fmt: skip
# Signs of Indic scripts stand within words, though Python counts them as no part of one.
# Apostrophes that Unicode counts as letters, of Ukrainian, Uzbek and Hawaiian, are written as the common one just as often.
_BETWEEN = re.compile("(?:[^\\w \u0900-\u0dff\u0e00-\u109f\u1780-\u17ff]|[_\u0964\u0965\u02b9-\u02bf])+")
_FOLDED_ASCII = {n: chr(n).lower() if chr(n).isalnum() else " " for n in range(128)}
_LETTERS = (
    ("ي", "ی"), ("ى", "ی"), ("ك", "ک"), ("ٱ", "ا"), ("ة", "ه"), ("ۃ", "ه"), ("ہ", "ه"), ("ھ", "ه"), ("ە", "ه"),
    ("ø", "o"), ("ł", "l"), ("đ", "d"), ("æ", "ae"), ("œ", "oe"), ("ı", "i"),
)  # fmt: skip
_DIGITS = re.compile("[^\\D0-9]")


def fold(text: str) -> str:
    """The words of a text, parted by spaces; the bigrams of what has no spaces, each run's last character standing alone too."""
    if text.isascii():
        return text.translate(_FOLDED_ASCII)
    # Korean in letters instead of syllables and narrow letters of Japanese are none of these scripts' signs before they are put together.
    text = unicodedata.normalize("NFKC", text)
    spaceless = _RUN.search(text) is not None
    text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    if spaceless:
        # Syllables of Korean and sounded letters of Japanese, put together again.
        text = unicodedata.normalize("NFC", text)
    text = text.casefold()
    for one, other in _LETTERS:
        text = text.replace(one, other)
    text = _DIGITS.sub(_digit, text)
    if spaceless:
        text = _RUN.sub(_pairs, text)
    return _BETWEEN.sub(" ", text)


def words(text: str) -> list[str]:
    """The folded words of a text."""
    return fold(text).split()


def is_spaceless(text: str) -> bool:
    """True when there is a character that is looked up by pairs."""
    return _RUN.search(text) is not None


def _pairs(run: re.Match[str]) -> str:
    return " " + " ".join(map(add, run[0], run[0][1:] + " "))


def _digit(found: re.Match[str]) -> str:
    return str(unicodedata.digit(found[0]))
