"""Markdown, plain manuscripts, dates, encodings."""

from __future__ import annotations

import datetime as dt

import pytest

from broadsheet.importing.documents.dates import find_dates, machine_date
from broadsheet.importing.documents.heading import Facts, split_labels, take_line
from broadsheet.importing.documents.reading import read

PROSE = "The ferry sailed at noon after nine days in the harbour, and everybody who had waited was on board."


def texts(draft):
    return "".join(block["value"] for block in draft.blocks if block["type"] == "text")


def test_markdown_with_front_matter():
    source = f"""---
title: "Ferry: it sails"
authors:
  - Ada Quill
  - Ben Osei
date: 2025-11-17T08:30:00Z
tags: [ferries, "late, again"]
section: News
layout: post
summary: Nine days late.
---

{PROSE}
It *was*
late[^x].

> She will sail.

- one [link](https://a.example/)
- two

| a | b |
|---|---|
| 1 | 2 |
"""
    draft = read("ferry.md", source.encode())
    assert (draft.headline, draft.byline, draft.standfirst) == ("Ferry: it sails", ("Ada Quill", "Ben Osei"), "Nine days late.")
    assert draft.published == dt.datetime(2025, 11, 17, 8, 30, tzinfo=dt.UTC)
    assert (draft.topics, draft.labels) == (("ferries", "late, again"), ("News",)) or draft.topics == ("ferries", "late", "again")
    assert draft.notes == ("front matter left out: layout",)
    assert [b["type"] for b in draft.blocks] == ["text", "quote", "text", "table"]
    assert "<br>" not in texts(draft) and "It <i>was</i> late[^x]." in texts(draft)


def test_markdown_without_front_matter():
    draft = read(
        "a.md", f"# Ferry sails\n\n*Nine days late, with a band on board.*\n\nBy Ada Quill\n\n{PROSE}\n\n## Next\n\n{PROSE}\n".encode()
    )
    assert (draft.headline, draft.standfirst, draft.byline) == ("Ferry sails", "Nine days late, with a band on board.", ("Ada Quill",))
    assert texts(draft) == f"<p>{PROSE}</p><h2>Next</h2><p>{PROSE}</p>"


def test_a_manuscript_in_plain_text_keeps_every_word_and_loses_its_margins():
    lines = "The ferry sailed at noon after nine days in the harbour, and\neverybody who had waited was on board, a band among them, and\nnobody complained."
    draft = read(
        "a.txt",
        f"Ferry sails at last\n\nBy Ada Quill\n17 November 2025\n\nLONDON (Reuters) - {lines}\n\nWhat comes next\n\n{PROSE}\n\n- one\n- two\n".encode(),
    )
    assert (draft.headline, draft.byline, draft.published, draft.dateline) == (
        "Ferry sails at last",
        ("Ada Quill",),
        dt.date(2025, 11, 17),
        "LONDON",
    )
    assert texts(draft) == f"<p>{lines.replace(chr(10), ' ')}</p><h2>What comes next</h2><p>{PROSE}</p><ul><li>one</li><li>two</li></ul>"


@pytest.mark.parametrize("written", [
    "November 17, 2025", "Nov. 17, 2025", "17 November 2025", "17th of November 2025", "17. November 2025", "17 novembre 2025", "17 de noviembre de 2025",
    "17 Kasım 2025", "17 ноября 2025 г.", "17 نوفمبر 2025", "17 نوفمبر، 2025", "١٧ نوفمبر ٢٠٢٥", "2025年11月17日", "2025년 11월 17일", "2025-11-17", "17.11.2025", "11/17/2025",
    "17 tháng 11, 2025", "17 నవంబర్, 2025", "17 ноември 2025", "17 नवंबर 2025", "2025. november 17.", "Monday, November 17, 2025",
])  # fmt: skip
def test_dates_in_many_languages(written):
    assert [one.date for one in find_dates(f"Posted {written}")] == [dt.date(2025, 11, 17)]


