"""Maps of invented places, drawn as a cartographer would: coasts, depths, routes, scale, north."""

from collections.abc import Sequence

from draw.sheet import BARE, DEEP, FOURTHREE, HALF, NAVY, SPOT, Point, Sheet, arc, ink, picture, smooth

WATER = ink(0.2, 0)
SHALLOW = ink(0.1, 0)
LAND = ink(0, 0.16)


def shoreline(c: Sheet, points: Sequence[Point], rough: float = 14) -> list[Point]:
    """A rough coast: each stretch broken in three and nudged."""
    out: list[Point] = []
    for a, b in zip(points, [*points[1:], points[0]], strict=True):
        for k in range(3):
            t = k / 3
            out.append(
                (a[0] + (b[0] - a[0]) * t + c.chance.uniform(-rough, rough), a[1] + (b[1] - a[1]) * t + c.chance.uniform(-rough, rough))
            )
    return out


def land(c: Sheet, coasts: Sequence[Sequence[Point]], fill: str = LAND) -> None:
    """Land with two shallow-water bands around it."""
    shapes = [smooth(shoreline(c, coast), closed=True) for coast in coasts]
    for width, tone in ((74, ink(0.15, 0)), (36, SHALLOW)):
        for d in shapes:
            c.path(d, tone, tone, width)
    for d in shapes:
        c.path(d, fill, NAVY, 4)


def frame(c: Sheet, title: str, place: Point, note: str) -> None:
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


def north(c: Sheet, x: float, y: float, r: float) -> None:
    """A compass rose."""
    c.ring(x, y, r * 0.72, NAVY, 3)
    for k in range(8):
        long = r if k % 2 == 0 else r * 0.6
        with c.at(x, y, 1, k * 45):
            c.poly([(0, -long), (r * 0.13, -r * 0.16), (0, 0)], NAVY)
            c.poly([(0, -long), (-r * 0.13, -r * 0.16), (0, 0)], SPOT if k % 2 == 0 else BARE)
    c.text(x, y - r - 12, "N", 30, NAVY, bold=True)


def scale(c: Sheet, x: float, y: float, unit: float, step: int, n: int = 4) -> None:
    """A scale bar in kilometres."""
    for k in range(n):
        c.rect(x + k * unit, y, unit, 13, NAVY if k % 2 == 0 else BARE)
    c.path(f"M{x} {y}H{x + n * unit}V{y + 13}H{x}Z", "none", NAVY, 2.5)
    for k in range(0, n + 1, 2):
        c.text(x + k * unit, y - 10, f"{k * step}{' km' if k == n else ''}", 21, NAVY, sans=True)


def town(c: Sheet, x: float, y: float, name: str, capital: bool = False, anchor: str = "start") -> None:
    """A town mark and its name."""
    if capital:
        c.rect(x - 12, y - 12, 24, 24, DEEP)
        c.rect(x - 6, y - 6, 12, 12, BARE)
    else:
        c.disc(x, y, 9, DEEP)
        c.disc(x, y, 4, BARE)
    dx = 20 if anchor == "start" else -20
    c.text(x + dx, y + 9, name, 31 if capital else 25, DEEP, anchor=anchor, bold=capital, sans=True, halo=LAND)


def passage(c: Sheet, points: Sequence[Point], tone: str = SPOT, width: float = 6, dash: str = "16 12") -> None:
    c.parts.append(f'<path d="{smooth(points)}" fill="none" stroke="{tone}" stroke-width="{width}" stroke-dasharray="{dash}"/>')


def relief(c: Sheet, marks: Sequence[Point], s: float = 24) -> None:
    for x, y in marks:
        c.poly([(x - s, y), (x, y - s * 1.3), (x + s, y)], ink(0.1, 0.3))
        c.poly([(x, y - s * 1.3), (x + s, y), (x + s * 0.2, y)], HALF)


def waves(c: Sheet, spots: Sequence[Point]) -> None:
    for x, y in spots:
        for k in range(3):
            c.path(f"M{x + k * 12} {y + k * 13}q12 -10 24 0t24 0t24 0", "none", ink(0.45, 0), 3)


