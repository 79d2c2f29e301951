"""The picture of a story that has none: its headline, set in whatever script it is written in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from PIL import Image, ImageDraw

from broadsheet import palette
from broadsheet.sharing.fonts import Face, choices
from broadsheet.sharing.lines import Run, lines, runs

WIDTH, HEIGHT = 1200, 630
MARGIN, BAND = 72, 20
TOP, BOTTOM = 132, 506
"""Between which the headline stands."""
LINE = 536
"""Below which the publication stands."""
SIZES = (92, 84, 77, 70, 64, 58, 53, 48, 44, 40, 36, 33, 30)
TIGHT = 0.92
"""Of the height that a font asks for between two lines: it counts with letters that headlines seldom have."""


@dataclass(frozen=True, slots=True)
class Card:
    """All that a card shows; two that are equal look the same."""

    headline: str
    kicker: str
    name: str
    """Of the publication."""
    language: str
    right_to_left: bool
    name_language: str
    name_right_to_left: bool
    brand: str
    tone: str
    opinion: bool

    def told(self) -> str:
        """Everything in one text, by which one card is told from another."""
        return "\x1f".join(str(getattr(self, field.name)) for field in fields(self))


@dataclass(frozen=True, slots=True)
class _Set:
    """A text in lines, each in its runs, in one size."""

    size: int
    lines: tuple[tuple[Run, ...], ...]
    ascent: float
    height: float
    """From one line to the next."""


def draw(card: Card, logo: Image.Image | None = None) -> bytes:
    """The card as PNG. Where no font has the headline's letters it shows the publication's logo or name, never boxes for letters."""
    ground = palette.GROUNDS["light"]["tint" if card.opinion else "paper"]
    ink, brand = palette.INKS["light"]["ink"], palette.readable(card.brand, "light")
    picture = Image.new("RGB", (WIDTH, HEIGHT), ground)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, WIDTH, BAND), fill=brand)
    room = WIDTH - 2 * MARGIN
    headline = _fitted(card.headline, card.language, card.right_to_left, room, BOTTOM - TOP, SIZES)
    if headline is None:
        _sign(picture, pen, card, logo, ink)
    else:
        block = len(headline.lines) * headline.height
        _write(pen, headline, TOP + (BOTTOM - TOP - block) / 2, card.right_to_left, ink)
        if kicker := _fitted(card.kicker, card.language, card.right_to_left, room, 84, (34, 30, 26, 22), serif=False, most=1):
            _write(pen, kicker, BAND + 34, card.right_to_left, palette.readable(card.tone, "light"))
        pen.line((MARGIN, LINE, WIDTH - MARGIN, LINE), fill=palette.RULES["light"], width=2)
        if name := _fitted(card.name, card.name_language, card.name_right_to_left, room, 72, (42, 36, 30, 26, 22), most=1):
            _write(pen, name, LINE + 6 + (72 - name.height) / 2, card.right_to_left, brand)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _sign(picture: Image.Image, pen: ImageDraw.ImageDraw, card: Card, logo: Image.Image | None, ink: str) -> None:
    if logo is not None:
        logo = logo.convert("RGBA")
        logo.thumbnail((WIDTH - 2 * MARGIN, HEIGHT - 3 * MARGIN))
        picture.paste(logo, ((WIDTH - logo.width) // 2, (HEIGHT + BAND - logo.height) // 2), logo)
    elif name := _fitted(card.name, card.name_language, card.name_right_to_left, WIDTH - 2 * MARGIN, HEIGHT - 3 * MARGIN, (120, *SIZES)):
        _write(pen, name, (HEIGHT + BAND - len(name.lines) * name.height) / 2, None, ink)


def _fitted(
    text: str, language: str, right_to_left: bool, width: float, height: float, sizes: Sequence[int], *, serif: bool = True, most: int = 99
) -> _Set | None:
    """The text in the largest size in which it fits; None when a letter has no shape in any font, or when it fits in none."""
    faces = choices(language, serif=serif)
    whole = runs(text, faces, right_to_left=right_to_left)
    if not whole:
        return None
    used = list(dict.fromkeys(run.face for run in whole))
    measure = _Measure(faces, right_to_left)
    for size in sizes:
        ascent, line_height = _heights(used, size)
        made = measure.lines(text, width / size)
        if len(made) <= most and len(made) * line_height <= height:
            shown = [
                tuple(runs(line, faces, right_to_left=right_to_left) or ()) for line in measure.balanced(text, width / size, len(made))
            ]
            if all(sum(length(run, size) for run in line) <= width for line in shown):
                return _Set(size, tuple(shown), ascent, line_height)
    return None


def _heights(faces: Sequence[Face], size: int) -> tuple[float, float]:
    metrics = [face.at(size).getmetrics() for face in faces]
    ascent, descent = max(one[0] for one in metrics), max(one[1] for one in metrics)
    return ascent * TIGHT, (ascent + descent) * TIGHT


class _Measure:
    """How wide words are, for a size of one pixel: each is shaped once and not once for every size that is tried."""

    REFERENCE = 64

    def __init__(self, faces: Sequence[Face], right_to_left: bool) -> None:
        self.faces, self.right_to_left = faces, right_to_left
        self.known: dict[str, float] = {}

    def width(self, word: str) -> float:
        """Of a word whose letters all have shapes."""
        if word not in self.known:
            made = runs(word, self.faces, right_to_left=self.right_to_left) or []
            self.known[word] = sum(length(run, self.REFERENCE) for run in made) / self.REFERENCE
        return self.known[word]

    def lines(self, text: str, room: float) -> list[str]:
        """The text in lines of this width."""
        return lines(text, self.width, room)

    def balanced(self, text: str, room: float, count: int) -> list[str]:
        """As many lines, of lengths as even as can be: set in the narrowest width that needs no more of them."""
        low, high = room / 2, room
        for _ in range(6):
            middle = (low + high) / 2
            low, high = (low, middle) if len(self.lines(text, middle)) <= count else (middle, high)
        return self.lines(text, high)


def length(run: Run, size: int) -> float:
    """The width of a run in pixels."""
    return run.face.at(size).getlength(run.text, **_way(run))


def _way(run: Run) -> dict[str, Any]:
    return {"direction": "rtl" if run.right_to_left else "ltr"}


def _write(pen: ImageDraw.ImageDraw, text: _Set, top: float, right_to_left: bool | None, fill: str) -> None:
    """Lines from their starting side, or in the middle where that is None."""
    for number, line in enumerate(text.lines):
        width = sum(length(run, text.size) for run in line)
        x = (WIDTH - width) / 2 if right_to_left is None else WIDTH - MARGIN - width if right_to_left else float(MARGIN)
        for run in line:
            pen.text((x, top + number * text.height + text.ascent), run.text, fill, run.face.at(text.size), anchor="ls", **_way(run))
            x += length(run, text.size)
