"""Pictures of rails, roads, streets and bridges."""

import math

from draw import built, nature
from draw.figures import person, walker
from draw.sheet import BARE, DEEP, HALF, NAVY, PALE, SPOT, TALL, WARM, Sheet, ink, picture


@picture("night-train", "ochre", "A sleeper train with lit windows curves beside a moonlit lake.", (0.55, 0.6))
def night_train(c: Sheet) -> None:
    """Lit train by a lake."""
    nature.sky(c, (1, 0), (0.6, 0.15), 560)
    nature.stars(c, 70, 400)
    nature.crescent(c, 330, 200, 80, BARE)
    nature.mountain(c, 1150, 560, 1000, 330, ink(0.75, 0.1), ink(0.9, 0.1), ink(0.3, 0))
    nature.mountain(c, 520, 560, 800, 230, ink(0.7, 0.1), ink(0.85, 0.1))
    nature.sea(c, 550, ink(0.7, 0.1), ink(0.35, 0), density=0.7)
    nature.glitter(c, 330, 560, 760, 160, BARE)
    c.under([(-40, 760), (500, 770), (1100, 800), (1660, 850)], DEEP)
    for k in range(5):
        s = 0.42 + 0.2 * k
        x = (-60, 180, 470, 830, 1270)[k]
        w = (230, 280, 350, 430, 540)[k]
        y = (750, 762, 782, 812, 856)[k]
        with c.at(x, y, 1, (1, 3, 4, 5, 6)[k]):
            h = 150 * s + 20
            c.rect(0, -h, w - 10, h * 0.86, NAVY, 14)
            c.rect(0, -h, w - 10, h * 0.14, DEEP, 8)
            built.windows(c, 14, -h * 0.86, w - 40, h * 0.5, 5, 1, SPOT, 0.66, BARE)
            c.rect(0, -h * 0.3, w - 10, h * 0.06, SPOT)
            for t in (0.15, 0.3, 0.7, 0.85):
                c.disc(w * t, -h * 0.08, h * 0.1, HALF)
            for i in range(5):
                nature.wave(c, 20 + i * w / 5.5, 40 + h * 0.3, w / 7, 14, WARM)
    c.curve([(-40, 752), (180, 766), (470, 788), (830, 818), (1270, 862), (1660, 905)], HALF, 7)
    for x, h in ((90, 380), (200, 290), (1360, 260), (1480, 420), (1570, 330)):
        nature.pine(c, x, 1100, h, DEEP)
    c.under([(-40, 1010), (400, 1040), (900, 1000), (1660, 1050)], ink(1, 0.5))


