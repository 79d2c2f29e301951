"""One site's WXR files, read twice: once to know the whole (and that it is sound), once item by item."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from broadsheet.importing.records import Attachment, Author, ImportRefused, Item, Oddity, Site, Term
from broadsheet.importing.wordpress import parse
from broadsheet.importing.wordpress.dates import feed_date, stamp
from broadsheet.importing.wordpress.xml import elements

KNOWN_VERSIONS = frozenset({"1.0", "1.1", "1.2"})
MAX_LINKS = 20_000


@dataclass(frozen=True, slots=True)
class Address:
    """What an item's old address was made of; permalink patterns are read from these."""

    path: str
    slug: str
    source_id: str
    published: dt.datetime | None
    """By the old site's clock: addresses were built with that."""
    sections: tuple[str, ...]
    creator: str


@dataclass(slots=True)
class Oddities:
    """What was unusual, counted, with a few places to look at."""

    counts: Counter[str] = field(default_factory=Counter)
    places: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, what: str, where: str = "", count: int = 1) -> None:
        """Count one more."""
        self.counts[what] += count
        if where and len(self.places[what]) < 5 and where not in self.places[what]:
            self.places[what].append(where)

    def records(self) -> list[Oddity]:
        """All of them, by name."""
        return [Oddity(what, count, tuple(self.places.get(what, ()))) for what, count in sorted(self.counts.items())]


@dataclass(slots=True)
class Survey:
    """What the first reading found: everything that is small, and where each item stands."""

    site: Site = Site("", "", "", "")
    authors: dict[str, Author] = field(default_factory=dict)
    author_entries: int = 0
    terms: dict[tuple[str, str], Term] = field(default_factory=dict)
    term_entries: int = 0
    items: int = 0
    types: Counter[str] = field(default_factory=Counter)
    comments: Counter[str] = field(default_factory=Counter)
    """By the type of the item they belong to."""
    creators: Counter[str] = field(default_factory=Counter)
    keys: list[str | None] = field(default_factory=list)
    """For each item in file order the key it is known by; nothing for one that another in these files repeats."""
    attachments: dict[str, Attachment] = field(default_factory=dict)
    reusable: dict[str, str] = field(default_factory=dict)
    """Bodies of reusable blocks by id: other bodies only point to them."""
    addresses: list[Address] = field(default_factory=list)
    offset: dt.timedelta = dt.timedelta()
    """How far the site's clock was ahead of UTC, by most of its items."""
    fingerprint: str = ""
    """Of the bytes of all files in their order."""


