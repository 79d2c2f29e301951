"""How well web pages and their plain text are read as stories, beside trafilatura on the same pages.

    python benchmarks/documents.py [FOLDER OF WXR FILES] [--posts 3] [--held-out | --third | --workshop | --fourth] [--text-only] [--worst 10]

Real posts are set into ten layouts of our own, with and without metadata, and each page also as the plain text one gets by copying it.
Seven layouts and most exports were used while the reader was written. Three layouts, with standing words and dates of their own, three exports
and the posts that no run over the others draws were held out until they had been looked at. The third set is held out now: six layouts, posts by number
(newsstand/third_posts.tsv) from three Ghost exports, the Reuters collection and what the other sets left unseen of the WXR exports, copied both
with bullets and as `innerText` gives it. The workshop is the set the reader is worked on with: ten layouts of heads, bylines and dates as news sites
write them, with names and roles of their own. The fourth set is its part held back: six other layouts with other words and forms of date on other
posts, both written before the reader was changed for them. Goals: word F1 of the body, headline and date at least 0.95, byline at least 0.9.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TUNED_LAYOUTS = ("blog", "newspaper", "soup", "semantic", "tables", "magazine", "portal")
HELD_OUT_LAYOUTS = ("wire", "gazette", "bulletin")
TUNED_EXPORTS = (
    "cclabs-en", "bitcoinfrance", "hsoub-news-ar", "colormag-magazine", "mustafatarcan", "wporg-news-posts", "sheepless-ko", "cryptopulsenow",
    "thenocturnalsilence", "cactifans-zh", "filmwallaa", "abhinemani", "philagov", "colormag-newspaper", "wporg-news-podcasts", "rithalaupdate",
    "theme-test-data-ja",
)  # fmt: skip
HELD_OUT_EXPORTS = ("colornews-free", "colormag-pro-news", "64-block-test")
TUNED_POSTS = 3
MEASURES = ("body", "headline", "date", "byline", "precise")


@dataclass(frozen=True, slots=True)
class Sample:
    """One page."""

    post: Any
    layout: str
    metadata: bool
    page: str
    held_out: str
    """`` for what was used while tuning, else what of it was not: `layout` or `post and layout`."""


def samples(folder: Path, *, posts: int, held_out: bool) -> Iterator[Sample]:
    """All pages; the same ones in every run."""
    from django.template import Context, Engine

    from benchmarks.newsstand import furniture
    from benchmarks.newsstand.posts import read

    engine = Engine(dirs=[str(ROOT / "benchmarks/newsstand/layouts")])
    files = sorted(folder.glob("**/*.xml"))
    layouts = HELD_OUT_LAYOUTS if held_out else TUNED_LAYOUTS
    for prefix in (*TUNED_EXPORTS, *(HELD_OUT_EXPORTS if held_out else ())):
        path = next((f for f in files if f.stem.startswith(prefix)), None)
        found = read(path) if path else []
        if len(found) < 3:
            print(f"  {prefix}: no such export here, or fewer than three posts", file=sys.stderr)
            continue
        unseen = [post for post in found if post.headline not in _drawn(prefix, found)] if prefix in TUNED_EXPORTS else found
        pool, where = (unseen or found, "post and layout" if unseen else "layout") if held_out else (found, "")
        for layout in layouts:
            for metadata in (True, False):
                chance = _chance(prefix, layout, metadata)
                for post in chance.sample(pool, k=min(posts, len(pool))):
                    context = furniture.around(post, list(found), chance=chance, metadata=metadata)
                    page = engine.get_template(f"{layout}.html").render(Context(context))
                    yield Sample(post, layout, metadata, page, where)


def third(folder: Path) -> Iterator[Sample]:
    """The pages of the third set; no work on the reader may look at one."""
    from django.template import Context, Engine

    from benchmarks.newsstand import archives, furniture
    from benchmarks.newsstand import third as dress
    from benchmarks.newsstand.posts import Post, read

    engine = Engine(dirs=[str(ROOT / "benchmarks/newsstand/layouts")])
    held: dict[str, list[Post]] = {}
    for row in (ROOT / "benchmarks/newsstand/third_posts.tsv").read_text().splitlines():
        export, layout, metadata, number, novelty = row.split("\t")
        if export not in held:
            path = next(folder.parent.glob(f"*/**/{export}.*"), None)
            if export == "reuters":
                path = next(folder.parent.glob("corpora/reuters/*.sgm"), None)
                held[export] = archives.read_reuters(path) if path else []
            elif path and path.suffix == ".json":
                held[export] = archives.read_ghost(path, site=export.partition("-")[0].title())
            else:
                held[export] = read(path, at_least=60) if path else []
        found = held[export]
        post = next((one for one in found if one.number == number), None)
        if post is None:
            print(f"  {export} {number}: not here", file=sys.stderr)
            continue
        chance = _chance(export, layout, metadata == "meta")
        context = furniture.around(post, list(found), chance=chance, metadata=metadata == "meta")
        page = engine.get_template(f"{layout}.html").render(Context(context | dress.around(post, context)))
        yield Sample(post, layout, metadata == "meta", page, novelty)


def dressed(folder: Path, which: str) -> Iterator[Sample]:
    """The pages of the workshop, or of the fourth set, which is its part held back."""
    from django.template import Context, Engine

    from benchmarks.newsstand import workshop
    from benchmarks.newsstand.posts import read

    engine = Engine(dirs=[str(ROOT / "benchmarks/newsstand/layouts")])
    exports = (*TUNED_EXPORTS, *HELD_OUT_EXPORTS)
    rows = (row.split("\t") for row in (ROOT / "benchmarks/newsstand/third_posts.tsv").read_text().splitlines())
    seen = {(export, number) for export, _layout, _metadata, number, _novelty in rows}
    if which == "fourth":
        files = {f.stem: f for f in sorted(folder.glob("**/*.xml"))}
        for prefix in TUNED_EXPORTS:
            path = next((f for stem, f in files.items() if stem.startswith(prefix)), None)
            found = read(path) if path else []
            drawn = _drawn(prefix, found)
            seen |= {(post.export, post.number) for post in found if post.headline in drawn}
    for page in workshop.pages(folder, exports, which, seen=seen):
        text = engine.get_template(f"{which}/{page.layout}.html").render(Context(page.context))
        yield Sample(page.post, page.layout, page.metadata, text, "" if which == "workshop" else "layout")


def _chance(prefix: str, layout: str, metadata: bool) -> random.Random:
    return random.Random(hashlib.sha256(f"{prefix}{layout}{metadata}".encode()).hexdigest())


def _drawn(prefix: str, found: list[Any]) -> set[str]:
    """Headlines of the posts that a run over what was tuned on looks at."""
    return {
        post.headline for layout in TUNED_LAYOUTS for metadata in (True, False)
        for post in _chance(prefix, layout, metadata).sample(found, k=min(TUNED_POSTS, len(found)))
    }  # fmt: skip


def f1(found: str, true: str) -> float:
    """Harmonic mean of precision and recall of the words."""
    from benchmarks.newsstand.posts import words

    one, other = words(found), words(true)
    common = sum((one & other).values())
    return 2 * common / (sum(one.values()) + sum(other.values())) if common else 0.0


def same(one: str, other: str) -> float:
    """1 when two lines say the same, whatever their spaces and kind of quotation marks; some exports hold entities escaped twice."""
    marks = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\xa0": " ", "–": "-", "—": "-"})
    return float(
        " ".join(unescape(one).translate(marks).split()).casefold() == " ".join(unescape(other).translate(marks).split()).casefold()
    )


def scores(post: Any, *, body: str, headline: str, date: str, byline: str) -> dict[str, float]:
    """What one reading got right; no byline score where the page names nobody; `precise` where somebody was found at all."""
    out = {
        "body": f1(body, post.text),
        "headline": same(headline, post.headline),
        "date": float(date[:10] == post.published.date().isoformat()),
    }
    if post.author:
        out["byline"] = same(byline, post.author)
    if byline:
        out["precise"] = same(byline, post.author)
    return out


def ours(name: str, content: str) -> dict[str, str]:
    """What Broadsheet reads."""
    from broadsheet.importing.blocks.convert import words_of
    from broadsheet.importing.documents.reading import read

    draft = read(name, content.encode())
    dateline = f"{draft.dateline} " if draft.dateline else ""
    blocks = [_without_addresses(block) for block in draft.blocks]
    body = f"{draft.standfirst} {dateline}{words_of(blocks)}"
    return {
        "body": body,
        "headline": draft.headline,
        "date": draft.published.isoformat() if draft.published else "",
        "byline": ", ".join(draft.byline),
    }


def _without_addresses(block: dict[str, Any]) -> dict[str, Any]:
    """A picture's alternative text and where it leads are not among the words of a page."""
    if block["type"] == "picture":
        return {**block, "value": {"caption": block["value"]["caption"]}}
    if block["type"] == "gallery":
        pictures = [{"caption": picture["caption"]} for picture in block["value"]["pictures"]]
        return {**block, "value": {**block["value"], "pictures": pictures}}
    return block


