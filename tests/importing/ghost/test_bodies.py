"""Bodies in each of Ghost's formats, down to our blocks; no text is lost, nothing behind a paywall is in the open."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.html import sanitise
from broadsheet.importing.blocks.convert import Converted, convert, words_of
from broadsheet.importing.blocks.elements import Surroundings
from broadsheet.importing.ghost.bodies import html_of

from .conftest import lexical, mobiledoc, para, words


def converted(row: dict[str, Any], *, members_only: bool = False, notes: list[str] | None = None) -> Converted:
    html = html_of(row, members_only=members_only, note=(notes if notes is not None else []).append)
    return convert(html, Surroundings(base="https://tern.example", finished=True))


def made(row: dict[str, Any] | str, **more: Any) -> list[tuple[str, Any]]:
    row = {"lexical": row} if isinstance(row, str) else row
    return [(b["type"], b["value"]) for b in converted(row, **more).blocks]


def card(type: str, **more: Any) -> list[tuple[str, Any]]:
    """The same card in both formats must make the same blocks."""
    old = {"codeblock": "code", "horizontalrule": "hr"}.get(type, type)
    new = made(lexical({"type": type, "version": 1, **more}))
    assert made({"mobiledoc": mobiledoc([10, 0], cards=[[old, more]])}) == new
    return new


def picture(source: str, **more: Any) -> dict[str, Any]:
    return {
        "image": None, "attachment": "", "alt": "", "decorative": False, "caption": "", "credit": "", "size": "column", "link": "",
        "source": source,
    } | more  # fmt: skip


class TestLexical:
    def test_text_and_its_formats(self) -> None:
        body = lexical(
            para(
                "Plain ", words("bold", 1), words(" both", 3), words(" struck", 4), words(" code", 16), words("sub", 32), words("sup", 64)
            ),
            para("Head", type="extended-heading", tag="h1"),
            para("Under ", words("lined", 8), words(" marked", 128), type="heading", tag="h5"),
        )
        assert made(body) == [
            ("text", "<p>Plain <b>bold</b><b><i> both</i></b><s> struck</s><code> code</code><sub>sub</sub><sup>sup</sup></p>"
                     "<h2>Head</h2><h4>Under lined marked</h4>"),
        ]  # fmt: skip

    def test_line_breaks_of_a_poem_survive(self) -> None:
        lines = para(
            "Grey is the water,", {"type": "linebreak"}, "grey is the stone,", {"type": "linebreak"}, {"type": "linebreak"}, "late."
        )
        assert made(lexical(lines)) == [("text", "<p>Grey is the water,<br>grey is the stone,<br><br>late.</p>")]

    def test_links(self) -> None:
        link = para("our story", type="link", url="https://tern.example/tide/?x=1#top")
        bad = para("run", type="autolink", url="javascript:alert(1)")
        off = para("no link", type="autolink", url="https://x.example/", isUnlinked=True)
        half = para(para("at", type="at-link-search"), type="at-link", url=None)
        found = made(lexical(para("See ", link, ", ", bad, ", ", off, ", ", half)))
        assert found == [
            ("text", '<p>See <a href="https://tern.example/tide/?x=1#top" rel="noopener">our story</a>, run, no link, at</p>')
        ]  # fmt: skip

    def test_lists_in_lists(self) -> None:
        inner = para(para("two", type="listitem"), type="list", listType="number", tag="ol")
        body = para(
            para("one", type="listitem"), para(inner, type="listitem"), para("three", type="listitem"), type="list", listType="bullet"
        )
        assert made(lexical(body)) == [("text", "<ul><li>one<ol><li>two</li></ol></li><li>three</li></ul>")]

    def test_quotations(self) -> None:
        body = lexical(para("We shall see.", type="extended-quote"), para("Pulled", type="aside"))
        assert made(body) == [
            ("quote", {"text": "<p>We shall see.</p>", "attribution": "", "cite": ""}),
            ("pullquote", {"text": "Pulled", "attribution": ""}),
        ]

    def test_an_aside_that_links_stays_a_quotation(self) -> None:
        link = para("there", type="link", url="https://x.example/")
        assert [kind for kind, _ in made(lexical(para("Go ", link, type="aside")))] == ["quote"]

    def test_unknown_nodes_are_kept_and_named(self) -> None:
        result = converted({"lexical": lexical(para("a"), {"type": "poll", "question": "Tea?"}, para("b", type="spoiler"))})
        assert [b["type"] for b in result.blocks] == ["text", "unknown", "text"]
        assert result.blocks[1]["value"]["html"] == "" and "Tea?" in result.blocks[1]["value"]["raw"]
        assert result.unknown == {"poll": 1}

    @pytest.mark.parametrize("broken", ["{", "[]", "null", '{"root": 3}', '"x"', "[" * 100_000])
    def test_what_cannot_be_read_is_taken_from_the_html(self, broken) -> None:
        notes: list[str] = []
        assert made({"lexical": broken, "html": "<p>As shown.</p>"}, notes=notes) == [("text", "<p>As shown.</p>")]
        assert notes == ["lexical body that cannot be read, taken from the HTML"]

    def test_what_cannot_be_read_at_all_is_kept(self) -> None:
        [(kind, value)] = made({"lexical": '{"root": "Once"'})
        assert (kind, value["raw"]) == ("unknown", '{"root": "Once"')


class TestMobiledoc:
    def test_text(self) -> None:
        body = mobiledoc(
            [1, "p", [[0, [], 0, "A "], [0, [0, 1], 1, "b"], [0, [], 1, " c"], [1, [], 0, 0], [0, [2], 1, "link"]]],
            [1, "h1", [[0, [], 0, "Head"]]],
            [3, "ol", [[[0, [], 0, "one"]], [[0, [], 0, "two"]]]],
            [1, "blockquote", [[0, [], 0, "Said."]]],
            [1, "aside", [[0, [], 0, "Pulled."]]],
            markups=[["strong"], ["em"], ["a", ["href", "https://x.example/", "rel", "x"]]],
            atoms=[["soft-return", "", {}]],
        )
        assert made({"mobiledoc": body}) == [
            ("text", '<p>A <b><i>b</i> c</b><br><a href="https://x.example/" rel="noopener">link</a></p><h2>Head</h2>'
                     "<ol><li>one</li><li>two</li></ol>"),
            ("quote", {"text": "<p>Said.</p>", "attribution": "", "cite": ""}),
            ("pullquote", {"text": "Pulled.", "attribution": ""}),
        ]  # fmt: skip

    def test_a_version_that_is_not_known_is_taken_from_the_html(self) -> None:
        assert made({"mobiledoc": mobiledoc(version="0.2.0"), "html": "<p>x</p>"}) == [("text", "<p>x</p>")]

    def test_an_empty_document_beside_html(self) -> None:
        assert made({"mobiledoc": mobiledoc([1, "p", []]), "html": "<p>x</p>"}) == [("text", "<p>x</p>")]


class TestCards:
    def test_image(self) -> None:
        found = card("image", src="/content/images/a.jpg", alt="A", caption="By <b>us</b>", cardWidth="wide", href="https://x.example/")
        assert found == [
            ("picture", picture("/content/images/a.jpg", alt="A", caption="By <b>us</b>", size="wide", link="https://x.example/"))
        ]
        assert card("image", src="javascript:alert(1)", alt="x", caption="")[0][0] == "unknown"

    def test_gallery(self) -> None:
        found = card("gallery", images=[{"src": "/content/images/a.jpg", "alt": "A", "row": 0}, {"src": "/b.jpg"}], caption="Two")
        assert found == [("gallery", {"pictures": [picture("/content/images/a.jpg", alt="A"), picture("/b.jpg")], "caption": "Two"})]

    def test_bookmark(self) -> None:
        about = {"title": "Tide & time", "description": "Theirs", "publisher": "Harbour", "thumbnail": "https://x.example/t.png"}
        assert card("bookmark", url="https://x.example/", metadata=about, caption="Worth it") == [
            ("embed", {"url": "https://x.example/", "title": "Tide & time", "provider": "Harbour"}), ("text", "<p>Worth it</p>"),
        ]  # fmt: skip
        assert card("bookmark", url="https://tern.example/tide/", metadata={"title": "Tide"}) == [
            ("text", '<p><a href="/tide/" rel="noopener">Tide</a></p>')
        ]

    def test_embed(self) -> None:
        frame = '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>'
        assert card("embed", url="https://youtu.be/abcdefghijk", html=frame, metadata={"title": "Crossing"}) == [
            ("embed", {"url": "https://youtu.be/abcdefghijk", "title": "Crossing", "provider": "YouTube"})
        ]
        assert card("embed", html=frame)[0][1]["url"] == "https://www.youtube.com/watch?v=abcdefghijk"
        said = '<blockquote class="twitter-tweet"><p>Gale.</p>&mdash; Ada</blockquote><script src="https://x.example/w.js"></script>'
        assert [kind for kind, _ in card("embed", url="https://twitter.com/a/status/1", html=said)] == ["quote", "embed"]

    def test_html(self) -> None:
        assert card("html", html="<div><p>Open <em>div") == [("text", "<p>Open <i>div</i></p>")]
        [(kind, value)] = card("html", html="<script>track()</script>")
        assert (kind, value["html"], value["raw"]) == ("unknown", "", "<script>track()</script>")

    def test_no_card_takes_in_what_follows(self) -> None:
        for open_ in (
            "<script>",
            "<!-- ",
            "<table><tr><td>",
            "<pre>",
            "<textarea>",
            "<blockquote>",
            "<title>",
            "<a href='https://x.example'>",
        ):
            body = lexical({"type": "html", "html": open_ + "x"}, para("After all"))
            assert made(body)[-1][1].endswith("<p>After all</p>"), open_

    def test_markdown(self) -> None:
        text = "##Head\nOne\ntwo ~~gone~~\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nNote[^1]\n\n[^1]: Below\n\n```py\n# no head\n```"
        found = card("markdown", markdown=text)
        assert found[0] == ("text", "<h2>Head</h2><p>One<br>two <s>gone</s></p>")
        assert [kind for kind, _ in found] == ["text", "table", "text", "code", "separator", "text"]
        assert found[3][1] == {"language": "py", "text": "# no head"} and "Below" in found[5][1]

    def test_code_rule_callout_toggle_button(self) -> None:
        assert card("codeblock", code="a < b\n  c", language="python") == [("code", {"language": "python", "text": "a < b\n  c"})]
        assert card("horizontalrule") == [("separator", None)]
        assert card("callout", calloutEmoji="⚓", calloutText="Mind <b>the</b> tide") == [
            ("factbox", {"heading": "", "text": "<p>⚓ Mind <b>the</b> tide</p>"})
        ]
        assert card("toggle", heading="<span>Why?</span>", content="<p>So.</p>") == [("factbox", {"heading": "Why?", "text": "<p>So.</p>"})]
        assert card("button", buttonText="Go", buttonUrl="https://x.example/") == [
            ("buttons", {"links": [{"text": "Go", "url": "https://x.example/"}]})
        ]
        assert card("button", buttonText="Go", buttonUrl="") == [("text", "<p>Go</p>")]

    def test_files_and_recordings(self) -> None:
        url = "https://tern.example/content/files/t.pdf"
        assert card("file", src=url, fileTitle="Timetable", fileName="t.pdf", fileCaption="Of 1911") == [
            ("file", {"document": None, "url": url, "title": "Timetable", "kind": "file"}), ("text", "<p>Of 1911</p>"),
        ]  # fmt: skip
        assert card("audio", src="/content/media/horn.mp3", title="The horn", duration=3) == [
            ("file", {"document": None, "url": "/content/media/horn.mp3", "title": "The horn", "kind": "audio"})
        ]
        assert card("video", src="/content/media/a.mp4", caption="The boat") == [
            ("file", {"document": None, "url": "/content/media/a.mp4", "title": "The boat", "kind": "video"})
        ]

    def test_product_header_and_call_to_action(self) -> None:
        found = card(
            "product", productImageSrc="/content/images/p.jpg", productTitle="Lamp", productDescription="<p>Bright.</p>",
            productRatingEnabled=True, productStarRating=4, productButtonEnabled=True, productButton="Buy", productUrl="https://x.example/",
        )  # fmt: skip
        assert found == [
            ("picture", picture("/content/images/p.jpg")), ("factbox", {"heading": "Lamp", "text": "<p>Bright.</p><p>★★★★</p>"}),
            ("buttons", {"links": [{"text": "Buy", "url": "https://x.example/"}]}),
        ]  # fmt: skip
        assert card("header", header="Sail", subheader="soon", buttonEnabled=True, buttonText="Go", buttonUrl="https://x.example/") == [
            ("text", "<h2>Sail</h2><p>soon</p>"), ("buttons", {"links": [{"text": "Go", "url": "https://x.example/"}]}),
        ]  # fmt: skip
        assert card("call-to-action", textValue="<p>Join.</p>", showButton=True, buttonText="Now", buttonUrl="https://x.example/") == [
            ("factbox", {"heading": "", "text": "<p>Join.</p>"}), ("buttons", {"links": [{"text": "Now", "url": "https://x.example/"}]}),
        ]  # fmt: skip

    @pytest.mark.parametrize("name", ["email", "email-cta", "signup", "transistor", "never-heard-of"])
    def test_what_was_for_subscribers_is_kept_for_the_desk(self, name) -> None:
        [(kind, value)] = card(name, html="<p>Hello {first_name}</p>", header="Sign up")
        assert (kind, value["name"], value["html"]) == ("unknown", name, "") and "Hello" in value["raw"]

    def test_ghosts_own_html_is_read_as_the_cards_it_was_made_of(self) -> None:
        html = """<div class="kg-card kg-audio-card"><img class="kg-audio-thumbnail" src="/t.png"><div class="kg-audio-player-container">
            <audio src="/content/media/a.mp3"></audio><div class="kg-audio-title">Horn</div><span>0:00</span>/<span>1:02</span></div></div>
            <figure class="kg-card kg-video-card"><div><video src="/content/media/a.mp4"></video><button>1×</button></div></figure>
            <figure class="kg-card kg-image-card kg-width-full"><img src="/a.jpg" class="kg-image" alt="" loading="lazy"></figure>
            <div class="kg-card kg-toggle-card"><div class="kg-toggle-heading"><h4 class="kg-toggle-heading-text">Why</h4></div>
            <div class="kg-toggle-content"><p>So</p></div></div><p>[not a shortcode id="1"]</p>

            <div class="kg-card kg-signup-card"><form><h2>Join</h2></form></div>"""
        found = made({"html": html})
        assert [kind for kind, _ in found] == ["file", "file", "picture", "factbox", "text", "unknown"]
        assert found[0][1]["title"] == "Horn" and found[2][1]["size"] == "full"
        assert found[4] == ("text", '<p>[not a shortcode id="1"]</p>')


CUT = {"type": "paywall"}


class TestPaywall:
    @pytest.mark.parametrize("row", [
        {"lexical": lexical(para("Open"), CUT, para("Secret", type="heading", tag="h2"))},
        {"mobiledoc": mobiledoc([1, "p", [[0, [], 0, "Open"]]], [10, 0], [1, "p", [[0, [], 0, "Secret"]]], cards=[["paywall", {}]])},
        {"html": "<p>Open</p><!--members-only--><p>Secret</p>"},
        {"html": "<div><p>Open</p><table><tr><td><!-- Members-Only --><p>Secret</p>"},
        {"markdown": "Open\n\n<!--members-only-->\n\nSecret"},
        {"lexical": lexical({"type": "html", "html": "<p>Open</p><script><!--members-only--></script>"}, para("Secret"))},
        {"lexical": lexical({"type": "markdown", "markdown": "Open\n\n<!--members-only-->\n\nSecret"})},
        {"html": '<p>Open</p><!--kg-gated-block:begin nonMember:false memberSegment:"status:paid" --><p>Secret</p>'},
        {"lexical": lexical(para("Open"), {"type": "html", "html": "<p>Secret</p>", "visibility": {"web": {"nonMember": False}}})},
        {"lexical": lexical(para("Open"), {"type": "html", "html": "<p>Secret</p>", "visibility": {"showOnWeb": False}})},
        {"html": '<p>Open</p><!--kg-gated-block:begin nonMember:false memberSegment:"created_at:>2020" --><p>Secret</p>'},
        {"html": '<p>Open</p><!--kg-gated-block:begin memberSegment:"status:paid" --><p>Secret</p><!--kg-gated-block:end-->'},
        {"html": "<p>Open</p><!--kg-gated-block:begin nonMember:true--><p>Too</p><!--kg-gated-block:end--><!--kg-gated-block:begin --><p>Secret</p>"},
        *({"lexical": lexical(para("Open"), {"type": "html", "html": "<p>Secret</p>", "visibility": shown})} for shown in (
            "members", [], {"web": {"nonMember": 0}}, {"web": {"nonMember": "false"}}, {"web": "members"}, {"emailOnly": 1}, {"showOnWeb": None},
        )),
    ])  # fmt: skip
    def test_nothing_after_it_is_in_the_open(self, row) -> None:
        notes: list[str] = []
        result = converted(row, notes=notes)
        shown = json.dumps([b["value"] if b["type"] != "unknown" else b["value"]["html"] for b in result.blocks])
        assert "Secret" not in shown and "Open" in shown
        assert "Secret" in "".join(b["value"]["raw"] for b in result.blocks if b["type"] == "unknown")
        assert any("kept in the desk" in note for note in notes)

    def test_a_story_for_members_is_a_draft_and_keeps_its_text_with_a_mark(self) -> None:
        found = made({"lexical": lexical(para("Open"), CUT, para("Secret"))}, members_only=True)
        assert [kind for kind, _ in found] == ["text", "unknown", "text"] and found[2] == ("text", "<p>Secret</p>")

    def test_a_cut_at_the_end_leaves_nothing(self) -> None:
        assert made(lexical(para("Open"), CUT)) == [("text", "<p>Open</p>")]


def test_what_was_for_some_and_for_everybody_is_in_the_open() -> None:
    html = '<p>a</p><!--kg-gated-block:begin nonMember:true memberSegment:"" --><p>b</p><!--kg-gated-block:end--><p>c</p>'
    assert made({"html": html}) == [("text", "<p>a</p><p>b</p><p>c</p>")]
    both = {"web": {"nonMember": True, "memberSegment": "status:free"}, "email": {"memberSegment": ""}}
    assert made(lexical({"type": "html", "html": "<p>d</p>", "visibility": both})) == [("text", "<p>d</p>")]


def test_a_mark_that_is_never_closed_hides_what_follows() -> None:
    [(_, shown), (kind, held)] = made({"html": "<p>Open</p><!--kg-gated-block:begin nonMember:true <p>Secret</p>"})
    assert shown == "<p>Open</p>" and kind == "unknown" and "Secret" in held["raw"] and "Secret" not in held["html"]


@pytest.mark.parametrize("row", [
    {"lexical": {"root": {"type": "root", "children": [{"type": "odd", "x": "DEEP"}]}}},
    {"mobiledoc": {"version": "0.3", "sections": [[7, "DEEP"]]}},
    {"mobiledoc": {"version": "0.3", "sections": [[10, 0]], "cards": [["odd", {"x": "DEEP"}]]}},
])  # fmt: skip
def test_a_card_nested_too_deep_to_be_shown_as_it_is_keeps_its_words(row) -> None:
    deep: Any = "Ferry"
    for _ in range(3000):
        deep = [{"a": deep}]

    def filled(value: Any) -> Any:
        if isinstance(value, dict | list):
            pairs = value.items() if isinstance(value, dict) else enumerate(value)
            for at, one in list(pairs):
                value[at] = filled(one)
        return deep if value == "DEEP" else value

    assert "Ferry" in html_of(filled(row), members_only=False, note=lambda what: None)


@pytest.mark.parametrize("unit", ["<!--kg-gated-block:begin", "<!--kg-gated-block:begin nonMember:true-->"])
def test_marks_that_are_never_closed_take_no_time(unit) -> None:
    began = time.process_time()
    html_of({"html": unit * (600_000 // len(unit))}, members_only=False, note=lambda what: None)
    assert time.process_time() - began < 3


_words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn")), max_size=12)
_marked = st.integers(0, 10_000).map(lambda n: f"q{n}z")
_json = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 300) | _words, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_words, inner, max_size=3)
)  # fmt: skip
_KINDS = ["paragraph", "extended-heading", "quote", "aside", "list", "listitem", "link", "autolink", "at-link", "spoiler", "code", "root"]
_leaf = st.builds(lambda text, format: {"type": "extended-text", "text": text, "format": format}, _marked, st.integers(0, 255))
_trees = st.recursive(
    _leaf | st.just({"type": "linebreak"}),
    lambda inner: st.builds(
        lambda kind, children, url: {"type": kind, "children": children, "url": url, "tag": "h3", "listType": "number"},
        st.sampled_from(_KINDS), st.lists(inner, max_size=4), st.sampled_from(["https://x.example/", "javascript:1", "", "#a"]),
    ),
    max_leaves=25,
)  # fmt: skip


def shown(result: Converted) -> str:
    return words_of(result.blocks) + "".join(b["value"]["raw"] for b in result.blocks if b["type"] == "unknown")


@given(st.lists(_trees, max_size=4))
def test_no_word_of_a_lexical_tree_is_lost(nodes) -> None:
    body = lexical(*nodes)
    said = re.findall(r"q\d+z", body)
    assert sorted(re.findall(r"q\d+z", shown(converted({"lexical": body})))) == sorted(said)


@given(st.lists(st.lists(st.tuples(st.lists(st.integers(0, 3), max_size=2), st.integers(0, 3), _marked), max_size=4), max_size=4))
def test_no_word_of_a_mobiledoc_is_lost(sections) -> None:
    markups = [["em"], ["a", ["href", "javascript:1"]], ["a", ["href", "https://x.example"]], ["script"]]
    tags = ["p", "h2", "blockquote", "aside"]
    written = [[1, tags[n % 4], [[0, opens, closes, text] for opens, closes, text in markers]] for n, markers in enumerate(sections)]
    body = mobiledoc(*written, markups=markups)
    assert sorted(re.findall(r"q\d+z", shown(converted({"mobiledoc": body})))) == sorted(re.findall(r"q\d+z", body))


_CARD = st.sampled_from(
    ["image", "gallery", "html", "markdown", "embed", "bookmark", "callout", "toggle", "button", "file", "audio", "video", "product", "header",
     "call-to-action", "codeblock", "email", "paywall", "paragraph", "list", "extended-text", "x", 3, None]
)  # fmt: skip
_KEYS = st.sampled_from(
    ["src", "html", "markdown", "url", "metadata", "images", "caption", "calloutText", "heading", "content", "buttonUrl", "buttonText", "visibility",
     "children", "text", "format", "code", "cardWidth", "productUrl", "productTitle", "header", "textValue", "web", "nonMember"]
)  # fmt: skip
_hostile = st.sampled_from(
    ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", '"><svg onload=alert(1)>', "<!--", "<a href='data:x'>y",
     "<bs-shortcode data-raw='x'>", "__GHOST_URL__/x", "https://[bad", "<table><td>", "<!--members-only-->", "<iframe src=//x.example>"]
)  # fmt: skip
_node = st.recursive(
    st.dictionaries(_KEYS, _hostile | _json, max_size=4), lambda inner: st.dictionaries(_KEYS, inner | st.lists(inner, max_size=3), max_size=4)
)  # fmt: skip


@settings(max_examples=50)
@given(st.lists(st.tuples(_CARD, _node), max_size=4), st.booleans())
def test_whatever_a_document_holds_comes_out_clean(cards, members_only) -> None:
    nodes = [node | {"type": kind} for kind, node in cards]
    for row in (
        {"lexical": lexical(*nodes)},
        {"mobiledoc": mobiledoc(*([10, n] for n in range(len(cards) + 1)), cards=[list(c) for c in cards])},
    ):
        for block in converted(row, members_only=members_only).blocks:
            value = block["value"]
            for html in [value] if block["type"] == "text" else [value.get(k, "") for k in ("text", "caption", "html")] if value else []:
                if block["type"] in ("text", "quote", "factbox", "picture", "gallery", "table", "unknown"):
                    assert sanitise(html) == html
            for url in [value.get(k, "") for k in ("url", "source", "link", "cite")] if isinstance(value, dict) else []:
                assert not re.match(r"\s*(?:javascript|data):", url, re.I)


@given(_json, _json, _json)
def test_whatever_stands_in_the_columns_is_no_accident(lexical_, mobiledoc_, html) -> None:
    for a in (lexical_, json.dumps(lexical_), json.dumps({"root": lexical_}), json.dumps({"root": {"children": lexical_}})):
        converted({"lexical": a, "mobiledoc": json.dumps({"version": "0.3", "sections": mobiledoc_, "cards": html}), "html": html})
