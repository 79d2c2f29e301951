"""Body blocks → WordPress's block markup, which its editor opens without a complaint and its themes show.

Block grammar: developer.wordpress.org/block-editor/explanations/architecture/key-concepts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from lxml import html as lxml_html

from broadsheet.html import safe_url
from broadsheet.record import marks

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Attached:
    """A picture or file as the other system knows it."""

    number: int
    url: str
    alt: str = ""
    caption: str = ""
    """Plain text."""


Find = Callable[[str], Attached | None]
"""The attachment behind a record's name of a picture or file."""


def markup(blocks: Sequence[Block], find: Find) -> str:
    """A body as block markup; what has no block of its own there becomes a group or HTML that looks alike."""
    return "\n\n".join(filter(None, (_block(one["type"], one["value"], find) for one in blocks)))


def _block(kind: str, value: Any, find: Find) -> str:
    if kind == "text":
        return _text(value)
    if kind == "picture":
        return _picture(value, find)
    if kind == "gallery":
        return _gallery(value, find)
    if kind == "quote":
        cite = f' cite="{escape(url)}"' if (url := safe_url(value.get("cite") or "")) else ""
        inner = f"{_text(value['text'])}{_cite(value)}"
        return _wrapped("quote", f'<blockquote class="wp-block-quote"{cite}>{inner}</blockquote>')
    if kind == "pullquote":
        words = f"<p>{escape(value['text'], quote=False)}</p>".replace("\n", "<br>")
        return _wrapped("pullquote", f'<figure class="wp-block-pullquote"><blockquote>{words}{_cite(value)}</blockquote></figure>')
    if kind == "factbox":
        return _factbox(value)
    if kind == "table":
        under = (
            f'<figcaption class="wp-element-caption">{escape(value["caption"], quote=False)}</figcaption>' if value.get("caption") else ""
        )
        return _wrapped("table", f'<figure class="wp-block-table">{value["html"]}{under}</figure>')
    if kind == "code":
        return _wrapped("code", f'<pre class="wp-block-code"><code>{escape(value["text"], quote=False)}</code></pre>')
    if kind == "verse":
        return _wrapped("verse", f'<pre class="wp-block-verse">{escape(value["text"], quote=False)}</pre>')
    if kind == "embed":
        return _embed(value)
    if kind == "file":
        return _file(value, find)
    if kind == "buttons":
        return _buttons(value)
    if kind == "separator":
        return _wrapped("separator", '<hr class="wp-block-separator has-alpha-channel-opacity"/>')
    if kind == "more":
        return _wrapped("more", "<!--more-->")
    raw = value.get("raw") or ""
    return raw if raw.startswith("<!-- wp:") else _wrapped("html", value.get("html") or raw) if value.get("html") or raw else ""


def _wrapped(name: str, inner: str, **attributes: Any) -> str:
    told = f" {_json(attributes)}" if attributes else ""
    return f"<!-- wp:{name}{told} -->\n{inner}\n<!-- /wp:{name} -->"


def _json(value: dict[str, Any]) -> str:
    # As WordPress writes them: nothing inside may end the comment.
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("--", "\\u002d\\u002d").replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _text(html: str) -> str:
    if not html.strip():
        return ""
    html = marks.without(html)
    parts = []
    for element in lxml_html.fragment_fromstring(f"<div>{html}</div>", create_parent=False):
        if not isinstance(element.tag, str):
            continue
        tail, element.tail = element.tail, None
        if element.tag in ("h2", "h3", "h4"):
            level = int(element.tag[1])
            inner = f'<h{level} class="wp-block-heading">{_inner(element)}</h{level}>'
            parts.append(_wrapped("heading", inner, **({} if level == 2 else {"level": level})))
        elif element.tag in ("ul", "ol"):
            parts.append(_list(element))
        elif element.tag == "p":
            parts.append(_wrapped("paragraph", f"<p>{_inner(element)}</p>"))
        else:
            parts.append(_wrapped("paragraph", f"<p>{lxml_html.tostring(element, encoding='unicode')}</p>"))
        if (tail or "").strip():
            parts.append(_wrapped("paragraph", f"<p>{escape(str(tail).strip(), quote=False)}</p>"))
    return "\n\n".join(parts)


def _inner(element: Any) -> str:
    inner = escape(element.text or "", quote=False)
    return inner + "".join(lxml_html.tostring(child, encoding="unicode") for child in element)


