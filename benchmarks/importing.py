"""How fast an export comes in, and with how much memory, at several sizes.

    python benchmarks/importing.py [--sizes 2000 20000 100000]

Each size is imported into an empty database by the command an operator runs, then the same file once more. Goals: 400 posts a
second on two cores, at every size the same within a tenth; 300 MB for both processes together, whatever the size. Where others
work at the same time (the load is printed), posts for each second of processor time of the busier of the two processes are the
honest number: what two idle cores reach, if the other one is never waited for. Pictures are encoded while an import takes in its
files, before any post: their rate is measured apart. “Background work” is what waits for the worker afterwards, how many
stories it enters among the related in a second, and of how many it then finds the related ones.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

WORDS = "harbour council ferry winter signal ledger bridge river school market letter island engine garden valley window".split()
HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Benchmark</title><link>https://bench.example</link><description>Made to be measured</description><language>en</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://bench.example</wp:base_blog_url>
"""
BACKGROUND = 40.0
"""Seconds of each kind of work in the background, of which the rate is told."""
SOURCE = Path(__file__).resolve().parents[1] / "src"


def write_export(path: Path, posts: int) -> None:
    """An export of so many posts: 20 categories, 300 tags, 40 authors, a comment to every third post."""
    chance = random.Random(5)

    def prose(words: int) -> str:
        return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."

    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for n in range(40):
            file.write(
                f"<wp:author><wp:author_login>a{n}</wp:author_login><wp:author_display_name>A. Author {n}</wp:author_display_name></wp:author>\n"
            )
        for n in range(20):
            file.write(f"<wp:category><wp:category_nicename>c{n}</wp:category_nicename><wp:cat_name>Part {n}</wp:cat_name></wp:category>\n")
        for n in range(300):
            file.write(f"<wp:tag><wp:tag_slug>t{n}</wp:tag_slug><wp:tag_name>Subject {n}</wp:tag_name></wp:tag>\n")
        for n in range(1, posts + 1):
            date = f"{2001 + n % 24}-{n % 12 + 1:02}-{n % 28 + 1:02} {n % 24:02}:{n % 60:02}:00"
            paragraphs = [prose(chance.randint(30, 90)) for _ in range(chance.randint(4, 10))]
            paragraphs[1] += f' <a href="https://bench.example/{n // 2}/">{prose(4)}</a> <em>{prose(5)}</em>'
            body = "\n\n".join(f"<!-- wp:paragraph -->\n<p>{p}</p>\n<!-- /wp:paragraph -->" if n % 2 else p for p in paragraphs)
            terms = f'<category domain="category" nicename="c{n % 20}">Part {n % 20}</category>' + "".join(
                f'<category domain="post_tag" nicename="t{t}">Subject {t}</category>' for t in chance.sample(range(300), 3)
            )
            comment = (
                f"<wp:comment><wp:comment_id>{n}</wp:comment_id><wp:comment_author>R. Reader</wp:comment_author><wp:comment_date_gmt>{date}"
                f"</wp:comment_date_gmt><wp:comment_content>{prose(20)}</wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment>"
            )
            file.write(
                f"<item><title>{prose(8)}</title><link>https://bench.example/{date[:4]}/{date[5:7]}/post-{n}/</link><dc:creator>a{n % 40}"
                f'</dc:creator><guid isPermaLink="false">https://bench.example/?p={n}</guid><content:encoded><![CDATA[{body}]]></content:encoded>'
                f"<wp:post_id>{n}</wp:post_id><wp:post_date>{date}</wp:post_date><wp:post_date_gmt>{date}</wp:post_date_gmt>"
                f"<wp:post_name>post-{n}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>{terms}"
                f"{'' if n % 3 else comment}</item>\n"
            )
        file.write("</channel></rss>\n")


