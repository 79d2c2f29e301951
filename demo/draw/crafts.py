"""Pictures of workshops and the people who make and mend."""

import math

from draw import built
from draw.figures import person
from draw.sheet import BARE, DEEP, FOURTHREE, HALF, NAVY, PALE, SPOT, WARM, Sheet, ink, picture


@picture(
    "textile-loom",
    "plum",
    "Coloured warp threads run down a wooden loom to a half-woven patterned cloth and a weaver's hands.",
    (0.5, 0.6),
    FOURTHREE,
)
def textile_loom(c: Sheet) -> None:
    """Loom head-on."""
    c.rect(-20, -20, 1480, 1120, PALE)
    c.rect(160, 30, 1120, 70, DEEP)
    for i in range(56):
        x = 250 + i * 17
        c.rect(x, 90, 7, 560, (SPOT, NAVY, BARE, SPOT)[(i // 4) % 4])
    for y in (250, 330):
        c.rect(190, y, 1060, 26, ink(0.4, 0.5))
        for i in range(56):
            c.rect(250 + i * 17, y - 26, 5, 78, DEEP)
    c.rect(190, 430, 1060, 60, ink(0.25, 0.4))
    c.rect(240, 600, 960, 500, BARE)
    for row in range(9):
        y = 612 + row * 54
        c.rect(240, y, 960, 12, NAVY)
        for i in range(12):
            x = 240 + i * 80
            tone = SPOT if (row + i) % 2 else NAVY
            c.poly([(x + 40, y + 14), (x + 76, y + 33), (x + 40, y + 52), (x + 4, y + 33)], tone)
            c.poly([(x + 40, y + 23), (x + 58, y + 33), (x + 40, y + 43), (x + 22, y + 33)], BARE if (row + i) % 2 else WARM)
    for x in (120, 1230):
        c.rect(x, 20, 90, 1080, DEEP)
        c.rect(x + 58, 20, 32, 1080, ink(0.6, 0.7))
    c.path("M560 560C660 530 800 530 900 560C800 600 660 600 560 560Z", DEEP)
    c.rect(660, 546, 140, 28, SPOT, 14)
    skin = ink(0.3, 0.6)
    for flip, x in ((False, 380), (True, 1060)):
        with c.at(x, 580, 1.15, 0, flip):
            c.path(
                "M-260 560L-60 130C-30 60 60 20 130 -10C160 -20 170 6 150 20L190 10C210 10 210 36 190 42L120 90C80 130 40 150 20 190L-60 560Z",
                skin,
            )
            c.path("M-280 560L-100 180L30 230L-60 560Z", NAVY)


@picture(
    "printing-press",
    "ochre",
    "A newspaper web threads through the rollers of a rotary press, folded copies stacked at its foot.",
    (0.5, 0.5),
)
def printing_press(c: Sheet) -> None:
    """Rotary press from the side."""
    c.rect(-20, -20, 1640, 1110, ink(0.12, 0.3))
    for k in range(5):
        c.rect(k * 360 - 40, 40, 240, 260, ink(0.04, 0.15))
        c.line([(k * 360 + 80, 40), (k * 360 + 80, 300)], ink(0.3, 0.3), 9)
    c.rect(-20, 880, 1640, 220, ink(0.65, 0.5))
    c.path("M120 320H1180V880H120Z", NAVY)
    c.rect(90, 296, 1120, 44, DEEP)
    web = [(-40, 540), (160, 520), (330, 430), (470, 640), (620, 430), (760, 640), (910, 430), (1060, 600), (1250, 560), (1330, 720)]
    for x, y, r, tone in (
        (330, 500, 88, SPOT),
        (470, 570, 66, HALF),
        (620, 500, 88, SPOT),
        (760, 570, 66, HALF),
        (910, 500, 88, SPOT),
        (1060, 640, 62, HALF),
        (330, 730, 70, HALF),
        (620, 740, 70, HALF),
        (910, 740, 70, HALF),
    ):
        c.disc(x, y, r + 10, DEEP)
        c.disc(x, y, r, tone)
        built.wheel(c, x, y, r * 0.62, DEEP, 7, 6, 0.2)
    c.curve(web, BARE, 26)
    c.disc(20, 690, 190, BARE)
    for k in range(6):
        c.ring(20, 690, 30 + k * 28, HALF, 5)
    c.disc(20, 690, 26, DEEP)
    c.poly([(1230, 545), (1290, 545), (1420, 800), (1330, 800)], BARE)
    c.poly([(1180, 430), (1420, 430), (1480, 880), (1180, 880)], ink(0.4, 0.9))
    c.poly([(1230, 540), (1380, 540), (1410, 760), (1240, 760)], BARE)
    for k in range(5):
        c.rect(1252, 560 + k * 38, 130, 10 if k else 24, NAVY)
    for s in range(3):
        for k in range(10 - 2 * s):
            y = 1040 - k * 26
            c.path(f"M{900 + s * 230} {y}h200q14 12 0 24h-200Z", BARE if k % 2 else PALE)
            c.line([(904 + s * 230, y + 24), (1100 + s * 230, y + 24)], NAVY, 3)
        top = 1040 - (9 - 2 * s) * 26
        c.poly([(900 + s * 230, top), (940 + s * 230, top - 50), (1130 + s * 230, top - 50), (1100 + s * 230, top)], BARE)
        c.poly([(940 + s * 230, top - 20), (960 + s * 230, top - 42), (1100 + s * 230, top - 42), (1086 + s * 230, top - 20)], NAVY)
    person(c, 640, 1060, 540, SPOT, arms=((30, 60), (60, 100)), trousers=DEEP, hat="cap")
    c.poly([(750, 730), (900, 700), (930, 850), (780, 880)], BARE)
    for k in range(4):
        c.line([(785, 760 + k * 28), (885, 740 + k * 28)], NAVY, 7)


@picture("bread-oven", "vermilion", "A baker slides a long peel of loaves into the glowing mouth of a brick oven.", (0.55, 0.5))
def bread_oven(c: Sheet) -> None:
    """Oven mouth and peel."""
    c.rect(-20, -20, 1640, 1110, ink(0.85, 0.5))
    for y in range(0, 880, 52):
        for x in range(-60, 1640, 124):
            c.rect(x + (62 if (y // 52) % 2 else 0), y, 114, 43, ink(0.6, 0.6) if c.chance.random() < 0.5 else ink(0.72, 0.62), 4)
    c.path(built.rounded(780, 800, 700, 560), DEEP)
    for k in range(15):
        a = math.radians(180 + k * 180 / 14)
        with c.at(1130 + 370 * math.cos(a), 590 + 370 * math.sin(a), 1, math.degrees(a) + 90):
            c.rect(-38, -46, 76, 92, ink(0.1, 0.75) if k % 2 else ink(0.3, 0.8), 5)
    c.path(built.rounded(820, 790, 620, 510), SPOT)
    c.path(built.rounded(880, 790, 500, 410), ink(0, 0.6))
    for k in range(9):
        x, h = 880 + k * 62, 130 + (k * 71) % 150
        c.path(
            f"M{x - 40} 740C{x - 50} {740 - h * 0.5} {x} {740 - h * 0.5} {x + 6} {740 - h}C{x + 40} {740 - h * 0.5} {x + 60} {740 - h * 0.4} {x + 40} 740Z",
            BARE if k % 2 else PALE,
        )
    for k in range(3):
        c.path(f"M{930 + k * 150} 780C{930 + k * 150} 690 {1060 + k * 150} 690 {1060 + k * 150} 780Z", ink(0.25, 1))
        for j in range(3):
            c.line([(962 + k * 150 + j * 26, 728), (976 + k * 150 + j * 26, 760)], PALE, 6)
    c.rect(740, 786, 780, 50, ink(0.3, 0.3))
    c.rect(-20, 900, 1640, 200, ink(0.9, 0.7))
    c.poly([(300, 800), (1160, 760), (1180, 784), (300, 826)], WARM)
    c.poly([(880, 756), (1160, 740), (1190, 790), (880, 806)], PALE)
    person(c, 330, 1070, 760, BARE, arms=((50, 74), (52, 72)), lean=10, trousers=NAVY, hat="", hair=DEEP)
    c.path("M342 344C300 230 490 225 452 340Z", BARE)
    c.rect(-20, 850, 300, 30, DEEP)
    for k in range(4):
        c.path(f"M{-30 + k * 74} 850C{-30 + k * 74} 780 {56 + k * 74} 780 {56 + k * 74} 850Z", ink(0.25, 0.9))
        c.line([(6 + k * 74, 806), (20 + k * 74, 836)], PALE, 6)


@picture("violin-workshop", "ochre", "A maker planes a violin body at a bench hung with instruments and templates.", (0.5, 0.5))
def violin_workshop(c: Sheet) -> None:
    """Violins in rows, one on the bench."""
    c.rect(-20, -20, 1640, 1110, ink(0.08, 0.4))
    c.rect(-20, 60, 1640, 22, DEEP)

    def violin(x: float, y: float, s: float, turn: float, tone: str, edge: str, strings: bool = True) -> None:
        with c.at(x, y, s, turn):
            if strings:
                c.rect(-12, -300, 24, 200, DEEP)
                c.path("M-14 -300C-24 -340 20 -360 22 -330C22 -316 6 -316 12 -300Z", DEEP)
            body = "M0 -130C60 -132 92 -100 86 -56C82 -26 52 -20 52 6C52 34 104 40 106 106C108 160 60 190 0 190C-60 190 -108 160 -106 106C-104 40 -52 34 -52 6C-52 -20 -82 -26 -86 -56C-92 -100 -60 -132 0 -130Z"
            c.path(body, tone, edge, 8)
            for side in (-1, 1):
                c.path(f"M{side * 44} 10C{side * 26} 26 {side * 56} 60 {side * 38} 84", "none", DEEP, 8)
            if strings:
                c.rect(-22, 44, 44, 10, DEEP)
                c.poly([(-14, 90), (14, 90), (20, 176), (-20, 176)], DEEP)
                for k in (-8, -3, 3, 8):
                    c.line([(k, -290), (k, 100)], BARE, 1.8)

    for k, x in enumerate((130, 380, 1130, 1340, 1520)):
        c.line([(x, 70), (x, 130)], DEEP, 5)
        violin(x, 360 + (k % 2) * 30, 0.78, 0, (ink(0.25, 1), SPOT, ink(0.4, 1), PALE, SPOT)[k], DEEP, k != 3)
    c.rect(560, 90, 400, 380, BARE)
    for k in range(1, 4):
        c.line([(560 + k * 100, 90), (560 + k * 100, 470)], HALF, 9)
    c.line([(560, 280), (960, 280)], HALF, 9)
    person(c, 700, 1180, 900, NAVY, arms=((30, 80), (56, 74)), lean=12, hat="cap")
    c.path("M560 640L860 600L920 1000H540Z", ink(0.5, 0.7))
    c.rect(-20, 850, 1640, 60, ink(0.2, 0.8))
    c.rect(-20, 905, 1640, 200, DEEP)
    c.poly([(960, 850), (1040, 760), (1560, 760), (1600, 850)], ink(0.05, 0.2))
    violin(1200, 770, 1.15, 82, SPOT, DEEP, False)
    c.rect(1010, 690, 150, 60, DEEP, 12)
    c.disc(1050, 690, 30, NAVY)
    c.disc(1030, 715, 40, ink(0.3, 0.55), 34)
    for k in range(16):
        x, y = c.chance.uniform(880, 1560), c.chance.uniform(842, 870)
        c.path(f"M{x} {y}a16 16 0 1 1 22 12", "none", PALE, 7)
    for k, x in enumerate((70, 140, 210, 290)):
        c.rect(x, 760 - k * 14, 18, 90 + k * 14, BARE)
        c.rect(x - 6, 690 - k * 14, 30, 76, SPOT if k % 2 else NAVY, 10)
    for k in range(5):
        c.rect(60 + k * 190, 950, 150, 90, ink(0.7, 0.8), 6)
        c.disc(135 + k * 190, 996, 10, SPOT)


@picture("repair-cafe", "vermilion", "Volunteers mend a radio, a bicycle wheel and a coat at a long table under hanging lamps.", (0.5, 0.6))
def repair_cafe(c: Sheet) -> None:
    """Long table of menders."""
    c.rect(-20, -20, 1640, 1110, ink(0.1, 0.2))
    c.rect(-20, 380, 1640, 300, ink(0.15, 0.4))
    for i in range(8):
        for j in range(2):
            x, y = 90 + i * 190, 90 + j * 130
            if (i + j) % 4 == 0:
                built.wheel(c, x + 40, y + 40, 46, NAVY, 8, 10)
            elif (i + j) % 4 == 1:
                c.line([(x, y + 80), (x + 70, y + 10)], NAVY, 16)
                c.ring(x + 78, y + 4, 20, NAVY, 13)
            elif (i + j) % 4 == 2:
                c.rect(x + 26, y, 18, 60, SPOT)
                c.rect(x + 6, y - 14, 60, 26, NAVY)
            else:
                c.line([(x, y), (x + 60, y + 80)], SPOT, 12)
                c.line([(x + 60, y), (x, y + 80)], SPOT, 12)
                c.disc(x + 30, y + 40, 9, NAVY)
    for x in (320, 800, 1280):
        c.poly([(x - 130, 330), (x + 130, 330), (x + 260, 700), (x - 260, 700)], ink(0.03, 0.3))
        c.line([(x, -20), (x, 230)], DEEP, 6)
        c.path(f"M{x - 120} 330C{x - 110} 230 {x + 110} 230 {x + 120} 330Z", NAVY)
        c.disc(x, 334, 54, BARE, 20)
    tones = (NAVY, SPOT, BARE, DEEP, ink(0.4, 0.5))
    for i, x in enumerate((170, 480, 780, 1090, 1420)):
        person(
            c,
            x,
            1150,
            640,
            tones[i],
            arms=((20, 70), (-20, -60)) if i % 2 else ((24, 80), (10, 60)),
            hat="cap" if i == 3 else "",
            scarf=i == 1,
            lean=4,
            skin=ink((0.15, 0.4, 0.25, 0.1, 0.5)[i], 0.5),
        )
    c.rect(-20, 840, 1640, 60, PALE)
    c.rect(-20, 892, 1640, 220, ink(0.5, 0.6))
    c.rect(230, 720, 260, 130, DEEP, 14)
    c.disc(310, 786, 46, WARM)
    for k in range(3):
        c.rect(385, 746 + k * 28, 80, 12, BARE)
    c.line([(470, 722), (540, 590)], DEEP, 6)
    built.wheel(c, 930, 680, 160, DEEP, 16, 18, 0.1)
    c.path("M1180 850C1180 770 1260 740 1330 760L1400 720L1480 770C1560 780 1580 820 1580 850Z", SPOT)
    c.path("M1330 760L1380 850M1400 720L1390 850", "none", NAVY, 6)
    c.rect(620, 816, 110, 24, NAVY, 6)
    c.line([(560, 838), (600, 770)], SPOT, 12)
    for x in (60, 90, 1130, 700):
        c.disc(x, 830, 14, HALF)
    for k in range(5):
        c.rect(60 + k * 330, 940, 250, 16, ink(0.7, 0.7))


@picture(
    "archive-boxes",
    "moss",
    "An archivist takes a numbered box from a wall of labelled shelves; letters lie open on a reading table.",
    (0.42, 0.5),
)
def archive_boxes(c: Sheet) -> None:
    """Shelves of boxes."""
    c.rect(-20, -20, 1640, 1110, ink(0.8, 0.6))
    for row in range(5):
        y = 40 + row * 170
        x = -10.0
        while x < 1620:
            w = c.chance.choice((84, 96, 110, 128))
            if c.chance.random() < 0.9:
                h = c.chance.uniform(112, 142)
                tone = (SPOT, PALE, ink(0.3, 0.5), WARM, ink(0.15, 0.8))[c.chance.randrange(5)]
                c.rect(x, y + 148 - h, w - 7, h, tone)
                c.rect(x + w - 26, y + 148 - h, 19, h, ink(0.5, 0.7))
                c.rect(x + 12, y + 168 - h, w - 48, 34, BARE)
                c.line([(x + 18, y + 182 - h), (x + w - 44, y + 182 - h)], NAVY, 4)
                c.disc(x + (w - 24) / 2, y + 128, 9, DEEP)
            x += w
        c.rect(-20, y + 148, 1640, 20, DEEP)
    for x in (250, 880, 1420):
        c.rect(x, -20, 24, 950, DEEP)
    c.rect(-20, 890, 1640, 210, ink(0.35, 0.5))
    with c.overprint():
        c.disc(620, 1040, 240, ink(0.4, 0), 24)
    person(c, 600, 1050, 700, BARE, arms=((60, 120), (66, 118)), trousers=NAVY, skirt=True, hair=DEEP)
    c.rect(770, 500, 210, 170, SPOT)
    c.rect(940, 500, 40, 170, ink(0.5, 1))
    c.rect(800, 530, 110, 54, BARE)
    c.line([(812, 550), (895, 550)], NAVY, 6)
    c.line([(812, 568), (870, 568)], NAVY, 6)
    c.poly([(980, 930), (1640, 880), (1640, 1100), (900, 1100)], WARM)
    for x, y, a in ((1080, 960, -6), (1240, 980, 8), (1400, 950, -3), (1180, 1040, 4)):
        with c.at(x, y, 1, a):
            c.rect(0, 0, 150, 96, BARE)
            for k in range(5):
                c.line([(16, 18 + k * 15), (132 - (k * 29) % 40, 18 + k * 15)], HALF, 3.5)
            c.disc(126, 78, 11, SPOT)
    c.line([(1530, 1000), (1530, 760)], DEEP, 12)
    c.path("M1440 770C1450 700 1610 700 1620 770Z", SPOT)
