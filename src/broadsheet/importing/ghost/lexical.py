"""Lexical documents (Ghost 5 and later) → HTML."""

from __future__ import annotations

from html import escape
from typing import Any

from broadsheet.html import safe_url
from broadsheet.importing.ghost.cards import Card, Note, kept, paragraphs, render, rows, source, text

MAX_DEPTH = 100
_FORMATS = ((1, "strong"), (2, "em"), (4, "s"), (8, "u"), (16, "code"), (32, "sub"), (64, "sup"), (128, "mark"))
_TEXT = frozenset({"text", "extended-text", "code-highlight", "tab", "tk", "emoji", "hashtag", "mention"})
_THROUGH = frozenset({"at-link", "at-link-search", "zwnj", "overflow", "mark"})
# What they hold is in their children; everything else that has no children is a card.
_HOLDERS = frozenset({"paragraph", "extended-paragraph", "listitem", "root"})
_INLINE = _TEXT | _THROUGH | {"linebreak", "link", "autolink"}


def to_html(document: Card, note: Note) -> str:
    """A document as HTML, its cards with their `kg-` classes: not sanitised."""
    root = document.get("root")
    return _Rendering(note).blocks(rows(root.get("children"))) if isinstance(root, dict) else ""


class _Rendering:
    def __init__(self, note: Note) -> None:
        self.note = note

    def blocks(self, nodes: list[Card], depth: int = 0) -> str:
        """What stands in a document, or in a cell or box of it, one after the other; loose text makes paragraphs."""
        parts: list[str] = []
        loose: list[Card] = []
        for node in nodes:
            if _kind(node) in _INLINE:
                loose.append(node)
                continue
            parts.append(self._paragraph("p", loose, depth))
            loose = []
            parts.append(self._block(node, depth))
        return paragraphs([*parts, self._paragraph("p", loose, depth)])

    def _block(self, node: Card, depth: int) -> str:
        kind, children = _kind(node), rows(node.get("children"))
        if depth > MAX_DEPTH:
            return f"<p>{escape(_words(node), quote=False)}</p>"
        if kind in ("heading", "extended-heading"):
            tag = node.get("tag")
            return self._paragraph(tag if tag in ("h1", "h2", "h3", "h4", "h5", "h6") else "h2", children, depth)
        if kind in ("quote", "extended-quote"):
            return self._paragraph("blockquote", children, depth)
        if kind == "aside" and "children" in node:
            return self._paragraph("blockquote", children, depth, "kg-blockquote-alt")
        if kind == "list":
            return self._list(node, depth)
        if kind == "code" and children:
            return f"<pre><code>{escape(_words(node), quote=False)}</code></pre>"
        if kind in _HOLDERS or children:
            known = kind in _HOLDERS
            if not known:
                self.note(f"Lexical node “{kind}”, read for its text")
            return self._paragraph("p", children, depth)
        if isinstance(node.get("text"), str):
            return f"<p>{self._text(node)}</p>"
        return render(kind, node, self.note) if kind else kept("node", source(node))

    def _paragraph(self, tag: str, nodes: list[Card], depth: int, name: str = "") -> str:
        """Inline nodes in an element; what is no inline node ends it and stands behind it."""
        parts: list[str] = []
        line: list[str] = []

        def end() -> None:
            if html := "".join(line):
                parts.append(f"<{tag}{f' class={chr(34)}{name}{chr(34)}' if name else ''}>{html}</{tag}>")
            line.clear()

        for node in nodes:
            if _kind(node) in _INLINE:
                line.append(self._inline(node, depth + 1))
            else:
                end()
                parts.append(self._block(node, depth + 1))
        end()
        return paragraphs(parts)

    def _inline(self, node: Card, depth: int) -> str:
        kind = _kind(node)
        if depth > MAX_DEPTH:
            return escape(_words(node), quote=False)
        if kind == "linebreak":
            return "<br>"
        if kind in _TEXT:
            return self._text(node)
        inner = "".join(
            self._inline(child, depth + 1) if _kind(child) in _INLINE else self._block(child, depth + 1)
            for child in rows(node.get("children"))
        )
        url = text(node, "url")
        if kind in ("link", "autolink") and node.get("isUnlinked") is not True and safe_url(url):
            return f'<a href="{escape(url)}">{inner or escape(url, quote=False)}</a>'
        return inner or escape(text(node, "text"), quote=False)

    def _text(self, node: Card) -> str:
        value = node.get("text")
        html = escape(value, quote=False) if isinstance(value, str) else ""
        mask = node.get("format")
        if isinstance(mask, int) and html:
            for bit, tag in reversed(_FORMATS):
                if mask & bit:
                    html = f"<{tag}>{html}</{tag}>"
        return html

    def _list(self, node: Card, depth: int) -> str:
        tag = "ol" if node.get("listType") == "number" or node.get("tag") == "ol" else "ul"
        items: list[str] = []
        for child in rows(node.get("children")):
            inner = rows(child.get("children")) if child.get("type") == "listitem" else [child]
            html = "".join(
                self._inline(one, depth + 1) if _kind(one) in _INLINE else self._block(one, depth + 1) for one in inner
            )  # fmt: skip
            only_lists = bool(inner) and all(one.get("type") == "list" for one in inner)
            if only_lists and items:
                items[-1] += html  # Ghost keeps a list within a list in an item of its own.
            elif html:
                items.append(html)
        return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>" if items else ""


def _kind(node: Card) -> str:
    kind = node.get("type")
    return kind if isinstance(kind, str) else ""


def _words(node: Any) -> str:
    """All text in a node, however deep."""
    found: list[str] = []
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, dict):
            continue
        if one.get("type") == "linebreak":
            found.append("\n")
        elif isinstance(one.get("text"), str):
            found.append(one["text"])
        waiting += reversed(rows(one.get("children")))
    return "".join(found)
