"""Rows of the lists → stories, pictures and names as the API tells them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db.models import F
from django.db.models.lookups import In

from broadsheet.html import sanitise
from broadsheet.media.models import Image as StoredImage
from broadsheet.stories.cards import Names, people_in
from broadsheet.stories.models import Topic
from broadsheet.stories.permalinks import absolute
from broadsheet.stories.prepared import Prepared
from broadsheet.stories.projections import successors
from broadsheet.stories.queries import SectionEntry, SectionTree
from broadsheet.syndication.api.shapes import Image, Meta, Named, Page, Picture, Rendition, Signed, StoryItem
from broadsheet.syndication.bodies import completed
from broadsheet.syndication.conditional import day
from broadsheet.syndication.feeds import of_stories

ROOT = "/api/v3/"
TYPES = {".jpg": "image/jpeg", ".webp": "image/webp"}
TOKEN = re.compile(r"/p/[0-9a-f]{2}/([0-9a-f]{16})/")
"""In the address of a file for readers."""
PICTURE = ("pk", "encoded", "alt", "caption", "credit", "licence", "token")
"""Columns that a picture is told from."""
_LEAD = tuple(f"story__lead_image__{name}" for name in PICTURE)
_LISTED = ("story_id", "story__permalink", "published", "story__updated", "story__galley__card", "story__paid_by", *_LEAD)


@Prepared
def _rows(ids: list[int]) -> Any:
    return of_stories(ids).values_list(*_LISTED)


@Prepared
def _topics(ids: list[int]) -> Any:
    return Topic.objects.filter(In(F("pk"), ids)).order_by().values_list("pk", "name", "slug", "merged_into_id")


def meta(type_: str, detail: str, path: str = "") -> Meta:
    """What a thing is and where: `detail` below the API's root, `path` of its page."""
    return {"type": type_, "detail_url": absolute(ROOT + detail), "html_url": absolute(path) if path else ""}


def page(entry: SectionEntry) -> Page:
    """A section, named."""
    return {"id": entry.id, "title": entry.name, "meta": meta("stories.Section", f"sections/{entry.id}/", entry.url)}


def person(pk: int, name: str, path: str) -> Named:
    """A person, named."""
    return {"id": pk, "name": name, "meta": meta("people.Person", f"people/{pk}/", path)}


def topic(pk: int, name: str, slug: str) -> Named:
    """A topic, named."""
    return {"id": pk, "name": name, "meta": meta("stories.Topic", f"topics/{pk}/", f"/topics/{slug}/")}


def topics(ids: Iterable[int]) -> dict[int, Named]:
    """Topics, named, by the ids that galleys have; a merged one as what it stands for."""
    wanted = sorted(set(ids))
    rows = _topics(wanted) if wanted else []
    if any(row[3] for row in rows):
        ends = successors(Topic)
        told = {row[0]: topic(*row[:3]) for row in _topics(sorted({ends.get(pk, pk) for pk in wanted}))}
        return {pk: told[end] for pk in wanted if (end := ends.get(pk, pk)) in told}
    return {row[0]: topic(*row[:3]) for row in rows}


def picture(row: Sequence[Any], *, alt: str | None = None, caption: str | None = None) -> Picture | None:
    """A picture from its columns, in one size; `alt` and `caption` as they are where it stands. None while there is no file for readers."""
    pk, encoded, own_alt, own_caption, credit, licence, _token = row
    files = (encoded or {}).get("full")
    if not pk or not files:
        return None
    width, height, stem = next((one for one in files if one[0] >= 800), files[-1])
    return {
        "id": pk, "url": _file(f"{stem}.jpg"), "width": width, "height": height, "alt": own_alt if alt is None else alt,
        "caption": _prose(own_caption if caption is None else caption), "credit": credit, "licence": licence,
        "meta": meta("media.Image", f"images/{pk}/"),
    }  # fmt: skip


def _prose(html: str) -> str:
    return completed(sanitise(html), absolute("/")).html if "<" in html or "&" in html else html


def image(row: Sequence[Any]) -> Image | None:
    """A picture with all its files."""
    small = picture(row)
    return {**small, "renditions": _renditions(row[1])} if small else None


def _renditions(encoded: Mapping[str, Any]) -> list[Rendition]:
    # That for sharing is a JPEG alone.
    return [
        {"crop": crop, "type": type_, "url": _file(stem + ending), "width": width, "height": height}
        for crop, files in encoded.items()
        for width, height, stem in files
        for ending, type_ in TYPES.items()
        if crop != "social" or ending == ".jpg"
    ]


def _file(name: str) -> str:
    return absolute(f"{settings.MEDIA_URL}{name}")


def pictures(ids: Iterable[int]) -> dict[int, Sequence[Any]]:
    """Columns of pictures by id; one query or none."""
    wanted = sorted(set(ids))
    return {row[0]: row for row in StoredImage.objects.filter(pk__in=wanted).order_by().values_list(*PICTURE)} if wanted else {}


def tokens(body_html: str) -> dict[str, int]:
    """Ids of the pictures that a body made at publish shows, by what stands in the names of their files; one query or none."""
    named = sorted(set(TOKEN.findall(body_html)))
    return dict(StoredImage.objects.filter(token__in=named).order_by().values_list("token", "pk")) if named else {}


def stories(ids: Sequence[int], tree: SectionTree | None = None) -> list[StoryItem]:
    """Public stories in the order of their ids, those that are not left out; the same few queries for one and for a hundred."""
    rows = {row[0]: row for row in _rows(sorted(set(ids)))} if ids else {}
    shown = [row for row in rows.values() if row[1]]
    if not shown:
        return []
    tree, names = tree or SectionTree.read(), Names(people_in(row[:5] for row in shown))
    subjects = topics(pk for row in shown for pk in (row[4] or {}).get("topics", []))
    told = {row[0]: _story(row, tree, names, subjects) for row in shown}
    return [told[pk] for pk in ids if pk in told]


def _story(row: Sequence[Any], tree: SectionTree, names: Names, subjects: Mapping[int, Named]) -> StoryItem:
    pk, link, published, updated, made, paid_by = row[:6]
    made = made or {}
    shown = made.get("picture") or {}
    home = tree.by_id.get(made.get("section") or 0)
    sections = [s for one in made.get("sections", []) if (s := tree.by_id.get(one)) and s.live]
    bylines: list[Signed] = [
        {**person(who, found.name, found.url), "role": role} for who, role in made.get("people", []) if (found := names.get(who, role))
    ]
    return {
        "id": pk, "title": made.get("headline", ""), "kind": made.get("kind", "news"), "language": made.get("language", "en"),
        "direction": made.get("direction", "ltr"), "standfirst": made.get("standfirst", ""), "published": day(published),
        "updated": day(updated) if updated else None, "section": page(home) if home and home.live else None,
        "sections": [page(one) for one in sections], "bylines": bylines,
        "topics": list({told["id"]: told for one in made.get("topics", []) if (told := subjects.get(one))}.values()),
        "image": picture(row[6:], alt=shown.get("alt", ""), caption=shown.get("caption", "")) if shown else None,
        "paid_by": paid_by, "meta": meta("stories.Story", f"stories/{pk}/", link),
    }  # fmt: skip
