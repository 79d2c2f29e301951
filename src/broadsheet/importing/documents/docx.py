"""Word files (.docx), read from their XML: what is inserted counts, what is deleted does not, nothing outside is fetched."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from broadsheet.importing.documents.packages import AGAIN, Package
from broadsheet.importing.documents.writing import Look, Writer, kind_of, kinds_of, link, run, table
from broadsheet.importing.records import ImportRefused

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OFF = frozenset({"0", "false", "off", "none"})
MAX_NOTES = 2000


def read(package: Package) -> tuple[str, Writer, dict[str, list[str]]]:
    """(HTML, the writer with pictures and notes, what the file's properties say)."""
    return _Document(package).read()


class _Document:
    def __init__(self, package: Package) -> None:
        self.package, self.writer = package, Writer()
        self.name = self._main_part()
        self.relations = self._relations(self.name)
        self.styles = self._styles()
        self.numbered = self._numberings()
        self.notes: dict[tuple[str, str], Any] = {}
        self.keys = 0
        self.field: list[str] = []

    def read(self) -> tuple[str, Writer, dict[str, list[str]]]:
        tree = self.package.xml(self.name)
        body = next((child for child in tree if _tag(child) == "body"), None) if tree is not None else None
        if body is None:
            raise ImportRefused(self.package.file, "is no Word document inside", AGAIN)
        for kind in ("footnote", "endnote"):
            part = self._related(kind + "s")
            for note in part if part is not None else ():
                self.notes[kind, _get(note, "id")] = note
        comments = self._related("comments")
        if comments is not None and len(comments):
            self.writer.notes["editor's comment left out"] += len(comments)
        self._blocks(body)
        return self.writer.html(), self.writer, self._properties()

    def _main_part(self) -> str:
        for target, kind, _external in self._relations("").values():
            if kind == "officeDocument":
                return target
        return "word/document.xml"

    def _relations(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """{id: (part or address, kind, external)}."""
        folder, name = posixpath.split(part)
        tree = self.package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        out = {}
        for one in tree.iter(_RELATION) if tree is not None else ():
            target, external = one.get("Target") or "", one.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            out[one.get("Id") or ""] = (target, (one.get("Type") or "").rpartition("/")[2], external)
        return out

    def _related(self, kind: str) -> Any:
        target = next((t for t, k, external in self.relations.values() if k == kind and not external), "")
        return self.package.xml(target) if target else None

    def _styles(self) -> dict[str, str]:
        """{style id: what it makes of a paragraph}."""
        tree = self._related("styles")
        names: dict[str, tuple[str, str]] = {}
        for style in tree if tree is not None else ():
            if _tag(style) == "style":
                parts = {_tag(child): child for child in style}
                name = _get(parts["name"], "val") if "name" in parts else ""
                names[_get(style, "styleId")] = (name, _get(parts["basedOn"], "val") if "basedOn" in parts else "")
        return kinds_of(names)

    def _numberings(self) -> dict[tuple[str, str], bool]:
        """{(numbering, level): counted, not bulleted}."""
        tree = self._related("numbering")
        abstract: dict[str, dict[str, bool]] = {}
        out = {}
        for one in tree if tree is not None else ():
            if _tag(one) == "abstractNum":
                levels = abstract.setdefault(_get(one, "abstractNumId"), {})
                for level in one:
                    if _tag(level) == "lvl":
                        form = next((_get(c, "val") for c in level if _tag(c) == "numFmt"), "bullet")
                        levels[_get(level, "ilvl")] = form not in ("bullet", "none")
            elif _tag(one) == "num":
                base = next((_get(c, "val") for c in one if _tag(c) == "abstractNumId"), "")
                out.update({(_get(one, "numId"), level): counted for level, counted in abstract.get(base, {}).items()})
        return out

    def _blocks(self, parent: Any) -> None:
        for child in _flattened(parent, self.writer):
            if _tag(child) == "p":
                self._paragraph(child)
            elif _tag(child) == "tbl":
                self.writer.end_lists()
                if html := self._table(child):
                    self.writer.out.append(html)

    def _paragraph(self, element: Any) -> None:
        properties = next((c for c in element if _tag(c) == "pPr"), None)
        style, number, level = "", "", "0"
        for one in properties if properties is not None else ():
            if _tag(one) == "pStyle":
                style = _get(one, "val")
            elif _tag(one) == "numPr":
                number = next((_get(c, "val") for c in one if _tag(c) == "numId"), "")
                level = next((_get(c, "val") for c in one if _tag(c) == "ilvl"), "0")
        boxes: list[Any] = []
        html = self._inline(element, boxes)
        kind = self.styles.get(style) or kind_of(style)
        listed = re.match(r"list ?(bullet|number)", style, re.I)
        if (number and number != "0" or listed) and not kind and html.strip():
            counted = self.numbered.get((number, level), bool(listed and listed[1].casefold() == "number"))
            self.writer.item(html, int(level) if level.isdecimal() else 0, numbered=counted)
        else:
            self.writer.paragraph(html, kind)
        for box in boxes:
            self._blocks(box)

    def _inline(self, parent: Any, boxes: list[Any]) -> str:
        out = []
        for child in parent:
            tag = _tag(child)
            if tag == "r":
                out.append(self._run(child, boxes))
            elif tag == "hyperlink":
                target, _kind, external = self.relations.get(child.get(f"{_R}id") or "", ("", "", False))
                out.append(link(self._inline(child, boxes), target if external else ""))
            elif tag == "fldSimple":
                out.append(link(self._inline(child, boxes), _field_address(_get(child, "instr"))))
            elif tag in ("del", "moveFrom"):
                self.writer.notes["deletion that was tracked in the file left out"] += 1
            elif tag in ("ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml", "dir", "bdo", "AlternateContent", "Choice"):
                out.append(self._inline(child, boxes))
            elif tag in ("oMath", "oMathPara"):
                out.append(run("".join(t.text or "" for t in child.iter() if _tag(t) == "t"), Look()))
        return "".join(out)

    def _run(self, element: Any, boxes: list[Any]) -> str:
        look, hidden = _look(element)
        if hidden:
            return ""
        out: list[str] = []
        for child in _choices(element):
            tag = _tag(child)
            if tag == "t":
                out.append(run(child.text or "", look))
            elif tag in ("tab", "ptab"):
                out.append(" ")
            elif tag in ("br", "cr"):
                out.append("" if _get(child, "type") in ("page", "column") else "<br>")
            elif tag == "noBreakHyphen":
                out.append("\u2011")
            elif tag in ("footnoteReference", "endnoteReference"):
                out.append(self._note(tag.removesuffix("Reference"), _get(child, "id")))
            elif tag == "fldChar":
                self._field(_get(child, "fldCharType"))
            elif tag == "instrText" and self.field:
                self.field[-1] += child.text or ""
            elif tag in ("drawing", "pict", "object"):
                out += self._drawing(child, boxes)
        html = "".join(out)
        address = next((a for f in reversed(self.field) if f.startswith("\x00") and (a := _field_address(f[1:]))), "")
        return link(html, address) if html.strip() and address else html

    def _field(self, kind: str) -> None:
        if kind == "begin" and len(self.field) < 20:
            self.field.append("")
        elif kind == "separate" and self.field:
            self.field[-1] = "\x00" + self.field[-1]
        elif kind == "end" and self.field:
            self.field.pop()

    def _note(self, kind: str, key: str) -> str:
        note = self.notes.pop((kind, key), None)
        if note is None or len(self.writer.footnotes) >= MAX_NOTES:
            return ""
        words = [self._inline(p, []).strip() for p in note if _tag(p) == "p"]
        return self.writer.footnote("<br>".join(filter(None, words)))

    def _drawing(self, element: Any, boxes: list[Any]) -> Iterator[str]:
        inside = list(_outside_boxes(element))
        alt = next((one.get("descr") or "" for one in inside if _tag(one) == "docPr"), "")
        for one in inside:
            if _tag(one) == "txbxContent":
                boxes.append(one)
            key = one.get(f"{_R}embed") if one.tag == f"{_A}blip" else one.get(f"{_R}id") if _tag(one) == "imagedata" else None
            linked = one.get(f"{_R}link") if one.tag == f"{_A}blip" else None
            if not key and not linked:
                continue
            target, _kind, external = self.relations.get(key or linked or "", ("", "", False))
            if external or linked and not key:
                self.writer.notes[f"picture that is only linked to, not fetched: {target[:200]}"] += 1
                continue
            self.keys += 1
            yield self.writer.image(self.package.picture(str(self.keys), target, alt), posixpath.basename(target))

    def _table(self, element: Any) -> str:
        rows = []
        for row in _flattened(element, self.writer):
            if _tag(row) != "tr":
                continue
            cells = []
            for cell in _flattened(row, self.writer):
                if _tag(cell) != "tc":
                    continue
                properties = {_tag(p): p for c in cell if _tag(c) == "tcPr" for p in c}
                if "vMerge" in properties and _get(properties["vMerge"], "val") != "restart":
                    cells.append(("", 1, 1))
                    continue
                span = _get(properties["gridSpan"], "val") if "gridSpan" in properties else "1"
                inner = Writer(pictures=self.writer.pictures, notes=self.writer.notes, footnotes=self.writer.footnotes)
                outer, self.writer = self.writer, inner
                self._blocks(cell)
                self.writer = outer
                inner.end_lists()
                cells.append(("".join(inner.out), int(span) if span.isdecimal() and len(span) < 3 else 1, 1))
            if cells:
                rows.append(cells)
        return table(rows)

    def _properties(self) -> dict[str, list[str]]:
        tree = self.package.xml("docProps/core.xml")
        said = {_tag(one): " ".join((one.text or "").split()) for one in tree} if tree is not None else {}
        out = {
            "title": said.get("title", ""),
            "topics": said.get("keywords", ""),
            "language": said.get("language", ""),
            "creator": said.get("creator", ""),
        }
        return {key: [value[:500]] for key, value in out.items() if value}


def _tag(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _get(element: Any, name: str) -> str:
    return element.get(_W + name) or element.get(_STRICT + name) or element.get(name) or ""


def _flattened(parent: Any, writer: Writer) -> Iterator[Any]:
    """The children, with those of wrappers that mean nothing to a reader in their place."""
    for child in parent:
        tag = _tag(child)
        if tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"):
            yield from _flattened(child, writer)
        elif tag in ("del", "moveFrom"):
            writer.notes["deletion that was tracked in the file left out"] += 1
        elif tag:
            yield child


def _outside_boxes(parent: Any) -> Iterator[Any]:
    """What is drawn, but not what is in a text box of it: that is read as paragraphs, with what is drawn there."""
    for child in parent:
        yield child
        if _tag(child) != "txbxContent":
            yield from _outside_boxes(child)


def _choices(parent: Any) -> Iterator[Any]:
    for child in parent:
        if _tag(child) in ("AlternateContent", "Choice"):
            yield from _choices(child)
        elif _tag(child) != "Fallback":
            yield child


def _look(element: Any) -> tuple[Look, bool]:
    on: dict[str, str] = {}
    for properties in element:
        if _tag(properties) == "rPr":
            on = {_tag(one): _get(one, "val") or "on" for one in properties}
    is_on = {name: on.get(name, "0") not in _OFF for name in ("b", "i", "strike", "dstrike", "vanish", "bCs", "iCs")}
    shift = {"superscript": "sup", "subscript": "sub"}.get(on.get("vertAlign", ""), "")
    return Look(is_on["b"], is_on["i"], is_on["strike"] or is_on["dstrike"], shift), is_on["vanish"]


def _field_address(code: str) -> str:
    found = re.match(r'\s*HYPERLINK\s+"([^"]{1,2000})"', code)
    return found[1] if found else ""
