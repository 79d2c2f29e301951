"""`broadsheet record enter`, `verify`, `key`, `new-key` and `new-log`."""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.db.models import Exists, OuterRef
from tqdm import tqdm

from broadsheet.record import keeping, log, signing
from broadsheet.record.checking import Unread, differences, get, keys_in, text_of, trusted
from broadsheet.record.models import Change, Leaf
from broadsheet.record.proving import TILE, Checkpoint, Fetch, Key, Wrong, bundle, read_key, tile_path
from broadsheet.record.signing import Refused
from broadsheet.record.verifying import End, Ends, head_of
from broadsheet.record.verifying import verify as verify_log
from broadsheet.stories import recorded, recording

AGAIN, PAUSE = 5, 3.0
"""How often, and after how many seconds, a site is asked again whose entry is not in the log yet."""
SHOWN = 1000
"""Lines that say what is wrong; there may be one for every entry."""


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


def verify(arguments: Sequence[str]) -> int:
    """Verify a log, and that stories are what it says; 1 and a list where something is wrong, 2 where it cannot be read."""
    parser = argparse.ArgumentParser(
        prog="broadsheet record verify",
        description="Verify a record from its public files: signature, every entry and tile, every story's chain, and what it was before. Without WHERE, of this"
        " publication, and with it the database and the stored pages. Exit status 1 and a list where something is wrong, 2 where it cannot be read.",
    )
    parser.add_argument("where", nargs="?", default="", help="the site's address, or a folder with the files of a log")
    parser.add_argument(
        "--checkpoint", type=Path, metavar="FILE", help="a checkpoint kept before; the file gets the new one when all is well"
    )
    parser.add_argument(
        "--key", default="", help="the key as you were told it; else the keys that the site, or the folder, names are trusted"
    )
    parser.add_argument("--log-only", action="store_true", help="leave out what the stories say")
    options = parser.parse_args(arguments)
    wrong = 0
    try:
        for line in _verified(options):
            wrong += 1
            if wrong <= SHOWN:
                print(line)
    except Wrong as stop:
        print(stop)
        wrong += 1
    except (Unread, OSError, Refused) as unread:
        print(f"broadsheet: {unread}", file=sys.stderr)
        return 2
    if wrong > SHOWN:
        print(f"and {wrong - SHOWN} more")
    return 1 if wrong else 0


def _verified(options: argparse.Namespace) -> Iterator[str]:
    where, root = options.where, ""
    if where.startswith(("http://", "https://")):
        root = "{0.scheme}://{0.netloc}".format(urlsplit(where))
        base = f"{root}/record/"
        listed, number = get(f"{base}keys") or b"", 1
        while get(f"{base}{number + 1}/checkpoint") is not None:
            number += 1
        fetch, origin = _at(f"{root}{log.address_of(number)}"), f"{urlsplit(where).netloc}/record{f'/{number}' * (number > 1)}"
    else:
        folder = Path(where) if where else log.place_of(log.current().number)
        listed, fetch, origin = _read(folder / "keys") or _read(folder.parent / "keys") or b"", _in(folder), ""
    if not where:
        keys: list[Key] = signing.keys()
    else:
        keys = [read_key(options.key)] if options.key else keys_in(listed)
    # Read once: what is kept in the end is what was verified, and not what was signed since.
    note = fetch("checkpoint")
    head = head_of(lambda _path: note, keys, origin)
    kept: Checkpoint | None = None
    if options.checkpoint and options.checkpoint.exists():
        kept = trusted(options.checkpoint.read_bytes(), [*keys, *keys_in(listed)], head.origin)
    ends = Ends()
    wrong = 0
    steps: list[tuple[str, int | None, Iterable[tuple[int, list[str]]]]] = [("entries", head.size, verify_log(fetch, head, ends, kept))]
    if not where and not options.log_only:
        steps += [
            ("entries in the database", head.size, _database(fetch, head)),
            ("texts", None, recorded.verify_texts()),
            ("words", None, recorded.verify_words()),
        ]
        steps += [("stories", None, recorded.verify_stories(ends))]
    elif root and not options.log_only:
        steps += [("stories", None, _public(root, ends, lambda: _read_again(fetch, keys, head)))]
    for name, total, step in steps:
        count = 0
        with tqdm(total=total, unit=f" {name}", disable=None, file=sys.stderr) as bar:
            for number, found in step:
                count += number
                bar.update(number)
                wrong += len(found)
                yield from found
        print(f"{count} {name}", flush=True)
    print(f"{head.origin}: {head.size} entries, {wrong} things wrong")
    if options.checkpoint and not wrong and note:
        options.checkpoint.write_bytes(note)


def _at(base: str) -> Fetch:
    return lambda path: get(base + path)


def _in(folder: Path) -> Fetch:
    return lambda path: _read(folder / path)


def _read(place: Path) -> bytes | None:
    return place.read_bytes() if place.is_file() else None


