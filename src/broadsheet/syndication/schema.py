"""schema.org descriptions as JSON-LD (vocabulary 29.4), ready to stand in a script element."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from broadsheet.html import plain_text
from broadsheet.media.contexts import sources
from broadsheet.people.models import Declarations, Publication
from broadsheet.stories.contexts import Card, Correction, Picture, Translation
from broadsheet.stories.models import StaticPage
from broadsheet.stories.permalinks import absolute

TYPES = {
    "opinion": "OpinionNewsArticle", "analysis": "AnalysisNewsArticle", "explainer": "BackgroundNewsArticle", "feature": "ReportageNewsArticle",
}  # fmt: skip
"""By kind; all others are a NewsArticle. One without posts of its own is no LiveBlogPosting."""
POLICIES = {
    "ethics": "ethicsPolicy", "corrections": "correctionsPolicy", "ownership": "ownershipFundingInfo", "masthead": "masthead",
    "sources": "unnamedSourcesPolicy", "feedback": "actionableFeedbackPolicy", "ai": "publishingPrinciples",
}  # fmt: skip
SYNTHETIC = "https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource"
"""Of IPTC's digital sources the one that says: something in it comes from AI, and not all."""
NEWEST_FIRST = "https://schema.org/ItemListOrderDescending"
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}

Thing = dict[str, Any]


def _dump(thing: Thing) -> str:
    return json.dumps({"@context": "https://schema.org", **_said(thing)}, ensure_ascii=False).translate(_ESCAPES)


def _said(thing: Thing) -> Thing:
    """Without what nobody said."""
    return {k: v for k, v in thing.items() if v not in ("", None, [], (), {})}


def _publisher(paper: Publication) -> Thing:
    publisher: Thing = {"@type": "NewsMediaOrganization", "name": paper.name, "url": absolute("/")}
    logo = sources(paper.logo, "full") if paper.logo else None
    if logo:
        size = {"width": _pixels(logo["width"]), "height": _pixels(logo["height"])}
        publisher["logo"] = {"@type": "ImageObject", "url": absolute(str(logo["src"])), **size}
    return publisher


def _pixels(number: int) -> Thing:
    # E37 is UN/CEFACT's code of the pixel.
    return {"@type": "QuantitativeValue", "value": number, "unitCode": "E37"}


def organisation(paper: Publication) -> str:
    """The publication as an organisation, with the public pages on how it works."""
    about = {
        "description": paper.description,
        "slogan": paper.tagline,
        "legalName": paper.legal_name,
        "foundingDate": str(paper.founded or ""),
    }
    return _dump({**_publisher(paper), **about, **policies()})


def policies() -> dict[str, str]:
    """Addresses of the public pages on how it works, by schema.org's name of each."""
    columns = tuple(f"{name}_id" for name in Declarations.POLICIES)
    chosen = Declarations.objects.order_by("pk").values_list(*columns).first() or ()
    public = (
        dict(StaticPage.objects.filter(pk__in=[pk for pk in chosen if pk], live=True).order_by().values_list("pk", "permalink"))
        if any(chosen)
        else {}
    )
    return {POLICIES[name]: absolute(path) for name, pk in zip(Declarations.POLICIES, chosen, strict=False) if (path := public.get(pk))}


def website(paper: Publication) -> str:
    """The site itself, with where it is searched."""
    search = {
        "@type": "SearchAction", "query-input": "required name=search_term_string",
        "target": {"@type": "EntryPoint", "urlTemplate": absolute("/search/") + "?q={search_term_string}"},
    }  # fmt: skip
    return _dump({**_site(paper), "inLanguage": paper.language, "license": paper.licence, "potentialAction": search})


def _site(paper: Publication) -> Thing:
    return {"@type": "WebSite", "name": paper.name, "url": absolute("/")}


def page(
    paper: Publication, *, name: str, path: str, language: str, description: str = "", type_: str = "WebPage", cards: Iterable[Card] = (),
    newest_first: bool = True, about: str = "", licence: bool = False,
) -> str:  # fmt: skip
    """A page that is no story: a list of the cards on it where there are any; `about` is the subject of a topic's page."""
    listed = [card.url for card in cards]
    items = [{"@type": "ListItem", "position": n, "url": absolute(url)} for n, url in enumerate(listed, 1)]
    order = NEWEST_FIRST if newest_first else ""
    # Without a list it is not "a list of nothing".
    list_ = _said({"@type": "ItemList", "itemListOrder": order, "numberOfItems": len(items), "itemListElement": items}) if items else None
    subject = _said({"@type": "Thing", "name": about, "description": description}) if about else None
    return _dump(
        {
            "@type": type_, "name": name, "url": absolute(path), "description": description, "inLanguage": language, "isPartOf": _site(paper),
            "about": subject, "license": paper.licence if licence else "", "mainEntity": list_,
        }
    )  # fmt: skip


