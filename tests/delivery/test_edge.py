"""What the edge gives out of the store, to whom, and what it leaves to the application."""

from __future__ import annotations

import gzip
import re
import threading
import time
from email.utils import formatdate
from io import BytesIO

import brotli
import pytest

from broadsheet.delivery import edge as edges
from broadsheet.delivery.edge import WANTED, Edge, chosen
from broadsheet.delivery.plain_files import PlainFiles
from broadsheet.delivery.store import Page, Store

BODY = b"<p>" + b"It sailed at noon. " * 40


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path, "news.example")


@pytest.fixture
def asked():
    return []


@pytest.fixture
def edge(store, asked):
    def application(environ, start_response):
        asked.append(environ)
        start_response("404 Not Found", [("Content-Type", "text/plain")])
        return [b"from Django"]

    return Edge(application, store, hosts=["news.example", "localhost"])


def ask(edge, path="/news/", method="GET", query="", **headers):
    said = {}

    def start(status, pairs, exc_info=None):
        said.update(status=status, headers=dict(pairs), pairs=pairs)

    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": path.encode().decode("latin-1"), "QUERY_STRING": query, "HTTP_HOST": "news.example",
        "wsgi.input": BytesIO(), **headers,
    }  # fmt: skip
    said["body"] = b"".join(edge(environ, start))
    return said


def put(store, path="/news/", body=BODY):
    store.put(path, Page(body, "html", {"Content-Type": "text/html; charset=utf-8", "Content-Language": "en"}))


def test_a_hit_does_not_enter_the_application(edge, store, asked):
    put(store)
    answer = ask(edge)
    assert (answer["status"], answer["body"], asked) == ("200 OK", BODY, [])
    assert answer["headers"]["Content-Language"] == "en" and answer["headers"]["Vary"] == "Accept-Encoding"
    assert answer["headers"]["Content-Length"] == str(len(BODY)) and "stale-while-revalidate" in answer["headers"]["Cache-Control"]


def test_compressed_for_who_takes_it(edge, store):
    put(store)
    packed = ask(edge, HTTP_ACCEPT_ENCODING="gzip")
    assert packed["headers"]["Content-Encoding"] == "gzip" and gzip.decompress(packed["body"]) == BODY
    better = ask(edge, HTTP_ACCEPT_ENCODING="gzip, deflate, br")
    assert better["headers"]["Content-Encoding"] == "br" and brotli.decompress(better["body"]) == BODY
    tags = {ask(edge, HTTP_ACCEPT_ENCODING=one)["headers"]["ETag"] for one in ("", "gzip", "br")}
    assert len(tags) == 3


