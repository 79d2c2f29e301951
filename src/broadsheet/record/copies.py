"""A private copy of what each source on the web said when it was first cited, and later looks at whether it still says it."""

from __future__ import annotations

import datetime as dt
import hashlib
import http.client
import re
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urljoin

from django.db.models import QuerySet
from django.utils import timezone

from broadsheet import __version__
from broadsheet.delivery import outbox, purging
from broadsheet.delivery.connection import Connection
from broadsheet.delivery.hosts import Refused, is_public, name_of, split, target
from broadsheet.html import without_control
from broadsheet.record.evidence import Source, WebCopy

LOOK = "record.look"
SECONDS, HOPS, SIZE, LONGEST_TEXT = 30, 3, 5 * 1024 * 1024, 400_000
EVERY = dt.timedelta(days=30)
_CHARSET = re.compile(r"charset=[\"']?([\w-]+)", re.I)
# Nothing else of what Python can decode is a charset of the web: some of it takes hours, some gives what no database takes.
_CHARSETS = re.compile(
    r"utf-?8|us-ascii|ascii|iso-?8859-\d{1,2}|latin-?1|windows-125\d|cp125\d|koi8-[ru]|macintosh|utf-?16(?:le|be)?|gb2312|gbk|gb18030|big5"
    r"|euc-(?:jp|kr)|shift[_-]jis|iso-2022-jp|windows-(?:874|31j)|tis-620|ibm866",
    re.I | re.A,
)
_SILENT = {name: re.compile(f"</{name}", re.I) for name in ("script", "style", "svg", "noscript", "template", "title")}
_NAMED = re.compile(r"<([a-z][a-z0-9]*)", re.I)
_BREAK = re.compile(r"</?(?:p|div|br|li|h[1-6]|tr|td|th|section|article|header|footer|blockquote|pre|dd|dt)\b", re.I)


class NotThere(Exception):
    """An address that gave nothing; the message says why."""


@dataclass(frozen=True, slots=True)
class Got:
    """What an address answered."""

    digest: str
    text: str
    """Of a page or a text; of anything else nothing."""


def keep(urls: Iterable[str]) -> None:
    """See that each address is looked at from now on, within the transaction that publishes what cites it."""
    wanted = {url for url in urls if url}
    if not wanted:
        return
    watched = dict(WebCopy.objects.filter(url__in=wanted).values_list("url", "watched"))
    WebCopy.objects.bulk_create([WebCopy(url=url) for url in sorted(wanted - watched.keys())], ignore_conflicts=True)
    again = [url for url, is_watched in watched.items() if not is_watched]
    if again:
        WebCopy.objects.filter(url__in=again).update(watched=True)
    for url in sorted({*(wanted - watched.keys()), *again}):
        outbox.put(LOOK, url=url)


@outbox.handler(LOOK)
def look(payload: dict[str, Any]) -> None:
    """Look at one address, and put the next look in the outbox; one that no public story cites any more is left alone."""
    check(payload["url"])


def check(url: str, *, fetch: Callable[[str], Got] | None = None, again: bool = True) -> WebCopy | None:
    """Look at an address now, keep what it says if that is the first time, and say how it went; None when nobody cites it."""
    copy = WebCopy.objects.filter(url=url).first()
    if copy is None:
        return None
    stories = list(Source.objects.filter(url=url).values_list("story", flat=True))
    if not stories:
        WebCopy.objects.filter(pk=copy.pk).update(watched=False)
        return None
    copy.checked = timezone.now()
    try:
        got = (fetch or get)(url)
    except NotThere as error:
        copy.failures += 1
        copy.problem = without_control(str(error))[:255]
        # Ten times twice as long is longer than the longest; of years without an answer no clock has the hours.
        next_look = min(EVERY, dt.timedelta(hours=2 ** min(copy.failures, 10)))
    else:
        if copy.taken is None:
            copy.taken, copy.text, copy.digest = copy.checked, got.text, got.digest
        copy.seen, copy.failures, copy.problem = copy.checked, 0, ""
        # Pages carry clocks and tokens: what counts is their words.
        copy.altered = got.text != copy.text if copy.text else got.digest != copy.digest
        next_look = EVERY
    copy.save()
    purging.touch(*(f"story:{pk}" for pk in stories))
    if again:
        outbox.put(LOOK, due_in=next_look, url=url)
    return copy