def person(paper: Publication, name: str, path: str, *, role: str, biography: str, portrait: Picture | None, links: Sequence[str]) -> str:
    """A contributor's page; the biography is HTML."""
    who = {
        "@type": "Person", "name": name, "url": absolute(path), "jobTitle": role, "description": plain_text(biography), "sameAs": list(links),
        "image": picture(portrait) if portrait else None, "worksFor": {"@type": "NewsMediaOrganization", "name": paper.name, "url": absolute("/")},
    }  # fmt: skip
    return _dump({"@type": "ProfilePage", "url": absolute(path), "name": name, "mainEntity": _said(who)})


def breadcrumb(steps: Sequence[tuple[str, str]]) -> str:
    """Where a page stands: (name, path) from the top down."""
    items = [{"@type": "ListItem", "position": n, "name": name, "item": absolute(path)} for n, (name, path) in enumerate(steps, 1)]
    return _dump({"@type": "BreadcrumbList", "itemListElement": items})


def picture(shown: Picture, *, url: str = "", licence: str = "") -> Thing:
    """A picture with whose it is; at `url` instead of its own address where another size is meant, which then says nothing of its size."""
    return _said(
        {
            "@type": "ImageObject", "url": absolute(url or shown.src), "contentUrl": absolute(url or shown.src),
            "width": None if url else _pixels(shown.width), "height": None if url else _pixels(shown.height),
            "caption": plain_text(shown.caption) or shown.alt, "creditText": shown.credit, "license": _licence(licence),
        }
    )  # fmt: skip


def _licence(text: str) -> Any:
    """As an address where it is one, else as the work that is called so."""
    return text if text.startswith(("https://", "http://")) else {"@type": "CreativeWork", "name": text} if text else ""


@dataclass(frozen=True, slots=True)
class Described:
    """What an article's description has besides its card."""

    path: str
    description: str
    words: int
    topics: tuple[str, ...]
    dateline: str
    image: Thing | None
    original_url: str = ""
    translations: tuple[Translation, ...] = ()
    evidence: Thing = field(default_factory=dict)
    """What it is known from, quotes and tells of."""
    corrections: tuple[Correction, ...] = ()
    genre: str = ""
    """The kind, in words."""
    paid_by: str = ""
    funding: str = ""
    ai: str = ""
    """What readers are told of AI in it."""


def _labels(more: Described) -> Thing:
    """How it was made and who paid for it."""
    told: Thing = {"genre": more.genre}
    if more.paid_by:
        told["sponsor"] = {"@type": "Organization", "name": more.paid_by}
    if more.funding:
        told["funding"] = {"@type": "Grant", "description": more.funding}
    if more.ai:
        told |= {"digitalSourceType": SYNTHETIC, "creditText": more.ai}
    return told


def _correction(one: Correction) -> Thing:
    # What was wrong goes with what is right: alone, neither is understood.
    text = f"{one.wrong} {one.note}" if one.wrong else one.note
    return {"@type": "CorrectionComment", "text": text, "datePublished": one.moment.isoformat(), "url": absolute(one.url)}


def article(card: Card, paper: Publication, more: Described) -> str:
    """A story as the type of NewsArticle that fits its kind."""
    # What was paid for is no news; datelines are for news alone.
    type_ = "AdvertiserContentArticle" if more.paid_by else TYPES.get(card.kind, "NewsArticle")
    signed = [(one, {"@type": "Person", "name": one.name, "url": absolute(one.url)}) for one in card.byline]
    authors = [who for one, who in signed if not one.role] or [who for _one, who in signed]
    thing: Thing = {
        "@type": type_,
        "headline": card.headline,
        "description": more.description,
        "url": absolute(more.path),
        "mainEntityOfPage": {"@type": "WebPage", "@id": absolute(more.path)},
        "datePublished": card.published.isoformat(),
        "dateModified": (card.updated or card.published).isoformat(),
        "inLanguage": card.language,
        "articleSection": card.kicker.text if card.kicker else None,
        "dateline": "" if more.paid_by else more.dateline,
        "wordCount": more.words,
        "keywords": list(more.topics),
        "image": [more.image] if more.image else None,
        "isAccessibleForFree": True,
        "license": paper.licence,
        "copyrightHolder": {"@type": "Organization", "name": paper.legal_name or paper.name},
        "copyrightYear": card.published.year,
        "isBasedOn": more.original_url,
        "workTranslation": [{"@type": type_, "url": absolute(one.url), "inLanguage": one.language} for one in more.translations],
        "correction": [_correction(one) for one in more.corrections],
        "author": authors or [_publisher(paper)],
        "contributor": [who for _one, who in signed if who not in authors],
        "publisher": _publisher(paper),
        **_labels(more),
        **more.evidence,
    }
    return _dump(thing)
