"""Pictures of things on tables and the hands that use them."""

import math

from draw import built, nature
from draw.figures import person
from draw.sheet import BARE, DEEP, HALF, MIST, NAVY, PALE, SPOT, WARM, Sheet, ink, picture


def _table(c: Sheet, y: float, wall: str, top: str, grain: str) -> None:
    """A wall and a table top with grain."""
    c.rect(-20, -20, c.w + 40, y + 40, wall)
    c.rect(-20, y, c.w + 40, c.h - y + 40, top)
    for _ in range(34):
        nature.wave(c, c.chance.uniform(-100, c.w), c.chance.uniform(y + 20, c.h), c.chance.uniform(120, 420), 7, grain)


@picture("sleep-moon", "plum", "A sleeper lies under a patterned quilt while a large moon fills the window.", (0.5, 0.45))
def sleep_moon(c: Sheet) -> None:
    """Bedroom at night."""
    c.rect(-20, -20, 1640, 1110, ink(0.85, 0.5))
    for k in range(22):
        c.rect(k * 76, 0, 5, 760, ink(0.78, 0.5))
    c.rect(480, 60, 700, 520, DEEP)
    c.rect(506, 86, 648, 468, c.grade((1, 0.1), (0.6, 0.4)))
    with c.inside("M506 86H1154V554H506Z"):
        for _ in range(50):
            c.disc(c.chance.uniform(506, 1154), c.chance.uniform(86, 400), c.chance.uniform(2, 5), BARE)
        c.disc(840, 300, 170, BARE)
        for x, y, r in ((780, 250, 34), (880, 350, 46), (900, 230, 20), (790, 360, 18)):
            c.disc(x, y, r, PALE)
        c.under([(480, 520), (700, 480), (900, 520), (1180, 470)], NAVY, 580)
    c.rect(820, 86, 16, 468, DEEP)
    c.rect(506, 300, 648, 14, DEEP)
    c.path("M440 30H560C560 260 520 420 450 600H400Z", SPOT)
    c.path("M1220 30H1100C1100 260 1140 420 1210 600H1260Z", SPOT)
    with c.overprint():
        c.poly([(540, 640), (1120, 640), (1400, 1100), (300, 1100)], ink(0, 0))
    c.rect(60, 470, 60, 520, DEEP)
    c.rect(60, 520, 90, 360, NAVY, 30)
    c.rect(90, 760, 1500, 190, NAVY)
    c.path("M110 780C120 700 180 670 300 680C420 690 470 720 470 790Z", BARE)
    c.disc(330, 690, 82, ink(0.15, 0.4), 66)
    c.path("M250 700C220 600 330 590 400 640C380 640 350 650 330 680C300 690 300 740 260 740Z", DEEP)
    c.path("M362 690q14 10 28 0", "none", DEEP, 5)
    c.path(
        "M400 800C430 700 520 660 640 690C800 620 960 640 1100 690C1250 720 1400 690 1480 760C1560 800 1590 900 1590 980H380C370 900 380 850 400 800Z",
        SPOT,
    )
    with c.inside(
        "M400 800C430 700 520 660 640 690C800 620 960 640 1100 690C1250 720 1400 690 1480 760C1560 800 1590 900 1590 980H380C370 900 380 850 400 800Z"
    ):
        for i in range(13):
            for j in range(4):
                x, y = 420 + i * 96 + (j % 2) * 48, 690 + j * 84
                c.poly([(x, y - 40), (x + 44, y), (x, y + 40), (x - 44, y)], (PALE, ink(0.5, 0.9), NAVY)[(i + j) % 3])
        with c.overprint():
            c.under([(380, 900), (700, 840), (1100, 880), (1600, 830)], ink(0.45, 0))
    c.rect(-20, 960, 1640, 150, DEEP)
    c.rect(1390, 560, 190, 20, DEEP)
    c.rect(1470, 470, 16, 90, BARE)
    c.disc(1520, 545, 24, PALE, 14)


