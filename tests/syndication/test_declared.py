"""Small files at fixed addresses, and stories described for who embeds them."""

from __future__ import annotations

import datetime as dt
import json
import re
from html import unescape
from urllib import robotparser
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from lxml import etree
from wagtail.models import Site

from broadsheet.people.declarations import ANSWERING, TRAINING, valid_ads_txt, valid_contact, valid_trust_txt
from broadsheet.people.models import Declarations, Person
from broadsheet.stories.models import StaticPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def declare(front):
    """`declare(ads_txt="…")`: the publication declares that."""

    def declare(**what):
        return Declarations.objects.update_or_create(site=Site.objects.get(), defaults=what)[0]

    return declare


class TestRobots:
    @pytest.mark.parametrize(
        ("chosen", "welcome"),
        [("all", {"GPTBot": True, "OAI-SearchBot": True}), ("no-training", {"GPTBot": False, "OAI-SearchBot": True}),
         ("no-ai", {"GPTBot": False, "OAI-SearchBot": False})],
    )  # fmt: skip
    def test_crawlers_are_asked_to_do_what_was_chosen(self, client, declare, chosen, welcome):
        declare(crawlers=chosen)
        text = client.get("/robots.txt").content.decode()
        rules = robotparser.RobotFileParser()
        rules.parse(text.splitlines())
        for name, may in ({"Googlebot": True, "bingbot": True, "curl": True} | welcome).items():
            assert rules.can_fetch(name, "https://tern.example/news/ferry/") is may, name
            assert not rules.can_fetch(name, "https://tern.example/desk/")
        assert re.findall(r"^Sitemap: \S+/(\S+)$", text, re.M) == ["sitemap.xml", "sitemap-news.xml"]

    def test_no_crawler_is_of_both_sorts(self):
        assert not {n.casefold() for n in TRAINING} & {n.casefold() for n in ANSWERING}

    def test_nothing_declared_is_open(self, client, front):
        assert client.get("/robots.txt").content.decode().startswith("User-agent: *\nDisallow: /desk/\n\nSitemap: ")


class TestFiles:
    @pytest.mark.parametrize("path", ["/ads.txt", "/trust.txt", "/.well-known/trust.txt", "/.well-known/security.txt"])
    def test_what_nobody_declared_is_not_there(self, client, front, path):
        assert client.get(path).status_code == 404

    def test_they_are_given_out_as_written(self, client, declare):
        declare(
            ads_txt="# ours\r\nadvertiser.example, 12, DIRECT\r\n",
            trust_txt="member=https://tern.example/\n",
            security_contact="mailto:s@tern.example",
        )
        answer = client.get("/ads.txt")
        assert answer.content == b"# ours\nadvertiser.example, 12, DIRECT\n" and answer["Content-Type"].startswith("text/plain")
        assert client.get("/trust.txt").content == client.get("/.well-known/trust.txt").content == b"member=https://tern.example/\n"
        assert client.get("/security.txt")["Location"] == "/.well-known/security.txt"
        text = client.get("/.well-known/security.txt").content.decode()
        fields = dict(line.split(": ", 1) for line in text.splitlines())
        assert fields["Contact"] == "mailto:s@tern.example" and fields["Canonical"].endswith("/.well-known/security.txt")
        left = dt.datetime.fromisoformat(fields["Expires"]) - dt.datetime.now(dt.UTC)
        assert dt.timedelta(140) < left < dt.timedelta(365), "RFC 9116: less than a year"

    def test_who_keeps_models_out_says_so_in_trust_too(self, client, declare):
        declare(trust_txt="member=https://tern.example/", crawlers="no-training")
        assert client.get("/trust.txt").content == b"member=https://tern.example/\ndatatrainingallowed=no\n"
        declare(trust_txt="datatrainingallowed=yes")
        assert client.get("/trust.txt").content == b"datatrainingallowed=yes\n"

    @pytest.mark.parametrize(
        ("check", "good", "bad"),
        [
            (valid_ads_txt, ["", "# all", "a.example, 1, DIRECT", "a.example,1,reseller,f08c47fec0942fa0 # x", "OWNERDOMAIN=tern.example", "a.example,1,DIRECT;x=y"],
             ["a.example, 1", "a.example, 1, MAYBE", "example, 1, DIRECT", "a.example,,DIRECT", "OWNER=x", "CONTACT=", "<script>"]),
            (valid_trust_txt, ["", "member=https://a.example/", "social=https://b.example/x\n#\ncontact=mailto:a@b.example", "datatrainingallowed=no"],
             ["member", "friend=https://a.example/", "member=", "datatrainingallowed=perhaps", "member=javascript:alert(1)"]),
            (valid_contact, ["mailto:a@b.example", "https://a.example/form", "tel:+44-20-1"], ["a@b.example", "http://a.example", "javascript:x", "mailto:a@b.example\nExpires: never"]),
        ],
    )  # fmt: skip
    def test_what_others_could_not_read_is_refused(self, check, good, bad):
        for text in good:
            check(text)
        for text in bad:
            with pytest.raises(ValidationError):
                check(text)

    def test_a_line_that_is_wrong_is_named(self):
        with pytest.raises(ValidationError, match="Line 3"):
            valid_ads_txt("# one\na.example, 1, DIRECT\na.example 1\n")

    def test_an_editor_writes_them_in_the_desk(self, editor_client, declare):
        declared = declare()
        address = f"/desk/settings/people/declarations/{declared.site_id}/"
        assert "security.txt" in editor_client.get(address).content.decode()
        names = ("ads_txt", "trust_txt", "security_contact", *Declarations.POLICIES)
        wrong = editor_client.post(address, dict.fromkeys(names, "") | {"crawlers": "no-ai", "ads_txt": "nonsense"})
        assert "Line 1 is no record" in wrong.content.decode()
        assert editor_client.post(address, dict.fromkeys(names, "") | {"crawlers": "no-ai"}).status_code == 302
        assert Declarations.objects.get().crawlers == "no-ai"


