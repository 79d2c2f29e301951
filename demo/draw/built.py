"""What people build and drive: houses, domes, bridges, boats, trains, poles."""

import math
from collections.abc import Sequence

from draw.sheet import BARE, DEEP, HALF, NAVY, SPOT, Point, Sheet, arc, ink


def windows(c: Sheet, x: float, y: float, w: float, h: float, across: int, down: int, fill: str, fat: float = 0.5, lit: str = "") -> None:
    """A grid of windows inside a box, some of them lit when a lit tone is given."""
    dx, dy = w / across, h / down
    for j in range(down):
        for i in range(across):
            tone = lit if lit and c.chance.random() < 0.45 else fill
            c.rect(x + dx * (i + (1 - fat) / 2), y + dy * (j + 0.2), dx * fat, dy * 0.6, tone)


def house(
    c: Sheet,
    x: float,
    y: float,
    w: float,
    h: float,
    wall: str,
    roof: str,
    pane: str = "",
    peak: float = 0.35,
    across: int = 2,
    down: int = 1,
) -> None:
    """A gabled house standing on y, seen from the eaves."""
    c.rect(x, y - h, w, h, wall)
    c.poly([(x - w * 0.06, y - h), (x + w * 0.16, y - h - w * peak), (x + w * 0.84, y - h - w * peak), (x + w * 1.06, y - h)], roof)
    if pane:
        windows(c, x + w * 0.06, y - h * 0.95, w * 0.88, h * 0.8, across, down, pane)


def gable(c: Sheet, x: float, y: float, w: float, h: float, wall: str, roof: str, pane: str = "", peak: float = 0.5, down: int = 2) -> None:
    """A narrow house standing on y, seen from its gable end."""
    c.poly([(x, y), (x, y - h), (x + w / 2, y - h - w * peak), (x + w, y - h), (x + w, y)], wall)
    c.line(
        [(x - w * 0.06, y - h + w * 0.06 * peak), (x + w / 2, y - h - w * peak), (x + w * 1.06, y - h + w * 0.06 * peak)], roof, w * 0.09
    )
    if pane:
        windows(c, x + w * 0.1, y - h * 0.96, w * 0.8, h * 0.8, 2, down, pane)


def tower(
    c: Sheet, x: float, y: float, w: float, h: float, wall: str, shade: str, across: int, down: int, pane: str, lit: str = ""
) -> None:
    """A flat-roofed block with a shaded side."""
    c.rect(x, y - h, w, h, wall)
    c.rect(x + w * 0.78, y - h, w * 0.22, h, shade)
    windows(c, x + w * 0.04, y - h * 0.97, w * 0.7, h * 0.92, across, down, pane, lit=lit)


def dome(c: Sheet, x: float, y: float, r: float, fill: str, shade: str, rise: float = 1.0, spike: float = 0.35) -> None:
    """A dome on a base line, shaded on its right, with a finial."""
    c.path(f"M{x - r} {y}A{r} {r * rise} 0 0 1 {x + r} {y}Z", fill)
    c.path(f"M{x + r} {y}A{r} {r * rise} 0 0 0 {x} {y - r * rise}Q{x + r * 0.62} {y - r * 0.7 * rise} {x + r * 0.55} {y}Z", shade)
    if spike:
        c.line([(x, y - r * rise), (x, y - r * rise - r * spike)], shade, max(3, r * 0.05))
        c.disc(x, y - r * rise - r * spike * 0.55, r * 0.06, shade)


def pointed(x: float, y: float, w: float, h: float) -> str:
    """Path data of a pointed arch standing on y."""
    return (
        f"M{x:.1f} {y:.1f}V{y - h * 0.55:.1f}C{x:.1f} {y - h * 0.82:.1f} {x + w * 0.3:.1f} {y - h * 0.92:.1f} {x + w / 2:.1f} {y - h:.1f}"
        f"C{x + w * 0.7:.1f} {y - h * 0.92:.1f} {x + w:.1f} {y - h * 0.82:.1f} {x + w:.1f} {y - h * 0.55:.1f}V{y:.1f}Z"
    )


def rounded(x: float, y: float, w: float, h: float) -> str:
    """Path data of a round arch standing on y."""
    return f"M{x:.1f} {y:.1f}V{y - h + w / 2:.1f}A{w / 2:.1f} {w / 2:.1f} 0 0 1 {x + w:.1f} {y - h + w / 2:.1f}V{y:.1f}Z"


def columns(c: Sheet, x: float, y: float, w: float, h: float, n: int, fill: str, shade: str, fat: float = 0.4) -> None:
    """A row of columns with bases and capitals, shaded on the right."""
    step = w / n
    for i in range(n):
        cx, half = x + step * (i + 0.5), step * fat / 2
        c.rect(cx - half, y - h, half * 2, h, fill)
        c.rect(cx + half * 0.2, y - h, half * 0.8, h, shade)
        c.rect(cx - half * 1.4, y - h, half * 2.8, h * 0.04, fill)
        c.rect(cx - half * 1.4, y - h * 0.04, half * 2.8, h * 0.04, fill)


