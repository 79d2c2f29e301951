#!/usr/bin/env python3
"""Checks a story of an online newspaper against the newspaper's public record, with nothing but Python (3.10 or newer).

    python3 verify.py https://news.example/news/ferry-sails/ --checkpoint news.example.checkpoint

It reads what anybody can read: the story's page, its text and salt, and the log of all entries of the record. It looks whether the log is
signed, whether each entry of the story is in it and they follow one another, whether the text of the last one is what the page
says, and whether the log still holds what it held when you last looked: `--checkpoint` keeps that in a file, which the site cannot reach.
Give as `--key` what you were told in another way than by the same site. Exit status: 0 all is well, 1 something is wrong, 2 it could
not be read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from broadsheet.record.proving import (
    TILE,
    Checkpoint,
    Fetch,
    Key,
    Tree,
    Wrong,
    is_consistent,
    leaf_hash,
    open_note,
    read_checkpoint,
    read_key,
    root_by_path,
    unbundle,
)

LARGEST = 20_000_000
"""Bytes of an answer; nothing of a record is larger."""
WAIT = 30
"""Seconds for an answer."""
BLOCKS = frozenset(
    "address article aside blockquote caption dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p"
    " pre section summary table tbody td tfoot th thead tr ul br".split()
)
SILENT = frozenset("iframe math noembed noframes noscript object script style svg title template".split())
EMPTY = frozenset("area base br col embed hr img input link meta param source track wbr".split())
BODY, STANDFIRST, NOT_OF_THE_TEXT = "story-body", "story-standfirst", frozenset(["corrections", "dateline", "disclaimer", "reference"])
"""Classes of a story's page: of the elements that have the text, and of what stands in there and is no part of it."""


class Unread(Exception):
    """Something could not be read; the message says what and why."""


def get(url: str) -> bytes | None:
    """What is at an address; None where nothing is."""
    return at(url)[1]


def at(url: str) -> tuple[str, bytes | None]:
    """The address to which one leads, and what is there; None where nothing is."""
    request = urllib.request.Request(url, headers={"User-Agent": "broadsheet-verify", "Cache-Control": "no-cache"})  # noqa: S310 - see `main`
    try:
        with urllib.request.urlopen(request, timeout=WAIT) as answer:  # noqa: S310
            data: bytes = answer.read(LARGEST + 1)
            led_to: str = answer.url
    except urllib.error.HTTPError as error:
        if error.code in (404, 410):
            return url, None
        raise Unread(f"{url} answered {error.code}") from error
    except (OSError, ValueError) as error:
        raise Unread(f"{url} cannot be read: {error}") from error
    if len(data) > LARGEST:
        raise Unread(f"{url} is larger than anything of a record")
    return led_to, data


