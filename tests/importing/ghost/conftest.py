"""Tiny exports of Ghost's, written by the tests, one oddity at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

FIXTURES = Path(__file__).resolve().parents[4] / "shared" / "fixtures" / "ghost"


def post(id: str = "a1", title: str = "A story", html: str = "<p>Some text.</p>", **more: Any) -> dict[str, Any]:
    """A row of `posts`, as Ghost 5 has it."""
    return {
        "id": id, "uuid": f"00000000-0000-4000-8000-{id!s:0>12}", "title": title, "slug": f"story-{id}", "html": html, "type": "post",
        "status": "published", "visibility": "public", "published_at": "2024-03-05T10:00:00.000Z", "updated_at": "2024-03-06 10:00:00",
    } | more  # fmt: skip


def lexical(*nodes: dict[str, Any]) -> str:
    """A Lexical document."""
    return json.dumps({"root": {"type": "root", "version": 1, "children": list(nodes)}})


def words(text: str, format: int = 0) -> dict[str, Any]:
    """A Lexical text."""
    return {"type": "extended-text", "text": text, "format": format, "version": 1}


def para(*children: Any, type: str = "paragraph", **more: Any) -> dict[str, Any]:
    """A Lexical paragraph, or another element with children."""
    return {"type": type, "version": 1, "children": [words(c) if isinstance(c, str) else c for c in children], **more}


def mobiledoc(*sections: Any, cards: Any = (), atoms: Any = (), markups: Any = (), version: str = "0.3.1") -> str:
    """A Mobiledoc document."""
    return json.dumps(
        {"version": version, "sections": list(sections), "cards": list(cards), "atoms": list(atoms), "markups": list(markups)}
    )


def tables(*posts: dict[str, Any], settings: dict[str, str] | None = None, **more: list[dict[str, Any]]) -> dict[str, Any]:
    """The tables of an export."""
    rows = [{"key": k, "value": v} for k, v in ({"title": "The Tern", "description": "Coast and sea"} | (settings or {})).items()]
    return {"posts": list(posts), "settings": rows, **more}


def tagged(*pairs: tuple[str, str]) -> list[dict[str, Any]]:
    """Rows of `posts_tags`: (post, tag), in their order."""
    return [{"post_id": p, "tag_id": t, "sort_order": n} for n, (p, t) in enumerate(pairs)]


def tag(id: str, name: str, **more: Any) -> dict[str, Any]:
    """A row of `tags`."""
    return {"id": id, "name": name, "slug": name.lower().replace("#", "hash-").replace(" ", "-"), "visibility": "public"} | more


def user(id: str, name: str, **more: Any) -> dict[str, Any]:
    """A row of `users`."""
    return {"id": id, "name": name, "slug": name.lower().replace(" ", "-"), "email": f"{id}@tern.example", "password": "$2a$"} | more


@pytest.fixture
def ghost(tmp_path: Path) -> Callable[..., Path]:
    """Writes an export: `ghost(post(), tags=[tag("t1", "News")])`."""
    numbers: Iterator[int] = iter(range(1000))

    def write(*posts: dict[str, Any], name: str = "", **more: Any) -> Path:
        path = tmp_path / (name or f"export-{next(numbers)}.json")
        whole = {"db": [{"meta": {"exported_on": 1700000000000, "version": "5.80.0"}, "data": tables(*posts, **more)}]}
        path.write_text(json.dumps(whole), encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def exports() -> Path:
    """The folder of real exports; the test skips where it is not."""
    if not FIXTURES.is_dir():
        pytest.skip("needs ../shared/fixtures/ghost")
    return FIXTURES
