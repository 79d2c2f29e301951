"""Pictures of towns and villages by the water."""

import math

from draw import built, nature
from draw.figures import crowd, person, seated, walker
from draw.sheet import BARE, DEEP, HALF, NAVY, PALE, SPOT, WARM, Sheet, ink, picture


@picture("canal-town", "plum", "Tall narrow houses and a humped bridge are mirrored in a canal where a barge is moored.", (0.5, 0.45))
def canal_town(c: Sheet) -> None:
    """Canal façades and reflections."""
    nature.sky(c, (0.1, 0.4), (0, 0.1), 560)
    nature.cloud(c, 1000, 150, 400)
    tones = (SPOT, ink(0.4, 0.2), PALE, ink(0.35, 0.8), NAVY, WARM, BARE, SPOT, ink(0.5, 0.4), PALE)
    plan = []
    x = -20.0
    for i, tone in enumerate(tones):
        w = (150, 170, 190, 160)[i % 4]
        plan.append((x, w, 300 + (i * 83) % 120, tone))
        x += w
    for x, w, h, tone in plan:
        light = tone in (PALE, BARE, WARM)
        built.gable(c, x, 600, w, h, tone, DEEP, NAVY if light else PALE, 0.55, 4)
        c.rect(x + w * 0.4, 530, w * 0.22, 70, DEEP)
    c.rect(-20, 600, 1640, 36, ink(0.5, 0.3))
    c.rect(-20, 636, 1640, 460, ink(0.45, 0.3))
    for x, w, h, tone in plan:
        c.poly(
            [(x, 636), (x, 636 + h * 0.8), (x + w / 2, 636 + h), (x + w, 636 + h * 0.8), (x + w, 636)],
            ink(0.7, 0.4) if tone in (NAVY, SPOT) else ink(0.35, 0.45),
        )
    nature.glitter(c, 800, 660, 1050, 1700, ink(0.15, 0.15), 46)
    c.path("M930 700C1060 520 1440 520 1640 640V720C1600 690 1560 680 1520 690A150 110 0 0 0 1120 700Z", PALE)
    c.path("M930 700C1060 520 1440 520 1640 640V664C1440 550 1080 550 960 700Z", DEEP)
    for i in range(9):
        c.line(
            [
                (1010 + i * 70, 640 - 90 * math.sin(math.pi * (i + 1.5) / 12)),
                (1010 + i * 70, 580 - 90 * math.sin(math.pi * (i + 1.5) / 12)),
            ],
            DEEP,
            6,
        )
    walker(c, 1270, 560, 130, DEEP)
    with c.at(120, 830):
        c.path("M0 0C-30 -30 -40 -60 -40 -90H640C650 -50 630 -20 600 0Z", DEEP)
        c.rect(60, -150, 400, 62, SPOT)
        built.windows(c, 70, -148, 380, 58, 6, 1, BARE)
        c.rect(40, -162, 440, 16, BARE)
        for i in range(7):
            c.disc(500 + i * 18, -95 - 12 * (i % 2), 16, ink(0.4, 0.9))
    built.lamp(c, 820, 640, 190, DEEP, BARE)


