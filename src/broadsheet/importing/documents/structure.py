"""The structure of a page: its pieces of text in reading order, and the element that holds the story."""

from __future__ import annotations

import re
from collections import defaultdict
from copy import deepcopy
from dataclasses import dataclass, field
from html import escape
from typing import Any

from lxml import etree

from broadsheet.importing.documents import phrases
from broadsheet.importing.documents.boxes import is_block, leads_to_writer, stands_apart
from broadsheet.importing.documents.heading import count_words, is_date_line, is_sentence
from broadsheet.importing.documents.remarks import remarks_at

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big br button cite code data del dfn em font i img input ins kbd label mark nobr q rb rp rt ruby s samp small span strike strong "
    "sub sup time tt u var wbr picture source map area noindex".split()
)
_UNSEEN = frozenset(
    "script style head noscript template svg math select textarea option iframe object embed video audio canvas title meta link".split()
)
_MEDIA = frozenset("img iframe video audio object embed picture".split())
_FURNITURE_TAGS = frozenset("nav aside footer dialog menu button".split())
_FURNITURE_ROLES = frozenset("navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar".split())
_FURNITURE = re.compile(
    r"(?:.*-)?(?:comments?|commentlist|respond|reply|disqus|sidebar|widgets?|share|sharing|sharedaddy|social|related|recommend(?:ed|ations?)?|popular|newsletter|"
    r"subscribe|signup|cookies?|consent|gdpr|breadcrumbs?|crumbs|footer|nav|navbar|navigation|menu|promo|advert(?:isement)?s?|ads?|banner|teasers?|"
    r"pagination|pager|author-?bio|bio|print|outbrain|taboola|most-?read|trending|jp-relatedposts|toolbar|masthead|skip-link|paywall|tags|postmetadata|byline)(?:-.*)?"
)
# Elements that hold text without being what holds a story.
_CONTENT = frozenset(
    "ul ol li dl dt dd blockquote figure figcaption table thead tbody tfoot tr p h1 h2 h3 h4 h5 h6 pre details summary a span font b strong em i".split()
)


@dataclass(slots=True, eq=False)
class Piece:
    """A run of text without a block's edge in it."""

    number: int
    text: str
    element: Any
    """The block it stands in."""
    tag: str
    names: str
    """Classes and ids of the element and, if it holds nothing else, of what is in it."""
    link_share: float
    parts: list[str] = field(default_factory=list)
    """Texts of the links in it."""
    writers: tuple[str, ...] = ()
    """Texts of those that lead to a writer."""
    rel: str = ""
    datetime: str = ""
    is_furniture: bool = False
    is_hidden: bool = False
    is_date: bool = False
    weight: float = 0.0

    @property
    def is_link(self) -> bool:
        """Whether it leads elsewhere as a whole."""
        return self.link_share > 0.8


@dataclass(slots=True)
class Page:
    """All pieces of a page."""

    tree: Any
    pieces: list[Piece]
    furniture: set[Any]


@dataclass(slots=True)
class Story:
    """The element that holds the story, its pieces, and what else stands in the element."""

    element: Any
    pieces: list[Piece]
    left_out: set[Any]


def names_of(element: Any) -> str:
    """Its classes and id, words apart, in small letters."""
    raw = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"[:400]
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_+", "-", raw).casefold()


def is_hidden(element: Any) -> bool:
    """Whether browsers would not show it."""
    style = (element.get("style") or "").replace(" ", "").casefold()
    return (
        element.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style or element.get("aria-hidden") == "true"
    )


def _is_furniture(element: Any) -> bool:
    if element.tag in _FURNITURE_TAGS or (element.get("role") or "").casefold() in _FURNITURE_ROLES:
        return True
    return element.tag not in ("body", "html", "main", "article") and any(_FURNITURE.fullmatch(n) for n in names_of(element).split())


