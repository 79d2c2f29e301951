"""An archive as WXR 1.2, which WordPress's importer takes, with its uploads folder beside it.

Format: the export that WordPress itself writes (wp-admin/includes/export.php). What WordPress has no place for stands in
postmeta and termmeta `_broadsheet` and in `broadsheet:` elements of the channel: it passes over them, our importer reads them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zoneinfo
from collections.abc import Callable, Iterable, Iterator, Sequence
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from wagtail.models import Page

from broadsheet.durable import put_in_place
from broadsheet.html import plain_text, without_control
from broadsheet.importing.export import remembered
from broadsheet.importing.export.allowed import Apart, logins
from broadsheet.importing.export.archive import Archive
from broadsheet.importing.export.files import copied
from broadsheet.importing.export.markup import Attached, markup
from broadsheet.importing.export.names import Record, moment

PICTURES, FILES, LATER, MENU = 1_000_000_000, 2_000_000_000, 3_000_000_000, 4_000_000_000
"""Attachments, and entries of the menu, are numbered from here: in WordPress they share one row of numbers with posts."""
# What came later than the old site's posts may have the number that one of those had there, and then begins at the last.
LIST = "list-"
"""Placement lists are categories there; this keeps them apart from sections."""
MAIN = "main"
"""The slug of the menu."""
NAMESPACES = {
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "wp": "http://wordpress.org/export/1.2/",
    "broadsheet": "urn:broadsheet:export:1",
}
APPROVED = {"approved": "1", "pending": "0"}
"""WordPress's signs for what became of a comment; its others are words."""
STATUSES = {"published": "publish", "scheduled": "future", "draft": "draft"}


def write(folder: Path, archive: Archive, *, base: str, progress: Callable[[str], None] = lambda name: None) -> dict[str, int]:
    """Write `export.xml` and `uploads/` into `folder`; returns how many records of each kind.

    `base` is the site's canonical address. The file appears under its name only when it is whole.
    """
    return _Writer(folder, archive, base.rstrip("/"), progress).write()


