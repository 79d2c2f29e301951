"""Our feeds against rules that are held to the W3C validator's own cases, and against texts of feedparser's cases."""

from __future__ import annotations

import re
import tarfile
from collections import Counter
from pathlib import Path

import feedparser
import lxml.etree
import pytest

from broadsheet.people.models import Person
from broadsheet.stories.models import Topic

from .feed_rules import findings

FEEDS = Path(__file__).resolve().parents[3] / "shared" / "fixtures" / "feeds"
FOUND = {
    "DangerousStyleAttr": 15, "DuplicateAtomLink": 9, "DuplicateElement": 64, "DuplicateEntries": 2, "InvalidMIMEType": 5, "InvalidRFC2822Date": 4,
    "InvalidRFC3339Date": 78, "InvalidTextType": 3, "MissingAttribute": 5, "MissingElement": 19, "SAXError": 10, "SecurityRisk": 5, "UndefinedElement": 20,
}  # fmt: skip
"""Cases of each fault that the rules find; those not found are of elements that our feeds have not."""


def members(name: str, beginning: str):
    """(name, bytes) of the XML files in a set of cases."""
    if not (FEEDS / name).is_file():
        pytest.skip("no ../shared/fixtures/feeds: the validators' cases are not part of this repository")
    with tarfile.open(FEEDS / name) as archive:
        for one in archive:
            if one.isfile() and one.name.removeprefix("./").startswith(beginning) and one.name.endswith(".xml"):
                yield one.name, archive.extractfile(one).read()


def cases():
    """(fault, whether it is there, document) of the cases of RSS and Atom."""
    for beginning in ("testcases/rss/must/", "testcases/rss20/", "testcases/atom/"):
        for _name, content in members("w3c-feedvalidator-testcases.tar.gz", beginning):
            if told := re.search(rb"Expect:\s*(!?)(\w+)", content):
                yield told[2].decode(), not told[1], content


def test_the_rules_find_what_the_validator_finds():
    found = Counter(fault for fault, there, content in cases() if there and fault in findings(content))
    assert {fault: found[fault] for fault in FOUND} == {fault: max(found[fault], most) for fault, most in FOUND.items()}


@pytest.mark.django_db
def test_our_feeds_have_none_of_these_faults(client, make_story, make_section):
    topic, ada = Topic.objects.create(name="<b>Fish</b> & chips", slug="fish"), Person.objects.create(name="Ada & Bo", slug="ada")
    urdu = make_section("Urdu", language="ur")
    make_story("A <script> & more", standfirst="<b>Not bold</b>", topics=[topic], people=[ada])
    make_story("کشتی", parent=urdu, body='<p><a href="/x/">x</a></p>')
    for base in (
        "/feed/",
        "/news/feed/",
        "/urdu/feed/own/",
        "/topics/fish/feed/",
        "/people/ada/feed/",
        "/feed/kind/news/",
        "/feed/kind/video/",
    ):
        for ending in ("", "atom/"):
            assert findings(client.get(base + ending).content) == set(), base + ending


@pytest.mark.django_db
def test_texts_of_other_feeds_come_out_as_they_went_in(client, make_story):
    """Headlines and bodies that broke parsers before."""
    texts = []
    for _name, content in members("feedparser-tests.tar.gz", "tests/illformed/"):
        root = lxml.etree.fromstring(content, lxml.etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
        texts += [
            one.text.strip()[:250] for one in ([] if root is None else root.iter()) if isinstance(one.tag, str) and (one.text or "").strip()
        ]
    texts = list(dict.fromkeys(texts))[:25]
    assert len(texts) > 5
    for text in texts:
        make_story(text, body=f"<p>{text}</p>")
    for path in ("/feed/", "/feed/atom/"):
        parsed = feedparser.parse(client.get(path).content)
        assert parsed.bozo == 0 and len(parsed.entries) == len(texts)
        assert findings(client.get(path).content) == set()