def lay_out(tree: Any) -> Page:
    """The page's pieces in reading order, weighed as prose."""
    body = next(tree.iter("body"), tree)
    pieces = _Pieces().walk(body)
    words: dict[Any, float] = defaultdict(float)
    for piece in pieces:
        piece.weight, piece.is_date = _prose(piece), is_date_line(piece.text)
        for element in (piece.element, *piece.element.iterancestors()):
            words[element] += piece.weight
    total = sum(piece.weight for piece in pieces) or 1.0
    # A name that suggests furniture is wrong on what holds most of the page's prose.
    furniture = {
        e for e in body.iter()
        if isinstance(e.tag, str) and e is not body and (_is_furniture(e) or is_hidden(e))
        and words[e] < (0.8 if e.tag in _FURNITURE_TAGS else 0.5) * total
    }  # fmt: skip
    furniture |= _repeated(body, pieces, words, total)
    for piece in pieces:
        around = [piece.element, *piece.element.iterancestors()]
        piece.is_furniture = any(element in furniture for element in around)
        piece.is_hidden = any(is_hidden(element) for element in around if element in furniture)
    return Page(tree, pieces, furniture)


def _repeated(body: Any, pieces: list[Piece], words: dict[Any, float], total: float) -> set[Any]:
    """Boxes of one kind side by side, each with a date or a link for a heading: teasers and comments, whatever they are called."""
    marked: dict[Any, int] = defaultdict(int)
    count: dict[Any, int] = defaultdict(int)
    for piece in pieces:
        is_mark = piece.is_link and count_words(piece.text) > 2 or piece.is_date
        for element in (piece.element, *piece.element.iterancestors()):
            marked[element] += is_mark
            count[element] += 1
    out: set[Any] = set()
    for parent in list(count):
        kinds: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for child in parent:
            if isinstance(child.tag, str) and count[child] >= 2 and child.tag in ("div", "article", "section", "li", "tr", "td", "a", "dl"):
                kinds[child.tag, child.get("class") or ""].append(child)
        for alike in kinds.values():
            if (
                len(alike) > 1
                and sum(marked[e] > 0 and words[e] < 300 for e in alike) > 0.7 * len(alike)
                and sum(words[e] for e in alike) < 0.8 * total
            ):
                out.update(alike)
    return out


