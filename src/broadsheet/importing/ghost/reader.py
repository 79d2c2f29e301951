"""A Ghost site's export, read twice: once to know the whole (and that it is sound), once item by item."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import zoneinfo
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from broadsheet.html import safe_url
from broadsheet.importing.blocks.convert import Converted, convert
from broadsheet.importing.blocks.elements import Surroundings
from broadsheet.importing.ghost import package, posts, redirects
from broadsheet.importing.ghost.cards import text
from broadsheet.importing.ghost.database import Database, databases
from broadsheet.importing.ghost.posts import INTERNAL_TAG, SECTION, TOPIC, Tables, moment, number
from broadsheet.importing.halves import HALVED, MARK
from broadsheet.importing.polyglot import site_language
from broadsheet.importing.records import ImportRefused, Item, Site, Term
from broadsheet.importing.survey import Address, Oddities, Survey
from broadsheet.importing.wordpress.parse import attachment

SMALL = frozenset({"meta", "settings", "users", "tags", "posts_tags", "posts_authors", "posts_meta"})
SEVERAL = 3
"""A tag that leads this many stories is what a newspaper calls a section."""
# Of these an editor would want to know that they stay behind; the others are Ghost's own bookkeeping.
_LEFT = frozenset(
    {"members", "subscribers", "newsletters", "products", "offers", "snippets", "comments", "webhooks", "integrations", "collections",
     "redirects", "recommendations"}
)  # fmt: skip
_SETTINGS = frozenset(
    {"title", "description", "lang", "locale", "default_locale", "timezone", "activeTimezone", "permalinks", "db_hash", "site_uuid",
     "codeinjection_head", "codeinjection_foot", "ghost_head", "ghost_foot", "navigation", "secondary_navigation", "accent_color", "logo", "icon",
     "cover_image", "cover"}
)  # fmt: skip
_PATTERN_PARTS = {"slug", "id", "year", "month", "day", "primary_tag", "primary_author", "author"}
PATTERN = "/{slug}/"


def pattern_of(given: str) -> str:
    """A permalink pattern in Ghost's notation of today, from that or the one of its first years; nothing when it is none."""
    pattern = re.sub(r":(\w+)", r"{\1}", given.strip())
    parts = set(re.findall(r"\{(\w+)\}", pattern))
    sound = re.fullmatch(r"/(?:[\w~.-]|\{\w+\}|/)*", pattern) and parts <= _PATTERN_PARTS and parts & {"slug", "id"}
    return pattern if sound else ""


