"""Every publish leaves one entry; nobody and nothing changes one."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from importlib import import_module

import pytest
import rfc8785
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, migrations, models, transaction
from django.db.migrations.state import ProjectState
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page

from broadsheet.importing.bulk import Fresh, write
from broadsheet.ops.record import enter
from broadsheet.people.models import Person
from broadsheet.record import actions, triggers
from broadsheet.record.actions import CannotSay, Said, blank, classify, unsay
from broadsheet.record.digests import canonical, entry, entry_digest, new_salt, said_digest, text_digest
from broadsheet.record.history import versions
from broadsheet.record.models import Change, ChangeText, Kind, Waiting
from broadsheet.stories.models import Listing, Story
from broadsheet.stories.projections import project, project_where
from broadsheet.stories.receivers import typeset_pages, typeset_what_was_merged
from broadsheet.stories.recording import as_published, without_record

pytestmark = pytest.mark.django_db


def kinds(story):
    return list(Change.objects.filter(story=getattr(story, "pk", story)).order_by("number").values_list("kind", flat=True))


def edit(story, body="<p>It sailed at one.</p>", **said):
    later(story, body, **said).publish()
    return Story.objects.get(pk=story.pk)


def later(story, body, **said):
    """A draft that is only saved."""
    draft = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    draft.body = [("text", body)]
    for name, value in said.items():
        setattr(draft, name, value)
    return draft.save_revision()


@pytest.mark.parametrize("own", ["", "At six, and not at five."])
def test_what_a_scheduled_publish_says_is_not_said_again_by_the_draft_after_it(make_story, own):
    story = make_story("Ferry sails")
    scheduled = later(story, "<p>It sailed at five.</p>", change_kind="correction", change_wrong="Not at noon.", change_note="At five.")
    later(story, "<p>It sailed at six.</p>", **({"change_note": own} if own else {}))
    scheduled.as_object().save_revision(approved_go_live_at=timezone.now() - dt.timedelta(seconds=1))
    later(story, "<p>It sailed at six.</p>", **({"change_note": own} if own else {}))
    call_command("publish_scheduled")
    Story.objects.get(pk=story.pk).get_latest_revision().publish()
    entries = list(Change.objects.filter(story=story.pk).order_by("number").values_list("kind", "note"))
    assert entries == [("first", ""), ("correction", "At five."), ("correction", own) if own else ("update", "")]


def holds(story):
    """Whether all digests of a story's record are what they should be."""
    before = ""
    for one in Change.objects.filter(story=story).order_by("number").select_related("held"):
        held = getattr(one, "held", None)
        if held is not None and held.salt:
            assert text_digest(held.salt, held.text) == one.text_digest
            assert rfc8785.dumps(json.loads(held.text)).decode() == held.text
        told = {"story": one.story, "number": one.number, "moment": one.moment, "kind": one.kind, "about": one.about, "chosen": one.chosen}
        assert one.said == said_digest(one.salt, wrong=one.wrong, note=one.note) or not one.salt
        made = entry_digest(**told, said=one.said, text=one.text_digest, previous=one.previous)
        assert bool(one.salt) == bool(one.wrong or one.note)
        assert (made, one.previous) == (one.digest, before)
        before = one.digest
    return True


def test_a_story_is_entered_when_it_is_published_and_when_it_changes(make_story, section):
    draft = make_story(live=False)
    assert kinds(draft) == []
    story = make_story("Ferry sails", people=[Person.objects.create(name="Ada Holm", slug="ada")])
    assert kinds(story) == ["first"] and story.updated is None
    text = json.loads(ChangeText.objects.get(change__story=story.pk).text)
    assert (text["headline"], text["body"], text["structure"], text["byline"]) == (
        "Ferry sails", "It sailed at noon.", "p", [{"name": "Ada Holm", "role": ""}],
    )  # fmt: skip
    assert text["sections"] == [section.pk] and text["address"] == story.permalink and text["lead_picture"] is None
    edit(story)
    last = Change.objects.get(story=story.pk, number=2)
    assert (last.kind, last.chosen) == ("update", False) and Story.objects.get(pk=story.pk).updated is None
    assert holds(story.pk)


