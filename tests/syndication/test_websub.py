"""WebSub: feeds name the operator's hub, and it is told of what changed, after the commit, once, and by nobody else."""

from __future__ import annotations

import http.server
import json
import threading
from urllib.parse import parse_qs

import pytest
from django.db import transaction

from broadsheet.conf import OptionError, Options
from broadsheet.delivery import outbox
from broadsheet.delivery.models import Task
from broadsheet.people.models import Person
from broadsheet.stories.models import Story, Topic
from broadsheet.syndication import websub

HUB = "https://hub.example/publish?key=a&b=c"
SITE = "http://127.0.0.1:8000"


class Hub(http.server.BaseHTTPRequestHandler):
    """Keeps what it is sent and answers as it is told to."""

    answers: list[int]
    asked: list[tuple[str, dict[str, list[str]]]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        type(self).asked.append((self.path, parse_qs(body)))
        status = type(self).answers.pop(0) if type(self).answers else 204
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:1/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def hub():
    """A hub on this machine: `hub.address`, `hub.asked`, `hub.answers`."""
    kind = type("OneHub", (Hub,), {"answers": [], "asked": []})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), kind)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    kind.address = f"http://hub.example:{server.server_port}/publish?key=a"
    yield kind
    server.shutdown()
    thread.join()
    server.server_close()


def here(host, port):
    return ["127.0.0.1"]


def tell(hub, url="https://news.example/feed/", **more):
    websub.tell(hub.address, url, permit=lambda address: True, resolve=here, **more)


def test_the_hub_is_asked_to_fetch_a_feed(hub):
    tell(hub)
    assert hub.asked == [
        (
            "/publish?key=a",
            {"hub.mode": ["publish"], "hub.url": ["https://news.example/feed/"], "hub.topic": ["https://news.example/feed/"]},
        )
    ]


@pytest.mark.parametrize("status", [400, 404, 500, 302])
def test_what_is_not_accepted_is_an_error_and_nothing_is_followed(hub, status):
    hub.answers.append(status)
    with pytest.raises(websub.NotTold, match=str(status)):
        tell(hub)
    assert len(hub.asked) == 1


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1"])
def test_a_hub_inside_is_not_asked(inside):
    with pytest.raises(websub.NotTold, match="not a public address"):
        websub.tell("https://hub.example/", "https://news.example/feed/", resolve=lambda host, port: ["93.184.216.34", inside])


def test_a_hub_that_is_not_there(hub):
    with pytest.raises(websub.NotTold, match="cannot be found"):
        websub.tell("http://hub.example/", "https://news.example/feed/", resolve=lambda host, port: [])
    with pytest.raises(websub.NotTold, match="does not answer"):
        websub.tell("http://hub.example:1/", "https://news.example/feed/", permit=lambda address: True, resolve=here, seconds=2)


@pytest.mark.parametrize("bad", ["hub.example", "ftp://hub.example/", "https://", "https://a:b@hub.example/", "javascript:x"])
def test_a_hub_that_is_no_address_is_refused(bad):
    with pytest.raises(OptionError, match="BROADSHEET_HUB"):
        _ = Options(hub=bad).websub_hub
    assert Options(hub=" https://hub.example/ ").websub_hub == "https://hub.example/" and Options().websub_hub == ""


@pytest.mark.django_db
def test_feeds_name_the_hub(client, make_story, settings):
    make_story()
    without = {ending: client.get(f"/feed/{ending}") for ending in ("", "atom/", "json/")}
    assert all(b"hub" not in answer.content and "hub" not in answer["Link"] for answer in without.values())
    settings.WEBSUB_HUB = HUB
    escaped = HUB.replace("&", "&amp;").encode()
    for ending, marks in (
        ("", b'<atom:link rel="hub" href="%s"/>' % escaped), ("atom/", b'<link rel="hub" href="%s"/>' % escaped), ("json/", b'"hubs"'),
    ):  # fmt: skip
        answer = client.get(f"/feed/{ending}", HTTP_IF_NONE_MATCH=without[ending]["ETag"])
        assert answer.status_code == 200 and marks in answer.content
        assert answer["Link"] == f'<{SITE}/feed/{ending}>; rel="self", <{HUB}>; rel="hub"'
        again = client.get(f"/feed/{ending}", HTTP_IF_NONE_MATCH=answer["ETag"])
        assert again.status_code == 304
    assert json.loads(answer.content)["hubs"] == [{"type": "WebSub", "url": HUB}]


