"""Kills publishing, the page store, the log of the record, the web server, exports, restores and the demo's first start at random moments, and compares what is there after one more run.

    python -m tests.broken_off {publish,store,log,web,export,restore,up} [--times 20] [--seed 7] [--database EMPTY]

It prints one line per trial and ends with status 1 at the first that differs from one that nobody disturbed.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import json
import os
import random
import re
import shutil
import signal
import socket
import socketserver
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from tests.breaking_off import Announce, Place, Run, announced, apart, fill, is_sound, kill, run, set_up_django, warm_up
from tests.importing.small_site import small_site

STORIES = 8
State = dict[str, str]


class Different(Exception):
    """After a kill and one more run something is not as it is otherwise."""


def imported(folder: Path, data: Path) -> None:
    """The small site, brought in."""

    def bring_in() -> int:
        from broadsheet.importing.commands import import_wordpress

        sys.stdout = open(os.devnull, "w")
        export = small_site(folder / "site", STORIES)
        return import_wordpress([str(export), "--media", str(export.parent / "uploads")])

    if apart(bring_in):
        raise SystemExit("the small site could not be brought in")


def compare(expected: State, found: State) -> None:
    """Raises Different with the names of what is not the same."""
    different = sorted(name for name in {*expected, *found} if expected.get(name) != found.get(name))
    if different:
        raise Different(str(different)[:2000])


class Task:
    """Something that may be killed: what it does, and what is to be there afterwards."""

    def __init__(self, folder: Path, place: Place) -> None:
        self.folder, self.place = folder, place
        self.prepare()
        done = run(self.work)
        if done.status:
            raise SystemExit(f"undisturbed it ended with status {done.status}")
        self.lengths = done.lengths()
        self.expected = self.state()

    def prepare(self) -> None:
        """Before every trial."""
        self.place.set_back()

    def work(self, announce: Announce) -> int:
        """In a process of its own."""
        raise NotImplementedError

    def state(self) -> State:
        """What is there."""
        return {**self.place.outcome(), "database": is_sound(self.place.data)}

    def after(self) -> None:
        """Looks at what the kill has left."""

    def trial(self, chance: random.Random, where: Counter[str]) -> str:
        """One kill, one more run: where it was. Raises Different."""
        while True:
            self.prepare()
            phase = chance.choice(sorted(self.lengths))
            delay = chance.random() * self.lengths[phase]
            done = run(self.work, phase=phase, delay=delay, strike=kill)
            if done.status == -signal.SIGKILL:
                break
            if done.status:
                raise Different(f"it ended with status {done.status}")
        where[done.last] += 1
        self.after()
        again: Run = run(self.work)
        if again.status:
            raise Different(f"killed in {done.last}; the next run ended with status {again.status}")
        compare(self.expected, self.state())
        return f"{done.last} + {delay * 1000:.0f} ms"


class Publish(Task):
    """An edit of a public story, a first publish, a story taken offline, and the worker's part of each."""

    def __init__(self, folder: Path, place: Place) -> None:
        imported(folder, place.data)
        shutil.rmtree(place.original)
        shutil.copytree(place.data, place.original)
        self.steps: list[State] = []
        place.set_back()
        for upto in range(4):
            run(lambda announce, upto=upto: self._publish(announce, upto))  # type: ignore[misc]
            self.steps.append(place.outcome())
            place.set_back()
        super().__init__(folder, place)

    def work(self, announce: Announce) -> int:
        return self._publish(announce, 3)

    def _publish(self, announce: Announce, upto: int) -> int:
        from django.utils import timezone

        from broadsheet.ops.worker import Worker
        from broadsheet.stories import relating
        from broadsheet.stories.models import Story, Topic

        # Found a little at a time, when there is time: which related stories a page has meanwhile is no fact of a publish.
        relating.work = lambda **_within: 0  # type: ignore[assignment]

        steps: list[Callable[[], Any]] = []

        def edit() -> None:
            story = Story.objects.get(slug="story-1").get_latest_revision_as_object()
            story.title, story.standfirst = "Rewritten", "With another standfirst."
            story.topics = list(Topic.objects.order_by("slug")[:2])
            story.save_revision().publish()

        def first() -> None:
            story = Story.objects.get(slug="story-805").get_latest_revision_as_object()
            # The moment of the first publish is told to readers.
            story.first_published_at = story.published = timezone.datetime(2024, 5, 1, tzinfo=timezone.get_default_timezone())
            story.save_revision().publish()

        def withdraw() -> None:
            Story.objects.get(slug="story-2").unpublish()

        steps = [edit, first, withdraw][:upto]
        for step in steps:
            announce(step.__name__)
            step()
        announce("worker")
        Worker().work()
        return 0

    def after(self) -> None:
        # A reader sees what was before a step or what comes after it, nothing between.
        seen = self.place.outcome()
        if not any(seen == step for step in self.steps):
            closest = min(self.steps, key=lambda step: sum(step.get(name) != seen.get(name) for name in {*step, *seen}))
            compare(closest, seen)


