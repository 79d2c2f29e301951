"""Many new pages at once.

Django refuses `bulk_create` for models with two tables, and saving pages one by one costs a hundred queries each; so page
rows and story rows are written separately, under a lock on their parents, with one revision each. What is derived from
them is then made by the same function that every other way of publishing ends in.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.db.models import F
from django.utils import timezone
from modelsearch.backends import get_search_backends
from wagtail.models import Page, ReferenceIndex, Revision

from broadsheet.stories.models import Byline, StaticPage, Story
from broadsheet.stories.projections import project

RELATIONS = ("sections", "topics", "placements")


@dataclass(slots=True)
class Fresh:
    """A page that is not yet in the database, with what it refers to."""

    page: Story | StaticPage
    parent_id: int
    people: list[int] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    """Of these people in this story, in the same order; may be left out."""
    relations: dict[str, list[int]] = field(default_factory=dict)
    """Ids by name of the relation."""
    goes_live: dt.datetime | None = None
    """When an unpublished page is to be published by the schedule."""
    bylines: list[Byline] = field(default_factory=list)


@transaction.atomic
def write(batch: Sequence[Fresh]) -> None:
    """Write new pages, their relations and one revision each, and everything derived from them."""
    if not batch:
        return
    _insert_pages(batch)
    for model in (Story, StaticPage):
        pages = [fresh.page for fresh in batch if type(fresh.page) is model]
        if pages:
            # `_insert` is what bulk_create itself calls, a table at a time.
            model._base_manager.all()._insert(pages, fields=model._meta.local_concrete_fields, using="default", raw=True)
    _insert_relations([fresh for fresh in batch if isinstance(fresh.page, Story)])
    _insert_revisions(batch)
    project([fresh.page for fresh in batch])
    _insert_references([fresh.page for fresh in batch])
    for backend in get_search_backends(with_auto_update=True):
        for model in (Story, StaticPage):
            pages = [fresh.page for fresh in batch if type(fresh.page) is model]
            if pages:
                index = backend.get_index_for_model(model)
                # How long a title is beside the average one is worked out over all entries: once, by `finish`, not for each batch.
                index._refresh_title_norms = lambda full=False: None
                index.add_items(model, pages)


def finish() -> None:
    """What is worked out once for everything that was written."""
    for backend in get_search_backends(with_auto_update=True):
        refresh = getattr(backend.get_index_for_model(Story), "_refresh_title_norms", None)
        if refresh:
            refresh()


def _insert_pages(batch: Sequence[Fresh]) -> None:
    by_parent: dict[int, list[Fresh]] = defaultdict(list)
    for fresh in batch:
        by_parent[fresh.parent_id].append(fresh)
    types = ContentType.objects.get_for_models(Story, StaticPage)
    rows: dict[int, Page] = {}
    for parent in Page.objects.select_for_update().filter(pk__in=by_parent):
        last = Page.objects.child_of(parent).order_by("path").values_list("path", flat=True).last()
        number = Page._str2int(last[-Page.steplen :]) if last else 0
        for fresh in by_parent[parent.pk]:
            number += 1
            page = fresh.page
            page.path, page.depth = Page._get_path(parent.path, parent.depth + 1, number), parent.depth + 1
            page.url_path = f"{parent.url_path}{page.slug}/"
            page.locale_id, page.content_type = parent.locale_id, types[type(page)]
            rows[id(fresh)] = Page(**{f.attname: getattr(page, f.attname) for f in Page._meta.concrete_fields if f.attname != "id"})
        Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(by_parent[parent.pk]))
    # In the order given: among stories of one moment the higher number comes first in every list.
    Page.objects.bulk_create([rows[id(fresh)] for fresh in batch])
    for fresh in batch:
        page = fresh.page
        page.pk = page.id = rows[id(fresh)].pk
        page._state.adding, page._state.db = False, "default"


def _insert_relations(batch: Sequence[Fresh]) -> None:
    for name in RELATIONS:
        through = getattr(Story, name).through
        target = Story._meta.get_field(name).related_model._meta.model_name  # type: ignore[union-attr]
        _insert(through, ("story_id", f"{target}_id"), [(f.page.pk, pk) for f in batch for pk in f.relations.get(name, ())])
    bylines = []
    for fresh in batch:
        for place, person in enumerate(fresh.people):
            role = fresh.roles[place] if fresh.roles else ""
            fresh.bylines.append(Byline(story=fresh.page, person_id=person, sort_order=place, role=role))
        bylines += fresh.bylines
    Byline.objects.bulk_create(bylines)


def _insert_revisions(batch: Sequence[Fresh]) -> None:
    base = ContentType.objects.get_for_model(Page)
    now = timezone.now()
    revisions = []
    for fresh in batch:
        page = fresh.page
        revisions.append(
            Revision(
                content_type=page.content_type,
                base_content_type=base,
                object_id=str(page.pk),
                object_str=str(page)[:200],
                created_at=now,
                content=_content(fresh),
                approved_go_live_at=fresh.goes_live,
            )
        )
    revisions = Revision.objects.bulk_create(revisions)
    for fresh, revision in zip(batch, revisions, strict=True):
        page = fresh.page
        page.latest_revision_id, page.latest_revision_created_at = revision.pk, now
        page.live_revision_id = revision.pk if page.live else None
    names = ("latest_revision", "latest_revision_created_at", "live_revision")
    columns = [Page._meta.get_field(name).column for name in names]
    when = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        # One statement, prepared once: Django's bulk_update writes a CASE of as many branches as there are pages.
        cursor.executemany(
            f"UPDATE {Page._meta.db_table} SET {', '.join(f'{column} = %s' for column in columns)} WHERE id = %s",  # noqa: S608
            [(fresh.page.latest_revision_id, when, fresh.page.live_revision_id, fresh.page.pk) for fresh in batch],
        )


def _content(fresh: Fresh) -> dict[str, Any]:
    """The page as a revision keeps it."""
    page = fresh.page
    # What was just written is told to the cluster, which would otherwise ask the database for each relation of each page.
    related: dict[str, list[Any]] = {"wagtail_admin_comments": []}
    if isinstance(page, Story):
        related["bylines"] = fresh.bylines
        for name in RELATIONS:
            model: Any = Story._meta.get_field(name).related_model
            related[name] = [model(pk=pk) for pk in fresh.relations.get(name, ())]
    page._cluster_related_objects = related  # type: ignore[union-attr]
    return page.serializable_data()


def _insert_references(pages: Sequence[Story | StaticPage]) -> None:
    """What each page refers to, as `ReferenceIndex.create_or_update_for_object` would note it one by one."""
    base = ContentType.objects.get_for_model(Page).pk
    prepare = ReferenceIndex._meta.get_field("content_path_hash").get_db_prep_save
    hashes: dict[str, Any] = {}
    rows = []
    for page in pages:
        for to_type, to_id, model_path, content_path in sorted(set(ReferenceIndex._extract_references_from_object(page))):
            if content_path not in hashes:
                hashes[content_path] = prepare(ReferenceIndex._get_content_path_hash(content_path), connection)
            rows.append((page.content_type_id, base, str(page.pk), to_type, to_id, model_path, content_path, hashes[content_path]))
    names = ("content_type_id", "base_content_type_id", "object_id", "to_content_type_id", "to_object_id", "model_path", "content_path",
             "content_path_hash")  # fmt: skip
    _insert(ReferenceIndex, names, rows, conflicts="ON CONFLICT DO NOTHING")


def _insert(model: type[models.Model], columns: Sequence[str], rows: Sequence[tuple[Any, ...]], *, conflicts: str = "") -> None:
    """Insert rows of plain values: for tables of many small rows, where making a model instance of each is what costs."""
    if rows:
        with connection.cursor() as cursor:
            places = ", ".join(["%s"] * len(columns))
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places}) {conflicts}", rows)  # noqa: S608
