"""What stands around and behind every public page: contexts that all others are made of, and part of what `contexts` offers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from broadsheet.stories.contexts import Link, Picture


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry of the menu, with its second level."""

    text: str
    url: str
    children: tuple[MenuItem, ...] = ()
    current: bool = False
    """The page shown is this one or lies under it."""


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest stories, as they stand on every page."""

    links: tuple[Link, ...]
    """Five headlines; `languages` runs beside it."""
    languages: tuple[tuple[str, str], ...]
    """(language, direction) of each link."""
    as_of: dt.datetime
    url: str


@dataclass(frozen=True, slots=True)
class Site:
    """What stands on every page of a publication."""

    name: str
    tagline: str
    language: str
    direction: str
    zone: str
    """IANA name of the time zone in which dates are shown."""
    home_url: str
    logo: Picture | None
    stylesheet_url: str
    """The publication's own colours and type set, one hashed file."""
    type_set: str
    """`transitional`, `old-style` or `modern`."""
    menu: tuple[MenuItem, ...]
    footer_menu: tuple[MenuItem, ...]
    """Static pages: About, Contact, …"""
    latest: Latest | None
    """Missing while nothing was published, and on pages that are not to change with it."""
    disclaimer: str
    legal: tuple[str, ...]
    """Lines: company name, number, address."""
    copyright: str
    """Complete line with the computed year."""
    feed_url: str
    social: tuple[Link, ...]
    archive_url: str = ""
    """Of the archives; empty while nothing was published."""


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page announces, in one format."""

    text: str
    url: str
    type: str
    """MIME."""


@dataclass(frozen=True, slots=True)
class Head:
    """What machines read of a page: title, description, canonical, sharing, structured data."""

    title: str
    """Complete, with the publication's name."""
    description: str
    canonical: str
    """Absolute."""
    robots: str
    """`max-image-preview:large` or `noindex`."""
    kind: str
    """Open Graph type: `website`, `article`, `profile`."""
    share_title: str
    share_image: str = ""
    """Absolute address of a JPEG or PNG of 1200 × 630, or empty."""
    share_image_alt: str = ""
    feeds: tuple[FeedLink, ...] = ()
    json_ld: tuple[str, ...] = ()
    """Serialised and escaped for a script element."""
    published: dt.datetime | None = None
    modified: dt.datetime | None = None
    section: str = ""
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    preload_image: Picture | None = None
    alternates: tuple[Link, ...] = ()
    """(language tag, absolute address) of the page in each language, its own included; empty where there is only one."""
    embedding: str = ""
    """Where the page is described for who embeds it (oEmbed); empty for what is no story."""


@dataclass(frozen=True, slots=True)
class Page:
    """What every page context has."""

    site: Site
    head: Head
    language: str
    """Of the page's own content."""
    direction: str
