"""Names that differ in nothing a reader would mind: case, accents, punctuation, order of words, a plural."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable


def sort_key(name: str) -> str:
    """What names that mean the same have in common."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.replace("ß", "ss").casefold()) if not unicodedata.combining(c))
    words = re.findall(r"\w+", plain.replace("&", " and ").replace("ـ", "").replace("'", "").replace("’", ""))
    return " ".join(sorted(word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word for word in words))


def alike(named: Iterable[tuple[int, str]]) -> list[list[tuple[int, str]]]:
    """Groups of two and more (id, name) that are alike, in the order of their names."""
    groups: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for pk, name in named:
        groups[sort_key(name) or name].append((pk, name))
    return [groups[key] for key in sorted(groups) if len(groups[key]) > 1]
