"""A story's body for readers elsewhere: every address in it complete, and nothing that only our own pages understand."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from sys import getsizeof
from threading import Lock
from urllib.parse import urljoin

import nh3

from broadsheet.html import BODY_TAGS, SILENT_TAGS, URL_SCHEMES, without_control

_TAGS = BODY_TAGS | {"aside", "audio", "figcaption", "figure", "h1", "h5", "h6", "img", "picture", "source", "video"}
_ATTRIBUTES = {
    "*": {"dir", "lang"},
    "a": {"href", "title"},
    "audio": {"controls", "preload", "src"},
    "blockquote": {"cite"},
    "del": {"cite", "datetime"},
    "img": {"alt", "height", "sizes", "src", "srcset", "width"},
    "ins": {"cite", "datetime"},
    "ol": {"start", "reversed", "type"},
    "q": {"cite"},
    "source": {"sizes", "src", "srcset", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "video": {"controls", "height", "poster", "preload", "src", "width"},
}
_ADDRESSES = frozenset({"cite", "href", "poster", "src"})
_CANDIDATE = re.compile(r"[\s,]*(\S+)")
_DESCRIPTOR = re.compile(r"(?:[^(),]|\([^)]*\)?)*")


@dataclass(slots=True)
class _Page:
    address: str
    players: list[tuple[str, str]] = field(default_factory=list)


_page: ContextVar[_Page] = ContextVar("_page")


@dataclass(frozen=True, slots=True)
class Body:
    """A body as others may show it."""

    html: str
    players: tuple[tuple[str, str], ...]
    """(`audio` or `video`, complete address) of each, in order."""


class _Kept:
    """Bodies that were asked for last, as many as find room: thirty short ones or a few very long."""

    def __init__(self, room: int) -> None:
        self.room, self.taken = room, 0
        self._lock = Lock()
        self._bodies: OrderedDict[tuple[str, str], Body] = OrderedDict()

    def get(self, body_html: str, address: str) -> Body:
        """The body, made when it is not kept."""
        key = (body_html, address)
        with self._lock:
            if body := self._bodies.get(key):
                self._bodies.move_to_end(key)
                return body
        body = completed(body_html, address)
        with self._lock:
            if key not in self._bodies:
                self._bodies[key] = body
                self.taken += self._size(key, body)
            while self.taken > self.room:
                self.taken -= self._size(*self._bodies.popitem(last=False))
        return body

    @staticmethod
    def _size(key: tuple[str, str], body: Body) -> int:
        return getsizeof(key[0]) + getsizeof(body.html)


_kept = _Kept(16 << 20)


def complete(body_html: str, address: str) -> Body:
    """The body of the page at a complete address.

    Kept for as long as it is asked for: what it is depends on these two alone, and parsing thirty bodies takes longer than the rest of a feed.
    """
    return _kept.get(body_html, address)


def completed(html: str, address: str) -> Body:
    """The same of a part of a body, which nobody asks for again."""
    page = _Page(address)
    before = _page.set(page)
    try:
        return Body(_CLEANER.clean(without_control(html)), tuple(page.players))
    finally:
        _page.reset(before)


def whole_addresses(body_html: str, address: str) -> str:
    """The HTML with every address complete, those in a srcset too, as seen from the page at `address`."""
    return complete(body_html, address).html


def _attribute(tag: str, name: str, value: str) -> str:
    page = _page.get()
    if name == "srcset":
        return ", ".join(" ".join(filter(None, (_join(page.address, url), size))) for url, size in candidates(value))
    if name not in _ADDRESSES:
        return value
    whole = _join(page.address, value.strip())
    if name == "src" and tag in {"audio", "video"}:
        page.players.append((tag, whole))
    return whole


def _join(address: str, url: str) -> str:
    try:
        return urljoin(address, url)
    except ValueError:
        # A host in brackets that is none.
        return url


def candidates(srcset: str) -> Iterator[tuple[str, str]]:
    """(address, descriptor) of each candidate of a srcset, parsed as browsers do (HTML, “parse a srcset attribute”)."""
    place = 0
    while found := _CANDIDATE.match(srcset, place):
        url, place = found[1], found.end()
        if url.endswith(","):
            if url := url.rstrip(","):
                yield url, ""
            continue
        size = _DESCRIPTOR.match(srcset, place)
        place = size.end() if size else place
        yield url, " ".join(size[0].split()) if size else ""


_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    attributes=_ATTRIBUTES,
    clean_content_tags=set(SILENT_TAGS),
    url_schemes=set(URL_SCHEMES),
    link_rel=None,
    attribute_filter=_attribute,
)
