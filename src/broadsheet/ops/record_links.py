"""`broadsheet record links`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from tqdm import tqdm

from broadsheet.record import copies
from broadsheet.record.evidence import Source, WebCopy
from broadsheet.stories.models import StaticPage, Story


def links(arguments: Sequence[str]) -> int:
    """Sources on the web that are not there any more, or say something else, and the stories that cite them; 1 when there are some."""
    parser = argparse.ArgumentParser(
        prog="broadsheet record links",
        description="Report the sources on the web that were not there, or said something else, when they were last looked at.",
    )
    parser.add_argument("--check", action="store_true", help="look at each of them now; otherwise the worker does, once a month")
    if parser.parse_args(arguments).check:
        cited = WebCopy.objects.filter(url__in=Source.objects.exclude(url="").values("url")).order_by("url")
        for url in tqdm(list(cited.values_list("url", flat=True)), unit=" addresses", disable=None):
            copies.check(url, again=False)
    found = list(copies.rotten())
    for one in found:
        cites = Source.objects.filter(url=one.url).values("story")
        what = one.problem or "says something else than when it was cited"
        print(f"{one.url}\n  {what}; last seen {one.seen:%Y-%m-%d}" if one.seen else f"{one.url}\n  {what}; never seen")
        for model in (Story, StaticPage):
            for title, address in model.objects.filter(pk__in=cites, live=True).order_by("pk").values_list("title", "permalink"):
                print(f"  {address}  {title}")
    known = WebCopy.objects.exclude(checked=None).count()
    print(f"Sources on the web that were looked at: {known}; lost or altered: {len(found)}.")
    return 1 if found else 0
