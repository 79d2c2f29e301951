"""Bodies as WordPress's block markup: every word there, nothing that breaks out, our importer reads them as they were."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadsheet.importing.blocks import gutenberg
from broadsheet.importing.blocks.convert import convert, words_of
from broadsheet.importing.export.markup import Attached, markup

PICTURE = {
    "image": "picture-7", "alt": "A ferry", "decorative": False, "caption": "Off <b>Port</b>", "credit": "", "size": "wide", "link": "",
    "source": "",
}  # fmt: skip


def find(name: str) -> Attached | None:
    return Attached(1_000_000_007, "https://tern.example/f.jpg", "A boat", "The boat") if name == "picture-7" else None


def again(*blocks: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(one["type"], one["value"]) for one in convert(markup(blocks, find)).blocks]


def test_a_passage_comes_back_as_it_was():
    html = (
        '<p>It <b>sailed</b> at <a href="/news/noon/" rel="noopener">noon</a>.<br>Then &lt;it&gt; came &amp; went.</p><h2>Back</h2>'
        "<h3>In port</h3><ul><li>one<ul><li>in it</li></ul></li><li>two</li></ul><ol><li>first</li></ol><p>“So.”</p>"
    )
    assert again({"type": "text", "value": html}) == [("text", html)]


def test_a_picture_keeps_size_words_and_link():
    kind, value = again({"type": "picture", "value": {**PICTURE, "link": "https://port.example/"}})[0]
    assert kind == "picture"
    assert value["attachment"] == "1000000007"
    assert (value["size"], value["alt"], value["caption"]) == ("wide", "A ferry", "Off <b>Port</b>")
    assert value["link"] == "https://port.example/"


def test_a_picture_without_words_of_its_own_brings_those_of_its_file():
    value = again({"type": "picture", "value": {**PICTURE, "alt": "", "caption": "", "size": "column"}})[0][1]
    assert (value["alt"], value["caption"], value["size"]) == ("A boat", "The boat", "column")


def test_a_decorative_picture_has_no_alternative_text():
    assert 'alt=""' in markup([{"type": "picture", "value": {**PICTURE, "decorative": True}}], find)


def test_a_picture_whose_file_was_never_found_is_left_out():
    assert markup([{"type": "picture", "value": {**PICTURE, "image": ""}}], find) == ""


def test_what_stands_between_passages_comes_back_as_it_was():
    blocks: list[dict[str, Any]] = [
        {"type": "quote", "value": {"text": "<p>It sails.</p>", "attribution": "The master", "cite": "https://port.example/log"}},
        {"type": "pullquote", "value": {"text": "It sails.", "attribution": "A. Holm"}},
        {"type": "factbox", "value": {"heading": "The <ferry>", "text": "<p>Built in 1911.</p><ul><li>40 m</li></ul>"}},
        {"type": "table", "value": {"caption": "Tides", "html": "<table><tbody><tr><th>Noon</th><td>2 m</td></tr></tbody></table>"}},
        {"type": "code", "value": {"language": "", "text": "if a < b:\n    sail()"}},
        {"type": "verse", "value": {"text": "The sea\n  the sea"}},
        {"type": "embed", "value": {"url": "https://www.youtube.com/watch?v=abcdefg", "title": "A film", "provider": "YouTube"}},
        {"type": "file", "value": {"document": None, "url": "https://port.example/log.pdf", "title": "The log", "kind": "file"}},
        {"type": "file", "value": {"document": None, "url": "https://port.example/a.mp3", "title": "Horn", "kind": "audio"}},
        {"type": "buttons", "value": {"links": [{"text": "Book", "url": "https://port.example/book"}]}},
        {"type": "separator", "value": None},
        {"type": "more", "value": None},
        {"type": "gallery", "value": {"pictures": [PICTURE, PICTURE], "caption": "Both"}},
    ]
    for block in blocks:
        kind, value = again(block)[0]
        assert kind == block["type"]
        if kind == "gallery":
            assert [p["caption"] for p in value["pictures"]] == ["Off <b>Port</b>"] * 2
            assert value["caption"] == "Both"
        else:
            assert value == block["value"], kind


def test_what_had_no_block_here_goes_back_as_it_came():
    raw = '<!-- wp:acme/chart {"data":"x"} /-->'
    assert markup([{"type": "unknown", "value": {"name": "acme/chart", "html": "", "raw": raw}}], find) == raw


def test_an_address_cannot_end_the_comment_it_stands_in():
    url = 'https://port.example/?a=-->"<script>'
    made = markup([{"type": "embed", "value": {"url": url, "title": "", "provider": ""}}], find)
    assert [node.name for node in gutenberg.parse(made) if isinstance(node, gutenberg.Node)] == ["core/embed"]
    assert "<script>" not in made


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp", "Cf"]), min_size=1, max_size=30)


@st.composite
def bodies(draw: st.DrawFn) -> list[dict[str, Any]]:
    def escaped(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    text = st.builds(lambda w, tag: f"<{tag}>x{escaped(w)}</{tag}>", WORDS, st.sampled_from(["p", "h2", "h3"]))
    kinds = st.one_of(
        st.builds(lambda parts: {"type": "text", "value": "".join(parts)}, st.lists(text, min_size=1, max_size=4)),
        st.builds(lambda w, a: {"type": "quote", "value": {"text": f"<p>x{escaped(w)}</p>", "attribution": a, "cite": ""}}, WORDS, WORDS),
        st.builds(lambda w, h: {"type": "factbox", "value": {"heading": f"x{h}", "text": f"<p>x{escaped(w)}</p>"}}, WORDS, WORDS),
        st.builds(lambda w: {"type": "verse", "value": {"text": f"x{w}"}}, WORDS),
        st.builds(lambda w: {"type": "code", "value": {"language": "", "text": f"x{w}"}}, WORDS),
        st.builds(lambda w: {"type": "pullquote", "value": {"text": f"x{w}", "attribution": ""}}, WORDS),
    )
    return draw(st.lists(kinds, max_size=5))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(bodies())
def test_no_word_is_lost_and_no_block_stays_open(blocks):
    made = markup(blocks, find)
    opened, closed = len(re.findall(r"<!-- wp:", made)), len(re.findall(r"<!-- /wp:", made))
    assert opened == closed
    before, after = words_of(blocks), words_of(convert(made).blocks)
    assert sorted(before.split()) == sorted(after.split())
