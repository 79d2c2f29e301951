"""What stands on every page: masthead, menu, latest, footer; read once per request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone, translation

from broadsheet.delivery import keys
from broadsheet.media.contexts import sources
from broadsheet.people.languages import interface_language
from broadsheet.people.models import Publication
from broadsheet.reader.contexts import FeedLink, Head, Latest, Link, MenuItem, Picture, Site
from broadsheet.reader.menu import menu
from broadsheet.reader.stylesheet import stylesheet_address
from broadsheet.stories.cards import Row, listed
from broadsheet.stories.contexts import Card
from broadsheet.stories.models import StaticPage
from broadsheet.stories.permalinks import absolute
from broadsheet.stories.prepared import Prepared
from broadsheet.stories.projections import publication
from broadsheet.stories.queries import SectionTree
from broadsheet.syndication import schema
from broadsheet.syndication.channels import kind_address, kind_name
from broadsheet.syndication.formats import ways

LATEST = 5
YEAR = "year"
"""The key of what says which year it is."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame around a page and what was read to make it."""

    site: Site
    tree: SectionTree
    publication: Publication
    latest_rows: tuple[Row, ...]


@Prepared
def _footer_pages() -> Any:
    pages = StaticPage.objects.filter(live=True, in_footer=True, permalink__isnull=False).order_by()
    return pages.values_list("path", "title", "permalink")


def build(current_path: str, *, latest: bool = True) -> Frame:
    """The frame of a page whose address is `current_path`; without the latest stories for one that is not to change with them."""
    paper = publication()
    tree = SectionTree.read()
    # The latest is an island: a page does not depend on what stands in it.
    with keys.apart():
        rows = tuple(listed("site", LATEST)) if latest else ()
    # To the minute: readers see no more, and pages of one minute share their head.
    now = timezone.now().replace(second=0, microsecond=0)
    newest = Latest(
        links=tuple(Link(r[4]["headline"], r[1]) for r in rows),
        languages=tuple((r[4]["language"], r[4]["direction"]) for r in rows),
        as_of=now,
        url="/latest/",
    )
    logo = sources(paper.logo, "full") if paper.logo else None
    site = Site(
        name=paper.name,
        tagline=paper.tagline,
        language=paper.language,
        direction=paper.direction,
        zone=paper.zone,
        home_url="/",
        logo=Picture(**logo, alt=paper.name) if logo else None,
        stylesheet_url=stylesheet_address(paper),
        type_set=paper.type_set,
        menu=menu(tree, current_path),
        footer_menu=tuple(MenuItem(title, link or "/") for _path, title, link in sorted(_footer_pages())),
        latest=newest if rows else None,
        disclaimer=paper.disclaimer,
        legal=tuple(filter(None, (paper.legal_name, paper.legal_number, paper.legal_address))),
        copyright=_copyright(paper, now),
        feed_url="/feed/",
        social=(),
        # What is asked for without the latest is an archive.
        archive_url="/archive/" if rows or not latest else "",
    )
    return Frame(site, tree, paper, rows)


def _copyright(paper: Publication, now: dt.datetime) -> str:
    keys.note(YEAR)
    year = now.astimezone(paper.tzinfo).year
    span = f"{paper.founded}–{year}" if paper.founded and paper.founded < year else str(year)
    return f"© {span} {paper.legal_name or paper.name}"


def head(frame: Frame, *, title: str, path: str, description: str = "", kind: str = "website", **more: Any) -> Head:
    """The head of a page, with the publication's name in its title; `more` are further fields of Head."""
    name = frame.site.name
    usual = Head(
        title=f"{title} — {name}" if title and title != name else name,
        description=description or frame.publication.description or frame.site.tagline,
        canonical=absolute(path),
        robots="max-image-preview:large",
        kind=kind,
        share_title=title or name,
        feeds=feeds(name, "/feed/"),
    )
    return replace(usual, **more)


def feeds(name: str, path: str) -> tuple[FeedLink, ...]:
    """A list's feed in every format, as the head of a page names it."""
    return tuple(FeedLink(name, url, type_) for url, type_ in ways(path))


def kind_feeds(frame: Frame, cards: Iterable[Card]) -> tuple[FeedLink, ...]:
    """The feeds of the kinds that these stories are of."""
    kinds = sorted({card.kind for card in cards})
    return tuple(link for kind in kinds for link in feeds(f"{frame.site.name}: {kind_name(kind)}", kind_address(kind)))


def described(frame: Frame, *, name: str, path: str, type_: str = "CollectionPage", **more: Any) -> str:
    """A page of cards for machines, in the publication's language; `more` as `schema.page` takes it."""
    return schema.page(frame.publication, name=name, path=path, type_=type_, **{"language": frame.site.language, **more})


def speak(frame: Frame) -> None:
    """Interface texts in the publication's language from here on in this request."""
    translation.activate(interface_language(frame.site.language))
    timezone.activate(frame.publication.tzinfo)
