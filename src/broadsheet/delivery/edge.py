"""The serving edge: stands in front of Django and gives out what is stored, without entering it."""

from __future__ import annotations

import codecs
import contextlib
import json
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache
from typing import Any

from django.utils.http import parse_header_parameters

from broadsheet.delivery.plain_files import PlainFile, PlainFiles
from broadsheet.delivery.store import ENCODINGS, HEAD, NoPlace, Store

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
KEPT = 64 * 1024 * 1024
"""Bytes of pages that are kept in memory; the least recently asked for go first."""
CACHE_CONTROL = "public, max-age=0, stale-while-revalidate=30, stale-if-error=86400"
"""Whoever keeps a copy asks whether it is still right, and has it when we are down."""


WANTED = "broadsheet.wanted"
"""In a request's environment: a Wanted, where its answer is to be stored."""
PRIVATE = ("/desk/", "/documents/", "/static/", "/media/")
"""Below these nothing is stored: it is not the same for everybody, or a file already."""
AT_ONCE = 2
"""Pages that are made at a time: more would hold up hits, and be finished no sooner, for one thread of Python runs at a time."""
PATIENCE = 10.0
"""Seconds after which a page is made whoever else is at it: those may be waiting for something else than the processor."""
CHARSETS = {"utf-8", "ascii", "iso8859-1", "cp1252"}
ONE_RENDER = 5.0
"""Seconds to wait for another reader's render of the same page before rendering it too."""


@dataclass(slots=True)
class Wanted:
    """Asks whoever renders a page to store it, and is told whether it was."""

    made: bool = False
    """Whether what was answered is to be stored at all; when it was not, a write came in between, or there was no room."""
    stored: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A page in memory, ready to be answered with."""

    path: str
    """Of the address, decoded."""
    name: str
    """Of the file that is written last."""
    signature: tuple[int, int, int]
    """Of the file that is written last: another one says that the page is another."""
    moment: int
    tag: str
    variants: Mapping[str, tuple[list[tuple[str, str]], bytes]]
    """{encoding: (headers, body)}"""
    size: int


@dataclass(slots=True)
class Answer:
    """What an application answered, before it is given on."""

    status: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: Iterable[bytes] = ()

    def start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
        """WSGI's `start_response`."""
        self.status, self.headers = status, headers
        return lambda _data: None


