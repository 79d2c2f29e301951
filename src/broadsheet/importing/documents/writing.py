"""Paragraphs of an office file → HTML: runs with their emphasis, lists by level, pictures by key."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from broadsheet.html import safe_url
from broadsheet.importing.documents.draft import Picture

_STYLES = (
    ("title", re.compile(r"title|headline|titel|titre|título|titolo|заголовок|başlık|konu başlığı|العنوان|عنوان|标题|表題|제목")),
    (
        "subtitle",
        re.compile(
            r"subtitle|sub-?headline|standfirst|deck|lede?|untertitel|sous-titre|subtítulo|sottotitolo|подзаголовок|alt başlık|عنوان فرعي|副标题|副題|부제목"
        ),
    ),
    ("byline", re.compile(r"by-?line|author|autor|auteur")),
    ("date", re.compile(r"date|datum")),
    ("caption", re.compile(r"caption|illustration|figure|drawing|beschriftung|légende|leyenda|didascalia|legenda")),
    ("quote", re.compile(r"(?:intense |block ?)?quot(?:e|ation)s?|block text|zitat|intensives zitat|citation|cita|citazione")),
    ("code", re.compile(r"(?:html )?preformatted(?: text)?|code|source code")),
)

MAX_PICTURES = 100
"""Of one text: each is decoded and kept in a dozen sizes."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a run of text looks."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    shift: str = ""
    """`sup` or `sub`."""


def run(text: str, look: Look) -> str:
    """A run as HTML."""
    html = escape(text, quote=False).replace("\n", "<br>")
    if not text.strip():
        return html
    for tag, on in (("i", look.italic), ("b", look.bold), ("s", look.struck), (look.shift, bool(look.shift))):
        if on:
            html = f"<{tag}>{html}</{tag}>"
    return html


def link(html: str, address: str) -> str:
    """The HTML leading somewhere, if that is somewhere a reader may be sent."""
    address = safe_url(address)
    if not address or address.startswith("#") or not re.match(r"(?:https?|mailto|tel):|/", address, re.I):
        return html
    return f'<a href="{escape(address)}">{html}</a>'


def kind_of(style: str) -> str:
    """What a paragraph's style makes of it: `title`, `subtitle`, `h1` … `h6`, `quote`, `caption` … or nothing."""
    name = " ".join(style.replace("_20_", " ").casefold().split())
    if level := re.fullmatch(
        r"(?:heading|überschrift|titre|título|titolo|заголовок|rubrik|kop|başlık|عنوان|标题|見出し|제목) ?([1-6])", name
    ):
        return f"h{level[1]}"
    return next((kind for kind, words in _STYLES if words.fullmatch(name)), "")


