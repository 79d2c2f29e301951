"""What others may take over: offered where the publication says how, clean, complete, and never what is not public."""

from __future__ import annotations

import html
import re

import pytest

from broadsheet.people.models import Person, Publication
from broadsheet.stories.models import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def offered(front):
    Publication.objects.update(republishing="Name us & link to us.\n\nDo not change the text.", licence="https://licence.example/by/")


def page_of(client, story):
    return client.get(f"{story.permalink}republish/")


def copied(answer):
    """What is in the box, as a browser would copy it."""
    return html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", answer.content.decode(), re.DOTALL)[1])


def test_the_text_with_all_that_is_asked_for(client, make_story, offered):
    ada = Person.objects.create(name="Ada <Lind>", slug="ada")
    body = '<p>It <b>sailed</b>, as <a href="/news/other/">we said</a>.</p>'
    story = make_story("Ferry & sails", standfirst="At last.", dateline="Port Salen", body=body, people=[ada], language="ur")
    shown = client.get(story.permalink).content.decode()
    assert f'href="{story.permalink}republish/"' in shown
    answer = page_of(client, story)
    page, text = answer.content.decode(), copied(answer)
    assert answer.status_code == 200 and '<meta name="robots" content="noindex">' in page and "Name us &amp; link to us." in page
    assert (
        text.startswith('<article lang="ur" dir="rtl">\n<h1>Ferry &amp; sails</h1>') and "Ada &lt;Lind&gt;" in text and "Port Salen" in text
    )
    assert 'href="http://127.0.0.1:8000/news/other/"' in text and "<strong>At last.</strong>" in text
    assert f'<a href="http://127.0.0.1:8000{story.permalink}" rel="canonical">The Tern</a>' in text
    assert '<a href="https://licence.example/by/" rel="license">' in text


def test_no_picture_and_nothing_that_tells_who_reads(client, make_story, offered):
    story = make_story(body="<p>One.</p>")
    Story.objects.get(pk=story.pk).galley.__class__.objects.filter(pk=story.pk).update(
        body_html='<p>One.</p><figure><img src="/media/a.jpg" alt="A"><figcaption>A quay</figcaption></figure><script src="/x.js"></script>'
    )
    text = copied(page_of(client, story))
    assert "One." in text and not any(f"<{tag}" in text for tag in ("img", "script", "figure", "iframe"))


def test_who_paid_and_what_a_machine_made_goes_with_it(client, make_story, offered):
    text = copied(page_of(client, make_story(paid_by="Salen <Line>", ai_tool="Otter", funding="A fund gave the fare.", language="ur")))
    assert '<p lang="en" dir="ltr"><em>Paid for by Salen &lt;Line&gt;</em>' in text
    assert "Made with the help of AI: Otter" in text and "A fund gave the fare." in text


def test_a_story_cannot_leave_its_box(client, make_story, offered):
    story = make_story("</textarea><script>alert(1)</script>", body="<p>&lt;/textarea&gt;&lt;script&gt;</p>")
    page = page_of(client, story).content.decode()
    assert "<script>alert" not in page and page.count("</textarea>") == 1


@pytest.mark.parametrize("why", ["no terms", "an agency's", "from elsewhere", "withdrawn", "draft"])
def test_what_is_not_offered(client, make_story, offered, why):
    if why == "no terms":
        Publication.objects.update(republishing=" ")
    fields = {"an agency's": {"not_republished": True}, "from elsewhere": {"original_url": "https://first.example/a/"}}.get(why, {})
    story = make_story("Hushed", live=why != "draft", slug="hushed", **fields)
    if why == "withdrawn":
        story.unpublish()
    path = story.permalink or "/news/hushed/"
    answer = client.get(f"{path}republish/")
    assert answer.status_code in {404, 410} and "textarea" not in answer.content.decode()
    if why not in {"withdrawn", "draft"}:
        assert "republish/" not in client.get(path).content.decode()


def test_a_page_of_that_name_itself_comes_first(client, make_story, offered):
    outer, inner = make_story("Outer"), make_story("Inner story")
    Story.objects.filter(pk=inner.pk).update(permalink=f"{outer.permalink}republish/")
    assert "Inner story</h1>" in page_of(client, outer).content.decode()


def test_the_number_of_queries_does_not_grow(client, make_story, offered, django_assert_num_queries):
    first = make_story()
    page_of(client, first)
    for _ in range(2):
        with django_assert_num_queries(9):
            page_of(client, first)
        make_story(), make_story()
