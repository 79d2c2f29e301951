"""The public pages."""

from __future__ import annotations

import datetime as dt
import re
import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.db.models import Count, Subquery, Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.models import Site as WagtailSite
from wagtail.url_routing import RouteResult
from wagtail.views import serve as serve_from_tree

from broadsheet.delivery.middleware import for_all
from broadsheet.delivery.models import Stamp
from broadsheet.delivery.stamps import NAMES
from broadsheet.fronts.models import FrontPage
from broadsheet.people.models import Person
from broadsheet.reader import archive, dates, moved, pages
from broadsheet.reader import frame as frames
from broadsheet.reader.evidence import place_of, said_by, statements_page
from broadsheet.reader.machines import api_page
from broadsheet.reader.on_record import record_page
from broadsheet.reader.republishing import republish_page
from broadsheet.reader.searching import search_page
from broadsheet.reader.stylesheet import stylesheet_text
from broadsheet.reader.words import text_page
from broadsheet.stories import builders
from broadsheet.stories.models import Galley, Listing, Permalinked, Placement, Section, StaticPage, Story
from broadsheet.stories.prepared import Prepared, columns_of, instance_of
from broadsheet.stories.projections import publication
from broadsheet.stories.queries import LINKED_FROM, SectionTree, held_by, span_of, topic_at
from broadsheet.syndication.conditional import State, anything

ONE_MINUTE, ONE_HOUR, ONE_DAY, ONE_YEAR = 60, 3600, 86_400, 31_536_000


def rendered(template: str, context: Any, *, status: int = 200, stored: bool = False) -> HttpResponse:
    """A page; `stored` says that all it is made of has a key, and that it is the same for everybody."""
    response = HttpResponse(render_to_string(f"broadsheet/{template}.html", {"page": context}), status=status)
    response.headers["Content-Language"] = context.language
    return for_all(response) if stored and status == 200 else response


def framed(request: HttpRequest) -> frames.Frame:
    """The frame of a request's page, whose language speaks from here on."""
    made = frames.build(request.path_info)
    frames.speak(made)
    return made


def _before(request: HttpRequest) -> tuple[dt.datetime, int] | None:
    """Where a list goes on, from `?before=<time>` or, of several at one time, `<time>~<story id>`; anything else is no such page."""
    value = request.GET.get("before")
    if value is None:
        return None
    when, sep, pk = value.replace(" ", "+").partition("~")
    try:
        moment = dt.datetime.fromisoformat(when)
        if moment.tzinfo is None or sep and not 0 < int(pk) < 2**63:
            raise ValueError
        return moment.astimezone(dt.UTC), int(pk or 0)
    except (ValueError, OverflowError) as error:
        raise Http404 from error


@require_safe
def page(request: HttpRequest, path: str) -> HttpResponse:
    """Whatever lives at an address: a permalink, then the tree, then a list by date; other addresses are asked of `moved`."""
    address = "/" + path
    # Two slashes in front would send the reader of a redirect to another host.
    if "\x00" in address or address.startswith("//"):
        raise Http404
    found = _at(address)
    if found is not None:
        if not found.live:
            # An editor who says where it is now knows better than “gone”.
            return moved.redirected(request) or gone(request)
        # Wagtail's own way in, for that is where view restrictions are checked.
        request._wagtail_route_for_request = RouteResult(found)  # type: ignore[attr-defined]
        return serve_from_tree(request, path)
    route = Page.route_for_request(request, path)
    # What lives at an address but for its slash comes before a page that only has its place in the tree there.
    if route and isinstance(route.page, Permalinked) and (living := moved.but_for_the_slash(address)):
        return moved.respond(moved.Answer(301, living), request)
    if path and not path.endswith("/") and "." not in path.rpartition("/")[2]:
        to = route.page.specific_deferred.get_url(request) if route else None
        if to:
            return HttpResponsePermanentRedirect(to)
        raise Http404
    try:
        return serve_from_tree(request, path)
    except Http404:
        if dated := re.fullmatch(r"/(\d{4})/(?:(\d\d)/(?:(\d\d)/)?)?", address):
            return published_in(request, *(int(part) for part in dated.groups() if part))
        raise


