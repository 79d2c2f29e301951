"""What a feed holds, whatever its format: read in a few queries, the same few for one story and for thirty."""

from __future__ import annotations

import datetime as dt
import mimetypes
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.storage import storages
from django.db.models import CharField, F, Value
from django.db.models.functions import Concat
from django.db.models.lookups import In
from django.utils import translation
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model

from broadsheet.delivery.keys import note
from broadsheet.media.contexts import sources
from broadsheet.people.languages import interface_language
from broadsheet.people.models import Publication
from broadsheet.stories.cards import Names, card_of, of_galley, people_in
from broadsheet.stories.keys import story, top
from broadsheet.stories.models import Listing, Topic
from broadsheet.stories.permalinks import absolute, home
from broadsheet.stories.prepared import Prepared
from broadsheet.stories.projections import publication, successors
from broadsheet.stories.queries import SectionTree
from broadsheet.syndication.bodies import Body, complete

ITEMS = 30
_LISTED = (
    "story_id",
    "story__permalink",
    "published",
    "story__updated",
    of_galley("card"),
    of_galley("body_html"),
    "story__paid_by",
)
_DOCUMENT = re.compile(r"/documents/(\d{1,18})/")


@dataclass(frozen=True, slots=True)
class Channel:
    """A list that is read elsewhere."""

    list_key: str
    name: str | Promise
    """Of the list; empty for that of the whole publication. May be one of our own words, to be translated."""
    path: str
    """Of the page it belongs to."""
    feed: str
    """Of its RSS feed; those in other formats are below it."""
    description: str = ""
    language: str = ""
    """Empty: the publication's."""
    stories: tuple[int, ...] = ()
    """Ids, newest first, of a list that no `list_key` names."""


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture, sound or film of a story."""

    url: str
    type: str
    """MIME, such as `image/jpeg`."""
    size: int
    """Bytes."""
    width: int = 0
    height: int = 0
    """Pixels; 0 for sound, and for films."""
    alt: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody in a byline."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Item:
    """A story; all addresses are complete."""

    url: str
    title: str
    language: str
    summary: str
    """Plain text."""
    html: str
    """The whole text; empty where the publication gives summaries only."""
    published: dt.datetime
    updated: dt.datetime | None
    authors: tuple[Author, ...]
    categories: tuple[str, ...]
    """The home section, then the topics."""
    picture: Medium | None
    players: tuple[Medium, ...]
    """Sound and films that are files here."""

    @property
    def enclosure(self) -> Medium | None:
        """The one file that goes with it, for formats that know one: what is listened to or watched, else the picture."""
        return self.players[0] if self.players else self.picture


@dataclass(frozen=True, slots=True)
class Feed:
    """A list with its newest stories."""

    title: str
    description: str
    language: str
    url: str
    """Of the page."""
    address: str
    """Of the feed itself."""
    publisher: str
    publisher_url: str
    rights: str
    logo: str
    hub: str
    changed: dt.datetime
    """When the newest of what it holds was published or updated: never the time of the request."""
    items: tuple[Item, ...]


@Prepared
def _rows(list_key: str, *, count: int) -> Any:
    return Listing.objects.of(list_key).values_list(*_LISTED)[:count]


@Prepared
def _topics(ids: list[int]) -> Any:
    return Topic.objects.filter(In(F("pk"), ids)).order_by().values_list("pk", "name", "merged_into_id")


def _of_stories(ids: Sequence[int]) -> list[tuple[Any, ...]]:
    rows = {row[0]: row for row in _given(sorted(ids))} if ids else {}
    return [rows[pk] for pk in ids if pk in rows]


@Prepared
def _given(ids: list[int]) -> Any:
    return of_stories(ids).values_list(*_LISTED)


def of_stories(ids: Sequence[int]) -> Any:
    """The rows of public stories; looked up by the stories, for which the list must not look like one that an index has."""
    site = Concat("list_key", Value(""), output_field=CharField())
    return Listing.objects.filter(In(F("story_id"), ids)).alias(site=site).filter(site="site").order_by()


def topic_names(ids: Iterable[int]) -> dict[int, str]:
    """What topics are called; a merged one, until galleys are typeset again, as what it stands for."""
    wanted = sorted(set(ids))
    rows = _topics(wanted) if wanted else []
    note(*(f"topic:{pk}" for pk in wanted))
    if not any(merged for _pk, _name, merged in rows):
        return {pk: name for pk, name, _merged in rows}
    ends = successors(Topic)
    note(*(f"topic:{ends[pk]}" for pk in wanted if pk in ends))
    names = {pk: name for pk, name, _merged in _topics(sorted({ends.get(pk, pk) for pk in wanted}))}
    return {pk: names[end] for pk in wanted if (end := ends.get(pk, pk)) in names}


def gather(channel: Channel, *, address: str, tree: SectionTree) -> Feed:
    """The feed of a list, as it is at `address`."""
    paper = publication()
    with translation.override(interface_language(paper.language)):
        title = f"{channel.name} — {paper.name}" if channel.name else paper.name
    listed = _rows(channel.list_key, count=ITEMS) if channel.list_key else _of_stories(channel.stories)
    note(top(channel.list_key), *(story(row[0]) for row in listed))
    rows = [row for row in listed if row[1]]
    names = Names(people_in(row[:5] for row in rows))
    topics = topic_names(pk for row in rows for pk in (row[4] or {}).get("topics", []))
    bodies = [complete(row[5] or "", absolute(row[1])) for row in rows]
    files = _files(url for body in bodies for _kind, url in body.players)
    items = tuple(_item(row, body, tree, names, topics, files, paper) for row, body in zip(rows, bodies, strict=True))
    logo = sources(paper.logo, "full") if paper.logo else None
    return Feed(
        title=title, description=channel.description or ("" if channel.name else paper.description) or paper.tagline or title, language=channel.language or paper.language,
        url=absolute(channel.path), address=absolute(address), publisher=paper.name, publisher_url=absolute("/"),
        rights=paper.legal_name or paper.name, logo=absolute(logo["src"]) if logo else "", hub=settings.WEBSUB_HUB,
        changed=max((moment for item in items for moment in (item.published, item.updated) if moment), default=dt.datetime.fromtimestamp(0, dt.UTC)),
        items=items,
    )  # fmt: skip


def _item(
    row: Sequence[Any], body: Body, tree: SectionTree, names: Names, topics: dict[int, str], files: dict[str, Medium], paper: Publication
) -> Item:
    card, made, paid, at = card_of(tuple(row[:5]), tree, names), row[4] or {}, _paid(row[6], paper), home()
    said = format_html('<p lang="{}" dir="{}"><em>{}</em></p>', paper.language, paper.direction, paid) if paid else ""
    subjects = [topics[pk] for pk in made.get("topics", []) if pk in topics]
    return Item(
        url=absolute(card.url, at=at), title=card.headline, language=card.language, summary=f"{paid} {card.standfirst}".strip(),
        html=said + body.html if paper.full_text_feeds else "", published=card.published, updated=card.updated,
        authors=tuple([Author(person.name, absolute(person.url, at=at)) for person in card.byline]),
        categories=tuple(dict.fromkeys([*([card.kicker.text] if card.kicker else []), *subjects])),
        picture=_picture(made.get("picture") or {}), players=tuple(files[url] for _kind, url in body.players if url in files),
    )  # fmt: skip


def _paid(by: str, paper: Publication) -> str:
    """What readers elsewhere are told of sponsored work before anything else."""
    if not by:
        return ""
    with translation.override(interface_language(paper.language)):
        return _("Paid for by %(name)s") % {"name": by} + "."


def _picture(shown: dict[str, Any]) -> Medium | None:
    """The lead picture in one size; None where its file is not there, for a feed has to say how large it is."""
    full = shown.get("crops", {}).get("full")
    if not full:
        return None
    size = _size(full["src"].removeprefix(settings.MEDIA_URL), of="public")
    return (
        Medium(absolute(full["src"]), "image/jpeg", size, full["width"], full["height"], shown.get("alt", ""), shown.get("credit", ""))
        if size
        else None
    )


def _size(name: str, *, of: str) -> int:
    try:
        return storages[of].size(name)
    except (OSError, ValueError):
        return 0


def _files(urls: Iterable[str]) -> dict[str, Medium]:
    """Files here that players play, by address; one query or none."""
    ids = {url: int(found[1]) for url in urls if (found := _DOCUMENT.match(urlsplit(url).path)) and url.startswith(absolute("/"))}
    if not ids:
        return {}
    rows = get_document_model().objects.filter(pk__in=set(ids.values())).values_list("pk", "file_size", "file")
    sizes = {pk: size or _size(name, of="default") for pk, size, name in rows}
    types = {url: mimetypes.guess_type(urlsplit(url).path)[0] or "application/octet-stream" for url in ids}
    return {url: Medium(url, types[url], size) for url, pk in ids.items() if (size := sizes.get(pk))}
