"""How good related stories are, beside two others, and what they cost in archives of several sizes.

    python benchmarks/related.py [--sizes 2000 20000 100000] [--only quality|pairs|cost]

Quality on news texts whose category nobody told us: of the first three stories, how many are of the same one (precision@3, nDCG@3). On
200 pairs of stories of real sites that were judged before there was any code: how often a related pair is nearer than an unrelated one (AUC).
Beside it in the same run: what themes of WordPress do (any story of the same section) and FTS5's bm25 on the headline. What our weights were
chosen on is printed apart from what they were not. Goal of the cost: 30 ms for a story, at every size.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import html
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import log2
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
FIXTURES = HERE.parents[1] / "shared" / "fixtures"
TUNED = {"masakhane, dev", "AG news, 3,000", "Reuters, half", "wporg-news-posts", "mustafatarcan-tr-nonwp-writer", "cactifans-zh"}
"""What the weights were chosen on."""
FIRST = 3


@dataclass
class Text:
    """A story of a corpus or an export."""

    headline: str
    body: str
    category: str = ""
    key: str = ""
    story: int = 0
    section: int = 0


@dataclass
class Corpus:
    """Texts of one source, in a language of their own so that they are compared with each other alone."""

    name: str
    language: str
    texts: list[Text] = field(default_factory=list)


def prepare(folder: str) -> None:
    """An empty database in `folder`."""
    sys.path.insert(0, str(HERE.parent))
    os.environ.update(BROADSHEET_DATA=folder, DJANGO_SETTINGS_MODULE="broadsheet.settings")
    os.environ.pop("BROADSHEET_DATABASE_URL", None)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def corpora() -> Iterator[Corpus]:
    """The corpora, those that were looked at while weights were chosen and those that were not."""
    csv.field_size_limit(10**8)
    for language, part in (("qaa", "dev"), ("qab", "test")):
        with (FIXTURES / f"corpora/masakhane/eng-{part}.tsv").open(encoding="utf-8") as file:
            texts = [Text(row["headline"], row["text"], row["category"]) for row in csv.DictReader(file, delimiter="\t")]
        yield Corpus(f"masakhane, {part}", language, texts)
    with (FIXTURES / "corpora/agnews/test.csv").open(encoding="utf-8") as file:
        news = [Text(html.unescape(headline), html.unescape(body), category) for category, headline, body in csv.reader(file)]
    yield Corpus("AG news, 3,000", "qac", news[:3_000])
    yield Corpus("AG news, 3,000 others", "qad", news[3_000:6_000])
    wire = list(_reuters())
    yield Corpus("Reuters, half", "qae", wire[: len(wire) // 2])
    yield Corpus("Reuters, the other", "qaf", wire[len(wire) // 2 :])


def _reuters() -> Iterator[Text]:
    whole = (FIXTURES / "corpora/reuters/reut2-000.sgm").read_text(encoding="latin-1")
    for story in re.findall(r"<REUTERS.*?</REUTERS>", whole, re.S):
        parts = (re.search(f"<{name}>(.*?)</{name}>", story, re.S) for name in ("TOPICS", "TITLE", "BODY"))
        topics, headline, body = (html.unescape(part[1]) if part else "" for part in parts)
        if (category := re.search(r"<D>(.*?)</D>", topics)) and headline:
            yield Text(headline, body, category[1])


def take_in(corpora: Sequence[Corpus]) -> None:
    """Bring the texts in as an import does, all into one section, and have the worker read them in."""
    from django.utils.html import escape

    from broadsheet.fronts.actions import found_publication
    from broadsheet.importing.bulk import Fresh, write
    from broadsheet.stories.models import Section, Story

    section = found_publication(name="Benchmark", by=None).add_child(instance=Section(title="News", slug="news"))
    number = 0
    for corpus in corpora:
        for start in range(0, len(corpus.texts), 250):
            fresh = []
            for text in corpus.texts[start : start + 250]:
                number += 1
                when = dt.datetime(2020, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=number)
                title = text.headline[:255] or "-"
                story = Story(
                    title=title, draft_title=title, slug=f"story-{number}", live=True, language=corpus.language, published=when,
                    first_published_at=when, last_published_at=when, body=[("text", f"<p>{escape(text.body)}</p>")], permalink=f"/news/story-{number}/",
                )  # fmt: skip
                fresh.append(Fresh(story, section.pk))
            write(fresh)
            for text, one in zip(corpus.texts[start : start + 250], fresh, strict=True):
                text.story = one.page.pk
    enter_all()


def enter_all() -> int:
    """What the worker does first; returns how many stories there were."""
    from broadsheet.related.models import Entry
    from broadsheet.stories import relating

    done = 0
    while since := dict(Entry.objects.filter(waits=Entry.Waits.ENTER).order_by("-story").values_list("story", "since")[:100]):
        done += relating._enter(since)
    return done


def relate(stories: Sequence[int]) -> dict[int, list[int]]:
    """What the worker does then, for these stories: the list of each."""
    from broadsheet.related.models import Entry
    from broadsheet.stories import relating
    from broadsheet.stories.models import RelatedStory

    relating._relate(dict(Entry.objects.filter(story__in=stories).values_list("story", "since")), time.monotonic() + 3600, spread=False)
    found: defaultdict[int, list[int]] = defaultdict(list)
    for story, other in RelatedStory.objects.filter(story__in=stories).order_by("place").values_list("story_id", "other_id"):
        found[story].append(other)
    return found


def headlines(texts: Sequence[Text]) -> Callable[[Text], list[tuple[int, float]]]:
    """bm25 on headlines, by FTS5: gives (place of a text, score), the best first. Words are folded as ours are."""
    from broadsheet.search.folding import words

    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE found USING fts5(headline)")
    database.executemany(
        "INSERT INTO found (rowid, headline) VALUES (?, ?)", [(n, " ".join(words(t.headline))) for n, t in enumerate(texts)]
    )

    def look(text: Text) -> list[tuple[int, float]]:
        wanted = " OR ".join(f'"{word}"' for word in dict.fromkeys(words(text.headline)))
        if not wanted:
            return []
        rows = database.execute("SELECT rowid, -bm25(found) FROM found WHERE found MATCH ? ORDER BY rank LIMIT 1000", [wanted])
        return [(place, score) for place, score in rows if texts[place] is not text]

    return look


def quality(sample: int) -> None:
    """Precision and nDCG of the first three."""
    loaded = list(corpora())
    take_in(loaded)
    print(
        f"\n{'corpus':22} {'':9} {'stories':>7}  {'any other':>13}  {'bm25 headline':>13}  {'ours':>13}   precision@3 nDCG@3, category as the label"
    )
    for corpus in loaded:
        by_story = {text.story: text for text in corpus.texts}
        look, chance = headlines(corpus.texts), random.Random(3)
        asked = random.Random(1).sample(corpus.texts, min(sample, len(corpus.texts)))
        ours = relate([text.story for text in asked])
        lists: dict[str, list[list[Text]]] = {"any": [], "bm25": [], "ours": []}
        for text in asked:
            lists["any"].append([t for t in chance.sample(corpus.texts, FIRST + 1) if t is not text][:FIRST])
            lists["bm25"].append([corpus.texts[place] for place, _score in look(text)[:FIRST]])
            lists["ours"].append([by_story[pk] for pk in ours.get(text.story, ()) if pk in by_story][:FIRST])
        figures = "  ".join(f"{precision(asked, found):6.3f} {ndcg(asked, found):6.3f}" for found in lists.values())
        print(f"{corpus.name:22} {'tuned on' if corpus.name in TUNED else 'held out':9} {len(corpus.texts):>7}  {figures}")
    print("(A random story of the same section would be right by definition here, as the section is the label: so none has a section.)")


def precision(asked: Sequence[Text], found: Sequence[Sequence[Text]]) -> float:
    """The share of three places that hold a story of the same category; an empty place holds none."""
    return sum(sum(t.category == a.category for t in few) for a, few in zip(asked, found, strict=True)) / FIRST / len(asked)


def ndcg(asked: Sequence[Text], found: Sequence[Sequence[Text]]) -> float:
    """The same with the first place worth more than the third."""
    gains = [1 / log2(place + 2) for place in range(FIRST)]
    got = (sum(gain * (t.category == a.category) for gain, t in zip(gains, few, strict=False)) for a, few in zip(asked, found, strict=True))
    return sum(got) / sum(gains) / len(asked)


def pairs() -> None:
    """How often a related pair is nearer than an unrelated one."""
    by_export: defaultdict[str, list[tuple[str, str, int]]] = defaultdict(list)
    with (HERE / "related_pairs.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            by_export[row["export"]].append((row["first"], row["second"], int(row["label"])))
    print(
        f"\n{'export':38} {'':9} {'pairs':>5}  {'same section':>12}  {'bm25 headline':>13}  {'ours':>6}   AUC, related (1, 2) above unrelated (0)"
    )
    sums: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * 4)
    for export, judged in by_export.items():
        with tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, "BROADSHEET_DATA": folder, "PYTHONPATH": str(HERE.parent / "src")}
            environment.pop("BROADSHEET_DATABASE_URL", None)
            command = [sys.executable, str(HERE / "related.py"), "--scores", export]
            ran = subprocess.run(command, env=environment, input=json.dumps(judged), capture_output=True, text=True, check=True)
        scores = json.loads(ran.stdout.splitlines()[-1])
        labels = [label > 0 for _first, _second, label in judged]
        comparable = sum(labels) * (len(labels) - sum(labels))
        areas = [area(scores[name], labels) for name in ("section", "headline", "ours")]
        group = "tuned on" if export in TUNED else "held out"
        print(f"{export:38} {group:9} {len(judged):>5}  {areas[0]:>12.3f}  {areas[1]:>13.3f}  {areas[2]:>6.3f}")
        for to in (group, "all"):
            sums[to] = [held + more for held, more in zip(sums[to], [comparable, *(a * comparable for a in areas)], strict=True)]
    for group, (comparable, *areas) in sums.items():
        section, headline, ours = (a / comparable for a in areas)
        print(f"{'together':38} {group:9} {'':>5}  {section:>12.3f}  {headline:>13.3f}  {ours:>6.3f}")


def area(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """The chance that a related pair has a higher score than an unrelated one; equal ones count half."""
    related = [score for score, label in zip(scores, labels, strict=True) if label]
    others = [score for score, label in zip(scores, labels, strict=True) if not label]
    return sum((r > o) + (r == o) / 2 for r in related for o in others) / (len(related) * len(others))


def scores(export: str) -> None:
    """Import one export into this process's database and print what three ways say of its judged pairs, read as JSON."""
    prepare(os.environ["BROADSHEET_DATA"])
    from broadsheet.importing.models import SourceItem
    from broadsheet.ops.cli import main as command
    from broadsheet.related.finding import Measure, near_of
    from broadsheet.stories.models import Story

    judged = json.loads(sys.stdin.read())
    command(["import", "wordpress", str(FIXTURES / f"wxr/real/{export}.xml")])
    enter_all()
    keys = dict(SourceItem.objects.filter(page__isnull=False).values_list("page_id", "source_id"))
    stories = Story.objects.filter(live=True).values_list("pk", "title", "galley__card__section")
    texts = {keys[pk]: Text(title, "", key=keys[pk], story=pk, section=section) for pk, title, section in stories if pk in keys}
    look, near = headlines(list(texts.values())), near_of([text.story for text in texts.values()])
    places = {key: place for place, key in enumerate(texts)}
    found: dict[str, list[float]] = {"section": [], "headline": [], "ours": []}
    for first, second, _label in judged:
        one, other = texts[first], texts[second]
        found["section"].append(float(one.section == other.section))
        found["headline"].append(dict(look(one)).get(places[second], 0.0) + dict(look(other)).get(places[first], 0.0))
        found["ours"].append(Measure(near[one.story]).nearness(near[other.story]))
    print(json.dumps(found))


