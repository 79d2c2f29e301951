"""Ghost's cards → the HTML that Ghost made of them, as far as it means something; the same for Lexical and Mobiledoc.

Every value is somebody's: what should be text and is not is nothing, and what is HTML is closed on its own, so that no card
can take in what follows it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from typing import Any

from broadsheet.html import plain_text, safe_url
from broadsheet.importing.blocks.convert import tidy
from broadsheet.importing.blocks.ghost import KEPT
from broadsheet.importing.ghost.markdown import to_html

PAYWALL = "<!--members-only-->"
"""Where Ghost cut a story for those who do not pay; what comes after must never be public."""
_PAYWALL = re.compile(r"<!--\s*members-only\s*-->", re.I)
_SHOWS = re.compile(r"<(?:img|iframe|video|audio|embed|object|hr|table)\b", re.I)
Card = Mapping[str, Any]
Note = Callable[[str], None]


def split_paywall(html: str) -> tuple[str, str]:
    """What everybody could read, and what comes after the cut."""
    found = _PAYWALL.search(html)
    return (html[: found.start()], html[found.end() :]) if found else (html, "")


def text(card: Card, *names: str) -> str:
    """The first of these values that says something, if it is text."""
    for name in names:
        value = card.get(name)
        if isinstance(value, str) and value.strip():
            return value
    return ""


def rows(value: object) -> list[Mapping[str, Any]]:
    """The objects in a list; nothing for anything else."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def own(html: str) -> str:
    """Somebody's HTML closed on its own, with the cuts in it kept."""
    return PAYWALL.join(tidy(part) for part in _PAYWALL.split(html))


def kept(name: str, raw: str) -> str:
    """What only the desk is to see."""
    return f'<pre class="{KEPT}" data-id="{escape(name)}">\n{escape(raw, quote=False)}</pre>'


def source(card: Any) -> str:
    """A card, or what is none, as the desk shows it when there is no better way."""
    if isinstance(card, dict):
        card = {k: v for k, v in card.items() if k not in ("type", "version")}
    try:
        return json.dumps(card, ensure_ascii=False, indent=1, default=str)
    except RecursionError:
        return "\n".join(_texts(card))


