"""A page's words and pictures → its galley: the card as JSON, the body as HTML and as plain text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from html import unescape
from typing import Any, NamedTuple, Self

from django.template.base import TextNode, VariableNode
from django.template.loader import get_template, render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from wagtail.documents import get_document_model
from wagtail.rich_text import expand_db_html

from broadsheet.html import excerpt, plain_text, sanitise
from broadsheet.media.contexts import social_address, sources
from broadsheet.media.models import Image
from broadsheet.people.languages import interface_language
from broadsheet.people.models import Person, Publication, direction_of
from broadsheet.record import marks
from broadsheet.search.folding import fold
from broadsheet.stories.blocks import in_marked, items_of
from broadsheet.stories.contexts import Picture
from broadsheet.stories.queries import SectionEntry, SectionTree

EXCERPT = 220
"""Characters of an excerpt; it ends at the sentence nearest below."""
LABEL = 90
"""A first paragraph shorter than this that ends without a full stop is a credit or a label."""
ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
SENTENCE_ENDS = ".!?…:؟۔।॥。！？"
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
_STORED = re.compile(r"<(?:a|embed)\b", re.I)
"""What Wagtail, and whoever extends it, may keep otherwise than a page shows it."""
_ENDS = re.compile(r"</(?:p|li)>")
_HEADING = re.compile(r"<h[2-6][^>]*>.*?</h[2-6]>", re.S)
_TAG = re.compile(r"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_VALUE = "value"
CLOSERS = "\"'”’»›)]」』"


@dataclass
class Shown:
    """What bodies show, by id."""

    images: dict[int, Image]
    documents: dict[int, Any]

    @classmethod
    def by(cls, bodies: Iterable[Sequence[dict[str, Any]]], leads: Iterable[int] = ()) -> Self:
        """Read what these bodies show, and these lead pictures: two queries at most."""
        images, documents = _named(bodies)
        images |= set(leads)
        return cls(
            images=Image.objects.in_bulk(images - {0}) if images - {0} else {},
            documents=get_document_model().objects.in_bulk(documents - {0}) if documents - {0} else {},
        )


@dataclass
class Ingredients(Shown):
    """Everything a batch of pages needs, fetched in a fixed number of queries."""

    publication: Publication
    tree: SectionTree
    bylines: dict[int, list[tuple[int, str]]]
    topics: dict[int, list[int]]
    placements: dict[int, list[int]]
    sections: dict[int, list[int]]
    people: Mapping[int, int]
    """Successors of those who were merged; empty for a draft."""

    @classmethod
    def of(cls, pages: Sequence[Any], *, publication: Publication, known: Known | None = None) -> Ingredients:
        """Read what saved pages need; relations not known already come from the database. Merged people and topics are replaced."""
        from broadsheet.stories.models import Byline, Story, Topic
        from broadsheet.stories.projections import pairs, successors

        ids = [p.pk for p in pages if isinstance(p, Story)]
        people, topics = successors(Person), successors(Topic)

        def signed() -> Iterable[tuple[int, int, str]]:
            if known:
                return known.bylines
            bylines = Byline.objects.filter(story_id__in=ids).order_by("story_id", "sort_order", "pk")
            return bylines.values_list("story_id", "person_id", "role")

        def through(field: str, target: str) -> Iterable[tuple[int, int]]:
            if known:
                return known.relations[field]
            rows = getattr(Story, field).through.objects.filter(story_id__in=ids).order_by("pk")
            return rows.values_list("story_id", f"{target}_id")

        return cls(
            publication=publication,
            tree=SectionTree.read(),
            bylines=pairs((story, (people.get(one, one), role)) for story, one, role in signed()),
            topics=pairs((s, topics.get(t, t)) for s, t in through("topics", "topic")),
            placements=pairs(through("placements", "placement")),
            sections=pairs(through("sections", "section")),
            people=people,
            **_media(pages),
        )

    @classmethod
    def of_draft(cls, page: Any, *, publication: Publication) -> Ingredients:
        """The same for one page as it is in memory, saved or not."""
        key = page.pk
        empty: dict[int, list[Any]] = defaultdict(list)
        is_story = hasattr(page, "bylines")
        return cls(
            publication=publication,
            tree=SectionTree.read(),
            bylines={key: [(b.person_id, b.role) for b in page.bylines.all()]} if is_story else empty,
            topics={key: [t.pk for t in page.topics.all()]} if is_story else empty,
            placements=empty,
            sections={key: [s.pk for s in page.sections.all()]} if is_story else empty,
            people={},
            **_media([page]),
        )

    def home(self, page: Any) -> SectionEntry | None:
        """The home section: the tree parent."""
        return self.tree.home_of(page.path or getattr(page, "preview_path", "") or "")

    def sections_of(self, page: Any) -> list[SectionEntry]:
        """Home section first, then the further ones."""
        home = self.home(page)
        further = [self.tree.by_id[pk] for pk in self.sections[page.pk] if pk in self.tree.by_id]
        return list(dict.fromkeys([*([home] if home else []), *further]))

    def pictures_of(self, page: Any) -> list[int]:
        """Ids of the pictures a page shows: its lead picture and those of its body, as far as they are there."""
        shown = {page.lead_image_id, *_named([page.body.raw_data])[0]}
        return sorted(pk for pk in shown if pk in self.images)

    def language(self, page: Any) -> tuple[str, str]:
        """(tag, direction): the page's own, else its section's, else the publication's."""
        home = self.home(page)
        tag = page.language or (home.language if home else "") or self.publication.language
        return tag, direction_of(tag)


