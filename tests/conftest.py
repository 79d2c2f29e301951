"""A publication with a section and a story maker; files go to a folder of the test's own, and nothing reaches the network."""

from __future__ import annotations

import os

# Playwright keeps an event loop in the thread of the tests; without this Django refuses the database beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import gc
import itertools
import shutil
import socket
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation
from hypothesis import HealthCheck, settings

from .migrated import copied, template
from .printed import SIMPLE, print_story

_numbers = itertools.count(1)

# How long an example takes says how busy the machine is, nothing about the code.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


LONGEST = (
    "test_up.py", "test_stale.py", "test_setup.py", "test_interruption.py", "test_broken_off.py", "test_browser_day.py", "test_replaced.py",
    "test_guard.py", "test_together.py", "test_stale_walk.py", "test_benchmarks.py",
)  # fmt: skip
"""Files with tests that take half a minute and more, the longest first: begun last, they would keep one process waiting for the other."""


def pytest_xdist_auto_num_workers() -> int:
    """Two processes more than there are processors: what drives a browser or another process waits much of its time."""
    return len(os.sched_getaffinity(0)) + 2 if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1) + 2


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: Python need not look through it for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_addoption(parser: pytest.Parser) -> None:
    """An option of our own."""
    parser.addoption("--database-only", action="store_true", help="only what asks the database: nothing else can differ on another one")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest tests come first, the rest in the random order they have; those that empty the database stay behind all others."""
    if config.getoption("--database-only"):
        config.hook.pytest_deselected(items=[item for item in items if not _asks(item)])
        items[:] = [item for item in items if _asks(item)]
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    items[:] = [*_dealt([item for item in items if not _empties(item)], processes), *filter(_empties, items)]


def _dealt(items: list[pytest.Item], processes: int) -> list[pytest.Item]:
    """With the longest dealt out: pytest-xdist begins with a quarter of all tests, and hands each process one stretch of it."""
    longest = {name: [item for item in items if item.path.name == name] for name in LONGEST}
    others = iter([item for item in items if item.path.name not in longest])
    dealt: list[pytest.Item] = []
    for number in range(processes):
        share = [item for name in LONGEST[number::processes] for item in longest[name]]
        dealt += [*share, *itertools.islice(others, max(0, len(items) // processes // 4 - len(share)))]
    return [*dealt, *others]


def _asks(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("django_db") or {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())))


def _empties(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("django_db")
    return bool(marked and marked.kwargs.get("transaction")) or bool(
        {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    )


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_blocker: Any) -> Iterator[None]:
    """The database of the tests is made while `migrate` copies what it once made."""
    from django.core.cache import cache

    # A server keeps what an earlier run put there.
    cache.clear()
    with django_db_blocker.unblock():
        template()
    with copied():
        yield


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, headless; one for all, for two drivers cannot be in one process."""
    # The one without windows first: it draws the same pages, and has no address bar, which is two pages of its own for each of ours.
    path = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"))), None)
    if not path:
        pytest.skip("no Chromium: apt-get install chromium")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def own_files(tmp_path, settings):
    """Pictures, stored pages and the data folder belong to one test."""
    storages = deepcopy(settings.STORAGES)
    storages["default"]["OPTIONS"]["location"] = str(tmp_path / "originals")
    storages["public"]["OPTIONS"]["location"] = str(tmp_path / "public")
    settings.STORAGES = storages
    settings.MEDIA_ROOT = str(tmp_path / "public")
    settings.DATA = tmp_path / "data"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Otherwise each client scans all static files.
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True


@pytest.fixture(autouse=True)
def nothing_later(monkeypatch):
    """What is searched for and read is written down when a test says so, by no thread of its own."""
    from broadsheet.readership import counting
    from broadsheet.search import asked

    monkeypatch.setattr("broadsheet.pending.later", lambda seconds, function: None)
    asked.pending.forget()
    counting.pending.forget()
    for name, empty in (("counting._setting", []), ("ranking._lists", {})):
        monkeypatch.setattr(f"broadsheet.readership.{name}", empty)


@pytest.fixture(autouse=True)
def own_language():
    """What a page of another language leaves active in this thread ends with the test."""
    with translation.override("en-gb"), timezone.override(None):
        yield


