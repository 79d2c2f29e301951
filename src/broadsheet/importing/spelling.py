"""One key for every spelling of an old address: what is stored beside an item, and what a request is looked up by."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import unquote, urlsplit

_SIZE = re.compile(r"(?:-\d+x\d+|-scaled|-rotated|-e\d{10,})++(?=\.\w+$)")
_LONGEST = 255
"""Letters of a file's name: what is before them is not looked through for a size at its end, again from each place that could begin one."""
_GHOST_SIZE = re.compile(r"^size/w\d+(?:h\d+)?/(?:format/\w+/)?")
"""What Ghost puts before it."""


_GHOST = re.compile(r"/content/(images|media|files)/")


def without_size(path: str) -> str:
    """The path without what WordPress puts behind the name of a copy."""
    return path[:-_LONGEST] + _SIZE.sub("", path[-_LONGEST:])


def key_of(address: str) -> str:
    """The key of a path: equal for all ways to encode, compose and capitalise it, with or without a slash at its ends."""
    folded = unicodedata.normalize("NFC", unquote(address)).casefold().strip("/")
    return hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest() if folded else ""


def path_of(url: str) -> str:
    """The decoded path of an address, or of what is one already; what is no address at all as it is."""
    try:
        return unquote(urlsplit(url).path)
    except ValueError:
        return url


def of_ghost(path: str) -> str:
    """Where a file of Ghost's lies below its images, or below its content when it is no image, whatever size is asked for; or nothing."""
    found = _GHOST.search(path)
    if found is None:
        return ""
    below = _GHOST_SIZE.sub("", path[found.end() :])
    return below if found[1] == "images" or not below else f"{found[1]}/{below}"


def original_name(url: str) -> str:
    """What one file's addresses share: path below uploads without a size; for files elsewhere on the web, with their host."""
    path = unicodedata.normalize("NFC", path_of(url))
    if ghost := of_ghost(path):
        return ghost.casefold().lstrip("/")
    if tail := path.partition("/uploads/")[2]:
        return without_size(tail).casefold().lstrip("/")
    host = url.partition("://")[2].partition("/")[0].removeprefix("www.") if "/files/" not in path else ""
    # Where the path names no file, what is behind the question mark does.
    query = "" if re.search(r"\.\w{2,5}$", path) else url.partition("?")[2]
    return f"{host}{without_size(path)}{query and '?'}{query}".casefold().lstrip("/")


def fetched_name(url: str) -> str:
    """Where a file that was got from its address is kept: as an uploads folder has it; one of elsewhere below its host's name."""
    path = path_of(url)
    if tail := path.partition("/uploads/")[2]:
        return tail
    name, host = path.lstrip("/"), url.partition("://")[2].partition("/")[0]
    return name if of_ghost(path) or not name else f"{host}/{name}"


def login_slug(login: str) -> str:
    """What WordPress makes of a login in `/author/…/` (its `sanitize_title`)."""
    text = unicodedata.normalize("NFC", unquote(login)).lower()
    text = re.sub(r"[^\w\s.-]", "", text).replace(".", "-")
    return re.sub(r"-+", "-", re.sub(r"\s+", "-", text)).strip("-")[:50]
