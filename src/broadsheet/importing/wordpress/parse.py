"""One element of a WXR file → one neutral record."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from lxml import etree

from broadsheet.html import plain_text, safe_url, without_control
from broadsheet.importing.records import Attachment, Author, Comment, Guest, Item, Term, TermLink
from broadsheet.importing.wordpress.beside import META as BESIDE
from broadsheet.importing.wordpress.dates import Clock, moment_of
from broadsheet.importing.wordpress.search import SEARCH_META
from broadsheet.importing.wordpress.xml import name_of

# Only these change what is imported. View counts and plugin caches change with every export and are no edits.
KEPT_META = frozenset(
    {"_thumbnail_id", "_wp_attached_file", "_wp_attachment_image_alt", "_wp_page_template", *BESIDE, "footnotes",
     "_wp_old_slug", *SEARCH_META, "_menu_item_type", "_menu_item_menu_item_parent", "_menu_item_object_id", "_menu_item_object",
     "_menu_item_url", "_wpml_import_language_code", "_wpml_import_translation_group", "_wpml_language", "_wpml_trid"}
)  # fmt: skip
KEPT_PREFIXES = ("_broadsheet_", "cap-")
# Windows-1252 that was taken for Latin-1: nobody writes the control characters that stand there.
_C1 = re.compile("[\x80-\x9f]")
_COMMENT_STATUS = {"1": "approved", "0": "pending", "spam": "spam", "trash": "trash", "post-trashed": "trash"}


def text_of(element: etree._Element) -> str:
    """All text in the element, with what XML allows but a page may not hold taken out."""
    text = element.text or "" if not len(element) else "".join(map(str, element.itertext()))
    if text.isprintable():
        return text
    if not text.isascii() and _C1.search(text):
        text = _C1.sub(lambda m: m[0].encode("latin-1").decode("cp1252", "ignore") or m[0], text)
    return without_control(text)


def fields_of(element: etree._Element) -> dict[str, str]:
    """The element's plain children; of repeated ones the first that says something."""
    fields: dict[str, str] = {}
    for child in element:
        name = name_of(child)
        if name and not fields.get(name):
            fields[name] = text_of(child)
    return fields


def meta_of(element: etree._Element, tag: str) -> dict[str, str]:
    """Keys and values below `tag`, first value of each key."""
    return _first_of_each(_pairs(child for child in element if name_of(child) == tag))


def _pairs(elements: Iterable[etree._Element]) -> list[tuple[str, str]]:
    """Key and value of each piece of meta."""
    rows = (fields_of(element) for element in elements)
    return [(row.get("wp:meta_key", "").strip(), row.get("wp:meta_value", "")) for row in rows]


