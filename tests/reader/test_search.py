"""The page of a search: complete without script, the same number of queries whatever is found, nothing that is not public."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.people.models import Person, Publication
from broadsheet.reader.searching import PER_PAGE
from broadsheet.stories.models import Topic

pytestmark = pytest.mark.django_db


def asked(client, query, **more):
    answer = client.get("/search/", {"q": query, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def headlines(page):
    return [re.sub(r"<.*?>", "", h) for h in re.findall(r'<h2 class="headline"[^>]*>(.*?)</h2>', page)]


def test_what_is_found_is_shown_with_its_words_marked(make_story, client):
    make_story("Harbour & town", body="<p>Rain. The old <b>ferry</b> sails.</p>")
    make_story("Elsewhere", body="<p>No boat.</p>")
    page = asked(client, "harbour ferry")
    assert headlines(page) == ["Harbour &amp; town"]
    assert "<mark>Harbour</mark> &amp; town" in page and "old <mark>ferry</mark> sails." in page
    assert "Stories found: 1<" in page and '<meta name="robots" content="noindex">' in page
    assert 'value="harbour ferry"' in page and "<script>" not in page


def test_before_anything_is_asked(make_story, client):
    make_story("Harbour")
    page = asked(client, "")
    assert headlines(page) == [] and "Nothing was found" not in page and 'role="search"' in page and "Latest stories" in page
    assert client.get("/search/").status_code == 200


def test_nothing_found_is_friendly(make_story, client):
    make_story("Harbour master")
    page = asked(client, "zebra <b>")
    assert "Nothing was found for “zebra &lt;b&gt;”." in page and "Latest stories" in page and "Harbour master" in page
    assert "Did you mean:" in (page := asked(client, "habour")) and 'href="/search/?q=harbour"' in page
    page = asked(client, "harb")
    assert headlines(page) == ["Harbour master"] and "words that begin so" in page


def test_other_forms_of_a_word_come_behind_it_where_few_stories_have_it(make_story, client):
    make_story("Ferries return", kind="opinion")
    make_story("Ferry sails")
    page = asked(client, "ferry")
    assert headlines(page) == ["Ferry sails", "Ferries return"] and "words that begin so" not in page and "Stories found: 2<" in page
    assert headlines(asked(client, "ferry", kind="opinion")) == ["Ferries return"], "as many as the filter promised"
    assert headlines(asked(client, "ferry", order="date")) == ["Ferry sails", "Ferries return"]
    page = asked(client, "ferrying")
    assert headlines(page) == ["Ferry sails"] and "words that begin so" in page
    for _ in range(2):
        make_story("A ferry sails")
    assert len(headlines(asked(client, "ferry"))) == 3 and headlines(asked(client, "ferry", kind="opinion")) == []
    assert headlines(asked(client, '"ferry returns"')) == [], "a phrase is meant as it stands"


def test_an_unpublished_story_is_found_by_nobody(make_story, client):
    make_story("Harbour draft", live=False)
    story = make_story("Harbour public")
    story.title = "Harbour changed secretly"
    story.save_revision()
    gone = make_story("Harbour gone")
    gone.unpublish()
    assert headlines(asked(client, "harbour")) == ["Harbour public"]
    assert headlines(asked(client, "secretly")) == [] == headlines(asked(client, "-nothing secretly"))
    assert headlines(asked(client, "-nothing")) == ["Harbour public"]


def test_names_of_what_is_not_public_are_not_told(make_story, make_section, client):
    person = Person.objects.create(name="Confidential Source", slug="c")
    topic = Topic.objects.create(name="Secret plans", slug="s")
    hidden = make_section("Dossier")
    hidden.unpublish()
    make_story("Draft", live=False, people=[person], topics=[topic], parent=hidden)
    make_story("Harbour")
    page = asked(client, "harbour", person=person.pk, topic=topic.pk, section=hidden.pk)
    assert headlines(page) == ["Harbour"]
    assert not any(word in page for word in ("Confidential", "Secret", "Dossier"))


def test_it_is_narrowed_down_by_what_there_is(make_story, make_section, client):
    ada = Person.objects.create(name="Ada Quill", slug="ada")
    sport = make_section("Sport")
    make_story("Harbour one", people=[ada])
    make_story("Harbour two", parent=sport, kind="opinion", language="fr")
    make_story("Harbour three", published=dt.datetime(2020, 5, 1, tzinfo=dt.UTC))
    page = asked(client, "harbour")
    assert len(headlines(page)) == 3
    links = dict(re.findall(r'<a href="(/search/\?[^"]*)" rel="nofollow"><bdi>([^<]*)</bdi> <span class="filter-count">1</span>', page))
    assert {"Sport", "Opinion", "Français", "2020", "Ada Quill"} <= set(links.values()), links
    for url, text in links.items():
        narrowed = client.get(url.replace("&amp;", "&")).content.decode()
        assert len(headlines(narrowed)) == 1, text
        assert 'aria-current="true"' in narrowed and "all again" in narrowed


def test_by_date_and_by_relevance(make_story, client):
    make_story("Harbour")
    make_story("Weather", body="<p>The harbour.</p>")
    assert headlines(asked(client, "harbour")) == ["Harbour", "Weather"]
    page = asked(client, "harbour", order="date")
    assert headlines(page) == ["Weather", "Harbour"] and "/search/?q=harbour&amp;" not in page.split("search-count")[1].split("</p>")[0]


def test_pages_are_stable_while_stories_appear(make_story, client):
    for n in range(PER_PAGE + 3):
        make_story(f"Harbour {n}")
    first = asked(client, "harbour")
    (further,) = re.findall(r'class="pager-older" href="([^"]*)"', first)
    make_story("Harbour harbour")
    second = client.get(further.replace("&amp;", "&")).content.decode()
    assert len({*headlines(first), *headlines(second)}) == PER_PAGE + 3
    assert "Previous page" in second and "Next page" not in second
    assert len(headlines(asked(client, "harbour", page="99999999"))) == 4


def test_the_number_of_queries_is_the_same_for_one_and_for_many(make_story, client):
    ada = Person.objects.create(name="Ada Quill", slug="ada")
    ferries = Topic.objects.create(name="Ferries", slug="ferries")
    make_story("Harbour alone")
    for n in range(PER_PAGE):
        make_story(f"Ferry {n}", people=[ada] if n % 2 else [], topics=[ferries] if n % 3 else [], kind="opinion" if n % 2 else "news")
    asked(client, "warm")

    def count(query):
        with CaptureQueriesContext(connection) as queries:
            asked(client, query)
        return len(queries)

    assert count("ferry -noon2") <= 13
    assert count("alone") <= count("ferry") + 2  # one is few: another spelling is looked for


@pytest.mark.parametrize(
    "query",
    ['"', '""', "-", "*", "a AND (b", "\x00", "a\x00b", 'x" NEAR/2 y', "q" * 10_000, '"a ' * 3_000, "a:b ^c {d}", "-- -x", "'; DROP TABLE x;--",
     "%", "\\", "¶", "§section5", "\u202e\ufeff", "🚢", "a* b* c* d* e*", "٪", "<script>alert(1)</script>", "OR", "NOT", "a:*", "!a | b & c"],
)  # fmt: skip
def test_whatever_is_typed_is_a_search(make_story, client, query):
    make_story("Harbour")
    page = asked(client, query)
    assert "<script>alert" not in page and "\x00" not in page
    assert client.get(f"/search/?q={quote(query)}&page=-1&from=x%00&order=%00&kind=%00&year=0000&person=1e9&section=%FF").status_code == 200


def test_right_to_left(make_story, client):
    Publication.objects.update(language="ar")
    make_story("كتابٌ جديد", language="ar", body="<p>وصلت السفينة إلى الميناء.</p>")
    make_story("Harbour book", language="en")
    page = asked(client, "کتاب")
    assert '<html lang="ar" dir="rtl">' in page and "<mark>كتابٌ</mark> جديد" in page
    assert 'dir="ltr"' in asked(client, "harbour")


def test_machines_are_told_where_the_site_is_searched(make_story, client):
    make_story()
    page = client.get("/").content.decode()
    assert '"urlTemplate": "http' in page and '/search/?q={search_term_string}"' in page
    assert 'action="/search/"' in page


@pytest.mark.parametrize("year", ["9999", "9998", "1000"])
def test_the_first_and_the_last_year_are_years(make_story, client, year):
    make_story("Ferry sails")
    for address in ("/search/", "/search/feed/"):
        assert client.get(address, {"q": "ferry", "year": year}).status_code == 200
