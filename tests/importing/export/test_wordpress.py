"""The export as WXR 1.2: sound XML that other tools read, and the same publication when it comes back."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from broadsheet.fronts.models import MenuEntry
from broadsheet.importing.export import wordpress
from broadsheet.importing.export.archive import Archive
from broadsheet.importing.load import Loader
from broadsheet.importing.restoring import load
from broadsheet.importing.restoring.wxr import Wxr, is_ours
from broadsheet.importing.wordpress.reader import Export
from broadsheet.stories.models import Story
from tests.importing.conftest import FIXTURES
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
        assert kind in ("post", "page", "attachment", "nav_menu_item")
        assert item.findtext("{http://purl.org/dc/elements/1.1/}creator") in {*logins, ""}
        if kind == "attachment":
            assert item.findtext(f"{WP}attachment_url").startswith("https://tern.example/")
        if item.findtext(f"{WP}status") == "publish" and kind != "nav_menu_item":
            assert item.findtext(f"{WP}post_date") != "0000-00-00 00:00:00"
    slugs = [c.findtext(f"{WP}category_nicename") for c in channel.iter(f"{WP}category")]
    assert len(slugs) == len(set(slugs))
    numbers = [item.findtext(f"{WP}post_id") for item in channel.iter("item")]
    assert len(numbers) == len(set(numbers))


def test_the_menu_is_one_of_wordpress_and_comes_back_without_our_notes(file, tmp_path):
    before = [
        (one.text, one.url, one.section and one.section.title, str(one.parent or ""))
        for one in MenuEntry.objects.order_by("parent", "position")
    ]
    channel = etree.parse(file).getroot().find("channel")
    terms = {
        c.findtext(f"{WP}category_nicename"): c.findtext(f"{WP}term_id")
        for c in channel.iter(f"{WP}category")
        if c.find(f"{WP}term_id") is not None
    }
    entries = [i for i in channel.iter("item") if i.findtext(f"{WP}post_type") == "nav_menu_item"]
    told = [{m.findtext(f"{WP}meta_key"): m.findtext(f"{WP}meta_value") for m in i.iter(f"{WP}postmeta")} for i in entries]
    assert [(one["_menu_item_type"], one["_menu_item_url"]) for one in told] == [
        ("taxonomy", ""), ("custom", "https://tern.example/lists/top-stories/"), ("taxonomy", ""),
    ]  # fmt: skip
    assert {one["_menu_item_object_id"] for one in told if one["_menu_item_type"] == "taxonomy"} == {terms["world"], terms["asia"]}
    assert told[2]["_menu_item_menu_item_parent"] == entries[0].findtext(f"{WP}post_id") and told[0]["_menu_item_menu_item_parent"] == "0"
    assert all(i.find("category").get("nicename") == "main" for i in entries)
    # Its importer takes all of these to be there, and warns of each that is not.
    assert all({f"_menu_item_{name}" for name in ("url", "target", "classes", "xfn", "menu_item_parent")} <= set(one) for one in told)
    bare = tmp_path / "bare.xml"
    bare.write_text(without_our_notes(file.read_text()))
    forget_everything()
    assert Loader(Export([bare])).run().differences == []
    after = [
        (one.text, one.url, one.section and one.section.title, str(one.parent or ""))
        for one in MenuEntry.objects.order_by("parent", "position")
    ]
    assert sorted(after) == sorted(before)


def without_our_notes(text: str) -> str:
    """What another system makes of an export: without a word of what is ours alone in it."""
    bare = re.sub(
        r"<wp:(postmeta|termmeta)><wp:meta_key>(?:<!\[CDATA\[)?_broadsheet\b.*?</wp:\1>|<broadsheet:(\w+)>.*?</broadsheet:\2>",
        "",
        text,
        flags=re.S,
    )
    assert "_broadsheet" not in bare
    return bare


def parts(path) -> dict[str, list[list[str]]]:
    """Of the channel, items, authors, terms and comments: the names of their children in their order, each run of one name once."""
    found: dict[str, list[list[str]]] = {}
    for element in etree.parse(path).getroot().iter():
        if isinstance(element.tag, str) and element.tag in PARTS:
            names = [child.tag for child in element if isinstance(child.tag, str) and "urn:broadsheet" not in child.tag]
            found.setdefault(element.tag, []).append([name for at, name in enumerate(names) if at == 0 or names[at - 1] != name])
    return found


PARTS = {"item", *(f"{WP}{name}" for name in ("author", "category", "tag", "term", "comment", "postmeta", "termmeta"))}
SELDOM = {f"{WP}{name}" for name in ("attachment_url", "termmeta", "tag_description", "category_description", "term_description")}
LEFT_OUT = {
    # Numbers that only its own database knows, and what is not kept of people.
    f"{WP}author": {"author_id", "author_email", "author_first_name", "author_last_name", "author_description"},
    **{f"{WP}{name}": {"term_id", "term_parent", "tag_description", "category_description"} for name in ("category", "tag", "term")},
    "item": {"attachment_url"},
}  # fmt: skip


def test_elements_stand_as_they_do_in_what_wordpress_writes(file):
    """Its third parser reads by regular expressions: it finds what is named and placed as there."""
    real = FIXTURES / "official" / "64-block-test-data.xml"
    if not real.is_file():
        pytest.skip("needs ../shared/fixtures/wxr")
    theirs, ours = parts(real), parts(file)
    for part, rows in ours.items():
        if part not in theirs:
            continue
        known = [name for row in sorted(theirs[part], key=len) for name in row]
        order: list[str] = max(theirs[part], key=lambda row: len(set(row)))
        # What one item has and the longest has not: attachments have an address, few have comments.
        places = {name: order.index(name) for name in order}
        for row in rows:
            assert set(row) <= {*known, *SELDOM}, (part, set(row) - set(known))
            seen = [places[name] for name in row if name in places]
            assert seen == sorted(seen), (part, row)
            missing = {name.rpartition("}")[2] for name in order if all(name in other for other in theirs[part])} - {
                n.rpartition("}")[2] for n in row
            }
            assert missing <= LEFT_OUT.get(part, set()), (part, missing)
    text = file.read_text()
    assert not re.search(r"<wp:author>[^\n]*$(?<!</wp:author>)", text, re.M), "an author is one line"
    assert re.search(r"^<wp:wxr_version>1\.2</wp:wxr_version>$", text, re.M)
    assert {f"xmlns:{prefix}" for prefix in ("excerpt", "content", "wfw", "dc", "wp")} <= set(re.findall(r"xmlns:\w+", text[:1000]))


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
