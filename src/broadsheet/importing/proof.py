"""A dry run as one page that an editor can read: what comes, what is odd, what looks wrong, ten stories beside what they were."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.template.loader import render_to_string
from django.utils import timezone

from broadsheet.html import plain_text, sanitise
from broadsheet.importing.load import Loader
from broadsheet.importing.models import Held, SourceItem
from broadsheet.importing.reconcile import Tally
from broadsheet.importing.records import Item
from broadsheet.stories.models import Galley, Listing, LooseEnd, Story
from broadsheet.stories.queries import SectionTree

SAMPLE = 10
MOST = 300
"""So many oddities are shown, and of what looks wrong; nobody reads more, and the report has all."""
MAX_SHOWN = 60_000
"""Characters of one story's HTML in the page."""


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one kind of thing."""

    name: str
    tally: Tally
    out: str
    """Why how many were left out."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A story as it was and as it will be."""

    headline: str
    address: str
    byline: str
    published: str
    before: str
    """Sanitised HTML of the old body, its pictures as words."""
    after: str
    """Sanitised HTML of ours."""
    words_before: int
    words_after: int


@dataclass(frozen=True, slots=True)
class Proof:
    """The page's content; nothing in it is asked for from anywhere."""

    site: str
    base_url: str
    made: str
    rows: tuple[Row, ...]
    sections: tuple[tuple[int, str, int], ...]
    """Depth, name and number of stories, in the order of the menu."""
    wrong: tuple[str, ...]
    more_wrong: int
    """How many are not shown."""
    loose_ends: tuple[tuple[str, int], ...]
    held: tuple[tuple[str, int], ...]
    """Why items are kept as drafts, and how many."""
    oddities: tuple[Any, ...]
    """Those that there are most of."""
    more_odd: int
    clock: str
    """In which zone the old site was, and where that is known from."""
    pairs: tuple[Pair, ...]


def proof(loader: Loader) -> str:
    """The page, as HTML, of an import that has run and is not yet taken back."""
    report, site = loader.report, loader.site
    named = [*sorted(report.items.items()), ("comments", report.comments), ("authors", report.authors), ("terms", report.terms)]
    named.append(("files", report.media))
    rows = [Row(name, tally, ", ".join(f"{why} {len(ids)}" for why, ids in sorted(tally.skipped.items()))) for name, tally in named]
    pages = SourceItem.objects.filter(site=site, page__isnull=False)
    kinds = LooseEnd.objects.filter(page__in=pages.values("page_id")).values_list("kind").annotate(n=Count("pk")).order_by()
    labels = dict(LooseEnd.Kind.choices)
    held = Counter(str(Held(why).label) for why in pages.exclude(held="").values_list("held", flat=True))
    wrong = [*report.differences, *map(str, report.damaged)]
    odd = report.oddities
    if len(odd) > MOST:
        often = sorted(odd, key=lambda one: -one.count)[:MOST]
        odd = [one for one in odd if one in often]
    made = Proof(
        site=site.title or site.key,
        base_url=site.base_url,
        made=f"{timezone.now():%Y-%m-%d %H:%M} UTC",
        rows=tuple(rows),
        sections=_sections(),
        wrong=tuple(wrong[:MOST]),
        more_wrong=len(wrong) - len(wrong[:MOST]),
        loose_ends=tuple((str(labels[kind]), count) for kind, count in kinds),
        held=tuple(held.most_common()),
        oddities=tuple(odd),
        more_odd=len(report.oddities) - len(odd),
        clock=report.clock,
        pairs=tuple(_pairs(loader)),
    )
    return render_to_string("importing/proof.html", {"proof": made})


def _sections() -> tuple[tuple[int, str, int], ...]:
    counts = dict(Listing.objects.filter(list_key__startswith="section:").values_list("list_key").annotate(n=Count("pk")).order_by())
    tree = SectionTree.read()
    top = min((entry.depth for entry in tree.entries), default=0)
    return tuple((entry.depth - top, entry.name, counts.get(f"section:{entry.id}", 0)) for entry in tree.entries)


def _pairs(loader: Loader) -> list[Pair]:
    ids = list(SourceItem.objects.filter(site=loader.site, page__live=True).order_by("pk").values_list("source_id", "page_id"))
    public = set(Story.objects.filter(pk__in=[page for _key, page in ids], live=True).values_list("pk", flat=True))
    ids = [one for one in ids if one[1] in public]
    # The same ten each time the same files are tried.
    chance = random.Random(loader.source.survey.fingerprint)  # noqa: S311
    chosen = dict(chance.sample(ids, min(SAMPLE, len(ids))))
    pairs: dict[str, Pair] = {}
    entries = (entry for batch in loader.ledger.batches(500) for entry in batch)
    for entry, item in zip(entries, loader.source.items(), strict=False):
        if str(entry.key) in chosen:
            pairs[str(entry.key)] = _pair(item, chosen[str(entry.key)])
            if len(pairs) == len(chosen):
                break
    return [pairs[key] for key in chosen if key in pairs]


def _pair(item: Item, page_id: int) -> Pair:
    story = Story.objects.get(pk=page_id)
    galley = Galley.objects.get(pk=page_id)
    before = sanitise(item.body)
    return Pair(
        headline=story.title,
        address=story.permalink or "",
        byline=", ".join(str(line.person) for line in story.bylines.select_related("person")),
        published=f"{story.published:%Y-%m-%d}" if story.published else "",
        before=_cut(before),
        after=_cut(sanitise(galley.body_html)),
        words_before=len(plain_text(before).split()),
        words_after=len(galley.body_text.split()),
    )


def _cut(html: str) -> str:
    # Cut in the text, not in a tag: what is left is sanitised once more, which closes what is open.
    return html if len(html) <= MAX_SHOWN else sanitise(html[:MAX_SHOWN].rpartition("<")[0]) + "<p>…</p>"