class _Reader(HTMLParser):
    """Takes from a story's page its words, and what it says of itself for machines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: dict[str, list[str]] = {BODY: [], STANDFIRST: []}
        self.found = 0
        self._part = BODY
        self.described: list[str] = []
        self._open: list[str] = []
        self._from = self._not = self._silent = -1
        self._json = False

    def handle_starttag(self, tag: str, attrs: Sequence[Any]) -> None:
        named = dict(attrs)
        classes = (named.get("class") or "").split()
        if self._from >= 0 and tag in BLOCKS:
            self.parts[self._part].append(" ")
        if tag in EMPTY:
            return
        depth = len(self._open)
        self._open.append(tag)
        if tag == "script" and (named.get("type") or "") == "application/ld+json":
            self._json = True
            self.described.append("")
        part = next((one for one in self.parts if one in classes), "")
        if self._from < 0 and part:
            self._from, self._part = depth, part
            self.found += part == BODY
        elif self._from >= 0 and self._silent < 0 and tag in SILENT:
            self._silent = depth
        elif self._from >= 0 and self._not < 0 and NOT_OF_THE_TEXT.intersection(classes):
            self._not = depth

    def handle_endtag(self, tag: str) -> None:
        if self._from >= 0 and tag in BLOCKS:
            self.parts[self._part].append(" ")
        if tag not in self._open:
            return
        while self._open.pop() != tag:
            pass
        depth = len(self._open)
        self._json = False
        self._from = -1 if depth <= self._from else self._from
        self._silent = -1 if depth <= self._silent else self._silent
        self._not = -1 if depth <= self._not else self._not

    def handle_data(self, data: str) -> None:
        if self._json:
            self.described[-1] += data
        elif self._from >= 0 and self._silent < 0 and self._not < 0:
            self.parts[self._part].append(data)


def differences(page: bytes, text: dict[str, Any]) -> Iterator[str]:
    """In what a story's page is another than its text in the record."""
    reader = _Reader()
    reader.feed(page.decode("utf-8", "replace"))
    reader.close()
    articles = []
    for described in reader.described:
        try:
            thing = json.loads(described)
        except ValueError:
            continue
        if isinstance(thing, dict) and "headline" in thing:
            articles.append(thing)
    if reader.found != 1 or len(articles) != 1:
        yield "the page is no story's page, or one that a program cannot read"
        return
    said = articles[0]
    for part, name in ((STANDFIRST, "standfirst"), (BODY, "body")):
        shown, recorded = "".join(reader.parts[part]).split(), text[name].split()
        if shown != recorded:
            at = next(
                (n for n, pair in enumerate(zip(shown, recorded, strict=False)) if pair[0] != pair[1]), min(len(shown), len(recorded))
            )
            yield f"the page says {_words(shown, at)} where the record says {_words(recorded, at)}"
    if said["headline"].split() != text["headline"].split():
        yield f"the headline is “{said['headline']}”, in the record “{text['headline']}”"
    if said.get("inLanguage") != text["language"]:
        yield f"the language is {said.get('inLanguage')}, in the record {text['language']}"
    if not _same_moment(said.get("datePublished"), text["published"]):
        yield f"the date is {said.get('datePublished')}, in the record {text['published']}"
    names = [one.get("name") for kind in ("author", "contributor") for one in said.get(kind) or [] if one.get("@type") == "Person"]
    if set(map(str, names)) != {one["name"] for one in text["byline"]}:
        yield f"the byline is {names}, in the record {[one['name'] for one in text['byline']]}"


def _words(words: Sequence[str], at: int) -> str:
    return f"“{' '.join(words[max(0, at - 3) : at + 6]) or 'nothing'}”"


def _same_moment(one: Any, other: str) -> bool:
    from datetime import datetime

    try:
        return datetime.fromisoformat(str(one).replace("Z", "+00:00")) == datetime.fromisoformat(other)
    except (ValueError, TypeError):
        return False


def chained(entries: Sequence[bytes], story: int) -> list[dict[str, Any]]:
    """A story's entries, which must be numbered from 1 and each name the one before; raises Wrong where they do not."""
    found: list[dict[str, Any]] = []
    before = ""
    for number, data in enumerate(entries, 1):
        one = json.loads(data)
        if one["story"] != story or one["number"] != number or one["previous"] != before:
            raise Wrong(f"entry {number} of the story is another one, or does not follow from the one before")
        found.append(one)
        before = hashlib.sha256(data).hexdigest()
    return found


