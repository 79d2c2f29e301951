"""The documentation names everything there is, and points at nothing that is not."""

from __future__ import annotations

import argparse
import ast
import importlib.util
import re
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from broadsheet.conf import Options
from broadsheet.ops.cli import parser
from broadsheet.reader import contexts as reader

ROOT = Path(__file__).resolve().parents[1]
OPERATING = (ROOT / "docs/operating/README.md").read_text()
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def commands():
    """The names of all subcommands."""
    groups = [a for a in parser()._actions if isinstance(a, argparse._SubParsersAction)]
    return sorted(groups[0].choices)


@pytest.mark.parametrize("command", commands())
def test_each_command_is_documented(command):
    assert f"`broadsheet {command}" in OPERATING


@pytest.mark.parametrize("option", [f.name for f in fields(Options)])
def test_each_option_is_documented(option):
    assert f"`BROADSHEET_{option.upper()}`" in OPERATING


def signals():
    """(app, name) of every signal that is declared."""
    for module in sorted((ROOT / "src/broadsheet").glob("*/signals.py")):
        for node in ast.parse(module.read_text()).body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and getattr(node.value.func, "id", "") == "Signal":
                yield module.parent.name, node.targets[0].id


@pytest.mark.parametrize("signal", sorted(".signals.".join(s) for s in signals()))
def test_each_signal_is_documented(signal):
    assert f"`broadsheet.{signal}`" in (ROOT / "docs/dev/README.md").read_text()


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text()):
        if not re.match(r"[a-z]+:", target) and not target.startswith("/"):
            assert (page.parent / target).exists(), f"{page.name} points at {target}"


def test_every_context_is_documented_as_it_is():
    found = importlib.util.spec_from_file_location("contexts_page", ROOT / "tools/contexts.py")
    tool = importlib.util.module_from_spec(found)
    found.loader.exec_module(tool)
    told = (ROOT / "docs/contracts/contexts.md").read_text()
    assert told == tool.page(), "run: python tools/contexts.py"
    shown = {name for name in reader.__all__ if is_dataclass(getattr(reader, name))}
    assert shown <= set(re.findall(r"^### (\w+)$", told, re.M))
