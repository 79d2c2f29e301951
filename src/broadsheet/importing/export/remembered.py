"""What imports remember of the sites they came from, so that old addresses answer and newer exports find what is here."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from broadsheet.importing.export.names import Record, file_id, moment, picture_id
from broadsheet.importing.models import (
    FormerSlug,
    SourceComment,
    SourceItem,
    SourceMedia,
    SourcePerson,
    SourceRedirect,
    SourceSite,
    SourceTerm,
)  # fmt: skip

if TYPE_CHECKING:
    from broadsheet.importing.export.archive import Archive

BATCH = 200
MADE_OF = re.compile(r"([0-9a-f]+):(\d*):(.*)", re.S)
"""How a digest of an item ends: with its lead picture here and what else decided how it came in."""


def sources(archive: Archive) -> Iterator[Record]:
    """All of it, sites first, in the order in which it came in: where two sites claim an address, that decides."""
    sites = SourceSite.objects.brought_in().order_by("pk")
    for site in sites:
        yield {
            "what": "site", "site": site.key, "title": site.title, "base_url": site.base_url, "category_base": site.category_base,
            "tag_base": site.tag_base,
        }  # fmt: skip
    for site in sites:
        for person in site.people.order_by("pk").iterator(BATCH):
            yield {
                "what": "person", "site": site.key, "login": person.login, "id": person.source_id,
                "person": archive.people_by_id[person.person_id],
            }  # fmt: skip
        yield from _terms(site, archive)
        for row in site.media.order_by("pk").iterator(BATCH):
            yield _media(row, site.key)
        yield from _items(site)
        for told in site.redirects.order_by("pk").iterator(BATCH):
            yield {
                "what": "redirect", "site": site.key, "from": told.source, "to": told.to, "permanent": told.permanent,
                "position": told.position, "pattern": told.is_pattern,
            }  # fmt: skip
        comments = SourceComment.objects.filter(item__site=site).order_by("pk").values_list("item__source_id", *COMMENT)
        for item, *values in comments.iterator(BATCH):
            record = dict(zip(COMMENT, values, strict=True))
            record["id"], record["published"] = record.pop("source_id"), moment(record["published"])
            yield {"what": "comment", "site": site.key, "item": item, **record}


COMMENT = ("position", "source_id", "parent", "author", "url", "published", "text", "status", "kind")


def _terms(site: SourceSite, archive: Archive) -> Iterator[Record]:
    for term in site.terms.order_by("pk").iterator(BATCH):
        section = archive.tree.by_id.get(term.section_id or 0)
        yield {
            "what": "term", "site": site.key, "taxonomy": term.taxonomy, "slug": term.slug, "id": term.source_id, "name": term.name,
            "section": section.url if section else "", "topic": archive.topics_by_id.get(term.topic_id or 0, ""),
            "placement": archive.placements_by_id.get(term.placement_id or 0, ""),
        }  # fmt: skip


def _media(row: SourceMedia, site: str) -> Record:
    return {
        "what": "media", "site": site, "id": row.source_id, "digest": row.digest, "url": row.url, "file": row.file, "title": row.title,
        "alt": row.alt, "caption": row.caption, "credit": row.credit, "parent": row.parent, "position": row.position,
        "problem": row.problem, "address_key": row.address, "media": picture_id(row.image_id) or file_id(row.document_id),
    }  # fmt: skip


def _items(site: SourceSite) -> Iterator[Record]:
    rows: QuerySet[SourceItem] = site.items.order_by("pk").select_related("page").prefetch_related("former_slugs")
    for row in rows.iterator(BATCH):
        digest, picture, rest = row.digest, "", ""
        if found := MADE_OF.fullmatch(row.digest):
            digest, picture, rest = found[1], picture_id(int(found[2] or 0)), found[3]
        yield {
            "what": "item", "site": site.key, "id": row.source_id, "type": row.type, "digest": digest, "digest_picture": picture,
            "digest_rest": rest, "guid": row.guid, "slug": row.slug, "former_slugs": [one.slug for one in row.former_slugs.all()],
            "old_path": row.old_path, "held": row.held, "page": row.page_id,
            # A newer export may change what nobody edited here.
            "edited": row.page is not None and row.page.latest_revision_id != row.revision_id,
        }  # fmt: skip


def former_numbers() -> dict[int, int]:
    """{page: the number it had where it came from}, while only one site was moved in and so each number means one page."""
    if SourceSite.objects.brought_in().count() != 1:
        return {}
    rows = SourceItem.objects.filter(site__in=SourceSite.objects.brought_in(), page__isnull=False)
    found: dict[int, int] = {}
    for source_id, page in rows.order_by("pk").values_list("source_id", "page_id").iterator(BATCH):
        if re.fullmatch(r"[1-9]\d{0,8}", source_id):
            found.setdefault(page, int(source_id))
    return found


def former_slugs() -> Mapping[int, list[str]]:
    """{page: the slugs it had before}."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = FormerSlug.objects.filter(item__page__isnull=False).order_by("pk").values_list("item__page_id", "slug")
    for page, slug in rows.iterator(BATCH):
        found[page].append(slug)
    return found


def with_comments() -> set[int]:
    """The pages whose comments are remembered, those waiting or refused included."""
    return set(SourceComment.objects.filter(item__page__isnull=False).values_list("item__page_id", flat=True).distinct())


def comments(page: int) -> list[SourceComment]:
    """The comments of one page as they were there, in their order."""
    return list(SourceComment.objects.filter(item__page_id=page).order_by("item_id", "position"))


def count() -> int:
    """How many records `sources` has."""
    sites = SourceSite.objects.brought_in()
    models = (SourcePerson, SourceTerm, SourceMedia, SourceItem, SourceRedirect)
    of_sites = sum(model._base_manager.filter(site__in=sites).count() for model in models)
    return sites.count() + of_sites + SourceComment.objects.filter(item__site__in=sites).count()
