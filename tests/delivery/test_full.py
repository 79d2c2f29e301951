"""A disk without room for another file, and one without room for a byte: readers get their pages, and none that is old."""

from __future__ import annotations

import os
import subprocess

import pytest

from broadsheet.delivery import purging
from broadsheet.delivery.rendering import fresh, render
from broadsheet.delivery.store import Page
from broadsheet.delivery.verifying import verify
from broadsheet.stories.models import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(settings):
    """The store on a file system of its own: `small("nr_inodes=40")`, and the same again with more room. Skips where none can be mounted."""
    folder = settings.DATA / "store"
    folder.mkdir(parents=True)
    mounted = []

    def mount(options: str) -> None:
        again = ["remount,"] if mounted else [""]
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", again[0] + options, "none", folder], capture_output=True, check=False)
        if done.returncode:
            pytest.skip("may not mount a file system")
        mounted.append(folder)

    yield mount
    purging.shelf().catalogue.close()
    if mounted:
        subprocess.run(["umount", "-l", folder], check=True)


def wrong():
    return [difference for _path, difference in verify() if difference]


def whole():
    """Nothing half written lies about: each file belongs to a page that can be read."""
    store = purging.shelf().store
    stems = {store.stem(path) for path in store.paths() if store.read(path)}
    return all(str(file).partition("@.")[0] in stems for file in store.folder.rglob("*") if file.is_file())


def test_without_room_for_another_file_readers_get_pages_as_they_are_made(small, front, make_story):
    paths = [make_story(f"Story {n}").permalink for n in range(9)]
    purging.carry_out()
    small("nr_inodes=40")
    stored = [render(path) for path in paths]
    assert any(stored) and not all(stored)
    assert all(fresh(path).status_code == 200 for path in paths)
    assert whole() and not wrong()
    # One that is stored is written, and cannot be stored again beside the old one.
    story = Story.objects.get(permalink=paths[stored.index(True)])
    story.title = "Another headline"
    story.save_revision().publish()
    purging.carry_out()
    page = purging.shelf().store.read(story.permalink)
    assert page is None or b"Another headline" in page.body
    assert b"Another headline" in fresh(story.permalink).content
    assert whole() and not wrong()
    small("nr_inodes=0")
    assert all(render(path) for path in paths) and not wrong()


def test_a_hot_page_that_there_is_no_room_for_is_removed(small, front, make_story):
    path = make_story("Story").permalink
    purging.carry_out()
    small("nr_inodes=40")
    assert render(path)
    folder = purging.shelf().store.folder
    for number in range(40):
        try:
            (folder / f"filler-{number}").touch()
        except OSError:
            break
    story = Story.objects.get(permalink=path)
    story.title = "Another headline"
    story.save_revision().publish()
    purging.replace([path], purging.Change(()))
    assert purging.shelf().store.read(path) is None


def test_without_room_for_a_byte_no_page_is_old(small, front):
    small("size=1200k")

    def put(number):
        return purging.put(f"/{number}/", Page(os.urandom(20_000).hex().encode(), "html", {}), [f"story:{number}"], purging.visible())

    stored = [put(number) for number in range(40)]
    assert stored[0] and not stored[-1]
    purging.touch(*(f"story:{number}" for number in range(0, 40, 2)))
    purging.carry_out()
    assert not any(purging.shelf().store.read(f"/{number}/") for number in range(0, 40, 2))
    small("size=64m")
    assert all(put(number) for number in range(40))
    assert {f"/{number}/" for number in range(40)} <= set(purging.shelf().catalogue.paths())