def pediment(c: Sheet, x: float, y: float, w: float, h: float, fill: str, inner: str) -> None:
    """A classical pediment resting on y."""
    c.poly([(x, y), (x + w / 2, y - h), (x + w, y)], fill)
    c.poly([(x + w * 0.13, y - h * 0.14), (x + w / 2, y - h * 0.8), (x + w * 0.87, y - h * 0.14)], inner)


def arches(c: Sheet, x: float, y: float, w: float, h: float, n: int, wall: str, shade: str, foot: Sequence[float] = ()) -> None:
    """A viaduct: its deck at y, n round arches, piers going down h."""
    step = w / n
    span = step * 0.78
    d = f"M{x:.1f} {y:.1f}H{x + w:.1f}V{y + h:.1f}H{x:.1f}Z"
    for i in range(n):
        left, crown = x + step * i + (step - span) / 2, y + h * 0.12 + span / 2
        d += f"M{left:.1f} {y + h + 5:.1f}V{crown:.1f}A{span / 2:.1f} {span / 2:.1f} 0 0 1 {left + span:.1f} {crown:.1f}V{y + h + 5:.1f}Z"
    c.parts.append(f'<path d="{d}" fill="{wall}" fill-rule="evenodd"/>')
    for i in range(n):
        left, crown = x + step * i + (step - span) / 2, y + h * 0.12 + span / 2
        c.path(
            f"M{left:.1f} {y + h:.1f}V{crown:.1f}A{span / 2:.1f} {span / 2:.1f} 0 0 1 {left + span / 2:.1f} {crown - span / 2:.1f}q{-span * 0.36:.1f} {span * 0.1:.1f} {-span * 0.38:.1f} {span / 2:.1f}V{y + h:.1f}Z",
            shade,
        )
    c.rect(x - 8, y - h * 0.035, w + 16, h * 0.05, shade)


def ferry(c: Sheet, x: float, y: float, s: float, hull: str = NAVY, deck: str = BARE, band: str = SPOT) -> None:
    """A double-deck ferry 10 units long afloat on y, bow to the right, scaled so one unit is s."""
    with c.at(x, y, s):
        c.poly([(0, 0), (-0.2, -1.1), (9.3, -1.1), (10.2, -1.45), (9.4, 0)], hull)
        c.rect(0, -1.3, 9.4, 0.22, band)
        c.rect(0.4, -2.15, 8.3, 0.87, deck)
        windows(c, 0.6, -2.1, 7.9, 0.75, 13, 1, hull, 0.62)
        c.rect(0.2, -2.3, 8.9, 0.17, hull)
        c.rect(1.2, -3.05, 6.2, 0.77, deck)
        windows(c, 1.3, -3.02, 5.9, 0.7, 9, 1, hull, 0.6)
        c.rect(1.0, -3.2, 6.8, 0.16, hull)
        c.rect(5.6, -3.95, 1.9, 0.76, deck)
        c.rect(5.8, -3.8, 1.6, 0.32, hull)
        c.rect(5.4, -4.08, 2.3, 0.15, band)
        c.poly([(2.4, -3.2), (2.2, -4.5), (3.4, -4.5), (3.4, -3.2)], band)
        c.rect(2.15, -4.6, 1.3, 0.3, hull)
        c.line([(6.6, -4.1), (6.6, -5.4)], hull, 0.09)
        c.line([(6.1, -4.9), (7.1, -4.9)], hull, 0.07)


def fishing_boat(c: Sheet, x: float, y: float, s: float, hull: str = NAVY, house_: str = BARE, band: str = SPOT, mast: str = NAVY) -> None:
    """A small trawler 6 units long afloat on y, bow to the right."""
    with c.at(x, y, s):
        c.path("M0 -1C1.5 -0.7 4 -0.7 6.2 -1.7C6 -0.8 5.6 -0.2 5.2 0H0.5C0.2 -0.3 0.05 -0.6 0 -1Z", hull)
        c.path("M0 -1C1.5 -0.7 4 -0.7 6.2 -1.7L6.13 -1.4C4 -0.45 1.5 -0.45 0.08 -0.75Z", band)
        c.rect(1, -2.3, 1.5, 1.5, house_)
        c.rect(1.15, -2.1, 0.5, 0.5, hull)
        c.rect(1.85, -2.1, 0.5, 0.5, hull)
        c.rect(0.85, -2.45, 1.85, 0.18, band)
        c.line([(3.4, -0.9), (3.4, -4.4)], mast, 0.12)
        c.line([(3.4, -1.5), (5.6, -3.4)], mast, 0.08)
        c.line([(3.4, -4.3), (6.1, -1.7)], mast, 0.03)
        c.line([(3.4, -4.3), (0.2, -1)], mast, 0.03)


