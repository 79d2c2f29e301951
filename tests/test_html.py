"""Sanitising, plain text, excerpts."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from broadsheet.html import _BODY, excerpt, plain_text, sanitise, sanitise_inline, sentences

SECURITY = Path(__file__).resolve().parents[2] / "shared" / "fixtures" / "security"
HARMLESS_TAGS = {
    "a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "dd", "del", "details", "div", "dl", "dt", "em",
    "h2", "h3", "h4", "hr", "i", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "small",
    "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var",
}  # fmt: skip


def assert_harmless(clean: str) -> None:
    """Judged by a second parser, so that what one parser misreads the other reports."""
    if not clean.strip():
        return
    for element in lxml_html.fragment_fromstring(clean, create_parent="div").iterdescendants():
        if not isinstance(element.tag, str):
            raise AssertionError(f"comment or instruction left: {clean!r}")
        assert element.tag in HARMLESS_TAGS, clean
        for name, value in element.attrib.items():
            assert not name.startswith("on") and name not in {"style", "id", "name", "class", "src", "srcdoc", "action"}, clean
            if name == "href":
                compact = re.sub(r"[\s\x00-\x20]", "", value).casefold()
                assert not compact.startswith(("javascript:", "vbscript:", "data:")), clean


class TestSanitise:
    @pytest.mark.parametrize(
        ("dirty", "clean"),
        [
            ("<p onclick='x()'>Hello <b>you</b></p>", "<p>Hello <b>you</b></p>"),
            ("<script>alert(1)</script>Text", "Text"),
            ("<a href='javascript:alert(1)'>x</a>", '<a rel="noopener">x</a>'),
            ("<a href='/about/'>x</a>", '<a href="/about/" rel="noopener">x</a>'),
            ("<img src=x onerror=alert(1)>after", "after"),
            ("<iframe src='//evil.example'>no</iframe>after", "after"),
            ("<font color=red>kept</font>", "kept"),
            ("a\x00b", "ab"),
        ],
    )
    def test_removes_what_acts_and_keeps_prose(self, dirty: str, clean: str) -> None:
        assert sanitise(dirty) == clean

    def test_inline_has_no_blocks(self) -> None:
        assert sanitise_inline("<p>a <i>b</i></p><table><tr><td>c</td></tr></table>") == "a <i>b</i>c"

    @given(st.text(alphabet="<>/='\"& abisvgmathtyle-!\n`\x00", max_size=120))
    def test_any_input_comes_out_harmless_and_stable(self, dirty: str) -> None:
        clean = sanitise(dirty)
        assert_harmless(clean)
        assert _BODY.clean(clean) == clean, "it is not cleaned again"

    def test_hostile_payloads(self) -> None:
        payloads = SECURITY / "dompurify" / "payloads.json"
        if not payloads.exists():
            pytest.skip("needs ../shared/fixtures/security")
        cases = [case["payload"] for case in json.loads(payloads.read_text())]
        cases += [path.read_text(errors="replace") for path in (SECURITY / "bleach").rglob("*.test")]
        assert len(cases) > 200
        for case in cases:
            clean = sanitise(case)
            assert_harmless(clean)
            assert _BODY.clean(clean) == clean
            assert_harmless(sanitise_inline(case))


class TestPlainText:
    def test_blocks_are_separated_and_entities_resolved(self) -> None:
        assert plain_text("<h2>A&amp;B</h2><p>one<br>two</p><ul><li>x</li><li>y</li></ul>") == "A&B\n\none\ntwo\n\nx\n\ny"

    def test_scripts_are_no_text(self) -> None:
        assert plain_text("a<style>p{}</style><script>b</script>") == "a"

    @given(st.lists(st.text(alphabet="abcdé مرحبا", min_size=1), max_size=6))
    def test_no_word_is_lost(self, words: list[str]) -> None:
        html = "".join(f"<p>{word}</p>" for word in words)
        assert plain_text(html).split() == " ".join(words).split()


class TestSentences:
    @pytest.mark.parametrize(
        "expected",
        [
            ["Dr. Ada Holm arrived at 5 p.m. on Monday.", "She left."],
            ["J. R. Ames spoke.", "Nobody listened!", "Why?", "It rained."],
            ["“Is it over?” he asked.", "It was not."],
            ["Prices rose 3.5 per cent.", "The U.S. Treasury said nothing."],
            ["وصل الوفد إلى المدينة؟", "نعم.", "وعاد مساء أمس."],
            ["یہ پہلا جملہ ہے۔", "یہ دوسرا ہے۔"],
            ["यह पहला वाक्य है।", "यह दूसरा है।"],
            ["Am 3. Oktober kam Herr Dr. Blum.", "Er blieb z.B. lange."],
            ["Он приехал в г. Москва.", "Потом уехал."],
        ],
    )
    def test_are_told_apart(self, expected: list[str]) -> None:
        assert list(sentences(" ".join(expected))) == expected

    def test_need_no_space_in_chinese(self) -> None:
        assert list(sentences("今天下雨。明天晴。")) == ["今天下雨。", "明天晴。"]

    def test_a_paragraph_ends_one(self) -> None:
        assert list(sentences("A heading\n\nThen text.")) == ["A heading", "Then text."]


class TestExcerpt:
    def test_takes_whole_sentences(self) -> None:
        assert excerpt("One is short. Two is here. Three is far too long to fit.", 30) == "One is short. Two is here."

    def test_keeps_a_long_first_sentence_up_to_twice_the_limit(self) -> None:
        sentence = "This sentence has rather more than thirty characters."
        assert excerpt(sentence + " Next.", 30) == sentence

    def test_cuts_a_monster_at_a_word(self) -> None:
        cut = excerpt("word " * 40 + "end.", 30)
        assert cut.endswith("word…") and len(cut) <= 30

    @given(st.text(alphabet="ab .!?。।é́\n", max_size=300), st.integers(10, 60))
    def test_is_a_prefix_that_ends_at_a_sentence(self, text: str, limit: int) -> None:
        result = excerpt(text, limit)
        squeezed = re.sub(r"\s", "", text)
        assert re.sub(r"\s", "", result.removesuffix("…")) in squeezed[: len(result) + 1] or result == ""
        assert len(result) <= 2 * limit
        whole = list(sentences(text))
        if whole and len(whole[0]) <= 2 * limit:
            ends = {re.sub(r"\s", "", "".join(whole[:n])) for n in range(len(whole) + 1)}
            assert re.sub(r"\s", "", result) in ends


@pytest.mark.parametrize("piece", ["!", ".", "a. ", "A! ", "…", "?)"])
def test_a_row_of_marks_takes_no_time(piece):
    began = time.process_time()
    list(sentences(piece * (60_000 // len(piece)) + "x"))
    assert time.process_time() - began < 3


def test_sentences_end_as_before_where_marks_stand_in_a_row():
    assert list(sentences("What?! Yes... And (so it was.) Then!x goes on. End")) == [
        "What?!",
        "Yes...",
        "And (so it was.)",
        "Then!x goes on.",
        "End",
    ]


@pytest.mark.parametrize("opening", ["<div>", "<ul><li>", "<pre>", "<b><p>"])
def test_elements_deeper_than_any_text_are_its_words_alone(opening):
    began = time.process_time()
    html = opening * 20_000 + "words<script>x()</script>"
    assert "words" in plain_text(html)
    for clean in (sanitise(html), sanitise_inline(html)):
        assert "words" in clean and len(clean) < len(html)
        assert_harmless(clean)
    assert time.process_time() - began < 5


def test_a_long_text_with_all_its_ends_keeps_its_elements():
    html = "<div><p>a <b>b</b></p><ul><li>c<li>d</ul></div>" * 2_000
    assert sanitise(html).count("<b>b</b>") == 2_000
