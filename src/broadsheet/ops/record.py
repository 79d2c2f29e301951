"""`broadsheet record enter`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from tqdm import tqdm

from broadsheet.stories import recording


def enter(arguments: Sequence[str]) -> int:
    """Enter every public story that is not in the record, as it is now; the site runs on meanwhile."""
    argparse.ArgumentParser(
        prog="broadsheet record enter",
        description="Enter what was public before there was a record, each story as it is now. Broken off, it goes on from there.",
    ).parse_args(arguments)
    last, entered = 0, 0
    with tqdm(total=recording.without_record().count(), unit=" stories", disable=None) as bar:
        while True:
            last, count = recording.enter_the_next(after=last)
            if not last:
                break
            entered += count
            bar.update(count)
    print(f"Entered in the record: {entered} stories.")
    return 0
