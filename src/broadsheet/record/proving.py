"""What proves that something is in a log: signed notes, trees and their tiles, with nothing but Python's own library (3.10 or newer).

`standalone` gives it out in one file with `checking`. The formats: RFC 6962 (tree), C2SP signed-note, tlog-checkpoint and tlog-tiles,
RFC 8032 (Ed25519).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

TILE = 256
"""Hashes, or entries, of a full tile."""
Fetch = Callable[[str], bytes | None]
"""Reads a file of a log by its path below the log's address, such as `tile/0/000`; None when it is not there."""


class Wrong(Exception):
    """Something is not as it should be; the message says what."""


# --- Ed25519 (RFC 8032, section 5.1) ---

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = tuple[int, int, int, int]


def _add(a: Point, b: Point) -> Point:
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number: int, point: Point) -> Point:
    found: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = _add(found, point)
        point, number = _add(point, point), number >> 1
    return found


def _point(data: bytes) -> Point | None:
    y, sign = int.from_bytes(data, "little") & (1 << 255) - 1, data[31] >> 7
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def _bytes(point: Point) -> bytes:
    z = pow(point[2], P - 2, P)
    x, y = point[0] * z % P, point[1] * z % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether an Ed25519 signature is that key's, of that message."""
    key = _point(public) if len(public) == 32 else None
    if key is None or BASE is None or len(signature) != 64:
        return False
    s = int.from_bytes(signature[32:], "little")
    if s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    minus: Point = (P - key[0], key[1], 1, P - key[3])
    return _bytes(_add(_times(s, BASE), _times(k, minus))) == signature[:32]


# --- Signed notes and checkpoints ---


class Key(NamedTuple):
    """A key that signs notes, and its name."""

    name: str
    number: bytes
    public: bytes


class Checkpoint(NamedTuple):
    """How large a log is, and the hash of its tree."""

    origin: str
    size: int
    root: bytes


def key_number(name: str, public: bytes) -> bytes:
    """What names a key in a signature: four bytes."""
    return hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]


def read_key(text: str) -> Key:
    """A key written as `name+number+key`; raises Wrong where it is none."""
    name, _plus, rest = text.strip().partition("+")
    number, _plus, coded = rest.partition("+")
    try:
        held = base64.b64decode(coded, validate=True)
    except ValueError:
        held = b""
    if not name or len(held) != 33 or held[0] != 1 or key_number(name, held[1:]).hex() != number:
        raise Wrong(f"{text.strip()[:80]!r} is no Ed25519 key as notes have them")
    return Key(name, key_number(name, held[1:]), held[1:])


def open_note(note: bytes, keys: Sequence[Key]) -> str:
    """The text of a signed note; raises Wrong unless one of the keys signed it, and where a signature of one of them is not right."""
    try:
        whole = note.decode()
    except UnicodeDecodeError:
        whole = ""
    text, gap, signatures = whole.rpartition("\n\n")
    if not gap or not signatures.endswith("\n") or any(c < " " and c != "\n" for c in whole) or len(note) > 100_000:
        raise Wrong("the checkpoint is no signed note")
    text += "\n"
    signed = 0
    for line in signatures[:-1].split("\n"):
        found = re.fullmatch(r"\u2014 ([^\s+]+) ([A-Za-z0-9+/=]+)", line)
        try:
            held = base64.b64decode(found[2], validate=True) if found else b""
        except (ValueError, binascii.Error):
            held = b""
        if not found or len(held) < 5:
            raise Wrong(f"the checkpoint has a line that is no signature: {line[:80]!r}")
        for key in keys:
            if (key.name, key.number) == (found[1], held[:4]):
                if not is_signed(key.public, held[4:], text.encode()):
                    raise Wrong(f"the signature of {key.name} is not right")
                signed += 1
    if not signed:
        raise Wrong("none of the keys that are known has signed the checkpoint")
    return text


def read_checkpoint(text: str) -> Checkpoint:
    """What a checkpoint's text says; raises Wrong where it is none."""
    lines = text.split("\n")
    try:
        origin, size, root = lines[0], lines[1], base64.b64decode(lines[2], validate=True)
    except (IndexError, ValueError):
        raise Wrong("the checkpoint is no checkpoint of a log") from None
    if not origin or not re.fullmatch(r"0|[1-9][0-9]{0,17}", size) or len(root) != 32 or lines[-1] or not all(lines[:-1]):
        raise Wrong("the checkpoint is no checkpoint of a log")
    return Checkpoint(origin, int(size), root)


# --- The tree (RFC 6962, section 2.1) and its tiles ---


