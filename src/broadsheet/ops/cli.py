"""The `broadsheet` command."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from broadsheet import __version__
from broadsheet.conf import OptionError

HANDED_ON = {
    ("import", "wordpress"): ("broadsheet.importing.commands:import_wordpress", "one or several WXR export files of one site"),
    ("import", "ghost"): ("broadsheet.importing.commands:import_ghost", "the export of a Ghost site, alone or in a zip with its pictures"),
    ("import", "json"): (
        "broadsheet.importing.restoring.commands:import_json", "the folder of `broadsheet export json`, into an empty publication"
    ),
    ("import", "check-links"): (
        "broadsheet.importing.links:check_links", "ask the running site for every old address of an import's report"
    ),
    ("export",): ("broadsheet.importing.export.commands:export", "write everything: as WXR for WordPress, or as JSON Lines"),
    ("read",): (
        "broadsheet.importing.documents.commands:read_documents", "make story drafts of documents: .docx, .odt, .html, .md, text"
    ),
    ("record", "links"): ("broadsheet.ops.record_links:links", "sources on the web that are lost or say something else"),
    ("record", "enter"): ("broadsheet.ops.record:enter", "enter in the record what was public before there was one"),
    ("record", "verify"): ("broadsheet.ops.record:verify", "verify the log of this or another publication, and that stories are what it says"),
    ("record", "key"): ("broadsheet.ops.record:key", "print the public keys of the log"),
    ("record", "new-key"): ("broadsheet.ops.record:new_key", "follow the key that signs the log by a new one"),
    ("record", "new-log"): ("broadsheet.ops.record:new_log", "begin another log, where the one there is cannot be gone on with"),
    ("search", "rebuild"): ("broadsheet.ops.search_index:rebuild", "enter every page in the search index anew"),
    ("store", "verify"): ("broadsheet.ops.page_store:verify", "render every stored page afresh and compare"),
    ("store", "warm"): ("broadsheet.ops.page_store:warm", "render and store every page that is not stored yet"),
    ("store", "clear"): ("broadsheet.ops.page_store:clear", "remove all stored pages"),
    ("store", "status"): ("broadsheet.ops.page_store:status", "how many pages are stored and what waits"),
    ("delivery", "status"): ("broadsheet.ops.delivery_status:status", "what follows from publishing and is not done yet, and why"),
}  # fmt: skip
"""Commands with options of their own: by their words, the function that takes what follows, and what they do."""


class Stop(Exception):
    """Something the operator has to do first; the message is one line that says what."""


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    top = argparse.ArgumentParser(prog="broadsheet", description="An online news portal: reader site and newsroom in one install.")
    top.add_argument("--version", action="version", version=f"broadsheet {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    up = commands.add_parser("up", help="set up what is missing, bring in the demo edition if there is no content, start site and worker")
    up.add_argument("--empty", action="store_true", help="leave the demo edition out")
    commands.add_parser("serve", help="start site and worker")
    commands.add_parser("worker", help="start the worker alone: scheduled publishing and the outbox")
    check = commands.add_parser("check", help="look at data folder, database, static files, worker and late work")
    check.add_argument("--remove-left-over", action="store_true", help="first delete originals that no picture and no document names")
    commands.add_parser("version", help="print the version")
    login = commands.add_parser("desk-login", help="print a one-time sign-in link for the desk")
    login.add_argument("username", nargs="?", default="", help="whose; the first administrator when left out")
    bring = commands.add_parser("import", help="bring in another system's content")
    kinds = bring.add_subparsers(dest="source", required=True, metavar="SYSTEM")
    index = commands.add_parser("search", help="the search index")
    record = commands.add_parser("record", help="the record of what was published and changed")
    store = commands.add_parser("store", help="the stored pages")
    groups = {"import": kinds, "": commands}
    delivery = commands.add_parser("delivery", help="what follows from publishing")
    named = (("search", index), ("record", record), ("store", store), ("delivery", delivery))
    groups |= {word: one.add_subparsers(dest="what", required=True, metavar="WHAT") for word, one in named}
    for (*group, name), (_function, help_text) in HANDED_ON.items():
        command = groups[" ".join(group)].add_parser(name, help=help_text)
        command.add_argument("arguments", nargs=argparse.REMAINDER)
    manage = commands.add_parser("manage", help="any Django or Wagtail management command")
    manage.add_argument("arguments", nargs=argparse.REMAINDER)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    argv = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.settings")
    try:
        # These hand everything behind them on, options included.
        if argv[:1] == ["manage"]:
            return _django(argv[1:])
        for words, (function, _help) in HANDED_ON.items():
            if tuple(argv[: len(words)]) == words:
                return _handed_on(function, argv[len(words) :])
        return _run(parser().parse_args(argv))
    except (Stop, OptionError) as stop:
        print(f"broadsheet: {stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _run(args: argparse.Namespace) -> int:
    if args.command in {"up", "serve"}:
        from broadsheet.ops import up

        if args.command == "serve":
            return up.run(["--static-only"])
        return up.run(["--empty"] if args.empty else [])
    if args.command == "version":
        print(__version__)
        return 0
    import django

    django.setup()
    if args.command == "worker":
        from broadsheet.ops.worker import Worker

        return Worker().run_forever()
    if args.command == "check":
        from broadsheet.ops import doctor

        return (doctor.remove_left_over() if args.remove_left_over else 0) or doctor.check()
    from broadsheet.ops.sign_in import link_for
    from broadsheet.ops.up import address

    print(link_for(args.username, at=address()))
    return 0


def _django(arguments: list[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["broadsheet manage", *arguments])
    return 0


def _demand_a_publication() -> None:
    from django.conf import settings
    from django.db import OperationalError, connection

    from broadsheet.ops.setup import missing_migrations

    try:
        missing = missing_migrations()
    except OperationalError as error:
        if "locked" in str(error):
            raise Stop("the database is kept locked by another program: wait until that is done and run the same command again") from None
        if connection.vendor == "postgresql":
            said = str(error).strip().partition("\n")[0]
            raise Stop(f"the database cannot be reached ({said}): see that it runs, then run the same command again") from None
        if problem := _not_ours():
            raise Stop(f"{problem}: run the command as the user whom it belongs to, where it may be written to") from None
        missing = -1
    if missing:
        raise Stop(
            f"{settings.DATA} is not set up, or by an older version: run `broadsheet up` first (`broadsheet up --empty` for no demo edition)"
        )


def _not_ours() -> str:
    """What this user may not do with a database that is there; SQLite also writes beside it."""
    from django.conf import settings
    from django.db import connection

    file = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or not os.path.exists(file):
        return "" if os.access(settings.DATA, os.R_OK | os.X_OK) or not os.path.exists(settings.DATA) else f"{settings.DATA} cannot be read"
    if not os.access(file, os.R_OK | os.W_OK):
        return f"{file} cannot be written to"
    return "" if os.access(os.path.dirname(file), os.W_OK | os.X_OK) else f"{os.path.dirname(file)} cannot be written to"


def _handed_on(function: str, arguments: list[str]) -> int:
    import django

    django.setup()
    elsewhere = function == HANDED_ON["record", "verify"][0] and any(not one.startswith("-") for one in arguments[:1])
    if not elsewhere and not {"-h", "--help", "--json"} & set(arguments):
        _demand_a_publication()
    module, _, name = function.partition(":")
    status: int = getattr(import_module(module), name)(arguments)
    return status