class Body(NamedTuple):
    """A body as typeset; all of it is made of its blocks and what they show."""

    html: str
    text: str
    words: int
    excerpt: str
    """Where nobody wrote a standfirst."""
    folded: str
    """The words search finds it by."""
    marked: tuple[marks.Range, ...] = ()
    """What an editor marked in the HTML, which is as if nobody had."""


@dataclass(frozen=True, slots=True)
class Known:
    """What whoever has just written pages knows of them, and need not be read again."""

    bylines: Sequence[tuple[int, int, str]]
    """Story, person and role, in the order of each story."""
    relations: Mapping[str, Sequence[tuple[int, int]]]
    """By field: story and what it refers to."""
    bodies: Mapping[int, Body]
    """By page; of those that are typeset already."""
    has_record: bool = False
    """Whether their record comes after them: then nothing is entered now."""


@dataclass(frozen=True, slots=True)
class Set:
    """A page as typeset."""

    card: dict[str, Any]
    body_html: str
    body_text: str
    words: int
    folded: str = ""
    """The words search finds the body by."""
    marked: tuple[marks.Range, ...] = ()


def _named(bodies: Iterable[Sequence[dict[str, Any]]]) -> tuple[set[int], set[int]]:
    images: set[int] = set()
    documents: set[int] = set()
    for body in bodies:
        for block in body:
            value = block["value"]
            if block["type"] == "picture":
                images.add(value.get("image") or 0)
            elif block["type"] == "gallery":
                images.update(p.get("image") or 0 for p in items_of(value.get("pictures")))
            elif block["type"] == "file":
                documents.add(value.get("document") or 0)
    return images, documents


def _media(pages: Sequence[Any]) -> dict[str, dict[int, Any]]:
    shown = Shown.by((page.body.raw_data for page in pages), (getattr(page, "lead_image_id", None) or 0 for page in pages))
    return {"images": shown.images, "documents": shown.documents}


def typeset(page: Any, pot: Ingredients, body: Body | None = None) -> Set:
    """Make the galley of one page; `body` when it is typeset already."""
    made = body or set_body(page.body.raw_data, pot, pot.publication.language)
    card = _card(page, pot, made) if hasattr(page, "kind") else {}
    if hasattr(page, "kind"):
        card["minutes"] = max(1, round(made.words / 230))
    return Set(card, made.html, made.text, made.words, made.folded, made.marked)


def set_body(blocks: Sequence[dict[str, Any]], shown: Shown, language: str) -> Body:
    """Typeset a body; our own words in it are in the language given, a publication's."""
    tag = interface_language(language)
    # Not in that of the desk of whoever publishes.
    with nullcontext() if translation.get_language() == tag else translation.override(tag):
        said: list[marks.Mark] = []
        html = "".join(filter(None, (_block(b["type"], in_marked(b, lambda t: marks.signed(t, said)), shown) for b in blocks)))
    html, ranges = marks.found(html, said)
    text = plain_text(html)
    opening = excerpt(_prose(blocks) or _from_first_sentence(text.splitlines()), EXCERPT)
    return Body(html, text, _words(text), opening, fold(text), tuple(ranges))


def _words(text: str) -> int:
    cjk = 0 if text.isascii() else len(_CJK.findall(text))
    # Two characters of Chinese or Japanese read about as fast as one word elsewhere.
    return len(text.split()) + cjk // 2


def _card(page: Any, pot: Ingredients, body: Body) -> dict[str, Any]:
    tag, direction = pot.language(page)
    home = pot.home(page)
    lead = pot.images.get(page.lead_image_id or 0)
    card: dict[str, Any] = {
        "headline": page.title,
        "language": tag,
        "direction": direction,
        "kind": page.kind,
        "standfirst": page.standfirst.strip() or body.excerpt,
        "section": home.id if home else None,
        "people": [list(b) for b in pot.bylines[page.pk]],
        "topics": list(pot.topics[page.pk]),
        "sections": [s.id for s in pot.sections_of(page)],
    }
    if page.paid_by:
        card["paid_by"] = page.paid_by
    if lead:
        alt = page.lead_alt or lead.alt
        card["picture"] = {"crops": {c: s for c in ("landscape", "full", "square") if (s := sources(lead, c))}, "alt": alt}
        card["picture"]["caption"] = sanitise(page.lead_caption or lead.caption)
        card["picture"]["credit"] = lead.credit
        card["picture"]["licence"] = lead.licence
        card["picture"]["social"] = social_address(lead)
    return card


