"""Markup that an HTML5 parser would take hours for, made such that it takes none: every parser's time grows with how deep it has to look.

What a parser does with elements that are left open, or closed in another order, is not worked out here. Elements that end where the
innermost open one has their name are no deeper for it than they are for us; where too many do not, the same elements are written
down again with the ends where they belong, and those are.
"""

from __future__ import annotations

import re
from collections import Counter

DEEPEST = 500
"""Elements within each other."""
REPEATED = 1_000_000
"""Bold, italic and such, added up over all tags: each of them may have to be opened again at each tag."""
ATTRIBUTES = 500
"""Of one tag: each is compared with all before it."""
MANY, LARGE = 1_000, 100_000
"""Tags and characters below which nobody has to look for anything."""
REFERENCES, TOGETHER = 50_000, 1_000
"""Ampersands, and signs like them: at each the text before it is copied. So many are no matter, and so many of one text."""

_S = r"\t\n\x0c\r "
_ATTRIBUTE = rf"""[^{_S}/>][^{_S}/>=]*+(?:[{_S}]*+=[{_S}]*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^{_S}>"'][^{_S}>]*+)?+)?+"""
_ATTRIBUTES = rf"(?:[{_S}/]++|{_ATTRIBUTE})*+"
_WORDY = frozenset({"textarea", "xmp", "plaintext"})
_RAW = "script|style|textarea|title|xmp|iframe|noembed|noframes|noscript|plaintext"
# As the standard has it (html.spec.whatwg.org, 13.2.5): a sign in a value, a comment or a script opens and closes nothing.
_TOKEN = re.compile(
    rf"<!--(?:-?>|.*?(?:--!?>|\Z))"
    rf"|<(?:[!?]|/(?![a-z]))[^>]*+>?"
    rf"|<(?P<raw>{_RAW})(?=[{_S}/>])(?P<rest>{_ATTRIBUTES})>(?P<content>.*?)(?:(?=</(?P=raw)[{_S}/>])|\Z)"
    rf"|<(?P<end>/?)(?P<name>[a-z][^{_S}/>]*+)(?P<attributes>{_ATTRIBUTES})(?P<whole>>|\Z)",
    re.I | re.S | re.A,
)
_EACH = re.compile(_ATTRIBUTE)
_EMPTY = frozenset("area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr".split())
_FOREIGN = frozenset({"svg", "math"})
"""Nothing of ours shows them, and rules of their own hold in them."""
_TEXT_IN_IT = "foreignobject"
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_BLOCKS = frozenset(
    """
    address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header
    hgroup hr listing main menu nav ol p pre search section summary table ul
    """.split()
)
_LISTS = frozenset({"ul", "ol", "menu", "dir", "dl"})
_CELLS = frozenset({"td", "th", "caption"})
_PARTS = _CELLS | {"tr", "tbody", "thead", "tfoot", "colgroup"}
_WALLS = _CELLS | {"table", "button", "object", "applet", "marquee", "template"}
_OPTIONAL = _PARTS | {"a", "dd", "dt", "li", "option", "optgroup", "p", "rp", "rt"}
"""Those whose ends nobody has to write."""
_CLOSED_BY: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    # What an element ends where it begins, and what it does not look beyond.
    **{name: (frozenset({"p"}), _WALLS) for name in _BLOCKS},
    "li": (frozenset({"li", "p"}), _WALLS | _LISTS),
    **dict.fromkeys(("dd", "dt"), (frozenset({"dd", "dt", "p"}), _WALLS | _LISTS)),
    "tr": (frozenset({"tr", "td", "th", "caption", "colgroup"}), frozenset({"table"})),
    **dict.fromkeys(("td", "th"), (frozenset({"td", "th", "caption"}), frozenset({"table", "tr"}))),
    **dict.fromkeys(("tbody", "thead", "tfoot"), (_PARTS, frozenset({"table"}))),
    "option": (frozenset({"option"}), frozenset({"select"})),
    "optgroup": (frozenset({"option", "optgroup"}), frozenset({"select"})),
    "a": (frozenset({"a"}), _WALLS | _BLOCKS | {"li", "dd", "dt"}),
    **dict.fromkeys(("rt", "rp"), (frozenset({"rt", "rp"}), frozenset({"ruby"}))),
}


def shallow(html: str) -> str:
    """The HTML, with all its ends where too many were missing; its text alone when elements stand in each other deeper than any text has them."""
    if html.count("<") <= MANY and len(html) <= LARGE or _is_sound(html):
        return html
    ended = _Ended()
    return "".join(ended.parts) if ended.write(html) else _words(html)


def _is_sound(html: str) -> bool:
    """Whether every parser has to go as deep as the tags say, and that is not too deep."""
    open_: list[str] = []
    formatted = repeated = 0
    signs = html.count("&") + html.count("<")
    for token in _TOKEN.finditer(html):
        signs -= 1
        if token["raw"]:
            # Within an image it may not be what it is elsewhere.
            if "<" in token["content"] or _is_many(token["rest"]):
                return False
            continue
        if not (name := token["name"]):
            continue
        name = _named(name)
        if name in _FOREIGN or _is_many(token["attributes"]):
            return False
        if token["end"]:
            if open_ and open_[-1] == name:
                open_.pop()
                formatted -= name in _FORMATTING
        elif name not in _EMPTY:
            open_.append(name)
            formatted += name in _FORMATTING
        repeated += formatted
        if len(open_) > DEEPEST or repeated > REPEATED:
            return False
    return signs <= REFERENCES


