"""Many new pages at once.

Django refuses `bulk_create` for models with two tables, and saving pages one by one costs a hundred queries each; so page
rows and story rows are written separately, under a lock on their parents, with one revision each. What is derived from
them is then made by the same function that every other way of publishing ends in.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeAlias

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.models.base import ModelState
from django.utils import timezone
from modelcluster.fields import ParentalKey
from modelcluster.models import (
    ClusterableModel,
    get_all_child_m2m_relations,
    get_all_child_relations,
    get_field_value,
    get_serializable_data_for_fields,
)
from modelsearch.backends import get_search_backends
from wagtail.models import Page, ReferenceIndex, Revision

from broadsheet import rows
from broadsheet.delivery import purging
from broadsheet.stories.models import Byline, Section, StaticPage, Story
from broadsheet.stories.projections import project
from broadsheet.stories.typesetting import Body, Known

RELATIONS = ("sections", "topics", "placements")
Reference: TypeAlias = tuple[int, str, str, str]
"""Type and id of what is referred to, and the paths in model and content that lead there."""
MODELS: tuple[Any, ...] = (Story, StaticPage, Section)


@dataclass(slots=True)
class Fresh:
    """A page that is not yet in the database, with what it refers to."""

    page: Story | StaticPage | Section
    parent_id: int
    people: list[int] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    """Of these people in this story, in the same order; may be left out."""
    relations: dict[str, list[int]] = field(default_factory=dict)
    """Ids by name of the relation."""
    goes_live: dt.datetime | None = None
    """When an unpublished page is to be published by the schedule."""
    body_json: str = ""
    """Its body as the database keeps it, and `body` as readers get it, where that is known already."""
    body_quoted: str = ""
    """The former as a string of JSON, for the revision, where that is known already."""
    body: Body | None = None
    shows: Sequence[Reference] | None = None
    """What its body refers to, where that is known already."""
    bylines: list[Byline] = field(default_factory=list)


def blank(model: Any) -> Any:
    """A new page with nothing in it; where it stands and what type it is says `write`."""
    return made(model, translation_key=uuid.uuid4())


def made(model: Any, **values: Any) -> Any:
    """What the constructor makes of values of columns, without its asking each time what the model is made of."""
    one = model.__new__(model)
    one.__dict__.update(_blank(model), _state=ModelState(), **values)
    return one


@lru_cache(maxsize=10)
def _blank(model: Any) -> dict[str, Any]:
    return {name: value for name, value in model().__dict__.items() if name != "_state"}


@transaction.atomic
def write(batch: Sequence[Fresh], *, has_record: bool = False) -> None:
    """Write new pages, their relations and one revision each, and everything derived from them; their entries in the record too, unless it comes after them."""
    if not batch:
        return
    pages = [fresh.page for fresh in batch]
    _give_places(batch)
    rows.insert_objects(Page, pages)
    for model in MODELS:
        ours = [fresh for fresh in batch if type(fresh.page) is model]
        if body := _BODY.get(model):
            for fresh in ours:
                fresh.body_json = fresh.body_json or body.value_to_string(fresh.page)
        given = {"body": [fresh.body_json for fresh in ours]} if body else None
        rows.insert_objects(model, [fresh.page for fresh in ours], given=given)
    relations = _insert_relations([fresh for fresh in batch if isinstance(fresh.page, Story)])
    _insert_revisions(batch)
    bylines = [(fresh.page.pk, byline.person_id, byline.role) for fresh in batch for byline in fresh.bylines]
    printed = [page for page in pages if not isinstance(page, Section)]
    project(printed, Known(bylines, relations, {fresh.page.pk: fresh.body for fresh in batch if fresh.body}, has_record))
    _insert_references(batch)
    for model in MODELS:
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
    # Sections, people and topics that were entered by the row have told nobody.
    purging.touch(purging.EVERYTHING)


def _give_places(batch: Sequence[Fresh]) -> None:
    """Where pages stand in the tree, their ids and those of their revisions: all that other rows name them by."""
    by_parent: dict[int, list[Fresh]] = defaultdict(list)
    for fresh in batch:
        by_parent[fresh.parent_id].append(fresh)
    types, now = ContentType.objects.get_for_models(*MODELS), timezone.now()
    parents = Page.objects.select_for_update().filter(pk__in=by_parent).values_list("pk", "path", "depth", "url_path", "locale_id")
    for pk, path, depth, url_path, locale_id in list(parents):
        number = last_place(path)
        for fresh in by_parent[pk]:
            number += 1
            page = fresh.page
            page.path, page.depth = Page._get_path(path, depth + 1, number), depth + 1
            page.url_path = f"{url_path}{page.slug}/"
            page.locale_id, page.content_type = locale_id, types[type(page)]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {connection.ops.quote_name(Page._meta.db_table)} SET numchild = numchild + %s WHERE id = %s",  # noqa: S608
            [(len(fresh), pk) for pk, fresh in by_parent.items()],
        )
    # In the order given: among stories of one moment the higher number comes first in every list.
    for fresh, number, revision in zip(batch, rows.numbers(Page, len(batch)), rows.numbers(Revision, len(batch)), strict=True):
        page = fresh.page
        page.pk = page.id = number
        page.latest_revision_id, page.latest_revision_created_at = revision, now
        page.live_revision_id = revision if page.live else None
        page._state.adding, page._state.db = False, "default"


def last_place(path: str) -> int:
    """The number of the last page below a path: one look at an index, however many there are and whatever is below them."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT MAX(path) FROM {connection.ops.quote_name(Page._meta.db_table)} WHERE path BETWEEN %s AND %s",  # noqa: S608
            Page._get_children_path_interval(path),
        )
        last = cursor.fetchone()[0]
    return int(Page._str2int(last[len(path) : len(path) + Page.steplen])) if last else 0