def published_in(request: HttpRequest, year: int, month: int = 0, day: int = 0) -> HttpResponse:
    """What was published in a year, a month or on a day, by the publication's clock; raises Http404 when nothing was."""
    frame = framed(request)
    try:
        span = span_of(frame.publication.tzinfo, year, month, day)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    name = dates.span(dt.date(year, month or 1, day or 1), frame.site.language, month=bool(month), date=bool(day))
    context = pages.listing_page(
        frame, key="site", name=name, path=request.path_info, indexed=False, before=_before(request), between=span
    )  # fmt: skip
    if not context.cards:
        raise Http404
    return rendered("list", context)


STORY_COLUMNS, GALLEY_COLUMNS = columns_of(Story, without=("body",)), columns_of(Galley)


@Prepared
def _story_at(address: str) -> Any:
    galley = [f"galley__{name.removesuffix('_id')}" for name in GALLEY_COLUMNS]
    return Story.objects.filter(permalink=address).order_by().values_list(*STORY_COLUMNS, *galley)


def _at(address: str) -> Any:
    """The page whose one address this is: the front, a story, a static page, a live section; else None."""
    if address == "/":
        front = FrontPage.only_one()
        return front if front and front.live else None
    # A story is shown from its galley: its body stays in the database.
    for row in _story_at(address):
        story: Story = instance_of(Story, STORY_COLUMNS, row)
        if row[-1] is not None:
            story.galley = instance_of(Galley, GALLEY_COLUMNS, row[len(STORY_COLUMNS) :])
        return story
    paths = [f"{root.root_path.rstrip('/')}{address}" for root in WagtailSite.get_site_root_paths()]
    # The slug has an index; the whole path has none.
    slug = address.rstrip("/").rpartition("/")[2]
    section = next(iter(Section.objects.filter(slug=slug, url_path__in=paths, live=True).order_by()[:1]), None)
    return section or StaticPage.objects.filter(permalink=address).select_related("galley").order_by().first()


def show_story(story: Story, request: HttpRequest, *, preview: bool = False) -> HttpResponse:
    """A story's page."""
    return rendered("story", pages.story(story, framed(request), preview=preview), stored=not preview)


def show_section(section: Any, request: HttpRequest, *, preview: bool = False) -> HttpResponse:
    """A section's front."""
    return rendered("section", pages.section(section, framed(request), before=None if preview else _before(request)), stored=not preview)


def show_front(front: Any, request: HttpRequest, *, preview: bool = False) -> HttpResponse:
    """The front."""
    return rendered("front", pages.front(front, framed(request)), stored=not preview)


def show_static(static: StaticPage, request: HttpRequest, *, preview: bool = False) -> HttpResponse:
    """A static page."""
    return rendered("page", pages.static(static, framed(request), preview=preview), stored=not preview)


def register() -> None:
    """Answer for the page models below us."""
    builders.register("stories.story", show_story)
    builders.register("stories.section", show_section)
    builders.register("stories.staticpage", show_static)
    builders.register("fronts.frontpage", show_front)


@require_safe
def words(request: HttpRequest, path: str) -> HttpResponse:
    """A story's words alone; where there are none it is an address like any other."""
    found = text_page(path, framed(request)) if "\x00" not in path and not path.startswith("/") else None
    return rendered("text", found, stored=True) if found else page(request, f"{path}/text/")


