"""The drawing sheet: plain shapes in ink tones, gathered into one SVG document."""

import math
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

Point = tuple[float, float]

WIDE = (1600, 1067)
FOURTHREE = (1440, 1080)
TALL = (1200, 1500)


def ink(blue: float, spot: float = 0.0, screen: float = 0.0) -> str:
    """A fill: how much of each ink, 0 to 1, and whether it prints through the screen."""
    return "#" + "".join(f"{round(255 * (1 - v)):02x}" for v in (blue, spot, screen))


BARE = ink(0, 0)
NAVY = ink(1, 0)
DEEP = ink(1, 1)
SPOT = ink(0, 1)
MIST = ink(0.16, 0)
PALE = ink(0, 0.22)
HALF = ink(0.5, 0)
WARM = ink(0, 0.5)
DUSK = ink(0.45, 0.5)


@dataclass
class Sheet:
    """One drawing under way; later shapes cover earlier ones on both plates."""

    size: tuple[int, int] = WIDE
    seed: int = 1
    parts: list[str] = field(default_factory=list)
    defs: list[str] = field(default_factory=list)
    backdrop: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.w, self.h = self.size
        self.chance = random.Random(self.seed)

    def grade(self, top: Sequence[float], bottom: Sequence[float], across: bool = False) -> str:
        """A gradient fill between two (blue, spot, screen) tones, downwards or to the right."""
        name = f"g{len(self.defs)}"
        end = 'x2="1" y2="0"' if across else 'x2="0" y2="1"'
        self.defs.append(
            f'<linearGradient id="{name}" x1="0" y1="0" {end}><stop offset="0" stop-color="{ink(*top)}"/>'
            f'<stop offset="1" stop-color="{ink(*bottom)}"/></linearGradient>'
        )
        return f"url(#{name})"

    def glow(self, centre: Sequence[float], edge: Sequence[float]) -> str:
        """A round gradient fill from a centre tone to an edge tone."""
        name = f"g{len(self.defs)}"
        self.defs.append(
            f'<radialGradient id="{name}"><stop offset="0" stop-color="{ink(*centre)}"/>'
            f'<stop offset="1" stop-color="{ink(*edge)}"/></radialGradient>'
        )
        return f"url(#{name})"

    @contextmanager
    def at(self, x: float = 0, y: float = 0, scale: float = 1, turn: float = 0, flip: bool = False) -> Iterator[None]:
        """Draw what follows moved, scaled, turned (degrees) or mirrored."""
        sx = -scale if flip else scale
        self.parts.append(f'<g transform="translate({x:.1f} {y:.1f}) rotate({turn:.1f}) scale({sx:.3f} {scale:.3f})">')
        yield
        self.parts.append("</g>")

    @contextmanager
    def inside(self, d: str) -> Iterator[None]:
        """Keep what follows inside a path."""
        name = f"c{len(self.defs)}"
        self.defs.append(f'<clipPath id="{name}"><path d="{d}"/></clipPath>')
        self.parts.append(f'<g clip-path="url(#{name})">')
        yield
        self.parts.append("</g>")

    @contextmanager
    def overprint(self) -> Iterator[None]:
        """Let what follows add ink to what is there instead of covering it."""
        self.parts.append('<g style="mix-blend-mode:multiply">')
        yield
        self.parts.append("</g>")

    def path(self, d: str, fill: str = "none", line: str = "", width: float = 0) -> None:
        """A path by its SVG data."""
        stroke = f' stroke="{line}" stroke-width="{width:.1f}" stroke-linecap="round" stroke-linejoin="round"' if line else ""
        self.parts.append(f'<path d="{d}" fill="{fill}"{stroke}/>')

    def rect(self, x: float, y: float, w: float, h: float, fill: str, round_: float = 0) -> None:
        """A rectangle by its upper left corner."""
        self.parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" rx="{round_:.1f}" fill="{fill}"/>')

    def disc(self, x: float, y: float, r: float, fill: str, ry: float | None = None) -> None:
        """A circle, or an ellipse when a second radius is given."""
        self.parts.append(f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{r:.1f}" ry="{r if ry is None else ry:.1f}" fill="{fill}"/>')

    def ring(self, x: float, y: float, r: float, line: str, width: float, ry: float | None = None) -> None:
        """A circle or ellipse in outline."""
        self.parts.append(
            f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{r:.1f}" ry="{r if ry is None else ry:.1f}" fill="none" '
            f'stroke="{line}" stroke-width="{width:.1f}"/>'
        )

    def poly(self, points: Sequence[Point], fill: str) -> None:
        """A filled polygon."""
        self.path("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z", fill)

    def line(self, points: Sequence[Point], tone: str, width: float) -> None:
        """A broken line with round ends."""
        self.path("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points), "none", tone, width)

    def curve(self, points: Sequence[Point], tone: str, width: float) -> None:
        """A smooth line through points."""
        self.path(smooth(points), "none", tone, width)

    def blob(self, points: Sequence[Point], fill: str) -> None:
        """A smooth closed shape through points."""
        self.path(smooth(points, closed=True), fill)

    def under(self, points: Sequence[Point], fill: str, floor: float | None = None) -> None:
        """Everything below a smooth line, down to the floor or the foot of the sheet."""
        foot = self.h + 10 if floor is None else floor
        self.path(f"{smooth(points)}L{points[-1][0]:.1f} {foot:.1f}L{points[0][0]:.1f} {foot:.1f}Z", fill)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = 28,
        fill: str = NAVY,
        *,
        anchor: str = "middle",
        italic: bool = False,
        bold: bool = False,
        spread: float = 0,
        turn: float = 0,
        sans: bool = False,
        halo: str = "",
    ) -> None:
        """Lettering, for maps and charts only."""
        edge = f' stroke="{halo}" stroke-width="7" stroke-linejoin="round" paint-order="stroke"' if halo else ""
        face = "DejaVu Sans" if sans else "DejaVu Serif"
        self.parts.append(
            f'<text transform="translate({x:.1f} {y:.1f}) rotate({turn:.1f})" font-family="{face}" font-size="{size}" '
            f'text-anchor="{anchor}" letter-spacing="{spread}" font-style="{"italic" if italic else "normal"}" '
            f'font-weight="{"bold" if bold else "normal"}" fill="{fill}"{edge}>{words}</text>'
        )

    def svg(self, wobble: float) -> str:
        """The whole drawing; wobble is how far the knife strays from the line, in pixels."""
        filter_ = (
            '<filter id="hand" x="0" y="0" width="1" height="1"><feTurbulence type="fractalNoise" baseFrequency="0.018" '
            f'numOctaves="2" seed="{self.seed}"/><feDisplacementMap in="SourceGraphic" scale="{wobble}" '
            'xChannelSelector="R" yChannelSelector="G"/></filter>'
        )
        use = ' filter="url(#hand)"' if wobble else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="8 8 {self.w - 16} {self.h - 16}" '
            f'width="{self.w + 8}" height="{self.h + 8}" preserveAspectRatio="none" color-interpolation-filters="sRGB">'
            f'<defs>{"".join(self.defs)}{filter_}</defs><rect x="-20" y="-20" width="{self.w + 40}" '
            f'height="{self.h + 40}" fill="{BARE}"/>{"".join(self.backdrop)}<g{use}>{"".join(self.parts)}</g></svg>'
        )


