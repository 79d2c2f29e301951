"""The export as WXR 1.2: sound XML that other tools read, and the same publication when it comes back."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from broadsheet.importing.export import wordpress
from broadsheet.importing.export.archive import Archive
from broadsheet.importing.restoring import load
from broadsheet.importing.restoring.wxr import Wxr, is_ours
from broadsheet.importing.wordpress.reader import Export
from broadsheet.stories.models import Story
from tests.importing.public_bytes import public_bytes
from tests.importing.restoring.test_restoring import forget_everything, paper, picture  # noqa: F401

pytestmark = pytest.mark.django_db
WP = "{http://wordpress.org/export/1.2/}"


@pytest.fixture
def file(paper, tmp_path):  # noqa: F811
    """The publication as WXR."""
    wordpress.write(tmp_path / "out", Archive(), base="https://tern.example")
    return tmp_path / "out" / "export.xml"


def test_wordpress_finds_what_its_importer_asks_for(file):
    channel = etree.parse(file).getroot().find("channel")
    assert channel.findtext(f"{WP}wxr_version") == "1.2"
    assert channel.findtext(f"{WP}base_site_url") == "https://tern.example"
    logins = {a.findtext(f"{WP}author_login") for a in channel.iter(f"{WP}author")}
    for item in channel.iter("item"):
        for name in ("post_id", "post_date", "post_date_gmt", "post_name", "status", "post_type", "post_parent", "menu_order", "is_sticky"):
            assert item.find(f"{WP}{name}") is not None, name
        kind = item.findtext(f"{WP}post_type")
        assert kind in ("post", "page", "attachment")
        assert item.findtext("{http://purl.org/dc/elements/1.1/}creator") in {*logins, ""}
        if kind == "attachment":
            assert item.findtext(f"{WP}attachment_url").startswith("https://tern.example/")
        if item.findtext(f"{WP}status") == "publish":
            assert item.findtext(f"{WP}post_date") != "0000-00-00 00:00:00"
    slugs = [c.findtext(f"{WP}category_nicename") for c in channel.iter(f"{WP}category")]
    assert len(slugs) == len(set(slugs))
    numbers = [item.findtext(f"{WP}post_id") for item in channel.iter("item")]
    assert len(numbers) == len(set(numbers))


def test_our_own_reader_counts_the_same(file):
    survey = Export([file]).survey
    assert survey.types["post"] == Story.objects.count()
    assert survey.site.base_url == "https://tern.example"


def test_drafts_stay_drafts(file):
    channel = etree.parse(file).getroot().find("channel")
    status = {item.findtext("title"): item.findtext(f"{WP}status") for item in channel.iter("item")}
    assert status["A draft"] == "draft"


def test_it_comes_back_as_it_was(file):
    before = public_bytes()
    forget_everything()
    assert is_ours(file)
    export = Wxr(file, None)
    here = load.restore(export)
    after = public_bytes()
    assert [a for a in before if before[a] != after.get(a)] == []
    assert {name: here[name] for name in export.counts} == export.counts


def test_a_body_that_was_changed_in_between_is_taken_from_there(file):
    text = file.read_text()
    assert text.count("It <b>sailed</b>")
    file.write_text(re.sub(r"It <b>sailed</b>", "It <b>sank</b>", text))
    forget_everything()
    load.restore(Wxr(file, None))
    assert "It <b>sank</b>" in next(page for address, page in public_bytes().items() if "/asia/story" in address)


def test_text_cannot_leave_its_cdata(make_story, tmp_path):
    make_story("a ]]> b", body="<p>]]&gt;</p>", standfirst="]]><item>\x08")
    wordpress.write(tmp_path / "out", Archive(), base="https://tern.example")
    channel = etree.parse(tmp_path / "out" / "export.xml").getroot().find("channel")
    assert [item.findtext("title") for item in channel.iter("item")] == ["a ]]> b"]
