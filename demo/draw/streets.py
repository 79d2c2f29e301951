"""Pictures of city streets and roofs."""

import math

from draw import built, nature
from draw.figures import person, walker
from draw.sheet import BARE, DEEP, HALF, NAVY, PALE, SPOT, WARM, Sheet, ink, picture


@picture("city-trams", "vermilion", "Two trams pass in a wide avenue of arcaded buildings under a web of wires.", (0.45, 0.6))
def city_trams(c: Sheet) -> None:
    """Avenue with trams head-on."""
    nature.sky(c, (0.05, 0.3), (0, 0.02), 620)
    for side in (0, 1):
        for k in range(5):
            s = (1, 0.7, 0.5, 0.36, 0.27)[k]
            x0 = 800 - 820 * s
            x1 = 800 - 820 * (0.7, 0.5, 0.36, 0.27, 0.2)[k]
            top0, top1 = 610 - 640 * s * (1 + 0.12 * (k % 2)), 610 - 640 * (x1 - 800) / -820 * (1 + 0.12 * (k % 2))
            f0, f1 = 610 + 260 * s, 610 + 260 * (800 - x1) / 820
            with c.at(1600 if side else 0, 0, 1, 0, bool(side)):
                tone = (ink(0.25, 0.3), PALE, ink(0.4, 0.35), WARM, ink(0.2, 0.1))[(k + side) % 5]
                c.poly([(x0, top0), (x1, top1), (x1, f1), (x0, f0)], tone)
                for r in range(5):
                    for q in range(3):
                        ax, bx = x0 + (x1 - x0) * (q + 0.25) / 3, x0 + (x1 - x0) * (q + 0.7) / 3
                        ya, yb = top0 + (f0 - top0) * (0.08 + r * 0.17), top1 + (f1 - top1) * (0.08 + r * 0.17)
                        u, v = (q + 0.25) / 3, (q + 0.7) / 3
                        h = (f0 - top0) * 0.1
                        c.poly(
                            [
                                (ax, ya + (yb - ya) * u),
                                (bx, ya + (yb - ya) * v),
                                (bx, ya + (yb - ya) * v + h),
                                (ax, ya + (yb - ya) * u + h),
                            ],
                            NAVY,
                        )
    c.poly([(600, 650), (1000, 650), (1700, 1100), (-100, 1100)], ink(0.3, 0.1))
    for a, b in ((700, 240), (745, 480), (855, 1120), (900, 1360)):
        c.line([(a + (800 - a) * 0.5, 640), (b, 1100)], DEEP, 8)
    for y, sag in ((110, 60), (260, 40), (380, 26)):
        c.path(f"M{0 + y} {y}Q800 {y + sag * 2} {1600 - y} {y}", "none", DEEP, 3.5)
    for x in (620, 980):
        c.line([(800 + (x - 800) * 0.1, 560), (x + (x - 800) * 0.9, -20)], DEEP, 3)

    def tram(x: float, y: float, s: float, body: str) -> None:
        with c.at(x, y, s):
            c.rect(-120, -420, 240, 410, body, 34)
            c.rect(-120, -200, 240, 26, BARE)
            c.rect(-100, -370, 200, 160, NAVY, 16)
            c.rect(-6, -370, 12, 160, body)
            c.rect(-66, -412, 132, 34, BARE, 8)
            for hx in (-76, 76):
                c.disc(hx, -110, 24, BARE)
            c.rect(-126, -46, 252, 42, DEEP, 10)
            c.line([(-60, -420), (0, -540), (60, -420)], DEEP, 8)
            c.line([(-60, -545), (60, -545)], DEEP, 8)

    tram(900, 770, 0.52, NAVY)
    tram(560, 960, 1.15, SPOT)
    walker(c, 1190, 950, 260, DEEP)
    walker(c, 1300, 970, 270, NAVY, skirt=True)
    person(c, 130, 1060, 380, DEEP, hat="brim")


