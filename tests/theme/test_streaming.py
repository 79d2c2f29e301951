"""A page that arrives in pieces, as over a poor network, and is painted after each: nothing that stands moves."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders

from broadsheet.theme import patterns
from broadsheet.theme.stylesheet import compile_stylesheet

pytestmark = pytest.mark.browser

PAUSE = 0.015
MOVED = """() => { const all = [];
  new PerformanceObserver(l => all.push(...l.getEntries())).observe({type: 'layout-shift', buffered: true});
  return new Promise(done => setTimeout(() => done(all.flatMap(e => e.sources.map(
    s => `${e.value.toFixed(4)} ${s.node?.outerHTML?.slice(0, 90) ?? s.node?.textContent?.slice(0, 90)}`))), 150)) }"""


def pieces(body: bytes) -> list[bytes]:
    """The page up to its content, which the first packets of a connection hold (RFC 6928), then line by line.

    Lines are kept whole: words that are balanced anew when half a headline had come are no fault of the page.
    """
    first, rest = body.split(b"<main", 1)
    return [first, *(b"<main" + rest).splitlines(keepends=True)]


class Slowly(BaseHTTPRequestHandler):
    """Answers `/NAME` with that example page, a piece at a time; its files at once."""

    def do_GET(self) -> None:
        name, kind = self.path.lstrip("/"), "text/html; charset=utf-8"
        if self.path.startswith("/static/"):
            body = Path(str(finders.find(self.path.removeprefix("/static/").split("?")[0]))).read_bytes()
            kind = {".js": "text/javascript", ".svg": "image/svg+xml"}.get(Path(self.path).suffix, "application/octet-stream")
        elif name == "broadsheet.css":
            body, kind = compile_stylesheet().text.encode(), "text/css"
        elif name in patterns.PAGES:
            body = patterns.render_patterns(name).encode()
        else:
            return self.send_error(404)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        for piece in pieces(body) if name in patterns.PAGES else [body]:
            self.wfile.write(piece)
            self.wfile.flush()
            time.sleep(PAUSE)

    def log_message(self, *args: Any) -> None:
        """Nothing: the tests speak."""


@pytest.fixture
def slow_site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Slowly)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


QUICK = {("front-ur", 390), ("long-read", 1440)}
CASES = [
    pytest.param(name, width, marks=[] if (name, width) in QUICK else [pytest.mark.long])
    for name in ("front", "front-ur", "opinion", "long-read")
    for width in (390, 1440)
]


@pytest.mark.parametrize(("name", "width"), CASES)
def test_nothing_moves_while_the_page_arrives(chromium: Any, slow_site: str, name: str, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{slow_site}/{name}", wait_until="load")
    moved = page.evaluate(MOVED)
    context.close()
    assert moved == []