class Edge:
    """A WSGI application that answers hits from a store and asks another application for the rest.

    Only what is the same for everybody comes from the store: GET and HEAD without a query, to a host that is ours, without a
    session of the desk.
    """

    def __init__(
        self, application: Application, store: Store, *, hosts: Iterable[str], session_cookie: str = "sessionid", cache_control: str = CACHE_CONTROL,
        files: PlainFiles | None = None,
    ) -> None:  # fmt: skip
        self.application, self.store, self.cache_control, self.files = application, store, cache_control, files
        self.hosts = frozenset(host.casefold() for host in hosts)
        self.session = f"{session_cookie}="
        self._held: OrderedDict[str, Held] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()
        self._asked: set[str] = set()
        self._rendering: dict[str, threading.Event] = {}
        self._turns = threading.BoundedSemaphore(AT_ONCE)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer from the store, else as the application does."""
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        if not _is_readable(environ.get("CONTENT_TYPE", "")):
            start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
            return [b"Bad request\n"]
        if method not in {"GET", "HEAD"} or path.startswith(PRIVATE):
            return self.application(environ, start_response)
        if self.files and (file := self._file(self.files, path, environ)):
            start_response("200 OK", file.headers)
            return [file.body] if method == "GET" else []
        if environ.get("QUERY_STRING") or not self._is_for_all(environ):
            return self._in_turn(environ, start_response)
        held = self.find(path) or (self._rendered(environ) if method == "GET" else None)
        if held is None:
            return self._in_turn(environ, start_response)
        if isinstance(held, Answer):
            start_response(held.status, held.headers)
            return held.body
        return self._answer(held, environ, start_response, with_body=method == "GET")

    def _file(self, files: PlainFiles, path: str, environ: Mapping[str, Any]) -> PlainFile | None:
        if not path.startswith(files.below) or _name(environ.get("HTTP_HOST", "")) not in self.hosts:
            return None
        return files.find(path, environ.get("HTTP_ACCEPT_ENCODING", "").lower())

    def _in_turn(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        mine = self._turns.acquire(timeout=PATIENCE)
        try:
            return self.application(environ, start_response)
        finally:
            if mine:
                self._turns.release()

    def _rendered(self, environ: dict[str, Any]) -> Held | Answer | None:
        """The page as it is in the store after the application has rendered it, or what that answered instead; one render at a time."""
        path = environ.get("PATH_INFO", "")
        mine = threading.Event()
        with self._lock:
            other = self._rendering.setdefault(path, mine)
        if other is not mine:
            # Whoever came first renders for all; a page that is not stored is rendered for each.
            return self.find(path) if other.wait(ONE_RENDER) else None
        try:
            return self._render(environ, path)
        finally:
            with self._lock:
                self._rendering.pop(path, None)
            mine.set()

    def _render(self, environ: dict[str, Any], path: str) -> Held | Answer | None:
        wanted, answer = Wanted(), Answer()
        # What everybody gets is not made for one reader's cookies.
        asked = {**environ, WANTED: wanted}
        asked.pop("HTTP_COOKIE", None)
        body = self._in_turn(asked, answer.start)
        held = self.find(path) if wanted.stored else None
        if held is None:
            answer.body = body
            return answer
        close = getattr(body, "close", None)
        if close is not None:
            close()
        return held

    def _is_for_all(self, environ: Mapping[str, Any]) -> bool:
        if self.session in environ.get("HTTP_COOKIE", ""):
            return False
        if "HTTP_RANGE" in environ or "HTTP_AUTHORIZATION" in environ:
            return False
        return _name(environ.get("HTTP_HOST", "")) in self.hosts

    def find(self, raw_path: str) -> Held | None:
        """What is stored at a path as WSGI gives it: bytes of the address, decoded once, as Latin-1."""
        held = self._held.get(raw_path)
        try:
            if held is None:
                path = raw_path.encode("latin-1").decode()
                name = f"{self.store.stem(path)}{HEAD}"
            else:
                path, name = held.path, held.name
            found = os.stat(name)
        except (UnicodeError, NoPlace, OSError):
            return None
        self._asked.add(path)
        signature = (found.st_mtime_ns, found.st_ino, found.st_size)
        if held is not None and held.signature == signature:
            # One step of the dictionary: nobody comes in between. It may have gone in the meantime.
            with contextlib.suppress(KeyError):
                self._held.move_to_end(raw_path)
            return held
        try:
            held = _load(path, name, signature, self.cache_control)
        except (OSError, ValueError, KeyError):
            return None
        self._keep(raw_path, held)
        return held

    def take_asked(self) -> set[str]:
        """The addresses that were given out since this was last called."""
        asked, self._asked = self._asked, set()
        return asked

    def _keep(self, raw_path: str, held: Held) -> None:
        with self._lock:
            old = self._held.pop(raw_path, None)
            self._size += held.size - (old.size if old else 0)
            self._held[raw_path] = held
            while self._size > KEPT and len(self._held) > 1:
                _raw_path, gone = self._held.popitem(last=False)
                self._size -= gone.size

    def _answer(self, held: Held, environ: Mapping[str, Any], start_response: Callable[..., Any], *, with_body: bool) -> Iterable[bytes]:
        encoding = chosen(environ.get("HTTP_ACCEPT_ENCODING", ""), tuple(held.variants))
        headers, body = held.variants[encoding]
        if _has(environ, held, encoding):
            start_response(
                "304 Not Modified", [pair for pair in headers if pair[0] not in {"Content-Length", "Content-Type", "Content-Encoding"}]
            )
            return []
        start_response("200 OK", headers)
        return [body] if with_body else []


def _load(path: str, name: str, signature: tuple[int, int, int], cache_control: str) -> Held:
    with open(name, "rb") as file:
        said = json.loads(file.read())
    stem, moment = name.removesuffix(HEAD), signature[0] // 1_000_000_000
    variants, size = {}, 0
    for encoding, ending in ENCODINGS.items():
        try:
            with open(f"{stem}@.{said['kind']}{ending}", "rb") as file:
                body = file.read()
        except FileNotFoundError:
            if encoding == "identity":
                raise
            continue
        own = [("Content-Encoding", encoding)] if encoding != "identity" else []
        variants[encoding] = (
            [
                *said["headers"].items(), *own, ("Content-Length", str(len(body))), ("ETag", _tag(said["tag"], encoding)),
                ("Last-Modified", formatdate(moment, usegmt=True)), ("Cache-Control", cache_control), ("Vary", "Accept-Encoding"),
            ],
            body,
        )  # fmt: skip
        size += len(body) + 2000
    return Held(path, name, signature, moment, said["tag"], variants, size)


def _tag(tag: str, encoding: str) -> str:
    return f'"{tag}"' if encoding == "identity" else f'"{tag}-{encoding}"'


def _has(environ: Mapping[str, Any], held: Held, encoding: str) -> bool:
    """Whether who asks has this already (RFC 9110, section 13.2.2)."""
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked is not None:
        tags = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
        return "*" in tags or any(_tag(held.tag, one) in tags for one in held.variants)
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    if since:
        try:
            return parsedate_to_datetime(since).timestamp() >= held.moment
        except (ValueError, TypeError, OverflowError):
            return False
    return False


@lru_cache(maxsize=512)
def chosen(accepted: str, there: tuple[str, ...]) -> str:
    """The variant to give to who accepts these encodings (RFC 9110, section 12.5.3): the one given a weight above zero that we rather give."""
    weights: dict[str, float] = {}
    for one in accepted.split(",")[:20]:
        name, *parameters = one.strip().lower().split(";")
        weight = 1.0
        for parameter in parameters:
            key, _sep, value = parameter.strip().partition("=")
            if key.strip() == "q":
                try:
                    weight = float(value)
                except ValueError:
                    weight = 0.0
        if name.strip():
            weights[name.strip()] = weight
    rest = weights.get("*", 0.0)
    possible = [one for one in there if one != "identity" and weights.get(one, rest) > 0]
    return max(possible, key=lambda one: weights.get(one, rest)) if possible else "identity"


def _is_readable(content_type: str) -> bool:
    """Whether Django can read what is sent as that: it takes the name of any codec, also of those that decode no text, and fails."""
    if ";" not in content_type:
        return True
    try:
        return codecs.lookup(parse_header_parameters(content_type)[1].get("charset", "utf-8")).name in CHARSETS
    except LookupError:
        # Django goes on without a name that is none.
        return True
    except ValueError:
        return False


@lru_cache(maxsize=256)
def _name(host: str) -> str:
    """The host's name without its port."""
    host = host.casefold()
    return host if host.endswith("]") else host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() and ":" in host else host
