"""What an old site's own redirects meant: addresses by name, addresses by pattern, and where each leads.

The rules are those of Ghost's redirects files: JavaScript's regular expressions, `$1` in targets, the query handed on.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import regex

from broadsheet.reader.moved import asked_on

MAX_SOURCE, MAX_TARGET = 500, 255
SECONDS = 0.1
"""For all patterns together that one address is held against: what comes in may be written to never end."""
MAX_PATH = 1000
_META = frozenset("\\^$*+?()[]{}|")
MAX_TIMES = 10_000
"""How often all repetitions of a pattern together, one in the other, may ask for a thing: each is written out when the pattern is compiled."""
_TIMES = re.compile(r"\{(\d+)")
_WHOLE = re.compile(".*", re.DOTALL)
_GROUP = re.compile(r"\$(?:(\$)|(&)|(\d{1,2})|<(\w+)>)")


def named(source: str) -> str:
    """The one path that a source names, percent-decoded; nothing for one that is a pattern."""
    if source.startswith("/") and source.endswith("/i") and len(source) > 2:
        return ""  # The mark of one that is the same in capitals.
    text = source.removeprefix("^").removesuffix("$")
    text = re.sub(r"/\?$", "/", re.sub(r"\\([/.~_%-])", r"\1", text))
    if not text.startswith("/") or text.startswith("//") or _META & set(text):
        return ""
    return unquote(text)


def compiled(source: str) -> Any:
    """The pattern that a source is; None when it is none, or longer than any is, written or written out."""
    return _compiled(source) if len(source) <= MAX_SOURCE else None


@lru_cache(maxsize=2000)
def _compiled(source: str) -> Any:
    flags = regex.ASCII
    if source.startswith("/") and source.endswith("/i") and len(source) > 2:
        source, flags = source[1:-2], flags | regex.IGNORECASE
    source = source.removesuffix("/")
    if math.prod(max(int(times), 1) for times in _TIMES.findall(source)) > MAX_TIMES:
        return None
    try:
        return regex.compile(source if source.endswith("$") else f"{source}/?$", flags)
    except (regex.error, ValueError, OverflowError, RecursionError, MemoryError):
        return None


def is_target(to: str) -> bool:
    """Whether a redirect may lead there: a path here, or a page on the web."""
    try:
        parts = urlsplit(to)
    except ValueError:
        return False
    if parts.scheme or parts.netloc:
        return parts.scheme in ("http", "https") and bool(parts.hostname) and "$" not in parts.netloc and "@" not in parts.netloc
    return to.startswith("/") and not to.startswith("//") and "\\" not in to


def first(rules: Iterable[tuple[str, str, bool]], path: str, query: dict[str, str]) -> tuple[str, bool] | None:
    """(where to, whether for good) by the first of (source, target, for good) that a decoded path fits; None when it fits none."""
    if len(path) > MAX_PATH:
        return None
    until = time.monotonic() + SECONDS
    spellings = list(dict.fromkeys([path, quote(path, safe="/:@!$&'()*+,;=~-._")]))
    for source, to, permanent in rules:
        if name := named(source):
            if name.rstrip("/") == path.rstrip("/"):
                return asked_on(_filled(to, _WHOLE.match(path)), query), permanent
            continue
        pattern = compiled(source)
        if pattern is None:
            continue
        for spelling in spellings:
            if (left := until - time.monotonic()) <= 0:
                return None
            try:
                found = pattern.search(spelling, timeout=left)
            except TimeoutError:
                return None
            if found:
                return asked_on(_filled(to, found), query), permanent
    return None


def _filled(to: str, found: Any) -> str:
    """A target with what the pattern caught in its path: only what was matched is replaced, as JavaScript does it."""
    parts = urlsplit(to)

    def value(mark: re.Match[str]) -> str:
        if mark[1]:
            return "$"
        if mark[2]:
            return found[0]
        key: str | int = mark[4] or int(mark[3])
        try:
            return found[key] or ""
        except IndexError:
            return mark[0]

    whole = found.string
    path = whole[: found.start()] + _GROUP.sub(value, parts.path) + whole[found.end() :]
    # Two slashes in front would be another host.
    return parts._replace(path="/" + path.lstrip("/")).geturl()
