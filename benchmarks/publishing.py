"""How long it takes until readers see what was published, how many pages that replaces, and what a store costs, with 1 000 and with 100 000 stories.

    python benchmarks/publishing.py [--sizes 1000 20000] [--publishes 200] [--rate 200] [--warm 1000] [--whole]

`broadsheet serve` runs on one processor. From the other, readers in a process of their own ask it for pages of the newest stories, fronts and lists
`--rate` times a second, and an editor sends the desk's form. Measured from the moment at which the form is sent: until it is answered (`publish`), and until story,
section, front, feed and sitemap are new, asked one after the other as a reader asks. Goals: p99 at most one second, with the larger archive at most 1.2 times
what it takes with the smallest, at most 30 pages rendered again; no reader gets an error or waits more than 100 ms. `--whole` adds 100 000 stories; `--data`
takes a folder that this has made before.
"""

from __future__ import annotations

import argparse
import http.client
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from benchmarks.delivery import free_port, running  # noqa: E402
from benchmarks.pages import percentile  # noqa: E402

GOAL, GROWTH, WAITS, AGAIN = 1000.0, 1.2, 100.0, 30
READ = 200
"""Of the newest stories, which readers ask for."""
COUNTS = {"pages replaced", "rendered again"}


class Readers:
    """Ask for pages at a steady rate, with a few connections that stay open."""

    def __init__(self, port: int, paths: list[str], rate: float, connections: int = 8) -> None:
        self.port, self.paths, self.pause = port, paths, connections / rate
        self.waits: list[tuple[float, str]] = []
        self.errors: list[str] = []
        self.ended = threading.Event()
        self.threads = [threading.Thread(target=self._read, args=(number,)) for number in range(connections)]

    def read_until(self, told: Connection) -> None:
        """Read until something is heard; then tell how it went."""
        for thread in self.threads:
            thread.start()
        told.recv()
        self.ended.set()
        for thread in self.threads:
            thread.join()
        told.send((self.waits, self.errors))

    def _read(self, number: int) -> None:
        chance, connection = random.Random(number), http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        due = time.monotonic() + chance.random() * self.pause
        while not self.ended.is_set():
            time.sleep(max(0.0, due - time.monotonic()))
            due += self.pause
            path = chance.choice(self.paths)
            began = time.perf_counter()
            try:
                connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    self.errors.append(f"{path} {answer.status}")
            except (OSError, http.client.HTTPException) as error:
                self.errors.append(f"{path} {error}")
                connection.close()
            self.waits.append(((time.perf_counter() - began) * 1000, path))


def _read(told: Connection, port: int, paths: list[str], rate: float) -> None:
    Readers(port, paths, rate).read_until(told)


@contextmanager
def reading(port: int, paths: list[str], rate: float) -> Iterator[list[Any]]:
    """Readers, in a process of their own: what they wait for is the site, and not whoever measures. Filled with their waits and errors."""
    apart = multiprocessing.get_context("spawn")
    ours, theirs = apart.Pipe()
    process = apart.Process(target=_read, args=(theirs, port, paths, rate))
    process.start()
    heard: list[Any] = []
    try:
        yield heard
    finally:
        ours.send("enough")
        heard += ours.recv()
        process.join()