def _is_many(attributes: str) -> bool:
    if len(attributes) <= 2 * ATTRIBUTES:
        return False
    return attributes.count("&") > REFERENCES or sum(1 for _one in _EACH.finditer(attributes)) > ATTRIBUTES


def _words(html: str) -> str:
    """The text alone, with space for each tag."""
    at, parts = 0, []
    for token in _TOKEN.finditer(html):
        parts += [html[at : token.start()], token["content"] if _named(token["raw"] or "") in _WORDY else " "]
        at = token.end()
    return _text("".join([*parts, html[at:]]))


def _text(text: str) -> str:
    """A text without tags, in pieces that a parser takes one by one."""
    text = text.replace("<", "&lt;")
    if text.count("&") <= TOGETHER:
        return text
    first, *others = text.split("&")
    return first + "".join(f"{'' if number % TOGETHER else '<!---->'}&{other}" for number, other in enumerate(others, 1))


class _Ended:
    """Markup written down again, every element ended before the one around it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._open: list[str] = []
        self._formatted = self._repeated = self._missing = 0
        self._image: Counter[str] = Counter()

    def write(self, html: str) -> bool:
        """False when it is too deep even so."""
        at = 0
        for token in _TOKEN.finditer(html):
            if not self._image:
                self.parts.append(_text(html[at : token.start()]))
            at = token.end()
            if token["raw"]:
                self._raw(token)
            elif token["name"] and token["whole"]:
                self._tag(_named(token["name"]), token)
            self._repeated += self._formatted
            if max(len(self._open), self._missing) > DEEPEST or self._repeated > REPEATED:
                return False
        self.parts.append(_text(html[at:]))
        self._end(0)
        return True

    def _raw(self, token: re.Match[str]) -> None:
        name = token["raw"].lower()
        content = token["content"].replace("<", "&lt;")
        if content.count("&") > REFERENCES:
            content = content.replace("&", " ")
        if not self._image:
            self.parts.append(content if name == "plaintext" else f"<{name}{_few(token['rest'])}>{content}</{name}>")

    def _tag(self, name: str, token: re.Match[str]) -> None:
        if name in _FOREIGN or self._image and name == _TEXT_IN_IT:
            self._draw(name, token)
            return
        if self._image:
            if name not in _BLOCKS or token["end"] or self._image[_TEXT_IN_IT]:
                return
            # Text ends an image that was not ended.
            self._image.clear()
        if token["end"]:
            if name == "br":
                self.parts.append("<br>")
            elif (place := self._place(name)) is not None:
                self._end(place + 1)
                self._missing -= self._open[-1] not in _OPTIONAL
                self._end(place)
            elif self._missing and name not in _OPTIONAL:
                # Two that end in the wrong order are none that is missing.
                self._missing -= 1
            elif name == "p":
                # An end of a paragraph makes one where there is none.
                self.parts.append("<p></p>")
            return
        if name in _CLOSED_BY:
            self._make_way(*_CLOSED_BY[name])
        self.parts.append(f"<{name}{_few(token['attributes'])}>")
        if name not in _EMPTY:
            self._open.append(name)
            self._formatted += name in _FORMATTING

    def _draw(self, name: str, token: re.Match[str]) -> None:
        """Count how many images are open: what is in them is left out."""
        if not token["end"] and not token["attributes"].endswith("/"):
            self._image[name] += 1
        elif token["end"] and self._image[name] > 0:
            self._image[name] -= 1
        self._image = +self._image

    def _place(self, name: str) -> int | None:
        """Which of the open elements an end of this name ends; none when it ends nothing."""
        walls = frozenset({"table"}) if name in _PARTS else _WALLS
        if name not in _BLOCKS | _WALLS | _PARTS:
            walls = walls | _LISTS | {"dd"}
            walls = walls | {"li"} if name != "li" else walls
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place] == name:
                return place
            if self._open[place] in walls and name != "table":
                return None
        return None

    def _make_way(self, ends: frozenset[str], walls: frozenset[str]) -> None:
        """End what a new element ends."""
        outermost = None
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place] in ends:
                outermost = place
            elif self._open[place] in walls:
                break
        if outermost is not None:
            self._end(outermost)

    def _end(self, place: int) -> None:
        for name in reversed(self._open[place:]):
            self.parts.append(f"</{name}>")
            self._formatted -= name in _FORMATTING
            self._missing += name not in _OPTIONAL
        del self._open[place:]


def _few(attributes: str) -> str:
    """The attributes of a tag; none where there are too many."""
    return "" if _is_many(attributes) else attributes


def _named(name: str) -> str:
    """A name as parsers compare it."""
    return name.lower() if name.isascii() else name
