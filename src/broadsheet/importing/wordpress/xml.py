"""A WXR file as a stream of its elements: nothing outside the file is ever read, and one item is in memory at a time.

Each element of the channel is parsed by itself, strictly; only one that fails is mended, and then parsed strictly again. So what
is wrong with one item touches no other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from pathlib import Path

from lxml import etree

from broadsheet.importing.records import ImportRefused
from broadsheet.importing.wordpress.mending import TEXTS, Unmendable, mend
from broadsheet.importing.wordpress.refusals import EXPORT_AGAIN, refuse_others
from broadsheet.importing.wordpress.source import Source
from broadsheet.importing.wordpress.window import ITEM, Window

EXPORT_NAMESPACES = ("http://wordpress.org/export/", "https://wordpress.org/export/")
KNOWN_SPACES = {
    "wp": "http://wordpress.org/export/1.2/",
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "broadsheet": "urn:broadsheet:export:1",
}
MAX_ITEM = 16 << 20
"""Bytes of one item; pictures written into a story's text make some large."""
MAX_EFFORT = 20
"""How many bytes of attempts at mending there may be for each byte of the file."""
LONG = {"item", "wp:author", "wp:category", "wp:tag", "wp:term", "broadsheet:site"}
MAX_OTHER, MAX_START, MAX_PREFIXES = 1 << 16, 1 << 18, 200
_EACH_DAMAGE = 1 << 16
_PREFIX = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*")
_LT = re.compile(rb"<")
_OPENING = re.compile(rb"<([^\W\d][\w.\-:]*)((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*?)(/?)>")
_NAMESPACE = re.compile(rb"\sxmlns:([A-Za-z_][\w.\-]*)\s*=\s*(?:\"([^\"<&]+)\"|'([^'<&]+)')")
_UNDECLARED = re.compile(r"Namespace prefix ([^\s:]+) ")
_CLOSING = re.compile(rb"</(item|channel|rss|[\w.\-:]+)\s*>")
_ITEM_END = re.compile(rb"</item\s*>")
_CONTROL_1 = re.compile(rb"\xc2[\x80-\x9f]")
_PHP = re.compile(r"(?:Fatal error|Parse error|Warning|Notice|Deprecated)(?:</b>)?:\s+(.{5,300}?)(?:\s+in\s|[\r\n<]|$)")
_LOOKS_LIKE = "text that holds what looks like another item, comment or field"
_STRAY = "text outside the export's elements, left out"


@dataclass(slots=True)
class Piece:
    """An element under the name WordPress gives it, or, without one, what could not be read, or only what was odd."""

    name: str
    line: int
    element: etree._Element | None = None
    odd: Counter[str] = field(default_factory=Counter)
    damage: str = ""
    title: str = ""


def name_of(element: etree._Element) -> str:
    """`wp:post_id` → `wp:post_id` whatever version the namespace names; other prefixes as WordPress writes them."""
    tag = element.tag
    return _name(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=2000)
def _name(tag: str) -> str:
    if tag[0] != "{":
        return tag
    namespace, _, local = tag[1:].partition("}")
    if namespace.startswith(EXPORT_NAMESPACES):
        return f"excerpt:{local}" if namespace.rstrip("/").endswith("excerpt") else f"wp:{local}"
    if namespace == "http://purl.org/rss/1.0/modules/content/":
        return f"content:{local}"
    if namespace == "http://purl.org/dc/elements/1.1/":
        return f"dc:{local}"
    return f"broadsheet:{local}" if namespace == KNOWN_SPACES["broadsheet"] else f"?:{local}"


def elements(path: Path) -> Iterator[Piece]:
    """Each item, author, term and plain channel element, whole, then forgotten; and whatever is lost, with the line it stood in.

    Raises ImportRefused for a file that is no WXR export.
    """
    source = Source(path)
    channel = _Channel(path, Window(iter(source)))
    yield from channel.pieces()
    odd = channel.odd + source.odd
    if odd:
        yield Piece("", 1, odd=odd)
    if source.cut and not channel.cut:
        yield Piece("", channel.window.line, damage=f"{source.cut}, so what came after is not here")


