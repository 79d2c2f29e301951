"""A parsed body walked in reading order into body blocks.

Text gathers into passages; what is no text (pictures, quotations, tables …) ends the passage, stands as its own block,
and the text goes on. Whatever is not known is walked through: nothing a reader could read is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any

from lxml import etree

from broadsheet.importing.blocks import addresses

Block = dict[str, Any]
MAX_DEPTH = 120

INLINE = {
    "b": "b", "strong": "b", "i": "i", "em": "i", "cite": "i", "var": "i", "dfn": "i", "s": "s", "strike": "s", "del": "s", "sub": "sub",
    "sup": "sup", "code": "code", "kbd": "code", "samp": "code", "tt": "code",
}  # fmt: skip
TRANSPARENT = frozenset(
    {"span", "font", "u", "ins", "small", "big", "mark", "abbr", "acronym", "time", "label", "q", "bdi", "bdo", "ruby", "rb", "rt", "rp",
     "wbr", "data", "nobr"}
)  # fmt: skip
HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
# Found in running text these are no reason to split the paragraph.
LIFTED = frozenset({"img", "iframe", "video", "audio", "object", "embed", "bs-embed", "bs-file", "bs-gallery", "bs-shortcode"})
_IN_TEXT = frozenset({"a", *INLINE, *TRANSPARENT})
_SPACES = re.compile(r"[ \t\r\n\f]+")
_LONE_ADDRESS = re.compile(r"(?:<a href=\"[^\"]*\">)?(https?://[^\s<>]+)(?:</a>)?")
_EMOJI = re.compile(r"/(?:smilies|emoji|core/emoji)/|\bwp-smiley\b|\bemoji\b")


@dataclass(frozen=True, slots=True)
class Entry:
    """A piece of the result: of text with its element's name and inline HTML, or a block."""

    kind: str
    html: str = ""
    block: Block | None = None


