#!/usr/bin/env python3
"""Write the demo edition as the export of a WordPress site, ready for ``broadsheet import wordpress``.

    python demo/edition.py --out DIR [--now 2030-05-01T09:00:00Z] [--source DIR]

Reads stories/**/*.md, pages/*.md, people.toml, sections.toml and pictures/ (with alt.toml) beside this script and
writes DIR/edition.xml (WXR 1.2) and DIR/uploads/YYYY/MM/. Dates count back from --now, so the edition is always
today's; ids and addresses depend on slugs alone, so a later run describes the same site again.

What the file says beyond plain WordPress:

* Addresses are ``/{home section}/{slug}/`` and ``/{page}/``. A story's home section is its first
  ``<category domain="category">``; other sections follow, then the placements “Top Stories”, “Featured”, “Breaking”
  and “Latest”, which are ordinary categories.
* Categories stand in menu order and carry termmeta ``_broadsheet_tone`` (news, opinion, culture, lifestyle, faith,
  business). Placements have no tone.
* ``dc:creator`` is the first name of the byline as a login. A story with several names has, in byline order, one
  ``<category domain="author" nicename="cap-LOGIN">`` for each of them (Co-Authors Plus), the first included.
* Every contributor is a ``wp:author`` and a ``wp:term`` of taxonomy ``author``, slug ``cap-LOGIN``, with termmeta
  ``_broadsheet_bio``, ``_broadsheet_role``, ``_broadsheet_standing`` (publication, desk, staff, columnist, guest) and
  ``_broadsheet_portrait`` (the id of an attachment).
* Posts carry postmeta ``_broadsheet_kind`` (news, analysis, explainer, opinion, feature, gallery) and
  ``_broadsheet_language`` (BCP 47). A dateline stays in the text: “Port Salen – The port authority said …”.
* An attachment's caption is its excerpt, its credit its content, its alternative text ``_wp_attachment_image_alt``;
  ``_broadsheet_focus`` (“0.5,0.62”, from left and top) is the point that must survive a crop.
* A pull quotation is ``wp:pullquote``; a fact box is a ``wp:group`` of class ``is-style-factbox`` that begins with a
  heading of level 3.
* Local times are ``utc_offset_hours`` of sections.toml ahead of GMT.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent))  # also when loaded from elsewhere

from gutenberg import Attached, Converter, ManuscriptError
from manuscripts import Contributor, EditionError, List, Manuscript, Sources, read_sources

NAMESPACES = {
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "wp": "http://wordpress.org/export/1.2/",
}
PORTRAIT = "portrait-"
"""A picture of this name and a contributor's slug shows that contributor."""
UNREADABLE = {code: None for code in range(32) if code not in (9, 10, 13)}


@dataclass(frozen=True)
class Written:
    """What one run put into the folder."""

    file: Path
    stories: int
    pages: int
    pictures: int


def write_edition(source: Path, out: Path, now: datetime) -> Written:
    """Write ``source`` as a WXR file with its uploads; raises EditionError before anything is written."""
    sources = read_sources(source)
    export = _Export(sources, now.astimezone(UTC).replace(microsecond=0))
    text = export.text()
    uploads = out / "uploads"
    for name, upload in export.uploads.items():
        target = uploads / upload.path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(sources.pictures[name].file, target)
    out.mkdir(parents=True, exist_ok=True)
    file = out / "edition.xml"
    file.write_text(text, encoding="utf-8")
    return Written(file, len(sources.stories), len(sources.pages), len(export.uploads))


@dataclass(frozen=True)
class _Upload:
    id: int
    path: str
    url: str
    caption: str
    used_in: Manuscript
    parent: int


def cdata(text: str) -> str:
    """Text as a CDATA section that it cannot leave."""
    return "<![CDATA[" + text.translate(UNREADABLE).replace("]]>", "]]]]><![CDATA[>") + "]]>"