class _Pieces:
    """Gathers runs of text; one loop instead of recursion, as pages may be nested to any depth."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.text: list[str] = []
        self.inside: list[Any] = []
        self.linked = 0

    def walk(self, body: Any) -> list[Piece]:
        """All pieces below an element."""
        block, in_link, skipping = [body], 0, None
        for event, element in etree.iterwalk(body, events=("start", "end")):
            if not isinstance(element.tag, str):
                continue
            if skipping is not None:
                if event == "end" and element is skipping:
                    skipping = None
                    self._say(element.tail, in_link)
                continue
            tag = element.tag
            if event == "start":
                if tag in _UNSEEN and element is not body:
                    skipping = element
                    continue
                if tag == "br":
                    if self.inside and _covers(self.inside[0], "".join(self.text)):
                        # A line in a font of its own, as pages set headlines that have no headings.
                        self._flush(self.inside[0])
                    elif (after := element.getnext()) is not None and after.tag == "br" and not (element.tail or "").strip():
                        self._flush(block[-1])
                    self._say(" ", in_link)
                    continue
                if tag not in _INLINE:
                    self._flush(block[-1])
                    block.append(element)
                else:
                    if stands_apart(element, block[-1]):
                        self._say(" | ", 0)
                    self.inside.append(element)
                    in_link += tag == "a"
                self._say(element.text, in_link)
            else:
                if tag == "br":
                    self._say(element.tail, in_link)
                    continue
                if tag not in _INLINE:
                    self._flush(element)
                    block.pop()
                else:
                    in_link -= tag == "a"
                if element is not body:
                    self._say(" | " if tag in _INLINE and is_block(element) else "", 0)
                    self._say(element.tail, in_link)
        self._flush(body)
        return self.pieces

    def _say(self, text: str | None, in_link: int) -> None:
        if text:
            self.text.append(text)
            if in_link > 0:
                self.linked += len("".join(text.split()))

    def _flush(self, element: Any) -> None:
        text = re.sub(r"^(?: ?\|)+ | (?:\| ?)+$|(?<= \|)(?: \|)+", "", " ".join("".join(self.text).split()))
        if text and text != "|":
            links = [t for e in self.inside if e.tag == "a" and (t := " ".join("".join(e.itertext()).split()))]
            times = [e.get("datetime") for e in self.inside if e.tag == "time" and e.get("datetime")]
            rel = next((e.get("rel") for e in self.inside if e.tag == "a" and e.get("rel") in ("author", "tag", "category tag")), "") or ""
            writers = tuple(dict.fromkeys(t for e in self.inside if leads_to_writer(e) and (t := " ".join("".join(e.itertext()).split()))))
            rel = rel or ("author" if writers else "")
            names = " ".join([names_of(element), *(names_of(e) for e in self.inside if _covers(e, text))])
            if not names.strip() and (parent := element.getparent()) is not None and _is_alone(element):
                names = names_of(parent)
            share = self.linked / max(1, len("".join(text.split())))
            self.pieces.append(
                Piece(len(self.pieces), text, element, element.tag, names, share, links, writers, rel, times[0] if times else "")
            )
        self.text, self.inside, self.linked = [], [], 0


def _is_alone(element: Any) -> bool:
    return element.getprevious() is None and element.getnext() is None


def _covers(element: Any, text: str) -> bool:
    return len(" ".join("".join(element.itertext()).split())) > 0.8 * len(" ".join(text.split())) > 0


def _prose(piece: Piece) -> float:
    words = count_words(piece.text)
    if piece.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "caption"):
        return 0.0
    free = words * (1 - piece.link_share)
    if is_sentence(piece.text) and words >= 5 or words >= 20:
        return free
    return free * 0.2


def find_story(page: Page, headline: int) -> Story:
    """The element that holds the story, and which of its pieces are the story."""
    best = _holder(page, headline)
    inside = [p for p in page.pieces if _within(p.element, best)]
    story = _trimmed(
        [p for p in inside if p.number > headline and not p.is_furniture] if headline >= 0 else [p for p in inside if not p.is_furniture]
    )
    if not story:
        story = [p for p in inside if p.number != headline] or inside
    kept = {p.number for p in story}
    left_out = {p.element for p in inside if p.number not in kept}
    return Story(best, story, left_out | {e for e in page.furniture if _within(e, best)})


def begin(story: Story, number: int) -> None:
    """Leave out of a story the pieces before one of the page's."""
    out = [p for p in story.pieces if p.number < number]
    story.pieces = [p for p in story.pieces if p.number >= number]
    kept = {p.element for p in story.pieces}
    story.left_out |= {p.element for p in out} - kept


def _within(element: Any, holder: Any) -> bool:
    return element is holder or any(one is holder for one in element.iterancestors())


def _holder(page: Page, headline: int) -> Any:
    scores: dict[Any, float] = defaultdict(float)
    for piece in page.pieces:
        if piece.is_furniture or piece.weight <= 0:
            continue
        # What stands before the headline is seldom the story.
        share = piece.weight * (1.0 if piece.number > headline else 0.3)
        for element in (piece.element, *piece.element.iterancestors()):
            if element.tag in _CONTENT:
                continue
            scores[element] += share
            share *= 0.6
            if share < 0.05:
                break
    body = next(page.tree.iter("body"), page.tree)
    if not scores:
        return body
    best = max(scores, key=lambda element: scores[element])
    return _climbed(page, best, headline, body)


