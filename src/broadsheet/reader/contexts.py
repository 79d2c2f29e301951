"""What each kind of public page is made of: public API for themes, frozen, complete, without a query behind any attribute."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from broadsheet.reader.cited import Cited, Happening, Label, Role, Said
from broadsheet.reader.furniture import FeedLink, Head, Latest, MenuItem, Page, Site
from broadsheet.search.passages import Piece
from broadsheet.stories.contexts import Card, Contributor, Correction, Link, Picture, Translation


@dataclass(frozen=True, slots=True)
class Container:
    """A strip of a front or a block under a story, filled."""

    layout: str
    """`lead`, `grid`, `features`, `opinion`, `list`, `section`, `ranked`."""
    heading: str
    """Empty for the lead container."""
    url: str
    """Behind the heading, or empty."""
    tone: str
    cards: tuple[Card, ...]
    """Never empty: a container without stories is not on the page."""
    anchor: str
    """Unique on the page."""
    as_of: dt.datetime | None = None
    """From when a list of what is read most is; of the others nothing."""
    island: str = ""
    """What it is refreshed by, if it is by itself."""


@dataclass(frozen=True, slots=True)
class ShareLink:
    """Where a story can be shared, as a plain link."""

    name: str
    """`whatsapp`, `telegram`, `facebook`, `x`, `mail`."""
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Comment:
    """What a reader of an earlier site wrote, with the answers to it."""

    author: str
    published: dt.datetime | None
    html: str
    """Sanitised."""
    anchor: str = ""
    """What old links to it end in, without `#`."""
    answers: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story that goes on, of which this one is a part."""

    name: str
    url: str
    older: Card | None = None
    """The part before this one; only of the first story line, and not in a preview."""
    newer: Card | None = None


@dataclass(frozen=True, slots=True)
class StoryPage(Page):
    """A story."""

    card: Card
    standfirst: str
    """Only the one that was written; empty otherwise."""
    dateline: str
    body_html: str
    """Made at publish from the body blocks; sanitised."""
    lead_picture: Picture | None
    lead_layout: str
    """`wide` for long reads, else `column`."""
    is_long_read: bool
    reading_minutes: int
    byline: tuple[Contributor, ...]
    breadcrumb: tuple[Link, ...]
    sections: tuple[Link, ...]
    """All sections it stands in, home first."""
    topics: tuple[Link, ...]
    """But for those it is a part of."""
    disclaimer: str
    """For opinion: the publication's standing words; else empty."""
    share: tuple[ShareLink, ...]
    newer: Card | None
    older: Card | None
    blocks: tuple[Container, ...]
    """Section blocks under the story."""
    related: tuple[Card, ...] = ()
    """Stories about the same, the nearest first; what an editor pinned before them."""
    preview: bool = False
    counted_at: str = ""
    """Where a page that was looked at says so; empty when reads are not counted."""
    text_url: str = ""
    republish_url: str = ""
    """The same story without pictures and furniture; empty in a preview."""
    translations: tuple[Translation, ...] = ()
    comments: tuple[Comment, ...] = ()
    """Empty unless the publication shows them."""
    comment_count: int = 0
    """With all answers."""
    pingbacks: tuple[Link, ...] = ()
    sources: tuple[Cited, ...] = ()
    """What it is known from; references in the body lead to them."""
    labels: tuple[Label, ...] = ()
    lines: tuple[StoryLine, ...] = ()
    """The story lines it is a part of, in the editor's order."""
    corrections: tuple[Correction, ...] = ()
    """Corrections and clarifications, the newest first."""
    changes_url: str = ""
    """Where all that changed is told; empty while nothing has, and in a preview."""
    report_url: str = ""
    """Where a mistake is reported; empty in a preview, and where the publication takes no reports."""


@dataclass(frozen=True, slots=True)
class TextPage(Page):
    """A story's words alone, without pictures and without what stands around it."""

    card: Card
    standfirst: str
    dateline: str
    body_html: str
    """Sanitised; of pictures what is said under them."""
    disclaimer: str
    labels: tuple[Label, ...] = ()
    """How it was made and who paid for it."""


@dataclass(frozen=True, slots=True)
class FrontPage(Page):
    """The front of the publication."""

    containers: tuple[Container, ...]


@dataclass(frozen=True, slots=True)
class Pager:
    """Neighbouring pages of a list; a missing one is empty."""

    newer_url: str
    older_url: str


@dataclass(frozen=True, slots=True)
class SectionPage(Page):
    """The front of a section: containers on its first page, then a list."""

    name: str
    description: str
    tone: str
    breadcrumb: tuple[Link, ...]
    children: tuple[Link, ...]
    containers: tuple[Container, ...]
    cards: tuple[Card, ...]
    """What the containers do not hold, newest first."""
    pager: Pager
    feed_url: str
    archive_url: str = ""


