"""How long an uncached page takes, with 2 000 and with 20 000 stories, beside the same pages of a plain Wagtail site.

    python benchmarks/pages.py [--sizes 2000 20000] [--rounds 60]

Everything is measured in one run in one process; only the ratios mean something on another machine. Goals: a page with the
larger archive takes at most 1.2 times what it takes with the smaller, and at most one fifth of the plain site's.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import os
import random
import sys
import tempfile
import time
from pathlib import Path

WORDS = "harbour council ferry winter signal ledger bridge river school market letter island engine garden valley window".split()


def prepare(folder: str) -> None:
    """An empty database in `folder`, with both sites."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    os.environ.update(BROADSHEET_DATA=folder, DJANGO_SETTINGS_MODULE="benchmarks.settings")
    os.environ.pop("BROADSHEET_DATABASE_URL", None)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    # The plain models have no migrations of their own to keep; their tables are made from the models.
    from django.db import connection

    from benchmarks.plain import models

    with connection.schema_editor() as editor:
        for model in (models.PlainHome, models.PlainSection, models.PlainStory):
            if model._meta.db_table not in connection.introspection.table_names():
                editor.create_model(model)


class Archive:
    """The two sites, growing together."""

    def __init__(self, *, plain: bool = True) -> None:
        from wagtail.models import Page, Site

        from benchmarks.plain.models import PlainHome, PlainSection
        from broadsheet.fronts.actions import found_publication
        from broadsheet.people.models import Person
        from broadsheet.stories.models import Section, Topic

        self.random = random.Random(7)
        front = found_publication(name="Benchmark", by=None)
        self.sections = [front.add_child(instance=Section(title=f"Section {n}", slug=f"section-{n}")) for n in range(10)]
        home = Page.get_first_root_node().add_child(instance=PlainHome(title="Plain", slug="plain"))
        Site.objects.create(hostname="plain.localhost", port=80, root_page=home)
        self.plain = [
            home.add_child(instance=PlainSection(title=f"Section {n}", slug=f"section-{n}", show_in_menus=True)) for n in range(10)
        ]
        self.people = [Person.objects.create(name=f"Person {n}", slug=f"person-{n}").pk for n in range(40)]
        self.topics = [Topic.objects.create(name=f"Topic {n}", slug=f"topic-{n}").pk for n in range(200)]
        self._blocks(front)
        self.count, self.with_plain = 0, plain

    def _blocks(self, front: object) -> None:
        import json

        value = {"heading": "", "layout": "section", "count": 5, "placement": None, "topic": None, "pinned": []}
        blocks = [{"type": "container", "value": {**value, "section": s.pk}} for s in self.sections]
        front.containers, front.story_blocks = json.dumps(blocks), json.dumps(blocks[:5])  # type: ignore[attr-defined]
        front.save_revision().publish()  # type: ignore[attr-defined]

    def grow(self, to: int) -> None:
        """Add stories to both sites until each has `to`."""
        from broadsheet.importing.bulk import Fresh, write
        from broadsheet.stories.models import Story

        while self.count < to:
            fresh = []
            for number in range(self.count, min(self.count + 250, to)):
                when = dt.datetime(2000, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=number)
                body = "".join(f"<p>{self.prose(60)}</p>" for _ in range(8))
                story = Story(
                    title=self.prose(9), slug=f"story-{number}", live=True, published=when, first_published_at=when, last_published_at=when,
                    standfirst=self.prose(22), body=[("text", body)],
                    permalink=f"/section-{number % 10}/story-{number}/",
                )  # fmt: skip
                story.draft_title = story.title
                topics = self.random.sample(self.topics, 3)
                fresh.append(Fresh(story, self.sections[number % 10].pk, [self.random.choice(self.people)], relations={"topics": topics}))
            write(fresh)
            if self.with_plain:
                self._plain(fresh)
            self.count += len(fresh)

    def _plain(self, fresh: list) -> None:
        from django.contrib.contenttypes.models import ContentType
        from django.db.models import F
        from wagtail.models import Page

        from benchmarks.plain.models import PlainStory

        kind = ContentType.objects.get_for_model(PlainStory)
        stories = []
        for one in fresh:
            number = int(one.page.slug[6:])
            parent, story = self.plain[number % 10], one.page
            stories.append(
                PlainStory(
                    title=story.title, draft_title=story.title, slug=story.slug, live=True, content_type=kind, locale_id=parent.locale_id,
                    path=Page._get_path(parent.path, parent.depth + 1, number // 10 + 1), depth=parent.depth + 1,
                    url_path=f"{parent.url_path}{story.slug}/", date=story.published, standfirst=story.standfirst, author_id=one.people[0],
                    body=story.body.raw_data,
                )
            )  # fmt: skip
        rows = [Page(**{f.attname: getattr(s, f.attname) for f in Page._meta.concrete_fields if f.attname != "id"}) for s in stories]
        for story, row in zip(stories, Page.objects.bulk_create(rows), strict=True):
            story.pk = story.id = row.pk
        PlainStory._base_manager.all()._insert(stories, fields=PlainStory._meta.local_concrete_fields, using="default", raw=True)
        for parent in self.plain:
            added = sum(s.path.startswith(parent.path) for s in stories)
            Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + added)

    def prose(self, words: int) -> str:
        """A sentence of invented words."""
        return " ".join(self.random.choice(WORDS) for _ in range(words)).capitalize() + "."


