"""The log of all entries: an append-only Merkle tree (RFC 6962) over them, in the order in which they came to be seen.

An entry is written with its publish and waits; `enter` gives those that wait their places, in a transaction of its own. `publish` signs
what is in the database and writes it out as files. Nothing is ever signed that does not begin with all that was signed before.
"""

from __future__ import annotations

import base64
import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from broadsheet import rows
from broadsheet.durable import put_in_place
from broadsheet.record import signing
from broadsheet.record.digests import entry, said_digest
from broadsheet.record.models import Change, Leaf, Log, Node, SigningKey, Waiting
from broadsheet.record.proving import TILE, Checkpoint, Wrong, bundle, key_number, leaf_hash, read_checkpoint, tile_path
from broadsheet.record.signing import Refused
from broadsheet.record.tree import root_of, whole

AT_ONCE = 2048
"""Entries that are given places in one transaction."""
_COLUMNS = ("story", "number", "moment", "kind", "about", "wrong", "note", "salt", "said", "chosen", "text_digest", "previous")


def files() -> Path:
    """Where the public files of all logs are."""
    return Path(settings.DATA) / "store" / "record"


def origin(number: int) -> str:
    """What a log is called: the first as the record, later ones with their number."""
    return signing.name() if number == 1 else f"{signing.name()}/{number}"


def place_of(number: int) -> Path:
    """Where a log's public files are."""
    return files() if number == 1 else files() / str(number)


def address_of(number: int) -> str:
    """Where readers find a log: with a slash at its end."""
    return "/record/" if number == 1 else f"/record/{number}/"


def current() -> Log:
    """The log that is gone on with."""
    log = Log.objects.order_by("-number").first()
    return log or Log.objects.get_or_create(number=1, defaults={"began": timezone.now()})[0]


def size_of(log: Log) -> int:
    """How many entries a log has in the database."""
    last = Leaf.objects.filter(log=log).order_by("-place").values_list("place", flat=True).first()
    return 0 if last is None else last + 1


def entries(log: Log, first: int, end: int) -> list[bytes]:
    """A log's entries from one place up to another, as the database has them."""
    found = Leaf.objects.filter(log=log, place__gte=first, place__lt=end).order_by("place")
    made = []
    for story, number, moment, kind, about, wrong, note, salt, said, chosen, text, previous in found.values_list(
        *(f"change__{name}" for name in _COLUMNS)
    ):
        # Where there are words, they are what is digested: another digest beside them deceives nobody.
        what = said_digest(salt, wrong=wrong, note=note) or said
        made.append(
            entry(story=story, number=number, moment=moment, kind=kind, about=about, said=what, chosen=chosen, text=text, previous=previous)
        )
    if len(made) != end - first:
        raise Refused(f"the database has only {len(made)} of the log's entries {first} to {end - 1}: get it back from a backup")
    return made


def nodes(log: Log, level: int, first: int, end: int) -> list[bytes]:
    """Hashes of full tiles, as a level above 0 has them."""
    held = Node.objects.filter(log=log, level=level, place__gte=first, place__lt=end).order_by("place").values_list("digest", flat=True)
    return [bytes.fromhex(one) for one in held]