def test_a_publish_that_changes_nothing_public_appends_nothing_but_what_an_editor_insists_on(make_story):
    story = make_story()
    Story.objects.get(pk=story.pk).save_revision().publish()
    edit(story, "<p>It sailed at noon.</p>", change_kind="minor", change_note="Nothing.")
    assert kinds(story) == ["first"]
    said = edit(story, "<p>It sailed at noon.</p>", change_kind="correction", change_wrong="One.", change_note="Noon.")
    last = Change.objects.get(story=story.pk, number=2)
    assert (last.kind, last.wrong, last.note, last.chosen) == ("correction", "One.", "Noon.", True) and said.updated


def test_what_is_said_of_a_change_is_said_once(make_story):
    story = edit(make_story(), change_kind="correction", change_note="It was at one.")
    assert (story.change_kind, story.change_note) == ("", "")
    assert story.get_latest_revision_as_object().change_kind == ""
    edit(story, "<p>It sailed at two.</p>")
    story.revisions.order_by("pk")[1].publish()
    assert kinds(story) == ["first", "correction", "update", "update"]


def test_only_substantive_changes_are_updates_for_readers(make_story):
    story = edit(make_story(), change_kind="minor")
    assert kinds(story) == ["first", "minor"] and story.updated is None
    assert edit(story, "<p>It sailed at two.</p>", change_kind="clarification", change_note="Two.").updated


def test_what_is_taken_down_or_deleted_leaves_a_stub(make_story):
    story, other = make_story(), make_story()
    story.unpublish()
    assert kinds(story) == ["first", "removal"]
    project([Story.objects.get(pk=story.pk)])
    assert kinds(story) == ["first", "removal"]
    Story.objects.get(pk=story.pk).get_latest_revision().publish()
    assert kinds(story) == ["first", "removal", "update"]
    pk = other.pk
    Story.objects.get(pk=pk).delete()
    assert kinds(pk) == ["first", "removal"] and holds(pk) and holds(story.pk)


def test_several_that_are_taken_down_at_once_or_run_out_leave_stubs_and_no_list_has_them(make_story, editor_client):
    stories = [make_story("Ferry sails") for _n in range(3)]
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    asked = urlencode({"id": [story.pk for story in stories[:2]], "next": "/desk/"}, doseq=True)
    assert editor_client.post(f"{url}?{asked}", {"include_descendants": "on"}).status_code == 302
    Page.objects.filter(pk=stories[2].pk).update(expire_at=timezone.now())
    call_command("publish_scheduled")
    for story in stories:
        assert not Story.objects.get(pk=story.pk).live and kinds(story) == ["first", "removal"]
        answer = editor_client.get(f"{story.permalink}changes/")
        assert answer.status_code == 410 and "Ferry sails" not in answer.content.decode()
    assert not Listing.objects.filter(story__in=[story.pk for story in stories]).exists()


def test_a_draft_that_is_deleted_leaves_nothing(make_story):
    draft = make_story(live=False)
    Story.objects.get(pk=draft.pk).delete()
    assert not Change.objects.exists()


def test_imports_are_entered_with_the_sources_dates(section, django_assert_num_queries):
    now = timezone.now()
    before = now.replace(year=2014)
    made = [
        Story(
            title=f"Ferry {n}", draft_title=f"Ferry {n}", slug=f"ferry-{n}", live=True, body=[("text", "<p>It sailed.</p>")],
            permalink=f"/news/ferry-{n}/", published=before, first_published_at=before, last_published_at=now,
        )
        for n in range(3)
    ]  # fmt: skip
    write([Fresh(story, section.pk) for story in made])
    assert [kinds(story) for story in made] == [["imported"]] * 3
    text = json.loads(ChangeText.objects.get(change__story=made[0].pk).text)
    assert text["published"].startswith("2014-") and Change.objects.filter(moment__gte=now).count() == 3


def test_what_was_public_before_is_entered_by_a_command_that_can_be_broken_off(make_story, monkeypatch, capsys):
    with triggers.lifted():
        made = [make_story() for _n in range(5)]
        ChangeText.objects.all().delete()
        Change.objects.all().delete()
    make_story(live=False)
    monkeypatch.setattr("broadsheet.stories.recording.AT_ONCE", 2)
    monkeypatch.setattr("broadsheet.ops.record.recording.enter_the_next", _twice(monkeypatch))
    with pytest.raises(KeyboardInterrupt):
        enter([])
    assert Change.objects.count() == 2
    monkeypatch.undo()
    assert enter([]) == 0 and "3 stories" in capsys.readouterr().out
    assert all(kinds(story) == ["imported"] for story in made) and not without_record().exists()
    assert enter([]) == 0 and Change.objects.count() == 5


