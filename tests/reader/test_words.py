"""A story's words alone: all of them, nothing else, found beside the story and by no search engine."""

from __future__ import annotations

import pytest

from broadsheet.people.models import Publication
from broadsheet.reader.words import words_of
from broadsheet.stories.models import Story

pytestmark = pytest.mark.django_db


def test_the_words_and_nothing_else(client, make_story):
    story = make_story(
        "Ferry <sails>", standfirst="At last.", dateline="Port Salen", body="<p>It sailed at noon.</p><h2>Crew</h2><p>Nine.</p>"
    )
    page = client.get(story.permalink).content.decode()
    assert f'href="{story.permalink}text/"' in page
    answer = client.get(f"{story.permalink}text/")
    words = answer.content.decode()
    assert (
        answer.status_code == 200 and "Ferry &lt;sails&gt;" in words and "At last." in words and "Nine." in words and "Port Salen" in words
    )
    assert '<meta name="robots" content="noindex">' in words
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{story.permalink}">' in words and f'href="{story.permalink}"' in words
    assert not any(f"<{tag}" in words for tag in ("script", "nav", "img", "figure", "footer", "header", "form", "button"))


def test_who_paid_and_what_a_machine_made_is_said_here_too(client, make_story):
    story = make_story(paid_by="Salen <Line>", ai_tool="Otter", ai_part="The transcript.", funding="A fund gave the fare.")
    words = client.get(f"{story.permalink}text/").content.decode()
    for said in ("Paid for by Salen &lt;Line&gt;", "Made with the help of AI: Otter", "The transcript.", "A fund gave the fare."):
        assert said in words
    assert "Paid for" not in client.get(f"{make_story().permalink}text/").content.decode()


def test_a_story_from_elsewhere_names_its_origin(client, make_story):
    story = make_story(original_url="https://first.example/a/")
    assert '<link rel="canonical" href="https://first.example/a/">' in client.get(f"{story.permalink}text/").content.decode()


def test_it_follows_every_pattern_of_addresses(client, make_story):
    Publication.objects.update(permalink_pattern="/{yyyy}/{slug}.html")
    story = make_story("Ferry sails")
    assert story.permalink.endswith(".html")
    assert "Ferry sails" in client.get(f"{story.permalink}/text/").content.decode()


def test_a_page_of_that_name_itself_comes_first(client, make_story):
    outer, inner = make_story("Outer story"), make_story("Inner story")
    Story.objects.filter(pk=inner.pk).update(permalink=f"{outer.permalink}text/")
    assert "Inner story</h1>" in client.get(f"{outer.permalink}text/").content.decode()


def test_what_is_not_public_has_no_words(client, make_story):
    story, draft = make_story("Hushed words"), make_story("Hushed draft", live=False, slug="hushed")
    story.unpublish()
    for address in (
        f"{story.permalink}text/",
        "/news/hushed/text/",
        "/no/such/text/",
        "/news/text/",
        "//evil.example/text/",
        "/a%00b/text/",
    ):
        answer = client.get(address)
        assert answer.status_code in (400, 404, 410) and "Hushed" not in answer.content.decode(), address
    assert draft.permalink is None


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", ""),
        ("<p>One</p>", "<p>One</p>"),
        ('<p>a</p><figure><img src="x" alt="y"><figcaption>Said <a href="/b/">there</a></figcaption></figure><p>b</p>',
         '<p>a</p><p><small>Said <a href="/b/" rel="noopener">there</a></small></p><p>b</p>'),
        ('<figure><figure><img src="1"><figcaption>one</figcaption></figure>tail</figure>', "<p><small>one</small></p>tail"),
        ('<p>before <img src="x">after</p><video src="y"><p>no</p></video>', "<p>before after</p>"),
        ("<p>a &lt;b&gt; &amp; c</p>", "<p>a &lt;b&gt; &amp; c</p>"),
        ("text alone", "text alone"),
    ],
)  # fmt: skip
def test_what_is_left_of_a_body(body, words):
    assert words_of(body) == words


def test_it_costs_no_more_than_the_story(client, make_story, django_assert_max_num_queries):
    story = make_story()
    client.get(story.permalink)
    with django_assert_max_num_queries(12):
        client.get(f"{story.permalink}text/")
