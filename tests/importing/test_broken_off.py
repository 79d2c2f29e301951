"""Killed while it publishes, exports, restores or starts for the first time, a publication is whole after one more run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def killed(empty_database: Path | None, times: int, *tasks: str) -> None:
    if empty_database is None:
        pytest.skip("kills what writes SQLite's file")
    command = [sys.executable, "-m", "tests.broken_off", *tasks, "--times", str(times), "--seed", os.environ.get("SEED", "7")]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    done = subprocess.run(
        [*command, "--database", str(empty_database)], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(": same") == times * len(tasks) and "Traceback" not in done.stderr


def test_killed_once_each(empty_database) -> None:
    killed(empty_database, 1, "publish", "restore")


@pytest.mark.long
def test_killed_twenty_times_each(empty_database) -> None:
    killed(empty_database, 20, "publish", "export", "restore")


@pytest.mark.long
def test_a_first_start_killed_ten_times(empty_database) -> None:
    killed(empty_database, 10, "up")


@pytest.mark.long
def test_readers_and_a_store_killed_forty_times_each(empty_database) -> None:
    killed(empty_database, 40, "store", "web")