def topic_slug(topic: str) -> str:
    """The slug WordPress makes of a tag, percent-encoded when it is not ASCII."""
    words = "".join(letter if letter.isalnum() else " " for letter in topic.lower()).split()
    return quote("-".join(words)).lower()


class _Export:
    """The export of one edition at one moment."""

    def __init__(self, sources: Sources, now: datetime) -> None:
        self.sources = sources
        self.now = now
        self.site = sources.publication["url"].rstrip("/")
        self.offset = timedelta(hours=float(sources.publication.get("utc_offset_hours", 0)))
        self.uploads: dict[str, _Upload] = {}
        self._ids: dict[int, str] = {}
        self._addresses = {one.path for one in [*sources.pages, *sources.stories]}
        self._addresses |= {f"/{slug}/" for slug in sources.sections} | {"/"}

    def text(self) -> str:
        """The whole file; raises EditionError naming file and line of every body that cannot be converted."""
        for story in self.sources.stories:
            if story.picture:
                self._upload(story.picture, story, story.caption)
        for person in self.sources.people.values():
            if PORTRAIT + person.slug in self.sources.pictures:
                self._upload(PORTRAIT + person.slug, self.sources.pages[0])
        problems: list[str] = []
        items = []
        pages = sorted(self.sources.pages, key=lambda one: one.order)
        for one in [*pages, *sorted(self.sources.stories, key=lambda one: -one.age_hours)]:
            try:
                items.append(self._item(one))
            except ManuscriptError as error:
                problems.append(f"{one.file}:{error.line}: {error.problem}")
        if problems:
            raise EditionError(problems)
        attachments = [self._attachment(name, upload) for name, upload in self.uploads.items()]
        return "\n".join([self._head(), *self._terms(), *attachments, *items, "</channel>\n</rss>\n"])

    def _id(self, of: str) -> int:
        number = 1000 + zlib.crc32(of.encode()) % 900_000_000
        while self._ids.setdefault(number, of) != of:
            number += 1
        return number

    def _upload(self, name: str, used_in: Manuscript, caption: str = "") -> _Upload:
        if name not in self.uploads:
            file = self.sources.pictures[name].file
            path = f"{self._moment(used_in.age_hours) + self.offset:%Y/%m}/{file.name}"
            url = f"{self.site}/wp-content/uploads/{path}"
            parent = 0 if name.startswith(PORTRAIT) else self._id(f"post {used_in.slug} {used_in.section}")
            self.uploads[name] = _Upload(self._id(f"picture {name}"), path, url, caption, used_in, parent)
        return self.uploads[name]

    def _moment(self, hours: float) -> datetime:
        return self.now - timedelta(hours=hours)

    def _body(self, one: Manuscript) -> str:
        def attach(name: str) -> Attached:
            if name not in self.sources.pictures:
                raise ValueError(f"unknown picture “{name}”; pictures/ has no file of that name")
            upload = self._upload(name, one)
            return Attached(upload.id, upload.url, self.sources.pictures[name].alt)

        def address(target: str) -> str:
            if target.startswith(("https://", "http://", "mailto:")):
                return target
            path, hash_, anchor = target.partition("#")
            if path not in self._addresses:
                raise ValueError(f"the link {target} leads nowhere in this edition")
            return self.site + path + hash_ + anchor

        return Converter(attach=attach, address=address).convert(one.body, first_line=one.body_line)

    def _head(self) -> str:
        publication = self.sources.publication
        namespaces = "\n".join(f'\txmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
        authors = "\n".join(self._author(number, one) for number, one in enumerate(self.sources.people.values(), start=1))
        return (
            '<?xml version="1.0" encoding="UTF-8" ?>\n'
            f'<!-- generator="WordPress/6.8" created="{self.now + self.offset:%Y-%m-%d %H:%M}" -->\n'
            f'<rss version="2.0"\n{namespaces}\n>\n<channel>\n'
            f"\t<title>{escape(publication['name'])}</title>\n\t<link>{self.site}</link>\n"
            f"\t<description>{escape(publication['tagline'])}</description>\n"
            f"\t<pubDate>{format_datetime(self.now)}</pubDate>\n\t<language>{publication['language']}</language>\n"
            "\t<wp:wxr_version>1.2</wp:wxr_version>\n"
            f"\t<wp:base_site_url>{self.site}</wp:base_site_url>\n\t<wp:base_blog_url>{self.site}</wp:base_blog_url>\n"
            f"{authors}"
        )

    def _author(self, number: int, one: Contributor) -> str:
        first, _, last = one.name.rpartition(" ")
        return "\t<wp:author>" + _elements(
            author_id=number,
            author_login=one.slug,
            author_email=f"{one.slug}@{self.site.partition('://')[2]}",
            author_display_name=one.name,
            author_first_name=first,
            author_last_name=last,
        ) + "</wp:author>"  # fmt: skip

    def _terms(self) -> Iterable[str]:
        number = 0
        for one in [*self.sources.sections.values(), *self.sources.placements.values()]:
            number += 1
            yield self._category(number, one)
        topics = {topic: None for story in self.sources.stories for topic in story.topics}
        for topic in sorted(topics):
            number += 1
            yield f"\t<wp:tag>{_elements(term_id=number, tag_slug=topic_slug(topic), tag_name=topic)}</wp:tag>"
        for person in self.sources.people.values():
            number += 1
            told = {"bio": person.bio, "role": person.role, "standing": person.standing}
            if upload := self.uploads.get(PORTRAIT + person.slug):
                told["portrait"] = str(upload.id)
            yield "\t<wp:term>" + _elements(
                term_id=number,
                term_taxonomy="author",
                term_slug=f"cap-{person.slug}",
                term_parent="",
                term_name=person.slug,
            ) + _meta("termmeta", {f"_broadsheet_{key}": value for key, value in told.items()}) + "</wp:term>"  # fmt: skip

    @staticmethod
    def _category(number: int, one: List) -> str:
        elements = _elements(
            term_id=number,
            category_nicename=one.slug,
            category_parent=one.parent,
            cat_name=one.name,
            category_description=one.description,
        )
        return f"\t<wp:category>{elements}{_meta('termmeta', {'_broadsheet_tone': one.tone})}</wp:category>"

    def _item(self, one: Manuscript) -> str:
        post_type = "post" if one.section else "page"
        number = self._id(f"{post_type} {one.slug} {one.section}")
        meta: dict[str, str] = {}
        if one.section:
            meta = {"_broadsheet_kind": one.kind, "_broadsheet_language": one.language}
        if one.picture:
            meta["_thumbnail_id"] = str(self.uploads[one.picture].id)
        return self._entry(
            one,
            title=one.headline,
            link=self.site + one.path,
            guid=f"{self.site}/?{'p' if one.section else 'page_id'}={number}",
            content=self._body(one),
            excerpt=one.standfirst,
            number=number,
            slug=one.slug,
            status="publish",
            post_type=post_type,
            order=one.order,
            tail=self._filed_under(one) + _meta("postmeta", meta),
        )

    def _filed_under(self, one: Manuscript) -> str:
        sections = [self.sources.sections[slug] for slug in dict.fromkeys((one.section, *one.also)) if slug]
        placements = [self.sources.placements[name] for name in one.placement]
        terms = [("category", term.slug, term.name) for term in [*sections, *placements]]
        terms += [("post_tag", topic_slug(topic), topic) for topic in one.topics]
        if len(one.byline) > 1:
            terms += [("author", f"cap-{self.sources.people[name].slug}", name) for name in one.byline]
        return "".join(
            f'\n\t\t<category domain="{domain}" nicename="{escape(slug)}">{cdata(name)}</category>' for domain, slug, name in terms
        )

    def _attachment(self, name: str, upload: _Upload) -> str:
        picture = self.sources.pictures[name]
        tail = f"\n\t\t<wp:attachment_url>{cdata(upload.url)}</wp:attachment_url>"
        meta = {"_wp_attached_file": upload.path}
        meta |= {"_wp_attachment_image_alt": picture.alt, "_broadsheet_focus": picture.focus}
        return self._entry(
            upload.used_in,
            title=name.replace("-", " ").capitalize(),
            link=f"{self.site}{upload.used_in.path}{name}/",
            guid=upload.url,
            content=picture.credit,
            excerpt=upload.caption,
            number=upload.id,
            slug=name,
            status="inherit",
            post_type="attachment",
            parent=upload.parent,
            tail=tail + _meta("postmeta", meta),
            updated=False,
        )

    def _entry(
        self, one: Manuscript, *, title: str, link: str, guid: str, content: str, excerpt: str, number: int,
        slug: str, status: str, post_type: str, tail: str, parent: int = 0, order: int = 0, updated: bool = True,
    ) -> str:  # fmt: skip
        published = self._moment(one.age_hours)
        modified = self._moment(one.updated_hours) if updated else published
        creator = self.sources.people[one.byline[0]].slug
        return (
            f"\t<item>\n\t\t<title>{cdata(title)}</title>\n\t\t<link>{escape(link)}</link>\n"
            f"\t\t<pubDate>{format_datetime(published)}</pubDate>\n\t\t<dc:creator>{cdata(creator)}</dc:creator>\n"
            f'\t\t<guid isPermaLink="false">{escape(guid)}</guid>\n\t\t<description></description>\n'
            f"\t\t<content:encoded>{cdata(content)}</content:encoded>\n"
            f"\t\t<excerpt:encoded>{cdata(excerpt)}</excerpt:encoded>"
            + _elements(
                post_id=number,
                post_date=f"{published + self.offset:%Y-%m-%d %H:%M:%S}",
                post_date_gmt=f"{published:%Y-%m-%d %H:%M:%S}",
                post_modified=f"{modified + self.offset:%Y-%m-%d %H:%M:%S}",
                post_modified_gmt=f"{modified:%Y-%m-%d %H:%M:%S}",
                comment_status="closed",
                ping_status="closed",
                post_name=slug,
                status=status,
                post_parent=parent,
                menu_order=order,
                post_type=post_type,
                post_password="",
                is_sticky=0,
            )
            + f"{tail}\n\t</item>"
        )


def _elements(**values: str | int) -> str:
    return "".join(f"\n\t\t<wp:{tag}>{value if isinstance(value, int) else cdata(value)}</wp:{tag}>" for tag, value in values.items())


def _meta(kind: str, values: dict[str, str]) -> str:
    return "".join(
        f"\n\t\t<wp:{kind}>\n\t\t\t<wp:meta_key>{cdata(key)}</wp:meta_key>\n"
        f"\t\t\t<wp:meta_value>{cdata(value)}</wp:meta_value>\n\t\t</wp:{kind}>"
        for key, value in values.items()
        if value
    )


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is not a moment such as 2030-05-01T09:00:00Z") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def main(argv: list[str] | None = None) -> int:
    """Run the script; 1 when the edition's sources have problems, each on a line of its own."""
    parser = argparse.ArgumentParser(description="Write the demo edition as a WordPress export.")
    parser.add_argument("--out", type=Path, required=True, help="folder for edition.xml and uploads/")
    parser.add_argument("--now", type=_moment, default=datetime.now(UTC), help="the moment ages count back from")
    parser.add_argument("--source", type=Path, default=Path(__file__).resolve().parent, help="folder of the manuscripts")
    options = parser.parse_args(argv)
    try:
        written = write_edition(options.source, options.out, options.now)
    except EditionError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename}: {error.strerror}; choose another --out", file=sys.stderr)
        return 1
    print(f"{written.file}: {written.stories} stories, {written.pages} pages, {written.pictures} pictures")
    return 0


if __name__ == "__main__":
    sys.exit(main())