class TestPolicies:
    def test_public_pages_on_how_the_newsroom_works_are_named(self, client, declare, front):
        ethics, draft = (front.add_child(instance=StaticPage(title=t, slug=t.lower(), live=t == "Ethics")) for t in ("Ethics", "Draft"))
        declare(ethics=ethics, corrections=draft)
        found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', client.get("/").content.decode())
        ours = next(one for one in map(json.loads, found) if one["@type"] == "NewsMediaOrganization")
        assert ours["ethicsPolicy"] == "http://127.0.0.1:8000/ethics/" and "correctionsPolicy" not in ours


class TestEmbedding:
    def ask(self, client, url, **more):
        return client.get("/oembed/?" + urlencode({"url": url, **more}))

    def test_a_public_story_is_described(self, client, make_story, django_assert_max_num_queries):
        ada = Person.objects.create(name="Ada Quill", slug="ada-quill")
        story = make_story("Ferry & <b>sails</b>", people=[ada])
        url = f"http://127.0.0.1:8000{story.permalink}"
        with django_assert_max_num_queries(7):
            told = self.ask(client, url).json()
        assert told == {
            "type": "link", "version": "1.0", "title": "Ferry & <b>sails</b>", "provider_name": "The Tern", "provider_url": "http://127.0.0.1:8000/",
            "cache_age": 3600, "author_name": "Ada Quill", "author_url": "http://127.0.0.1:8000/people/ada-quill/",
        }  # fmt: skip
        answer = self.ask(client, url, format="xml")
        assert {e.tag: e.text for e in ElementTree.fromstring(answer.content)}["title"] == told["title"] and answer[
            "Content-Type"
        ].startswith("text/xml")
        assert self.ask(client, url, format="yaml").status_code == 501
        named = re.search(r'type="application/json\+oembed" title="[^"]*" href="([^"]*)"', client.get(story.permalink).content.decode())
        assert client.get(unescape(named[1]).removeprefix("http://127.0.0.1:8000")).json() == told

    @pytest.mark.parametrize(
        "url",
        ["", "x", "http://other.example/story/", "javascript:1", "http://[::1", "http://127.0.0.1:8000/no/"],
    )
    def test_what_is_no_story_of_ours_is_not_there(self, client, make_story, url):
        make_story()
        assert self.ask(client, url).status_code == 404

    def test_a_draft_is_not_there(self, client, make_story):
        story = make_story()
        url = f"http://127.0.0.1:8000{story.permalink}"
        assert self.ask(client, url).status_code == 200
        story.unpublish()
        assert self.ask(client, url).status_code == 404


@pytest.mark.parametrize("url", ["http://℀/", "http://[::1", "http://[x]/", "//", "http://127.0.0.1:99999999/"])
def test_an_address_that_is_none_describes_nothing(client, front, url):
    assert client.get("/oembed/", {"url": url}).status_code == 404


def test_a_headline_that_xml_cannot_hold_is_described_in_it(client, make_story, settings):
    story = make_story("A\x0bline & a <sign>")
    answer = client.get("/oembed/", {"url": settings.WAGTAILADMIN_BASE_URL + story.permalink, "format": "xml"})
    assert etree.fromstring(answer.content).findtext("title") == "Aline & a <sign>"
