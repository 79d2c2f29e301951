"""Write `docs/contracts/contexts.md`: every context a public template gets, with its fields, as its module says.

    python tools/contexts.py

A test compares the page with the modules, so run it after a change of a context.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/contracts/contexts.md"
MODULES = (
    "stories/contexts.py",
    "reader/furniture.py",
    "reader/contexts.py",
    "reader/cited.py",
    "reader/evidence.py",
    "reader/words.py",
    "reader/republishing.py",
    "reader/machines.py",
    "reader/on_record.py",
    "record/difference.py",
    "reader/changes.py",
    "reader/reporting.py",
    "search/passages.py",
)
"""Below `src/broadsheet`, in which frozen dataclasses are contexts."""
HEAD = """# Contract: contexts

What public templates get: `page` is one of these, made of the others. All are frozen dataclasses, complete, and no attribute makes a query.
They are public API for themes: a field is added with a default and a line in the changelog; one that goes, or means something else, is a new major version.
Texts are plain and escaped by the template unless a field says that it is sanitised HTML.

This page is written by `python tools/contexts.py` from the modules; a test compares the two.
"""


def classes(module: Path) -> Iterator[ast.ClassDef]:
    """The dataclasses of a module, in its order."""
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        if (
            isinstance(node, ast.ClassDef)
            and not node.name.startswith("_")
            and any("dataclass" in ast.unparse(one) for one in node.decorator_list)
        ):
            yield node


def fields(node: ast.ClassDef) -> Iterator[tuple[str, str, str, str]]:
    """(name, type, default, what is said of it) of a class's own fields."""
    for place, one in enumerate(node.body):
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
            said = node.body[place + 1] if place + 1 < len(node.body) else None
            text = said.value.value if isinstance(said, ast.Expr) and isinstance(said.value, ast.Constant) else ""
            yield one.target.id, ast.unparse(one.annotation), ast.unparse(one.value) if one.value else "", " ".join(str(text).split())


def page() -> str:
    """The whole page."""
    made = [HEAD]
    for name in MODULES:
        module = ROOT / "src/broadsheet" / name
        made.append(f"## `broadsheet.{name.removesuffix('.py').replace('/', '.')}`\n")
        for node in classes(module):
            above = ", ".join(ast.unparse(base) for base in node.bases)
            made.append(
                f"### {node.name}\n\n{' '.join((ast.get_docstring(node) or '').split())}{f' All of `{above}`, and:' if above else ''}\n"
            )
            rows = [
                f"| `{field}` | `{kind}` | {f'`{default}`' if default else ''} | {says} |".replace("  ", " ").replace("\n", " ")
                for field, kind, default, says in ((f, k.replace("|", "\\|"), d, s.replace("|", "\\|")) for f, k, d, s in fields(node))
            ]
            if rows:
                made.append("\n".join(["| field | type | default | |", "| --- | --- | --- | --- |", *rows]) + "\n")
    return "\n".join(made)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
