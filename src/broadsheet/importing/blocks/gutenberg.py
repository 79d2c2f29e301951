"""Block markup: the comments that delimit blocks, read the way WordPress reads them, whatever is wrong with them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from broadsheet.importing.halves import whole

# Attributes end at the first `}` that is followed by the end of the comment, as WordPress has it. Not by a possessive
# quantifier: Python before 3.11.5 matches those wrongly (CPython issue 106052), and left all attributes out.
_DELIMITER = re.compile(
    r"<!--\s+(?P<close>/)?wp:(?P<name>[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)\s+"
    # No further than to the next delimiter, or many without an end would each be followed to the end of the body.
    r"(?P<attrs>\{(?:(?!<!--\s+/?wp:).)*?\}\s+(?=/?-->))?(?P<void>/)?-->",
    re.S,
)
MAX_DEPTH = 60


@dataclass(slots=True)
class Node:
    """A block: its name with namespace, its attributes, and what it holds in order, HTML pieces and blocks."""

    name: str
    attrs: dict[str, Any] = field(default_factory=dict)
    content: list[str | Node] = field(default_factory=list)
    raw: str = ""
    """As it stands in the body, delimiters included."""


def has_blocks(body: str) -> bool:
    """Whether a body is block markup; the others are classic HTML."""
    return "<!-- wp:" in body


def parse(body: str) -> list[str | Node]:
    """The top level of a body. Unclosed blocks end where their parent ends; a stray closing comment is dropped."""
    root = Node("root")
    stack: list[tuple[Node, int]] = [(root, 0)]
    at = 0
    for found in _DELIMITER.finditer(body):
        if found.start() > at:
            stack[-1][0].content.append(body[at : found.start()])
        at = found.end()
        name = found["name"] if "/" in found["name"] else f"core/{found['name']}"
        if found["close"]:
            _close(stack, name, body, at)
            continue
        node = Node(name, _attributes(found["attrs"]))
        stack[-1][0].content.append(node)
        if found["void"] or len(stack) > MAX_DEPTH:
            node.raw = found[0]
        else:
            stack.append((node, found.start()))
    if at < len(body):
        stack[-1][0].content.append(body[at:])
    while len(stack) > 1:
        node, start = stack.pop()
        node.raw = body[start:]
    return root.content


def _close(stack: list[tuple[Node, int]], name: str, body: str, end: int) -> None:
    if not any(node.name == name for node, _ in stack[1:]):
        return
    while len(stack) > 1:
        node, start = stack.pop()
        node.raw = body[start:end]
        if node.name == name:
            return


def _attributes(raw: str | None) -> dict[str, Any]:
    if not raw:
        return {}
    try:
        value = json.loads(whole(raw))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
