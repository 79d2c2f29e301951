"""What a search is narrowed down to: lists that a story stands in, and a year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

NAMES = ("section", "topic", "person", "kind", "language")
"""Lists that are filters, by the first part of their keys."""
# 9999 is the last year that Python knows, and has no end for it.
_VALUES = {
    **dict.fromkeys(("section", "topic", "person"), re.compile(r"[1-9]\d{0,8}")), "kind": re.compile(r"[a-z]{2,20}"),
    "language": re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}"), "year": re.compile(r"(?!9999)[1-9]\d{3}"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filters:
    """One value of each name at most, as it stands in an address."""

    section: str = ""
    topic: str = ""
    person: str = ""
    kind: str = ""
    language: str = ""
    year: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Self:
        """From an address's query; values that cannot be one are left out."""
        said = {name: asked.get(name) or "" for name in _VALUES}
        return cls(**{name: value for name, value in said.items() if value.isascii() and _VALUES[name].fullmatch(value)})

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the lists a story must stand in."""
        return tuple(f"{name}:{value}" for name in NAMES if (value := getattr(self, name)))

    @property
    def chosen(self) -> dict[str, str]:
        """Names and values, those that there are."""
        return {name: value for name in (*NAMES, "year") if (value := getattr(self, name))}

    def but(self, **values: str) -> Self:
        """The same with other values."""
        return replace(self, **values)


NONE = Filters()
