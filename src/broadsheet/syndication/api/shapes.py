"""What answers of the API are made of. The OpenAPI description is made from these, and a test holds every answer to it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field
from typing_extensions import TypedDict

Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"}, description="In UTC, to the second.")]
Address = Annotated[str, Field(json_schema_extra={"format": "uri"})]
Number = Annotated[int, Field(ge=1)]


class Meta(TypedDict):
    """What a thing is and where it is."""

    type: Annotated[str, Field(description="Such as `stories.Story`.")]
    detail_url: Annotated[str, Field(description="Of the thing itself in this API.")]
    html_url: Annotated[str, Field(description="Of its page for readers, complete and canonical; empty where it has none.")]


class Page(TypedDict):
    """A page that is named."""

    id: Number
    title: str
    meta: Meta


class Named(TypedDict):
    """Something that has a name."""

    id: Number
    name: str
    meta: Meta


class Signed(Named):
    """A name in a byline."""

    role: Annotated[str, Field(description="In this story; empty for its author.")]


class Picture(TypedDict):
    """A picture in one size, with the words that belong to it."""

    id: Number
    url: Address
    width: int
    height: int
    alt: str
    caption: Annotated[str, Field(description="HTML, inline.")]
    credit: str
    licence: Annotated[str, Field(description="As the desk wrote it; empty where nobody said.")]
    meta: Meta


class Rendition(TypedDict):
    """A file of a picture."""

    crop: Annotated[str, Field(description="`full` is the whole picture; `landscape` 3:2, `square`, `social` 1200 × 630.")]
    type: Annotated[str, Field(description="MIME.")]
    url: Address
    width: int
    height: int


class Image(Picture):
    """A picture with all its files."""

    renditions: list[Rendition]


class Block(TypedDict):
    """A part of a body, in reading order; all of them together are the body."""

    type: Annotated[
        str,
        Field(
            description="`paragraph`, `heading`, `list`, `picture`, `gallery`, `quote`, `pullquote`, `factbox`, `table`, `code`, `verse`, "
            "`embed`, `file`, `player`, `buttons`, `separator`, or `html` for what is none of these. There may be more."
        ),
    ]
    level: Annotated[int, Field(description="Of a heading, 2 to 4; 0 for all else.")]
    html: str
    text: str
    images: Annotated[list[int], Field(description="Ids of the pictures in it.")]


class Translation(TypedDict):
    """The same text in another language."""

    language: str
    html_url: Address


class _Thing(TypedDict):
    id: Number
    meta: Meta


class StoryItem(_Thing, total=False):
    """A story in a list."""

    title: Annotated[str, Field(description="The headline.")]
    kind: Annotated[
        str,
        Field(description="`news`, `analysis`, `explainer`, `opinion`, `feature`, `gallery`, `live`, `audio`, `video`; there may be more."),
    ]
    language: Annotated[str, Field(description="BCP 47.")]
    direction: Annotated[str, Field(description="`ltr` or `rtl`.")]
    standfirst: Annotated[str, Field(description="Plain text; an excerpt where nobody wrote one.")]
    published: Moment
    updated: Annotated[Moment | None, Field(description="Of the last substantive update.")]
    section: Annotated[Page | None, Field(description="Where it is at home.")]
    sections: Annotated[list[Page], Field(description="All it stands in, home first.")]
    bylines: list[Signed]
    topics: list[Named]
    image: Annotated[Picture | None, Field(description="The lead picture.")]
    paid_by: Annotated[str, Field(description="Of sponsored work who paid for it, which readers have to be told; empty otherwise.")]


class Story(StoryItem, total=False):
    """A story."""

    dateline: str
    body_html: Annotated[str, Field(description="Clean HTML, every address complete; empty where the publication gives no whole texts.")]
    blocks: Annotated[list[Block], Field(description="The same body in parts.")]
    words: int
    reading_minutes: int
    images: Annotated[list[Image], Field(description="Its lead picture and those in its body.")]
    original_url: Annotated[str, Field(description="Where it was first published, if that was elsewhere; empty otherwise.")]
    canonical_url: Annotated[Address, Field(description="What search engines are told: `original_url`, else its own address.")]
    licence: Annotated[str, Field(description="Address of the licence of the text; empty: all rights reserved.")]
    rights_holder: str
    noindex: Annotated[bool, Field(description="The publication keeps it out of search engines.")]
    translations: list[Translation]


class Section(Page):
    """A section."""

    language: str
    direction: str
    tone: Annotated[str, Field(description="The pillar it belongs to.")]
    parent: Page | None


class SectionDetail(Section):
    """A section with what is said of it."""

    description: str
    children: list[Page]


class Person(Named):
    """Somebody with public stories."""

    role: str


class PersonDetail(Person):
    """Somebody, with what is said of them."""

    biography: Annotated[str, Field(description="HTML, inline.")]
    website: str
    portrait: Image | None


class Topic(Named):
    """What stories share: a subject, or a story line, which is one story that goes on."""

    description: str
    promoted: bool
    kind: Annotated[str, Field(description="`subject`, or `line`.")]


class TopicDetail(Topic):
    """A subject, with what a promoted one has on its page."""

    image: Image | None
    lead: StoryItem | None


class StaticItem(Page):
    """A page beside the news: About, Contact …"""

    standfirst: str
    language: str
    direction: str


class StaticDetail(StaticItem):
    """A page beside the news, with its text."""

    body_html: str
    blocks: list[Block]


class Container(TypedDict):
    """A strip of a front."""

    layout: Annotated[str, Field(description="`lead`, `grid`, `features`, `opinion`, `list`, `section`; there may be more.")]
    heading: str
    html_url: Annotated[str, Field(description="Behind the heading; empty where there is nothing.")]
    stories: list[StoryItem]


class Front(Page):
    """A front as readers see it."""

    containers: list[Container]


class Feed(TypedDict):
    """A feed of the publication."""

    type: Annotated[str, Field(description="MIME.")]
    url: Address


class Publication(TypedDict):
    """The publication."""

    name: str
    tagline: str
    description: str
    language: str
    direction: str
    zone: Annotated[str, Field(description="IANA name of the time zone whose clock it goes by.")]
    legal_name: str
    founded: int | None
    licence: Annotated[str, Field(description="Address of the licence of its texts; empty: all rights reserved.")]
    logo: Picture | None
    policies: Annotated[dict[str, str], Field(description="Pages on how it works, by the name of schema.org’s property.")]
    feeds: list[Feed]
    sitemap: Address
    meta: Meta


class Index(TypedDict):
    """Where everything is."""

    resources: dict[str, str]
    openapi: Address


class Problem(TypedDict, total=False):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, Any]]


_NEXT = "Where the list goes on; null at its end. A part may have fewer items than asked for, even none, while there is a next."


def list_of(item: Any) -> Any:
    """The shape of a list of such items."""
    made = TypedDict(f"{item.__name__}List", {"items": list[item], "next": Annotated[str | None, Field(description=_NEXT)]})  # type: ignore[misc]  # noqa: UP013
    made.__doc__ = "A part of a list."
    return made
