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
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.db.models import QuerySet
from django.utils import timezone

from broadsheet.delivery import caches
from broadsheet.delivery.catalogue import Catalogue
from broadsheet.delivery.models import Purge
from broadsheet.delivery.store import NoPlace, Page, Store

PLACE = "at:"
"""Begins the key of whatever is at an address: what is stored there holds it without its being noted."""
EVERYTHING = "everything"
"""Touched, it replaces all pages at once: what stands on each of them was written, or too much to name."""
REMEMBERED = dt.timedelta(minutes=10)
FRESH = dt.timedelta(seconds=5)
"""For so long a write that is not carried out keeps others waiting; later there is another reason for it."""
HOT = 600
"""Seconds for which a page that was asked for is rendered again before anyone asks."""
AGAIN = 30
"""Pages that one write has rendered again, see `in_order`: the others wait until somebody asks."""
TRIES = 3
"""Renders of a page that writes overtake, before it is removed and waits until somebody asks: until then the old one is given out."""
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
    return Shelf(Store(Path(folder), host), Catalogue(Path(folder)))


def shelf() -> Shelf:
    """Where the pages of the one canonical address are."""
    return _shelf(str(settings.DATA / "store"), urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc or "localhost")


def touch(*keys: str) -> None:
    """What these keys name is being written, in the caller's transaction; the pages that hold them are replaced after commit."""
    if not keys:
        return
    named = sorted(set(keys)) if len(keys) <= AT_ONCE else [EVERYTHING]
    number = Purge.objects.create(keys=named).pk
    for _ids, function, _robust in transaction.get_connection().run_on_commit:
        if isinstance(function, _AfterCommit):
            function.numbers.append(number)
            return
    transaction.on_commit(_AfterCommit([number]), robust=True)


@dataclass(frozen=True, slots=True)
class _AfterCommit:
    """Carries out what one transaction touched, and not what others are at."""

    numbers: list[int]

    def __call__(self) -> None:
        try:
            _carry_out(Purge.objects.filter(pk__in=self.numbers))
        except (DatabaseError, OSError) as error:
            # What was written is written, and whoever wrote it is not to be told that it is not.
            _say(f"stored pages are replaced by the worker, later: {error}")


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
            if _lost({*noted, f"{PLACE}{path}"}, seen):
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


def drop_strangers() -> int:
    """Remove pages that the catalogue does not know, as a power cut may leave them; returns how many."""
    at = shelf()
    with at.catalogue.alone():
        known = set(at.catalogue.paths())
        return sum(at.store.drop(path) for path in list(at.store.paths()) if path not in known)


def clear() -> None:
    """Remove all pages, however many, in a moment."""
    at = shelf()
    with at.catalogue.alone() as connection:
        at.store.clear()
        at.catalogue.forget_all(connection)
    at.store.sweep()


def carry_out(*, after: float = 0.0) -> int:
    """Replace the pages that committed writes have touched, of those that are as many seconds old; returns how many pages that were.

    Safe to be called at any time and by several processes at once. A write is done when no page holds what it touched.
    """
    # The worker's: whoever publishes would wait for the database once more.
    old = Purge.objects.filter(done_at__lt=timezone.now() - REMEMBERED)
    if old.exists():
        old.delete()
    return _carry_out(Purge.objects.filter(created_at__lte=timezone.now() - dt.timedelta(seconds=after)))


readers: list[Callable[[], Collection[str]]] = []
"""Each tells the addresses that this process has given out since it was asked last; none where it gives out nothing."""


def note_asked() -> None:
    """Note which pages this process has given out: those are hot."""
    asked = {path for given_out in readers for path in given_out()}
    if asked:
        shelf().catalogue.asked(asked, int(time.time()))


