"""Markdown with front matter → HTML and what the front matter says."""

from __future__ import annotations

import re
import tomllib

from markdown_it import MarkdownIt

_KEYS = {
    "title": "title", "headline": "title", "author": "author", "authors": "author", "byline": "author", "date": "date", "published": "date",
    "publishdate": "date", "pubdate": "date", "updated": "updated", "lastmod": "updated", "modified": "updated", "tags": "topics", "topics": "topics",
    "keywords": "topics", "category": "section", "categories": "section", "section": "section", "subtitle": "standfirst", "standfirst": "standfirst",
    "description": "standfirst", "summary": "standfirst", "excerpt": "standfirst", "dek": "standfirst", "lead": "standfirst",
    "dateline": "dateline", "location": "dateline", "lang": "language", "language": "language",
}  # fmt: skip
_YAML = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|\Z)", re.S)


def is_sane(text: str) -> bool:
    """Whether no paragraph has more brackets and marks than any writer sets: what they mean together takes long to find out."""
    return len(text) < 1_000_000 and all(
        part.count("[") + part.count("!") < 1500 and sum(map(part.count, "*_`~")) < 4000 and part.count(">") < 2000
        for part in re.split(r"\n\s*\n", text)
    )


def read(text: str) -> tuple[str, dict[str, list[str]], list[str]]:
    """(HTML, front matter by our names for it, its keys we have no use for)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    said: dict[str, list[str]] = {}
    unknown: list[str] = []
    if match := _TOML.match(text) or _YAML.match(text):
        pairs = _toml(match[1]) if text.startswith("+++") else _yaml(match[1])
        text = text[match.end() :]
        for key, values in pairs.items():
            name = _KEYS.get(key.casefold().replace("_", "").replace("-", ""))
            if name is None:
                unknown.append(key)
            elif values:
                said.setdefault(name, values)
    # Softer line ends than a browser's, no typography of its own; what HTML it holds is sanitised with the rest.
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 60}).enable(["table", "strikethrough"])
    return parser.render(text), said, unknown


def _toml(text: str) -> dict[str, list[str]]:
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    return {
        key: [str(one) for one in (value if isinstance(value, list) else [value])]
        for key, value in data.items()
        if not isinstance(value, dict)
    }


def _yaml(text: str) -> dict[str, list[str]]:
    """The part of YAML that front matter is written in: `key: value`, `key: [a, b]` and lists of `- item`."""
    out: dict[str, list[str]] = {}
    key = ""
    for line in text.split("\n")[:400]:
        if item := re.match(r"\s*-\s+(.*)", line):
            if key:
                out[key].append(_plain(item[1]))
        elif pair := re.match(r"([A-Za-z][\w .-]{0,40}?)\s*:(?:\s+(.*))?$", line):
            key, value = pair[1], (pair[2] or "").strip()
            if value.startswith("[") and value.endswith("]"):
                out[key] = [_plain(one) for one in re.findall(r"\"[^\"]*\"|'[^']*'|[^,]+", value[1:-1]) if _plain(one)]
            else:
                out[key] = [_plain(value)] if value and value not in (">", "|", ">-", "|-") else []
        elif key and line.startswith((" ", "\t")) and line.strip():
            if out[key] and not re.match(r"\s*\w+:\s", line):
                out[key][-1] += " " + line.strip()
            elif not re.match(r"\s*\w+:\s", line):
                out[key] = [line.strip()]
            elif name := re.match(r"\s*name:\s+(.*)", line):
                out[key].append(_plain(name[1]))
    for key, values in out.items():
        out[key] = [value.removeprefix("name:").strip().strip("\"'") for value in values if value]
    return out


def _plain(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].replace('\\"', '"').replace("''", "'")
    return re.sub(r"\s+#.*$", "", value)