class Growing:
    """An archive of invented words, as common and as rare as words are; each story has a subject, whose words it uses more."""

    def __init__(self, words: int = 60_000, subjects: int = 4_000) -> None:
        from broadsheet.fronts.actions import found_publication
        from broadsheet.people.models import Person
        from broadsheet.stories.models import Section, Topic

        self.random = random.Random(7)
        front = found_publication(name="Benchmark", by=None)
        self.sections = [front.add_child(instance=Section(title=f"Section {n}", slug=f"section-{n}")) for n in range(10)]
        self.people = [Person.objects.create(name=f"Person {n}", slug=f"person-{n}").pk for n in range(40)]
        self.topics = [Topic.objects.create(name=f"Topic {n}", slug=f"topic-{n}").pk for n in range(200)]
        syllables = [a + b for a in "bdfghklmnprstvw" for b in "aeiou"]
        self.words = ["".join(self.random.choices(syllables, k=self.random.randint(2, 5))) for _ in range(words)]
        self.shares = list(accumulate(1 / (rank + 3) for rank in range(words)))
        self.subjects = [self.random.sample(self.words[200:], 25) for _ in range(subjects)]
        self.count = 0

    def prose(self, count: int, subject: list[str]) -> str:
        """So many words, one in eight of the subject."""
        found = self.random.choices(self.words, cum_weights=self.shares, k=count)
        return " ".join(self.random.choice(subject) if self.random.random() < 0.125 else word for word in found).capitalize() + "."

    def grow(self, to: int) -> None:
        """Add stories until there are `to`."""
        from broadsheet.importing.bulk import Fresh, write
        from broadsheet.stories.models import Story

        while self.count < to:
            fresh = []
            for number in range(self.count, min(self.count + 250, to)):
                when = dt.datetime(2000, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=number)
                subject = self.random.choice(self.subjects)
                title = self.prose(9, subject)[:200]
                story = Story(
                    title=title, draft_title=title, slug=f"story-{number}", live=True, published=when, first_published_at=when, last_published_at=when,
                    standfirst=self.prose(20, subject), body=[("text", "".join(f"<p>{self.prose(60, subject)}</p>" for _ in range(6)))],
                    permalink=f"/section-{number % 10}/story-{number}/",
                )  # fmt: skip
                people, topics = [self.random.choice(self.people)], self.random.sample(self.topics, 3)
                fresh.append(Fresh(story, self.sections[number % 10].pk, people, relations={"topics": topics}))
            write(fresh)
            self.count += len(fresh)


