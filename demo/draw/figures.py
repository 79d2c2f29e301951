"""People in silhouette: standing, walking, sitting, at work."""

import math
from collections.abc import Sequence

from draw.sheet import DEEP, Point, Sheet, ink

SKIN = ink(0.3, 0.55)


def _limb(c: Sheet, start: Point, angles: Sequence[float], length: float, fat: float, tone: str) -> Point:
    """Two straight bones from a joint, angles in degrees from straight down, positive to the right."""
    points = [start]
    for a in angles:
        x, y = points[-1]
        points.append((x + length * math.sin(math.radians(a)), y + length * math.cos(math.radians(a))))
    c.line(points, tone, fat)
    return points[-1]


def person(
    c: Sheet,
    x: float,
    y: float,
    h: float,
    coat: str = DEEP,
    *,
    legs: tuple[Sequence[float], Sequence[float]] = ((-6, -4), (7, 3)),
    arms: tuple[Sequence[float], Sequence[float]] = ((-14, -6), (14, 8)),
    lean: float = 0,
    skirt: bool = False,
    hat: str = "",
    trousers: str = DEEP,
    skin: str = SKIN,
    hair: str = DEEP,
    scarf: bool = False,
) -> tuple[Point, Point]:
    """A figure whose feet stand on x, y; returns where its hands are, so that they can hold something."""
    u = h / 8
    hip = (x, y - 4 * u)
    neck = (x + 3.0 * u * math.sin(math.radians(lean)), hip[1] - 2.9 * u * math.cos(math.radians(lean)))
    head = (neck[0] + u * math.sin(math.radians(lean)) * 0.8, neck[1] - 0.62 * u)
    far = _limb(c, (neck[0] - 0.62 * u, neck[1] + 0.5 * u), arms[0], 1.45 * u, 0.56 * u, coat)
    c.disc(*far, 0.27 * u, skin)
    for dx, bend in zip((-0.3, 0.3), legs, strict=True):
        foot = _limb(c, (hip[0] + dx * u, hip[1] - 0.1 * u), bend, 1.92 * u, 0.78 * u, trousers)
        c.path(
            f"M{foot[0] - 0.36 * u:.1f} {foot[1] + 0.3 * u:.1f}h{1.0 * u:.1f}q0 {-0.42 * u:.1f} {-0.6 * u:.1f} {-0.5 * u:.1f}h{-0.4 * u:.1f}Z",
            trousers,
        )
    c.poly(
        [
            (neck[0] - 0.35 * u, neck[1] - 0.05 * u),
            (neck[0] - 0.98 * u, neck[1] + 0.42 * u),
            (hip[0] - 0.74 * u, hip[1] + 0.15 * u),
            (hip[0] + 0.74 * u, hip[1] + 0.15 * u),
            (neck[0] + 0.98 * u, neck[1] + 0.42 * u),
            (neck[0] + 0.35 * u, neck[1] - 0.05 * u),
        ],
        coat,
    )
    if skirt:
        c.poly(
            [
                (hip[0] - 0.7 * u, hip[1] - 0.2 * u),
                (hip[0] + 0.7 * u, hip[1] - 0.2 * u),
                (x + 1.15 * u, y - 0.9 * u),
                (x - 1.15 * u, y - 0.9 * u),
            ],
            coat,
        )
    c.line([neck, head], skin, 0.44 * u)
    near = _limb(c, (neck[0] + 0.66 * u, neck[1] + 0.5 * u), arms[1], 1.45 * u, 0.56 * u, coat)
    c.disc(*near, 0.27 * u, skin)
    c.disc(*head, 0.52 * u, skin, 0.62 * u)
    _crown(c, head, u, hat, hair, coat if scarf else "")
    return far, near