def _insert_relations(batch: Sequence[Fresh]) -> dict[str, list[tuple[int, int]]]:
    inserted = {name: [(fresh.page.pk, pk) for fresh in batch for pk in fresh.relations.get(name, ())] for name in RELATIONS}
    for name, pairs in inserted.items():
        through = getattr(Story, name).through
        target = Story._meta.get_field(name).related_model._meta.model_name  # type: ignore[union-attr]
        rows.insert(through, ("story_id", f"{target}_id"), pairs)
    numbers = iter(rows.numbers(Byline, sum(len(fresh.people) for fresh in batch)))
    for fresh in batch:
        for place, person in enumerate(fresh.people):
            role = fresh.roles[place] if fresh.roles else ""
            fresh.bylines.append(made(Byline, id=next(numbers), story_id=fresh.page.pk, person_id=person, sort_order=place, role=role))
    rows.insert_objects(Byline, [byline for fresh in batch for byline in fresh.bylines])
    return inserted


def _insert_revisions(batch: Sequence[Fresh]) -> None:
    base = ContentType.objects.get_for_model(Page).pk
    names = ("id", "content_type_id", "base_content_type_id", "object_id", "object_str", "created_at", "content", "approved_go_live_at")
    rows.insert(
        Revision,
        names,
        [
            (page.latest_revision_id, page.content_type_id, base, str(page.pk), str(page)[:200], page.latest_revision_created_at,
             rows.Made(_told(fresh)), fresh.goes_live)
            for fresh, page in ((fresh, fresh.page) for fresh in batch)
        ],
    )  # fmt: skip


_AS_THEY_ARE = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.ForeignKey)
_BODY: dict[Any, Any] = {model: model._meta.get_field("body") for model in (Story, StaticPage)}


_encode = DjangoJSONEncoder().encode


@lru_cache(maxsize=2000)
def _moment(moment: dt.datetime) -> str:
    return str(DjangoJSONEncoder().default(moment))


def _told(fresh: Fresh) -> str:
    """What a revision keeps of a page, as JSON."""
    content = _content(fresh)
    if not fresh.body_quoted:
        return _encode(content)
    # By far the longest of it was written by the other process.
    del content["body"]
    return f'{_encode(content)[:-1]}, "body": {fresh.body_quoted}}}'


def _row(child: Any) -> dict[str, Any]:
    model: Any = type(child)
    names, values, asked, *_relations = _parts(model)
    return {"pk": child.pk, **dict(zip(names, values(vars(child)), strict=True))} if not asked else get_serializable_data_for_fields(child)


@lru_cache(maxsize=4)
def _parts(model: type[Any]) -> tuple[list[str], Any, list[Any], list[str], list[str]]:
    """Of what a revision keeps: names of columns, their values, columns whose values are not JSON as they are; names of relations."""
    columns = [column for column in model._meta.fields if column.serialize]
    asked = [column for column in columns if not isinstance(column, _AS_THEY_ARE)]
    if not issubclass(model, ClusterableModel):
        return [c.name for c in columns], itemgetter(*(c.attname for c in columns)), asked, [], []
    children = [relation.get_accessor_name() for relation in get_all_child_relations(model)]
    relations = [relation.name for relation in get_all_child_m2m_relations(model)]
    return [c.name for c in columns], itemgetter(*(c.attname for c in columns)), asked, children, relations


