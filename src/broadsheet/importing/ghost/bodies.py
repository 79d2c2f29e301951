"""What a post says, in whichever of Ghost's formats it was written → HTML, with nothing behind a paywall left in the open."""

from __future__ import annotations

import json
import re
from typing import Any

from broadsheet.importing.ghost import lexical, markdown, mobiledoc
from broadsheet.importing.ghost.cards import PAYWALL, Card, Note, kept, own, source, split_paywall, text
from broadsheet.importing.halves import HALVED, whole

_GATE = re.compile(r"<!--\s*kg-gated-block:begin")
_GATE_END = re.compile(r"<!--\s*kg-gated-block:end\s*-->")
_OLD_CUT = re.compile(r"<!--\s*members-only\s*-->", re.I)


def html_of(row: Card, *, members_only: bool, note: Note) -> str:
    """The body as HTML as Ghost showed it, not sanitised.

    What stood behind a paywall is kept for the desk, unseen by readers; in a story that was for members as a whole, and so is
    a draft here, it stays text, with a mark where it began.
    """
    html = _without_gates(_written(row, note), note)
    open_, held = split_paywall(html)
    if not held.strip():
        return open_
    if members_only:
        return f"{own(open_)}\n{kept('paywall', 'What follows was for members only.')}\n{_OLD_CUT.sub('', held)}"
    note("text behind a paywall kept in the desk, not shown to readers")
    return f"{own(open_)}\n{kept('members only', held.strip())}"


def _without_gates(html: str, note: Note) -> str:
    """What was between marks of who may see it; for the desk alone unless that was everybody. A mark without its end holds all that follows."""
    parts: list[str] = []
    at = 0
    while found := _GATE.search(html, at):
        parts.append(html[at : found.start()])
        close = html.find("-->", found.end())
        who, begin = (html[found.end() : close], close + 3) if close >= 0 else ("", found.end())
        end = _GATE_END.search(html, begin)
        held, at = html[begin : end.start() if end else len(html)], end.end() if end else len(html)
        if re.search(r"nonMember:\s*true", who):
            parts.append(held)
        else:
            note("card for members or e-mail only, kept in the desk")
            parts.append(kept("for members only", held.strip()))
    return "".join([*parts, html[at:]])


def _written(row: Card, note: Note) -> str:
    """Of the formats a post may be in the one it was written in; Ghost's own HTML when that cannot be read."""
    for name, to_html, is_readable in (
        ("lexical", lexical.to_html, lambda document: isinstance(document.get("root"), dict)),
        ("mobiledoc", mobiledoc.to_html, mobiledoc.is_readable),
    ):
        raw = row.get(name)
        if not raw:
            continue
        document = _document(raw, note)
        if document is not None and is_readable(document):
            made = to_html(document, note)
            # An empty document beside a page that was shown is what failed conversions leave.
            if made.strip() or not text(row, "html"):
                return made
        note(f"{name} body that cannot be read, taken from the HTML" if text(row, "html") else f"{name} body that cannot be read")
        if not text(row, "html", "markdown"):
            return kept(name, raw if isinstance(raw, str) else source(raw))
    if html := text(row, "html"):
        return html
    written = text(row, "markdown")
    return PAYWALL.join(map(markdown.to_html, _OLD_CUT.split(written))) if written else ""


def _document(raw: Any, note: Note) -> dict[str, Any] | None:
    if isinstance(raw, str):
        mended = whole(raw)
        if mended != raw:
            note(HALVED)
        try:
            raw = json.loads(mended)
        except (ValueError, RecursionError):
            return None
    return raw if isinstance(raw, dict) else None
