"""Which page holds which keys."""

from __future__ import annotations

import pytest

from broadsheet.delivery.catalogue import Catalogue


@pytest.fixture
def catalogue(tmp_path):
    made = Catalogue(tmp_path)
    yield made
    made.close()


def put(catalogue, path, *keys):
    catalogue.announce(path, keys)
    with catalogue.alone() as connection:
        catalogue.settle(connection, path, keys)


def test_pages_are_found_by_their_keys(catalogue):
    put(catalogue, "/a/", "story:1", "list:site")
    put(catalogue, "/b/", "story:2", "list:site")
    assert catalogue.holding(["story:1"]) == ["/a/"]
    assert catalogue.holding(["list:site", "story:9"]) == ["/a/", "/b/"]
    assert catalogue.holding([]) == [] and catalogue.keys_of("/b/") == {"story:2", "list:site"}


def test_a_page_put_again_holds_what_it_is_made_of_now(catalogue):
    put(catalogue, "/a/", "story:1", "story:2")
    put(catalogue, "/a/", "story:2", "story:3")
    assert catalogue.keys_of("/a/") == {"story:2", "story:3"} and catalogue.holding(["story:1"]) == []


def test_announced_and_not_put_it_holds_both(catalogue):
    put(catalogue, "/a/", "story:1")
    catalogue.announce("/a/", ["story:2"])
    assert catalogue.keys_of("/a/") == {"story:1", "story:2"}


def test_forgotten_pages_hold_nothing(catalogue):
    for path in ("/a/", "/b/", "/c/"):
        put(catalogue, path, "list:site")
    with catalogue.alone() as connection:
        catalogue.forget(connection, ["/a/"])
    assert catalogue.holding(["list:site"]) == ["/b/", "/c/"]
    with catalogue.alone() as connection:
        catalogue.forget_all(connection)
    assert catalogue.paths() == [] and catalogue.holding(["list:site"]) == []


def test_many_keys_at_once(catalogue):
    put(catalogue, "/a/", *(f"story:{n}" for n in range(3000)))
    assert catalogue.holding(f"story:{n}" for n in range(2999, 9000)) == ["/a/"]


def test_what_failed_in_between_did_not_happen(catalogue):
    put(catalogue, "/a/", "story:1")
    with pytest.raises(RuntimeError), catalogue.alone() as connection:
        catalogue.forget(connection, ["/a/"])
        raise RuntimeError
    assert catalogue.paths() == ["/a/"]


def test_pages_that_are_read_are_hot(catalogue):
    put(catalogue, "/a/", "x")
    put(catalogue, "/b/", "x")
    catalogue.asked(["/a/", "/none/"], 1000)
    assert catalogue.asked_since(1000, ["/a/", "/b/"]) == ["/a/"] and catalogue.asked_since(1001, ["/a/"]) == []
