"""Maps of invented places, drawn as a cartographer would: coasts, depths, routes, scale, north."""

import math
from collections.abc import Sequence

from draw.sheet import BARE, DEEP, FOURTHREE, HALF, NAVY, PALE, SPOT, Point, Sheet, arc, ink, picture, smooth

WATER = ink(0.2, 0)
SHALLOW = ink(0.1, 0)
LAND = ink(0, 0.16)


def _coast(c: Sheet, points: Sequence[Point], rough: float = 14) -> list[Point]:
    """A rough coast: each stretch broken in three and nudged."""
    out: list[Point] = []
    for a, b in zip(points, [*points[1:], points[0]], strict=True):
        for k in range(3):
            t = k / 3
            out.append(
                (a[0] + (b[0] - a[0]) * t + c.chance.uniform(-rough, rough), a[1] + (b[1] - a[1]) * t + c.chance.uniform(-rough, rough))
            )
    return out


def _land(c: Sheet, coasts: Sequence[Sequence[Point]], fill: str = LAND) -> None:
    """Land with two shallow-water bands around it."""
    shapes = [smooth(_coast(c, coast), closed=True) for coast in coasts]
    for width, tone in ((74, ink(0.15, 0)), (36, SHALLOW)):
        for d in shapes:
            c.path(d, tone, tone, width)
    for d in shapes:
        c.path(d, fill, NAVY, 4)


def _frame(c: Sheet, title: str, place: Point, note: str) -> None:
    """Graticule ticks around the edge and a title panel."""
    for k in range(16):
        tone = NAVY if k % 2 else BARE
        for x, y, w, h in ((k * c.w / 16, 18, c.w / 16, 14), (k * c.w / 16, c.h - 32, c.w / 16, 14)):
            c.rect(x, y, w, h, tone)
        for x, y, w, h in ((18, k * c.h / 16, 14, c.h / 16), (c.w - 32, k * c.h / 16, 14, c.h / 16)):
            c.rect(x, y, w, h, tone)
    x, y = place
    wide = max(len(title) * 25, len(note) * 12.5) + 60
    c.rect(x, y, wide, 132, NAVY)
    c.rect(x + 6, y + 6, wide - 12, 120, BARE)
    c.text(x + wide / 2, y + 62, title, 38, NAVY, bold=True, spread=1)
    c.text(x + wide / 2, y + 102, note, 21, NAVY, italic=True)


def _north(c: Sheet, x: float, y: float, r: float) -> None:
    """A compass rose."""
    c.ring(x, y, r * 0.72, NAVY, 3)
    for k in range(8):
        long = r if k % 2 == 0 else r * 0.6
        with c.at(x, y, 1, k * 45):
            c.poly([(0, -long), (r * 0.13, -r * 0.16), (0, 0)], NAVY)
            c.poly([(0, -long), (-r * 0.13, -r * 0.16), (0, 0)], SPOT if k % 2 == 0 else BARE)
    c.text(x, y - r - 12, "N", 30, NAVY, bold=True)


def _scale(c: Sheet, x: float, y: float, unit: float, step: int, n: int = 4) -> None:
    """A scale bar in kilometres."""
    for k in range(n):
        c.rect(x + k * unit, y, unit, 13, NAVY if k % 2 == 0 else BARE)
    c.path(f"M{x} {y}H{x + n * unit}V{y + 13}H{x}Z", "none", NAVY, 2.5)
    for k in range(0, n + 1, 2):
        c.text(x + k * unit, y - 10, f"{k * step}{' km' if k == n else ''}", 21, NAVY, sans=True)


def _town(c: Sheet, x: float, y: float, name: str, capital: bool = False, anchor: str = "start") -> None:
    """A town mark and its name."""
    if capital:
        c.rect(x - 12, y - 12, 24, 24, DEEP)
        c.rect(x - 6, y - 6, 12, 12, BARE)
    else:
        c.disc(x, y, 9, DEEP)
        c.disc(x, y, 4, BARE)
    dx = 20 if anchor == "start" else -20
    c.text(x + dx, y + 9, name, 31 if capital else 25, DEEP, anchor=anchor, bold=capital, sans=True, halo=LAND)


