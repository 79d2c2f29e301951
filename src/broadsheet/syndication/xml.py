"""Text, attributes and elements of XML, complete and escaped."""

from __future__ import annotations

from functools import lru_cache
from xml.sax.saxutils import quoteattr

from broadsheet.html import without_control

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def text(value: str) -> str:
    """A text as an element may hold it."""
    return without_control(value).replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")


def element(name: str, content: str = "", **attributes: str | int | None) -> str:
    """An element around text that is escaped here; attributes without a value are left out, `_` in their names is `:`."""
    if attributes:
        return raw(name, text(content), **attributes)
    said = text(content)
    return f"<{name}>{said}</{name}>" if said else f"<{name}/>"


def raw(name: str, content: str = "", **attributes: str | int | None) -> str:
    """An element around XML."""
    given = ""
    for key, value in attributes.items():
        if value not in (None, ""):
            given += f" {_named(key)}={quoteattr(without_control(str(value)))}"
    return f"<{name}{given}>{content}</{name}>" if content else f"<{name}{given}/>"


@lru_cache(maxsize=200)
def _named(key: str) -> str:
    return key.rstrip("_").replace("_", ":")