def root_at(log: Log, size: int) -> bytes:
    """The hash of a log's tree when it had so many entries, by what the database has."""
    begun: list[list[bytes]] = []
    for level in range((size.bit_length() + 7) // 8):
        end = size >> 8 * level
        first = end // TILE * TILE
        begun.append(nodes(log, level, first, end) if level else [leaf_hash(one) for one in entries(log, first, end)])
        if len(begun[-1]) != end - first:
            raise Refused("the database does not have all hashes of the log: get it back from a backup")
    return root_of(begun)


def signed_before(log: Log) -> Iterator[tuple[Checkpoint, str]]:
    """Checkpoints that were signed, with where they are."""
    held = {signing.folder() / "signed": signing.last_signed()}
    published = place_of(log.number) / "checkpoint"
    held[published] = published.read_bytes() if published.exists() else None
    for place, note in held.items():
        if note is None:
            continue
        try:
            # Who moves to another address signs with the same keys under another name.
            yield read_checkpoint(note.decode().rpartition("\n\n")[0] + "\n"), str(place)
        except (Wrong, UnicodeDecodeError) as wrong:
            remedy = "remove it, it is written anew" if place == published else "get it back from a backup, or from a reader who kept one"
            raise Refused(f"{place} cannot be read ({wrong}): {remedy}") from None


REMEDY = (
    "Get the newer state of the database back; where there is none, `broadsheet record new-log` begins another log and says so to readers"
    " (docs/operating/record.md)"
)


def guard(log: Log, size: int) -> None:
    """Raises Refused unless the log in the database begins with all that was ever signed."""
    for number in [int(one.name) for one in files().glob("[0-9]*") if one.name.isdigit()]:
        if number > log.number:
            raise Refused(f"readers were given log {number}, and the database knows of {log.number} only: it is older. {REMEDY}")
    looked_at = set()
    for head, place in signed_before(log):
        if head in looked_at:
            continue
        looked_at.add(head)
        if _number(head.origin) != log.number:
            if _number(head.origin) > log.number:
                raise Refused(
                    f"{place} is of log {_number(head.origin)}, and the database knows of {log.number} only: it is older. {REMEDY}"
                )
            continue
        if head.size > size:
            raise Refused(
                f"{place} was signed for {head.size} entries, and the database has {size} of them: it is older than what readers were given. {REMEDY}"
            )
        if root_at(log, head.size) != head.root:
            raise Refused(
                f"the first {head.size} entries in the database are not those for which {place} was signed: it was changed, or another entry was written"
                f" after an older state had been gone back to. {REMEDY}"
            )


def _number(called: str) -> int:
    last = called.rpartition("/")[2]
    return int(last) if last.isdigit() else 1


def enter() -> int:
    """Give entries that wait their places; returns how many. Safe to be called by several processes at once. Raises Refused."""
    # Asked first: looking takes no lock, and mostly nobody waits.
    if not Waiting.objects.exists():
        return 0
    with transaction.atomic():
        # On PostgreSQL another one waits here until this is committed; SQLite has one writer.
        log = Log.objects.select_for_update().get(pk=current().pk)
        waiting = list(Waiting.objects.order_by("change_id").values_list("change_id", flat=True)[:AT_ONCE])
        if not waiting:
            return 0
        size = size_of(log)
        guard(log, size)
        end = size + len(waiting)
        rows.insert(Leaf, ("log_id", "place", "change_id"), [(log.pk, place, pk) for place, pk in enumerate(waiting, size)])
        _close_tiles(log, size, end)
        for start in range(0, len(waiting), 500):
            Waiting.objects.filter(change_id__in=waiting[start : start + 500]).delete()
    return len(waiting)


def _close_tiles(log: Log, size: int, end: int) -> None:
    level = 0
    while end // TILE > size // TILE:
        made = []
        for number in range(size // TILE, end // TILE):
            first = number * TILE
            held = nodes(log, level, first, first + TILE) if level else [leaf_hash(one) for one in entries(log, first, first + TILE)]
            made.append((log.pk, level + 1, number, whole(held).hex()))
        rows.insert(Node, ("log_id", "level", "place", "digest"), made)
        level, size, end = level + 1, size // TILE, end // TILE


def publish() -> bool:
    """Sign the log as it is in the database and write it out, tiles first; False where that was done already. Raises Refused, OSError."""
    with signing.alone():
        log = current()
        size, to, called, by = size_of(log), place_of(log.number), origin(log.number), signing.signers()
        name = signing.name()
        there = to / "checkpoint"
        old = there.read_bytes() if there.exists() else b""
        _write_others(log, called, by)
        if _says(old) == (called, size, [key_number(name, one.public) for one in by]):
            return False
        guard(log, size)
        begun = _says(old)[1] if old else 0
        for kind, level, number, content in tiles(log, begun, size):
            width = min(TILE, (size >> 8 * level) - number * TILE)
            _put(to / tile_path(kind, number, width), content)
            if kind == "entries" and width == TILE:
                _put(to / f"{tile_path(kind, number)}.gz", gzip.compress(content, 6, mtime=0))
        root = base64.b64encode(root_at(log, size)).decode()
        note = signing.note(f"{called}\n{size}\n{root}\n", by, name)
        # First of all known to whoever signs next.
        signing.keep(note)
        _put(there, note)
        _forget_begun(to, begun, size)
        return True


def tiles(log: Log, begun: int, size: int) -> Iterator[tuple[str, int, int, bytes]]:
    """What a log has as files at a size that it had not at another: (kind, level, number, content)."""
    for number in range(begun // TILE, -(-size // TILE) if size > begun else 0):
        held = entries(log, number * TILE, min(size, (number + 1) * TILE))
        hashes = [leaf_hash(one) for one in held]
        if len(held) == TILE and nodes(log, 1, number, number + 1) != [whole(hashes)]:
            raise Refused(
                f"entries {number * TILE} to {number * TILE + TILE - 1} in the database are not those that are in the log. {REMEDY}"
            )
        yield "entries", 0, number, bundle(held)
        yield "0", 0, number, b"".join(hashes)
    level = 1
    while size >> 8 * level:
        first, end = begun >> 8 * level, size >> 8 * level
        for number in range(first // TILE, -(-end // TILE) if end > first else 0):
            yield str(level), level, number, b"".join(nodes(log, level, number * TILE, min(end, (number + 1) * TILE)))
        level += 1


def _says(note: bytes) -> tuple[str, int, list[bytes]]:
    """Whose log a checkpoint of ours is of, how large it was, and which keys signed; nothing of one that cannot be read."""
    text, _gap, signatures = note.decode(errors="replace").rpartition("\n\n")
    try:
        head = read_checkpoint(text + "\n")
        return head.origin, head.size, [base64.b64decode(line.rpartition(" ")[2])[:4] for line in signatures.splitlines()]
    except ValueError:
        return "", 0, []
    except Wrong:
        return "", 0, []


def _write_others(log: Log, called: str, by: list[signing.Signer]) -> None:
    """Keys, the notes by which they follow one another, and that one log follows another."""
    held = {files() / "keys": signing.listed().encode()}
    held |= {files() / f"key-{row.number}": row.note.encode() for row in SigningKey.objects.exclude(note="")}
    if log.number > 1:
        text = f"{called} follows {origin(log.number - 1)}\n{log.began:%Y-%m-%d %H:%M:%S} UTC\n{' '.join(log.reason.split())}\n"
        held[place_of(log.number) / "follows"] = signing.note(text, by[:1], signing.name())
    for place, content in held.items():
        if not place.exists() or place.read_bytes() != content:
            _put(place, content)


def _put(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    # Nobody else writes here; what a kill leaves has this name and is written over.
    part = place.with_name(f".{place.name}")
    part.write_bytes(content)
    part.chmod(0o644)
    put_in_place(part, place)


def _forget_begun(to: Path, begun: int, size: int) -> None:
    """Tiles that were begun and are full now; whoever looks for one finds the full one."""
    for kind, level in (("entries", 0), *((str(level), level) for level in range((max(size, 1).bit_length() + 7) // 8))):
        for number in range((begun >> 8 * level) // TILE, (size >> 8 * level) // TILE):
            shutil.rmtree(to / f"{tile_path(kind, number)}.p", ignore_errors=True)


@transaction.atomic
def begin_again(*, reason: str, after: int = 0) -> Log:
    """Begin another log with all entries that there are, for the one there is cannot be gone on with; its number is above `after`, too.

    Raises Refused without a reason.
    """
    if not reason.strip():
        raise Refused("say for readers why the log cannot be gone on with")
    numbers = [after, current().number, *(int(one.name) for one in files().glob("[0-9]*") if one.name.isdigit())]
    numbers += [_number(read_checkpoint(held.decode().rpartition("\n\n")[0] + "\n").origin) for held in [signing.last_signed()] if held]
    log = Log.objects.create(number=max(numbers) + 1, began=timezone.now(), reason=reason.strip())
    Waiting.objects.bulk_create(
        (Waiting(change_id=pk) for pk in Change.objects.order_by("pk").values_list("pk", flat=True)), batch_size=500, ignore_conflicts=True
    )
    return log
