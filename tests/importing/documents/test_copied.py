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


@pytest.mark.parametrize("below", ["Ferry sailed at noon after nine days", "Harbour master: Nobody complained", "A Mail That Goes by Road"])
@pytest.mark.parametrize(
    "said", ["zorpius\n17 November 2025\nFacebook\nPrint", "Zorpit on 17 November 2025 By Ada Quill", "By Ada Quill\n\n17 November 2025"]
)
def test_the_first_heading_of_a_story_below_writer_and_date_is_not_its_headline(said, below):
    headline = "Ferry sails at last from the harbour"
    assert page(f"{headline}\n{said}\n\n{below}").headline == headline


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


def told(draft):
    return "".join(block["value"] for block in draft.blocks if block["type"] == "text")


def test_a_text_that_ends_in_the_name_of_its_owner_is_a_page():
    text = "\n\n".join(["The Tern\nNews", f"{TITLE}\nAda Quill\n17 November 2025", *PROSE, "© 2026 The Tern. All rights reserved."])
    draft = read("page.txt", text.encode())
    assert (draft.headline, draft.byline) == (TITLE, ("Ada Quill",)) and "The Tern" not in told(draft)


def test_a_short_story_is_not_lost_to_a_list_of_dated_ones():
    teasers = [
        f"Council number {n} meets again in winter\n{n} March 2024\n{PROSE[n % 4]} It sat for nine hours, and then it sat again."
        for n in range(3, 8)
    ]
    draft = page(f"{TITLE}\nAda Quill\n17 November 2025", body=PROSE[:1], foot="\n\n".join([*teasers, "© 2026 The Tern"]))
    assert (draft.headline, draft.byline, told(draft)) == (TITLE, ("Ada Quill",), f"<p>{PROSE[0]}</p>")
    assert str(draft.published) == "2025-11-17"


def test_a_story_about_a_network_names_it_in_its_headline():
    body = ["The harbour left Facebook for good, and the ferry did so too.", *PROSE]
    assert page("Harbour leaves Facebook\nAda Quill\n17 November 2025", body=body).headline == "Harbour leaves Facebook"


def test_titles_that_say_how_old_they_are_are_other_stories():
    head = f"Three bridges close for winter yesterday\nA harbour dance is called off yesterday\n17 November 2025 / News\nAda Quill zorps zarp Leeds\n{TITLE}"
    draft = page(head)
    assert draft.headline == TITLE


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        # Under what they sign in, be it one small word, and the headline said twice.
        (f"News\n{TITLE}\n{TITLE}\nzorpist\n17 November 2025", ("zorpist",)),
        # A city behind a name is where they are.
        (f"{TITLE}\nAda Quill Leeds\n17 November 2025", ("Ada Quill",)),
        # The site bears its writer's name.
        (f"Ada Quill\n{TITLE}\nAda Quill\n17 November 2025", ("Ada Quill",)),
        # A desk where nobody is named.
        (f"{TITLE}\nZorp Newsroom\n17 November 2025", ("Zorp Newsroom",)),
        # A name the story's own first lines give is not asked for where the page has said it.
        (f"{TITLE}\nAda Quill\n17 November 2025\n{PROSE[3]}\nBy : Ben Osei", ("Ada Quill",)),
    ],
)
def test_the_writer_is_found_by_place_and_repetition(head, byline):
    draft = page(head)
    assert (draft.headline, draft.byline) == (TITLE, byline)


def test_a_name_that_stands_beside_many_dates_is_no_section():
    foot = "Zorp\n\n  • Ada Quill\n  • Council meets again in winter\nAda Quill 3 March 2024\n\nA second council meets\nAda Quill 4 March 2024\n\n© 2026 The Tern"
    assert page(f"{TITLE}\nAda Quill 17 November 2025", foot=foot).byline == ("Ada Quill",)


@pytest.mark.parametrize("line", ["— zorpist", "（zorpist）", "— Zorpa & Ada Quill"])
def test_a_line_between_marks_signs_the_story_whatever_the_name_looks_like(line):
    draft = page(f"{TITLE}\n17 November 2025", body=[*PROSE, line])
    assert ", ".join(draft.byline) == line.strip("— （）").replace(" & ", ", ")


