"""Nobody holds the threads: what waits for a slow visitor has its share of them, and pages have the rest.

The web server gives each request a thread until its body has come in and its answer has gone out. Both are in the visitor's hand, so
without this a few idle connections, or listeners on slow lines, keep everybody else waiting. A web server in front takes them over.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, StreamingHttpResponse
from django.http.response import HttpResponseBase

SAFE = ("GET", "HEAD", "OPTIONS")
FORMS = ("/desk/", "/documents/authenticate_with_password/")
"""Addresses below which something can be sent in; all others are only ever read."""
WITHOUT_A_BODY = "/assets/read"
"""Where something is told by the address alone: nobody waits for what comes with it, for nothing may."""
REPORT = "/report/"
"""Ends addresses where anybody may send a few lines: what is wrong with a story."""
LARGEST_REPORT = 256 * 1024
"""Bytes: ten thousand signs of any script, so that the form can say that this is too long."""
SIGN_IN = "/desk/login/"
WHOLE = 512 * 1024
"""Bytes of a file that is given to the web server at once, as pages are; the thread is free again then."""
SENDING, SIGNING_IN, REPORTING, DOWNLOADING = 4, 2, 2, 4
"""How many threads may wait: for forms of those signed in, for the sign-in form, for readers' reports, for readers of large files."""
THREADS = SENDING + SIGNING_IN + REPORTING + DOWNLOADING + 4
"""What the web server needs, so that four are always there for pages."""


class TurnstileMiddleware:
    """Stands outermost; answers 405 where nothing can be sent, 503 when a share is used up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        shares = (SENDING, SIGNING_IN, REPORTING, DOWNLOADING)
        self.sending, self.signing_in, self.reporting, self.downloading = (threading.BoundedSemaphore(n) for n in shares)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in SAFE:
            return self._in_time(self.get_response(request))
        # Before anything asks for the body.
        if request.path_info == WITHOUT_A_BODY and request.method == "POST":
            empty = request.headers.get("Content-Length", "0") in ("", "0") and "Transfer-Encoding" not in request.headers
            return self.get_response(request) if empty else HttpResponse(status=413)
        if request.method == "POST" and request.path_info.endswith(REPORT) and not request.path_info.startswith(FORMS):
            # How much comes is said before, or it is not waited for.
            length = request.headers.get("Content-Length", "")
            if not (length.isascii() and length.isdecimal() and len(length) < 9 and int(length) <= LARGEST_REPORT):
                return HttpResponse(status=413 if length else 411)
            return self._with(self.reporting, request)
        if not request.path_info.startswith(FORMS):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        share = self.sending if request.path_info.startswith("/desk/") and request.path_info != SIGN_IN else self.signing_in
        return self._with(share, request)

    def _with(self, share: threading.BoundedSemaphore, request: HttpRequest) -> HttpResponseBase:
        if not share.acquire(blocking=False):
            return _busy()
        try:
            return self.get_response(request)
        finally:
            share.release()

    def _in_time(self, response: HttpResponseBase) -> HttpResponseBase:
        if not isinstance(response, StreamingHttpResponse) or response.closed:
            return response
        if not self.downloading.acquire(blocking=False):
            return _instead(response, _busy())
        response._resource_closers.append(_once(self.downloading.release))  # type: ignore[attr-defined]
        return response


class WholeFilesMiddleware:
    """Gives files that are not large out whole; stands inside of what compresses, which takes their length from streams."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, StreamingHttpResponse) or response.closed:
            return response
        if int(response.headers.get("Content-Length", WHOLE + 1)) > WHOLE:
            return response
        return _instead(response, HttpResponse(b"".join(response), status=response.status_code, headers=dict(response.headers)))


def _instead(given_up: HttpResponseBase, response: HttpResponse) -> HttpResponse:
    """The response, which closes the other's file with itself: closed on its own, that would end the request twice."""
    response._resource_closers.extend(given_up._resource_closers)  # type: ignore[attr-defined]
    return response


def _busy() -> HttpResponse:
    return HttpResponse("Busy, try again.\n", status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "5"})


def _once(release: Callable[[], None]) -> Callable[[], None]:
    left = [release]
    return lambda: left.pop()() if left else None