@picture(
    "map-straits",
    "vermilion",
    "Map of the Republic of Tavira Straits: two shores, ten named places, the main islands and the ferry routes from Port Salen.",
    (0.5, 0.5),
    (1600, 1067),
    wobble=0,
)
def map_straits(c: Sheet) -> None:
    """Straits with routes."""
    c.rect(-20, -20, 1640, 1110, WATER)
    land(
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
    relief(c, [(160, 180), (210, 210), (260, 170), (110, 250), (1420, 640), (1470, 690), (1380, 720), (1460, 780), (1530, 740), (780, 480)])
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
        passage(c, route)
    town(c, 500, 325, "Port Salen", True, "end")
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
        town(c, x, y, n, False, a)
    c.text(300, 120, "TAVIRA", 54, HALF, spread=16)
    c.text(1320, 900, "SOUTH SHORE", 36, HALF, spread=10)
    c.text(880, 335, "The Narrows", 32, NAVY, italic=True, turn=14)
    c.text(1370, 180, "Salen Sea", 42, NAVY, italic=True, spread=4)
    c.text(330, 1000, "Gulf of Orra", 38, NAVY, italic=True, spread=4)
    waves(c, [(1460, 80), (900, 100), (130, 760), (480, 970), (760, 660)])

    north(c, 150, 920, 76)
    scale(c, 1180, 1010, 75, 15)
    frame(c, "Tavira Straits", (1010, 60), "Solid towns; broken lines: ferry routes")


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
    land(
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
        passage(c, a, SPOT, 6, "4 8")
    for arm in arms[1:4]:
        passage(c, [(x + 22, y) for x, y in arm[:-1]], SPOT, 5, "4 8")
    c.curve([(-40, 260), (300, 330), (660, 330), (1000, 260), (1520, 300)], DEEP, 5)
    passage(c, [(-40, 260), (300, 330), (660, 330), (1000, 260), (1520, 300)], BARE, 3, "14 14")
    town(c, 720, 335, "Ilmari", True)
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
        town(c, x, y, n, False, a)
    c.text(1120, 150, "SENNAR", 58, HALF, spread=18)
    c.text(640, 130, "R. Sennar", 28, NAVY, italic=True, anchor="start")
    c.text(1060, 1000, "Bay of Ilmari", 40, NAVY, italic=True, spread=4)
    c.text(1080, 808, "rice land", 24, NAVY, italic=True)
    c.text(1180, 285, "coast railway", 23, NAVY, italic=True, turn=2)
    waves(c, [(150, 950), (420, 1000), (820, 1020), (1330, 950)])
    north(c, 1320, 480, 70)
    scale(c, 90, 1010, 66, 10)
    frame(c, "Sennar Delta", (60, 60), "Dotted: embankments raised since 2019")


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
        c.blob(shoreline(c, arc(x, y, r, 0, 330, 9), 40), ink(0, 0.4))
        c.blob(shoreline(c, arc(x, y, r * 0.6, 0, 330, 7), 26), ink(0.06, 0.55))
    lakes = (
        [(480, 330), (620, 260), (760, 300), (800, 420), (740, 560), (640, 680), (500, 700), (420, 600), (400, 440)],
        [(960, 200), (1120, 150), (1280, 210), (1300, 330), (1180, 420), (1020, 400), (930, 320)],
        [(980, 640), (1080, 600), (1150, 680), (1120, 820), (1040, 900), (960, 840), (930, 730)],
    )
    for lake in lakes:
        d = smooth(shoreline(c, lake, 16), closed=True)
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
    relief(
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
    passage(c, rail, BARE, 3, "14 14")
    for route in (
        [(440, 560), (560, 480), (770, 380)],
        [(620, 270), (610, 420), (560, 690)],
        [(950, 300), (1100, 280), (1290, 300)],
        [(1080, 615), (1050, 740), (1040, 890)],
    ):
        passage(c, route, DEEP, 5)
    town(c, 790, 390, "Kisenga", True)
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
        town(c, x, y, n, False, a)
    c.text(575, 500, "Lake Oru", 36, BARE, italic=True, spread=3)
    c.text(1120, 250, "Lake Asha", 32, BARE, italic=True, spread=3)
    c.text(1045, 770, "L. Dembe", 27, BARE, italic=True, turn=70)
    c.text(240, 420, "WESTERN RIFT", 30, NAVY, spread=6)
    c.text(1330, 960, "DEMBE PLATEAU", 30, NAVY, spread=6)
    north(c, 1460, 180, 80)
    scale(c, 90, 1000, 75, 25)
    frame(c, "Great Lakes Provinces", (60, 60), "Broken lines: steamers; barred line: railway")
