"""Puts what was rendered for a reader into the page store, where the edge asked for that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from broadsheet.delivery import caches, keys, purging
from broadsheet.delivery.edge import WANTED
from broadsheet.delivery.store import KINDS, Page

_FOR_ALL = "_broadsheet_for_all"
_OWN = frozenset({"Content-Length", "Content-Encoding", "ETag", "Last-Modified", "Cache-Control", "Vary", "Date"})
"""Headers that the edge gives by itself."""


def for_all(response: HttpResponse) -> HttpResponse:
    """The response, which is the same for everybody and made of nothing that has no key: it may be stored."""
    setattr(response, _FOR_ALL, True)
    return response


class StoreMiddleware:
    """Stands outside of all that makes a page or its headers, and inside of what compresses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        wanted = request.META.get(WANTED)
        if wanted is None:
            return self.get_response(request)
        seen = purging.visible()
        with keys.noting() as noted:
            response = self.get_response(request)
        page = page_of(response)
        if page is not None:
            page = replace(page, headers={**page.headers, **caches.tags(noted)})
            wanted.made, wanted.stored = True, purging.put(request.path_info, page, noted, seen)
        return response


def page_of(response: HttpResponseBase) -> Page | None:
    """What is to be stored of an answer, or None."""
    if not getattr(response, _FOR_ALL, False) or response.status_code != 200 or response.streaming or response.cookies:
        return None
    if not isinstance(response, HttpResponse) or "cookie" in response.headers.get("Vary", "").casefold():
        return None
    kind = KINDS.get(response.headers.get("Content-Type", "").partition(";")[0].strip())
    if kind is None:
        return None
    headers = {name: value for name, value in response.headers.items() if name not in _OWN}
    return Page(response.content, kind, headers)