def cost(sizes: Sequence[int], rounds: int) -> None:
    """Milliseconds of the worker for each story."""
    from django.db import connection

    from broadsheet.related.models import Entry
    from broadsheet.stories import relating

    archive = Growing()
    medians = {}
    print(
        f"\n{'stories':>8} {'enter':>8} {'relate p50':>11} {'p99':>8} {'on disk, kB':>12}   (ms for a story; p50 and p99 of lists found and written one at a time)"
    )
    for size in sizes:
        archive.grow(size)
        before, began = Entry.objects.filter(waits=Entry.Waits.ENTER).count(), time.process_time()
        entered = enter_all() and (time.process_time() - began) * 1000 / before
        times = []
        stories = list(Entry.objects.order_by("story").values_list("story", "since"))
        for story, since in random.Random(size).sample(stories, min(rounds, len(stories))):
            began = time.process_time()
            relating._relate({story: since}, time.monotonic() + 60, spread=False)
            times.append((time.process_time() - began) * 1000)
        times.sort()
        medians[size] = times[len(times) // 2]
        space = _space(connection) / 1024 / size
        print(f"{size:>8} {entered:>8.1f} {medians[size]:>11.1f} {times[int(len(times) * 0.99)]:>8.1f} {space:>12.2f}")
    small, large = sizes[0], sizes[-1]
    print(
        f"related: {large} / {small} stories = {medians[large] / medians[small]:.2f} (goal ≤ 1.2); {medians[large]:.1f} ms for a story (goal ≤ 30)"
    )


def _space(connection: Any) -> int:
    with connection.cursor() as cursor:
        try:
            cursor.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'related\\_%' ESCAPE '\\'")
        except Exception:  # Not every SQLite is built with it.
            return 0
        return cursor.fetchone()[0] or 0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[2_000, 20_000], help="100000 takes a quarter of an hour")
    parser.add_argument("--rounds", type=int, default=200, help="stories whose lists are found at each size")
    parser.add_argument("--sample", type=int, default=400, help="stories of each corpus that are asked for")
    parser.add_argument("--only", choices=["quality", "pairs", "cost"])
    parser.add_argument("--scores", metavar="EXPORT", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.scores:
        scores(args.scores)
        return
    here = FIXTURES.is_dir()
    if not here and args.only != "cost":
        print(f"quality and pairs are passed over: there are no texts in {FIXTURES}")
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        if here and args.only in (None, "quality"):
            quality(args.sample)
    if here and args.only in (None, "pairs"):
        pairs()
    if args.only in (None, "cost"):
        # In a process of its own: its database is another one.
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, "-c", _COST, folder, str(args.rounds), *map(str, args.sizes)], check=True)


_COST = f"""import sys; sys.path.insert(0, {str(HERE.parent)!r})
from benchmarks import related
related.prepare(sys.argv[1])
related.cost([int(size) for size in sys.argv[3:]], int(sys.argv[2]))
"""


if __name__ == "__main__":
    main()
