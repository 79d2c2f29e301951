"""What a theme or plug-in showed above or below a body and kept beside it: a player, a link, whose words a quote is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from broadsheet.html import plain_text, safe_url

ABOVE = (
    "_format_video_embed",
    "_format_audio_embed",
    "audio_file",
    "review_embedded_player",
    "enclosure",
    "_format_link_url",
    "_format_url",
)
BELOW = ("_format_quote_source_name", "_format_quote_source_url")
META = frozenset({*ABOVE, *BELOW})
_PLAYERS = {"mp3": "audio", "m4a": "audio", "ogg": "audio", "oga": "audio", "wav": "audio", "mp4": "video", "m4v": "video", "webm": "video",
            "ogv": "video", "mov": "video"}  # fmt: skip


def above(meta: Mapping[str, str], body: str) -> str:
    """Old HTML of what stood above the body; what the body shows itself is not shown twice."""
    shown: list[str] = []
    for key in ABOVE:
        # An enclosure is three lines: address, length, type.
        value = (
            meta.get(key, "").strip() if key.startswith("_format") or key == "review_embedded_player" else _first_line(meta.get(key, ""))
        )
        if not value:
            continue
        found = re.search(r"""https?://[^\s"'<>\\]+""", value)
        address = safe_url(found[0]) if found else ""
        if not address or address in body or escape(address) in body or any(address in one for one in shown):
            continue
        if value.startswith("<"):
            shown.append(value)
        elif key in ("_format_link_url", "_format_url"):
            shown.append(f'<p><a href="{escape(address)}">{escape(address)}</a></p>')
        elif player := _PLAYERS.get(re.sub(r"[?#].*", "", address).rpartition(".")[2].lower()):
            shown.append(f'<{player} controls src="{escape(address)}"></{player}>')
        elif key != "enclosure":
            shown.append(address)
    return "\n\n".join(shown)


def below(meta: Mapping[str, str], body: str) -> str:
    """Old HTML of what stood below it."""
    name, address = plain_text(meta.get(BELOW[0], "")).strip(), safe_url(meta.get(BELOW[1], "").strip())
    if not name or name in plain_text(body):
        return ""
    return f'<p>— <a href="{escape(address)}">{escape(name)}</a></p>' if address else f"<p>— {escape(name)}</p>"


def _first_line(value: str) -> str:
    return next(iter(value.strip().splitlines()), "").strip()