def leaf_hash(data: bytes) -> bytes:
    """Of an entry."""
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Of two subtrees."""
    return hashlib.sha256(b"\1" + left + right).digest()


def tile_path(kind: str, number: int, width: int = TILE) -> str:
    """Where a tile lies; `kind` is its level, or `entries`."""
    parts = [f"{number % 1000:03}"]
    while number := number // 1000:
        parts.insert(0, f"x{number % 1000:03}")
    return f"tile/{kind}/{'/'.join(parts)}" + ("" if width == TILE else f".p/{width}")


def bundle(entries: Sequence[bytes]) -> bytes:
    """Entries as they stand in a file."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unbundle(data: bytes) -> list[bytes]:
    """The entries of a file; raises Wrong where it is not whole."""
    found, at = [], 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 2], "big")
        at += 2 + size
        if at > len(data):
            raise Wrong("a bundle of entries is not whole")
        found.append(data[at - size : at])
    return found


class Tree:
    """The tree of a log as its tiles have it, at the size of a checkpoint."""

    def __init__(self, fetch: Fetch, size: int) -> None:
        self.fetch, self.size = fetch, size
        self._held: dict[str, bytes] = {}

    def file(self, kind: str, number: int, level: int = 0) -> bytes:
        """A tile, or a bundle of entries; raises Wrong when it is not there."""
        width = min(TILE, (self.size >> 8 * level) - number * TILE)
        path = tile_path(kind, number, width)
        if path not in self._held:
            # A tile that was only begun may be full by now; what there is more is cut off.
            found = self.fetch(path) or (self.fetch(tile_path(kind, number)) if width < TILE else None)
            if not found:
                raise Wrong(f"{path} is not there")
            if len(self._held) > 64:
                self._held.clear()
            self._held[path] = found if kind == "entries" else found[: width * 32]
        return self._held[path]

    def entry(self, place: int) -> bytes:
        """The entry at a place."""
        if not 0 <= place < self.size:
            raise Wrong(f"the log has no entry {place}")
        held = unbundle(self.file("entries", place // TILE))
        if place % TILE >= len(held):
            raise Wrong(f"the bundle of entry {place} is not whole")
        return held[place % TILE]

    def subtree(self, height: int, number: int) -> bytes:
        """The hash of that many 2**height entries."""
        level, within = divmod(height, 8)
        first = number << within
        tile = self.file(str(level), first // TILE, level)
        at, count = first % TILE, 1 << within
        hashes = [tile[32 * n : 32 * n + 32] for n in range(at, at + count)]
        if len(hashes[-1]) != 32:
            raise Wrong(f"{tile_path(str(level), first // TILE)} is not whole")
        while len(hashes) > 1:
            hashes = [node_hash(*hashes[n : n + 2]) for n in range(0, len(hashes), 2)]
        return hashes[0]

    def hash(self, first: int, end: int) -> bytes:
        """The hash of entries from one up to another, as the tree has them."""
        if end <= first:
            return hashlib.sha256().digest()
        height = (end - first - 1).bit_length()
        if end - first == 1 << height and first % (1 << height) == 0:
            return self.subtree(height, first >> height)
        half = 1 << height - 1
        return node_hash(self.hash(first, first + half), self.hash(first + half, end))

    def path(self, place: int, first: int, end: int) -> list[bytes]:
        """The proof that an entry is among those."""
        if end - first == 1:
            return []
        half = first + (1 << (end - first - 1).bit_length() - 1)
        if place < half:
            return [*self.path(place, first, half), self.hash(half, end)]
        return [*self.path(place, half, end), self.hash(first, half)]

    def since(self, size: int, first: int, end: int, whole: bool = True) -> list[bytes]:
        """The proof that the tree of that size is the beginning of this one."""
        if size == end:
            return [] if whole else [self.hash(first, end)]
        half = first + (1 << (end - first - 1).bit_length() - 1)
        if size <= half:
            return [*self.since(size, first, half, whole), self.hash(half, end)]
        return [*self.since(size, half, end, False), self.hash(first, half)]


def root_by_path(place: int, size: int, leaf: bytes, path: Sequence[bytes]) -> bytes | None:
    """The root that a proof of inclusion leads to (RFC 9162, section 2.1.3.2); None where it is no proof."""
    fn, sn, found = place, size - 1, leaf
    for one in path:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            found = node_hash(one, found)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            found = node_hash(found, one)
        fn, sn = fn >> 1, sn >> 1
    return found if sn == 0 else None


def is_consistent(old: Checkpoint, new: Checkpoint, path: Sequence[bytes]) -> bool:
    """Whether a proof shows that one tree is the beginning of the other (RFC 9162, section 2.1.4.2)."""
    if old.size == new.size or not old.size:
        return not path and (not old.size or old.root == new.root)
    if old.size > new.size:
        return False
    proof = [old.root, *path] if old.size & old.size - 1 == 0 else list(path)
    fn, sn = old.size - 1, new.size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    if not proof:
        return False
    fr = sr = proof[0]
    for one in proof[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(one, fr), node_hash(one, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, one)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and (fr, sr) == (old.root, new.root)
