"""Signs checkpoints, with a key that is a file in the data folder and never written over. What was signed last is kept beside it."""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from broadsheet.durable import put_in_place, settle
from broadsheet.record.models import SigningKey
from broadsheet.record.proving import Key, key_number

BOTH = dt.timedelta(days=30)
"""For so long after a key was followed by another checkpoints are signed by both."""


class Refused(Exception):
    """Nothing is signed; the message says why, and what to do."""


def folder() -> Path:
    """Where the key is: private, in the data folder."""
    return Path(settings.DATA) / "record"


def name() -> str:
    """What the publication's record is called in signatures: its canonical host, and `/record`."""
    return f"{urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc or 'localhost'}/record"


@contextmanager
def alone() -> Iterator[None]:
    """One process at a time signs, or makes keys; the others wait."""
    place = folder()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(place / "lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def key_file(number: int) -> Path:
    """Where the private key of that number is."""
    return folder() / f"key.{number}"


def public_of(private: Ed25519PrivateKey) -> bytes:
    """Its public key: 32 bytes."""
    return private.public_key().public_bytes_raw()


def ensure_key() -> None:
    """Make the first key, unless there is one, or ever was."""
    with alone():
        if not SigningKey.objects.exists():
            _write_key(1, "", "")


def _write_key(number: int, note: str, reason: str, private: Ed25519PrivateKey | None = None) -> None:
    place = key_file(number)
    if private is None and place.exists():
        # Made, and the process ended before the database knew of it.
        private = _read(number)
    if private is None:
        private = Ed25519PrivateKey.generate()
    if not place.exists():
        _put_key(place, private)
    SigningKey.objects.create(number=number, public=public_of(private).hex(), began=timezone.now(), note=note, reason=reason)


def _put_key(place: Path, private: Ed25519PrivateKey) -> None:
    part = place.with_name(f".{place.name}")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(base64.b64encode(private.private_bytes_raw()).decode() + "\n")
    settle(part)
    # A link takes no other's place.
    os.link(part, place)
    part.unlink()
    settle(place.parent)


def _read(number: int) -> Ed25519PrivateKey:
    place = key_file(number)
    try:
        return Ed25519PrivateKey.from_private_bytes(base64.b64decode(place.read_text().strip(), validate=True))
    except FileNotFoundError:
        raise Refused(
            f"{place} is missing, the key that the log is signed with: get it back from a backup, or where it is lost run `broadsheet record new-key --lost`"
        ) from None
    except (OSError, ValueError) as error:
        raise Refused(f"{place} is no key ({error}): get it back from a backup") from None


@dataclass(frozen=True, slots=True)
class Signer:
    """A key with which to sign."""

    number: int
    private: Ed25519PrivateKey
    public: bytes


def signers() -> list[Signer]:
    """Those that sign now, the one in use first; raises Refused where it is not there, or not the one it was."""
    known = list(SigningKey.objects.order_by("-number")[:2])
    if not known:
        raise Refused("there is no key yet: broadsheet up makes it")
    found = [_signer(known[0])]
    followed = len(known) == 2 and known[0].note and known[0].began > timezone.now() - BOTH
    # Its file may have been deleted since.
    if followed and key_file(known[1].number).exists():
        found.append(_signer(known[1]))
    return found


def _signer(row: SigningKey) -> Signer:
    private = _read(row.number)
    if public_of(private).hex() != row.public:
        raise Refused(f"{key_file(row.number)} is another key than the one that readers were told of: get that back from a backup")
    return Signer(row.number, private, public_of(private))


def note(text: str, by: list[Signer], called: str) -> bytes:
    """A text with signatures, as C2SP signed-note has it."""
    lines = [f"\u2014 {called} {_signature(text, one, called)}\n" for one in by]
    return (text + "\n" + "".join(lines)).encode()


def _signature(text: str, by: Signer, called: str) -> str:
    return base64.b64encode(key_number(called, by.public) + by.private.sign(text.encode())).decode()


def written(public: bytes, called: str) -> str:
    """A public key as it is given on: `name+number+key`."""
    return f"{called}+{key_number(called, public).hex()}+{base64.b64encode(bytes([1]) + public).decode()}"


def keys() -> list[Key]:
    """All public keys, the one in use last."""
    called = name()
    rows = [bytes.fromhex(public) for public in SigningKey.objects.order_by("number").values_list("public", flat=True)]
    return [Key(called, key_number(called, public), public) for public in rows]


def listed() -> str:
    """All public keys for whoever checks, one a line, the one in use last."""
    called, lines = name(), [f"# Keys that checkpoints of {name()} are or were signed with, the one in use last."]
    for row in SigningKey.objects.order_by("number"):
        said = f" {' '.join(row.reason.split())}" if row.reason else ""
        by = f" key-{row.number} is signed by the one before." if row.note else ""
        lines += [f"# From {row.began:%Y-%m-%d %H:%M:%S} UTC.{by}{said}", written(bytes.fromhex(row.public), called)]
    return "\n".join(lines) + "\n"


def new_key(*, reason: str = "", trust_the_old: bool = True) -> SigningKey:
    """Follow the key in use by a new one, which it signs; where it is lost or stolen it does not, and the reason is for readers.

    Raises Refused where there is none to be followed, or no reason for its not signing.
    """
    if not trust_the_old and not reason.strip():
        raise Refused("say for readers why the key in use does not sign the new one: it was lost, or somebody may have it")
    with alone(), transaction.atomic():
        last = SigningKey.objects.order_by("-number").first()
        if last is None:
            raise Refused("there is no key yet: broadsheet up makes it")
        number, called = last.number + 1, name()
        place = key_file(number)
        private = _read(number) if place.exists() else Ed25519PrivateKey.generate()
        told = b""
        if trust_the_old:
            old = _signer(last)
            text = f"{called} key {number}\n{written(public_of(private), called)}\nfollows {written(old.public, called)}\n"
            told = note(text, [old, Signer(number, private, public_of(private))], called)
        _write_key(number, told.decode(), reason.strip(), private)
        return SigningKey.objects.get(number=number)


def last_signed() -> bytes | None:
    """The checkpoint that was signed last."""
    with contextlib.suppress(FileNotFoundError):
        return (folder() / "signed").read_bytes()
    return None


def keep(signed: bytes) -> None:
    """Keep a checkpoint before anybody is given it."""
    part = folder() / ".signed"
    part.write_bytes(signed)
    put_in_place(part, folder() / "signed")
