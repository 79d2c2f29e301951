"""Addresses of stories: made once, at first publish, and never changed."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import get_resolver, resolve
from django.urls.resolvers import RoutePattern

_NAMED = re.compile(r"\(\?P<\w+>")
_PLAIN = re.compile(r"[A-Za-z0-9/._-]*")


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


def is_free(path: str) -> bool:
    """Whether a page can be at an address: none of the fixed addresses (`/latest/`, `/people/…`) answers for it."""
    beginnings, others = _fixed(get_resolver())
    bare = path.removeprefix("/")
    # Asked of every address of an import: most cannot be any of ours, which is seen without resolving them.
    may_be_ours = bare.startswith(beginnings) or others.search(bare)
    return not path.startswith(settings.STATIC_URL) and (not may_be_ours or resolve(path).url_name == "wagtail_serve")


@lru_cache(maxsize=4)
def _fixed(resolver: Any) -> tuple[tuple[str, ...], re.Pattern[str]]:
    """How our fixed addresses begin, and what those are like of which that cannot be said, but for the last, which takes what is left."""
    entries = [entry for entry in resolver.url_patterns if getattr(entry, "name", "") != "wagtail_serve"]
    begins = {id(entry): str(entry.pattern).partition("<")[0] for entry in entries if isinstance(entry.pattern, RoutePattern)}
    # In one expression: a name may stand in several of them, and is not asked for here.
    others = (_NAMED.sub("(?:", entry.pattern.regex.pattern) for entry in entries if not begins.get(id(entry)))
    return tuple(filter(None, begins.values())), re.compile("|".join(f"(?:{one})" for one in others) or r"(?!)")


def beside(path: str) -> str:
    """The free address most like one that is not."""
    first, _slash, rest = path.lstrip("/").partition("/")
    return next(one for one in (numbered(path, 2), f"/{first}-2/{rest}", f"/old{path}", f"/old{path}page") if is_free(one))


def address_below(parent: Any, slug: str) -> str:
    """The address in the tree of a page with this slug; the first part of a url_path is the site's root page."""
    return f"/{parent.url_path.lstrip('/').partition('/')[2]}{slug}/"


def hides(address: str) -> str:
    """The fixed address that would hide a section or static page at `address`, or something below it; nothing when none would."""
    fixed = (f"/{beginning}" for beginning in _fixed(get_resolver())[0])
    hidden = next((one for one in (*fixed, settings.STATIC_URL) if address.startswith(one)), "")
    return hidden or ("" if is_free(address) else address)


def home() -> str:
    """The canonical host's address, without the slash behind it."""
    return str(settings.WAGTAILADMIN_BASE_URL).rstrip("/")


def absolute(path: str, *, at: str = "") -> str:
    """A path as a complete address on the canonical host, percent-encoded (RFC 3986); a complete one stays as it is.

    `at` is `home()`, for who asks for thousands.
    """
    if path.startswith(("http://", "https://")):
        return path
    # Most need no quoting, which takes longer than to see that; feeds and sitemaps have thousands.
    quoted = path if _PLAIN.fullmatch(path) else quote(path, safe="/%?=&#:@!$'()*+,;~-._")
    return (at or home()) + quoted
