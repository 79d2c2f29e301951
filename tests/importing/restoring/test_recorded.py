"""The record comes along: what was said, when, and why something is gone, in chains that are whole and texts that are what readers get."""

from __future__ import annotations

import json
import os
from collections import defaultdict

import pytest
from django.utils.crypto import get_random_string

from broadsheet.importing.export import jsonlines
from broadsheet.importing.export.archive import Archive
from broadsheet.importing.export.commands import one_moment
from broadsheet.importing.records import ImportRefused
from broadsheet.importing.restoring import load
from broadsheet.importing.restoring.folder import Folder
from broadsheet.record import log
from broadsheet.record.digests import entry_digest, said_digest, text_digest
from broadsheet.record.history import removal_at, versions
from broadsheet.record.keeping import keep_up
from broadsheet.record.models import Change, Log
from broadsheet.stories.models import Story
from broadsheet.stories.recording import as_published
from tests.importing.restoring.test_restoring import paper, picture, rewritten, taken_out, written  # noqa: F401
from tests.record.test_log import wrong

pytestmark = pytest.mark.django_db
ADDRESS = "https://tern.example"


def said(folder):
    """(moment, kind, what was said, chosen, headline) of the entries of an export, in their order."""
    entries = [json.loads(line) for line in (folder / "record.jsonl").read_text().splitlines()]
    return [(one["moment"], one["kind"], one["wrong"], one["note"], one["chosen"], (one["text"] or {}).get("headline")) for one in entries]


def own(folder, before):
    """The entries of the last export that are not of stories from before this test."""
    return said(folder)[before:]


def test_chains_are_whole_and_texts_are_what_readers_get(taken_out, tmp_path):  # noqa: F811
    before = Change.objects.count()
    here = load.restore(Folder(taken_out))
    assert here["record"] == len(said(taken_out)) > 15
    chains = defaultdict(list)
    for one in Change.objects.order_by("story", "number").select_related("held"):
        chains[one.story].append(one)
    for story, chain in chains.items():
        assert [one.number for one in chain] == list(range(1, len(chain) + 1))
        previous = ""
        for one in chain:
            assert one.previous == previous
            assert one.said == said_digest(one.salt, wrong=one.wrong, note=one.note) or not one.salt
            told = one.said
            previous = one.digest
            assert previous == entry_digest(
                story=story, number=one.number, moment=one.moment, kind=one.kind, about=one.about, said=told, chosen=one.chosen,
                text=one.text_digest, previous=one.previous,
            )  # fmt: skip
            if hasattr(one, "held") and one.held.salt:
                assert text_digest(one.held.salt, one.held.text) == one.text_digest
    for version in as_published(list(Story.objects.filter(live=True))):
        last = [one for one in chains[version.story] if one.about is None][-1]
        assert json.loads(last.held.text) == version.text
    jsonlines.write(tmp_path / "again", Archive(), base=ADDRESS)
    assert own(tmp_path / "again", before) == said(taken_out), "nothing but what was there, and all of it"
    keep_up()
    assert wrong() == []


def test_a_story_that_was_deleted_still_has_its_reason(taken_out):  # noqa: F811
    gone = next(json.loads(line)["from"] for line in (taken_out / "redirects.jsonl").read_text().splitlines() if not json.loads(line)["to"])
    load.restore(Folder(taken_out))
    assert removal_at(gone).story >= 2**52, "no page will ever have that number"
    withdrawn = Story.objects.get(title="Removed")
    assert removal_at(withdrawn.permalink).reason == "A court said so."
    page = Change.objects.filter(kind="removal", note="legal", about=1).get()
    assert page.story == Story.objects.get(title="Taken away again").pk
    version = versions(page.story)[-1]
    assert (version.kind, version.note, version.taken_out) == ("clarification", "Removed · Reason: A court’s order.", False)


def test_in_the_place_it_came_from_another_log_is_begun(taken_out):  # noqa: F811
    head = json.loads((taken_out / "site.json").read_text())
    assert head["log"]["origin"] == log.signing.name() and head["log"]["number"] == 1
    load.restore(Folder(taken_out))
    load.restore(Folder(taken_out))
    last = Log.objects.get(number=2)
    assert ADDRESS in last.reason and log.current() == last


def test_elsewhere_the_log_is_the_first(taken_out):  # noqa: F811
    head = json.loads((taken_out / "site.json").read_text())
    head["log"]["origin"] = "tern.example/record"
    (taken_out / "site.json").write_text(json.dumps(head))
    load.restore(Folder(taken_out))
    assert log.current().number == 1


