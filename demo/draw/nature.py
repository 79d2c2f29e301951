"""Sky, land, water and what grows: the outdoor part of the vocabulary."""

import math
from collections.abc import Sequence

from draw.sheet import BARE, DEEP, MIST, NAVY, Point, Sheet, arc, ink

Tone = Sequence[float]


def sky(c: Sheet, top: Tone, foot: Tone, horizon: float) -> None:
    """A screened sky from the top edge to the horizon."""
    # Outside the wobble, in flat bands: a browser dithers its gradients, and the screen would print every speck.
    for y in range(-20, round(horizon) + 20, 4):
        step = (y + 20) / (horizon + 40)
        tone = ink(top[0] + (foot[0] - top[0]) * step, top[1] + (foot[1] - top[1]) * step, 1)
        c.backdrop.append(f'<rect x="-20" y="{y}" width="{c.w + 40}" height="4" fill="{tone}" shape-rendering="crispEdges"/>')


def sun(c: Sheet, x: float, y: float, r: float, fill: str = ink(0, 1)) -> None:
    """A flat disc of sun or moon."""
    c.disc(x, y, r, fill)


def cloud(c: Sheet, x: float, y: float, w: float, fill: str = BARE) -> None:
    """A flat-footed cloud, its foot centred on x, y."""
    n = 5
    humps = []
    for i in range(n):
        t = (i + 0.5) / n
        r = w * (0.10 + 0.11 * math.sin(math.pi * t)) * c.chance.uniform(0.85, 1.15)
        humps.append((x - w / 2 + w * t, r))
    for hx, r in humps:
        c.path(f"M{hx - r:.1f} {y:.1f}A{r:.1f} {r:.1f} 0 0 1 {hx + r:.1f} {y:.1f}Z", fill)
    c.rect(x - w * 0.62, y - w * 0.045, w * 1.24, w * 0.05, fill, w * 0.025)


def ridge(c: Sheet, y: float, swell: float, steps: int = 8) -> list[Point]:
    """Points of an uneven skyline from edge to edge around a height."""
    gap = (c.w + 80) / steps
    return [(-40 + gap * i, y + c.chance.uniform(-swell, swell)) for i in range(steps + 1)]


def hills(c: Sheet, y: float, swell: float, fill: str, steps: int = 7) -> list[Point]:
    """A rolling ridge filled to the foot of the sheet; returns its skyline."""
    line = ridge(c, y, swell, steps)
    c.under(line, fill)
    return line


def mountain(c: Sheet, x: float, y: float, w: float, h: float, fill: str, shade: str, snow: str = "") -> None:
    """A cut-paper peak standing on y, its right flank in shade, snow on top when given."""
    top = (x + c.chance.uniform(-0.06, 0.06) * w, y - h)
    left, right = (x - w / 2, y), (x + w / 2, y)
    jag = [c.chance.uniform(-0.04, 0.04) * w for _ in range(8)]

    def side(end: Point, wobble: list[float]) -> list[Point]:
        return [(top[0] + (end[0] - top[0]) * t + wobble[i], top[1] + (end[1] - top[1]) * t) for i, t in enumerate((0.2, 0.45, 0.7, 0.9))]

    ls, rs = side(left, jag[:4]), side(right, jag[4:])
    c.poly([left, *reversed(ls), top, *rs, right], fill)
    spine = [(top[0] + w * d, top[1] + h * t) for d, t in ((0.03, 0.18), (-0.04, 0.34), (0.05, 0.55), (0, 0.8), (0.06, 1))]
    c.poly([top, *rs, right, *reversed(spine)], shade)
    if snow:
        foot = top[1] + h * 0.34
        n = 7
        xs = [left[0] + (right[0] - left[0]) * 0.5 + (i / n - 0.5) * w * 0.34 for i in range(n + 1)]
        edge = [(px, foot + (h * 0.07 if i % 2 else -h * 0.05)) for i, px in enumerate(xs)]
        edge[0], edge[-1] = (xs[0], foot), (xs[-1], foot)
        with c.inside("M" + "L".join(f"{px:.1f} {py:.1f}" for px, py in [left, *reversed(ls), top, *rs, right]) + "Z"):
            c.poly(
                [(edge[0][0] - w, foot), (top[0] - w, top[1] - 20), (top[0] + w, top[1] - 20), (edge[-1][0] + w, foot), *reversed(edge)],
                snow,
            )
            with c.overprint():
                c.poly([top, *rs, right, *reversed(spine)], ink(0.3, 0))


