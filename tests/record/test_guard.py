"""Whether the guard asks when it should, and only then; both rates are printed."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.record import guard
from broadsheet.record.guard import DATE, DENIAL, NAME, NUMBER, QUOTATION, compared, findings

from .edit_pairs import PAIRS
from .held_out import FIXTURES, edits

ASKED, NEEDLESS = 0.95, 0.15


def rates(judged):
    """(of those to be asked about, of the others): the part that was asked about."""
    count = Counter(judged)
    wanted, others = count[True, True] + count[True, False], count[False, True] + count[False, False]
    return count[True, True] / max(wanted, 1), count[False, True] / max(others, 1)


def test_our_own_pairs(capsys):
    judged = [(ask, bool(findings(before, after, language))) for language, before, after, ask in PAIRS]
    asked, needless = rates(judged)
    with capsys.disabled():
        print(f"\n  own pairs: {asked:.3f} of {sum(a for a, _f in judged)} substantive edits asked, {needless:.3f} of the others")
    assert asked >= ASKED and needless <= NEEDLESS


@pytest.mark.skipif(not FIXTURES.exists(), reason="no ../shared/fixtures: real posts are not at hand")
@pytest.mark.parametrize("step", [3, pytest.param(1, marks=pytest.mark.long)])
def test_real_posts(capsys, step):
    judged, lines = [], []
    for language in ("en", "fr", "ar", "hi", "de"):
        own = [(ask, bool(findings(before, after, language))) for before, after, ask, _name in list(edits(language))[::step]]
        judged += own
        asked, needless = rates(own)
        lines.append(f"{language} {asked:.3f}/{needless:.3f} of {len(own)}")
    asked, needless = rates(judged)
    with capsys.disabled():
        print(f"\n  real posts: {asked:.3f} of substantive edits asked, {needless:.3f} of the others ({', '.join(lines)})")
    assert asked >= ASKED and needless <= NEEDLESS


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("It cost 3.2 million.", "It cost 3.5 million.", NUMBER),
        ("Ada Holm left.", "Ida Holm left.", NAME),
        ("It begins on Monday.", "It begins on Friday.", DATE),
        ("“It is late,” he said.", "“It is too late,” he said.", QUOTATION),
        ("He will come.", "He will not come.", DENIAL),
    ],
)
def test_it_says_what_it_found(before, after, kind):
    (found,) = findings(before, after, "en")
    assert found.kind == kind


def test_another_byline_is_another_name():
    text = {"headline": "A", "standfirst": "", "dateline": "", "body": "B", "byline": [{"name": "Ada", "role": ""}], "language": "en"}
    assert compared(text, {**text, "byline": [{"name": "Ida", "role": ""}]})[0].kind == NAME
    assert not compared(text, text)


@given(st.text(max_size=200), st.text(max_size=200), st.sampled_from(["en", "ar", "xx", "zh-Hant", ""]))
def test_whatever_is_written(before, after, language):
    assert isinstance(findings(before, after, language), list) and not findings(before, before, language)


PARAGRAPHS = st.lists(
    st.sampled_from(["", "“", "Ada sailed.", "Ada Ada", "sailed 9", "9", "He said: “No", "no” and yes", "\n", "…", "Ida sailed. ada"]),
    max_size=7,
).map("\n\n".join)


@given(PARAGRAPHS, PARAGRAPHS, PARAGRAPHS, PARAGRAPHS, st.sampled_from(["en", "de"]))
def test_what_is_alike_around_it_is_not_read_and_changes_nothing(above, before, after, below, language):
    texts = ["\n\n".join((above, one, below)) for one in (before, after)]
    found = findings(*texts, language)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guard, "_differing", lambda before, after: (before, after))
        # What comes twice may be paired otherwise; whether the editor is asked, and of what, stays.
        assert {one.kind for one in findings(*texts, language)} == {one.kind for one in found}
    assert len("".join(guard._differing(*texts))) <= len("".join(texts))


def test_of_a_long_story_few_paragraphs_are_read():
    story = [f"Ada sailed on day {n}." for n in range(500)]
    assert guard._differing("\n\n".join(story), "\n\n".join([*story[:250], "Ida sailed.", *story[251:]])) == (
        "\n\n".join(story[249:252]),
        "\n\n".join([story[249], "Ida sailed.", story[251]]),
    )


def test_no_text_keeps_whoever_publishes_it_waiting():
    started = time.process_time()
    for n in (700, 20_000):
        before, after = (" ".join(f"{one}{n} z" if n % 2 else f"s{n}" for n in range(n)) for one in ("x", "y"))
        findings(before, after, "en")
    assert NUMBER in [one.kind for one in findings("z and " * 20_000 + "9.", "and z " * 20_000 + "7.", "en")]
    assert time.process_time() - started < 12
