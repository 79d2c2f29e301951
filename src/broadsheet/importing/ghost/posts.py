"""One row of a Ghost export's tables → one neutral record."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.utils.text import slugify

from broadsheet.html import plain_text, safe_url, without_control
from broadsheet.importing.ghost.bodies import html_of
from broadsheet.importing.ghost.cards import Card, Note, text
from broadsheet.importing.halves import whole
from broadsheet.importing.records import Author, Item, MenuLink, TermLink
from broadsheet.importing.spelling import of_ghost, original_name, path_of
from broadsheet.importing.wordpress.dates import stamp
from broadsheet.importing.wordpress.parse import slug_of

DRAFT, PUBLIC, AHEAD, SENT = "draft", "publish", "future", "sent"
_VISIBILITIES = frozenset({"members", "paid", "tiers"})
_PLACEHOLDER = re.compile(r"__GHOST_URL__(/)?")
_SHOWN = re.compile(r"<(img|a|audio|video|source)\b([^>]*)>", re.I)
_ADDRESS = re.compile(r"""\b(src|href)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
_OF_FILE = re.compile("/content/(?:media|files)/")
_SOCIAL = ("og_title", "og_description", "og_image", "twitter_title", "twitter_description", "twitter_image")
_POSTS_META = ("meta_title", "meta_description", "feature_image_alt", "feature_image_caption", "email_only", *_SOCIAL)
SECTION, TOPIC, INTERNAL_TAG = "category", "post_tag", "internal_tag"


@dataclass(frozen=True, slots=True)
class Tag:
    """A row of the table of tags."""

    slug: str
    name: str
    description: str
    internal: bool


@dataclass(slots=True)
class Tables:
    """What a post's row points to, by ids as text."""

    base: str = ""
    pattern: str = "/{slug}/"
    """Of posts' addresses; pages stand at `/{slug}/`."""
    zone: dt.tzinfo = dt.UTC
    authors: dict[str, Author] = field(default_factory=dict)
    tags: dict[str, Tag] = field(default_factory=dict)
    post_tags: dict[str, list[str]] = field(default_factory=dict)
    post_authors: dict[str, list[str]] = field(default_factory=dict)
    posts_meta: dict[str, dict[str, str]] = field(default_factory=dict)
    sections: frozenset[str] = frozenset()
    """Slugs of the tags that are sections."""
    only_author: Author | None = None
    """When the whole export knows one, and without an id: whoever wrote it."""


def number(value: object) -> str:
    """An id as text; nothing for what is none."""
    return str(value) if isinstance(value, (int, str)) and not isinstance(value, bool) else ""


def said(row: Card, *names: str) -> str:
    """As `text`, without what a page may not hold and space around it."""
    return without_control(text(row, *names)).strip()


def moment(value: object) -> dt.datetime | None:
    """A date of Ghost's: milliseconds, or a database's or ISO stamp, in UTC. Nothing for what is none."""
    if isinstance(value, str) and not value.strip().lstrip("-").isdecimal():
        return stamp(value)
    try:
        found = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=float(value))  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    return found if 1900 <= found.year <= 9000 and not isinstance(value, bool) else None


def author(row: Card, base: str) -> tuple[Author, str]:
    """A user and the address of their picture; the login is the part of the address that named them."""
    name = said(row, "name")
    login = slug_of(said(row, "slug")) or slugify(name, allow_unicode=True)
    picture = resolved(said(row, "profile_image", "image"), base)
    # Pictures of that service are asked for with a digest of the person's e-mail address.
    picture = "" if "gravatar.com" in picture else safe_url(picture)
    known = Author(
        login=login, name=name or login, email=said(row, "email"), biography=said(row, "bio"), website=said(row, "website"),
        portrait=picture_key(picture) if picture else "",
    )  # fmt: skip
    return known, picture


def menu(value: str, base: str) -> list[MenuLink]:
    """The entries of a setting such as `navigation`; nothing of what is no list of them."""
    try:
        rows = json.loads(whole(value))
    except (ValueError, RecursionError):
        return []
    rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return [
        MenuLink(str(place), plain_text(said(row, "label")), "address", url=resolved(said(row, "url"), base), order=place)
        for place, row in enumerate(rows)
    ]


