"""OpenDocument texts (.odt), read from their XML: tracked deletions and comments are left out and counted, nothing outside is fetched."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from broadsheet.importing.documents.packages import AGAIN, Package
from broadsheet.importing.documents.writing import Look, Writer, kind_of, kinds_of, link, run, table
from broadsheet.importing.records import ImportRefused

_HREF = "{http://www.w3.org/1999/xlink}href"
_BOLD = frozenset({"bold", "600", "700", "800", "900"})
MAX_REPEATED = 100


def read(package: Package) -> tuple[str, Writer, dict[str, list[str]]]:
    """(HTML, the writer with pictures and notes, what the file's properties say)."""
    return _Text(package).read()


class _Text:
    def __init__(self, package: Package) -> None:
        self.package, self.writer, self.keys = package, Writer(), 0
        self.content = package.xml("content.xml")
        self.looks: dict[str, Look] = {}
        self.counted: dict[str, bool] = {}
        self._styles()

    def read(self) -> tuple[str, Writer, dict[str, list[str]]]:
        text = None
        if self.content is not None:
            text = next((child for body in self.content if _tag(body) == "body" for child in body if _tag(child) == "text"), None)
        if text is None:
            raise ImportRefused(self.package.file, "is no text document inside", AGAIN)
        self._blocks(text)
        return self.writer.html(), self.writer, self._properties()

    def _styles(self) -> None:
        parents: dict[str, tuple[str, str]] = {}
        for tree in (self.package.xml("styles.xml"), self.content):
            for style in tree.iter() if tree is not None else ():
                tag = _tag(style)
                if tag == "list-style":
                    first = next(iter(style), None)
                    self.counted[_get(style, "name")] = first is not None and _tag(first) == "list-level-style-number"
                if tag != "style":
                    continue
                name = _get(style, "name")
                parents[name] = (_get(style, "display-name") or name, _get(style, "parent-style-name"))
                for one in style:
                    if _tag(one) == "text-properties":
                        self.looks[name] = _look(one)
        self.kinds = kinds_of(parents)

    def _blocks(self, parent: Any) -> None:
        for child in parent:
            tag = _tag(child)
            if tag == "p":
                style = _get(child, "style-name")
                html = self._inline(child, Look())
                self.writer.paragraph(html, self.kinds.get(style) or kind_of(style))
            elif tag == "h":
                level = _get(child, "outline-level") or "2"
                kind = self.kinds.get(_get(child, "style-name"), "")
                self.writer.paragraph(
                    self._inline(child, Look()), "title" if kind == "title" else f"h{min(int(level), 6) if level in '123456789' else 2}"
                )
            elif tag == "list":
                self._list(child, 0, self.counted.get(_get(child, "style-name"), False))
            elif tag == "table":
                self.writer.end_lists()
                if html := self._table(child):
                    self.writer.out.append(html)
            elif tag == "tracked-changes":
                if deleted := sum(_tag(one) == "deletion" for one in child.iter()):
                    self.writer.notes["deletion that was tracked in the file left out"] += deleted
            elif tag in ("section", "index-body", "soft-page-break", "text-box", "numbered-paragraph"):
                self._blocks(child)
            elif tag == "frame":
                self.writer.paragraph(self._frame(child), "")

    def _list(self, element: Any, level: int, counted: bool) -> None:
        for item in element:
            if _tag(item) not in ("list-item", "list-header"):
                continue
            for child in item:
                if _tag(child) in ("p", "h"):
                    self.writer.item(self._inline(child, Look()), level, numbered=counted)
                elif _tag(child) == "list":
                    self._list(child, level + 1, self.counted.get(_get(child, "style-name"), counted))

    def _inline(self, parent: Any, look: Look) -> str:
        out = [run(" ".join((parent.text or "").split("\n")), look)]
        for child in parent:
            tag = _tag(child)
            if tag == "span":
                own = self.looks.get(_get(child, "style-name"), Look())
                merged = Look(look.bold or own.bold, look.italic or own.italic, look.struck or own.struck, own.shift or look.shift)
                out.append(self._inline(child, merged))
            elif tag == "a":
                out.append(link(self._inline(child, look), child.get(_HREF) or ""))
            elif tag == "s":
                count = _get(child, "c") or "1"
                out.append(" " * (min(int(count), MAX_REPEATED) if count.isdecimal() and len(count) < 6 else 1))
            elif tag == "tab":
                out.append(" ")
            elif tag == "line-break":
                out.append("<br>")
            elif tag == "note":
                body = next((one for one in child if _tag(one) == "note-body"), None)
                words = [self._inline(p, Look()).strip() for p in body if _tag(p) == "p"] if body is not None else []
                out.append(self.writer.footnote("<br>".join(filter(None, words))))
            elif tag == "annotation":
                self.writer.notes["editor's comment left out"] += 1
            elif tag == "frame":
                out.append(self._frame(child))
            elif tag not in (
                "annotation-end",
                "bookmark",
                "bookmark-start",
                "bookmark-end",
                "change",
                "change-start",
                "change-end",
                "tracked-changes",
                "",
            ):
                out.append(self._inline(child, look))
            out.append(run(" ".join((child.tail or "").split("\n")), look))
        return "".join(out)

    def _frame(self, element: Any) -> str:
        alt = next(
            (" ".join((one.text or "").split()) for name in ("desc", "title") for one in element if _tag(one) == name and one.text), ""
        )
        for one in element:
            address = one.get(_HREF) or ""
            if _tag(one) == "image":
                if "://" in address or address.startswith(("/", "..")):
                    self.writer.notes[f"picture that is only linked to, not fetched: {address[:200]}"] += 1
                    return ""
                self.keys += 1
                return self.writer.image(self.package.picture(str(self.keys), address, alt), posixpath.basename(address))
            if _tag(one) == "text-box":
                return "<br>".join(filter(None, (self._inline(p, Look()) for p in one if _tag(p) in ("p", "h"))))
        return ""

    def _table(self, element: Any) -> str:
        rows = []
        for row in _rows(element):
            cells = []
            for cell in row:
                if _tag(cell) != "table-cell":
                    continue
                inner = Writer(pictures=self.writer.pictures, notes=self.writer.notes, footnotes=self.writer.footnotes)
                outer, self.writer = self.writer, inner
                self._blocks(cell)
                self.writer = outer
                inner.end_lists()
                spans = [_get(cell, f"number-{way}-spanned") or "1" for way in ("columns", "rows")]
                columns, height = (int(s) if s.isdecimal() and len(s) < 3 else 1 for s in spans)
                cells.append(("".join(inner.out), columns, height))
            if any(html for html, _columns, _height in cells):
                rows.append(cells)
        return table(rows)

    def _properties(self) -> dict[str, list[str]]:
        tree = self.package.xml("meta.xml")
        out: dict[str, list[str]] = {}
        names = {"title": "title", "keyword": "topics", "language": "language", "creator": "creator", "initial-creator": "creator"}
        for one in tree.iter() if tree is not None else ():
            if (name := names.get(_tag(one))) and (text := " ".join((one.text or "").split())):
                out.setdefault(name, []).append(text[:500])
        return out


def _rows(parent: Any) -> Iterator[Any]:
    """A table's own rows: those of tables in its cells are read with the cells."""
    for child in parent:
        if _tag(child) == "table-row":
            yield child
        elif _tag(child) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(child)


def _tag(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _get(element: Any, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _look(properties: Any) -> Look:
    position = _get(properties, "text-position")
    shift = (
        "sup"
        if position.startswith("super") or position[:1].isdigit() and not position.startswith("0")
        else "sub"
        if position.startswith(("sub", "-"))
        else ""
    )
    struck = _get(properties, "text-line-through-style") not in ("", "none")
    return Look(_get(properties, "font-weight") in _BOLD, _get(properties, "font-style") in ("italic", "oblique"), struck, shift)
