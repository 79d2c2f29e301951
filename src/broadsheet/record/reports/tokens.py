"""What a form carries instead of a cookie: when it was made, for which story, and a number that is good for one report."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

QUICKEST, OLDEST = 3, 24 * 60 * 60
"""Seconds between opening a form and sending it: nobody writes faster, and what lay open longer is sent once more."""
LONGEST = 200
_MADE = re.compile(r"(\d{1,12})\.([A-Za-z0-9_-]{22})", re.ASCII)


class NotOurs(ValueError):
    """No token that was made here for this story."""


@dataclass(frozen=True, slots=True)
class Token:
    """A form that was handed out."""

    made: int
    """Seconds of Unix time."""
    nonce: str

    def is_early(self, now: float) -> bool:
        """Whether nobody can have written anything since; also of a clock that was set back."""
        return now - self.made < QUICKEST

    def is_old(self, now: float) -> bool:
        """Whether it lay open for too long."""
        return now - self.made > OLDEST


def issue(story: int, now: float) -> str:
    """A token for a form of this story."""
    return _signer(story).sign(f"{int(now)}.{secrets.token_urlsafe(16)}")


def read(text: str, story: int) -> Token:
    """The token, if it was made here and for this story; raises NotOurs for anything else."""
    if len(text) > LONGEST or not text.isascii():
        raise NotOurs
    try:
        made = _MADE.fullmatch(_signer(story).unsign(text))
    except BadSignature as error:
        raise NotOurs from error
    if made is None:
        raise NotOurs
    return Token(int(made[1]), made[2])


def _signer(story: int) -> Signer:
    return Signer(salt=f"broadsheet.report.{story}")
