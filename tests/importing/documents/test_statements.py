"""Lines that say several things, writers that stand apart from the word for them, buttons, and the sentence at the foot of a post."""

from __future__ import annotations

import datetime as dt

import pytest

from broadsheet.importing.documents import bylines, phrases
from broadsheet.importing.documents.dates import find_dates, order_in
from broadsheet.importing.documents.heading import Facts, is_date_line, statements, take_line
from broadsheet.importing.documents.reading import read

PROSE = (
    "The ferry left the harbour at noon after nine days in which nobody had been able to say when it would.",
    "Those who had waited on the quay went aboard with their bags, their dogs and, in one case, a piano.",
    "Nobody complained, the harbour master said, although the band had played in the rain for three hours.",
)
MENU = "Skip to content\nThe Tern\n\n" + "\n".join(f"  • {name}" for name in ("News", "World", "Opinion", "Sport", "Faith")) + "\n"


@pytest.mark.parametrize(
    ("line", "writer", "day"),
    [
        ("6 Apr 2012 at 17:36 Source: The Tern News Room Author: Ada Quill", "Ada Quill", dt.date(2012, 4, 6)),
        ("Written by Ada Quill | Edited by Ben Osei | The Tern and all its many islands | Published 3 May 2021", "Ada Quill", dt.date(2021, 5, 3)),
        ("21.1.2017, 22:01 Uhr Es berichtet Ada Quill 5096 Aufrufe", "Ada Quill", dt.date(2017, 1, 21)),
        ("文/王小明 2013年03月18日09:51", "王小明", dt.date(2013, 3, 18)),
        ("लेखक: अमित शर्मा | 18 सित 2025, 18:10", "अमित शर्मा", dt.date(2025, 9, 18)),
    ],
)  # fmt: skip
def test_lines_that_say_several_things(line, writer, day):
    facts = Facts()
    assert is_date_line(line) and take_line(facts, line)
    assert (facts.byline, facts.published) == ((writer,), day)


@pytest.mark.parametrize("line", ["The ferry sails: all aboard", "Nine lives, 300 cats", "Ferry: the captain says: go", "Ada Quill"])
def test_other_lines_stay_whole(line):
    assert statements(line) == [line]


@pytest.mark.parametrize("line", ["Share on Facebook", "分享到微信", "फेसबुक पर शेयर करें", "Listen to this story A− A A+"])
def test_buttons_are_no_names(line):
    assert phrases.is_noise(line) and not bylines.claim(line).people


@pytest.mark.parametrize("line", ["Like this:", "Also Read | Ferry Sails", "Related stories"])
def test_headings_are_no_names(line):
    assert not bylines.claim(line).people


@pytest.mark.parametrize(("line", "people"), [("【福岡】小林 恵", ("小林 恵",)), ("By Newsroom Staff", ("Newsroom Staff",))])
def test_places_in_brackets_and_desks(line, people):
    assert bylines.claim(line).people == people


def test_dates_in_numbers_are_read_as_the_others_of_the_page():
    assert order_in("Ferry 03/25/2024 Pier 05/12/2024") == "en-us"
    assert not order_in("Ferry 25/03/2024 Pier 05/12/2024") and not order_in("05/12/2024") and not order_in("03/25/2024 25/03/2024")
    page = MENU + "\nFerry sails at last\nAda Quill\n05/12/2023\n\n{}\n\nRelated\n\nThe pier closes\n03/25/2023\n"
    assert read("page.txt", page.format("\n\n".join(PROSE)).encode()).published == dt.date(2023, 5, 12)


def test_the_word_for_the_writer_on_a_line_of_its_own():
    page = MENU + "\nFerry sails at last\nWords\ntern99\nFirst published\nSun 18 Dec 2016 17.01\n\n{}\n\nRelated\n"
    draft = read("page.txt", page.format("\n\n".join(PROSE)).encode())
    assert (draft.headline, draft.byline, draft.published) == ("Ferry sails at last", ("tern99",), dt.datetime(2016, 12, 18, 17, 1))


@pytest.mark.parametrize(
    ("sentence", "writer"),
    [
        ("This entry was posted in News on 25 Aug 2017 by Ada Quill. Bookmark the permalink.", "Ada Quill"),
        ("Dieser Eintrag wurde am 25. August 2017 von Ada Quill in News veröffentlicht. Setze ein Lesezeichen.", "Ada Quill"),
        ("Bu yazı 25 Ağustos 2017 tarihinde News kategorisinde Ada Quill tarafından yayınlandı.", "Ada Quill"),
        ("此条目由 王小明 发表于 2017年8月25日，归类于 News。", "王小明"),
    ],
)
def test_the_sentence_at_the_foot_of_a_post(sentence, writer):
    page = MENU + "\n25 Aug 2017\nFerry sails at last\n\n{}\n\n{}\n\n2 Comments\n"
    draft = read("page.txt", page.format("\n\n".join(PROSE), sentence).encode())
    assert (draft.headline, draft.byline, draft.published) == ("Ferry sails at last", (writer,), dt.date(2017, 8, 25))


def test_names_in_boxes_that_touch_and_their_roles():
    people = "".join(f"<div><span>{name}</span><span>Business reporter</span></div>" for name in ("Ada Quill", "Ben Osei"))
    story = "".join(f"<p>{part}</p>" for part in PROSE * 2)
    page = f'<html><body><main><h1>Ferry sails at last</h1><div><time datetime="2023-05-12">12 May</time></div><div><a href="#">Share on Facebook</a></div>{people}{story}</main></body></html>'
    draft = read("page.html", page.encode())
    assert (draft.headline, draft.byline) == ("Ferry sails at last", ("Ada Quill", "Ben Osei"))


def test_pages_about_writers_tell_who_wrote():
    story = "".join(f"<p>{part}</p>" for part in PROSE * 2)
    page = f'<html><body><main><h1>Ferry sails at last</h1><p><a href="/author/tern99/">tern99</a></p>{story}</main></body></html>'
    assert read("page.html", page.encode()).byline == ("tern99",)


def test_hindi_months_are_known_by_their_short_names():
    assert [one.date.month for one in find_dates("18 सित 2025")] == [9] and [one.date.month for one in find_dates("08 अग॰ 2025")] == [8]
