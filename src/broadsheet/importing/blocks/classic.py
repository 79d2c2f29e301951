"""Classic bodies: blank lines are paragraphs, single ones line breaks, as WordPress makes them when it shows the text."""

from __future__ import annotations

import re

# Elements that end a paragraph; inside the second group line breaks are not ours to make.
_BLOCK = (
    "address article aside blockquote caption center col colgroup dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr iframe legend li main menu nav object ol p pre section summary table tbody td tfoot th thead "
    "tr ul video audio script style textarea noscript bs-block bs-gallery bs-file bs-embed bs-shortcode bs-more map area canvas"
).split()
_TAGS = re.compile(
    r"<(?P<pre>pre|script|style|textarea|svg|object|video|audio|iframe)\b.*?</(?P=pre)\s*>|<!--.*?-->"
    rf"|</?(?:{'|'.join(sorted(_BLOCK, key=len, reverse=True))})(?=[\s/>])(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>",
    re.S | re.I,
)
# Here text stands without paragraphs unless there are several.
_NARROW = frozenset("li td th dd dt figcaption caption summary legend address".split())
_TIGHT = frozenset("p h1 h2 h3 h4 h5 h6".split())
_NO_TEXT = frozenset("table thead tbody tfoot tr ul ol dl colgroup menu".split())


def paragraphs(html: str) -> str:
    """The HTML with the paragraphs and breaks that its blank lines and line ends mean."""
    html = html.replace("\r\n", "\n").replace("\r", "\n")
    out: list[str] = []
    open_: list[str] = []
    at = 0
    for tag in _TAGS.finditer(html):
        out.append(_set(html[at : tag.start()], open_))
        out.append(tag[0])
        at = tag.end()
        _track(tag[0], open_)
    out.append(_set(html[at:], open_))
    return "".join(out)


def _track(tag: str, open_: list[str]) -> None:
    found = re.match(r"<(/?)([a-z0-9-]+)", tag, re.I)
    if not found or tag.startswith("<!--") or tag.endswith("/>") or re.search(r"</[a-z]+\s*>$", tag[2:], re.I):
        return
    name = found[2].lower()
    if found[1]:
        if name in open_:
            while open_ and open_.pop() != name:
                pass
    elif name not in ("hr", "col", "area"):
        open_.append(name)


def _set(text: str, open_: list[str]) -> str:
    inside = open_[-1] if open_ else ""
    if not text.strip() or inside in _NO_TEXT:
        return text
    if inside in _TIGHT:
        return _breaks(text)
    parts = [part.strip("\n") for part in re.split(r"\n[^\S\n]*\n\s*", text)]
    parts = [part for part in parts if part.strip()]
    if len(parts) == 1 and inside in _NARROW:
        return _breaks(parts[0])
    return "\n".join(f"<p>{_breaks(part)}</p>" for part in parts)


def _breaks(text: str) -> str:
    text = re.sub(r"(<br\s*/?>)\s*\n", r"\1", text.strip("\n"), flags=re.I)
    first, *rest = text.split("\n")
    if not rest:
        return text
    return "<br>\n".join([first.rstrip(), *(line.strip() for line in rest[:-1]), rest[-1].lstrip()])
