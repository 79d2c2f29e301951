"""The application as it is served, with pages below `/slow/` that take half a second of the processor: for `benchmarks/delivery.py`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from broadsheet.wsgi import application as served


def _slow(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    if not environ.get("PATH_INFO", "").startswith("/slow/"):
        return _behind(environ, start_response)
    until = time.thread_time() + 0.5
    while time.thread_time() < until:
        sum(range(1000))
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return [b"slow\n"]


_behind = served.application
served.application = _slow
application = served