@require_safe
def republish(request: HttpRequest, path: str) -> HttpResponse:
    """A story's text for those who may take it over; where it is not offered it is an address like any other."""
    found = republish_page(path, framed(request)) if "\x00" not in path and not path.startswith("/") else None
    return rendered("republish", found, stored=True) if found else page(request, f"{path}/republish/")


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """All stories, newest first."""
    context = pages.listing_page(framed(request), key="site", name=_("Latest"), path="/latest/", before=_before(request))
    return rendered("list", context, stored=True)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was looked for; whatever is typed is a search."""
    return rendered("search", search_page(framed(request), request.GET.dict()))


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    """What machines may ask, for people."""
    return rendered("api", api_page(framed(request)))


@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """What the record is, for people."""
    return rendered("record", record_page(framed(request)))


@require_safe
def archives(request: HttpRequest, **date: str) -> HttpResponse:
    """All years, or a year, a month or a day of everything."""
    return _shelf(request, archive.EVERYTHING, date)


@require_safe
def section_archives(request: HttpRequest, section: str, **date: str) -> HttpResponse:
    """The same of a section and those below it; a page that was at such an address before there were archives stays there."""
    if _at(request.path_info) is not None:
        return page(request, request.path_info.removeprefix("/"))
    address = f"/{section}"
    entry = next((e for e in SectionTree.read().entries if e.url == address and e.live), None)
    if entry is None:
        raise Http404
    return _shelf(request, archive.Shelf(f"section:{entry.id}", f"{address}archive/", entry.name, address), date)


@require_safe
def person_archives(request: HttpRequest, slug: str, **date: str) -> HttpResponse:
    """The same of a contributor; of a merged one, that of who stands for them."""
    who = get_object_or_404(Person.objects.select_related("merged_into"), slug=slug)
    if who.merged_into:
        return HttpResponsePermanentRedirect(who.merged_into.get_absolute_url() + request.path_info.removeprefix(who.get_absolute_url()))
    path = who.get_absolute_url()
    return _shelf(request, archive.Shelf(f"person:{who.pk}", f"{path}archive/", who.name, path), date)


def _shelf(request: HttpRequest, shelf: archive.Shelf, date: dict[str, str]) -> HttpResponse:
    """A page of an archive, or 304 for who has it; days that are over are the same for everybody who ever asks, and may be kept."""
    paper, now = publication(), timezone.now()
    numbers = [int(date[name]) for name in ("year", "month", "day") if date.get(name)]
    try:
        span = span_of(paper.tzinfo, *numbers) if numbers and 0 not in numbers else None
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    over = span is not None and span[1] <= now
    is_day = len(numbers) == 3
    state = _state(request, shelf, span if is_day and over else None, now.astimezone(paper.tzinfo).year)
    if answer := state.unchanged(request):
        return _kept(answer, over, is_day)
    frame = frames.build(request.path_info, latest=not over)
    frames.speak(frame)
    before, number = _before(request), _page_number(request)
    if is_day:
        context = archive.day(frame, *numbers, number=number, shelf=shelf)
    elif len(numbers) == 2:
        context = archive.month(frame, *numbers, before=before, shelf=shelf)
    else:
        context = archive.year(frame, numbers[0], shelf) if numbers else archive.overview(frame, shelf)
    return _kept(state.mark(rendered("archive", context, stored=True)), over, is_day)


@Prepared
def _rows_of_day(list_key: str, first: dt.datetime, end: dt.datetime) -> Any:
    # A publish gives a row another number, higher than any before.
    rows = Listing.objects.filter(list_key=list_key, published__gte=first, published__lt=end).order_by().values("list_key")
    names = Subquery(Stamp.objects.filter(name=NAMES).values("moment")[:1])
    return rows.annotate(count=Count("pk"), sum=Sum("pk"), names=names).values_list("count", "sum", "names")


def _state(request: HttpRequest, shelf: archive.Shelf, day: tuple[dt.datetime, dt.datetime] | None, year: int) -> State:
    """Of an archive: what changes any list changes it, but of a day that is over only what changes that day. The year is in each page's foot."""
    if day is None:
        return anything(request, year)
    return State.of(request, year, *_rows_of_day(shelf.list_key, *day), moment=None)


def _kept(response: HttpResponse, over: bool, is_day: bool) -> HttpResponse:
    if over:
        response.headers["Cache-Control"] = f"public, max-age={ONE_DAY if is_day else ONE_HOUR}"
    return response