@picture(
    "delta-flood", "ochre", "Stilt houses and treetops stand in brown floodwater; a family poles a boat towards a raised bank.", (0.5, 0.6)
)
def delta_flood(c: Sheet) -> None:
    """Flooded village."""
    nature.sky(c, (0.6, 0.15), (0.1, 0.15), 480)
    for x, y, w in ((250, 130, 600), (900, 100, 700), (1380, 210, 560)):
        nature.cloud(c, x, y, w, ink(0.7, 0.15))
    for _ in range(12):
        nature.tree(c, c.chance.uniform(0, 1600), 540, c.chance.uniform(90, 170), ink(0.5, 0.35), HALF)
    nature.sea(c, 490, ink(0.1, 0.75), ink(0, 0.25))

    def stilt(x: float, y: float, s: float) -> None:
        with c.at(x, y, s):
            for dx in (10, 90, 170, 250):
                c.line([(dx, -70), (dx, 6)], DEEP, 9)
            c.rect(-6, -170, 270, 100, ink(0.3, 0.6))
            for i in range(9):
                c.line([(20 + i * 28, -166), (20 + i * 28, -76)], ink(0.6, 0.7), 3)
            c.rect(100, -145, 52, 74, DEEP)
            c.poly([(-50, -160), (50, -270), (210, -270), (310, -160)], NAVY)
            c.poly([(-50, -160), (50, -270), (80, -270), (10, -160)], HALF)
            nature.glitter(c, 130, 8, 90, 300, ink(0.6, 0.9), 6)

    stilt(220, 600, 0.75)
    stilt(1180, 620, 0.9)
    nature.palm(c, 480, 620, 300, DEEP, DEEP, 0.1)
    nature.palm(c, 1080, 640, 340, DEEP, DEEP, -0.12)
    stilt(560, 690, 1.15)
    for x in (120, 190, 260):
        c.line([(x, 830), (x - 6, 760)], DEEP, 10)
    with c.at(820, 900):
        nature.glitter(c, 0, 20, 130, 700, ink(0.55, 0.9), 8)
    person(c, 660, 885, 260, NAVY, hat="cone", arms=((40, 60), (60, 110)))
    c.line([(745, 560), (640, 1000)], DEEP, 9)
    seated(c, 810, 912, 190, SPOT, scarf=True)
    seated(c, 910, 905, 130, BARE)
    seated(c, 990, 912, 190, DEEP, hat="cone")
    built.rowing_boat(c, 840, 915, 150, DEEP, ink(0.4, 0.9))
    c.rect(1075, 800, 70, 56, PALE, 8)
    nature.rain(c, 70, ink(0.2, 0.1), -30, 0, 520)


@picture(
    "old-port-city",
    "ochre",
    "Flat-roofed houses, a dome and a minaret climb behind the sea gate of a walled harbour with lateen-rigged boats.",
    (0.52, 0.42),
)
def old_port_city(c: Sheet) -> None:
    """Walled city seen from the water."""
    nature.sky(c, (0.2, 0.1), (0, 0.45), 640)
    nature.sun(c, 1330, 220, 80, BARE)
    tones = (WARM, PALE, SPOT, BARE, ink(0.2, 0.6))
    for row, (y, n) in enumerate(((470, 9), (540, 11), (610, 12))):
        for i in range(n):
            w, h = c.chance.uniform(90, 170), c.chance.uniform(70, 170) + (1 - abs(i / n - 0.5) * 2) * (170 - row * 50)
            x = 90 + i * (1420 / n)
            tone = tones[c.chance.randrange(5)]
            c.rect(x, y - h, w, h + 60, tone)
            c.rect(x + w * 0.72, y - h, w * 0.28, h + 60, ink(0.35, 0.55))
            for k in range(2):
                c.path(built.rounded(x + w * (0.14 + 0.28 * k), y - h + 70, w * 0.16, 40), NAVY)
        if row == 0:
            c.rect(640, 300, 240, 300, PALE)
            built.dome(c, 760, 302, 120, SPOT, ink(0.4, 1))
            for x, top in ((930, 90), (560, 190)):
                c.rect(x, top, 46, 420, BARE)
                c.rect(x + 28, top, 18, 420, ink(0.4, 0.3))
                c.rect(x - 12, top + 60, 70, 16, NAVY)
                built.dome(c, x + 23, top, 23, SPOT, ink(0.4, 1), 1.3, 0.8)
    c.rect(-20, 610, 1640, 130, ink(0.15, 0.65))
    for i in range(28):
        c.rect(i * 60 - 10, 588, 34, 30, ink(0.15, 0.65))
    for x in (130, 1370):
        c.rect(x, 540, 130, 200, ink(0.25, 0.75))
        for i in range(3):
            c.rect(x + i * 50, 520, 30, 26, ink(0.25, 0.75))
    c.path(built.pointed(720, 740, 130, 130), DEEP)
    nature.sea(c, 735, ink(0.6, 0.2), ink(0, 0.25))
    for x, y, s in ((1120, 890, 1.3), (330, 850, 0.9)):
        with c.at(x, y, s):
            c.path("M-150 0C-170 -20 -180 -40 -170 -60H150L220 -90C210 -40 180 -10 140 0Z", DEEP)
            c.line([(20, -60), (0, -330)], DEEP, 9)
            c.path("M-130 -130Q60 -300 170 -410Q150 -200 110 -90Q0 -90 -130 -130Z", BARE)
            c.path("M60 -110Q110 -240 170 -410Q150 -200 110 -90Z", PALE)
            nature.glitter(c, 20, 8, 90, 400, DEEP, 7)
    nature.birds(c, 300, 230, 7, 200)


