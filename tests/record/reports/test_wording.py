"""What is kept of what was typed, and where in a text a passage is found."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.record.reports.queries import in_context
from broadsheet.record.reports.wording import digest, has_many_links, tidy

ANY = st.text(st.characters(exclude_categories=["Cs"]))


@given(ANY, st.booleans())
def test_what_is_kept_harms_neither_database_nor_page(text, lines):
    kept = tidy(text, lines=lines)
    assert not set(kept) & {"\x00", "\r", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"}
    assert kept == kept.strip() and tidy(kept, lines=lines) == kept
    assert lines or "\n" not in kept
    assert unicodedata.is_normalized("NFC", kept)


def test_what_scripts_need_stays():
    for text in ("می‌خواهم", "क्‍ष", "‏שלום", "👩‍🚒"):
        assert tidy(text) == unicodedata.normalize("NFC", text)


@given(ANY, ANY, st.integers(1, 9))
def test_the_same_is_the_same_however_it_is_spaced(passage, problem, story):
    assert digest(story, passage, problem) == digest(story, f"  {passage}\n", f"\t{problem} ")
    assert digest(story, passage, problem) != digest(story + 1, passage, problem)


@pytest.mark.parametrize(
    ("text", "many"), [("", False), ("http://a b.c/ https://d", False), ("http: http: http:", True), ("www.a.b " * 3, True)]
)
def test_links(text, many):
    assert has_many_links(text) is many


@given(
    st.lists(st.sampled_from("it sailed at noon (from) pier.* [9] $ ^ الميناء 船".split()), min_size=1, max_size=30),
    st.integers(0, 29),
    st.integers(1, 30),
)
def test_a_passage_is_found_where_it_stands(words, start, length):
    text = " ".join(words)
    chosen = words[start : start + length]
    if chosen:
        found = in_context("\n ".join(chosen), text)
        assert found is not None and found.passage.split() == chosen
        assert (found.before + found.passage + found.after).strip() == text.strip()


@given(ANY, ANY)
def test_no_passage_is_an_error(passage, text):
    found = in_context(passage, text)
    assert found is None or found.passage in text


def test_by_its_ends_where_something_stood_between():
    text = "At noon the ferry left the pier with a hundred and twenty people and two dogs on board."
    assert in_context(text.replace("pier with", "pier 3 with"), f"Before. {text} After.").passage == text
    assert in_context("At noon the ferry left and nothing of what follows here stands in it at all", text) is None


def test_only_what_stands_near_is_shown():
    found = in_context("the passage", f"{'before ' * 100}the passage {'after ' * 100}")
    assert found.before.startswith("…before") and found.after.endswith("after…") and len(found.before) < 230
