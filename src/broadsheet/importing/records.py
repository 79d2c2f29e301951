"""What any old system's export is read into: neutral, frozen, knowing neither Django nor where it came from."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, fields
from functools import lru_cache
from operator import attrgetter
from typing import Any, Self


class Record:
    """A frozen dataclass with slots that crosses to another process quickly: Python's own way asks each time what its fields are."""

    __slots__ = ()

    def __reduce__(self) -> Any:
        kind: Any = type(self)
        return _again, (kind, *_values(kind)(self))

    def but(self, **changes: Any) -> Self:
        """The same with other values, as `dataclasses.replace` makes it, in a tenth of the time."""
        kind: Any = type(self)
        one = _again(kind, *_values(kind)(self))
        for name, value in changes.items():
            object.__setattr__(one, name, value)
        return one


def _again(cls: Any, *values: Any) -> Any:
    one = object.__new__(cls)
    for put, value in zip(_slots(cls), values, strict=True):
        put(one, value)
    return one


@lru_cache(maxsize=100)
def _slots(cls: Any) -> tuple[Any, ...]:
    return tuple(getattr(cls, one.name).__set__ for one in fields(cls))


@lru_cache(maxsize=100)
def _values(cls: Any) -> Any:
    return attrgetter(*(one.name for one in fields(cls)))


_NOT_WRITTEN_DOWN = re.compile(r"[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def called(name: str) -> str:
    """A file's name, or what is said of it, as it can be written down: names may hold bytes that are no text, and what a terminal obeys."""
    return _NOT_WRITTEN_DOWN.sub("\ufffd", name)


class ImportRefused(Exception):
    """A file that cannot be imported: which one, where, why, and what to do about it. Nothing was written."""

    def __init__(self, file: str, problem: str, remedy: str, *, line: int | None = None) -> None:
        self.file, self.problem, self.remedy, self.line = file, problem, remedy, line
        super().__init__(called(f"{file}{f', line {line}' if line else ''}: {problem}. {remedy}"))


class BrokenOff(Exception):
    """An import that cannot go on; what is written stays, and the same command goes on from there."""


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something unusual that was dealt with: what, how often, and where for example."""

    what: str
    count: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Damage:
    """Something in a file that cannot be read, and is not imported."""

    file: str
    line: int
    what: str
    """`item`, `wp:author` or another element; empty for the file as a whole."""
    title: str
    problem: str

    def __str__(self) -> str:
        name = self.what and f" {self.what}" + (f" “{self.title}”" if self.title else "")
        return f"{self.file}, line {self.line}:{name} {self.problem}"


@dataclass(frozen=True, slots=True)
class Site:
    """The site an export comes from."""

    title: str
    description: str
    language: str
    """BCP 47, as far as the export tells it."""
    base_url: str
    """Where the site's front page was, without a final slash; empty when the export does not say."""
    exported: dt.datetime | None = None
    identity: str = ""
    """What tells this site from every other, where the export has such a mark."""
    colour: str = ""
    """Its own, as `#rrggbb`."""
    logo: str = ""
    """Id of an uploaded file."""

    @property
    def key(self) -> str:
        """What makes two exports the same site's: host and path, without scheme and `www.`."""
        key = self.identity or self.base_url.partition("://")[2] or self.base_url or self.title
        return key.removeprefix("www.").rstrip("/").casefold()

    @property
    def folder(self) -> str:
        """The folder of its host that the site lived in, such as `/news`; empty for most."""
        return "/" + folder if (folder := self.base_url.partition("://")[2].partition("/")[2].strip("/")) else ""


@dataclass(frozen=True, slots=True)
class Author:
    """Someone who signs, under the name they log in with."""

    login: str
    name: str = ""
    email: str = ""
    source_id: str = ""
    biography: str = ""
    website: str = ""
    portrait: str = ""
    """Id of an uploaded file."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Someone who signs without an account, or beside one."""

    login: str
    name: str
    biography: str = ""
    """Plain, a blank line between paragraphs."""
    website: str = ""
    linked: str = ""
    """The login of the account that is the same person."""
    portrait: str = ""
    """Id of an uploaded file."""


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the table of categories, tags or other groups."""

    taxonomy: str
    slug: str
    name: str
    parent: str = ""
    """The parent's slug."""
    description: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class TermLink(Record):
    """That an item belongs to a term, which need not have an entry of its own."""

    taxonomy: str
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class MenuLink:
    """An entry of a menu."""

    source_id: str
    text: str
    """May be empty: what it leads to has a name."""
    kind: str
    """`item` or `term`, with its id in `target`; `address`; or `pages` for all pages at the top."""
    target: str = ""
    url: str = ""
    parent: str = ""
    order: int = 0


@dataclass(frozen=True, slots=True)
class Reroute:
    """A redirect that the old site's owner had set up."""

    source: str
    """A path, or a regular expression of JavaScript's that is looked for in paths."""
    to: str
    """A path of the site, or another site's address; `$1` is what the expression caught."""
    permanent: bool


@dataclass(frozen=True, slots=True)
class Comment(Record):
    """A reader's comment, a pingback or a trackback."""

    source_id: str
    author: str
    email: str
    url: str
    published: dt.datetime | None
    text: str
    status: str
    """`approved`, `pending`, `spam` or `trash`."""
    kind: str
    """`comment`, `pingback`, `trackback` or what else the export says."""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Item(Record):
    """A post, page, attachment or anything else that an export lists as an item."""

    source_id: str
    """The id it had; where the export gives none, a digest of type, date, slug, title and body."""
    has_id: bool
    type: str
    status: str
    title: str
    slug: str
    """Decoded; may be empty."""
    path: str
    """Of its old address on its host, decoded; empty when the address was not a readable one, or the front page."""
    link: str
    guid: str
    creator: str
    body: str
    excerpt: str
    published: dt.datetime | None
    modified: dt.datetime | None
    parent: str = ""
    order: int = 0
    password: str = ""
    sticky: bool = False
    attachment_url: str = ""
    terms: tuple[TermLink, ...] = ()
    comments: tuple[Comment, ...] = ()
    meta: dict[str, str] = field(default_factory=dict)
    """The first value of each key."""
    former_slugs: tuple[str, ...] = ()
    """Decoded; what it was called before."""
    digest: str = ""
    """Of everything above, comments included: an unchanged item has an unchanged digest."""
    where: str = ""
    """File and line."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """An uploaded file, as far as bodies refer to it."""

    source_id: str
    url: str
    file: str
    """Path below the uploads folder."""
    title: str = ""
    caption: str = ""
    description: str = ""
    alt: str = ""
    parent: str = ""
    order: int = 0
    focus: str = ""
    """Where a crop must stay, “x,y” as fractions from left and top."""
    path: str = ""
    """Of the old address of its own page, decoded."""