def _route(c: Sheet, points: Sequence[Point], tone: str = SPOT, width: float = 6, dash: str = "16 12") -> None:
    c.parts.append(f'<path d="{smooth(points)}" fill="none" stroke="{tone}" stroke-width="{width}" stroke-dasharray="{dash}"/>')


def _relief(c: Sheet, marks: Sequence[Point], s: float = 24) -> None:
    for x, y in marks:
        c.poly([(x - s, y), (x, y - s * 1.3), (x + s, y)], ink(0.1, 0.3))
        c.poly([(x, y - s * 1.3), (x + s, y), (x + s * 0.2, y)], HALF)


def _waves(c: Sheet, spots: Sequence[Point]) -> None:
    for x, y in spots:
        for k in range(3):
            c.path(f"M{x + k * 12} {y + k * 13}q12 -10 24 0t24 0t24 0", "none", ink(0.45, 0), 3)


@picture(
    "map-straits",
    "vermilion",
    "Map of the Republic of Tavira Straits: two shores, nine named places, the main islands and the ferry routes from Port Salen.",
    (0.5, 0.5),
    (1600, 1067),
    wobble=0,
)
def map_straits(c: Sheet) -> None:
    """Straits with routes."""
    c.rect(-20, -20, 1640, 1110, WATER)
    _land(
        c,
        [
            [
                (-80, -80),
                (760, -80),
                (700, 60),
                (600, 150),
                (640, 260),
                (520, 330),
                (400, 300),
                (330, 420),
                (200, 470),
                (120, 620),
                (-80, 640),
            ],
            [
                (1700, 240),
                (1500, 300),
                (1380, 420),
                (1250, 460),
                (1200, 590),
                (1060, 640),
                (1010, 780),
                (860, 850),
                (800, 1000),
                (700, 1160),
                (1700, 1160),
            ],
            [(700, 430), (800, 390), (890, 440), (860, 530), (760, 560), (690, 510)],
            [(420, 640), (520, 600), (600, 660), (580, 760), (470, 790), (400, 730)],
            [(1030, 210), (1120, 170), (1180, 230), (1130, 310), (1040, 290)],
            [(900, 640), (950, 630), (950, 690), (905, 700)],
            [(640, 880), (700, 870), (690, 940), (630, 930)],
            [(300, 850), (360, 840), (370, 900), (310, 910)],
        ],
    )
    _relief(
        c, [(160, 180), (210, 210), (260, 170), (110, 250), (1420, 640), (1470, 690), (1380, 720), (1460, 780), (1530, 740), (780, 480)]
    )
    c.curve([(240, 190), (330, 240), (430, 310)], ink(0.45, 0), 6)
    c.curve([(1400, 740), (1250, 790), (1080, 780), (1010, 790)], ink(0.45, 0), 6)
    port = (505, 345)
    for route in (
        [port, (590, 400), (690, 470)],
        [port, (480, 480), (500, 600)],
        [(890, 500), (1000, 540), (1190, 600)],
        [(640, 255), (820, 240), (1030, 250)],
        [(585, 740), (720, 780), (865, 845)],
        [port, (600, 520), (650, 620), (760, 760), (870, 840)],
        [(1180, 240), (1260, 330), (1375, 425)],
    ):
        _route(c, route)
    _town(c, 500, 325, "Port Salen", True, "end")
    for x, y, n, a in (
        (635, 245, "Cape Orra", "end"),
        (700, 480, "Almera", "start"),
        (500, 610, "Tessaly Quay", "start"),
        (1195, 600, "Norhaven", "start"),
        (870, 850, "Lower Ferry", "start"),
        (1045, 250, "Ilha Verro", "start"),
        (1375, 430, "Sund", "start"),
        (205, 465, "West Yard", "end"),
        (1010, 785, "Oxmouth", "start"),
    ):
        _town(c, x, y, n, False, a)
    c.text(300, 120, "TAVIRA", 54, HALF, spread=16)
    c.text(1320, 900, "SOUTH SHORE", 36, HALF, spread=10)
    c.text(880, 335, "The Narrows", 32, NAVY, italic=True, turn=14)
    c.text(1370, 180, "Salen Sea", 42, NAVY, italic=True, spread=4)
    c.text(330, 1000, "Gulf of Orra", 38, NAVY, italic=True, spread=4)
    _waves(c, [(1460, 80), (900, 100), (130, 760), (480, 970), (760, 660)])

    _north(c, 150, 920, 76)
    _scale(c, 1180, 1010, 75, 15)
    _frame(c, "Tavira Straits", (1010, 60), "Solid towns; broken lines: ferry routes")


