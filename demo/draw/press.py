"""The press: turns one drawing into two screened ink plates and prints them over each other on paper."""

import io
import math
from pathlib import Path

from PIL import Image, ImageChops

PAPER = (244, 239, 228)
BLUE = (27, 45, 84)
SPOTS = {
    "vermilion": (226, 84, 50),
    "ochre": (226, 163, 48),
    "teal": (52, 160, 152),
    "plum": (170, 84, 128),
    "moss": (134, 158, 62),
}
BLEED = 4
GAIN = 7
QUALITIES = (74, 66, 58, 50)
HEAVIEST = 130_000


def _tile(kind: str, pitch: int) -> Image.Image:
    """One repeat of a screen; its values are the thresholds a tone must pass to print."""
    tile = Image.new("L", (pitch, pitch))
    for y in range(pitch):
        for x in range(pitch):
            u, v = 2 * math.pi * (x + 0.5) / pitch, 2 * math.pi * (y + 0.5) / pitch
            if kind in ("line", "broad"):
                level = abs(2 * ((y + 0.5) / pitch) - 1)
            elif kind == "diagonal":
                level = abs(2 * (((x + y) % pitch + 0.5) / pitch) - 1)
            else:
                level = 0.5 - (math.cos(u) + math.cos(v)) / 4
            tile.putpixel((x, y), round(16 + 223 * level))
    return tile


def _screen(size: tuple[int, int], kind: str, pitch: int) -> Image.Image:
    tile = _tile(kind, pitch)
    row = Image.new("L", (size[0], pitch))
    for x in range(0, size[0], pitch):
        row.paste(tile, (x, 0))
    whole = Image.new("L", size)
    for y in range(0, size[1], pitch):
        whole.paste(row, (0, y))
    return whole


def _plate(tone: Image.Image, screened: Image.Image, kind: str, pitch: int) -> Image.Image:
    """The plate for one ink: broken into the screen where the drawing asks for it, flat elsewhere."""
    broken = ImageChops.subtract(tone, _screen(tone.size, kind, pitch), scale=1 / GAIN, offset=128)
    return Image.composite(broken, tone, screened)


def _inked(plate: Image.Image, colour: tuple[int, int, int]) -> Image.Image:
    # A thin film of blue looks bluer than a thick one: each band takes up ink at its own rate.
    rates = (0.85, 1.0, 1.35) if colour == BLUE else (1.0, 1.0, 1.0)
    bands = [plate.point([round(255 - (t / 255) ** rate * (255 - c)) for t in range(256)]) for c, rate in zip(colour, rates, strict=True)]
    return Image.merge("RGB", bands)


def pull(drawing: bytes, size: tuple[int, int], spot: str, screens: tuple[str, str]) -> Image.Image:
    """Print a drawing whose red, green and blue say how much blue ink, spot ink and screen goes where."""
    red, green, blue = (ImageChops.invert(band) for band in Image.open(io.BytesIO(drawing)).convert("RGB").split())
    pitch = {"line": 8, "broad": 16, "diagonal": 16, "dot": 12}
    first = _plate(red, blue, screens[0], pitch[screens[0]])
    second = _plate(green, blue, screens[1], pitch[screens[1]])
    width, height = size
    # The spot plate lies two pixels off, as it does on a hand press: it leaves the sliver of paper that says "printed".
    first = first.crop((BLEED, BLEED, BLEED + width, BLEED + height))
    second = second.crop((BLEED - 2, BLEED + 2, BLEED - 2 + width, BLEED + 2 + height))
    sheet = Image.new("RGB", size, PAPER)
    return ImageChops.multiply(ImageChops.multiply(sheet, _inked(second, SPOTS[spot])), _inked(first, BLUE))


def save(print_: Image.Image, path: Path) -> None:
    """Write the print as a web JPEG, at the best quality that stays light enough for a front page."""
    for quality in QUALITIES:
        print_.save(path, quality=quality, optimize=True, progressive=True, subsampling="4:2:0")
        if path.stat().st_size <= HEAVIEST:
            return
