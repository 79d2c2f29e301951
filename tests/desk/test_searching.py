"""The desk finds every page by its latest version, and other things too; and sees what readers did not find."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from modelsearch.backends import get_search_backend
from modelsearch.query import MATCH_ALL, Fuzzy, Phrase
from wagtail.models import Page

from broadsheet.desk.searching import found_in, typed
from broadsheet.search import asked
from broadsheet.search.asking import parse
from broadsheet.search.models import Asked
from broadsheet.stories.models import Section, StaticPage, Story, Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(front, make_story, make_section, django_capture_on_commit_callbacks):
    """A public story with changes that wait, a draft, a section, a static page, a topic."""
    with django_capture_on_commit_callbacks(execute=True):
        public = make_story("Harbour opens", body="<p>With a band.</p>")
        public.title = "Marina opens"
        public.save_revision()
        draft = make_story("Harbour closes", live=False, body="<p>Said <b>Quill</b>.</p>")
        section = make_section("Harbours")
        about = Page.objects.get(pk=front.pk).add_child(instance=StaticPage(title="About the harbour", slug="about"))
        Topic.objects.create(name="Harbour dues", slug="dues")
    return public, draft, section, about


def test_every_page_is_found_by_its_latest_version(pages):
    public, draft, section, about = pages
    backend = get_search_backend()
    assert {p.pk for p in backend.autocomplete("harb", Page)} == {public.pk, draft.pk, section.pk, about.pk}
    assert [p.pk for p in backend.search("marina", Page)] == [public.pk]
    assert [p.pk for p in backend.search("quill", Story.objects.all())] == [draft.pk]
    assert [type(p) for p in backend.autocomplete("harb", Section)] == [Section]
    assert [t.name for t in backend.search("harbour", Topic)] == ["Harbour dues"]
    assert [p.pk for p in backend.search(Phrase("harbour closes"), Page)] == [draft.pk]
    assert [p.pk for p in backend.search("harbour -opens", Story)] == [draft.pk]
    results = backend.search("harbour", Page, order_by_relevance=False)
    assert [p.pk for p in results] == [public.pk, draft.pk, about.pk]
    assert (results.count(), len(results[1:]), results[1:2].count()) == (3, 2, 1)
    assert sum(results.facet("content_type_id").values()) == 3
    assert backend.search(MATCH_ALL, Page).count() == Page.objects.count()
    with pytest.raises(NotImplementedError):
        list(backend.search(Fuzzy("harbour"), Page))


def test_what_may_not_be_seen_is_not_found(pages):
    public, draft, section, about = pages
    assert found_in(Page.objects.filter(pk=draft.pk), typed("harb")) == [draft.pk]
    assert found_in(Page.objects.none(), typed("harb")) == []


def test_what_changes_and_what_goes(pages, django_capture_on_commit_callbacks):
    public, draft, section, about = pages
    backend = get_search_backend()
    with django_capture_on_commit_callbacks(execute=True):
        draft.title = "Ferry closes"
        draft.save_revision().publish()
        Section.objects.get(pk=section.pk).delete()
        Story.objects.get(pk=public.pk).unpublish()
        about.title = "Who we are"
        about.save_revision().publish()
    assert [p.pk for p in backend.search("ferry", Page)] == [draft.pk]
    assert [p.pk for p in backend.autocomplete("harbour", Page)] == []
    assert [p.pk for p in backend.search("marina", Page)] == [public.pk]
    Story.objects.get(pk=public.pk).delete()
    assert [p.pk for p in backend.search("marina", Page)] == []


def test_the_screens_find(pages, editor_client):
    public, draft, section, about = pages
    for url in (
        reverse("wagtailadmin_pages:search"),
        reverse("wagtailadmin_explore", args=[section.get_parent().pk]),
        reverse("stories:index"),
    ):
        for text in ("harb", '"harbour closes"', "\x00harb", '"', "harb -"):
            answer = editor_client.get(url, {"q": text})
            assert answer.status_code in (200, 400 if "\x00" in text else 200), url
    listed = editor_client.get(reverse("stories:index"), {"q": "quil"}).content.decode()
    assert "Harbour closes" in listed and "Marina opens" not in listed
    chosen = editor_client.get(reverse("wagtailadmin_choose_page_search"), {"q": "marina", "page_type": "stories.story"})
    assert "Marina opens" in chosen.content.decode()


def test_what_was_not_found_is_shown_without_persons(client, editor_client, make_story):
    make_story("Harbour")
    for query in ("Zebra  crossing", "zebra crossing", "harbour", "ada@example.test", "+49 170 1234567", ""):
        client.get("/search/", {"q": query})
    client.get("/search/", {"q": "harbour", "year": "1999"})
    assert not Asked.objects.exists(), "a search waits for no writer"
    asked.write()
    client.get("/search/", {"q": "zebra crossing"})
    asked.write()
    assert set(Asked.objects.values_list("query", "count", "found")) == {("zebra crossing", 3, False), ("harbour", 1, True)}
    page = editor_client.get(reverse("desk_searched")).content.decode()
    assert "zebra crossing" in page and "/search/?q=harbour" not in page
    assert "/search/?q=harbour" in editor_client.get(reverse("desk_searched"), {"show": "all", "days": "7"}).content.decode()
    assert editor_client.get(reverse("desk_searched"), {"days": "x", "p": "-1"}).status_code == 200
    assert client.get(reverse("desk_searched")).status_code == 302
    Asked.objects.update(day=timezone.now().date() - asked.KEPT - dt.timedelta(days=1))
    asked.write()
    assert not Asked.objects.exists()


def test_noise_fills_nothing(monkeypatch):
    monkeypatch.setattr(asked, "MOST", 2)
    for text in ("one", "two", "three", "one"):
        asked.note(parse(text), found=False)
    asked.write()
    asked.note(parse("four"), found=False)
    asked.note(parse("one"), found=True)
    asked.write()
    assert dict(Asked.objects.values_list("query", "count")) == {"one": 3, "two": 1}
