"""Dates of old exports: which of them is taken, and what clock the old site had."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.importing.wordpress.dates import (
    FROM_CLOCK,
    FROM_FEED,
    FROM_MODIFIED,
    NO_DATE,
    Clock,
    ClockReading,
    feed_date,
    moment_of,
    stamp,
)
from broadsheet.importing.wordpress.reader import Export

from .conftest import item

ZERO = "0000-00-00 00:00:00"
FEED = "Tue, 05 Mar 2024 10:00:00 +0200"


def at(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)


class TestStamp:
    @pytest.mark.parametrize(
        ("text", "moment"),
        [
            ("2024-03-05 10:00:00", at(2024, 3, 5, 10)),
            ("2024-03-05T10:00:00Z", at(2024, 3, 5, 10)),
            ("2024-03-05T10:00:00.123+02:00", at(2024, 3, 5, 8)),
            ("2024-3-5", at(2024, 3, 5)),
            *((text, None) for text in (ZERO, "", "2024-02-30 00:00:00", "2024-01-01 24:00:01", "-0001-11-30 00:00:00",
                                        "1970-01-01 00:00:00", "0001-01-01 00:00:00", "9999-12-31 23:59:59+99:99", "yesterday")),
        ],
    )  # fmt: skip
    def test_values(self, text, moment) -> None:
        assert stamp(text) == moment

    @given(st.text(alphabet="0123456789-:T Z+.", max_size=30))
    def test_never_anything_else(self, text) -> None:
        assert stamp(text) is None or stamp(text).tzinfo is dt.UTC
        assert feed_date(text) is None or feed_date(text).utcoffset() == dt.timedelta()

    def test_feed_dates(self) -> None:
        assert feed_date(FEED) == at(2024, 3, 5, 8)
        assert feed_date("2024-03-05T08:00:00Z") == at(2024, 3, 5, 8)
        assert feed_date("Mon, 30 Nov -0001 00:00:00 +0000") is None


class TestWhichDate:
    CLOCK = Clock(dt.timedelta(hours=3))

    def test_in_this_order(self) -> None:
        given = {
            "gmt": "2024-03-05 07:30:00",
            "local": "2024-03-05 11:00:00",
            "feed": FEED,
            "modified": at(2025, 1, 1),
            "clock": self.CLOCK,
        }
        assert moment_of(**given) == (at(2024, 3, 5, 7, 30), "")
        given["gmt"] = ZERO
        assert moment_of(**given) == (at(2024, 3, 5, 8), FROM_CLOCK)
        given["local"] = "2024-13-01 00:00:00"
        assert moment_of(**given) == (at(2024, 3, 5, 8), FROM_FEED)
        given["feed"] = "Mon, 30 Nov -0001 00:00:00 +0000"
        assert moment_of(**given) == (at(2025, 1, 1), FROM_MODIFIED)
        given["modified"] = None
        assert moment_of(**given) == (None, NO_DATE)

    def test_each_is_reported(self, wxr) -> None:
        feed = "<pubDate>Tue, 05 Mar 2024 10:00:00 +0000</pubDate>"
        changed = "<wp:post_modified_gmt>2024-06-01 00:00:00</wp:post_modified_gmt>"
        comment = "<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_date>2024-01-01 00:00:00</wp:comment_date></wp:comment>"
        export = Export(
            [wxr(
                item("1", date="2024-03-05 10:00:00", gmt=ZERO, more=comment), item("2", date=ZERO, more=feed),
                item("3", date=ZERO, more=changed), item("4", date=ZERO), item("5", date=ZERO, status="draft", more=feed),
            )]
        )  # fmt: skip
        assert [one.published for one in export.items()] == [at(2024, 3, 5, 10), at(2024, 3, 5, 10), at(2024, 6, 1), None, None]
        counts = export.oddities.counts
        assert (counts[FROM_CLOCK], counts[FROM_FEED], counts[FROM_MODIFIED], counts[NO_DATE]) == (1, 1, 1, 2)
        assert counts[f"comment with {FROM_CLOCK}"] == 1


def reading(zone: str | dt.tzinfo, days: range = range(0, 700, 9)) -> ClockReading:
    from zoneinfo import ZoneInfo

    place = ZoneInfo(zone) if isinstance(zone, str) else zone
    clock = ClockReading()
    for day in days:
        moment = at(2019, 1, 1, 9) + dt.timedelta(days=day)
        clock.see(moment.astimezone(place).replace(tzinfo=dt.UTC), moment)
    return clock


class TestClock:
    @pytest.mark.parametrize(
        ("zone", "language", "found"),
        [
            ("Europe/Paris", "fr-FR", "Europe/Paris"),
            ("Europe/Paris", "en", "Europe/Berlin"),
            ("America/Chicago", "en", "America/Chicago"),
            ("Asia/Kolkata", "en", "Asia/Kolkata"),
            ("Asia/Tokyo", "ja", "Asia/Tokyo"),
            ("Asia/Tokyo", "en", ""),
            ("Australia/Sydney", "en", "Australia/Sydney"),
            ("UTC", "fr", "UTC"),
        ],
    )
    def test_zone(self, zone, language, found) -> None:
        assert reading(zone).clock(language).zone == found

    def test_an_offset_that_no_zone_has(self) -> None:
        clock = reading(dt.timezone(dt.timedelta(hours=1))).clock("de")
        assert (clock.zone in ("", "Africa/Lagos", "Africa/Algiers"), clock.offset) == (True, dt.timedelta(hours=1))

    def test_a_few_wrong_dates_change_nothing(self) -> None:
        clock = reading("Europe/Paris")
        clock.see(at(2019, 5, 5, 3), at(2019, 5, 5))
        clock.see(at(2019, 5, 5), at(2011, 5, 5))
        assert clock.clock("fr").zone == "Europe/Paris"

    def test_summer_time_counts(self, wxr) -> None:
        pairs = [(f"2024-{m:02}-10 12:00:00", f"2024-{m:02}-10 {10 if 4 <= m <= 10 else 11}:00:00") for m in range(1, 13)]
        known = [item(str(n), date=local, gmt=gmt) for n, (local, gmt) in enumerate(pairs, 1)]
        lost = [item("20", date="2024-07-01 12:00:00", gmt=ZERO), item("21", date="2024-12-01 12:00:00", gmt=ZERO)]
        export = Export([wxr(*known, *lost, language="fr-FR")])
        dates = {one.source_id: one.published for one in export.items()}
        assert (dates["20"], dates["21"]) == (at(2024, 7, 1, 10), at(2024, 12, 1, 11))
        assert export.survey.zone == "Europe/Paris"

    def test_nothing_known(self) -> None:
        assert ClockReading().clock("de") == Clock()


def test_what_the_first_reading_kept_is_what_a_second_one_finds(wxr) -> None:
    """The clock of the site is known only when all of it was read."""
    comment = "<wp:comment><wp:comment_id>5</wp:comment_id><wp:comment_date>2024-07-05 10:00:00</wp:comment_date></wp:comment>"
    moved = "<wp:post_modified>2024-07-09 10:00:00</wp:post_modified>"
    steady = [item(str(n), date="2024-07-05 10:00:00", gmt="2024-07-05 07:00:00") for n in range(2, 9)]
    export = Export([wxr(item("1", date="2024-07-05 10:00:00", gmt=ZERO, more=comment + moved), *steady, item("9", gmt=""))])
    read = list(export.items())
    assert [export.kept(place) for place in range(len(read))] == read and len(read) == 9
    assert read[0].published == read[0].comments[0].published == at(2024, 7, 5, 7) and read[0].modified == at(2024, 7, 9, 7)