@picture(
    "running-shoes", "vermilion", "A pair of running shoes stands laced on a wet promenade, a runner small in the distance.", (0.42, 0.65)
)
def running_shoes(c: Sheet) -> None:
    """Shoes large, runner small."""
    nature.sky(c, (0, 0.6), (0, 0.08), 460)
    nature.sun(c, 1200, 300, 110, BARE)
    c.under(nature.ridge(c, 430, 24, 8), ink(0.3, 0.1), 480)
    nature.sea(c, 460, ink(0.45, 0), BARE, 600)
    c.rect(-20, 590, 1640, 30, NAVY)
    for k in range(14):
        c.rect(30 + k * 120, 500, 12, 100, NAVY)
    c.rect(-20, 496, 1640, 12, NAVY)
    c.rect(-20, 616, 1640, 490, ink(0.2, 0.1))
    for k in range(-5, 12):
        c.line([(800 + (k - 3) * 90, 620), (800 + (k - 3) * 330, 1100)], ink(0.3, 0.1), 5)
    person(c, 1290, 700, 210, SPOT, legs=((-40, -80), (46, -10)), arms=((50, 110), (-50, 40)), lean=12, trousers=DEEP)

    def shoe(x: float, y: float, s: float, turn: float) -> None:
        with c.at(x, y, s, turn):
            nature.wave(c, -330, 16, 760, 50, ink(0.55, 0.2))
            c.path(
                "M-310 -250C-250 -230 -210 -240 -170 -270L-120 -276C-60 -180 40 -120 180 -104C300 -92 360 -60 370 -10H-320C-336 -90 -330 -180 -310 -250Z",
                SPOT,
            )
            c.path("M-120 -276C-60 -180 40 -120 180 -104L150 -60C20 -70 -110 -130 -190 -236Z", BARE)
            c.path("M-310 -250C-250 -230 -210 -240 -170 -270L-180 -200C-220 -180 -280 -190 -318 -200Z", NAVY)
            c.path("M180 -104C300 -92 360 -60 370 -10H240C250 -50 230 -80 180 -104Z", NAVY)
            c.path("M-260 -30C-160 -120 -40 -110 100 -30H40C-60 -80 -130 -80 -190 -30Z", BARE)
            for k in range(5):
                a = (-104 + k * 52, -232 + k * 33)
                c.line([(a[0] - 46, a[1] + 44), (a[0] + 22, a[1] + 8)], DEEP, 14)
            c.curve([(-110, -250), (-190, -330), (-230, -270), (-120, -240)], DEEP, 11)
            c.curve([(-110, -250), (-30, -330), (10, -280), (-100, -240)], DEEP, 11)
            c.path("M-330 -20H376C400 0 396 36 366 40H-300C-330 36 -340 10 -330 -20Z", BARE)
            c.path("M-326 16H388C386 34 376 40 366 40H-300C-318 38 -326 28 -326 16Z", DEEP)

    shoe(820, 900, 0.95, -3)
    shoe(480, 985, 1.05, 2)


