"""Markdown as Ghost wrote it: CommonMark with tables, strike-through, footnotes, and headings that need no space."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

_FENCE = re.compile(r"\s{0,3}(```+|~~~+)")
_HEADING = re.compile(r"(#{1,6})(?=[^#\s])")
_MARK = re.compile(r"(?<![=\w])==(?=\S)([^=\n]+?)(?<=\S)==(?![=\w])")


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "breaks": True, "linkify": False})
    return parser.enable(["table", "strikethrough"]).use(footnote_plugin)


def to_html(text: str) -> str:
    """The text as HTML, its own HTML kept as it is: not sanitised."""
    lines: list[str] = []
    fence = ""
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        found = _FENCE.match(line)
        if found and not fence:
            fence = found[1]
        elif found and found[1].startswith(fence) and not line.strip(" `~"):
            fence = ""
        elif not fence and not line.startswith(("    ", "\t")):
            line = _MARK.sub(r"<mark>\1</mark>", _HEADING.sub(r"\1 ", line, count=1) if line.startswith("#") else line)
        lines.append(line)
    return str(_parser().render("\n".join(lines)))
