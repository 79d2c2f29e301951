"""Templates that refuse unknown names, and a browser that is handed rendered pages without a server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.template import engines

from broadsheet.theme import patterns
from broadsheet.theme.stylesheet import compile_stylesheet

CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", "": "text/html; charset=utf-8"}


class Refused(str):
    """What Django writes for an unknown name: here, an error."""

    def __contains__(self, _part: object) -> bool:
        return True

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"the template uses {name}, which nobody gave it")


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every name that a template prints has to exist."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", Refused("%s"))


def show(page: Any, html: str) -> None:
    """Have a page of the browser show this, under the site's own policy; `page.complaints` is what it finds wrong."""

    def respond(route: Any) -> None:
        path = urlsplit(route.request.url).path
        suffix = Path(path).suffix
        if path == "/broadsheet.css":
            body: str | bytes = compile_stylesheet().text
        elif suffix == ".ico" or path.startswith("/islands/"):
            return route.fulfill(status=204)
        elif path.startswith("/static/"):
            body = Path(str(finders.find(path.removeprefix("/static/")))).read_bytes()
        else:
            body = page.shown
        headers = {"content-type": TYPES[suffix], "content-security-policy": CSP}
        return route.fulfill(body=body, headers=headers)

    page.complaints = []
    is_new = not hasattr(page, "shown")
    page.shown = html
    # Once: between two answers what is shown may ask for something, and nobody would answer.
    if is_new:
        page.route("**/*", respond)
    page.goto("http://courier.example/", wait_until="load")


def complaining(page: Any) -> Any:
    """The page, which notes what its browser finds wrong."""
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


@pytest.fixture(scope="module")
def same_page(chromium: Any) -> Iterator[Callable[..., Any]]:
    """As `opened`, always in the same page of the browser: a new one reads every script and font anew, which takes most of its time."""
    context = chromium.new_context(reduced_motion="reduce")
    page = complaining(context.new_page())

    def open_page(name: str, *, width: int, scheme: str) -> Any:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        show(page, patterns.render_patterns(name))
        return page

    yield open_page
    context.close()


@pytest.fixture
def opened(chromium: Any) -> Iterator[Callable[..., Any]]:
    """`opened(name, width=…, scheme=…, js=…, html=…)`: an example page in the browser, under the site's own policy."""
    contexts = []

    def open_page(name: str, *, width: int = 1440, scheme: str = "light", js: bool = True, html: str = "") -> Any:
        shown = html or patterns.render_patterns(name)
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=js, reduced_motion="reduce"
        )
        contexts.append(context)
        page = complaining(context.new_page())
        show(page, shown)
        return page

    yield open_page
    for context in contexts:
        context.close()