def _carry_out(chosen: QuerySet[Purge]) -> int:
    waiting = list(chosen.filter(done_at=None).exclude(pk__in=_under_way).order_by("pk").values_list("pk", "keys")[:1000])
    if not waiting:
        return 0
    at = shelf()
    touched = {key for _pk, keys in waiting for key in keys}
    numbers = [pk for pk, _keys in waiting]
    hot: list[str] = []
    paths: list[str] = []
    everything = EVERYTHING in touched
    places = {key.removeprefix(PLACE) for key in touched if key.startswith(PLACE)}
    try:
        if everything:
            paths = at.catalogue.paths() if caches.are_told() else []
            clear()
        else:
            # Up to this moment: what is given out just now would be dropped, and the next reader would wait for it.
            note_asked()
            with at.catalogue.alone() as connection:
                paths = sorted({*at.catalogue.holding(touched), *places})
                hot = in_order(at.catalogue.asked_since(int(time.time()) - HOT, paths), places)[:AGAIN]
                cold = sorted(set(paths) - set(hot))
                for path in cold:
                    at.store.drop(path)
                at.catalogue.forget(connection, cold)
    except sqlite3.Error as error:
        # Nobody knows which pages it names, or it cannot be told what is gone: better none than an old one.
        _say(f"all stored pages were removed, for {at.catalogue.file} could not be used: {error}")
        hot = []
        everything = True
        at.store.clear()
        at.store.sweep()
        at.catalogue.begin_anew()
    change = Change(tuple(numbers), tuple(paths), everything)
    if hot:
        again(hot, change)
    else:
        _done(change)
    return len(paths)


def in_order(paths: Iterable[str], written: Collection[str]) -> list[str]:
    """Pages as they are to be rendered again: what was `written` itself, what is nearest to the front, the others in their order."""
    return sorted(paths, key=lambda path: (path not in written, path.strip("/").count("/")))


@dataclass(frozen=True, slots=True)
class Change:
    """Writes, and the pages that they replace: all there are, where `everything`."""

    numbers: tuple[int, ...]
    paths: tuple[str, ...] = ()
    everything: bool = False


def _done(change: Change) -> None:
    # Whoever stands in front is told when what it would get is new.
    with transaction.atomic():
        caches.put(change.paths, everything=change.everything)
        Purge.objects.filter(pk__in=change.numbers).update(done_at=timezone.now())


def again(paths: Sequence[str], change: Change) -> None:
    """Have pages rendered by a thread of their own, while the old ones are given out; then these writes are done.

    Whoever wrote does not wait, and their language and clock stay theirs. Should this process end before, the writes wait for another.
    """
    _under_way.update(change.numbers)
    _hot.put((paths, change))
    with _starting:
        if not _renderer or not _renderer[-1].is_alive():
            _renderer[:] = [threading.Thread(target=_render_hot, name="pages again", daemon=True)]
            _renderer[-1].start()


def is_busy() -> bool:
    """Whether a write of the last moments is being carried out, here or elsewhere: what can wait, waits."""
    return Purge.objects.filter(done_at=None, created_at__gt=timezone.now() - FRESH).exists()


def settled(seconds: float) -> bool:
    """Wait until what this process renders again is there; False when it takes longer."""
    end = time.monotonic() + seconds
    while _under_way and time.monotonic() < end:
        time.sleep(0.01)
    return not _under_way


_hot: queue.SimpleQueue[tuple[Sequence[str], Change]] = queue.SimpleQueue()
_renderer: list[threading.Thread] = []
_starting = threading.Lock()
_under_way: set[int] = set()
"""The writes whose pages this process renders again just now."""


def replace(paths: Iterable[str], change: Change) -> None:
    """Render pages again, remove those that are not to be stored any more, and say that these writes are done."""
    from broadsheet.delivery.rendering import render

    for path in paths:
        try:
            stored = render(path, times=TRIES)
        except Exception:
            # It is rendered when it is asked for, and whoever asks gets the error.
            logger.exception("%s was not rendered again", path)
            stored = False
        if not stored:
            drop([path])
    _done(change)


def _render_hot() -> None:
    while True:
        paths, change = _hot.get()
        try:
            replace(paths, change)
        except Exception:
            logger.exception("pages were not replaced; the worker does it")
        finally:
            _under_way.difference_update(change.numbers)
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