@picture(
    "map-delta",
    "teal",
    "Map of the Sennar Delta: the river divides into five arms around Ilmari, with embankments, rice land and tidal marsh.",
    (0.5, 0.5),
    FOURTHREE,
    wobble=0,
)
def map_delta(c: Sheet) -> None:
    """Distributaries."""
    c.rect(-20, -20, 1480, 1120, WATER)
    _land(
        c,
        [
            [
                (-80, -80),
                (1520, -80),
                (1520, 700),
                (1380, 760),
                (1260, 860),
                (1120, 850),
                (1010, 930),
                (860, 900),
                (720, 960),
                (590, 910),
                (450, 930),
                (330, 850),
                (180, 830),
                (80, 760),
                (-80, 740),
            ]
        ],
        ink(0, 0.2),
    )
    for x, y, rx, ry in ((430, 720, 150, 90), (760, 790, 170, 80), (1080, 720, 150, 90), (260, 600, 110, 80)):
        c.disc(x, y, rx, ink(0, 0.5), ry)
        for k in range(30):
            px, py = x + c.chance.uniform(-0.75, 0.75) * rx, y + c.chance.uniform(-0.7, 0.7) * ry
            c.line([(px, py), (px, py - 12)], NAVY, 2.5)
    arms = [
        [(700, 360), (520, 450), (340, 480), (200, 600), (110, 780)],
        [(640, 400), (560, 560), (500, 700), (460, 950)],
        [(700, 360), (720, 520), (690, 700), (720, 980)],
        [(705, 420), (850, 560), (900, 720), (880, 930)],
        [(700, 360), (900, 430), (1080, 540), (1200, 680), (1270, 880)],
    ]
    c.curve([(560, -40), (620, 80), (560, 180), (660, 270), (700, 365)], WATER, 34)
    for arm in arms:
        c.curve(arm, WATER, 20)
    for a in ([(545, -40), (596, 80), (536, 184), (640, 284), (676, 350)], [(600, -40), (650, 80), (590, 176), (684, 256), (730, 350)]):
        _route(c, a, SPOT, 6, "4 8")
    for arm in arms[1:4]:
        _route(c, [(x + 22, y) for x, y in arm[:-1]], SPOT, 5, "4 8")
    c.curve([(-40, 260), (300, 330), (660, 330), (1000, 260), (1520, 300)], DEEP, 5)
    _route(c, [(-40, 260), (300, 330), (660, 330), (1000, 260), (1520, 300)], BARE, 3, "14 14")
    _town(c, 720, 335, "Ilmari", True)
    for x, y, n, a in (
        (340, 480, "Pel Sona", "end"),
        (560, 560, "Tarrin", "end"),
        (1080, 540, "Old Lock", "start"),
        (900, 720, "Mehra", "start"),
        (690, 700, "Kettu", "end"),
        (1200, 680, "East Mole", "start"),
        (560, 180, "Highgate", "end"),
        (200, 600, "Sandbar", "end"),
    ):
        _town(c, x, y, n, False, a)
    c.text(1120, 150, "SENNAR", 58, HALF, spread=18)
    c.text(640, 130, "R. Sennar", 28, NAVY, italic=True, anchor="start")
    c.text(1060, 1000, "Bay of Ilmari", 40, NAVY, italic=True, spread=4)
    c.text(1080, 808, "rice land", 24, NAVY, italic=True)
    c.text(1180, 285, "coast railway", 23, NAVY, italic=True, turn=2)
    _waves(c, [(150, 950), (420, 1000), (820, 1020), (1330, 950)])
    _north(c, 1320, 480, 70)
    _scale(c, 90, 1010, 66, 10)
    _frame(c, "Sennar Delta", (60, 60), "Dotted: embankments raised since 2019")