def rowing_boat(c: Sheet, x: float, y: float, s: float, hull: str, inside: str) -> None:
    """An open boat 4 units long on y."""
    with c.at(x, y, s):
        c.path("M-2 -0.62C-1 -0.35 1 -0.35 2.15 -0.75C1.8 -0.1 1.2 0.12 0.4 0.12H-1C-1.5 0.1 -1.9 -0.2 -2 -0.62Z", hull)
        c.path("M-2 -0.62C-1 -0.35 1 -0.35 2.15 -0.75C1 -0.72 -0.8 -0.75 -2 -0.62Z", inside)


def carriage(c: Sheet, x: float, y: float, w: float, h: float, body: str, pane: str, band: str, wheels: str = NAVY, n: int = 6) -> None:
    """A railway carriage standing on the rail at y."""
    c.rect(x, y - h, w, h * 0.84, body, h * 0.1)
    c.rect(x, y - h * 0.42, w, h * 0.1, band)
    windows(c, x + w * 0.03, y - h * 0.92, w * 0.94, h * 0.52, n, 1, pane, 0.66)
    for t in (0.14, 0.27, 0.73, 0.86):
        c.disc(x + w * t, y - h * 0.1, h * 0.12, wheels)
    c.rect(x + w * 0.08, y - h * 0.2, w * 0.84, h * 0.07, wheels)


def lattice(c: Sheet, a: Point, b: Point, wide_a: float, wide_b: float, n: int, tone: str, width: float) -> None:
    """A braced lattice girder between two points."""
    length = math.hypot(b[0] - a[0], b[1] - a[1])
    nx, ny = -(b[1] - a[1]) / length, (b[0] - a[0]) / length

    def rung(t: float, side: int) -> Point:
        half = (wide_a + (wide_b - wide_a) * t) / 2 * side
        return a[0] + (b[0] - a[0]) * t + nx * half, a[1] + (b[1] - a[1]) * t + ny * half

    for side in (-1, 1):
        c.line([rung(0, side), rung(1, side)], tone, width * 1.4)
    c.line([rung(i / n, 1 if i % 2 else -1) for i in range(n + 1)], tone, width)
    c.line([rung(i / n, -1 if i % 2 else 1) for i in range(n + 1)], tone, width)


def lamp(c: Sheet, x: float, y: float, h: float, tone: str = DEEP, light: str = BARE) -> None:
    """A street lamp."""
    c.line([(x, y), (x, y - h)], tone, max(3, h * 0.03))
    c.poly([(x - h * 0.05, y - h * 1.1), (x + h * 0.05, y - h * 1.1), (x + h * 0.035, y - h), (x - h * 0.035, y - h)], light)
    c.poly([(x - h * 0.065, y - h * 1.1), (x, y - h * 1.16), (x + h * 0.065, y - h * 1.1)], tone)


def lantern(c: Sheet, x: float, y: float, r: float, fill: str = SPOT, cap: str = DEEP) -> None:
    """A hanging paper lantern, ribbed."""
    c.disc(x, y, r, fill, r * 0.85)
    for t in (-0.45, 0, 0.45):
        c.ring(x, y, r * max(0.08, abs(t)), ink(0.5, 1), max(1.5, r * 0.04), r * 0.83)
    c.rect(x - r * 0.35, y - r * 0.98, r * 0.7, r * 0.16, cap)
    c.rect(x - r * 0.35, y + r * 0.82, r * 0.7, r * 0.16, cap)


def cup_wires(c: Sheet, points: Sequence[Point], sag: float, tone: str, width: float = 3) -> None:
    """A wire hung from point to point."""
    for a, b in zip(points, points[1:], strict=False):
        c.path(f"M{a[0]:.1f} {a[1]:.1f}Q{(a[0] + b[0]) / 2:.1f} {max(a[1], b[1]) + sag:.1f} {b[0]:.1f} {b[1]:.1f}", "none", tone, width)


def wheel(c: Sheet, x: float, y: float, r: float, tone: str, width: float, spokes: int = 12, hub: float = 0.12) -> None:
    """A spoked wheel."""
    for p in arc(x, y, r, 0, 360, spokes)[:-1]:
        c.line([(x, y), p], tone, width * 0.4)
    c.ring(x, y, r, tone, width)
    c.disc(x, y, r * hub, tone)


def quay(c: Sheet, y: float, fill: str, edge: str = HALF, bollards: Sequence[float] = ()) -> None:
    """A quay along the foot of the sheet with bollards."""
    c.rect(-20, y, c.w + 40, c.h - y + 20, fill)
    c.rect(-20, y, c.w + 40, 12, edge)
    for x in bollards:
        c.rect(x - 16, y - 44, 32, 48, DEEP, 6)
        c.rect(x - 26, y - 54, 52, 18, DEEP, 8)
