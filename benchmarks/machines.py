"""What machines and browsers of the archive ask for, uncached; `following.py` measures it. “told” is who asks whether there is something new, and is told that there is not."""

from __future__ import annotations

import datetime as dt
import random
import time

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
