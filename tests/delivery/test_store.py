"""Pages as plain files: where they lie, that two addresses never meet, and that a page is there whole or not at all."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.delivery.store import NoPlace, Page, Store, place_of

LONG = b"<p>" + b"It sailed at noon. " * 40


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path, "news.example")


def page(body: bytes = LONG, **headers: str) -> Page:
    return Page(body, "html", {"Content-Type": "text/html; charset=utf-8", **headers})


def test_a_page_is_read_as_it_was_put(store):
    for path in ("/", "/news/", "/news/ferry/", "/news/ferry", "/ferry.html", "/أخبار/عبّارة/", "/2024/05/a-b_c~d/"):
        store.put(path, page(LONG + path.encode()))
    for path in ("/", "/news/", "/news/ferry/", "/news/ferry", "/ferry.html", "/أخبار/عبّارة/", "/2024/05/a-b_c~d/"):
        assert store.read(path) == page(LONG + path.encode())
    assert len(list(store.paths())) == 7


def test_its_variants_are_what_it_is(store):
    store.put("/news/", page())
    stem = store.stem("/news/")
    assert Path(f"{stem}@.html").read_bytes() == LONG
    assert gzip.decompress(Path(f"{stem}@.html.gz").read_bytes()) == LONG
    assert brotli.decompress(Path(f"{stem}@.html.br").read_bytes()) == LONG


def test_a_small_page_has_no_variants_and_takes_those_of_the_one_before_away(store):
    store.put("/news/", page())
    store.put("/news/", page(b"short"))
    assert sorted(os.listdir(os.path.dirname(store.stem("/news/")))) == ["@.head", "@.html"]


def test_a_page_of_another_kind_leaves_nothing_of_the_first(store):
    store.put("/feed/", page())
    store.put("/feed/", Page(LONG, "rss", {"Content-Type": "application/rss+xml"}))
    assert not [name for name in os.listdir(os.path.dirname(store.stem("/feed/"))) if "html" in name]
    assert store.read("/feed/").kind == "rss"


def test_dropped_is_gone_with_all_files(store):
    store.put("/news/", page())
    store.put("/news/ferry/", page())
    assert store.drop("/news/") and not store.drop("/news/")
    assert store.read("/news/") is None and list(store.paths()) == ["/news/ferry/"]
    assert [file.name for file in store.folder.rglob("*") if file.is_file() and "ferry" not in str(file)] == []


def test_cleared_is_empty_at_once_and_swept_later(store):
    store.put("/news/", page())
    store.clear()
    assert list(store.paths()) == [] and list(store.folder.parent.iterdir())
    store.sweep()
    assert not list(store.folder.parent.iterdir())


@pytest.mark.parametrize(
    "path",
    ["", "news/", "//", "//evil.example/", "/a//b/", "/../secret", "/a/../b/", "/./", "/a/.hidden", "/.well-known/x", "/a\x00b/", "/a\nb/", "/a\\b/",
     "/a@.html", "/a@.head/", "/a@.x/b/", "/a@", "/" + "x" * 201 + "/", "/" + "த" * 70 + "/", "/" + "a/" * 600, "/\ud800/"],
)  # fmt: skip
def test_what_has_no_place(path):
    with pytest.raises(NoPlace):
        place_of(path)


@given(st.text(max_size=40).map(lambda text: "/" + text), st.text(max_size=40).map(lambda text: "/" + text))
def test_no_two_addresses_share_a_file_and_none_leaves_the_folder(one, other):
    names = []
    for path in (one, other):
        try:
            place = place_of(path)
        except NoPlace:
            return
        assert os.path.normpath(f"/store/{place}@.html").startswith("/store/")
        names.append({os.path.normpath(f"/store/{place}{ending}") for ending in ("@.html", "@.html.gz", "@.head", "@.rss")})
    assert one == other or names[0].isdisjoint(names[1])
    # Nor is a page's file in the way of another's folder.
    folders = {os.path.normpath(f"/store/{place_of(other)[: place_of(other).rfind('/') + 1]}")}
    assert names[0].isdisjoint(folders)


def test_a_disk_that_fails_leaves_the_old_page(store, monkeypatch):
    store.put("/news/", page())
    real = Path.write_bytes

    def write(self, data):
        if len(data) == len(LONG) + 1:
            real(self, data[:10])
            raise OSError(28, "No space left on device")
        return real(self, data)

    monkeypatch.setattr(Path, "write_bytes", write)
    with pytest.raises(OSError, match="No space"):
        store.put("/news/", page(LONG + b"!"))
    assert store.read("/news/") == page()
    assert not [name for name in os.listdir(os.path.dirname(store.stem("/news/"))) if name.startswith(".")]