@picture("kitchen-salt", "teal", "A salt cellar, a spoon heaped with salt and a cut loaf sit on a kitchen table by a window.", (0.5, 0.62))
def kitchen_salt(c: Sheet) -> None:
    """Still life."""
    _table(c, 640, ink(0.04, 0.3), PALE, ink(0.08, 0.35))
    c.rect(980, 40, 480, 460, NAVY)
    c.rect(1004, 64, 432, 412, BARE)
    with c.inside("M1004 64H1436V476H1004Z"):
        c.under([(980, 380), (1150, 330), (1300, 370), (1460, 320)], ink(0.15, 0.6), 500)
        c.disc(1330, 170, 50, SPOT)
    c.rect(1212, 64, 16, 412, NAVY)
    for i in range(9):
        for j in range(3):
            c.rect(40 + i * 96, 380 + j * 84, 90, 78, (BARE, ink(0.05, 0.5))[(i + j) % 2], 4)
    for x, h, tone in ((120, 180, NAVY), (240, 130, SPOT)):
        c.rect(x, 640 - h, 96, h, tone, 16)
        c.rect(x - 8, 626 - h, 112, 26, DEEP, 8)
    with c.overprint():
        c.poly([(240, 830), (560, 790), (760, 860), (440, 940)], ink(0.3, 0.05))
        c.poly([(1040, 840), (1420, 780), (1590, 830), (1220, 930)], ink(0.3, 0.05))
    c.path("M300 860L340 470H540L580 860Q440 900 300 860Z", ink(0.12, 0.1))
    c.path("M316 720Q440 760 564 720L580 860Q440 900 300 860Z", BARE)
    c.path("M500 470H540L580 860Q540 876 500 880Z", ink(0.35, 0.15))
    c.path("M326 476C330 360 550 360 554 476Z", NAVY)
    for x, y in ((400, 420), (440, 404), (480, 420), (420, 444), (462, 444)):
        c.disc(x, y, 9, BARE)
    c.rect(318, 466, 244, 24, DEEP, 10)
    c.path("M860 830C840 640 1000 560 1180 580C1380 590 1450 700 1430 830C1300 880 980 880 860 830Z", ink(0.3, 0.7))
    c.path("M860 830C840 640 900 590 980 584C1060 640 1070 780 1040 862C960 860 900 850 860 830Z", BARE)
    for x, y in ((930, 700), (970, 650), (990, 740), (920, 780), (1000, 810)):
        c.disc(x, y, 14, ink(0.05, 0.3), 9)
    for k in range(3):
        c.line([(1120 + k * 90, 620), (1170 + k * 90, 700)], BARE, 13)
    c.path("M640 960C660 890 800 890 820 950L1080 990Q1110 1000 1080 1010L810 990C780 1030 660 1020 640 960Z", NAVY)
    c.path("M656 950C680 860 780 860 806 950Q730 990 656 950Z", BARE)
    for _ in range(70):
        c.disc(c.chance.gauss(740, 150), c.chance.gauss(1005, 24), c.chance.uniform(2.5, 6), BARE)


@picture(
    "vaccine-cooler",
    "moss",
    "A health worker carries a strapped vaccine cool box along a village path towards waiting mothers.",
    (0.45, 0.6),
)
def vaccine_cooler(c: Sheet) -> None:
    """Cool box in the foreground."""
    nature.sky(c, (0.05, 0.3), (0, 0.05), 480)
    nature.sun(c, 1320, 190, 90, BARE)
    nature.hills(c, 420, 50, ink(0.15, 0.4))
    nature.hills(c, 490, 30, ink(0.1, 0.7))
    for x, s in ((1010, 1), (1330, 1.2)):
        with c.at(x, 640, s):
            c.rect(-80, -100, 160, 104, PALE)
            c.rect(-22, -72, 44, 76, DEEP)
            c.poly([(-120, -90), (0, -220), (120, -90)], ink(0.4, 0.8))
    c.rect(-20, 640, 1640, 460, ink(0, 0.5))
    c.path("M1060 640H1130C1120 760 980 860 860 1100H240C420 900 980 760 1060 640Z", PALE)
    nature.tree(c, 170, 700, 520, ink(0.25, 1), DEEP, ink(0.55, 1))
    for x, h, tone in ((1190, 230, NAVY), (1290, 240, SPOT), (1400, 230, BARE)):
        person(c, x, 810, h, tone, skirt=True, scarf=True, arms=((30, 90), (30, 100)), trousers=NAVY)
        c.disc(x + h * 0.12, 810 - h * 0.62, h * 0.06, DEEP)
        c.disc(x + h * 0.08, 810 - h * 0.54, h * 0.1, BARE if tone != BARE else WARM, h * 0.08)
    person(c, 610, 1070, 760, BARE, legs=((-20, -28), (20, 4)), arms=((24, 40), (10, 16)), lean=3, trousers=NAVY, skin=ink(0.45, 0.75))
    with c.at(700, 810):
        c.path("M-110 20Q0 -150 130 20", "none", DEEP, 16)
        c.rect(-150, 10, 310, 210, SPOT, 18)
        c.rect(-150, 10, 310, 56, NAVY, 16)
        c.rect(-160, 56, 330, 14, BARE)
        c.disc(5, 146, 54, BARE)
        c.rect(-9, 108, 28, 76, NAVY)
        c.rect(-33, 132, 76, 28, NAVY)
        for x in (-112, 116):
            c.rect(x, 10, 16, 210, DEEP)
    nature.grass(c, 0, 300, 1090, 170, DEEP, 36)
    nature.grass(c, 1150, 1620, 1090, 150, DEEP, 44)