def rotten() -> QuerySet[WebCopy]:
    """Addresses that were not there, or say something else, when they were last looked at; those longest lost first."""
    cited = Source.objects.exclude(url="").values("url")
    gone = WebCopy.objects.filter(failures__gt=0) | WebCopy.objects.filter(altered=True)
    return gone.filter(url__in=cited).order_by("seen", "url")


def get(
    url: str, *, permit: Callable[[str], bool] = is_public, resolve: Callable[[str, int], list[str]] | None = None, seconds: float = SECONDS
) -> Got:
    """What a public address says. A name is looked up once at each hop, and only public machines are connected to.

    Raises NotThere for everything but a success.
    """
    deadline = time.monotonic() + seconds
    try:
        for _hop in range(HOPS + 1):
            found = _hop_to(url, deadline, permit, resolve)
            if isinstance(found, Got):
                return found
            url = urljoin(url, found)
    except Refused as error:
        raise NotThere(str(error)) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotThere(f"does not answer: {error or type(error).__name__}") from error
    raise NotThere(f"is redirected more than {HOPS} times")


def _hop_to(url: str, deadline: float, permit: Callable[[str], bool], resolve: Callable[[str, int], list[str]] | None) -> Got | str:
    parts = split(url)
    where = target(url, allowed=frozenset({name_of(str(parts.hostname), parts.port)}), permit=permit, resolve=resolve)
    with closing(Connection(where, ssl.create_default_context(), deadline)) as connection:
        # Whoever sends a byte now and then is cut off all the same.
        watch = threading.Timer(max(deadline - time.monotonic(), 0.01), connection.cut)
        watch.daemon = True
        watch.start()
        try:
            headers = {"User-Agent": f"Broadsheet/{__version__}", "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}
            connection.request("GET", where.path, headers=headers)
            response = connection.getresponse()
            if response.status in (301, 302, 303, 307, 308):
                if not (to := response.headers.get("Location")):
                    raise NotThere("is redirected nowhere")
                return to
            if response.status != 200:
                raise NotThere(f"is answered with {response.status}")
            body = response.read(SIZE + 1)
            promised = response.length
        finally:
            watch.cancel()
    if time.monotonic() >= deadline:
        raise NotThere("took too long")
    if len(body) > SIZE:
        raise NotThere(f"is larger than {SIZE // 1024 // 1024} MB")
    if promised:
        raise NotThere("broke off in the middle")
    return Got(hashlib.sha256(body).hexdigest(), _text(body, response.headers.get("Content-Type", "")))


def _text(body: bytes, kind: str) -> str:
    if not kind.lower().startswith(("text/", "application/xhtml")):
        return ""
    named = _CHARSET.search(kind) or _CHARSET.search(body[:2048].decode("latin-1"))
    charset = named[1] if named and _CHARSETS.fullmatch(named[1]) else "utf-8"
    try:
        text = body.decode(charset, errors="replace")
    except LookupError:
        text = body.decode("utf-8", errors="replace")
    return without_control(text if kind.lower().startswith("text/plain") else _words(text))[:LONGEST_TEXT]


def _words(html: str) -> str:
    """The words of a page that anybody may have written: one pass, where a parser needs an hour for what is nested as nobody nests."""
    kept, at = [], 0
    while (start := html.find("<", at)) >= 0:
        kept.append(html[at:start])
        name = _NAMED.match(html, start)
        if html.startswith("<!--", start):
            at = _behind(html, "-->", start)
        elif name and name[1].lower() in _SILENT:
            end = _SILENT[name[1].lower()].search(html, start)
            at = _behind(html, ">", end.end() if end else len(html))
        elif name or html.startswith(("</", "<!", "<?"), start):
            at = _behind(html, ">", start)
            kept.append("\n" if _BREAK.match(html, start) else "")
        else:
            kept.append("<")
            at = start + 1
    lines = (" ".join(line.split()) for line in unescape("".join([*kept, html[at:]])).split("\n"))
    return "\n".join(filter(None, lines))


def _behind(text: str, ending: str, start: int) -> int:
    found = text.find(ending, start)
    return len(text) if found < 0 else found + len(ending)
