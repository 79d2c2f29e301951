"""Damaged elements: mended where one reading is possible, counted, and named where none is."""

from __future__ import annotations

import time

import pytest

from broadsheet.importing.records import ImportRefused
from broadsheet.importing.wordpress import xml
from broadsheet.importing.wordpress.mending import Unmendable, mend
from broadsheet.importing.wordpress.reader import Export

from .conftest import HEAD, author, category, item

META = "<wp:postmeta><wp:meta_key>k</wp:meta_key><wp:meta_value><![CDATA[v]]></wp:meta_value></wp:postmeta>"


def damaged(id: str, old: str, new: str, **more: str) -> str:
    """An item in which `old` is replaced."""
    whole = item(id, **more)
    assert whole.count(old) >= 1
    return whole.replace(old, new, 1)


@pytest.fixture
def read(tmp_path):
    """Reads items as bytes or text: the export and its items."""

    def read(*items: str | bytes, head: str = HEAD, end: str = "</channel></rss>\n", name: str = "export.xml"):
        path = tmp_path / name
        parts = [head.format(base="https://tern.example", language="en-US"), *items, end]
        path.write_bytes(b"".join(part.encode() if isinstance(part, str) else part for part in parts))
        export = Export([path])
        return export, list(export.items())

    return read


MENDED = {
    "control character": (damaged("1", "Some text.", "Some\x0btext\x08."), "Some text.", "control character taken out", 2),
    "CDATA inside CDATA": (
        damaged("1", "Some text.", "a <![CDATA[ b ]]> c"), "a <![CDATA[ b ]]> c", "CDATA inside CDATA, kept as text", 1,
    ),
    "end of CDATA as text": (damaged("1", "Some text.", "Some ]]>"), "Some ]]>", "CDATA inside CDATA, kept as text", 1),
    "CDATA without its end": (
        damaged("1", "Some text.]]>", "Some text."), "Some text.", "CDATA without its end, ended at its element's end", 1,
    ),
    "CDATA with half its end": (
        damaged("1", "Some text.]]>", "Some text.]]"), "Some text.", "CDATA without its end, ended at its element's end", 1,
    ),
    "meta value without its end": (
        item("1", more=META.replace("]]>", "") + META), "Some text.", "CDATA without its end, ended at its element's end", 1,
    ),
    "entity of HTML": (
        damaged("1", "<![CDATA[Some text.]]>", "Some&nbsp;text&hellip; &copy"), "Some\xa0text… &copy",
        "entity of HTML, which XML does not know", 2,
    ),
    "bare ampersand": (damaged("1", "<![CDATA[Some text.]]>", "Fish & chips &c; &#0;"), "Fish & chips &c; ", "bare &, read as text", 2),
    "number of no character": (
        damaged("1", "<![CDATA[Some text.]]>", "a&#x1;b &#x1F600;"), "ab \U0001f600", "number of a character that is none", 1,
    ),
    "bare less-than": (damaged("1", "<![CDATA[Some text.]]>", "1 < 2 & 3"), "1 < 2 & 3", "bare <, read as text", 1),
    "HTML without CDATA": (
        damaged("1", "<![CDATA[Some text.]]>", "<p>Some<br>text &nbsp;</p>"), "<p>Some<br>text &nbsp;</p>",
        "markup outside CDATA, taken as it stands", 1,
    ),
    "XHTML without CDATA": (
        damaged("1", "<![CDATA[Some text.]]>", '<p>Some <a href="/x">text</a></p>'), '<p>Some <a href="/x">text</a></p>',
        "markup outside CDATA, taken as it stands", 1,
    ),
    "text and CDATA": (
        damaged("1", "<![CDATA[Some text.]]>", "One & <![CDATA[<b>two</b>]]>"), "One & <b>two</b>", "bare &, read as text", 1,
    ),
    "closing tag misspelt": (
        damaged("1", "</wp:post_id>", "</wp:pst_id>"), "Some text.", "closing tag that was missing or misspelt, put in", 1,
    ),
    "closing tag missing": (damaged("1", "</wp:post_id>", ""), "Some text.", "closing tag that was missing or misspelt, put in", 1),
    "postmeta without its end": (
        item("1", more=META.replace("</wp:postmeta>", "") + META), "Some text.", "element without its end, ended before the next one", 1,
    ),
    "item without its end": (damaged("1", "</item>", ""), "Some text.", "element without its end, ended before the next one", 1),
    "PHP warning": (
        damaged("1", "<wp:post_id>", "<br>\n<b>Warning</b>: foreach() in x.php on line 3<br>\n<wp:post_id>"), "Some text.",
        "text between an item's fields, left out", 3,
    ),
    "stray attribute": (
        damaged("1", "<item>", '<item xmlns:1x="a" xmlns:xmlns="b" xmlns:t="">'), "Some text.", "attribute that is none, left out", 3,
    ),
    "undeclared prefix": (
        item("1", more="<media:rating>x</media:rating>"), "Some text.", "prefix media: that the file does not declare", 1,
    ),
    "Windows line ends": (
        item("1", body="Some\r\ntext."), "Some\ntext.", "line ends of Windows in elements, read as plain ones", 1,
    ),
    "item in its own text": (
        item("1", body="See <item> and </item> there"), "See <item> and </item> there", "text that holds what looks like another item, comment or field", 1,
    ),
    "fields twice": (
        damaged("1", "<excerpt:encoded>", "<content:encoded>Other</content:encoded><excerpt:encoded>"), "Some text.",
        "content:encoded given more than once, the first taken", 1,
    ),
    "words between fields": (damaged("1", "<wp:post_id>", "Lost words <wp:post_id>"), "Some text.", "text between an item's fields, left out", 1),
}  # fmt: skip


