"""Mobiledoc 0.3 documents (Ghost 1 to 4) → HTML."""

from __future__ import annotations

from html import escape
from typing import Any

from broadsheet.html import safe_url
from broadsheet.importing.ghost.cards import Card, Note, kept, paragraphs, render, source

MARKUP, IMAGE, LIST, CARD = 1, 2, 3, 10
_MARKUPS = frozenset({"a", "b", "strong", "i", "em", "s", "del", "u", "code", "sub", "sup", "mark", "span"})
_SECTIONS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"})


def is_readable(document: Card) -> bool:
    """Whether this is a version whose parts we know."""
    return str(document.get("version", "0.3")).startswith("0.3") and isinstance(document.get("sections"), list)


def to_html(document: Card, note: Note) -> str:
    """A document as HTML, its cards with their `kg-` classes: not sanitised."""
    return _Rendering(document, note).all()


class _Rendering:
    def __init__(self, document: Card, note: Note) -> None:
        self.note = note
        self.sections, self.cards, self.atoms, self.markups = (
            value if isinstance(value := document.get(name), list) else [] for name in ("sections", "cards", "atoms", "markups")
        )

    def all(self) -> str:
        """Every section, each beginning a line of its own."""
        return paragraphs(self._section(section) for section in self.sections if isinstance(section, list) and section)

    def _section(self, section: list[Any]) -> str:
        kind, first, second = (*section, None, None)[:3]
        if kind == MARKUP:
            html = self._markers(second)
            tag = first if isinstance(first, str) and first in _SECTIONS else "p"
            if first in ("aside", "pull-quote"):
                return html and f'<blockquote class="kg-blockquote-alt">{html}</blockquote>'
            return html and f"<{tag}>{html}</{tag}>"
        if kind == IMAGE and isinstance(first, str):
            return render("image", {"src": first}, self.note)
        if kind == LIST:
            items = [self._markers(item) for item in second] if isinstance(second, list) else []
            tag = "ol" if first == "ol" else "ul"
            inner = "".join(f"<li>{item}</li>" for item in items if item)
            return inner and f"<{tag}>{inner}</{tag}>"
        if kind == CARD:
            return self._card(first)
        self.note(f"Mobiledoc section of kind {str(kind)[:20]}, kept in the desk")
        return kept("section", source(section))

    def _card(self, index: Any) -> str:
        card = _at(self.cards, index)
        if not isinstance(card, list) or not card or not isinstance(card[0], str):
            self.note("card that the document does not hold")
            return ""
        return render(card[0], card[1] if len(card) > 1 and isinstance(card[1], dict) else {}, self.note)

    def _markers(self, markers: Any) -> str:
        out: list[str] = []
        open_: list[str] = []
        for marker in markers if isinstance(markers, list) else ():
            if not isinstance(marker, list) or len(marker) < 4:
                continue
            kind, opens, closes, value = marker[:4]
            for index in opens if isinstance(opens, list) else ():
                opening, closing = self._markup(_at(self.markups, index))
                out.append(opening)
                open_.append(closing)
            if kind == 1:
                out.append(self._atom(_at(self.atoms, value)))
            elif isinstance(value, str):
                out.append(escape(value, quote=False))
            for _ in range(min(closes, len(open_)) if isinstance(closes, int) else 0):
                out.append(open_.pop())
        out += reversed(open_)
        return "".join(out)

    def _markup(self, markup: Any) -> tuple[str, str]:
        if not isinstance(markup, list) or not markup or str(markup[0]) not in _MARKUPS:
            return "", ""
        tag = str(markup[0])
        if tag != "a":
            return f"<{tag}>", f"</{tag}>"
        pairs = markup[1] if len(markup) > 1 and isinstance(markup[1], list) else []
        values = dict(zip(map(str, pairs[::2]), map(str, pairs[1::2]), strict=False))
        href = values.get("href", "")
        return (f'<a href="{escape(href)}">', "</a>") if safe_url(href) else ("", "")

    def _atom(self, atom: Any) -> str:
        if not isinstance(atom, list) or not atom:
            return ""
        if atom[0] == "soft-return":
            return "<br>"
        return escape(atom[1], quote=False) if len(atom) > 1 and isinstance(atom[1], str) else ""


def _at(values: list[Any], index: Any) -> Any:
    """The value there; nothing when there is none."""
    return values[index] if type(index) is int and 0 <= index < len(values) else None