def test_letters_to_subscribe_to_and_boxes_about_the_writer_end_a_story():
    tail = [
        "Ada Quill\nAda Quill grew up in Leeds and likes two dogs.",
        "Zorp zarp\nEverything you should know before breakfast.\nZorp zurp",
    ]
    draft = page(f"{TITLE}\nAda Quill\n17 November 2025", body=[*PROSE, *tail])
    assert told(draft).endswith(f"<p>{PROSE[3]}</p>")


def test_titles_that_stand_elsewhere_on_the_page_are_not_part_of_a_story():
    titles = "Council meets again in winter\nThree bridges close for winter"
    draft = page(
        f"{TITLE}\nAda Quill\n17 November 2025", body=[*PROSE[:2], f"Zorp on\n{titles}", *PROSE[2:]], foot=f"Zorp\n\n{titles}\n\n{FOOT}"
    )
    assert "Zorp on" not in told(draft) and "bridges" not in told(draft) and PROSE[2] in told(draft)


def test_a_subheading_that_a_list_of_contents_names_stays():
    draft = page(
        f"{TITLE}\nAda Quill\n17 November 2025",
        body=[*PROSE[:2], "What comes next", *PROSE[2:]],
        foot=f"In short\nWhat comes next\n\n{FOOT}",
    )
    assert "What comes next" in told(draft)


def test_a_box_with_a_dated_story_ends_none_that_goes_on_in_its_words():
    later = f"{PROSE[0]} {PROSE[1]} {PROSE[2]}"
    body = [*PROSE, "Read next\nCrypto recap of January 6, 2026", later, later.replace("noon", "dawn")]
    assert "dawn" in told(page(f"{TITLE}\nAda Quill\n17 November 2025", body=body))


def test_code_that_repeats_its_lines_stays():
    code = "[one]\nname=ferry\nenabled=0\n[two]\nname=harbour\nenabled=0"
    assert told(page(f"{TITLE}\nAda Quill\n17 November 2025", body=[PROSE[0], PROSE[1], code])).count("enabled=0") == 2


def test_a_headline_that_could_be_a_name_stands_between_date_and_writer():
    draft = page("17 November 2025\nWinter Dances\nAda Quill")
    assert (draft.headline, draft.byline) == ("Winter Dances", ("Ada Quill",))


def test_where_a_report_comes_from_is_not_its_writers_name():
    assert bylines.claim("도쿄=이서연 기자").people == ("이서연",) and bylines.claim("Jack London").people == ("Jack London",)


@pytest.mark.parametrize(
    "body",
    [
        [*PROSE[:2], "La biblioteca cierra en invierno\n7 de febrero de 2025 a las 17:59", *PROSE[2:]],
        [*PROSE[:2], "• Ferries stay in the harbour\n• Buses go to the market", "Library shuts for winter\n7 May 2018, 09:42", "• Trams go on", *PROSE[2:]],
        [*PROSE[:2], PROSE[0], "Library shuts for winter\n7 May 2018, 09:42", *PROSE[2:]],
    ],
    ids=["a date with its time", "in a list", "below what is said twice"],
)  # fmt: skip
def test_a_teaser_with_a_date_is_a_box_wherever_the_story_goes_on(body):
    draft = page(f"{TITLE}\nAda Quill\n17 November 2025", body=body)
    assert "Library" not in told(draft) and "biblioteca" not in told(draft) and PROSE[3] in told(draft)


@pytest.mark.parametrize("word", ["ADVERTISEMENT", "- Anzeige -", "[Publicité]", "إعلان", "广告", "広告", "광고", "विज्ञापन", "Reklam"])
@pytest.mark.parametrize("times", [1, 2])
def test_a_line_that_announces_an_advertisement_is_no_heading_of_the_story(word, times):
    body = [PROSE[0], PROSE[1], word, PROSE[2], *[word] * (times - 1), PROSE[3]]
    draft = page(f"{TITLE}\nAda Quill\n17 November 2025", body=body)
    assert told(draft) == "".join(f"<p>{text}</p>" for text in PROSE)


def test_a_heading_about_advertising_stays_and_so_does_an_item_of_a_list():
    draft = page(
        f"{TITLE}\nAda Quill\n17 November 2025", body=[PROSE[0], "Ads on the ferry", PROSE[1], "• Mail\n• Advertising", *PROSE[2:]]
    )
    assert "<h2>Ads on the ferry</h2>" in told(draft) and "<li>Advertising</li>" in told(draft)
