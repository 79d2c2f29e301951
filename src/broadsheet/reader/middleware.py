"""What surrounds the public views: headers of every response, and the answers to addresses at which no page is."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils import timezone, translation

from broadsheet.reader import moved

POLICY = "; ".join(
    [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'", "media-src 'self'",
        "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'self'", "manifest-src 'self'",
    ]
)  # fmt: skip
DESK_POLICY = "object-src 'none'; form-action 'self'; base-uri 'self'; frame-ancestors 'self'"
"""Wagtail's screens hold scripts and styles of their own; but nothing they hold is framed by, or sends a form to, anybody else."""
SAFE = ("GET", "HEAD")


class PublicHeadersMiddleware:
    """A strict content security policy on every page, one of its own in the desk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Nothing is called so, and PostgreSQL fails when it is asked. A search passes over it.
        query = "" if request.path_info.startswith("/search/") else request.META.get("QUERY_STRING", "")
        nul = "\x00" in request.path_info or "%00" in query
        response = HttpResponseBadRequest("Bad request\n", content_type="text/plain") if nul else self.get_response(request)
        in_desk = request.path_info.startswith("/desk/")
        response.headers.setdefault("Content-Security-Policy", DESK_POLICY if in_desk else POLICY)
        if not in_desk:
            response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()")
        return response


class OwnLanguageMiddleware:
    """Each request begins in the desk's language and zone; those of its page end with it, as a thread answers many."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(settings.LANGUAGE_CODE), timezone.override(None):
            return self.get_response(request)


class OldAddressMiddleware:
    """Leads readers of old addresses on, before a 404 page is made for them; stands where Wagtail's redirects would."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.META.get("QUERY_STRING") and request.method in SAFE and not request.path_info.startswith("/desk/"):
            answered = moved.asked_by_query(request)
            if answered is not None:
                return answered
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django asks here for every exception of a view."""
        if not isinstance(exception, Http404) or request.method not in SAFE or request.path_info.startswith("/desk/"):
            return None
        return moved.asked_by_path(request)
