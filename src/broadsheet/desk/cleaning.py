"""What waits for an editor after a move: a list of each kind, every entry with a link to its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from broadsheet.desk.alike import alike
from broadsheet.desk.queries import topics_of_the_same_stories
from broadsheet.media.contexts import Sources, sources
from broadsheet.media.models import Image
from broadsheet.stories.actions import CannotMerge, merge_topics
from broadsheet.stories.models import Listing, LooseEnd, Topic

PER_PAGE, PICTURES = 50, 20
TOPICS = "topics"
UNDESCRIBED = Q(kind=LooseEnd.Kind.UNDESCRIBED, image__alt="")


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the lists."""

    name: str
    label: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A loose end, and where it is."""

    title: str
    what: str
    url: str
    live: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that nobody has described, once, however many pages show it."""

    name: str
    shown: Sources | None
    """None where the file is not to be had."""
    url: str
    title: str
    """Of one of the pages that show it."""
    others: int
    """How many more there are."""
    live: bool


def loose_ends(user: Any) -> QuerySet[LooseEnd]:
    """Those on pages that somebody may change; a picture that has its own description by now is none."""
    ends = LooseEnd.objects.filter(~Q(kind=LooseEnd.Kind.UNDESCRIBED) | UNDESCRIBED)
    if user.is_superuser:
        return ends
    return ends.filter(page__in=page_permission_policy.instances_user_has_permission_for(user, "change").values("pk"))


def _tabs(user: Any, kind: str, topics: int) -> list[Tab]:
    # A picture is described once, wherever it is shown.
    counts = dict(loose_ends(user).order_by().values_list("kind").annotate(n=Count(Coalesce("image", -F("pk")), distinct=True)))
    labels = {
        LooseEnd.Kind.UNKNOWN: _("Unknown blocks"), LooseEnd.Kind.MISSING: _("Missing pictures"),
        LooseEnd.Kind.UNDESCRIBED: _("Missing alternative text"),
    }  # fmt: skip
    tabs = [Tab(k, str(label), counts.get(k, 0), reverse("broadsheet_clean_up", args=[k]), k == kind) for k, label in labels.items()]
    return [*tabs, Tab(TOPICS, _("Topics to merge"), topics, reverse("broadsheet_clean_up", args=[TOPICS]), kind == TOPICS)]


@require_safe
def clean_up(request: HttpRequest, kind: str = LooseEnd.Kind.UNKNOWN) -> HttpResponse:
    """One list, a page at a time; the same number of queries whatever its length."""
    if kind not in (*LooseEnd.Kind.values, TOPICS):
        raise Http404
    topics = alike(Topic.objects.filter(merged_into=None).order_by("pk").values_list("pk", "name")) if _may_merge(request) else []
    context: dict[str, Any] = {
        "header_title": _("Clean-up"), "page_title": _("Clean-up"), "header_icon": "list-ul",
        "tabs": _tabs(request.user, kind, len(topics)), "kind": kind,
    }  # fmt: skip
    if kind == TOPICS:
        named = {frozenset(pk for pk, _name in group) for group in topics}
        # What is named alike is said once.
        same = (
            [group for group in topics_of_the_same_stories() if frozenset(pk for pk, _name in group) not in named]
            if _may_merge(request)
            else []
        )
        page: Any = Paginator([*topics, *same], PER_PAGE).get_page(request.GET.get("p"))
        keys = [f"topic:{pk}" for group in page for pk, _name in group]
        counts = dict(Listing.objects.filter(list_key__in=keys).order_by().values_list("list_key").annotate(n=Count("pk")))
        # Two of one name are told apart by their addresses.
        slugs = dict(Topic.objects.filter(pk__in=[pk for group in page for pk, _name in group]).order_by().values_list("pk", "slug"))
        context["groups"] = [
            (
                sorted(((pk, name, counts.get(f"topic:{pk}", 0), slugs[pk]) for pk, name in group), key=lambda one: (-one[2], one[0])),
                group in same,
            )
            for group in page
        ]
    elif kind == LooseEnd.Kind.UNDESCRIBED:
        shown = (
            loose_ends(request.user)
            .filter(kind=kind)
            .order_by()
            .values("image")
            .annotate(one=Max("page"), pages=Count("page", distinct=True))
        )
        page = Paginator(shown.order_by("-one", "image").values_list("image", "one", "pages"), PICTURES).get_page(request.GET.get("p"))
        context["pictures"] = _pictures(list(page))
    else:
        rows = loose_ends(request.user).filter(kind=kind).order_by("-page_id", "pk")
        values = rows.values_list("page_id", "page__title", "page__live", "block", "what")
        page = Paginator(values, PER_PAGE).get_page(request.GET.get("p"))
        context["places"] = [_place(*row) for row in page]
    return TemplateResponse(request, "broadsheet_desk/clean_up.html", {**context, "items": page})


def _pictures(rows: Sequence[tuple[int, int, int]]) -> list[Picture]:
    """(picture, one of the pages that show it, how many there are) → what the list has of them; two queries."""
    images = Image.objects.in_bulk([row[0] for row in rows])
    pages = {
        pk: (title, live)
        for pk, title, live in Page.objects.filter(pk__in=[row[1] for row in rows]).order_by().values_list("pk", "title", "live")
    }
    return [
        Picture(
            images[pk].title,
            sources(images[pk], "landscape"),
            reverse("wagtailimages:edit", args=[pk]),
            pages[one][0],
            count - 1,
            pages[one][1],
        )
        for pk, one, count in rows
    ]


def _place(page_id: int, title: str, live: bool, block: str, what: str) -> Place:
    anchor = f"#block-{block}-section" if block else ""
    return Place(title, what, reverse("wagtailadmin_pages:edit", args=[page_id]) + anchor, live)


def _may_merge(request: HttpRequest) -> bool:
    return request.user.has_perm("stories.change_topic")


@require_POST
def merge(request: HttpRequest) -> HttpResponse:
    """Let one topic stand for others that are named like it."""
    if not _may_merge(request):
        raise PermissionDenied
    into = get_object_or_404(Topic, pk=_number(request.POST.get("into")))
    for topic in Topic.objects.filter(pk__in=map(_number, request.POST.getlist("topic"))).exclude(pk=into.pk):
        try:
            merge_topics(topic=topic, into=into, by=request.user)  # type: ignore[arg-type]
        except CannotMerge as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("“%(one)s” is now “%(other)s”.") % {"one": topic, "other": into})
    return redirect("broadsheet_clean_up", TOPICS)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0