def test_an_export_of_before_has_none(taken_out):  # noqa: F811
    (taken_out / "record.jsonl").unlink()
    head = json.loads((taken_out / "site.json").read_text())
    del head["counts"]["record"], head["log"]
    (taken_out / "site.json").write_text(json.dumps(head))
    load.restore(Folder(taken_out))
    ours = {story.pk for story in Story.objects.filter(live=True)}
    assert set(Change.objects.filter(story__in=ours).values_list("kind", flat=True)) == {"imported"}


HOSTILE = {
    "moment": None, "kind": "praise", "number": 0, "story": "1", "chosen": "yes", "salt": "g" * 32, "digest": "ab", "said": "ab", "wrong": 7,
    "text": {"sections": "all"}, "about": "two",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_no_record_says_is_refused_before_anything_is_written(name, taken_out):  # noqa: F811
    rewritten(taken_out, "record", lambda record: record.update({name: HOSTILE[name]}))
    with pytest.raises(ImportRefused, match=r"record\.jsonl"):
        load.restore(Folder(taken_out))
    assert not Story.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"body": 7},
        {"byline": ["Ada"]},
        {"links": [3]},
        {"lead_picture": "x"},
        {"more": 2**70},
        {"more": 1e400},
        {"more": 0.5},
        {"headline": "a\x00"},
        {"body": "\ud800"},
        {"more": [[[[[[[[]]]]]]]]},
        {"m\xf6re": 1},
    ],
)
def test_a_text_of_another_shape_is_refused(change, taken_out):  # noqa: F811
    rewritten(taken_out, "record", lambda record: record["text"] and record["text"].update(change))
    with pytest.raises(ImportRefused, match=r"record\.jsonl"):
        load.restore(Folder(taken_out))
    assert not Story.objects.exists()


def test_an_entry_that_is_missing_is_said(taken_out):  # noqa: F811
    entries = (taken_out / "record.jsonl").read_text().splitlines()
    stories = [json.loads(line)["story"] for line in entries]
    place = next(place for place, story in enumerate(stories) if stories.count(story) > 1)
    head = json.loads((taken_out / "site.json").read_text())
    head["counts"]["record"] -= 1
    (taken_out / "site.json").write_text(json.dumps(head))
    del entries[place]
    (taken_out / "record.jsonl").write_text("\n".join(entries) + os.linesep)
    with pytest.raises(ImportRefused, match="comes after entry 0"):
        load.restore(Folder(taken_out))


def test_words_stay_words(taken_out, client):  # noqa: F811
    mark = get_random_string(8, "abc")
    hostile = f"<script>{mark}</script>"
    rewritten(taken_out, "record", lambda record: record.update(wrong=hostile, note=hostile) if record["kind"] == "correction" else None)
    load.restore(Folder(taken_out))
    corrected = Story.objects.get(title="Second & last")
    for address in ("/corrections/", "/corrections/feed/", corrected.permalink, f"{corrected.permalink}changes/"):
        page = client.get(address).content.decode()
        assert mark in page and hostile not in page


# In no transaction of the test's: PostgreSQL lets only a transaction that has done nothing yet be one of a single moment.
def test_an_export_writes_nothing_even_where_there_is_no_log_yet(transactional_db, make_story, tmp_path):
    make_story()
    assert not Log.objects.exists()
    with one_moment():
        jsonlines.write(tmp_path / "out", Archive(), base=ADDRESS)
    assert json.loads((tmp_path / "out/site.json").read_text())["log"] == {"origin": log.signing.name(), "number": 1, "entries": 0}
    assert not Log.objects.exists()


@pytest.mark.parametrize("change", [
    {"byline": None}, {"byline": [{"name": "Ada"}]}, {"headline": None}, {"body": 7}, {"links": None}, {"pictures": {}}, {"sections": None},
    {"published": "soon"}, {"lead_picture": []}, {"lead_picture": {"id": "picture-1"}}, {"labels": []}, {"labels": {"funding": None}},
])  # fmt: skip
def test_a_text_that_no_page_of_changes_could_show_is_refused_before_anything_is_written(taken_out, change):  # noqa: F811
    rewritten(taken_out, "record", lambda record: record["text"] and record["text"].update(change))
    with pytest.raises(ImportRefused, match=next(iter(change)) + "|funding|alt|role"):
        load.restore(Folder(taken_out))
    assert not Story.objects.exists()
