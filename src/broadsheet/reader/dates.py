"""Dates, times and figures as a language writes them: CLDR's forms, its own digits, and Iran's calendar."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, get_datetime_format
from babel.numbers import format_decimal

ZEROS = {"arab": 0x660, "arabext": 0x6F0, "beng": 0x9E6, "deva": 0x966, "mymr": 0x1040, "tibt": 0xF20}
"""The digit 0 of numbering systems that CLDR gives as a language's usual one, apart from ours."""
PERSIAN_MONTHS = {
    "IR": ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"),
    "AF": ("حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت"),
}
_DAYS_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_OTHER_ALONE = frozenset("ast be ca cs dsb el fa fi hr hsb hy kk ky la lt mn os pl ru sah sk uk uz vec".split())
"""Languages that have another form of a month's name for where it stands alone. Of the others Babel looks it up through an entry that
languages share, so that the first one asked for in a process would name the months of all."""


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """CLDR's locale of a language tag, or of its beginning; English for what CLDR does not know."""
    parts = language.split("-")
    while parts:
        try:
            return Locale.parse("-".join(parts), sep="-")
        except (UnknownLocaleError, ValueError):
            parts.pop()
    return Locale("en")


def digits(text: object, language: str) -> str:
    """The text with its Western digits as the language's readers expect them."""
    zero = ZEROS.get(locale_of(language).default_numbering_system)
    return str(text) if zero is None else str(text).translate({48 + n: zero + n for n in range(10)})


@lru_cache(maxsize=4096)
def figure(number: int, language: str) -> str:
    """A number as the language writes it: `2,000`, `2 000`."""
    return digits(format_decimal(number, locale=locale_of(language)), language)


def day(when: dt.date, language: str) -> str:
    """`25 November 2026` in the language; by the solar Hijri calendar in Persian."""
    return _day(when.year, when.month, when.day, language)


@lru_cache(maxsize=2048)
def _day(year: int, month: int, number: int, language: str) -> str:
    locale, when = locale_of(language), dt.date(year, month, number)
    if locale.language == "fa":
        year, month, number = persian(when)
        return digits(f"{number} {PERSIAN_MONTHS.get(locale.territory or 'IR', PERSIAN_MONTHS['IR'])[month - 1]} {year}", language)
    return digits(format_date(when, "long", locale=locale), language)


def month(number: int, language: str) -> str:
    """A month's name where it stands alone."""
    locale = locale_of(language)
    return str(locale.months["stand-alone" if locale.language in _OTHER_ALONE else "format"]["wide"][number])


@lru_cache(maxsize=2048)
def span(first: dt.date, language: str, *, month: bool, date: bool) -> str:
    """A year, a month or a day as the head of a list: `2026`, `November 2026`, `5 November 2026`.

    Addresses count months by the Gregorian calendar, so months and years are named by it in Persian too.
    """
    if date:
        return day(first, language)
    locale = locale_of(language)
    if locale.language == "fa":
        return digits(f"{locale.months['stand-alone']['wide'][first.month]} {first.year}" if month else first.year, language)
    shown = digits(format_skeleton("yMMMM" if month else "y", first, locale=locale), language)
    return shown[:1].upper() + shown[1:]


def clock(when: dt.datetime, language: str) -> str:
    """`14:05`, or `2:05 PM` where that is usual."""
    return digits(format_time(when.time(), "short", locale=locale_of(language)), language)


def moment(when: dt.datetime, language: str) -> str:
    """Day, time and zone: `25 November 2026, 14:05 GMT`."""
    pattern = str(get_datetime_format("medium", locale=locale_of(language))).replace("'", "")
    return pattern.replace("{1}", day(when, language)).replace("{0}", f"{clock(when, language)} {when.tzname() or ''}".strip())


def browser_locale(language: str) -> str:
    """The tag with which a browser writes dates as `day` does (BCP 47, extension u)."""
    locale = locale_of(language)
    calendar = "persian" if locale.language == "fa" else "gregory"
    return f"{str(locale).replace('_', '-')}-u-ca-{calendar}-nu-{locale.default_numbering_system}"


def persian(when: dt.date) -> tuple[int, int, int]:
    """(year, month, day) of the solar Hijri calendar, by its cycle of 33 years: right from 1799 to 2256."""
    year = when.year + (when.month > 2)
    days = 355_666 + 365 * when.year + (year + 3) // 4 - (year + 99) // 100 + (year + 399) // 400
    cycles, days = divmod(days + when.day + _DAYS_BEFORE[when.month - 1], 12_053)
    fours, days = divmod(days, 1_461)
    found = 33 * cycles + 4 * fours - 1_595
    if days > 365:
        found, days = found + (days - 1) // 365, (days - 1) % 365
    return (found, 1 + days // 31, 1 + days % 31) if days < 186 else (found, 7 + (days - 186) // 30, 1 + (days - 186) % 30)
