"""What finding and following cost with 2 000, 20 000 and 100 000 stories: searches, related stories, archives, topics, feeds, sitemaps, the API.

    python benchmarks/following.py [--sizes 2000 20000 100000] [--rounds 60] [--keep FOLDER] [--only search|pages|related]

One archive of invented words, as common and as rare as words are, grows from size to size and is measured at each, uncached, in a process
of its own; `--keep` leaves the archives in a folder and finds them there again (100 000 stories take some twenty minutes). What the processor
is busy with is what goals and ratios are of: the clock stands beside it, and tells little on a machine with other things to do. Goals:
a search 30 ms, a story's related ones 30 ms, everything else 10 ms, and with each size at most 1.2 times what it takes with the one before.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from itertools import accumulate, product
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

SYLLABLES = "ba ke li mo nu ra se ti vo zu dan fel gor hin jur pas wek yol cam quo".split()
VOCABULARY, SUBJECTS = 60_000, 4_000
GROWTH = 1.2
GOALS = {"search": 30.0, "related": 30.0, "pages": 10.0}


class Vocabulary:
    """Words as a language has them, and subjects with words of their own."""

    def __init__(self) -> None:
        chance = random.Random(3)
        short = ["".join(parts) for parts in product(SYLLABLES, repeat=3)]
        long = sorted({"".join(chance.choices(SYLLABLES, k=4)) for _ in range(VOCABULARY)} - set(short))
        chance.shuffle(short)
        chance.shuffle(long)
        self.words = (short + long)[:VOCABULARY]
        self.shares = list(accumulate(1 / (rank + 2) for rank in range(len(self.words))))
        self.subjects = [chance.sample(self.words[200:], 25) for _ in range(SUBJECTS)]

    def questions(self, section: int, person: int) -> dict[str, tuple[str, dict[str, str]]]:
        """Name → query, filters."""
        w = self.words
        return {
            "rare": ("seldomly", {}),
            "common": (w[0], {}),
            "three words": (f"{w[3]} {w[30]} {w[100]}", {}),
            "filtered": (w[0], {"section": str(section)}),
            "person": (f"{w[1]} {w[2]}", {"person": str(person)}),
            "phrase": (f'"{w[1]} {w[2]}"', {}),
            "beginning": (f"{w[200][:4]}*", {}),
            "excluded": (f"{w[2]} -{w[1]}", {}),
            "misspelt": (w[40][:-1] + "x", {}),
            "never together": ("evenly oddly", {}),
        }


def grow(folder: Path, sizes: list[int]) -> None:
    """Grow an archive in `folder`/growing, a copy of its database for each size in `folder`/size."""
    prepare(folder / "growing")
    from django.db import connection

    from broadsheet.fronts.actions import found_publication
    from broadsheet.importing.bulk import Fresh, write
    from broadsheet.people.models import Person
    from broadsheet.stories.models import Section, Story, Topic

    chance, language = random.Random(7), Vocabulary()
    front = found_publication(name="Benchmark", by=None)
    sections = [front.add_child(instance=Section(title=f"Section {n}", slug=f"section-{n}")).pk for n in range(10)]
    people = [Person.objects.create(name=f"Person {n}", slug=f"person-{n}").pk for n in range(40)]
    topics = [Topic.objects.create(name=f"Topic {n}", slug=f"topic-{n}").pk for n in range(200)]

    def prose(count: int, subject: list[str], more: tuple[str, ...] = ()) -> str:
        found = chance.choices(language.words, cum_weights=language.shares, k=count)
        words = [chance.choice(subject) if chance.random() < 0.125 else word for word in found]
        return " ".join([*words, *more]).capitalize() + "."

    def story(number: int) -> Fresh:
        when = dt.datetime(2000, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=number)
        subject = chance.choice(language.subjects)
        # The commonest word stands in every story, a rare one in one of a thousand, and two never in the same.
        signs = (language.words[0], ("evenly", "oddly")[number % 2], *(("seldomly",) if number % 1000 == 7 else ()))
        title = prose(9, subject)[:200]
        body = "".join(f"<p>{prose(60, subject, signs)}</p>" for _ in range(7))
        one = Story(
            title=title, draft_title=title, slug=f"story-{number}", live=True, published=when, first_published_at=when, last_published_at=when,
            standfirst=prose(20, subject), body=[("text", body)], permalink=f"/section-{number % 10}/story-{number}/",
        )  # fmt: skip
        return Fresh(one, sections[number % 10], [chance.choice(people)], relations={"topics": chance.sample(topics, 3)})

    count = 0
    for size in sizes:
        began = time.process_time()
        while count < size:
            write([story(number) for number in range(count, min(count + 250, size))])
            count = min(count + 250, size)
        print(f"{size} stories written, {time.process_time() - began:.0f} s of the processor", file=sys.stderr, flush=True)
        (folder / str(size)).mkdir(exist_ok=True)
        connection.ensure_connection()
        copy = sqlite3.connect(folder / f"{size}/part")
        connection.connection.backup(copy)
        copy.close()
        name = Path(connection.settings_dict["NAME"]).name
        for other in (folder / "growing").iterdir():
            if other.is_file() and not other.name.startswith(name):
                shutil.copy2(other, folder / str(size))
        # By its name it is known that it is whole.
        (folder / f"{size}/part").rename(folder / f"{size}/{name}")


def prepare(folder: Path) -> None:
    """Django on the data in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.update(BROADSHEET_DATA=str(folder), DJANGO_SETTINGS_MODULE="broadsheet.settings")
    os.environ.pop("BROADSHEET_DATABASE_URL", None)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def measure(size: int, rounds: int, only: str | None) -> None:
    """Measure the archive that `BROADSHEET_DATA` holds and print, as JSON, milliseconds by (group, name): [clock, processor] of each round."""
    prepare(Path(os.environ["BROADSHEET_DATA"]))
    from broadsheet import pending

    # Nothing is written beside what is measured.
    pending.later = lambda seconds, function: None
    gc.collect()
    gc.freeze()
    found: dict[str, dict[str, list[tuple[float, float]]]] = {}
    if only in (None, "search"):
        found["search"] = searches(rounds)
    if only in (None, "pages"):
        from benchmarks import machines

        found["pages"] = machines.measure(rounds, size)
    if only in (None, "related"):
        found["related"] = {"related": related_ones(rounds)}
    print(json.dumps(found))