@pytest.mark.parametrize("name", MENDED)
def test_what_is_certain_is_mended_and_counted(read, name) -> None:
    text, body, what, count = MENDED[name]
    export, items = read(text, item("2", body="After it."))
    assert [one.source_id for one in items] == ["1", "2"]
    assert [one.body for one in items] == [body, "After it."]
    assert [one.status for one in items] == ["publish", "publish"]
    assert export.oddities.counts[what] == count
    assert not export.survey.damaged


class TestBytes:
    @pytest.mark.parametrize(
        ("raw", "body", "what", "count"),
        [
            (b"\x91It\x92s caf\xe9", "‘It’s café", "byte of Windows-1252 in an item, read as such", 3),
            ("é".encode() + b" caf\xe9", "é caf\ufffd", "byte that is not UTF-8, shown as \ufffd", 1),
            (b"half \xe2\x80", "half \ufffd", "byte that is not UTF-8, shown as \ufffd", 2),
            (b"half \xc3 of it", "half \ufffd of it", "byte that is not UTF-8, shown as \ufffd", 1),
            (b"\xed\xa0\x80", "\ufffd", "byte that is not UTF-8, shown as \ufffd", 3),
            (b"It\xc2\x92s", "It’s", "byte of Windows-1252 taken for a control character, read as what it is", 1),
            (b"a\xef\xbf\xbeb", "ab", "control character taken out", 1),
            (b"a\0b", "ab", "control character taken out", 1),
        ],
    )
    def test_foreign_bytes(self, read, raw, body, what, count) -> None:
        export, items = read(item("1", body="@").encode().replace(b"@", raw))
        assert (items[0].body, export.oddities.counts[what]) == (body, count)


