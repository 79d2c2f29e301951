"""`broadsheet import`: options, progress, the report."""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.text import slugify
from tqdm import tqdm

from broadsheet import __version__
from broadsheet.delivery.hosts import Refused, name_of, split
from broadsheet.durable import whole
from broadsheet.importing import addressbook, ahead
from broadsheet.importing.breaking import STOPPED, remedy
from broadsheet.importing.fetching import Fetcher
from broadsheet.importing.files import DOCUMENTS, PICTURES
from broadsheet.importing.ghost import package
from broadsheet.importing.ghost import reader as ghost
from broadsheet.importing.load import Loader
from broadsheet.importing.mapping import TAXONOMY_TARGETS, TYPE_TARGETS, Counterparts, pairs
from broadsheet.importing.models import SourceSite
from broadsheet.importing.one_at_a_time import alone
from broadsheet.importing.preparing import SELDOM, Beside
from broadsheet.importing.proof import proof
from broadsheet.importing.reconcile import Report
from broadsheet.importing.records import ImportRefused
from broadsheet.importing.rehearsing import RehearsedFiles
from broadsheet.importing.restoring.commands import restored
from broadsheet.importing.survey import Bodies, Source, Survey
from broadsheet.importing.wordpress.reader import EXPORT_WHOLE, Export

CACHE = 20_000
"""Kilobytes of the database that an import holds in memory."""
LOG = 24_000
"""Pages of 4 KB that an import may have written to the database's log before they are copied to where they belong."""


def _parser(system: str, about: str, *, media: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"broadsheet import {system}", description=about)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="export files of one site")
    parser.add_argument("--media", type=Path, metavar="DIR", help=media)
    parser.add_argument("--fetch-media", action="store_true", help="get files that are not in that folder from the old site itself")
    parser.add_argument("--media-host", action="append", default=[], metavar="HOST", help="a further host that --fetch-media may ask")
    parser.add_argument(
        "--report", type=Path, metavar="FILE.json", help="write the account of every item there, and every old address beside it"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="do everything, keep nothing and write a page to read; pictures are measured, not decoded"
    )
    return parser


def import_wordpress(arguments: Sequence[str]) -> int:
    """Run one import; 0 when everything came in, 1 when something is damaged or missing, 2 when it was refused and nothing was written."""
    parser = _parser("wordpress", "Bring in the WXR export of a WordPress site.", media="the site's wp-content/uploads folder")
    parser.add_argument(
        "--category-base", default="", metavar="WORD", help="what stood for “category” in addresses, where links do not tell"
    )
    parser.add_argument("--tag-base", default="", metavar="WORD", help="what stood for “tag”")
    parser.add_argument("--placement", action="append", default=[], metavar="NAME=SLUG", help="a category that is a list, not a section")
    parser.add_argument("--type", action="append", default=[], metavar="NAME=KIND", help=f"what a post type is: {', '.join(TYPE_TARGETS)}")
    groups = f"what a taxonomy is: {', '.join(TAXONOMY_TARGETS)}"
    parser.add_argument("--taxonomy", action="append", default=[], metavar="NAME=WHAT", help=groups)
    parser.add_argument("--menu", default="", metavar="SLUG", help="the menu that is the main one")
    args = parser.parse_args(arguments)
    placements = {}
    for one in args.placement:
        name, sep, slug = one.partition("=")
        if not sep or not name or not slug:
            print(f"broadsheet: --placement {one}: write NAME=SLUG, such as 'Top Stories=top-stories'", file=sys.stderr)
            return 2
        placements[name] = slug

    def export(beside: Beside | None) -> tuple[Export, dict[str, Any]]:
        def go_ahead(survey: Survey, bodies: Bodies) -> None:
            if beside and (plan := ahead.plan(survey, bodies)):
                beside.go_ahead(plan)

        types, taxonomies = pairs("--type", args.type, TYPE_TARGETS), pairs("--taxonomy", args.taxonomy, TAXONOMY_TARGETS)
        source = Export(args.files, known=go_ahead)
        _chosen(source, args.menu)
        bases = {"category_base": args.category_base.strip("/"), "tag_base": args.tag_base.strip("/")}
        return source, {"placements": placements, "counterparts": Counterparts(types, taxonomies), "menu": args.menu, "bases": bases}

    if not args.dry_run and (status := restored(args.files, args.media)) is not None:
        return status
    return _bring_in(args, export)