def stored(place: Place) -> None:
    """Every page is stored; the place is set back to that from now on."""

    def warm() -> int:
        from broadsheet.delivery import purging
        from broadsheet.delivery.rendering import render
        from broadsheet.ops.page_store import addresses

        every = list(addresses())
        for path in every:
            render(path)
        purging.shelf().catalogue.asked(every, int(time.time()))
        return 0

    if apart(warm):
        raise SystemExit("the pages could not be rendered")
    shutil.rmtree(place.original)
    shutil.copytree(place.data, place.original)


def verified(wrong: Path, acknowledged: Mapping[str, int]) -> None:
    """Do what the worker does when it starts; raises Different unless each stored page is true and each story says its number or a later one."""

    def look() -> int:
        from broadsheet.delivery import purging
        from broadsheet.delivery.rendering import render
        from broadsheet.delivery.verifying import verify

        purging.drop_strangers()
        purging.carry_out()
        purging.settled(20)
        found = [f"{difference.path} {difference.why}" for _path, difference in verify() if difference]
        for path, number in acknowledged.items():
            if purging.shelf().store.read(path) is None:
                render(path)
            page = purging.shelf().store.read(path)
            said = re.search(rb"Rewritten (\d+)", page.body) if page else None
            if said is None or int(said[1]) < number:
                found.append(f"{path} says {said and said[1]!r}, not {number}")
        wrong.write_text("; ".join(found))
        return 0

    if apart(look):
        raise Different("nothing can be verified")
    if wrong.read_text():
        raise Different(wrong.read_text()[:2000])


class Web(Task):
    """The web server's process, which gives out pages, publishes, and replaces what it published; readers and an editor ask it over HTTP."""

    LONGEST = 3.0
    """Seconds until it is killed."""

    def __init__(self, folder: Path, place: Place) -> None:
        imported(folder, place.data)
        stored(place)
        self.folder, self.place = folder, place
        self.lengths, self.expected = {"serving": self.LONGEST}, {"database": "ok"}

    def trial(self, chance: random.Random, where: Counter[str]) -> str:
        """One kill while it serves; afterwards all that it acknowledged is there, and it serves again."""
        self.place.set_back()
        delay, acknowledged, at = 0.1 + chance.random() * self.LONGEST, dict[str, int](), ["nothing"]
        with serving() as (port, pid):
            # The first of anything takes longer than it ever does again.
            _ask(port, "POST", "/publish/0")
            ended = threading.Event()
            troubles: list[str] = []
            askers = [threading.Thread(target=_reader, args=(port, number, ended, troubles)) for number in range(3)]
            askers.append(threading.Thread(target=_editor, args=(port, ended, acknowledged, at, troubles)))
            for one in askers:
                one.start()
            time.sleep(delay)
            kill(pid)
            during = at[0]
            ended.set()
            for one in askers:
                one.join()
        where[during] += 1
        if troubles:
            raise Different("; ".join(troubles[:3]))
        verified(self.folder / "wrong", acknowledged)
        compare(self.expected, {"database": is_sound(self.place.data)})
        with serving() as (port, pid):
            for path, number in acknowledged.items():
                said = re.search(rb"Rewritten (\d+)", _read(port, path))
                if said is None or int(said[1]) < number:
                    raise Different(f"started again, {path} says {said and said[1]!r}, not {number}")
            kill(pid)
        return f"{during}, {len(acknowledged)} stories acknowledged, {delay * 1000:.0f} ms"


@contextmanager
def serving() -> Iterator[tuple[int, int]]:
    """The edge with Django behind it in a process of its own: (port, process). It publishes what is posted to `/publish/<number>`."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    pid = os.fork()
    if pid == 0:
        try:
            _serve(listening)
        finally:
            os._exit(70)
    listening.close()
    try:
        yield port, pid
    finally:
        kill(pid)
        os.waitpid(pid, 0)


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing."""


