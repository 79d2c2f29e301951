"""First pictures."""

from draw import built, nature
from draw.figures import person, walker
from draw.sheet import BARE, DEEP, NAVY, PALE, SPOT, WARM, Sheet, ink, picture


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


@picture("mountain-railway", "moss", "A short train crosses a stone viaduct over a deep valley below snow peaks.", (0.5, 0.5))
def mountain_railway(c: Sheet) -> None:
    """Viaduct and train."""
    nature.sky(c, (0.5, 0), (0, 0), 560)
    nature.mountain(c, 420, 720, 1000, 560, ink(0.32, 0), ink(0.55, 0), BARE)
    nature.mountain(c, 1180, 720, 1100, 640, ink(0.32, 0), ink(0.55, 0), BARE)
    nature.mountain(c, 800, 760, 700, 360, ink(0.45, 0.2), ink(0.7, 0.2))
    nature.hills(c, 690, 50, ink(0.15, 0.5))
    nature.hills(c, 770, 40, ink(0.1, 0.85))
    for i in range(26):
        nature.pine(c, c.chance.uniform(0, 1600), 790 + c.chance.uniform(-20, 60), c.chance.uniform(50, 110), ink(0.6, 1))
    built.arches(c, -20, 545, 1640, 520, 6, ink(0, 0.12), ink(0.55, 0.2))
    for i, x in enumerate((300, 590, 880)):
        built.carriage(c, x, 532, 275, 120, SPOT, BARE, BARE)
    with c.at(1165, 532):
        c.path("M0 0V-100H130L200 -60V-16H0Z", NAVY)
        c.rect(20, -86, 60, 36, BARE)
        c.disc(40, -12, 15, DEEP)
        c.disc(90, -12, 15, DEEP)
        c.disc(150, -12, 15, DEEP)
    c.rect(-20, 527, 1640, 10, DEEP)
    nature.hills(c, 985, 50, NAVY)
    for i in range(16):
        x = c.chance.choice((c.chance.uniform(-20, 420), c.chance.uniform(1150, 1620)))
        nature.pine(c, x, 1090, c.chance.uniform(200, 400), DEEP)


@picture(
    "excavation-site",
    "ochre",
    "Archaeologists kneel and stand in a grid of square trenches beneath a mound topped by old walls.",
    (0.5, 0.62),
)
def excavation(c: Sheet) -> None:
    """Trench grid in perspective below the tell."""
    nature.sky(c, (0.25, 0.1), (0, 0.3), 420)
    nature.sun(c, 330, 170, 70, BARE)
    c.under([(-40, 400), (500, 360), (760, 210), (1050, 190), (1300, 330), (1660, 390)], ink(0, 0.75), 500)
    c.poly([(1050, 190), (1300, 330), (1660, 390), (1660, 500), (1000, 500), (1120, 330)], ink(0.35, 0.75))
    for x, w, h in ((790, 60, 55), (870, 90, 80), (985, 50, 40)):
        c.rect(x, 215 - h, w, h + 20, ink(0.3, 0.6))
    c.rect(-20, 430, 1660, 700, ink(0, 0.45))
    cols, ys = 5, [470, 560, 690, 880, 1130]

    def px(i: float, y: float) -> float:
        return 800 + (i - cols / 2) * (y - 250) * 0.62

    for j in range(4):
        y0, y1 = ys[j], ys[j + 1]
        for i in range(cols):
            gap = 0.09
            a, b, m = px(i + gap, y0 + 8), px(i + 1 - gap, y0 + 8), (y1 - y0) * 0.88
            d, e = px(i + gap, y0 + m), px(i + 1 - gap, y0 + m)
            quad = [(a, y0 + 8), (b, y0 + 8), (e, y0 + m), (d, y0 + m)]
            drop = (y1 - y0) * 0.34
            c.poly(quad, ink(0.75, 0.7))
            c.poly(
                [(a + drop * 0.3, y0 + 8 + drop), (b - drop * 0.3, y0 + 8 + drop), (e, y0 + m), (d, y0 + m)],
                ink(0.15, 0.8) if (i + j) % 3 else ink(0, 0.2),
            )
            c.poly([(a, y0 + 8), (d, y0 + m), (a + drop * 0.3, y0 + 8 + drop)], ink(0.45, 0.7))
    person(c, 1130, 640, 150, BARE, hat="brim", trousers=NAVY)
    person(c, 560, 700, 170, NAVY, hat="brim", arms=((30, 60), (30, 70)), lean=18)
    person(c, 330, 980, 330, DEEP, hat="brim", arms=((-14, -6), (30, 110)))


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
