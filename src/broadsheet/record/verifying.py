"""Whether a log is what it says it is, from its public files alone: every entry, tile and signature, in flat memory."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from sqlite3 import connect
from typing import Any, NamedTuple

from broadsheet.record.checking import trusted
from broadsheet.record.models import Kind
from broadsheet.record.proving import TILE, Checkpoint, Fetch, Key, Wrong, leaf_hash, tile_path, unbundle
from broadsheet.record.tree import root_of, whole

FIELDS = {"about", "chosen", "kind", "moment", "number", "previous", "said", "story", "text"}
_DIGEST = re.compile(r"[0-9a-f]{64}|")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}\+00:00")
_KINDS = frozenset(map(str, Kind))


class End(NamedTuple):
    """The end of a story's entries in a log."""

    number: int
    digest: str
    place: int
    kind: str
    """Of the last version."""
    text: str
    """The digest of its text."""

    @property
    def is_public(self) -> bool:
        """Whether the last version is one that readers can read."""
        return bool(self.kind) and self.kind != Kind.REMOVAL


class Ends:
    """The ends of all stories' entries. They are on the disk where they are many."""

    def __init__(self) -> None:
        self.kept = connect("", isolation_level=None)
        self.kept.execute("PRAGMA cache_size = -4000")
        self.kept.execute("CREATE TABLE ends (story INTEGER PRIMARY KEY, number, digest, place, kind, text, seen DEFAULT 0)")
        self.kept.execute("BEGIN")

    def of(self, stories: Sequence[int]) -> dict[int, End]:
        """Of some stories."""
        marks = ", ".join("?" * len(stories))
        rows = self.kept.execute(f"SELECT story, number, digest, place, kind, text FROM ends WHERE story IN ({marks})", stories)  # noqa: S608
        return {story: End(*rest) for story, *rest in rows}

    def put(self, ends: dict[int, End]) -> None:
        """What they are now."""
        self.kept.executemany(
            "REPLACE INTO ends (story, number, digest, place, kind, text) VALUES (?, ?, ?, ?, ?, ?)",
            [(story, *end) for story, end in ends.items()],
        )

    def saw(self, stories: Sequence[int]) -> None:
        """Readers can read these."""
        self.kept.executemany("UPDATE ends SET seen = 1 WHERE story = ?", [(story,) for story in stories])

    def unseen(self) -> Iterator[int]:
        """Stories that are public by the record, and that nobody saw."""
        for (story,) in self.kept.execute("SELECT story FROM ends WHERE NOT seen AND kind NOT IN ('', 'removal') ORDER BY story"):
            yield story


def head_of(fetch: Fetch, keys: Sequence[Key], origin: str = "") -> Checkpoint:
    """The checkpoint of a log; raises Wrong where there is none, or none of the keys signed it."""
    note = fetch("checkpoint")
    if note is None:
        raise Wrong("there is no checkpoint: that is no log of a record")
    return trusted(note, keys, origin or note.decode(errors="replace").partition("\n")[0])