def _crown(c: Sheet, head: Point, u: float, hat: str, hair: str, scarf: str) -> None:
    hx, hy = head
    if scarf:
        c.path(
            f"M{hx - 0.6 * u:.1f} {hy + 0.9 * u:.1f}C{hx - 0.85 * u:.1f} {hy - 0.9 * u:.1f} {hx + 0.75 * u:.1f} {hy - 1 * u:.1f} {hx + 0.5 * u:.1f} {hy - 0.1 * u:.1f}C{hx + 0.1 * u:.1f} {hy + 0.2 * u:.1f} {hx + 0.2 * u:.1f} {hy + 0.6 * u:.1f} {hx + 0.5 * u:.1f} {hy + 0.95 * u:.1f}Z",
            scarf,
        )
    else:
        c.path(
            f"M{hx - 0.55 * u:.1f} {hy + 0.1 * u:.1f}A{0.55 * u:.1f} {0.66 * u:.1f} 0 0 1 {hx + 0.55 * u:.1f} {hy - 0.12 * u:.1f}Q{hx:.1f} {hy - 0.3 * u:.1f} {hx - 0.2 * u:.1f} {hy + 0.15 * u:.1f}Z",
            hair,
        )
    if hat == "cone":
        c.poly([(hx - 1.25 * u, hy - 0.12 * u), (hx, hy - 1.1 * u), (hx + 1.25 * u, hy - 0.12 * u)], ink(0, 0.25))
        c.poly([(hx, hy - 1.1 * u), (hx + 1.25 * u, hy - 0.12 * u), (hx + 0.3 * u, hy - 0.12 * u)], ink(0.3, 0.4))
    elif hat == "brim":
        c.disc(hx, hy - 0.3 * u, 1.0 * u, DEEP, 0.16 * u)
        c.rect(hx - 0.5 * u, hy - 0.9 * u, 1.0 * u, 0.6 * u, DEEP, 0.2 * u)
    elif hat == "cap":
        c.path(
            f"M{hx - 0.58 * u:.1f} {hy - 0.12 * u:.1f}A{0.58 * u:.1f} {0.6 * u:.1f} 0 0 1 {hx + 0.56 * u:.1f} {hy - 0.18 * u:.1f}h{0.45 * u:.1f}v{0.14 * u:.1f}Z",
            DEEP,
        )
    elif hat == "helmet":
        c.path(
            f"M{hx - 0.7 * u:.1f} {hy - 0.1 * u:.1f}A{0.66 * u:.1f} {0.7 * u:.1f} 0 0 1 {hx + 0.66 * u:.1f} {hy - 0.1 * u:.1f}h{0.2 * u:.1f}v{0.14 * u:.1f}h{-1.06 * u:.1f}Z",
            ink(0, 1),
        )


def walker(c: Sheet, x: float, y: float, h: float, coat: str = DEEP, **looks: object) -> tuple[Point, Point]:
    """A figure in mid-stride to the right."""
    return person(c, x, y, h, coat, legs=((-22, -30), (22, 6)), arms=((24, 34), (-22, -6)), lean=4, **looks)  # type: ignore[arg-type]


def seated(
    c: Sheet,
    x: float,
    y: float,
    h: float,
    coat: str = DEEP,
    *,
    arms: tuple[Sequence[float], Sequence[float]] = ((40, 75), (40, 80)),
    lean: float = 6,
    **looks: object,
) -> tuple[Point, Point]:
    """A figure sitting on a seat whose height is y minus a quarter of h, knees to the right."""
    return person(c, x, y, h, coat, legs=((88, 2), (84, -4)), arms=arms, lean=lean, **looks)  # type: ignore[arg-type]


def crowd(c: Sheet, x0: float, x1: float, y: float, h: float, n: int, tones: Sequence[str], skin: str = SKIN) -> None:
    """A row of heads and shoulders, cut off at y."""
    step = (x1 - x0) / n
    for i in range(n):
        x, s = x0 + step * (i + 0.5) + c.chance.uniform(-0.2, 0.2) * step, h * c.chance.uniform(0.85, 1.1)
        tone = tones[c.chance.randrange(len(tones))]
        c.path(
            f"M{x - s * 0.42:.1f} {y:.1f}C{x - s * 0.42:.1f} {y - s * 0.62:.1f} {x + s * 0.42:.1f} {y - s * 0.62:.1f} {x + s * 0.42:.1f} {y:.1f}Z",
            tone,
        )
        c.disc(x, y - s * 0.7, s * 0.19, skin, s * 0.23)
        c.path(
            f"M{x - s * 0.2:.1f} {y - s * 0.7:.1f}A{s * 0.2:.1f} {s * 0.25:.1f} 0 0 1 {x + s * 0.2:.1f} {y - s * 0.72:.1f}Q{x + s * 0.1:.1f} {y - s * 0.84:.1f} {x - s * 0.2:.1f} {y - s * 0.7:.1f}Z",
            DEEP,
        )
