"""Blocks of an export → blocks of a page: known kinds and keys only, every HTML sanitised again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from broadsheet.html import plain_text, safe_url, sanitise
from broadsheet.importing.restoring.told import Told

Find = Callable[[str], int | None]
"""What a picture or file of the export is here, by its name there."""

SIZES = ("column", "wide", "full")
FILE_KINDS = ("file", "audio", "video")


def blocks(told: Told, name: str, find: Find) -> list[dict[str, Any]]:
    """A body. Raises ImportRefused for a block that `docs/contracts/blocks.md` does not know."""
    return [{"type": one.text("type"), "value": _value(one, find)} for one in told.each(name)]


def _value(told: Told, find: Find) -> Any:
    kind = told.text("type")
    if kind == "text":
        return sanitise(told.text("value"))
    if kind in ("separator", "more"):
        return None
    value = told.within("value")
    if kind == "picture":
        return _picture(value, find)
    if kind == "gallery":
        return {"pictures": [_picture(one, find) for one in value.each("pictures")], "caption": sanitise(value.text("caption"))}
    if kind == "quote":
        return {"text": sanitise(value.text("text")), "attribution": value.text("attribution"), "cite": safe_url(value.text("cite"))}
    if kind == "factbox":
        return {"heading": value.text("heading"), "text": sanitise(value.text("text"))}
    if kind == "table":
        return {"caption": value.text("caption"), "html": sanitise(value.text("html"))}
    if kind == "embed":
        return {"url": safe_url(value.text("url")), "title": value.text("title"), "provider": value.text("provider")}
    if kind == "file":
        return {
            "document": find(value.text("document")), "url": safe_url(value.text("url")), "title": value.text("title"),
            "kind": value.choice("kind", FILE_KINDS),
        }  # fmt: skip
    if kind == "buttons":
        return {"links": [{"text": one.text("text"), "url": safe_url(one.text("url"))} for one in value.each("links")]}
    if kind == "unknown":
        return {"name": value.text("name"), "html": sanitise(value.text("html")), "raw": value.text("raw")}
    plain = {"pullquote": ("text", "attribution"), "code": ("language", "text"), "verse": ("text",)}.get(kind)
    if plain is None:
        raise told.refuse("type", f"is “{plain_text(kind)[:40]}”, no block there is")
    return {key: value.text(key) for key in plain}


def _picture(told: Told, find: Find) -> dict[str, Any]:
    return {
        "image": find(told.text("image")), "alt": told.text("alt"), "decorative": told.flag("decorative"),
        "caption": sanitise(told.text("caption")), "credit": told.text("credit"), "size": told.choice("size", SIZES),
        "link": safe_url(told.text("link")), "source": safe_url(told.text("source")),
    }  # fmt: skip
