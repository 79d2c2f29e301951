"""A benchmark that nobody runs breaks unseen: at a tiny size it runs with the suite, and nothing is said about its figures."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_pages_run_to_their_ratios() -> None:
    command = [sys.executable, "benchmarks/pages.py", "--sizes", "20", "40", "--rounds", "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stderr
    assert [line.split(":")[0] for line in ran.stdout.splitlines() if "goal" in line] == ["story", "section", "front"]


def test_searches_run_to_their_ratios() -> None:
    command = [sys.executable, "benchmarks/searching.py", "--sizes", "20", "40", "--rounds", "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stderr
    assert [line.split(":")[0] for line in ran.stdout.splitlines() if "goal" in line] == [
        "rare",
        "common",
        "three words",
        "filtered",
        "person",
    ]


def test_machines_are_answered_at_both_sizes() -> None:
    command = [sys.executable, "benchmarks/machines.py", "--sizes", "20", "40", "--rounds", "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stderr
    assert sum("feed" in line for line in ran.stdout.splitlines()) == 10
