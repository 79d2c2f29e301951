"""`broadsheet export`: where it does not write, and what it says then."""

from __future__ import annotations

import errno

import pytest

from broadsheet.importing.export import commands
from broadsheet.importing.export.commands import export

pytestmark = pytest.mark.django_db


def test_nothing_is_written_through_a_link(tmp_path, capsys) -> None:
    elsewhere, folder = tmp_path / "elsewhere", tmp_path / "out"
    folder.mkdir()
    elsewhere.write_text("mine")
    (folder / "stories.jsonl.part").symlink_to(elsewhere)
    assert export(["json", str(folder)]) == 2
    assert "holds a link to somewhere else (stories.jsonl.part). Give a new folder" in capsys.readouterr().err
    assert elsewhere.read_text() == "mine"


# In no transaction of the test's: PostgreSQL lets only a transaction that has done nothing yet be one of a single moment.
@pytest.mark.parametrize(
    ("number", "says"), [(errno.ENOSPC, "when there is room"), (errno.EACCES, "Give a folder that this user may write to")]
)
def test_what_to_do_about_a_folder_that_cannot_be_written_to(transactional_db, tmp_path, capsys, monkeypatch, number, says) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise OSError(number, "It cannot be", str(tmp_path / "out"))

    monkeypatch.setitem(commands.WRITERS, "json", fail)
    assert export(["json", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    assert says in said and str(tmp_path / "out") in said and said.count("\n") == 1
