"""Requests that want to be given something else, or to have others given it: each class with its answer, and the store as it was."""

from __future__ import annotations

import io
import sys

import pytest
from django.core.wsgi import get_wsgi_application

from broadsheet.delivery import purging
from broadsheet.delivery.edge import Edge
from broadsheet.delivery.verifying import verify

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_connection")]
HOST = "127.0.0.1:8000"


@pytest.fixture
def edge(make_story, front):
    story = make_story("Ferry", slug="ferry", body="<p>It sailed at noon.</p>")
    purging.carry_out()
    made = Edge(get_wsgi_application(), purging.shelf().store, hosts=["127.0.0.1"])
    made.permalink = story.permalink
    for path in ("/", story.permalink):
        assert ask(made, path)[0] == 200
    return made


def ask(edge, path, method="GET", query="", **headers):
    """(status, headers, body) of a request with bytes in its address as a web server hands them on."""
    environ = {
        "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path.encode("utf-8", "surrogateescape").decode("latin-1"), "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": HOST, "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr, "wsgi.multithread": True,
        "wsgi.multiprocess": False, "wsgi.run_once": False, **headers,
    }  # fmt: skip
    told = {}

    def start(status, answered, exc_info=None):
        told.update(status=int(status[:3]), headers=dict(answered))

    body = edge(environ, start)
    read = b"".join(body)
    getattr(body, "_resource_closers", []).clear()
    return told["status"], told["headers"], read


def unchanged(edge):
    """The store holds the two pages, and they are what they should be."""
    purging.carry_out()
    wrong = [difference for _path, difference in verify() if difference]
    return set(purging.shelf().store.paths()) == {"/", edge.permalink} and not wrong


ADDRESSES = (
    "/../../../etc/passwd", "/news/../../secret_key", "/news/ferry/../../../broadsheet.sqlite3", "/..%2f..%2fsecret_key", "/%2e%2e/secret_key", "/./news/ferry/",
    "/news/./ferry/", "//news/ferry/", "/news//ferry/", "///", "/\\..\\secret_key", "/news/ferry/@.html", "/news/ferry/@.head", "/news/ferry/@.html.gz", "/@.html",
    "/.git/config", "/.well-known/", "/news/ferry/\x00", "/\x00", "/news/ferry/\x00.html", "/news/ferry/\r\nSet-Cookie: a=b", "/news/ferry/\x7f", "/news/ferry/\udcff\udcfe/",
    f"/{'a' * 3000}/", f"/{'a/' * 600}", f"/news/{'%41' * 500}/", "/NEWS/FERRY/", "/News/ferry", "/news/fe\u0301rry/", "/news/ｆｅｒｒｙ/", "/news/ferry\u200b/",
    "/news/ferry/;jsessionid=1", "/news/ferry/%00/", "/news/ferry/.css", "/news/ferry/x.css", "/news/ferry/index.php", "/islands/latest.latest/", "/islands/../",
    "/islands/nothing/", "/islands/latest.nothing/", "/islands/most-read-0/", "/islands/most-read-99/", "/islands/most-read-１/",
)  # fmt: skip
HEADERS = (
    {"HTTP_X_FORWARDED_HOST": "evil.example"}, {"HTTP_X_FORWARDED_PROTO": "gopher"}, {"HTTP_X_FORWARDED_PREFIX": "/evil"}, {"HTTP_X_ORIGINAL_URL": "/desk/"},
    {"HTTP_X_REWRITE_URL": "/desk/"}, {"HTTP_FORWARDED": "host=evil.example;proto=evil"}, {"HTTP_X_FORWARDED_PORT": "1"}, {"HTTP_X_HTTP_METHOD_OVERRIDE": "POST"},
    {"HTTP_ACCEPT_LANGUAGE": "ar-evil"}, {"HTTP_COOKIE": "django_language=ar; evil=1"}, {"HTTP_USER_AGENT": "<script>evil</script>"}, {"HTTP_REFERER": "http://evil.example/"},
    {"HTTP_ACCEPT": "application/evil"}, {"HTTP_X_REQUESTED_WITH": "evil"}, {"HTTP_ORIGIN": "http://evil.example"}, {"HTTP_VIA": "1.1 evil.example"},
    {"HTTP_IF_NONE_MATCH": '"evil'}, {"HTTP_IF_MODIFIED_SINCE": "evil"}, {"HTTP_IF_NONE_MATCH": "x," * 5000}, {"HTTP_TE": "trailers, evil"},
)  # fmt: skip
HOSTS = (
    "evil.example",
    "127.0.0.1:8000.evil.example",
    "127.0.0.1@evil.example",
    "",
    "evil.example:8000",
    "127.0.0.1:8000, evil.example",
    "[::1]evil",
)
QUERIES = ("evil=1", "before=2026-01-01T00:00:00Z~1", "utm_source=evil", "evil=1&evil=1", "%00", "?", "amp", ";", "a" * 8000)
METHODS = ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PURGE", "BAN", "get", "PROPFIND", "GET ")
ENCODINGS = (
    "gzip;q=0", "identity;q=0", "br;q=0, gzip;q=0, identity;q=0", "gzip, gzip, gzip", "x-gzip", "deflate", "zstd, evil", "*;q=0", "gzip;q=evil", ",,,;;;==", "gzip;q=" + "9" * 500,
    "gzip\tbr", ", ".join(f"e{n}" for n in range(1000)),
)  # fmt: skip