def _list(element: Any) -> str:
    items = []
    for item in element.iterchildren("li"):
        nested = [child for child in item if child.tag in ("ul", "ol")]
        inside = "".join(f"\n\n{_list(child)}" for child in nested)
        for child in nested:
            item.remove(child)
        items.append(_wrapped("list-item", f"<li>{_inner(item)}{inside}</li>"))
    tag = element.tag
    return _wrapped("list", f'<{tag} class="wp-block-list">{"".join(items)}</{tag}>', **({"ordered": True} if tag == "ol" else {}))


def _picture(value: Block, find: Find) -> str:
    known = find(value.get("image") or "")
    source = known.url if known else value.get("source") or ""
    if not source:
        return ""
    alt = "" if value.get("decorative") else value.get("alt") or (known.alt if known else "")
    number = f' class="wp-image-{known.number}"' if known else ""
    image = f'<img src="{escape(source)}" alt="{escape(alt)}"{number}/>'
    link = safe_url(value.get("link") or "")
    if link:
        image = f'<a href="{escape(link)}">{image}</a>'
    words = value.get("caption") or (escape(known.caption, quote=False) if known else "")
    credit = escape(value.get("credit") or "", quote=False)
    caption = " ".join(filter(None, (words, credit)))
    under = f'<figcaption class="wp-element-caption">{caption}</figcaption>' if caption else ""
    size = value.get("size") or "column"
    align = {"wide": " alignwide", "full": " alignfull"}.get(size, "")
    attributes: dict[str, Any] = {"id": known.number} if known else {}
    attributes |= {"align": size} if align else {}
    attributes |= {"sizeSlug": "large", "linkDestination": "custom" if link else "none"}
    return _wrapped("image", f'<figure class="wp-block-image{align} size-large">{image}{under}</figure>', **attributes)


def _gallery(value: Block, find: Find) -> str:
    pictures = "\n\n".join(filter(None, (_picture(one, find) for one in value["pictures"])))
    under = f'<figcaption class="blocks-gallery-caption wp-element-caption">{value["caption"]}</figcaption>' if value.get("caption") else ""
    if not pictures:
        return ""
    figure = f'<figure class="wp-block-gallery has-nested-images columns-default is-cropped">{pictures}{under}</figure>'
    return _wrapped("gallery", figure, linkTo="none")


def _cite(value: Block) -> str:
    who = (value.get("attribution") or "").strip()
    return f"<cite>{escape(who, quote=False)}</cite>" if who else ""


def _factbox(value: Block) -> str:
    heading = value.get("heading") or ""
    title = _wrapped("heading", f'<h3 class="wp-block-heading">{escape(heading, quote=False)}</h3>', level=3) if heading else ""
    inner = "\n\n".join(filter(None, (title, _text(value["text"]))))
    return _wrapped("group", f'<div class="wp-block-group is-style-factbox">{inner}</div>', className="is-style-factbox")


def _embed(value: Block) -> str:
    url = safe_url(value.get("url") or "")
    if not url:
        return ""
    words = escape(value.get("title") or "", quote=False)
    under = f'<figcaption class="wp-element-caption">{words}</figcaption>' if words else ""
    figure = f'<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\n{escape(url, quote=False)}\n</div>{under}</figure>'
    return _wrapped("embed", figure, url=url)


def _file(value: Block, find: Find) -> str:
    known = find(value.get("document") or "")
    url = known.url if known else safe_url(value.get("url") or "")
    if not url:
        return ""
    title, kind = escape(value.get("title") or "", quote=False), value.get("kind") or "file"
    attributes = {"id": known.number} if known else {}
    if kind in ("audio", "video"):
        under = f'<figcaption class="wp-element-caption">{title}</figcaption>' if title else ""
        player = f'<{kind} controls src="{escape(url)}"></{kind}>'
        return _wrapped(kind, f'<figure class="wp-block-{kind}">{player}{under}</figure>', **attributes)
    link = f'<a href="{escape(url)}">{title or escape(url, quote=False)}</a>'
    return _wrapped("file", f'<div class="wp-block-file">{link}</div>', **attributes, href=url)


def _buttons(value: Block) -> str:
    made = []
    for link in value["links"]:
        if url := safe_url(link.get("url") or ""):
            anchor = f'<a class="wp-block-button__link wp-element-button" href="{escape(url)}">{escape(link["text"], quote=False)}</a>'
            made.append(_wrapped("button", f'<div class="wp-block-button">{anchor}</div>'))
    return _wrapped("buttons", f'<div class="wp-block-buttons">{"".join(made)}</div>') if made else ""