def tag(row: Card) -> Tag:
    """A tag; internal ones begin with `#`."""
    name = said(row, "name")
    slug = slug_of(said(row, "slug")) or slugify(name, allow_unicode=True)
    return Tag(slug, name or slug, said(row, "description"), row.get("visibility") == "internal" or name.startswith("#"))


def meta(row: Card) -> dict[str, str]:
    """What is kept of a row of `posts_meta`, or of the same columns in older posts."""
    values = {name: said(row, name) for name in _POSTS_META if said(row, name)}
    return values | ({"email_only": "1"} if row.get("email_only") in (1, True, "1") else {})


def status(row: Card, about: Mapping[str, str]) -> str:
    """Public only when Ghost showed it to everybody; else the word that says why not."""
    given = said(row, "status").lower()
    visibility = said(row, "visibility").lower() or "public"
    if given not in ("published", "scheduled", "sent"):
        return DRAFT
    if visibility != "public":
        return visibility if visibility in _VISIBILITIES else "members"
    if given == "sent" or about.get("email_only"):
        return SENT
    return PUBLIC if given == "published" else AHEAD


def resolved(value: str, base: str) -> str:
    """Text with Ghost's placeholder for the site's own address replaced."""
    return _PLACEHOLDER.sub(lambda found: base + "/" if found[1] else base or "/", value)


def picture_key(url: str) -> str:
    """What all addresses of a picture share, short enough for a key."""
    name = original_name(url)
    return f"picture:{name}" if len(name) < 150 else f"picture:{hashlib.sha256(name.encode()).hexdigest()[:32]}"


def pictures(record: Item) -> dict[str, str]:
    """Key and address of every picture a record shows, and of every file of the site's that it plays or offers, once each."""
    lead = record.meta.get("_broadsheet_lead_url", "")
    found = [lead, *(unescape(one).partition("#")[0] for one in _named(record.body))]
    urls = [url for url in found if url and re.match(r"(?:https?:)?//|/", safe_url(url))]
    return {picture_key(url): url for url in reversed(urls)}


def _named(body: str) -> list[str]:
    """Addresses of pictures as they stand in a body, then those of files."""
    images, files = [], []
    # Behind the last end of a tag is none: each one that begins would be followed to the end of the body.
    for tag in _SHOWN.finditer(body, 0, body.rfind(">") + 1):
        is_image = tag[1].lower() == "img"
        for name, double, single in _ADDRESS.findall(tag[2]):
            url = double or single
            if is_image and name.lower() == "src":
                images.append(url)
                break
            if not is_image and _OF_FILE.search(url):
                files.append(url)
                break
    return images + files


def attachment(key: str, url: str, alt: str, base: str) -> Item:
    """A picture as an item of its own: Ghost has no table of them."""
    full = urljoin(f"{base}/", url) if base else f"https:{url}" if url.startswith("//") else url
    name = urlsplit(full).path.rpartition("/")[2]
    file = of_ghost(path_of(url))
    record = Item(
        source_id=key, has_id=True, type="attachment", status="inherit", title=name, slug="", path="", link="", guid="", creator="", body="",
        excerpt="", published=None, modified=None, attachment_url=full, where=full,
        meta={"_wp_attached_file": file, "_wp_attachment_image_alt": alt},
    )  # fmt: skip
    return dataclasses.replace(record, digest=_digest(record))