@picture(
    "map-lakes",
    "moss",
    "Map of the Great Lakes Provinces: three linked lakes, the capital Kisenga, steamer lines and the lake railway.",
    (0.5, 0.5),
    (1600, 1067),
    wobble=0,
)
def map_lakes(c: Sheet) -> None:
    """Lakes in high land."""
    c.rect(-20, -20, 1640, 1110, ink(0, 0.24))
    for x, y, r in ((250, 250, 260), (1400, 780, 300), (760, 980, 240)):
        c.blob(_coast(c, arc(x, y, r, 0, 330, 9), 40), ink(0, 0.4))
        c.blob(_coast(c, arc(x, y, r * 0.6, 0, 330, 7), 26), ink(0.06, 0.55))
    lakes = (
        [(480, 330), (620, 260), (760, 300), (800, 420), (740, 560), (640, 680), (500, 700), (420, 600), (400, 440)],
        [(960, 200), (1120, 150), (1280, 210), (1300, 330), (1180, 420), (1020, 400), (930, 320)],
        [(980, 640), (1080, 600), (1150, 680), (1120, 820), (1040, 900), (960, 840), (930, 730)],
    )
    for lake in lakes:
        d = smooth(_coast(c, lake, 16), closed=True)
        c.path(d, SHALLOW, NAVY, 4)
        with c.inside(d):
            mid = (sum(p[0] for p in lake) / len(lake), sum(p[1] for p in lake) / len(lake))
            for t, tone in ((0.76, ink(0.2, 0)), (0.48, ink(0.32, 0))):
                c.blob([(mid[0] + (x - mid[0]) * t, mid[1] + (y - mid[1]) * t) for x, y in lake], tone)
    for river in (
        [(790, 420), (860, 400), (940, 330)],
        [(1150, 420), (1130, 500), (1080, 605)],
        [(1030, 895), (980, 960), (990, 1100)],
        [(200, 180), (300, 330), (410, 460)],
        [(1560, 560), (1400, 480), (1270, 400)],
    ):
        c.curve(river, ink(0.4, 0), 9)
    _relief(
        c,
        [
            (190, 200),
            (250, 160),
            (300, 220),
            (220, 290),
            (150, 330),
            (1360, 760),
            (1430, 720),
            (1480, 800),
            (1390, 850),
            (1500, 880),
            (720, 970),
            (790, 990),
        ],
        30,
    )
    rail = [(-40, 840), (250, 780), (480, 715), (700, 740), (930, 740), (1000, 560), (1020, 410)]
    c.curve(rail, DEEP, 6)
    _route(c, rail, BARE, 3, "14 14")
    for route in (
        [(440, 560), (560, 480), (770, 380)],
        [(620, 270), (610, 420), (560, 690)],
        [(950, 300), (1100, 280), (1290, 300)],
        [(1080, 615), (1050, 740), (1040, 890)],
    ):
        _route(c, route, DEEP, 5)
    _town(c, 790, 390, "Kisenga", True)
    for x, y, n, a in (
        (420, 590, "Mbaru", "end"),
        (620, 265, "North Landing", "start"),
        (505, 705, "Tolemi", "end"),
        (1300, 300, "Ruanga", "start"),
        (1020, 405, "Port Asha", "start"),
        (930, 735, "Sekuwa", "end"),
        (1040, 900, "Falls Station", "start"),
        (1150, 680, "Dembe", "start"),
    ):
        _town(c, x, y, n, False, a)
    c.text(575, 500, "Lake Oru", 36, BARE, italic=True, spread=3)
    c.text(1120, 250, "Lake Asha", 32, BARE, italic=True, spread=3)
    c.text(1045, 770, "L. Dembe", 27, BARE, italic=True, turn=70)
    c.text(240, 420, "WESTERN RIFT", 30, NAVY, spread=6)
    c.text(1330, 960, "DEMBE PLATEAU", 30, NAVY, spread=6)
    _north(c, 1460, 180, 80)
    _scale(c, 90, 1000, 75, 25)
    _frame(c, "Great Lakes Provinces", (60, 60), "Broken lines: steamers; barred line: railway")