def measure(rounds: int, count: int) -> dict[tuple[str, str], list[float]]:
    """Milliseconds of every request, by site and page; the sites take turns, so that a slow moment hits both."""
    from django.test import Client, override_settings

    ours, plain = Client(SERVER_NAME="127.0.0.1"), Client(SERVER_NAME="plain.localhost")
    chance = random.Random(11)
    times: dict[tuple[str, str], list[float]] = {}
    for number in range(rounds + 5):
        story = chance.randrange(count)
        for page, path in (("story", f"/section-{story % 10}/story-{story}/"), ("section", f"/section-{story % 10}/"), ("front", "/")):
            for site, client, urls in (("ours", ours, "broadsheet.urls"), ("plain", plain, "benchmarks.plain.urls")):
                with override_settings(ROOT_URLCONF=urls):
                    began = time.perf_counter()
                    answer = client.get(path)
                    taken = (time.perf_counter() - began) * 1000
                if answer.status_code != 200:
                    raise SystemExit(f"{site} {path} answered {answer.status_code}")
                if number >= 5:
                    times.setdefault((site, page), []).append(taken)
    return times


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of the values lie."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[2_000, 20_000])
    parser.add_argument("--rounds", type=int, default=60)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        archive = Archive()
        medians: dict[tuple[int, str, str], float] = {}
        print(f"{'stories':>8} {'page':8} {'ours p50':>9} {'p99':>7} {'plain p50':>10} {'p99':>7} {'ours/plain':>11}   (ms)")
        for size in args.sizes:
            archive.grow(size)
            # What building left in memory is no burden of a site.
            gc.collect()
            gc.freeze()
            times = measure(args.rounds, size)
            for page in ("story", "section", "front"):
                ours, plain = times["ours", page], times["plain", page]
                medians[size, "ours", page] = percentile(ours, 0.5)
                medians[size, "plain", page] = percentile(plain, 0.5)
                ratio = percentile(ours, 0.5) / percentile(plain, 0.5)
                print(
                    f"{size:>8} {page:8} {percentile(ours, 0.5):>9.1f} {percentile(ours, 0.99):>7.1f} {percentile(plain, 0.5):>10.1f}"
                    f" {percentile(plain, 0.99):>7.1f} {ratio:>11.2f}"
                )
        small, large = args.sizes[0], args.sizes[-1]
        for page in ("story", "section", "front"):
            growth = medians[large, "ours", page] / medians[small, "ours", page]
            print(f"{page}: {large} / {small} stories = {growth:.2f} (goal ≤ 1.2)")


if __name__ == "__main__":
    main()
