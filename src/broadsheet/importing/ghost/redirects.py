"""Ghost's redirects files, in both of their forms → records.

docs.ghost.org/themes/routing: an array of `from`, `to`, `permanent` in JSON; addresses below `301:` and `302:` in YAML.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import yaml

from broadsheet.html import without_control
from broadsheet.importing.halves import whole
from broadsheet.importing.records import Reroute
from broadsheet.importing.rerouting import MAX_SOURCE, MAX_TARGET, compiled, is_target, named

MAX_BYTES = 4 << 20
MAX_RULES = 20_000


class Unreadable(Exception):
    """A file that is no list of redirects; the message says why."""


def read(name: str, content: bytes) -> Iterator[tuple[Reroute | None, str]]:
    """(redirect, nothing) or (None, what is wrong and with which entry) for each entry, as Ghost would go through them.

    Raises Unreadable when the file as a whole is none.
    """
    if len(content) > MAX_BYTES:
        raise Unreadable(f"is larger than {MAX_BYTES >> 20} MiB")
    try:
        text = content.decode("utf-8-sig")
        rows = _of_json(text) if name.lower().endswith(".json") else _of_yaml(text)
    except (UnicodeDecodeError, RecursionError) as error:
        raise Unreadable("is no text in UTF-8" if isinstance(error, UnicodeDecodeError) else "is nested too deeply") from error
    if len(rows) > MAX_RULES:
        raise Unreadable(f"holds more than {MAX_RULES:,} redirects")
    seen: set[str] = set()
    for source, to, permanent in rows:
        problem = _problem(source, to)
        if not problem and source in seen:
            problem = "listed before"
        if problem:
            yield None, f"{problem}: {str(source)[:100]}"
            continue
        seen.add(source)
        yield Reroute(without_control(source), without_control(to), permanent), ""


Row = tuple[Any, Any, bool]


def _of_json(text: str) -> list[Row]:
    try:
        found = json.loads(whole(text))
    except ValueError as error:
        raise Unreadable(f"is no valid JSON ({error})") from error
    if not isinstance(found, list):
        raise Unreadable("is no list of redirects")
    return [
        (row.get("from"), row.get("to"), row.get("permanent") is True) if isinstance(row, dict) else (row, None, False) for row in found
    ]


def _of_yaml(text: str) -> list[Row]:
    try:
        found = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        raise Unreadable(f"is no valid YAML ({' '.join(str(error).split())[:120]})") from error
    if found is None:
        return []
    if not isinstance(found, dict) or not {str(key) for key in found} & {"301", "302"}:
        raise Unreadable("has neither “301:” nor “302:”")
    rows: list[Row] = []
    # In this order Ghost asks them.
    for status in ("302", "301"):
        for key, section in found.items():
            if str(key) == status and isinstance(section, dict):
                rows += [(source, to, status == "301") for source, to in section.items()]
            elif str(key) == status and section is not None:
                raise Unreadable(f"has no addresses below “{status}:”")
    return rows


def _problem(source: Any, to: Any) -> str:
    if not (isinstance(source, str) and isinstance(to, str) and source.strip() and to.strip()):
        return "without an address it comes from or leads to"
    if len(source) > MAX_SOURCE or len(to) > MAX_TARGET:
        return f"longer than {MAX_SOURCE if len(source) > MAX_SOURCE else MAX_TARGET} characters"
    if not is_target(to):
        return "leads to no address that can be linked"
    path = named(source)
    if path and path.rstrip("/") == to.rstrip("/"):
        return "leads to itself"
    return "" if path or compiled(source) else "a pattern that cannot be read"
