"""How often stories are read: the most read of a span, and one story's reads, as numbers and plots drawn here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from broadsheet.readership.queries import Span, most_in, reads_of, spread
from broadsheet.stories.models import Story
from broadsheet.stories.projections import publication
from broadsheet.stories.queries import SectionTree

LONGEST = 100
SPANS = {
    "day": (gettext_lazy("24 hours"), 24, 24),
    "week": (gettext_lazy("7 days"), 7 * 24, 28),
    "month": (gettext_lazy("28 days"), 28 * 24, 28),
    "year": (gettext_lazy("a year"), 52 * 7 * 24, 52),
}
"""Name → how it is called, its hours, and the parts it is drawn in."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One part of a span, as it is drawn and as it is told."""

    x: float
    y: float
    width: float
    height: float
    when: dt.datetime
    count: int


@dataclass(frozen=True, slots=True)
class Plot:
    """Bars in a picture of this size, and what it shows in words."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    most: int
    said: str


@dataclass(frozen=True, slots=True)
class Row:
    """A story of the report."""

    place: int
    story: Story
    section: str
    count: int
    plot: Plot


def plot(counts: Sequence[int], span: Span, zone: ZoneInfo, *, width: int, height: int) -> Plot:
    """The counts as bars; the highest fills the picture. Times are told by the zone's clock."""
    most, step = max(counts, default=0), width / max(len(counts), 1)
    bars = tuple(
        Bar(round(place * step + step * 0.1, 2), round(height - height * n / most, 2) if most else height, round(step * 0.8, 2),
            round(height * n / most, 2) if most else 0, when, n)
        for place, (n, when) in enumerate(zip(counts, span.starts(), strict=True))
    )  # fmt: skip
    said = _("No reads.")
    if most:
        peak = bars[counts.index(most)].when.astimezone(zone)
        said = _("%(sum)s reads; most from %(when)s: %(most)s.") % {
            "sum": sum(counts), "when": date_format(peak, "j F Y, H:i"), "most": most,
        }  # fmt: skip
    return Plot(width, height, bars, most, said)


def _span(request: HttpRequest, usual: str) -> tuple[str, Span]:
    name = request.GET.get("span", "")
    name = name if name in SPANS else usual
    _label, hours, parts = SPANS[name]
    return name, Span.until(timezone.now(), hours=hours, parts=parts)


def _choices(address: str, name: str) -> list[tuple[str, str, bool]]:
    return [(str(label), f"{address}?{urlencode({'span': one})}", one == name) for one, (label, _h, _p) in SPANS.items()]


@require_safe
def most_read(request: HttpRequest) -> HttpResponse:
    """The most read stories of a span, each with its numbers."""
    name, span = _span(request, "day")
    found = most_in(span, LONGEST)
    stories = Story.objects.in_bulk([pk for pk, _count in found])
    shown = [(stories[pk], count) for pk, count in found if pk in stories]
    parts, tree, zone = spread([story.pk for story, _count in shown], span), SectionTree.read(), publication().tzinfo
    rows = [
        Row(
            place,
            story,
            home.name if (home := tree.home_of(story.path)) else "",
            count,
            plot(parts[story.pk], span, zone, width=140, height=28),
        )
        for place, (story, count) in enumerate(shown, 1)
    ]
    return _page(request, "broadsheet_desk/most_read.html", _("Most read"), rows=rows, spans=_choices(reverse("desk_most_read"), name))


@require_safe
def story_reads(request: HttpRequest, page_id: int) -> HttpResponse:
    """One story's reads."""
    story = get_object_or_404(Story, pk=page_id)
    name, span = _span(request, "week")
    counts = spread([story.pk], span)[story.pk]
    return _page(
        request, "broadsheet_desk/story_reads.html", _("Reads"), page_subtitle=str(story), story=story, all_reads=reads_of(story.pk),
        in_span=sum(counts), plot=plot(counts, span, publication().tzinfo, width=720, height=160), spans=_choices(reverse("desk_story_reads", args=[story.pk]), name),
    )  # fmt: skip


def _page(request: HttpRequest, template: str, title: str, **more: Any) -> HttpResponse:
    paper = publication()
    shared = {"header_title": title, "page_title": title, "header_icon": "view", "counted": paper.count_reads, "zone": paper.tzinfo}
    return TemplateResponse(request, template, shared | more)
