"""Marks live in the body: rows follow at publish, readers' words do not change, a copy elsewhere is another mark."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.desk.prose import ProseArea
from broadsheet.html import plain_text
from broadsheet.importing.export.archive import Archive
from broadsheet.importing.export.markup import markup
from broadsheet.importing.restoring import bodies
from broadsheet.importing.restoring.told import Told
from broadsheet.people.models import Person
from broadsheet.record import marks
from broadsheet.record.evidence import Event, MarkHome, Source, Statement
from broadsheet.record.marks import EventSaid, Mark, SourceSaid, StatementSaid
from broadsheet.record.models import Change
from broadsheet.stories.actions import merge_people
from broadsheet.stories.marking import marks_in
from broadsheet.stories.models import Galley, Section, Story
from broadsheet.stories.projections import project

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(db):
    return Person.objects.create(name="Ada Holm", slug="ada-holm")


def said(speaker=None, **fields):
    source = SourceSaid(str(uuid4()), "interview", "Interview", "https://example.org/a?b=1&c=2")
    statement = StatementSaid(str(uuid4()), **{"speaker": speaker, "name": "Ada Holm", "verb": "said", "date": "2026-11-24"} | fields)
    return Mark(source, statement)


def planned(**fields):
    return Mark(event=EventSaid(str(uuid4()), **{"what": "Summit", "date": "2026-12", "state": "planned"} | fields))


def body(mark, words="We will sail", after=" tomorrow."):
    return f"<p>“{marks.tag(mark)}{words}</mark>”{after}</p>"


def rows():
    return {model: list(model.objects.order_by("story", "number")) for model in (Source, Statement, Event)}


def test_rows_are_what_is_public(make_story, ada):
    mark, event = said(ada.pk), planned()
    story = make_story(body=body(mark) + f"<p>The {marks.tag(event)}summit</mark>.</p>", live=False)
    assert not any(rows().values()) and MarkHome.objects.filter(story=story.pk).count() == 3
    story.get_latest_revision().publish()
    found = rows()
    (statement,) = found[Statement]
    assert (statement.speaker, statement.text, str(statement.day), statement.source) == (
        ada,
        "We will sail",
        "2026-11-24",
        found[Source][0],
    )
    assert [(one.what, str(one.day), str(one.ends), one.text, str(one.event)) for one in found[Event]] == [
        ("Summit", "2026-12-01", "2026-12-31", "summit", event.event.id)
    ]
    Story.objects.get(pk=story.pk).unpublish()
    assert not any(rows().values()), "withdrawn"
    Story.objects.get(pk=story.pk).get_latest_revision().publish()
    assert len(rows()[Statement]) == 1
    Story.objects.get(pk=story.pk).delete()
    assert not any(rows().values()), "deleted"


def test_readers_get_the_same_words(make_story, ada):
    mark = said(ada.pk)
    plain, marked = make_story(body="<p>“We will sail” tomorrow.</p>"), make_story(body=body(mark))
    one, other = Galley.objects.get(pk=plain.pk), Galley.objects.get(pk=marked.pk)
    assert (one.body_html, one.body_text, one.words) == (other.body_html, other.body_text, other.words)
    start = other.body_html.index("We")
    assert other.marked == [[start, "statement", 1], [start + len("We will sail"), "source", 1]]
    entries = Change.objects.filter(story=marked.pk).count()
    draft = Story.objects.get(pk=marked.pk).get_latest_revision_as_object()
    draft.body = [("text", "<p>“We will sail” tomorrow.</p>")]
    draft.save_revision().publish()
    assert Change.objects.filter(story=marked.pk).count() == entries, "that something was marked is no change of the text"
    assert not Statement.objects.exists()


def test_one_mark_over_several_ranges_is_one_statement(make_story):
    mark = said()
    make_story(body=body(mark) + body(mark, "and come back"))
    (statement,) = Statement.objects.all()
    assert statement.text == "We will sail and come back"
    assert [sign[1] for sign in Galley.objects.get().marked] == ["statement", "source"], "its source is told once, at the end"


def test_a_copy_in_another_story_is_another_mark(make_story, ada):
    mark = Mark(said(ada.pk).source, said(ada.pk).statement, planned().event)
    first = make_story(body=body(mark), live=False)
    other = make_story(body=body(mark) + body(mark, "Again"))
    (one,), (two, three) = marks_in(first.body), marks_in(Story.objects.get(pk=other.pk).body)
    assert one == mark and two == three and not set(two.ids) & set(one.ids)
    assert two.event.same == mark.event.id, "of the same event"
    revision = Story.objects.get(pk=other.pk).get_latest_revision_as_object()
    assert marks_in(revision.body)[0] == two, "the draft has them too"
    copy = Story.objects.get(pk=other.pk).copy(to=Section.objects.get(), update_attrs={"slug": "copy"}, keep_live=False)
    assert not set(marks_in(copy.specific.body)[0].ids) & set(two.ids)
    again = Story.objects.get(pk=other.pk).get_latest_revision_as_object()
    again.save_revision().publish()
    assert marks_in(Story.objects.get(pk=other.pk).body)[0] == two, "the same story keeps its own"


def test_a_merged_speaker_is_who_stands_for_them(make_story, ada):
    make_story(body=body(said(ada.pk)))
    late = make_story(body=body(said(ada.pk)), live=False)
    other = Person.objects.create(name="Ada Quist Holm", slug="ada-quist-holm")
    merge_people(person=ada, into=other, by=None)
    late.get_latest_revision().publish()
    assert set(Statement.objects.values_list("speaker", flat=True)) == {other.pk}


def test_a_speaker_who_is_nobody_here_keeps_the_name(make_story):
    make_story(body=body(said(987654)))
    assert Statement.objects.values_list("speaker", "name").get() == (None, "Ada Holm")


def test_a_batch_costs_the_same(make_story, ada):
    counts = set()
    for _ in range(2):
        make_story(body=body(said(ada.pk)) + body(planned()))
        make_story(body=body(said(ada.pk)))
        stories = list(Story.objects.all())
        project(stories)
        with CaptureQueriesContext(connection) as queries:
            project(stories)
        counts.add(len(queries))
    assert len(counts) == 1


def test_the_editor_gives_back_what_it_got(ada):
    area = ProseArea(features=["bold", "link", "mark"])
    mark = marks.tag(said(ada.pk))
    html = f'<p data-block-key="abcde">He {mark}<b>will</b></mark> and {mark}<a href="https://example.org/?a=1&amp;b=2">there</a></mark> go</p>'
    assert area.value_from_datadict({"x": area.format_value(html)}, {}, "x") == html


@pytest.mark.parametrize(
    "html", ["<p><mark data-says=''>a</mark></p>", "<p><mark data-says='{'><a href='/x/'>a</a> b</mark></p>", "<p><mark>a</mark></p>"]
)
def test_no_text_stops_the_editor(html):
    area = ProseArea(features=["bold", "link", "mark"])
    out = area.value_from_datadict({"x": area.format_value(html)}, {}, "x")
    assert "mark" not in out and plain_text(out) == plain_text(html)


def test_an_export_has_speakers_by_their_names_and_comes_back(make_story, ada):
    mark = said(ada.pk)
    story = make_story(body=body(mark))
    (record,) = [one for one in Archive().stories() if one["id"] == story.pk]
    assert next(marks.in_text(record["blocks"][0]["value"])).statement.speaker == "ada-holm"
    assert markup(record["blocks"], lambda name: None).count("mark") == 0, "other systems get the words"
    (block,) = bodies.blocks(Told(record, "x", 1), "blocks", lambda name: None, {"ada-holm": 5})
    assert next(marks.in_text(block["value"])) == marks.spoken_by(mark, 5)
    story.body = [("text", block["value"])]
    assert Archive().blocks_of(story)[0]["value"].replace("null", "") != "" and marks_in(story.body)[0].statement.speaker == 5
