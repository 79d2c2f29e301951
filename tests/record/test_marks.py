"""Marks in rich text: read whatever somebody sent, written one way, and gone without a trace where readers read."""

from __future__ import annotations

import json
import re
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.html import sanitise, sanitise_own
from broadsheet.record import dated, marks
from broadsheet.record.marks import EventSaid, Mark, SourceSaid, StatementSaid

ID = "0b5c1f4e-6a0f-4e53-9a52-3f1a5f0b9c01"
SAID = Mark(statement=StatementSaid(ID, 7, "Ada Holm", "minister", "said", "2026-11-24", "Port Salen", "reporters", False))
words = st.text(max_size=20)


def test_written_and_read_it_is_the_same():
    whole = Mark(
        SourceSaid(ID, "anonymous", reason="afraid for her job", url="https://example.org/?a=1&b=2"), SAID.statement,
        EventSaid(ID, "Summit", "2026-11", "Oslo", "both sides", "cancelled", str(uuid4())),
    )  # fmt: skip
    assert marks.read(marks.write(whole)) == whole
    assert marks.write(marks.read(marks.write(whole))) == marks.write(whole)


def test_signs_that_a_text_brings_along_are_no_marks():
    held = []
    text = marks.signed(f"<p>{marks.tag(SAID)}words</mark></p>", held)
    for bad in ("\ufdd00\ufdd1", "\ufdd00-0123456789abcdef\ufdd1", "\ufdd20\ufdd1", "\ufdd0"):
        html, ranges = marks.found(f'<p title="{bad}">{bad}</p>{text}', held)
        assert [html[one.start : one.end] for one in ranges] == ["words"] and html.endswith("<p>words</p>")


@given(name=words, role=words, what=words)
def test_whatever_is_said_survives_the_attribute(name, role, what):
    mark = Mark(statement=StatementSaid(ID, name=name, role=role), event=EventSaid(ID, what, "2026"))
    meant = marks.read(marks.write(mark))
    html = f"<p>{marks.tag(meant)}words</mark> more</p>"
    assert list(marks.in_text(html)) == ([meant] if meant else [])
    assert marks.without(html) == "<p>words more</p>"
    assert marks.changed(sanitise_own(html), lambda mark: mark) == (html if meant else "<p>words more</p>"), "as it came out of an export"


@pytest.mark.parametrize(
    "says",
    ["", "{", "[]", "null", '{"statement": 1}', '{"statement": {"id": "x", "name": "A"}}', json.dumps({"statement": {"id": ID}}),
     json.dumps({"event": {"id": ID, "what": "Summit", "date": "2026-13"}}), json.dumps({"source": {"id": ID, "url": "javascript:alert(1)"}}),
     '{"a":' * 5000],
)  # fmt: skip
def test_what_cannot_be_meant_says_nothing(says):
    assert not marks.read(says)


@given(
    st.lists(
        st.sampled_from(
            ["<mark>", "</mark>", marks.tag(SAID), marks.tag(Mark()), "<p>", "</p>", "a", "<b>", "</b>", "\ufdd0", "\ufdd20\ufdd1"]
        )
    )
)
def test_no_text_can_break_it(pieces):
    html = "".join(pieces)
    held: list[Mark] = []
    neutral, ranges = marks.found(sanitise(marks.signed(html, held)), held)
    assert not held or not re.search("[\ufdd0-\ufdd2]", neutral)
    assert all(0 <= one.start <= one.end <= len(neutral) for one in ranges)
    once = marks.changed(html, lambda mark: mark)
    assert marks.changed(once, lambda mark: mark) == once
    assert "data-says" not in marks.without(html)


def test_ranges_stand_where_the_words_do():
    html = f"<p>He {marks.tag(SAID)}<b>will</b> go</mark>. <mark>bare</mark> {marks.tag(SAID)}soon</mark></p>"
    held: list[Mark] = []
    neutral, ranges = marks.found(sanitise(marks.signed(html, held)), held)
    assert neutral == "<p>He <b>will</b> go. <mark>bare</mark> soon</p>"
    assert [neutral[one.start : one.end] for one in ranges] == ["<b>will</b> go", "soon"]


def test_from_elsewhere_nothing_is_let_through():
    assert sanitise(f"<p>{marks.tag(SAID)}words</mark></p>") == "<p><mark>words</mark></p>"


@pytest.mark.parametrize(
    ("date", "days"),
    [("2026", "01-01 12-31"), ("2026-02", "02-01 02-28"), ("2026-11-24", "11-24 11-24"), ("2026-11-24T18:30", "11-24 11-24"), ("2026-02-30", ""),
     ("2026-11-24T25:00", ""), ("soon", ""), ("٢٠٢٦", ""), ("0000", "")],
)  # fmt: skip
def test_dates_are_as_precise_as_they_are(date, days):
    found = dated.span(date)
    assert " ".join(day.strftime("%m-%d") for day in found or ()) == days
