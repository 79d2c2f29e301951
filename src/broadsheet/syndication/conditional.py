"""Answers that are not made again for whoever has them already: ETag, Last-Modified and 304 (RFC 9110, section 13)."""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from broadsheet import __version__
from broadsheet.delivery.models import Stamp
from broadsheet.delivery.stamps import LISTS, NAMES
from broadsheet.stories.prepared import Prepared


@dataclass(frozen=True, slots=True)
class State:
    """What tells one answer of an address from another."""

    etag: str
    moment: int
    """Seconds since 1970 at which anything it is made of may last have changed."""

    @classmethod
    def of(cls, request: HttpRequest, *facts: Any, moment: int | None) -> State:
        """The state of what a request asks for, told by whatever decides its bytes; `moment` None: nobody knows since when."""
        made_of = (__version__, settings.WAGTAILADMIN_BASE_URL, settings.WEBSUB_HUB, request.get_full_path(), *facts)
        return cls(f'"{hashlib.sha256(repr(made_of).encode()).hexdigest()[:32]}"', moment or 0)

    @property
    def _since(self) -> int | None:
        # A moment that is not over, or ahead of the clock after many changes at once, may not be given.
        return self.moment if 0 < self.moment < int(time.time()) else None

    def unchanged(self, request: HttpRequest) -> HttpResponse | None:
        """304 for who has this state already; None for who has to be given it."""
        answer = get_conditional_response(request, etag=self.etag, last_modified=self._since)
        return self.mark(answer) if answer else None  # type: ignore[arg-type]

    def mark(self, response: HttpResponse) -> HttpResponse:
        """The response with what it will be asked by the next time. Kept copies are asked about each time: what is taken down is gone at once."""
        response.headers["ETag"] = self.etag
        response.headers["Cache-Control"] = "public, no-cache"
        if self._since:
            response.headers["Last-Modified"] = http_date(self._since)
        return response


@Prepared
def _stamps() -> Any:
    return Stamp.objects.filter(name__in=(LISTS, NAMES)).order_by("name").values_list("moment")


def anything(request: HttpRequest, *facts: Any) -> State:
    """The state of what names and lists decide together, and these facts; one look-up."""
    moments = [moment for (moment,) in _stamps()]
    # Of what else decides it nobody knows since when it does.
    return State.of(request, *moments, *facts, moment=None if facts else max(moments, default=None))


def day(moment: dt.datetime) -> str:
    """A moment as Atom, JSON Feed and sitemaps write it (RFC 3339), in UTC to the second."""
    return moment.astimezone(dt.UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