@picture(
    "cargo-rail", "vermilion", "A long freight train loaded with containers winds across an open plain towards the viewer.", (0.62, 0.6)
)
def cargo_rail(c: Sheet) -> None:
    """Freight train on a curve."""
    nature.sky(c, (0.3, 0), (0, 0.2), 520)
    nature.cloud(c, 420, 170, 480)
    nature.cloud(c, 1250, 280, 400)
    c.under(nature.ridge(c, 480, 24, 9), ink(0.3, 0.1))
    c.rect(-20, 520, 1640, 600, ink(0, 0.3))
    for i in range(9):
        c.under([(-40, 560 + i * 60), (800, 570 + i * 62), (1660, 545 + i * 66)], ink(0.04 * (i % 3), 0.3 + 0.06 * (i % 2)))
    c.path(
        "M60 560C500 545 820 560 860 620C900 700 700 820 1140 1100H1560C1120 860 1060 720 940 610C860 540 500 530 60 552Z", ink(0.5, 0.15)
    )
    cars = [(120 + i * 62, 556 - (i % 2), 0.18 + i * 0.006) for i in range(9)] + [(690, 560, 0.28), (765, 575, 0.34), (835, 604, 0.42)]
    for i, (x, y, s) in enumerate(cars):
        with c.at(x, y, s):
            c.rect(0, -190, 300, 180, (SPOT, NAVY, BARE, HALF)[i % 4])
            for k in range(7):
                c.line([(25 + k * 42, -170), (25 + k * 42, -30)], DEEP, 6)
            c.rect(-10, -14, 330, 20, DEEP)

    def edge(t: float) -> tuple[tuple[float, float], tuple[float, float]]:
        return (945 - 265 * t, 650 - 143 * t), (935 - 250 * t, 990 - 430 * t)

    for k, (near, far) in enumerate(((0.02, 0.42), (0.45, 0.68), (0.7, 0.84), (0.855, 0.94))):
        (a, b), (d, e) = edge(near), edge(far)
        c.poly([a, b, e, d], (NAVY, SPOT, BARE, HALF)[k])
        for j in range(1, 7):
            t = near + (far - near) * j / 7
            top, foot = edge(t)
            c.line([(top[0], top[1] + 14), (foot[0], foot[1] - 40 * (1 - t))], DEEP, 5 * (1 - t) + 1)
        c.poly([b, e, (e[0] + 20, e[1] + 12), (b[0] + 20, b[1] + 24)], DEEP)
    with c.at(1130, 980):
        c.poly([(-190, -330), (-60, -380), (180, -380), (260, -330), (280, 20), (-200, 20)], SPOT)
        c.poly([(-190, -330), (-60, -380), (-50, 20), (-200, 20)], ink(0.6, 1))
        c.poly([(-20, -350), (170, -350), (220, -250), (-34, -250)], NAVY)
        c.poly([(90, -350), (102, -350), (110, -250), (92, -250)], SPOT)
        c.rect(-40, -200, 300, 44, BARE)
        for x in (0, 215):
            c.disc(x, -100, 30, BARE)
            c.disc(x, -100, 16, PALE)
        c.rect(-210, -30, 500, 56, DEEP)
        c.poly([(-50, 20), (290, 20), (230, 90), (30, 90)], NAVY)
        c.disc(80, -372, 18, BARE)
    for k in range(6):
        c.line([(1120 + k * 50, 1005 + k * 22), (1420 + k * 50, 1000 + k * 20)], DEEP, 14)
    nature.grass(c, 0, 700, 1090, 120, DEEP, 60)


@picture("telegraph-poles", "ochre", "A line of telegraph poles marches over the steppe into the distance beside a rider.", (0.4, 0.5))
def telegraph_poles(c: Sheet) -> None:
    """Poles in perspective."""
    nature.sky(c, (0.1, 0.7), (0, 0.1), 640)
    nature.sun(c, 1180, 560, 180, BARE)
    c.under(nature.ridge(c, 620, 16, 9), ink(0.25, 0.6))
    c.rect(-20, 660, 1640, 440, ink(0.05, 0.75))
    for _ in range(60):
        t = c.chance.random() ** 1.4
        nature.wave(c, c.chance.uniform(-50, 1600), 680 + 380 * t, 60 + 190 * t, 6 + 16 * t, ink(0.2, 0.9))
    tops: list[list[tuple[float, float]]] = [[] for _ in range(6)]
    for k in range(8):
        s = 0.68**k
        x, y = 1120 - 960 * s, 665 + 320 * s
        h = 900 * s
        c.poly([(x - 17 * s, y), (x - 11 * s, y - h), (x + 11 * s, y - h), (x + 17 * s, y)], DEEP)
        for j, (arm, dy) in enumerate(((190, 0.95), (150, 0.87))):
            c.line([(x - arm * s, y - h * dy), (x + arm * s, y - h * dy)], DEEP, 15 * s)
            for i, side in enumerate((-0.9, 0, 0.9)):
                c.rect(x + arm * s * side - 8 * s, y - h * dy - 30 * s, 16 * s, 26 * s, BARE)
                tops[j * 3 + i].append((x + arm * s * side, y - h * dy - 28 * s))
        c.line([(x - 120 * s, y - h * 0.95), (x, y - h * 0.8)], DEEP, 7 * s)
    for row in tops:
        built.cup_wires(c, [(row[0][0] - 700, row[0][1] - 130), *row], 26, NAVY, 3)
    with c.at(960, 900, 1.1):
        c.path("M-90 -70C-60 -90 40 -84 70 -90C90 -120 100 -150 130 -160L160 -130L150 -118L128 -122C120 -90 100 -50 70 -46L-70 -40Z", DEEP)
        for a, b in (((-76, -50), (-90, 30)), ((-56, -50), (-40, 34)), ((60, -56), (50, 32)), ((74, -56), (100, 22))):
            c.line([a, b], DEEP, 13)
        c.curve([(-88, -66), (-116, -40), (-112, 0)], DEEP, 10)
        c.poly([(-20, -84), (20, -84), (28, -170), (-18, -170)], NAVY)
        c.line([(0, -84), (26, -34)], NAVY, 20)
        c.disc(6, -190, 19, DEEP)
        c.disc(6, -200, 36, DEEP, 6)
    nature.grass(c, 0, 1600, 1090, 130, DEEP, 110)