@pytest.mark.parametrize(
    ("accepted", "given"),
    [("", "identity"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("*", "br"), ("*;q=0", "identity"), ("gzip;q=0.9, br;q=0.1", "gzip"),
     ("GZIP", "gzip"), ("gzip;q=x", "identity"), ("identity", "identity"), ("deflate", "identity"), ("gzip\tx", "identity"), (",,;;=", "identity")],
)  # fmt: skip
def test_encodings_by_weight(accepted, given):
    assert chosen(accepted, ("br", "gzip", "identity")) == given


def test_who_has_it_is_not_given_it_again(edge, store):
    put(store)
    first = ask(edge, HTTP_ACCEPT_ENCODING="gzip")
    tag, moment = first["headers"]["ETag"], first["headers"]["Last-Modified"]
    for headers in (
        {"HTTP_IF_NONE_MATCH": tag}, {"HTTP_IF_NONE_MATCH": f'"other", W/{tag}'}, {"HTTP_IF_NONE_MATCH": "*"}, {"HTTP_IF_MODIFIED_SINCE": moment},
    ):  # fmt: skip
        answer = ask(edge, HTTP_ACCEPT_ENCODING="gzip", **headers)
        assert (answer["status"], answer["body"]) == ("304 Not Modified", b"") and answer["headers"]["ETag"] == tag
    for headers in (
        {"HTTP_IF_NONE_MATCH": '"other"', "HTTP_IF_MODIFIED_SINCE": moment}, {"HTTP_IF_MODIFIED_SINCE": formatdate(1, usegmt=True)},
        {"HTTP_IF_MODIFIED_SINCE": "yesterday"}, {"HTTP_IF_NONE_MATCH": ""},
    ):  # fmt: skip
        assert ask(edge, **headers)["status"] == "200 OK"


def test_head_is_get_without_a_body(edge, store):
    put(store)
    whole, head = ask(edge), ask(edge, method="HEAD")
    assert head["headers"] == whole["headers"] and head["body"] == b""


@pytest.mark.parametrize(
    "headers",
    [
        {"method": "POST"}, {"method": "PUT"}, {"method": "PURGE"}, {"query": "before=1"}, {"HTTP_HOST": "evil.example"}, {"HTTP_HOST": ""},
        {"HTTP_COOKIE": "a=1; sessionid=abc"}, {"HTTP_AUTHORIZATION": "Basic x"}, {"HTTP_RANGE": "bytes=0-1"}, {"path": "/desk/"},
        {"path": "/News/"}, {"path": "/news"}, {"path": "/news/@.html"}, {"path": "/news/../news/"}, {"path": "//news/"}, {"path": "/news//"},
        {"path": "/news/\x00"}, {"path": "/news/ "}, {"path": "/" + "a" * 5000},
    ],
)  # fmt: skip
def test_what_is_left_to_the_application(edge, store, asked, headers):
    put(store)
    put(store, "/desk/")
    assert ask(edge, **headers)["body"] == b"from Django" and len(asked) == 1


def test_a_port_is_no_other_host_and_forwarded_hosts_are_nothing(edge, store, asked):
    put(store)
    assert ask(edge, HTTP_HOST="NEWS.example:8000")["body"] == BODY
    assert ask(edge, HTTP_X_FORWARDED_HOST="evil.example")["body"] == BODY


def test_another_cookie_does_not_matter(edge, store):
    put(store)
    assert ask(edge, HTTP_COOKIE="theme=dark")["body"] == BODY


def test_a_page_put_again_is_the_one_given(edge, store):
    put(store)
    ask(edge)
    put(store, body=BODY + b"!")
    assert ask(edge)["body"] == BODY + b"!"
    store.drop("/news/")
    assert ask(edge)["body"] == b"from Django"


def test_memory_is_bounded_and_the_last_asked_for_stay(edge, store, monkeypatch):
    monkeypatch.setattr(edges, "KEPT", 30_000)
    for number in range(20):
        put(store, f"/{number}/", BODY * 4)
        ask(edge, f"/{number}/")
    assert edge._size <= 30_000 and list(edge._held)[-1] == "/19/" and edge._size == sum(held.size for held in edge._held.values())
    assert ask(edge, "/0/")["body"] == BODY * 4


def test_a_miss_is_stored_and_given_as_a_hit_would_be(store):
    def application(environ, start_response):
        environ[WANTED].stored = "HTTP_COOKIE" not in environ
        put(store, environ["PATH_INFO"])
        start_response("200 OK", [("X-Django", "yes")])
        return [b"from Django"]

    edge = Edge(application, store, hosts=["news.example"])
    first, second = ask(edge, HTTP_COOKIE="a=1"), ask(edge)
    assert first["headers"] == second["headers"] and first["body"] == second["body"] == BODY


def test_one_render_for_many_readers(store):
    renders = []

    def application(environ, start_response):
        renders.append(1)
        time.sleep(0.1)
        put(store, environ["PATH_INFO"])
        environ[WANTED].stored = True
        start_response("200 OK", [])
        return [b"from Django"]

    edge = Edge(application, store, hosts=["news.example"])
    bodies: list[bytes] = []
    threads = [threading.Thread(target=lambda: bodies.append(ask(edge)["body"])) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert renders == [1] and bodies == [BODY] * 8 and not edge._rendering


def test_a_render_that_fails_keeps_nobody_waiting(store):
    def application(environ, start_response):
        raise RuntimeError("no database")

    edge = Edge(application, store, hosts=["news.example"])
    for _ in range(2):
        with pytest.raises(RuntimeError):
            ask(edge)
    assert not edge._rendering


def test_what_is_read_is_noted_once(edge, store):
    put(store)
    ask(edge), ask(edge), ask(edge, "/none/")
    assert edge.take_asked() == {"/news/"} and edge.take_asked() == set()


def test_pages_are_made_in_turns_and_the_desk_waits_for_none(store, monkeypatch):
    at_once, most, lock, go = [0], [0], threading.Lock(), threading.Event()

    def application(environ, start_response):
        if environ["PATH_INFO"].startswith("/desk/"):
            start_response("200 OK", [])
            return [b"desk"]
        with lock:
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
        go.wait(10)
        with lock:
            at_once[0] -= 1
        start_response("200 OK", [])
        return [b"made"]

    made = Edge(application, store, hosts=["news.example"])
    put(store)
    readers = [threading.Thread(target=ask, args=(made, f"/page-{n}/"), kwargs={"query": "a=1" if n % 2 else ""}) for n in range(6)]
    for reader in readers:
        reader.start()
    time.sleep(0.2)
    assert ask(made)["status"] == "200 OK" and ask(made, "/desk/")["body"] == b"desk"
    assert most[0] == edges.AT_ONCE
    go.set()
    for reader in readers:
        reader.join()
    assert most[0] == edges.AT_ONCE


def test_who_waited_long_enough_waits_no_longer(store, monkeypatch):
    monkeypatch.setattr(edges, "PATIENCE", 0.01)
    made = Edge(lambda environ, start: start("200 OK", []) or [b"made"], store, hosts=["news.example"])
    while made._turns.acquire(blocking=False):
        pass
    assert ask(made, "/other/", query="a=1")["body"] == b"made"


def test_plain_files_are_given_out_without_the_application(store, asked, tmp_path):
    place = tmp_path / "record"
    (place / "tile/0/000.p").mkdir(parents=True)
    (place / "checkpoint").write_bytes(b"signed")
    (place / "tile/0/000.p/7").write_bytes(bytes(7))
    (place / "tile/0/000").write_bytes(bytes(99))
    (place / "tile/0/000.gz").write_bytes(gzip.compress(bytes(99)))
    (tmp_path / "key").write_bytes(b"secret")

    def application(environ, start_response):
        asked.append(environ["PATH_INFO"])
        start_response("404 Not Found", [])
        return []

    made = Edge(
        application, store, hosts=["news.example"], files=PlainFiles(place, "/record/", kept=re.compile("tile/"))
    )  # fmt: skip
    said = ask(made, "/record/checkpoint")
    assert said["body"] == b"signed" and "max-age=1," in said["headers"]["Cache-Control"]
    assert ask(made, "/record/tile/0/000.p/7")["body"] == bytes(7)
    small = ask(made, "/record/tile/0/000", HTTP_ACCEPT_ENCODING="br, gzip")
    assert (gzip.decompress(small["body"]), small["headers"]["Content-Encoding"]) == (bytes(99), "gzip")
    assert ask(made, "/record/tile/0/000")["body"] == bytes(99) and "immutable" in small["headers"]["Cache-Control"]
    assert ask(made, "/record/checkpoint", method="HEAD")["body"] == b"" and asked == []
    wanted = [
        "/record/",
        "/record/tile/0/000.p",
        "/record/../key",
        "/record/tile/../../../key",
        "/record//checkpoint",
        "/record/tile/0/000.gz",
        "/record/.x",
        "/records",
    ]
    for path in wanted:
        ask(made, path)
    ask(made, "/record/checkpoint", HTTP_HOST="elsewhere.example")
    assert asked == [*wanted, "/record/checkpoint"]
