"""Keeps stored pages true: what a write touches is replaced after commit, and no page is put that lost a race with a write.

The order of things is what makes it exact. A write adds its keys in its own transaction. A render notes which of these rows it
can see before it reads anything else; before its page is put, with the catalogue held, it looks for rows that it could not see then,
and is thrown away where one touched what it is made of. Pages are dropped with the catalogue held too, after the row is visible to
all: either the page is there and is found, or the row is there and the page is not put.
"""

from __future__ import annotations

import datetime as dt
import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone

from broadsheet.delivery.catalogue import Catalogue
from broadsheet.delivery.models import Purge
from broadsheet.delivery.store import NoPlace, Page, Store

EVERYTHING = "everything"
"""Touched, it replaces all pages at once: what stands on each of them was written, or too much to name."""
REMEMBERED = dt.timedelta(minutes=10)
HOT = 600
"""Seconds for which a page that was asked for is rendered again before anyone asks."""
AT_ONCE = 2000
"""Keys of one write; more are everything."""
logger = logging.getLogger("broadsheet.delivery")


@dataclass(frozen=True, slots=True)
class Shelf:
    """The store and the catalogue of this publication."""

    store: Store
    catalogue: Catalogue


@lru_cache(maxsize=8)
def _shelf(folder: str, host: str) -> Shelf:
    from pathlib import Path

    return Shelf(Store(Path(folder), host), Catalogue(Path(folder)))


def shelf() -> Shelf:
    """Where the pages of the one canonical address are."""
    return _shelf(str(settings.DATA / "store"), urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc or "localhost")


def touch(*keys: str) -> None:
    """What these keys name is being written, in the caller's transaction; the pages that hold them are replaced after commit."""
    if not keys:
        return
    named = sorted(set(keys)) if len(keys) <= AT_ONCE else [EVERYTHING]
    Purge.objects.create(keys=named)
    connection = transaction.get_connection()
    if not any(function is carry_out for _ids, function, _robust in connection.run_on_commit):
        transaction.on_commit(carry_out, robust=True)


def visible() -> frozenset[int]:
    """The writes that a render that begins now has seen."""
    return frozenset(Purge.objects.values_list("pk", flat=True))


def _lost(noted: Collection[str], seen: frozenset[int]) -> bool:
    """Whether a write that a render could not see touched what it is made of."""
    new = [pk for pk in Purge.objects.values_list("pk", flat=True) if pk not in seen]
    if not new:
        return False
    touched = {key for keys in Purge.objects.filter(pk__in=new).values_list("keys", flat=True) for key in keys}
    return EVERYTHING in touched or not touched.isdisjoint(noted)


def put(path: str, page: Page, noted: Collection[str], seen: frozenset[int]) -> bool:
    """Store a page that was rendered; False when a write came in between, or there is no place for it."""
    at = shelf()
    try:
        at.store.stem(path)
        at.catalogue.announce(path, noted)
        with at.catalogue.alone() as connection:
            if _lost(noted, seen):
                return False
            at.store.put(path, page)
            at.catalogue.settle(connection, path, noted)
    except NoPlace:
        return False
    except (OSError, sqlite3.Error) as error:
        _say(f"pages are not stored: {error}")
        return False
    return True


def drop(paths: Iterable[str]) -> int:
    """Remove pages from the store; returns how many there were."""
    at = shelf()
    with at.catalogue.alone() as connection:
        chosen = list(paths)
        gone = sum(at.store.drop(path) for path in chosen)
        at.catalogue.forget(connection, chosen)
    return gone


def clear() -> None:
    """Remove all pages, however many, in a moment."""
    at = shelf()
    with at.catalogue.alone() as connection:
        at.store.clear()
        at.catalogue.forget_all(connection)
    at.store.sweep()


def carry_out() -> int:
    """Replace the pages that committed writes have touched; returns how many pages that were.

    Safe to be called at any time and by several processes at once. A write is done when no page holds what it touched.
    """
    waiting = list(Purge.objects.filter(done_at=None).order_by("pk").values_list("pk", "keys")[:1000])
    if not waiting:
        return 0
    at = shelf()
    touched = {key for _pk, keys in waiting for key in keys}
    if EVERYTHING in touched:
        paths = []
        clear()
    else:
        with at.catalogue.alone() as connection:
            paths = at.catalogue.holding(touched)
            hot = at.catalogue.asked_since(int(time.time()) - HOT, paths)
            for path in paths:
                at.store.drop(path)
            at.catalogue.forget(connection, paths)
        if hot:
            again(sorted(hot))
    Purge.objects.filter(pk__in=[pk for pk, _keys in waiting]).update(done_at=timezone.now())
    Purge.objects.filter(done_at__lt=timezone.now() - REMEMBERED).delete()
    return len(paths)


def again(paths: Sequence[str]) -> None:
    """Have pages rendered by a thread of their own: whoever wrote does not wait, and their language and clock stay theirs."""
    for path in paths:
        _hot.put(path)
    if not _renderer or not _renderer[-1].is_alive():
        _renderer[:] = [threading.Thread(target=_render_hot, name="hot pages", daemon=True)]
        _renderer[-1].start()


_hot: queue.SimpleQueue[str] = queue.SimpleQueue()
_renderer: list[threading.Thread] = []


def _render_hot() -> None:
    from broadsheet.delivery.rendering import render

    while True:
        path = _hot.get()
        try:
            render(path)
        except Exception:
            # It is rendered when it is asked for, and whoever asks gets the error.
            logger.exception("%s was not rendered again", path)
        finally:
            if _hot.empty():
                connections.close_all()


_said: dict[str, float] = {}
_saying = threading.Lock()


def _say(message: str) -> None:
    """Once a minute, for a full disk fails at every page."""
    with _saying:
        if time.monotonic() - _said.get(message, -60.0) < 60:
            return
        _said[message] = time.monotonic()
    logger.warning(message)
