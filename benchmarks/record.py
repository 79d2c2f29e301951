"""What the record costs a publish, and how long the page takes that tells what changed, with 2 000 and with 20 000 stories of five versions.

    python benchmarks/record.py [--sizes 2000 20000] [--rounds 40]

Everything is measured in one run in one process, of the processor's time; only the ratio means something on another machine. Goals: a publish
pays at most 20 ms for its entry, the page of a story of 3 000 words with five versions takes at most 50 ms when it is not stored.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
WORDS = "harbour council ferry winter signal ledger bridge river school market letter island engine garden valley window".split()
VERSIONS = 5
ENTRY, PAGE = 20.0, 50.0


def prepare(folder: str) -> None:
    """An empty database in `folder`."""
    sys.path.insert(0, str(HERE.parent))
    os.environ.update(BROADSHEET_DATA=folder, DJANGO_SETTINGS_MODULE="broadsheet.settings")
    os.environ.pop("BROADSHEET_DATABASE_URL", None)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def paragraph(chance: random.Random) -> str:
    """Four sentences, 72 words."""
    return " ".join(f"{' '.join(chance.choices(WORDS, k=17)).capitalize()} {chance.randrange(10_000)}." for _n in range(4))


def edited(paragraphs: list[str], chance: random.Random) -> list[str]:
    """As an editor leaves them: three sentences rewritten, a paragraph moved, one taken out, one put in."""
    made = list(paragraphs)
    for place in chance.sample(range(len(made)), 3):
        words = made[place].split()
        words[chance.randrange(len(words))] = str(chance.randrange(10_000))
        made[place] = " ".join(words)
    made.insert(chance.randrange(len(made)), made.pop(chance.randrange(len(made))))
    made[chance.randrange(len(made))] = paragraph(chance)
    return made


class Archive:
    """Stories with a record, growing."""

    def __init__(self) -> None:
        from broadsheet.fronts.actions import found_publication
        from broadsheet.stories.models import Section, Story

        self.chance = random.Random(7)
        front = found_publication(name="Benchmark", by=None)
        self.section = front.add_child(instance=Section(title="News", slug="news"))
        self.size = 0
        # One that stays as it is, and one that is published again and again.
        for name in ("read", "long"):
            self.long = [paragraph(self.chance) for _n in range(42)]
            story = Story(title=name, slug=name, live=False, body=[("text", "".join(f"<p>{one}</p>" for one in self.long))])
            self.section.add_child(instance=story)
            story.save_revision().publish()
            self.story = Story.objects.get(pk=story.pk)
            for _n in range(VERSIONS - 1):
                self.publish()
        self.read = Story.objects.get(slug="read").permalink

    def publish(self) -> float:
        """Change the long story as an editor does; returns milliseconds of what its entry took of it."""
        from broadsheet.record import actions
        from broadsheet.stories import recording

        self.long = edited(self.long, self.chance)
        draft = self.story.get_latest_revision_as_object()
        draft.body = [("text", "".join(f"<p>{one}</p>" for one in self.long))]
        spent = []
        real: Callable[..., Any] = actions.append

        def measured(*args: Any, **more: Any) -> Any:
            began = time.process_time()
            made = real(*args, **more)
            spent.append((time.process_time() - began) * 1000)
            return made

        recording.actions.append = measured
        draft.save_revision().publish()
        recording.actions.append = real
        self.story = type(self.story).objects.get(pk=self.story.pk)
        return sum(spent)

    def grow(self, size: int) -> None:
        """As many further stories, of 60 words, with five versions each."""
        from broadsheet.record.actions import Said, Version, append

        text = {
            "address": "", "kind": "news", "language": "en", "headline": "Ferry", "standfirst": "", "dateline": "", "byline": [], "published": "",
            "sections": [1], "lead_picture": None, "pictures": [], "structure": "p", "links": [],
        }  # fmt: skip
        for start in range(self.size, size, 500):
            ids = range(1_000_000 + start, 1_000_000 + min(size, start + 500))
            for version in range(VERSIONS):
                made = [Version(pk, f"/news/{pk}/", {**text, "body": f"{paragraph(self.chance)} {version}"}) for pk in ids]
                append(made, {pk: Said("update") for pk in ids}, are_new=not version)
        self.size = size

    def page(self) -> float:
        """Milliseconds of the page of what changed in the long story, nothing of it kept from before."""
        from broadsheet.delivery.rendering import fresh
        from broadsheet.record.difference import _sentences, _words

        _words.cache_clear()
        _sentences.cache_clear()
        began = time.process_time()
        answer = fresh(f"{self.read}changes/")
        if answer.status_code != 200:
            raise SystemExit(f"the page answered {answer.status_code}")
        return (time.process_time() - began) * 1000


def median(numbers: list[float]) -> float:
    """The one in the middle."""
    return sorted(numbers)[len(numbers) // 2]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[2_000, 20_000])
    parser.add_argument("--rounds", type=int, default=40)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        archive, found = Archive(), {}
        for size in told.sizes:
            archive.grow(size)
            archive.page()
            pages = [archive.page() for _n in range(told.rounds)]
            entries = [archive.publish() for _n in range(told.rounds)]
            found[size] = (median(entries), median(pages))
            print(f"{size:>8} stories: entry {found[size][0]:6.2f} ms, page of changes {found[size][1]:6.1f} ms")
        first, last = found[told.sizes[0]], found[told.sizes[-1]]
        for place, (name, goal) in enumerate((("entry", ENTRY), ("page of changes", PAGE))):
            print(f"{name}: {last[place]:.1f} ms, ratio {last[place] / first[place]:.2f}, goal {goal:.0f} ms")


if __name__ == "__main__":
    main()
