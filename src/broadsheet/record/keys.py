"""The keys of a story's record, of the corrections of all, and of what is marked in stories: pages made of it hold them, a write touches them."""

from __future__ import annotations

CORRECTIONS = "corrections"


def of(story: int) -> str:
    """What shows the record of a story."""
    return f"record:{story}"


def said_by(person: int) -> str:
    """What shows what somebody said."""
    return f"said:{person}"


def marked_in(list_key: str) -> str:
    """What shows the statements or events of a list's stories."""
    return f"marked:{list_key}"
