"""Breaks an import off again and again, runs it to its end, and compares what readers get and what the report says with one clean import.

    python -m tests.importing.interrupted [EXPORT --media FOLDER] --times 100 [--seed 7] [--how kill helper interrupt full disk cut]

`kill` is SIGKILL, `helper` SIGKILL of the second process alone, `interrupt` is Ctrl-C, `full` is a database without room, `disk`
a disk without room (a file system of a size drawn at random is mounted), `cut` is a power cut, between batches or within. Moments are drawn in the time that each phase of the clean import took, every phase as
often as the others. It prints one line per trial and ends with status 1 at the first difference.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, closing, nullcontext
from pathlib import Path
from typing import Any

from tests.breaking_off import Announce, Place, Run, announced, fill, interrupt, is_sound, kill, kill_helpers, run, set_up_django, warm_up
from tests.importing.small_site import small_site

HOW = ("kill", "helper", "interrupt", "full", "disk", "cut")
EXPECTED = {
    "kill": {-signal.SIGKILL},
    "cut": {-signal.SIGKILL},
    "interrupt": {130, -signal.SIGINT},
    "full": {1},
    "disk": {1},
    "helper": {1, 0},
}


class Statements:
    """Counts what is asked of the database; at one of them something happens."""

    def __init__(self, at: int = 0, then: Callable[[Any], None] | None = None, only: str = "") -> None:
        self.at, self.then, self.only, self.count = at, then, only, 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(self.only):
            self.count += 1
            if self.count == self.at and self.then:
                self.then(context)
        return execute(sql, params, many, context)


def no_room(context: Any) -> None:
    """From here on the database's file may not grow by a page."""
    context["connection"].connection.execute("PRAGMA max_page_count = 1")


def die(_context: Any) -> None:
    """SIGKILL of this process, now."""
    os.kill(os.getpid(), signal.SIGKILL)


class Unexpected(Exception):
    """An import ended in a way in which none may."""


