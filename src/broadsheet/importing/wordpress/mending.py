"""One damaged element of an export made well-formed again, where only one reading is possible; nothing of its text is dropped."""

from __future__ import annotations

import html
import html.entities
import re
from collections import Counter

CONTAINERS = {
    "postmeta": ("item",), "comment": ("item",), "commentmeta": ("comment",), "termmeta": ("category", "tag", "term"),
    "author": (), "category": (), "tag": (), "term": (),
}  # fmt: skip
"""Elements that hold elements, all with a prefix, and what they stand in."""
BODIES = {"content:encoded", "excerpt:encoded", "description", "title", "wp:comment_content", "wp:meta_value"}
TEXTS = {"encoded", "description", "title", "comment_content", "meta_value", "cat_name", "tag_name", "term_name", "category_description"}
"""Names, without prefix, of what can hold markup as text."""
_KNOWN = {"item", "channel", "rss", "title", "link", "pubDate", "guid", "description", "category"}
_PREFIXES = {"wp", "content", "excerpt", "dc"}
_TAG = re.compile(r"<(/?)([^\W\d][\w.\-]*(?::[\w.\-]+)?)((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*?)(/?)>")
_BROKEN_TAG = re.compile(r"</?(?:(?:wp|content|excerpt|dc):|(?:item|title|link|pubDate|guid|description|category)\b)")
_STRUCTURE = re.compile(r"</?(?:(?:wp|content|excerpt|dc):[a-z_]+|item|channel|pubDate|guid)[\s>/]")
_FOLLOWS = re.compile(r"\s*</?(?:(?:wp|content|excerpt|dc):[a-z_]+|item|channel|title|link|pubDate|guid|description|category)[\s>/]")
_ATTRIBUTE = re.compile(r"\s+([^\s=<>\"'/]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_NAME = re.compile(r"[^\W\d][\w.\-]*$")
_AMP = re.compile(r"&(?:#(\d{1,9}|[xX][0-9a-fA-F]{1,8});|([A-Za-z][A-Za-z0-9]{1,31});)?")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.S)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FOREIGN = re.compile("[\udc80-\udcff]+")
_XML = {"amp", "lt", "gt", "quot", "apos"}
_WINDOWS = {*range(0x80, 0x100)} - {0x81, 0x83, 0x86, 0x87, 0x88, 0x89, 0x8B, 0x8D, 0x8F, 0x90, 0x98, 0x9B, 0x9D, 0x9F}
"""The bytes that texts in Windows-1252 have: letters, quotation marks and dashes."""


class Unmendable(Exception):
    """More than one reading is possible, or text would be lost."""


def mend(damaged: bytes) -> tuple[bytes, int, Counter[str]]:
    """The element at the start, well-formed as far as can be seen, how many bytes of the damaged ones it is, and what was done.

    Raises Unmendable.
    """
    text = damaged.decode("utf-8", "surrogateescape")
    mender = _Mender(text)
    end = mender.run()
    size = len(text[:end].encode("utf-8", "surrogateescape"))
    mended = _characters("".join(mender.out), text[:end], mender.odd)
    return mended.encode("utf-8"), size, mender.odd


def _characters(mended: str, original: str, odd: Counter[str]) -> str:
    """Without what XML cannot hold: what has no width goes, foreign bytes are read as what they most likely are or shown as lost."""
    if count := len(_CONTROL.findall(original)):
        odd["control character taken out"] += count
        mended = _CONTROL.sub(lambda m: " " if m[0] in "\x0b\x0c" else "", mended)
    runs = [run.encode("utf-8", "surrogateescape") for run in _FOREIGN.findall(original)]
    if not runs:
        return mended
    count = sum(map(len, runs))
    fits = all(byte in _WINDOWS for run in runs for byte in run) and not re.search("[\x80-\ud7ff\ue000-\U0010ffff]", original)
    # The first bytes of letters in UTF-8: alone, or with the second, they may be the rest of one that was cut.
    if fits and any(len(run) == 1 and run not in (b"\xc2", b"\xc3", b"\xe2") for run in runs):
        odd["byte of Windows-1252 in an item, read as such"] += count
        return _FOREIGN.sub(lambda m: m[0].encode("utf-8", "surrogateescape").decode("cp1252"), mended)
    odd["byte that is not UTF-8, shown as \ufffd"] += count
    return _FOREIGN.sub("\ufffd", mended)


