"""Planned events whose day has passed without a word of how they went, for the desk."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from broadsheet.record.queries import overdue
from broadsheet.stories.models import Story
from broadsheet.stories.projections import publication

MOST = 200


@dataclass(frozen=True, slots=True)
class Overdue:
    """An event that was planned, and the story that told of it last."""

    what: str
    date: str
    place: str
    headline: str
    edit_url: str
    public_url: str


def overdue_events(today: dt.date) -> list[Overdue]:
    """Those whose last day is before today, the longest past first; a story that tells how it went takes it from the list."""
    found = overdue(today)[:MOST]
    stories = {
        pk: (title, link)
        for pk, title, link in Story.objects.filter(pk__in={e.story for e in found}).values_list("pk", "title", "permalink")
    }
    return [Overdue(one.what, one.date, one.place, *_of(stories, one.story)) for one in found if one.story in stories]


def _of(stories: dict[int, tuple[str, str | None]], pk: int) -> tuple[str, str, str]:
    title, link = stories[pk]
    return title, reverse("wagtailadmin_pages:edit", args=[pk]), link or ""


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """The list, for whoever may enter the desk."""
    if not request.user.has_perm("wagtailadmin.access_admin"):  # type: ignore[union-attr]
        raise PermissionDenied
    title = _("Planned events that have passed")
    today = timezone.now().astimezone(publication().tzinfo).date()
    context = {"header_title": title, "page_title": title, "header_icon": "calendar", "events": overdue_events(today)}
    return TemplateResponse(request, "broadsheet_desk/overdue.html", context)
