"""Dates as readers of each language expect them."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.reader import dates

WHEN = dt.datetime(2026, 11, 5, 14, 5, tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "November 5, 2026"), ("en-gb", "5 November 2026"), ("fr", "5 novembre 2026"), ("de", "5. November 2026"),
        ("es", "5 de noviembre de 2026"), ("pt-br", "5 de novembro de 2026"), ("ru", "5 ноября 2026\u202fг."), ("tr", "5 Kasım 2026"),
        ("ar", "5 نوفمبر 2026"), ("ar-eg", "٥ نوفمبر ٢٠٢٦"), ("ur", "5 نومبر، 2026"), ("bn", "৫ নভেম্বর, ২০২৬"), ("hi", "5 नवंबर 2026"),
        ("fa", "۱۴ آبان ۱۴۰۵"), ("fa-af", "۱۴ عقرب ۱۴۰۵"), ("zh-hans", "2026年11月5日"), ("ja", "2026年11月5日"), ("id", "5 November 2026"),
        ("tlh", "November 5, 2026"), ("not a tag", "November 5, 2026"),
    ],
)  # fmt: skip
def test_the_day(language, text):
    assert dates.day(WHEN, language) == text


def test_the_moment_names_its_zone():
    assert dates.moment(WHEN, "en-gb") == "5 November 2026, 14:05 GMT"
    assert dates.moment(WHEN, "bn").endswith("GMT") and "২:০৫" in dates.moment(WHEN, "bn")


@pytest.mark.parametrize(
    ("day", "persian"),
    [
        ((2026, 3, 21), (1405, 1, 1)), ((2025, 3, 20), (1403, 12, 30)), ((2024, 3, 20), (1403, 1, 1)), ((1979, 2, 11), (1357, 11, 22)),
        ((2021, 3, 20), (1399, 12, 30)), ((2000, 1, 1), (1378, 10, 11)), ((2030, 12, 31), (1409, 10, 10)),
    ],
)  # fmt: skip
def test_the_persian_calendar(day, persian):
    assert dates.persian(dt.date(*day)) == persian


@given(st.dates(dt.date(1800, 1, 1), dt.date(2250, 1, 1)))
def test_each_persian_day_follows_the_one_before(day):
    year, month, number = dates.persian(day)
    after = dates.persian(day + dt.timedelta(1))
    assert after in {(year, month, number + 1), (year, month + 1, 1), (year + 1, 1, 1)}
    assert number <= (31 if month <= 6 else 30) and month <= 12


def test_the_browser_writes_what_the_page_writes():
    assert dates.browser_locale("bn") == "bn-u-ca-gregory-nu-beng"
    assert dates.browser_locale("fa") == "fa-u-ca-persian-nu-arabext"
    assert dates.browser_locale("zh-CN") == "zh-Hans-CN-u-ca-gregory-nu-latn"


@pytest.mark.parametrize(
    ("language", "year", "month", "day"),
    [
        ("en", "2026", "November 2026", "November 5, 2026"), ("en-gb", "2026", "November 2026", "5 November 2026"),
        ("ar", "2026", "نوفمبر 2026", "5 نوفمبر 2026"), ("bn", "২০২৬", "নভেম্বর ২০২৬", "৫ নভেম্বর, ২০২৬"),
        ("de", "2026", "November 2026", "5. November 2026"), ("es", "2026", "Noviembre de 2026", "5 de noviembre de 2026"),
        ("fa", "۲۰۲۶", "نوامبر ۲۰۲۶", "۱۴ آبان ۱۴۰۵"), ("fr", "2026", "Novembre 2026", "5 novembre 2026"),
        ("hi", "2026", "नवंबर 2026", "5 नवंबर 2026"), ("id", "2026", "November 2026", "5 November 2026"),
        ("ja", "2026年", "2026年11月", "2026年11月5日"), ("pt", "2026", "Novembro de 2026", "5 de novembro de 2026"),
        ("ru", "2026", "Ноябрь 2026\u202fг.", "5 ноября 2026\u202fг."), ("tr", "2026", "Kasım 2026", "5 Kasım 2026"),
        ("ur", "2026", "نومبر 2026", "5 نومبر، 2026"), ("zh-hans", "2026年", "2026年11月", "2026年11月5日"),
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_lists_by_date_are_named_as_readers_write_dates(client, make_story, language, year, month, day):
    from broadsheet.people.models import Publication
    from broadsheet.stories.models import Listing, Story

    Publication.objects.update(language=language)
    when = dt.datetime(2026, 11, 5, 12, tzinfo=dt.UTC)
    story = make_story("Ferry sails")
    Story.objects.filter(pk=story.pk).update(published=when)
    Listing.objects.filter(story=story).update(published=when)
    for address, name in (("/2026/", year), ("/2026/11/", month), ("/2026/11/05/", day)):
        page = client.get(address).content.decode()
        assert f">{name}</h1>" in page and f"<title>{name} — " in page, address


def test_months_that_stand_alone_are_each_languages_own():
    found = {language: dates.month(11, language) for language in ("zh-Hans", "de", "ja", "ru", "cs", "en", "ar", "pl")}
    assert found == {
        "zh-Hans": "十一月", "de": "November", "ja": "11月", "ru": "ноябрь", "cs": "listopad", "en": "November", "ar": "نوفمبر",
        "pl": "listopad",
    }  # fmt: skip