def pings():
    return sorted(task.payload["url"].removeprefix(SITE) for task in Task.objects.filter(kind=websub.PING, status="waiting"))


def settle(monkeypatch, told):
    """Carry out what waits; `told` is whom the hub was told of."""
    monkeypatch.setattr(websub, "tell", lambda hub, url, **more: told.append(url.removeprefix(SITE)))
    while outbox.run_due():
        pass


@pytest.mark.django_db
def test_each_feed_of_a_story_is_told_of_once(make_story, settings, monkeypatch):
    settings.WEBSUB_HUB = HUB
    topic, ada = Topic.objects.create(name="T", slug="t"), Person.objects.create(name="Ada", slug="ada")
    make_story("Draft", live=False)
    assert not Task.objects.filter(kind=websub.CHANGED).exists()
    story = make_story("Salt", topics=[topic], people=[ada])
    story.save_revision().publish()
    told = []
    settle(monkeypatch, told)
    bases = ["/feed/", "/feed/kind/news/", "/news/feed/", "/news/feed/own/", "/people/ada/feed/", "/topics/t/feed/"]
    assert sorted(told) == sorted(base + ending for base in bases for ending in ("", "atom/", "json/"))


@pytest.mark.django_db
def test_what_it_stood_in_before_hears_of_it_too(make_story, settings, monkeypatch):
    topic = Topic.objects.create(name="T", slug="t")
    story = make_story("Salt", topics=[topic])
    settings.WEBSUB_HUB = HUB

    def told_by(change):
        told = []
        change()
        settle(monkeypatch, told)
        assert len(told) == len(set(told))
        return told

    story.topics = []
    assert {"/feed/", "/topics/t/feed/"} <= set(told_by(lambda: story.save_revision().publish()))
    again = told_by(lambda: Story.objects.get(pk=story.pk).unpublish())
    assert "/feed/" in again and "/topics/t/feed/" not in again
    other = make_story("New", topics=[topic])
    settle(monkeypatch, [])
    assert {"/feed/json/", "/topics/t/feed/json/"} <= set(told_by(lambda: Story.objects.get(pk=other.pk).delete()))
    assert told_by(lambda: make_story("Draft", live=False)) == []


@pytest.mark.django_db
def test_what_is_rolled_back_is_told_to_nobody(make_story, settings):
    settings.WEBSUB_HUB = HUB
    story = make_story("Salt", live=False)
    with pytest.raises(RuntimeError), transaction.atomic():
        story.save_revision().publish()
        assert Task.objects.filter(kind=websub.CHANGED).exists()
        raise RuntimeError
    assert not Task.objects.filter(kind=websub.CHANGED).exists()


@pytest.mark.django_db
def test_nobody_is_told_where_no_hub_is_named(make_story, settings, monkeypatch):
    make_story()
    assert not Task.objects.filter(kind__startswith="syndication.").exists()
    settings.WEBSUB_HUB = HUB
    make_story()
    settings.WEBSUB_HUB = ""
    told = []
    settle(monkeypatch, told)
    assert told == [] and not Task.objects.filter(status="waiting", kind__startswith="syndication.").exists()


@pytest.mark.django_db
def test_a_hub_that_fails_is_asked_again_and_the_others_go_on(make_story, settings, monkeypatch):
    settings.WEBSUB_HUB = HUB
    make_story()

    def refuse(hub, url, **more):
        if url.endswith("/feed/atom/"):
            raise websub.NotTold("the hub answered 500")

    monkeypatch.setattr(websub, "tell", refuse)
    while outbox.run_due():
        pass
    assert pings() == ["/feed/atom/", "/news/feed/atom/"]
    failed = Task.objects.filter(kind=websub.PING, status="waiting").first()
    assert failed.attempts == 1 and "500" in failed.error
    make_story()
    while outbox.run_due():
        pass
    # Of these somebody is to be told already.
    assert pings() == ["/feed/atom/", "/news/feed/atom/"]