def import_ghost(arguments: Sequence[str]) -> int:
    """Run one import of a Ghost site; exit status as of `import_wordpress`."""
    parser = _parser(
        "ghost", "Bring in the export of a Ghost site: a JSON file, a zip or a folder.", media="the site's content folder, or its images"
    )
    parser.add_argument("--url", default="", metavar="ADDRESS", help="where the site's front page was; its links become links here")
    parser.add_argument("--permalinks", default="", metavar="PATTERN", help="as in the site's routes.yaml, such as /{year}/{slug}/")
    parser.add_argument("--sections", metavar="TAG,TAG", help="the tags that are sections; else those that lead several stories")
    parser.add_argument("--menu", default="", metavar="NAME", help="navigation or secondary_navigation: the one that is the main menu")
    args = parser.parse_args(arguments)
    wanted = None if args.sections is None else [name.strip() for name in args.sections.split(",") if name.strip()]

    def export(_beside: Beside | None) -> tuple[ghost.Export, dict[str, Any]]:
        if args.url and not re.fullmatch(r"https?://[\w.:-]+(?:/[\w./~-]*)?", args.url):
            raise ImportRefused("--url", f"{args.url} is no address of a site", "Write it as https://news.example")
        first = ghost.Export(args.files, url=args.url, permalinks=args.permalinks, sections=wanted)
        told = {"menu": _chosen(first, args.menu)}
        known = SourceSite.objects.filter(key=first.survey.site.key[:255]).first()
        if known is None or wanted is not None:
            return first, told
        # What became a section at the first import stays one, and what did not, however many stories later exports hold.
        decided = list(known.terms.filter(section__isnull=False).values_list("slug", flat=True))
        return ghost.Export(args.files, url=args.url, permalinks=args.permalinks, sections=decided), told

    return _bring_in(args, export, pictures=_unpacked)


def _chosen(source: Source, menu: str) -> str:
    """The menu that was chosen; raises ImportRefused when the export has none of that name."""
    if menu and menu not in source.survey.menus:
        known = ", ".join(sorted(source.survey.menus)) or "there is none"
        raise ImportRefused(f"--menu {menu}", "is no menu of this export", f"Its menus: {known}")
    return menu


@contextmanager
def _unpacked(files: Sequence[Path], media: Path | None) -> Iterator[Path | None]:
    """A folder with the files of a zip, at the same place for the same zip until its import is done; or the one that was given."""
    endings = PICTURES | DOCUMENTS
    packed = [path for path in files if package.has_files(path, endings)]
    given = [found for path in files if path.is_dir() and (found := package.content_folder(path))]
    if media and (packed or given):
        raise ImportRefused(
            (packed or given)[0].name, "holds the site's files itself", "Leave --media out, or give the JSON file alone"
        )  # fmt: skip
    if not packed:
        yield given[0] if given else media
        return
    if given:
        raise ImportRefused(packed[0].name, "and a folder both hold files of the site", "Give one of the two")
    digest = hashlib.sha256()
    for path in packed:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    folder = Path(settings.DATA) / "import" / digest.hexdigest()[:24]
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for path in packed:
        package.unpack(path, folder, endings)
    yield folder
    # An import that breaks off leaves it behind, and goes on with it.
    shutil.rmtree(folder, ignore_errors=True)


def _bring_in(
    args: argparse.Namespace,
    export: Callable[[Beside | None], tuple[Source, dict[str, Any]]],
    pictures: Callable[[Sequence[Path], Path | None], AbstractContextManager[Path | None]] = lambda files, media: nullcontext(media),
) -> int:
    try:
        if args.media and not args.media.is_dir():
            raise ImportRefused(str(args.media), "is no folder", "Give the site's uploads folder")
        if args.report and (problem := _cannot_be_written(args.report.resolve())):
            raise ImportRefused(str(args.report), f"cannot be written: {problem}", "Give another place for the report")
        if args.dry_run and args.fetch_media:
            raise ImportRefused("--fetch-media", "a dry run keeps nothing", "Leave one of the two out")
        if args.media_host and not args.fetch_media:
            raise ImportRefused("--media-host", "says only whom --fetch-media may ask", "Give that too, or leave both out")
        # Started before the export is read, so that it is there when the reading is done.
        with _left_alone(), nullcontext() if args.dry_run else Beside.for_files(args.files) or nullcontext() as beside:
            report = _loaded(args, export, pictures, beside)
    except ImportRefused as refused:
        print(f"broadsheet: {refused}", file=sys.stderr)
        return 2
    except STOPPED as error:
        if said := remedy(error, *([args.report.resolve().parent] if args.report else [])):
            print(f"broadsheet: {said}", file=sys.stderr)
            return 1
        assert isinstance(error, OSError)  # noqa: S101
        print(f"broadsheet: {error.filename or ''}: {error.strerror}", file=sys.stderr)
        return 2
    _print(report, dry=args.dry_run)
    return 1 if report.differences or report.damaged else 0


def _loaded(
    args: argparse.Namespace,
    export: Callable[[Beside | None], tuple[Source, dict[str, Any]]],
    pictures: Callable[[Sequence[Path], Path | None], AbstractContextManager[Path | None]],
    beside: Beside | None,
) -> Report:
    source, told = export(beside)
    if args.dry_run:
        with alone(), pictures(args.files, args.media) as media:
            return _dry(source, told | {"media": media}, args.report)
    with (
        alone(),
        pictures(args.files, args.media) as media,
        tqdm(total=source.survey.items, unit=" items", disable=None) as bar,
        tqdm(unit=" fetched", disable=None) as got,
    ):
        fetcher = _fetcher(source, args.media_host, got.update) if args.fetch_media else None
        _hold_little()
        loader = Loader(source, media=media, fetcher=fetcher, beside=beside, **told)
        return loader.run(lambda n: (bar.update(n), None)[1], lambda report: _written(report, loader, args.report))


