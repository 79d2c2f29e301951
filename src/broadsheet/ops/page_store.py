"""`broadsheet store verify`, `warm`, `clear` and `status`."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import django
import wagtail
from django.conf import settings
from tqdm import tqdm

from broadsheet import __version__
from broadsheet.conf import options
from broadsheet.delivery import purging
from broadsheet.delivery.models import Purge
from broadsheet.delivery.rendering import render
from broadsheet.delivery.verifying import verify as verified
from broadsheet.stories.models import Section, StaticPage, Story
from broadsheet.syndication import sitemaps

AT_ONCE = 1000


def verify(arguments: Sequence[str]) -> int:
    """Render every stored page afresh and compare; 1 and a list on any difference."""
    argparse.ArgumentParser(
        prog="broadsheet store verify",
        description="Render every stored page afresh and compare its bytes, but for the islands. Exit status 1 and a list where one differs.",
    ).parse_args(arguments)
    purging.carry_out()
    wrong = 0
    count = 0
    for _path, difference in tqdm(verified(), unit=" pages", disable=None, file=sys.stderr):
        count += 1
        if difference:
            wrong += 1
            print(f"{difference.path} {difference.why}")
    print(f"{count} stored pages, {wrong} of them not what they should be")
    return 1 if wrong else 0


def addresses() -> Iterator[str]:
    """The address of every page that is worth storing before it is asked for: fronts first, then stories, the newest first, then sitemaps."""
    yield "/"
    yield "/latest/"
    yield "/archive/"
    for section in Section.objects.filter(live=True).order_by("path"):
        yield section.get_url() or "/"
    for model in (StaticPage, Story):
        public = model.objects.filter(live=True, permalink__isnull=False).order_by("-pk").values_list("pk", "permalink")
        last = 1 << 62
        while rows := list(public.filter(pk__lt=last)[:AT_ONCE]):
            yield from (str(address) for _pk, address in rows)
            last = rows[-1][0]
    yield "/sitemap.xml"
    yield from sitemaps.addresses()


def warm(arguments: Sequence[str]) -> int:
    """Fill the store with every page that is not in it."""
    argparse.ArgumentParser(
        prog="broadsheet store warm", description="Render and store every page that is not stored yet. Broken off, it can be run again."
    ).parse_args(arguments)
    store = purging.shelf().store
    done = 0
    total = Story.objects.filter(live=True).count()
    for path in tqdm(addresses(), total=total, unit=" pages", disable=None, file=sys.stderr):
        if store.read(path) is None:
            render(path)
            done += 1
    print(f"{done} pages were rendered; {sum(1 for _ in store.paths())} are stored")
    return 0


def clear(arguments: Sequence[str]) -> int:
    """Remove all stored pages."""
    argparse.ArgumentParser(
        prog="broadsheet store clear", description="Remove all stored pages; they are rendered when they are asked for."
    ).parse_args(arguments)
    purging.clear()
    print("no page is stored")
    return 0


def status(arguments: Sequence[str]) -> int:
    """Say what is stored and what waits."""
    argparse.ArgumentParser(
        prog="broadsheet store status", description="How many pages are stored, how large they are, what waits."
    ).parse_args(arguments)
    at = purging.shelf()
    pages = list(at.store.paths())
    size = sum(file.stat().st_size for file in at.store.folder.rglob("*@.*")) if at.store.folder.exists() else 0
    waiting = Purge.objects.filter(done_at=None).count()
    print(
        f"{len(pages)} pages in {at.store.folder}, {size / 1_000_000:.1f} MB with their variants; {waiting} writes wait to be carried out"
    )
    return 0


def follow_the_version() -> bool:
    """Clear the store when what renders its pages is another than rendered them; True when it was cleared.

    Whatever a start cannot see to be the same counts: this program, what it is built on, its templates and those of the newsroom,
    the address, the time zone's year.
    """
    stamp = Path(settings.DATA) / "store" / "rendered-by"
    folders = [Path(__file__).parents[1], *([Path(options.site).resolve()] if options.site else [])]
    own = [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in {".py", ".html", ".css", ".js", ".mo"}]
    facts = [__version__, django.get_version(), wagtail.__version__, settings.WAGTAILADMIN_BASE_URL, settings.WEBSUB_HUB]
    facts += [f"{path}:{path.stat().st_mtime_ns}:{path.stat().st_size}" for path in own]
    digest = hashlib.sha256("\n".join(facts).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return False
    purging.clear()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest)
    return True
