"""How long it takes until readers see what was published, how many pages that replaces, and what a store costs, with 1 000 and with 100 000 stories.

    python benchmarks/publishing.py [--sizes 1000 20000] [--publishes 200] [--rate 200] [--warm 1000] [--whole]

`broadsheet serve` runs on one processor; readers ask it for pages of the newest stories, fronts and lists `--rate` times a second from the other, where
stories are published, too. Measured from the beginning of a publish until story, section, front, feed and sitemap are new, asked one after the other as a reader
asks. Goals: p99 at most one second, with the larger archive at most 1.2 times what it takes with the smallest, at most 30 pages rendered again; no reader gets
an error or waits more than 100 ms. `--whole` adds 100 000 stories; `--data` takes a folder that this has made before.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from benchmarks.delivery import free_port, running  # noqa: E402
from benchmarks.pages import percentile  # noqa: E402

GOAL, GROWTH, WAITS, AGAIN = 1000.0, 1.2, 100.0, 30


class Readers:
    """Ask for pages at a steady rate, with a few connections that stay open."""

    def __init__(self, port: int, paths: list[str], rate: float, connections: int = 8) -> None:
        self.port, self.paths, self.pause = port, paths, connections / rate
        self.waits: list[float] = []
        self.errors: list[str] = []
        self.ended = threading.Event()
        self.threads = [threading.Thread(target=self._read, args=(number,)) for number in range(connections)]

    def __enter__(self) -> Readers:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        for thread in self.threads:
            thread.join()

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
            self.waits.append((time.perf_counter() - began) * 1000)


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


def publish(port: int, times: int) -> dict[str, list[float]]:
    """Milliseconds until each is new, and of the publish itself; and how many pages each replaced."""
    from broadsheet.delivery import purging
    from broadsheet.stories.models import Listing, Story

    taken: dict[str, list[float]] = {
        name: [] for name in ("publish", "story", "section", "front", "feed", "sitemap", "pages replaced", "rendered again")
    }
    counted: list[tuple[int, int]] = []
    done = purging._done

    def count(change: purging.Change) -> None:
        counted.append((len(change.paths), 0))
        done(change)

    purging._done = count
    mocked = purging.again

    def again(paths: Sequence[str], change: purging.Change) -> None:
        counted.append((0, len(paths)))
        mocked(paths, change)

    purging.again = again
    newest = list(Listing.objects.filter(list_key="site").order_by("-published", "-story_id").values_list("story_id", flat=True)[:10])
    for number in range(times):
        story = Story.objects.get(pk=newest[number % len(newest)]).get_latest_revision_as_object()
        headline = f"What is new is number {time.time_ns()}"
        story.title, story.change_kind = headline, "update"
        wanted = headline.encode()
        month = f"/sitemap-{story.published:%Y-%m}.xml"
        before = body_of(port, month)
        counted.clear()
        began = time.perf_counter()
        story.save_revision().publish()
        taken["publish"].append((time.perf_counter() - began) * 1000)
        section = f"/{story.permalink.split('/')[1]}/"
        for name, path in (("story", story.permalink), ("section", section), ("front", "/"), ("feed", "/feed/")):
            while wanted not in body_of(port, path):
                if time.perf_counter() - began > 30:
                    raise SystemExit(f"{path} did not say {headline} within 30 s")
                time.sleep(0.002)
            taken[name].append((time.perf_counter() - began) * 1000)
        while body_of(port, month) == before and time.perf_counter() - began < 30:
            time.sleep(0.002)
        taken["sitemap"].append((time.perf_counter() - began) * 1000)
        purging.settled(20)
        taken["pages replaced"].append(sum(pages for pages, _again in counted))
        taken["rendered again"].append(sum(pages for _pages, pages in counted))
    purging._done, purging.again = done, mocked
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


def one_size(data: str, size: int, args: argparse.Namespace) -> None:
    """Measure with an archive of so many stories, which grows to them."""
    from benchmarks.pages import Archive, prepare

    prepare(data)
    from django.conf import settings

    from broadsheet.stories.models import Section, Story

    if not Story.objects.exists():
        Archive(plain=False).grow(size)
    port = args.port
    environment = {
        "BROADSHEET_DATA": data,
        "BROADSHEET_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "broadsheet.settings",
    }
    settings.WAGTAILADMIN_BASE_URL = environment["BROADSHEET_URL"]
    with running([sys.executable, "-m", "broadsheet", "up", "--empty"], port, **environment):
        newest = list(Story.objects.filter(live=True).order_by("-published").values_list("permalink", flat=True)[:200])
        paths = ["/", "/latest/", "/feed/", *(f"/{slug}/" for slug in Section.objects.values_list("slug", flat=True)), *newest]
        for path in paths:
            body_of(port, path)
        time.sleep(6)
        with Readers(port, paths, args.rate) as readers:
            taken = publish(port, args.publishes)
        web = _memory(port)
    rate, bytes_of_one = warm(args.warm)
    told = {name: (percentile(values, 0.5), percentile(values, 0.99), max(values)) for name, values in taken.items()}
    for name, (middle, slow, most) in told.items():
        unit = "" if name in {"pages replaced", "rendered again"} else " ms"
        print(f"{size:>8} {name:16} p50 {middle:>8.1f}{unit}  p99 {slow:>8.1f}{unit}  most {most:>8.1f}", flush=True)
    print(f"{size:>8} readers          {len(readers.waits)} answers, {len(readers.errors)} errors {readers.errors[:3]}, p50 {percentile(readers.waits, 0.5):.1f} ms, "
          f"p99 {percentile(readers.waits, 0.99):.1f} ms, most {max(readers.waits):.1f} ms (goal ≤ {WAITS:g})")  # fmt: skip
    print(
        f"{size:>8} store            {rate:.0f} pages/s when it is filled ({100_000 / rate / 60:.0f} min for 100 000), {bytes_of_one / 1000:.1f} KB a story; {web}",
        flush=True,
    )


def _memory(port: int) -> str:
    told = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().split(b"\0")
            environment = (folder / "environ").read_bytes()
            if f"PORT={port}".encode() in environment.split(b"\0") and any(word in command for word in (b"granian", b"worker")):
                own = sum(int(line.split()[1]) for line in (folder / "smaps_rollup").read_text().splitlines() if line.startswith("Pss:"))
                told.append(f"{'worker' if b'worker' in command else 'site'} {own / 1000:.0f} MB")
        except OSError:
            continue
    return ", ".join(sorted(told))


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