@contextmanager
def _left_alone() -> Iterator[None]:
    """What Python holds when an import begins stays until it ends: the garbage collector need not look at it again and again."""
    usual = gc.get_threshold()
    gc.freeze()
    # Nor after every 700 new things: a batch makes a hundred thousand, and few of an import's go in circles.
    gc.set_threshold(SELDOM, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def _hold_little() -> None:
    """An import writes each page of the database once or twice: what readers gain by a large cache would only be held in memory here."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = -{CACHE}")
            # What several batches change is copied once for all of them.
            cursor.execute(f"PRAGMA wal_autocheckpoint = {LOG}")
            # A statement of many rows keeps what it may have to take back: in a file that was half of all that an import wrote. SQLite refuses to
            # change that within a transaction, once anything is kept.
            if not connection.in_atomic_block:
                cursor.execute("PRAGMA temp_store = MEMORY")


def _fetcher(source: Source, hosts: Sequence[str], progress: Callable[[], object]) -> Fetcher:
    """Asks the old site's own host, and those the operator named."""
    site = source.survey.site
    allowed = {_host(f"http://{host}", f"--media-host {host}") for host in hosts}
    try:
        parts = split(site.base_url)
        allowed.add(name_of(str(parts.hostname), parts.port))
    except Refused as refused:
        if not allowed:
            raise ImportRefused(
                "--fetch-media", "the export does not say where the old site is", "Name its host with --media-host"
            ) from refused
    folder = Path(settings.DATA) / "fetched" / hashlib.sha256(site.key.encode()).hexdigest()[:16]
    return Fetcher(folder, hosts=allowed, agent=f"Broadsheet/{__version__} (moving to {settings.WAGTAILADMIN_BASE_URL})", progress=progress)


def _host(url: str, told: str) -> str:
    try:
        parts = split(url)
    except Refused as refused:
        raise ImportRefused(told, str(refused), "Write a host such as files.example") from refused
    if parts.path or parts.query:
        raise ImportRefused(told, "is more than a host", "Write a host such as files.example")
    return name_of(str(parts.hostname), parts.port)


def _cannot_be_written(file: Path) -> str:
    """Why there can be no file of that name; nothing where there can."""
    if not file.parent.is_dir():
        return "its folder does not exist"
    if file.is_dir():
        return "it is a folder"
    return "" if os.access(file.parent, os.W_OK | os.X_OK) else "its folder belongs to somebody else"


def _written(report: Report, loader: Loader, to: Path | None) -> None:
    """Put the account where it is wanted, and the old addresses beside it."""
    if to:
        report.addresses = addressbook.write(loader.source, loader.site, to.with_suffix(".addresses.jsonl"))
        with whole(to) as out:
            out.write(json.dumps(report.as_json(), ensure_ascii=False, indent=1) + "\n")


def _dry(source: Source, told: dict[str, Any], to: Path | None) -> Report:
    """The import itself, taken back: what it would write is known only by writing it. Files are looked for, not copied."""
    with transaction.atomic():
        loader = Loader(source, files=RehearsedFiles, **told)
        report = loader.run()
        _written(report, loader, to)
        page = proof(loader)
        transaction.set_rollback(True)
    place = to.with_suffix(".html") if to else Path(settings.DATA) / "reports" / f"{slugify(source.survey.site.key) or 'site'}.html"
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Drafts stand in it.
    with whole(place, mode=0o600) as out:
        out.write(page)
    print(f"To read: {place}")
    return report


def _print(report: Report, *, dry: bool) -> None:
    print(f"{'what':28} {'in file':>8} {'new':>8} {'updated':>8} {'as before':>9} {'left out':>9}")
    rows = [*sorted(report.items.items()), ("comments", report.comments), ("authors", report.authors), ("terms", report.terms)]
    rows.append(("files", report.media))
    rows += [("redirects", report.redirects)] if report.redirects.in_file else []
    for name, tally in rows:
        out = sum(map(len, tally.skipped.values()))
        why = ", ".join(f"{reason} {len(ids)}" for reason, ids in sorted(tally.skipped.items()))
        print(f"{name:28} {tally.in_file:>8} {tally.imported:>8} {tally.updated:>8} {tally.unchanged:>9} {out:>9}  {why}")
    print(f"  time zone of the old site: {report.clock}")
    for oddity in report.oddities:
        places = f" ({'; '.join(oddity.examples[:2])})" if oddity.examples else ""
        print(f"  note: {oddity.what}: {oddity.count}{places}")
    for damage in report.damaged:
        print(f"  DAMAGED, left out: {damage}")
    if report.damaged:
        print(f"{len(report.damaged)} damaged in the files; everything else is imported. {EXPORT_WHOLE}, then run this again.")
    for difference in report.differences:
        print(f"  DIFFERENCE: {difference}")
    if dry:
        print("Nothing was written.")
