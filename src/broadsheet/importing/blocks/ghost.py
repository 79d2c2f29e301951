"""Ghost's cards as they stand in a page, by their `kg-` classes: players, boxes, bookmarks, products."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from html import escape
from typing import Any

from lxml import etree

from broadsheet.importing.blocks import addresses, elements
from broadsheet.importing.blocks.compose import Composer, text_of
from broadsheet.importing.blocks.elements import Surroundings, classes

KEPT = "kg-kept-card"
"""Marks what only the desk is to see: `data-id` is its name, the text is what came."""
BOOKMARK = "kg-bookmark-description (the other site's words, left out)"


def card(composer: Composer, element: Any, depth: int, around: Surroundings, unknown: Counter[str]) -> bool:
    """Take over one of Ghost's cards; False leaves it to be read like any other element."""
    name = next((name for name in sorted(classes(element)) if name in _CARDS), None)
    return name is not None and _CARDS[name](composer, element, depth, around, unknown)


def _one(element: Any, name: str) -> Any | None:
    return next((e for e in element.iterdescendants() if isinstance(e.tag, str) and name in classes(e)), None)


def _words(element: Any | None) -> str:
    return "" if element is None else " ".join(text_of(element).split())


def _caption(composer: Composer, element: Any, depth: int) -> None:
    """An editor's caption of what has no place for one stands as text behind it."""
    for caption in element.iter("figcaption"):
        html, lifted = composer.rich(caption, depth)
        composer.text("p", html)
        composer.entries += lifted


def _kept(composer: Composer, element: Any, depth: int, around: Surroundings, unknown: Counter[str]) -> bool:
    name = element.get("data-id") or "card"
    unknown[name] += 1
    composer.block("unknown", {"name": name, "html": "", "raw": text_of(element)})
    return True


def _form(composer: Composer, element: Any, depth: int, around: Surroundings, unknown: Counter[str]) -> bool:
    """A form that nobody here would answer."""
    unknown["signup"] += 1
    composer.block("unknown", {"name": "signup", "html": "", "raw": etree.tostring(element, encoding="unicode", with_tail=False)})
    return True


def _gallery(composer: Composer, element: Any, depth: int, around: Surroundings, unknown: Counter[str]) -> bool:
    return elements.gallery(composer, element, depth, around)


def _bookmark(composer: Composer, element: Any, depth: int, around: Surroundings, unknown: Counter[str]) -> bool:
    link = _one(element, "kg-bookmark-container")
    url = addresses.own_path(addresses.absolute((link.get("href") or "") if link is not None else ""), around.base)
    if not url or url.startswith("#"):
        return False
    title, description = _words(_one(element, "kg-bookmark-title")), _words(_one(element, "kg-bookmark-description"))
    if description and title:
        unknown[BOOKMARK] += 1
    title = title or description
    if url.startswith("/"):
        composer.end_line()
        composer.text("p", f'<a href="{escape(url)}">{escape(title or url, quote=False)}</a>')
    else:
        publisher = _words(_one(element, "kg-bookmark-publisher")) or _words(_one(element, "kg-bookmark-author"))
        composer.block("embed", {"url": url, "title": title, "provider": publisher or addresses.provider_of(url)})
    _caption(composer, element, depth)
    return True


def _embed(composer: Composer, element: Any, depth: int, around: Surroundings, unknown: Counter[str]) -> bool:
    link = _one(element, "kg-embed-link")
    if link is None:
        return False
    url = addresses.page_behind(link.get("href") or "")
    captions = " ".join(filter(None, map(_words, element.iter("figcaption"))))
    if re.match(r"https?://", url):
        composer.block("embed", {"url": url, "title": captions or _words(link), "provider": addresses.provider_of(url)})
        return True
    return False


def _callout(composer: Composer, element: Any, depth: int, around: Surroundings, unknown: Counter[str]) -> bool:
    text = _one(element, "kg-callout-text")
    if text is None:
        return False
    html, lifted = composer.passage(text, depth)
    sign = escape(_words(_one(element, "kg-callout-emoji")), quote=False)
    if sign and html.startswith("<p>"):
        html = f"<p>{sign} {html[3:]}"
    elif sign:
        html = f"<p>{sign}</p>{html}"
    if html:
        composer.block("factbox", {"heading": "", "text": html})
    composer.end_line()
    composer.entries += lifted
    return True


def _toggle(composer: Composer, element: Any, depth: int, around: Surroundings, unknown: Counter[str]) -> bool:
    composer.end_line()
    elements.factbox(composer, element, depth)
    return True


def _button(composer: Composer, element: Any, depth: int, around: Surroundings, unknown: Counter[str]) -> bool:
    composer.end_line()
    return elements.buttons(composer, element, around)


def _file(composer: Composer, element: Any, depth: int, around: Surroundings, unknown: Counter[str]) -> bool:
    link = _one(element, "kg-file-card-container")
    url = addresses.absolute((link.get("href") or "") if link is not None else "")
    if not url:
        return False
    title = _words(_one(element, "kg-file-card-title")) or _words(_one(element, "kg-file-card-filename"))
    composer.block("file", {"document": None, "url": url, "title": title, "kind": "file"})
    composer.text("p", escape(_words(_one(element, "kg-file-card-caption")), quote=False))
    return True


def _recording(composer: Composer, element: Any, depth: int, around: Surroundings, unknown: Counter[str]) -> bool:
    """The player's own buttons and times are no words of the story."""
    player = next(element.iter("audio", "video"), None)
    if player is None:
        return False
    captions = " ".join(filter(None, map(_words, element.iter("figcaption"))))
    composer.end_line()
    elements.recording(composer, player, captions or _words(_one(element, "kg-audio-title")))
    return True


def _product(composer: Composer, element: Any, depth: int, around: Surroundings, unknown: Counter[str]) -> bool:
    title, description = _words(_one(element, "kg-product-card-title")), _one(element, "kg-product-card-description")
    if not title and description is None:
        return False
    composer.end_line()
    image = _one(element, "kg-product-card-image")
    if image is not None and (value := elements.picture(image, around)):
        composer.block("picture", value)
    html, lifted = composer.passage(description, depth) if description is not None else ("", [])
    composer.block("factbox", {"heading": title, "text": html})
    composer.entries += lifted
    button = _one(element, "kg-product-card-button")
    url = addresses.own_path(addresses.absolute((button.get("href") or "") if button is not None else ""), around.base)
    if url and not url.startswith("#"):
        composer.block("buttons", {"links": [{"text": _words(button) or url, "url": url}]})
    return True


def _aside(composer: Composer, element: Any, depth: int, around: Surroundings, unknown: Counter[str]) -> bool:
    html, lifted = composer.passage(element, depth)
    if "<a " in html or lifted:
        return False  # A pull quote is plain text; what leads somewhere stays a quotation.
    composer.end_line()
    if html:
        composer.block("pullquote", {"text": elements.plain(html), "attribution": ""})
    return True


_Card = Callable[[Composer, Any, int, Surroundings, Counter[str]], bool]
_CARDS: dict[str, _Card] = {
    KEPT: _kept, "kg-signup-card": _form, "kg-gallery-card": _gallery, "kg-bookmark-card": _bookmark, "kg-embed-card": _embed,
    "kg-callout-card": _callout, "kg-toggle-card": _toggle, "kg-button-card": _button, "kg-file-card": _file,
    "kg-audio-card": _recording, "kg-video-card": _recording, "kg-product-card": _product, "kg-blockquote-alt": _aside,
}  # fmt: skip