def test_addresses_that_are_none(edge):
    for path in ADDRESSES:
        status, headers, body = ask(edge, path)
        assert status in {301, 302, 400, 404, 410, 414}, (path, status, body[:200])
        assert "Set-Cookie" not in headers and b"root:" not in body and b"SQLite format" not in body, path
        if status in {301, 302}:
            assert headers["Location"].startswith("/") and not headers["Location"].startswith(("//", "/\\")), path
        assert set(purging.shelf().store.paths()) == {"/", edge.permalink}, path
    assert unchanged(edge)


def test_hosts_that_are_not_ours(edge):
    for host in HOSTS:
        status, _headers, body = ask(edge, edge.permalink, HTTP_HOST=host)
        assert status == 400 and b"sailed" not in body and b"evil" not in body, host
    assert unchanged(edge)


def test_headers_make_no_other_page_for_those_after(edge):
    for headers in HEADERS:
        purging.drop([edge.permalink])
        status, _answered, body = ask(edge, edge.permalink, **headers)
        assert status == 200 and b"evil" not in body, headers
        after = ask(edge, edge.permalink)
        assert after[0] == 200 and after[2] == body and "evil" not in str(after[1]), headers
    assert unchanged(edge)


def test_queries_are_not_stored(edge):
    purging.drop([edge.permalink])
    for query in QUERIES:
        status, _headers, body = ask(edge, edge.permalink, query=query)
        assert status in {200, 301, 400, 404} and b"evil" not in body, query
        assert purging.shelf().store.read(edge.permalink) is None, query


def test_methods_are_not_stored(edge):
    purging.drop([edge.permalink])
    for method in METHODS:
        status, _headers, _body = ask(edge, edge.permalink, method=method)
        assert status in {200, 400, 403, 405, 501} and purging.shelf().store.read(edge.permalink) is None, method


@pytest.mark.parametrize(
    "charset", ["charset=rot13", "charset=hex", "charset=idna", "charset=undefined", "charset=unicode_escape", "charset*=evil''utf-8"]
)
def test_charsets_that_decode_no_text_are_refused(edge, charset):
    part = b'--x\r\nContent-Disposition: form-data; name="username"\r\n\r\nada\r\n--x--\r\n'
    for path in ("/desk/login/", "/desk/changes/", edge.permalink):
        sent = {
            "CONTENT_TYPE": f"multipart/form-data; boundary=x; {charset}",
            "CONTENT_LENGTH": str(len(part)),
            "wsgi.input": io.BytesIO(part),
        }
        assert ask(edge, path, method="POST", **sent)[0] == 400
    assert ask(edge, "/search/", query="q=ferry", CONTENT_TYPE=f"text/plain; {charset}")[0] == 400
    assert unchanged(edge)


def test_charsets_of_forms_are_read(edge):
    for charset in ("utf-8", "UTF8", "us-ascii", "iso-8859-1", "evil"):
        assert ask(edge, "/search/", query="q=ferry", CONTENT_TYPE=f"text/plain; charset={charset}")[0] == 200, charset


def test_encodings_that_nobody_has_spoil_nothing(edge):
    for accepted in ENCODINGS:
        status, headers, _body = ask(edge, edge.permalink, HTTP_ACCEPT_ENCODING=accepted)
        assert status == 200 and headers.get("Content-Encoding", "identity") in {"identity", "gzip", "br"}, accepted
        assert headers["Vary"] == "Accept-Encoding" and ask(edge, edge.permalink)[2].startswith(b"<!doctype html>"), accepted
    assert unchanged(edge)


def test_somebody_of_the_desk_is_neither_served_from_the_store_nor_written_to_it(edge):
    purging.drop([edge.permalink])
    for cookie in ("sessionid=abc", "a=b; sessionid=", "sessionid=x; csrftoken=y", "SESSIONID=1; sessionid=2"):
        assert ask(edge, edge.permalink, HTTP_COOKIE=cookie)[0] == 200
        assert purging.shelf().store.read(edge.permalink) is None, cookie


def test_another_name_of_ours_makes_no_other_page(edge):
    edge.hosts = frozenset({"127.0.0.1", "localhost"})
    purging.drop([edge.permalink, "/"])
    for path in (edge.permalink, "/"):
        status, _headers, body = ask(edge, path, HTTP_HOST="localhost:6666")
        assert status == 200 and b"localhost:6666" not in body, path
        assert ask(edge, path)[2] == body, path
    assert unchanged(edge)