@picture("school-boat", "moss", "Children in uniform ride a narrow wooden school boat along a river lined with palms.", (0.5, 0.62))
def school_boat(c: Sheet) -> None:
    """Pupils aboard."""
    nature.sky(c, (0.1, 0.2), (0, 0.05), 420)
    nature.sun(c, 1260, 190, 90, SPOT)
    c.under(nature.ridge(c, 360, 30, 9), ink(0.2, 0.45), 480)
    for i in range(15):
        nature.palm(c, 40 + i * 110, 500, c.chance.uniform(190, 290), ink(0.3, 0.9), ink(0.5, 0.6), c.chance.uniform(-0.15, 0.15))
    c.rect(-20, 450, 1640, 50, ink(0.5, 0.9))
    built.house(c, 180, 490, 220, 90, BARE, NAVY, NAVY, 0.3, 3)
    c.line([(290, 360), (290, 260)], DEEP, 6)
    c.poly([(290, 262), (360, 280), (290, 300)], SPOT)
    nature.sea(c, 490, ink(0.4, 0.4), ink(0, 0.15))
    nature.glitter(c, 800, 860, 1010, 1300, ink(0.7, 0.8), 14)
    for i, x in enumerate(range(430, 1180, 118)):
        crowd(c, x - 52, x + 62, 800, 200 + (i * 37) % 40, 1, (BARE,))
        c.poly([(x - 6, 700), (x + 14, 700), (x + 4, 790)], SPOT if i % 2 else NAVY)
    c.path("M160 720C300 790 1250 800 1480 690C1440 800 1380 860 1300 876H380C280 860 200 800 160 720Z", DEEP)
    c.path("M160 720C300 790 1250 800 1480 690L1466 730C1250 835 300 825 180 752Z", SPOT)
    person(c, 280, 790, 380, NAVY, hat="brim", arms=((20, 20), (40, 70)))
    c.line([(230, 560), (60, 960)], DEEP, 12)
    for x in (480, 1130):
        c.line([(x, 780), (x, 470)], DEEP, 9)
    c.path("M430 480Q810 400 1190 480L1210 506Q810 430 410 506Z", BARE)
    nature.grass(c, 0, 420, 1090, 220, DEEP, 36)
    nature.grass(c, 1250, 1620, 1090, 220, DEEP, 36)