def text_of(told: dict[str, Any], entries: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The text of the last version, which must be what its entry has the digest of; raises Wrong where it is not."""
    versions = [one for one in entries if one["about"] is None]
    if not versions or versions[-1]["kind"] == "removal":
        raise Wrong("the record says that the story was removed")
    text = str(told["text"])
    if hashlib.sha256(bytes.fromhex(told["salt"]) + text.encode()).hexdigest() != versions[-1]["text"]:
        raise Wrong("the text that is told is not that of the last entry")
    read: dict[str, Any] = json.loads(text)
    return read


def trusted(note: bytes, keys: Sequence[Key], origin: str) -> Checkpoint:
    """A checkpoint that a key signed, of the log of that name; raises Wrong otherwise."""
    found = read_checkpoint(open_note(note, keys))
    if found.origin != origin:
        raise Wrong(f"that is a checkpoint of {found.origin}, and not of {origin}")
    return found


def keys_in(listed: bytes) -> list[Key]:
    """The keys of a list: what stands first in each line that is no remark."""
    lines = [line.split()[0] for line in listed.decode("utf-8", "replace").splitlines() if line.strip() and not line.startswith("#")]
    return [read_key(line) for line in lines]


def compare(tree: Tree, new: Checkpoint, old: Checkpoint) -> None:
    """Raises Wrong unless the log of the newer checkpoint begins with all that the older one had."""
    if old.size > new.size:
        raise Wrong(f"the log had {old.size} entries when you last looked, and has {new.size}: entries were taken out")
    path = tree.since(old.size, 0, new.size) if 0 < old.size < new.size else []
    if not is_consistent(old, new, path):
        raise Wrong(f"the log is not the one of which you have a checkpoint: one of its first {old.size} entries is another")


def check(url: str, key: str, kept: Path | None, quick: bool, say: Any = print) -> None:
    """Check the story at an address; raises Wrong or Unread."""
    # An old address, or one without its last slash, leads to the story's own. What another site's log says is no answer.
    led_to, page = at(url)
    parts = urlsplit(led_to)
    if parts.netloc != urlsplit(url).netloc:
        raise Unread(f"{url} leads to another site: to check that one, give {led_to}")
    if led_to != url:
        say(f"ok  the address leads to {led_to}")
    root = f"{parts.scheme}://{parts.netloc}"
    told_at = f"{root}/record/of{quote(unquote(parts.path))}"
    told_bytes = None if page is None else get(told_at)
    if told_bytes is None or page is None:
        raise Wrong(f"{url if page is None else told_at} is not there: the story is not public, or not in the record")
    try:
        told = json.loads(told_bytes)
    except ValueError as error:
        raise Unread(f"{told_at} is nothing of a record: no story is there, or the site does not run Broadsheet") from error
    log = f"{root}{told['log']}"
    origin = f"{parts.netloc}{told['log'].rstrip('/')}"
    listed = get(f"{root}/record/keys") or b""
    keys = [read_key(key)] if key else keys_in(listed)
    note = get(f"{log}checkpoint")
    if note is None:
        raise Wrong(f"{log}checkpoint is not there")
    head = trusted(note, keys, origin)
    say(
        f"ok  signed: {head.size} entries"
        + ("" if key else f"; by a key that the site itself names: {listed.decode().split()[-1] if listed.strip() else ''}")
    )
    fetch: Fetch = lambda path: get(log + path)  # noqa: E731
    tree = Tree(fetch, head.size)
    if kept and kept.exists():
        compare(tree, head, trusted(kept.read_bytes(), keys_in(listed) + keys, origin))
        say("ok  all that was in the log when you last looked is in it")
    places = [int(place) for place in told["places"]]
    if not told["waiting"] and (places != sorted(set(places)) or not places):
        raise Wrong("the story's entries are not in their order in the log")
    if told["waiting"] or places[-1] >= head.size:
        raise Unread("the story's last entry comes into the log within seconds: try again")
    raw = []
    for place in places:
        raw.append(tree.entry(place))
        if root_by_path(place, head.size, leaf_hash(raw[-1]), tree.path(place, 0, head.size)) != head.root:
            raise Wrong(f"entry {place} is not in the log that was signed")
    entries = chained(raw, int(told["story"]))
    say(f"ok  {len(entries)} entries of the story, all in the log")
    if not quick:
        told_of = set(places)
        for number in range(-(-head.size // TILE)):
            bundle = unbundle(tree.file("entries", number))
            first = number * TILE
            path = tree.path(first, 0, head.size)
            if b"".join(map(leaf_hash, bundle))[: 32 * (head.size - first)] != tree.file("0", number):
                raise Wrong(f"the entries from {first} on are not those of the log")
            if root_by_path(first, head.size, leaf_hash(bundle[0]), path) != head.root:
                raise Wrong(f"entry {first} is not in the log that was signed")
            for place, data in enumerate(bundle, number * TILE):
                if place < head.size and place not in told_of and json.loads(data)["story"] == entries[0]["story"]:
                    which = "later than all that the site tells" if place > places[-1] else "not among those that the site tells"
                    raise Wrong(f"entry {place} is the story's too, and {which}")
        say("ok  no other one")
    text = text_of(told, entries)
    found = [*differences(page, text)]
    if unquote(parts.path) != text["address"]:
        found.append(f"the address is {unquote(parts.path)}, in the record {text['address']}")
    if found:
        raise Wrong("; ".join(found))
    say("ok  the page says what the record says")
    if kept:
        kept.write_bytes(note)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("url", help="the story's address")
    parser.add_argument("--key", default="", help="the key of the newspaper as you were told it: name+number+key")
    parser.add_argument("--checkpoint", type=Path, help="a file that keeps what the log was when you last looked")
    parser.add_argument("--quick", action="store_true", help="do not look through the log for other entries of the story")
    args = parser.parse_args()
    if urlsplit(args.url).scheme not in ("http", "https"):
        parser.error("give an address that begins with https://")
    try:
        check(args.url, args.key, args.checkpoint, args.quick)
    except Wrong as wrong:
        print(f"WRONG  {wrong}")
        return 1
    except (Unread, KeyError, TypeError, ValueError) as error:
        print(f"cannot be checked: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
