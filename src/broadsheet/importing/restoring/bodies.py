"""Blocks of an export → blocks of a page: known kinds and keys only, every HTML sanitised again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from broadsheet.html import plain_text, safe_url, sanitise, sanitise_own
from broadsheet.importing.restoring.told import Told
from broadsheet.record import marks

Find = Callable[[str], int | None]
"""What a picture or file of the export is here, by its name there."""

SIZES = ("column", "wide", "full")
FILE_KINDS = ("file", "audio", "video")


def blocks(told: Told, name: str, find: Find, people: Mapping[str, int]) -> list[dict[str, Any]]:
    """A body; `people` are those of the export, by their slugs. Raises ImportRefused for a block that `docs/contracts/blocks.md` does not know."""
    return [{"type": one.text("type"), "value": _value(one, find, people)} for one in told.each(name)]


def _marked(html: str, people: Mapping[str, int]) -> str:
    def here(mark: marks.Mark) -> marks.Mark:
        return marks.spoken_by(mark, people.get(str(mark.statement.speaker))) if mark.statement else mark

    return marks.changed(sanitise_own(html), here) if marks.has(html) else sanitise(html)


def _value(told: Told, find: Find, people: Mapping[str, int]) -> Any:
    kind = told.text("type")
    if kind == "text":
        return _marked(told.text("value"), people)
    if kind in ("separator", "more"):
        return None
    value = told.within("value")
    if kind == "picture":
        return _picture(value, find)
    if kind == "gallery":
        return {"pictures": [_picture(one, find) for one in value.each("pictures")], "caption": sanitise(value.text("caption"))}
    if kind == "quote":
        return {"text": _marked(value.text("text"), people), "attribution": value.text("attribution"), "cite": safe_url(value.text("cite"))}
    if kind == "factbox":
        return {"heading": value.text("heading"), "text": _marked(value.text("text"), people)}
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
