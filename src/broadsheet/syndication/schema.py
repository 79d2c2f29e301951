"""schema.org descriptions as JSON-LD (vocabulary 29.4), ready to stand in a script element."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from broadsheet.media.contexts import sources
from broadsheet.people.models import Declarations, Publication
from broadsheet.stories.contexts import Card
from broadsheet.stories.models import StaticPage
from broadsheet.stories.permalinks import absolute

TYPES = {"opinion": "OpinionNewsArticle", "analysis": "AnalysisNewsArticle", "explainer": "BackgroundNewsArticle", "news": "NewsArticle"}
POLICIES = {
    "ethics": "ethicsPolicy", "corrections": "correctionsPolicy", "ownership": "ownershipFundingInfo", "masthead": "masthead",
    "sources": "unnamedSourcesPolicy", "feedback": "actionableFeedbackPolicy",
}  # fmt: skip
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def _dump(thing: dict[str, Any]) -> str:
    kept = {k: v for k, v in thing.items() if v not in ("", None, [], ())}
    return json.dumps({"@context": "https://schema.org", **kept}, ensure_ascii=False).translate(_ESCAPES)


def _publisher(paper: Publication) -> dict[str, Any]:
    publisher: dict[str, Any] = {"@type": "NewsMediaOrganization", "name": paper.name, "url": absolute("/")}
    logo = sources(paper.logo, "full") if paper.logo else None
    if logo:
        publisher["logo"] = {"@type": "ImageObject", "url": absolute(str(logo["src"])), "width": logo["width"], "height": logo["height"]}
    return publisher


def organisation(paper: Publication) -> str:
    """The publication as an organisation, with the public pages on how it works."""
    about = {
        "description": paper.description,
        "slogan": paper.tagline,
        "legalName": paper.legal_name,
        "foundingDate": str(paper.founded or ""),
    }
    return _dump({**_publisher(paper), **about, **_policies()})


def _policies() -> dict[str, str]:
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
    return _dump({"@type": "WebSite", "name": paper.name, "url": absolute("/"), "inLanguage": paper.language, "potentialAction": search})


def person(name: str, path: str, role: str) -> str:
    """A contributor's page."""
    return _dump({"@type": "ProfilePage", "mainEntity": {"@type": "Person", "name": name, "url": absolute(path), "jobTitle": role or None}})


def breadcrumb(steps: Sequence[tuple[str, str]]) -> str:
    """Where a page stands: (name, path) from the top down."""
    items = [{"@type": "ListItem", "position": n, "name": name, "item": absolute(path)} for n, (name, path) in enumerate(steps, 1)]
    return _dump({"@type": "BreadcrumbList", "itemListElement": items})


def article(
    card: Card, paper: Publication, *, path: str, description: str, image: str, words: int, topics: Sequence[str], dateline: str
) -> str:
    """A story as the NewsArticle type that fits its kind."""
    thing: dict[str, Any] = {
        "@type": TYPES.get(card.kind, "NewsArticle"),
        "headline": card.headline,
        "description": description,
        "url": absolute(path),
        "mainEntityOfPage": absolute(path),
        "datePublished": card.published.isoformat(),
        "dateModified": (card.updated or card.published).isoformat(),
        "inLanguage": card.language,
        "articleSection": card.kicker.text if card.kicker else None,
        "dateline": dateline,
        "wordCount": words,
        "keywords": list(topics),
        "image": [image] if image else None,
        "isAccessibleForFree": True,
        "author": [{"@type": "Person", "name": p.name, "url": absolute(p.url)} for p in card.byline] or [_publisher(paper)],
        "publisher": _publisher(paper),
    }
    return _dump(thing)