class _Writer:
    def __init__(self, folder: Path, archive: Archive, base: str, progress: Callable[[str], None]) -> None:
        self.folder, self.archive, self.base, self.progress = folder, archive, base, progress
        self.attached: dict[str, Attached] = {}
        self.counts: dict[str, int] = {}
        self.categories: dict[str, str] = {}
        """Address of a section → its slug as a category, unique in the whole export."""
        self.terms: dict[str, int] = {}
        """Slugs of sections as categories → their numbers; menus name categories by these."""
        self.names: dict[tuple[str, str], str] = {}
        """(Taxonomy, slug) → name: tools that are not WordPress read the name beside an item."""
        self.logins = logins(archive.people_by_id.values())
        self.apart = Apart()
        self.sticky: set[int] = set()
        self.numbers = remembered.former_numbers()
        self.taken = set(self.numbers.values())
        self.former_slugs = remembered.former_slugs()
        self.commented = remembered.with_comments()
        self.changed = {pk: moment(when) for pk, when in Page.objects.filter(live=False).values_list("pk", "latest_revision_created_at")}
        """When drafts were last changed: without a moment, an import tried again has them twice."""

    def write(self) -> dict[str, int]:
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = self.folder / "export.xml.part"
        with unfinished.open("w", encoding="utf-8") as out:
            for piece in self._pieces():
                out.write(piece)
            out.flush()
        put_in_place(unfinished, self.folder / "export.xml")
        return self.counts

    def _count(self, name: str) -> None:
        self.counts[name] = self.counts.get(name, 0) + 1
        self.progress(name)

    def _pieces(self) -> Iterator[str]:
        site = self.archive.site()
        self.language, self.zone = site["publication"]["language"], zoneinfo.ZoneInfo(site["publication"]["zone"])
        self.sticky = _on_top(site["front"]["containers"])
        yield from self._head(site)
        for person in self.archive.people():
            yield self._author(person)
            self._count("people")
        for section in self.archive.sections():
            yield self._section(section)
            self._count("sections")
        for placement in self.archive.placements():
            slug = f"{LIST}{placement['slug']}"
            self.names["category", slug] = placement["name"]
            yield _element(
                "category", category_nicename=quote(slug), category_parent="", cat_name=placement["name"], more=_beyond(placement)
            )
            self._count("placements")
        for topic in self.archive.topics():
            self.names["post_tag", topic["slug"]] = topic["name"]
            yield _element(
                "tag", tag_slug=quote(topic["slug"]), tag_name=topic["name"], tag_description=topic["description"], more=_beyond(topic)
            )
            self._count("topics")
        for record, original in self.archive.media():
            yield self._attachment(record, original)
            self._count("media")
        for redirect in self.archive.redirects():
            yield f"<broadsheet:redirect>{_cdata(json.dumps(redirect, ensure_ascii=False))}</broadsheet:redirect>\n"
            self._count("redirects")
        for source in self.archive.sources():
            yield f"<broadsheet:source>{_cdata(json.dumps(source, ensure_ascii=False))}</broadsheet:source>\n"
            self._count("sources")
        for page in self.archive.pages():
            yield self._item(page, "page")
            self._count("pages")
        for story in self.archive.stories():
            yield self._item(story, "post")
            self._count("stories")
        for entry in self.archive.record():
            yield f"<broadsheet:entry>{_cdata(json.dumps(entry, ensure_ascii=False))}</broadsheet:entry>\n"
            self._count("record")
        yield from self._menu(site["menu"])
        # Last, so where it is the export is whole.
        yield f"<broadsheet:counts>{json.dumps(self.counts)}</broadsheet:counts>\n"
        yield "</channel>\n</rss>\n"

    def _head(self, site: Record) -> Iterator[str]:
        paper = site["publication"]
        names = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())
        yield f'<?xml version="1.0" encoding="UTF-8" ?>\n<rss version="2.0" {names}>\n<channel>\n'
        for name, value in (
            ("title", paper["name"]), ("link", self.base), ("description", paper["tagline"]), ("language", paper["language"]),
            ("wp:wxr_version", "1.2"), ("wp:base_site_url", self.base), ("wp:base_blog_url", self.base),
        ):  # fmt: skip
            yield f"<{name}>{escape(value, quote=False)}</{name}>\n"
        yield f"<broadsheet:site>{_cdata(json.dumps(site, ensure_ascii=False))}</broadsheet:site>\n"

    def _author(self, person: Record) -> str:
        login = self.logins[person["slug"]]
        self.names["author", f"cap-{login}"] = person["name"]
        author = _element("author", author_login=login, author_display_name=person["name"])
        # Co-Authors Plus keeps the byline in terms of this taxonomy, by this prefix.
        return author + _element(
            "term", term_taxonomy="author", term_slug=quote(f"cap-{login}"), term_name=person["name"],
            term_description=plain_text(person["biography"]), more=_beyond(person),
        )  # fmt: skip

    def _section(self, section: Record) -> str:
        address = section["address"]
        slug, number = section["slug"], 2
        while slug in self.categories.values() or slug.startswith(LIST):
            slug, number = f"{section['slug']}-{number}", number + 1
        self.categories[address] = slug
        self.names["category", slug] = section["name"]
        self.terms[slug] = len(self.terms) + 1
        parent = self.categories.get(address.rstrip("/").rpartition("/")[0] + "/", "")
        return _element(
            "category", term_id=str(self.terms[slug]), category_nicename=quote(slug), category_parent=quote(parent), cat_name=section["name"],
            category_description=section["description"], more=_beyond(section),
        )  # fmt: skip

    def _menu(self, entries: Sequence[Record]) -> Iterator[str]:
        """The menu as WordPress keeps one: a term, and an item for each entry."""
        if entries:
            yield _element("term", term_taxonomy="nav_menu", term_slug=MAIN, term_name="Main")
        # Entries above others first: one that is not there yet is nothing to be below.
        for place, entry in enumerate(sorted(entries, key=lambda one: (one["parent"] is not None, one["position"], one["id"])), 1):
            number, section = MENU + entry["id"], self.categories.get(entry["section"], "")
            meta = {
                "_menu_item_type": "taxonomy" if section else "custom", "_menu_item_object": "category" if section else "custom",
                "_menu_item_object_id": str(self.terms[section] if section else number), "_menu_item_url": "" if section else self._complete(entry["url"]),
                "_menu_item_menu_item_parent": str(MENU + entry["parent"] if entry["parent"] else 0),
                # Its importer asks for these without looking whether they are there.
                "_menu_item_target": "", "_menu_item_classes": 'a:1:{i:0;s:0:"";}', "_menu_item_xfn": "",
            }  # fmt: skip
            yield _item(
                title=entry["text"], link=f"{self.base}/?p={number}", id=number, type="nav_menu_item", status="publish", body="", excerpt="",
                slug=str(number), zone=self.zone, order=place,
                extra=_category("nav_menu", MAIN, "Main"), meta=meta,
            )  # fmt: skip

    def _attachment(self, record: Record, original: Any) -> str:
        kind, _, number = record["id"].partition("-")
        path = record["file"]
        target = self.folder / "uploads" / path
        if not copied(original, target):
            self._count("media without a file")
        # WordPress's importer fetches attachments: only what readers may see has an address it can ask.
        url = self._complete(record["public"]) or f"{self.base}/wp-content/uploads/{quote(path)}"
        known = Attached(int(number) + (PICTURES if kind == "picture" else FILES), url, record["alt"], record["caption"])
        self.attached[record["id"]] = known
        meta = {"_wp_attached_file": path, "_wp_attachment_image_alt": record["alt"]}
        return _item(
            title=record["title"] or path.rpartition("/")[2], link=url, id=known.number, type="attachment", status="inherit",
            body=record["credit"], excerpt=record["caption"], slug=f"{kind}-{number}",
            when=self._apart("attachment", record["title"] or path.rpartition("/")[2], record["added"]), zone=self.zone, extra=f"<wp:attachment_url>{_cdata(url)}</wp:attachment_url>",
            meta=meta | {"_broadsheet": json.dumps(record, ensure_ascii=False)},
        )  # fmt: skip

    def _item(self, record: Record, kind: str) -> str:
        body = markup(record["blocks"], self.attached.get)
        # Where a system in between changed the body, its words are newer than the blocks beside it.
        beyond = {**record, "body_digest": hashlib.sha256(body.encode()).hexdigest()}
        meta = {"_broadsheet": json.dumps(beyond, ensure_ascii=False)}
        former = "".join(_meta("_wp_old_slug", quote(slug)) for slug in self.former_slugs.get(record["id"], ()))
        number = self._number(record["id"])
        if lead := self.attached.get(record.get("picture") or ""):
            meta["_thumbnail_id"] = str(lead.number)
        if record["search_description"]:
            meta["_yoast_wpseo_metadesc"] = record["search_description"]
        terms = "".join(self._terms(record)) if kind == "post" else ""
        dated = record["published"] or record["goes_live"] or record["first_published"]
        when = self._apart(kind, record["headline"], dated or self.changed.get(record["id"]))
        return _item(
            title=record["headline"], link=self._complete(quote(record["address"])) or f"{self.base}/?p={number}", id=number,
            type=kind, status=STATUSES[record["status"]], floating=not dated, body=body, excerpt=record["standfirst"], slug=quote(record["slug"]), when=when,
            modified=record["last_published"], creator=next((self.logins[b["person"]] for b in record.get("byline", ())), ""),
            parent=self._number(record["parent"]) if record.get("parent") else 0, extra=terms + former, meta=meta,
            zone=self.zone, after="".join(self._comments(record)), sticky=record["status"] == "published" and record["id"] in self.sticky,
        )  # fmt: skip

    def _comments(self, record: Record) -> Iterator[str]:
        """As they were on the site they came from, where that is remembered; else those that readers may see."""
        if record["id"] in self.commented:
            for one in remembered.comments(record["id"]):
                yield _comment(
                    id=one.source_id or str(one.position + 1), author=one.author, url=one.url, content=one.text, kind=one.kind,
                    parent=one.parent or "0", approved=APPROVED.get(one.status, one.status), when=moment(one.published), zone=self.zone,
                )  # fmt: skip
            return
        above: list[str] = []
        for place, told in enumerate(record.get("comments", ()), 1):
            above[told["depth"] :] = [str(place)]
            parent = above[-2] if len(above) > 1 else "0"
            yield _comment(
                id=str(place), author=told["author"], url=told["url"], content=told["html"], kind=told["kind"], parent=parent, approved="1",
                when=told["published"], zone=self.zone,
            )  # fmt: skip

    def _apart(self, kind: str, title: str, when: str | None) -> str | None:
        return moment(self.apart.moment(kind, title, dt.datetime.fromisoformat(when), self.zone)) if when else None

    def _number(self, pk: int) -> int:
        """The number a page had on the site it came from, so that `?p=` leads to it there as well."""
        return self.numbers.get(pk) or (pk if pk not in self.taken else LATER + pk)

    def _terms(self, record: Record) -> Iterator[str]:
        sections = dict.fromkeys([record["section"], *record["sections"]])
        links = [("category", self.categories[address]) for address in sections if address]
        links += [("category", f"{LIST}{slug}") for slug in record["placements"]]
        links += [("post_tag", slug) for slug in record["topics"]]
        links += [("author", f"cap-{self.logins[line['person']]}") for line in record["byline"]]
        for domain, slug in links:
            yield _category(domain, slug, self.names.get((domain, slug), slug))

    def _complete(self, path: str) -> str:
        return f"{self.base}{path}" if path.startswith("/") else path


