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
from functools import lru_cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from modelcluster.models import (
    get_all_child_m2m_relations,
    get_all_child_relations,
    get_field_value,
    get_serializable_data_for_fields,
)
from modelsearch.backends import get_search_backends
from wagtail.models import Page, ReferenceIndex, Revision

from broadsheet import rows
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
    pages = [fresh.page for fresh in batch]
    _give_places(batch)
    rows.insert_objects(Page, pages)
    for model in (Story, StaticPage):
        rows.insert_objects(model, [page for page in pages if type(page) is model])
    _insert_relations([fresh for fresh in batch if isinstance(fresh.page, Story)])
    _insert_revisions(batch)
    project(pages)
    _insert_references(pages)
    for model in (Story, StaticPage):
        index(model, [page for page in pages if type(page) is model])


def index(model: type[Any], objects: Sequence[Any]) -> None:
    """Enter new objects of one model into the search index."""
    for backend in get_search_backends(with_auto_update=True) if objects else ():
        entries = backend.get_index_for_model(model)
        # How long a title is beside the average one is worked out over all entries: once, by `finish`, not for each batch.
        entries._refresh_title_norms = lambda full=False: None
        entries.add_items(model, objects)


def finish() -> None:
    """What is worked out once for everything that was written."""
    for backend in get_search_backends(with_auto_update=True):
        refresh = getattr(backend.get_index_for_model(Story), "_refresh_title_norms", None)
        if refresh:
            refresh()


def _give_places(batch: Sequence[Fresh]) -> None:
    """Where pages stand in the tree, their ids and those of their revisions: all that other rows name them by."""
    by_parent: dict[int, list[Fresh]] = defaultdict(list)
    for fresh in batch:
        by_parent[fresh.parent_id].append(fresh)
    types, now = ContentType.objects.get_for_models(Story, StaticPage), timezone.now()
    for parent in Page.objects.select_for_update().filter(pk__in=by_parent):
        last = Page.objects.child_of(parent).order_by("path").values_list("path", flat=True).last()
        number = Page._str2int(last[-Page.steplen :]) if last else 0
        for fresh in by_parent[parent.pk]:
            number += 1
            page = fresh.page
            page.path, page.depth = Page._get_path(parent.path, parent.depth + 1, number), parent.depth + 1
            page.url_path = f"{parent.url_path}{page.slug}/"
            page.locale_id, page.content_type = parent.locale_id, types[type(page)]
        Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(by_parent[parent.pk]))
    # In the order given: among stories of one moment the higher number comes first in every list.
    for fresh, number, revision in zip(batch, rows.numbers(Page, len(batch)), rows.numbers(Revision, len(batch)), strict=True):
        page = fresh.page
        page.pk = page.id = number
        page.latest_revision_id, page.latest_revision_created_at = revision, now
        page.live_revision_id = revision if page.live else None
        page._state.adding, page._state.db = False, "default"


def _insert_relations(batch: Sequence[Fresh]) -> None:
    for name in RELATIONS:
        through = getattr(Story, name).through
        target = Story._meta.get_field(name).related_model._meta.model_name  # type: ignore[union-attr]
        rows.insert(through, ("story_id", f"{target}_id"), [(f.page.pk, pk) for f in batch for pk in f.relations.get(name, ())])
    bylines = []
    for fresh in batch:
        for place, person in enumerate(fresh.people):
            role = fresh.roles[place] if fresh.roles else ""
            fresh.bylines.append(Byline(story=fresh.page, person_id=person, sort_order=place, role=role))
        bylines += fresh.bylines
    Byline.objects.bulk_create(bylines)


def _insert_revisions(batch: Sequence[Fresh]) -> None:
    base = ContentType.objects.get_for_model(Page)
    revisions = [
        Revision(
            pk=fresh.page.latest_revision_id,
            content_type_id=fresh.page.content_type_id,
            base_content_type_id=base.pk,
            object_id=str(fresh.page.pk),
            object_str=str(fresh.page)[:200],
            created_at=fresh.page.latest_revision_created_at,
            content=_content(fresh),
            approved_go_live_at=fresh.goes_live,
        )
        for fresh in batch
    ]
    rows.insert_objects(Revision, revisions)


def _content(fresh: Fresh) -> dict[str, Any]:
    """The page as a revision keeps it: what `serializable_data` says of it, without an object for each relation."""
    page = fresh.page
    children = [relation.get_accessor_name() for relation in get_all_child_relations(page)]
    told: dict[str, list[Any]] = {"bylines": fresh.bylines, **fresh.relations}
    # Known here; the cluster would otherwise ask the database for each relation of each page.
    page._cluster_related_objects = {name: told.get(name, []) for name in children}  # type: ignore[union-attr]
    data: dict[str, Any] = {"pk": page.pk}
    for column in page._meta.fields:
        if column.serialize:  # type: ignore[attr-defined]
            value = getattr(page, column.attname)
            data[column.name] = value if value is None or type(value) in (str, int, bool) else get_field_value(column, page)
    for name in children:
        data[name] = [get_serializable_data_for_fields(child) for child in told.get(name, ())]
    for relation in get_all_child_m2m_relations(page):
        data[relation.name] = list(told.get(relation.name, ()))
    return data


def _insert_references(pages: Sequence[Story | StaticPage]) -> None:
    """What each page refers to, as `ReferenceIndex.create_or_update_for_object` would note it one by one."""
    base = ContentType.objects.get_for_model(Page).pk
    digest = lru_cache(maxsize=10_000)(ReferenceIndex._get_content_path_hash)
    names = ("content_type_id", "base_content_type_id", "object_id", "to_content_type_id", "to_object_id", "model_path", "content_path",
             "content_path_hash")  # fmt: skip
    found = (
        (page.content_type_id, base, str(page.pk), to_type, to_id, model_path, content_path, digest(content_path))
        for page in pages
        for to_type, to_id, model_path, content_path in sorted(set(ReferenceIndex._extract_references_from_object(page)))
    )
    rows.insert(ReferenceIndex, names, found, conflicts="ON CONFLICT DO NOTHING")