def _climbed(page: Page, best: Any, headline: int, body: Any) -> Any:
    """Up to the element that holds the rest of a story in several boxes, but not the headline or a box of something else."""
    heading = page.pieces[headline].element if headline >= 0 else None
    parent = best.getparent()
    while parent is not None and parent is not body and parent.tag != "html":
        if heading is not None and _within(heading, parent):
            return best
        beside = [p for p in page.pieces if not p.is_furniture and _within(p.element, parent) and not _within(p.element, best)]
        if any(p.is_link or phrases.is_stop(p.text) or p.is_date for p in beside):
            return best
        if sum(p.weight for p in beside) > 0:
            best = parent
        elif beside:
            return best
        parent = parent.getparent() if best is not parent else best.getparent()
    return best


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Without what stands at the edges for other reasons: shares, "read also", comments after a heading of their own."""
    pieces = pieces[: remarks_at(pieces)]
    total = sum(p.weight for p in pieces)
    so_far, n = 0.0, 0
    while n < len(pieces):
        piece = pieces[n]
        if phrases.is_stop(piece.text) or phrases.BOXED.match(piece.text) and piece.weight < 5:
            if box := _box(pieces, n):
                pieces = pieces[:n] + pieces[n + box :]
                continue
            if phrases.is_stop(piece.text) and so_far >= (0.1 if phrases.begins_comments(piece.text) else 0.4) * total:
                pieces = pieces[:n]
                break
        so_far += piece.weight
        n += 1
    start, end = 0, len(pieces)
    while start < end and _is_edge(pieces[start]):
        start += 1
    while end > start and _is_edge(pieces[end - 1], at_end=True):
        end -= 1
    return pieces[start:end]


def _box(pieces: list[Piece], n: int) -> int:
    """How many pieces a box takes that stands between two of the story's paragraphs, which have one parent; 0 where none does."""
    if phrases.begins_comments(pieces[n].text):
        return 0
    before = next((p for p in reversed(pieces[:n]) if p.weight >= 5), None)
    for m in range(n + 1, min(len(pieces), n + 6)):
        if before is not None and pieces[m].weight >= 5 and pieces[m].element.getparent() is before.element.getparent():
            return m - n if pieces[m].element is not pieces[n].element else 0
    return 0


def _is_edge(piece: Piece, *, at_end: bool = False) -> bool:
    if phrases.is_noise(piece.text) or phrases.READING_TIME.fullmatch(piece.text) or piece.is_date:
        return True
    if phrases.TAG_WORD.match(piece.text) or phrases.FILED_WORD.match(piece.text):
        return True
    if phrases.BYLINE.match(piece.text) and count_words(piece.text) <= 8 and not is_sentence(piece.text):
        return True
    if at_end and piece.is_link and not is_sentence(piece.text):
        return piece.tag != "p" or count_words(piece.text) < 3
    return at_end and piece.text.endswith((":", "：")) and count_words(piece.text) <= 4


def to_html(story: Story, lead: list[Piece]) -> str:
    """The story's own HTML, without what was left out of it."""
    keep = {id(p.element) for p in story.pieces}
    marks = {}
    for number, element in enumerate(story.element.iter()):
        if element in story.left_out:
            marks[number] = element
    copy = deepcopy(story.element)
    copy.tail = None
    wanted = {number for number, element in enumerate(story.element.iter()) if id(element) in keep}
    doomed = [element for number, element in enumerate(copy.iter()) if number in marks and number not in wanted]
    needed = {element for number, element in enumerate(copy.iter()) if number in wanted}
    for element in doomed:
        if element.getparent() is None:
            continue
        if any(inner in needed for inner in element.iter()):
            element.text = None
            continue
        _remove(element)
    first = "".join(
        etree.tostring(p.element, encoding="unicode", method="html", with_tail=False) for p in lead if not _within(story.element, p.element)
    )
    inner = copy.text or ""
    return first + escape(inner, quote=False) + "".join(etree.tostring(child, encoding="unicode", method="html") for child in copy)


def _remove(element: Any) -> None:
    parent, before = element.getparent(), element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