def _on_top(containers: Sequence[Record]) -> set[int]:
    """The stories pinned where the front begins: what WordPress calls sticky."""
    return set(containers[0]["pinned"]) if containers else set()


def _cdata(text: str) -> str:
    """Text as a CDATA section that it cannot leave."""
    return "<![CDATA[" + without_control(text).replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _element(name: str, *, more: str = "", **fields: str) -> str:
    inner = "".join(f"<wp:{key}>{_cdata(value)}</wp:{key}>" for key, value in fields.items())
    return f"<wp:{name}>{inner}{more}</wp:{name}>\n"


def _beyond(record: Record) -> str:
    text = _cdata(json.dumps(record, ensure_ascii=False))
    return f"<wp:termmeta><wp:meta_key>_broadsheet</wp:meta_key><wp:meta_value>{text}</wp:meta_value></wp:termmeta>"


def _category(domain: str, slug: str, name: str) -> str:
    return f'<category domain="{domain}" nicename="{escape(quote(slug))}">{_cdata(name)}</category>\n'


def _item(
    *, title: str, link: str, id: int, type: str, status: str, body: str, excerpt: str, zone: dt.tzinfo, slug: str = "", when: str | None = None,
    modified: str | None = None, creator: str = "", parent: int = 0, order: int = 0, extra: str = "", meta: dict[str, str], after: str = "",
    sticky: bool = False, floating: bool = False,
) -> str:  # fmt: skip
    fields: Iterable[tuple[str, object]] = (
        ("post_id", id), ("post_date", _date(when, zone)), ("post_date_gmt", _date(None if floating else when)), ("post_modified", _date(modified, zone)),
        ("post_modified_gmt", _date(modified)), ("comment_status", "closed"), ("ping_status", "closed"), ("post_name", slug),
        ("status", status), ("post_parent", parent), ("menu_order", order), ("post_type", type), ("post_password", ""), ("is_sticky", int(sticky)),
    )  # fmt: skip
    rows = "".join(_meta(key, value) for key, value in meta.items() if value or key.startswith("_menu_item_"))
    published = format_datetime(dt.datetime.fromisoformat(when)) if when and not floating else ""
    return (
        f"<item>\n<title>{_cdata(title)}</title>\n<link>{escape(link, quote=False)}</link>\n<pubDate>{published}</pubDate>\n"
        f"<dc:creator>{_cdata(creator)}</dc:creator>\n"
        f'<guid isPermaLink="false">{escape(link, quote=False)}</guid>\n<description></description>\n'
        f"<content:encoded>{_cdata(body)}</content:encoded>\n<excerpt:encoded>{_cdata(excerpt)}</excerpt:encoded>\n"
        + "".join(f"<wp:{name}>{_cdata(str(value))}</wp:{name}>\n" for name, value in fields)
        + f"{extra}{rows}{after}</item>\n"
    )