class TestLoss:
    """What cannot be mended is named; its neighbours come in."""

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            (damaged("1", "<wp:status>", "<wp:status"), "a tag is broken"),
            (damaged("1", "<wp:status>", ""), "</wp:status> has no beginning"),
            (damaged("1", "<content:encoded>", ""), "</content:encoded> has no beginning"),
            (damaged("1", "</content:encoded>", ""), "<content:encoded> has no end"),
            (damaged("1", "<wp:post_id>", "<!-- <wp:post_id>"), "has no end"),
            (item("1", terms='<category domain="x" nicename=y>Y</category>'), "a category's name cannot be read"),
            (damaged("1", "<item>", ""), "has no beginning that can be read"),
            (damaged("1", "<item>", "<item =>"), ""),
        ],
    )
    def test_an_item(self, read, text, problem) -> None:
        export, items = read(item("7"), text, item("2"))
        if not problem:
            assert [one.source_id for one in items] == ["7", "1", "2"]
            return
        assert [one.source_id for one in items] == ["7", "2"]
        [damage] = export.survey.damaged
        assert (damage.what, damage.file) == ("item", "export.xml") and problem in damage.problem
        assert damage.line == 11 or "beginning that can be read" in problem
        assert "export.xml, line" in str(damage)

    def test_a_cut_item_is_left_out_and_named(self, read) -> None:
        cut = item("2", "Second").partition("<wp:status>")[0]
        export, items = read(item("1"), cut, end="")
        assert [one.source_id for one in items] == ["1"]
        [damage] = export.survey.damaged
        assert str(damage) == "export.xml, line 11: item “Second” is cut off, the file ends in the middle of it"

    def test_why_the_old_server_stopped(self, read) -> None:
        cut = item("2").partition("<wp:status>")[0]
        message = "\n<br />\n<b>Fatal error</b>:  Allowed memory size of 134217728 bytes exhausted in <b>/x.php</b> on line <b>9</b><br />"
        export, _items = read(item("1"), cut, end=message)
        assert "broke off with “Allowed memory size of 134217728 bytes exhausted”" in export.survey.damaged[0].problem

    def test_a_file_that_ends_between_items_says_so(self, read) -> None:
        export, items = read(item("1"), item("2"), end="")
        assert len(items) == 2
        assert "ends without </rss>, so anything after its 2 items is not here" in str(export.survey.damaged[0])

    def test_nothing_whole_is_a_refusal(self, read) -> None:
        with pytest.raises(ImportRefused, match=r"line 6: holds no item that can be read: is cut off.* Export it again"):
            read(item("1")[:-30], end="")

    def test_a_term_or_author(self, read) -> None:
        broken = category("coast", "Coast").replace("<wp:cat_name>", "<wp:cat_name")
        export, items = read(author("ada", "Ada"), broken, category("sea", "Sea"), item("1"))
        assert [damage.what for damage in export.survey.damaged] == ["wp:category"]
        assert list(export.survey.terms) == [("category", "sea")] and len(items) == 1

    def test_an_item_that_is_too_large(self, read, monkeypatch) -> None:
        monkeypatch.setattr(xml, "MAX_ITEM", 1 << 20)
        export, items = read(item("1"), item("2", "Huge", "x" * (3 << 20)), item("3"))
        assert [one.source_id for one in items] == ["1", "3"]
        assert [damage.title for damage in export.survey.damaged] == ["Huge"]
        assert "larger than 1 MB" in export.survey.damaged[0].problem

    def test_an_item_in_a_comment_is_counted(self, read) -> None:
        export, items = read("<!-- ", item("1"), " -->", item("2"))
        assert [one.source_id for one in items] == ["2"]
        assert export.oddities.counts["item inside an XML comment, left out"] == 1

    def test_a_comment_that_swallows_an_item_is_none(self, read) -> None:
        _export, items = read(item("1"), "<!--", item("2", body="<!-- wp:x --> Two"), item("3"))
        assert [one.source_id for one in items] == ["1", "2", "3"]

    def test_a_section_that_swallows_the_next_item_is_ended(self, read) -> None:
        first = item("1", more=META.replace("]]>", ""))
        second = item("2", more=META).replace("<![CDATA[", "", 3).replace("]]>", "", 3)
        _export, items = read(first, second, item("3"))
        assert [one.source_id for one in items] == ["1", "2", "3"]


