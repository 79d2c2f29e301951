"""HTML and text: sanitising, plain text, and excerpts that end where a sentence ends."""

from __future__ import annotations

import html as entities
import re
import unicodedata
from collections.abc import Iterator

import nh3

from broadsheet.depth import shallow

INLINE_TAGS = frozenset({"a", "b", "br", "code", "em", "i", "s", "strong", "sub", "sup"})
TABLE_TAGS = frozenset({"caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"})
BODY_TAGS = INLINE_TAGS | TABLE_TAGS | frozenset(
    {"abbr", "bdi", "bdo", "blockquote", "cite", "dd", "del", "details", "div", "dl", "dt", "h2", "h3", "h4", "hr", "ins", "kbd",
     "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "samp", "small", "span", "summary", "time", "u", "ul", "var"}
)  # fmt: skip
URL_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
# What stands inside these is not prose, so it goes with its tags; every other tag that is not allowed leaves its text.
SILENT_TAGS = frozenset({"iframe", "math", "noembed", "noframes", "noscript", "object", "script", "style", "svg", "template", "title"})
# `id`, `class`, `style` and `name` are left out on purpose: they reach into the page around the text.
_INLINE_ATTRIBUTES = {"*": {"dir", "lang"}, "a": {"href", "title"}}
_BODY_ATTRIBUTES = _INLINE_ATTRIBUTES | {
    "ol": {"start", "reversed", "type"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "scope", "headers"},
    "time": {"datetime"},
}

_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "caption", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "footer",
     "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "option", "p", "pre", "section",
     "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)  # fmt: skip
_PLAIN = nh3.Cleaner(tags=set(_BLOCKS | {"br"}), attributes={}, clean_content_tags=set(SILENT_TAGS), link_rel=None)
_TAG = re.compile(r"<(/?[a-z0-9]+)[^>]*>")
_INVISIBLE = re.compile(r"[\s\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
_SCHEME = re.compile(r"([^/?#\[\]]*?):")
REMEMBERED, LONG = 200, 50_000
_given: set[str] = set()
"""What was given out lately: an import sanitises what comes in, and typesetting sanitises the same text again."""
_CONTROL_BYTES = bytes([*range(9), 11, 12, *range(14, 32), 127])
SHORT = 500
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def sanitise(html: str) -> str:
    """The HTML without anything that can run, load, frame, submit or restyle; prose inside what is removed stays."""
    if html in _given:
        return html
    # An escaped carriage return comes out as one, which whoever reads it next takes for a line's end.
    clean = _BODY.clean(shallow(without_control(html))).replace("\r", "\n")
    if len(clean) <= LONG:
        if len(_given) >= REMEMBERED:
            _given.clear()
        _given.add(clean)
    return clean


def sanitise_own(html: str) -> str:
    """As `sanitise`, but marks keep what they say (`record.marks`): for what this newsroom wrote itself, once."""
    return _OWN.clean(shallow(without_control(html))).replace("\r", "\n")


def sanitise_inline(html: str) -> str:
    """As `sanitise`, for captions and cells: links, emphasis and line breaks only."""
    return _INLINE.clean(shallow(without_control(html)))


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    return value if name != "href" or safe_url(value) else None


def safe_url(url: str) -> str:
    """The address, or nothing if following it could do anything but open a page, a mail or a call."""
    compact = _INVISIBLE.sub("", url)
    scheme = _SCHEME.match(compact)
    if scheme and scheme[1].lower() not in URL_SCHEMES:
        return ""
    return url.strip()


def _cleaner(tags: frozenset[str], attributes: dict[str, set[str]]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(tags),
        attributes=attributes,
        clean_content_tags=set(SILENT_TAGS),
        url_schemes=set(URL_SCHEMES),
        link_rel="noopener",
        attribute_filter=_keep_attribute,
    )


_BODY = _cleaner(BODY_TAGS, _BODY_ATTRIBUTES)
_OWN = _cleaner(BODY_TAGS, _BODY_ATTRIBUTES | {"mark": {"data-says"}})
_INLINE = _cleaner(INLINE_TAGS, _INLINE_ATTRIBUTES)


def without_control(text: str) -> str:
    """The text without characters that neither XML nor a page may hold."""
    # What can be printed holds none; nearly everything short is such a text, and this is told without a search.
    if len(text) < SHORT and text.isprintable():
        return text
    try:
        written = text.encode()
    except UnicodeEncodeError:
        return _CONTROL.sub("", text)
    # Bytes are looked through ten times as fast as characters; those that are not to be stand for nothing else.
    if len(written.translate(None, _CONTROL_BYTES)) == len(written) and "\ufffe" not in text and "\uffff" not in text:
        return text
    return _CONTROL.sub("", text)


def plain_text(html: str) -> str:
    """The text a reader sees: entities resolved, a blank line between blocks, a line break for `br`."""
    marked = without_control(html)
    if not marked:
        return ""
    if "<" in marked or "&" in marked or "\r" in marked:
        marked = _PLAIN.clean(shallow(marked))
    else:
        # The same in one pass: most of what is asked for is a name or a headline.
        return " ".join(marked.split())
    text = entities.unescape(_TAG.sub(lambda tag: "\n" if tag[1] == "br" else "\n\n", marked.replace("\n", " ")))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


# Sentence ends. A missed end costs a shorter or longer excerpt, a wrong one cuts a sentence in two: when in doubt, no end.

_CLOSERS = "\"'”’»›)]}」』】）〉》"
_MARKS = ".!?…؟۔।॥։።᙮‼⁇⁈⁉"
# A row of marks is looked at from its first one only: from each, a row of thousands would be walked thousands of times.
_END = re.compile(rf"(?:(?<![{_MARKS}])[{_MARKS}]+[{re.escape(_CLOSERS)}]*(?=\s|$))|(?:[。！？｡．]+[{re.escape(_CLOSERS)}]*)|\n{{2,}}")
_NEXT = re.compile(r"\s*(\S?)")
_ABBREVIATIONS = frozenset(
    """
    mr mrs ms mx dr prof st ste sr jr rev hon gen col lt maj capt cmdr sgt cpl pvt adm gov sen rep pres supt det insp
    vs etc inc ltd co corp plc bros dept univ assn est approx no nos vol pp ed eds fig figs cf al ca viz op cit
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun ave blvd rd mt ft
    e.g i.e a.m p.m u.s u.k u.n e.u d.c ph.d b.a m.a b.c a.d
    bzw usw z.b d.h u.a ggf vgl str nr hr fr bspw evtl inkl zzgl abs geb gest
    m mm mme mmes mlle mgr me av env ex p.ex n° tél
    sra srta d dña ud uds ee.uu pág núm
    sig sigg dott ing avv ecc pag
    г гг ул т.е т.д т.п т.к др пр руб тыс млн млрд стр им см проф акад
    yy vb örn bkz sn dn
    """.split()
)
_WORD_BEFORE = re.compile(r"(\S+)$")


def sentences(text: str) -> Iterator[str]:
    """The sentences of a plain text, in their order, in any script that marks where they end."""
    for start, end in sentence_places(text):
        if sentence := " ".join(text[start:end].split()):
            yield sentence


def sentence_places(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a plain text stand in it; the spaces between them go with the one that follows."""
    start = 0
    for found in _END.finditer(text):
        if _ends(text, found):
            yield start, found.end()
            start = found.end()
    yield start, len(text)


def _ends(text: str, found: re.Match[str]) -> bool:
    mark = found[0].rstrip(_CLOSERS)
    if mark.startswith("\n"):
        return True
    following = _NEXT.match(text, found.end())[1]  # type: ignore[index]
    if mark[-1] in "。！？｡．।॥۔؟።։":
        return True
    if following.islower():
        return False
    if mark[-1] in "!?‼⁇⁈⁉" or mark != ".":
        return True
    before = _WORD_BEFORE.search(text[max(0, found.start() - 40) : found.start()])
    word = before[1].lstrip("\"'“‘«‹([{").casefold() if before else ""
    if not word or word in _ABBREVIATIONS:
        return False
    letters = word.rpartition("-")[2].rpartition(".")[2]
    if len(unicodedata.normalize("NFC", letters)) == 1 and letters.isalpha():
        return False  # An initial ("J. Doe") or the last letter of an acronym ("U.N.").
    return not (word.isdecimal() and len(word) <= 2)  # "3. Oktober", "No 5." and list numbers.


def excerpt(text: str, limit: int) -> str:
    """The first whole sentences that fit the limit.

    A first sentence of up to twice the limit is kept whole; a longer one is cut at a word, with an ellipsis.
    """
    taken = ""
    for sentence in sentences(text):
        longer = f"{taken}{'' if not taken or taken[-1] in '。！？｡．' else ' '}{sentence}"
        if len(longer) <= limit:
            taken = longer
        elif taken:
            return taken
        else:
            return sentence if len(sentence) <= 2 * limit else _cut(sentence, limit)
    return taken


def _cut(sentence: str, limit: int) -> str:
    kept = sentence[: max(1, limit - 1)]
    if not sentence[len(kept)].isspace() and (space := kept.rfind(" ")) > limit // 2:
        kept = kept[:space]
    else:
        # Scripts without spaces: at least no mark is torn from its letter.
        while len(kept) > 1 and unicodedata.combining(sentence[len(kept)]):
            kept = kept[:-1]
    return kept.rstrip(" ,;:–—-،、，؛") + "…"
