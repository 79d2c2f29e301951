"""The edge of this publication, and what the web server's process does for the store beside answering."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from urllib.parse import urlsplit

from django.conf import settings

from broadsheet.delivery import caches, purging
from broadsheet.delivery.edge import CACHE_CONTROL, Application, Edge
from broadsheet.delivery.kept_open.base import rack
from broadsheet.delivery.plain_files import PlainFiles

PAUSE = 1.0
"""Seconds between two notes of what readers asked for: what was asked for since, another process takes for cold."""
logger = logging.getLogger("broadsheet.delivery")


def in_front_of(application: Application, files: PlainFiles | None = None) -> Edge:
    """The edge before Django's application, which gives out those files too, with a thread that notes which pages are hot."""
    at = purging.shelf()
    ours = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or ""
    hosts = {ours, *(host for host in settings.ALLOWED_HOSTS if host != "*")}
    edge = Edge(
        application,
        at.store,
        hosts=hosts,
        session_cookie=settings.SESSION_COOKIE_NAME,
        cache_control=caches.LONGER if caches.are_told() else CACHE_CONTROL,
        files=files,
    )
    purging.readers[:] = [edge.take_asked]
    threading.Thread(target=_note_hot, name="hot pages", daemon=True).start()
    return edge


def _note_hot() -> None:
    while True:
        time.sleep(PAUSE)
        rack.sweep()
        try:
            purging.note_asked()
        except sqlite3.Error as error:
            logger.warning("which pages are read is not noted: %s", error)