class Export:
    """The files of one site; raises ImportRefused before anything of them is given out.

    `sections` are names or slugs of the tags that are sections; left out, they are the tags that lead several stories.
    """

    def __init__(
        self, files: Sequence[Path], *, url: str = "", permalinks: str = "", sections: Collection[str] | None = None
    ) -> None:  # fmt: skip
        self.files = tuple(files)
        self.url, self.permalinks = url.rstrip("/"), permalinks
        self.oddities = Oddities()
        self._wanted = sections
        self._tables: dict[Database, Tables] = {}
        self._halved: set[Database] = set()
        self._pictures: dict[str, tuple[str, str]] = {}
        self._featured: list[tuple[str, str]] = []
        """When they were published, and their keys."""
        self.survey = self._survey()

    def items(self) -> Iterator[Item]:
        """Each post and page in file order, one in memory at a time, then the pictures that they show."""
        for database, tables in self._tables.items():
            for _table, row in database.rows({"posts"}):
                if isinstance(row, dict):
                    yield posts.item(row, tables, file=database.name, note=_nothing)
        for key, (url, alt) in self._pictures.items():
            yield posts.attachment(key, url, alt, self.url)

    def kept(self, place: int) -> Item | None:
        """The item at a place of the ledger."""
        return self.survey.ledger.kept(place)

    def dated(self, item: Item) -> Item:
        """A kept item: its dates say their zone."""
        return item

    def blocks(self, item: Item, around: Surroundings) -> Converted:
        """An item's body as blocks."""
        return convert(item.body, replace(around, finished=True))

    def _survey(self) -> Survey:
        survey = Survey()
        found = [database for path in self.files for database in databases(path)]
        digest = hashlib.sha256(repr((self.url, self.permalinks, self._wanted and sorted(self._wanted))).encode())
        for database in found:
            tables = Tables(base=self.url)
            if self._survey_tables(database, tables, survey):
                self._tables[database] = tables
            elif database.is_alone or database is found[-1] and not self._tables:
                raise ImportRefused(
                    database.name,
                    "is no export of Ghost's: it has no table of posts",
                    "Give the file from Ghost's Settings → Import/Export",
                )
            else:
                self.oddities.add(
                    f"file in the {'zip' if database.entry else 'folder'} that is no export of Ghost's, left out", database.name
                )
        for database, tables in self._tables.items():
            self._choose(tables)
            for one in tables.tags.values():
                taxonomy = INTERNAL_TAG if one.internal else SECTION if one.slug in tables.sections else TOPIC
                if not survey.ledger.add_term(Term(taxonomy, one.slug, one.name, "", one.description)):
                    self.oddities.add("term listed more than once", f"{taxonomy}: {one.slug}")
            for _table, row in database.rows({"posts"}):
                if isinstance(row, dict):
                    self._survey_item(survey, row, tables, database)
        survey.pinned = [key for _published, key in sorted(self._featured, reverse=True)]
        for key, (url, alt) in self._pictures.items():
            self._enter(survey, posts.attachment(key, url, alt, self.url))
        for path in self.files:
            self._aside(path, survey, digest)
            for read in [database.path for database in found if database.label] if path.is_dir() else [path]:
                with read.open("rb") as file:
                    digest.update(hashlib.file_digest(file, "sha256").digest())
        survey.fingerprint = digest.hexdigest()
        return survey

    def _aside(self, path: Path, survey: Survey, digest: Any) -> None:
        """Take the redirects; what else says which address is where is told."""
        for kind, name, content in package.aside(path):
            digest.update(content)
            if kind != "redirects":
                what = (
                    "routes.yaml: only its permalink pattern can be told, with --permalinks"
                    if kind == "routes"
                    else "backup of redirects or routes"
                )
                self.oddities.add(f"{what}; left out", name)
                continue
            known = {one.source for one in survey.reroutes}
            try:
                for found, problem in redirects.read(name, content):
                    if found is None:
                        self.oddities.add("redirect left out", f"{name}: {problem}")
                    elif found.source in known:
                        self.oddities.add("redirect left out", f"{name}: listed before: {found.source[:100]}")
                    else:
                        survey.reroutes.append(found)
            except redirects.Unreadable as error:
                self.oddities.add("file of redirects that cannot be read, left out: mend it, then run this again", f"{name} {error}")

    def _survey_tables(self, database: Database, tables: Tables, survey: Survey) -> bool:
        """Read everything but the posts; False when this is no export."""
        settings: dict[str, str] = {}
        about: dict[str, Any] = {}
        users: list[tuple[str, Any]] = []
        links: dict[str, list[tuple[float, str, str]]] = {"posts_tags": [], "posts_authors": []}
        there: set[str] = set()
        tags = 0
        for table, row in database.rows(SMALL):
            if not table:
                self._halved.add(database)
                self.oddities.add(HALVED, count=row)
            elif row is True:
                there.add(table)
            elif row is None:
                if table in _LEFT:
                    self.oddities.add(f"{table.replace('_', ' ')}: left out")
            elif table == "meta":
                about = row
            elif table == "settings":
                if (name := text(row, "key")) in _SETTINGS and isinstance(row.get("value"), str):
                    settings[name] = row["value"]
            elif table == "users":
                one, picture = posts.author(row, self.url)
                users.append((number(row.get("id")), one))
                if picture:
                    self._pictures.setdefault(one.portrait, (picture, one.name))
            elif table == "tags":
                tags += 1
                tables.tags[number(row.get("id"))] = posts.tag(row)
            elif table == "posts_meta":
                tables.posts_meta[number(row.get("post_id"))] = posts.meta(row)
            else:
                order = row.get("sort_order")
                place = float(order) if isinstance(order, (int, float)) else 0.0
                target = number(row.get("tag_id" if table == "posts_tags" else "author_id"))
                links[table].append((place, number(row.get("post_id")), target))
        if "posts" not in there:
            return False
        survey.author_entries += len(users)
        survey.term_entries += tags
        for table, relation in (("posts_tags", tables.post_tags), ("posts_authors", tables.post_authors)):
            for _place, post, target in sorted(links[table], key=lambda link: link[0]):
                relation.setdefault(post, []).append(target)
        self._authors(users, tables, survey)
        self._site(database, settings, about, tables, survey)
        return True

    def _authors(self, users: list[tuple[str, Any]], tables: Tables, survey: Survey) -> None:
        for key, one in users:
            if not survey.ledger.add_author(one):
                self.oddities.add("author listed more than once", one.login)
            if key:
                tables.authors[key] = one
        if len(users) == 1 and not users[0][0]:
            tables.only_author = users[0][1]

    def _site(self, database: Database, settings: dict[str, str], about: dict[str, Any], tables: Tables, survey: Survey) -> None:
        zone = settings.get("timezone") or settings.get("activeTimezone") or ""
        logo, icon, cover = (
            safe_url(posts.resolved((settings.get(name) or settings.get(older, "")).strip(), self.url))
            for name, older in (("logo", ""), ("icon", ""), ("cover_image", "cover"))
        )  # fmt: skip
        mark = next((m for name in ("db_hash", "site_uuid") if re.fullmatch(r"[0-9a-f-]{32,40}", m := settings.get(name, ""))), "")
        site = Site(
            title=" ".join(settings.get("title", "").split()) or self.url.partition("://")[2] or self.files[0].stem,
            description=" ".join(settings.get("description", "").split()),
            language=site_language(settings.get("locale") or settings.get("lang") or settings.get("default_locale") or ""),
            base_url=self.url,
            exported=moment(about.get("exported_on")),
            identity=mark,
            colour=colour.lower() if re.fullmatch(r"#[0-9a-fA-F]{6}", colour := settings.get("accent_color", "").strip()) else "",
            logo=posts.picture_key(logo or icon) if logo or icon else "",
        )
        for name, url in (("logo", logo), ("icon", icon), ("cover", cover)):
            if url:
                self._pictures.setdefault(posts.picture_key(url), (url, site.title if name != "cover" else ""))
        for name, kept in (("icon", icon if logo else ""), ("cover", cover)):
            if kept:
                self.oddities.add(f"the site's {name}: kept among the pictures, shown nowhere", kept)
        zone = zone if zone in zoneinfo.available_timezones() else ""
        tables.zone = zoneinfo.ZoneInfo(zone) if zone else dt.UTC
        survey.zone = survey.zone or zone
        survey.is_zone_told = bool(survey.zone)
        given = self.permalinks or settings.get("permalinks") or PATTERN
        tables.pattern = pattern_of(given)
        if not tables.pattern and self.permalinks:
            raise ImportRefused("--permalinks", f"{given} is no pattern", "Write it as in Ghost's routes.yaml, such as /{year}/{slug}/")
        tables.pattern = tables.pattern or PATTERN
        for name in ("codeinjection_head", "codeinjection_foot", "ghost_head", "ghost_foot"):
            if settings.get(name, "").strip():
                self.oddities.add("code injected into every page, left out", name)
        if entries := posts.menu(settings.get("navigation", ""), self.url):
            survey.menus.setdefault("navigation", entries)
        if entries := posts.menu(settings.get("secondary_navigation", ""), self.url):
            # What stands at the foot of the page there: static pages do here by themselves.
            survey.menus.setdefault("secondary_navigation", entries)
        if not survey.site.title:
            survey.site = site
        elif site.key != survey.site.key:
            raise ImportRefused(
                database.name, f"is an export of {site.title}, the files before it are of {survey.site.title}", "Import each site with its own command"
            )  # fmt: skip

    def _choose(self, tables: Tables) -> None:
        """Which tags are sections."""
        public = {one.slug: one for one in tables.tags.values() if not one.internal}
        if self._wanted is not None:
            wanted = {name.casefold() for name in self._wanted}
            tables.sections = frozenset(slug for slug, one in public.items() if {slug.casefold(), one.name.casefold()} & wanted)
            return
        leading = Counter(
            next((tables.tags[t].slug for t in tags if t in tables.tags and not tables.tags[t].internal), "")
            for tags in tables.post_tags.values()
        )
        tables.sections = frozenset(slug for slug, count in leading.items() if slug and count >= SEVERAL)

    def _survey_item(self, survey: Survey, row: dict[str, Any], tables: Tables, database: Database) -> None:
        odd: list[str] = []
        record = posts.item(row, tables, file=database.name, note=odd.append)
        if database in self._halved and any(isinstance(value, str) and MARK in value for value in row.values()):
            self.oddities.add(HALVED, record.where, 0)
        for what in odd:
            self.oddities.add(what, record.where)
        if record.creator:
            survey.creators[record.creator] += 1
        alt = record.meta.get("_broadsheet_lead_alt", "")
        lead = record.meta.get("_thumbnail_id", "")
        for key, url in posts.pictures(record).items():
            known = self._pictures.get(key, (url, ""))
            self._pictures[key] = (known[0], known[1] or (alt if key == lead else ""))
        entered = self._enter(survey, record)
        if entered is None or record.status != posts.PUBLIC:
            return
        if record.sticky and record.type == "post":
            self._featured.append((str(record.published), entered))
        survey.categories.update(link for link in record.terms if link.taxonomy == SECTION)
        if record.type == "post" and record.path:
            local = record.published.astimezone(tables.zone) if record.published else None
            sections = tuple(link.slug for link in record.terms if link.taxonomy in (SECTION, TOPIC))
            survey.addresses.show(Address(record.path, record.slug, record.source_id, local, sections, record.creator))

    def _enter(self, survey: Survey, record: Item) -> str | None:
        survey.items += 1
        survey.types[record.type] += 1
        key = survey.ledger.add(record, self.oddities.add)
        if key is not None and record.type == "attachment":
            survey.ledger.add_file(key, attachment(record))
        return key


def _nothing(what: str) -> None:
    """What was odd has been counted at the first reading."""
