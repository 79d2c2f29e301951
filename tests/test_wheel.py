"""What a newsroom installs is complete."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The names inside a wheel built from a copy of what is tracked."""
    pytest.importorskip("setuptools", minversion="77", reason="building a wheel needs setuptools 77: pip install setuptools")
    folder = tmp_path_factory.mktemp("wheel")
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "src", "pyproject.toml", "README.md", "LICENSE"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if tracked.returncode:
        pytest.skip("not a git working copy")
    for name in filter(None, tracked.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
    build = "import setuptools.build_meta as b, sys; print(b.build_wheel('.'))"
    done = subprocess.run([sys.executable, "-c", build], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        yield folder, archive


def test_everything_tracked_is_in_it(wheel):
    folder, archive = wheel
    missing = {str(p.relative_to(folder / "src")) for p in (folder / "src/broadsheet").rglob("*") if p.is_file()} - set(archive.namelist())
    assert not missing
    assert any("/templates/" in name for name in archive.namelist()) and any("/static/" in name for name in archive.namelist())


def test_it_brings_the_command_and_nothing_else(wheel):
    _folder, archive = wheel
    facts = next(name for name in archive.namelist() if name.endswith("entry_points.txt"))
    assert "broadsheet = broadsheet.ops.cli:main" in archive.read(facts).decode()
    assert {name.split("/")[0].split("-")[0] for name in archive.namelist()} == {"broadsheet"}
