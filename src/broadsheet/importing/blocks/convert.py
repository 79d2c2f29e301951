"""An old body → the blocks of `docs/contracts/blocks.md`, and what it held that we have no block for."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections import Counter
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any

import nh3
from lxml import etree

from broadsheet.depth import shallow
from broadsheet.html import URL_SCHEMES, plain_text, safe_url, sanitise, sanitise_inline, without_control
from broadsheet.importing.blocks import addresses, classic, elements, ghost, gutenberg, shortcodes
from broadsheet.importing.blocks.compose import Block, Composer
from broadsheet.importing.blocks.elements import Surroundings, classes
from broadsheet.importing.blocks.loose_ends import tied_up
from broadsheet.importing.halves import whole

_TAGS = frozenset(
    """
    a abbr acronym address article aside audio b bdi bdo big blockquote br caption center cite code dd del details dfn dir div dl dt em
    embed fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hr i iframe img ins kbd label legend li main mark menu nav
    nobr object ol p param picture pre q rb rp rt ruby s samp section small source span strike strong sub summary sup table tbody td
    tfoot th thead time tr tt u ul var video wbr bs-block bs-embed bs-file bs-gallery bs-more bs-shortcode
    """.split()
)
_DATA = {"data-id", "data-ids", "data-kind", "data-name", "data-not", "data-raw", "data-url"}
_ATTRIBUTES = {
    "*": {"class", "data-id"},
    "a": {"href"}, "audio": {"src"}, "blockquote": {"cite"}, "embed": {"src"}, "iframe": {"src", "title"}, "object": {"data"},
    "img": {"src", "alt", "width", "height"}, "param": {"name", "value"}, "source": {"src"}, "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"}, "video": {"src"},
} | {name: _DATA for name in ("bs-block", "bs-embed", "bs-file", "bs-gallery", "bs-shortcode")}  # fmt: skip
MAX_NESTING = 200
_VOID = re.compile(r'<(embed|source|wbr|track)\b((?:[^>"]|"[^"]*")*)>')
_SILENT = {"script", "style", "noscript", "template", "svg", "math", "title", "textarea", "select"}
# Blocks whose content is design or is made by the old site when it shows a page; they hold no words of their own.
_DESIGN = frozenset({"core/spacer", "core/nextpage"})
_GALLERIES = frozenset(
    {
        "wp-block-gallery",
        "blocks-gallery-grid",
        "wp-block-jetpack-tiled-gallery",
        "wp-block-jetpack-slideshow",
        "wp-block-jetpack-image-compare",
    }
)
_CONTAINERS = frozenset({"core/gallery", "core/freeform", "core/more"})


@dataclass(slots=True)
class Converted:
    """The blocks of one body, and by name how often it held something without a block."""

    blocks: list[Block] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)


def convert(body: str, around: Surroundings | None = None) -> Converted:
    """Turn an old body into blocks; pictures carry their source address and `attachment`, the id the old site gave them."""
    return _Conversion(around or Surroundings()).run(body)


class _Conversion:
    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self.nodes: list[gutenberg.Node] = []
        self.result = Converted()
        self.reused = 0

    def run(self, body: str) -> Converted:
        body = without_control(body)
        if "bs-" in body.lower():
            body = re.sub(r"<(/?)bs-", r"&lt;\1bs-", body, flags=re.I)
        if self.around.finished:
            html = _gists(tied_up(body))
        elif gutenberg.has_blocks(body):
            html = "".join(self._wrapped(piece, top=True) for piece in gutenberg.parse(body))
        else:
            html = self._classic(body)
        composer = Composer(element=self._element, base=self.around.base)
        composer.flow(_tree(html))
        self.result.blocks = [_finished(block) for block in composer.result()]
        return self.result

    def _classic(self, html: str) -> str:
        html = re.sub(r"<!--more.*?-->", "\n\n<bs-more></bs-more>\n\n", tied_up(html), flags=re.S)
        html = re.sub(r"<!--nextpage-->", "\n\n", html)
        html = _gists(html)
        return classic.paragraphs(shortcodes.expand(html))

    def _wrapped(self, piece: str | gutenberg.Node, *, top: bool = False) -> str:
        if isinstance(piece, str):
            if top and piece.strip():
                return self._classic(piece)
            return shortcodes.expand(_gists(re.sub(r"<!--.*?-->", "", tied_up(piece), flags=re.S)))
        if piece.name == "core/freeform":
            return self._classic("".join(part for part in piece.content if isinstance(part, str)))
        if piece.name == "core/block" and self.reused < 50:
            reused = self.around.reusable.get(str(piece.attrs.get("ref", "")), "")
            if reused:
                self.reused += 1
                return "".join(self._wrapped(part, top=True) for part in gutenberg.parse(reused))
        self.nodes.append(piece)
        index = len(self.nodes) - 1
        if piece.name in ("core/code", "syntaxhighlighter/code", "core/preformatted", "core/verse"):
            inner = "".join(part for part in piece.content if isinstance(part, str))
        elif piece.name in ("core/shortcode",):
            inner = self._classic("".join(part for part in piece.content if isinstance(part, str)))
        else:
            inner = "".join(self._wrapped(part) for part in piece.content)
        return f'<bs-block data-id="{index}">{inner}</bs-block>'

    def _element(self, composer: Composer, element: Any, depth: int) -> bool:
        """Take over elements that are more than text; False leaves them to the composer."""
        return self._typed(composer, element, depth, {})

    def _typed(self, composer: Composer, element: Any, depth: int, attrs: dict[str, Any]) -> bool:
        tag, names = element.tag, classes(element)
        if tag == "bs-block":
            self._block(composer, element, depth)
        elif tag == "bs-more":
            composer.block("more", None)
        elif tag == "bs-shortcode":
            self._unknown(composer, element.get("data-name") or "", element.get("data-raw") or "")
        elif tag == "bs-gallery":
            elements.listed_gallery(composer, element, self.around)
        elif tag == "bs-embed":
            elements.player(composer, element)
        elif names and ghost.card(composer, element, depth, self.around, self.result.unknown):
            pass
        elif tag in ("video", "audio", "bs-file"):
            elements.recording(composer, element)
            self._swallowed(composer, element, depth)
        elif tag in ("iframe", "object", "embed"):
            elements.player(composer, element)
            self._swallowed(composer, element, depth)
        elif tag == "img":
            if value := elements.picture(element, self.around, link=elements.link_of(element, None), attrs=attrs):
                composer.block("picture", value)
        elif names & _GALLERIES:
            return elements.gallery(composer, element, depth, self.around)
        elif tag == "figure":
            return self._figure(composer, element, depth, attrs)
        elif tag == "blockquote":
            elements.quotation(composer, element, depth)
        elif tag == "table":
            composer.end_line()
            elements.table(composer, element, depth)
        elif tag == "pre":
            elements.preformatted(composer, element, attrs)
        elif tag == "hr":
            composer.block("separator", None)
        elif tag == "details" or "is-style-factbox" in names:
            elements.factbox(composer, element, depth)
        elif "wp-block-buttons" in names or "wp-block-button" in names:
            return elements.buttons(composer, element, self.around)
        elif "wp-block-file" in names:
            return elements.file(composer, element)
        elif tag == "dt":
            html, lifted = composer.rich(element, depth)
            composer.end_line()
            composer.text("p", f"<b>{html}</b>" if html else "")
            composer.entries += lifted
        else:
            return False
        return True

    def _swallowed(self, composer: Composer, element: Any, depth: int) -> None:
        """What a player that was never closed has taken in; a line for old browsers is not meant for readers."""
        if (
            any(True for _ in element.iter("p", "h2", "h3", "ul", "ol", "table", "blockquote", "bs-block"))
            or len(elements.text_of(element)) > 300
        ):
            composer.flow(element, depth, skip=list(element.iterchildren("iframe", "object", "embed")))
            composer.end_line()

    def _figure(self, composer: Composer, element: Any, depth: int, attrs: dict[str, Any]) -> bool:
        inner = [child for child in element.iterdescendants() if isinstance(child.tag, str)]
        captions = [child for child in inner if child.tag == "figcaption"]
        words = " ".join(" ".join(elements.text_of(c) for c in captions).split())
        tables = [child for child in inner if child.tag == "table"]
        media = [child for child in inner if child.tag in ("video", "audio", "iframe", "bs-embed", "bs-file")]
        wrapper = next((child for child in inner if "wp-block-embed__wrapper" in classes(child)), None)
        if (tables or media) and elements.has_words(element, but=[*captions, *tables[:1], *media[:1]]):
            return False
        if len(tables) == 1 and not media:
            composer.end_line()
            elements.table(composer, tables[0], depth, caption=words)
        elif len(media) == 1 and not tables and "img" not in {child.tag for child in inner}:
            handle = elements.recording if media[0].tag in ("video", "audio", "bs-file") else elements.player
            handle(composer, media[0], words)
        elif wrapper is not None and re.fullmatch(r"https?://\S+", elements.text_of(wrapper).strip()):
            url = elements.text_of(wrapper).strip()
            composer.block("embed", {"url": url, "title": words, "provider": addresses.provider_of(url)})
        else:
            return elements.figure(composer, element, depth, self.around, attrs)
        return True

    def _block(self, composer: Composer, element: Any, depth: int) -> None:
        node = self.nodes[int(element.get("data-id") or 0)]
        attrs, name = node.attrs, node.name
        composer.end_line()
        if name in _DESIGN:
            return
        if name == "core/more":
            composer.block("more", None)
            return
        inner = composer.apart()
        only = [child for child in element if isinstance(child.tag, str)]
        if name == "core/social-link":
            self._social(composer, attrs)
            return
        if name == "core/footnotes" and self.around.footnotes:
            self._footnotes(composer)
            return
        if name in ("core/navigation-link", "core/home-link") and attrs.get("url"):
            self._link(composer, str(attrs.get("label") or attrs["url"]), str(attrs["url"]))
            return
        if name == "core/cover" and attrs.get("url") and not any(True for _ in element.iter("img", "video")):
            cover = etree.Element("img", {"src": str(attrs["url"]), "alt": str(attrs.get("alt") or "")})
            if value := elements.picture(cover, self.around, attrs=attrs):
                inner.block("picture", value)
        if len(only) == 1 and only[0].tag in ("figure", "img", "pre") and not (element.text or "").strip():
            if not self._typed(inner, only[0], depth + 1, attrs):
                inner.node(only[0], depth + 1)
            inner._text(only[0].tail)
        else:
            inner.flow(element, depth)
        inner.end_line()
        if not inner.entries and name.endswith("gallery") and isinstance(attrs.get("ids"), list):
            listed = etree.Element("bs-gallery", {"data-ids": " ".join(map(str, attrs["ids"]))})
            elements.listed_gallery(inner, listed, self.around)
        if name in ("core/embed",) or name.startswith("core-embed/"):
            self._embedded(inner, attrs)
        if inner.entries:
            if "/" in name and not name.startswith(("core/", "core-embed/")):
                self.result.unknown[f"{name} (its text and pictures kept)"] += 1
            composer.entries += inner.entries
        elif not name.startswith("core/") or not _is_empty_design(name, node):
            self._unknown(composer, name, node.raw)

    def _embedded(self, inner: Composer, attrs: dict[str, Any]) -> None:
        url = addresses.absolute(str(attrs.get("url") or ""))
        if url and not any(entry.block and entry.block["type"] in ("embed", "file") for entry in inner.entries):
            inner.block("embed", {"url": url, "title": "", "provider": addresses.provider_of(url)})

    def _social(self, composer: Composer, attrs: dict[str, Any]) -> None:
        service = str(attrs.get("label") or attrs.get("service") or "").strip()
        if attrs.get("url"):
            self._link(composer, service[:1].upper() + service[1:] or str(attrs["url"]), str(attrs["url"]))

    def _link(self, composer: Composer, label: str, url: str) -> None:
        url = addresses.own_path(addresses.absolute(url), self.around.base)
        label = plain_text(label)
        last = composer.entries[-1].block if composer.entries else None
        if not url or url.startswith("#"):
            composer.paragraph(escape(label, quote=False))
        elif last and last["type"] == "buttons":
            last["value"]["links"].append({"text": label, "url": url})
        else:
            composer.block("buttons", {"links": [{"text": label, "url": url}]})

    def _footnotes(self, composer: Composer) -> None:
        try:
            notes = json.loads(whole(self.around.footnotes))
            items = [sanitise_inline(str(note["content"])) for note in notes]
        except (ValueError, TypeError, KeyError):
            return
        composer.text("ol", "".join(f"<li>{item}</li>" for item in items if item))

    def _unknown(self, composer: Composer, name: str, raw: str) -> None:
        self.result.unknown[name] += 1
        composer.block("unknown", {"name": name.removeprefix("core/"), "html": "", "raw": raw[:20_000]})


def _is_empty_design(name: str, node: gutenberg.Node) -> bool:
    """Whether a block shows nothing: an empty paragraph, a container without content, a text block left blank."""
    has_markup = any(isinstance(part, gutenberg.Node) or part.strip() for part in node.content)
    return has_markup or name in _CONTAINERS


def _gists(html: str) -> str:
    """Scripts go, but one that shows a gist stands for a text that a reader could open."""
    if "gist.github.com" not in html:
        return html
    pattern = r"""<script\b[^>]*\bsrc=["'](https://gist\.github\.com/[\w./-]+?)(?:\.js)?["'][^>]*>\s*</script>"""
    return re.sub(pattern, lambda m: f'<bs-embed data-url="{m[1]}"></bs-embed>', html, flags=re.I)


def _keep(tag: str, name: str, value: str) -> str | None:
    if name in ("href", "src", "cite", "data", "data-url"):
        return safe_url(value) or None
    return value


def tidy(html: str) -> str:
    """The HTML with every element closed, and without what no block is made of: a piece of it cannot reach into what follows."""
    return _TIDY.clean(shallow(html))


_TIDY = nh3.Cleaner(
    tags=set(_TAGS),
    attributes=_ATTRIBUTES,
    clean_content_tags=set(_SILENT),
    url_schemes=set(URL_SCHEMES),
    link_rel=None,
    attribute_filter=_keep,
)


def _tree(html: str) -> Any:
    """The body as one well-formed element: read by an HTML5 parser, so that ours sees what a browser would."""
    clean = tidy(html)
    if clean.count("<") > MAX_NESTING and _nesting(clean) > MAX_NESTING:
        # No editor makes this; the text is what counts.
        clean = "".join(f"<p>{escape(part)}</p>" for part in plain_text(clean).split("\n\n"))
    # libxml2 does not know that these have no content and would hang what follows into them.
    clean = _VOID.sub(r"<\1\2></\1>", clean)
    return etree.fromstring(f"<html><body><div>{clean}</div></body></html>".encode(), _PARSER)[0][0]


# Elements of its own make lxml.html ask a function of Python what each is to be.
_PARSER = etree.HTMLParser(huge_tree=True, encoding="utf-8")


def _nesting(html: str) -> int:
    deepest = depth = 0
    for tag in re.finditer(r"<(/?)(?!(?:br|hr|img|source|embed|wbr|param)\b)[a-z]", html):
        depth += -1 if tag[1] else 1
        deepest = max(deepest, depth)
    return deepest


def _finished(block: Block) -> Block:
    """The block with all its HTML sanitised, plain text made plain, and an id."""
    value = block["value"]
    if block["type"] == "text":
        value = sanitise(value)
    elif block["type"] in ("quote", "factbox"):
        value = value | {"text": sanitise(value["text"])}
    elif block["type"] == "picture":
        value = value | {"caption": sanitise_inline(value["caption"])}
    elif block["type"] == "gallery":
        pictures = [p | {"caption": sanitise_inline(p["caption"])} for p in value["pictures"]]
        value = {"pictures": pictures, "caption": sanitise_inline(value["caption"])}
    elif block["type"] == "table":
        value = value | {"html": sanitise(value["html"])}
    return {"type": block["type"], "value": value, "id": ""}


def numbered(blocks: list[Block], seed: str) -> list[Block]:
    """The blocks with ids that the same body of the same item always gets: an unchanged import writes the same bytes."""
    space = uuid.uuid5(uuid.NAMESPACE_URL, seed)
    return [block | {"id": _uuid5(space.bytes, place)} for place, block in enumerate(blocks)]


def _uuid5(space: bytes, place: int) -> str:
    """`uuid.uuid5` of a number, as text, without an object for it."""
    made = bytearray(hashlib.sha1(space + str(place).encode(), usedforsecurity=False).digest()[:16])
    made[6], made[8] = made[6] & 0x0F | 0x50, made[8] & 0x3F | 0x80
    digits = made.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def words_of(blocks: list[Block]) -> str:
    """Everything readable in the blocks, as one plain text."""
    parts: list[str] = []

    def walk(value: Any, key: str) -> None:
        if isinstance(value, dict):
            for name, inner in value.items():
                walk(inner, name)
        elif isinstance(value, list):
            for inner in value:
                walk(inner, key)
        elif isinstance(value, str) and value and key not in ("id", "raw", "attachment", "source", "size", "kind", "language", "provider"):
            parts.append(plain_text(value) if key in ("html", "caption", "") or "<" in value else unescape(value))

    for block in blocks:
        value = block["value"]
        if isinstance(value, str):
            parts.append(plain_text(value))
        elif block["type"] in ("quote", "factbox"):
            walk(value | {"text": ""}, "")
            parts.append(plain_text(value["text"]))
        elif block["type"] in ("code", "verse", "pullquote", "buttons", "file", "embed"):
            parts.extend(str(v) for v in (value.values() if block["type"] != "buttons" else ()) if isinstance(v, str))
            parts.extend(f"{link['text']} {link['url']}" for link in value.get("links", ()))
        else:
            walk(value, "")
    return "\n".join(parts)
