"""Rows of Ghost's tables as neutral records."""

from __future__ import annotations

import datetime as dt
import pickle
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.importing.ghost import posts
from broadsheet.importing.ghost.reader import Export, pattern_of
from broadsheet.importing.records import ImportRefused, TermLink

from .conftest import lexical, para, post, tag, tagged, user


def only(export: Export):
    [item] = [item for item in export.items() if item.type != "attachment"]
    return item


def notes(export: Export) -> dict[str, int]:
    return {o.what: o.count for o in export.oddities.records()}


class TestPosts:
    def test_a_post(self, ghost) -> None:
        item = only(Export([ghost(
            post(title="Gale & <b>", custom_excerpt="Short & sweet", feature_image="__GHOST_URL__/content/images/a.jpg", featured=1,
                 canonical_url="https://x.example/first", locale="de"),
            posts_meta=[{"post_id": "a1", "meta_title": "For search", "meta_description": "Found", "feature_image_alt": "A gale",
                         "feature_image_caption": "By <i>us</i>"}],
            users=[user("u1", "Ada Holm"), user("u2", "Bo Lind")],
            posts_authors=[{"post_id": "a1", "author_id": "u1", "sort_order": 1}, {"post_id": "a1", "author_id": "u2", "sort_order": 0}],
        )]))  # fmt: skip
        assert (item.title, item.excerpt, item.slug, item.path, item.type) == (
            "Gale &amp; &lt;b&gt;", "Short &amp; sweet", "story-a1", "/story-a1/", "post",
        )  # fmt: skip
        assert item.published == dt.datetime(2024, 3, 5, 10, tzinfo=dt.UTC) and item.modified == dt.datetime(2024, 3, 6, 10, tzinfo=dt.UTC)
        assert (item.status, item.sticky, item.creator) == ("publish", True, "bo-lind")
        assert [link.name for link in item.terms if link.taxonomy == "author"] == ["Bo Lind", "Ada Holm"]
        assert item.meta == {
            "_thumbnail_id": "picture:a.jpg", "_broadsheet_lead_url": "/content/images/a.jpg", "_broadsheet_lead_alt": "A gale",
            "_broadsheet_lead_caption": "By <i>us</i>", "_broadsheet_language": "de", "_yoast_wpseo_title": "For search",
            "_yoast_wpseo_metadesc": "Found", "_yoast_wpseo_canonical": "https://x.example/first",
        }  # fmt: skip

    @pytest.mark.parametrize(("row", "status"), [
        ({}, "publish"), ({"visibility": None}, "publish"), ({"status": "draft"}, "draft"), ({"status": None}, "draft"),
        ({"status": "scheduled"}, "future"), ({"status": "sent"}, "sent"), ({"visibility": "members"}, "members"),
        ({"visibility": "paid"}, "paid"), ({"visibility": "tiers"}, "tiers"), ({"visibility": "product:gold"}, "members"),
        ({"visibility": "publish"}, "members"), ({"visibility": "paid", "status": "scheduled"}, "paid"),
        ({"visibility": "members", "status": "draft"}, "draft"), ({"status": "publish"}, "draft"), ({"email_only": 1}, "sent"),
    ])  # fmt: skip
    def test_only_what_everybody_could_read_is_public(self, ghost, row, status) -> None:
        export = Export([ghost(post(**row))])
        assert only(export).status == status
        assert (status in ("publish", "draft", "future")) == (not any("kept as a draft" in what for what in notes(export)))

    def test_half_a_character_is_marked_counted_and_its_post_named(self, ghost) -> None:
        cut = [post("1", title="Gale \ud83d"), post("2", html="<p>\udf0a and wind</p>"), post("3", title="Sea \U0001f30a")]
        export = Export(
            [ghost(*cut, post("4", html="", lexical=lexical(para("Foam \ud83c"))), tags=[tag("t1", "Wind \ud83d", slug="wind")])]
        )
        items = [item for item in export.items() if item.type != "attachment"]
        assert [item.title for item in items] == ["Gale \ufffd", "A story", "Sea \U0001f30a", "A story"]
        assert "<p>\ufffd and wind</p>" in items[1].body and "Foam \ufffd" in items[3].body
        told = next(one for one in export.oddities.records() if one.what.startswith("half a character"))
        assert told.count == 4 and len(told.examples) == 3 and "story-1" in told.examples[0]

    def test_pages_of_every_generation(self, ghost) -> None:
        rows = [post("1", type="page"), post("2", page=1), post("3", page="1"), post("4", page=0, type=None), post("5", page=False)]
        assert [i.type for i in Export([ghost(*rows)]).items()] == ["page", "page", "page", "post", "post"]

    @pytest.mark.parametrize("value", [1709632800000, "1709632800000", "2024-03-05T10:00:00.000Z", "2024-03-05 10:00:00", 1709632800000.0])
    def test_dates_of_every_generation(self, ghost, value) -> None:
        assert only(Export([ghost(post(published_at=value))])).published == dt.datetime(2024, 3, 5, 10, tzinfo=dt.UTC)

    @pytest.mark.parametrize("value", [None, "", "soon", 1e300, True, [], -(10**17)])
    def test_an_impossible_date_gives_way_and_is_told(self, ghost, value) -> None:
        export = Export([ghost(post(published_at=value, created_at="2023-01-01 00:00:00"))])
        assert only(export).published == dt.datetime(2023, 1, 1, tzinfo=dt.UTC)
        assert notes(export) == {"published without a date: the day it was begun": 1}

    def test_an_author_who_is_missing(self, ghost) -> None:
        export = Export([ghost(post(author_id="u9"), users=[user("u1", "Ada Holm")])])
        assert only(export).creator == "" and notes(export) == {"author who is not in the export: no byline": 1}
        assert only(Export([ghost(post(author_id=1), users=[{"name": "Ada Holm"}])])).creator == "ada-holm"

    def test_an_item_without_an_id_has_one_from_what_it_says(self, ghost) -> None:
        one, two = (only(Export([ghost(post(id=None, uuid=None))])) for _ in "12")
        assert one.source_id == two.source_id and one.source_id.startswith("digest:") and not one.has_id

    def test_what_is_left_out_is_told(self, ghost) -> None:
        export = Export([ghost(
            post(codeinjection_head="<style>", og_title="x"), settings={"codeinjection_foot": "<script>", "secondary_navigation": '[{"url":"/a/"}]'},
            newsletters=[{"id": 1}, {"id": 2}], migrations_lock=[{}],
        )])  # fmt: skip
        assert notes(export) == {
            "code injected into one page, left out": 1, "text or picture for social media only, left out": 1,
            "code injected into every page, left out": 1, "newsletters: left out": 2,
        }  # fmt: skip
        assert [link.url for link in export.survey.menus["secondary_navigation"]] == ["/a/"]

    def test_the_placeholder_for_the_sites_address(self, ghost) -> None:
        link = para("x", type="link", url="__GHOST_URL__/tide/")
        path = ghost(
            post(
                lexical=lexical(
                    para(link, para("home", type="link", url="__GHOST_URL__")),
                    {"type": "image", "src": "__GHOST_URL__/content/images/a.png"},
                )
            )
        )
        assert "__GHOST" not in only(Export([path])).body and 'href="/tide/"' in only(Export([path])).body
        with_url = Export([path], url="https://tern.example/")
        assert 'src="https://tern.example/content/images/a.png"' in only(with_url).body
        assert [i.attachment_url for i in with_url.items() if i.type == "attachment"] == ["https://tern.example/content/images/a.png"]


