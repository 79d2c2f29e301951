"""The weights of the clues to a headline, for `importing/documents/headlines.py`: a logistic choice between the lines of a page.

    python benchmarks/weigh.py FOLDER OF WXR FILES [--pages 400] [--rounds 120] [--check]

Each page is a text with its headline known: pages put together at random (newsstand/composer.py), so that no layout is learned by heart, and those of the
sets the reader is worked on with. The set that is held out is never among them. Prints the weights, and for each set how often the headline is chosen rightly.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORKED_ON = ("tuned", "held-out", "third", "workshop", "fourth", "fifth", "sixth", "seventh")
PRIOR = 0.5
"""How strongly weights are held to nought."""
Choice = tuple[str, list[dict[str, float]], list[bool]]


def choices(folder: Path, pages: int) -> Iterator[Choice]:
    """For each page its set, the clues of its lines, and which of these are the headline."""
    from benchmarks import documents
    from benchmarks.newsstand import workshop
    from benchmarks.newsstand.composer import compose
    from benchmarks.newsstand.dump import dump

    chance = random.Random(7)
    archives = defaultdict(list)
    for found in workshop._archives(folder, (*documents.TUNED_EXPORTS, *documents.HELD_OUT_EXPORTS)):
        archives[found[0].language].append(found)
    for _ in range(pages):
        found = chance.choice(archives[chance.choice([*archives, "en", "en", "en"])])
        post = chance.choice(found)
        yield "composed", *_choice(compose(post, [one for one in found if one is not post], chance).text, post.headline)
    turn = False
    for which in WORKED_ON:
        args = argparse.Namespace(folder=folder, posts=documents.TUNED_POSTS)
        for sample in documents._pages(args, which):
            if not sample.metadata:
                turn = not turn
                yield which, *_choice(dump(sample.page, manner="inner" if turn else "copied"), sample.post.headline)


def _choice(text: str, headline: str) -> tuple[list[dict[str, float]], list[bool]]:
    from benchmarks.documents import same
    from broadsheet.importing.documents import anchors
    from broadsheet.importing.documents.headlines import clues
    from broadsheet.importing.documents.lines import split, weighed
    from broadsheet.importing.documents.pages import REACH, Page
    from broadsheet.importing.documents.text import script_of

    language = script_of(text)
    lines = weighed(split(text), language)
    anchor, first = anchors.anchor_of(lines)
    page = Page(lines, first, anchor, language)
    there = range(max(0, first - REACH), min(len(lines), first + 3))
    return [clues(page, n) for n in there], [bool(same(lines[n].text, headline)) for n in there]


def weigh(pages: list[Choice], rounds: int) -> dict[str, float]:
    """The weights under which the right lines are likeliest, by steps along the gradient."""
    weights: dict[str, float] = defaultdict(float)
    steps: dict[str, float] = defaultdict(lambda: 1e-6)
    for _ in range(rounds):
        slope = {clue: -PRIOR * weight for clue, weight in weights.items()}
        for _set, lines, right in pages:
            if not any(right):
                continue
            likely = [math.exp(min(50.0, _score(weights, line))) for line in lines]
            whole, good = sum(likely), sum(one for one, is_right in zip(likely, right, strict=True) if is_right)
            for line, one, is_right in zip(lines, likely, right, strict=True):
                pull = (one / good if is_right else 0.0) - one / whole
                for clue, value in line.items():
                    slope[clue] = slope.get(clue, 0.0) + pull * value
        for clue, one in slope.items():
            steps[clue] += one * one
            weights[clue] += one / math.sqrt(steps[clue])
    return weights


def _score(weights: dict[str, float], line: dict[str, float]) -> float:
    return sum(weights.get(clue, 0.0) * value for clue, value in line.items())


def _check(weights: dict[str, float]) -> int:
    from broadsheet.importing.documents.headlines import WEIGHTS

    found = {clue: round(weight, 2) for clue, weight in weights.items()}
    other = sorted(clue for clue in {*found, *WEIGHTS} if found.get(clue, 0.0) != WEIGHTS.get(clue, 0.0))
    print("the weights are those the reader uses" if not other else f"other than in headlines.py: {', '.join(other)}")
    return 1 if other else 0


def main() -> int:
    """Weigh and print."""
    parser = argparse.ArgumentParser(description="The weights of the clues to a headline.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=400, help="how many pages are put together at random")
    parser.add_argument("--rounds", type=int, default=120)
    parser.add_argument("--check", action="store_true", help="say whether they are those the reader uses, and print nothing else")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        sys.path.insert(0, str(ROOT))
        os.environ.update(BROADSHEET_DATA=data, DJANGO_SETTINGS_MODULE="broadsheet.settings")
        import django

        django.setup()
        pages = list(choices(args.folder, args.pages))
    weights = weigh(pages, args.rounds)
    if args.check:
        return _check(weights)
    rights: dict[str, list[bool]] = defaultdict(list)
    for name, lines, right in pages:
        rights[name].append(right[max(range(len(lines)), key=lambda n: _score(weights, lines[n]))] if lines else False)
    for clue, weight in sorted(weights.items(), key=lambda one: -one[1]):
        print(f'    "{clue}": {weight:.2f},')
    print("; ".join(f"{name} {sum(many) / len(many):.3f} of {len(many)}" for name, many in rights.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
