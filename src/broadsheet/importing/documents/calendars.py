"""Dates in other calendars than the Gregorian one: Persian, Islamic, Thai, and the years of Japan and Taiwan."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

_PERSIAN = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split()
_ISLAMIC = (
    "محرم المحرم", "صفر", "ربيع_الأول ربيع_الاول", "ربيع_الآخر ربيع_الثاني", "جمادى_الأولى جمادى_الاولى", "جمادى_الآخرة جمادى_الثانية", "رجب", "شعبان",
    "رمضان", "شوال", "ذو_القعدة ذي_القعدة", "ذو_الحجة ذي_الحجة",
)  # fmt: skip
_ISLAMIC_MONTH = {name.replace("_", " "): n for n, names in enumerate(_ISLAMIC, 1) for name in names.split()}
_THAI = (
    "มกราคม ม.ค.", "กุมภาพันธ์ ก.พ.", "มีนาคม มี.ค.", "เมษายน เม.ย.", "พฤษภาคม พ.ค.", "มิถุนายน มิ.ย.", "กรกฎาคม ก.ค.", "สิงหาคม ส.ค.", "กันยายน ก.ย.",
    "ตุลาคม ต.ค.", "พฤศจิกายน พ.ย.", "ธันวาคม ธ.ค.",
)  # fmt: skip
_THAI_MONTH = {name: n for n, names in enumerate(_THAI, 1) for name in names.split()}
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "民國": 1911, "民国": 1911}


def _any(names: object) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))  # type: ignore[call-overload]


_ERA = re.compile(rf"(?P<era>{_any(_ERAS)})\s?(?P<y>\d{{1,3}}|元)\s?年\s?(?P<m>\d{{1,2}})\s?月\s?(?P<d>\d{{1,2}})\s?日")
_JALALI = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})\s(?P<n>{_any(_PERSIAN)})\s?(?:ماه)?\s?(?P<y>1[34]\d\d)(?!\d)|(?<![\d/])(?P<y2>1[34]\d\d)/(?P<m2>\d{{1,2}})/(?P<d2>\d{{1,2}})(?![\d/])"
)
_HIJRI = re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})\s(?:من\s)?(?P<n>{_any(_ISLAMIC_MONTH)})[،,]?\s(?P<y>1[34]\d\d)(?!\d)(?:\s?هـ?(?!\w))?")
_BUDDHIST = re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})\s(?P<n>{_any(_THAI_MONTH)})\s?(?:พ\.ศ\.\s?)?(?P<y>2[45]\d\d)(?!\d)")


def find(text: str) -> Iterator[tuple[int, int, dt.date]]:
    """(start, end, date) for each date of another calendar; `text` has western digits. Islamic months begin a day earlier or later in places."""
    for match in _ERA.finditer(text):
        year = _ERAS[match["era"]] + (1 if match["y"] == "元" else int(match["y"]))
        yield from _valid(match, year, int(match["m"]), int(match["d"]))
    for match in _BUDDHIST.finditer(text):
        yield from _valid(match, int(match["y"]) - 543, _THAI_MONTH[match["n"]], int(match["d"]))
    for match in _JALALI.finditer(text):
        year, day = int(match["y"] or match["y2"]), int(match["d"] or match["d2"])
        month = _PERSIAN.index(match["n"]) + 1 if match["n"] else int(match["m2"])
        if 1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30):
            yield match.start(), match.end(), persian(year, month, day)
    for match in _HIJRI.finditer(text):
        if 1 <= int(match["d"]) <= 30:
            yield match.start(), match.end(), islamic(int(match["y"]), _ISLAMIC_MONTH[match["n"]], int(match["d"]))


def _valid(match: re.Match[str], year: int, month: int, day: int) -> Iterator[tuple[int, int, dt.date]]:
    try:
        yield match.start(), match.end(), dt.date(year, month, day)
    except ValueError:
        return


def persian(year: int, month: int, day: int) -> dt.date:
    """A date of the Solar Hijri calendar, by the 33-year rule that holds from 1178 to 1633."""
    leaps = (8 * year + 21) // 33 - (8 * 1403 + 21) // 33
    first = dt.date(2024, 3, 20).toordinal() + (year - 1403) * 365 + leaps
    return dt.date.fromordinal(first + (month - 1) * 31 - max(0, month - 7) + day - 1)


def islamic(year: int, month: int, day: int) -> dt.date:
    """A date of the tabular Islamic calendar."""
    days = day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30
    return dt.date.fromordinal(days + 1948439 - 1721425)
