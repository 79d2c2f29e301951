"""What a web page says of itself: JSON-LD, OpenGraph, other metadata, its title."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from broadsheet.html import plain_text
from broadsheet.importing.documents.dates import machine_date
from broadsheet.importing.documents.heading import split_topics

_ARTICLES = re.compile(
    r"(?:News|Blog|Report|Opinion|Review|Analysis|Scholarly|Tech|Backgroundporter|Satirical|Advertiser)?\w*(?:Article|Posting|Report)$"
)
_HEADLINE = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "parsely-title", "sailthru.title", "headline")
_AUTHOR = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "twitter:data1:written by",
)
_PUBLISHED = ("article:published_time", "og:article:published_time", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "date",
              "datepublished", "pubdate", "publishdate", "publish-date", "publish_date", "citation_publication_date", "parsely-pub-date",
              "sailthru.date", "cxenseparse:recs:publishtime", "originalpublicationdate", "article.published")  # fmt: skip
_UPDATED = (
    "article:modified_time",
    "og:updated_time",
    "dc.date.modified",
    "dcterms.modified",
    "datemodified",
    "lastmod",
    "last-modified",
    "article.updated",
)
_SECTION = ("article:section", "og:article:section", "dc.subject.section", "section", "parsely-section")
_TOPICS = ("article:tag", "og:article:tag", "keywords", "news_keywords", "parsely-tags", "sailthru.tags", "dc.subject")
_MAX_JSON = 1_000_000


@dataclass(slots=True)
class Evidence:
    """Claims, the more trusted first."""

    headlines: list[str] = field(default_factory=list)
    title: str = ""
    site: str = ""
    byline: list[str] = field(default_factory=list)
    published: dt.date | None = None
    updated: dt.date | None = None
    labels: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    description: str = ""
    language: str = ""
    dated: str = ""
    """The language by which dates in numbers are read: where all are month, day, year, that of the United States."""
    address: str = ""
    body: str = ""


def gather(tree: Any) -> Evidence:
    """All claims of a parsed page."""
    out = Evidence()
    root = tree.getroottree().getroot()
    language = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    out.language = language if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language) else ""
    title = next(tree.iter("title"), None)
    out.title = _line("".join(title.itertext())) if title is not None else ""
    for article in _articles(tree):
        _linked(out, article)
    _meta(out, tree)
    _microdata(out, tree)
    return out


def _line(text: object) -> str:
    return " ".join(plain_text(text[:2000]).split()) if isinstance(text, str) else ""


def _articles(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").casefold():
            continue
        text = "".join(script.itertext())
        if len(text) > _MAX_JSON:
            continue
        try:
            data = json.loads(re.sub(r"^\s*(?://)?<!\[CDATA\[|(?://)?\]\]>\s*$|<!--|-->", "", text), strict=False)
        except (ValueError, RecursionError):
            continue
        waiting, seen = [data], 0
        while waiting and seen < 2000:
            one, seen = waiting.pop(0), seen + 1
            if isinstance(one, list):
                waiting += one
            elif isinstance(one, dict):
                kinds = one.get("@type") if isinstance(one.get("@type"), list) else [one.get("@type")]
                if any(isinstance(kind, str) and _ARTICLES.match(kind) for kind in kinds or ()):
                    yield one
                waiting += [one[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if isinstance(one.get(key), (list, dict))]


def _linked(out: Evidence, article: dict[str, Any]) -> None:
    if out.headlines:
        return  # The first article is the page's; others are teasers.
    for key in ("headline", "name"):
        if (text := _line(article.get(key))) and text not in out.headlines:
            out.headlines.append(text)
    out.byline = out.byline or _people(article.get("author") or article.get("creator"))
    out.published = out.published or machine_date(_line(article.get("datePublished") or article.get("dateCreated")))
    out.updated = out.updated or machine_date(_line(article.get("dateModified")))
    out.labels += _texts(article.get("articleSection"))
    keywords = article.get("keywords")
    out.topics += split_topics(_line(keywords)) if isinstance(keywords, str) else _texts(keywords)
    out.description = out.description or _line(article.get("alternativeHeadline") or article.get("description"))
    language = article.get("inLanguage")
    out.language = out.language or (language if isinstance(language, str) and re.fullmatch(r"[a-z]{2,3}(-\w{2,8})*", language) else "")


def _texts(value: object) -> list[str]:
    many = value if isinstance(value, list) else [value]
    return [text for one in many[:100] if (text := _line(one.get("name") if isinstance(one, dict) else one))]


def _people(value: object) -> list[str]:
    return [name for name in _texts(value) if not re.match(r"https?:", name) and len(name) <= 120]


def _meta(out: Evidence, tree: Any) -> None:
    said: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").casefold().strip()
        content = _line(meta.get("content") or "")
        if name and content:
            said.setdefault(name, []).append(content)
    out.headlines += [text for name in _HEADLINE for text in said.get(name, ())]
    out.site = next((text for name in ("og:site_name", "application-name") for text in said.get(name, ())), "")
    if not out.byline:
        out.byline = next((people for name in _AUTHOR if (people := _people(said.get(name)))), [])
    out.published = out.published or next(
        (date for name in _PUBLISHED for text in said.get(name, ()) if (date := machine_date(text))), None
    )
    out.updated = out.updated or next((date for name in _UPDATED for text in said.get(name, ()) if (date := machine_date(text))), None)
    out.labels = out.labels or [text for name in _SECTION for text in said.get(name, ())]
    out.topics = out.topics or next(
        (topics for name in _TOPICS if (topics := [t for text in said.get(name, ()) for t in split_topics(text)])), []
    )
    out.description = out.description or next((t for n in ("og:description", "description") for t in said.get(n, ())), "")
    link = next((one.get("href") for one in tree.iter("link") if (one.get("rel") or "").casefold() == "canonical"), None)
    out.address = link or next(iter(said.get("og:url", ())), "")
    if not re.match(r"https?://", out.address or ""):
        out.address = ""


def _microdata(out: Evidence, tree: Any) -> None:
    """`itemprop` of the article itself; those of teasers come later on the page."""
    for element in tree.iter():
        name = element.get("itemprop") if isinstance(element.tag, str) else None
        if not name or element.tag == "meta":
            continue
        text = _line("".join(element.itertext())[:2000])
        if name == "headline" and text and text not in out.headlines:
            out.headlines.append(text)
        elif name == "author" and text and not out.byline and len(text) < 120:
            out.byline = [text]
        elif name in ("datePublished", "dateModified"):
            date = machine_date(element.get("datetime") or element.get("content") or text)
            if name == "datePublished":
                out.published = out.published or date
            else:
                out.updated = out.updated or date