@picture(
    "tram-driver",
    "plum",
    "A driver in uniform looks ahead through the windscreen of her tram, the city street unrolling in front.",
    (0.36, 0.45),
)
def tram_driver(c: Sheet) -> None:
    """Cab interior from behind the driver's shoulder."""
    nature.sky(c, (0.05, 0.35), (0, 0.05), 600)
    for x, w, h in ((620, 90, 260), (700, 70, 200), (900, 60, 170), (960, 110, 280), (480, 150, 360), (1070, 200, 400)):
        built.tower(c, x, 640, w, h, ink(0.25, 0.25), ink(0.45, 0.3), 3, 5, PALE)
    c.rect(380, 640, 1200, 300, ink(0.15, 0.2))
    for a in (-1, 1):
        c.line([(850 + a * 10, 640), (850 + a * 220, 1000)], NAVY, 12)
    for x in (560, 1120):
        nature.tree(c, x, 690, 170, ink(0.2, 0.8), NAVY)
    walker(c, 1010, 740, 120, NAVY)
    walker(c, 700, 730, 110, DEEP)
    frame = "M-20 -20H1620V1100H-20ZM420 120Q420 70 470 70H1440Q1490 70 1490 120V760Q1490 800 1440 800H470Q420 800 420 760Z"
    c.parts.append(f'<path d="{frame}" fill="{DEEP}" fill-rule="evenodd"/>')
    c.rect(940, 60, 26, 750, DEEP)
    c.line([(1240, 790), (1060, 480)], DEEP, 12)
    c.poly([(440, 830), (1620, 800), (1620, 1100), (300, 1100)], ink(0.75, 0.5))
    for i, x in enumerate((820, 960, 1100)):
        c.disc(x, 920, 56, BARE)
        c.ring(x, 920, 56, NAVY, 9)
        c.line([(x, 920), (x + 34 * math.cos(4 + i), 920 + 34 * math.sin(4 + i))], SPOT, 8)
    for i in range(6):
        c.disc(1230 + (i % 3) * 70, 890 + (i // 3) * 66, 20, SPOT if i % 2 else PALE)
    skin = ink(0.15, 0.45)
    c.path("M40 1100C40 860 130 760 300 740C470 750 560 860 580 1100Z", NAVY)
    c.line([(480, 860), (640, 960), (740, 930)], NAVY, 96)
    c.disc(760, 926, 44, skin)
    c.rect(752, 850, 24, 110, DEEP, 10)
    c.disc(764, 844, 32, SPOT)
    c.rect(255, 640, 100, 130, skin)
    c.path(
        "M190 560C180 420 250 340 340 350C420 360 450 420 444 480L468 540L444 556C446 620 430 660 380 660C330 664 200 660 190 560Z", skin
    )
    c.path("M200 640C130 560 150 380 290 360C340 400 330 480 300 520C300 590 270 650 200 640Z", DEEP)
    c.path("M160 440C170 320 260 280 350 300C420 316 450 360 450 400L510 420C500 436 470 440 430 436Z", SPOT)
    c.path("M160 440C240 410 350 400 450 400L452 426C350 420 240 430 166 462Z", DEEP)
    c.poly([(300, 745), (360, 745), (345, 800)], BARE)
    c.line([(120, 870), (220, 800)], SPOT, 14)


@picture("bicycle-street", "moss", "Cyclists of all ages fill a tree-lined street that has been closed to cars.", (0.5, 0.6))
def bicycle_street(c: Sheet) -> None:
    """Cyclists side-on."""
    nature.sky(c, (0.05, 0.12), (0, 0), 500)
    x = -20.0
    for i in range(9):
        w = (180, 210, 170, 200)[i % 4]
        built.gable(c, x, 640, w, 300 + (i * 71) % 110, (PALE, ink(0.3, 0.1), BARE, ink(0.2, 0.35))[i % 4], NAVY, HALF, 0.45, 4)
        c.rect(x + 18, 560, w - 36, 80, DEEP)
        c.path(f"M{x + 10} 556h{w - 20}l14 44h-{w + 8}Z", SPOT if i % 2 else BARE)
        x += w
    c.rect(-20, 636, 1640, 40, ink(0.3, 0.1))
    for tx in (150, 620, 1090, 1530):
        nature.tree(c, tx, 690, 430, ink(0.15, 0.9), DEEP, ink(0.45, 1))
    c.rect(-20, 676, 1640, 430, ink(0.12, 0.06))
    c.line([(-20, 800), (1620, 800)], BARE, 9)

    def bike(bx: float, by: float, s: float, coat: str, hat: str = "", load: bool = False) -> None:
        with c.at(bx, by, s):
            nature.wave(c, -150, 4, 300, 18, ink(0.4, 0.1))
            for wx in (-88, 88):
                built.wheel(c, wx, -64, 64, DEEP, 8, 14, 0.1)
            c.line([(-88, -64), (-34, -150), (58, -150), (0, -64), (-88, -64)], SPOT, 10)
            c.line([(-34, -150), (0, -64)], SPOT, 10)
            c.line([(88, -64), (56, -176), (84, -190)], DEEP, 9)
            c.line([(-38, -150), (-44, -172)], DEEP, 8)
            c.rect(-76, -186, 62, 14, DEEP, 7)
            if load:
                c.rect(62, -190, 76, 54, WARM)
                for k in range(3):
                    nature.tree(c, 80 + k * 20, -186, 60, ink(0.2, 1))
            c.line([(-44, -190), (10, -140), (2, -60)], NAVY, 26)
            c.line([(-44, -190), (24, -150), (8, -40)], DEEP, 24)
            c.poly([(-66, -180), (-22, -180), (16, -292), (-30, -306)], coat)
            c.line([(-6, -280), (36, -230), (80, -196)], coat, 20)
            c.disc(12, -336, 25, ink(0.3, 0.5), 30)
            if hat:
                c.path("M-18 -342A32 34 0 0 1 44 -346Z", SPOT)
            else:
                c.path("M-16 -330A30 34 0 0 1 40 -350Q10 -346 -6 -322Z", DEEP)

    bike(330, 760, 0.62, NAVY)
    bike(800, 750, 0.58, BARE, "h")
    bike(1300, 765, 0.64, SPOT)
    bike(1110, 900, 0.9, NAVY, "h", True)
    bike(560, 930, 0.95, BARE)
    bike(120, 1000, 1.1, SPOT, "h")
    bike(860, 1045, 1.2, DEEP)
    bike(1450, 1030, 1.1, NAVY, "", True)


@picture(
    "solar-roofs", "moss", "Solar panels cover the stepped roofs of a hillside town; two fitters tilt one more into place.", (0.4, 0.6)
)
def solar_roofs(c: Sheet) -> None:
    """Stepped roofs with panels."""
    nature.sky(c, (0.2, 0), (0, 0.1), 440)
    nature.rays(c, 1280, 180, 130, 190, 14, SPOT)
    nature.sun(c, 1280, 180, 105)
    nature.hills(c, 360, 60, ink(0.15, 0.35), 6)

    def slab(x: float, y: float, w: float, h: float, wall: str) -> None:
        d = w * 0.4
        c.rect(x, y, w, h, wall)
        c.poly([(x + w, y), (x + w + d * 0.5, y - d * 0.4), (x + w + d * 0.5, y + h), (x + w, y + h)], ink(0.4, 0.3))
        c.poly([(x, y), (x + d * 0.5, y - d * 0.4), (x + w + d * 0.5, y - d * 0.4), (x + w, y)], ink(0.08, 0.12))
        built.windows(c, x, y + h * 0.15, w, h * 0.5, 3, 1, NAVY, 0.34)
        for k in range(3):
            px = x + w * (0.08 + 0.3 * k)
            quad = [(px, y - 6), (px + d * 0.36, y - d * 0.42), (px + d * 0.36 + w * 0.24, y - d * 0.42), (px + w * 0.24, y - 6)]
            c.poly(quad, NAVY)
            for t in (0.33, 0.66):
                c.line([(px + w * 0.24 * t, y - 6), (px + d * 0.36 + w * 0.24 * t, y - d * 0.42)], ink(0.3, 0.3), 2.5)
            c.line([(px + d * 0.18, y - 6 - d * 0.18), (px + d * 0.18 + w * 0.24, y - 6 - d * 0.18)], ink(0.3, 0.3), 2.5)

    for row in range(4):
        s = 0.55 + 0.25 * row
        for i in range(8 - row):
            x = -80 + i * 300 * s + (row % 2) * 90
            slab(x, 440 + row * 120 + c.chance.uniform(-20, 20), 220 * s, 300, (BARE, PALE, ink(0.1, 0.4), WARM)[(i + row) % 4])
    for x, y, h in ((520, 600, 110), (1150, 720, 140), (330, 760, 120)):
        nature.cypress(c, x, y, h * 1.5, ink(0.6, 0.9))
    c.poly([(-20, 980), (260, 900), (1300, 900), (1620, 980), (1620, 1100), (-20, 1100)], PALE)
    c.poly([(-20, 1040), (1620, 1040), (1620, 1100), (-20, 1100)], ink(0.4, 0.3))
    c.poly([(560, 1010), (700, 760), (1080, 760), (1010, 1010)], DEEP)
    for t in (0.25, 0.5, 0.75):
        c.line([(560 + 450 * t, 1010), (700 + 380 * t, 760)], ink(0.3, 0.3), 5)
    for t in (0.33, 0.66):
        c.line([(560 + 140 * t, 1010 - 250 * t), (1010 + 70 * t, 1010 - 250 * t)], ink(0.3, 0.3), 5)
    person(c, 500, 1030, 440, SPOT, hat="helmet", arms=((60, 70), (60, 80)), lean=10, trousers=NAVY)
    person(c, 1180, 1020, 430, BARE, hat="helmet", arms=((-60, -80), (-60, -85)), lean=-8, trousers=NAVY)


@picture("night-market", "vermilion", "Lanterns hang over food stalls in a narrow street at night as shoppers pass.", (0.5, 0.6))
def night_market(c: Sheet) -> None:
    """Street in one-point perspective with lanterns."""
    c.rect(-20, -20, 1640, 1100, c.grade((1, 0.15), (0.8, 0.5)))
    nature.stars(c, 40, 350)
    for x, h in ((0, 620), (170, 520), (330, 420), (480, 330), (1450, 640), (1290, 500), (1140, 400), (1020, 310)):
        built.tower(c, x, 700, 160, h, ink(0.85, 0.4), NAVY, 3, 6, NAVY, ink(0, 0.5))
    c.poly([(700, 640), (900, 640), (1700, 1100), (-100, 1100)], ink(0.35, 0.85))
    c.poly([(760, 640), (840, 640), (1150, 1100), (450, 1100)], ink(0.1, 0.6))
    for k, s in enumerate((0.35, 0.6, 1.0)):
        for flip in (False, True):
            with c.at(800 + (1 if flip else -1) * (120 + 560 * s), 640 + 330 * s, s, 0, flip):
                c.rect(-260, -330, 520, 330, ink(0.2, 0.85))
                c.rect(-250, -300, 500, 130, BARE if k % 2 else PALE)
                c.rect(-270, -160, 540, 160, DEEP)
                for i in range(6):
                    c.path(f"M{-280 + i * 94} -340h94l-6 70a41 41 0 0 1 -82 0Z", SPOT if i % 2 else BARE)
                for i in range(5):
                    c.disc(-190 + i * 95, -165, 34, ink(0, 0.6) if i % 2 else BARE, 22)
    for i, (x, y, r) in enumerate(
        (
            (800, 470, 18),
            (740, 430, 24),
            (860, 420, 28),
            (660, 370, 36),
            (950, 350, 42),
            (560, 280, 52),
            (1070, 250, 60),
            (400, 160, 78),
            (1240, 130, 88),
        )
    ):
        c.line([(x, -20), (x, y)], DEEP, 4)
        c.disc(x, y, r * 1.5, ink(0.55, 0.75))
        built.lantern(c, x, y, r, SPOT)
    for x, y, h in ((770, 700, 90), (830, 720, 110), (700, 780, 160), (920, 800, 180)):
        walker(c, x, y, h, DEEP)
    person(c, 610, 1040, 420, DEEP, skirt=True)
    person(c, 1000, 1060, 450, NAVY)