def verify(fetch: Fetch, head: Checkpoint, ends: Ends, kept: Checkpoint | None = None) -> Iterator[tuple[int, list[str]]]:
    """Look at every entry and tile of a log: how many entries came next, and what is wrong with them; `ends` is filled.

    `kept` is a checkpoint of before, which the log must begin with.
    """
    if kept and kept.size > head.size:
        yield 0, [f"the log had {kept.size} entries before, and has {head.size}: entries were taken out"]
    begun: list[list[bytes]] = [[] for _level in range(9)]
    for number in range(-(-head.size // TILE)):
        first = number * TILE
        width = min(TILE, head.size - first)
        found, begun[0] = _bundle(fetch, ends, number, width)
        if kept and first < kept.size <= first + width:
            found += _consistent(kept, [begun[0][: kept.size - first], *begun[1:]])
        level = 0
        while len(begun[level]) == TILE:
            if level:
                found += _tile(fetch, level, ((first + width) >> 8 * (level + 1)) - 1, begun[level])
            begun[level + 1].append(whole(begun[level]))
            begun[level] = []
            level += 1
        yield width, found
    found = []
    for level in range(1, 9):
        if begun[level]:
            found += _tile(fetch, level, head.size >> 8 * (level + 1), begun[level])
    if root_of(begun) != head.root:
        found.append("the tree of the entries is not the one that was signed")
    yield 0, found


def _consistent(kept: Checkpoint, begun: Sequence[Sequence[bytes]]) -> list[str]:
    return [] if root_of(begun) == kept.root else [f"one of the first {kept.size} entries is another than when the checkpoint was kept"]


def _file(fetch: Fetch, kind: str, number: int, width: int) -> bytes | None:
    # One that was only begun may be full by now.
    return fetch(tile_path(kind, number, width)) or (fetch(tile_path(kind, number)) if width < TILE else None)


def _tile(fetch: Fetch, level: int, number: int, hashes: Sequence[bytes]) -> list[str]:
    held = _file(fetch, str(level), number, len(hashes))
    path = tile_path(str(level), number, len(hashes))
    if held is None:
        return [f"{path} is not there"]
    return [] if held[: 32 * len(hashes)] == b"".join(hashes) else [f"{path} is not what the entries make it"]


def _bundle(fetch: Fetch, ends: Ends, number: int, width: int) -> tuple[list[str], list[bytes]]:
    """What is wrong with some entries, and their hashes: those of the tile where the entries are not there."""
    first, found = number * TILE, []
    data, tile = _file(fetch, "entries", number, width), _file(fetch, "0", number, width)
    if tile is None or len(tile) < 32 * width:
        found.append(f"{tile_path('0', number, width)} is not there, or not whole")
    told = [tile[32 * n : 32 * n + 32] for n in range(width)] if tile else []
    try:
        held = unbundle(data or b"")[:width]
    except Wrong:
        held = []
    if len(held) != width:
        return [*found, f"{tile_path('entries', number, width)} is not there, or not whole"], told
    hashes = [leaf_hash(one) for one in held]
    if told and hashes != told:
        found += [f"entry {first + n} is not the one that the tree has" for n in range(width) if hashes[n] != told[n]]
    return found + _chains(held, ends, first), hashes


def _chains(held: Sequence[bytes], ends: Ends, first: int) -> list[str]:
    found, read = [], []
    for place, data in enumerate(held, first):
        try:
            one = json.loads(data)
            good = _is_entry(one) and _canonical(one) == data
        except (ValueError, TypeError, RecursionError):
            good = False
        if good:
            read.append((place, data, one))
        else:
            found.append(f"entry {place} is no entry of a record")
    known = ends.of(list({one["story"] for _place, _data, one in read}))
    for place, data, one in read:
        story = one["story"]
        end = known.get(story, _NONE)
        if one["number"] != end.number + 1 or one["previous"] != end.digest:
            found.append(f"entry {place}, number {one['number']} of story {story}, does not follow from the one before")
        says_more = one["about"] is not None
        known[story] = End(
            one["number"], hashlib.sha256(data).hexdigest(), place, *((end.kind, end.text) if says_more else (one["kind"], one["text"]))
        )
    ends.put(known)
    return found


def _canonical(one: dict[str, Any]) -> bytes:
    # Of what `_is_entry` lets through this is RFC 8785, in a third of the time.
    about, chosen = "null" if one["about"] is None else one["about"], "true" if one["chosen"] else "false"
    return (
        f'{{"about":{about},"chosen":{chosen},"kind":"{one["kind"]}","moment":"{one["moment"]}","number":{one["number"]},"previous":"{one["previous"]}",'
        f'"said":"{one["said"]}","story":{one["story"]},"text":"{one["text"]}"}}'
    ).encode()


_NONE = End(0, "", -1, "", "")


def _is_entry(one: object) -> bool:
    if not isinstance(one, dict) or one.keys() != FIELDS:
        return False
    numbers = [one["story"], one["number"], *([] if one["about"] is None else [one["about"]])]
    return (
        all(type(number) is int and 0 < number < 2**63 for number in numbers)
        and one["kind"] in _KINDS
        and type(one["chosen"]) is bool
        and type(one["moment"]) is str
        and _MOMENT.fullmatch(one["moment"]) is not None
        and all(type(one[name]) is str and _DIGEST.fullmatch(one[name]) for name in ("previous", "said", "text"))
        and (one["about"] is None or one["about"] < one["number"])
    )