class TestAroundItems:
    def test_text_before_and_after(self, read) -> None:
        head = "\n\n<br />\n<b>Notice</b>: Undefined index in x.php<br />\n" + HEAD
        export, items = read(item("1"), head=head, end="</channel></rss>\n<!-- cached --> and more")
        assert len(items) == 1 and not export.survey.damaged
        assert export.oddities.counts["text before the export, left out"] == 1
        assert export.oddities.counts["text outside the export's elements, left out"] == 1

    def test_two_exports_in_one_file(self, read) -> None:
        head = HEAD.format(base="https://tern.example", language="en")
        _export, items = read(item("1"), "</channel></rss>\n", head, item("2"))
        assert [one.source_id for one in items] == ["1", "2"]

    def test_a_channel_alone_and_items_alone(self, read) -> None:
        export, items = read(item("1"), item("2"), head="<!-- part -->\n", end="")
        assert [one.source_id for one in items] == ["1", "2"] and not export.survey.damaged
        assert export.survey.site.base_url == "https://tern.example"
        assert export.oddities.counts["items without <rss> and <channel> around them"] == 1

    def test_a_prefix_declared_as_something_else(self, read) -> None:
        export, items = read(item("1"), head=HEAD.replace("purl.org/rss/1.0/modules/content/", "purl.example/"))
        assert items[0].body == "Some text."
        assert export.oddities.counts["prefix content: declared as something else, read as usual"] == 1

    def test_nothing_declared_at_all(self, read) -> None:
        export, items = read(item("1"), head="<rss><channel><title>T</title><wp:wxr_version>1.2</wp:wxr_version>")
        assert (items[0].source_id, items[0].body, items[0].creator) == ("1", "Some text.", "ada")
        assert sum(n for what, n in export.oddities.counts.items() if "does not declare" in what) == 4

    def test_lines_are_those_of_the_file(self, read) -> None:
        _export, items = read(item("1"), item("2", body="a\nb\n"), item("3"))
        assert [one.where for one in items] == ["export.xml, line 6", "export.xml, line 11", "export.xml, line 18"]


class TestHostile:
    """Bounded, however often something is begun and not ended."""

    @pytest.mark.parametrize(
        "text",
        [
            "<item>" * 1500,
            "<item><wp:meta_value><![CDATA[x</wp:meta_value>" * 1000,
            "<item>" + "<wp:meta_value><![CDATA[" * 10_000 + "</item>",
            "<!--" * 5000,
            "<![CDATA[" * 5000,
            "".join(f"<a{n}>" for n in range(2000)),
            "<a " + "b='c' " * 60_000,
            "<item " + "&" * 200_000,
            "<item>" + "<wp:postmeta>" * 10_000 + "</item>",
            "<item>" + "&#" * 100_000 + "</item>",
        ],
        ids=range(10),
    )  # fmt: skip
    def test_repetition_takes_linear_time(self, read, text) -> None:
        before = time.process_time()
        try:
            export, _items = read(item("1"), text)
            assert export.survey.damaged or export.oddities.counts
        except ImportRefused as refused:
            assert "too many places" in str(refused)
        assert time.process_time() - before < 20

    def test_no_entity_is_expanded(self, read) -> None:
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
        export, items = read(damaged("1", "<![CDATA[Some text.]]>", bomb + "&b;&xxe;"), item("2"))
        assert len(items) == 2 and items[0].body == bomb + "&b;&xxe;"
        assert export.oddities.counts["markup outside CDATA, taken as it stands"] == 1

    def test_deep_nesting(self, read) -> None:
        _export, items = read(item("1", more="<a>" * 5000 + "</a>" * 5000), item("2"))
        assert items[-1].source_id == "2"


def test_mending_says_how_far_it_read() -> None:
    text, size, odd = mend(b"<item><title>A & B</title></item><item>next")
    assert (text, size) == (b"<item><title>A &amp; B</title></item>", 33)
    assert odd == {"bare &, read as text": 1}
    with pytest.raises(Unmendable, match="<item> has no end"):
        mend(b"<item><title>A</title>")