def body_of(port: int, path: str) -> bytes:
    """What a reader gets."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{path} answered {answer.status}")
    return body


class Editor:
    """Signed in to the desk, with an editor of stories open."""

    def __init__(self, port: int) -> None:
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
        from django.contrib.sessions.backends.db import SessionStore

        user, _made = get_user_model().objects.get_or_create(username="editor", defaults={"is_superuser": True, "is_staff": True})
        session = SessionStore()
        session.update(
            {
                SESSION_KEY: str(user.pk),
                BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
                HASH_SESSION_KEY: user.get_session_auth_hash(),
            }
        )
        session.create()
        self.refused = ""
        self.port, self.cookies = port, {"sessionid": session.session_key}

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        got = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _sep, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return answer.status, got

    def open(self, story: Any, headline: str) -> str:
        """The form of a story as a browser would send it, with another headline."""
        import lxml.html
        from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

        _status, page = self._ask("GET", f"/desk/pages/{story.pk}/edit/")
        form = lxml.html.fromstring(page.decode()).xpath("//form[@id='page-edit-form']")[0]
        fields = {name: value if isinstance(value, str) else list(value) for name, value in form.fields.items() if value is not None}
        # What script makes of JSON in a browser is written out here.
        fields |= nested_form_data({"body": streamfield([("text", rich_text(str(block.value))) for block in story.body])})
        return urlencode(
            {**fields, "title": headline, "change_kind": "update", "change_note": "It has another headline.", "action-publish": "1"},
            doseq=True,
        )

    def send(self, story: Any, form: str, taken: list[float]) -> None:
        """Publish; adds the milliseconds that it took."""
        began = time.perf_counter()
        status, got = self._ask("POST", f"/desk/pages/{story.pk}/edit/", form)
        taken.append((time.perf_counter() - began) * 1000)
        if status != 302:
            self.refused = f"the desk answered {status} to a publish: {got!r}"


def stored() -> dict[str, int]:
    """When each stored page was written."""
    from broadsheet.delivery import purging

    store = purging.shelf().store
    return {path: Path(f"{store.stem(path)}@.head").stat().st_mtime_ns for path in store.paths()}


def publish(port: int, times: int) -> dict[str, list[float]]:
    """Milliseconds until each is new, and of the publish itself; and how many pages each replaced, rendered again or not."""
    from broadsheet.delivery.models import Purge
    from broadsheet.stories.models import Listing, Story

    named = ("publish", "story", "section", "front", "feed", "sitemap", "all of it", *sorted(COUNTS))
    taken: dict[str, list[float]] = {name: [] for name in named}
    newest = list(Listing.objects.filter(list_key="site").order_by("-published", "-story_id").values_list("story_id", flat=True)[:10])
    editor = Editor(port)
    for number in range(times):
        story = Story.objects.get(pk=newest[number % len(newest)])
        headline = f"What is new is number {time.time_ns()}"
        wanted, month = headline.encode(), f"/sitemap-{story.published:%Y-%m}.xml"
        form = editor.open(story, headline)
        before, there = body_of(port, month), stored()
        section = f"/{story.permalink.split('/')[1]}/"
        began = time.perf_counter()
        sent = threading.Thread(target=editor.send, args=(story, form, taken["publish"]))
        sent.start()
        for name, path in (("story", story.permalink), ("section", section), ("front", "/"), ("feed", "/feed/"), ("sitemap", month)):
            while True:
                body = body_of(port, path)
                if body != before if name == "sitemap" else wanted in body:
                    break
                if editor.refused or time.perf_counter() - began > 30:
                    raise SystemExit(editor.refused or f"{path} did not say {headline} within 30 s")
                time.sleep(0.005)
            taken[name].append((time.perf_counter() - began) * 1000)
        sent.join()
        while Purge.objects.filter(done_at=None).exists():
            time.sleep(0.005)
        taken["all of it"].append((time.perf_counter() - began) * 1000)
        now = stored()
        taken["pages replaced"].append(sum(now.get(path) != moment for path, moment in there.items()))
        taken["rendered again"].append(sum(now.get(path, moment) != moment for path, moment in there.items()))
    return taken


def warm(most: int) -> tuple[float, float]:
    """(pages rendered a second, bytes of a story's page with its variants) of filling the store."""
    from broadsheet.delivery import purging
    from broadsheet.delivery.rendering import render
    from broadsheet.stories.models import Story

    paths = list(Story.objects.filter(live=True).order_by("pk").values_list("permalink", flat=True)[:most])
    began = time.perf_counter()
    for path in paths:
        render(path)
    taken = time.perf_counter() - began
    size = sum(file.stat().st_size for path in paths[:200] for file in Path(purging.shelf().store.stem(path)).glob("@.*"))
    return len(paths) / taken, size / min(len(paths), 200)


def nothing_waits() -> None:
    """Related stories are found for what is read here, and waited for by nothing else: an import leaves them all to the worker, an hour's work with 100 000."""
    from benchmarks.related import enter_all, relate
    from broadsheet.delivery import purging
    from broadsheet.related.models import Entry
    from broadsheet.stories.models import Story

    enter_all()
    relate(list(Story.objects.filter(live=True).order_by("-published").values_list("pk", flat=True)[:READ]))
    Entry.objects.exclude(waits=Entry.Waits.NO).update(waits=Entry.Waits.NO)
    purging.carry_out()


def one_size(data: str, size: int, args: argparse.Namespace) -> None:
    """Measure with an archive of so many stories, which grows to them."""
    from benchmarks.pages import Archive, prepare

    prepare(data)
    from django.conf import settings

    from broadsheet.stories.models import Section, Story

    if not Story.objects.exists():
        Archive(plain=False).grow(size)
    nothing_waits()
    port = args.port
    environment = {
        "BROADSHEET_DATA": data,
        "BROADSHEET_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "broadsheet.settings",
    }
    settings.WAGTAILADMIN_BASE_URL = environment["BROADSHEET_URL"]
    with running([sys.executable, "-m", "broadsheet", "up", "--empty"], port, **environment):
        newest = list(Story.objects.filter(live=True).order_by("-published").values_list("permalink", flat=True)[:READ])
        paths = ["/", "/latest/", "/feed/", *(f"/{slug}/" for slug in Section.objects.values_list("slug", flat=True)), *newest]
        for path in paths:
            body_of(port, path)
        time.sleep(6)
        load, began, spent = os.getloadavg()[0], time.monotonic(), _spent(port)
        with reading(port, paths, args.rate) as heard:
            taken = publish(port, args.publishes)
        web = _memory(port)
        used = {name: seconds - spent.get(name, 0.0) for name, seconds in _spent(port).items()}
        seconds = time.monotonic() - began
    waited, errors = heard
    waits, slowest = [wait for wait, _path in waited], sorted(waited)[-3:]
    rate, bytes_of_one = warm(args.warm)
    told = {name: (percentile(values, 0.5), percentile(values, 0.99), max(values)) for name, values in taken.items()}
    for name, (middle, slow, most) in told.items():
        unit = "" if name in COUNTS else " ms"
        print(f"{size:>8} {name:16} p50 {middle:>8.1f}{unit}  p99 {slow:>8.1f}{unit}  most {most:>8.1f}", flush=True)
    print(f"{size:>8} readers          {len(waits)} answers, {len(errors)} errors {errors[:3]}, p50 {percentile(waits, 0.5):.1f} ms, "
          f"p99 {percentile(waits, 0.99):.1f} ms, p99.9 {percentile(waits, 0.999):.1f} ms, most {', '.join(f'{wait:.1f} ms {path}' for wait, path in slowest[::-1])} (goal ≤ {WAITS:g})")  # fmt: skip
    print(
        f"{size:>8} processor        {', '.join(f'{name} {one / seconds:.0%}' for name, one in used.items())} of one, load {load:.1f} before"
    )
    print(
        f"{size:>8} store            {rate:.0f} pages/s when it is filled ({100_000 / rate / 60:.0f} min for 100 000), {bytes_of_one / 1000:.1f} KB a story; {web}",
        flush=True,
    )


def _processes(port: int) -> Iterator[tuple[str, Path]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().split(b"\0")
            if f"PORT={port}".encode() in (folder / "environ").read_bytes().split(b"\0") and any(
                word in command for word in (b"granian", b"worker")
            ):
                yield "worker" if b"worker" in command else "site", folder
        except OSError:
            continue


def _memory(port: int) -> str:
    told = []
    for name, folder in _processes(port):
        own = sum(int(line.split()[1]) for line in (folder / "smaps_rollup").read_text().splitlines() if line.startswith("Pss:"))
        told.append(f"{name} {own / 1000:.0f} MB")
    return ", ".join(sorted(told))


def _spent(port: int) -> dict[str, float]:
    """Seconds of the processor that site and worker have used."""
    used: dict[str, float] = {}
    for name, folder in _processes(port):
        parts = (folder / "stat").read_text().rpartition(")")[2].split()
        used[name] = used.get(name, 0.0) + (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")
    return used


def main() -> None:
    """Measure each size in a process of its own, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 20_000])
    parser.add_argument("--publishes", type=int, default=200)
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--warm", type=int, default=1_000)
    parser.add_argument("--whole", action="store_true", help="100 000 stories, too")
    parser.add_argument("--data", help="a folder with an archive, of which a copy is measured; with one size")
    parser.add_argument("--port", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--here", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.here:
        one_size(args.here, args.sizes[0], args)
        return
    print(f"load {os.getloadavg()[0]:.1f}; goals: p99 ≤ {GOAL:g} ms, growth ≤ {GROWTH}, rendered again ≤ {AGAIN}", flush=True)
    for size in args.sizes + [100_000] * args.whole:
        with tempfile.TemporaryDirectory() as folder:
            data = f"{folder}/data"
            if args.data:
                shutil.copytree(args.data, data)
            else:
                Path(data).mkdir(mode=0o711)
            command = [sys.executable, __file__, "--here", data, "--sizes", str(size), "--publishes", str(args.publishes), "--rate", str(args.rate),
                       "--warm", str(args.warm), "--port", str(free_port())]  # fmt: skip
            subprocess.run(["taskset", "-c", "1", *command], check=True, env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"})


if __name__ == "__main__":
    main()