def _prose(blocks: Sequence[dict[str, Any]]) -> str:
    """The running text alone: an excerpt must not begin with a caption or a table."""
    html = "</p>".join(b["value"] or "" for b in blocks if b["type"] == "text")
    return _from_first_sentence(p for p in map(_plain, _paragraphs(html)) if p)


def _paragraphs(html: str) -> Iterator[str]:
    """What stands between the ends of paragraphs and of points, headings left out; no more is cut up than is asked for."""
    at = 0
    for end in _ENDS.finditer(html):
        yield _HEADING.sub(" ", html[at : end.start()])
        at = end.end()
    yield _HEADING.sub(" ", html[at:])


def _plain(html: str) -> str:
    return unescape(" ".join(_TAG.sub("", html.replace("<br", " <br")).split()))


def _from_first_sentence(paragraphs: Iterable[str]) -> str:
    """Paragraphs from the first that is running text on: not an address, a credit or a label; empty when there are only addresses.

    As many as decide what the excerpt is, no more.
    """
    spoken: list[str] = []
    first, held = -1, 0
    for one in paragraphs:
        if ADDRESS.fullmatch(one):
            continue
        spoken.append(one)
        if first < 0 and (len(one) >= LABEL or one.rstrip(CLOSERS)[-1:] in SENTENCE_ENDS):
            first = len(spoken) - 1
        held += len(one) if first >= 0 else 0
        if held > 4 * EXCERPT:
            break
    return " ".join(spoken[max(first, 0) :])


def _block(kind: str, value: Any, pot: Shown) -> str:
    if kind == "more":
        return ""
    if kind == "picture":
        picture = _picture(value, pot)
        return _render(kind, {**value, "picture": picture}) if picture else ""
    if kind == "gallery":
        held = [{**p, "picture": made} for p in items_of(value.get("pictures")) if (made := _picture(p, pot))]
        return _render(kind, {**value, "pictures": held, "caption": _prose_html(value.get("caption") or "")}) if held else ""
    if kind == "text":
        # The editor's own bookkeeping is nothing readers need.
        return _passage(_prose_html(_BLOCK_KEY.sub("", value) if value and "data-block-key" in value else value or ""))
    if kind == "file":
        document = pot.documents.get(value.get("document") or 0)
        url = document.url if document else _web(value.get("url"))
        title = value.get("title") or (document.title if document else url)
        return _render(kind, {**value, "document": document, "url": url, "title": title}) if url else ""
    if kind == "buttons":
        links = [link for link in items_of(value.get("links")) if _web(link.get("url"))]
        return _render(kind, {"links": links}) if links else ""
    if kind == "unknown":
        html = sanitise(value.get("html") or "")
        return _render(kind, {**value, "html": html}) if plain_text(html) else ""
    if kind == "embed" and not _web(value.get("url")):
        return ""
    if kind in {"table"}:
        value = {**value, "html": sanitise(value.get("html") or "")}
    elif kind in {"quote", "factbox"}:
        value = {**value, "text": _prose_html(value.get("text") or ""), "cite": _web(value.get("cite"))}
    return _render(kind, value)


def _prose_html(text: str) -> str:
    """Rich text as readers get it: links complete, written one way whether an editor or an import wrote it."""
    return sanitise(expand_db_html(text) if _STORED.search(text) else text)


def _web(url: Any) -> str:
    """The address if it is one a browser may follow, else nothing."""
    return url if isinstance(url, str) and re.match(r"(https?://|mailto:|/(?!/)|#)", url) else ""


def _picture(value: dict[str, Any], pot: Shown) -> Picture | None:
    image = pot.images.get(value.get("image") or 0)
    made = sources(image, "full") if image else None
    if not image or not made:
        return None
    alt = "" if value.get("decorative") else (value.get("alt") or image.alt)
    caption = _prose_html(value.get("caption") or image.caption)
    return Picture(**made, alt=alt, caption=caption, credit=value.get("credit") or image.credit)


def _passage(html: str) -> str:
    """A passage as its template has it: ours holds nothing else, so that the engine need not be asked for each."""
    template: Any = get_template("broadsheet/blocks/text.html")
    match template.template.nodelist:
        case [VariableNode() as shown, TextNode() as end] if shown.filter_expression.token == _VALUE:
            return f"{html}{end.s}"
    return str(template.render({"value": mark_safe(html)}))


def _render(kind: str, value: Any) -> str:
    return render_to_string(f"broadsheet/blocks/{kind}.html", {"value": value})
