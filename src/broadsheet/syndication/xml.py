"""Text, attributes and elements of XML, complete and escaped."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from broadsheet.html import without_control

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def text(value: str) -> str:
    """A text as an element may hold it."""
    return escape(without_control(value))


def element(name: str, content: str = "", **attributes: str | int | None) -> str:
    """An element around text that is escaped here; attributes without a value are left out, `_` in their names is `:`."""
    return raw(name, text(content), **attributes)


def raw(name: str, content: str = "", **attributes: str | int | None) -> str:
    """An element around XML."""
    given = "".join(
        f" {key.rstrip('_').replace('_', ':')}={quoteattr(without_control(str(value)))}"
        for key, value in attributes.items()
        if value not in (None, "")
    )
    return f"<{name}{given}>{content}</{name}>" if content else f"<{name}{given}/>"
