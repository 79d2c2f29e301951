"""One site's WXR files, read twice: once to know the whole (and that it is sound), once item by item."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from broadsheet.importing.blocks.convert import Converted, convert
from broadsheet.importing.blocks.elements import Surroundings
from broadsheet.importing.polyglot import in_language, site_language, versions
from broadsheet.importing.records import Damage, ImportRefused, Item, Site, called
from broadsheet.importing.survey import Address, Bodies, Oddities, Survey
from broadsheet.importing.wordpress import parse
from broadsheet.importing.wordpress.bases import Bases
from broadsheet.importing.wordpress.beside import above, below
from broadsheet.importing.wordpress.dates import Clock, ClockReading, feed_date, stamp
from broadsheet.importing.wordpress.menus import menu_link, menu_of, navigation
from broadsheet.importing.wordpress.xml import elements

KNOWN_VERSIONS = frozenset({"1.0", "1.1", "1.2"})
EXPORT_WHOLE = "Export it again, in parts by date if the server breaks off, or download it once more in full"
NOT_WANTED = frozenset({"attachment", "nav_menu_item", "revision"})
NO_TREE = frozenset({"attachment", "post", "nav_menu_item", "revision"})


class Export:
    """The files of one site; raises ImportRefused before anything of them is given out."""

    def __init__(self, files: Sequence[Path], *, known: Callable[[Survey, Bodies], None] | None = None) -> None:
        """`known` is told as soon as the site is, before the first item, and how its bodies are made blocks of."""
        self.files, self._known = tuple(files), known
        self.oddities = Oddities()
        self.clock = Clock()
        self.survey = self._survey()

    def items(self) -> Iterator[Item]:
        """Each item in file order, one in memory at a time."""
        for path in self.files:
            for piece in elements(path):
                if piece.name == "item" and piece.element is not None:
                    base = self.survey.site.base_url
                    item = parse.item(piece.element, file=called(path.name), line=piece.line, base=base, clock=self.clock)[0]
                    yield from versions(item, self.survey.site.language, self.survey.site.folder)

    def blocks(self, item: Item, around: Surroundings) -> Converted:
        """An item's body as blocks."""
        return blocks_of(item, around)

    def kept(self, place: int) -> Item | None:
        """The item at a place of the ledger, where the first reading kept it."""
        item = self.survey.ledger.kept(place)
        return item and self.dated(item)

    def dated(self, item: Item) -> Item:
        """A kept item by the clock of the site."""
        return parse.at(self.clock, item)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_known": None}

    def _survey(self) -> Survey:
        survey = Survey()
        reading, bases = ClockReading(), Bases()
        digest = hashlib.sha256()
        for path in self.files:
            self._survey_file(path, survey, reading, bases)
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        survey.fingerprint = digest.hexdigest()
        survey.category_base, survey.tag_base = bases.most("category"), bases.most("post_tag")
        self.clock = reading.clock(survey.site.language)
        survey.offset, survey.zone = self.clock.offset, self.clock.zone
        for login in sorted(one for one in survey.creators if one not in survey.authors):
            self.oddities.add("author without an entry, known by login only", login, survey.creators[login])
        return survey

    def _survey_file(self, path: Path, survey: Survey, reading: ClockReading, bases: Bases) -> None:
        channel: dict[str, str] = {}
        site: Site | None = None
        damaged: list[Damage] = []
        file = called(path.name)
        for piece in elements(path):
            name, element = piece.name, piece.element
            for what, count in piece.odd.items():
                self.oddities.add(what, f"{file}, line {piece.line}" if name else file, count)
            if piece.damage:
                damaged.append(Damage(file, piece.line, name, piece.title, piece.damage))
            elif element is None:
                continue
            elif name == "wp:author":
                survey.author_entries += 1
                author = parse.author(element)
                if not survey.ledger.add_author(author):
                    self.oddities.add("author listed more than once", author.login)
            elif name in ("wp:category", "wp:tag", "wp:term"):
                survey.term_entries += 1
                term = parse.term(element, name.removeprefix("wp:"))
                if not survey.ledger.add_term(term):
                    self.oddities.add("term listed more than once", f"{term.taxonomy}: {term.slug}")
            elif name == "item":
                if site is None:
                    site = self._site(path, survey, channel, parse.fields_of(element))
                    if self._known and not survey.items:
                        self._known(survey, blocks_of)
                record, odd, raw = parse.item(element, file=file, line=piece.line, base=site.base_url, clock=None)
                for version in versions(record, site.language, site.folder):
                    self._survey_item(survey, version, raw)
                bases.look_at(record.body, site.base_url)
                for what, count in odd.items():
                    self.oddities.add(what, record.where, count)
                reading.see(stamp(raw.get("wp:post_date", "")), stamp(raw.get("wp:post_date_gmt", "")))
            elif not len(element):
                channel.setdefault(name, parse.text_of(element).strip())
        if damaged and site is None:
            raise ImportRefused(path.name, f"holds no item that can be read: {damaged[0].problem}", EXPORT_WHOLE, line=damaged[0].line)
        survey.damaged += damaged
        if site is None:
            self._site(path, survey, channel, {})

    def _site(self, path: Path, survey: Survey, channel: dict[str, str], first: dict[str, str]) -> Site:
        base = channel.get("wp:base_blog_url") or channel.get("wp:base_site_url") or channel.get("link", "") or _base_of(first)
        language = site_language(channel.get("language", ""))
        site = Site(
            title=in_language(channel.get("title", ""), language) or ("" if base else called(path.stem)),
            description=in_language(channel.get("description", ""), language),
            language=language,
            base_url=base.rstrip("/"),
            exported=feed_date(channel.get("pubDate", "")),
        )
        if not survey.items and not survey.site.title and not survey.site.base_url:
            version = channel.get("wp:wxr_version", "")
            if version not in KNOWN_VERSIONS:
                self.oddities.add(f"format version {version or 'missing'}, read as 1.2", called(path.name))
            if not channel.get("title") and not base:
                self.oddities.add("site without a name or address, known by its file's name", called(path.name))
            survey.site = site
        elif site.key != survey.site.key:
            raise ImportRefused(
                path.name,
                f"is an export of {site.base_url or site.title}, the files before it are of {survey.site.base_url}",
                "Import each site with its own command",
            )
        return survey.site

    def _survey_item(self, survey: Survey, read: Item, raw: dict[str, str]) -> None:
        record = parse.at(Clock(), read)
        survey.items += 1
        survey.types[record.type] += 1
        survey.comments[record.type] += len(record.comments)
        if record.creator and record.type != "nav_menu_item":
            survey.creators[record.creator] += 1
        key = survey.ledger.add(record, self.oddities.add)
        if key is None:
            return
        if record.comments or record.type not in NOT_WANTED:
            survey.ledger.keep(read, key)
        if record.type == "post" and record.status == "publish":
            survey.categories.update({link for link in record.terms if link.taxonomy == "category"})
        if record.sticky:
            survey.pinned.append(key)
        if record.parent and record.type not in NO_TREE:
            survey.parents[key] = record.parent
        if record.type == "nav_menu_item" and record.status == "publish":
            survey.menus.setdefault(menu_of(record), []).append(menu_link(record))
        elif record.type == "wp_navigation" and record.status == "publish":
            survey.menus[record.slug or record.source_id] = navigation(record)
        elif record.type == "guest-author":
            survey.guests[key] = parse.guest(record)
        elif record.type == "attachment":
            survey.ledger.add_file(key, parse.attachment(record))
        elif record.type == "wp_block":
            survey.reusable[record.source_id] = record.body
        elif record.path and record.status == "publish" and record.type == "post":
            local = stamp(raw.get("wp:post_date", "")) or record.published
            sections = tuple(link.slug for link in record.terms if link.taxonomy == "category")
            survey.addresses.show(Address(record.path, record.slug, record.source_id, local, sections, record.creator))


def blocks_of(item: Item, around: Surroundings) -> Converted:
    """An item's body as blocks, with what stood above and below it."""
    made = convert(item.body, around)
    for html, place in ((below(item.meta, item.body), len(made.blocks)), (above(item.meta, item.body), 0)):
        if html:
            beside = convert(html, around)
            made.blocks[place:place] = beside.blocks
            made.unknown.update(beside.unknown)
    return made


def _base_of(fields: dict[str, str]) -> str:
    """A site's address by that of an item, where the file does not give it."""
    short = re.match(r"(https?://[^\s?#]+?)/?\?(?:p|page_id|attachment_id)=\d", fields.get("guid", "").strip())
    link = re.match(r"https?://[^\s/?#]+", fields.get("link", "").strip())
    return short[1] if short else link[0] if link else ""
