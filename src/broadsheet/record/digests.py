"""How texts and entries are digested; `docs/contracts/record.md` is the contract, for whoever checks it with other tools."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def canonical(thing: Mapping[str, Any]) -> str:
    """Canonical JSON (RFC 8785) of text, whole numbers below 2⁵³, lists, and dictionaries whose names are ASCII: nothing else is in the record."""
    # Of these Python's own JSON is canonical, and ten times as fast as one that takes numbers of every kind.
    return _encode(thing)


def new_salt() -> str:
    """128 bits that nobody can guess, hexadecimal."""
    return secrets.token_hex(16)


def text_digest(salt: str, text: str) -> str:
    """SHA-256 of the salt's 16 bytes and the text in UTF-8, hexadecimal."""
    return hashlib.sha256(bytes.fromhex(salt) + text.encode()).hexdigest()


def said_digest(salt: str, *, wrong: str, note: str) -> str:
    """SHA-256 of the salt's 16 bytes and the canonical JSON of both, hexadecimal; empty where nothing was said."""
    return text_digest(salt, canonical({"wrong": wrong, "note": note})) if wrong or note else ""


def entry(
    *, story: int, number: int, moment: dt.datetime, kind: str, about: int | None, said: str, chosen: bool, text: str, previous: str
) -> bytes:  # fmt: skip
    """An entry as canonical JSON (RFC 8785), without a word of anybody: `text` and `said` are digests, the moment is in UTC to the microsecond.

    It is what the log has as a leaf.
    """
    told = {
        "about": about, "chosen": bool(chosen), "kind": str(kind), "moment": moment.astimezone(dt.UTC).isoformat(timespec="microseconds"), "number": number,
        "previous": previous, "said": said, "story": story, "text": text,
    }  # fmt: skip
    return canonical(told).encode()


def entry_digest(
    *, story: int, number: int, moment: dt.datetime, kind: str, about: int | None, said: str, chosen: bool, text: str, previous: str
) -> str:  # fmt: skip
    """SHA-256 of an entry, hexadecimal."""
    made = entry(
        story=story, number=number, moment=moment, kind=kind, about=about, said=said, chosen=chosen, text=text, previous=previous
    )  # fmt: skip
    return hashlib.sha256(made).hexdigest()