@picture(
    "chip-wafer",
    "plum",
    "A silicon wafer patterned with identical dies is lifted by tweezers above circuit tracks.",
    (0.5, 0.5),
    screens=("dot", "diagonal"),
)
def chip_wafer(c: Sheet) -> None:
    """Wafer and traces."""
    c.rect(-20, -20, 1640, 1110, NAVY)
    for i in range(26):
        y = 30 + i * 42
        x = c.chance.choice((200, 320, 440))
        up = 40 * (1 if i % 2 else -1)
        c.line([(-20, y), (x, y), (x + 60, y + up), (420 + x, y + up)], ink(0.6, 0.5), 7)
        c.line([(1620, y), (1560 - x, y), (1500 - x, y + up), (1180 - x, y + up)], ink(0.6, 0.5), 7)
        c.disc(x, y, 12, SPOT)
    c.disc(800, 560, 452, DEEP)
    c.disc(800, 545, 446, HALF)
    c.disc(800, 545, 430, PALE)
    with c.inside("M370 545A430 430 0 0 1 1230 545A430 430 0 0 1 370 545Z"):
        for i in range(-6, 7):
            for j in range(-6, 7):
                x, y = 800 + i * 72, 545 + j * 72
                if math.hypot(i, j) < 5.9:
                    t = (i + j) % 3
                    c.rect(x - 32, y - 32, 64, 64, (SPOT, ink(0.35, 0.8), WARM)[t], 3)
                    c.rect(x - 22, y - 22, 26, 26, NAVY)
                    c.rect(x + 8, y - 22, 16, 44, ink(0.1, 0.3))
                    c.rect(x - 22, y + 8, 26, 14, ink(0.1, 0.3))
        with c.overprint():
            c.poly([(700, 60), (1300, 60), (1300, 1000), (1050, 1000)], ink(0.3, 0))
        c.poly([(420, 1000), (470, 1000), (760, 80), (690, 80)], BARE)
        c.poly([(500, 1000), (516, 1000), (810, 80), (792, 80)], BARE)
    c.path("M720 995h160l-20 -30h-120Z", NAVY)
    c.path("M1640 180L1240 420L1180 470L1190 486L1260 446L1660 230Z", BARE)
    c.path("M1640 300L1270 470L1180 492L1192 508L1290 496L1660 360Z", HALF)


@picture("open-laptop", "teal", "An open laptop glows on a kitchen table at night beside a mug and a sleeping cat.", (0.5, 0.5))
def open_laptop(c: Sheet) -> None:
    """Laptop at night."""
    _table(c, 720, ink(0.9, 0.4), ink(0.7, 0.7), ink(0.8, 0.8))
    c.rect(90, 60, 330, 430, DEEP)
    c.rect(108, 78, 294, 394, NAVY)
    with c.inside("M108 78H402V472H108Z"):
        for k in range(7):
            built.tower(c, 90 + k * 50, 480, 44, 120 + (k * 67) % 160, DEEP, DEEP, 2, 5, DEEP, BARE)
        c.disc(330, 140, 30, BARE)
    c.rect(248, 78, 12, 394, DEEP)
    c.disc(800, 620, 760, c.glow((0.25, 0.6, 1), (0.9, 0.4, 1)), 500)
    c.rect(-20, 720, 1640, 400, ink(0.7, 0.7))
    c.poly([(420, 250), (1180, 250), (1160, 770), (440, 770)], DEEP)
    c.poly([(446, 276), (1154, 276), (1136, 746), (464, 746)], BARE)
    c.rect(464, 276, 672, 50, SPOT)
    for k in range(3):
        c.disc(500 + k * 34, 301, 10, BARE)
    c.rect(500, 360, 290, 180, ink(0.3, 0.6))
    with c.inside("M500 360H790V540H500Z"):
        c.disc(700, 420, 36, BARE)
        c.under([(480, 500), (600, 440), (700, 500), (810, 450)], NAVY, 560)
    for k in range(7):
        c.rect(830, 366 + k * 30, 260 - (k * 53) % 110, 12, NAVY)
    for k in range(4):
        c.rect(500, 576 + k * 36, 590 - (k * 97) % 190, 12, HALF)
    c.poly([(400, 770), (1200, 770), (1330, 960), (270, 960)], HALF)
    c.poly([(270, 960), (1330, 960), (1320, 990), (280, 990)], DEEP)
    for r in range(4):
        for k in range(13):
            w = 52 + r * 4
            c.rect(800 + (k - 6.5) * w, 790 + r * 28, w - 9, 20, NAVY, 4)
    c.poly([(690, 908), (910, 908), (930, 952), (670, 952)], MIST)
    c.rect(1390, 700, 130, 160, SPOT, 14)
    c.ring(1530, 776, 42, SPOT, 17)
    c.disc(1455, 704, 65, DEEP, 16)
    for k in range(3):
        c.curve([(1420 + k * 34, 670), (1436 + k * 34, 630), (1412 + k * 34, 590), (1430 + k * 34, 540)], ink(0.4, 0.5), 7)
    c.path("M30 960C10 860 90 800 190 820C270 840 300 900 270 970C200 1000 80 1000 30 960Z", DEEP)
    c.path("M190 900C190 850 260 840 290 880L310 850L318 900C330 940 300 980 250 980C210 980 190 940 190 900Z", NAVY)
    c.path("M250 930q14 10 26 0", "none", BARE, 4)