def kinds_of(styles: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """{style: what it makes of a paragraph} of {style: (its name, the style it is based on)}; a style based on another is what that is."""
    found: dict[str, str] = {}
    for key in styles:
        at, kind, way = key, "", dict[str, None]()
        # What was found for a style is not looked for again: each may be based on the one before it.
        while at and at not in found and at not in way and not kind:
            way[at] = None
            name, above = styles.get(at, (at, ""))
            kind, at = kind_of(name) or kind_of(at), above
        found |= dict.fromkeys(way, kind or found.get(at, ""))
    return {key: kind for key, kind in found.items() if kind}


@dataclass(slots=True)
class Writer:
    """Gathers a document's paragraphs; what it leaves out is counted."""

    out: list[str] = field(default_factory=list)
    pictures: dict[str, Picture] = field(default_factory=dict)
    notes: Counter[str] = field(default_factory=Counter)
    footnotes: list[str] = field(default_factory=list)
    _lists: list[str] = field(default_factory=list)

    def paragraph(self, html: str, kind: str) -> None:
        """A paragraph with what its style makes of it."""
        self.end_lists()
        html = _joined(html)
        if not re.sub(r"<(?!img)[^>]*>|\s", "", html):
            return
        if re.fullmatch(r"h[1-6]", kind):
            self.out.append(f"<{kind}>{_plain(html)}</{kind}>")
        elif kind == "quote":
            if self.out and self.out[-1].endswith("</blockquote>"):
                self.out[-1] = self.out[-1].removesuffix("</blockquote>")
                self.out.append(f"<p>{html}</p></blockquote>")
            else:
                self.out.append(f"<blockquote><p>{html}</p></blockquote>")
        elif kind == "code":
            text = re.sub(r"<br>", "\n", html)
            if self.out and self.out[-1].endswith("</pre>"):
                self.out[-1] = self.out[-1].removesuffix("</pre>")
                self.out.append(f"\n{text}</pre>")
            else:
                self.out.append(f"<pre>{text}</pre>")
        else:
            mark = f' data-kind="{kind}"' if kind else ""
            self.out.append(f"<p{mark}>{_plain(html) if kind in ('title', 'subtitle') else html}</p>")

    def item(self, html: str, level: int, *, numbered: bool) -> None:
        """An item of a list, `level` 0 for the outermost."""
        tag = "ol" if numbered else "ul"
        level = min(level, 8, len(self._lists))
        while len(self._lists) > level + 1:
            self.out.append(f"</li></{self._lists.pop()}>")
        if len(self._lists) == level + 1:
            if self._lists[-1] != tag and level == 0:
                self.end_lists()
                self._lists.append(tag)
                self.out.append(f"<{tag}>")
            else:
                self.out.append("</li>")
        else:
            self._lists.append(tag)
            self.out.append(f"<{tag}>")
        self.out.append(f"<li>{_joined(html)}")

    def end_lists(self) -> None:
        """What comes next is no item."""
        while self._lists:
            self.out.append(f"</li></{self._lists.pop()}>")

    def image(self, picture: Picture | None, name: str) -> str:
        """A picture's place in the text; one that cannot be used is noted."""
        if picture is None:
            self.notes[f"picture left out, as no browser shows its kind or it is missing: {name}"] += 1
            return ""
        if len(self.pictures) >= MAX_PICTURES:
            self.notes[f"picture left out: there are more than {MAX_PICTURES}"] += 1
            return ""
        self.pictures[picture.key] = picture
        return f'<img class="wp-image-{picture.key}" alt="{escape(picture.alt)}">'

    def footnote(self, html: str) -> str:
        """A note's mark in the text; the notes follow the text."""
        self.footnotes.append(html)
        return f"<sup>{len(self.footnotes)}</sup>"

    def html(self) -> str:
        """The whole text."""
        self.end_lists()
        notes = "".join(f"<li>{note}</li>" for note in self.footnotes)
        return "".join(self.out) + (f"<ol>{notes}</ol>" if notes else "")

    def said(self) -> tuple[str, ...]:
        """The notes, each with how often."""
        return tuple(what if count == 1 else f"{what} ({count} times)" for what, count in self.notes.items())


def table(rows: list[list[tuple[str, int, int]]]) -> str:
    """Rows of (HTML, columns, rows) as a table; one of a single cell is a box and only its text stays."""
    if sum(map(len, rows)) == 1:
        return rows[0][0][0] if rows[0] else ""
    out = []
    for row in rows:
        cells = []
        for html, columns, height in row:
            spans = (f' colspan="{columns}"' if columns > 1 else "") + (f' rowspan="{height}"' if height > 1 else "")
            cells.append(f"<td{spans}>{re.sub(r'</p><p[^>]*>', '<br>', html).removeprefix('<p>').removesuffix('</p>')}</td>")
        out.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(out)}</table>"


def _joined(html: str) -> str:
    """Runs that look alike joined: word processors break a text at every correction."""
    for tag in ("i", "b", "s", "sup", "sub"):
        html = html.replace(f"</{tag}><{tag}>", "")
    return html.strip()


def _plain(html: str) -> str:
    return re.sub(r"</?[bi]>", "", html)