@picture(
    "steam-engine", "plum", "A stationary beam engine with a great flywheel turns under the arches of a brick engine house.", (0.55, 0.5)
)
def steam_engine(c: Sheet) -> None:
    """Beam engine interior."""
    c.rect(-20, -20, 1640, 1110, ink(0.15, 0.5))
    for y in range(0, 900, 44):
        for x in range(-60, 1640, 110):
            if c.chance.random() < 0.4:
                c.rect(x + (55 if (y // 44) % 2 else 0), y, 100, 36, ink(0.22, 0.6))
    for x in (140, 640, 1140):
        c.path(built.rounded(x, 760, 320, 620), PALE)
        for k in range(1, 3):
            c.line([(x + k * 107, 150), (x + k * 107, 760)], ink(0.5, 0.6), 9)
        for y in (360, 480, 600):
            c.line([(x, y), (x + 320, y)], ink(0.5, 0.6), 9)
    c.rect(-20, 850, 1640, 250, ink(0.8, 0.7))
    c.rect(-20, 835, 1640, 24, DEEP)
    c.poly([(700, 850), (740, 330), (830, 330), (870, 850)], DEEP)
    with c.at(785, 320, 1, -9):
        c.path("M-560 -20C-300 -90 300 -90 560 -20L560 22C300 80 -300 80 -560 22Z", NAVY)
        c.path("M-420 -6C-250 -50 250 -50 420 -6C250 40 -250 40 -420 -6Z", ink(0.5, 0.7))
        c.disc(0, 0, 46, SPOT)
        c.disc(0, 0, 18, DEEP)
    c.line([(238, 400), (238, 640)], BARE, 20)
    c.rect(150, 620, 176, 230, SPOT)
    c.rect(262, 620, 64, 230, ink(0.5, 1))
    c.rect(130, 605, 216, 30, NAVY)
    c.rect(130, 826, 216, 30, NAVY)
    built.wheel(c, 1260, 640, 330, DEEP, 46, 10, 0.14)
    c.ring(1260, 640, 345, SPOT, 14)
    c.line([(1335, 234), (1350, 560)], BARE, 24)
    c.disc(1335, 234, 28, DEEP)
    c.disc(1350, 560, 34, SPOT)
    c.line([(1260, 640), (1350, 560)], NAVY, 40)
    for r in (30, 22, 40, 34):
        c.disc(260 + r * 3, 560 - r * 5, r * 1.4, BARE)
    person(c, 540, 1020, 430, NAVY, hat="cap", arms=((-20, -10), (50, 120)))
    c.rect(-20, 1000, 1640, 20, BARE)
    for x in range(40, 1600, 190):
        c.rect(x, 900, 12, 110, BARE)
    c.rect(-20, 900, 1640, 12, BARE)


@picture(
    "stone-bridge",
    "moss",
    "A single-arched stone bridge humps over a river below a walled village, its arch closing a circle in the water.",
    (0.5, 0.5),
)
def stone_bridge(c: Sheet) -> None:
    """Packhorse bridge with reflection."""
    nature.sky(c, (0.15, 0.15), (0, 0.02), 520)
    nature.mountain(c, 350, 560, 1000, 380, ink(0.2, 0.25), ink(0.36, 0.3))
    nature.mountain(c, 1250, 560, 900, 300, ink(0.15, 0.2), ink(0.3, 0.25))
    nature.hills(c, 520, 40, ink(0.1, 0.6))
    for i in range(9):
        built.house(c, 1020 + (i % 5) * 105, 500 - (i // 5) * 70 + (i % 2) * 20, 90, 66, BARE if i % 2 else PALE, NAVY, NAVY, 0.35)
    c.rect(1270, 300, 50, 130, BARE)
    c.poly([(1262, 302), (1295, 230), (1328, 302)], NAVY)
    for x, h in ((120, 260), (210, 330), (320, 220)):
        nature.cypress(c, x, 620, h, ink(0.6, 0.9))
    c.rect(-20, 690, 1640, 410, ink(0.35, 0.35))
    c.path("M-20 640C200 640 380 640 560 470Q800 260 1040 470C1220 640 1400 640 1640 640V720H1130A330 330 0 0 0 470 720H-20Z", PALE)
    c.path("M470 720A330 330 0 0 1 1130 720H1090A290 290 0 0 0 510 720Z", HALF)
    for i in range(11):
        a = math.radians(186 + i * 16.8)
        c.line([(800 + 334 * math.cos(a), 720 + 334 * math.sin(a)), (800 + 372 * math.cos(a), 720 + 372 * math.sin(a))], HALF, 5)
    for _ in range(60):
        x = c.chance.choice((c.chance.uniform(0, 440), c.chance.uniform(1160, 1580)))
        c.rect(x, c.chance.uniform(655, 705), c.chance.uniform(30, 60), 14, ink(0.2, 0.25), 5)
    c.path(
        "M-20 640C200 640 380 640 560 470Q800 260 1040 470C1220 640 1400 640 1640 640V612C1400 612 1230 610 1060 446Q800 222 540 446C370 610 200 612 -20 612Z",
        ink(0.35, 0.3),
    )
    c.path("M470 722A330 330 0 0 0 1130 722H1640V760H1170C1080 930 960 1020 800 1020C640 1020 520 930 430 760H-20V722Z", ink(0.55, 0.4))
    nature.glitter(c, 800, 740, 1060, 1600, BARE, 22)
    with c.at(800, 336, 0.7):
        walker(c, -70, 0, 150, DEEP, hat="brim")
        c.path("M10 -70C40 -84 90 -82 110 -84L130 -112L146 -110L140 -84L120 -56L20 -44Z", DEEP)
        for x in (24, 40, 96, 112):
            c.line([(x, -50), (x - 2, 6)], DEEP, 9)
        c.rect(40, -100, 50, 36, SPOT, 8)
    c.under([(-40, 900), (160, 930), (330, 1040), (430, 1120)], DEEP)
    c.under([(1180, 1120), (1330, 1010), (1500, 930), (1660, 920)], DEEP)
    nature.grass(c, 0, 330, 1080, 220, DEEP, 30)
    nature.grass(c, 1300, 1620, 1080, 220, DEEP, 30)


@picture(
    "bridge-collapse-river",
    "vermilion",
    "The middle span of a girder bridge lies broken in a swollen brown river; a crane and crew stand at the edge.",
    (0.48, 0.55),
)
def bridge_collapse(c: Sheet) -> None:
    """Broken girder bridge."""
    nature.sky(c, (0.5, 0), (0.05, 0.1), 480)
    for x, y, w in ((300, 140, 620), (1100, 190, 700)):
        nature.cloud(c, x, y, w, ink(0.55, 0))
    c.under(nature.ridge(c, 430, 40, 7), ink(0.35, 0.1))
    for i in range(26):
        nature.pine(c, i * 66, 500, c.chance.uniform(60, 120), ink(0.55, 0.15))
    nature.sea(c, 490, ink(0.25, 0.55), ink(0.05, 0.2))
    for x in (330, 1180):
        c.poly([(x, 470), (x + 110, 470), (x + 130, 800), (x - 20, 800)], PALE)
        c.poly([(x + 70, 470), (x + 110, 470), (x + 130, 800), (x + 76, 800)], HALF)
        nature.glitter(c, x + 50, 790, 850, 260, BARE, 6)

    def span(n: int, w: float) -> None:
        step = w / n
        c.rect(0, -16, w, 30, DEEP)
        c.rect(0, -160, w, 14, NAVY)
        for i in range(n):
            c.line([(i * step, 0), (i * step + step / 2, -154), ((i + 1) * step, 0)], NAVY, 12)

    with c.at(-60, 460):
        span(4, 470)
    with c.at(1210, 460):
        span(4, 470)
    with c.at(405, 470, 1, 37):
        span(4, 420)
    with c.at(860, 740, 1, -31):
        span(4, 400)
    for x, y in ((690, 760), (760, 790), (840, 760), (900, 745), (640, 720), (1050, 690)):
        nature.cloud(c, x, y + 30, 120, BARE)
    with c.at(200, 445):
        c.rect(-130, -70, 210, 50, SPOT)
        c.rect(-60, -130, 90, 70, SPOT)
        c.rect(-40, -118, 50, 36, BARE)
        for x in (-100, -40, 40):
            c.disc(x, -16, 24, DEEP)
        built.lattice(c, (10, -120), (300, -350), 26, 16, 10, DEEP, 5)
        c.line([(300, -350), (300, -60)], DEEP, 4)
        c.rect(288, -70, 24, 30, SPOT)
    for x in (1290, 1350):
        person(c, x, 446, 110, SPOT, hat="helmet")
    c.under([(-40, 930), (300, 900), (700, 990), (1200, 960), (1660, 900)], DEEP)
    c.rect(960, 850, 280, 16, SPOT)
    for x in (980, 1090, 1200):
        c.line([(x, 840), (x, 990)], BARE, 12)
        c.rect(x - 6, 850, 70, 16, BARE)
    person(c, 500, 1040, 300, NAVY)
    person(c, 590, 1050, 290, BARE, skirt=True, trousers=NAVY)
    person(c, 690, 1055, 200, SPOT)


@picture("pilgrim-road", "ochre", "Walkers with staffs climb a stony track to a chapel on a hill at first light.", (0.55, 0.4), TALL)
def pilgrim_road(c: Sheet) -> None:
    """Zigzag track to a chapel."""
    nature.sky(c, (0.35, 0.1), (0, 0.5), 700)
    nature.sun(c, 360, 330, 120, BARE)
    nature.mountain(c, 250, 800, 900, 420, ink(0.2, 0.35), ink(0.36, 0.4))
    c.under([(-40, 860), (300, 740), (620, 560), (820, 500), (1000, 580), (1240, 760)], ink(0.1, 0.7))
    built.gable(c, 760, 510, 120, 90, BARE, NAVY, "", 0.6)
    c.rect(720, 400, 50, 112, BARE)
    c.poly([(714, 404), (745, 340), (776, 404)], NAVY)
    c.line([(745, 340), (745, 306)], NAVY, 5)
    c.line([(733, 320), (757, 320)], NAVY, 5)
    c.rect(806, 440, 30, 72, DEEP)
    c.under([(-40, 1000), (300, 960), (700, 1010), (1240, 880)], ink(0.25, 0.8))
    c.path(
        "M830 512C800 560 640 600 660 660C690 730 960 740 940 830C910 930 420 920 380 1040C350 1160 820 1200 800 1540H330C420 1340 150 1180 230 1030C310 900 800 900 830 820C840 770 590 740 580 660C580 590 780 560 815 512Z",
        PALE,
    )
    for x, h in ((130, 420), (230, 300), (1060, 360)):
        nature.cypress(c, x, 1000 if x < 500 else 900, h, ink(0.8, 0.7))
    c.under([(-40, 1240), (200, 1220), (420, 1400), (480, 1540)], DEEP)
    c.under([(820, 1540), (880, 1400), (1060, 1260), (1240, 1240)], DEEP)
    for x, y, h in ((660, 640, 60), (900, 830, 95), (800, 870, 100), (440, 1030, 170), (360, 1080, 180)):
        walker(c, x, y, h, NAVY)
        c.line([(x + h * 0.3, y - h * 0.55), (x + h * 0.36, y)], DEEP, max(3, h * 0.03))
    for x, y, h, tone in ((500, 1440, 480, NAVY), (730, 1470, 470, SPOT)):
        _, near = walker(c, x, y, h, tone, hat="brim")
        c.line([(near[0], near[1] - 120), (near[0] + 14, y + 10)], DEEP, 13)
        c.rect(x - h * 0.24, y - h * 0.83, h * 0.16, h * 0.26, DEEP, 20)


@picture("silk-road-caravan", "ochre", "A string of laden camels crosses the crest of a dune, each casting a long shadow.", (0.5, 0.42))
def caravan(c: Sheet) -> None:
    """Camels on a dune crest."""
    nature.sky(c, (0, 0.85), (0, 0.15), 620)
    nature.sun(c, 420, 330, 140, BARE)
    nature.mountain(c, 1300, 560, 900, 190, ink(0.2, 0.5), ink(0.35, 0.5))
    c.under([(-40, 560), (300, 500), (700, 560), (1200, 520), (1660, 580)], ink(0.12, 0.65))
    c.under([(-40, 620), (400, 600), (900, 560), (1300, 610), (1660, 700)], ink(0, 0.5))
    c.path("M-40 1100L120 940C500 840 640 720 900 563C1000 680 1240 860 1660 960V1100Z", ink(0.45, 0.7))
    for i in range(12):
        y = 680 + i * 36
        c.curve([(-40, y + 20), (200, y), (420, y + 16), (560 - i * 30, y + 4)], ink(0.12, 0.7), 5)

    def camel(x: float, y: float, s: float, rider: bool) -> None:
        with c.at(x, y, s):
            with c.overprint():
                c.path("M-80 0L90 0L330 160L60 150Z", ink(0.35, 0.2))
            for a, b in ((-62, -76), (-44, -30), (52, 44), (68, 84)):
                c.line([(a, -90), (a + 4, -46), (b, 4)], DEEP, 11)
            c.path(
                "M-92 -100C-90 -140 -50 -150 -30 -190C-10 -216 20 -210 34 -180C46 -150 70 -150 84 -130C110 -120 120 -150 124 -190C128 -214 150 -222 176 -210L180 -196L150 -190C150 -140 140 -90 96 -84C40 -70 -60 -70 -92 -100Z",
                DEEP,
            )
            c.curve([(-90, -120), (-102, -90), (-98, -60)], DEEP, 6)
            c.path("M-46 -160L44 -160L60 -96L-58 -96Z", SPOT)
            c.path("M-40 -130h84v34h-88Z", NAVY)
            if rider:
                c.poly([(-24, -190), (26, -190), (16, -270), (-12, -270)], BARE)
                c.disc(2, -286, 20, ink(0.3, 0.6))
                c.path("M-22 -284C-20 -320 26 -320 26 -284Q2 -296 -22 -284Z", BARE)

    pts = [(1450, 660, 0.95), (1200, 592, 0.9), (970, 566, 0.85), (740, 575, 0.8), (530, 592, 0.75), (330, 608, 0.7)]
    for i, (x, y, s) in enumerate(pts):
        camel(x, y + 6, s, i in (1, 4))
    for (x, y, s), (u, v, t) in zip(pts, pts[1:], strict=False):
        c.path(f"M{x - 85 * s} {y - 110 * s}Q{(x + u) / 2} {(y + v) / 2 - 50} {u + 170 * t} {v - 190 * t}", "none", DEEP, 3)
    walker(c, 1585, 705, 170, BARE, trousers=PALE, scarf=True)