def _twice(monkeypatch):
    from broadsheet.stories import recording

    really, called = recording.enter_the_next, []

    def once(**kwargs):
        if called:
            raise KeyboardInterrupt
        called.append(1)
        return really(**kwargs)

    return once


def test_a_change_elsewhere_is_minor(make_story):
    person = Person.objects.create(name="Ada Holm", slug="ada")
    story = make_story(people=[person])
    Person.objects.filter(pk=person.pk).update(name="Ada Holme")
    project([Story.objects.get(pk=story.pk)])
    last = Change.objects.get(story=story.pk, number=2)
    assert (last.kind, last.chosen) == ("minor", True)


@pytest.mark.parametrize("typeset", [
    lambda story: typeset_pages({"pages": [story.pk]}),
    lambda story: typeset_what_was_merged({"word": "person", "pk": story.bylines.get().person_id, "after": 0}),
    lambda story: project_where(pk=story.pk),
])  # fmt: skip
def test_what_is_published_while_the_worker_waits_to_typeset_it_stays(make_story, typeset):
    story = make_story(people=[Person.objects.create(name="Ada Holm", slug="ada")])
    waits, others = "SAVEPOINT" if connection.vendor == "sqlite" else "delivery_stamp", [story]

    def publish_first(execute, sql, *rest):
        if waits in sql and others:
            edit(others.pop())
        return execute(sql, *rest)

    with connection.execute_wrapper(publish_first):
        typeset(Story.objects.get(pk=story.pk))
    assert not others and Story.objects.get(pk=story.pk).galley.body_text == "It sailed at one." and kinds(story) == ["first", "update"]


def test_the_kind_said_later_is_an_entry_of_its_own(make_story, editor):
    story = edit(make_story())
    with pytest.raises(CannotSay):
        classify(story=story.pk, number=1, said=Said(Kind.CORRECTION, "It was one."), by=editor)
    with pytest.raises(CannotSay):
        classify(story=story.pk, number=2, said=Said(Kind.CORRECTION), by=editor)
    classify(story=story.pk, number=2, said=Said(Kind.CORRECTION, "It was one.", "Noon."), by=editor)
    last = Change.objects.get(story=story.pk, number=3)
    assert (last.kind, last.about, last.text_digest) == ("correction", 2, Change.objects.get(story=story.pk, number=2).text_digest)
    project([Story.objects.get(pk=story.pk)])
    assert kinds(story) == ["first", "update", "correction"] and holds(story.pk)


def test_a_text_that_has_to_go_leaves_its_digest_and_a_reason(make_story, editor):
    story = edit(make_story())
    digest = Change.objects.get(story=story.pk, number=1).text_digest
    with pytest.raises(CannotSay):
        blank(story=story.pk, numbers=[1], reason=" ", by=editor)
    assert blank(story=story.pk, numbers=[1], reason="legal", by=editor) == 1
    held = ChangeText.objects.get(change__story=story.pk, change__number=1)
    assert (held.text, held.salt, held.address) == ("", "", story.permalink)
    last = Change.objects.get(story=story.pk, number=3)
    assert (last.kind, last.about, last.note, last.text_digest) == ("removal", 1, "legal", digest)
    assert blank(story=story.pk, numbers=[1], reason="legal", by=editor) == 0 and holds(story.pk)


def test_words_that_have_to_go_leave_their_digest_and_a_reason(make_story, editor):
    story = edit(make_story(), change_kind="correction", change_wrong="Ada Holm sank it.", change_note="Bo did.")
    before = Change.objects.get(story=story.pk, number=2)
    with pytest.raises(CannotSay):
        unsay(story=story.pk, numbers=[2], reason=" ", by=editor)
    assert unsay(story=story.pk, numbers=[1, 2], reason="legal", by=editor) == 1
    after = Change.objects.get(story=story.pk, number=2)
    assert (after.wrong, after.note, after.salt) == ("", "", "")
    assert (after.said, after.digest, after.kind) == (before.said, before.digest, "correction") and before.said
    last = Change.objects.get(story=story.pk, number=3)
    assert (last.kind, last.about, last.note, last.text_digest) == ("removal", 2, "legal", before.said)
    assert unsay(story=story.pk, numbers=[2], reason="legal", by=editor) == 0 and holds(story.pk)
    assert ChangeText.objects.filter(change__story=story.pk).exclude(salt="").count() == 2


