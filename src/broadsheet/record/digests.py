"""How texts and entries are digested; `docs/contracts/record.md` is the contract, for whoever checks it with other tools."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping
from typing import Any

import rfc8785


def canonical(thing: Mapping[str, Any]) -> str:
    """Canonical JSON (RFC 8785)."""
    # The library's type of what JSON can hold takes dictionaries alone, and is not exported.
    return rfc8785.dumps(thing).decode()  # type: ignore[arg-type]


def new_salt() -> str:
    """128 bits that nobody can guess, hexadecimal."""
    return secrets.token_hex(16)


def text_digest(salt: str, text: str) -> str:
    """SHA-256 of the salt's 16 bytes and the text in UTF-8, hexadecimal."""
    return hashlib.sha256(bytes.fromhex(salt) + text.encode()).hexdigest()


def entry_digest(
    *, story: int, number: int, moment: dt.datetime, kind: str, about: int | None, wrong: str, note: str, chosen: bool, text: str, previous: str
) -> str:  # fmt: skip
    """SHA-256 of an entry's canonical JSON, hexadecimal; `text` is the digest of its text, the moment is in UTC to the microsecond."""
    told = {
        "story": story, "number": number, "moment": moment.astimezone(dt.UTC).isoformat(timespec="microseconds"), "kind": str(kind), "about": about,
        "wrong": wrong, "note": note, "chosen": chosen, "text": text, "previous": previous,
    }  # fmt: skip
    # As above: mypy cannot see that these values are among what JSON can hold.
    return hashlib.sha256(rfc8785.dumps(told)).hexdigest()  # type: ignore[arg-type]
