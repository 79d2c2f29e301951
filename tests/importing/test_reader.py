"""Reading exports: every oddity dealt with and counted, wrong files refused with a remedy."""

from __future__ import annotations

import datetime as dt
import itertools
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.importing.permalinks import detect
from broadsheet.importing.records import ImportRefused
from broadsheet.importing.survey import Address, Sample
from broadsheet.importing.wordpress import php
from broadsheet.importing.wordpress.reader import Export

from .conftest import author, category, item, within


def odd(export: Export) -> dict[str, int]:
    return dict(export.oddities.counts)


def read(*paths):
    return list(Export(paths).items())


def keys(export):
    return [entry.key for batch in export.survey.ledger.batches(2) for entry in batch]


class TestItems:
    def test_fields(self, wxr) -> None:
        terms = within(("coast", "Coast")) + within(("ferries", "Ferries"), domain="post_tag")
        [one] = read(wxr(item("7", "Gale &amp; tide", terms=terms, meta={"_thumbnail_id": "9", "views": "100"})))
        assert (one.source_id, one.title, one.slug, one.path) == ("7", "Gale &amp; tide", "story-7", "/2024/03/story-7/")
        assert one.published == dt.datetime(2024, 3, 5, 10, tzinfo=dt.UTC)
        assert [(t.taxonomy, t.slug) for t in one.terms] == [("category", "coast"), ("post_tag", "ferries")]
        assert one.meta == {"_thumbnail_id": "9"}

    def test_zero_gmt_is_worked_out_from_the_sites_clock(self, wxr) -> None:
        path = wxr(item("1", gmt="2024-03-05 07:00:00"), item("2", gmt="0000-00-00 00:00:00"), item("3", gmt="2024-13-45 99:00:00"))
        export = Export([path])
        dates = [one.published for one in export.items()]
        assert set(dates) == {dt.datetime(2024, 3, 5, 7, tzinfo=dt.UTC)}
        assert odd(export)["no valid GMT date: worked out from the site's clock"] == 2

    def test_percent_encoded_slugs_are_decoded(self, wxr) -> None:
        slug = "%d9%85%d8%b1%d8%ad%d8%a8%d8%a7"
        export = Export([wxr(item("1", slug=slug))])
        [one] = export.items()
        assert (one.slug, one.path) == ("مرحبا", "/2024/03/مرحبا/")
        assert odd(export)["percent-encoded address decoded"] == 1

    @pytest.mark.parametrize(
        "link",
        ["https://tern.example/?p=1", "https://tern.example/", "javascript:alert(1)", "", "https://tern.example/a b/", "http://[bad"],
    )
    def test_an_address_that_is_none(self, wxr, link) -> None:
        assert read(wxr(item("1", link=link)))[0].path == ""

    def test_an_address_cannot_climb_out(self, wxr) -> None:
        assert read(wxr(item("1", link="https://tern.example/a/../../etc/passwd")))[0].path == "/etc/passwd"
        assert read(wxr(item("1", link="https://tern.example//evil.example/x")))[0].path == "/evil.example/x"

    def test_an_item_without_an_id_gets_one_from_its_content(self, wxr) -> None:
        export = Export([wxr(item("", slug="one"), item("0", slug="two"))])
        found = keys(export)
        assert len(set(found)) == 2 and all(key.startswith("digest:") for key in found)
        assert found == keys(Export(export.files))
        assert odd(export)["item without an id"] == 2

    def test_two_different_items_with_one_id_are_both_kept(self, wxr) -> None:
        other = item("1", "Another", slug="another", date="2023-01-01 00:00:00").replace("?p=1<", "?p=77<")
        export = Export([wxr(item("1"), other)])
        assert keys(export) == ["1", "1:post:another"]
        assert odd(export)["one id for two different items, both kept"] == 1

    def test_a_repeated_item_is_a_duplicate(self, wxr) -> None:
        export = Export([wxr(item("1")), wxr(item("1"), item("2"))])
        assert keys(export) == ["1", None, "2"]

    def test_of_two_versions_the_newer_counts(self, wxr) -> None:
        newer = "<wp:post_modified_gmt>2024-06-01 00:00:00</wp:post_modified_gmt>"
        export = Export([wxr(item("1", body="old"), item("1", body="new", more=newer))])
        assert list(zip(keys(export), (one.body for one in export.items()), strict=True)) == [(None, "old"), ("1", "new")]

    def test_comments(self, wxr) -> None:
        more = (
            "<wp:comment><wp:comment_id>5</wp:comment_id><wp:comment_author>Bo</wp:comment_author><wp:comment_approved>0</wp:comment_approved>"
            "<wp:comment_content>Well</wp:comment_content><wp:comment_type>pingback</wp:comment_type>"
            "<wp:comment_date_gmt>2024-03-06 00:00:00</wp:comment_date_gmt></wp:comment>"
        )
        [one] = read(wxr(item("1", more=more)))
        [comment] = one.comments
        assert (comment.status, comment.kind, comment.text) == ("pending", "pingback", "Well")

    def test_view_counts_are_no_change(self, wxr) -> None:
        first, second = (read(wxr(item("1", meta={"views": n})))[0] for n in ("1", "2"))
        assert first.digest == second.digest
        assert read(wxr(item("1", body="Other")))[0].digest != first.digest


