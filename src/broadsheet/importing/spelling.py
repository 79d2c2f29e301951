"""One key for every spelling of an old address: what is stored beside an item, and what a request is looked up by."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import unquote, urlsplit

SIZE = re.compile(r"(?:-\d+x\d+|-scaled|-rotated|-e\d{10,})+(?=\.\w+$)")
"""What WordPress puts behind the name of a copy."""


def key_of(address: str) -> str:
    """The key of a path: equal for all ways to encode, compose and capitalise it, with or without a slash at its ends."""
    folded = unicodedata.normalize("NFC", unquote(address)).casefold().strip("/")
    return hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest() if folded else ""


def original_name(url: str) -> str:
    """What one file's addresses share: path below uploads (else the whole path) without a size."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        path = url
    tail = path.partition("/uploads/")[2] or path.partition("/content/images/")[2] or path
    tail = re.sub(r"^size/[\w/]*?(?=\d{4}/)", "", tail)
    return SIZE.sub("", unicodedata.normalize("NFC", tail)).casefold().lstrip("/")


def login_slug(login: str) -> str:
    """What WordPress makes of a login in `/author/…/` (its `sanitize_title`)."""
    text = unicodedata.normalize("NFC", unquote(login)).lower()
    text = re.sub(r"[^\w\s.-]", "", text).replace(".", "-")
    return re.sub(r"-+", "-", re.sub(r"\s+", "-", text)).strip("-")[:50]