def _database(fetch: Fetch, head: Checkpoint) -> Iterator[tuple[int, list[str]]]:
    """Whether the database has the entries that the log has."""
    current = log.current()
    for number in range(-(-head.size // TILE)):
        first, end = number * TILE, min(head.size, (number + 1) * TILE)
        path = tile_path("entries", number, end - first)
        try:
            same = bundle(log.entries(current, first, end)) == fetch(path)
        except Refused as refused:
            yield end - first, [str(refused)]
            continue
        yield end - first, [] if same else [f"the database has other entries than {path}"]
    # Not asked of those that wait: whoever takes an entry from among them keeps it out of the log.
    placed = Leaf.objects.filter(log=current, change=OuterRef("pk"))
    late = Change.objects.filter(~Exists(placed)).exclude(moment__range=keeping.lately()).count()
    yield 0, [f"{late} entries of the database are not in the log"] if late else []


def _read_again(fetch: Fetch, keys: Sequence[Key], before: Checkpoint) -> tuple[Ends, list[str]]:
    """The ends of a log that went on, and what is wrong with it."""
    ends, head = Ends(), head_of(fetch, keys, before.origin)
    return ends, [line for _count, found in verify_log(fetch, head, ends, before) for line in found]


def _public(root: str, ends: Ends, read_again: Callable[[], tuple[Ends, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Compare the pages of all stories that the site's sitemaps name with their last entries.

    What seems wrong may have been published since the log was read: it is looked at again, with the log as it is then.
    """
    doubtful = []
    for url in _stories(root):
        if next(_story(root, urlsplit(url).path, url, ends), None):
            doubtful.append(url)
        yield 1, []
    if doubtful:
        ends, found = read_again()
        yield 0, found
    for url in doubtful:
        yield 0, [f"{url}: {one}" for one in _story(root, urlsplit(url).path, url, ends)]


def _stories(root: str) -> Iterator[str]:
    for index in re.findall(rb"<loc>([^<]*/sitemap-\d{4}-\d\d(?:-\d+)?\.xml)</loc>", get(f"{root}/sitemap.xml") or b""):
        for found in re.findall(rb"<url>\s*<loc>([^<]*)</loc>", get(root + urlsplit(index.decode()).path) or b""):
            yield root + urlsplit(found.decode().replace("&amp;", "&")).path


def _story(root: str, path: str, url: str, ends: Ends) -> Iterator[str]:
    told_bytes, page = get(f"{root}/record/of{path}"), get(url)
    if page is None:
        return
    if told_bytes is None:
        yield "is public, and the record has no text of it"
        return
    told = json.loads(told_bytes)
    end: End | None = ends.of([told["story"]]).get(told["story"])
    if told["waiting"]:
        # True for a second or two. A site that always says so would never be looked at.
        if _waits(f"{root}/record/of{path}"):
            yield "the site says that its last entry waits for its place in the log, and goes on saying so"
        return
    if end is None or not end.is_public or told["places"][-1] != end.place:
        yield "the site does not tell of its last entry"
        return
    try:
        text = text_of(told, [{"about": None, "kind": end.kind, "text": end.text}])
    except Wrong as wrong:
        yield str(wrong)
        return
    yield from differences(page, text)
    if unquote(path) != text["address"]:
        yield f"its address is {text['address']} in the record"


def _waits(told_at: str) -> bool:
    for _time in range(AGAIN):
        time.sleep(PAUSE)
        told = get(told_at)
        if told is None or not json.loads(told)["waiting"]:
            return False
    return True


def key(arguments: Sequence[str]) -> int:
    """Print the public keys, and make the files of the log where they are not there."""
    argparse.ArgumentParser(
        prog="broadsheet record key", description="Print the public keys that checkpoints are or were signed with, the one in use last."
    ).parse_args(arguments)
    print(signing.listed(), end="")
    return 0


def new_key(arguments: Sequence[str]) -> int:
    """Follow the key in use by a new one."""
    parser = argparse.ArgumentParser(
        prog="broadsheet record new-key",
        description="Follow the key in use by a new one, which it signs. For 30 days checkpoints are signed by both.",
    )
    parser.add_argument(
        "--lost",
        metavar="REASON",
        default="",
        help="the key in use is lost, or somebody else may have it: it signs nothing more; what readers are told",
    )
    options = parser.parse_args(arguments)
    return _done(lambda: signing.new_key(reason=options.lost, trust_the_old=not options.lost))


def new_log(arguments: Sequence[str]) -> int:
    """Begin another log."""
    parser = argparse.ArgumentParser(
        prog="broadsheet record new-log",
        description="Begin another log with all entries of the database, for readers have one that it does not begin with. The one before stays public.",
    )
    parser.add_argument("reason", help="what readers are told")
    options = parser.parse_args(arguments)
    return _done(lambda: log.begin_again(reason=options.reason))


def _done(verb: Callable[[], object]) -> int:
    try:
        verb()
        keeping.keep_up()
    except Refused as refused:
        print(f"broadsheet: {refused}", file=sys.stderr)
        return 1
    print(signing.listed(), end="")
    return 0
