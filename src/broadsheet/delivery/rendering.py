"""Renders the page at an address as a reader without anything would get it, outside of a web server."""

from __future__ import annotations

import io
import sys
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http.response import HttpResponseBase

from broadsheet.delivery.edge import WANTED, Wanted


@cache
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def request_for(path: str) -> WSGIRequest:
    """A reader's request for an address of the publication; `path` is decoded."""
    where = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    port = where.port or (443 if where.scheme == "https" else 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": path.encode().decode("latin-1"), "QUERY_STRING": "",
        "SERVER_NAME": where.hostname or "localhost", "SERVER_PORT": str(port), "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": where.netloc,
        "REMOTE_ADDR": "127.0.0.1", "wsgi.version": (1, 0), "wsgi.url_scheme": where.scheme, "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
        "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip
    return WSGIRequest(environ)


def fresh(path: str) -> HttpResponseBase:
    """What is answered at an address, without its being stored."""
    # Not closed: that would end a request, and the database's connection with it.
    return _handler().get_response(request_for(path))


def render(path: str, *, times: int = 1) -> bool:
    """Render what is at an address and store it; once more, so many times in all, when a write came in between. False when it was not stored."""
    for _ in range(times):
        request = request_for(path)
        request.META[WANTED] = wanted = Wanted()
        _handler().get_response(request)
        if wanted.stored or not wanted.made:
            break
    return wanted.stored