class TestSite:
    def test_terms_authors_and_people_without_an_entry(self, wxr) -> None:
        head = author("ada", "Ada Holm") + category("news", "News") + category("coast", "Coast", "news")
        export = Export([wxr(item("1"), item("2", creator="bo"), head=head)])
        survey = export.survey
        assert survey.authors["ada"].name == "Ada Holm"
        assert survey.terms["category", "coast"].parent == "news"
        assert odd(export)["author without an entry, known by login only"] == 1

    def test_several_files_are_one_site(self, wxr) -> None:
        export = Export([wxr(item("1"), head=author("ada", "Ada")), wxr(item("2"), head=author("ada", "Ada"))])
        assert (export.survey.items, export.survey.author_entries, len(export.survey.authors)) == (2, 2, 1)

    def test_files_of_two_sites_are_refused(self, wxr) -> None:
        with pytest.raises(ImportRefused, match="Import each site with its own command"):
            Export([wxr(item("1")), wxr(item("2"), base="https://other.example")])

    def test_namespaces_may_stand_on_the_channel_and_be_of_any_version(self, wxr) -> None:
        path = wxr(item("1"))
        text = path.read_text().replace("http://wordpress.org/export/1.2", "https://wordpress.org/export/1.1")
        path.write_text(text)
        assert len(read(path)) == 1


class TestPermalinks:
    @pytest.mark.parametrize(
        ("path", "pattern"),
        [
            ("/2024/03/story-1/", "/{yyyy}/{mm}/{slug}/"),
            ("/2024/03/05/story-1/", "/{yyyy}/{mm}/{dd}/{slug}/"),
            ("/coast/story-1/", "/{section}/{slug}/"),
            ("/news/coast/story-1/", "/{section}/{slug}/"),
            ("/story-1.html", "/{slug}.html"),
            ("/archives/1", "/archives/{id}"),
            ("/story-1", "/{slug}"),
            ("/something-else/", ""),
            ("/?p=1", ""),
        ],
    )
    def test_pattern(self, wxr, path, pattern) -> None:
        terms = within(("news", "News"), ("coast", "Coast"))
        export = Export([wxr(item("1", link=f"https://tern.example{path}", terms=terms))])
        assert detect(export.survey.addresses) == pattern

    def test_a_folder_of_the_host_stays_a_part_of_it(self, wxr) -> None:
        export = Export([wxr(item("1", link="https://tern.example/news/story-1/"), base="https://tern.example/news")])
        assert detect(export.survey.addresses, folder="/news") == "/news/{slug}/"

    def test_none_when_addresses_disagree(self, wxr) -> None:
        items = [item("1"), item("2", link="https://tern.example/story-2/"), item("3", link="https://tern.example/x/")]
        assert detect(Export([wxr(*items)]).survey.addresses) == ""

    @pytest.mark.parametrize("count", [0, 1, Sample.most - 1, Sample.most, 10 * Sample.most + 3])
    def test_a_large_archive_is_judged_by_addresses_of_all_its_years(self, count) -> None:
        drawn = Sample()
        for number in range(count):
            drawn.show(Address(f"/{number}/", "", str(number), None, (), ""))
        places = [int(one.source_id) for one in drawn]
        assert len(places) == count if count < Sample.most else Sample.most // 2 <= len(places) < Sample.most
        steps = {after - before for before, after in itertools.pairwise(places)}
        assert len(steps) <= 1 and count - (places[-1] if places else 0) <= max(steps, default=1)


