"""Lines end where each script lets them, and parts of two directions stand where a reader expects them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.sharing.fonts import Face
from broadsheet.sharing.lines import broken, clusters, levels, lines, runs, words

LATIN, ARABIC = Face("/latin"), Face("/arabic")


@pytest.fixture(autouse=True)
def two_fonts(monkeypatch):
    """One for Latin, one for Arabic and Hebrew."""
    monkeypatch.setattr(Face, "has", lambda self, one: ("\u0590" <= one < "\u0700") == (self == ARABIC) and one < "\u3000")


def shown(text, *, right_to_left=False):
    found = runs(text, [LATIN, ARABIC], right_to_left=right_to_left)
    return found and [(run.text, run.right_to_left) for run in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ferry sails again", ["Ferry ", "sails ", "again"]),
        ("well-known ferry", ["well-", "known ", "ferry"]),
        ("北方航线，恢复。", ["北", "方", "航", "线，", "恢", "复。"]),
        ("「汽笛」が", ["「汽", "笛」", "が"]),
        ("ニュース", ["ニュー", "ス"]),
        ("북방 항로", ["북방 ", "항로"]),
        ("COP31开幕", ["COP31", "开", "幕"]),
        ("Who knows ?", ["Who ", "knows ?"]),
    ],
)
def test_where_a_line_may_end(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(("text", "expected"), [("क्षेत्र", ["क्षे", "त्र"]), ("র‍্যা", ["র‍্যা"]), ("นี้เก่า", ["นี้", "เ", "ก่า"]), ("é", ["é"])])
def test_what_belongs_together_stays_together(text, expected):
    assert clusters(text) == expected


def test_a_word_too_long_is_broken_between_letters_and_never_before_its_vowel():
    assert broken("abcdefg", len, 3) == ["abc", "def", "g"]
    assert all(not piece.endswith("เ") for piece in broken("กกเกกเกกเก", len, 3))
    assert broken("ประเทศไทยจะเปิด", lambda text: len(clusters(text)), 8) == ["ประเทศ", "ไทยจะเปิด"], "before the vowel of a syllable"


@given(st.text(st.sampled_from("ab क्षि北。「」เกา\u200d-?مر 1"), max_size=60), st.integers(2, 20))
def test_nothing_is_lost_and_lines_fit(text, room):
    tidy = " ".join(text.split())
    made = lines(tidy, len, room)
    assert "".join(made).replace(" ", "") == tidy.replace(" ", "")
    assert "".join(words(tidy)) == tidy and "".join(clusters(tidy)) == tidy
    assert all(len(line) <= room or len(clusters(line)) <= 2 for line in made)


@pytest.mark.parametrize(
    ("text", "right_to_left", "expected"),
    [
        ("abc", False, [("abc", False)]),
        ("سلم abc", True, [("abc", False), ("سلم ", True)]),
        ("سلم abc def.", True, [(".", True), ("abc def", False), ("سلم ", True)]),
        ("abc سلم def", False, [("abc ", False), ("سلم", True), (" def", False)]),
        ("قمة 2026 هنا", True, [(" هنا", True), ("2026", False), ("قمة ", True)]),
        ("في 1,234.5 كم", True, [(" كم", True), ("1,234.5", False), ("في ", True)]),
        ("سنة 1990-1995", True, [("1990-1995", False), ("سنة ", True)]),
    ],
)
def test_parts_stand_where_they_are_read(text, right_to_left, expected):
    """Against what browsers show; between two runs of one direction only the font changes."""
    joined = []
    for part, way in shown(text, right_to_left=right_to_left):
        if joined and joined[-1][1] == way:
            joined[-1] = (part + joined[-1][0] if way else joined[-1][0] + part, way)
        else:
            joined.append((part, way))
    assert joined == expected


@given(st.text(st.sampled_from("ab مر 12,.-()%"), max_size=30), st.booleans())
def test_runs_hold_every_letter_once(text, right_to_left):
    tidy = " ".join(text.split())
    assert sorted("".join(part for part, _way in shown(tidy, right_to_left=right_to_left))) == sorted(tidy)
    assert len(levels(tidy, right_to_left=right_to_left)) == len(tidy)


def test_letters_without_a_shape_are_told_and_signs_are_left_out():
    assert shown("Ferry 北") is None
    assert shown("Ferry 🚢 sails") == [("Ferry sails", False)]
    assert shown("a\u202eb\u200fc") == [("abc", False)], "nothing turns a line round"