@picture(
    "island-ferry-map",
    "teal",
    "Diagram of island ferry lines: eight islands joined by three named lines with their crossing times in minutes.",
    (0.5, 0.5),
    (1600, 1067),
    wobble=0,
)
def island_ferry_map(c: Sheet) -> None:
    """Schematic ferry network."""
    c.rect(-20, -20, 1640, 1110, ink(0.14, 0))
    for k in range(30):
        c.path(f"M-20 {k * 38}" + "q40 -12 80 0t80 0" * 11, "none", ink(0.2, 0), 3)
    isles = {
        "Port Salen": (260, 560, 120),
        "Almera": (560, 360, 80),
        "Tessaly": (560, 780, 90),
        "Ilha Verro": (860, 230, 85),
        "Skerry Light": (860, 560, 55),
        "Lower Ferry": (900, 860, 80),
        "Norhaven": (1210, 440, 100),
        "Sund": (1400, 720, 90),
    }
    for x, y, r in isles.values():
        pts = [
            (x + r * c.chance.uniform(0.8, 1.2) * math.cos(k * 0.7), y + r * 0.8 * c.chance.uniform(0.8, 1.2) * math.sin(k * 0.7))
            for k in range(9)
        ]
        c.path(smooth(pts, closed=True), ink(0.06, 0), ink(0.06, 0), 40)
        c.path(smooth(pts, closed=True), ink(0, 0.3), NAVY, 4)
    lines = (
        ("Port Salen", "Almera", "Ilha Verro", "Norhaven"),
        ("Port Salen", "Skerry Light", "Norhaven", "Sund"),
        ("Port Salen", "Tessaly", "Lower Ferry", "Sund"),
    )
    times = ((35, 40, 55), (50, 45, 40), (30, 35, 60))
    for names, minutes, tone in zip(lines, times, (DEEP, SPOT, NAVY), strict=True):
        pts = [isles[n][:2] for n in names]
        c.line(pts, BARE, 22)
        c.line(pts, tone, 14)
        for a, b, m in zip(pts, pts[1:], minutes, strict=False):
            mx, my = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
            c.rect(mx - 32, my - 22, 64, 44, BARE, 22)
            c.text(mx, my + 9, str(m), 26, NAVY, bold=True, sans=True)
    for n, (x, y, r) in isles.items():
        c.disc(x, y, 23, DEEP)
        c.disc(x, y, 13, BARE)
        c.text(
            x,
            y + (r * 0.5 + 22 if n not in ("Almera", "Ilha Verro") else -36),
            n,
            32 if n == "Port Salen" else 28,
            DEEP,
            bold=True,
            sans=True,
            halo=ink(0, 0.3),
        )
    c.rect(1180, 850, 340, 160, BARE)
    for k, (name, tone) in enumerate((("North line", DEEP), ("Express", SPOT), ("South line", NAVY))):
        c.line([(1205, 885 + k * 44), (1275, 885 + k * 44)], tone, 14)
        c.text(1300, 894 + k * 44, name, 26, NAVY, anchor="start", sans=True)
    _north(c, 1480, 230, 66)
    _frame(c, "Straits ferries", (60, 60), "Figures: crossing time in minutes")


