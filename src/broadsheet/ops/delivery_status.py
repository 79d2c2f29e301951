"""`broadsheet delivery status`: what of the outbox and of the page store waits, and why."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from django.conf import settings

from broadsheet.delivery.waiting import waiting


def status(arguments: Sequence[str]) -> int:
    """Say what waits; 1 when something was given up."""
    argparse.ArgumentParser(
        prog="broadsheet delivery status",
        description="What follows from publishing and is not done yet: pages to be replaced, caches to be told, the rest of the outbox. Exit status 1 when something was given up.",
    ).parse_args(arguments)
    found = waiting()
    print(
        f"{found.writes} writes whose pages are not replaced yet"
        + (f", the oldest from {found.oldest:%Y-%m-%d %H:%M:%S} UTC" if found.oldest else "")
    )
    print(f"caches in front: {', '.join(settings.CACHES_IN_FRONT) or 'none'}")
    for kind in found.kinds:
        print(f"{kind.kind}: {kind.waiting} wait, {kind.given_up} were given up")
        if kind.error:
            print(f"  {kind.error}")
    if not found.kinds:
        print("nothing waits in the outbox")
    return 1 if any(kind.given_up for kind in found.kinds) else 0
