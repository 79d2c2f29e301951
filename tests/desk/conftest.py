"""People who work at the desk, and a browser whose requests are answered by Django in this very process."""

from __future__ import annotations

import contextvars
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Group
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client

from broadsheet.desk.actions import set_up_groups

TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
ORIGIN = "http://127.0.0.1"


@pytest.fixture
def make_user(front, django_user_model):
    """`make_user("Reporters")`: somebody of that group."""
    set_up_groups(by=None)

    def make(group: str, name: str = "") -> Any:
        user = django_user_model.objects.create_user(name or group.lower(), "", "a-long-password")
        user.groups.add(Group.objects.get(name=group))
        return user

    return make


@pytest.fixture
def signed_in():
    """`signed_in(user)`: a browser of theirs."""

    def sign_in(user: Any) -> Client:
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def opened(chromium: Any, db: None) -> Iterator[Callable[..., Any]]:
    """`opened(client, path, width=…)`: a page of the desk; what it sends goes to the test client, inside the test's transaction."""
    contexts = []
    # Beside a running event loop Django's connections belong to a context, and answers are asked for in contexts of their own.
    connection.ensure_connection()
    here = contextvars.copy_context()

    def respond(route: Any, client: Client) -> None:
        route.fulfill(**here.run(answer_to, route.request, client))

    def answer_to(request: Any, client: Client) -> dict[str, Any]:
        parts = urlsplit(request.url)
        if parts.path.startswith("/static/"):
            found = finders.find(parts.path.removeprefix("/static/"))
            if not found:
                return {"status": 404}
            kind = TYPES.get(Path(str(found)).suffix, "application/octet-stream")
            return {"body": Path(str(found)).read_bytes(), "headers": {"content-type": kind}}
        headers = {
            f"HTTP_{k.upper().replace('-', '_')}": v for k, v in request.headers.items() if k not in {"cookie", "content-type", "host"}
        }
        answer = client.generic(
            request.method, parts.path + (f"?{parts.query}" if parts.query else ""), request.post_data_buffer or b"",
            content_type=request.headers.get("content-type", "application/octet-stream"), **headers,
        )  # fmt: skip
        if answer.status_code in {301, 302, 303, 307}:
            # A browser asks for what an answered redirect leads to without asking us again.
            if request.is_navigation_request():
                page = f"<script>location.replace({json.dumps(answer.url)})</script>"
                return {"body": page, "headers": {"content-type": "text/html"}}
            answer = client.get(answer.url)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        kept = {k: v for k, v in answer.headers.items() if k.lower() not in {"content-length", "content-encoding"}}
        return {"status": answer.status_code, "body": body, "headers": kept}

    def open_page(client: Client, path: str, *, width: int = 1440, scheme: str = "light") -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 1000}, color_scheme=scheme, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.set_default_timeout(60_000)
        context.route("**/*", lambda route: respond(route, client))
        page.goto(ORIGIN + path, wait_until="load")
        return page

    yield open_page
    for context in contexts:
        context.close()
