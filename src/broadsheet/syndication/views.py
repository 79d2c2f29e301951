"""Feeds, sitemaps and robots.txt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.feedgenerator import Rss201rev2Feed
from django.views.decorators.http import require_safe

from broadsheet.people.models import Person
from broadsheet.stories.cards import Names, Row, card_of, listed, people_in
from broadsheet.stories.models import Galley, Listing, Placement, StaticPage, Topic
from broadsheet.stories.permalinks import absolute
from broadsheet.stories.projections import publication
from broadsheet.stories.queries import SectionTree

ITEMS = 30
SITEMAP_SIZE = 10_000
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


def _xml(template: str, context: dict[str, object]) -> HttpResponse:
    return HttpResponse(render_to_string(f"broadsheet/syndication/{template}", context), content_type="application/xml; charset=utf-8")


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Index of the sitemaps (sitemaps.org 0.9): number 0 holds sections and pages, the others stories, oldest first."""
    count = Listing.objects.filter(list_key="site").count()
    pages = range(1 + -(-count // SITEMAP_SIZE))
    return _xml("sitemap_index.xml", {"addresses": [absolute(f"/sitemap-{n}.xml") for n in pages]})


@require_safe
def sitemap_page(request: HttpRequest, page: str) -> HttpResponse:
    """One sitemap of at most 10 000 addresses."""
    number = int(page)
    if number == 0:
        entries: list[tuple[str, object]] = [(absolute(e.url), None) for e in SectionTree.read().entries if e.live]
        static = StaticPage.objects.filter(live=True, noindex=False, permalink__isnull=False).order_by("path")
        entries = [(absolute("/"), None), *entries, *((absolute(p or "/"), None) for p in static.values_list("permalink", flat=True))]
    else:
        start = (number - 1) * SITEMAP_SIZE
        rows = Listing.objects.filter(list_key="site").order_by("published", "story_id")[start : start + SITEMAP_SIZE]
        values = list(rows.values_list("story__permalink", "published", "story__updated", "story__noindex"))
        if not values:
            raise Http404
        entries = [(absolute(link or "/"), updated or published) for link, published, updated, hidden in values if not hidden]
    return _xml("sitemap.xml", {"entries": entries})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: everything but the desk."""
    text = f"User-agent: *\nDisallow: /desk/\n\nSitemap: {absolute('/sitemap.xml')}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
