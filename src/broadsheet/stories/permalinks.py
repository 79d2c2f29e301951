"""Addresses of stories: made once, at first publish, and never changed."""

from __future__ import annotations

import datetime as dt
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.conf import settings


def from_pattern(pattern: str, *, section: str, slug: str, published: dt.datetime, zone: ZoneInfo, pk: int) -> str:
    """The address a pattern gives a story.

    `section` is the path of the home section without slashes at its ends; dates are those of the publication's zone.
    """
    local = published.astimezone(zone)
    parts = {
        "section": section, "slug": slug, "yyyy": f"{local:%Y}", "mm": f"{local:%m}", "dd": f"{local:%d}", "id": str(pk),
    }  # fmt: skip
    return pattern.format(**parts).replace("//", "/")


def numbered(address: str, number: int) -> str:
    """`/a/b/` → `/a/b-2/`, `/b.html` → `/b-2.html`: the next address to try when one is taken."""
    slash = "/" if address.endswith("/") else ""
    stem, dot, ending = address.rstrip("/").rpartition(".")
    if dot and "/" not in ending:
        return f"{stem}-{number}.{ending}{slash}"
    return f"{address.rstrip('/')}-{number}{slash}"


def absolute(path: str) -> str:
    """A path as a complete address on the canonical host, percent-encoded (RFC 3986); a complete one stays as it is."""
    if path.startswith(("http://", "https://")):
        return path
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + quote(path, safe="/%?=&#:@!$'()*+,;~-._")
