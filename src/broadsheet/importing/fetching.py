"""Uploaded files over HTTP, from the old site itself, when the operator asks for that: nothing else here reaches out.

The library's own client is used, and none on top of it: a name must be looked up once and the address that was checked be
connected to, at each hop, and clients that pool, follow or decompress take these decisions away.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import ssl
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import urljoin

from PIL import Image as Pillow

from broadsheet.delivery.connection import Connection
from broadsheet.delivery.hosts import Refused, is_public, split, target
from broadsheet.durable import put_in_place
from broadsheet.importing.spelling import fetched_name
from broadsheet.media.encoding import MAX_PIXELS

AT_ONCE, HOPS, GIVE_UP_AFTER = 2, 3, 10
WAIT_SECONDS = 30
CHUNK = 64 * 1024
PICTURE_ENDINGS = {".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"}
BEGUN = ".part-"
"""What the names of files begin with that are not whole yet."""
LONGEST = 4000
"""Bytes of a file's path: no system has longer ones."""
FREE_BYTES = 500 * 1024 * 1024
"""What must stay free on the disk."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one file."""

    size: int = 30 * 1024 * 1024
    seconds: float = 60


class Unfetched(Exception):
    """A file that was not got; the message says why. The next run tries again."""


class HostDown(Unfetched):
    """The host does not answer at all."""


class Busy(HostDown):
    """The host asks to come back later."""

    seconds = 5


