"""`broadsheet read`: documents become story drafts, or are printed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, ProgrammingError

from broadsheet.importing.documents.actions import write_story
from broadsheet.importing.documents.draft import Draft
from broadsheet.importing.documents.proposing import as_json, counted
from broadsheet.importing.documents.reading import ENDINGS, MAX_BYTES, read
from broadsheet.importing.records import ImportRefused
from broadsheet.people.models import User
from broadsheet.stories.models import Section

MOST = 30
"""So many sections are named where one was not found."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="broadsheet read", description=f"Make story drafts of documents ({', '.join(ENDINGS)}).")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="documents, one story each")
    parser.add_argument("--json", action="store_true", help="print what was understood, one line of JSON a file, and write nothing")
    parser.add_argument(
        "--section", metavar="SLUG", help="where the drafts go, such as asia or news/asia; else by the document's own labels"
    )
    parser.add_argument("--by", metavar="USERNAME", default="", help="whose drafts they are")
    parser.add_argument("--today", action="store_true", help="publish with the day's date, not the document's")
    return parser


def read_documents(arguments: Sequence[str]) -> int:
    """Read each file on its own; 0 when all became drafts, 2 when one was refused."""
    args = _parser().parse_args(arguments)
    refused = 0
    try:
        home = _section(args.section) if args.section and not args.json else None
        by = _user(args.by) if args.by and not args.json else None
        for path in args.files:
            try:
                draft = _read(path)
                if args.json:
                    print(json.dumps(as_json(draft), ensure_ascii=False))
                else:
                    _write(draft, home or _labelled(draft), by, keep_date=not args.today)
            except ImportRefused as error:
                print(f"broadsheet: {error}", file=sys.stderr)
                refused += 1
    except ImportRefused as error:
        print(f"broadsheet: {error}", file=sys.stderr)
        return 2
    except (OperationalError, ProgrammingError) as error:
        print(f"broadsheet: the database is not ready ({str(error).splitlines()[0]}). Run broadsheet up first", file=sys.stderr)
        return 2
    return 2 if refused else 0


def _read(path: Path) -> Draft:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ImportRefused(str(path), f"cannot be read: {error.strerror}", "Give a file that is there and readable") from error
    return read(path.name, content)


def _write(draft: Draft, section: Section, by: User | None, *, keep_date: bool) -> None:
    written = write_story(draft=draft, section=section, by=by, keep_date=keep_date)
    address = f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/desk/pages/{written.story.pk}/edit/"
    print(f"{draft.file}: {'draft' if written.is_new else 'unchanged draft'} “{written.story.title}” in {section.title}: {address}")
    for note in (*draft.notes, *written.notes):
        print(f"  note: {note}")
    if found := counted(draft):
        print(f"  proposed, to be checked in the editor: {found}")


def _section(slug: str) -> Section:
    found = [s for s in Section.objects.filter(slug=slug.strip("/").rpartition("/")[2]) if s.url_path.endswith(f"/{slug.strip('/')}/")]
    if len(found) == 1:
        return found[0]
    there = _named(found or list(Section.objects.order_by("path")))
    problem = "means several sections" if found else "is no section"
    raise ImportRefused(f"--section {slug}", problem, f"Give one of: {there}" if there else "Make a section in the desk first")


def _labelled(draft: Draft) -> Section:
    """The lowest section that the document's labels name."""
    found = [s for label in draft.labels if (s := Section.objects.filter(title__iexact=label).order_by("-depth").first())]
    if not found:
        there = _named(list(Section.objects.order_by("path")))
        remedy = f"Give one with --section: {there}" if there else "Make a section in the desk first"
        raise ImportRefused(draft.file, "names no section of this publication", remedy)
    return max(found, key=lambda s: s.depth)


def _named(sections: Sequence[Section]) -> str:
    """As `--section` takes them, with a count of those that are too many to be named."""
    names = [s.url_path.strip("/").partition("/")[2] for s in sections[:MOST]]
    more = len(sections) - len(names)
    return ", ".join(names) + (f" … and {more} more" if more else "")


def _user(name: str) -> User:
    user = User.objects.filter(username=name).first()
    if user is None:
        raise ImportRefused(f"--by {name}", "is nobody who signs in here", "Give the name of a desk user")
    return user
