"""Small answers to the desk's scripts."""

from __future__ import annotations

from dataclasses import asdict

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from broadsheet.desk.finding import SOURCES
from broadsheet.stories.actions import NoName
from broadsheet.stories.actions import create_topic as make_topic


@require_safe
def find(request: HttpRequest, source: str) -> JsonResponse:
    """Suggestions for what has been typed: `{"items": [{"id", "name", "note"}], "exact": …, "create": …}`."""
    if source not in SOURCES:
        raise Http404
    text = " ".join(request.GET.get("q", "").split())[:255]
    items = SOURCES[source].suggest(text) if text else []
    exact = any(item.name.casefold() == text.casefold() for item in items)
    return JsonResponse({"items": [asdict(i) for i in items], "exact": exact, "create": SOURCES[source].may_create(request.user)})  # type: ignore[arg-type]


@require_POST
def create_topic(request: HttpRequest) -> JsonResponse:
    """Make a topic on the spot, or give the one of that name: `{"id", "name"}`, or 400 and `{"error"}`."""
    if not SOURCES["topics"].may_create(request.user):  # type: ignore[arg-type]
        raise PermissionDenied
    try:
        topic = make_topic(name=request.POST.get("name", ""), by=request.user)  # type: ignore[arg-type]
    except NoName as error:
        return JsonResponse({"error": str(error)}, status=400)
    return JsonResponse({"id": topic.pk, "name": topic.name})


@never_cache
@require_safe
def session(request: HttpRequest) -> JsonResponse:
    """Who is signed in, and the token with which a form written before signing in again can be sent: `{"user", "token"}`.

    Lengthens the session: editors ask as long as they are open, so nobody is signed out while writing.
    """
    request.session.modified = True
    return JsonResponse({"user": request.user.pk, "token": get_token(request)})