class Fetcher:
    """Gets files into a folder, where the next run finds those that this one got."""

    def __init__(
        self, folder: Path, *, hosts: Iterable[str], agent: str, limits: Limits | None = None, permit: Callable[[str], bool] = is_public,
        resolve: Callable[[str, int], list[str]] | None = None, progress: Callable[[], object] = lambda: None,
    ) -> None:  # fmt: skip
        self.progress = progress
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder, self.limits = folder.resolve(), limits or Limits()
        self.hosts, self.agent, self.permit, self.resolve = frozenset(hosts), agent, permit, resolve
        self.down: dict[str, int] = {}
        """How often in succession each host did not answer."""
        self.tls = ssl.create_default_context()
        # What a run that was killed had begun; only one runs at a time.
        for begun in self.folder.glob(f"{BEGUN}*"):
            begun.unlink(missing_ok=True)

    def fetch(self, urls: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """(key, problem or nothing) of each (key, address), a few at a time; files that are here are not asked for again."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for key, problem in pool.map(lambda one: (one[0], self._problem(one[1])), urls):
                self.progress()
                yield key, problem

    def _problem(self, url: str) -> str:
        host = ""
        try:
            place, host = self.place(url), split(url).hostname or ""
            if place.is_file():
                return ""
            if self.down.get(host, 0) >= GIVE_UP_AFTER:
                raise Unfetched(f"{host} does not answer")
            try:
                self._get(url, place)
            except Busy as busy:
                time.sleep(min(busy.seconds, WAIT_SECONDS))
                self._get(url, place)
            self.down[host] = 0
        except HostDown as error:
            self.down[host] = self.down.get(host, 0) + 1
            return _legible(error)
        except (Unfetched, Refused) as error:
            return _legible(error)
        return ""

    def place(self, url: str) -> Path:
        """Where the file of an address is kept; raises Refused for what is no address, Unfetched for what no file can be called."""
        split(url)
        found = inside(self.folder, fetched_name(url))
        if found is None or found == self.folder or any(len(os.fsencode(part)) > 240 for part in found.parts):
            raise Unfetched("has no name that a file can have")
        return found

    def _get(self, url: str, place: Path) -> None:
        deadline = time.monotonic() + self.limits.seconds
        for _hop in range(HOPS + 1):
            response_or_url = self._hop(url, place, deadline)
            if response_or_url is None:
                return
            try:
                url = urljoin(url, response_or_url)
            except ValueError as error:
                raise Unfetched("is redirected to what is no address") from error
        raise Unfetched(f"is redirected more than {HOPS} times")

    def _hop(self, url: str, place: Path, deadline: float) -> str | None:
        """One request: where it redirects to, or None when the file is here."""
        where = target(url, allowed=self.hosts, resolve=self.resolve, permit=self.permit)
        with contextlib.ExitStack() as stack:
            try:
                connection = stack.enter_context(contextlib.closing(Connection(where, self.tls, deadline)))
                # Each read starts the socket's own clock again: a host that sends a byte now and then is cut off by this one.
                watch = threading.Timer(max(deadline - time.monotonic(), 0.01), connection.cut)
                watch.daemon = True
                watch.start()
                stack.callback(watch.cancel)
                headers = {"User-Agent": self.agent, "Accept-Encoding": "identity", "Accept": "*/*", "Connection": "close"}
                connection.request("GET", where.path, headers=headers)
                response = stack.enter_context(contextlib.closing(connection.getresponse()))
                self._in_time(deadline)
                if response.status in (301, 302, 303, 307, 308):
                    return response.headers.get("Location") or _no("is redirected nowhere")
                if response.status in (429, 503):
                    busy = Busy(f"is answered with {response.status}")
                    after = response.headers.get("Retry-After", "")
                    busy.seconds = int(after) if after.isascii() and after.isdecimal() and len(after) < 6 else busy.seconds
                    raise busy
                if response.status != 200:
                    _no(f"is answered with {response.status}")
                if response.headers.get("Content-Encoding", "identity").lower() != "identity":
                    _no("is sent compressed, which was not asked for")
                self._keep(response, place, deadline)
                return None
            except Unfetched:
                raise
            except (TimeoutError, OSError, http.client.HTTPException) as error:
                self._in_time(deadline)
                raise HostDown(f"was not got: {error or type(error).__name__}") from error

    def _keep(self, response: http.client.HTTPResponse, place: Path, deadline: float) -> None:
        """Write the body beside its place, look at it, and move it there: what has the right name is whole."""
        promised = response.length
        if promised is not None and promised > self.limits.size:
            _no(f"is larger than {self.limits.size // 1024 // 1024} MB")
        if shutil.disk_usage(self.folder).free < FREE_BYTES + (promised or self.limits.size):
            _no("was not got: the disk is nearly full")
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=BEGUN)
        try:
            with os.fdopen(handle, "wb") as out:
                size = 0
                while chunk := response.read1(CHUNK):
                    size += len(chunk)
                    if size > self.limits.size:
                        _no(f"is larger than {self.limits.size // 1024 // 1024} MB")
                    self._in_time(deadline, Unfetched)
                    out.write(chunk)
            # What was cut off ends like what is whole.
            self._in_time(deadline, Unfetched)
            if promised is not None and size < promised:
                raise HostDown("broke off in the middle")
            if not size:
                _no("is empty")
            with open(name, "rb") as file:
                examine(file, place.suffix.lower())
            place.parent.mkdir(parents=True, exist_ok=True)
            put_in_place(name, place)
        except OSError as error:
            if isinstance(error, TimeoutError | ConnectionError | ssl.SSLError):
                raise
            raise Unfetched(f"cannot be kept ({error.strerror})") from error
        finally:
            Path(name).unlink(missing_ok=True)

    def _in_time(self, deadline: float, why: type[Unfetched] = HostDown) -> None:
        if time.monotonic() >= deadline:
            raise why(f"took longer than {self.limits.seconds:g} seconds")


def inside(folder: Path, tail: str) -> Path | None:
    """What a path says below a folder, links followed; nothing for one that leads out of it, and for what no file can be called."""
    try:
        found = (folder / tail).resolve() if "\x00" not in tail else folder.parent
        is_name = len(os.fsencode(found)) < LONGEST and all(len(os.fsencode(part)) <= 255 for part in found.parts)
    except (OSError, UnicodeError, RuntimeError):
        return None
    return found if is_name and found.is_relative_to(folder) else None


def _no(why: str) -> Any:
    raise Unfetched(why)


def _legible(error: Exception) -> str:
    """Why, in one line: what the other machine sent may stand in it, and goes to a terminal, a report and the database."""
    return " ".join("".join(c if c.isprintable() else " " for c in str(error)).split())


def examine(file: IO[bytes], ending: str) -> None:
    """Raise Unfetched unless a file is what its name says: only its beginning is looked at, it is decoded when it is taken in."""
    if ending in PICTURE_ENDINGS:
        try:
            with Pillow.open(file, formats=["JPEG", "PNG", "WEBP", "GIF", "AVIF"]) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    _no(f"has {picture.width} × {picture.height} pixels; at most {MAX_PIXELS:,} can be read")
        except Unfetched:
            raise
        except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as error:
            raise Unfetched(f"has more pixels than can be read (at most {MAX_PIXELS:,})") from error
        except Exception as error:
            # Pillow's parsers raise many kinds of exception on hostile input.
            raise Unfetched("is not the picture its name says") from error
    elif file.read(512).lstrip(b"\xef\xbb\xbf \t\r\n")[:15].lower().startswith((b"<!doctype", b"<html", b"<?xml", b"<script")):
        _no("is a web page, not the file its name says")
