"""What WordPress's importer holds against an item: a login it cannot write, or a title and moment that an earlier item has.

Rules: `sanitize_user`, `wp_insert_user` and `post_exists` of WordPress.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable

LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,49}")
"""Other letters are struck from a login there, and of a person without one nothing is left; it shortens addresses of people to this."""
SAME_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i"})
"""What its databases take for the same beyond case and accents."""


def logins(slugs: Iterable[str]) -> dict[str, str]:
    """{slug of a person: their login}, each told apart from every other whatever its case."""
    every = list(slugs)
    taken = {slug.casefold() for slug in every}
    found: dict[str, str] = {}
    for number, slug in enumerate(every, 1):
        login = slug
        while not LOGIN.fullmatch(login) or (login != slug and login.casefold() in taken):
            login, number = f"author-{number}", number + len(every)
        found[slug] = login
        taken.add(login.casefold())
    return found


class Apart:
    """Moments for items so that no two of a type share title and second: the later would be left out as already there."""

    def __init__(self) -> None:
        self.taken: set[tuple[str, str, str]] = set()

    def moment(self, type: str, title: str, when: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
        """`when`, or the first second after it that is free by the clock of `zone`."""
        # Without a title an item is taken for any other of that second.
        folded, anything = _folded(title), "*"
        while (key := f"{when.astimezone(zone):%Y%m%d%H%M%S}") and (type, folded or anything, key) in self.taken:
            when += dt.timedelta(seconds=1)
        self.taken |= {(type, folded, key), (type, anything, key)}
        return when


def _folded(title: str) -> str:
    """A title as its databases compare them, or less: that only sets more apart."""
    bare = unicodedata.normalize("NFKD", title.casefold().translate(SAME_LETTERS))
    kept = "".join(letter for letter in bare if letter.isalnum())
    return "" if kept == "0" else kept
