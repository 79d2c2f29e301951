"""How long a search takes, with 2 000 and with 20 000 stories, whole page and index alone.

    python benchmarks/searching.py [--sizes 2000 20000 100000] [--rounds 40]

Everything is measured in one run in one process; only the ratios mean something on another machine. Words are as frequent as words
are: the commonest stands in every story, a rare one in one of a thousand. Goals: the index answers within 30 ms, and with the largest
archive within 1.2 times what it takes with the one before.
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
import tempfile
import time
from itertools import accumulate, product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.pages import Archive, percentile, prepare

SYLLABLES = (
    "ba",
    "ke",
    "li",
    "mo",
    "nu",
    "ra",
    "se",
    "ti",
    "vo",
    "zu",
    "dan",
    "fel",
    "gor",
    "hin",
    "jur",
    "pas",
    "wek",
    "yol",
    "cam",
    "quo",
)
VOCABULARY = 8_000


class Newspaper(Archive):
    """Stories whose words are distributed as those of a language are."""

    def __init__(self) -> None:
        words = ["".join(parts) for parts in product(SYLLABLES, repeat=3)]
        random.Random(3).shuffle(words)
        self.words = words[:VOCABULARY]
        self.weights = list(accumulate(1 / (rank + 2) for rank in range(VOCABULARY)))
        self.said = 0
        super().__init__()

    def prose(self, words: int) -> str:
        """A sentence of invented words."""
        self.said += 1
        found = self.random.choices(self.words, cum_weights=self.weights, k=words)
        if words == 60:
            # The bodies' paragraphs, eight of each story.
            number = self.said // 10
            found += [self.words[0]] + ["seldomly"] * (number % 1000 == 7) + [("evenly", "oddly")[number % 2]]
        return " ".join(found).capitalize() + "."

    def _plain(self, fresh: list) -> None:
        """There is only one site here."""

    def questions(self) -> dict[str, tuple[str, dict[str, str]]]:
        """Name → query, filters."""
        w = self.words
        return {
            "rare": ("seldomly", {}),
            "common": (w[0], {}),
            "three words": (f"{w[3]} {w[30]} {w[100]}", {}),
            "filtered": (w[0], {"section": str(self.sections[3].pk)}),
            "person": (f"{w[1]} {w[2]}", {"person": str(self.people[3])}),
            "phrase": (f'"{w[1]} {w[2]}"', {}),
            "beginning": (f"{w[200][:4]}*", {}),
            "excluded": (f"{w[2]} -{w[1]}", {}),
            "misspelt": (w[40][:-1] + "x", {}),
            "never together": ("evenly oddly", {}),
        }


HELD = ("rare", "common", "three words", "filtered", "person")
"""Questions that the goal is for; the others are shown."""


def measure(archive: Newspaper, rounds: int) -> dict[tuple[str, str], list[float]]:
    """Milliseconds by question and by what was measured."""
    from zoneinfo import ZoneInfo

    from django.test import Client

    from broadsheet.search.asking import parse
    from broadsheet.search.filters import Filters
    from broadsheet.search.queries import find_all

    client, zone = Client(SERVER_NAME="127.0.0.1"), ZoneInfo("UTC")
    times: dict[tuple[str, str], list[float]] = {}
    for number in range(rounds + 3):
        for name, (query, filters) in archive.questions().items():
            began = time.perf_counter()
            find_all(parse(query), Filters(**filters), zone=zone)
            between = time.perf_counter()
            answer = client.get("/search/", {"q": query, **filters})
            ended = time.perf_counter()
            if answer.status_code != 200:
                raise SystemExit(f"{query} answered {answer.status_code}")
            if number >= 3:
                times.setdefault((name, "index"), []).append((between - began) * 1000)
                times.setdefault((name, "page"), []).append((ended - between) * 1000)
    return times


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[2_000, 20_000])
    parser.add_argument("--rounds", type=int, default=40)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        from broadsheet.search import asked

        # Nothing is written beside what is measured.
        asked.later = lambda function: None
        archive = Newspaper()
        medians: dict[tuple[int, str], float] = {}
        print(f"{'stories':>8} {'search':15} {'index p50':>9} {'p99':>7} {'page p50':>9} {'p99':>7}   (ms)")
        for size in args.sizes:
            archive.grow(size)
            gc.collect()
            gc.freeze()
            times = measure(archive, args.rounds)
            for name in archive.questions():
                index, page = times[name, "index"], times[name, "page"]
                medians[size, name] = percentile(index, 0.5)
                print(
                    f"{size:>8} {name:15} {percentile(index, 0.5):>9.1f} {percentile(index, 0.99):>7.1f}"
                    f" {percentile(page, 0.5):>9.1f} {percentile(page, 0.99):>7.1f}"
                )
        for name in archive.questions():
            goal = "(goal: ≤ 30 ms, growth ≤ 1.2)" if name in HELD else ""
            growth = [f"{a} → {b}: {medians[b, name] / medians[a, name]:.2f}" for a, b in zip(args.sizes, args.sizes[1:], strict=False)]
            print(f"{name}: {medians[args.sizes[-1], name]:.1f} ms, {', '.join(growth)} {goal}".rstrip())


if __name__ == "__main__":
    main()