@dataclass(frozen=True, slots=True)
class ListPage(Page):
    """A plain list: latest, a placement list, a topic."""

    name: str
    eyebrow: str
    """"Topic", "List" …, may be empty."""
    description: str
    cards: tuple[Card, ...]
    pager: Pager
    feed_url: str
    picture: Picture | None = None
    """Of a promoted topic."""
    lead: Card | None = None
    """The story that an editor lets stand first on a promoted topic's page; not among `cards`."""
    timeline: tuple[Happening, ...] = ()
    """Of a topic: the events that its stories tell of, the earliest first."""
    beginning: Card | None = None
    """The first story of a story line."""


@dataclass(frozen=True, slots=True)
class Period:
    """A year, month or day in which stories were published."""

    text: str
    """As it stands beside others of its kind: `2026`, `November`, `5`."""
    name: str
    """Complete: `5 November 2026`."""
    url: str
    """Empty for a day of a calendar on which nothing was published."""
    parts: tuple[Period, ...] = ()
    """Its months, where they are shown; of a day with very many stories its further pages."""
    count: str = ""
    """How many stories, in the language's figures; empty where it is not said."""


@dataclass(frozen=True, slots=True)
class ArchivePage(Page):
    """All years, a year, a month or a day."""

    name: str
    breadcrumb: tuple[Link, ...]
    periods: tuple[Period, ...]
    """The years, the months or the days in it that have stories; empty for a day."""
    cards: tuple[Card, ...]
    """Of a month or a day, newest first."""
    pager: Pager
    weekdays: tuple[str, ...] = ()
    """Of a month: how the columns of its calendar are called, in the order of the language's week."""
    starts: int = 1
    """Of a month: the column of its first day."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A story that was found."""

    card: Card
    headline: tuple[Piece, ...]
    """The card's, in pieces: `text`, and whether it was looked for (`marked`)."""
    passage: tuple[Piece, ...]
    """From the body where the words stand in it, else the standfirst; may be empty."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow a search down, or to order it."""

    text: str
    url: str
    """Where it is chosen; of the current one, where it is left again."""
    count: str = ""
    """How many stories, in the language's figures."""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """What a search can be narrowed down by."""

    name: str
    """`section`, `topic`, `person`, `kind`, `language` or `year`."""
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class SearchPage(Page):
    """A search, or the way to one."""

    query: str
    """As typed, tidied and cut to 200 characters."""
    asked: bool
    """False where nothing was looked for yet."""
    loosely: bool
    """Nothing matched as it was typed; these have words that begin so."""
    count: str
    """How many there are: `Stories found: 17`, `Stories found: at least 2,000`."""
    suggestion: Link | None
    """Another spelling that finds something."""
    hits: tuple[Hit, ...]
    orders: tuple[Choice, ...]
    filters: tuple[Filter, ...]
    pager: Pager
    """`newer_url` is the page before, `older_url` the one behind."""
    cards: tuple[Card, ...]
    """The latest, where there are no hits."""


@dataclass(frozen=True, slots=True)
class PersonPage(Page):
    """A contributor."""

    name: str
    role: str
    biography: str
    """Sanitised HTML."""
    portrait: Picture | None
    links: tuple[Link, ...]
    cards: tuple[Card, ...]
    pager: Pager
    feed_url: str
    archive_url: str = ""
    public_role: str = ""
    """Of somebody who speaks in public."""
    said: tuple[Said, ...] = ()
    """What they said on record, the last first; only of those with a public role."""
    said_url: str = ""
    """Where all of it is."""
    roles: tuple[Role, ...] = ()
    """In which they spoke, the first one first."""


@dataclass(frozen=True, slots=True)
class StaticPageContext(Page):
    """About, Contact, Ethics …"""

    name: str
    standfirst: str
    body_html: str
    siblings: tuple[MenuItem, ...]
    translations: tuple[Translation, ...] = ()
    sources: tuple[Cited, ...] = ()
    """What it is known from; references in the body lead to them."""


@dataclass(frozen=True, slots=True)
class ErrorPage(Page):
    """404 and 410: says so, and offers the latest."""

    status: int
    heading: str
    message: str
    cards: tuple[Card, ...]
    since: dt.datetime | None = None
    """Of a story that was removed: when."""
    reason: str = ""
    """Why, where the newsroom says so."""


__all__ = [
    "ArchivePage", "Card", "Choice", "Cited", "Comment", "Contributor", "Container", "Correction", "ErrorPage", "FeedLink", "Filter", "FrontPage", "Happening", "Head", "Hit", "Label", "Latest", "Link",
    "ListPage", "MenuItem", "Page", "Pager", "Period", "PersonPage", "Picture", "Piece", "Said", "SearchPage", "SectionPage", "ShareLink", "Site", "StaticPageContext", "StoryPage", "TextPage",
    "Translation",
]  # fmt: skip