def test_a_story_tells_its_words_that_were_taken_out_from_its_texts(make_story, editor):
    story = edit(make_story(), change_kind="correction", change_wrong="Ada Holm sank it.", change_note="Bo did.")
    classify(story=story.pk, number=2, said=Said(Kind.CORRECTION, "Bo Berg did.", "Ada sank it."), by=editor)
    one = versions(story.pk)[1]
    assert one.worded == [2, 3]
    unsay(story=story.pk, numbers=one.worded, reason="A court’s order.", by=editor)
    one = versions(story.pk)[1]
    assert (one.kind, one.wrong, one.note, one.taken_out) == ("correction", "", "Removed · Reason: A court’s order.", False)
    # The reasons named somebody, too.
    assert one.worded == [4, 5]
    unsay(story=story.pk, numbers=one.worded, reason="legal", by=editor)
    assert versions(story.pk)[1].note == "Removed · Reason: legal"
    classify(story=story.pk, number=2, said=Said(Kind.CORRECTION, "Somebody else did.", "It sank."), by=editor)
    blank(story=story.pk, numbers=[2], reason="Mayor Holm asked.", by=editor)
    one = versions(story.pk)[1]
    assert (one.wrong, one.note, one.taken_out, one.reason) == ("It sank.", "Somebody else did.", True, "Mayor Holm asked.")
    unsay(story=story.pk, numbers=[9], reason="legal", by=editor)
    one = versions(story.pk)[1]
    assert (one.note, one.taken_out, one.reason) == ("Somebody else did.", True, "legal") and holds(story.pk)


def test_the_reason_of_a_removal_is_taken_out_for_another(make_story, editor):
    story = make_story()
    story.unpublish()
    actions.explain(story=story.pk, reason="Ada Holm sued.", by=editor)
    unsay(story=story.pk, numbers=versions(story.pk)[-1].worded, reason="legal", by=editor)
    last = versions(story.pk)[-1]
    assert (last.kind, last.note) == ("removal", "legal") and holds(story.pk)
    actions.explain(story=story.pk, reason="A court’s order.", by=editor)
    assert versions(story.pk)[-1].note == "A court’s order."


REFUSED = [
    "UPDATE record_change SET note = 'nothing'",
    "UPDATE record_change SET kind = 'minor' WHERE number = 1",
    "UPDATE record_change SET note = '' WHERE note <> ''",
    "UPDATE record_change SET wrong = '', note = ''",
    "UPDATE record_change SET salt = ''",
    "UPDATE record_change SET said = ''",
    "UPDATE record_change SET note = NULL, wrong = '', salt = ''",
    "UPDATE record_change SET wrong = '', note = '', salt = '', said = ''",
    "UPDATE record_change SET wrong = '', note = '', salt = '', kind = 'minor'",
    "UPDATE record_change SET wrong = '', note = '', salt = '', about = 1",
    "UPDATE record_change SET wrong = '', note = '', salt = '', id = id + 100",
    "UPDATE record_change SET wrong = '', note = 'forged', salt = ''",
    "DELETE FROM record_change",
    "UPDATE record_changetext SET text = 'forged'",
    "UPDATE record_changetext SET address = '/elsewhere/', text = '', salt = ''",
    "UPDATE record_changetext SET text = ''",
    "DELETE FROM record_changetext",
]
COLUMNS = "id, story, number, moment, kind, about, wrong, note, salt, said, chosen, text_digest, previous, digest"
OF_SQLITE = [
    f"REPLACE INTO record_change ({COLUMNS}) SELECT id, story, number, moment, 'minor', about, wrong, 'forged', salt, said, chosen, text_digest, previous, digest"
    " FROM record_change",
    f"REPLACE INTO record_change ({COLUMNS}) SELECT id + 100, story, number, moment, 'minor', about, wrong, 'forged', salt, said, chosen, text_digest, previous, digest"
    " FROM record_change",
    "UPDATE OR REPLACE record_change SET number = number + 1",
    "UPDATE OR REPLACE record_change SET note = NULL, wrong = '', salt = ''",
    "UPDATE OR IGNORE record_change SET note = 'forged'",
    "REPLACE INTO record_changetext (change_id, address, text, salt) SELECT change_id, address, 'forged', salt FROM record_changetext",
    f"INSERT INTO record_change ({COLUMNS}) SELECT {COLUMNS} FROM record_change WHERE 1 ON CONFLICT (id) DO UPDATE SET note = 'forged'",
]
OF_POSTGRESQL = [
    "TRUNCATE record_change CASCADE",
    "TRUNCATE record_changetext",
    f"INSERT INTO record_change ({COLUMNS}) SELECT {COLUMNS} FROM record_change ON CONFLICT (id) DO UPDATE SET note = 'forged'",
]


