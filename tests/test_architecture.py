"""The house's rules, checked on the source itself."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src/broadsheet"
MODULES = [p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts]
BANNED = {"utils", "util", "common", "core", "helpers", "services", "managers", "misc"}


def layers():
    """{app: height}, from the import contract; apps of one line stand equally high."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    return {name: n for n, line in enumerate(reversed(contract["layers"])) for name in re.findall(r"\w+", line)}


def test_imports_go_downwards():
    tool = Path(sys.executable).parent / "lint-imports"
    if not tool.exists():
        pytest.skip("import-linter is not installed: pip install import-linter")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([tool, "--no-cache"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_foreign_keys_point_downwards():
    height = layers()
    found = 0
    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith("broadsheet."):
            continue
        for field in model._meta.get_fields():
            target = field.related_model if field.concrete and field.is_relation else None
            # Whoever uploaded or edited is Wagtail's field, and points at whatever model is the user.
            if target is not None and target is not get_user_model() and target.__module__.startswith("broadsheet."):
                found += 1
                assert height[target._meta.app_label] <= height[model._meta.app_label], f"{model.__name__}.{field.name}"
    assert found > 10


@pytest.mark.parametrize("module", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_modules_are_short_and_well_named(module):
    assert module.stem not in BANNED and not BANNED & set(module.relative_to(SOURCE).parts)
    text = module.read_text()
    assert len(text.splitlines()) <= 400
    if module.name != "receivers.py":
        assert not re.search(r"@receiver\(|\.connect\(", text), "signals are connected in receivers.py"


TEMPLATES = [p for p in SOURCE.rglob("templates/**/*") if p.is_file()]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: p.name)
def test_templates_compile(template):
    name = str(template).rpartition("/templates/")[2]
    assert get_template(name).origin.name == str(template), f"{name} is hidden by another template of that name"


def test_the_suite_does_not_use_the_portal_beside_it() -> None:
    """`make up` fills `data/` with collected files and a key; tests that read them pass or fail by what was run before."""
    from broadsheet.conf import options

    assert not options.data_folder.is_relative_to(Path(__file__).resolve().parents[1])


def test_what_the_project_needs_is_pinned() -> None:
    """Each distribution it names is in a requirements file, with a hash: whatever lies about in an old environment."""

    def pinned(path: str) -> set[str]:
        return set(re.findall(r"^([a-z0-9.-]+)(?:\[\w+\])?==\S+ \\\n    --hash=", (ROOT / path).read_text(), re.M))

    def named(lines: list[str]) -> set[str]:
        return {re.split(r"[^\w.-]", line)[0].lower().replace("_", "-") for line in lines}

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    shipped = pinned("requirements.txt")
    assert len(shipped) > 20 and not named(project["dependencies"]) - shipped
    assert not named(project["optional-dependencies"]["dev"]) - shipped - pinned("requirements-dev.txt")
