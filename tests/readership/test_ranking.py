"""The list of what is read most: fresh reads before old ones, public stories only, no query for a page."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from broadsheet.fronts.models import FrontPage
from broadsheet.ops.worker import Worker
from broadsheet.people.models import Publication
from broadsheet.readership import counting, ranking
from broadsheet.readership.models import MostRead, ReadsInHour
from broadsheet.stories.models import Story

pytestmark = pytest.mark.django_db


def read(story: Story, count: int, *, hours_ago: int = 0) -> None:
    hour = timezone.now().replace(minute=0, second=0, microsecond=0) - dt.timedelta(hours=hours_ago)
    ReadsInHour.objects.create(story=story, hour=hour, count=count)


def ranked(*args: str, count: int = 5) -> tuple[int, ...]:
    ranking._lists.clear()
    return ranking.most_read(*args, count=count).ids


def test_fresh_reads_count_more_and_old_ones_nothing(make_story):
    old, fresh, gone, single = (make_story() for _ in range(4))
    read(old, 20, hours_ago=20)
    read(fresh, 10)
    read(gone, 500, hours_ago=25)
    read(single, ranking.LEAST - 1)
    assert ranking.rank() == 2
    assert ranked() == (fresh.pk, old.pk)
    # Twenty reads twenty hours ago are as good as three and a half now.
    scores = dict(MostRead.objects.values_list("story_id", "score"))
    assert scores[fresh.pk] == 10 and scores[old.pk] == pytest.approx(20 * 0.5**2.5)


def test_of_a_section_and_of_a_language(make_section, make_story):
    world = make_section("World")
    asia = make_section("Asia", parent=world)
    one, two, three = make_story(parent=asia), make_story(parent=world, language="ur"), make_story(language="ur")
    for number, story in enumerate((one, two, three)):
        read(story, 10 + number)
    ranking.rank()
    assert ranked() == (three.pk, two.pk, one.pk)
    assert ranked(f"section:{world.pk}") == (two.pk, one.pk)
    assert ranked("site", "ur") == (three.pk, two.pk)
    assert ranked(f"section:{world.pk}", "ur") == (two.pk,)
    assert ranked("site", "fr") == ()


def test_no_query_for_a_page(make_story, django_assert_num_queries):
    read(make_story(), 5)
    ranking.rank()
    ranking.most_read(count=5)
    with django_assert_num_queries(0):
        assert len(ranking.most_read(count=5).ids) == 1


def front_with_most_read(**value) -> FrontPage:
    front = FrontPage.objects.get()
    front.containers = [("container", {"layout": "lead", "count": 2}), ("most_read", {"count": 3, **value})]
    front.story_blocks = [("most_read", {"count": 3})]
    front.save_revision().publish()
    return front


def test_on_the_front_and_under_stories_with_its_time(client, make_story):
    stories = [make_story(f"Read {n}") for n in range(5)]
    for number, story in enumerate(stories):
        read(story, 10 + number)
    front_with_most_read()
    assert "Most read" not in client.get("/").content.decode()
    Worker().work()
    ranking._lists.clear()
    strip = client.get("/").content.decode().split("container-ranked")[1].split("</section>")[0]
    assert [strip.index(f">Read {n}<") for n in (4, 3, 2)] == sorted(strip.index(f">Read {n}<") for n in (4, 3, 2))
    assert "Read 1" not in strip and "as of <time datetime=" in strip
    under = client.get(stories[4].permalink).content.decode().split("container-ranked")[1].split("</section>")[0]
    assert "Read 4" not in under and "Read 3" in under and "Read 1" in under, "a story does not stand under itself"


def test_what_is_withdrawn_is_gone_at_once_and_the_next_takes_its_place(client, make_story):
    stories = [make_story(f"Read {n}") for n in range(5)]
    for number, story in enumerate(stories):
        read(story, 10 + number)
    front_with_most_read()
    ranking.rank()
    assert "Read 4" in client.get("/").content.decode().split("container-ranked")[1]
    Story.objects.get(pk=stories[4].pk).unpublish()
    page = client.get("/").content.decode()
    assert "Read 4" not in page and "Read 1" in page.split("container-ranked")[1].split("</section>")[0]
    ranking.rank()
    assert stories[4].pk not in ranked()


def test_off_there_is_no_list(client, make_story):
    read(make_story(), 9)
    front_with_most_read()
    ranking.rank()
    Publication.objects.update(count_reads=False)
    counting._setting.clear()
    assert "container-ranked" not in client.get("/").content.decode()
    assert ranking.rank() == 0 and not MostRead.objects.exists()


def test_a_front_that_nobody_arranged_has_one_too(client, make_story):
    for _ in range(3):
        read(make_story(), 9)
    ranking.rank()
    assert "container-ranked" in client.get("/").content.decode()


def test_a_deleted_story_takes_its_numbers_along(make_story):
    story = make_story()
    read(story, 9)
    ranking.rank()
    Story.objects.get(pk=story.pk).delete()
    assert not ReadsInHour.objects.exists() and not MostRead.objects.exists()
