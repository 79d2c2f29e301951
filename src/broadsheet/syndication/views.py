"""Feeds and sitemaps."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from broadsheet.delivery import stamps
from broadsheet.delivery.middleware import for_all
from broadsheet.delivery.stamps import LISTS, NAMES
from broadsheet.stories.projections import publication
from broadsheet.stories.queries import SectionTree
from broadsheet.stories.sitemap_places import PREFIX
from broadsheet.syndication import channels, sitemaps
from broadsheet.syndication.channels import Moved, Wanted
from broadsheet.syndication.conditional import State, anything
from broadsheet.syndication.corrections import corrections_of_all
from broadsheet.syndication.feeds import gather
from broadsheet.syndication.formats import FORMATS, ways

_BY_ENDING = {format_.ending.rstrip("/"): format_ for format_ in FORMATS}


def _feed(request: HttpRequest, wanted: Wanted, form: str | None) -> HttpResponse:
    """A list in a format, or 304 for who has it; its state is asked for before the list is read, so that it is never newer than that."""
    asked = any(name in request.META for name in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"))
    state = _state(request, wanted) if asked else None
    if state and (answer := state.unchanged(request)):
        return answer
    tree, format_ = SectionTree.read(), _BY_ENDING[form or ""]
    try:
        channel = wanted.channel(tree)
    except Moved as moved:
        return HttpResponsePermanentRedirect(f"{moved}{format_.ending}")
    state = state or _state(request, wanted)
    addresses = {type_: path for path, type_ in ways(channel.feed)}
    feed = gather(channel, address=addresses[format_.type], tree=tree)
    response = HttpResponse(format_.write(feed), content_type=f"{format_.type}; charset=utf-8")
    links = [f'<{feed.address}>; rel="self"', *([f'<{feed.hub}>; rel="hub"'] if feed.hub else [])]
    response.headers["Link"] = ", ".join(links)
    marked = state.mark(response) if state else response
    # What a search finds is asked for with a query, and found in an index that has no keys.
    return for_all(marked) if channel.list_key else marked


def _state(request: HttpRequest, wanted: Wanted) -> State | None:
    """Of a list; None when nothing is in it."""
    rows = wanted.state()
    if not rows:
        return None
    _pk, lists, names = rows[0]
    return State.of(request, *(row[0] for row in rows), names, moment=max(lists or 0, names or 0))


@require_safe
def site_feed(request: HttpRequest, form: str | None = None) -> HttpResponse:
    """The whole publication."""
    return _feed(request, channels.site(), form)


@require_safe
def kind_feed(request: HttpRequest, kind: str, form: str | None = None) -> HttpResponse:
    """Stories of one kind."""
    return _feed(request, channels.kind(kind), form)


@require_safe
def section_feed(request: HttpRequest, section: str, own: str | None = None, form: str | None = None) -> HttpResponse:
    """A section, with what stands in its children or without."""
    return _feed(request, channels.section(f"/{section}", own=bool(own)), form)


@require_safe
def person_feed(request: HttpRequest, slug: str, form: str | None = None) -> HttpResponse:
    """A contributor."""
    return _feed(request, channels.person(slug), form)


@require_safe
def topic_feed(request: HttpRequest, slug: str, form: str | None = None) -> HttpResponse:
    """A topic."""
    return _feed(request, channels.topic(slug), form)


@require_safe
def placement_feed(request: HttpRequest, slug: str, form: str | None = None) -> HttpResponse:
    """A placement list."""
    return _feed(request, channels.placement(slug), form)


@require_safe
def corrections_feed(request: HttpRequest, form: str | None = None) -> HttpResponse:
    """The corrections and clarifications of all stories."""
    format_ = _BY_ENDING[form or ""]
    addresses = {type_: path for path, type_ in ways("/corrections/feed/")}
    feed = corrections_of_all(addresses[format_.type])
    state = State.of(request, feed, moment=None)
    answer = state.unchanged(request)
    return answer or for_all(state.mark(HttpResponse(format_.write(feed), content_type=f"{format_.type}; charset=utf-8")))


@require_safe
def search_feed(request: HttpRequest, form: str | None = None) -> HttpResponse:
    """What a search finds, newest first."""
    return _feed(request, channels.search(request.GET.dict()), form)


def _xml(state: State, document: str) -> HttpResponse:
    return state.mark(HttpResponse(document, content_type="application/xml; charset=utf-8"))


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Index of the sitemaps (sitemaps.org 0.9): of each month, and of what is no story."""
    stamps.note(LISTS, NAMES)
    state = anything(request)
    return state.unchanged(request) or for_all(_xml(state, sitemaps.index_xml(sitemaps.addresses(), sitemaps.changes())))


@require_safe
def sitemap_of_month(request: HttpRequest, month: str) -> HttpResponse:
    """The stories of a month, or of a part of one that has very many; 404 for one without any."""
    # Nothing else: one that is over is made again for none of the stories of later ones.
    stamps.note(f"{PREFIX}{month}")
    found = sitemaps.month_state(month)
    if found is None:
        raise Http404
    count, total, lists, names = found
    state = State.of(request, count, total, names, moment=max(lists or 0, names or 0))
    return state.unchanged(request) or for_all(_xml(state, sitemaps.month_xml(month)))


@require_safe
def sitemap_of_pages(request: HttpRequest, name: str, part: str | None = None) -> HttpResponse:
    """Sections, static pages, people or topics, ten thousand at most; 404 for a part without any."""
    stamps.note(NAMES, *([LISTS] if name in {"people", "topics"} else []))
    state = anything(request)
    if answer := state.unchanged(request):
        return answer
    entries = [] if part == "1" else list(sitemaps.PARTS[name](int(part or 1) - 1))
    if not entries:
        raise Http404
    return for_all(_xml(state, sitemaps.urlset_xml(entries)))


@require_safe
def sitemap_of_news(request: HttpRequest) -> HttpResponse:
    """The stories of the last two days, a thousand at most; without any when there are none. It is never stored, for time alone changes it."""
    rows, entries = sitemaps.news(timezone.now())
    paper = publication()
    # Stories leave it as time passes, which nothing is stamped with.
    state = State.of(request, rows, paper.name, moment=None)
    return state.unchanged(request) or _xml(state, sitemaps.news_xml(entries, name=paper.name))


@require_safe
def numbered_sitemap(request: HttpRequest) -> HttpResponse:
    """Where sitemaps by number were."""
    return HttpResponsePermanentRedirect("/sitemap.xml")