class TestTags:
    def test_a_tag_that_leads_several_stories_is_a_section_the_others_are_topics_internal_ones_nothing(self, ghost) -> None:
        export = Export([ghost(
            *(post(str(n)) for n in range(4)), tags=[tag("t1", "Coast"), tag("t2", "Ferries"), tag("t3", "#hidden", visibility="internal"), tag("t4", "#old")],
            posts_tags=tagged(("0", "t3"), ("0", "t1"), ("0", "t2"), ("1", "t1"), ("2", "t4"), ("2", "t1"), ("3", "t2"), ("3", "t1")),
        )])  # fmt: skip
        coast, ferries = TermLink("category", "coast", "Coast"), TermLink("post_tag", "ferries", "Ferries")
        assert [i.terms for i in export.items()] == [(coast, ferries), (coast,), (coast,), (ferries, coast)]
        assert sorted(t for t, _ in export.survey.terms) == ["category", "internal_tag", "internal_tag", "post_tag"]

    def test_sections_can_be_named(self, ghost) -> None:
        path = ghost(post("1"), tags=[tag("t1", "Coast"), tag("t2", "Ferries")], posts_tags=tagged(("1", "t1"), ("1", "t2")))
        assert [t.taxonomy for t in only(Export([path], sections=["FERRIES"])).terms] == ["post_tag", "category"]
        assert [t.taxonomy for t in only(Export([path], sections=[])).terms] == ["post_tag", "post_tag"]


