"""What the templates need beyond Django's own tags."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from broadsheet.people.languages import interface_language
from broadsheet.reader import dates
from broadsheet.reader.contexts import Latest
from broadsheet.stories.contexts import Card, Contributor, Link, Picture

register = template.Library()

SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})


@register.filter
def with_languages(latest: Latest) -> list[tuple[Link, tuple[str, str]]]:
    """Each of the latest links with its (language, direction)."""
    return list(zip(latest.links, latest.languages, strict=True))


@register.filter
def first_portrait(byline: Iterable[Contributor]) -> Picture | None:
    """The portrait that stands for a byline: the first there is."""
    return next((person.portrait for person in byline if person.portrait), None)


@register.filter
def columnist_portrait(card: Card) -> Picture | None:
    """Who speaks in a piece of opinion, where no picture of its own shows what it is about."""
    return first_portrait(card.byline) if card.kind == "opinion" and not card.picture else None


@register.filter
def web_address(url: object) -> str:
    """The address if a browser may follow it safely, else nothing."""
    address = str(url or "").strip()
    # Browsers drop tabs and line ends inside an address, so "java\nscript:" would be a script to them.
    if any(ord(character) <= 32 for character in address):
        return ""
    try:
        return address if urlsplit(address).scheme.lower() in SCHEMES else ""
    except ValueError:
        return ""


@register.filter
def host_name(url: object) -> str:
    """The host of an address as readers know it, without `www.`."""
    try:
        return (urlsplit(str(url or "")).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


EMPTY_HEADER = re.compile(r"<th\b([^>]*)>((?:\s|&nbsp;|<br ?/?>)*)</th>", re.IGNORECASE)
SCOPE = re.compile(r"""\sscope=(?:"[^"]*"|'[^']*'|\w+)""", re.IGNORECASE)


@register.filter(is_safe=False)
def table_cells(html: str) -> SafeString:
    """A sanitised table in which a header cell without words, such as an empty corner, is a plain cell."""

    def plain(header: re.Match[str]) -> str:
        return f"<td{SCOPE.sub('', header[1])}></td>"

    return mark_safe(EMPTY_HEADER.sub(plain, html))  # sanitised when it was stored


OPENING = re.compile(r"\s*<p\b[^>]*>", re.IGNORECASE)


@register.filter(is_safe=False)
def with_dateline(body_html: str, dateline: str) -> SafeString:
    """A story's sanitised body with the dateline at the head of its first paragraph."""
    if not dateline:
        return mark_safe(body_html)
    opening = OPENING.match(body_html)
    if not opening:
        return format_html('<p class="dateline">{}</p>\n{}', dateline, mark_safe(body_html))
    head, rest = body_html[: opening.end()], body_html[opening.end() :]
    place = format_html('<span class="dateline">{} –</span> ', dateline)
    return mark_safe(f"{head}{place}{rest}")


@register.filter(expects_localtime=True, is_safe=True)
def day(when: dt.datetime) -> str:
    """The date in the language that speaks on the page."""
    return dates.day(when, get_language() or "en")


@register.filter(expects_localtime=True, is_safe=True)
def exactly(when: dt.datetime) -> str:
    """The moment as machines read it (ISO 8601)."""
    return when.isoformat()


@register.filter
def heading(level: object) -> str:
    """The level of a heading; the third where none is given."""
    return str(level or 3)


@register.filter(expects_localtime=True, is_safe=True)
def clock(when: dt.datetime) -> str:
    """The time of day in the language that speaks on the page."""
    return dates.clock(when, get_language() or "en")


@register.filter(expects_localtime=True, is_safe=True)
def moment(when: dt.datetime) -> str:
    """Date, time and zone in the language that speaks on the page."""
    return dates.moment(when, get_language() or "en")


@register.filter
def digits(number: object) -> str:
    """A number in the digits of the language that speaks on the page."""
    return dates.digits(number, get_language() or "en")


@register.filter
def spoken(language: str) -> str:
    """The language whose catalogue speaks for this one."""
    return interface_language(language)


@register.filter
def browser_locale(language: str) -> str:
    """With what a browser writes dates as the page does."""
    return dates.browser_locale(language)
