"""Whatever is written: nothing is raised, nothing lies outside the text, and nothing takes long."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.record.proposing import Kind, proposals

PIECES = st.sampled_from(
    '“ ” " « » ‘ ’ „ ( ) , . : ; — \n\n said says that told he She Ada_Holm M. Mr. adding , according_to selon d’après a-t-il_dit explique-t-elle que qu’ aurait'
    " été fait a_déclaré comme l’affirme in_Paris on_Sunday 3_May_2021 summit between and could_take_place cancelled la_police the_ministry will be ! ? … [ ] 50%"
    " Peskov the a not hopes described as accused of saying “No,” « Non. » É ß İ \u0301 😀 \ufdd0".split(" ")
)
TEXTS = st.lists(PIECES, max_size=60).map(lambda pieces: " ".join(pieces).replace("_", " ")) | st.text(max_size=300)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from(["en", "fr", "xx", ""]))
def test_whatever_is_written(text, language):
    found = proposals(text, language)
    assert [one.start for one in found] == sorted(one.start for one in found)
    for one in found:
        assert all(0 <= a < b <= len(text) for a, b in one.spans)
        assert all(left[1] <= right[0] for left, right in zip(one.spans, one.spans[1:], strict=False))
        assert all(
            0 <= w.start < w.end <= len(text) and text[w.start : w.end] == w.text for w in (one.speaker, one.cue, one.when, one.place) if w
        )
    for kind in Kind:
        ranges = [(one.start, one.end) for one in found if one.kind == kind]
        for n, (a, b) in enumerate(ranges):
            for c, d in ranges[n + 1 :]:
                within = a <= c and d <= b
                assert c >= b or kind == Kind.STATEMENT and within and (a, b) != (c, d), (kind, text)


SIZE = 10_000


@pytest.mark.parametrize(
    "piece",
    [
        '"',
        "“",
        "«a »",
        '"a said ',
        "he said that ",
        "“a\n",
        "Ada ",
        "A.",
        ", ",
        "(",
        "a",
        "selon le ministère, ",
        "a-",
        '"Yes." ',
        "summit between ",
        "in Paris ",
        "« ",
    ],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_nobody_would_write(piece, language):
    begun = time.process_time()
    proposals(piece * (SIZE // len(piece)), language)
    assert time.process_time() - begun < 3


def test_only_so_much_is_read():
    assert not proposals(" " * 10_000_000 + "“It is so,” he said.", "en")