def searches(rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Of each question what the index takes, and the whole page."""
    from zoneinfo import ZoneInfo

    from django.test import Client

    from broadsheet.people.models import Person
    from broadsheet.search.asking import parse
    from broadsheet.search.filters import Filters
    from broadsheet.search.queries import find_all
    from broadsheet.stories.models import Section

    section, person = Section.objects.get(slug="section-3").pk, Person.objects.get(slug="person-3").pk
    questions, client, zone = Vocabulary().questions(section, person), Client(SERVER_NAME="127.0.0.1"), ZoneInfo("UTC")
    times: dict[str, list[tuple[float, float]]] = {}
    for number in range(rounds + 3):
        for name, (query, filters) in questions.items():
            with Taken() as index:
                find_all(parse(query), Filters(**filters), zone=zone)
            with Taken() as page:
                answer = client.get("/search/", {"q": query, **filters})
            if answer.status_code != 200:
                raise SystemExit(f"{query} answered {answer.status_code}")
            if number >= 3:
                times.setdefault(name, []).append(index.milliseconds)
                times.setdefault(f"{name}, page", []).append(page.milliseconds)
    return times


def related_ones(rounds: int) -> list[tuple[float, float]]:
    """What the worker takes to find and write the list of one story, of so many as it does together."""
    from benchmarks import related
    from broadsheet.related.models import Entry
    from broadsheet.stories import relating

    began = time.process_time()
    if entered := related.enter_all():
        print(f"{entered} stories entered among the related, {(time.process_time() - began) * 1000 / entered:.1f} ms each", file=sys.stderr)
    times = []
    stories = list(Entry.objects.order_by("story").values_list("story", "since"))
    together = relating.TOGETHER[Entry.Waits.RELATE]
    sample = random.Random(len(stories)).sample(stories, min(rounds * together, len(stories)))
    for start in range(0, len(sample), together):
        some = dict(sample[start : start + together])
        with Taken() as them:
            relating._relate(some, time.monotonic() + 600, spread=False)
        times.append((them.milliseconds[0] / len(some), them.milliseconds[1] / len(some)))
    return times


class Taken:
    """How long something took, by the clock and of the processor."""

    def __enter__(self) -> Taken:
        self._clock, self._busy = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_error: object) -> None:
        self.milliseconds = ((time.perf_counter() - self._clock) * 1000, (time.process_time() - self._busy) * 1000)


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of the values lie."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main() -> None:
    """Grow, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[2_000, 20_000, 100_000])
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where archives are left, and found again")
    parser.add_argument("--only", choices=list(GOALS))
    parser.add_argument("--step", choices=["grow", "measure"], help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.step == "grow":
        grow(args.keep, args.sizes)
    elif args.step == "measure":
        measure(args.sizes[0], args.rounds, args.only)
    else:
        with tempfile.TemporaryDirectory() as folder:
            report(args.keep or Path(folder), sorted(args.sizes), args.rounds, args.only)


def report(folder: Path, sizes: list[int], rounds: int, only: str | None) -> None:
    """Every size in a process of its own, one behind the other; then the whole table."""
    if not all((folder / str(size)).is_dir() for size in sizes):
        shutil.rmtree(folder / "growing", ignore_errors=True)
        _step("grow", folder, *map(str, sizes), data=folder / "growing", keep=folder)
    medians: dict[tuple[str, str], float] = {}
    missed = 0
    print(
        f"load {os.getloadavg()[0]:.1f}; milliseconds of the processor (and of the clock); growth: p50 of the processor, to the size before"
    )
    print(f"{'stories':>8} {'':24} {'p50':>7} {'p99':>7} {'clock p50':>10} {'p99':>7} {'growth':>7}   goal")
    for size in sizes:
        out = _step("measure", folder, str(size), data=folder / str(size), rounds=rounds, only=only)
        for group, measured in json.loads(out.splitlines()[-1]).items():
            for name, taken in measured.items():
                clock, busy = ([one[place] for one in taken] for place in (0, 1))
                middle = percentile(busy, 0.5)
                growth = middle / medians[group, name] if (group, name) in medians else 0.0
                medians[group, name] = middle
                wrong = [f"> {GOALS[group]:g} ms"] * (middle > GOALS[group]) + [f"> {GROWTH}"] * (growth > GROWTH)
                missed += bool(wrong)
                print(
                    f"{size:>8} {name:24} {middle:>7.2f} {percentile(busy, 0.99):>7.2f} {percentile(clock, 0.5):>10.2f}"
                    f" {percentile(clock, 0.99):>7.2f} {growth or '':>7{'.2f' if growth else ''}}   {' '.join(wrong)}"
                )
    print(
        f"load {os.getloadavg()[0]:.1f}; goals: "
        + ", ".join(f"{group} ≤ {goal:g} ms" for group, goal in GOALS.items())
        + f", growth ≤ {GROWTH}; missed: {missed}"
    )


def _step(step: str, folder: Path, *sizes: str, data: Path, keep: Path | None = None, rounds: int = 0, only: str | None = None) -> str:
    command = [sys.executable, str(HERE / "following.py"), "--step", step, "--sizes", *sizes, "--rounds", str(rounds)]
    command += [*(["--keep", str(keep)] if keep else []), *(["--only", only] if only else [])]
    environment = {**os.environ, "BROADSHEET_DATA": str(data)}
    environment.pop("BROADSHEET_DATABASE_URL", None)
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout


if __name__ == "__main__":
    main()