@pytest.mark.parametrize("statement", [*REFUSED, *OF_SQLITE, *OF_POSTGRESQL])
def test_the_database_refuses_to_change_an_entry(make_story, statement):
    if statement in (OF_POSTGRESQL if connection.vendor == "sqlite" else OF_SQLITE):
        pytest.skip("not a statement of this database")
    edit(make_story(), change_kind="correction", change_wrong="It sailed at noon.", change_note="At one.")
    before = [list(model.objects.order_by("pk").values_list()) for model in (Change, ChangeText)]
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # What foreign keys have still to look at is refused before any trigger is asked.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)
    assert [list(model.objects.order_by("pk").values_list()) for model in (Change, ChangeText)] == before and len(before[0]) == 2


def test_django_cannot_either(make_story):
    one = Change.objects.get(story=make_story().pk)
    for change in (one.delete, one.save, lambda: Change.objects.update(kind="minor"), ChangeText.objects.all().delete):
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
            change()


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_alters_the_table_does_not_open_it(make_story):
    from django.core.checks import Tags, run_checks
    from django.core.management.sql import emit_post_migrate_signal
    from django.db.migrations.loader import MigrationLoader

    make_story()
    state = MigrationLoader(connection).project_state(("record", "0006_words_taken_out"))
    if connection.vendor == "postgresql":
        # It alters no column that a trigger names: a migration that does takes them away first.
        triggers.remove()
    longer = migrations.AlterField("change", "previous", models.CharField(max_length=70, blank=True))
    shorter = migrations.AlterField("change", "previous", models.CharField(max_length=64, blank=True))
    for operation in (longer, shorter):
        after: ProjectState = state.clone()
        operation.state_forwards("record", after)
        with connection.schema_editor() as editor:
            operation.database_forwards("record", editor, state, after)
        state = after
    assert triggers.missing()
    assert [error.id for error in run_checks(tags=[Tags.database], databases=["default"])] == ["broadsheet.E601"]
    emit_post_migrate_signal(0, False, "default")
    assert not triggers.missing() and not run_checks(tags=[Tags.database], databases=["default"])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM record_change")


ALTERED_ON_SQLITE = [
    ("DROP TRIGGER record_change_deleted", "CREATE TRIGGER record_change_deleted BEFORE DELETE ON record_change BEGIN SELECT 1; END"),
    (
        "DROP TRIGGER record_change_deleted",
        "CREATE TRIGGER record_change_deleted BEFORE DELETE ON record_change WHEN 0 BEGIN SELECT RAISE(ABORT, 'no'); END",
    ),
]
ALTERED_ON_POSTGRESQL = [
    ("CREATE OR REPLACE FUNCTION record_refuse() RETURNS trigger AS $$ BEGIN RETURN COALESCE(NEW, OLD); END $$ LANGUAGE plpgsql",),
    ("ALTER TABLE record_change DISABLE TRIGGER record_change_deleted",),
    ("DROP TRIGGER record_change_deleted ON record_change",
     "CREATE TRIGGER record_change_deleted BEFORE DELETE ON record_change FOR EACH ROW WHEN (OLD.id < 0) EXECUTE FUNCTION record_refuse()"),
    ("CREATE FUNCTION record_let() RETURNS trigger AS $$ BEGIN RETURN OLD; END $$ LANGUAGE plpgsql", "DROP TRIGGER record_change_deleted ON record_change",
     "CREATE TRIGGER record_change_deleted BEFORE DELETE ON record_change FOR EACH ROW EXECUTE FUNCTION record_let()"),
]  # fmt: skip


