"""What machines read of the public pages: search engines, sharing, feeds, and the browser's own accounts."""

from __future__ import annotations

import gzip
import io
import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from PIL import Image as Pillow

from broadsheet.media.models import Image
from broadsheet.people.models import Person
from broadsheet.stories.models import Topic

pytestmark = pytest.mark.django_db


def head(html: str, name: str) -> str:
    """What a meta element says; empty when it is not there."""
    found = re.search(rf'<meta (?:name|property)="{re.escape(name)}" content="([^"]*)"', html)
    return unescape(found[1]) if found else ""


def linked_data(html: str) -> dict[str, dict[str, object]]:
    """The page's schema.org descriptions by type."""
    found = [json.loads(one) for one in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)]
    return {one["@type"]: one for one in found}


@pytest.fixture
def picture(db):
    """A picture of 1,600 × 1,000 pixels that says where it was taken."""
    shot = Pillow.effect_noise((1600, 1000), 40).convert("RGB")
    exif = Pillow.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    shot.save(out, "JPEG", exif=exif)
    image = Image.objects.create(
        title="The quay", alt="Boats at the quay", credit="Photograph: A. Quill", file=ContentFile(out.getvalue(), "quay.jpg")
    )
    image.file.close()
    return image


@pytest.fixture
def page(client, make_story, picture):
    """The HTML of an illustrated story and the story."""
    ada = Person.objects.create(name="Ada Quill", slug="ada-quill")
    story = make_story("Ferry sails", standfirst="At last & on time.", lead_image=picture, people=[ada], dateline="Port Salen")
    return client.get(story.permalink).content.decode(), story


def test_title_description_address_and_robots(page):
    html, story = page
    assert "<title>Ferry sails — The Tern</title>" in html
    assert head(html, "description") == head(html, "og:description") == "At last & on time."
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{story.permalink}">' in html
    assert head(html, "robots") == "max-image-preview:large"
    assert head(html, "og:type") == "article" and head(html, "og:title") == "Ferry sails"


def test_the_picture_for_sharing_is_a_jpeg_of_one_size(page, settings):
    html, _story = page
    assert (head(html, "og:image:width"), head(html, "og:image:height")) == ("1200", "630")
    assert head(html, "og:image:alt") == "Boats at the quay"
    address = head(html, "og:image")
    assert address.startswith("http://127.0.0.1:8000/media/") and address.endswith(".jpg")
    with storages["public"].open(urlsplit(address).path.removeprefix(settings.MEDIA_URL)) as file:
        content = file.read()
    assert len(content) <= 300 * 1024
    assert Pillow.open(io.BytesIO(content)).size == (1200, 630)


def test_pictures_come_in_two_formats_with_their_size_and_say_nothing_of_the_camera(page, settings):
    html, _story = page
    shown = re.search(
        r'<picture><source type="image/webp" srcset="([^"]+)" sizes="([^"]+)"><img src="([^"]+)" srcset="([^"]+)" sizes="\2" width="(\d+)" height="(\d+)"',
        html,
    )
    webp, _sizes, _src, jpeg, width, height = shown.groups()
    assert abs(int(width) / int(height) - 1.5) < 0.01
    for srcset, ending in ((webp, "webp"), (jpeg, "jpg")):
        widths = [int(one.split()[1].removesuffix("w")) for one in srcset.split(", ")]
        assert widths == sorted(widths) and len(widths) >= 3
        for one in srcset.split(", "):
            address, said = one.split()
            assert address.endswith(f".{ending}")
            with storages["public"].open(address.removeprefix(settings.MEDIA_URL)) as file:
                opened = Pillow.open(io.BytesIO(file.read()))
            assert opened.width == int(said.removesuffix("w"))
            assert not opened.getexif()


def test_structured_data_of_a_story(page):
    html, story = page
    article = linked_data(html)["NewsArticle"]
    assert article["headline"] == "Ferry sails" and article["dateline"] == "Port Salen" and article["articleSection"] == "News"
    assert article["author"] == [{"@type": "Person", "name": "Ada Quill", "url": "http://127.0.0.1:8000/people/ada-quill/"}]
    assert article["mainEntityOfPage"]["@id"].endswith(story.permalink)
    assert [image["url"] for image in article["image"]] == [head(html, "og:image")]
    assert article["datePublished"] <= article["dateModified"]
    assert [step["name"] for step in linked_data(html)["BreadcrumbList"]["itemListElement"]] == ["News", "Ferry sails"]


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("opinion", "OpinionNewsArticle"),
        ("analysis", "AnalysisNewsArticle"),
        ("explainer", "BackgroundNewsArticle"),
        ("feature", "ReportageNewsArticle"),
        ("news", "NewsArticle"),
    ],
)
def test_the_type_follows_the_kind(client, make_story, kind, type_):
    assert type_ in linked_data(client.get(make_story(kind=kind).permalink).content.decode())


