"""WordPress's dates, of which any may be zero, invalid, local or missing, as moments in UTC."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_STAMP = re.compile(r"\s*(\d{4})-(\d\d?)-(\d\d?)(?:[T ](\d\d?):(\d\d)(?::(\d\d))?)?(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?\s*$")
# `Mon, 30 Nov -0001 00:00:00 +0000`, WordPress's zero date, is read by others as one of the year 2000.
_BEFORE_CHRIST = re.compile(r"[A-Za-z]\s+-\d")
_ZERO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
FROM_CLOCK = "no valid GMT date: worked out from the site's clock"
FROM_FEED = "no valid date of its own: the feed date taken"
FROM_MODIFIED = "no valid date of its own: the date of its last change taken"
NO_DATE = "no valid date at all"
FURTHEST = dt.timedelta(hours=15)
"""No place on Earth is further from UTC; with a margin for clocks that are wrong."""
# Where newspapers are; of several that fit, one of the export's language is taken, else the first.
_ZONES = """
America/New_York en|America/Chicago en|America/Denver en|America/Los_Angeles en|America/Toronto en fr-ca|America/Halifax en
America/St_Johns en|America/Anchorage en|Pacific/Honolulu en|America/Phoenix en|America/Mexico_City es|America/Bogota es
America/Lima es|America/Caracas es|America/Santiago es|America/Argentina/Buenos_Aires es|America/Sao_Paulo pt|America/Jamaica en
Europe/London en|Europe/Dublin ga|Europe/Berlin de|Europe/Paris fr|Europe/Madrid es ca eu gl|Europe/Rome it|Europe/Amsterdam nl
Europe/Lisbon pt|Europe/Stockholm sv|Europe/Oslo nb nn no|Europe/Copenhagen da|Europe/Warsaw pl|Europe/Prague cs|Europe/Bratislava sk
Europe/Budapest hu|Europe/Belgrade sr|Europe/Zagreb hr|Europe/Ljubljana sl|Europe/Tirane sq|Europe/Athens el|Europe/Bucharest ro
Europe/Sofia bg|Europe/Helsinki fi|Europe/Tallinn et|Europe/Riga lv|Europe/Vilnius lt|Europe/Kyiv uk|Europe/Chisinau ro|Europe/Minsk be
Europe/Moscow ru|Europe/Istanbul tr|Africa/Casablanca ar|Africa/Algiers ar|Africa/Tunis ar|Africa/Cairo ar|Asia/Beirut ar|Asia/Damascus ar
Asia/Jerusalem he|Asia/Gaza ar|Asia/Amman ar|Asia/Baghdad ar ku|Asia/Riyadh ar|Asia/Dubai ar|Asia/Tehran fa|Asia/Baku az|Asia/Tbilisi ka
Asia/Yerevan hy|Asia/Kabul ps|Asia/Karachi ur|Asia/Tashkent uz|Asia/Almaty kk|Asia/Kolkata en hi te ta ml kn mr gu pa or as|Asia/Colombo si
Asia/Kathmandu ne|Asia/Dhaka bn|Asia/Yangon my|Asia/Bangkok th|Asia/Ho_Chi_Minh vi|Asia/Jakarta id|Asia/Singapore ms|Asia/Manila tl
Asia/Shanghai zh|Asia/Hong_Kong zh-hk|Asia/Taipei zh-tw|Asia/Tokyo ja|Asia/Seoul ko|Australia/Sydney en|Australia/Brisbane en
Australia/Adelaide en|Australia/Darwin en|Australia/Perth en|Pacific/Auckland en mi|Africa/Lagos en|Africa/Accra en|Africa/Nairobi sw en
Africa/Addis_Ababa am|Africa/Johannesburg en af zu xh
"""
_FITS = 0.95
_SAMPLES = 300


@dataclass(frozen=True, slots=True)
class Clock:
    """What time it was at the old site: in a zone, where one fits what its items say, else a fixed time ahead of UTC."""

    offset: dt.timedelta = dt.timedelta()
    zone: str = ""
    """IANA name; empty when none is known."""

    def utc(self, wall: dt.datetime) -> dt.datetime:
        """The moment when the clock showed this."""
        if self.zone:
            return wall.replace(tzinfo=ZoneInfo(self.zone)).astimezone(dt.UTC)
        return wall - self.offset


class ClockReading:
    """Gathers what a site's items say of its clock."""

    def __init__(self) -> None:
        self.offsets: Counter[dt.timedelta] = Counter()
        self.days: Counter[tuple[dt.date, dt.timedelta]] = Counter()

    def see(self, local: dt.datetime | None, gmt: dt.datetime | None) -> None:
        """One item's two dates, if both are valid."""
        if local and gmt and abs(ahead := local - gmt) <= FURTHEST:
            self.offsets[ahead] += 1
            self.days[local.date(), ahead] += 1

    def clock(self, language: str) -> Clock:
        """The clock that fits best; UTC when nothing is known of it."""
        if not self.offsets:
            return Clock()
        offset, often = self.offsets.most_common(1)[0]
        steady = often >= 0.99 * self.offsets.total()
        if steady and not offset:
            return Clock(offset, "UTC")
        fitting = [(zone.key, languages) for zone, languages in _zones() if self._share(zone) >= _FITS]
        spoken = [zone for zone, languages in fitting if language.casefold() in languages or language[:2].casefold() in languages]
        if spoken:
            return Clock(offset, spoken[0])
        # One offset all the time is shared by many places; summer time tells them apart.
        return Clock(offset, fitting[0][0] if fitting and (not steady or len(fitting) == 1) else "")

    def _share(self, zone: ZoneInfo) -> float:
        days = sorted(self.days.items(), key=lambda kv: kv[0])
        days = days[:: len(days) // _SAMPLES + 1]
        noon = dt.time(12, tzinfo=zone)
        return sum(n for (day, ahead), n in days if dt.datetime.combine(day, noon).utcoffset() == ahead) / sum(n for _day, n in days)


def _zones() -> list[tuple[ZoneInfo, list[str]]]:
    found = []
    for entry in _ZONES.strip().replace("\n", "|").split("|"):
        name, *languages = entry.split()
        try:
            found.append((ZoneInfo(name), languages))
        except (ZoneInfoNotFoundError, OSError):
            continue
    return found


@lru_cache(maxsize=1000)
def stamp(text: str) -> dt.datetime | None:
    """A database date; in UTC unless it names another offset. Nothing for zero and impossible ones."""
    found = _STAMP.match(text)
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    zone = found[7]
    offset = dt.timedelta()
    if zone and zone != "Z":
        sign = -1 if zone[0] == "-" else 1
        offset = sign * dt.timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    try:
        moment = dt.datetime(year, month, day, hour, minute, second, tzinfo=dt.UTC) - offset
    except (ValueError, OverflowError):
        return None
    # The first second of 1970 is how other databases write zero.
    return moment if 1900 <= moment.year <= 9000 and moment != _ZERO else None


def feed_date(text: str) -> dt.datetime | None:
    """An RSS date (`Tue, 24 Nov 2026 01:00:00 +0000`), or a date as databases write it where other tools put one."""
    if _BEFORE_CHRIST.search(text):
        return None
    try:
        moment = parsedate_to_datetime(text.strip())
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
    except (TypeError, ValueError, IndexError, OverflowError):
        return stamp(text)
    return moment if 1900 <= moment.year <= 9000 and moment != _ZERO else None


def moment_of(
    *, gmt: str, local: str, clock: Clock | None, feed: str = "", modified: dt.datetime | None = None
) -> tuple[dt.datetime | None, str]:
    """When it was, and what that had to be taken from when the GMT date is missing or invalid.

    While the clock is not known, what was read from it is given as it stood there, without a zone.
    """
    if exact := stamp(gmt):
        return exact, ""
    if wall := stamp(local):
        return (clock.utc(wall) if clock else wall.replace(tzinfo=None)), FROM_CLOCK
    if from_feed := feed_date(feed):
        return from_feed, FROM_FEED
    return (modified, FROM_MODIFIED) if modified else (None, NO_DATE)