def item(row: Card, tables: Tables, *, file: str, note: Note) -> Item:
    """A post or page; `note` is told what was odd about it."""
    row = {k: resolved(v, tables.base) if isinstance(v, str) and "__GHOST_URL__" in v else v for k, v in row.items()}
    key = number(row.get("id"))
    about = meta(row) | tables.posts_meta.get(key, {})
    kind = "page" if row.get("type") == "page" or row.get("page") in (1, True, "1") else "post"
    state, slug = status(row, about), slug_of(said(row, "slug"))
    published, modified = moment(row.get("published_at")), moment(row.get("updated_at"))
    if published is None and state != DRAFT:
        published = moment(row.get("created_at")) or modified
        note("published without a date: the day it was begun" if published else "no valid date")
    if state not in (PUBLIC, DRAFT, AHEAD):
        note("sent by e-mail only: kept as a draft" if state == SENT else f"for {_FOR.get(state, 'members')} only: kept as a draft")
    writers = _writers(row, key, tables, note)
    for name in ("codeinjection_head", "codeinjection_foot"):
        if said(row, name):
            note("code injected into one page, left out")
    if any(about.get(name) for name in _SOCIAL):
        note("text or picture for social media only, left out")
    path = _path(tables, kind, slug, key, published, writers) if state == PUBLIC else ""
    lead = said(row, "feature_image", "image")
    record = Item(
        source_id=said(row, "uuid") or key,
        has_id=bool(said(row, "uuid") or key),
        type=kind,
        status=state,
        title=escape(said(row, "title"), quote=False),
        slug=slug,
        path=path,
        link=tables.base + path if path else "",
        guid=said(row, "uuid"),
        creator=writers[0].login if writers else "",
        body=without_control(html_of(row, members_only=state not in (PUBLIC, DRAFT, AHEAD, SENT), note=note)),
        excerpt=escape(said(row, "custom_excerpt"), quote=False),
        published=published,
        modified=modified,
        sticky=row.get("featured") in (1, True, "1"),
        terms=tuple([*_tagged(key, tables), *(TermLink("author", f"cap-{one.login}", one.name) for one in writers)]),
        meta=_kept(row, about, lead),
        where=f"{file}, {kind} {slug or key}",
    )
    if not record.has_id:
        note("item without an id")
        identity = json.dumps([kind, str(published), slug, record.title, record.body])
        record = dataclasses.replace(record, source_id="digest:" + hashlib.sha256(identity.encode()).hexdigest()[:24])
    return dataclasses.replace(record, digest=_digest(record))


_FOR = {"paid": "paying members", "tiers": "some members"}


def _writers(row: Card, key: str, tables: Tables, note: Note) -> list[Author]:
    ids = tables.post_authors.get(key) or [number(row.get("author_id"))]
    found = [tables.authors[one] for one in ids if one in tables.authors]
    if not found and tables.only_author:
        return [tables.only_author]
    if len(found) < len([one for one in ids if one]):
        note("author who is not in the export: no byline")
    return list({one.login: one for one in found}.values())


def _tagged(key: str, tables: Tables) -> list[TermLink]:
    tags = [tables.tags[one] for one in tables.post_tags.get(key, ()) if one in tables.tags]
    return [TermLink(SECTION if one.slug in tables.sections else TOPIC, one.slug, one.name) for one in tags if not one.internal]


def _path(tables: Tables, kind: str, slug: str, key: str, published: dt.datetime | None, writers: list[Author]) -> str:
    if not slug:
        return ""
    if kind == "page":
        return f"/{slug}/"
    local = published.astimezone(tables.zone) if published else None
    first = next((link.slug for link in _tagged(key, tables)), "all")
    values = {
        "slug": slug, "id": key, "primary_tag": first, "primary_author": writers[0].login if writers else "all",
        "year": f"{local:%Y}" if local else "", "month": f"{local:%m}" if local else "", "day": f"{local:%d}" if local else "",
    }  # fmt: skip
    values["author"] = values["primary_author"]
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], ""), tables.pattern)


def _kept(row: Card, about: Mapping[str, str], lead: str) -> dict[str, str]:
    language = said(row, "locale", "language").replace("_", "-")
    values = {
        "_thumbnail_id": picture_key(lead) if lead else "",
        "_broadsheet_lead_url": lead,
        "_broadsheet_lead_alt": about.get("feature_image_alt", ""),
        "_broadsheet_lead_caption": about.get("feature_image_caption", ""),
        "_broadsheet_language": "en" if language == "en-US" else language,
        "_yoast_wpseo_canonical": said(row, "canonical_url"),
        "_yoast_wpseo_title": escape(about.get("meta_title", ""), quote=False),
        "_yoast_wpseo_metadesc": escape(about.get("meta_description", ""), quote=False),
    }
    return {name: value for name, value in values.items() if value}


def _digest(record: Item) -> str:
    values: Any = [getattr(record, name) for name in record.__slots__ if name not in ("where", "digest")]
    return hashlib.sha256(json.dumps(values, ensure_ascii=True, default=str).encode()).hexdigest()
