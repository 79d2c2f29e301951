"""Prepared queries answer as the querysets that they were made from."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.db.models.lookups import In
from django.test.utils import CaptureQueriesContext

from broadsheet.people.models import Person
from broadsheet.stories.models import Galley, Listing, Story
from broadsheet.stories.prepared import Prepared, columns_of, instance_of

pytestmark = pytest.mark.django_db


@Prepared
def before(list_key: str, published: dt.datetime, *, count: int) -> Any:
    return Listing.objects.of(list_key).filter(published__lt=published).values_list("story_id", "published", "story__galley__card")[:count]


@Prepared
def named(ids: list[int]) -> Any:
    return Person.objects.filter(In(F("pk"), ids)).order_by("pk").values_list("pk", "name")


def test_values_limits_and_converted_columns(make_story):
    stories = [make_story() for _ in range(4)]
    wanted = Listing.objects.of("site").filter(published__lt=stories[3].published)
    wanted = wanted.values_list("story_id", "published", "story__galley__card")
    for count in (1, 3, 1):
        rows = before("site", stories[3].published, count=count)
        assert rows == list(wanted[:count])
        assert isinstance(rows[0][2], dict)
        assert rows[0][1].tzinfo is not None
    assert before("elsewhere", stories[3].published, count=3) == []


def test_a_value_is_never_kept_from_the_run_before():
    ids = [Person.objects.create(name=f"Ada {n}", slug=f"ada-{n}").pk for n in range(3)]
    assert named(ids[:1]) == [(ids[0], "Ada 0")]
    assert named(ids[2:]) == [(ids[2], "Ada 2")]
    assert named([ids[0], ids[2]]) == [(ids[0], "Ada 0"), (ids[2], "Ada 2")]


def test_a_value_is_bound_and_no_sql(make_story):
    story = make_story()
    assert before("site' OR '1'='1", story.published, count=9) == []


def test_one_query_each():
    with CaptureQueriesContext(connection) as queries:
        named([1, 2, 3])
    assert len(queries) == 1


def test_an_instance_is_as_the_database_has_it(make_story):
    story = make_story()
    fields = columns_of(Story, without=("body",))
    row = Prepared(lambda: Story.objects.filter(pk=story.pk).order_by().values_list(*fields))()[0]
    made = instance_of(Story, fields, row)
    assert made == story
    assert made.get_deferred_fields() == {"body"}
    assert (made.permalink, made.published, made.path) == (story.permalink, story.published, story.path)
    assert list(made.body.raw_data) == list(Story.objects.get(pk=story.pk).body.raw_data)
    assert Galley.objects.filter(pk=made.pk).exists()
