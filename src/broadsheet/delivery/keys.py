"""What a page is made of, as keys: noted while it is rendered, touched when what they name is written.

A key is `<kind>:<id>`. A page that holds a key is replaced after a write has touched it; a page that read something without
a key would stay as it is for ever, so every read of a public page notes one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Self

from django.db import models

_noted: ContextVar[set[str] | None] = ContextVar("broadsheet_keys", default=None)


def note(*keys: str) -> None:
    """What is rendered now is made of these; nothing happens where nobody asked for the keys."""
    noted = _noted.get()
    if noted is not None:
        noted.update(keys)


def is_noting() -> bool:
    """Whether what is read now belongs to a page."""
    return _noted.get() is not None


@contextmanager
def noting() -> Iterator[set[str]]:
    """Collects the keys of what is rendered inside."""
    noted: set[str] = set()
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)


@contextmanager
def apart() -> Iterator[None]:
    """Inside, nothing is noted: an island is refreshed by itself, and the page around it does not depend on it."""
    token = _noted.set(None)
    try:
        yield
    finally:
        _noted.reset(token)


def of(instance: models.Model) -> str:
    """The key of one instance of a model, the same for its proxies."""
    meta = instance._meta.concrete_model._meta if instance._meta.concrete_model else instance._meta
    return f"{meta.model_name}:{instance.pk}"


class Noted(models.Model):
    """A model whose instances are noted when they are read from the database."""

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **more: Any) -> Self:
        """As Django does it; the instance's key is noted."""
        instance = super().from_db(db, field_names, values, **more)
        if _noted.get() is not None:
            note(of(instance))
        return instance