@picture(
    "old-map-sea",
    "ochre",
    "An old-fashioned chart with a sea serpent, a galleon, wind heads and a compass rose with rhumb lines.",
    (0.5, 0.5),
    (1600, 1067),
    wobble=5,
)
def old_map_sea(c: Sheet) -> None:
    """Portolan chart."""
    c.rect(-20, -20, 1640, 1110, ink(0, 0.3))
    for x, y, r in ((100, 100, 240), (1500, 980, 260), (1400, 120, 200)):
        c.disc(x, y, r, ink(0, 0.38), r * 0.7)
    for cx, cy in ((820, 560), (260, 930), (1420, 260)):
        for p in arc(cx, cy, 1900, 0, 360, 16):
            c.line([(cx, cy), p], ink(0.15, 0.45), 2.5)
    coasts = (
        [(-80, -80), (520, -80), (480, 80), (380, 160), (420, 280), (300, 330), (210, 460), (90, 520), (-80, 560)],
        [(1700, 520), (1520, 560), (1420, 680), (1300, 720), (1280, 860), (1160, 940), (1120, 1160), (1700, 1160)],
        [(560, 190), (680, 150), (740, 240), (650, 320), (540, 290)],
    )
    for coast in coasts:
        d = smooth(_coast(c, coast, 20), closed=True)
        c.path(d, "none", ink(0.25, 0.5), 26)
        c.path(d, ink(0, 0.6), NAVY, 5)
    _relief(c, [(90, 160), (150, 120), (210, 180), (130, 260), (1420, 860), (1490, 820), (1540, 900), (1450, 960)], 34)
    for x, y in ((310, 120), (350, 80), (1350, 940), (1300, 1000)):
        c.rect(x, y, 22, 40, BARE)
        c.poly([(x - 6, y), (x + 11, y - 34), (x + 28, y)], SPOT)
    _north(c, 820, 560, 150)
    with c.at(520, 800, 1.3):
        c.path("M-150 0C-170 -40 -190 -70 -200 -100H-120L-100 -60H90L150 -96L190 -100C170 -40 140 -10 110 10H-120Z", DEEP)
        for x, h in ((-90, 190), (-5, 240), (80, 190)):
            c.line([(x, -50), (x, -h - 20)], DEEP, 7)
            c.path(f"M{x - 44} {-h}Q{x + 40} {-h * 0.8} {x - 40} {-h * 0.55}L{x + 40} {-h * 0.55}Q{x + 90} {-h * 0.8} {x + 40} {-h}Z", BARE)
            c.path(f"M{x - 38} {-h * 0.5}Q{x + 40} {-h * 0.4} {x - 40} -70L{x + 44} -70Q{x + 90} {-h * 0.4} {x + 42} {-h * 0.5}Z", PALE)
            c.poly([(x, -h - 20), (x + 40, -h - 34), (x, -h - 44)], SPOT)
        c.line([(150, -90), (230, -140)], DEEP, 7)
    with c.at(1030, 400, 1.1):
        for k, x in enumerate((0, 150, 290)):
            r = 76 - k * 14
            c.path(f"M{x - r} 0A{r} {r * 1.2} 0 0 1 {x + r} 0H{x + r * 0.5}A{r * 0.5} {r * 0.7} 0 0 0 {x - r * 0.5} 0Z", ink(0.6, 0.9))
        c.path(
            "M-80 0C-90 -90 -130 -100 -150 -150C-160 -190 -120 -210 -90 -196L-40 -170L-70 -160C-90 -150 -60 -120 -50 -90C-44 -60 -44 -30 -44 0Z",
            DEEP,
        )
        c.disc(-106, -172, 9, BARE)
        c.poly([(350, 0), (400, -60), (430, -20), (390, 0)], DEEP)
        for x in (-140, 0, 140, 280):
            c.path(f"M{x} 14q24 -16 48 0t48 0", "none", NAVY, 5)
    _waves(c, [(640, 200), (240, 640), (900, 900), (700, 980), (1460, 420)])
    with c.at(1430, 130):
        c.disc(0, 0, 62, PALE)
        for a in (-60, -30, 0, 30, 150, 200, 240):
            c.disc(52 * math.cos(math.radians(a)), -40 + 30 * math.sin(math.radians(a)), 30, HALF)
        c.disc(-60, 14, 18, SPOT)
        for k in range(4):
            c.curve([(-84, 14), (-150, 6 + k * 26), (-230, 4 + k * 48), (-300, 30 + k * 56)], NAVY, 5)
        c.disc(-16, -6, 7, DEEP)
    for i in range(2):
        c.path(f"M{20 + i * 14} {20 + i * 14}H{1580 - i * 14}V{1047 - i * 14}H{20 + i * 14}Z", "none", NAVY, 9 - 5 * i)
