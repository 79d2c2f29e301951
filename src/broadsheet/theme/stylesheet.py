"""All of a publication's CSS in one file: ours, its settings, and its own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from broadsheet import palette

FOLDER = Path(__file__).parent / "static" / "broadsheet" / "css"
LAYERS = "@layer reset,tokens,base,layout,components,utilities,site;"
SHEETS = (
    "reset", "tokens", "scripts", "base", "layout", "masthead", "menu", "card", "containers", "story", "record", "comments", "prose", "evidence", "lists",
    "search", "footer", "utilities", "print",
)  # fmt: skip

SERIF_END = '"Noto Serif","Liberation Serif",serif'
SANS_END = 'system-ui,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif'
TYPE_SETS = {
    "transitional": (
        f'Charter,"Bitstream Charter","Sitka Text",Cambria,"Source Serif 4",{SERIF_END}',
        f'Seravek,"Gill Sans Nova",Ubuntu,Calibri,"Source Sans 3","Source Sans Pro",{SANS_END}',
    ),
    "old-style": (
        f'"Iowan Old Style","Palatino Linotype","URW Palladio L",P052,{SERIF_END}',
        f'Optima,Candara,"Noto Sans",{SANS_END}',
    ),
    "modern": (
        f'"Source Serif 4","Source Serif Pro","Noto Serif",Georgia,{SERIF_END}',
        f'Inter,"Helvetica Neue","Arial Nova","Nimbus Sans",{SANS_END}',
    ),
}


class BadSetting(ValueError):
    """A setting that cannot become CSS; the message names it and says what would do."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a publication chooses of its appearance."""

    brand: str = palette.BRAND
    """`#rrggbb`; shades of it that can be read in both schemes are derived."""
    type_set: str = "transitional"
    tones: Mapping[str, str] = field(default_factory=dict)
    """Tone → `#rrggbb`, for those that differ from ours."""


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """A compiled stylesheet and the name that changes when it does."""

    text: str
    digest: str

    @property
    def file_name(self) -> str:
        """To be served with an unlimited lifetime."""
        return f"broadsheet-{self.digest}.css"


def compile_stylesheet(look: Look | None = None, site_css: str = "") -> Stylesheet:
    """The one stylesheet of a publication.

    Raises BadSetting if a colour, the type set or the site's own CSS cannot be used.
    """
    look = look or Look()
    parts = [LAYERS, *((FOLDER / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS), _settings(look)]
    if site_css.strip():
        parts.append(f"@layer site{{{_own(site_css)}}}")
    text = minified("\n".join(parts))
    return Stylesheet(text=text, digest=hashlib.sha256(text.encode()).hexdigest()[:12])


def _settings(look: Look) -> str:
    if look.type_set not in TYPE_SETS:
        raise BadSetting(f"type set {look.type_set!r} is not known; choose one of {', '.join(TYPE_SETS)}")
    unknown = sorted(set(look.tones) - set(palette.TONES))
    if unknown:
        raise BadSetting(f"tone {unknown[0]!r} is not known; tones are {', '.join(palette.TONES)}")
    brand = _colour("brand colour", look.brand)
    tones = palette.TONES | {name: _colour(f"colour of tone {name}", value) for name, value in look.tones.items()}
    serif, sans = TYPE_SETS[look.type_set]
    classes = "".join(f".tone-{name}{{--tone:var(--tone-{name})}}" for name in tones)
    # [lang] repeats the stacks, so that an English headline inside an Urdu page gets its own back.
    return f"@layer tokens{{:root{{{palette.declarations(brand, tones)}}}:where(:root,[lang]){{--serif:{serif};--sans:{sans}}}{classes}}}"


def _colour(name: str, value: object) -> str:
    if not isinstance(value, str) or not palette.HEX.fullmatch(value):
        raise BadSetting(f"{name} {value!r} is not a colour; write # and six hexadecimal digits, such as {palette.BRAND}")
    return value.lower()


def _own(css: str) -> str:
    """The site's CSS, if it can stand inside a layer without leaving it."""
    bare = TOKEN.sub("", css)
    if re.search(r"/\*|[\"']", bare):
        raise BadSetting("the site's own CSS has a comment or a string that does not end")
    if found := re.search(r"@(import|charset|namespace)\b|<", bare, re.IGNORECASE):
        raise BadSetting(f"the site's own CSS contains {found[0]!r}, which cannot stand there; put its rules in the file itself")
    depth = 0
    for brace in re.findall(r"[{}]", bare):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            break
    if depth:
        raise BadSetting("the site's own CSS has braces that do not match; see that every { has its }")
    return css


TOKEN = re.compile(r"""/\*.*?\*/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|url\([^"')]*\)""", re.DOTALL)
AROUND = re.compile(r"\s*([{};,])\s*")


def minified(css: str) -> str:
    """The same CSS without comments and needless space; strings and addresses stay as they are."""
    kept: list[str] = []

    def keep(token: re.Match[str]) -> str:
        if token[0].startswith("/*"):
            return " "
        kept.append(token[0])
        return f"\0{len(kept) - 1}\0"

    bare = TOKEN.sub(keep, css)
    bare = AROUND.sub(r"\1", re.sub(r"\s+", " ", bare)).replace(": ", ":").replace(";}", "}")
    return re.sub(r"\0(\d+)\0", lambda mark: kept[int(mark[1])], bare).strip()