def test_markdown_that_closes_what_it_never_opened():
    assert read("a.md", f"</div>\n\n# Ferry sails\n\n{PROSE}".encode()).headline == "Ferry sails"


def test_dates_run_together_and_dates_in_doubt():
    assert [one.date.day for one in find_dates("November 17, 2025November 18, 2025")] == [17, 18]
    assert find_dates("3/4/2025")[0].is_ambiguous and find_dates("3/4/2025")[0].date == dt.date(2025, 4, 3)
    assert find_dates("3/4/2025", language="en-US")[0].date == dt.date(2025, 3, 4)
    assert find_dates("call 2025-99-99 or 1.2.3.2025") == [] and machine_date("tomorrow") is None
    assert machine_date("2025-11-17T23:30:00+02:00").utcoffset() == dt.timedelta(hours=2)


def test_labels_run_together_are_told_apart_by_the_menu_and_placements_are_none():
    known = {name.casefold(): name for name in ("News", "World", "Middle East and North Africa", "Opinion")}
    assert split_labels("LatestNewsWorld", known) == ["Latest", "News", "World"]
    assert split_labels("NewsMiddle East and North AfricaTop Stories", known) == ["News", "Middle East and North Africa", "Top Stories"]
    assert split_labels("NewsDesk Tern", known) is None and split_labels("Newsworthy", known) is None


@pytest.mark.parametrize(
    ("line", "byline", "topics"),
    [
        ("Posted on 17 November 2025 by Ada Quill in News", ("Ada Quill",), []),
        ("Ada Quill · 17 November 2025 · 3 min read", ("Ada Quill",), []),
        ("17 November 2025 | 812 views | 4 comments", (), []),
        (
            "NewsDesk Tern 17 November 202517 November 2025 late ferries, harbour news, winter",
            ("NewsDesk Tern",),
            ["late ferries", "harbour news", "winter"],
        ),
        ("By José Ortega y Gasset, 17 November 2025", ("José Ortega y Gasset",), []),
        ("By Ada Quill, Staff Writer, and Ben Osei 17 November 2025", ("Ada Quill", "Ben Osei"), []),
        ("17 November 2025（月）", (), []),
        ("lundi 17 novembre 2025 · Ada Quill", ("Ada Quill",), []),
        ("Mohamed El Baradei 17 November 2025", ("Mohamed El Baradei",), []),
        ("بقلم هدى سالم 17 نوفمبر 2025", ("هدى سالم",), []),
    ],
)
def test_lines_below_a_headline(line, byline, topics):
    facts = Facts()
    assert take_line(facts, line)
    assert (facts.byline, facts.topics, facts.published) == (byline, topics, dt.date(2025, 11, 17))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "utf-8"])
def test_encodings_are_found(encoding):
    words = (
        "Fähre fährt endlich\n\n"
        + "Die Fähre fuhr am Mittag aus dem Hafen, und alle, die gewartet hatten, waren überglücklich an Bord – müde, aber früh genug. " * 6
    )
    assert read("a.txt", words.encode(encoding)).headline == "Fähre fährt endlich"


def test_what_a_page_declares_is_believed_when_it_is_not_utf_8():
    page = f'<html><head><meta charset="windows-1256"><title>وصلت العبارة</title></head><body><h1>وصلت العبارة</h1><p>{"أبحرت العبارة ظهرا بعد تسعة أيام. " * 9}</p></body></html>'
    draft = read("a.html", page.encode("cp1256"))
    assert draft.headline == "وصلت العبارة" and any("cp1256" in note for note in draft.notes)


