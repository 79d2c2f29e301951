"""Every byte a reader can get, so that two publications can be compared."""

from __future__ import annotations

import re

from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from broadsheet.people.models import Person
from broadsheet.stories.models import Gone, Placement, StaticPage, Story, Topic
from broadsheet.stories.queries import SectionTree
from broadsheet.syndication.sitemaps import addresses as sitemaps

# The number of a row, the minute of the request and the moment at which a list was written here: not what was published.
_PASSING = (
    (re.compile(r"~\d+"), "~ID"), (re.compile(r' data-as-of="[^"]*"'), ""), (re.compile(r'<p class="latest-asof">.*?</p>', re.S), "AS-OF"), (re.compile(r'(<time[^>]*class="as-of"[^>]*>|as of).{0,200}?</', re.S), "AS-OF</"),
    (re.compile(r'<p>Removed <time.*?</time>'), "<p>Removed"), (re.compile(r'(<h2 id="version-\d+">[^<]*)<time.*?</time>'), r"\1MOMENT"), (re.compile(r"<lastBuildDate>.*?<"), "<"), (re.compile(r"<lastmod>[^<]*</lastmod></sitemap>"), "</sitemap>"),
)  # fmt: skip


def addresses() -> list[str]:
    """Every address that answers, those of drafts included: they must answer alike, too."""
    found = {"/", "/latest/", "/feed/", "/sitemap.xml", "/sitemap-news.xml", *sitemaps(), "/robots.txt", "/favicon.ico"}
    found |= {"/corrections/", "/corrections/feed/"}
    for section in SectionTree.read().entries:
        found |= {section.url, f"{section.url}feed/"}
    for model in (Story, StaticPage):
        found |= set(model.objects.exclude(permalink=None).values_list("permalink", flat=True))
    found |= {f"{one.rstrip('/')}/changes/" for one in Story.objects.exclude(permalink=None).values_list("permalink", flat=True)}
    for thing in (*Person.objects.all(), *Topic.objects.all()):
        found |= {thing.get_absolute_url(), f"{thing.get_absolute_url()}feed/"}
    found |= {placement.get_absolute_url() for placement in Placement.objects.all()}
    found |= set(Redirect.objects.values_list("old_path", flat=True)) | set(Gone.objects.values_list("permalink", flat=True))
    return sorted(found)


def public_bytes() -> dict[str, str]:
    """{address: status, where it leads, and the bytes without what passes}."""
    client = Client(SERVER_NAME="127.0.0.1")
    pages = {}
    for address in addresses():
        answer = client.get(address)
        text = b"".join(answer).decode() if answer.streaming else answer.content.decode()
        for pattern, kept in _PASSING:
            text = pattern.sub(kept, text)
        pages[address] = f"{answer.status_code} {answer.headers.get('Location', '')}\n{text}"
    return pages
