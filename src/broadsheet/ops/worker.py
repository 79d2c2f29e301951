"""The worker: publishes what is scheduled, takes offline what expires, carries out the outbox, finds related stories, ranks what is read."""

from __future__ import annotations

import datetime as dt
import logging
import os
import secrets
import signal
import socket
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, OperationalError, close_old_connections, transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Revision

from broadsheet.delivery import outbox, purging
from broadsheet.delivery.models import Lease
from broadsheet.importing.one_at_a_time import is_running
from broadsheet.reader.frame import YEAR
from broadsheet.readership import folding, ranking
from broadsheet.record.keeping import Keeper
from broadsheet.record.reports import actions as reports
from broadsheet.stories import relating
from broadsheet.stories.models import StaticPage, Story
from broadsheet.stories.projections import publication

logger = logging.getLogger("broadsheet.worker")
LEASE = dt.timedelta(seconds=30)
PATIENCE = 5.0
"""Seconds for whoever wrote to replace the pages that it touched."""
PAUSE = 2.0
BESIDE = 5
"""How nice it is, as nice(1) counts: it has a quarter of a processor that the site wants, too."""
RANKING, SHARE = 60.0, 20
"""Seconds between two rankings of what is read most; where one takes long, so many times as long."""
FORGETTING = 3600.0
"""Seconds between two looks for addresses of readers that are not needed any more."""
TOLD = 60.0
"""Seconds between two lines that say how many stories wait for their related ones."""


class Worker:
    """One process at a time does the work; a second waits until the first one's lease has run out."""

    def __init__(self, name: str = "worker") -> None:
        self.name = name
        self.holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self.stopped = threading.Event()
        self.failed: dict[tuple[str, int], tuple[int, float]] = {}
        self.tells_next = self.ranks_next = self.forgets_next = 0.0
        self.year = ""

    def run_forever(self) -> int:
        """Work until SIGTERM or SIGINT, giving way to the site where they share a processor; returns the exit status."""
        os.nice(BESIDE)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopped.set())
        tidied = False
        keeper = Keeper(self.stopped)
        keeper.start()
        while not self.stopped.is_set():
            close_old_connections()
            try:
                if self.take_lease():
                    if not tidied:
                        purging.drop_strangers()
                        tidied = True
                    self.work()
            except (OSError, sqlite3.Error) as error:
                logger.warning("the page store could not be used, trying again: %s", error)
            except DatabaseError as error:
                logger.warning("the database did not answer, trying again: %s", error)
            self.stopped.wait(PAUSE)
        self.release_lease()
        keeper.join(10)
        return 0

    def take_lease(self, now: dt.datetime | None = None) -> bool:
        """Take or renew the lease; False while another worker holds it."""
        now = now or timezone.now()
        with transaction.atomic():
            Lease.objects.get_or_create(name=self.name, defaults={"holder": self.holder, "until": now + LEASE})
            free = Lease.objects.filter(name=self.name, until__lt=now) | Lease.objects.filter(name=self.name, holder=self.holder)
            return free.update(holder=self.holder, until=now + LEASE) == 1

    def release_lease(self) -> None:
        """Let the next worker begin at once."""
        try:
            Lease.objects.filter(name=self.name, holder=self.holder).delete()
        except DatabaseError as error:
            logger.warning("the lease was not released and runs out by itself: %s", error)

    def work(self, now: dt.datetime | None = None) -> int:
        """Do everything that is due once, and a piece of what waits; returns how many things were due and are done."""
        now = now or timezone.now()
        done = self.publish_scheduled(now) + self.expire(now)
        while not self.stopped.is_set() and self.take_lease():
            carried_out = outbox.run_due(limit=10, now=now)
            done += carried_out
            if not carried_out:
                break
        self.follow_the_year(now)
        # Those whose process died before it came to them.
        purging.carry_out(after=PATIENCE)
        self.relate()
        self.rank()
        self.forget(now)
        return done

    def forget(self, now: dt.datetime) -> None:
        """Once an hour: forget what readers are promised to be forgotten of their reports."""
        began = time.monotonic()
        if self.stopped.is_set() or began < self.forgets_next or not self.take_lease():
            return
        if forgotten := reports.forget(days=settings.REPORT_DAYS, now=now):
            logger.info("readers' reports: %s addresses and held-back reports forgotten", forgotten)
        self.forgets_next = began + FORGETTING

    def rank(self) -> None:
        """Once a minute: rank what is read most, and fold old hours into days."""
        began = time.monotonic()
        if self.stopped.is_set() or began < self.ranks_next or not self.take_lease():
            return
        ranking.rank()
        folding.fold()
        self.ranks_next = began + max(RANKING, SHARE * (time.monotonic() - began))

    def follow_the_year(self, now: dt.datetime) -> None:
        """Pages that say which year it is are replaced when it ends where the publication is."""
        year = str(now.astimezone(publication().tzinfo).year)
        kept = Path(settings.DATA) / "store" / "year"
        if not self.year and kept.exists():
            self.year = kept.read_text()
        if self.year != year:
            purging.touch(YEAR)
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(year)
            self.year = year

    def relate(self) -> int:
        """A piece of the work on related stories, at most; none while an import runs or a publish is being carried out, which need the processors."""
        if self.stopped.is_set() or is_running() or purging.is_busy() or not self.take_lease():
            return 0
        done = relating.work()
        if done and time.monotonic() > self.tells_next and (waiting := relating.waiting()):
            self.tells_next = time.monotonic() + TOLD
            logger.info("related stories: %s wait", waiting)
        return done

    def publish_scheduled(self, now: dt.datetime) -> int:
        """Publish revisions whose time has come, each in a transaction of its own; a failing one is passed over."""
        done = 0
        for pk in Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at").values_list("pk", flat=True):
            done += self._each("publish", pk, self._publish)
        return done

    def expire(self, now: dt.datetime) -> int:
        """Take offline what has expired, each in a transaction of its own."""
        done = 0
        for model in (Story, StaticPage):
            for pk in model.objects.filter(live=True, expire_at__lte=now).values_list("pk", flat=True):
                done += self._each("expire", pk, lambda pk, model=model: model.objects.get(pk=pk).unpublish(set_expired=True))
        return done

    def _publish(self, pk: int) -> None:
        revision = Revision.objects.select_related("content_type").get(pk=pk)
        content = revision.content_object
        if isinstance(content, DraftStateMixin):
            revision.publish()

    def _each(self, verb: str, pk: int, action: Any) -> int:
        failures, again = self.failed.get((verb, pk), (0, 0.0))
        # Many items take longer than the lease lasts; who lost it stops at once.
        if self.stopped.is_set() or time.monotonic() < again or not self.take_lease():
            return 0
        try:
            with transaction.atomic():
                action(pk)
        except OperationalError:
            # A busy or vanished database is no fault of the item.
            raise
        except Exception:
            pause = min(60 * 2**failures, 3600)
            self.failed[verb, pk] = (failures + 1, time.monotonic() + pause)
            logger.exception("could not %s item %s; the others go on, it is tried again in %s s", verb, pk, pause)
            return 0
        self.failed.pop((verb, pk), None)
        return 1
