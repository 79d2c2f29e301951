"""With the database gone, what is stored is given out, and of the rest it is said that it will be back."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection

from tests.reader.test_hostile_requests import ask, edge  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_connection")]


def test_readers_survive_the_database(edge):  # noqa: F811
    def gone(execute, sql, params, many, context):
        raise OperationalError("server closed the connection unexpectedly")

    with connection.execute_wrapper(gone):
        status, _headers, body = ask(edge, edge.permalink)
        assert status == 200 and b"sailed" in body
        for path in ("/latest/", "/search/", "/no/such/page/", "/feed/", "/api/v3/stories/"):
            status, headers, body = ask(edge, path)
            assert status == 503 and headers["Retry-After"] == "30" and b"try again" in body and headers["Cache-Control"] == "no-store", (
                path
            )
    assert ask(edge, "/latest/")[0] == 200


def test_what_breaks_otherwise_is_no_503(edge, monkeypatch):  # noqa: F811
    monkeypatch.setattr("broadsheet.reader.views.pages.listing_page", lambda *_, **__: 1 / 0)
    assert ask(edge, "/latest/")[0] == 500
