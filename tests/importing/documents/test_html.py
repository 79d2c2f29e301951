"""Who wrote a saved page, as its elements tell it: links to writers, rows of facts, signatures, and readers' remarks that are none of it."""

from __future__ import annotations

import datetime as dt

import pytest

from broadsheet.importing.blocks.convert import words_of
from broadsheet.importing.documents.dates import find_dates
from broadsheet.importing.documents.reading import read

from .test_pages import BODY, PROSE, page

DAY = "<div>17 November 2025</div>"
REMARKS = "".join(
    f"<p><b>{name}</b>, 18:05, {day} November 2025</p><p>{PROSE[1]}</p>" for name, day in (("Joan Reader", 18), ("Ben Osei", 19))
)


def of(head: str, *, above: str = "", below: str = ""):
    return read("a.html", page(f"<div>{above}<h1>Ferry sails at last</h1>{head}<div>{BODY}{below}</div></div>"))


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ('<address><a href="/profile/1">Ada Quill</a> Bristol</address>', ("Ada Quill",)),
        ('<div><a href="/x" rel="author">Ada Quill</a> &amp; <a href="/y" rel="author">Ben Osei</a> Port Ann</div>', ("Ada Quill", "Ben Osei")),
        ('<div><a href="/author/1">पूजा कुमारी</a><a href="/author/2">कविता यादव</a></div>', ("पूजा कुमारी", "कविता यादव")),
    ],
)  # fmt: skip
def test_a_name_ends_where_the_link_to_its_writer_does(line, people):
    assert of(line + DAY).byline == people


def test_spans_of_a_row_say_one_thing_each():
    row = "<div><span>2025年11月17日 14:05</span> <span>稿源：Bloomberg</span> <span>采写：欧阳静</span> <span>责编：王雪</span></div>"
    assert of(row).byline == ("欧阳静",)


def test_who_gave_the_pictures_or_the_wire_wrote_less_than_a_person():
    row = "<div><span>2025年11月17日 14:05</span> <span>提供：PA Media</span> <span>記事：佐々木 翔</span></div>"
    assert of(row).byline == ("佐々木 翔",)
    assert of("<div>By Reuters</div><div>By Ada Quill</div>" + DAY).byline == ("Ada Quill",)
    assert of("<div>By Reuters</div>" + DAY).byline == ("Reuters",)


def test_a_list_in_spans_with_its_commas_is_one_thing():
    row = "<div><span><a href='/@x'>Ada Quill</a></span><span>, </span><span><a href='/@y'>Ben Osei</a></span></div>"
    assert of(row + DAY).byline == ("Ada Quill", "Ben Osei")


@pytest.mark.parametrize("line", ["عمر عبد العزيز، محررة شؤون التعليم", "विकास गुप्ता और पूजा कुमारी, शिक्षा संवाददाता"])
def test_a_name_with_what_its_bearer_does_is_more_than_a_role(line):
    assert of(f"<div>{line}</div>{DAY}").byline == tuple(line.replace("،", ",").partition(",")[0].split(" और "))


def test_a_link_beside_the_date_above_a_headline_is_a_section_and_the_story_is_signed_at_its_end():
    draft = of(
        "",
        above='<p><a href="/s">Supply Chain</a> · 17 November 2025</p>',
        below="<p>(Ada Quill)</p><p><a href='#r'>Talk about it (3)</a></p>",
    )
    assert (draft.byline, draft.published) == (("Ada Quill",), dt.date(2025, 11, 17))


def test_a_count_in_brackets_signs_nothing():
    assert of(DAY, below="<p>(विकास गुप्ता)</p><p><a href='#r'>चर्चा करें (3)</a></p>").byline == ("विकास गुप्ता",)


def test_names_with_dates_below_a_heading_are_remarks_whatever_it_says():
    draft = of("", below=f"<p>(Ada Quill)</p><h3>Have your say</h3>{REMARKS}")
    assert (draft.byline, draft.published) == (("Ada Quill",), None)
    assert words_of(list(draft.blocks)).split("\n\n")[:3] == PROSE and "Joan" not in words_of(list(draft.blocks))


def test_a_dated_heading_in_the_middle_of_a_story_ends_nothing():
    draft = of(
        DAY, below=f"<h3>Port Ann</h3><p>Quay, 18 November 2025</p><p>{PROSE[1]}</p><p>{PROSE[2]}</p><p>{PROSE[0]}</p><p>{PROSE[1]}</p>"
    )
    assert words_of(list(draft.blocks)).count(PROSE[1]) == 3


@pytest.mark.parametrize("text", ["22:27 Uhr, 15.02.2017", "22:27, 15 February 2017", "22:27 - 15.02.2017"])
def test_the_time_may_stand_before_the_date(text):
    (found,) = find_dates(f"am {text}")
    assert (found.start, found.date, found.time) == (3, dt.date(2017, 2, 15), dt.time(22, 27))


def test_a_span_of_hours_before_a_date_is_no_time():
    assert find_dates("10:00 - 12:00 15.02.2017")[0].time is None