def _page_number(request: HttpRequest) -> int:
    """Of a day's further page; anything else is no such page."""
    value = request.GET.get("page")
    if value is not None and not re.fullmatch(r"[1-9]\d{0,3}", value, re.ASCII):
        raise Http404
    return int(value or 1)


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """A contributor; a merged one leads to the other, one without public stories is not shown."""
    who = get_object_or_404(Person.objects.select_related("portrait", "merged_into"), slug=slug)
    if who.merged_into:
        return HttpResponsePermanentRedirect(who.merged_into.get_absolute_url())
    if not held_by(f"person:{who.pk}") and not said_by(who, count=1):
        raise Http404
    return rendered("person", pages.person(who, framed(request), before=_before(request)), stored=True)


@require_safe
def said(request: HttpRequest, slug: str) -> HttpResponse:
    """What somebody said on record; nothing of those without a public role."""
    who = get_object_or_404(Person.objects.select_related("merged_into"), slug=slug)
    if who.merged_into:
        return HttpResponsePermanentRedirect(f"{who.merged_into.get_absolute_url()}said/")
    context = statements_page(who, framed(request), place_of(request.GET.get("before")))
    if context is None:
        raise Http404
    return rendered("statements", context, stored=True)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """A topic; one of fewer than three stories is not indexed until it is promoted."""
    subject = topic_at(slug)
    if subject is None:
        raise Http404
    if subject.merged_into:
        return HttpResponsePermanentRedirect(subject.merged_into.get_absolute_url())
    count = held_by(f"topic:{subject.pk}", up_to=LINKED_FROM)
    if not count and not subject.promoted:
        raise Http404
    indexed = subject.promoted or count >= LINKED_FROM
    return rendered("list", pages.topic(subject, framed(request), indexed=indexed, before=_before(request)), stored=True)


@require_safe
def placement(request: HttpRequest, slug: str) -> HttpResponse:
    """A placement list."""
    chosen = get_object_or_404(Placement, slug=slug)
    context = pages.listing_page(
        framed(request),
        key=f"placement:{chosen.pk}",
        name=chosen.name,
        path=chosen.get_absolute_url(),
        feed=f"{chosen.get_absolute_url()}feed/",
        before=_before(request),
    )
    return rendered("list", context, stored=True)


@require_safe
def stylesheet(request: HttpRequest, name: str) -> HttpResponse:
    """The site's stylesheet, for ever at its address."""
    css = stylesheet_text(name.removesuffix(".css"), publication())
    if css is None:
        raise Http404
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    patch_cache_control(response, public=True, max_age=ONE_YEAR, immutable=True)
    return response


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """A mark in the publication's colour with its first letter's place taken by a rule: drawn, not uploaded."""
    colour = publication().brand_colour
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="3" fill="{colour}"/>'
        '<path d="M6 7h20v3H6zm0 6h9v12H6zm12 0h8v2h-8zm0 5h8v2h-8zm0 5h8v2h-8z" fill="#fff"/></svg>'
    )
    response = HttpResponse(svg, content_type="image/svg+xml")
    patch_cache_control(response, public=True, max_age=86_400)
    return response


def gone(request: HttpRequest, *, path: str = "") -> HttpResponse:
    """410: it was here, or at `path`, and is not any more; of a story, since when and why."""
    return rendered("error", pages.error(framed(request), status=410, path=path or request.path_info), status=410)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: says so and offers the latest."""
    return rendered("error", pages.error(framed(request), status=404, path=request.path_info), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a page that needs nothing that may just have broken, the database least of all; without the database 503, for it will be back."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        text = "This page cannot be shown just now. Please try again in a minute.\n"
        return HttpResponse(
            text, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "30", "Cache-Control": "no-store"}
        )
    return HttpResponse(render_to_string("broadsheet/500.html"), status=500)


def no_passwords(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Pages have no passwords here: drafts are drafts."""
    raise Http404