class Memory(threading.Thread):
    """The most that a process and its children held together, looked at twice a second (Linux) until it is over.

    What both share, the code of the interpreter and its libraries, is counted once (proportional set size). A look takes 8 ms for each,
    so it is not the process that is measured that looks.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak, self.over = pid, 0.0, threading.Event()
        self.start()

    def run(self) -> None:
        """Look, until told that it is over."""
        while not self.over.wait(0.5):
            held = 0
            with suppress(OSError):  # It, or a child, may just have ended.
                for pid in (str(self.pid), *Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()):
                    held += int(re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text() + "\nPss: 0", re.M)[1])
            self.peak = max(self.peak, held / 1024)


def write_pictures(folder: Path, count: int) -> Path:
    """An export of so many pictures and their files; returns its path."""
    from PIL import Image

    chance, path = random.Random(5), folder / "pictures.xml"
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for n in range(1, count + 1):
            small = Image.frombytes("RGB", (60, 40), chance.randbytes(60 * 40 * 3))
            small.resize((1500, 1000)).save(folder / f"{n}.jpg", quality=85)
            file.write(
                f"<item><title>Picture {n}</title><link>https://bench.example/?attachment_id={n}</link><wp:post_id>{n}</wp:post_id>"
                f"<wp:post_name>picture-{n}</wp:post_name><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type>"
                f"<wp:attachment_url>https://bench.example/wp-content/uploads/{n}.jpg</wp:attachment_url></item>\n"
            )
        file.write("</channel></rss>\n")
    return path


def spent() -> tuple[float, float]:
    """Seconds of processor time of this process, and of those it has started and seen end."""
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime, others.ru_utime + others.ru_stime


def measured(data: Path, *arguments: str) -> dict[str, float]:
    """Run this file on one task in a process of its own: seconds, and megabytes of it and its child together."""
    environment = {**os.environ, "BROADSHEET_DATA": str(data), "DJANGO_SETTINGS_MODULE": "broadsheet.settings"}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(SOURCE), os.environ.get("PYTHONPATH", "")]))
    environment.pop("BROADSHEET_DATABASE_URL", None)
    with subprocess.Popen([sys.executable, __file__, "--task", *arguments], env=environment, stdout=subprocess.PIPE, text=True) as run:
        memory = Memory(run.pid)
        said, _nothing = run.communicate()
        memory.over.set()
    if run.returncode:
        raise SystemExit(f"{' '.join(arguments)} ended with status {run.returncode}:\n{said}")
    return {**json.loads(said.rpartition("\n{")[2].join(["{", ""])), "memory": memory.peak}


def task(kind: str, *arguments: str) -> None:
    """What a process of its own does."""
    import django

    django.setup()
    from django.core.management import call_command

    from broadsheet.delivery import outbox
    from broadsheet.delivery.models import Task
    from broadsheet.importing.commands import import_wordpress
    from broadsheet.related.models import Entry
    from broadsheet.stories import relating

    began, before, waiting, entered, related = time.perf_counter(), spent(), 0, 0.0, 0.0
    if kind == "migrate":
        call_command("migrate", verbosity=0, interactive=False)
    elif kind == "import":
        if import_wordpress(arguments):
            raise SystemExit(1)
    else:
        waiting = Task.objects.filter(status=Task.Status.WAITING).count() + relating.waiting()
        while outbox.run_due():
            pass
        entered, related = (_rate(relating, kind) for kind in (Entry.Waits.ENTER, Entry.Waits.RELATE))
    taken = time.perf_counter() - began
    first, second = (now - then for now, then in zip(spent(), before, strict=True))
    print(
        "\n" + json.dumps({"seconds": taken, "first": first, "second": second, "waiting": waiting, "entered": entered, "related": related})
    )


def _rate(relating: Any, kind: int) -> float:
    """Stories of which the worker does this kind of work in a second."""
    from broadsheet.related.models import Entry

    began, done = time.perf_counter(), 0
    waiting = Entry.objects.filter(waits=kind).order_by("-story").values_list("story", "since")[: relating.TOGETHER[kind]]
    while (some := dict(waiting.all())) and time.perf_counter() - began < BACKGROUND:
        done += relating._enter(some) if kind == Entry.Waits.ENTER else relating._relate(some, time.monotonic() + BACKGROUND, spread=True)
    return done / (time.perf_counter() - began)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[2_000, 20_000, 100_000])
    parser.add_argument("--pictures", type=int, default=40)
    parser.add_argument("--task", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.task:
        return task(*args.task)
    rates: dict[int, float] = {}
    memory: dict[int, float] = {}
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(
        f"{'posts':>8} {'seconds':>8} {'posts/s':>8} {'processor s':>13} {'posts/s of busier':>18} {'MB':>5} {'again: posts/s':>15}"
        f" {'background work':>22} {'load':>5}"
    )
    for size in args.sizes:
        with tempfile.TemporaryDirectory() as folder:
            data, export = Path(folder) / "data", Path(folder) / "export.xml"
            data.mkdir()
            write_export(export, size)
            measured(data, "migrate")
            first, second, late = measured(data, "import", str(export)), measured(data, "import", str(export)), measured(data, "outbox")
        rates[size], memory[size] = size / first["seconds"], max(first["memory"], second["memory"])
        work = f"{late['waiting']:.0f}: {late['entered']:.0f}/s, {late['related']:.0f}/s"
        print(
            f"{size:>8} {first['seconds']:>8.1f} {rates[size]:>8.0f} {first['first']:>6.1f} {first['second']:>6.1f}"
            f" {size / max(first['first'], first['second']):>18.0f} {memory[size]:>5.0f}"
            f" {size / second['seconds']:>15.0f} {work:>22} {os.getloadavg()[0]:>5.1f}",
            flush=True,
        )
    small, large = args.sizes[0], args.sizes[-1]
    print(f"posts/s: {large} / {small} posts = {rates[large] / rates[small]:.2f} (goal ≥ 0.9); memory: {memory[large] / memory[small]:.2f}")
    with tempfile.TemporaryDirectory() as folder:
        data, files = Path(folder) / "data", Path(folder) / "files"
        data.mkdir()
        files.mkdir()
        export = write_pictures(files, args.pictures)
        measured(data, "migrate")
        made = measured(data, "import", str(export), "--media", str(files))
    print(f"pictures: {args.pictures / made['seconds']:.1f}/s, {made['memory']:.0f} MB")


if __name__ == "__main__":
    main()
