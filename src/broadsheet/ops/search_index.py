"""`broadsheet search rebuild`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from broadsheet.search import index
from broadsheet.search.texts import texts
from broadsheet.stories import indexing

SHOWN = 5_000


def rebuild(arguments: Sequence[str]) -> int:
    """Enter every page anew, the newest first, and take out what is no page any more; the site runs on meanwhile."""
    parser = argparse.ArgumentParser(
        prog="broadsheet search rebuild",
        description="Enter every page in the search index anew. Broken off, it can be run again; what was entered stays.",
    )
    parser.add_argument(
        "--empty", action="store_true", help="begin with an empty index, for a damaged one; until it is full, searches find less"
    )
    options = parser.parse_args(arguments)
    if options.empty or not texts().exists():
        index.begin_again()
    lowest, done = 1 << 62, 0
    while lowest := indexing.enter_the_next(before=lowest):
        done += indexing.AT_ONCE
        if done % SHOWN == 0:
            print(f"  {index.entries(desk=False).count()} public stories are in the index", flush=True)
    gone = indexing.forget_what_is_gone()
    public, others = (index.entries(desk=desk).count() for desk in (False, True))
    print(f"In the search index: {public} public stories, and for the desk {others} drafts and other pages; {gone} taken out.")
    return 0
