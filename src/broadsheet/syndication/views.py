"""Feeds, sitemaps and robots.txt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.views.decorators.http import require_safe

from broadsheet.people.models import Person
from broadsheet.stories.cards import Names, Row, card_of, listed, people_in
from broadsheet.stories.models import Galley, Listing, Placement, Topic
from broadsheet.stories.permalinks import absolute
from broadsheet.stories.projections import publication
from broadsheet.stories.queries import SectionTree
from broadsheet.syndication import sitemaps
from broadsheet.syndication.conditional import State, anything

ITEMS = 30
ADDRESSES = re.compile(r'\b(href|src|srcset|cite|poster)="([^"]*)"')
PATH, PATHS = re.compile(r"(^)/(?!/)"), re.compile(r"(^|, *)/(?!/)")


class _Feed(Rss201rev2Feed):
    """RSS 2.0 with the whole text, several authors and the story's own language."""

    def rss_attributes(self) -> dict[str, str]:
        names = {"xmlns:content": "http://purl.org/rss/1.0/modules/content/", "xmlns:dc": "http://purl.org/dc/elements/1.1/"}
        return {**super().rss_attributes(), **names}

    def add_item_elements(self, handler, item) -> None:  # type: ignore[no-untyped-def]
        super().add_item_elements(handler, item)
        for name in item["creators"]:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("dc:language", item["language"])
        handler.addQuickElement("content:encoded", item["content"])


def _feed(rows: Sequence[Row], *, title: str, path: str, feed_path: str, description: str) -> HttpResponse:
    paper = publication()
    tree = SectionTree.read()
    names = Names(people_in(rows))
    bodies = dict(Galley.objects.filter(pk__in=[r[0] for r in rows]).values_list("pk", "body_html"))
    feed = _Feed(
        title=title, link=absolute(path), description=description or paper.tagline, language=paper.language, feed_url=absolute(feed_path),
        feed_copyright=paper.legal_name or paper.name,
    )  # fmt: skip
    for row in rows:
        card = card_of(row, tree, names)
        url = absolute(card.url)
        feed.add_item(
            title=card.headline, link=url, description=escape(card.standfirst, quote=False), unique_id=url, pubdate=card.published,
            updateddate=card.updated, categories=[card.kicker.text] if card.kicker else [], creators=[p.name for p in card.byline],
            language=card.language, content=whole_addresses(bodies.get(card.id, "")),
        )  # fmt: skip
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


def whole_addresses(body_html: str) -> str:
    """A body for readers elsewhere: every address in it complete, those in a srcset too."""
    site = absolute("/")

    def complete(found: re.Match[str]) -> str:
        name, value = found.groups()
        return f'{name}="{(PATHS if name == "srcset" else PATH).sub(lambda path: path[1] + site, value)}"'

    return ADDRESSES.sub(complete, body_html)


def _list_feed(list_key: str, *, title: str, path: str, description: str = "") -> HttpResponse:
    return _feed(listed(list_key, ITEMS), title=title, path=path, feed_path=f"{path}feed/", description=description)


@require_safe
def site_feed(request: HttpRequest) -> HttpResponse:
    """RSS of the whole publication."""
    paper = publication()
    return _list_feed("site", title=paper.name, path="/", description=paper.description)


@require_safe
def section_feed(request: HttpRequest, path: str) -> HttpResponse:
    """RSS of a section, its children included."""
    address = "/" + path.removesuffix("feed/")
    entry = next((e for e in SectionTree.read().entries if e.url == address and e.live), None)
    if entry is None:
        raise Http404
    return _list_feed(f"section:{entry.id}", title=f"{entry.name} — {publication().name}", path=address)


@require_safe
def person_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """RSS of a contributor."""
    who = get_object_or_404(Person, slug=slug, merged_into=None)
    if not Listing.objects.filter(list_key=f"person:{who.pk}").exists():
        raise Http404
    return _list_feed(f"person:{who.pk}", title=f"{who.name} — {publication().name}", path=who.get_absolute_url())


@require_safe
def topic_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """RSS of a topic."""
    topic = get_object_or_404(Topic, slug=slug, merged_into=None)
    if not topic.promoted and not Listing.objects.filter(list_key=f"topic:{topic.pk}").exists():
        raise Http404
    return _list_feed(f"topic:{topic.pk}", title=f"{topic.name} — {publication().name}", path=topic.get_absolute_url())


@require_safe
def placement_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """RSS of a placement list."""
    chosen = get_object_or_404(Placement, slug=slug)
    return _list_feed(f"placement:{chosen.pk}", title=f"{chosen.name} — {publication().name}", path=chosen.get_absolute_url())


def _xml(state: State, document: str) -> HttpResponse:
    return state.mark(HttpResponse(document, content_type="application/xml; charset=utf-8"))


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Index of the sitemaps (sitemaps.org 0.9): of each month, and of what is no story."""
    state = anything(request)
    return state.unchanged(request) or _xml(state, sitemaps.index_xml(sitemaps.addresses()))


@require_safe
def sitemap_of_month(request: HttpRequest, month: str) -> HttpResponse:
    """The stories of a month, or of a part of one that has very many; 404 for one without any."""
    found = sitemaps.month_state(month)
    if found is None:
        raise Http404
    count, total, lists, names = found
    state = State.of(request, count, total, names, moment=max(lists or 0, names or 0))
    return state.unchanged(request) or _xml(state, sitemaps.urlset_xml(sitemaps.month(month)))


@require_safe
def sitemap_of_pages(request: HttpRequest, name: str, part: str | None = None) -> HttpResponse:
    """Sections, static pages, people or topics, ten thousand at most; 404 for a part without any."""
    state = anything(request)
    if answer := state.unchanged(request):
        return answer
    entries = [] if part == "1" else list(sitemaps.PARTS[name](int(part or 1) - 1))
    if not entries:
        raise Http404
    return _xml(state, sitemaps.urlset_xml(entries))


@require_safe
def sitemap_of_news(request: HttpRequest) -> HttpResponse:
    """The stories of the last two days, a thousand at most; without any when there are none."""
    rows, entries = sitemaps.news(timezone.now())
    paper = publication()
    # Stories leave it as time passes, which nothing is stamped with.
    state = State.of(request, rows, paper.name, moment=None)
    return state.unchanged(request) or _xml(state, sitemaps.news_xml(entries, name=paper.name))


@require_safe
def numbered_sitemap(request: HttpRequest) -> HttpResponse:
    """Where sitemaps by number were."""
    return HttpResponsePermanentRedirect("/sitemap.xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: everything but the desk."""
    named = "".join(f"Sitemap: {absolute(path)}\n" for path in ("/sitemap.xml", "/sitemap-news.xml"))
    return HttpResponse(f"User-agent: *\nDisallow: /desk/\n\n{named}", content_type="text/plain; charset=utf-8")
