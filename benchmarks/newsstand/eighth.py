"""An eighth set of pages to look at in totals only: credits side by side, labels over what they name, writers behind the story; fixed before the reader was changed."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.newsstand import eighth_words as words
from benchmarks.newsstand import seventh, sixth
from benchmarks.newsstand.fifth import _number
from benchmarks.newsstand.posts import Post
from benchmarks.newsstand.workshop import Page

SITES = {"masakhane-test": "Prairie Ledger", "reuters": "The Ticker Room"}
_LEFT_OUT = ("sheepless", "cclabs", "nsisong", "rithala", "written")


def pages(folder: Path, rows: list[list[str]]) -> Iterator[tuple[Page, str]]:
    """(page, what of it was on none of the other sets) for each row of export, layout, number of the post, and that."""
    found = sources(folder)
    for export, layout, number, novelty in rows:
        post = next((one for one in found.get(export, ()) if one.number == number), None)
        if post is None:
            print(f"  {export} {number}: not here", file=sys.stderr)
            continue
        chance = random.Random(_number(f"eighth {export}{layout}{number}"))
        context = seventh.around(post, found[export], chance, chance.random() < 0.2, words=words)
        yield Page(context.pop("truth"), layout, context["metadata"], context), novelty


def sources(folder: Path) -> dict[str, list[Post]]:
    """The posts by export: those of the two sets before in the languages of this one."""
    both = [posts for posts in (*sixth._sources(folder), *seventh.sources(folder)) if posts]
    return {
        posts[0].export: [replace(post, site=SITES.get(post.export, post.site)) for post in posts]
        for posts in both
        if not posts[0].export.startswith(_LEFT_OUT) and posts[0].language in words.WORDS
    }
