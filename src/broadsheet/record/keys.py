"""The keys of what is marked in stories: pages made of it hold them, a publish touches them."""

from __future__ import annotations


def said_by(person: int) -> str:
    """What shows what somebody said."""
    return f"said:{person}"


def marked_in(list_key: str) -> str:
    """What shows the statements or events of a list's stories."""
    return f"marked:{list_key}"