class Trial:
    """One export and one data folder."""

    def __init__(self, place: Place, command: list[str], *, beside: bool) -> None:
        self.place, self.command, self.beside = place, command, beside
        self.report, self.counted = place.data.parent / "report.json", place.data.parent / "counted"

    def bring_in(self, statements: Statements | None = None, *, noting: bool = False, beside: bool = False, **when: Any) -> Run:
        """Import, in a process of its own, with a second one `beside` it or without."""

        def work(announce: Announce) -> int:
            from django.db import connection

            from broadsheet.importing import bulk, commands, load, preparing, turns
            from broadsheet.importing.arranging import Arranging
            from broadsheet.importing.files import Files

            signal.signal(signal.SIGINT, signal.default_int_handler)
            sys.stdout = open(os.devnull, "w")
            # A small export must break off between batches too.
            load.BATCH, load.FILES, turns.SECONDS = 8, 2, 0
            # With a second process it is there from the beginning, as it is for a large export.
            preparing.FEW, preparing.LARGE = (1, 1) if beside else (10_000, 1 << 40)
            counting, begins = statements or Statements(), Statements(only="BEGIN")
            places = {
                "people": (load, "Groups"), "files": (Files, "load"), "comparing": (load.Loader, "_compare"), "bodies": (load, "prepare_beside"),
                "writing": (load.Loader, "_load"), "ending": (bulk, "finish"), "arranging": (Arranging, "sign"), "comments": (load, "show_comments"),
                "accounts": (load, "differences"), "report": (commands, "_written"), "printing": (commands, "_print"),
            }  # fmt: skip
            with self.place.noting_what_is_synced() if noting else nullcontext():
                with announced(announce, places), connection.execute_wrapper(counting), connection.execute_wrapper(begins):
                    announce("reading")
                    status = commands.import_wordpress([*self.command, "--report", str(self.report)])
            self.counted.write_text(json.dumps([counting.count, begins.count]))
            return status

        self.place.look()
        return run(work, **when)

    def outcome(self) -> dict[str, str]:
        """What readers get at every public address, and the whole report."""
        sound = is_sound(self.place.data)
        return {**self.place.outcome(), "report": self.report.read_text(), "database": sound}

    def clean(self) -> dict[str, str]:
        """One import that nothing disturbs; what it takes is what moments are drawn in."""
        done = self.bring_in(beside=self.beside)
        if done.status:
            raise SystemExit(f"the clean import ended with status {done.status}")
        self.lengths = done.lengths()
        self.needed = self.place.size() - sum(path.stat().st_blocks * 512 for path in self.place.original.rglob("*"))
        self.quickest = sorted(self.lengths.values())[-2]
        self.statements, self.begins = json.loads(self.counted.read_text())
        return self.outcome()

    def once(self, how: str, chance: random.Random, where: Counter[str]) -> tuple[list[str], dict[str, str]]:
        """Break off at random, once or several times, and go on: where that was, and what there is then. Raises Unexpected."""
        hit: list[str] = []
        while not hit:
            self.place.set_back()
            with ExitStack() as stack:
                enlarge = None
                if how == "disk":
                    self.room = self.place.size() + chance.randint(10_000, self.needed)
                    enlarge = stack.enter_context(self.place.on_a_disk(self.room))
                done = Run(0)
                while not hit or len(hit) < 3 and how != "disk" and chance.random() < 0.3:
                    place, done = self.break_off(how, chance)
                    if self.is_over() if done.status else how != "helper":
                        # The moment came after the end, or there was room enough: from the beginning.
                        hit.clear()
                        break
                    if done.status not in EXPECTED[how]:
                        raise Unexpected(f"at {place} it ended with status {done.status}")
                    hit.append(place)
                    where[done.last] += 1
                    if done.status == 0:
                        break
                if not hit:
                    continue
                if enlarge:
                    enlarge()
                if done.status and (again := self.bring_in()).status:
                    raise Unexpected(f"after {hit} the next run ended with status {again.status}")
                return hit, self.outcome()
        raise AssertionError("not reached")

    def is_over(self) -> bool:
        """Whether an import was done and its account told: then another one is a second import, not the rest of the first."""
        with closing(sqlite3.connect(self.place.data / "broadsheet.sqlite3")) as database:
            return bool(database.execute("SELECT count(*) FROM importing_importrun WHERE finished IS NOT NULL").fetchone()[0])

    def break_off(self, how: str, chance: random.Random) -> tuple[str, Run]:
        """One import broken off at random: where that was to be, and how it went."""
        if how == "disk":
            return f"{self.room:,} bytes", self.bring_in()
        if how == "full":
            at = chance.randint(1, self.statements)
            return f"statement {at}", self.bring_in(Statements(at, no_room))
        if how == "cut" and chance.random() < 0.5:
            at = chance.randint(2, self.begins)
            done = self.bring_in(Statements(at, die, "BEGIN"), noting=True)
            return f"transaction {at} in {done.last}; {self.place.cut(chance)} files lost", done
        phase = chance.choice(sorted(self.lengths))
        if how == "helper":
            phase = chance.choice(["bodies", "writing"])
        # The second process takes longer to start than the rest takes together.
        beside = how == "helper" or self.beside and chance.random() < 0.3
        delay = chance.random() * min(self.lengths[phase], 1e9 if beside else self.quickest)
        strike = {"interrupt": interrupt, "helper": kill_helpers}.get(how, kill)
        done = self.bring_in(phase=phase, delay=delay, strike=strike, noting=how == "cut", beside=beside)
        lost = f"; {self.place.cut(chance)} files lost" if how == "cut" and done.status else ""
        return f"{done.last} + {delay * 1000:.0f} ms{lost}", done


def main() -> int:
    """Break off, go on, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("export", type=Path, nargs="?", help="left out: a small site made for this")
    parser.add_argument("--media", type=Path)
    parser.add_argument("--stories", type=int, default=24, help="of the small site")
    parser.add_argument("--database", type=Path, help="an empty database with all tables, to save the migrations")
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--how", nargs="+", choices=HOW, default=["kill"])
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, data = Path(name), Path(name) / "data"
        set_up_django(data)
        warm_up()
        fill(data, args.database)
        export = args.export or small_site(folder, args.stories)
        media = args.media or (None if args.export else folder / "uploads")
        return _trials(Trial(Place(data), [str(export), *(["--media", str(media)] if media else [])], beside=args.times > 5), args)


def _trials(trial: Trial, args: argparse.Namespace) -> int:
    """All trials; 1 at the first difference."""
    began, clean = time.monotonic(), trial.clean()
    took = ", ".join(f"{name} {seconds:.2f}" for name, seconds in trial.lengths.items())
    print(f"{len(clean)} public addresses, {trial.statements} statements, {trial.begins} transactions; seconds: {took}", flush=True)
    chance, where = random.Random(args.seed), Counter[str]()
    for number in range(args.times):
        how = args.how[number % len(args.how)]
        try:
            hit, now = trial.once(how, chance, where)
        except Unexpected as unexpected:
            print(f"{number + 1}: {how}: {unexpected}")
            return 1
        different = sorted(path for path in {*clean, *now} if clean.get(path) != now.get(path))
        print(f"{number + 1}: {how} at {', '.join(hit)}: {f'DIFFERENT: {different}' if different else 'same'}", flush=True)
        if different:
            if "report" in different:
                print(*difflib.unified_diff(clean["report"].splitlines(), now["report"].splitlines(), lineterm=""), sep="\n")
            return 1
    print(f"{sum(where.values())} times broken off: {dict(where.most_common())}; {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