def _texts(value: Any) -> Iterator[str]:
    """What is said in it, however deep."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict | list):
            waiting += reversed(list(one.values()) if isinstance(one, dict) else one)
        elif isinstance(one, str):
            yield one


def is_for_everybody(card: Card) -> bool:
    """Whether a card was shown on the web to people who are no members; what is said of that in no way that Ghost has is a no."""
    shown = card.get("visibility")
    if not isinstance(shown, dict):
        return shown is None
    web = shown.get("web", {})
    at_all = isinstance(web, dict) and web.get("nonMember", True) is True
    return at_all and shown.get("showOnWeb", True) is True and shown.get("emailOnly", False) is False


def render(name: str, card: Card, note: Note) -> str:
    """The card as HTML; `note` is told what was left out. What is not known, or not for everybody, is kept for the desk."""
    if not is_for_everybody(card):
        note("card for members or e-mail only, kept in the desk")
        return kept(f"{name} (for members or e-mail only)", text(card, "html") or source(card))
    made = _CARDS[name](card, note) if name in _CARDS else ""
    return made or ("" if name in _MAY_BE_EMPTY and not _says(card) else kept(name, source(card)))


def _says(card: Card) -> bool:
    """Whether a card that made nothing held something all the same."""
    return any(isinstance(v, str) and v.strip() and k not in _SETTINGS for k, v in card.items())


_MAY_BE_EMPTY = frozenset({"html", "markdown", "image", "gallery", "callout", "code", "embed", "toggle", "button", "bookmark"})
_SETTINGS = frozenset({"type", "cardName", "cardWidth", "backgroundColor", "alignment", "calloutEmoji", "language", "embedType"})


def _figure(kind: str, inner: str, caption: str = "", *more: str) -> str:
    below = f"<figcaption>{own(caption)}</figcaption>" if caption else ""
    return f'<figure class="{" ".join(filter(None, ("kg-card", kind, *more)))}">{inner}{below}</figure>'


def _picture(card: Card, src: str = "") -> str:
    src = src or text(card, "src")
    if not safe_url(src):
        return ""
    image = f'<img class="kg-image" src="{escape(src)}" alt="{escape(text(card, "alt", "altText"))}">'
    href = text(card, "href")
    return f'<a href="{escape(href)}">{image}</a>' if safe_url(href) else image


def _image(card: Card, note: Note) -> str:
    image = _picture(card)
    width = card.get("cardWidth")
    size = f"kg-width-{width}" if width in ("wide", "full") else ""
    return image and _figure("kg-image-card", image, text(card, "caption"), size)


def _gallery(card: Card, note: Note) -> str:
    images = "".join(filter(None, (_picture(image) for image in rows(card.get("images")))))
    return images and _figure("kg-gallery-card", images, text(card, "caption"))


def _before_after(card: Card, note: Note) -> str:
    both = [card.get(k) for k in ("beforeImage", "afterImage")]
    images = "".join(_picture(image) for image in both if isinstance(image, dict))
    return images and _figure("kg-gallery-card", images, text(card, "caption"))


def _html(card: Card, note: Note) -> str:
    raw = text(card, "html")
    html = own(raw)
    if raw and PAYWALL not in html and not plain_text(html) and not _SHOWS.search(html):
        # Scripts and styles: nothing of it can be shown, all of it can be looked at.
        return kept("html", raw)
    if re.search(r"<script\b", raw, re.I):
        note("script in an HTML card, left out")
    return html


def _markdown(card: Card, note: Note) -> str:
    return own(to_html(text(card, "markdown")))


def _code(card: Card, note: Note) -> str:
    code, language = text(card, "code"), re.sub(r"[^\w+#.-]", "", text(card, "language"))
    name = f' class="language-{escape(language)}"' if language else ""
    block = f"<pre><code{name}>{escape(code, quote=False)}</code></pre>" if code else ""
    return block and _figure("kg-code-card", block, text(card, "caption")) if text(card, "caption") else block


def _embed(card: Card, note: Note) -> str:
    known = card.get("metadata")
    title = text(known, "title") if isinstance(known, dict) else ""
    url, caption, html = text(card, "url", "src"), text(card, "caption"), own(text(card, "html"))
    if re.match(r"https?://", safe_url(url)):
        # Posts of other networks came with their words: those stay readable when the post is gone.
        words = f"{html}\n" if "<blockquote" in html and plain_text(html) else ""
        link = f'<a class="kg-embed-link" href="{escape(url)}">{escape(plain_text(title), quote=False)}</a>'
        return words + _figure("kg-embed-card", link, caption)
    return html and _figure("kg-embed-card", html, caption)


def _bookmark(card: Card, note: Note) -> str:
    known = card.get("metadata")
    about: Card = known if isinstance(known, dict) else {}
    url = text(card, "url") or text(about, "url")
    if not safe_url(url):
        return ""
    words = {name: escape(plain_text(text(about, name)), quote=False) for name in ("title", "description", "author", "publisher")}
    inner = "".join(f'<span class="kg-bookmark-{name}">{said}</span>' for name, said in words.items() if said)
    return _figure("kg-bookmark-card", f'<a class="kg-bookmark-container" href="{escape(url)}">{inner}</a>', text(card, "caption"))


def _box(kind: str, *parts: str) -> str:
    return f'<div class="kg-card {kind}">{"".join(parts)}</div>'


def _callout(card: Card, note: Note) -> str:
    words, sign = own(text(card, "calloutText")), escape(text(card, "calloutEmoji"), quote=False)
    if not plain_text(words):
        return ""
    return _box("kg-callout-card", f'<div class="kg-callout-emoji">{sign}</div><div class="kg-callout-text">{words}</div>')


def _toggle(card: Card, note: Note) -> str:
    heading, content = escape(plain_text(text(card, "heading")), quote=False), own(text(card, "content"))
    if not heading and not plain_text(content):
        return ""
    return _box("kg-toggle-card", f'<h4 class="kg-toggle-heading-text">{heading}</h4><div class="kg-toggle-content">{content}</div>')


def _link(words: str, url: str) -> str:
    """A button; one that leads nowhere stays as its words."""
    said = escape(plain_text(words), quote=False)
    if not safe_url(url):
        return f"<p>{said}</p>" if said else ""
    return _box("kg-button-card", f'<a class="kg-btn" href="{escape(url)}">{said or escape(url, quote=False)}</a>')


def _button(card: Card, note: Note) -> str:
    return _link(text(card, "buttonText"), text(card, "buttonUrl"))


def _file(card: Card, note: Note) -> str:
    src = text(card, "src")
    if not safe_url(src):
        return ""
    title, caption = (escape(plain_text(text(card, *names)), quote=False) for names in (("fileTitle", "fileName"), ("fileCaption",)))
    inner = f'<span class="kg-file-card-title">{title}</span><span class="kg-file-card-caption">{caption}</span>'
    return _box("kg-file-card", f'<a class="kg-file-card-container" href="{escape(src)}">{inner}</a>')


def _audio(card: Card, note: Note) -> str:
    if not safe_url(src := text(card, "src")):
        return ""
    title = escape(plain_text(text(card, "title")), quote=False)
    return _box("kg-audio-card", f'<audio src="{escape(src)}"></audio><div class="kg-audio-title">{title}</div>')


def _video(card: Card, note: Note) -> str:
    if not safe_url(src := text(card, "src")):
        return ""
    return _figure("kg-video-card", f'<video src="{escape(src)}"></video>', text(card, "caption"))


def _product(card: Card, note: Note) -> str:
    image, title = _picture(card, text(card, "productImageSrc")), own(text(card, "productTitle"))
    words = own(text(card, "productDescription"))
    if not (image or plain_text(title) or plain_text(words)):
        return ""
    button = ""
    if card.get("productButtonEnabled") and safe_url(url := text(card, "productUrl")):
        button = f'<a class="kg-product-card-button" href="{escape(url)}">{escape(text(card, "productButton"), quote=False)}</a>'
    stars = card.get("productStarRating")
    if card.get("productRatingEnabled") and isinstance(stars, (int, float)):
        words += f"<p>{'★' * max(0, min(5, round(stars)))}</p>"
    return _box(
        "kg-product-card", image.replace('class="kg-image"', 'class="kg-product-card-image"'),
        f'<h4 class="kg-product-card-title">{title}</h4><div class="kg-product-card-description">{words}</div>', button,
    )  # fmt: skip


def _header(card: Card, note: Note) -> str:
    image = _picture(card, text(card, "backgroundImageSrc"))
    parts = [_figure("kg-image-card", image)] if image else []
    for name, tag in (("header", "h2"), ("heading", "h2"), ("subheader", "p"), ("subheading", "p")):
        if plain_text(words := own(text(card, name))):
            parts.append(f"<{tag}>{words}</{tag}>")
    if card.get("buttonEnabled"):
        parts.append(_link(text(card, "buttonText"), text(card, "buttonUrl")))
    return "".join(parts)


def _call(card: Card, note: Note) -> str:
    parts = []
    if card.get("hasSponsorLabel") and plain_text(label := own(text(card, "sponsorLabel"))):
        parts.append(label if "<p" in label else f"<p>{label}</p>")
    if image := _picture(card, text(card, "imageUrl")):
        parts.append(_figure("kg-image-card", image))
    if plain_text(words := own(text(card, "textValue"))):
        parts.append(_box("kg-callout-card", f'<div class="kg-callout-text">{words}</div>'))
    if card.get("showButton"):
        parts.append(_link(text(card, "buttonText"), text(card, "buttonUrl")))
    return "".join(parts)


def _rule(card: Card, note: Note) -> str:
    return "<hr>"


def _paywall(card: Card, note: Note) -> str:
    return PAYWALL


_CARDS: dict[str, Callable[[Card, Note], str]] = {
    "image": _image, "gallery": _gallery, "before-after": _before_after, "html": _html, "markdown": _markdown, "card-markdown": _markdown,
    "code": _code, "codeblock": _code, "embed": _embed, "bookmark": _bookmark, "callout": _callout, "toggle": _toggle, "button": _button,
    "file": _file, "audio": _audio, "video": _video, "product": _product, "header": _header, "call-to-action": _call, "nft": _bookmark,
    "hr": _rule, "horizontalrule": _rule, "paywall": _paywall,
}  # fmt: skip
"""The others (e-mail, sign-up, podcasts for members …) were shown to subscribers, in mails, or by a script."""


def paragraphs(parts: Iterable[str]) -> str:
    """Pieces of a body, each beginning a line of its own."""
    return "\n".join(part for part in parts if part)
