"""No stored page outlives a write that touched it, whoever was first."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from broadsheet.delivery import purging
from broadsheet.delivery.models import Purge
from broadsheet.delivery.rendering import render
from broadsheet.delivery.store import Page

pytestmark = pytest.mark.django_db


def page(text="one"):
    return Page(text.encode() * 100, "html", {"Content-Type": "text/html"})


def stored(path):
    return purging.shelf().store.read(path) is not None


def put(path, *keys, seen=None):
    return purging.put(path, page(), keys, purging.visible() if seen is None else seen)


def test_a_write_takes_the_pages_that_hold_its_keys_and_no_others(monkeypatch):
    put("/a/", "story:1", "list:site")
    put("/b/", "story:2", "list:site")
    put("/c/", "story:3")
    purging.touch("story:2", "story:9")
    assert stored("/b/")
    assert purging.carry_out() == 1
    assert (stored("/a/"), stored("/b/"), stored("/c/")) == (True, False, True)
    assert purging.carry_out() == 0 and not Purge.objects.filter(done_at=None).exists()


def test_everything_is_everything():
    put("/a/", "story:1")
    put("/b/")
    purging.touch(purging.EVERYTHING)
    purging.carry_out()
    assert not stored("/a/") and not stored("/b/") and purging.shelf().catalogue.paths() == []


def test_too_many_keys_are_everything():
    purging.touch(*(f"story:{n}" for n in range(purging.AT_ONCE + 1)))
    assert Purge.objects.get().keys == [purging.EVERYTHING]


def test_nothing_touched_is_nothing_written():
    purging.touch()
    assert not Purge.objects.exists()


def test_a_render_that_a_write_overtook_is_thrown_away():
    seen = purging.visible()
    purging.touch("story:1")
    assert not put("/a/", "story:1", seen=seen) and not stored("/a/")
    assert put("/b/", "story:2", seen=seen) and stored("/b/")
    purging.carry_out()
    # Carried out is not forgotten: the render may still be on its way.
    assert not put("/a/", "story:1", seen=seen)
    assert put("/a/", "story:1")


def test_everything_overtakes_every_render():
    seen = purging.visible()
    purging.touch(purging.EVERYTHING)
    assert not put("/a/", "story:1", seen=seen)


def test_writes_are_remembered_for_a_while():
    purging.touch("story:1")
    purging.carry_out()
    Purge.objects.update(done_at=timezone.now() - purging.REMEMBERED - dt.timedelta(seconds=1))
    purging.touch("story:2")
    purging.carry_out()
    assert [purge.keys for purge in Purge.objects.all()] == [["story:2"]]


def test_pages_are_dropped_when_the_write_is_committed_and_not_when_it_is_taken_back(django_capture_on_commit_callbacks):
    put("/a/", "story:1")
    with django_capture_on_commit_callbacks(execute=True) as called:
        purging.touch("story:1")
        purging.touch("story:2")
        assert stored("/a/")
    assert len(called) == 1 and not stored("/a/")


def test_hot_pages_are_rendered_again_while_the_old_ones_stay(monkeypatch):
    again = []
    monkeypatch.setattr(purging, "again", lambda paths, change: again.extend(paths))
    for path in ("/a/", "/b/"):
        put(path, "list:site")
    purging.shelf().catalogue.asked(["/a/"], int(timezone.now().timestamp()))
    purging.touch("list:site")
    purging.carry_out()
    assert again == ["/a/"] and stored("/a/") and not stored("/b/")
    # Until that is done another process would do it.
    assert Purge.objects.filter(done_at=None).count() == 1


def test_what_was_given_out_a_moment_ago_is_hot(monkeypatch):
    again, given_out = [], {"/b/"}
    monkeypatch.setattr(purging, "again", lambda paths, change: again.extend(paths))
    monkeypatch.setattr(purging, "readers", [lambda: {given_out.pop()} if given_out else set()])
    for path in ("/a/", "/b/"):
        put(path, "list:site")
    purging.touch("list:site")
    purging.carry_out()
    assert again == ["/b/"] and stored("/b/") and not stored("/a/")


def test_a_hot_page_is_another_or_gone_when_the_write_is_done(front, make_story, monkeypatch):
    again = []
    monkeypatch.setattr(purging, "again", lambda paths, change: again.append((paths, change)))
    story, gone = make_story("Calm"), make_story("Storm")
    purging.carry_out()
    for one in (story, gone):
        assert render(one.permalink)
    purging.shelf().catalogue.asked([story.permalink, gone.permalink], int(timezone.now().timestamp()))
    story.title = "Gale"
    story.save_revision().publish()
    gone.unpublish()
    purging.carry_out()
    assert stored(gone.permalink) and b"Calm" in purging.shelf().store.read(story.permalink).body
    for paths, change in again:
        purging.replace(paths, change)
    assert b"Gale" in purging.shelf().store.read(story.permalink).body and not stored(gone.permalink)
    assert not Purge.objects.filter(done_at=None).exists()


def test_the_worker_leaves_whoever_wrote_some_time():
    put("/a/", "story:1")
    purging.touch("story:1")
    assert purging.carry_out(after=60) == 0 and stored("/a/")
    Purge.objects.update(created_at=timezone.now() - dt.timedelta(minutes=2))
    assert purging.carry_out(after=60) == 1 and not stored("/a/")


def test_what_is_at_an_address_is_a_key_of_its_own():
    put("/a/text/", "story:1")
    seen = purging.visible()
    purging.touch("at:/a/text/")
    assert not put("/a/text/", "story:1", seen=seen)
    assert purging.carry_out() == 1 and not stored("/a/text/")


def test_a_damaged_catalogue_takes_all_pages_along(caplog, monkeypatch):
    monkeypatch.setattr(purging, "_said", {})
    put("/a/", "story:1")
    at = purging.shelf()
    at.catalogue.close()
    at.catalogue.begin_anew()
    at.catalogue.file.write_bytes(b"no database" * 1000)
    purging.touch("story:2")
    purging.carry_out()
    assert not stored("/a/") and "could not be used" in caplog.text
    assert put("/a/", "story:1") and at.catalogue.paths() == ["/a/"]


def test_pages_that_nobody_knows_are_removed():
    put("/a/", "story:1")
    purging.shelf().store.put("/b/", page())
    assert purging.drop_strangers() == 1 and stored("/a/") and not stored("/b/")


def test_a_full_disk_stores_nothing_and_breaks_nothing(monkeypatch, caplog):
    monkeypatch.setattr("broadsheet.delivery.store.Store.put", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    monkeypatch.setattr(purging, "_said", {})
    assert not put("/a/", "story:1") and not put("/a/", "story:1")
    assert caplog.text.count("No space left") == 1
    # It is announced, so that a write finds it, had it come half-way.
    assert purging.shelf().catalogue.holding(["story:1"]) == ["/a/"]


def test_what_has_no_place_is_not_stored():
    assert not put("/a//b/", "story:1") and not put("/.git/", "story:1")


def test_pages_dropped_by_hand():
    put("/a/", "story:1")
    assert purging.drop(["/a/", "/none/"]) == 1 and not stored("/a/") and purging.shelf().catalogue.holding(["story:1"]) == []


def test_what_was_written_comes_first_then_what_is_nearest_to_the_front():
    asked = ["/topics/sea/", "/world/ferry/", "/feed/", "/islands/latest/", "/", "/sitemap-2026-11.xml", "/world/"]
    ordered = purging.in_order(asked, {"/world/ferry/", "/other/"})
    assert ordered == ["/world/ferry/", "/feed/", "/", "/sitemap-2026-11.xml", "/world/", "/topics/sea/", "/islands/latest/"]


def test_a_commit_carries_out_its_own_writes_and_leaves_those_of_others(django_capture_on_commit_callbacks):
    put("/a/", "story:1")
    put("/b/", "story:2")
    other = Purge.objects.create(keys=["story:2"])
    with django_capture_on_commit_callbacks(execute=True) as called:
        purging.touch("story:1")
        purging.touch("story:3")
    assert len(called) == 1
    assert not stored("/a/") and stored("/b/")
    assert list(Purge.objects.filter(done_at=None)) == [other] and purging.is_busy()
    assert purging.carry_out(after=5) == 0 and stored("/b/")
    Purge.objects.filter(pk=other.pk).update(created_at=timezone.now() - dt.timedelta(seconds=6))
    # By now somebody else has to do it, and nothing waits for it any longer.
    assert not purging.is_busy() and purging.carry_out(after=5) == 1 and not stored("/b/")


@pytest.mark.parametrize(("overtaken", "there"), [(1, True), (2, True), (3, False)])
def test_a_hot_page_that_writes_overtake_is_rendered_once_more(front, monkeypatch, overtaken, there):
    purging.carry_out()
    assert render("/")
    times, really = [], purging.put

    def put_later(*arguments):
        times.append(arguments[0])
        return len(times) > overtaken and really(*arguments)

    monkeypatch.setattr(purging, "put", put_later)
    purging.replace(["/"], purging.Change(()))
    # Never without a page as long as there is hope; then rather none than an old one.
    assert stored("/") is there and len(times) == min(overtaken + 1, purging.TRIES)


def test_what_is_no_page_is_not_tried_again(front, monkeypatch):
    times = []
    monkeypatch.setattr(
        "broadsheet.delivery.rendering._handler",
        lambda: type("Handler", (), {"get_response": lambda self, request: times.append(request)})(),
    )
    assert not render("/none/", times=3) and len(times) == 1
