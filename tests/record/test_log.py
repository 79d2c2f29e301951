"""The log: what is in it, in which order, signed by whom; that it can be made anew, and is never gone on with where it was another."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
import stat
import threading

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from django.utils import timezone

from broadsheet.ops import record as commands
from broadsheet.record import actions, keeping, log, signing, triggers
from broadsheet.record.actions import Version, blank, unsay
from broadsheet.record.keeping import keep_up
from broadsheet.record.models import Change, ChangeText, Leaf, Log, Node, SigningKey, Waiting
from broadsheet.record.proving import TILE, Wrong, open_note, read_checkpoint, read_key, unbundle
from broadsheet.record.signing import Refused
from broadsheet.record.verifying import Ends, head_of, verify
from broadsheet.stories.models import Galley, Story
from tests.record.test_entries import edit, holds

pytestmark = pytest.mark.django_db


def enter(count, *, story=1, says="It sailed."):
    """So many versions of stories that are nowhere else, ten of each."""
    for number in range(count):
        one = story + number // 10
        actions.append([Version(one, f"/{one}/", {"body": f"{says} {number}"})], {})


def folder():
    return log.place_of(log.current().number)


def fetch(path):
    place = folder() / path
    return place.read_bytes() if place.is_file() else None


def wrong(kept=None, read=fetch):
    """What whoever has only the public files finds."""
    try:
        head = head_of(read, signing.keys())
    except Wrong as found:
        return [str(found)]
    return [line for _count, lines in verify(read, head, Ends(), kept) for line in lines]


def head():
    return head_of(fetch, signing.keys())


def everything():
    return {str(one.relative_to(log.files())): one.read_bytes() for one in log.files().rglob("*") if one.is_file()}


def test_what_is_published_is_in_the_log(make_story):
    story = edit(make_story())
    assert Waiting.objects.count() == 2 and keep_up() == 2 and not Waiting.objects.exists()
    entries = [json.loads(one) for one in unbundle(fetch("tile/entries/000.p/2"))]
    assert [(one["story"], one["number"], one["kind"]) for one in entries] == [(story.pk, 1, "first"), (story.pk, 2, "update")]
    for data, change in zip(unbundle(fetch("tile/entries/000.p/2")), Change.objects.order_by("pk"), strict=True):
        assert hashlib.sha256(data).hexdigest() == change.digest
    assert (head().origin, head().size) == ("127.0.0.1:8000/record", 2) and wrong() == []
    assert keep_up() == 0


def test_a_log_without_entries_is_signed_too(db):
    keep_up()
    assert head().size == 0 and wrong() == []


def test_tiles_are_filled_and_what_was_begun_goes(db):
    enter(TILE - 1)
    keep_up()
    older = head()
    assert fetch("tile/0/000.p/255") and not fetch("tile/0/000")
    enter(300, story=100)
    assert keep_up() == 300 and head().size == TILE + 299
    assert len(fetch("tile/0/000")) == 32 * TILE and not (folder() / "tile/0/000.p").exists() and fetch("tile/1/000.p/2")
    assert fetch("tile/entries/000.gz") and fetch("tile/entries/002.p/43") and not fetch("tile/1/000.p/1")
    assert wrong() == [] and wrong(older) == [] and Node.objects.filter(level=1).count() == 2
    assert wrong(older._replace(root=bytes(32))) == ["one of the first 255 entries is another than when the checkpoint was kept"]


def test_the_files_can_be_made_anew_byte_for_byte(db, monkeypatch):
    for count in (3, 300, 20):
        enter(count, story=count * 100)
        keep_up()
    before = everything()
    shutil.rmtree(log.files())
    keep_up()
    after = everything()
    # Of a tile that was begun what it was at sizes before is left out; see `test_what_a_tile_was`.
    assert after == {name: content for name, content in before.items() if name in after}
    assert {name for name in before if name not in after} <= {
        "tile/0/001.p/47",
        "tile/entries/001.p/47",
        "tile/1/000.p/1",
    } and wrong() == []


def test_what_is_seen_later_stands_later(db):
    """On PostgreSQL an entry with a lower number may be committed after one with a higher one."""
    enter(3)
    late = Waiting.objects.order_by("pk").values_list("pk", flat=True)[0]
    Waiting.objects.filter(pk=late).delete()
    assert keep_up() == 2
    older = head()
    Waiting.objects.create(change_id=late)
    enter(1, story=50)
    assert keep_up() == 2
    assert list(Leaf.objects.order_by("place").values_list("change_id", flat=True))[2] == late
    # The story's entries are out of order, and that is told; a publish cannot bring it about, for each waits for the one before.
    assert all("does not follow" in line for line in wrong(older)) and wrong(older)


def patiently(verb):
    """The database of the tests is in memory, where SQLite does not wait for whoever writes."""
    while True:
        try:
            with transaction.atomic():
                return verb()
        except OperationalError as error:
            if "locked" not in str(error):
                raise


@pytest.mark.django_db(transaction=True)
def test_several_at_once_make_one_log(front):
    signing.ensure_key()
    errors, done = [], threading.Event()

    def keep():
        try:
            while not done.is_set():
                patiently(keep_up)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=keep) for _n in range(3)]
    for thread in threads:
        thread.start()
    for number in range(12):
        patiently(lambda number=number: enter(10, story=1 + number))
    done.set()
    for thread in threads:
        thread.join()
    keep_up()
    assert not errors and list(Leaf.objects.order_by("place").values_list("place", flat=True)) == list(range(120))
    assert wrong() == [] and head().size == 120


# Keys.


def test_the_key_is_private_and_stays(db):
    signing.ensure_key()
    place = signing.key_file(1)
    before = place.read_bytes()
    assert stat.S_IMODE(place.stat().st_mode) == 0o600 and stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    signing.ensure_key()
    keep_up()
    assert place.read_bytes() == before and SigningKey.objects.count() == 1
    assert not [one for one in log.files().rglob("*") if one.is_file() and before.strip() in one.read_bytes()]


def test_a_key_that_was_made_before_the_database_knew_of_it_is_that_key(db):
    signing.ensure_key()
    before = signing.key_file(1).read_bytes()
    with triggers.lifted():
        SigningKey.objects.all().delete()
    signing.ensure_key()
    assert signing.key_file(1).read_bytes() == before


@pytest.mark.parametrize("damage", ["gone", "garbage", "another"])
def test_without_the_key_nothing_is_signed_and_no_other_is_made(db, damage):
    enter(2)
    keep_up()
    before = everything()
    place = signing.key_file(1)
    if damage == "gone":
        place.unlink()
    else:
        place.write_text("garbage" if damage == "garbage" else "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
    enter(1, story=9)
    with pytest.raises(Refused, match="backup"):
        keep_up()
    assert everything() == before and place.exists() == (damage != "gone")


def test_a_key_is_followed_by_another(db, capsys):
    enter(2)
    keep_up()
    first = signing.keys()[0]
    assert commands.new_key([]) == 0
    first_again, second = signing.keys()
    assert first_again == first and capsys.readouterr().out.count("+") >= 4
    note = fetch("checkpoint")
    # For a while both sign: who knows only one of them is content.
    assert open_note(note, [first]) and open_note(note, [second]) and note.count("\u2014".encode()) == 2
    told = fetch("key-2")
    text = open_note(told, [first])
    assert signing.written(second.public, second.name) in text and open_note(told, [second])
    with pytest.raises(Wrong):
        read_checkpoint(text)
    listed = [read_key(line.split()[0]) for line in fetch("keys").decode().splitlines() if not line.startswith("#")]
    assert listed == [first, second] and wrong() == []
    with triggers.lifted():
        SigningKey.objects.filter(number=2).update(began=timezone.now() - signing.BOTH)
    keep_up()
    assert fetch("checkpoint").count("\u2014".encode()) == 1 and open_note(fetch("checkpoint"), [second])


def test_a_key_that_is_lost_signs_nothing_more(db, capsys):
    enter(2)
    keep_up()
    first = signing.keys()[0]
    signing.key_file(1).unlink()
    assert commands.new_key([]) == 1 and "backup" in capsys.readouterr().err
    assert commands.new_key(["--lost", "The disk broke."]) == 0
    assert "The disk broke." in fetch("keys").decode() and not (folder() / "key-2").exists()
    with pytest.raises(Wrong, match="none of the keys"):
        open_note(fetch("checkpoint"), [first])
    assert wrong() == []


# What must never be signed.


def go_back(to):
    """As an older state of the database would be."""
    with triggers.lifted():
        Leaf.objects.filter(place__gte=to).delete()
        Node.objects.filter(place__gte=to // TILE).delete()
        gone = Change.objects.exclude(pk__in=Leaf.objects.values("change"))
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM record_changetext WHERE change_id NOT IN (SELECT change_id FROM record_leaf)")
        gone.delete()


@pytest.mark.parametrize("after", [0, 3, 40])
def test_an_older_database_is_found_before_anything_is_signed(db, after, capsys):
    enter(20)
    keep_up()
    before = everything()
    go_back(10)
    enter(after, story=70, says="Something else.")
    with pytest.raises(Refused, match="new-log"):
        keep_up()
    assert everything() == before and wrong() == []
    # The store alone does not say it: what was signed is kept beside the key.
    shutil.rmtree(log.files())
    with pytest.raises(Refused):
        keep_up()


def test_another_entry_in_the_place_of_one_that_was_signed_is_found(db):
    enter(20)
    keep_up()
    with triggers.lifted():
        Change.objects.filter(pk=Change.objects.order_by("pk")[4].pk).update(kind="correction")
    enter(1, story=9)
    with pytest.raises(Refused, match="was changed"):
        keep_up()


def test_another_log_begins_openly(db):
    enter(20)
    keep_up()
    first = everything()
    go_back(10)
    enter(1, story=70)
    with pytest.raises(Refused, match="say for readers"):
        log.begin_again(reason=" ")
    assert commands.new_log(["A disk broke on Monday; ten entries of that day are lost."]) == 0
    assert Log.objects.count() == 2 and head().origin == "127.0.0.1:8000/record/2" and head().size == 11 and wrong() == []
    assert {name: content for name, content in everything().items() if not name.startswith("2/")} == first
    assert b"A disk broke on Monday" in fetch("follows") and open_note(fetch("follows"), signing.keys())
    # And going back behind that is found, too.
    with triggers.lifted():
        Leaf.objects.filter(log=2).delete()
        Log.objects.filter(number=2).delete()
    enter(1, story=71)
    with pytest.raises(Refused, match="log 2"):
        keep_up()


def test_another_address_is_another_name_of_the_same_log(db, settings):
    enter(5)
    keep_up()
    older = head()
    settings.WAGTAILADMIN_BASE_URL = "https://news.example"
    enter(1, story=9)
    keep_up()
    assert head().origin == "news.example/record" and wrong(older) == []


@pytest.mark.parametrize("table", ["record_leaf", "record_node", "record_signingkey", "record_log"])
def test_the_database_refuses_to_change_the_log(db, table):
    enter(TILE)
    keep_up()
    for statement in (
        f"DELETE FROM {table}",
        f"UPDATE {table} SET {'place' if table in ('record_leaf', 'record_node') else 'began'} = NULL",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    if connection.vendor == "sqlite":
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"REPLACE INTO {table} SELECT * FROM {table}")
    assert wrong() == []


# Broken off.


class Died(BaseException):
    """The process ended here."""


@pytest.mark.parametrize("kind", [Died, OSError])
def test_broken_off_at_any_file_it_is_a_log_and_goes_on(db, monkeypatch, kind):
    enter(250)
    keep_up()
    before = head()
    really, left = log.put_in_place, [0]

    def breaking(part, target):
        left[0] -= 1
        if not left[0]:
            raise kind("no space left on device")
        really(part, target)

    monkeypatch.setattr("broadsheet.record.log.put_in_place", breaking)
    monkeypatch.setattr("broadsheet.record.signing.put_in_place", breaking)
    tried, broken = 0, True
    enter(300, story=100)
    while broken:
        tried += 1
        left[0] = tried
        with transaction.atomic():
            try:
                keep_up()
                broken = False
            except kind:
                pass
        assert wrong(before) == [] and head().size in (250, 550)
        if (signed := signing.last_signed()) and head().size == 250 and not broken:
            assert signed
    assert tried > 8 and head().size == 550 and wrong(before) == []


def test_a_clock_that_goes_back_changes_no_order(db, monkeypatch):
    enter(2)
    keep_up()
    earlier = timezone.now().replace(year=2020)
    monkeypatch.setattr("broadsheet.record.actions.timezone.now", lambda: earlier)
    enter(1, story=9)
    keep_up()
    assert wrong() == [] and head().size == 3


# What whoever reads finds.


def test_blanked_entries_still_verify(make_story, editor, capsys):
    story = edit(make_story())
    keep_up()
    older = head()
    blank(story=story.pk, numbers=[1], reason="legal", by=editor)
    keep_up()
    assert wrong(older) == [] and commands.verify([]) == 0


def test_entries_whose_words_are_gone_still_verify(make_story, editor, capsys):
    story = edit(make_story(), change_kind="correction", change_note="Ada Holm sank it.")
    keep_up()
    older, files = head(), everything()
    unsay(story=story.pk, numbers=[2], reason="legal", by=editor)
    keep_up()
    assert wrong(older) == [] and commands.verify([]) == 0
    shutil.rmtree(log.files())
    keep_up()
    assert (
        wrong(older) == [] and files["tile/entries/000.p/2"] == everything()["tile/entries/000.p/3"][: len(files["tile/entries/000.p/2"])]
    )


def test_words_that_are_gone_or_forged_without_an_entry_are_found(make_story, editor, capsys):
    story = edit(make_story(), change_kind="correction", change_note="Ada Holm sank it.")
    keep_up()
    assert commands.verify([]) == 0
    Change.objects.filter(story=story.pk, number=2).update(wrong="", note="", salt="")
    assert f"what was said with entry 2 of story {story.pk} is another than was entered" in damaged(capsys)
    with triggers.lifted():
        Change.objects.filter(story=story.pk, number=2).update(note="It rose.")
    said = damaged(capsys)
    assert f"what was said with entry 2 of story {story.pk} is another" in said and "the database has other entries" in said


def test_withdrawn_stories_leave_digests_alone(make_story):
    story = edit(
        make_story("Ferry sails"),
        "<p>Nobody drowned.</p>",
        change_kind="correction",
        change_wrong="Ada Holm drowned.",
        change_note="She did not.",
    )
    story.unpublish()
    keep_up()
    said = b"".join(everything().values())
    assert not [word for word in (b"Ferry", b"drowned", b"Holm", b"did not", story.permalink.encode()) if word in said]
    assert wrong() == []


def damaged(capsys, *arguments):
    assert commands.verify(list(arguments)) == 1
    return capsys.readouterr().out


def test_labels_are_recorded_from_the_next_publish_on_and_never_looked_for_before(make_story, capsys):
    """Entries from before they were recorded stay what they are; what was entered with them is held to them."""
    from broadsheet.stories import recording

    labelled, plain = make_story("Labelled", paid_by="Salen Line", live=False), make_story("Plain")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Story, "LABELS", ())
        labelled.get_latest_revision().publish()
    assert "labels" not in recording.last_text(labelled.pk) and "labels" not in recording.last_text(plain.pk)
    keep_up()
    assert commands.verify([]) == 0
    address = edit(labelled, "<p>It sailed at one.</p>", change_kind="update").permalink
    assert recording.last_text(labelled.pk)["labels"] == {"paid_by": "Salen Line"} and holds(labelled.pk)
    keep_up()
    assert commands.verify([]) == 0
    Story.objects.filter(pk=labelled.pk).update(paid_by="")
    assert f"story {labelled.pk} ({address}) is not what its last entry says: labels" in damaged(capsys)
    Story.objects.filter(pk=labelled.pk).update(paid_by="Another Line")
    assert f"story {labelled.pk} ({address}) is not what its last entry says: labels" in damaged(capsys)


def test_a_story_edited_behind_the_records_back_is_found(make_story, capsys):
    stories = [make_story(f"Ferry {n}") for n in range(4)]
    keep_up()
    assert commands.verify([]) == 0 and "0 things wrong" in capsys.readouterr().out
    with connection.cursor() as cursor:
        cursor.execute("UPDATE stories_galley SET body_html = '<p>It sank.</p>' WHERE page_id = %s", [stories[1].pk])
        cursor.execute("UPDATE wagtailcore_page SET title = 'Ferry sinks' WHERE id = %s", [stories[2].pk])
        cursor.execute("DELETE FROM stories_listing WHERE story_id = %s", [stories[3].pk])
        cursor.execute("UPDATE wagtailcore_page SET live = %s WHERE id = %s", [False, stories[3].pk])
    found = damaged(capsys)
    assert f"story {stories[1].pk} ({stories[1].permalink}) is not what its last entry says: body" in found
    assert f"story {stories[2].pk} ({stories[2].permalink}) is not what its last entry says: headline" in found
    assert f"story {stories[3].pk} is public by the record, and is not there" in found and f"story {stories[0].pk} " not in found


def test_a_text_that_readers_do_not_get_yet_is_found(make_story, capsys):
    stories = [
        make_story(f"Ferry {n}", body=[("text", "<p>It sailed at <b>noon</b>.</p>"), ("heading", {"text": "Then"})]) for n in range(3)
    ]
    stories[2].body = [("text", "<p>A draft.</p>")]
    stories[2].save_revision()
    keep_up()
    with connection.cursor() as cursor:
        kept = '[{"type": "text", "value": "<p>It sank.</p>", "id": "1"}]'
        cursor.execute("UPDATE stories_story SET body = %s WHERE page_ptr_id = %s", [kept, stories[1].pk])
    found = damaged(capsys)
    assert f"story {stories[1].pk} ({stories[1].permalink}) is kept with another text" in found and found.count("is kept with") == 1


@pytest.mark.parametrize("logged", [False, True])
def test_what_is_published_while_the_record_is_verified_is_no_false_alarm(make_story, capsys, monkeypatch, tmp_path, logged):
    edited, removed, forged = (make_story(f"Ferry {n}") for n in range(3))
    keep_up()
    really = commands.recorded.verify_stories

    def publish_first(ends):
        edit(edited)
        removed.unpublish()
        make_story("Train leaves")
        if logged:
            keep_up()
        return really(ends)

    monkeypatch.setattr(commands.recorded, "verify_stories", publish_first)
    kept, before = tmp_path / "kept", fetch("checkpoint")
    assert commands.verify(["--checkpoint", str(kept)]) == 0, capsys.readouterr().out
    assert kept.read_bytes() == before
    monkeypatch.undo()
    # An entry that is not in the log, and does not wait for it, excuses nothing.
    keep_up()
    edit(forged)
    Waiting.objects.all().delete()
    assert f"story {forged.pk} ({forged.permalink}) is not what its last entry says: body" in damaged(capsys)


def test_a_headline_on_cards_that_was_edited_is_found(make_story, capsys):
    story = make_story("Ferry sails", standfirst="On time.")
    keep_up()
    galley = Galley.objects.get(pk=story.pk)
    assert commands.verify([]) == 0
    for field in ("headline", "standfirst"):
        Galley.objects.filter(pk=story.pk).update(card={**galley.card, field: "Ferry sinks"})
        assert "has another headline or standfirst on its cards" in damaged(capsys)


def test_a_text_that_is_gone_without_an_entry_is_found(make_story, editor, capsys):
    story, other = edit(make_story("Ferry sails")), edit(make_story("Train leaves"))
    blank(story=story.pk, numbers=[1], reason="legal", by=editor)
    keep_up()
    assert commands.verify([]) == 0
    ChangeText.objects.filter(change__story=other.pk, change__number=1).update(text="", salt="")
    assert f"the text of entry 1 of story {other.pk} is gone, and no entry says so" in damaged(capsys)
    with triggers.lifted():
        ChangeText.objects.filter(change__story=other.pk, change__number=1).delete()
    assert f"the text of entry 1 of story {other.pk} is gone" in damaged(capsys)


def test_an_entry_that_is_kept_out_of_the_log_is_found(make_story, editor, capsys, monkeypatch):
    story = edit(make_story("Ferry sails"))
    keep_up()
    actions.classify(story=story.pk, number=2, said=actions.Said("correction", "It was 210.", "It said 120."), by=editor)
    Waiting.objects.all().delete()
    keep_up()
    with monkeypatch.context() as later:
        later.setattr(keeping, "lately", lambda: (timezone.now(),) * 2)
        assert "1 entries of the database are not in the log" in damaged(capsys)
    # Nor does it wait for a day to come.
    with triggers.lifted():
        Change.objects.filter(story=story.pk, number=3).update(moment=timezone.now() + dt.timedelta(days=9))
    assert "1 entries of the database are not in the log" in damaged(capsys)


def test_a_stored_page_that_was_edited_is_found(make_story, capsys):
    from broadsheet.delivery import purging
    from broadsheet.delivery.rendering import render

    story = make_story("Ferry sails", dateline="Halden", standfirst="On time.")
    keep_up()
    assert render(story.permalink) and commands.verify([]) == 0
    place = purging.shelf().store.stem(story.permalink) + "@.html"
    with open(place, "r+b") as file:
        held = file.read().replace(b"at noon", b"at dusk")
        file.seek(0)
        file.write(held)
    assert "where the record says" in damaged(capsys)


def test_an_entry_changed_in_the_database_is_found_though_the_files_are_right(make_story, capsys):
    edit(make_story())
    keep_up()
    with triggers.lifted():
        Change.objects.filter(number=2).update(kind="minor")
    assert "the database has other entries" in damaged(capsys)


def test_a_text_changed_in_the_database_is_found(make_story, capsys):
    story = edit(make_story())
    keep_up()
    with triggers.lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE record_changetext SET text = '{}' WHERE change_id = (SELECT MIN(change_id) FROM record_changetext)")
    assert f"the text of entry 1 of story {story.pk} is another" in damaged(capsys)


def test_a_story_that_was_made_public_without_an_entry_is_found(make_story, capsys):
    make_story()
    draft = make_story(live=False)
    keep_up()
    Story.objects.filter(pk=draft.pk).update(live=True, published=timezone.now(), permalink="/news/secret/")
    assert "is public, and the log has no entry of it" in damaged(capsys)


def test_verify_takes_a_checkpoint_that_was_kept(db, tmp_path, capsys):
    enter(5)
    keep_up()
    kept = tmp_path / "kept"
    assert commands.verify(["--checkpoint", str(kept), str(folder())]) == 0 and kept.read_bytes() == fetch("checkpoint")
    enter(5, story=9)
    keep_up()
    assert commands.verify(["--checkpoint", str(kept), str(folder())]) == 0 and kept.read_bytes() == fetch("checkpoint")
    shutil.rmtree(log.files())
    (signing.folder() / "signed").unlink()
    go_back(3)
    enter(9, story=30)
    # Whoever has the key and takes away what was signed deceives this machine, and nobody who kept a checkpoint.
    keep_up()
    assert wrong() == [] and "another than when the checkpoint was kept" in damaged(capsys, "--checkpoint", str(kept), str(folder()))
    assert commands.verify([str(tmp_path / "nothing")]) == 1


def test_what_cannot_be_done_is_said_once_and_tried_again(db, monkeypatch, caplog):
    calls = []

    def failing():
        calls.append(1)
        if len(calls) > 3:
            stopped.set()
        raise Refused("the key is missing")

    stopped = threading.Event()
    monkeypatch.setattr(keeping, "keep_up", failing)
    monkeypatch.setattr(keeping, "PAUSE", 0.001)
    keeping.Keeper(stopped).run()
    assert len(calls) == 4 and [one.getMessage() for one in caplog.records] == [
        "the log of the record is not gone on with: the key is missing"
    ]
