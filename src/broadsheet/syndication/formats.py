"""A feed as RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1. The same feed is the same bytes, whenever it is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import escape

from broadsheet.html import without_control
from broadsheet.syndication.conditional import day
from broadsheet.syndication.feeds import Feed, Item, Medium
from broadsheet.syndication.xml import HEAD, element, raw

GENERATOR = "Broadsheet"
_RSS = (
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
)


def rss(feed: Feed) -> str:
    """RSS 2.0, with the whole text, every author, the language of each story and its picture in the usual extensions."""
    channel = [
        element("title", feed.title),
        element("link", feed.url),
        element("description", feed.description),
        element("language", feed.language),
        element("copyright", feed.rights),
        element("lastBuildDate", format_datetime(feed.changed)) if feed.items else "",
        element("generator", GENERATOR),
        raw("image", element("url", feed.logo) + element("title", feed.title) + element("link", feed.url)) if feed.logo else "",
        raw("atom:link", rel="self", type="application/rss+xml", href=feed.address),
        raw("atom:link", rel="hub", href=feed.hub) if feed.hub else "",
        *map(_rss_item, feed.items),
    ]
    return f'{HEAD}<rss version="2.0" {_RSS}><channel>\n{_lines(channel)}</channel></rss>\n'


def _rss_item(item: Item) -> str:
    one = item.enclosure
    parts = [
        element("title", item.title),
        element("link", item.url),
        element("guid", item.url, isPermaLink="true"),
        element("pubDate", format_datetime(item.published)),
        element("atom:updated", day(item.updated)) if item.updated else "",
        *(element("dc:creator", author.name) for author in item.authors),
        *(element("category", name) for name in item.categories),
        element("dc:language", item.language),
        element("description", _as_html(item.summary)) if item.summary else "",
        raw("content:encoded", escape(item.html)) if item.html else "",
        raw("enclosure", url=one.url, length=one.size, type=one.type) if one else "",
        _media(item.picture) if item.picture else "",
    ]
    return raw("item", f"\n{_lines(parts)}")


def _media(picture: Medium) -> str:
    said = element("media:description", picture.alt, type="plain") if picture.alt else ""
    said += element("media:credit", picture.credit) if picture.credit else ""
    size = {"width": picture.width, "height": picture.height, "fileSize": picture.size}
    return raw("media:content", said, url=picture.url, type=picture.type, medium="image", **size)


def atom(feed: Feed) -> str:
    """Atom 1.0."""
    parts = [
        element("id", feed.address),
        element("title", feed.title),
        element("subtitle", feed.description),
        element("updated", day(feed.changed)),
        raw("author", element("name", feed.publisher) + element("uri", feed.publisher_url)),
        raw("link", rel="alternate", type="text/html", href=feed.url),
        raw("link", rel="self", type="application/atom+xml", href=feed.address),
        raw("link", rel="hub", href=feed.hub) if feed.hub else "",
        element("rights", feed.rights),
        element("logo", feed.logo) if feed.logo else "",
        element("generator", GENERATOR),
        *map(_atom_entry, feed.items),
    ]
    head = raw("feed", "\n", xmlns="http://www.w3.org/2005/Atom", xml_lang=feed.language).removesuffix("</feed>")
    return f"{HEAD}{head}{_lines(parts)}</feed>\n"


def _atom_entry(item: Item) -> str:
    parts = [
        element("id", item.url),
        element("title", item.title),
        raw("link", rel="alternate", type="text/html", hreflang=item.language, href=item.url),
        element("published", day(item.published)),
        element("updated", day(max(item.updated or item.published, item.published))),
        *(raw("author", element("name", author.name) + element("uri", author.url)) for author in item.authors),
        *(raw("category", term=name) for name in item.categories),
        element("summary", item.summary) if item.summary else "",
        raw("content", escape(item.html), type="html") if item.html else "",
        *(raw("link", rel="enclosure", type=one.type, length=one.size, href=one.url) for one in (*item.players, item.picture) if one),
    ]
    return raw("entry", f"\n{_lines(parts)}", xml_lang=item.language)


def json_feed(feed: Feed) -> str:
    """JSON Feed 1.1."""
    return _json(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "home_page_url": feed.url,
            "feed_url": feed.address,
            "description": feed.description,
            "icon": feed.logo,
            "authors": [{"name": feed.publisher, "url": feed.publisher_url}],
            "language": feed.language,
            "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else [],
        },
        items=[_json_item(item) for item in feed.items],
    )


def _json_item(item: Item) -> dict[str, Any]:
    attached = [{"url": one.url, "mime_type": one.type, "size_in_bytes": one.size} for one in item.players]
    # An item has one of the two contents, even when there is nothing to say.
    content = {"content_html": item.html} if item.html else {"content_text": item.summary}
    told = {
        "url": item.url,
        "title": item.title,
        "summary": item.summary if item.html else "",
        "image": item.picture.url if item.picture else "",
        "date_published": day(item.published),
        "date_modified": day(item.updated) if item.updated else "",
        "authors": [{"name": author.name, "url": author.url} for author in item.authors],
        "tags": list(item.categories),
        "language": item.language,
        "attachments": attached,
    }
    return {"id": item.url, **content, **{name: value for name, value in told.items() if value}}


def _json(told: dict[str, Any], **kept: Any) -> str:
    said = {name: value for name, value in told.items() if value}
    return json.dumps(_clean({**said, **kept}), ensure_ascii=False) + "\n"


def _clean(value: Any) -> Any:
    """What the other formats leave out because XML cannot hold it is left out here, too."""
    if isinstance(value, str):
        return without_control(value)
    if isinstance(value, dict):
        return {name: _clean(one) for name, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, list) else value


def _as_html(plain: str) -> str:
    """Plain text where HTML is expected: RSS's description."""
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _lines(parts: list[str]) -> str:
    return "".join(f"{part}\n" for part in parts if part)


@dataclass(frozen=True, slots=True)
class Format:
    """How a feed may be had."""

    name: str
    ending: str
    """Of its address, behind that of the RSS feed."""
    type: str
    """MIME."""
    write: Callable[[Feed], str]


FORMATS = (
    Format("RSS", "", "application/rss+xml", rss),
    Format("Atom", "atom/", "application/atom+xml", atom),
    Format("JSON Feed", "json/", "application/feed+json", json_feed),
)


def ways(feed: str) -> list[tuple[str, str]]:
    """(path, MIME type) of a list's feed in each format, given that of the RSS feed, with its query."""
    path, mark, query = feed.partition("?")
    return [(f"{path}{format_.ending}{mark}{query}", format_.type) for format_ in FORMATS]