@pytest.mark.parametrize("statements", [*ALTERED_ON_SQLITE, *ALTERED_ON_POSTGRESQL])
def test_a_trigger_of_the_same_name_that_refuses_nothing_is_found_and_made_anew(make_story, statements):
    if statements in (ALTERED_ON_POSTGRESQL if connection.vendor == "sqlite" else ALTERED_ON_SQLITE):
        pytest.skip("not a statement of this database")
    make_story()
    assert not triggers.missing()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # No trigger is altered while foreign keys have still to be looked at.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in statements:
            cursor.execute(statement)
    assert "record_change_deleted" in triggers.missing()
    triggers.ensure()
    assert not triggers.missing()
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        Change.objects.all().delete()


_PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(max_codepoint=127), max_size=8), inner, max_size=4),
)


@given(st.dictionaries(st.text(st.characters(max_codepoint=127), max_size=8), _PLAIN, max_size=6))
def test_canonical_json_is_what_the_standard_says(thing):
    assert canonical(thing) == rfc8785.dumps(thing).decode()


def test_an_entry_tells_no_words_and_is_canonical(make_story):
    story = edit(make_story(), change_kind="correction", change_wrong="Ada Holm sailed.", change_note="Her brother sailed.")
    one = Change.objects.get(story=story.pk, number=2)
    told = {
        "story": one.story,
        "number": 2,
        "moment": one.moment,
        "kind": one.kind,
        "about": None,
        "chosen": True,
        "previous": one.previous,
    }
    made = entry(**told, said=said_digest(one.salt, wrong=one.wrong, note=one.note), text=one.text_digest)
    assert made == rfc8785.dumps(json.loads(made)) and b"sailed" not in made
    assert hashlib.sha256(made).hexdigest() == one.digest
    # Who has the words and not the salt cannot find them out by trying.
    assert said_digest(new_salt(), wrong=one.wrong, note=one.note) != said_digest(one.salt, wrong=one.wrong, note=one.note)


@pytest.mark.django_db(transaction=True)
def test_entries_from_before_the_log_are_digested_anew(make_story):
    story = edit(make_story(), change_kind="correction", change_note="It sailed at one.")
    with triggers.lifted(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM record_waiting")
        cursor.execute("UPDATE record_change SET salt = '', digest = number, previous = number - 1")
    import_module("broadsheet.record.migrations.0003_digests_without_words").digest_anew(apps, None)
    import_module("broadsheet.record.migrations.0006_words_taken_out").keep_digests(apps, None)
    triggers.ensure()
    assert holds(story.pk) and Waiting.objects.count() == Change.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_entries_from_before_words_could_go_keep_their_digests(make_story, editor):
    story = edit(make_story(), change_kind="correction", change_note="It sailed at one.")
    before = list(Change.objects.order_by("pk").values_list())
    with triggers.lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE record_change SET said = ''")
        if connection.vendor == "postgresql":
            # As it was called then: it refused everything.
            cursor.execute("CREATE TRIGGER record_change_kept BEFORE UPDATE ON record_change FOR EACH ROW EXECUTE FUNCTION record_refuse()")
    import_module("broadsheet.record.migrations.0006_words_taken_out").keep_digests(apps, None)
    triggers.ensure()
    assert list(Change.objects.order_by("pk").values_list()) == before and not triggers.missing()
    assert unsay(story=story.pk, numbers=[2], reason="legal", by=editor) == 1 and holds(story.pk)


@pytest.mark.parametrize("before", [1, 3])
def test_an_entry_costs_a_publish_a_few_statements_however_many_there_are(make_story, before):
    story = make_story()
    for number in range(before):
        edit(story, f"<p>It sailed {number} times.</p>", change_kind="minor")
        story = Story.objects.get(pk=story.pk)
    changed = next(iter(as_published([story])))
    changed = changed._replace(text={**changed.text, "headline": "Ferry"})
    with CaptureQueriesContext(connection) as seen:
        actions.append([changed], {})
    asked = [one["sql"] for one in seen if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(asked) == 6, asked
