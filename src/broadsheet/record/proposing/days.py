"""Dates in running text, as precise as they are told."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from babel import Locale

from broadsheet.record.proposing.told import When

_YEAR = r"(?:1[5-9]|20)\d\d"
_SOON = 4
"""Months ahead in which a month without a year is the coming one, when the sentence looks ahead."""


@dataclass(frozen=True, slots=True)
class Days:
    """How a language tells dates."""

    language: str
    patterns: tuple[str, ...]
    """With `{month}`, `{day}` (of the week) and `{year}`; groups: d, m, y, w (day of the week), r (a relative word), u (its unit)."""
    offsets: Mapping[str, int]
    """yesterday: -1"""
    past: frozenset[str]
    coming: frozenset[str]
    units: Mapping[str, str]
    """week, month, year"""
    ahead: re.Pattern[str]
    """What shows that a sentence looks ahead."""
    months: dict[str, int] = field(init=False)
    weekdays: dict[str, int] = field(init=False)
    pattern: re.Pattern[str] = field(init=False)
    within: re.Pattern[str] = field(init=False)
    """Without a match of this there is no date in a sentence."""

    def __post_init__(self) -> None:
        locale = Locale.parse(self.language)
        months: dict[str, int] = {}
        for width in ("wide", "abbreviated"):
            for number, name in locale.months["format"][width].items():
                months.setdefault(str(name).rstrip(".").lower(), number)
        weekdays = {str(name).lower(): number for number, name in locale.days["format"]["wide"].items()}
        month, day = ("|".join(sorted(map(re.escape, names), key=len, reverse=True)) for names in (months, weekdays))
        made = [one.format(month=rf"(?:{month})\b(?:\.(?=\s+\d))?", day=rf"(?:{day})\b", year=_YEAR) for one in self.patterns]
        named = [re.sub(r"\?P<(\w)>", rf"?P<\g<1>{n}>", one) for n, one in enumerate(made)]
        object.__setattr__(self, "months", months)
        object.__setattr__(self, "weekdays", weekdays)
        object.__setattr__(self, "pattern", re.compile(rf"(?<!\w)(?:{'|'.join(named)})(?!\w)", re.I))
        words = "|".join([*(re.escape(w) for w in (*self.offsets, *self.units)), month, day])
        object.__setattr__(self, "within", re.compile(rf"\b(?:{words}|{_YEAR})\b", re.I))

    def find(self, text: str, start: int, end: int, day: dt.date | None) -> Iterator[When]:
        """The dates of a sentence."""
        if not self.within.search(text, start, end):
            return
        ahead = bool(self.ahead.search(text, start, end))
        for found in self.pattern.finditer(text, start, end):
            told = {name[0]: value for name, value in found.groupdict().items() if value}
            if when := self._when(found, told, day, ahead):
                yield when

    def _when(self, found: re.Match[str], told: dict[str, str], day: dt.date | None, ahead: bool) -> When | None:
        text = found[0]
        if "m" in told:
            if not told["m"][0].isupper() and self.language == "en":
                return None
            month = self.months[told["m"].rstrip(".").lower()]
            date, precision = self._month(month, told, day, ahead)
            if date is None:
                return None
        elif "w" in told:
            date, precision = self._weekday(self.weekdays[told["w"].lower()], told.get("r", ""), day, ahead), "day"
        elif "u" in told:
            date, precision = self._unit(self.units[told["u"].lower()], told.get("r", ""), day)
        elif "r" in told:
            date, precision = (day + dt.timedelta(self.offsets[told["r"].lower().replace("’", "'")])).isoformat() if day else "", "day"
        else:
            date, precision = told["y"], "year"
        return When(found.start(), found.end(), text, date, precision)

    def _month(self, month: int, told: dict[str, str], day: dt.date | None, ahead: bool) -> tuple[str | None, str]:
        year = int(told["y"]) if "y" in told else self._year(month, int(told.get("d", 1)), told.get("r", ""), day, ahead)
        if "d" not in told:
            return f"{year:04}-{month:02}" if year else "", "month"
        if not 1 <= int(told["d"]) <= calendar.monthrange(year or 2000, month)[1]:
            return None, ""
        return f"{year:04}-{month:02}-{int(told['d']):02}" if year else "", "day"

    def _year(self, month: int, number: int, relative: str, day: dt.date | None, ahead: bool) -> int:
        """The year of a month that is told without one: the last such month, or the coming one."""
        if day is None:
            return 0
        past = day.year if (month, number) <= (day.month, day.day) or month == day.month else day.year - 1
        if relative.lower() in self.coming:
            return past + 1 if month != day.month else past
        if relative.lower() in self.past:
            return past if month != day.month else past - 1
        return past + 1 if ahead and 0 < (month - day.month) % 12 <= 12 - _SOON else past

    def _weekday(self, weekday: int, relative: str, day: dt.date | None, ahead: bool) -> str:
        if day is None:
            return ""
        back = (day.weekday() - weekday) % 7
        if relative.lower() in self.coming or ahead and back and relative.lower() not in self.past:
            return (day + dt.timedelta(7 - back)).isoformat()
        return (day - dt.timedelta(back or (7 if relative.lower() in self.past else 0))).isoformat()

    def _unit(self, unit: str, relative: str, day: dt.date | None) -> tuple[str, str]:
        step = -1 if relative.lower() in self.past else 1 if relative.lower() in self.coming else 0
        if day is None:
            return "", unit
        if unit == "year":
            return str(day.year + step), unit
        if unit == "month":
            months = day.year * 12 + day.month - 1 + step
            return f"{months // 12:04}-{months % 12 + 1:02}", unit
        return (day - dt.timedelta(day.weekday()) + dt.timedelta(7 * step)).isoformat(), unit


ENGLISH_DAYS = Days(
    language="en",
    patterns=(
        r"(?P<m>{month})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y>{year}))?",
        r"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m>{month})(?:,?\s+(?P<y>{year}))?",
        r"(?P<m>{month}),?\s+(?P<y>{year})",
        r"(?:(?P<r>last|this|next)|(?<=in\s)|(?<=since\s)|(?<=until\s)|(?<=by\s)|(?<=early\s)|(?<=late\s))\s?(?P<m>{month})",
        r"(?:(?P<r>last|this|next)\s+)?(?P<w>{day})",
        r"(?P<r>last|this|next)\s+(?P<u>week|month|year)",
        r"(?P<r>yesterday|today|tomorrow|tonight)",
        r"(?:(?<=in\s)|(?<=since\s)|(?<=by\s)|(?<=until\s)|(?<=before\s)|(?<=early\s)|(?<=late\s))(?P<y>{year})",
    ),
    offsets={"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1},
    past=frozenset(("last",)),
    coming=frozenset(("next",)),
    units={"week": "week", "month": "month", "year": "year"},
    ahead=re.compile(r"\b(?:will|scheduled|planned|due|expected|upcoming|to be held|next)\b|\bis to\b|\bare to\b", re.I),
)
FRENCH_DAYS = Days(
    language="fr",
    patterns=(
        r"(?P<d>\d{{1,2}})(?:er)?\s+(?P<m>{month})(?:\s+(?P<y>{year}))?",
        r"(?P<m>{month})\s+(?P<y>{year})",
        r"(?:(?<=en\s)|(?<=depuis\s)|(?<=dès\s)|(?<=fin\s)|(?<=début\s)|(?<=de\s))(?P<m>{month})(?:\s+(?P<r>dernier|prochain))?",
        r"(?P<w>{day})(?:\s+(?P<r>dernier|prochain))?",
        r"(?P<u>semaine|année|mois|an)\s+(?P<r>dernière|prochaine|dernier|prochain)",
        r"(?P<r>cette|ce)\s+(?P<u>semaine|année|mois)",
        r"(?P<r>avant-hier|hier|aujourd['’]hui|demain)",
        r"(?:(?<=en\s)|(?<=depuis\s)|(?<=fin\s)|(?<=début\s)|(?<=dès\s)|(?<=avant\s))(?P<y>{year})",
    ),
    offsets={"avant-hier": -2, "hier": -1, "aujourd'hui": 0, "demain": 1},
    past=frozenset(("dernier", "dernière")),
    coming=frozenset(("prochain", "prochaine")),
    units={"semaine": "week", "mois": "month", "an": "year", "année": "year"},
    ahead=re.compile(r"\b(?:aura|auront|sera|seront|tiendra|tiendront|prévue?s?|doit|doivent|prochaine?s?|débutera|commencera)\b", re.I),
)  # fmt: skip
