"""Caches in front are told after the commit of what was replaced, until they have taken it."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from broadsheet.conf import OptionError, Options
from broadsheet.delivery import caches, outbox, purging
from broadsheet.delivery.models import Purge, Task
from broadsheet.delivery.rendering import render
from broadsheet.delivery.store import Page
from broadsheet.delivery.verifying import verify
from broadsheet.delivery.waiting import waiting

pytestmark = pytest.mark.django_db


class Cache(BaseHTTPRequestHandler):
    """Takes, or refuses, what it is told."""

    def _take(self):
        self.server.told.append((self.command, self.headers["Host"], self.path))
        self.send_response(self.server.answer)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_PURGE = do_BAN = _take

    def log_message(self, *arguments):
        pass


@pytest.fixture
def cache(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Cache)
    server.told, server.answer = [], 200
    threading.Thread(target=server.serve_forever, daemon=True).start()
    place = f"http://127.0.0.1:{server.server_port}"
    settings.CACHES_IN_FRONT = Options(cdn=place).caches_in_front
    yield server
    server.shutdown()
    server.server_close()


def put(path, *keys):
    assert purging.put(path, Page(b"one" * 100, "html", {}), keys, purging.visible())


def test_nobody_in_front_is_nobody_told():
    put("/a/", "story:1")
    purging.touch("story:1")
    purging.carry_out()
    assert not Task.objects.exists()


def test_it_is_told_of_what_was_replaced_and_of_nothing_else(cache, settings):
    for path in ("/a/", "/é/", "/b/"):
        put(path, "list:site" if path != "/b/" else "story:2")
    purging.touch("list:site")
    assert not Task.objects.exists()
    purging.carry_out()
    assert outbox.run_due() == 1
    host = settings.WAGTAILADMIN_BASE_URL.removeprefix("http://")
    assert sorted(cache.told) == [("PURGE", host, "/%C3%A9/"), ("PURGE", host, "/a/")]


def test_everything_is_one_ban_or_every_page_there_was(cache, settings):
    put("/a/")
    settings.CACHES_IN_FRONT = {
        **settings.CACHES_IN_FRONT,
        "plain": {"BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend", "LOCATION": f"http://127.0.0.1:{cache.server_port}"},
    }
    purging.touch(purging.EVERYTHING)
    purging.carry_out()
    assert outbox.run_due() == 2
    assert sorted((method, path) for method, _host, path in cache.told) == [("BAN", "/"), ("PURGE", "/a/")]


@pytest.mark.parametrize("backend", ["broadsheet.delivery.caches.Varnish", "wagtail.contrib.frontend_cache.backends.HTTPBackend"])
def test_what_it_does_not_take_waits_with_the_reason_and_is_tried_again(cache, settings, backend):
    settings.CACHES_IN_FRONT = {"edge": {"BACKEND": backend, "LOCATION": f"http://127.0.0.1:{cache.server_port}"}}
    put("/a/", "story:1")
    purging.touch("story:1")
    purging.carry_out()
    cache.answer = 500
    assert outbox.run_due() == 0
    (kind,) = waiting().kinds
    assert kind.kind == caches.KIND and kind.waiting == 1 and "500" in kind.error and kind.next_attempt > timezone.now()
    cache.answer = 200
    Task.objects.update(next_attempt_at=timezone.now())
    assert outbox.run_due() == 1 and waiting().kinds == ()


def test_one_that_is_down_is_a_reason_too(cache, settings):
    settings.CACHES_IN_FRONT = Options(cdn="http://127.0.0.1:9").caches_in_front
    put("/a/", "story:1")
    purging.touch("story:1")
    purging.carry_out()
    outbox.run_due()
    assert "did not answer" in waiting().kinds[0].error


def test_a_cache_that_was_taken_away_is_told_nothing(cache, settings):
    put("/a/", "story:1")
    purging.touch("story:1")
    purging.carry_out()
    settings.CACHES_IN_FRONT = {}
    assert outbox.run_due() == 1 and not cache.told


def test_it_is_told_when_the_hot_page_is_new_and_not_before(cache, monkeypatch):
    again = []
    monkeypatch.setattr(purging, "again", lambda paths, change: again.append((paths, change)))
    put("/a/", "story:1")
    purging.shelf().catalogue.asked(["/a/"], int(timezone.now().timestamp()))
    purging.touch("story:1")
    purging.carry_out()
    assert not Task.objects.exists() and Purge.objects.filter(done_at=None).exists()
    for paths, change in again:
        purging.replace(paths, change)
    assert Task.objects.get().payload["paths"] == ["/a/"]


def test_pages_carry_their_keys_where_somebody_can_use_them(cache, front, make_story, settings, monkeypatch):
    story = make_story("Ferry")
    purging.carry_out()
    assert render(story.permalink)
    headers = purging.shelf().store.read(story.permalink).headers
    assert f"story:{story.pk}" in headers["Surrogate-Key"].split(" ") and f"story:{story.pk}" in headers["Cache-Tag"].split(",")
    assert not [difference for _path, difference in verify() if difference]
    monkeypatch.setattr(caches, "TAGS", 10)
    assert caches.tags(["story:1", "story:2"]) == {}
    settings.CACHES_IN_FRONT = {}
    assert caches.tags(["a"]) == {}


@pytest.mark.parametrize("told", ["varnish", "https://cdn.example", "{", '{"a": 1}', '{"a": {}}', "ftp://x"])
def test_what_names_no_cache(told):
    with pytest.raises(OptionError, match="BROADSHEET_CDN"):
        _ = Options(cdn=told).caches_in_front


def test_backends_by_class():
    named = Options(
        cdn='{"cloudflare": {"BACKEND": "wagtail.contrib.frontend_cache.backends.CloudflareBackend", "ZONEID": "z"}}'
    ).caches_in_front
    assert named["cloudflare"]["ZONEID"] == "z"
    assert Options(cdn="").caches_in_front == {} and len(Options(cdn="http://a:1 http://b:2").caches_in_front) == 2
