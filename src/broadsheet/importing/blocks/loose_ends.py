"""Openings that nothing closes. Each would be looked for through the whole rest: a body of thousands of them would take hours."""

from __future__ import annotations

import re
from collections import Counter

FEW = 20
"""Unclosed elements of one name that are left as they are; a writer who forgets an end forgets it now and then."""
_NAMES = "pre|code|script|style|textarea|svg|object|video|audio|iframe"
_OPENING = re.compile(rf"<({_NAMES})\b", re.I)
_CLOSING = re.compile(rf"</({_NAMES})\s*>", re.I)


def tied_up(html: str) -> str:
    """The HTML in which a tag, a comment, or one of many elements that nothing ends is text."""
    end = html.rfind(">") + 1
    if "<" in html[end:]:
        html = html[:end] + html[end:].replace("<", "&lt;")
    end = html.rfind("-->") + 1
    if "<!--" in html[end:]:
        html = html[:end] + html[end:].replace("<!--", "&lt;!--")
    last = {found[1].lower(): found.start() for found in _CLOSING.finditer(html)}
    loose = [found for found in _OPENING.finditer(html) if found.start() > last.get(found[1].lower(), -1)]
    many = {name for name, count in Counter(found[1].lower() for found in loose).items() if count > FEW}
    if not many:
        return html
    places = [found.start() for found in loose if found[1].lower() in many]
    parts = [html[start : stop or None].replace("<", "&lt;", 1) for start, stop in zip(places, [*places[1:], 0], strict=True)]
    return html[: places[0]] + "".join(parts)