@picture(
    "chess-board",
    "moss",
    "A player reaches across a chess board in a park, the game well advanced and captured pawns set aside.",
    (0.5, 0.55),
)
def chess_board(c: Sheet) -> None:
    """Board in perspective."""
    c.rect(-20, -20, 1640, 1110, ink(0.1, 0.55))
    for _ in range(16):
        nature.tree(c, c.chance.uniform(0, 1600), 330, c.chance.uniform(220, 360), ink(0.25, 0.75), ink(0.5, 0.6))
    c.rect(-20, 300, 1640, 800, ink(0.55, 0.6))

    def at(i: float, j: float) -> tuple[float, float]:
        t = j / 8
        return 800 + (i - 4) * (92 + 78 * t), 400 + 560 * t**1.15

    c.poly([at(-0.4, -0.3), at(8.4, -0.3), at(8.4, 8.3), at(-0.4, 8.3)], DEEP)
    for j in range(8):
        for i in range(8):
            c.poly([at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1)], BARE if (i + j) % 2 == 0 else SPOT)

    def piece(i: float, j: float, kind: str, tone: str, edge: str) -> None:
        x, y = at(i + 0.5, j + 0.62)
        with c.at(x, y, 0.72 + j * 0.06):
            c.disc(0, 2, 48, edge, 17)
            c.path("M-44 0C-20 -30 -20 -60 -16 -90H16C20 -60 20 -30 44 0Q0 16 -44 0Z", tone)
            if kind == "pawn":
                c.disc(0, -104, 27, tone)
            elif kind == "rook":
                c.path("M-32 -84V-150H-16V-134H-8V-150H8V-134H16V-150H32V-84Z", tone)
            elif kind == "knight":
                c.path("M-26 -84C-30 -130 -10 -170 30 -176L26 -160C50 -150 60 -130 62 -110L46 -98L18 -116C10 -104 20 -94 26 -84Z", tone)
                c.disc(24, -142, 5, edge)
            elif kind == "bishop":
                c.path("M0 -190C36 -150 34 -110 16 -86H-16C-34 -110 -36 -150 0 -190Z", tone)
            else:
                c.path("M-34 -170L-16 -90H16L34 -170L14 -140L0 -180L-14 -140Z", tone)
                c.disc(0, -186, 9, tone)
                if kind == "king":
                    c.rect(-4, -222, 8, 40, tone)
                    c.rect(-16, -212, 32, 9, tone)
            c.path("M14 -88C18 -60 20 -30 40 2L20 6C10 -30 6 -60 4 -88Z", edge)

    men = (
        (0, 0, "rook", 0),
        (6, 0, "king", 0),
        (3, 0, "queen", 0),
        (5, 1, "pawn", 0),
        (7, 1, "pawn", 0),
        (1, 1, "pawn", 0),
        (2, 2, "knight", 0),
        (4, 3, "pawn", 0),
        (3, 4, "pawn", 1),
        (5, 4, "knight", 1),
        (1, 5, "bishop", 1),
        (0, 6, "pawn", 1),
        (6, 6, "pawn", 1),
        (7, 6, "pawn", 1),
        (4, 7, "rook", 1),
        (6, 7, "king", 1),
        (2, 7, "queen", 1),
    )
    for i, j, kind, side in men:
        piece(i, j, kind, (NAVY, PALE)[side], (DEEP, HALF)[side])
    skin = ink(0.25, 0.5)
    c.path(
        "M-40 760L60 660L330 560C370 540 400 560 380 590L300 640L420 620C450 620 450 650 420 660L330 690L400 690C420 696 420 716 396 722L280 750C200 800 120 860 -40 940Z",
        skin,
    )
    c.path("M-40 720L130 620L200 770L-40 960Z", NAVY)
    c.path(
        "M1640 420L1440 380L1330 400C1290 390 1290 420 1320 436L1370 450L1280 470C1260 480 1270 500 1290 500L1400 500L1640 560Z",
        ink(0.5, 0.7),
    )
    c.path("M1640 390L1480 370L1470 510L1640 590Z", BARE)
    for k in range(3):
        piece(8.9 + (k % 2) * 0.5, 4 + k, "pawn", (NAVY, PALE)[k % 2], (DEEP, HALF)[k % 2])