@picture(
    "ferry-terminal",
    "vermilion",
    "A white double-deck ferry with a red funnel lies at the terminal ramp while passengers wait under the quay roof.",
    (0.48, 0.55),
)
def ferry_terminal(c: Sheet) -> None:
    """Ferry at the ramp, seen from under the roof."""
    nature.sky(c, (0, 0.75), (0, 0.05), 520)
    nature.sun(c, 1180, 250, 110, BARE)
    nature.cloud(c, 420, 250, 420)
    nature.cloud(c, 1420, 360, 300)
    c.under(nature.ridge(c, 430, 50, 9), ink(0.3, 0.1), 540)
    c.under(nature.ridge(c, 480, 30, 12), ink(0.55, 0.1), 540)
    nature.sea(c, 520, ink(0.62, 0), ink(0.1, 0))
    built.ferry(c, 330, 770, 98)
    nature.glitter(c, 800, 775, 900, 900, NAVY, 12)
    c.poly([(-20, 700), (330, 640), (350, 700), (-20, 800)], ink(0.25, 0.4))
    c.line([(60, 705), (60, 380), (300, 660)], NAVY, 8)
    c.poly([(-20, 860), (560, 800), (1620, 920), (1620, 1100), (-20, 1100)], WARM)
    c.poly([(-20, 860), (560, 800), (1620, 920), (1620, 945), (560, 822), (-20, 885)], DEEP)
    for x, y, h in ((620, 965, 190), (700, 980, 210), (910, 985, 180), (1010, 1000, 220)):
        walker(c, x, y, h, NAVY if h % 20 else DEEP)
    person(c, 300, 1010, 250, DEEP)
    person(c, 395, 1020, 235, NAVY, skirt=True, scarf=True)
    for x in (90, 1490):
        c.rect(x, 60, 46, 1050, DEEP)
        c.line([(x + 23, 260), (x + 160, 110)], DEEP, 20)
        c.line([(x + 23, 260), (x - 120, 110)], DEEP, 20)
    c.poly([(-20, -20), (1620, -20), (1620, 90), (-20, 130)], DEEP)
    c.poly([(-20, 130), (1620, 90), (1620, 106), (-20, 150)], SPOT)


@picture("lighthouse", "teal", "A striped lighthouse sends its beam over a dark sea from a rocky point.", (0.42, 0.4), (1200, 1500))
def lighthouse(c: Sheet) -> None:
    """Lighthouse at dusk."""
    nature.sky(c, (1, 0.4), (0.2, 0.5), 1000)
    nature.stars(c, 60, 600)
    c.poly([(520, 380), (1300, 180), (1300, 560)], ink(0, 0.25))
    c.poly([(520, 380), (-60, 300), (-60, 520)], ink(0.1, 0.35))
    nature.sea(c, 980, ink(0.75, 0.6), ink(0.1, 0.3))
    c.poly([(420, 1150), (455, 470), (585, 470), (620, 1150)], BARE)
    for i, t in enumerate((0.12, 0.42, 0.72)):
        w = 65 + 35 * t
        y = 470 + 680 * t
        c.poly([(520 - w, y), (520 + w, y), (520 + w + 7, y + 110), (520 - w - 7, y + 110)], SPOT)
    with c.overprint():
        c.poly([(550, 470), (585, 470), (620, 1150), (550, 1150)], ink(0.55, 0))
    c.rect(430, 448, 180, 24, DEEP)
    c.rect(470, 330, 100, 120, PALE)
    for x in (470, 500, 535, 562):
        c.rect(x, 330, 8, 120, DEEP)
    c.path("M450 332A70 70 0 0 1 590 332Z", DEEP)
    c.line([(520, 262), (520, 220)], DEEP, 6)
    c.rect(495, 1040, 50, 110, DEEP, 20)
    built.house(c, 640, 1160, 200, 100, BARE, DEEP, NAVY, across=3)
    c.under([(-40, 1230), (200, 1160), (420, 1125), (860, 1140), (980, 1230), (1060, 1400), (1240, 1480)], DEEP)
    c.poly([(420, 1125), (700, 1145), (620, 1300), (760, 1500), (480, 1500), (380, 1260)], ink(0.6, 0.9))
    for x, y in ((1020, 1330), (1090, 1420), (950, 1230)):
        nature.cloud(c, x + 40, y + 20, 160, BARE)
    nature.birds(c, 850, 640, 6, 150, BARE)
