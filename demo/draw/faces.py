"""What a drawn face is made of: shoulders, features, hair, beards, and the wall behind."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from draw.sheet import BARE, DEEP, NAVY, SPOT, Point, Sheet, ink, smooth

SQUARE = (880, 880)
CENTRE = (440.0, 372.0)
"""Between the eyes and the nose."""
NEAR = 1.2
"""How much nearer than drawn we stand: faces must be known at the size of a thumb."""

FAIR, SAND, TAN, BROWN = ink(0.02, 0.16), ink(0.06, 0.3), ink(0.14, 0.46), ink(0.36, 0.62)
GREY, WHITE = ink(0.34, 0.1), ink(0.1, 0.02)


@dataclass(frozen=True)
class Sitter:
    """What tells one face from another; widths and lengths are shares of the usual."""

    skin: str
    hair: str = DEEP
    wide: float = 1.0
    jaw: float = 1.0
    long: float = 1.0
    turn: float = 14
    """How far nose and eyes lie beside the middle, in pixels; negative looks to the left."""
    brow: float = 11
    smile: float = 8
    lined: bool = False
    glasses: str = ""
    coat: str = NAVY
    collar: str = "shirt"
    shirt: str = BARE


def _shade(skin: str) -> str:
    """The side of the face away from the light."""
    blue, spot = (1 - int(skin[i : i + 2], 16) / 255 for i in (1, 3))
    return ink(min(1, blue + 0.24), min(1, spot + 0.2), 1)


def _face(s: Sitter) -> list[Point]:
    x, y = CENTRE
    w, j, k = 112 * s.wide, s.jaw, s.long
    right = [
        (0, -172), (62, -164), (100, -118), (112, -40), (108, 36), (96 * j, 92 * k), (64 * j, 142 * k), (24 * j, 166 * k), (0, 169 * k),
    ]  # fmt: skip
    points = [(x + dx * w / 112, y + dy) for dx, dy in right]
    return points + [(2 * x - px, py) for px, py in reversed(points[1:-1])]


def _shoulders(c: Sheet, s: Sitter) -> None:
    x, y = CENTRE
    shade = _shade(s.skin)
    c.path(f"M{x - 62} {y + 90}L{x - 66} {y + 270}L{x + 72} {y + 270}L{x + 64} {y + 90}Z", s.skin)
    c.path(f"M{x - 62} {y + 118}C{x - 20} {y + 186} {x + 40} {y + 186} {x + 64} {y + 110}L{x + 72} {y + 270}L{x + 8} {y + 270}Z", shade)
    body = f"M{x - 330} 900C{x - 318} {y + 320} {x - 200} {y + 268} {x - 72} {y + 226}L{x} {y + 320}L{x + 74} {y + 226}C{x + 204} {y + 268} {x + 318} {y + 320} {x + 332} 900Z"
    if s.collar == "round":
        c.path(
            f"M{x - 86} {y + 214}C{x - 40} {y + 300} {x + 46} {y + 300} {x + 88} {y + 214}L{x + 130} {y + 420}L{x - 130} {y + 420}Z", s.skin
        )
        body = f"M{x - 330} 900C{x - 318} {y + 320} {x - 200} {y + 262} {x - 92} {y + 222}C{x - 60} {y + 330} {x + 66} {y + 330} {x + 94} {y + 222}C{x + 204} {y + 262} {x + 318} {y + 320} {x + 332} 900Z"
        c.path(body, s.coat)
    elif s.collar == "high":
        c.path(
            f"M{x - 330} 900C{x - 318} {y + 320} {x - 200} {y + 262} {x - 84} {y + 232}L{x - 78} {y + 150}C{x - 30} {y + 206} {x + 40} {y + 206} {x + 80} {y + 146}L{x + 88} {y + 232}C{x + 204} {y + 262} {x + 318} {y + 320} {x + 332} 900Z",
            s.coat,
        )
        c.curve([(x - 78, y + 152), (x, y + 202), (x + 80, y + 148)], s.shirt, 7)
        c.line([(x + 6, y + 206), (x + 12, 890)], s.shirt, 5)
    else:
        c.path(f"M{x - 96} {y + 214}L{x} {y + 340}L{x + 98} {y + 214}L{x + 120} 900L{x - 120} 900Z", s.shirt)
        c.path(body.replace(f"L{x} {y + 320}L", f"L{x - 10} 900L{x + 14} 900L"), s.coat)
        for side in (-1, 1):
            c.poly([(x + side * 70, y + 206), (x + side * 108, y + 236), (x + side * 46, y + 352), (x + side * 2, y + 318)], s.shirt)
            c.line([(x + side * 108, y + 236), (x + side * 46, y + 352), (x + side * 2, y + 318)], NAVY, 3.5)
            c.line(
                [(x + side * 112, y + 240), (x + side * 96, y + 400), (x + side * 20, 890)],
                ink(0.3, 0.3) if s.coat in (NAVY, DEEP) else NAVY,
                4,
            )
        if s.collar == "tie":
            c.poly([(x - 20, y + 322), (x + 20, y + 322), (x + 12, y + 352), (x + 34, 900), (x - 34, 900), (x - 12, y + 352)], SPOT)
    # The side away from the light.
    with c.inside(body), c.overprint():
        c.path(f"M{x + 150} {y + 220}C{x + 120} {y + 400} {x + 170} {y + 500} {x + 150} 900L900 900L900 {y + 200}Z", ink(0.42, 0.2, 1))


def _features(c: Sheet, s: Sitter) -> None:
    x, y = CENTRE
    t, shade = s.turn, _shade(s.skin)
    with c.inside(smooth(_face(s), closed=True)):
        sign = 1 if t >= 0 else -1
        nose = x + t
        c.blob(
            [
                (nose + sign * 8, y - 180), (nose + sign * 34, y - 60), (nose + sign * 16, y - 20), (nose + sign * 34, y + 52), (nose + sign * 6, y + 66),
                (nose + sign * 30, y + 92), (nose + sign * 8, y + 132), (nose + sign * 20, y + 190), (x + sign * 170, y + 190), (x + sign * 170, y - 180),
            ],
            shade,
        )  # fmt: skip
    line = ink(0.86, 0.9)
    for side in (-1, 1):
        ex, ey = x + t + side * 48 * s.wide, y - 8
        c.curve([(ex - 23, ey + 5), (ex - 9, ey - 9), (ex + 10, ey - 9), (ex + 24, ey + 4)], line, 6)
        c.disc(ex + sign * 3, ey + 2, 8.5, line, 9)
        c.disc(ex + sign * 3 - 3, ey - 2, 2.4, BARE)
        c.curve([(ex - 15, ey + 14), (ex, ey + 17), (ex + 15, ey + 12)], line, 2.2)
        lift = 46 + (5 if side == sign else 0)
        tone = line if s.hair not in (GREY, WHITE) else ink(0.62, 0.5)
        c.curve(
            [
                (ex - 30 * (1 if side < 0 else 0.9), ey - lift + 12),
                (ex - side * 4, ey - lift),
                (ex + 30, ey - lift + (12 if side > 0 else 6)),
            ],
            tone,
            s.brow,
        )
        if s.lined:
            c.curve([(ex - 20, ey + 28), (ex, ey + 35), (ex + 20, ey + 27)], line, 2)
    c.curve([(nose + sign * 10, y + 10), (nose + sign * 24, y + 50), (nose + sign * 8, y + 62), (nose - sign * 12, y + 58)], line, 4.5)
    my, mx = y + 104 * s.long, x + t * 0.8
    c.blob(
        [(mx - 38, my - 3), (mx - 12, my - 9), (mx, my - 6), (mx + 12, my - 9), (mx + 38, my - 3), (mx, my + 17)],
        ink(0.34, 0.8) if s.skin not in (BROWN,) else ink(0.6, 0.95),
    )
    c.curve([(mx - 44, my - s.smile * 0.9), (mx - 16, my + 1), (mx + 16, my + 1), (mx + 44, my - s.smile)], line, 4.5)
    if s.lined:
        for side in (-1, 1):
            c.curve([(mx + side * 46, my - 42), (mx + side * 60, my - 16), (mx + side * 56, my + 8)], line, 2.6)
        c.curve([(x + t - 36, y - 112), (x + t, y - 116), (x + t + 36, y - 111)], line, 2.2)
    if s.glasses:
        for side in (-1, 1):
            ex = x + t + side * 50 * s.wide
            if s.glasses == "round":
                c.ring(ex, y - 4, 38, line, 6)
            else:
                c.path(f"M{ex - 42} {y - 30}h84q4 0 3 8l-8 38q-3 14 -16 14h-42q-13 0 -16 -14l-8 -38q-1 -8 3 -8Z", "none", line, 7)
        c.curve([(x + t - 12, y - 8), (x + t, y - 14), (x + t + 12, y - 8)], line, 6)
        c.line([(x + t - 90 * s.wide, y - 10), (x - 112 * s.wide, y - 14)], line, 5)
        c.line([(x + t + 90 * s.wide, y - 10), (x + 112 * s.wide, y - 14)], line, 5)


def _ears(c: Sheet, s: Sitter) -> None:
    x, y = CENTRE
    c.disc(x - 112 * s.wide, y + 10, 18, s.skin, 32)
    c.disc(x + 112 * s.wide, y + 10, 18, _shade(s.skin), 32)


def sit(
    c: Sheet, s: Sitter, *, behind: Callable[[Sheet, Sitter], None] | None = None, before: Callable[[Sheet, Sitter], None], ears: bool = True
) -> None:  # fmt: skip
    """One portrait: what hangs behind the head, shoulders, face, and what lies over the forehead."""
    if behind:
        behind(c, s)
    _shoulders(c, s)
    if ears:
        _ears(c, s)
    c.blob(_face(s), s.skin)
    _features(c, s)
    before(c, s)


def cap(c: Sheet, s: Sitter, *, high: float = 214, low: float = -54, part: float = -50, fringe: float = -112) -> None:
    """Short hair: a cap with a parting."""
    x, y = CENTRE
    w = 122 * s.wide
    c.blob(
        [
            (x - w + 4, y + low + 60), (x - w - 8, y - 70), (x - w * 0.8, y - 168), (x - 30, y - high), (x + w * 0.55, y - high + 18), (x + w + 4, y - 110),
            (x + w + 2, y + low + 56), (x + w - 16, y + low - 20), (x + w * 0.62, y + fringe - 18), (x + part * 0.2, y + fringe), (x + part, y + fringe - 28),
            (x - w * 0.72, y + fringe + 16), (x - w + 18, y + low),
        ],
        s.hair,
    )  # fmt: skip


def _strands(c: Sheet, s: Sitter, n: int = 5, high: float = 196) -> None:
    """Lines that say which way hair is combed."""
    x, y = CENTRE
    tone = ink(0.5, 0.3) if s.hair in (DEEP, NAVY) else ink(0.7, 0.5)
    for i in range(n):
        k = i / max(n - 1, 1)
        c.curve(
            [(x - 60 + 10 * i, y - high + 34 + 16 * k), (x + 10 + 16 * i, y - high + 40 + 12 * k), (x + 64 + 9 * i, y - 122 + 10 * k)],
            tone,
            3,
        )


def curls(c: Sheet, s: Sitter, *, reach: float, size: float, start: float = 168, end: float = 372, rows: int = 3, drop: float = 0) -> None:
    """Rings of curls round the crown."""
    x, y = CENTRE
    for row in range(rows):
        r = reach - row * size * 0.85
        n = int((end - start) / 180 * math.pi * r / (size * 1.05))
        for i in range(n + 1):
            a = math.radians(start + (end - start) * i / n)
            c.disc(x + r * s.wide * math.cos(a), y - 40 + drop + r * math.sin(a), size * c.chance.uniform(0.85, 1.1), s.hair)


def _beard(c: Sheet, s: Sitter, *, full: float = 1.0, tone: str = "") -> None:
    x, y = CENTRE
    w, k, tone = 112 * s.wide, s.long, tone or s.hair
    c.path(
        f"M{x - w + 2} {y + 20}C{x - w + 4} {y + 130 * k} {x - 70} {y + (180 + 26 * full) * k} {x} {y + (186 + 30 * full) * k}"
        f"C{x + 70} {y + (180 + 26 * full) * k} {x + w - 4} {y + 130 * k} {x + w - 2} {y + 20}C{x + w - 26} {y + 62} {x + 66} {y + 76} {x + 52 + s.turn} {y + 78}"
        f"C{x + 24 + s.turn} {y + 68} {x - 24 + s.turn} {y + 68} {x - 52 + s.turn} {y + 78}C{x - 70} {y + 76} {x - w + 26} {y + 62} {x - w + 2} {y + 20}Z",
        tone,
    )
    mx, my = x + s.turn * 0.8, y + 104 * k
    c.blob([(mx - 36, my - 2), (mx, my - 8), (mx + 36, my - 2), (mx, my + 16)], ink(0.4, 0.85))
    c.curve([(mx - 36, my - 3), (mx, my + 2), (mx + 36, my - 4)], ink(0.9, 0.95), 4)


def _scarf(c: Sheet, s: Sitter, tone: str, fold: str) -> None:
    """A headscarf: over the crown, round the face, onto the shoulder."""
    x, y = CENTRE
    outer = f"M{x} {y - 236}C{x + 150} {y - 236} {x + 172} {y - 60} {x + 160} {y + 70}C{x + 152} {y + 180} {x + 196} {y + 260} {x + 236} {y + 330}L{x - 236} {y + 330}C{x - 196} {y + 260} {x - 152} {y + 180} {x - 160} {y + 70}C{x - 172} {y - 60} {x - 150} {y - 236} {x} {y - 236}Z"
    inner = f"M{x} {y - 150}C{x - 84} {y - 150} {x - 106} {y - 70} {x - 104} {y + 10}C{x - 102} {y + 110} {x - 52} {y + 176} {x} {y + 178}C{x + 52} {y + 176} {x + 102} {y + 110} {x + 104} {y + 10}C{x + 106} {y - 70} {x + 84} {y - 150} {x} {y - 150}Z"
    c.parts.append(f'<path d="{outer}{inner}" fill="{tone}" fill-rule="evenodd"/>')
    for dx, w in ((0, 5), (26, 4), (54, 3)):
        c.curve(
            [
                (x - 106 - dx * 0.5, y - 60),
                (x - 112 - dx * 0.4, y + 60),
                (x - 60 - dx, y + 196),
                (x + 30 - dx, y + 262),
                (x + 150 - dx, y + 300),
            ],
            fold,
            w,
        )
    c.curve([(x - 96, y - 176), (x, y - 206), (x + 104, y - 168)], fold, 4)
    c.curve([(x + 128, y - 70), (x + 126, y + 70), (x + 92, y + 170)], fold, 4)


def ground(c: Sheet, fill: str, *, disc: str = "", rays: str = "", bars: str = "", hills: str = "") -> None:
    """The wall behind the sitter."""
    c.rect(-20, -20, c.w + 40, c.h + 40, fill)
    if rays:
        for i in range(0, 360, 15):
            a, b = math.radians(i), math.radians(i + 7.5)
            c.poly([CENTRE, (440 + 900 * math.cos(a), 372 + 900 * math.sin(a)), (440 + 900 * math.cos(b), 372 + 900 * math.sin(b))], rays)
    if bars:
        for i in range(-20, 900, 88):
            c.rect(i, -20, 40, 920, bars)
    if disc:
        c.disc(440, 372, 330, disc)
    if hills:
        c.under([(-20, 620), (160, 520), (330, 600), (560, 470), (760, 580), (900, 500)], hills)


def long_hair(length: float, *, wave: float = 0, wide: float = 150) -> Callable[[Sheet, Sitter], None]:
    """Hair that falls behind the shoulders."""

    def behind(c: Sheet, s: Sitter) -> None:
        x, y = CENTRE
        c.blob(
            [
                (x, y - 226), (x + 110, y - 196), (x + wide, y - 70), (x + wide + wave, y + 60), (x + wide - 6, y + length * 0.7), (x + wide + wave - 8, y + length),
                (x, y + length - 40), (x - wide - wave + 8, y + length), (x - wide + 6, y + length * 0.7), (x - wide - wave, y + 60), (x - wide, y - 70), (x - 110, y - 196),
            ],
            s.hair,
        )  # fmt: skip

    return behind


def curtain(c: Sheet, s: Sitter) -> None:
    """Long hair over the forehead, parted at one side."""
    x, y = CENTRE
    w = 118 * s.wide
    c.blob(
        [
            (x - w - 14, y + 60),
            (x - w - 16, y - 90),
            (x - 70, y - 206),
            (x + 40, y - 216),
            (x + 34, y - 160),
            (x - 50, y - 122),
            (x - w + 14, y - 50),
        ],
        s.hair,
    )
    c.blob(
        [
            (x + 10, y - 214),
            (x + 96, y - 190),
            (x + w + 16, y - 80),
            (x + w + 14, y + 60),
            (x + w - 12, y - 40),
            (x + 74, y - 124),
            (x + 22, y - 166),
        ],
        s.hair,
    )


def fringe(c: Sheet, s: Sitter) -> None:
    """Straight hair cut over the brows."""
    x, y = CENTRE
    w = 118 * s.wide
    c.blob(
        [
            (x - w - 16, y + 70), (x - w - 14, y - 90), (x - 76, y - 206), (x + 76, y - 206), (x + w + 14, y - 90), (x + w + 16, y + 70), (x + w - 14, y + 20),
            (x + w - 20, y - 66), (x + 50, y - 78), (x - 50, y - 78), (x - w + 20, y - 66), (x - w + 14, y + 20),
        ],
        s.hair,
    )  # fmt: skip


def bun(c: Sheet, s: Sitter) -> None:
    """Hair gathered in a knot on top."""
    x, y = CENTRE
    c.disc(x + 22, y - 236, 66, s.hair, 58)
    c.blob([(x - 132, y + 20), (x - 138, y - 90), (x - 80, y - 200), (x + 80, y - 200), (x + 138, y - 90), (x + 132, y + 20)], s.hair)


def swept(c: Sheet, s: Sitter) -> None:
    """Hair combed back."""
    x, y = CENTRE
    w = 116 * s.wide
    c.blob(
        [
            (x - w - 12, y + 30),
            (x - w - 14, y - 90),
            (x - 80, y - 204),
            (x + 70, y - 208),
            (x + w + 12, y - 100),
            (x + w + 12, y + 30),
            (x + w - 12, y - 56),
            (x + 40, y - 140),
            (x - 60, y - 134),
            (x - w + 12, y - 50),
        ],
        s.hair,
    )
    _strands(c, s, 4)


def receding(c: Sheet, s: Sitter) -> None:
    """Hair at the temples alone."""
    x, y = CENTRE
    w = 116 * s.wide
    for side in (-1, 1):
        c.blob(
            [
                (x + side * (w - 8), y + 44),
                (x + side * (w + 12), y - 30),
                (x + side * (w + 2), y - 110),
                (x + side * (w - 34), y - 152),
                (x + side * (w - 22), y - 90),
                (x + side * (w - 20), y - 20),
            ],
            s.hair,
        )


def moustache(c: Sheet, s: Sitter) -> None:
    """A moustache in the colour of the hair."""
    mx, my = CENTRE[0] + s.turn * 0.8, CENTRE[1] + 104 * s.long
    c.blob(
        [
            (mx - 62, my + 2),
            (mx - 36, my - 22),
            (mx, my - 26),
            (mx + 36, my - 22),
            (mx + 62, my + 2),
            (mx + 26, my - 4),
            (mx, my - 8),
            (mx - 26, my - 4),
        ],
        s.hair,
    )


def beret(c: Sheet, s: Sitter) -> None:
    """A beret over cropped temples."""
    x, y = CENTRE
    receding(c, s)
    c.blob(
        [
            (x - 140, y - 104),
            (x - 176, y - 160),
            (x - 60, y - 236),
            (x + 110, y - 232),
            (x + 168, y - 178),
            (x + 128, y - 112),
            (x, y - 128),
        ],
        SPOT,
    )
    c.curve([(x - 132, y - 104), (x, y - 130), (x + 128, y - 110)], NAVY, 12)


def crop(c: Sheet, s: Sitter) -> None:
    """Very short hair."""
    x, y = CENTRE
    w = 114 * s.wide
    c.blob(
        [
            (x - w - 4, y - 6),
            (x - w - 6, y - 90),
            (x - 74, y - 184),
            (x + 74, y - 184),
            (x + w + 6, y - 90),
            (x + w + 4, y - 6),
            (x + w - 14, y - 84),
            (x + 66, y - 136),
            (x, y - 146),
            (x - 66, y - 136),
            (x - w + 14, y - 84),
        ],
        s.hair,
    )


def braids(c: Sheet, s: Sitter) -> None:
    """Plaits that hang beside the face."""
    x, y = CENTRE
    for side in (-1, 1):
        for lane in (0, 1):
            for i in range(11):
                c.disc(x + side * (124 + lane * 26 + 4 * math.sin(i)), y - 60 + i * 33, 19, s.hair, 21)


def braid_top(c: Sheet, s: Sitter) -> None:
    """Plaited rows, gathered on the crown."""
    x, y = CENTRE
    crop(c, s)
    for i in range(-4, 5):
        c.curve([(x + i * 25, y - 132 - 14 * math.cos(i / 3)), (x + i * 20, y - 176), (x + i * 9, y - 208)], s.hair, 24)
    c.disc(x, y - 222, 46, s.hair, 30)


def quiff(c: Sheet, s: Sitter) -> None:
    """Hair combed up and back."""
    cap(c, s, high=236, part=40, fringe=-126)
    _strands(c, s, 5, high=216)


def bearded(top: Callable[[Sheet, Sitter], None], full: float) -> Callable[[Sheet, Sitter], None]:
    """A beard under whatever lies over the forehead."""

    def before(c: Sheet, s: Sitter) -> None:
        _beard(c, s, full=full)
        top(c, s)

    return before


def curly(c: Sheet, s: Sitter) -> None:
    """Curls over the forehead."""
    curls(c, s, reach=158, size=40, start=176, end=364, rows=2)