class _Channel:
    def __init__(self, path: Path, window: Window) -> None:
        self.path, self.window = path, window
        self.spaces: dict[str, str] = {}
        self.odd: Counter[str] = Counter()
        self.seen = 0
        """Openings of items that are accounted for."""
        self.cut = False
        self.effort = 0
        self._why = ""
        self._tail = ""
        self._parser = etree.XMLParser(
            resolve_entities=False, load_dtd=False, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
        )
        self._before = b"<x>"

    def pieces(self) -> Iterator[Piece]:
        window = self.window
        self._start()
        whole, items = False, 0
        while True:
            if window.skip_to(_LT):
                self.odd[_STRAY] += 1
            if not len(window):
                break
            if closing := window.match(_CLOSING):
                whole = whole or closing[1] in (b"channel", b"rss")
                if closing[1] == b"item":
                    self._spend(_EACH_DAMAGE)
                    yield Piece("item", window.line, damage="has no beginning that can be read")
                window.skip(closing.end())
                continue
            for piece in self._next():
                items += piece.name == "item" and piece.element is not None
                if piece.damage:
                    self._spend(_EACH_DAMAGE)
                yield piece
        if not whole and not self.cut and not self.fragment:
            self.cut = True
            yield Piece("", window.line, damage=f"ends without </rss>, so anything after its {items} items is not here{self._reason()}")
        if self.seen != window.openings:
            yield Piece("", window.line, damage=f"{window.openings - self.seen} beginnings of items were not read")

    def _start(self) -> None:
        start = self.window.head(MAX_START)
        # One character for each byte: names and marks are ASCII.
        text = start.decode("latin-1")
        at = refuse_others(self.path, text)
        before = re.sub(r"<\?.*?\?>|<!--.*?-->", "", text[:at], flags=re.S)
        if before.strip():
            self.odd["text before the export, left out"] += 1
        self._tail = text[:at]
        self.fragment = text.startswith("<item", at)
        if self.fragment:
            self.odd["items without <rss> and <channel> around them"] += 1
        self._pass(self.window.skip(at))

    def _next(self) -> Iterator[Piece]:
        """What stands at the next `<`."""
        window = self.window
        head = window.head(9)
        if not head[1:2].isalpha() and head[:2] not in (b"<!", b"<?", b"<_"):
            self._stray(1)
            return
        if head.startswith((b"<!--", b"<?")):
            end = window.find(re.compile(rb"-->" if head[1:2] == b"!" else rb"\?>"), 2, MAX_ITEM)
            inside = window.head(end[1]) if end else b""
            items = len(ITEM.findall(inside))
            # An opening whose end lies elsewhere was not put in a comment by anybody.
            if end and items == inside.count(b"</item>"):
                if items:
                    self.odd["item inside an XML comment, left out"] += items
                    self.seen += items
                window.skip(end[1])
                return
        opening = window.match(_OPENING) if head[1:2] not in b"!?" else None
        if opening is None:
            if head[:5] == b"<item":
                yield from self._damaged("item", None, "its opening tag is broken")
                return
            self._stray(1)
            return
        name = opening[1].decode("utf-8", "replace")
        if name in ("rss", "channel"):
            self._declare(opening[2])
            window.skip(opening.end())
        else:
            yield from self._element(name, opening)

    def _declare(self, attributes: bytes) -> None:
        for prefix, one, other in _NAMESPACE.findall(b" " + attributes):
            uri = (one or other).decode("utf-8", "replace").strip()
            name = prefix.decode()
            usual = KNOWN_SPACES.get(name)
            if usual and not (uri == usual or uri.startswith(EXPORT_NAMESPACES) and name in ("wp", "excerpt")):
                self.odd[f"prefix {name}: declared as something else, read as usual"] += 1
                uri = usual
            if uri.isascii() and uri and name not in ("xml", "xmlns") and len(self.spaces) < MAX_PREFIXES:
                self.spaces[name] = uri
        spaces = "".join(f' xmlns:{prefix}="{escape(uri)}"' for prefix, uri in self.spaces.items())
        self._before = f"<x{spaces}>".encode()

    def _element(self, name: str, opening: re.Match[bytes]) -> Iterator[Piece]:
        window = self.window
        line = window.line
        known = name in LONG
        closing = _closing(opening[1])
        end: tuple[int, int] | None = (opening.start(), opening.end())
        if not opening[3]:
            end = window.find(closing, opening.end(), MAX_ITEM if known else MAX_OTHER)
        segment = window.head(end[1]) if end else b""
        if name != "item" and (not end or ITEM.search(segment)):
            # Something that has no end before the next item, such as the `<br>` of a PHP warning.
            if known:
                yield Piece(name, line, damage="has no end")
                window.skip(opening.end())
            else:
                self._stray(opening.end())
            return
        element = self._parsed(segment) if end else None
        if element is not None:
            held = _has_markup(element), _swallowed(element, segment)
            mended = self._mended(segment) if any(held) else None
            if mended and mended[1] == len(segment) and (held[0] or not _swallowed(mended[0], segment)):
                yield self._found(mended[0], segment, line, mended[2])
            else:
                yield self._found(element, segment, line, Counter({_LOOKS_LIKE: 1} if held[1] else {}))
        elif name == "item":
            yield from self._mended_item(end, closing, opening.end())
        elif (mended := self._mended(segment)) is not None:
            yield self._found(mended[0], window.head(mended[1]), line, mended[2])
        else:
            yield Piece(name, line, damage="is broken", title=_title(segment))
            window.skip(len(segment))

    def _found(self, element: etree._Element, segment: bytes, line: int, odd: Counter[str]) -> Piece:
        self.window.skip(len(segment))
        name = name_of(element)
        items = segment.count(b"<item")
        if items:
            items = len(ITEM.findall(segment))
            self.seen += items
            if items > 1:
                odd[_LOOKS_LIKE] += items - 1
        if marks := len(_CONTROL_1.findall(segment)):
            odd["byte of Windows-1252 taken for a control character, read as what it is"] += marks
        if b"\r" in segment:
            self.odd["line ends of Windows in elements, read as plain ones"] += 1
        if name == "item" and not len(element):
            return Piece("", line, odd=odd + Counter({"item that holds nothing, left out": 1}))
        return Piece(name, line, element, odd)

    def _parsed(self, segment: bytes) -> etree._Element | None:
        """The element, if it is well-formed; prefixes that nobody declared are given their usual meaning."""
        for _ in range(20):
            try:
                root = etree.fromstring(self._before + segment + b"</x>", self._parser)
            except etree.XMLSyntaxError as error:
                undeclared = _UNDECLARED.match(error.msg or "")
                prefix = undeclared[1] if undeclared else ""
                if not _PREFIX.fullmatch(prefix) or prefix in self.spaces or len(self.spaces) >= MAX_PREFIXES:
                    self._spend(len(segment))
                    return None
                self.odd[f"prefix {prefix}: that the file does not declare"] += 1
                self.spaces[prefix] = KNOWN_SPACES.get(prefix, f"urn:undeclared:{prefix}")
                self._declare(b"")
            else:
                return root[0] if len(root) == 1 else None
        return None

    def _mended(self, segment: bytes) -> tuple[etree._Element, int, Counter[str]] | None:
        self._spend(len(segment))
        try:
            text, size, odd = mend(segment)
        except Unmendable as reason:
            self._why = str(reason)
            return None
        element = self._parsed(text)
        self._why = "is not well-formed XML"
        return None if element is None else (element, size, odd)

    def _mended_item(self, end: tuple[int, int] | None, closing: re.Pattern[bytes], start: int) -> Iterator[Piece]:
        window, line = self.window, self.window.line
        outer = self._outer_end(closing, start)
        tried = None
        if outer and outer != end:
            # `</item>` stood in the text of a story, unless a section without its end has swallowed the next item.
            segment = window.head(outer[1])
            tried = self._parsed(segment)
            if tried is not None and not (len(ITEM.findall(segment)) > 1 and b"<wp:post_id>" in segment[end[1] if end else 0 :]):
                yield self._found(tried, segment, line, Counter())
                return
        why = ""
        rest = (0, len(window)) if end is None and window.ended else None
        for stop in dict.fromkeys((end, outer, rest)):
            if stop and (mended := self._mended(window.head(stop[1]))) and self._follows(mended[1]):
                yield self._found(mended[0], window.head(mended[1]), line, mended[2])
                return
            why = why or (self._why if stop else "")
        if tried is not None and outer:
            yield self._found(tried, window.head(outer[1]), line, Counter())
            return
        yield from self._damaged("item", end, why)

    def _outer_end(self, closing: re.Pattern[bytes], start: int) -> tuple[int, int] | None:
        """Where the element ends when CDATA sections and comments are read as XML reads them."""
        token = re.compile(rb"<!\[CDATA\[|<!--|" + closing.pattern)
        while found := self.window.find(token, start, MAX_ITEM):
            opening = self.window.head(found[1])[found[0] :]
            if opening.startswith(b"</"):
                return found
            inner = self.window.find(re.compile(rb"\]\]>" if opening.endswith(b"[") else rb"-->"), found[1], MAX_ITEM)
            if not inner:
                return None
            start = inner[1]
        return None

    def _follows(self, size: int) -> bool:
        """Whether after that many bytes an element of the channel begins or ends."""
        after = self.window.head(size + 4096)[size:].lstrip()
        return not after or bool(re.match(rb"<(?:/?(?:item|channel|rss|wp:\w+)[\s>/]|!--|\?|br\b|[a-z]+:)|$", after))

    def _damaged(self, name: str, end: tuple[int, int] | None, why: str) -> Iterator[Piece]:
        """Say what is lost, and go on where the next item begins."""
        window, line = self.window, self.window.line
        title = _title(window.head(MAX_START))
        if after := self._next_item(end[1] if end else MAX_ITEM):
            self._pass(window.skip(after))
        elif end:
            self._pass(window.skip(end[1]))
        elif window.ended:
            self._tail = window.head(len(window))[-4096:].decode("utf-8", "replace")
            self._pass(window.skip(len(window)))
            if "</rss" not in self._tail and "</channel" not in self._tail:
                self.cut, why = True, f"is cut off, the file ends in the middle of it{self._reason()}"
        else:
            why = f"is larger than {MAX_ITEM >> 20} MB"
            self._pass(window.skip(6))
            window.skip_to(ITEM)
        yield Piece(name, line, damage=why or "is broken", title=title)

    def _next_item(self, limit: int) -> int:
        """Where in a damaged item the next one begins: after a tag, or anywhere if it is whole; 0 when none does."""
        window, at = self.window, 1
        while (found := window.find(ITEM, at, MAX_ITEM)) and found[0] < limit:
            passed = window.head(found[0])
            self._spend(len(passed))
            if passed[-256:].rstrip().endswith(b">"):
                return found[0]
            end = window.find(_ITEM_END, found[1], MAX_ITEM)
            if end and self._parsed(window.head(end[1])[found[0] :]) is not None:
                return found[0]
            at = found[1]
        return 0

    def _stray(self, size: int) -> None:
        self.odd[_STRAY] += 1
        self._spend(1 << 14)
        self.window.skip(size)

    def _pass(self, passed: bytes) -> None:
        self.seen += len(ITEM.findall(passed + self.window.head(1)))

    def _spend(self, effort: int) -> None:
        """Bounds what a hostile file can make us try again and again."""
        self.effort += effort
        if self.effort > MAX_EFFORT * self.window.passed + (1 << 29):
            raise ImportRefused(self.path.name, "is damaged in too many places to be read", EXPORT_AGAIN, line=self.window.line)

    def _reason(self) -> str:
        """What PHP said when it stopped writing, if it did."""
        found = _PHP.findall(self._tail)
        return f"; the old server broke off with “{found[-1].strip()}”" if found else ""


@lru_cache(maxsize=200)
def _closing(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"</" + re.escape(name) + rb"\s*>")


def _has_markup(element: etree._Element) -> bool:
    """Whether a text holds elements, as when it was written without CDATA: taken as text they keep their tags."""
    for child in element:
        if len(child) and isinstance(child.tag, str):
            local = child.tag.rpartition("}")[2]
            if local in TEXTS or local in ("comment", "postmeta") and _has_markup(child):
                return True
    return False


def _swallowed(element: etree._Element, segment: bytes) -> bool:
    """Whether comments and fields stand in the bytes that are no elements, as when a section before them has no end."""
    written = segment.count(b"</wp:comment>") + segment.count(b"</wp:postmeta>")
    return bool(written) and written > sum(name_of(child) in ("wp:comment", "wp:postmeta") for child in element)


def _title(segment: bytes) -> str:
    found = re.search(rb"<title>(?:<!\[CDATA\[)?(.{1,200}?)(?:\]\]>|</title>|<)", segment[: 1 << 14], re.S)
    return found[1].decode("utf-8", "replace").strip() if found else ""
