"""A benchmark that nobody runs breaks unseen: at a tiny size it runs with the suite, and nothing is said about its figures."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.long
def test_pages_run_to_their_ratios() -> None:
    command = [sys.executable, "benchmarks/pages.py", "--sizes", "20", "40", "--rounds", "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stderr
    assert [line.split(":")[0] for line in ran.stdout.splitlines() if "goal" in line] == ["story", "section", "front"]


@pytest.mark.long
def test_finding_and_following_run_to_their_ratios(tmp_path: Path) -> None:
    command = [sys.executable, "benchmarks/following.py", "--sizes", "20", "40", "--rounds", "1", "--keep", str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert ran.returncode == 0, ran.stderr
    measured = [line[9:33].strip() for line in ran.stdout.splitlines() if line.startswith("      40 ")]
    assert {"rare", "common", "three words, page", "filtered", "feed", "month's map", "archive day", "topic page", "related"} <= set(
        measured
    )
    assert (tmp_path / "20").is_dir() and "goals: search" in ran.stdout


@pytest.mark.long
def test_the_log_runs_to_its_ratios() -> None:
    command = [sys.executable, "benchmarks/log.py", "--sizes", "20", "60"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert ran.returncode == 0, ran.stderr
    assert [line.split(":")[0] for line in ran.stdout.splitlines()][-3:] == ["verifying", "memory", "one more entry"]
