"""Which catalogue speaks for a publication's language."""

from __future__ import annotations

TRADITIONAL = {"hant", "tw", "hk", "mo"}


def interface_language(tag: str) -> str:
    """The language to activate for a tag such as `pt-BR`; Chinese goes by script, which gettext cannot tell from a region."""
    parts = tag.lower().split("-")
    if parts[0] == "zh":
        return "zh-hant" if TRADITIONAL & set(parts[1:]) else "zh-hans"
    return tag.lower()
