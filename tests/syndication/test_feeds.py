"""Feeds: complete for readers elsewhere."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from broadsheet.people.models import Person
from broadsheet.syndication.views import whole_addresses

SITE = "http://127.0.0.1:8000/"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<a href="/asia/x/">x</a>', f'<a href="{SITE}asia/x/">x</a>'),
        (
            '<img srcset="/m/a.jpg 240w, /m/b.jpg 480w" src="/m/b.jpg">',
            f'<img srcset="{SITE}m/a.jpg 240w, {SITE}m/b.jpg 480w" src="{SITE}m/b.jpg">',
        ),
        ('<a href="https://elsewhere.example/a/">x</a>', '<a href="https://elsewhere.example/a/">x</a>'),
        ('<a href="//elsewhere.example/a/">x</a><a href="#part">y</a>', '<a href="//elsewhere.example/a/">x</a><a href="#part">y</a>'),
        ('<a href="/?q=a, /b">x</a>', f'<a href="{SITE}?q=a, /b">x</a>'),
        ('<a href="https://x.example/?q=a, /b">x</a>', '<a href="https://x.example/?q=a, /b">x</a>'),
        ("<p>Nothing at all</p>", "<p>Nothing at all</p>"),
    ],
)
def test_addresses_are_complete(settings, body, expected):
    settings.WAGTAILADMIN_BASE_URL = SITE.rstrip("/")
    assert whole_addresses(body) == expected


@pytest.mark.django_db
def test_an_item_holds_the_whole_story(client, make_story):
    ada, bo = (Person.objects.create(name=n, slug=n.lower()) for n in ("Ada", "Bo"))
    story = make_story("Salt", body='<p>White gold.</p><p><a href="/latest/">More</a></p>', people=[ada, bo], language="ur")
    item = ET.fromstring(client.get("/news/feed/").content).find("channel/item")
    content = item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded")
    assert "White gold." in content and 'href="http' in content and 'href="/' not in content
    assert [c.text for c in item.findall("{http://purl.org/dc/elements/1.1/}creator")] == ["Ada", "Bo"]
    assert item.findtext("{http://purl.org/dc/elements/1.1/}language") == "ur"
    assert item.findtext("link").endswith(story.permalink) and item.findtext("category") == "News" and item.findtext("pubDate")
