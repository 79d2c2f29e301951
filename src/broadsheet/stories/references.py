"""What a page refers to, read once when it is saved; by itself Wagtail reads the whole page again for each of its parts, and where nothing of it changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from wagtail.models import COMMENTS_RELATION_NAME

OF_A_DRAFT = frozenset({"latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes", COMMENTS_RELATION_NAME})
"""What a page keeps of its drafts: nothing that is shown where its references are asked for."""


@contextmanager
def read_once(page: Any, fields: Collection[str] | None) -> Iterator[None]:
    """Within, the page and its parts are saved; its references are brought up to date behind it, unless the fields saved can hold none."""
    # It asks for the model of pages, which there is none of while ours are made.
    from wagtail import signal_handlers

    if getattr(signal_handlers.reference_index_auto_update_disabled, "value", False):
        # Whoever saves many at once sees to it.
        yield
        return
    with signal_handlers.disable_reference_index_auto_update():
        yield
    if fields is None or not OF_A_DRAFT.issuperset(fields):
        signal_handlers.update_reference_index_on_save(page)
