"""Breaks an import off again and again, runs it to its end, and compares what readers get with what one clean import gives.

    python -m tests.importing.interrupted EXPORT --media FOLDER --times 100 [--seed 7] [--how kill interrupt full]

Every break happens at a random statement to the database, within transactions and between them: `kill` is SIGKILL, `interrupt`
is Ctrl-C, `full` is a disk without room. It prints one line per break and ends with status 1 at the first difference.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock


def apart(function: Callable[[], int]) -> int:
    """Run a function in a process of its own; its exit status, negative for a signal."""
    pid = os.fork()
    if pid == 0:
        status = 70
        try:
            status = function()
        except KeyboardInterrupt:
            status = 130
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


class Breaker:
    """Counts statements to the database and breaks off at one of them."""

    def __init__(self, how: str = "", at: int = 0) -> None:
        self.how, self.at, self.count = how, at, 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += 1
        if self.how == "full" and self.count == self.at:
            # From here on the file may not grow by a page.
            context["connection"].connection.execute("PRAGMA max_page_count = 1")
        elif self.count == self.at:
            os.kill(os.getpid(), signal.SIGKILL if self.how == "kill" else signal.SIGINT)
        return execute(sql, params, many, context)


class Trial:
    """One data folder, set back for every import."""

    def __init__(self, data: Path, command: list[str]) -> None:
        self.data, self.command = data, command
        self.original = data.parent / "before"
        shutil.copytree(data, self.original)

    def set_back(self) -> None:
        """The data folder as it was before any import."""
        shutil.rmtree(self.data)
        shutil.copytree(self.original, self.data)

    def run(self, breaker: Breaker | None = None) -> int:
        """Import, in a process of its own."""
        counted = self.data.parent / "statements"

        def bring_in() -> int:
            from django.db import connection

            from broadsheet.importing.commands import import_wordpress

            signal.signal(signal.SIGINT, signal.default_int_handler)
            sys.stdout = open(os.devnull, "w")
            breaker_ = breaker or Breaker()
            with connection.execute_wrapper(breaker_):
                status = import_wordpress([*self.command, "--report", str(self.data.parent / "report.json")])
            counted.write_text(str(breaker_.count))
            return status

        return apart(bring_in)

    def outcome(self) -> dict[str, str]:
        """What readers get at every public address, as digests, and the totals of the report."""
        path = self.data.parent / "outcome.json"
        status = apart(lambda: path.write_text(json.dumps(_public())) and 0)
        if status:
            raise SystemExit("the pages could not be read")
        report = json.loads((self.data.parent / "report.json").read_text())
        # Totals only: what was odd is told by the run that wrote it, and one that goes on does not write it again.
        del report["oddities"]
        return {**json.loads(path.read_text()), "report": json.dumps(report, sort_keys=True)}


def _public() -> dict[str, str]:
    from django.test import Client
    from wagtail.contrib.redirects.models import Redirect

    from broadsheet.people.models import Person
    from broadsheet.stories.models import Listing, Section, StaticPage, Story, Topic
    from broadsheet.syndication.sitemaps import addresses

    paths = {"/", "/feed/", "/sitemap.xml", *addresses(), "/robots.txt"}
    for model in (Story, StaticPage, Section):
        paths.update(page.url for page in model.objects.filter(live=True))
        paths.update(page.url_path.removeprefix("/front") for page in model.objects.all())
    paths.update(one.get_absolute_url() for model in (Person, Topic) for one in model.objects.all())
    paths.update(Redirect.objects.values_list("old_path", flat=True))
    client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
    found = {}
    # Pages say how late it is.
    with mock.patch("django.utils.timezone.now", return_value=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)):
        for path in sorted(paths):
            answer = client.get(path)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            found[path] = f"{answer.status_code} {answer.headers.get('Location', '')} {hashlib.sha256(content).hexdigest()}"
    found["lists"] = str(sorted(Listing.objects.values_list("list_key", "published", "story__permalink")))
    return found


def main() -> int:
    """Break off, go on, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("export", type=Path)
    parser.add_argument("--media", type=Path)
    parser.add_argument("--database", type=Path, help="an empty database with all tables, to save the migrations")
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--how", nargs="+", choices=["kill", "interrupt", "full"], default=["kill"])
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        data.mkdir()
        os.environ.update(BROADSHEET_DATA=str(data), DJANGO_SETTINGS_MODULE="broadsheet.settings")
        os.environ.pop("BROADSHEET_DATABASE_URL", None)
        import django

        warnings.filterwarnings("ignore", "No directory at")
        django.setup()
        if args.database:
            shutil.copyfile(args.database, data / "broadsheet.sqlite3")
        else:
            from django.core.management import call_command

            apart(lambda: call_command("migrate", verbosity=0, interactive=False) or 0)
        return _trials(Trial(data, [str(args.export), *(["--media", str(args.media)] if args.media else [])]), args)


def _trials(trial: Trial, args: argparse.Namespace) -> int:
    from broadsheet.importing import load, preparing

    # A small export must break off between batches too, and with the second process at work.
    load.BATCH, preparing.FEW = 20, 1
    if status := trial.run():
        raise SystemExit(f"the clean import ended with status {status}")
    clean = trial.outcome()
    total = int((trial.data.parent / "statements").read_text())
    print(f"{len(clean)} public addresses, {total} statements")
    chance = random.Random(args.seed)
    expected = {"kill": -signal.SIGKILL, "interrupt": 130, "full": 1}
    for number in range(args.times):
        how, breaks = args.how[number % len(args.how)], chance.choice((1, 1, 2))
        trial.set_back()
        places = []
        for _ in range(breaks):
            at = chance.randint(1, total)
            status = trial.run(Breaker(how, at))
            if status == 0 and how == "full" or status == 0 and places:
                break  # It needed no more room, or had fewer statements left: it is done.
            if status != expected[how]:
                print(f"{how} at statement {at}: ended with status {status}, not {expected[how]}")
                return 1
            places.append(at)
        again = "" if places else " (done)"
        if places and status != 0:
            status = trial.run()
        if status:
            print(f"after {how} at {places} the import ended with status {status}")
            return 1
        now = trial.outcome()
        different = sorted(path for path in {*clean, *now} if clean.get(path) != now.get(path))
        print(f"{number + 1}: {how} at {places}{again}: {f'DIFFERENT: {different}' if different else 'same'}", flush=True)
        if different:
            if "report" in different:
                print(clean["report"], now["report"], sep="\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
