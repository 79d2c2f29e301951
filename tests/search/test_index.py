"""The index follows what is public, and finds it by folded words."""

from __future__ import annotations

import datetime as dt
import unicodedata
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.delivery import outbox
from broadsheet.people.models import Person
from broadsheet.search import index, queries
from broadsheet.search.asking import parse
from broadsheet.search.filters import Filters
from broadsheet.search.finding import find_matches
from broadsheet.search.folding import fold
from broadsheet.search.models import Entry
from broadsheet.search.passages import marked, passage
from broadsheet.search.suggesting import suggestion
from broadsheet.search.texts import texts
from broadsheet.stories import indexing
from broadsheet.stories.models import Listing, Story, Topic

pytestmark = pytest.mark.django_db
UTC = ZoneInfo("UTC")


def pages(text, **more):
    return list(find_matches(parse(text), zone=UTC, **more).pages)


def test_what_is_public_is_found_and_nothing_else(make_story):
    story = make_story("Café in Straßburg", body="<p>The harbour reopened.</p>")
    make_story("Café secret", live=False)
    assert pages("cafe") == pages("STRASSBURG harb*") == pages('"harbour reopened"') == [story.pk]
    assert pages('"reopened harbour"') == pages("cafe -harbour") == []
    Story.objects.get(pk=story.pk).unpublish()
    assert pages("cafe") == []


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("كتابٌ عربي", "کتاب عربی"), ("東京都の港", "京都"), ("أخبار", "اخبار"), ("한국어", "국어"), ("한국어", unicodedata.normalize("NFD", "한국어")),
        ("ニュース", "ﾆｭｰｽ"), ("ﾆｭｰｽ", "ニュ"), ("चुनाव २०२६", "2026"), ("खबर 2026", "२०२६"), ("хлопцям обʼєкт", "об'єкт"), ("oʻzbek", "oʼzbek"), ("خانۀ ما", "خانه"),
    ],
)  # fmt: skip
def test_scripts_are_folded_on_both_sides(make_story, written, asked):
    story = make_story(written)
    assert pages(asked) == [story.pk]


@pytest.mark.parametrize("asked", ['"', "-", "*", "a AND (b", "\x00", 'x" NEAR/2 y', "q" * 10_000, "a:b ^c {d}", "-- -x"])
def test_whatever_is_typed_is_a_search(make_story, asked):
    make_story()
    pages(asked)


def test_batches_enter_what_is_there_and_leave_the_same_rows(make_story, make_section, django_capture_on_commit_callbacks):
    ada = Person.objects.create(name="Ada Quill", slug="ada")
    ferries = Topic.objects.create(name="Ferries", slug="ferries")
    with django_capture_on_commit_callbacks(execute=True):
        stories = [make_story(f"Harbour {n}", people=[ada], topics=[ferries], body="<p>Fog.</p>") for n in range(3)]
        make_story("Secret", live=False)
        stories[0].save_revision()
    before = sorted(Entry.objects.values_list())
    index.begin_again()
    assert pages("harbour") == []
    outbox.put(index.FILL, before=1 << 62)
    while outbox.run_due():
        pass
    assert sorted(Entry.objects.values_list()) == before
    assert set(pages("ada ferries fog")) == {story.pk for story in stories}
    assert indexing.missing() == 0


def test_what_has_gone_is_found_out(make_story):
    story = make_story("Harbour")
    Listing.objects.filter(story_id=story.pk).delete()
    assert indexing.missing() == -1
    assert indexing.forget_what_is_gone() == 1 and pages("harbour") == []


def test_words_are_narrowed_down(make_story, make_section):
    ada = Person.objects.create(name="Ada Quill", slug="ada")
    sports = make_section("Sport")
    old = make_story("Harbour old", published=dt.datetime(2020, 12, 31, 23, 30, tzinfo=dt.UTC), language="ar")
    new = make_story("Harbour new", people=[ada], parent=sports, kind="opinion")
    zone = ZoneInfo("Africa/Cairo")

    def found(**filters):
        return queries.find("harbour", Filters(**filters), zone=zone, count=9)

    assert found() == [new.pk, old.pk]
    assert found(section=str(sports.pk)) == found(person=str(ada.pk)) == found(kind="opinion") == [new.pk]
    assert found(year="2021") == found(language="ar") == [old.pk] and found(year="2020") == []
    assert queries.find("", Filters(language="ar"), zone=zone, count=9) == [old.pk]
    assert queries.find("", zone=zone, count=9) == []


def test_only_what_can_be_a_value_is_a_filter():
    assert Filters.of({"section": "٥", "kind": "x' OR", "year": "99999", "person": "-1", "language": "\x00en"}) == Filters()
    assert Filters.of({"section": "5", "language": "pt-BR"}).keys == ("section:5", "language:pt-BR")


