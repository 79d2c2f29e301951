"""How long what machines and browsers of the archive ask for takes, uncached, with 2 000 and with 20 000 stories.

    python benchmarks/machines.py [--sizes 2000 20000] [--rounds 100] [--whole]

Everything is measured in one run in one process; `--whole` adds 100 000 stories. What the processor is busy with is measured beside the clock:
on a machine that has other things to do it is what can be compared. Goals: 10 ms at most, and with the larger archive at
most 1.2 times what it takes with the smallest. “told” is who asks whether there is something new and is told that there is not.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.pages import Archive, percentile, prepare

GOAL, GROWTH = 10.0, 1.2
PAGES = (
    "feed",
    "atom",
    "json feed",
    "section feed",
    "topic feed",
    "feed, told",
    "sitemaps",
    "news",
    "month's map",
    "map, told",
    "archive month",
    "archive day",
    "archives",
    "topic page",
    "api stories",
    "api filtered",
    "api story",
    "api people",
)


class OneArchive(Archive):
    """Ours alone: there is nothing to compare with."""

    def _plain(self, fresh: list) -> None:
        pass


def addresses(page: str, count: int, chance: random.Random, topics: list[int], stories: list[int]) -> str:
    """An address of a kind of page, another at each call where there are several."""
    # Stories are an hour apart; the last month is not whole.
    when = dt.datetime(2000, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=chance.randrange(max(count - 800, 1)))
    topic, section, story = chance.choice(topics), chance.randrange(10), chance.choice(stories)
    return {
        "feed": "/feed/", "atom": "/feed/atom/", "json feed": "/feed/json/", "feed, told": "/feed/",
        "section feed": f"/section-{section}/feed/", "topic feed": f"/topics/topic-{topic}/feed/", "topic page": f"/topics/topic-{topic}/",
        "sitemaps": "/sitemap.xml", "news": "/sitemap-news.xml", "month's map": f"/sitemap-{when:%Y-%m}.xml", "map, told": f"/sitemap-{when:%Y-%m}.xml",
        "archive month": f"/archive/{when:%Y/%m}/", "archive day": f"/archive/{when:%Y/%m/%d}/", "archives": "/archive/",
        "api stories": "/api/v3/stories/", "api filtered": f"/api/v3/stories/?topic={topic + 1}&kind=news&updated_since=2000-01-01T00:00:00Z",
        "api story": f"/api/v3/stories/{story}/", "api people": "/api/v3/people/",
    }[page]  # fmt: skip


def measure(rounds: int, count: int) -> dict[str, list[tuple[float, float]]]:
    """Milliseconds, by the clock and of the processor, of every request, by page; the pages take turns, so that a slow moment hits all."""
    from django.test import Client

    from broadsheet.stories.models import Listing

    keys = set(Listing.objects.filter(list_key__startswith="topic:").values_list("list_key", flat=True))
    topics = sorted(int(key.partition(":")[2]) - 1 for key in keys)
    stories = list(Listing.objects.filter(list_key="site").values_list("story_id", flat=True))
    client, chance = Client(SERVER_NAME="127.0.0.1"), random.Random(11)
    times: dict[str, list[tuple[float, float]]] = {page: [] for page in PAGES}
    for number in range(rounds + 3):
        for page in PAGES:
            path = addresses(page, count, chance, topics, stories)
            asked = {"HTTP_IF_NONE_MATCH": client.get(path)["ETag"]} if page.endswith("told") else {}
            began, busy = time.perf_counter(), time.process_time()
            answer = client.get(path, **asked)
            taken = ((time.perf_counter() - began) * 1000, (time.process_time() - busy) * 1000)
            if answer.status_code != (304 if asked else 200):
                raise SystemExit(f"{path} answered {answer.status_code}")
            if number >= 3:
                times[page].append(taken)
    return times


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[2_000, 20_000])
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--whole", action="store_true", help="100 000 stories, too")
    args = parser.parse_args()
    sizes = args.sizes + [100_000] * args.whole
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        archive = OneArchive()
        first: dict[str, float] = {}
        print(
            f"{'stories':>8} {'page':14} {'p50':>7} {'p99':>7} {'cpu p50':>8} {'growth':>7}   (ms; growth: cpu p50 against {sizes[0]} stories)"
        )
        for size in sizes:
            archive.grow(size)
            gc.collect()
            gc.freeze()
            for page, taken in measure(args.rounds, size).items():
                clock, busy = ([one[place] for one in taken] for place in (0, 1))
                middle, processor = percentile(clock, 0.5), percentile(busy, 0.5)
                first.setdefault(page, processor)
                growth = processor / first[page]
                missed = " ".join(w for w, bad in ((f"> {GOAL:g} ms", middle > GOAL), (f"> {GROWTH}", growth > GROWTH)) if bad)
                print(f"{size:>8} {page:14} {middle:>7.2f} {percentile(clock, 0.99):>7.2f} {processor:>8.2f} {growth:>7.2f}   {missed}")
        print(f"goal: p50 ≤ {GOAL:g} ms, growth ≤ {GROWTH}")


if __name__ == "__main__":
    main()
