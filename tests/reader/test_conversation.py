"""Readers' comments of the earlier site: shown when the publication says so, in threads, and never as markup of theirs."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.people.models import Publication
from broadsheet.stories.models import ReaderComment

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(make_story):
    story = make_story("Ferry")
    rows = [(0, "Bo <script>", 0, 11), (1, "Ada", 1, 12), (2, "Cy", 2, None), (3, "Di", 0, 14)]
    for position, author, depth, number in rows:
        ReaderComment.objects.create(
            story=story, position=position, author=author, depth=depth, number=number, html=f"<p>Words {position}</p>",
            published=dt.datetime(2024, 3, 6, tzinfo=dt.UTC),
        )  # fmt: skip
    ReaderComment.objects.create(story=story, position=4, kind="pingback", author="A diary", url="https://diary.example/")
    return story


def test_nothing_is_shown_until_the_publication_says_so(client, story):
    html = client.get(story.permalink).content.decode()
    assert "Words 0" not in html and "diary.example" not in html


def test_threads_count_and_pingbacks_apart(client, story):
    Publication.objects.update(show_comments=True)
    with CaptureQueriesContext(connection) as seen:
        html = client.get(story.permalink).content.decode()
    assert len(seen) <= 15
    assert "4 comments" in html and 'id="comment-11"' in html and 'id="comment-None"' not in html
    assert html.index("Words 0") < html.index("Words 1") < html.index("Words 2") < html.index("Words 3")
    assert html.count('class="comments-list"') == 3, "one list of all, one of the answers to the first, one below that"
    assert "Bo &lt;script&gt;" in html and "Bo <script>" not in html
    assert '<a href="https://diary.example/" rel="nofollow ugc noopener">A diary</a>' in html


def test_a_preview_and_a_draft_have_none(client, story):
    Publication.objects.update(show_comments=True)
    story.unpublish()
    assert client.get(story.permalink).status_code in (404, 410)