@given(st.text(max_size=60), st.text(max_size=20))
def test_whatever_is_written_is_found_by_each_of_its_words(text, more):
    folded = fold(f"{text} {more}").split()
    assert not set("".join(folded)) & set("\"*()^:'¶§\x00")
    for term in parse(text).wanted:
        said = f" {' '.join(term.words)}" + " " * (not term.prefix)
        assert said in f" {' '.join(folded)} "


def test_headline_before_body_and_new_before_old(make_story):
    body = make_story("Weather", body="<p>The harbour.</p>")
    old = make_story("Harbour", published=dt.datetime(2001, 1, 1, tzinfo=dt.UTC))
    new = make_story("Harbour")
    assert pages("harbour") == [new.pk, old.pk, body.pk]
    assert pages("harbour", by_date=True) == [new.pk, body.pk, old.pk]


def test_further_pages_continue_the_first(make_story):
    first = make_story("Harbour one")
    found = find_matches(parse("harbour"), zone=UTC)
    make_story("Harbour two")
    assert pages("harbour", up_to=found.newest) == [first.pk]


@pytest.mark.parametrize(
    ("asked", "said"), [("harbuor", "harbour"), ("habour master", "harbour master"), ("harbour", ""), ("zzzzz", ""), ("hrabor mastr", "")]
)
def test_a_slip_is_suggested_mended(make_story, asked, said):
    make_story("Harbour master speaks")
    assert suggestion(parse(asked)) == said


def test_nothing_is_suggested_that_is_not_public(make_story):
    story = make_story("Harbour")
    story.unpublish()
    assert suggestion(parse("habour")) == ""


def test_a_slip_of_ours_that_was_mended_is_mended_for_readers(make_story):
    story = make_story("Harbuor master speaks")
    story.title = "Harbour master speaks"
    story.save_revision().publish()
    assert suggestion(parse("harbuor")) == "harbour" and suggestion(parse("harbuor master")) == "harbour master"


def test_a_word_that_stands_in_a_body_alone_is_no_slip(make_story):
    make_story("Harbour master speaks", body="<p>Of lanterns.</p>")
    assert suggestion(parse("lanterns harbuor")) == "lanterns harbour"
    assert suggestion(parse("lanterns harbour")) == ""


def test_a_new_name_is_found(make_story):
    ada = Person.objects.create(name="Ada Quill", slug="ada")
    story = make_story("Harbour", people=[ada])
    ada.name = "Ada Feather"
    ada.save()
    outbox.run_due()
    assert pages("feather") == [story.pk] and pages("quill") == []


@pytest.mark.parametrize(
    ("text", "asked", "shown"),
    [
        ("The Café opened.", "cafe", "The [Café] opened."),
        ("Harbours and harbour", "harb*", "[Harbours] and [harbour]"),
        ("東京都の港", "京都", "東[京都]の港"),
        ("كِتَابٌ جديد", "کتاب", "[كِتَابٌ] جديد"),
        ("a < b & c", "b", "a < [b] & c"),
    ],
)
def test_the_words_are_marked(text, asked, shown):
    assert "".join(f"[{p.text}]" if p.marked else p.text for p in marked(text, parse(asked).wanted)) == unicodedata.normalize("NFC", shown)


def test_the_passage_with_most_of_the_words():
    text = "Calm. " * 200 + "The harbour is closed by fog today. " + "Rain falls on " * 200
    pieces = passage(text, parse("harbour fog").wanted)
    shown = "".join(p.text for p in pieces)
    assert shown.startswith("The harbour is closed by fog today. Rain") and shown.endswith(" …") and len(shown) < 240
    assert [p.text for p in pieces if p.marked] == ["harbour", "fog"]
    assert "".join(p.text for p in passage("word " * 90 + "harbour", parse("harbour").wanted)).startswith("… word")
    assert "".join(p.text for p in passage("The harbour.", parse("harbour").wanted)) == "The harbour."
    assert passage("Nothing of it", parse("harbour").wanted) == ()


@pytest.mark.parametrize(
    ("asked", "points"),
    [
        ("harbour", 12), ("harb*", 12), ("arbour", None), ("fog*", 4), ("morning", 1), ("quill", 7), ("harbour morning", 13), ("harbour opens", 36),
        ('"harbour opens"', 12), ('"opens fog"', None), ("порт", 12), ("туман", 4), ("港の", 12),
    ],
)  # fmt: skip
def test_a_word_is_worth_what_the_place_is_where_it_stands(make_story, asked, points):
    ada = Person.objects.create(name="Ada Quill", slug="ada")
    make_story(
        "Harbour opens порт 港の町", standfirst="Fog lifts туман", body="<p>This morning, in the harbour and the fog.</p>", people=[ada]
    )
    rows = texts().newest(parse(asked), above=index.PUBLIC, below=1 << 62, most=9)
    assert [row[-1] for row in rows] == ([] if points is None else [points])