@dataclass(slots=True)
class Composer:
    """Walks elements and gathers entries; `element` is asked first and says whether it took an element over."""

    element: Callable[[Composer, Any, int], bool]
    base: str = ""
    entries: list[Entry] = field(default_factory=list)
    _line: list[str] = field(default_factory=list)
    _before: list[Entry] = field(default_factory=list)
    _after: list[Entry] = field(default_factory=list)
    _wrappers: list[tuple[str, str]] = field(default_factory=list)

    def flow(self, parent: Any, depth: int = 0, skip: Iterable[Any] = ()) -> None:
        """Walk what stands in an element; its text without paragraph elements makes paragraphs of its own."""
        left_out = frozenset(skip)
        self._text(parent.text)
        for child in parent:
            if child not in left_out and isinstance(child.tag, str):
                self.node(child, depth + 1)
            self._text(child.tail)

    def node(self, child: Any, depth: int) -> None:
        """Walk one element."""
        if depth > MAX_DEPTH:
            self.paragraph(escape(" ".join(text_of(child).split()), quote=False))
            return
        tag = child.tag
        if tag == "br":
            self._line.append("<br>")
        elif tag in LIFTED:
            self._lift(child, depth)
        elif self.element(self, child, depth):
            pass
        elif tag == "p":
            self.end_line()
            self.flow(child, depth)
            self.end_line()
        elif tag in HEADINGS:
            self.end_line()
            html, lifted = self.rich(child, depth)
            self.text(HEADINGS[tag], html.replace("<br>", " "))
            self.entries += lifted
        elif tag in ("ul", "ol", "menu", "dir"):
            self.end_line()
            html, lifted = self.list(child, depth)
            self.text("ol" if tag == "ol" else "ul", html)
            self.entries += lifted
        elif tag in _IN_TEXT:
            self._inline(child, depth)
        else:
            self.end_line()
            self.flow(child, depth)
            self.end_line()

    def _text(self, text: str | None) -> None:
        if text:
            if "  " in text or not text.isprintable():
                text = _SPACES.sub(" ", text)
            self._line.append(escape(text, quote=False))

    def _inline(self, child: Any, depth: int) -> None:
        opening, closing = self.markup(child)
        if any(inner.tag in _SPLITTING for inner in child.iterdescendants() if isinstance(inner.tag, str)):
            self.end_line()
            self._wrappers.append((opening, closing))
            self.flow(child, depth)
            self.end_line()
            self._wrappers.pop()
            return
        start = len(self._line)
        self.flow(child, depth)
        inner = "".join(self._line[start:])
        del self._line[start:]
        if inner.strip() or not opening:
            self._line.append(f"{opening}{inner}{closing}" if opening else inner)
        elif inner:
            self._line.append(inner)

    def markup(self, child: Any) -> tuple[str, str]:
        """The tags an inline element becomes; none for what only styled."""
        if child.tag in INLINE:
            return f"<{INLINE[child.tag]}>", f"</{INLINE[child.tag]}>"
        if child.tag == "a" and (url := addresses.absolute(child.get("href") or "")) and not url.startswith("#"):
            return f'<a href="{escape(addresses.own_path(url, self.base))}">', "</a>"
        return "", ""

    def _lift(self, child: Any, depth: int) -> None:
        if child.tag == "img" and _EMOJI.search(f"{child.get('class') or ''} {child.get('src') or ''}"):
            self._text(child.get("alt"))
            return
        inner = self.apart()
        inner.element(inner, child, depth)
        inner.end_line()
        (self._after if "".join(self._line).replace("<br>", "").strip() else self._before).extend(inner.entries)

    def apart(self) -> Composer:
        """An empty composer with the same rules, for what is gathered on its own."""
        return Composer(element=self.element, base=self.base)

    def end_line(self) -> None:
        """The running text so far is a paragraph."""
        html = "".join(self._line)
        self._line.clear()
        before, after = self._before, self._after
        self._before, self._after = [], []
        self.entries += before
        if "<br>" in html:
            lines = [line.strip() for line in html.split("<br>")]
            said = [place for place, line in enumerate(lines) if line]
            html = "<br>".join(lines[said[0] : said[-1] + 1]) if said else ""
        else:
            html = html.strip()
        if html:
            for opening, closing in reversed(self._wrappers):
                html = f"{opening}{html}{closing}"
            self.paragraph(html)
        self.entries += after

    def paragraph(self, html: str) -> None:
        """A paragraph of inline HTML; a lone address that a player stood behind becomes a link to it."""
        url = _LONE_ADDRESS.fullmatch(html) if html.startswith(("http", "<a ")) else None
        if url and addresses.is_embeddable(bare := unescape(url[1])):
            self.block("embed", {"url": bare, "title": "", "provider": addresses.provider_of(bare)})
        elif url and not html.startswith("<a"):
            self.text("p", f'<a href="{escape(addresses.own_path(unescape(url[1]), self.base))}">{html}</a>')
        else:
            self.text("p", html)

    def text(self, kind: str, html: str) -> None:
        """A finished piece of text."""
        if html.strip():
            self.entries.append(Entry(kind, html.strip()))

    def block(self, type_: str, value: Any) -> None:
        """A finished block; the text before it ends."""
        self.end_line()
        self.entries.append(Entry("block", block={"type": type_, "value": value}))

    def rich(self, element: Any, depth: int, skip: Iterable[Any] = ()) -> tuple[str, list[Entry]]:
        """An element's content as inline HTML, and what it held that is no text."""
        inner = self.apart()
        inner.flow(element, depth, skip)
        inner.end_line()
        lifted = [entry for entry in inner.entries if entry.kind == "block"]
        return "<br>".join(_as_inline(entry) for entry in inner.entries if entry.kind != "block"), lifted

    def passage(self, element: Any, depth: int, skip: Iterable[Any] = ()) -> tuple[str, list[Entry]]:
        """An element's content as rich text, and what it held that is no text."""
        inner = self.apart()
        inner.flow(element, depth, skip)
        inner.end_line()
        lifted = [entry for entry in inner.entries if entry.kind == "block"]
        return "".join(_as_element(entry) for entry in inner.entries if entry.kind != "block"), lifted

    def list(self, element: Any, depth: int) -> tuple[str, list[Entry]]:
        """The items of a list, lists in them kept, and what they held that is no text."""
        items: list[str] = []
        lifted: list[Entry] = []
        loose = self.apart()
        loose._text(element.text)
        for child in element:
            if not isinstance(child.tag, str):
                continue
            if child.tag in ("ul", "ol"):
                html, more = self.list(child, depth + 1)
                nested = f"<{child.tag}>{html}</{child.tag}>" if html else ""
                items.append(f"{items.pop().removesuffix('</li>')}{nested}</li>" if items else f"<li>{nested}</li>")
                lifted += more
            elif child.tag == "bs-block" and child.find("li") is not None:
                html, more = self.list(child, depth + 1)
                items.append(html)
                lifted += more
            else:
                inner = self.apart()
                inner.flow(child, depth + 1) if child.tag == "li" else inner.node(child, depth + 1)
                inner.end_line()
                lifted += [entry for entry in inner.entries if entry.kind == "block"]
                if words := _item(entry for entry in inner.entries if entry.kind != "block"):
                    items.append(f"<li>{words}</li>")
            loose._text(child.tail)
        loose.end_line()
        items += [f"<li>{entry.html}</li>" for entry in loose.entries if entry.html]
        return "".join(items), lifted

    def result(self) -> Sequence[Block]:
        """The blocks, pieces of text between others joined to one passage."""
        self.end_line()
        blocks: list[Block] = []
        passage: list[str] = []
        for entry in [*self.entries, Entry("block")]:
            if entry.kind != "block":
                passage.append(_as_element(entry))
                continue
            if passage:
                blocks.append({"type": "text", "value": "".join(passage)})
                passage = []
            if entry.block and entry.block["type"] == "buttons" and blocks and blocks[-1]["type"] == "buttons":
                blocks[-1] = {"type": "buttons", "value": {"links": blocks[-1]["value"]["links"] + entry.block["value"]["links"]}}
            elif entry.block:
                blocks.append(entry.block)
        return blocks


_SPLITTING = frozenset(
    {"address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure",
     "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table",
     "td", "th", "tr", "ul", "bs-block", "bs-more"}
)  # fmt: skip


def _as_element(entry: Entry) -> str:
    return f"<{entry.kind}>{entry.html}</{entry.kind}>"


def _as_inline(entry: Entry) -> str:
    if entry.kind in ("ul", "ol"):
        return re.sub(r"<br>(?=$)", "", re.sub(r"</?[uo]l>|<li>", "", entry.html).replace("</li>", "<br>"))
    return entry.html


def _item(entries: Iterable[Entry]) -> str:
    parts: list[str] = []
    for entry in entries:
        if entry.kind in ("ul", "ol"):
            parts.append(_as_element(entry))
        else:
            html = f"<b>{entry.html}</b>" if entry.kind[0] == "h" else entry.html
            parts.append(f"<br>{html}" if parts and not parts[-1].endswith(">") else f"<br>{html}" if parts else html)
    return "".join(parts)


def text_of(element: Any) -> str:
    """All text in an element."""
    return "".join(element.itertext()) if not isinstance(element, etree._Comment) else ""