def _content(fresh: Fresh) -> dict[str, Any]:
    """The page as a revision keeps it: what `serializable_data` says of it, without an object for each relation."""
    page = fresh.page
    names, values, asked, children, relations = _parts(type(page))
    told: dict[str, list[Any]] = {"bylines": fresh.bylines, **fresh.relations}
    # Known here; the cluster would otherwise ask the database for each relation of each page.
    page._cluster_related_objects = {name: told.get(name, []) for name in children}  # type: ignore[union-attr]
    data: dict[str, Any] = {"pk": page.pk, **dict(zip(names, values(vars(page)), strict=True))}
    for column in asked:
        value = data[column.name]
        if column.name == "body":
            data[column.name] = fresh.body_json
        elif type(value) is dt.datetime and value.tzinfo is dt.UTC:
            data[column.name] = _moment(value)
        elif value is not None:
            data[column.name] = str(value) if type(value) is uuid.UUID else get_field_value(column, page)
    for name in children:
        data[name] = [_row(child) for child in told.get(name, ())]
    for name in relations:
        data[name] = list(told.get(name, ()))
    return data


def _insert_references(batch: Sequence[Fresh]) -> None:
    """What each page refers to, as `ReferenceIndex.create_or_update_for_object` would note it one by one."""
    base = ContentType.objects.get_for_model(Page).pk
    digest = lru_cache(maxsize=10_000)(ReferenceIndex._get_content_path_hash)
    names = ("content_type_id", "base_content_type_id", "object_id", "to_content_type_id", "to_object_id", "model_path", "content_path",
             "content_path_hash")  # fmt: skip
    found = (
        (fresh.page.content_type_id, base, str(fresh.page.pk), to_type, to_id, model_path, content_path, digest(content_path))
        for fresh in batch
        for to_type, to_id, model_path, content_path in sorted(set(_references(fresh)))
    )
    rows.insert(ReferenceIndex, names, found, conflicts="ON CONFLICT DO NOTHING")


def _references(fresh: Fresh) -> Iterator[Reference]:
    page = fresh.page
    yield from _referred(page, fresh.shows)
    for name in _referring(type(page))[2]:
        for child in page._cluster_related_objects.get(name, ()):  # type: ignore[union-attr]
            for to_type, to_id, model_path, content_path in _referred(child):
                yield to_type, to_id, f"{name}.item.{model_path}", f"{name}.{child.pk}.{content_path}"


def _referred(instance: Any, shows: Sequence[Reference] | None = None) -> Iterator[Reference]:
    model: Any = type(instance)
    columns, texts, _children = _referring(model)
    held = vars(instance)
    for attname, name, to_type in columns:
        if held[attname] is not None:
            yield to_type, str(held[attname]), name, name
    for text in texts:
        yield from shows if shows is not None and text.name == "body" else shown_by(text, text.value_from_object(instance))


def shown_by(text: Any, value: Any) -> list[Reference]:
    """What a text field with this value refers to."""
    return [
        (_type_of(model), to_id, f"{text.name}.{model_path}", f"{text.name}.{content_path}")
        for model, to_id, model_path, content_path in (text.extract_references(value) if value is not None else ())
    ]


@lru_cache(maxsize=100)
def _type_of(model: Any) -> int:
    return int(ReferenceIndex._get_base_content_type(model).pk)


@lru_cache(maxsize=10)
def _referring(model: Any) -> tuple[list[tuple[str, str, int]], list[Any], list[str]]:
    """What of a model may refer to something: columns with the types they refer to, texts, relations of children.

    As `ReferenceIndex._extract_references_from_object` asks it of each object; none of ours has a generic foreign key.
    """
    fields = model._meta.get_fields()
    columns = [
        (field.attname, field.name, _type_of(field.related_model)) for field in fields
        if field.is_relation and field.many_to_one and not isinstance(field, ParentalKey)
        and not any(getattr(one, "wagtail_reference_index_ignore", False) for one in (field, field.related_model))
    ]  # fmt: skip
    children = [r.get_accessor_name() for r in get_all_child_relations(model)] if issubclass(model, ClusterableModel) else []
    return columns, [field for field in fields if hasattr(field, "extract_references")], children