@picture("typewriter", "teal", "A manual typewriter holds a half-typed page beside a desk lamp and a stack of paper.", (0.48, 0.55))
def typewriter(c: Sheet) -> None:
    """Typewriter front-on."""
    _table(c, 780, ink(0.02, 0.2), ink(0.35, 0.5), ink(0.45, 0.6))
    c.path("M1600 120L1380 60L1240 330L1180 300C1240 200 1420 200 1440 330Z", DEEP)
    c.path("M1110 330C1130 230 1290 200 1340 330Z", NAVY)
    c.poly([(1110, 330), (1340, 330), (1560, 800), (900, 800)], ink(0, 0.06))
    c.rect(520, 90, 520, 420, BARE)
    c.path("M520 90H1040V510H520Z", "none", HALF, 4)
    for k in range(9):
        w = 420 - (k * 83) % 150 if k < 8 else 180
        x = 570.0
        while x < 570 + w:
            b = c.chance.uniform(20, 70)
            c.rect(x, 140 + k * 38, b, 12, NAVY)
            x += b + 14
    c.rect(330, 470, 900, 76, DEEP, 38)
    for x in (300, 1220):
        c.rect(x, 480, 46, 58, SPOT, 10)
    c.line([(330, 470), (240, 400)], DEEP, 14)
    c.rect(700, 452, 180, 24, HALF)
    c.path("M390 540H1180L1240 700L1330 960H240L330 700Z", SPOT)
    c.path("M1060 540H1180L1240 700L1330 960H1180L1110 700Z", ink(0.4, 1))
    c.path("M520 560C560 680 1010 680 1050 560Z", DEEP)
    for k in range(17):
        c.line([(545 + k * 30, 572), (785, 650)], HALF, 4)
    c.disc(430, 590, 46, NAVY)
    c.disc(1140, 590, 46, NAVY)
    for r in range(4):
        n = 11 - (r == 3)
        for k in range(n):
            x = 785 + (k - (n - 1) / 2) * (66 + r * 5)
            y = 714 + r * 54
            c.disc(x, y + 8, 27, DEEP)
            c.disc(x, y, 25, BARE)
            c.disc(x, y, 10, NAVY, 5)
    c.rect(560, 920, 450, 34, BARE, 16)
    c.rect(210, 956, 1150, 36, DEEP, 10)
    for k in range(9):
        c.poly(
            [(40 + (k % 3) * 5, 990 - k * 13), (280 + (k % 2) * 6, 990 - k * 13), (260, 974 - k * 13), (70, 974 - k * 13)],
            BARE if k % 2 else MIST,
        )
    c.disc(1480, 990, 74, NAVY, 22)
    c.rect(1410, 860, 140, 130, BARE, 20)
    c.ring(1560, 920, 36, BARE, 14)
    c.disc(1480, 866, 68, DEEP, 18)
