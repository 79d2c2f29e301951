"""Drafts from documents: what is written, what is found again, what stays private; the command."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from broadsheet.importing.documents import commands
from broadsheet.importing.documents.actions import write_story
from broadsheet.importing.documents.commands import read_documents
from broadsheet.importing.documents.draft import Draft, Picture
from broadsheet.importing.documents.reading import read
from broadsheet.media.models import Image
from broadsheet.people.models import Person
from broadsheet.stories.models import Listing, Story, Topic
from tests.importing.documents.office import docx, drawing, p, png, relation

pytestmark = pytest.mark.django_db
PROSE = "The ferry sailed at noon after nine days in the harbour, and everybody who had waited was on board."
TEXT = f"Ferry sails at last\n\nBy Ada Quill\n17 November 2024\n\nPORT ANN (Reuters) — {PROSE}\n\n{PROSE}\n\nTags: ferries, harbour news\n"


@pytest.fixture
def draft() -> Draft:
    return read("ferry.txt", TEXT.encode())


def test_a_draft_is_written_with_everything_and_nothing_is_public(draft, section, editor, client):
    written = write_story(draft=draft, section=section, by=editor)
    story = written.story
    assert (story.title, story.dateline, story.slug, story.live, story.permalink) == (
        "Ferry sails at last",
        "PORT ANN",
        "ferry-sails-at-last",
        False,
        None,
    )
    assert [b.person.name for b in story.bylines.all()] == ["Ada Quill"] and story.owner == editor
    assert sorted(t.name for t in story.topics.all()) == ["ferries", "harbour news"]
    assert story.latest_revision.as_object().body.raw_data[0]["value"] == f"<p>{PROSE}</p><p>{PROSE}</p>"
    assert not Listing.objects.filter(story=story).exists() and client.get("/news/ferry-sails-at-last/").status_code == 404


def test_published_it_carries_the_date_of_the_document_unless_told_otherwise(draft, section, editor):
    for keep, year in ((True, 2024), (False, dt.date.today().year)):
        story = write_story(draft=draft, section=section, by=editor, keep_date=keep).story
        story.latest_revision.publish()
        story.refresh_from_db()
        assert story.published.year == year
        story.title = "Another"
        story.save_revision().publish()


def test_an_update_on_a_later_day_is_kept_and_a_date_to_come_is_not(section, editor):
    day = dt.date(2024, 11, 17)
    kept = write_story(draft=Draft("a", "One", published=day, updated=day + dt.timedelta(2)), section=section, by=editor).story
    kept.latest_revision.publish()
    kept.refresh_from_db()
    assert (kept.published.date(), kept.updated.date()) == (day, day + dt.timedelta(2))
    ahead = write_story(draft=Draft("b", "Two", published=dt.date(2099, 1, 1)), section=section, by=editor)
    assert ahead.story.first_published_at is None and "still to come" in ahead.notes[0]


def test_the_same_document_again_is_the_same_draft_until_somebody_has_worked_on_it(draft, section, editor):
    first = write_story(draft=draft, section=section, by=editor)
    again = write_story(draft=draft, section=section, by=editor)
    assert first.is_new and not again.is_new and again.story == first.story
    first.story.save_revision(user=editor)
    third = write_story(draft=draft, section=section, by=editor)
    assert third.is_new and third.story.slug == "ferry-sails-at-last-2"


def test_people_and_topics_that_are_here_are_found_even_when_merged(draft, section, editor):
    ada = Person.objects.create(name="Ada M. Quill", slug="amq")
    Person.objects.create(name="ada quill", slug="aq", merged_into=ada)
    ferries = Topic.objects.create(name="Ferry lines", slug="ferry-lines")
    Topic.objects.create(name="Ferries", slug="ferries", merged_into=ferries)
    story = write_story(draft=draft, section=section, by=editor).story
    assert [b.person for b in story.bylines.all()] == [ada] and ferries in story.topics.all()


def test_labels_are_sections_that_are_here(section, make_section, editor):
    asia, opinion = make_section("Asia"), make_section("Opinion", tone="opinion")
    written = write_story(draft=Draft("a", "Head", labels=("News", "ASIA", "Opinion", "Moon")), section=section, by=editor)
    assert set(written.story.sections.all()) == {asia, opinion} and written.story.kind == "opinion"
    assert written.notes == ("no section is called “Moon”",)


def test_pictures_come_along_the_first_as_the_lead(section, editor):
    body = p("Head", "Title") + p(drawing("r1", "A ferry"), raw=True) + p(PROSE) + p(drawing("r2", ""), raw=True)
    relations = relation("r1", "image", "media/1.png") + relation("r2", "image", "media/2.png")
    content = docx(body, relations=relations, word__media__1_dot_png=png(), word__media__2_dot_png=png("red"))
    for _time in range(2):
        story = write_story(draft=read("a.docx", content), section=section, by=editor).story
        assert story.lead_image.alt == "A ferry" and story.lead_image.encoded and story.lead_image.uploaded_by_user == editor
        assert [b["type"] for b in story.body.raw_data] == ["text", "picture"]
        assert story.body.raw_data[1]["value"]["image"] in set(Image.objects.values_list("pk", flat=True))
    assert Image.objects.count() == 2


def test_a_picture_that_is_none_is_left_out_and_said(section, editor):
    draft = Draft("a", "Head", pictures=(Picture("1", "x.png", b"\x89PNG no"),))
    written = write_story(draft=draft, section=section, by=editor)
    assert "x.png" in written.notes[0] and not Image.objects.exists()


def test_the_command_makes_drafts_and_names_what_it_refused(tmp_path, section, capsys):
    good, bad = tmp_path / "ferry.txt", tmp_path / "old.doc"
    good.write_text(TEXT)
    bad.write_bytes(b"\xd0\xcf\x11\xe0")
    assert read_documents([str(bad), str(good), "--section", "news"]) == 2
    said = capsys.readouterr()
    story = Story.objects.get()
    assert f"/desk/pages/{story.pk}/edit/" in said.out
    assert said.err == "broadsheet: old.doc: is an old Word file (.doc). Open it in Word or LibreOffice and save it as .docx\n"
    assert read_documents([str(good), "--section", "news"]) == 0 and Story.objects.count() == 1


def test_json_prints_and_writes_nothing(tmp_path, section, capsys):
    file = tmp_path / "ferry.txt"
    file.write_text(TEXT)
    assert read_documents([str(file), str(file), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["headline"] for line in lines] == ["Ferry sails at last"] * 2
    assert lines[0] | {"body": []} == {
        "file": "ferry.txt", "headline": "Ferry sails at last", "standfirst": "", "byline": ["Ada Quill"], "dateline": "PORT ANN", "published": "2024-11-17", "updated": None,
        "labels": [], "lists": [], "topics": ["ferries", "harbour news"], "language": "", "pictures": [], "notes": [], "body": [], "proposals": [],
    }  # fmt: skip
    assert not Story.objects.exists() and not Person.objects.exists()


@pytest.mark.parametrize(("arguments", "said"), [
    (["--section", "moon"], "--section moon: is no section. Give one of: news, news/asia"), (["--by", "nobody", "--section", "news"], "--by nobody: is nobody who signs in here"),
    ([], "ferry.txt: names no section of this publication. Give one with --section: news, news/asia"),
])  # fmt: skip
def test_what_the_command_cannot_place_is_said_in_one_line(arguments, said, tmp_path, section, make_section, capsys):
    make_section("Asia", parent=section)
    file = tmp_path / "ferry.txt"
    file.write_text(TEXT)
    assert read_documents([str(file), *arguments]) == 2
    error = capsys.readouterr().err
    assert said in error and error.count("\n") == 1 and not Story.objects.exists()


@pytest.mark.parametrize("arguments", [["--section", "moon"], []])
def test_of_many_sections_it_says_how_many_it_does_not_name(arguments, tmp_path, section, make_section, capsys, monkeypatch):
    monkeypatch.setattr(commands, "MOST", 2)
    for name in ("Asia", "Europe", "Sport"):
        make_section(name, parent=section)
    file = tmp_path / "ferry.txt"
    file.write_text(TEXT)
    assert read_documents([str(file), *arguments]) == 2
    assert capsys.readouterr().err.endswith(": news, news/asia … and 2 more\n")


def test_without_a_section_the_documents_own_label_decides(tmp_path, section, make_section):
    asia = make_section("Asia", parent=section)
    file = tmp_path / "ferry.txt"
    file.write_text(TEXT.replace("By Ada", "Section: Asia\nBy Ada"))
    assert read_documents([str(file)]) == 0 and Story.objects.get().get_parent().pk == asia.pk
