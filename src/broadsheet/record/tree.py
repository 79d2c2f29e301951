"""What is computed of a tree (RFC 6962) from its tiles, by those who make it and those who verify all of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from broadsheet.record.proving import node_hash

EMPTY = hashlib.sha256().digest()
"""The hash of a tree without entries."""


def whole(hashes: Sequence[bytes]) -> bytes:
    """The hash of so many as are a power of two, such as a full tile."""
    while len(hashes) > 1:
        hashes = [node_hash(*hashes[n : n + 2]) for n in range(0, len(hashes), 2)]
    return hashes[0]


def root_of(begun: Sequence[Sequence[bytes]]) -> bytes:
    """The hash of a tree by the ends of its levels that are in no hash of a level above, from level 0."""
    # From the widest subtrees to the narrowest, which are folded in from the end.
    peaks: list[bytes] = []
    for held in reversed(begun):
        for bit in range(8, -1, -1):
            if len(held) & 1 << bit:
                at = len(held) >> bit + 1 << bit + 1
                peaks.append(whole(held[at : at + (1 << bit)]))
    found = peaks.pop() if peaks else EMPTY
    while peaks:
        found = node_hash(peaks.pop(), found)
    return found
