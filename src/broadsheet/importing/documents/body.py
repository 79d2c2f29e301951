"""The story's HTML → body blocks and dateline."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urljoin

from broadsheet.importing.blocks.convert import convert, numbered
from broadsheet.importing.blocks.elements import Surroundings
from broadsheet.importing.datelines import split_dateline
from broadsheet.importing.documents.draft import Block, Picture
from broadsheet.importing.records import Attachment

_PRE = re.compile(r"(<pre\b.*?</pre>)", re.S | re.I)


def to_blocks(html: str, *, seed: str, pictures: Mapping[str, Picture] | None = None, base: str = "") -> tuple[str, tuple[Block, ...]]:
    """(dateline, blocks). Pictures of the document itself are named by `<img class="wp-image-KEY">`; `seed` decides the ids of blocks."""
    known = {key: Attachment(key, f"document:{one.name}", one.name, alt=one.alt) for key, one in (pictures or {}).items()}
    converted = convert(_as_body(html), Surroundings(attachments=known))
    blocks = [_complete(block, base) for block in converted.blocks if block["type"] not in ("unknown", "more")]
    dateline, blocks = split_dateline(blocks)
    return dateline, tuple(numbered(blocks, seed))


def _complete(block: Block, base: str) -> Block:
    """Pictures named from the page's own address; one that is named from nowhere keeps its words only."""
    if block["type"] == "picture" and not block["value"]["attachment"]:
        source = urljoin(base, block["value"]["source"])
        return {**block, "value": {**block["value"], "source": source if source.startswith(("http://", "https://")) else ""}}
    return block


def _in_one_line(html: str) -> str:
    first, *rest = re.split(r"[\r\n]", html)
    if not rest:
        return html
    between = [line for line in map(str.strip, rest[:-1]) if line]
    return " ".join([first.rstrip(), *between, rest[-1].lstrip()])


def _as_body(html: str) -> str:
    """The HTML with nothing in it that means something in an old WordPress body only: line ends, brackets, comments."""
    html = re.sub(r"<!--.*?(?:-->|$)", "", html, flags=re.S)
    parts = _PRE.split(html)
    parts[::2] = [_in_one_line(part) for part in parts[::2]]
    return "".join(parts).replace("[", "&#91;")