def theirs(content: str) -> dict[str, str]:
    """What trafilatura reads, as it comes, without comments."""
    import trafilatura

    found = trafilatura.bare_extraction(content, with_metadata=True, include_comments=False, include_tables=True)
    if found is None:
        return dict.fromkeys(MEASURES[:4], "")
    return {
        "body": found.text or "",
        "headline": found.title or "",
        "date": found.date or "",
        "byline": (found.author or "").replace("; ", ", "),
    }


class Table:
    """Means of scores by group."""

    def __init__(self) -> None:
        self.sums: dict[tuple[str, str], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))

    def add(self, group: str, who: str, found: dict[str, float]) -> None:
        """One more page."""
        for measure, value in found.items():
            self.sums[group, who][measure].append(value)

    def print(self) -> None:
        """All groups in the order in which they came."""
        print(f"{'pages':30} {'reader':13} {'n':>5}" + "".join(f" {m:>9}" for m in MEASURES))
        for (group, who), measures in self.sums.items():
            means = "".join(f" {sum(v) / len(v):9.3f}" if (v := measures.get(m)) else "         –" for m in MEASURES)
            print(f"{group:30} {who:13} {len(measures['body']):>5}{means}")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Documents read as stories: body, headline, date, byline.")
    parser.add_argument("folder", nargs="?", type=Path, help="default: ../shared/fixtures/wxr")
    parser.add_argument("--posts", type=int, default=TUNED_POSTS, help="posts of each export in each layout")
    parser.add_argument("--held-out", action="store_true", help="read what was held out instead of what the reader was tuned on")
    parser.add_argument("--third", action="store_true", help="read the third set, which no work on the reader may look at")
    parser.add_argument("--workshop", action="store_true", help="read the pages the reader is worked on with")
    parser.add_argument("--fourth", action="store_true", help="read the fourth set, which is the workshop's part held back")
    parser.add_argument("--text-only", action="store_true", help="only the copied text, which is what takes tuning")
    parser.add_argument("--worst", type=int, default=0, help="also name the pages with the worst bodies")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="write the pages there")
    args = parser.parse_args()
    if args.folder is None:
        args.folder = ROOT.parent / "shared/fixtures/wxr"
        if not args.folder.is_dir():
            print(f"documents: skipped, as there is no {args.folder}: give a folder with WXR exports")
            return 0
    if not args.folder.is_dir():
        print(f"documents: {args.folder} is no folder: give one with WXR exports", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as data:
        sys.path.insert(0, str(ROOT))
        os.environ.update(BROADSHEET_DATA=data, DJANGO_SETTINGS_MODULE="broadsheet.settings")
        import django

        django.setup()
        return _measure(args)


def _measure(args: argparse.Namespace) -> int:
    from benchmarks.newsstand.dump import dump

    overall, detail = Table(), Table()
    wrong: list[tuple[float, str, dict[str, float]]] = []
    spent: dict[str, float] = defaultdict(float)
    is_dressed = args.workshop or args.fourth
    if is_dressed:
        pages = dressed(args.folder, "fourth" if args.fourth else "workshop")
    else:
        pages = third(args.folder) if args.third else samples(args.folder, posts=args.posts, held_out=args.held_out)
    for number, sample in enumerate(pages):
        text = dump(sample.page)
        name = f"{number:04}-{sample.layout}{'-meta' if sample.metadata else ''}"
        if args.keep:
            args.keep.mkdir(parents=True, exist_ok=True)
            (args.keep / f"{name}.html").write_text(sample.page)
            (args.keep / f"{name}.txt").write_text(text)
        group = "held out" if sample.held_out else "tuned on"
        forms = (
            []
            if args.text_only
            else [("html", sample.page, "ours")] + [("html", sample.page, "trafilatura")] * bool(find_spec("trafilatura"))
        )
        # The copied text says nothing of metadata: one of the two is enough.
        forms += [("text", text, "ours")] if not sample.metadata else []
        forms += [("inner text", dump(sample.page, bullets=False), "ours")] if (args.third or is_dressed) and not sample.metadata else []
        for ending, content, who in forms:
            start = time.perf_counter()
            found = ours(f"page.{'html' if ending == 'html' else 'txt'}", content) if who == "ours" else theirs(content)
            spent[f"{ending} {who}"] += time.perf_counter() - start
            score = scores(sample.post, **found)
            overall.add(f"{ending}, {group}", who, score)
            if sample.held_out:
                overall.add(f"{ending}, held out: {sample.held_out}", who, score)
            detail.add(f"{ending}, {sample.layout}{', metadata' if sample.metadata else ''}", who, score)
            detail.add(f"{ending}, {sample.post.language}", who, score)
            detail.add(f"{ending}, {sample.post.export[:22]}", who, score)
            if who == "ours":
                wrong.append(
                    (
                        score["body"],
                        f"{name} {ending} {sample.post.export} “{found['headline'][:50]}” {found['date'][:10]} {found['byline'][:40]}",
                        score,
                    )
                )
    detail.print()
    print()
    overall.print()
    print("\n" + "; ".join(f"{name} {seconds:.1f} s" for name, seconds in spent.items()))
    wrong.sort(key=lambda one: sum(one[2].values()) / len(one[2]))
    for _body, what, score in wrong[: args.worst]:
        print({k: round(v, 2) for k, v in score.items()}, what)
    return 0


if __name__ == "__main__":
    sys.exit(main())