class Export:
    """The files of one site; raises ImportRefused before anything of them is given out."""

    def __init__(self, files: Sequence[Path]) -> None:
        self.files = tuple(files)
        self.oddities = Oddities()
        self.survey = self._survey()

    def items(self) -> Iterator[tuple[str | None, Item]]:
        """Each item with its key, in file order, one in memory at a time; no key for a repetition."""
        keys = iter(self.survey.keys)
        for path in self.files:
            for name, element in elements(path):
                if name == "item":
                    record, _, _ = parse.item(element, file=path.name, base=self.survey.site.base_url, offset=self.survey.offset)
                    yield next(keys), record

    def _survey(self) -> Survey:
        survey = Survey()
        offsets: Counter[dt.timedelta] = Counter()
        seen: dict[str, list[tuple[Item, int]]] = defaultdict(list)
        digest = hashlib.sha256()
        for path in self.files:
            self._survey_file(path, survey, offsets, seen)
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        survey.fingerprint = digest.hexdigest()
        survey.offset = offsets.most_common(1)[0][0] if offsets else dt.timedelta()
        for login in sorted(set(survey.creators) - set(survey.authors)):
            self.oddities.add("author without an entry, known by login only", login, survey.creators[login])
        return survey

    def _survey_file(
        self,
        path: Path,
        survey: Survey,
        offsets: Counter[dt.timedelta],
        seen: dict[str, list[tuple[Item, int]]],
    ) -> None:
        channel: dict[str, str] = {}
        site: Site | None = None
        for name, element in elements(path):
            if name == "wp:author":
                survey.author_entries += 1
                author = parse.author(element)
                if author.login in survey.authors:
                    self.oddities.add("author listed more than once", author.login)
                survey.authors.setdefault(author.login, author)
            elif name in ("wp:category", "wp:tag", "wp:term"):
                survey.term_entries += 1
                term = parse.term(element, name.removeprefix("wp:"))
                if (term.taxonomy, term.slug) in survey.terms:
                    self.oddities.add("term listed more than once", f"{term.taxonomy}: {term.slug}")
                survey.terms.setdefault((term.taxonomy, term.slug), term)
            elif name == "item":
                site = site or self._site(path, survey, channel)
                record, odd, raw = parse.item(element, file=path.name, base=site.base_url, offset=survey.offset)
                self._survey_item(survey, record, raw, seen)
                for what, count in odd.items():
                    self.oddities.add(what, record.where, count)
                local, gmt = stamp(raw.get("wp:post_date", "")), stamp(raw.get("wp:post_date_gmt", ""))
                if local and gmt and abs(local - gmt) <= dt.timedelta(hours=15):
                    offsets[local - gmt] += 1
            elif name and not len(element):
                channel.setdefault(name, parse.text_of(element).strip())
        self._site(path, survey, channel)

    def _site(self, path: Path, survey: Survey, channel: dict[str, str]) -> Site:
        base = channel.get("wp:base_blog_url") or channel.get("wp:base_site_url") or channel.get("link", "")
        language = channel.get("language", "").replace("_", "-")
        if language.casefold().startswith("en-us") or language.casefold() == "en":
            language = "en"
        site = Site(
            title=channel.get("title", ""),
            description=channel.get("description", ""),
            language=language or "en",
            base_url=base.rstrip("/"),
            exported=feed_date(channel.get("pubDate", "")),
        )
        if not survey.keys and not survey.site.title and not survey.site.base_url:
            version = channel.get("wp:wxr_version", "")
            if version not in KNOWN_VERSIONS:
                self.oddities.add(f"format version {version or 'missing'}, read as 1.2", path.name)
            survey.site = site
        elif site.key != survey.site.key:
            raise ImportRefused(
                path.name,
                f"is an export of {site.base_url or site.title}, the files before it are of {survey.site.base_url}",
                "Import each site with its own command",
            )
        return survey.site

    def _survey_item(self, survey: Survey, record: Item, raw: dict[str, str], seen: dict[str, list[tuple[Item, int]]]) -> None:
        survey.items += 1
        survey.types[record.type] += 1
        survey.comments[record.type] += len(record.comments)
        if record.creator and record.type != "nav_menu_item":
            survey.creators[record.creator] += 1
        index = len(survey.keys)
        key = self._key(survey, record, index, seen)
        survey.keys.append(key)
        if key is None:
            return
        if record.type == "attachment":
            survey.attachments[key] = parse.attachment(record)
        elif record.type == "wp_block":
            survey.reusable[record.source_id] = record.body
        elif record.path and record.status == "publish" and len(survey.addresses) < MAX_LINKS:
            local = stamp(raw.get("wp:post_date", "")) or record.published
            sections = tuple(link.slug for link in record.terms if link.taxonomy == "category")
            if record.type == "post":
                survey.addresses.append(Address(record.path, record.slug, record.source_id, local, sections, record.creator))

    def _key(self, survey: Survey, record: Item, index: int, seen: dict[str, list[tuple[Item, int]]]) -> str | None:
        others = seen[record.source_id]
        # Kept without what is long: this lives as long as the reading.
        slim = Item(
            **{name: getattr(record, name) for name in record.__slots__}  # type: ignore[arg-type]
            | {"body": "", "excerpt": "", "comments": (), "terms": (), "meta": {}}
        )
        for place, (other, at) in enumerate(others):
            if not same_item(record, other):
                continue
            if record.digest != other.digest and (record.modified or dt.datetime.min.replace(tzinfo=dt.UTC)) > (
                other.modified or dt.datetime.min.replace(tzinfo=dt.UTC)
            ):
                key, survey.keys[at] = survey.keys[at], None
                others[place] = (slim, index)
                self.oddities.add("item in two versions, the newer one taken", record.where)
                return key
            self.oddities.add("item listed more than once", record.where)
            return None
        others.append((slim, index))
        if len(others) == 1:
            return record.source_id
        self.oddities.add("one id for two different items, both kept", record.where)
        return second_key(record)


def same_item(one: Item, other: Item) -> bool:
    """Whether two items with the same id are one and the same: ids are used twice by merged and hand-made exports."""
    if one.type != other.type:
        return False
    if one.guid and one.guid == other.guid:
        return True
    if one.slug and one.slug == other.slug:
        return True
    return bool(one.published) and one.published == other.published and one.title == other.title


def second_key(record: Item) -> str:
    """The key of an item whose id another one already has."""
    stamp_ = record.published.isoformat() if record.published else ""
    return f"{record.source_id}:{record.type}:{record.slug or stamp_ or record.digest[:16]}"[:180]