class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "is empty"),
            (b"   \n", "is empty"),
            (b"\0" * 5000, "zero bytes only"),
            (b"BZh91AY", "bunzip2"),
            (b'{"db": [{"data": {"posts": []}}]}', "broadsheet import ghost wrong.xml"),
            (b'[{"id": 1}]', "JSON"),
            (b"-- MySQL dump 10.13\nCREATE TABLE `wp_posts`", "dump of a database"),
            (b"<?xml version='1.0'?><urlset>", "sitemap"),
            (b"<!DOCTYPE html><form id='loginform'><input type='password'>", "login page"),
            (b"<?php echo '<rss>'; ?>", "template or a script"),
            (b"<!doctype html><html></html>", "web page"),
            (b"---\nlayout: none\n---\n<rss>", "template"),
            (b"<feed xmlns='http://www.w3.org/2005/Atom'></feed>", "Atom feed"),
            (b"<feed><generator>Blogger</generator><id>tag:blogger.com</id></feed>", "Blogger export"),
            (b"<data><a/></data>", "it starts with <data>"),
            (b"<rss version='2.0'><channel><item><title>x</title></item></channel></rss>", "RSS feed"),
            (b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss version='2.0'><channel/></rss>", "document type"),
            (b"<!DOCTYPE rss SYSTEM 'file:///etc/passwd'><rss version='2.0'><channel/></rss>", "document type"),
        ],
    )
    def test_wrong_files(self, tmp_path, content, words) -> None:
        path = tmp_path / "wrong.xml"
        path.write_bytes(content)
        with pytest.raises(ImportRefused, match="wrong.xml") as refused:
            Export([path])
        assert words in str(refused.value) and "\n" not in str(refused.value)

    def test_a_missing_file(self, tmp_path) -> None:
        with pytest.raises(ImportRefused, match="cannot be read"):
            Export([tmp_path / "none.xml"])

    def test_entities_of_the_attack_fixtures_are_never_expanded(self, fixtures) -> None:
        for path in sorted((fixtures.parent / "security" / "defusedxml").rglob("*.xml")):
            with pytest.raises(ImportRefused):
                Export([path])


class TestPhp:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("i:5;", 5), ("b:1;", True), ("N;", None), ("d:0.5;", 0.5), ('s:3:"abc";', "abc"), ('s:2:"é";', "é"),
            ('a:2:{i:0;s:1:"a";s:1:"k";a:0:{}}', {0: "a", "k": {}}), ('O:3:"Foo":1:{s:1:"x";i:1;}', {"x": 1}),
        ],
    )  # fmt: skip
    def test_values(self, text, value) -> None:
        assert php.loads(text) == value

    @pytest.mark.parametrize("text", ["", "plain", "i:x;", 's:9:"abc";', "a:1:{i:0;}", "i:1;i:2;", "a:1:{" * 99])
    def test_what_is_none(self, text) -> None:
        with pytest.raises(php.NotSerialised):
            php.loads(text)

    @given(st.text(alphabet='abisOdN:;{}"0123456789', max_size=40))
    def test_never_anything_but_a_value_or_a_refusal(self, text) -> None:
        try:
            php.loads(text)
        except php.NotSerialised:
            pass


def test_a_file_whose_name_is_no_text_is_read_all_the_same(wxr, tmp_path) -> None:
    path = wxr(item("1")).rename(tmp_path / os.fsdecode(b"old\xff\x1b[31m.xml"))
    (found,) = Export([path]).items()
    assert found.where.startswith("old\ufffd\ufffd[31m.xml, line ")
    path.write_text("<rss>")
    with pytest.raises(ImportRefused) as refused:
        Export([path])
    assert str(refused.value).startswith("old\ufffd\ufffd[31m.xml: ")
