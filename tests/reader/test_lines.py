"""Story lines: a topic of the kind that goes on, with a page from its first story, and stories that say what came before and after."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.delivery import purging
from broadsheet.delivery.rendering import render
from broadsheet.stories.actions import merge_topics
from broadsheet.stories.models import Story, Topic
from tests.reader.test_stale import again, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def crisis():
    return Topic.objects.create(name="Ferry crisis 2026", slug="ferry-crisis", kind=Topic.Kind.LINE, description="Since the fuel ran out.")


def parts(html):
    """What a story says it is a part of: (name, previous, next)."""
    return [
        (
            re.search(r'class="line-name">.*?<a [^>]*>(.*?)</a>', nav, re.S)[1],
            *(
                (found[1] if (found := re.search(word + r": <a [^>]*>(.*?)</a>", nav, re.S)) else "")
                for word in ("Previous story", "Next story")
            ),
        )
        for nav in re.findall(r'<nav class="line".*?</nav>', html, re.S)
    ]


def page(client, story):
    return client.get(story.permalink).content.decode()


def test_a_story_says_what_it_is_a_part_of_and_what_came_before_and_after(client, make_story, crisis):
    sea = Topic.objects.create(name="Sea", slug="sea", promoted=True)
    first, second = make_story("Fuel runs out", topics=[crisis, sea]), make_story("Lines close", topics=[sea, crisis])
    make_story("Something else", topics=[sea])
    third = make_story("Ministers meet", topics=[crisis])
    assert parts(page(client, first)) == [("Ferry crisis 2026", "", "Lines close")]
    assert parts(page(client, second)) == [("Ferry crisis 2026", "Fuel runs out", "Ministers meet")]
    assert parts(page(client, third)) == [("Ferry crisis 2026", "Lines close", "")]
    html = page(client, second)
    assert (
        'href="/topics/ferry-crisis/"' in html
        and "Ferry crisis 2026" not in html[html.index('class="topics"') :].partition("</section>")[0]
    )
    assert "Ferry crisis 2026" in html[html.index("application/ld+json") :].partition("keywords")[2][:200], (
        "machines are told of it as of a topic"
    )


def test_its_page_is_public_from_the_first_story_and_tells_how_it_began(client, make_story, crisis, monkeypatch):
    assert crisis.promoted, "an editor makes it for readers"
    stories = [make_story(f"Part {n}", topics=[crisis]) for n in range(3)]
    html = client.get("/topics/ferry-crisis/").content.decode()
    assert 'class="eyebrow">Story line<' in html and "Since the fuel ran out." in html and "noindex" not in html
    assert [html.index(f"Part {n}") for n in (2, 1, 0)] == sorted(html.index(f"Part {n}") for n in range(3))
    assert "How it began" not in html and "/topics/ferry-crisis/feed/" in html
    monkeypatch.setattr("broadsheet.reader.pages.PER_PAGE", 2)
    html = client.get("/topics/ferry-crisis/").content.decode()
    began = html[html.index("How it began") :]
    assert stories[0].permalink in began[:200] and "/topics/ferry-crisis/?before=" in html
    assert (
        "How it began" not in client.get(re.search(r"/topics/ferry-crisis/\?before=[^\"]+", html)[0].replace("&amp;", "&")).content.decode()
    )
    assert "/topics/ferry-crisis/" in client.get("/sitemap-topics.xml").content.decode()
    assert {one["slug"] if "slug" in one else one["kind"] for one in client.get("/api/v3/topics/").json()["items"]} & {"line"}


def test_a_line_merged_into_another_brings_its_parts(client, make_story, crisis):
    other = Topic.objects.create(name="The fuel story", slug="fuel", kind=Topic.Kind.LINE)
    first, second = make_story("One", topics=[other]), make_story("Two", topics=[crisis])
    for story in (first, second):
        render(story.permalink)
    merge_topics(topic=other, into=crisis, by=None)
    assert parts(page(client, first)) == [("Ferry crisis 2026", "", "Two")] and parts(page(client, second)) == [
        ("Ferry crisis 2026", "One", "")
    ]
    assert client.get("/topics/fuel/")["Location"] == "/topics/ferry-crisis/"


def test_queries_are_the_same_however_long_it_is(client, make_story, crisis):
    def queries(story):
        with CaptureQueriesContext(connection) as found:
            page(client, story)
        return len(found)

    one = make_story(topics=[crisis])
    page(client, one)
    alone = queries(one)
    for _n in range(4):
        make_story(topics=[crisis])
    middle = Story.objects.order_by("pk")[2]
    page(client, middle)
    assert queries(middle) <= alone + 1, "people of its neighbours"


def test_only_its_neighbours_are_made_anew(client, make_story, crisis):
    """A new part changes the page of the last one, and of none before; what is taken down changes those on both sides."""
    stories = [make_story(f"Part {n}", topics=[crisis]) for n in range(5)]
    newest = make_story("Elsewhere")
    publish(again(Story, stories[4].pk), topics=[])

    def replaced(write):
        purging.carry_out()
        for story in stories:
            render(story.permalink)
        write()
        purging.carry_out()
        return {n for n, story in enumerate(stories) if purging.shelf().store.read(story.permalink) is None}

    assert newest and replaced(lambda: publish(again(Story, stories[4].pk), topics=[crisis])) == {3, 4}
    assert parts(page(client, stories[3])) == [("Ferry crisis 2026", "Part 2", "Part 4")]
    assert replaced(lambda: again(Story, stories[1].pk).unpublish()) >= {0, 1, 2}
    assert parts(page(client, stories[2]))[0][1] == "Part 0"
