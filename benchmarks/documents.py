"""How well web pages and their plain text are read as stories, beside trafilatura and a plain baseline on the same pages.

    python benchmarks/documents.py [FOLDER OF WXR FILES] [--set NAME …] [--posts 3] [--text-only] [--detail] [--worst 10]

Real posts are set into layouts of our own, with and without metadata, and each page is read as HTML and as the text one gets of it: with bullets, as
`innerText` has it, and as it is copied from a browser's window. Sets are named for what they were to the reader when they were new:

- tuned, workshop: the pages it was written with.
- held-out, third, fourth: layouts and posts with standing words, names and dates of their own that were held out, one set after the other, until they
  had been looked at; the reader has been worked on with all of them since.
- fifth: nine layouts in the manner of real news themes, styled as those are, with posts in nine languages and stories of a news corpus; held out until
  it had been looked at once.
- sixth: nine more such layouts with other words, names and posts, some of which print no date; held out until it had been looked at once.
- seventh: eight layouts, most pages in languages that no other set has, with stories of their own; written before the reader was changed for the figures
  it is measured by; held out until it had been measured twice.
- eighth: six layouts with labels over what they name, credits side by side and writers behind the story; only its totals have been looked at.

What a page or its text does not hold is not asked of it: where no form of the date stands in it the right answer is none, and where the writer's name
does not, no byline is measured.

Goals: word F1 of the body, headline and date at least 0.95, byline at least 0.9.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import re
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from importlib import import_module
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
SETS = ("tuned", "held-out", "third", "workshop", "fourth", "fifth", "sixth", "seventh", "eighth")
DATES = ("date", "short", "long", "clock", "brief", "stamp", "iso")
"""What layouts print the day of publication from."""
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
    dates: tuple[str, ...] = ()
    """The forms in which the page may show when it was published."""

    def truth_in(self, content: str) -> Any:
        """The post as somebody who has only this content can know it: without the date or the writer that it does not hold."""
        said = _plain(content)
        names = [name for name in self.post.author.split(", ") if name]
        return replace(
            self.post,
            author=self.post.author if all(_plain(name) in said for name in names) else "",
            published=self.post.published
            if any(re.search(rf"(?<!\d){re.escape(_plain(one))}(?!\d)", said) for one in self.dates if one)
            else None,
        )


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
                    yield Sample(post, layout, metadata, page, where, _dates(context))


def third(folder: Path) -> Iterator[Sample]:
    """The pages of the third set."""
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
        context |= dress.around(post, context)
        page = engine.get_template(f"{layout}.html").render(Context(context))
        yield Sample(post, layout, metadata == "meta", page, novelty, _dates(context))


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
        yield Sample(page.post, page.layout, page.metadata, text, "" if which == "workshop" else "layout", _dates(page.context))


def fifth(folder: Path) -> Iterator[Sample]:
    """The pages of the fifth set."""
    from django.template import Context, Engine

    from benchmarks.newsstand import fifth as theme

    engine = Engine(dirs=[str(ROOT / "benchmarks/newsstand/layouts")])
    rows = (row.split("\t") for row in (ROOT / "benchmarks/newsstand/third_posts.tsv").read_text().splitlines())
    for page in theme.pages(folder, seen={(export, number) for export, _layout, _metadata, number, _novelty in rows}):
        text = engine.get_template(f"fifth/{page.layout}.html").render(Context(page.context))
        yield Sample(page.post, page.layout, page.metadata, text, "layout", _dates(page.context))


def listed(folder: Path, which: str) -> Iterator[Sample]:
    """The pages of the sixth, seventh or eighth set; no work on the reader may look at one of the eighth."""
    from django.template import Context, Engine

    theme = import_module(f"benchmarks.newsstand.{which}")
    engine = Engine(dirs=[str(ROOT / "benchmarks/newsstand/layouts")])
    rows = [row.split("\t") for row in (ROOT / f"benchmarks/newsstand/{which}_posts.tsv").read_text().splitlines()]
    for page, novelty in theme.pages(folder, rows):
        text = engine.get_template(f"{which}/{page.layout}.html").render(Context(page.context))
        yield Sample(page.post, page.layout, page.metadata, text, novelty, _dates(page.context))


def _dates(context: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(context[key]) for key in DATES if key in context and (key == "iso" or context.get("is_dated", True)))


def _plain(text: str) -> str:
    return " ".join(unescape(text).split()).casefold()


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
        "date": float(date[:10] == (post.published.date().isoformat() if post.published else "")),
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


def plainly(text: str) -> dict[str, str]:
    """What one gets of a page's text without a reader: the first long line, the first date, what stands behind "By", all long lines."""
    from broadsheet.importing.documents.dates import find_dates

    lines = [" ".join(line.split()).lstrip("• ") for line in text.splitlines() if line.strip()]
    long = [line for line in lines if len(line) > 60]
    dates = (found[0].date for line in lines if (found := find_dates(line)))
    return {
        "body": " ".join(long),
        "headline": next((line for line in lines if len(line.split()) > 3 or len(line) > 24), ""),
        "date": when.isoformat() if (when := next(dates, None)) else "",
        "byline": next((line.partition(" ")[2] for line in lines if line.startswith(("By ", "by ")) and len(line) < 60), ""),
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
        print(f"{'pages':34} {'reader':13} {'n':>5}" + "".join(f" {m:>9}" for m in MEASURES))
        for (group, who), measures in self.sums.items():
            means = "".join(f" {sum(v) / len(v):9.3f}" if (v := measures.get(m)) else "         –" for m in MEASURES)
            print(f"{group:34} {who:13} {len(measures['body']):>5}{means}")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Documents read as stories: body, headline, date, byline.")
    parser.add_argument("folder", nargs="?", type=Path, help="default: ../shared/fixtures/wxr")
    parser.add_argument("--set", nargs="+", choices=SETS, default=["tuned"], help="which pages; several are measured in one run")
    parser.add_argument("--posts", type=int, default=TUNED_POSTS, help="posts of each export in each layout of the first two sets")
    parser.add_argument("--text-only", action="store_true", help="only the copied text, which is what takes tuning")
    parser.add_argument("--detail", action="store_true", help="also by layout, language and export")
    parser.add_argument("--worst", type=int, default=0, help="also name the pages with the worst bodies")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="write the pages there")
    parser.add_argument(
        "--as-chromium", type=Path, metavar="CHROMIUM", help="instead, ask that browser how many texts are as it gives them"
    )
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
        if args.as_chromium:
            from benchmarks.newsstand import chromium

            chromium.compare({name: [s.page for s in _pages(args, name)] for name in args.set}, str(args.as_chromium))
            return 0
        return _measure(args)


