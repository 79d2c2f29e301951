"""What the log of the record costs with 2 000 and 20 000 stories of five versions: verifying all of it, keeping it up, writing its files anew.

    python benchmarks/log.py [--sizes 2000 20000] [--versions 5]

Entries are made as a publish makes them, their texts short. Each size is measured in a process of its own. Goals: verifying 20 000 entries a
second and more, in memory that does not grow with the log, and one more entry no dearer in a long log than in a short one.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
GOAL, GROWTH = 20_000, 1.2


def fill(folder: Path, stories: int, versions: int) -> None:
    """Make the entries, without a log."""
    prepare(folder, new=True)
    from broadsheet.record import actions
    from broadsheet.record.actions import Version

    for version in range(versions):
        for start in range(0, stories, 500):
            some = range(start + 1, min(stories, start + 500) + 1)
            actions.append([Version(n, f"/news/{n}/", {"headline": f"Ferry {n}", "body": f"It sailed {version} times."}) for n in some], {})


def prepare(folder: Path, *, new: bool = False) -> None:
    """Django with that data folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.settings")
    os.environ["BROADSHEET_DATA"] = str(folder)
    import django

    django.setup()
    if new:
        from django.core.management import call_command

        folder.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)


def measure(folder: Path) -> dict[str, float]:
    """Keep it up, verify it, add one entry, write it anew; seconds and megabytes."""
    prepare(folder)
    from broadsheet.record import actions, log, signing
    from broadsheet.record.actions import Version
    from broadsheet.record.keeping import keep_up
    from broadsheet.record.verifying import Ends, head_of, verify

    found: dict[str, float] = {}
    started = time.perf_counter()
    keep_up()
    found["entered"] = time.perf_counter() - started
    spent = []
    for number in range(20):
        actions.append([Version(1, "/news/1/", {"headline": f"Ferry {number}"})], {})
        started = time.process_time()
        keep_up()
        spent.append(time.process_time() - started)
    found["one"] = sorted(spent)[10]

    def fetch(path: str) -> bytes | None:
        place = log.files() / path
        return place.read_bytes() if place.is_file() else None

    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started, clock = time.process_time(), time.perf_counter()
    head = head_of(fetch, signing.keys())
    wrong = [line for _count, lines in verify(fetch, head, Ends()) for line in lines]
    assert not wrong, wrong[:3]
    found["verified"], found["clock"] = time.process_time() - started, time.perf_counter() - clock
    found["entries"] = head.size
    found["grown"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base) / 1024
    shutil.rmtree(log.files())
    started = time.perf_counter()
    keep_up()
    found["anew"] = time.perf_counter() - started
    found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def apart(*arguments: str) -> str:
    """This program in a process of its own; what it printed."""
    return subprocess.run([sys.executable, __file__, *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout


def main() -> int:
    """Print a line for each size, and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[2000, 20000])
    parser.add_argument("--versions", type=int, default=5)
    parser.add_argument("--fill", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.fill:
        fill(args.fill, args.sizes[0], args.versions)
        return 0
    if args.measure:
        print(json.dumps(measure(args.measure)))
        return 0
    results: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as name:
        for size in args.sizes:
            folder = Path(name) / str(size)
            apart("--fill", str(folder), "--sizes", str(size), "--versions", str(args.versions))
            one = json.loads(apart("--measure", str(folder)).splitlines()[-1])
            results.append(one)
            print(
                f"{size:>7} stories, {one['entries']:>7.0f} entries: {one['entries'] / one['verified']:>7.0f} verified a second of the processor ({one['entries'] / one['clock']:.0f} by"
                f" the clock), memory grew {one['grown']:.1f} MB to {one['peak']:.0f} MB; one more entry {one['one'] * 1000:.1f} ms;"
                f" {one['entries'] / one['entered']:.0f} entered and {one['entries'] / one['anew']:.0f} written anew a second",
                flush=True,
            )
            shutil.rmtree(folder)
    first, last = results[0], results[-1]
    rates = [one["entries"] / one["verified"] for one in results]
    print(f"verifying: {rates[-1]:.0f} a second (goal {GOAL}), {rates[-1] / rates[0]:.2f} times the rate of the smallest")
    print(f"memory: {last['peak'] - first['peak']:+.1f} MB against the smallest, whose peak is {first['peak']:.0f} MB")
    print(f"one more entry: {last['one'] / first['one']:.2f} times that of the smallest (goal {GROWTH})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