def smooth(points: Sequence[Point], closed: bool = False) -> str:
    """Path data of a smooth curve through points."""
    pts = list(points)
    n = len(pts)
    d = f"M{pts[0][0]:.1f} {pts[0][1]:.1f}"
    for i in range(n if closed else n - 1):
        p0 = pts[(i - 1) % n] if closed or i else pts[0]
        p1, p2 = pts[i], pts[(i + 1) % n]
        p3 = pts[(i + 2) % n] if closed or i + 2 < n else p2
        d += (
            f"C{p1[0] + (p2[0] - p0[0]) / 6:.1f} {p1[1] + (p2[1] - p0[1]) / 6:.1f} "
            f"{p2[0] - (p3[0] - p1[0]) / 6:.1f} {p2[1] - (p3[1] - p1[1]) / 6:.1f} {p2[0]:.1f} {p2[1]:.1f}"
        )
    return d + ("Z" if closed else "")


def arc(x: float, y: float, r: float, start: float, end: float, steps: int = 16, ry: float | None = None) -> list[Point]:
    """Points along an arc, angles in degrees clockwise from the right."""
    span = [math.radians(start + (end - start) * i / steps) for i in range(steps + 1)]
    return [(x + r * math.cos(a), y + (r if ry is None else ry) * math.sin(a)) for a in span]


@dataclass(frozen=True)
class Picture:
    """A picture of the edition: how to draw it and what to say about it."""

    name: str
    draw: Callable[[Sheet], None]
    spot: str
    alt: str
    focus: tuple[float, float]
    size: tuple[int, int]
    screens: tuple[str, str]
    wobble: float


PICTURES: dict[str, Picture] = {}


def picture(
    name: str,
    spot: str,
    alt: str,
    focus: tuple[float, float] = (0.5, 0.5),
    size: tuple[int, int] = WIDE,
    screens: tuple[str, str] = ("line", "line"),
    wobble: float = 5.5,
) -> Callable[[Callable[[Sheet], None]], Callable[[Sheet], None]]:
    """Enter a drawing function in the list of pictures."""

    def enter(draw: Callable[[Sheet], None]) -> Callable[[Sheet], None]:
        PICTURES[name] = Picture(name, draw, spot, alt, focus, size, screens, wobble)
        return draw

    return enter
