"""The colours of both schemes, and how a publication's own colours are made readable on them."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable

HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)

AA = 4.5
"""The least contrast of text (WCAG 2.2, 1.4.3)."""

GROUNDS = {
    "light": {"paper": "#fdfbf6", "tint": "#f8ebdd", "wash": "#f2eee5"},
    "dark": {"paper": "#0f1722", "tint": "#241f24", "wash": "#182332", "band": "#1a2635"},
}
"""What text stands on. `tint` is under opinion, `wash` under fact boxes, `band` under features in both schemes."""

INKS = {
    "light": {"ink": "#17191d", "muted": "#565a61"},
    "dark": {"ink": "#ece9e2", "muted": "#a9b1bc"},
}
"""What text is written in, on any ground of its scheme."""

RULES = {"light": "#d3cdc0", "dark": "#38465a"}

BRAND = "#8a1c1c"
TONES = {
    "news": "#a3191f",
    "opinion": "#a84300",
    "culture": "#75511a",
    "lifestyle": "#8f2467",
    "business": "#0d5c75",
    "faith": "#4b4a9e",
}


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(colour: str, scheme: str, least: float = AA) -> str:
    """The colour itself, or its nearest shade that can be read on every ground of the scheme."""
    grounds = GROUNDS[scheme].values()
    hue, lightness, saturation = colorsys.rgb_to_hls(*(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)))
    target = 0.0 if scheme == "light" else 1.0
    for step in range(101):
        shade = _hex(colorsys.hls_to_rgb(hue, lightness + (target - lightness) * step / 100, saturation))
        if min(contrast(shade, ground) for ground in grounds) >= least:
            return shade
    raise AssertionError(f"no shade of {colour} can be read on {scheme} grounds")


def on(fill: str) -> str:
    """Black or white, whichever is easier to read on a filled ground."""
    return max(("#ffffff", "#000000"), key=lambda text: contrast(text, fill))


def text_pairs(brand: str, tones: dict[str, str]) -> Iterable[tuple[str, str, str]]:
    """Every (name, text colour, ground) the stylesheet can put together, in both schemes."""
    for scheme, grounds in GROUNDS.items():
        texts = dict(INKS[scheme]) | {"brand": readable(brand, scheme)}
        texts |= {f"tone-{name}": readable(colour, scheme) for name, colour in tones.items()}
        for text_name, text in texts.items():
            for ground_name, ground in grounds.items():
                yield f"{scheme} {text_name} on {ground_name}", text, ground
            # Labels and the skip link are written in paper on a filled ground.
            yield f"{scheme} paper on {text_name}", grounds["paper"], text


def declarations(brand: str, tones: dict[str, str]) -> str:
    """The custom properties of all colours, each with its light and its dark value."""
    light, dark = GROUNDS["light"], GROUNDS["dark"]
    pairs = {name: (light.get(name, dark[name]), dark[name]) for name in dark}
    pairs |= {name: (INKS["light"][name], INKS["dark"][name]) for name in INKS["dark"]}
    pairs["rule"] = (RULES["light"], RULES["dark"])
    pairs["brand"] = (readable(brand, "light"), readable(brand, "dark"))
    pairs |= {f"tone-{name}": (readable(colour, "light"), readable(colour, "dark")) for name, colour in tones.items()}
    return "".join(f"--{name}:{one};" if one == other else f"--{name}:light-dark({one},{other});" for name, (one, other) in pairs.items())


def _hex(rgb: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in rgb)