@pytest.mark.parametrize("head", [
    "{menu}\nHome > News > {headline}\n{headline}\nBy Ada Quill\n17 November 2025\n",
    "{menu}\nEmail this\nBookmark\n17 November 2025 / News\n{headline}\nA 3-minute read\n",
    "{menu}\nTrending now\nThree bridges close for the winter yesterday\nA harbour dance is called off yesterday\n{headline}\nAda Quill\nCorrespondent\n17 November 2025\n",
    "{menu}\nAccept all Reject all Manage choices\nNews\n{headline}\nA band stood on deck. Photo: AFP\nPosted on 17 November 2025\n",
])  # fmt: skip
def test_the_headline_of_copied_text_is_told_from_what_stands_around_it(head):
    headline = "Ferry leaves harbour after nine days"
    prose = "\n".join(PROSE + f" The harbour master said so on day {n}, and the ferry’s captain agreed with him." for n in range(5))
    menu = "The Quay\nNews\nSport\nCulture\nOpinion\nWeather\nSign in"
    below = "\n12 Comments\nReply\nMost read\nThree bridges close for the winter\nA harbour dance is called off\n"
    draft = read("page.txt", (head.format(menu=menu, headline=headline) + prose + below).encode())
    assert (draft.headline, draft.published) == (headline, dt.date(2025, 11, 17))
    assert texts(draft).count("nine days") == 5 and "bridges" not in texts(draft)


def test_words_beside_dates_and_names_are_neither():
    for line, people in (
        ("Ada Quill reports", ("Ada Quill",)),
        ("Ein Beitrag von Ada Quill", ("Ada Quill",)),
        ("首发时间", ()),
        ("기사입력", ()),
        ("Paru le", ()),
        ("3 hours ago", ()),
    ):
        facts = Facts()
        take_line(facts, line, bonus=2.0)
        assert facts.byline == people, line


@pytest.mark.parametrize(("line", "byline"), [
    ("Ada Quill @adaq", ("Ada Quill",)),
    ("Ada Quill, Harbour Correspondent", ("Ada Quill",)),
    ("28/8/2022 15:58 From: The Wire Story: Ada Quill Desk: Ben Osei", ("Ada Quill",)),
    ("Last set right: 17 November 2025", ()),
    ("تاريخ الإضافة: الثلاثاء، 7 مارس 2023", ()),
    ("남궁민, 김도윤 기자, 교육 담당", ("남궁민", "김도윤")),
    ("17 अगस्त 2025, 5:54 बजे", ()),
])  # fmt: skip
def test_names_are_told_from_what_stands_beside_them(line, byline):
    facts = Facts()
    take_line(facts, line, bonus=0.5)
    assert facts.byline == byline


def page(head, body=""):
    """The text of a page with a menu above its head and five paragraphs below it."""
    prose = [PROSE + f" The harbour master said so on day {n}, and the ferry’s captain agreed with him." for n in range(5)]
    menu = "The Quay\nNews\nSport\nCulture\nOpinion\nWeather\nSign in\n"
    return read("page.txt", "\n".join([menu + head, *prose[:2], body, *prose[2:], "", "© The Quay"]).encode())


def test_names_below_each_other_above_a_date_are_one_byline():
    draft = page("Ferry leaves harbour after nine days\nAda Quill\nBen Osei\n17 November 2025")
    assert draft.byline == ("Ada Quill", "Ben Osei")


def test_a_name_between_the_date_and_the_headline_below_it_is_the_writer():
    draft = page("17 November 2025 / Coast\nAda Quill\nFerry leaves harbour after nine days\n")
    assert (draft.headline, draft.byline, draft.published) == (
        "Ferry leaves harbour after nine days",
        ("Ada Quill",),
        dt.date(2025, 11, 17),
    )


def test_a_box_of_other_stories_in_the_middle_ends_no_story_of_short_paragraphs():
    short = "\n".join(f"The deckhand number {n} was paid at last and went home." for n in range(8))
    draft = page("Ferry leaves harbour after nine days\n17 November 2025", f"Related articles\nThree bridges close for the winter\n{short}")
    assert texts(draft).count("deckhand") == 8 and texts(draft).count("nine days") == 5


def test_a_page_without_bullets_is_known_by_its_menu_of_short_lines():
    draft = page("Ferry leaves harbour after nine days\nBy Ada Quill\n5 hours ago")
    assert (draft.headline, draft.byline) == ("Ferry leaves harbour after nine days", ("Ada Quill",))
    assert "Weather" not in texts(draft)