def _serve(listening: socket.socket) -> None:
    from django.core.wsgi import get_wsgi_application

    from broadsheet.delivery.serving import in_front_of

    edge = in_front_of(get_wsgi_application())

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        word, _sep, number = environ["PATH_INFO"].strip("/").partition("/")
        if word != "publish":
            return edge(environ, start)
        from django.db import close_old_connections

        from broadsheet.stories.models import Story

        story = Story.objects.get(slug=f"story-{int(number) % 3 + 1}").get_latest_revision_as_object()
        story.title = f"Rewritten {number}"
        story.save_revision().publish()
        close_old_connections()
        start("200 OK", [("Content-Type", "text/plain")])
        return [str(story.permalink).encode()]

    server = _Server(listening.getsockname(), _Quiet, bind_and_activate=False)
    server.socket.close()
    server.socket, server.server_name, server.server_port = listening, "127.0.0.1", listening.getsockname()[1]
    server.setup_environ()
    server.set_app(application)
    server.serve_forever()


def _ask(port: int, method: str, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        body = answer.read()
        if answer.headers["Content-Length"] is None:
            # The library's server writes line by line: one that is killed between two looks as if it had written all.
            raise http.client.IncompleteRead(body)
        return answer.status, body
    finally:
        connection.close()


def _read(port: int, path: str) -> bytes:
    return _ask(port, "GET", path)[1]


def _reader(port: int, number: int, ended: threading.Event, troubles: list[str]) -> None:
    chance = random.Random(number)
    while not ended.is_set():
        path = chance.choice(["/", "/latest/", "/feed/", "/sitemap.xml", "/archive/"])
        try:
            status, body = _ask(port, "GET", path)
        except (OSError, http.client.HTTPException):
            # It was killed; nothing else may end an answer before its end.
            if not ended.wait(2):
                troubles.append(f"{path} was not answered")
            return
        if status != 200 or not body:
            troubles.append(f"{path} answered {status} with {len(body)} bytes")


def _editor(port: int, ended: threading.Event, acknowledged: dict[str, int], at: list[str], troubles: list[str]) -> None:
    for number in count(1):
        if ended.is_set():
            return
        at[0] = "a publish"
        try:
            status, permalink = _ask(port, "POST", f"/publish/{number}")
        except (OSError, http.client.HTTPException):
            return
        if status != 200:
            troubles.append(f"a publish was answered {status}")
            return
        acknowledged[permalink.decode()] = number
        # Now what it has touched is replaced.
        at[0] = "replacing pages"
        ended.wait(0.3)


class Store(Task):
    """Publishing while pages are rendered, stored and replaced; then what is stored is true, and what was acknowledged is there."""

    def __init__(self, folder: Path, place: Place) -> None:
        imported(folder, place.data)
        self.told = folder / "acknowledged"
        stored(place)
        super().__init__(folder, place)

    def prepare(self) -> None:
        super().prepare()
        self.told.write_text("")

    def work(self, announce: Announce) -> int:
        from broadsheet.delivery import purging
        from broadsheet.delivery.rendering import render
        from broadsheet.ops.page_store import addresses
        from broadsheet.stories.models import Story

        every = list(addresses())
        purging.shelf().catalogue.asked(every[:20], int(time.time()))
        for number in range(6):
            announce("publish")
            story = Story.objects.get(slug=f"story-{number % 3 + 1}").get_latest_revision_as_object()
            story.title = f"Rewritten {number}"
            story.save_revision().publish()
            with self.told.open("a") as told:
                told.write(f"{story.permalink} Rewritten {number}\n")
            announce("render")
            for path in every:
                if purging.shelf().store.read(path) is None:
                    render(path)
            announce("again")
            purging.settled(20)
        return 0

    def state(self) -> State:
        return {"database": is_sound(self.place.data)}

    def after(self) -> None:
        lines = (line.rpartition(" Rewritten ") for line in self.told.read_text().splitlines())
        verified(self.folder / "wrong", {path: int(number) for path, _word, number in lines})


class Log(Task):
    """Publishing and withdrawing while the log of the record is written, over the end of a tile: entries and versions are one, and the log is a log."""

    def __init__(self, folder: Path, place: Place) -> None:
        imported(folder, place.data)
        self.kept, self.wrong = folder / "kept", folder / "wrong"

        def fill_a_tile() -> int:
            from broadsheet.record import log
            from broadsheet.record.actions import Said, classify
            from broadsheet.record.keeping import keep_up
            from broadsheet.record.models import Change
            from broadsheet.stories.models import Story

            story = _rewritten("story-3", "Rewritten").pk
            version = Change.objects.filter(story=story, about=None).latest("number").number
            while Change.objects.count() < 252:
                classify(story=story, number=version, said=Said("minor"), by=None)
            keep_up()
            self.kept.write_bytes((log.files() / "checkpoint").read_bytes())
            return 0 if Story.objects.filter(live=True).count() > 3 else 71

        if apart(fill_a_tile):
            raise SystemExit("the log could not be begun")
        shutil.rmtree(place.original)
        shutil.copytree(place.data, place.original)
        super().__init__(folder, place)

    def work(self, announce: Announce) -> int:
        from broadsheet.record.keeping import keep_up
        from broadsheet.stories.models import Story

        for number in range(4):
            announce(f"publish-{number}")
            _rewritten(f"story-{number % 3 + 1}", f"Rewritten {time.time_ns()}")
            if number == 2:
                story = Story.objects.get(slug="story-4")
                story.unpublish() if story.live else story.get_latest_revision().publish()
            announce(f"log-{number}")
            keep_up()
        return 0

    def state(self) -> State:
        return {"database": is_sound(self.place.data)}

    def after(self) -> None:
        def look() -> int:
            from broadsheet.ops.record import verify
            from broadsheet.record.keeping import keep_up
            from broadsheet.record.models import Change
            from broadsheet.record.verifying import End, Ends
            from broadsheet.stories.recorded import verify_stories

            sys.stdout = self.wrong.open("w")
            ends = Ends()
            for one in Change.objects.filter(about=None).order_by("pk"):
                ends.put({one.story: End(one.number, one.digest, 0, one.kind, one.text_digest)})
            # Whatever is public is the version of the last entry, and the other way round.
            found = [line for _count, lines in verify_stories(ends) for line in lines]
            print(*found, sep="\n")
            status = verify(["--log-only", "--checkpoint", str(self.kept)])
            keep_up()
            return bool(found) or status or verify(["--checkpoint", str(self.kept)])

        before = self.kept.read_bytes()
        status = apart(look)
        self.kept.write_bytes(before)
        if status:
            raise Different(self.wrong.read_text()[:2000])


def _rewritten(slug: str, title: str) -> Any:
    from broadsheet.stories.models import Story

    story = Story.objects.get(slug=slug).get_latest_revision_as_object()
    story.title = title
    story.save_revision().publish()
    return story


class Export(Task):
    """Both formats, into folders of their own."""

    def __init__(self, folder: Path, place: Place) -> None:
        imported(folder, place.data)
        self.to = folder / "out"
        super().__init__(folder, place)

    def prepare(self) -> None:
        shutil.rmtree(self.to, ignore_errors=True)
        self.to.mkdir()

    def work(self, announce: Announce) -> int:
        from broadsheet.importing.export.commands import export

        sys.stdout = open(os.devnull, "w")
        for name in ("json", "wordpress"):
            announce(name)
            if status := export([name, str(self.to / name)]):
                return status
        return 0

    def state(self) -> State:
        return {
            str(path.relative_to(self.to)): hashlib.sha256(re.sub(rb'"written": ?"[^"]*"|<pubDate>.*?</pubDate>', b"", path.read_bytes())).hexdigest()
            for path in self.to.rglob("*") if path.is_file()
        }  # fmt: skip

    def after(self) -> None:
        # What has its final name is whole: a half export must not pass for one.
        whole = self.state()
        for name in ("json/site.json", "wordpress/export.xml"):
            if name in whole and whole[name] != self.expected[name]:
                raise Different(f"{name} has its name and is not whole")
        if "json/site.json" in whole:
            compare(
                {n: d for n, d in self.expected.items() if n.startswith("json/")}, {n: d for n, d in whole.items() if n.startswith("json/")}
            )


class Restore(Task):
    """An export as JSON Lines, brought into an empty publication."""

    def __init__(self, folder: Path, place: Place) -> None:
        imported(folder, place.data)
        self.said, self.out = folder / "said", folder / "out"

        def export() -> int:
            from broadsheet.importing.export.commands import export

            sys.stdout = open(os.devnull, "w")
            return export(["json", str(self.out)])

        if apart(export):
            raise SystemExit("the small site could not be exported")
        lost = next((self.out / "media").rglob("90*.jpg"))
        lost.unlink()
        super().__init__(folder, place)

    def work(self, announce: Announce) -> int:
        from broadsheet.importing import bulk
        from broadsheet.importing.restoring import load, remembered
        from broadsheet.importing.restoring.commands import import_json
        from broadsheet.importing.restoring.media import Media

        load.BATCH = 4
        restoring = load._Restoring
        places = {
            "media": (Media, "load"), "publication": (restoring, "_publication"), "pages": (restoring, "_pages"), "ending": (bulk, "finish"),
            "front": (restoring, "_front"), "sources": (remembered, "load"),
        }  # fmt: skip
        sys.stdout = self.said.open("w")
        with announced(announce, places):
            announce("reading")
            # One picture has no file: that is said, and the status is 1.
            status = import_json([str(self.out)])
        return 0 if status == 1 else 71

    def state(self) -> State:
        return {**super().state(), "said": self.said.read_text()}


class Up(Task):
    """`broadsheet up` for the first time: tables, static files, the demo edition, a desk user."""

    def prepare(self) -> None:
        shutil.rmtree(self.place.data)
        from broadsheet.ops.up import make_data_folder

        make_data_folder(self.place.data)

    def work(self, announce: Announce) -> int:
        from broadsheet.ops import setup

        names = ("_migrate", "_static_files", "_content", "_announce")
        sys.stdout = open(os.devnull, "w")
        with announced(announce, {name.strip("_"): (setup, name) for name in names}):
            return setup.main()

    def state(self) -> State:
        path = self.folder / "counts.json"

        def count() -> int:
            from django.contrib.auth import get_user_model

            from broadsheet.fronts.models import FrontPage, MenuEntry
            from broadsheet.importing.models import ImportRun, SourceItem
            from broadsheet.media.models import Image
            from broadsheet.stories.models import Section, StaticPage, Story, Topic

            models = (Story, StaticPage, Section, Topic, Image, MenuEntry, SourceItem, get_user_model())
            found = {model.__name__: str(model.objects.count()) for model in models}
            found["front"] = str(len(FrontPage.objects.get().containers))
            found["unfinished"] = str(ImportRun.objects.filter(finished=None).count())
            path.write_text(json.dumps(found))
            return 0

        if apart(count):
            raise Different("nothing can be counted")
        # The edition is dated by the day it is brought in, so that pages differ; not which there are, and what they answer.
        pages = {
            name: answer.partition(" ")[0] for name, answer in self.place.outcome().items() if name != "lists" and "sitemap" not in name
        }
        static = {
            str(one.relative_to(self.place.data)): str(one.stat().st_size)
            for one in (self.place.data / "static").rglob("*")
            if one.is_file()
        }
        left = {"left": str([one.name for one in self.place.data.iterdir() if "unfinished" in one.name or one.name.startswith(".secret")])}
        pages = {name: "there" if len(answer) == 64 else answer for name, answer in pages.items()}
        return {**json.loads(path.read_text()), **pages, **static, **left, "database": is_sound(self.place.data)}


TASKS: dict[str, type[Task]] = {"publish": Publish, "store": Store, "log": Log, "web": Web, "export": Export, "restore": Restore, "up": Up}


def main() -> int:
    """Kill, run once more, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", nargs="+", choices=TASKS)
    parser.add_argument("--database", type=Path, help="an empty database with all tables, to save the migrations")
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, data = Path(name), Path(name) / "data"
        set_up_django(data)
        warm_up()
        fill(data, args.database)
        first = Place(data)
        for number, chosen in enumerate(args.task):
            own = folder / str(number)
            own.mkdir()
            shutil.rmtree(data)
            shutil.copytree(first.original, data)
            if _trials(TASKS[chosen](own, _fresh(first)), chosen, args):
                return 1
    return 0


def _fresh(first: Place) -> Place:
    """The same place with an original of its own."""
    place = Place.__new__(Place)
    place.__dict__.update(first.__dict__)
    place.original = first.original.with_name(f"before-{time.monotonic_ns()}")
    shutil.copytree(first.original, place.original)
    return place


def _trials(task: Task, name: str, args: argparse.Namespace) -> int:
    began, chance, where = time.monotonic(), random.Random(args.seed), Counter[str]()
    took = ", ".join(f"{phase} {seconds:.2f}" for phase, seconds in task.lengths.items())
    print(f"{name}: {len(task.expected)} facts; seconds: {took}", flush=True)
    for number in range(args.times):
        try:
            print(f"{name} {number + 1}: {task.trial(chance, where)}: same", flush=True)
        except Different as different:
            print(f"{name} {number + 1}: DIFFERENT: {different}")
            return 1
    print(f"{name}: {args.times} times killed: {dict(where.most_common())}; {time.monotonic() - began:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