def test_structured_data_cannot_leave_its_script(client, make_story):
    html = client.get(make_story("</script><script>alert(1)</script>").permalink).content.decode()
    assert "<script>alert" not in html
    assert linked_data(html)["NewsArticle"]["headline"] == "</script><script>alert(1)</script>"


def test_share_links_are_plain_and_whole(page):
    html, story = page
    links = dict(re.findall(r'<a class="share-(\w+)" href="([^"]+)"', html))
    assert list(links) == ["whatsapp", "telegram", "facebook", "x", "mail"]
    address = f"http://127.0.0.1:8000{story.permalink}"
    asked = {name: parse_qs(urlsplit(unescape(link)).query) for name, link in links.items()}
    assert asked["telegram"] == {"url": [address], "text": ["Ferry sails"]} and asked["facebook"] == {"u": [address]}
    assert asked["whatsapp"] == {"text": [f"Ferry sails {address}"]} and asked["mail"]["body"] == [address]
    assert f'data-copy="{address}"' in html


def test_a_story_without_pictures_is_light(client, make_story, settings):
    story = make_story(body="<p>" + "It sailed at noon, and the harbour office said so twice. " * 120 + "</p>")
    for number in range(12):
        make_story(f"A headline of some length, the {number}th of its kind")
    html = client.get(story.permalink).content
    asked = re.findall(rb'<(?:link rel="stylesheet" href|script type="module" src|img src)="([^"]+)"', html)
    sizes = [len(gzip.compress(html))]
    for address in map(bytes.decode, asked):
        if address.startswith(settings.STATIC_URL):
            content = Path(finders.find(re.sub(r"\.[0-9a-f]{12}(?=\.)", "", address.removeprefix(settings.STATIC_URL)))).read_bytes()
        else:
            content = client.get(address).content
        assert content, address
        sizes.append(len(gzip.compress(content)))
    assert len(sizes) + 1 <= 4, asked  # the favicon is asked for besides
    assert sum(sizes) <= 40 * 1024, sizes


def test_what_is_not_for_search_engines_says_so(client, make_story):
    lonely = Topic.objects.create(name="Moscow latest news", slug="moscow-latest-news")
    make_story(topics=[lonely])
    assert head(client.get("/nowhere/").content.decode(), "robots") == "noindex"
    assert head(client.get("/topics/moscow-latest-news/").content.decode(), "robots") == "noindex, follow"
    assert head(client.get("/latest/").content.decode(), "robots") == "max-image-preview:large"


def test_sitemap_robots_and_favicon(client, make_story):
    story = make_story()
    draft = make_story(live=False, slug="secret")
    index = client.get("/sitemap.xml").content.decode()
    pages = [client.get(urlsplit(one).path).content.decode() for one in re.findall(r"<loc>([^<]+)</loc>", index)]
    listed = re.findall(r"<loc>([^<]+)</loc>", "".join(pages))
    assert f"http://127.0.0.1:8000{story.permalink}" in listed and "http://127.0.0.1:8000/news/" in listed
    assert draft.slug not in "".join(pages)
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /desk/" in robots and "Sitemap: http://127.0.0.1:8000/sitemap.xml" in robots
    icon = client.get("/favicon.ico")
    assert icon.status_code == 200 and icon["Content-Type"] == "image/svg+xml"
    html = client.get("/").content.decode()
    assert 'type="application/rss+xml"' in html and "WebSite" in linked_data(html)


def test_the_api_is_told_of_in_words(client, front):
    root = client.get("/api/v3/")
    assert root["Link"] == '</api/>; rel="service-doc", </api/v3/openapi.json>; rel="service-desc"'
    page = client.get("/api/").content.decode()
    for path in client.get("/api/v3/openapi.json").json()["paths"]:
        assert f"<code>{path}</code>" in page
        assert "{" in path or client.get(path).status_code == 200 and f'href="{path}"' in page
    assert "<code>updated_since</code> (string date-time)" in page and "(news, " in page and "(integer; 20)" in page