def sea(c: Sheet, y: float, fill: str, crest: str, foot: float | None = None, density: float = 1.0) -> None:
    """Water from a horizon down, with wave strokes that grow towards the viewer."""
    end = c.h + 20 if foot is None else foot
    c.rect(-20, y, c.w + 40, end - y, fill)
    row, t = y + 8, 0.0
    while row < end:
        t = (row - y) / (c.h - y)
        length, fat = 26 + 190 * t, 2 + 9 * t
        for _ in range(max(2, round(density * 15 * (1 - 0.55 * t)))):
            wave(c, c.chance.uniform(-80, c.w), row + c.chance.uniform(-6, 6), length * c.chance.uniform(0.5, 1.3), fat, crest)
        row += 12 + 58 * t


def wave(c: Sheet, x: float, y: float, w: float, fat: float, fill: str) -> None:
    """One lens-shaped stroke of a brush on water."""
    c.path(f"M{x:.1f} {y:.1f}q{w / 2:.1f} {-fat:.1f} {w:.1f} 0q{-w / 2:.1f} {fat:.1f} {-w:.1f} 0Z", fill)


def glitter(c: Sheet, x: float, y: float, foot: float, w: float, fill: str, rows: int = 16) -> None:
    """A path of light on water, widening downwards."""
    for i in range(rows):
        t = i / rows
        half = w * (0.25 + 0.75 * t) * c.chance.uniform(0.4, 1) / 2
        wave(c, x - half + c.chance.uniform(-0.2, 0.2) * w, y + (foot - y) * t**1.3, half * 2, 6 + 14 * t, fill)


def birds(c: Sheet, x: float, y: float, n: int, spread: float, tone: str = NAVY, size: float = 16) -> None:
    """A loose flight of gulls."""
    for _ in range(n):
        bx, by = x + c.chance.uniform(-spread, spread), y + c.chance.uniform(-0.45, 0.45) * spread
        s = size * c.chance.uniform(0.6, 1.2)
        c.path(
            f"M{bx - s * 1.6:.1f} {by - s * 0.35:.1f}q{s * 0.9:.1f} {-s * 0.8:.1f} {s * 1.6:.1f} {s * 0.35:.1f}"
            f"q{s * 0.7:.1f} {-s * 1.1:.1f} {s * 1.6:.1f} {-s * 0.35:.1f}",
            "none",
            tone,
            s * 0.26,
        )


def tree(c: Sheet, x: float, y: float, h: float, leaf: str, trunk: str = DEEP, shade: str = "") -> None:
    """A round broadleaf tree."""
    c.poly([(x - h * 0.035, y), (x - h * 0.02, y - h * 0.6), (x + h * 0.02, y - h * 0.6), (x + h * 0.035, y)], trunk)
    lumps = [(0, -0.72, 0.24), (-0.19, -0.58, 0.18), (0.19, -0.57, 0.18), (-0.09, -0.84, 0.15), (0.11, -0.84, 0.15)]
    for dx, dy, r in lumps:
        c.disc(x + dx * h, y + dy * h, r * h * c.chance.uniform(0.92, 1.1), leaf)
    if shade:
        for dx, dy, r in ((0.1, -0.62, 0.2), (0.22, -0.54, 0.13)):
            c.disc(x + dx * h, y + dy * h, r * h, shade)


def pine(c: Sheet, x: float, y: float, h: float, fill: str) -> None:
    """A conifer in four tiers."""
    c.rect(x - h * 0.025, y - h * 0.2, h * 0.05, h * 0.2, fill)
    for i in range(4):
        top, w = y - h + i * h * 0.19, h * (0.14 + 0.07 * i)
        c.poly(
            [(x, top), (x + w, top + h * 0.32), (x + w * 0.3, top + h * 0.28), (x - w * 0.3, top + h * 0.28), (x - w, top + h * 0.32)], fill
        )


def cypress(c: Sheet, x: float, y: float, h: float, fill: str) -> None:
    """A narrow flame of a tree."""
    c.blob([(x, y - h), (x + h * 0.1, y - h * 0.45), (x + h * 0.07, y), (x - h * 0.07, y), (x - h * 0.1, y - h * 0.45)], fill)