def _meta(key: str, value: str) -> str:
    return f"<wp:postmeta><wp:meta_key>{_cdata(key)}</wp:meta_key><wp:meta_value>{_cdata(value)}</wp:meta_value></wp:postmeta>\n"


def _comment(
    *, id: str, author: str, url: str, content: str, kind: str, parent: str, approved: str, when: str | None, zone: dt.tzinfo
) -> str:  # fmt: skip
    # E-mail addresses and IP numbers of readers are not kept here, so there are none to give.
    fields = (
        ("id", id), ("author", author), ("author_email", ""), ("author_url", url), ("author_IP", ""), ("date", _date(when, zone)),
        ("date_gmt", _date(when)), ("content", content), ("approved", approved), ("type", kind), ("parent", parent), ("user_id", "0"),
    )  # fmt: skip
    return (
        "<wp:comment>\n"
        + "".join(f"<wp:comment_{name}>{_cdata(value)}</wp:comment_{name}>\n" for name, value in fields)
        + "</wp:comment>\n"
    )


def _date(when: str | None, zone: dt.tzinfo = dt.UTC) -> str:
    if not when:
        return "0000-00-00 00:00:00"
    return f"{dt.datetime.fromisoformat(when).astimezone(zone):%Y-%m-%d %H:%M:%S}"
