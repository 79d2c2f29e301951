"""By sentence and word: what stays is not told, what moved has not gone, and both texts are in what is told."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.record import difference
from broadsheet.record.difference import COME, GONE, MOVED, SAME, Passage, compare, passages, rewritten

TEXT = {
    "address": "/news/ferry/", "kind": "news", "language": "en", "headline": "Ferry sails", "standfirst": "", "dateline": "", "byline": [],
    "published": "2026-05-03T12:00:00.000000+00:00", "sections": [1], "lead_picture": None, "pictures": [], "body": "It sailed at noon.",
    "structure": "p", "links": [],
}  # fmt: skip


def told(runs):
    """`[-gone-]`, `{+come+}`, `<moved>`."""
    marks = {SAME: "{}", GONE: "[-{}-]", COME: "{{+{}+}}", MOVED: "<{}>"}
    return "".join(marks[run.kind].format(run.text) for run in runs)


def shown(before, after, **more):
    return [f"…{one.unchanged}" if one.unchanged else told(one.runs) for one in passages(before, after, **more)]


def test_a_word_is_told_as_a_word():
    assert shown("It sailed at noon. The sea was calm.", "It sailed at one. The sea was calm.") == [
        "It sailed at [-noon-]{+one+}. The sea was calm."
    ]


def test_paragraphs_that_stay_are_counted():
    text = "\n\n".join(f"Paragraph {n} stays as it is." for n in range(9))
    assert shown(text, text.replace("Paragraph 4 stays", "Paragraph 4 remains")) == [
        "…4", "Paragraph 4 [-stays -]{+remains+} as it is.", "…4",
    ]  # fmt: skip
    assert len(list(passages(text, text, whole=True))) == 9


def test_a_sentence_taken_out_stands_where_it_stood():
    before = "One sailed. Two stayed in port. Three sank."
    assert shown(before, "One sailed. Three sank.") == ["One sailed. [-Two stayed in port.-] Three sank."]
    assert shown(before, "One sailed. Two stayed in port.") == ["One sailed. Two stayed in port. [-Three sank.-]"]


def test_a_paragraph_that_goes_and_one_that_comes_stand_alone():
    assert shown("First here.\n\nThe mayor spoke.\n\nLast here.", "First here.\n\nLast here.") == ["…1", "[-The mayor spoke.-]", "…1"]
    assert shown("First here.\n\nLast here.", "First here.\n\nThe mayor spoke.\n\nLast here.") == ["…1", "{+The mayor spoke.+}", "…1"]


def test_what_moved_has_not_gone_and_come():
    paragraphs = [
        f"The {name} of the harbour spoke for an hour about {n} boats." for n, name in enumerate(("mayor", "pilot", "cook", "smith"))
    ]
    moved = [paragraphs[3], *paragraphs[:3]]
    assert shown("\n\n".join(paragraphs), "\n\n".join(moved)) == [f"<{paragraphs[3]}>", "…3"]
    edited = [paragraphs[3].replace("an hour", "a minute"), *paragraphs[:3]]
    runs = next(passages("\n\n".join(paragraphs), "\n\n".join(edited))).runs
    assert {run.kind for run in runs} == {MOVED, GONE, COME} and "".join(r.text for r in runs if r.kind == GONE).strip() == "an hour"


def test_a_paragraph_that_is_divided_is_no_change_of_words():
    before, after = "One sailed. Two stayed in port.", "One sailed.\n\nTwo stayed in port."
    assert shown(before, after) == ["…2"]
    made = compare({**TEXT, "body": before}, {**TEXT, "body": after, "structure": "p p"}, sections={})
    assert [fact.name for fact in made.facts] == ["structure"] and made.passages == () and made


def test_another_sentence_is_not_told_as_confetti():
    assert told(rewritten("The mayor was in the town hall.", "A cook of ours fell into a vat.")) == (
        "[-The mayor was in the town hall.-]{+A cook of ours fell into a vat.+}"
    )


@pytest.mark.parametrize(
    ("before", "after", "gone", "come"),
    [
        ("船长说航道比以前更深了。商人高兴。", "船长说航道比以前更浅了。商人高兴。", "深", "浅"),
        ("قال الوزير إن العدد بلغ ٣٠٠ شخص.", "قال الوزير إن العدد بلغ ٣٥٠ شخص.", "٣٠٠", "٣٥٠"),
        ("पुल पर तीस लोग थे।", "पुल पर चालीस लोग थे।", "तीस", "चालीस"),
        ("เรือออกตอนเที่ยงวัน", "เรือออกตอนบ่ายวัน", "", "บ"),
        ("It cost 3.5 million.", "It cost 3.7 million.", "3.5", "3.7"),
    ],
)
def test_in_every_script(before, after, gone, come):
    runs = [run for one in passages(before, after) for run in one.runs]
    assert gone in "".join(run.text for run in runs if run.kind == GONE)
    assert come in "".join(run.text for run in runs if run.kind == COME)
    assert any(run.kind == SAME for run in runs)


def test_what_is_no_body_is_told_by_name():
    picture = {"id": 3, "alt": "A ferry", "caption": "The ferry at noon", "credit": "Ada"}
    after = {
        **TEXT, "headline": "Ferry sinks", "standfirst": "All safe.", "byline": [{"name": "Ada", "role": "Photographs"}], "kind": "analysis",
        "sections": [2, 9], "lead_picture": picture, "pictures": [4], "links": ["https://a.example/"], "dateline": "Ystad",
    }  # fmt: skip
    facts = {fact.name: told(fact.runs) for fact in compare(TEXT, after, sections={1: "World", 2: "Sport"}).facts}
    assert facts == {
        "headline": "Ferry [-sails-]{+sinks+}", "standfirst": "{+All safe.+}", "dateline": "{+Ystad+}", "byline": "{+Ada (Photographs)+}",
        "kind": "[-news-]{+analysis+}", "sections": "[-World-]{+Sport+}", "picture": "{+The ferry at noon+}", "pictures": "",
        "links": "{+https://a.example/+}",
    }  # fmt: skip
    later = {**after, "lead_picture": {**picture, "caption": "The ferry at one"}}
    assert [told(fact.runs) for fact in compare(after, later, sections={}).facts] == ["The ferry at [-noon-]{+one+}"]
    assert not compare(TEXT, TEXT, sections={})


WORDS = st.sampled_from("ferry sailed noon mayor 12 300 calm the of Ada said “no” 船 नाव".split())
SENTENCE = st.lists(WORDS, min_size=1, max_size=9).map(lambda words: " ".join(words) + ".")
BODY = st.lists(st.lists(SENTENCE, min_size=1, max_size=4).map(" ".join), max_size=7).map("\n\n".join)


@pytest.mark.parametrize("work", [None, -1])
@given(before=BODY, after=BODY)
def test_both_texts_are_in_what_is_told(work, before, after):
    with pytest.MonkeyPatch.context() as patch:
        if work:
            patch.setattr(difference, "WORK", dict.fromkeys(difference.WORK, work))
        both_are_in_what_is_told(before, after)


def both_are_in_what_is_told(before, after):
    made = list(passages(before, after, whole=True))
    now = ["".join(r.text for r in one.runs if r.kind != GONE) for one in made]
    words = " ".join(text.strip() for text in now if text.strip()).split()
    assert words == after.split()
    # Whatever stood there before is told as gone, stays, or has moved; nothing twice.
    was = " ".join("".join(r.text for r in one.runs if r.kind in (SAME, GONE, MOVED)) for one in made)
    assert sorted("".join(was.split())) == sorted("".join(before.split()))


def test_what_would_take_too_long_still_keeps_what_is_there_once(monkeypatch):
    monkeypatch.setattr(difference, "WORK", dict.fromkeys(difference.WORK, -1))
    assert told(rewritten("So it sailed at noon, the ferry said.", "So they sailed at one, the ferry said.")) == (
        "So [-it -]{+they+} sailed at [-noon-]{+one+}, the ferry said."
    )
    assert shown("One sailed. Two stayed. Three sank.", "One sailed. Four left. Three sank.") == [
        "One sailed. {+Four left.+} [-Two stayed.-] Three sank."
    ]


def test_the_same_text_differs_in_nothing():
    assert list(passages("One.\n\nTwo.", "One.\n\nTwo.")) == [Passage((), 2)] and list(passages("", "")) == []


def test_very_long_and_very_strange_texts_are_compared_in_time():
    long = "\n\n".join(" ".join(f"Sentence {n} of paragraph {p} has some words of its own {n * p}." for n in range(6)) for p in range(1500))
    started = time.process_time()
    list(passages(long, long.replace("words of its own 7", "letters of its own 7")))
    list(passages("Yes. " * 20_000, "No. " + "Yes. " * 20_001 + "No."))
    list(passages("a " * 30_000 + ".", "b " * 30_000 + "."))
    list(passages("a " * 30_000 + "b.", "a " * 30_000 + "c."))
    old, new = (" ".join(f"{one}{n} z" if n % 2 else f"s{n}" for n in range(9000)) for one in "xy")
    list(passages(old, new))
    old, new = (" ".join(f"{one} x{n}." if n % 2 else f"Same {n}." for n in range(9000)) for one in ("Old", "New"))
    list(passages(old, new))
    assert time.process_time() - started < 12