def _first_of_each(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    meta: dict[str, str] = {}
    for key, value in pairs:
        meta.setdefault(key, value)
    return meta


def slug_of(raw: str) -> str:
    """The slug as readers write it: decoded, composed, without what an address cannot hold."""
    return unicodedata.normalize("NFC", unquote(raw.strip())).strip("/ ")


def path_below(base: str, link: str) -> str:
    """The readable path of an old address, or nothing (the front page, `?p=12`, other schemes, nonsense)."""
    try:
        parts, root = urlsplit(link.strip()), urlsplit(base)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https", "") or parts.query or not parts.path:
        return ""
    path = unicodedata.normalize("NFC", unquote(parts.path))
    same_site = parts.netloc.casefold().removeprefix("www.") == root.netloc.casefold().removeprefix("www.")
    prefix = unquote(root.path).rstrip("/")
    if path in ("", "/") or same_site and path.rstrip("/") == prefix or re.search(r"[\x00-\x20\\?#<>\"]", path):
        return ""
    clean = posixpath.normpath(path)
    clean = "/" + clean.lstrip("/.")
    return clean + ("/" if path.endswith("/") and clean != "/" else "")


def author(element: etree._Element) -> Author:
    """A `wp:author`."""
    fields = fields_of(element)
    login = fields.get("wp:author_login", "").strip()
    full = f"{fields.get('wp:author_first_name', '').strip()} {fields.get('wp:author_last_name', '').strip()}".strip()
    name = fields.get("wp:author_display_name", "").strip() or full or login
    return Author(login=login, name=name, email=fields.get("wp:author_email", "").strip(), source_id=_number(fields, "wp:author_id"))


def term(element: etree._Element, kind: str) -> Term:
    """A `wp:category`, `wp:tag` or `wp:term`."""
    fields = fields_of(element)
    meta = meta_of(element, "wp:termmeta")
    if kind == "category":
        slug, parent = fields.get("wp:category_nicename", ""), fields.get("wp:category_parent", "")
        name, description = fields.get("wp:cat_name", ""), fields.get("wp:category_description", "")
        taxonomy = "category"
    elif kind == "tag":
        slug, parent = fields.get("wp:tag_slug", ""), ""
        name, description = fields.get("wp:tag_name", ""), fields.get("wp:tag_description", "")
        taxonomy = "post_tag"
    else:
        slug, parent = fields.get("wp:term_slug", ""), fields.get("wp:term_parent", "")
        name, description = fields.get("wp:term_name", ""), fields.get("wp:term_description", "")
        taxonomy = fields.get("wp:term_taxonomy", "").strip()
    slug = slug_of(slug)
    return Term(taxonomy, slug, name.strip() or slug, slug_of(parent), description.strip(), meta, _number(fields, "wp:term_id"))


def _comment(element: etree._Element, clock: Clock | None) -> tuple[Comment, str]:
    fields = fields_of(element)
    published, fallback = moment_of(gmt=fields.get("wp:comment_date_gmt", ""), local=fields.get("wp:comment_date", ""), clock=clock)
    approved = fields.get("wp:comment_approved", "1").strip()
    parent = fields.get("wp:comment_parent", "").strip()
    comment = Comment(
        source_id=fields.get("wp:comment_id", "").strip(),
        author=fields.get("wp:comment_author", "").strip(),
        email=fields.get("wp:comment_author_email", "").strip(),
        url=fields.get("wp:comment_author_url", "").strip(),
        published=published,
        text=fields.get("wp:comment_content", ""),
        status=_COMMENT_STATUS.get(approved, "pending"),
        kind=fields.get("wp:comment_type", "").strip() or "comment",
        parent="" if parent == "0" else parent,
    )
    return comment, fallback


def _links(elements: Iterable[etree._Element], odd: Counter[str]) -> tuple[TermLink, ...]:
    links: dict[tuple[str, str], TermLink] = {}
    unnamed: list[TermLink] = []
    for child in elements:
        name = text_of(child).strip()
        taxonomy, given = child.get("domain", "category").strip(), child.get("nicename", "")
        if not name and (not taxonomy or not given.strip()):
            odd["category without a name, left out"] += 1
            continue
        taxonomy = {"tag": "post_tag", "": "category"}.get(taxonomy, taxonomy)
        link = TermLink(taxonomy, slug_of(given or name), name or slug_of(given))
        if given:
            if links.setdefault((taxonomy, link.slug), link) is not link:
                odd["category named twice by one item"] += 1
        else:
            unnamed.append(link)
    # WXR 1.0 writes each link twice, once without `nicename`.
    there = {(link.taxonomy, link.name.casefold()) for link in links.values()}
    for link in unnamed:
        if link.slug and (link.taxonomy, link.name.casefold()) not in there:
            links.setdefault((link.taxonomy, link.slug), link)
    return tuple(links.values())


def _number(fields: dict[str, str], name: str) -> str:
    number = fields.get(name, "").strip()
    return number if re.fullmatch(r"[1-9]\d{0,18}", number) else ""


def _former_slugs(pairs: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    slugs = (slug_of(value)[:400] for key, value in pairs if key == "_wp_old_slug")
    return tuple(dict.fromkeys(filter(None, slugs)))


_LISTS = ("category", "wp:postmeta", "wp:comment")


def _sorted(element: etree._Element, odd: Counter[str]) -> tuple[dict[str, str], dict[str, list[etree._Element]]]:
    """An item's plain fields, and the elements of its lists; what is not taken is odd: a second text, words between the fields."""
    fields: dict[str, str] = {}
    lists: dict[str, list[etree._Element]] = {name: [] for name in _LISTS}
    for child in element:
        if (tail := child.tail) and not tail.isspace():
            odd["text between an item's fields, left out"] += 1
        name = name_of(child)
        if name in lists:
            lists[name].append(child)
        elif name and not (taken := fields.get(name)):
            fields[name] = text_of(child)
        elif name in _ONCE and (text := text_of(child)) and text != taken:
            odd[f"{name} given more than once, the first taken"] += 1
    return fields, lists


def _integer(text: str) -> int:
    return int(text) if re.fullmatch(r"-?\d{1,9}", text.strip()) else 0


def at(clock: Clock, record: Item) -> Item:
    """An item whose dates were read before the clock was known."""
    comments = record.comments
    if any(one.published and one.published.tzinfo is None for one in comments):
        comments = tuple(one.but(published=_on(clock, one.published)) for one in comments)
    published, modified = _on(clock, record.published), _on(clock, record.modified)
    if published is record.published and modified is record.modified and comments is record.comments:
        return record
    return record.but(published=published, modified=modified, comments=comments)


def _on(clock: Clock, moment: dt.datetime | None) -> dt.datetime | None:
    return clock.utc(moment.replace(tzinfo=dt.UTC)) if moment and moment.tzinfo is None else moment


def item(element: etree._Element, *, file: str, line: int, base: str, clock: Clock | None) -> tuple[Item, Counter[str], dict[str, str]]:
    """An `item`, what was odd about it, and its plain fields as they stand in the file."""
    odd: Counter[str] = Counter()
    fields, lists = _sorted(element, odd)
    told = _pairs(lists["wp:postmeta"])
    meta = {k: v for k, v in _first_of_each(told).items() if k in KEPT_META or k.startswith(KEPT_PREFIXES)}
    kind = fields.get("wp:post_type", "").strip() or "post"
    status = fields.get("wp:status", "").strip() or ("inherit" if kind == "attachment" else "publish")
    title, body = fields.get("title", "").strip(), fields.get("content:encoded", "")
    raw_slug, link = fields.get("wp:post_name", ""), fields.get("link", "").strip()
    slug = slug_of(raw_slug)
    if slug != raw_slug.strip():
        odd["percent-encoded address decoded"] = 1
    modified, _ = moment_of(gmt=fields.get("wp:post_modified_gmt", ""), local=fields.get("wp:post_modified", ""), clock=clock)
    published, fallback = moment_of(
        gmt=fields.get("wp:post_date_gmt", ""),
        local=fields.get("wp:post_date", ""),
        # WordPress gives a draft the feed date of the year minus one, other tools that of the export.
        feed=fields.get("pubDate", "") if status != "draft" else "",
        modified=modified,
        clock=clock,
    )
    if fallback:
        odd[fallback] = 1
    comments = []
    for child in lists["wp:comment"]:
        comment, fallback = _comment(child, clock)
        comments.append(comment)
        if fallback:
            odd[f"comment with {fallback}"] += 1
    links = _links(lists["category"], odd)
    source_id = fields.get("wp:post_id", "").strip()
    has_id = source_id not in ("", "0")
    if not has_id:
        odd["item without an id"] = 1
        identity = (kind, fields.get("wp:post_date", ""), slug, title, body)
        source_id = "digest:" + hashlib.sha256(json.dumps(identity).encode()).hexdigest()[:24]
    parent = fields.get("wp:post_parent", "").strip()
    record = Item(
        source_id=source_id,
        has_id=has_id,
        type=kind,
        status=status,
        title=title,
        slug=slug,
        path=path_below(base, link),
        link=link,
        guid=fields.get("guid", "").strip(),
        creator=fields.get("dc:creator", "").strip(),
        body=body,
        excerpt=fields.get("excerpt:encoded", ""),
        published=published,
        modified=modified,
        parent="" if parent == "0" else parent,
        order=_integer(fields.get("wp:menu_order", "")),
        password=fields.get("wp:post_password", "").strip(),
        sticky=fields.get("wp:is_sticky", "").strip() == "1",
        attachment_url=fields.get("wp:attachment_url", "").strip(),
        terms=links,
        comments=tuple(comments),
        meta=meta,
        former_slugs=_former_slugs(told),
        digest=_digest(fields, links, comments, meta),
        where=f"{file}, line {line}",
    )
    return record, odd, fields


_ONCE = frozenset({"title", "content:encoded", "excerpt:encoded", "wp:post_id", "wp:status", "wp:post_type"})
_DIGESTED = (
    "wp:post_type", "wp:status", "title", "wp:post_name", "link", "dc:creator", "content:encoded", "excerpt:encoded", "wp:post_date",
    "wp:post_date_gmt", "pubDate", "wp:post_modified_gmt", "wp:post_parent", "wp:menu_order", "wp:post_password", "wp:is_sticky",
    "wp:attachment_url",
)  # fmt: skip


def _digest(fields: dict[str, str], links: tuple[TermLink, ...], comments: list[Comment], meta: dict[str, str]) -> str:
    content = (
        [fields.get(name, "") for name in _DIGESTED],
        [(link.taxonomy, link.slug, link.name) for link in links],
        [(c.source_id, c.author, c.email, c.url, c.text, c.status, c.kind, c.parent) for c in comments],
        sorted(meta.items()),
    )
    return hashlib.sha256(json.dumps(content, ensure_ascii=True).encode()).hexdigest()


def guest(record: Item) -> Guest:
    """A guest author of the post type that Co-Authors Plus keeps them in."""
    meta = {key: value.strip() for key, value in record.meta.items()}
    full = f"{meta.get('cap-first_name', '')} {meta.get('cap-last_name', '')}".strip()
    website = safe_url(meta.get("cap-website", ""))
    return Guest(
        login=(record.slug or meta.get("cap-user_login", "") or record.source_id).removeprefix("cap-"),
        name=" ".join(plain_text(meta.get("cap-display_name") or record.title or full).split()),
        biography=plain_text(meta.get("cap-description", "")),
        website=website if re.match(r"https?://\S{1,190}$", website) else "",
        linked=meta.get("cap-linked_account", ""),
        portrait=meta.get("_thumbnail_id", ""),
    )


def attachment(record: Item) -> Attachment:
    """What bodies need to know of an uploaded file."""
    file = record.meta.get("_wp_attached_file", "")
    url = record.attachment_url or (record.guid if record.guid.startswith("http") else "")
    return Attachment(
        source_id=record.source_id,
        url=url,
        file=file.partition("wp-content/uploads/")[2] or file,
        title=record.title,
        caption=record.excerpt.strip(),
        description=record.body.strip(),
        alt=record.meta.get("_wp_attachment_image_alt", "").strip(),
        parent=record.parent,
        order=record.order,
        focus=record.meta.get("_broadsheet_focus", ""),
        path=record.path,
    )
