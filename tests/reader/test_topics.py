"""A topic's page: linked and indexed from three stories on or when it is promoted; then with a picture and a story that leads."""

from __future__ import annotations

import pytest

from broadsheet.stories.models import Story, Topic
from tests.syndication.test_api import picture

pytestmark = pytest.mark.django_db


def page(client):
    return client.get("/topics/sea/").content.decode()


@pytest.fixture
def sea():
    return Topic.objects.create(name="Sea", slug="sea", description="All that is wet")


def test_small_topics_are_neither_linked_nor_indexed_until_they_are_promoted(client, make_story, sea):
    stories = [make_story(topics=[sea]) for _ in range(2)]
    seen = (
        "/",
        stories[0].permalink,
        "/sitemap.xml",
        "/sitemap-topics.xml",
        "/latest/",
        "/search/?q=sailed",
        "/api/v3/topics/",
        "/archive/",
    )
    assert "noindex" in page(client) and not [address for address in seen if "/topics/sea/" in client.get(address).content.decode()]
    sea.promoted = True
    sea.save()
    linked = [address for address in seen if "/topics/sea/" in client.get(address).content.decode()]
    assert "noindex" not in page(client) and linked == [stories[0].permalink, "/sitemap-topics.xml", "/api/v3/topics/"]
    sea.promoted = False
    sea.save()
    make_story(topics=[sea])
    assert "noindex" not in page(client) and "/topics/sea/" in client.get(stories[0].permalink).content.decode()


def test_a_promoted_topic_has_its_description_a_picture_and_a_lead(client, make_story, sea):
    lead, other = make_story("The one that leads", topics=[sea]), make_story("Another", topics=[sea])
    sea.promoted, sea.picture, sea.lead = True, picture(size=(1300, 800)), lead
    sea.save()
    html = page(client)
    assert "All that is wet" in html and 'alt="The quay"' in html and "A. Quill" in html and "og:image" in html
    assert html.count(f'href="{lead.permalink}"') <= 2 and html.index("The one that leads") < html.rindex("Another")
    main = html.partition("<main")[2]
    assert 'class="page-lead"' in main and main.partition('class="river"')[2].count("The one that leads") == 0 and other.permalink in main
    told = client.get(f"/api/v3/topics/{sea.pk}/").json()
    assert told["lead"]["title"] == "The one that leads" and told["image"]["id"] == sea.picture_id


def test_a_lead_that_is_not_public_is_not_there(client, make_story, sea):
    lead = make_story("Taken back", topics=[sea])
    make_story("Stays", topics=[sea])
    sea.promoted, sea.lead = True, lead
    sea.save()
    Story.objects.get(pk=lead.pk).unpublish()
    assert "Taken back" not in page(client) and client.get(f"/api/v3/topics/{sea.pk}/").json()["lead"] is None
    Story.objects.get(pk=lead.pk).delete()
    assert client.get("/topics/sea/").status_code == 200


def test_a_topic_that_is_not_promoted_shows_neither(client, make_story, sea):
    sea.picture, sea.lead = picture(), make_story("Lead", topics=[sea])
    sea.save()
    assert 'class="page-lead"' not in page(client) and "The quay" not in page(client).partition("<main")[2]
    assert client.get(f"/api/v3/images/{sea.picture_id}/").status_code == 404
