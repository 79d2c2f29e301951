"""`broadsheet import check-links`: ask the running site for every address of a report."""

from __future__ import annotations

import argparse
import http.client
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from tqdm import tqdm

from broadsheet.conf import options
from broadsheet.html import without_control
from broadsheet.importing.records import ImportRefused

AT_ONCE, SECONDS, WINDOW = 4, 30, 400
LONGEST, LONGEST_SHOWN = 1 << 20, 2000
"""Bytes of a line, and characters of what is said of it."""
UNFIT = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)
"""What reading JSON raises that no import wrote."""
IN_A_ROW = 20
"""So many addresses without an answer, or with a 5xx, one after another: the site is down, not its addresses wrong."""


def check_links(arguments: Sequence[str]) -> int:
    """Ask for all; 0 when each is answered as the report says, 1 when not, 2 when there is nothing to ask or nobody answers."""
    parser = argparse.ArgumentParser(
        prog="broadsheet import check-links", description="Ask the running site for every old address of a report."
    )
    parser.add_argument("report", type=Path, metavar="REPORT", help="the file that `broadsheet import … --report` wrote")
    parser.add_argument("--base", default=options.url, metavar="URL", help="where the site runs; BROADSHEET_URL when left out")
    args = parser.parse_args(arguments)
    told = " (BROADSHEET_URL; another with --base)" if "--base" not in " ".join(arguments) else ""
    try:
        file, count = _addresses_of(args.report)
        with closing(Asker(args.base)) as asker:
            print(f"Asking {args.base}{told}", flush=True)
            if (status := asker.answer("/")[0]) >= 500:
                raise ImportRefused(args.base, f"answers {status} to its front page", "Mend the site, or say with --base where it runs")
            failed, answered = _ask_all(asker, file, count)
    except ImportRefused as refused:
        print(f"broadsheet: {refused}", file=sys.stderr)
        return 2
    except (OSError, http.client.HTTPException, ValueError) as error:
        print(f"broadsheet: {args.base} does not answer ({error}). Start the site, or say with --base where it runs", file=sys.stderr)
        return 2
    for line in failed:
        # Of a file that anybody may have had a hand in, to a terminal.
        print(without_control(line[:LONGEST_SHOWN]))
    told = ", ".join(f"{n:,} × {status}" for status, n in sorted(answered.items()))
    print(f"{sum(answered.values()):,} addresses asked for ({told}), {len(failed):,} not answered as they should be")
    return 1 if failed else 0


def _addresses_of(report: Path) -> tuple[Path, int]:
    try:
        told = json.loads(report.read_text(encoding="utf-8"))
        file, count = report.parent / Path(told["addresses"]["file"]).name, int(told["addresses"]["count"])
    except OSError as error:
        raise ImportRefused(str(report), f"cannot be read ({error.strerror})", "Give the file that --report wrote") from error
    except UNFIT as error:
        raise ImportRefused(str(report), "is no report that lists addresses", "Run the import again with --report") from error
    if not file.is_file():
        raise ImportRefused(str(file), "is missing", "Keep it beside the report, or run the import again with --report")
    return file, count


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    with file.open("rb") as lines:
        number = 0
        while text := lines.readline(LONGEST):
            number += 1
            try:
                line = json.loads(text)
                told = {
                    "address": str(line["address"]),
                    "status": int(line["status"]),
                    "to": str(line.get("to", "")),
                    "of": str(line["of"]),
                }
            except UNFIT as error:
                raise ImportRefused(str(file), "is damaged", "Run the import again with --report", line=number) from error
            if not str(told["address"]).startswith("/"):
                raise ImportRefused(
                    str(file), "names something that is no address of the site", "Run the import again with --report", line=number
                )
            yield told


def _ask_all(asker: Asker, file: Path, count: int) -> tuple[list[str], Counter[int]]:
    failed, answered = [], Counter[int]()
    lines, down = _lines(file), 0
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        with tqdm(total=count, unit=" addresses", disable=None) as bar:
            while window := list(islice(lines, WINDOW)):
                for status, problem in pool.map(asker.ask, window):
                    answered[status] += 1
                    if problem:
                        failed.append(problem)
                    bar.update()
                    down = down + 1 if status == 0 or status >= 500 else 0
                    if down == IN_A_ROW:
                        said = "no answer" if status == 0 else str(status)
                        raise ImportRefused(
                            asker.base, f"went down after {answered.total() - down:,} of {count:,} addresses: {said} to {down} in a row",
                            "Start the site again, then ask again",
                        )  # fmt: skip
    finally:
        # What is asked already may take its time; nothing more is.
        pool.shutdown(cancel_futures=True)
    return failed, answered


class Asker:
    """Asks one site, over connections that are kept."""

    def __init__(self, base: str) -> None:
        try:
            parts = urlsplit(base if "://" in base else f"http://{base}")
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ImportRefused(base, "is no address of a site", "Give one such as https://news.example")
        self.base = base
        self.kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self.netloc, self.folder = parts.netloc.rpartition("@")[2], parts.path.rstrip("/")
        self.idle: list[http.client.HTTPConnection] = []
        self.there: dict[str, int] = {}
        """Status of each target of redirects; asked for once."""

    def ask(self, line: dict[str, Any]) -> tuple[int, str]:
        """(status, what is wrong with the answer or nothing) for one line."""
        where = f"{line['address']} ({line['of']})"
        try:
            status, to = self.answer(line["address"])
            if status != line["status"]:
                return status, f"{where}: {status}{f' to {to}' if to else ''}, should be {line['status']} {line['to']}".rstrip()
            if line["to"]:
                if unquote(to) != unquote(line["to"]):
                    return status, f"{where}: leads to {to}, should lead to {line['to']}"
                if to not in self.there:
                    self.there[to] = self.answer(to)[0]
                if self.there[to] != 200:
                    return status, f"{where}: leads to {to}, which is a {self.there[to]}"
        except (OSError, http.client.HTTPException, ValueError) as error:
            return 0, f"{where}: no answer ({error or type(error).__name__})"
        return status, ""

    def close(self) -> None:
        """End all connections."""
        while self.idle:
            self.idle.pop().close()

    def answer(self, address: str) -> tuple[int, str]:
        """(status, where a redirect leads, without host if it is this one)."""
        for attempt in (1, 2):
            try:
                connection = self.idle.pop()
            except IndexError:
                connection = self.kind(self.netloc, timeout=SECONDS)
            try:
                connection.request("GET", self.folder + address, headers={"User-Agent": "broadsheet check-links"})
                response = connection.getresponse()
                response.read()
                self.idle.append(connection)
                break
            except (OSError, http.client.HTTPException):
                connection.close()
                # A server may close a connection that is kept; a new one tells whether that was all.
                if attempt == 2:
                    raise
        to = urlsplit(response.headers.get("Location", ""))
        here = to.netloc in ("", self.netloc)
        return response.status, (to._replace(scheme="", netloc="") if here else to).geturl()