@pytest.fixture(autouse=True)
def no_network(monkeypatch, request):
    """A connection to another machine fails the test."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> Any:
        host = address[0] if isinstance(address, tuple) else ""
        if host not in {"", "127.0.0.1", "::1", "localhost"} and not str(host).startswith("/"):
            raise AssertionError(f"a test wanted to reach {host}")
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture
def front(db, settings):
    """The publication's front."""
    from wagtail.coreutils import get_supported_content_language_variant
    from wagtail.models import Locale, Site

    from broadsheet.fronts.actions import found_publication

    # A test with transactions of its own empties every table behind it, with what the migrations had put there.
    Locale.objects.get_or_create(language_code=get_supported_content_language_variant(settings.LANGUAGE_CODE))
    # What an earlier test put there, and took back with its transaction, is still in the cache.
    Site.clear_site_root_paths_cache()
    made = found_publication(name="The Tern", by=None)
    # Where it was founded before the test, its page has no name yet.
    type(made).objects.filter(pk=made.pk).update(title="The Tern", draft_title="The Tern")
    return type(made).objects.get(pk=made.pk)


@pytest.fixture
def make_section(front):
    """Makes a public section: `make_section("Asia", parent=world)`."""
    from django.utils.text import slugify

    from broadsheet.stories.models import Section

    def make(title: str, parent: Any = None, **fields: Any) -> Section:
        # Trees change below instances in memory, so each parent is read again.
        above = type(parent or front).objects.get(pk=(parent or front).pk)
        return above.add_child(instance=Section(title=title, slug=slugify(title), **fields))

    return make


@pytest.fixture
def section(make_section):
    """The section News."""
    return make_section("News")


BY_HAND = ("delivery", "desk", "record", "stories", "test_replaced.py", "test_stale.py", "test_stale_walk.py", "test_websub.py")
"""Where it matters how stories are published: there each is, as the desk does it."""


@pytest.fixture
def make_story(section, request):
    """Makes a story, public unless `live=False`: `make_story("Ferry sails", body="<p>It sailed.</p>", topics=[t], people=[p])`."""
    # What an import remembers of a database is not true of one that was emptied behind it, as tests with transactions of their own do.
    emptied = {"transactional_db", "live_server"} & set(request.fixturenames)
    return story_maker(section, by_hand=bool(emptied or set(BY_HAND) & set(request.path.parts)))


def story_maker(section: Any, *, by_hand: bool) -> Callable[..., Any]:
    """As the fixture `make_story`, for where there are no fixtures."""
    from broadsheet.stories.models import Byline, Section, Story

    def make(title: str = "", *, live: bool = True, body: str = "<p>It sailed at noon.</p>", parent: Any = None, **fields: Any) -> Story:
        number = next(_numbers)
        simple = live and not by_hand and fields.keys() <= SIMPLE | {"sections", "topics", "placements", "people", "slug"}
        relations = {name: fields.pop(name, []) for name in ("sections", "topics", "placements")}
        people = fields.pop("people", [])
        title = title or f"Story {number}"
        story = Story(title=title, slug=fields.pop("slug", f"story-{number}"), live=False, body=[("text", body)], **fields)
        above = Section.objects.get(pk=(parent or section).pk)
        if simple:
            return Story.objects.get(pk=print_story(story, parent=above, people=people, relations=relations))
        above.add_child(instance=story)
        for name, value in relations.items():
            setattr(story, name, value)
        story.bylines = [Byline(person=person, sort_order=n) for n, person in enumerate(people)]
        revision = story.save_revision()
        if live:
            revision.publish()
        return Story.objects.get(pk=story.pk)

    return make


@pytest.fixture
def client():
    """A reader's browser."""
    return Client(SERVER_NAME="127.0.0.1")


@pytest.fixture
def kept_connection():
    """What begins and ends a request leaves the test's connection alone, as it does for Django's own test client."""
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections

    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def editor(db, django_user_model):
    """An administrator of the desk."""
    return django_user_model.objects.create_superuser("editor", "editor@example.test", "a-long-password")


@pytest.fixture
def editor_client(editor):
    """A browser signed in to the desk."""
    signed_in = Client(SERVER_NAME="127.0.0.1")
    signed_in.force_login(editor)
    return signed_in
