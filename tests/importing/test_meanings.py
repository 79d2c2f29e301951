"""What terms of the old site are here: asked of the database a batch at a time, and remembered as long as there is room."""

from __future__ import annotations

import pytest

from broadsheet.importing.load import Loader
from broadsheet.importing.meanings import LONGEST, REMEMBERED, Meanings
from broadsheet.importing.models import SourceSite, SourceTerm
from broadsheet.importing.wordpress.reader import Export
from broadsheet.stories.models import Story, Topic

from .conftest import item

pytestmark = pytest.mark.django_db


def site(key: str, *slugs: str) -> SourceSite:
    made = SourceSite.objects.create(key=key)
    for slug in slugs:
        topic = Topic.objects.get_or_create(slug=slug[:50], defaults={"name": slug[:50]})[0]
        SourceTerm.objects.create(site=made, taxonomy="post_tag", slug=slug, topic=topic)
    return made


def test_each_is_asked_for_once(django_assert_num_queries) -> None:
    site("gull.example", "sea", "bay")
    tern = site("tern.example", "sea")
    meanings = Meanings(tern)
    keys = [("post_tag", slug) for slug in ("sea", "bay", "ice\0")]
    with django_assert_num_queries(1):
        meanings.look_up(keys)
        assert meanings.get(keys[0]).site_id == tern.pk
        # Of another site, and of no site.
        assert meanings.get(keys[1]) is None and meanings.get(keys[2]) is None
        assert meanings.get(("post_tag", "sea")).topic_id is not None
        meanings.look_up(keys)
    with django_assert_num_queries(1):
        assert meanings.get(("category", "sea")) is None


def test_one_too_long_for_the_database_is_found_again() -> None:
    meanings = Meanings(site("tern.example", "s" * LONGEST))
    assert meanings.get(("post_tag", "s" * (LONGEST + 9))) is not None


def test_no_more_are_remembered_than_there_is_room_for(django_assert_max_num_queries) -> None:
    meanings = Meanings(site("tern.example", "sea"))
    for number in range(REMEMBERED + 10):
        meanings.remember(SourceTerm(taxonomy="post_tag", slug=f"t{number}"))
    assert len(meanings._known) <= REMEMBERED
    with django_assert_max_num_queries(10):
        meanings.look_up([("post_tag", f"t{number}") for number in range(2 * REMEMBERED)])
    assert len(meanings._known) <= REMEMBERED and meanings.get(("post_tag", "sea")) is not None


def tags(count: int) -> str:
    return "".join(f"<wp:tag><wp:tag_slug>t{n}</wp:tag_slug><wp:tag_name>Subject {n}</wp:tag_name></wp:tag>" for n in range(count))


def test_an_import_holds_few_of_many_tags_and_counts_them_all(wxr, front, monkeypatch) -> None:
    monkeypatch.setattr("broadsheet.importing.meanings.REMEMBERED", 250)
    monkeypatch.setattr("broadsheet.importing.drafting.REMEMBERED", 20)
    links = "".join(f'<category domain="post_tag" nicename="t{n}">Subject {n}</category>' for n in range(0, 700, 7))
    file = wxr(item(terms=links), head=tags(700) + tags(1))
    for imported, unchanged in ((700, 0), (0, 700)):
        loader = Loader(Export([file]))
        report = loader.run()
        assert report.differences == []
        terms = report.terms
        assert (terms.in_file, terms.imported, terms.unchanged, len(terms.skipped["duplicate"])) == (701, imported, unchanged, 1)
        assert len(loader.groups.terms._known) <= 250 and len(loader.drafting._terms) <= 20
    assert Story.objects.get().topics.count() == 100 and Topic.objects.count() == 700