class _Mender:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.out: list[str] = []
        self.stack: list[str] = []
        self.odd: Counter[str] = Counter()
        self._next: dict[str, tuple[int, re.Match[str] | None]] = {}

    def run(self) -> int:
        """Where the element ends."""
        while True:
            at = self.text.find("<", self.at)
            if at < 0:
                raise Unmendable(f"<{self.stack[-1] if self.stack else '?'}> has no end")
            self._loose(self.text[self.at : at])
            self.at = at
            if self._skipped():
                continue
            tag = _TAG.match(self.text, at)
            if tag is None:
                if _BROKEN_TAG.match(self.text, at):
                    raise Unmendable("a tag is broken")
                self._loose("<")
                self.at += 1
            elif tag[1]:
                self._close(tag)
            elif not self._open(tag):
                return self.at
            if not self.stack:
                return self.at

    def _skipped(self) -> bool:
        for start, end in (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")):
            if self.text.startswith(start, self.at):
                stop = self.text.find(end, self.at)
                if stop < 0:
                    raise Unmendable(f"{start} has no end")
                inside = self.text[self.at : stop]
                if _STRUCTURE.search(inside):
                    raise Unmendable(f"{start} ends in another element")
                if start == "<![CDATA[":
                    self._loose(inside[9:])
                self.at = stop + len(end)
                return True
        return False

    def _loose(self, text: str) -> None:
        if text.strip():
            self.odd["text between an item's fields, left out"] += 1

    def _open(self, tag: re.Match[str]) -> bool:
        name, empty = tag[2], bool(tag[4])
        prefix, _, local = name.rpartition(":")
        attributes = self._attributes(tag[3], name)
        first = not self.stack
        holds = name == "item" or prefix in _PREFIXES and local in CONTAINERS and (first or bool(CONTAINERS[local]))
        if empty or not holds:
            if self.stack and self.stack[-1].endswith("meta") and _is_known(name) and local not in ("meta_key", "meta_value"):
                self._end_one()
            self.at = tag.end()
            self._leaf(name, attributes, empty)
            return True
        if name == "item" and not first:
            if len(self.stack) > 1:
                raise Unmendable(f"<{self.stack[-1]}> has no end")
            self._end_one()
            self.at = tag.start()
            return False
        if not first:
            while self.stack and self.stack[-1].rpartition(":")[2] not in CONTAINERS[local]:
                if len(self.stack) == 1:
                    raise Unmendable(f"<{name}> stands where it cannot")
                self._end_one()
        self.out.append(f"<{name}{attributes}>")
        self.stack.append(name)
        self.at = tag.end()
        return True

    def _end_one(self) -> None:
        name = self.stack.pop()
        self.out.append(f"</{name}>")
        self.odd["element without its end, ended before the next one"] += 1

    def _close(self, tag: re.Match[str]) -> None:
        name = tag[2]
        if name in self.stack:
            while self.stack[-1] != name:
                self._end_one()
            self.out.append(f"</{self.stack.pop()}>")
        elif name in ("channel", "rss") and self.stack == ["item"]:
            self._end_one()
            return
        elif _is_known(name):
            raise Unmendable(f"</{name}> has no beginning")
        else:
            self._loose(tag[0])
        self.at = tag.end()

    def _leaf(self, name: str, attributes: str, empty: bool) -> None:
        if empty:
            self.out.append(f"<{name}{attributes}/>")
            return
        start = self.at
        inner = start + len(self.text[start : start + 4096]) - len(self.text[start : start + 4096].lstrip())
        try:
            content = self._in_cdata(name, inner + 9) if self.text.startswith("<![CDATA[", inner) else self._plain(name)
        except _NoElement:
            self._loose(f"<{name}>")
            self.at = start
            return
        self.out.append(f"<{name}{attributes}>{content}</{name}>")

    def _in_cdata(self, name: str, start: int) -> str:
        proper, raw = self._following("]]>", name, start), self._following("", name, start)
        if proper is None and raw is None:
            raise Unmendable(f"<{name}> has no end")
        if raw and (proper is None or raw.start() < proper.start()) and _FOLLOWS.match(self.text, raw.end()):
            content = re.sub(r"\]\]$|\]>$", "", self.text[start : raw.start()])
            self.at = raw.end()
            self.odd["CDATA without its end, ended at its element's end"] += 1
        elif proper:
            content, self.at = self.text[start : proper.start()], proper.end()
        else:
            raise Unmendable(f"<{name}> has no end")
        if any(_FOLLOWS.match(content, found.end()) for found in re.finditer(r"\]\]>|</item\s*>", content)):
            raise Unmendable(f"<{name}> ends in another element")
        return self._as_cdata(content)

    def _as_cdata(self, content: str) -> str:
        # `]]]]><![CDATA[>` is how `]]>` is written, and one section may follow another.
        content = content.replace("]]]]><![CDATA[>", "]]\x00>")
        content = re.sub(r"\]\]>(\s*)<!\[CDATA\[", r"\1", content)
        if "]]>" in content:
            self.odd["CDATA inside CDATA, kept as text"] += 1
        content = content.replace("]]\x00>", "]]>")
        return "<![CDATA[" + content.replace("]]>", "]]]]><![CDATA[>") + "]]>"

    def _plain(self, name: str) -> str:
        start = self.at
        close = self._following("", name, start)
        inner = self.text[start : close.start()] if close else ""
        if close is None or _STRUCTURE.search(inner):
            if _is_known(name):
                return self._without_end(name)
            raise _NoElement
        self.at = close.end()
        if "<![CDATA[" in inner:
            parts = _CDATA.split(inner)
            return "".join(self._as_cdata(part) if n % 2 else self._escaped(part) for n, part in enumerate(parts))
        if re.search(r"<[A-Za-z/!]", inner) and _is_known(name):
            self.odd["markup outside CDATA, taken as it stands"] += 1
            return self._as_cdata(inner)
        return self._escaped(inner)

    def _without_end(self, name: str) -> str:
        """A short field whose closing tag is missing or misspelt ends where the next tag begins."""
        end = self.text.find("<", self.at)
        if name in BODIES or end < 0 or self.text.startswith("<!", end):
            raise Unmendable(f"<{name}> has no end")
        value = self._escaped(self.text[self.at : end])
        self.at = end
        wrong = re.compile(r"</([^<>]*)>?").match(self.text, end)
        if wrong and wrong[1].strip() not in self.stack:
            self.at = wrong.end()
        elif not _FOLLOWS.match(self.text, end):
            raise Unmendable(f"<{name}> has no end")
        self.odd["closing tag that was missing or misspelt, put in"] += 1
        return value

    def _following(self, before: str, name: str, start: int) -> re.Match[str] | None:
        """The next closing tag of that name. Remembered: a hostile file must not have it searched again from every field."""
        key = before + name
        known = self._next.get(key)
        if known is None or known[0] > start or known[1] and known[1].start() < start:
            known = start, re.compile(re.escape(before) + (r"\s*" if before else "") + f"</{re.escape(name)}\\s*>").search(self.text, start)
            self._next[key] = known
        return known[1]

    def _attributes(self, raw: str, name: str) -> str:
        kept: dict[str, str] = {}
        for attribute, quoted in _ATTRIBUTE.findall(raw):
            prefix, _, local = attribute.rpartition(":")
            space = prefix == "xmlns" or attribute == "xmlns"
            fits = _NAME.match(local) and (not prefix or _NAME.match(prefix))
            if not fits or space and (local in ("xml", "xmlns") or not quoted[1:-1].strip() or not quoted[1:-1].isascii()):
                self.odd["attribute that is none, left out"] += 1
                continue
            kept.setdefault(attribute, self._escaped(quoted[1:-1]).replace('"', "&quot;"))
        if _ATTRIBUTE.sub("", raw).strip():
            if name == "category":
                raise Unmendable("a category's name cannot be read")
            self.odd["attribute that is none, left out"] += 1
        return "".join(f' {key}="{value}"' for key, value in kept.items())

    def _escaped(self, text: str) -> str:
        bare = text.count("<")
        if bare:
            self.odd["bare <, read as text"] += bare
        if "&" in text:
            text = _AMP.sub(self._entity, text)
        return text.replace("<", "&lt;").replace("]]>", "]]&gt;")

    def _entity(self, found: re.Match[str]) -> str:
        number, name = found[1], found[2]
        if number:
            code = int(number[1:], 16) if number[0] in "xX" else int(number)
            if (
                code in (9, 10, 13)
                or 0x20 <= code < 0x7F
                or 0xA0 <= code < 0xD800
                or 0xE000 <= code < 0xFFFE
                or 0x10000 <= code <= 0x10FFFF
            ):
                return found[0]
            self.odd["number of a character that is none"] += 1
            return html.escape(html.unescape(found[0]), quote=False) if code else ""
        if name in _XML:
            return found[0]
        if name and f"{name};" in html.entities.html5:
            self.odd["entity of HTML, which XML does not know"] += 1
            return html.escape(html.entities.html5[f"{name};"], quote=False)
        self.odd["bare &, read as text"] += 1
        return "&amp;" + found[0][1:]


class _NoElement(Exception):
    """What looked like an opening tag is text."""


def _is_known(name: str) -> bool:
    return name in _KNOWN or name.partition(":")[0] in _PREFIXES