def _pages(args: argparse.Namespace, which: str) -> Iterator[Sample]:
    if which in ("tuned", "held-out"):
        return samples(args.folder, posts=args.posts, held_out=which == "held-out")
    if which in ("workshop", "fourth"):
        return dressed(args.folder, which)
    return {"third": third, "fifth": fifth}[which](args.folder) if which in ("third", "fifth") else listed(args.folder, which)


def _forms(page: str, metadata: bool, text_only: bool) -> Iterator[tuple[str, str, str]]:
    """(form, content, reader)."""
    from benchmarks.newsstand.dump import dump

    if not text_only:
        yield "html", page, "ours"
        if find_spec("trafilatura"):
            yield "html", page, "trafilatura"
    # The copied text says nothing of metadata: one of the two is enough.
    for manner in () if metadata else ("bullets", "inner", "copied"):
        text = dump(page, manner=manner)
        yield f"text, {manner}", text, "ours"
        yield f"text, {manner}", text, "plain"


def _measure(args: argparse.Namespace) -> int:
    overall, detail = Table(), Table()
    wrong: list[tuple[float, str, dict[str, float]]] = []
    spent: dict[str, float] = defaultdict(float)
    for which, number, sample in ((w, n, s) for w in args.set for n, s in enumerate(_pages(args, w))):
        name = f"{which}-{number:04}-{sample.layout}{'-meta' if sample.metadata else ''}"
        for form, content, who in _forms(sample.page, sample.metadata, args.text_only):
            if args.keep and who == "ours":
                args.keep.mkdir(parents=True, exist_ok=True)
                (args.keep / f"{name}.{form.rpartition(' ')[2]}{'' if form == 'html' else '.txt'}").write_text(content)
            start = time.perf_counter()
            found = theirs(content) if who == "trafilatura" else plainly(content) if who == "plain" else ours(f"page.{form[:4]}", content)
            spent[f"{form} {who}"] += time.perf_counter() - start
            truth = sample.truth_in(content)
            score = scores(truth, **found)
            overall.add(f"{which}: {form}", who, score)
            for part in (sample.layout + (", metadata" if sample.metadata else ""), sample.post.language, sample.post.export[:18]):
                detail.add(f"{which}: {form}, {part}", who, score)
            if who == "ours":
                said = f"“{found['headline'][:50]}” {found['date'][:10]} {found['byline'][:40]}"
                wrong.append((sum(score.values()) / len(score), f"{name} {form} {sample.post.export} {said}", score))
    if args.detail:
        detail.print()
        print()
    overall.print()
    print("\n" + "; ".join(f"{name} {seconds:.1f} s" for name, seconds in spent.items()))
    for _mean, what, score in sorted(wrong, key=lambda one: one[0])[: args.worst]:
        print({k: round(v, 2) for k, v in score.items()}, what)
    return 0


if __name__ == "__main__":
    sys.exit(main())
