"""An export reads one moment of the database, and stops nobody meanwhile."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connections

from broadsheet.importing.export.commands import one_moment

NAME = "moment"


@pytest.fixture
def database(django_db_blocker, tmp_path):
    """A database in a file, as the default one is outside tests, and a second connection to it."""
    if connections["default"].vendor != "sqlite":
        pytest.skip("is about SQLite's locks")
    options = {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL; PRAGMA busy_timeout=200;"}
    connections.databases[NAME] = connections.databases["default"] | {"NAME": str(tmp_path / "a.sqlite3"), "OPTIONS": options}
    with django_db_blocker.unblock():
        here = connections[NAME]
        editor = here.copy()
        with here.cursor() as cursor:
            cursor.execute("CREATE TABLE stories (title TEXT)")
            cursor.execute("INSERT INTO stories VALUES ('before')")
        yield here, editor
        editor.close()
        here.close()
    del connections[NAME], connections.databases[NAME]


def title(database) -> str:
    with database.cursor() as cursor:
        return cursor.execute("SELECT title FROM stories").fetchone()[0]


def write(database, words: str) -> None:
    with database.cursor() as cursor:
        cursor.execute("UPDATE stories SET title = %s", [words])


def test_editors_publish_while_it_reads_and_it_does_not_see_it(database) -> None:
    here, editor = database
    with one_moment(NAME):
        assert title(here) == "before"
        write(editor, "after")
        assert title(here) == "before"
        with pytest.raises(OperationalError, match="readonly"):
            write(here, "from the export")
    assert title(here) == "after"
    write(here, "later")
    assert (title(editor), here.transaction_mode) == ("later", "IMMEDIATE")


def test_one_that_fails_leaves_the_connection_as_it_was(database) -> None:
    here, _editor = database
    with pytest.raises(RuntimeError), one_moment(NAME):
        title(here)
        raise RuntimeError
    write(here, "later")
    assert (title(here), here.transaction_mode) == ("later", "IMMEDIATE")
