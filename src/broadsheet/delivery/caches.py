"""What stands in front of us and keeps copies: told after commit of each page that was replaced, as tasks of the outbox.

Backends are Wagtail's, by class (Cloudflare, CloudFront, Azure, HTTP PURGE), or `Varnish`, below. Wagtail's own signal handlers are not used:
they tell before the commit, and of what was published rather than of what it changed.
"""

from __future__ import annotations

import http.client
import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from wagtail.contrib.frontend_cache.backends import BaseBackend
from wagtail.contrib.frontend_cache.utils import get_backends

from broadsheet.delivery import outbox

KIND = "delivery.tell_caches"
AT_ONCE = 500
"""Addresses of one task."""
WAIT = 10.0
"""Seconds for a cache to answer."""
TAGS = 8_000
"""Bytes of keys that a header may have; caches refuse longer ones."""
LONGER = "public, max-age=0, s-maxage=31536000, stale-while-revalidate=30, stale-if-error=86400"
"""Caches that are told keep a page until they are; browsers ask each time."""


class NotTold(Exception):
    """A cache did not take what it was told; the message says which, and what it answered."""


class Varnish(BaseBackend):
    """A cache that takes PURGE for an address and BAN for everything of a host, as the manual's configuration of Varnish does.

    Args of its settings: `LOCATION`, where it listens, such as `http://127.0.0.1:6081`.
    """

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.location = urlsplit(str(params.pop("LOCATION")))

    def purge(self, url: str) -> None:
        """Forget one address."""
        parts = urlsplit(url)
        self._ask("PURGE", parts.path or "/", parts.netloc)

    def purge_batch(self, urls: Iterable[str]) -> None:
        """Forget several."""
        for url in urls:
            self.purge(url)

    def purge_everything(self, host: str) -> None:
        """Forget all of a host."""
        self._ask("BAN", "/", host)

    def _ask(self, method: str, path: str, host: str) -> None:
        connection = http.client.HTTPConnection(self.location.hostname or "", self.location.port or 80, timeout=WAIT)
        try:
            connection.request(method, path, headers={"Host": host})
            answer = connection.getresponse()
            # Some say 404 of what they do not have.
            if answer.status not in {200, 204, 404}:
                raise NotTold(f"{self.location.geturl()} answered {answer.status} to {method} {path}")
        except (OSError, http.client.HTTPException) as error:
            raise NotTold(f"{self.location.geturl()} did not answer: {error}") from error
        finally:
            connection.close()


def are_told() -> bool:
    """Whether the operator has named any."""
    return bool(settings.CACHES_IN_FRONT)


def tags(keys: Collection[str]) -> Mapping[str, str]:
    """Headers with a page's keys, for caches that are emptied by key in other ways; none where nobody stands in front, or where they are too many."""
    if not are_told():
        return {}
    named = sorted(keys)
    if sum(len(key) + 1 for key in named) > TAGS:
        return {}
    return {"Surrogate-Key": " ".join(named), "Cache-Tag": ",".join(named)}


TAG_HEADERS = frozenset({"Surrogate-Key", "Cache-Tag"})


def put(paths: Iterable[str], *, everything: bool = False) -> None:
    """Tell every cache, within the caller's transaction, that pages were replaced; `everything`: all there may be, `paths` being those we know of."""
    if not are_told():
        return
    known = sorted(set(paths))
    for name, backend in get_backends(dict(settings.CACHES_IN_FRONT)).items():
        if everything and hasattr(backend, "purge_everything"):
            outbox.put(KIND, backend=name, everything=True)
            continue
        for start in range(0, len(known), AT_ONCE):
            outbox.put(KIND, backend=name, paths=known[start : start + AT_ONCE])


@outbox.handler(KIND)
def tell(payload: dict[str, Any]) -> None:
    """Tell one cache; raises NotTold when it did not take it. One that the operator has taken away since is told nothing."""
    backend = get_backends(dict(settings.CACHES_IN_FRONT), [payload["backend"]]).get(payload["backend"])
    if backend is None:
        return
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    with _loud():
        if payload.get("everything"):
            backend.purge_everything(urlsplit(base).netloc)
        else:
            backend.purge_batch([f"{base}{quote(path, safe='/~:@!$&()*+,;=')}" for path in payload["paths"]])


class _Heard(logging.Handler):
    """Wagtail's backends say what went wrong in the log, and nowhere else."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.said.append(record.getMessage())


@contextmanager
def _loud() -> Iterator[None]:
    heard, logger = _Heard(), logging.getLogger("wagtail.frontendcache")
    logger.addHandler(heard)
    try:
        yield
    finally:
        logger.removeHandler(heard)
    if heard.said:
        raise NotTold(heard.said[0])
