"""`broadsheet export`: options, progress, what was written."""

from __future__ import annotations

import argparse
import errno
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections, transaction
from tqdm import tqdm

from broadsheet.importing.breaking import remedy
from broadsheet.importing.export import jsonlines, wordpress
from broadsheet.importing.export.archive import Archive
from broadsheet.importing.records import ImportRefused

WRITERS = {"wordpress": wordpress.write, "json": jsonlines.write}
OURS = {"export.xml", "export.xml.part", "uploads", "media", "site.json", "site.json.part"}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="broadsheet export", description="Write everything this publication holds, drafts included.")
    parser.add_argument("format", choices=sorted(WRITERS), help="wordpress: WXR 1.2; json: JSON Lines (docs/contracts/export.md)")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a new folder, or that of an earlier export")
    return parser


def export(arguments: Sequence[str]) -> int:
    """Run one export; 0 when all is written, 1 when originals are missing, 2 when it was refused and nothing was written."""
    args = _parser().parse_args(arguments)
    try:
        _ready(args.folder)
        with one_moment(), tqdm(unit=" records", disable=None) as bar:
            counts = WRITERS[args.format](
                args.folder, Archive(), base=settings.WAGTAILADMIN_BASE_URL, progress=lambda _n: (bar.update(), None)[1]
            )
    except ImportRefused as refused:
        print(f"broadsheet: {refused}", file=sys.stderr)
        return 2
    except OperationalError as error:
        print(f"broadsheet: {remedy(error)}", file=sys.stderr)
        return 1
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        hint = "Run the same command again when there is room" if full else "Give a folder that this user may write to"
        print(f"broadsheet: {error.filename or args.folder}: {error.strerror}. {hint}", file=sys.stderr)
        return 2
    print(", ".join(f"{count:,} {name}" for name, count in counts.items() if count), "→", args.folder)
    return 1 if counts.get("media without a file") else 0


def _ready(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise ImportRefused(str(folder), "is a file", "Give a folder")
    if folder.is_dir() and (strange := sorted(one.name for one in folder.iterdir() if one.name not in OURS and ".jsonl" not in one.name)):
        raise ImportRefused(str(folder), f"holds something else ({strange[0]})", "Give a new folder")
    # Where a link leads, somebody else may read, and what is there would be written over.
    if linked := next((one.name for one in (folder.iterdir() if folder.is_dir() else ()) if one.is_symlink()), ""):
        raise ImportRefused(str(folder), f"holds a link to somewhere else ({linked})", "Give a new folder")
    # Drafts and originals are in it: nobody else's business.
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


@contextmanager
def one_moment(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """All that is read within is of one moment: an editor who publishes meanwhile is not half in it, and is not kept waiting."""
    database: Any = connections[using]
    if database.vendor == "postgresql":
        with transaction.atomic(using=using):
            with database.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    database.ensure_connection()
    # Everywhere else transactions are begun as writers, which there can be one of at a time.
    usual, database.transaction_mode = database.transaction_mode, "DEFERRED"
    try:
        with transaction.atomic(using=using), database.cursor() as cursor:
            cursor.execute("PRAGMA query_only = ON")
            yield
    finally:
        database.transaction_mode = usual
        with database.cursor() as cursor:
            cursor.execute("PRAGMA query_only = OFF")
