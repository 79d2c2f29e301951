"""Reads in the desk: numbers, plots, tables."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from broadsheet.desk.reads import plot
from broadsheet.people.models import Publication
from broadsheet.readership.models import ReadsInHour
from broadsheet.readership.queries import Span

pytestmark = pytest.mark.django_db


def read(story, count):
    ReadsInHour.objects.create(story=story, hour=timezone.now().replace(minute=0, second=0, microsecond=0), count=count)


@pytest.mark.parametrize("span", ["", "day", "week", "month", "year", "nonsense"])
def test_the_most_read_of_a_span(editor_client, make_story, span):
    little, much = make_story("Little <read>"), make_story("Much read")
    read(little, 3)
    read(much, 1204)
    page = editor_client.get(f"/desk/reports/most-read/?span={span}").content.decode()
    assert page.index("Much read") < page.index("Little &lt;read&gt;")
    assert "<td>1204</td>" in page.replace(",", "") and page.count('role="img"') == 2
    assert '"/desk/reports/most-read/"' in editor_client.get("/desk/").content.decode()


def test_a_storys_own_page(editor_client, make_story):
    story = make_story("Ferry sails")
    read(story, 17)
    page = editor_client.get(f"/desk/reads/{story.pk}/").content.decode()
    assert "<dd>17</dd>" in page and len(re.findall(r"<rect ", page)) == 1 and "17 reads" in page
    assert len(re.findall(r"<td>0</td>", page)) == 27 and "<td>17</td>" in page
    assert f"/desk/reads/{story.pk}/" in editor_client.get(f"/desk/pages/{story.pk}/edit/").content.decode()
    assert editor_client.get("/desk/reads/999999/").status_code == 404


def test_it_says_that_it_is_off(editor_client, make_story):
    story = make_story()
    assert "switched that off" not in editor_client.get(f"/desk/reads/{story.pk}/").content.decode()
    Publication.objects.update(count_reads=False)
    assert "switched that off" in editor_client.get(f"/desk/reads/{story.pk}/").content.decode()


def test_nobody_outside_sees_them(client, make_story):
    story = make_story()
    for address in ("/desk/reports/most-read/", f"/desk/reads/{story.pk}/"):
        assert client.get(address).status_code == 302


def test_the_number_of_queries_does_not_grow(editor_client, make_story, django_assert_max_num_queries):
    for count in (3, 4):
        read(make_story(), count)
    editor_client.get("/desk/reports/most-read/")
    with CaptureQueriesContext(connection) as first:
        editor_client.get("/desk/reports/most-read/")
    for count in (5, 6, 7):
        read(make_story(), count)
    with django_assert_max_num_queries(len(first)):
        editor_client.get("/desk/reports/most-read/")


def test_bars_stay_within_their_picture(front):
    span = Span.until(timezone.now(), hours=24, parts=24)
    zone = Publication().tzinfo
    drawn = plot([*range(24)], span, zone, width=140, height=28)
    assert all(0 <= bar.x and bar.x + bar.width <= 140 and 0 <= bar.y and bar.y + bar.height <= 28.01 for bar in drawn.bars)
    assert drawn.most == 23 and drawn.bars[-1].height == 28
    assert plot([0] * 24, span, zone, width=140, height=28).said == "No reads."