class TestSite:
    def test_settings(self, ghost) -> None:
        survey = Export([ghost(post(), settings={"timezone": "Europe/London", "lang": "en_US"})]).survey
        site = survey.site
        assert (site.title, site.description, survey.zone, survey.is_zone_told, site.language, site.key) == (
            "The Tern",
            "Coast and sea",
            "Europe/London",
            True,
            "en",
            "the tern",
        )
        survey = Export([ghost(post(), settings={"activeTimezone": "Mars/Base", "locale": "pt_BR", "site_uuid": "0" * 32})]).survey
        site = survey.site
        assert (survey.zone, survey.is_zone_told, site.language, site.key) == ("", False, "pt-BR", "0" * 32)

    @pytest.mark.parametrize(("given", "pattern"), [
        ("/{slug}/", "/{slug}/"), ("/:year/:month/:day/:slug/", "/{year}/{month}/{day}/{slug}/"), ("/blog/{primary_tag}/{slug}/", "/blog/{primary_tag}/{slug}/"),
        ("slug", ""), ("/{title}/", ""), ("/x/", ""), ("/{slug", ""), ("", ""), ("/<{slug}>/", ""),
    ])  # fmt: skip
    def test_permalink_patterns(self, given, pattern) -> None:
        assert pattern_of(given) == pattern

    def test_dated_addresses_follow_the_sites_clock(self, ghost) -> None:
        path = ghost(
            post(published_at="2024-01-01T03:00:00Z"), settings={"timezone": "America/New_York", "permalinks": "/:year/:month/:slug/"}
        )
        assert only(Export([path])).path == "/2023/12/story-a1/"
        assert only(Export([path], permalinks="/{primary_tag}/{id}/")).path == "/all/a1/"
        with pytest.raises(ImportRefused, match="--permalinks: slug is no pattern"):
            Export([path], permalinks="slug")

    def test_a_repetition_and_a_newer_version(self, ghost) -> None:
        a, b = ghost(post("1"), post("2")), ghost(post("1", title="Newer", updated_at="2024-05-01 00:00:00"), post("2"))
        export = Export([a, b])
        keys = [(e.slug, e.title, e.key is None) for batch in export.survey.ledger.batches(10) for e in batch]
        assert keys == [
            ("story-1", "A story", True),
            ("story-2", "A story", False),
            ("story-1", "Newer", False),
            ("story-2", "A story", True),
        ]

    def test_it_can_be_handed_to_another_process(self, ghost) -> None:
        export = Export([ghost(post())])
        assert [i.slug for i in pickle.loads(pickle.dumps(export)).items()] == ["story-a1"]


class TestPictures:
    def test_each_picture_is_an_item_whatever_size_is_shown(self, ghost) -> None:
        html = (
            "<img src=\"/content/images/size/w600/2024/01/a.jpg\"><img alt=x src='/content/images/2024/01/a.jpg'>"
            '<img src="https://cdn.example/x?id=1"><img src="https://cdn.example/x?id=2"><img src="data:image/png;base64,xx">'
        )
        export = Export([ghost(post("1", html=html, feature_image="/content/images/2024/01/b.jpg"), post("2", html=html))])
        found = [i.source_id for i in export.items() if i.type == "attachment"]
        assert sorted(found) == [
            "picture:2024/01/a.jpg",
            "picture:2024/01/b.jpg",
            "picture:cdn.example/x?id=1",
            "picture:cdn.example/x?id=2",
        ]

    @pytest.mark.parametrize("unit", ["<img ", "<a ", "<img src='", '<video src="'])
    def test_tags_that_are_never_closed_take_no_time(self, unit) -> None:
        row = {"id": "1", "html": "<img src='/a.jpg'>" + unit * (400_000 // len(unit))}
        item = posts.item(row, posts.Tables(), file="a.json", note=lambda what: None)
        began = time.process_time()
        assert posts.pictures(item) == {"picture:a.jpg": "/a.jpg"}
        assert time.process_time() - began < 3


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2), max_leaves=4,
)  # fmt: skip
_columns = st.sampled_from(
    ["id", "uuid", "title", "slug", "html", "lexical", "mobiledoc", "markdown", "type", "page", "status", "visibility", "published_at", "updated_at",
     "created_at", "feature_image", "image", "featured", "author_id", "custom_excerpt", "locale", "canonical_url", "email_only"]
)  # fmt: skip


@given(st.dictionaries(_columns, _json, max_size=8))
def test_whatever_stands_in_a_row_makes_a_record(row) -> None:
    item = posts.item(row, posts.Tables(), file="a.json", note=lambda what: None)
    assert item.source_id and item.digest and item.type in ("post", "page")
    assert item.status != "publish" or row.get("status") == "published"
    posts.pictures(item)
    posts.author(row, ""), posts.tag(row), posts.meta(row)
