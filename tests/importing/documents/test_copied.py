"""Copied text of pages that no word on them explains: what is told from place, repetition and agreement alone."""

from __future__ import annotations

import pytest

from broadsheet.importing.documents import bylines
from broadsheet.importing.documents.heading import count_words
from broadsheet.importing.documents.reading import read

TITLE = "Ferry leaves harbour after nine days"
PROSE = [
    "The ferry sailed at noon after nine days in the harbour, and everybody who had waited was on board.",
    "Nobody complained, the harbour master said, although the band had to play in the rain for three hours.",
    "The next crossing is planned for Thursday, when a second ship is expected back from the yard.",
    "Until then the mail goes by road, and so do the doctor and the teacher, as they did in winter.",
]
FOOT = "Zorp\n\n  • Council meets again in winter\n\n© 2026 The Tern\n"


def page(head: str, *, body: list[str] = PROSE, foot: str = FOOT):
    menu = "\n".join(f"  • {name}" for name in ("News", "World", "Opinion", "Sport", "Faith"))
    parts = ("The Tern", f"{menu}\nSign in Subscribe", head, *body, foot)
    return read("page.txt", "\n\n".join(parts).encode())


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        # One unknown word before a date is what it is the date of.
        (f"{TITLE}\n17 November 2025\nZorpit 19 November 2025", ()),
        # Of two that are as good, the first; a place shares the date's part of the line.
        (f"{TITLE}\nAda Quill / São Paulo, 17 November 2025", ("Ada Quill",)),
        # A section stands beside a date above the headline; the writer signs below.
        (f"Harbour Affairs · 17 November 2025\n\n{TITLE}", ("Ada Quill",)),
        # Writers joined by a word that nothing explains, on a row with the date.
        (f"{TITLE}\nWorld | Ada Quill zorp Ben Osei zorps | Zorpit 17 November 2025", ("Ada Quill", "Ben Osei")),
        # They stand one below the other, and where they are and a mark alone part them from the date.
        (f"{TITLE}\nAda Quill\nBen Osei\nTernby\n-\n17 November 2025", ("Ada Quill", "Ben Osei")),
    ],
)
def test_the_writer_is_found_beside_the_date(head, byline):
    body = [*PROSE, "(Ada Quill)"] if "·" in head else PROSE
    draft = page(head, body=body)
    assert (draft.headline, draft.byline) == (TITLE, byline)
    assert str(draft.published)[:10] == "2025-11-17"


def test_a_writer_introduced_behind_the_story_is_not_somebody_it_tells_of():
    head = f"{TITLE}\nDewi Harbour Putri\nZorpista\nZorpit 17 November 2025"
    foot = f"Dewi Harbour Putri\nDewi Harbour Putri keeps watch over ferries, and has done so since she came ashore.\n\n{FOOT}"
    assert page(head, foot=foot).byline == ("Dewi Harbour Putri",)


def test_rows_of_credits_name_the_writer_before_the_desk():
    head = f"{TITLE}\n17 November 2025 Zorp: Reuters Zarp: Ada da Quill Zurp: Ben Osei"
    assert page(head).byline == ("Ada da Quill",)


@pytest.mark.parametrize(
    "head",
    [
        # Words of the story with a credit behind them are a caption.
        "17 November 2025\nZorp\nlibferry zorps for zarp\nAda Quill\nZorp\nZarp zurp\n\nZirp · 2 zerp\nZorp zirp\nZerp\n\nNobody complained, the harbour master said, although the band had (Zorp Kessler)",
        # The section that a trail above ends in, repeated behind the date.
        "Zorp / Harbour Master\nA Long Exagerated Zorp\nAda Quill\n17/11/2025\nHarbour Master\n4 zorpta zarp",
    ],
)
def test_the_headline_is_not_what_stands_beside_it(head):
    assert page(head).headline == next(line for line in ("libferry zorps for zarp", "A Long Exagerated Zorp") if line in head)


def test_a_headline_that_could_be_a_name_is_one_where_the_date_names_its_writer():
    head = "nine days in the harbour, and everybody | Zorp credit: dpa\nEntertainment With Mobile\nReporting by Ada Quill • Zorpista • 17 November 2025"
    assert page(head).headline == "Entertainment With Mobile"


def test_a_short_headline_is_found_below_the_trail_that_leads_to_it():
    assert page("The Tern › Zorp › 두부\n두부\nAda Quill, 17 November 2025").headline == "두부"


def test_a_teaser_with_a_date_between_two_paragraphs_ends_no_story():
    body = [*PROSE[:2], "Council meets again in winter\n3 October 2025", *PROSE[2:]]
    draft = page(f"{TITLE}\nAda Quill\n17 November 2025", body=body)
    text = "".join(block["value"] for block in draft.blocks if block["type"] == "text")
    assert PROSE[3] in text and "Council meets" not in text


def test_words_are_counted_in_scripts_with_signs_between_letters():
    assert count_words("विकास गुप्ता और पूजा कुमारी") == 5


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Fenna Hoekstra en Marijke ’t Hart", ("Fenna Hoekstra", "Marijke ’t Hart")),
        ("Rhys ap Gwilym, Eilidh MacRae", ("Rhys ap Gwilym", "Eilidh MacRae")),
        ("Yohanes Manurung dan Bagus Prakoso", ("Yohanes Manurung", "Bagus Prakoso")),
        ("郑小伟、王小雪, 教育新闻部", ("郑小伟", "王小雪")),
        ("Ada Quill en Bretagne", ("Ada Quill",)),
    ],
)
def test_lists_of_names_in_more_languages(line, people):
    assert bylines.claim(line).people == people
