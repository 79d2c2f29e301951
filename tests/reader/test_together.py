"""Readers and writers at once over a database that is a file: what `test_stale_walk` holds one after the other holds then, too."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.importing.conftest import empty_database  # noqa: F401 - a fixture

ROOT = Path(__file__).resolve().parents[2]


def together(database: Path | None, times: int) -> None:
    if database is None:
        pytest.skip("a file of SQLite's that several threads write to")
    command = [sys.executable, "-m", "tests.together", "--times", str(times), "--seed", os.environ.get("SEED", "8")]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    done = subprocess.run([*command, "--database", str(database)], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(": same") == times


def test_no_page_is_stale_after_readers_and_writers_at_once(empty_database) -> None:  # noqa: F811
    together(empty_database, 1)


@pytest.mark.long
def test_no_page_is_stale_after_fifty_times(empty_database) -> None:  # noqa: F811
    together(empty_database, 50)
