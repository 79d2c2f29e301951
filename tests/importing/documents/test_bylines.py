"""Who wrote it: names by their shape, standing phrases, what people do, agencies; dates in other calendars."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.importing.documents import bylines, calendars
from broadsheet.importing.documents.dates import find_dates
from broadsheet.importing.documents.reading import read


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("By Ada Quill, Correspondent", ("Ada Quill",)),
        ("By Ada Quill, Ben Osei and Tom Ray", ("Ada Quill", "Ben Osei", "Tom Ray")),
        ("Ada Quill (AFP)", ("Ada Quill",)),
        ("Ada Quill and Ben Osei | Reuters", ("Ada Quill", "Ben Osei")),
        ("Par Camille Lefort à Bruxelles", ("Camille Lefort",)),
        ("Von Katrin Moll und Jörg von Stein, Korrespondent", ("Katrin Moll", "Jörg von Stein")),
        ("بقلم أحمد الزين وسارة بن يوسف، مراسل", ("أحمد الزين", "سارة بن يوسف")),
        ("김민수·이서연 기자", ("김민수", "이서연")),
        ("记者 王建国 上海报道", ("王建国",)),
        ("文／田中健一、佐藤美咲", ("田中健一", "佐藤美咲")),
    ],
)
def test_lines_that_name_a_writer(line, people):
    claim = bylines.claim(line)
    assert claim.people == people and claim.weight >= bylines.ENOUGH


@pytest.mark.parametrize(
    "line",
    [
        "Political Editor",
        "Trending now",
        "Photo: Ada Quill",
        "Reuters",
        "Share",
        "12 Comments",
        "Who must file",
        "Why Ships Sink",
        "3 min read",
        "特约记者",
    ],
)
def test_short_lines_that_name_nobody(line):
    assert bylines.claim(line).weight < bylines.ENOUGH


@pytest.mark.parametrize(
    "written",
    [
        "令和7年11月17日", "民國114年11月17日", "26 آبان 1404", "1404/08/26", "26 جمادى الأولى 1447 هـ", "17 พฤศจิกายน 2568", "17.11.25, 14:05 Uhr", "17 Nov ’25",
        "Mon 17 Nov 2025 14.05 GMT", "Nov 17, 2025 | 2:05 PM IST", "2025.11.17. 오후 2:05", "٢٠٢٥/١١/١٧",
    ],
)  # fmt: skip
def test_dates_of_other_calendars_and_forms(written):
    found = find_dates(written)
    assert [one.date for one in found] == [dt.date(2025, 11, 17)]
    assert found[0].time in (None, dt.time(14, 5))


def test_years_of_two_digits_are_read_as_the_country_writes_them_and_marked_doubtful():
    (east,), (west,) = find_dates("25.11.17 14:05", language="ko"), find_dates("17.11.25")
    assert east.date == west.date == dt.date(2025, 11, 17) and east.is_ambiguous and west.is_ambiguous
    assert find_dates("version 1.2.3") == [] and find_dates("10.11.12.13") == []


@given(st.integers(1200, 1600), st.integers(1, 12), st.integers(1, 29))
def test_persian_days_follow_one_another(year, month, day):
    assert calendars.persian(year, month, day + 1) - calendars.persian(year, month, day) == dt.timedelta(days=1)
    assert 365 <= (calendars.persian(year + 1, 1, 1) - calendars.persian(year, 1, 1)).days <= 366


@given(st.text(max_size=120))
def test_any_line_can_be_asked_for_its_writer(text):
    claim = bylines.claim(text)
    assert all(person.strip() for person in claim.people)
    find_dates(text)


PROSE = [
    "The ferry sailed at noon after nine days in the harbour, and everybody who had waited was on board.",
    "Nobody complained, the harbour master said, although the band had to play in the rain for three hours.",
    "The next crossing is planned for Thursday, when a second ship is expected back from the yard.",
]


def copied(head: str) -> str:
    menu = "\n".join(f"  • {name}" for name in ("News", "World", "Opinion", "Sport", "Faith"))
    return (
        f"The Tern\n\n{menu}\nSign in Subscribe\n\n{head}\n\n"
        + "\n\n".join(PROSE)
        + "\n\nMost read\n\n  • Council meets again in winter\n\n© 2026 The Tern\n"
    )


@pytest.mark.parametrize(
    "head",
    [
        "World\n\nFerry leaves harbour after nine days\n\nBy Ada Quill, Correspondent\nPublished 17 November 2025, 14:05 GMT\nUpdated 18 November 2025\n3 min read",
        "17 November 2025\n\nBy Ada Quill\n\nFerry leaves harbour after nine days",
        "Ferry leaves harbour after nine days\n\nAda Quill\nPolitical Editor\n17 November 2025\n\n12 Comments",
        "Home › World › Ferry leaves harbour after nine days\nBy Ada Quill\n\nFerry leaves harbour after nine days\n17 November 2025",
    ],
)
def test_heads_of_copied_pages(head):
    draft = read("page.txt", copied(head).encode())
    assert (draft.headline, draft.byline) == ("Ferry leaves harbour after nine days", ("Ada Quill",))
    assert draft.published in (dt.date(2025, 11, 17), dt.datetime(2025, 11, 17, 14, 5))


def test_a_subheading_is_no_byline():
    head = "Ferry leaves harbour after nine days\n\n17 November 2025\n\nThe Long Wait"
    assert read("page.txt", copied(head).encode()).byline == ()