def palm(c: Sheet, x: float, y: float, h: float, leaf: str, trunk: str = NAVY, lean: float = 0.12, fruit: str = "") -> None:
    """A date palm with drooping feathered fronds."""
    tx, ty = x + lean * h, y - h
    base = h * 0.045
    c.path(
        f"M{x - base:.1f} {y:.1f}Q{x + lean * h * 0.2:.1f} {y - h * 0.55:.1f} {tx - base * 0.5:.1f} {ty:.1f}"
        f"L{tx + base * 0.5:.1f} {ty:.1f}Q{x + lean * h * 0.2 + base * 1.6:.1f} {y - h * 0.5:.1f} {x + base:.1f} {y:.1f}Z",
        trunk,
    )
    for i in range(11):
        a = math.radians(-200 + 22 * i + c.chance.uniform(-6, 6))
        r = h * c.chance.uniform(0.36, 0.46)
        ex, ey = tx + r * math.cos(a), ty + r * math.sin(a) * 0.75 + h * 0.14
        mx, my = tx + r * 0.6 * math.cos(a), ty + r * 0.85 * math.sin(a) - h * 0.05
        fat = h * 0.05
        c.path(
            f"M{tx:.1f} {ty:.1f}Q{mx:.1f} {my:.1f} {ex:.1f} {ey:.1f}Q{mx + fat * 0.4:.1f} {my + fat * 2:.1f} {tx:.1f} {ty + fat * 0.6:.1f}Z",
            leaf,
        )
    if fruit:
        for dx in (-0.06, 0.0, 0.07):
            c.disc(tx + dx * h, ty + h * 0.09, h * 0.028, fruit, h * 0.065)


def grass(c: Sheet, x0: float, x1: float, y: float, h: float, tone: str, n: int = 40) -> None:
    """A fringe of blades along the foreground."""
    for _ in range(n):
        x, top = c.chance.uniform(x0, x1), h * c.chance.uniform(0.5, 1)
        lean, half = c.chance.uniform(-0.4, 0.4) * top, max(3, h * 0.05)
        c.path(
            f"M{x - half:.1f} {y:.1f}Q{x:.1f} {y - top * 0.6:.1f} {x + lean:.1f} {y - top:.1f}Q{x + half:.1f} {y - top * 0.5:.1f} {x + half:.1f} {y:.1f}Z",
            tone,
        )


def rain(c: Sheet, n: int, tone: str = MIST, slant: float = -40, top: float = 0, foot: float | None = None) -> None:
    """Slanting strokes of rain."""
    end = c.h if foot is None else foot
    for _ in range(n):
        x, y = c.chance.uniform(-20, c.w + 60), c.chance.uniform(top, end)
        s = c.chance.uniform(0.6, 1.3)
        c.line([(x, y), (x + slant * s, y + 90 * s)], tone, 3)


def stars(c: Sheet, n: int, foot: float, tone: str = BARE, size: float = 3.4) -> None:
    """Stars down to a height, a few of them large."""
    for i in range(n):
        c.disc(c.chance.uniform(0, c.w), c.chance.uniform(0, foot), size * (2 if i % 9 == 0 else c.chance.uniform(0.6, 1.1)), tone)


def crescent(c: Sheet, x: float, y: float, r: float, fill: str) -> None:
    """A crescent moon, horns to the upper right."""
    c.path(
        f"M{x + r * 0.5:.1f} {y - r * 0.87:.1f}A{r} {r} 0 1 0 {x + r * 0.87:.1f} {y + r * 0.5:.1f}A{r * 0.8:.1f} {r * 0.8:.1f} 0 0 1 {x + r * 0.5:.1f} {y - r * 0.87:.1f}Z",
        fill,
    )


def rays(c: Sheet, x: float, y: float, r0: float, r1: float, n: int, fill: str, start: float = 0, end: float = 360) -> None:
    """Wedges of light around a point."""
    step = (end - start) / n
    for i in range(n):
        a = start + step * i
        inner, outer = arc(x, y, r0, a, a + step / 2, 1), arc(x, y, r1, a, a + step / 2, 1)
        c.poly([*inner, *reversed(outer)], fill)
