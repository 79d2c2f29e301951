"""WebSub: the hub that the operator names is told of each list that changed, after the commit that changed it.

A publish puts one task; carried out, it becomes a task for each feed that is not waiting already, so that a burst of publishes tells of
each feed once and a hub that is down is asked again for each by itself.
"""

from __future__ import annotations

import http.client
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from broadsheet import __version__
from broadsheet.delivery import outbox
from broadsheet.delivery.connection import Connection
from broadsheet.delivery.hosts import Refused, is_public, name_of, split, target
from broadsheet.delivery.models import Task
from broadsheet.people.models import Person
from broadsheet.stories.models import Listing, Placement, Topic
from broadsheet.stories.permalinks import absolute
from broadsheet.stories.queries import SectionTree
from broadsheet.syndication.formats import ways

CHANGED, PING = "syndication.changed", "syndication.ping"
SECONDS = 20


class NotTold(Exception):
    """The hub was not told; the message says why."""


def changed(story_id: int) -> None:
    """Put what the change of a story makes necessary, within the transaction that changes it and before its rows are written anew."""
    if settings.WEBSUB_HUB:
        outbox.put(CHANGED, story_id=story_id, lists=sorted(_lists(story_id)))


def _lists(story_id: int) -> set[str]:
    return set(Listing.objects.filter(story_id=story_id).values_list("list_key", flat=True))


def feeds_of(list_keys: Iterable[str]) -> list[str]:
    """The complete addresses of the feeds of lists, in every format; four queries at most, whatever there are."""
    by_word: dict[str, list[str]] = {}
    for key in sorted(set(list_keys)):
        word, _colon, rest = key.partition(":")
        by_word.setdefault(word, []).append(rest)
    tree = SectionTree.read()
    found = ["/feed/"] if "site" in by_word else []
    found += [f"/feed/kind/{kind}/" for kind in by_word.get("kind", ())]
    for word, ending in (("section", "feed/"), ("own", "feed/own/")):
        entries = (tree.by_id.get(int(pk)) for pk in by_word.get(word, ()))
        found += [f"{entry.url}{ending}" for entry in entries if entry and entry.live]
    models: tuple[tuple[str, Any], ...] = (("person", Person), ("topic", Topic), ("placement", Placement))
    for word, model in models:
        rows = model.objects.filter(pk__in=by_word[word]).order_by("pk") if word in by_word else ()
        found += [f"{row.get_absolute_url()}feed/" for row in rows]
    return [absolute(path) for feed in found for path, _type in ways(feed)]


@outbox.handler(CHANGED)
def tell_of_each(payload: dict[str, Any]) -> None:
    """Put a task for each feed that the story stood or stands in and that nobody is to be told of already."""
    if not settings.WEBSUB_HUB:
        return
    waiting = Task.objects.filter(kind=PING, status=Task.Status.WAITING)
    known = {task["url"] for task in waiting.values_list("payload", flat=True)}
    for url in feeds_of({*payload["lists"], *_lists(payload["story_id"])}):
        if url not in known:
            outbox.put(PING, url=url)


@outbox.handler(PING)
def ping(payload: dict[str, Any]) -> None:
    """Tell the hub that one feed has changed; raises NotTold, and is tried again, unless it accepts."""
    if settings.WEBSUB_HUB:
        tell(settings.WEBSUB_HUB, payload["url"])


def tell(
    hub: str, url: str, *, permit: Callable[[str], bool] = is_public, resolve: Callable[[str, int], list[str]] | None = None,
    seconds: float = SECONDS,
) -> None:  # fmt: skip
    """Ask a hub to fetch a feed. The hub's name is looked up once, and only a public address is connected to; nothing is followed.

    Raises NotTold unless the answer is a success.
    """
    body = urlencode({"hub.mode": "publish", "hub.url": url, "hub.topic": url}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": f"Broadsheet/{__version__}", "Connection": "close"}
    deadline = time.monotonic() + seconds
    try:
        parts = split(hub)
        where = target(hub, allowed=frozenset({name_of(str(parts.hostname), parts.port)}), permit=permit, resolve=resolve)
        with closing(Connection(where, ssl.create_default_context(), deadline)) as connection:
            # A hub that sends a byte now and then is cut off all the same.
            watch = threading.Timer(seconds, connection.cut)
            watch.daemon = True
            watch.start()
            try:
                connection.request("POST", where.path, body=body, headers=headers)
                status = connection.getresponse().status
            finally:
                watch.cancel()
    except Refused as error:
        raise NotTold(f"BROADSHEET_HUB {error}") from error
    except (OSError, http.client.HTTPException) as error:
        raise NotTold(f"the hub {hub} does not answer: {error or type(error).__name__}") from error
    if not 200 <= status < 300:
        raise NotTold(f"the hub {hub} answered {status}")
