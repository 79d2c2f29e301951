"""Pictures of ice, mountains, towers, diggings and playing fields."""

from draw import built, nature
from draw.figures import person, walker
from draw.sheet import BARE, DEEP, HALF, MIST, NAVY, PALE, SPOT, TALL, WARM, Sheet, arc, ink, picture


@picture(
    "fire-lookout",
    "vermilion",
    "A timber fire-lookout tower rises above forested ridges, a thin column of smoke far off.",
    (0.36, 0.4),
    TALL,
)
def fire_lookout(c: Sheet) -> None:
    """Tower over ridges."""
    nature.sky(c, (0.05, 0.7), (0, 0.1), 900)
    nature.sun(c, 900, 420, 130, BARE)
    for i in range(9):
        c.disc(1010 + i * 12 + (i % 2) * 20, 800 - i * 52, 22 + i * 7, ink(0.3, 0.25))
    for k, y in enumerate((780, 880, 980, 1090)):
        pts = nature.hills(c, y, 40, ink(0.25 + 0.17 * k, 0.25), 6)
        for i in range(30):
            x = c.chance.uniform(-20, 1220)
            py = min(pts, key=lambda p: abs(p[0] - x))[1] + 40
            nature.pine(c, x, py, 60 + 26 * k, ink(0.25 + 0.17 * k, 0.25))
    for x0, x1 in ((250, 330), (590, 510)):
        c.line([(x0, 1420), (x1, 520)], DEEP, 20)
    for k in range(5):
        y0, y1 = 1400 - k * 175, 1400 - (k + 1) * 175
        a, b = 252 + 80 * (1400 - y0) / 900, 252 + 80 * (1400 - y1) / 900
        c.line([(a, y0), (840 - b, y1)], DEEP, 9)
        c.line([(840 - a, y0), (b, y1)], DEEP, 9)
        c.line([(b, y1), (840 - b, y1)], DEEP, 9)
    c.rect(230, 506, 380, 24, DEEP)
    c.rect(290, 350, 260, 156, SPOT)
    built.windows(c, 296, 350, 248, 120, 4, 1, BARE, 0.8)
    c.poly([(240, 356), (420, 250), (600, 356)], NAVY)
    c.line([(420, 250), (420, 170)], DEEP, 6)
    c.line([(240, 506), (240, 440), (600, 440), (600, 506)], DEEP, 6)
    person(c, 570, 506, 140, DEEP, arms=((50, 140), (60, 130)))
    c.under([(-40, 1400), (400, 1380), (900, 1430), (1240, 1390)], DEEP)
    for x, h in ((40, 420), (130, 300), (800, 330), (940, 480), (1090, 560), (1180, 380)):
        nature.pine(c, x, 1500, h, DEEP)


@picture(
    "ice-core", "teal", "Two scientists in parkas hold up a banded cylinder of ice beside a drill tent on a white plain.", (0.45, 0.55)
)
def ice_core(c: Sheet) -> None:
    """Core held in front of the drill tent."""
    nature.sky(c, (0.45, 0.25), (0, 0.1), 560)
    nature.sun(c, 1240, 300, 70, BARE)
    c.ring(1240, 300, 150, BARE, 5)
    nature.mountain(c, 300, 560, 900, 190, MIST, ink(0.32, 0.1))
    c.rect(-20, 555, 1640, 550, BARE)
    for _ in range(36):
        y = c.chance.uniform(580, 1060)
        nature.wave(c, c.chance.uniform(-80, 1600), y, 140 + (y - 560) * 0.6, 12, ink(0.1, 0.08))
    built.lattice(c, (1180, 640), (1180, 190), 60, 30, 9, NAVY, 7)
    c.path("M960 660A230 200 0 0 1 1420 660Z", SPOT)
    c.path("M1190 460A230 200 0 0 1 1420 660H1250Q1250 540 1190 460Z", ink(0.45, 1))
    c.path(built.rounded(1120, 662, 110, 140), DEEP)
    for x in (90, 180):
        c.rect(x, 600, 76, 56, NAVY)
    c.line([(330, 660), (330, 470)], NAVY, 7)
    c.poly([(332, 472), (430, 492), (332, 520)], SPOT)
    with c.overprint():
        c.disc(760, 1035, 460, ink(0.25, 0.05), 34)
    person(c, 420, 1040, 620, SPOT, arms=((50, 100), (55, 105)), trousers=NAVY, hat="", scarf=True, lean=4)
    person(c, 1090, 1040, 620, NAVY, arms=((-55, -105), (-50, -100)), trousers=DEEP, scarf=True, lean=-4)
    for x in (428, 1082):
        c.ring(x, 512, 44, BARE, 16, 50)
    with c.at(480, 590, 1, -2):
        c.rect(0, -52, 560, 104, ink(0.12, 0.2), 26)
        for k in range(23):
            c.rect(24 + k * 23 + c.chance.uniform(-5, 5), -52, c.chance.uniform(4, 12), 104, ink(0.25, 0.5) if k % 4 else ink(0.75, 0.4))
        c.rect(0, 24, 560, 28, ink(0.4, 0.4), 14)
        c.rect(10, -44, 540, 14, BARE, 7)
        c.disc(4, 0, 20, BARE, 50)


@picture(
    "seed-vault", "ochre", "A concrete wedge of a doorway juts from a snowy mountainside; crates of seed wait on a sledge.", (0.55, 0.5)
)
def seed_vault(c: Sheet) -> None:
    """Portal in snow with sledge."""
    nature.sky(c, (0.9, 0.1), (0.25, 0.5), 700)
    nature.stars(c, 60, 380)
    nature.mountain(c, 1250, 800, 1500, 620, ink(0.25, 0.05), ink(0.5, 0.1))
    nature.mountain(c, 300, 760, 1000, 320, ink(0.35, 0.08), ink(0.55, 0.1))
    c.under([(-40, 760), (300, 720), (700, 640), (1100, 520), (1660, 380)], MIST)
    c.poly([(760, 860), (800, 300), (1040, 250), (1060, 860)], ink(0.45, 0.3))
    c.poly([(1060, 860), (1040, 250), (1500, 480), (1560, 700)], ink(0.7, 0.4))
    c.poly([(800, 300), (1040, 250), (1040, 360), (798, 400)], SPOT)
    for k in range(16):
        c.poly(
            [
                (806 + (k % 8) * 29, 312 - (k % 8) * 6 + (k // 8) * 44),
                (828 + (k % 8) * 29, 306 - (k % 8) * 6 + (k // 8) * 44),
                (816 + (k % 8) * 29, 340 - (k % 8) * 6 + (k // 8) * 44),
            ],
            BARE if k % 3 else PALE,
        )
    c.rect(850, 520, 150, 345, DEEP)
    c.rect(864, 536, 58, 330, SPOT)
    c.rect(928, 536, 58, 330, WARM)
    c.poly([(850, 865), (1000, 865), (900, 1100), (380, 1100)], ink(0, 0.45))
    c.under([(-40, 880), (400, 830), (760, 862), (1060, 864), (1660, 760)], BARE)
    c.poly([(860, 862), (1000, 862), (880, 1100), (330, 1100)], PALE)
    for x, y in ((200, 940), (1250, 900), (1420, 960), (60, 1040)):
        nature.wave(c, x, y, 260, 26, MIST)
    with c.at(420, 1000):
        c.path("M-160 20H250Q300 20 310 -30", "none", DEEP, 14)
        for x in (-110, 190):
            c.line([(x, 20), (x, -30)], DEEP, 10)
        for k, (x, y) in enumerate(((-140, -30), (-10, -30), (120, -30), (-80, -118), (56, -118))):
            c.rect(x, y - 84, 122, 84, (NAVY, SPOT, HALF, SPOT, NAVY)[k], 4)
            c.rect(x + 36, y - 60, 50, 34, BARE)
            c.line([(x + 61, y - 34), (x + 61, y - 54)], DEEP, 5)
    walker(c, 830, 1010, 320, NAVY, hat="cap")
    c.line([(770, 860), (735, 985)], DEEP, 5)


@picture("satellite-dish", "plum", "A great radio dish tilts towards the night sky above a dry plain, its service ladder lit.", (0.5, 0.42))
def satellite_dish(c: Sheet) -> None:
    """Dish in profile."""
    nature.sky(c, (1, 0.2), (0.1, 0.6), 860)
    nature.stars(c, 110, 700)
    c.under(nature.ridge(c, 800, 40, 7), ink(0.6, 0.6))
    for x, s in ((180, 0.2), (330, 0.15), (1330, 0.18), (1480, 0.24)):
        with c.at(x, 850, s):
            c.poly([(-90, 0), (-40, -260), (40, -260), (90, 0)], DEEP)
            with c.at(0, -330, 1, -28):
                c.path("M-300 -60C-260 160 260 160 300 -60Z", PALE)
    c.rect(-20, 845, 1640, 260, ink(0.75, 0.5))
    c.poly([(560, 930), (680, 600), (920, 600), (1040, 930)], DEEP)
    c.poly([(800, 600), (920, 600), (1040, 930), (860, 930)], ink(0.7, 0.9))
    built.windows(c, 690, 760, 220, 110, 4, 1, SPOT, 0.4)
    c.rect(640, 560, 320, 60, NAVY, 10)
    with c.at(800, 500, 1, -32):
        for x in (-300, 300, 0):
            c.line([(x * 1.0, -110), (0, -470)], BARE, 9)
        c.path("M-520 -150C-420 180 420 180 520 -150Z", BARE)
        c.path("M520 -150C420 180 -60 190 -260 60C60 130 380 60 520 -150Z", HALF)
        c.disc(0, -150, 520, PALE, 78)
        c.disc(0, -142, 420, ink(0.25, 0.3), 56)
        c.disc(0, -134, 230, ink(0.5, 0.5), 30)
        c.line([(-300, -140), (0, -470), (300, -140)], DEEP, 9)
        c.rect(-46, -520, 92, 70, SPOT, 10)
    for k in range(12):
        c.line([(1000 + k * 0.1, 925 - k * 26), (1030, 925 - k * 26)], BARE, 5)
    person(c, 380, 1000, 170, DEEP)
    c.rect(450, 950, 180, 60, DEEP, 16)
    c.disc(490, 1010, 20, HALF)
    c.disc(590, 1010, 20, HALF)
    nature.grass(c, 0, 1600, 1090, 80, DEEP, 90)


@picture("radio-mast", "teal", "A guyed radio mast on a hill sends rings of signal over a sleeping village.", (0.5, 0.35), TALL)
def radio_mast(c: Sheet) -> None:
    """Mast with waves."""
    c.rect(-20, -20, 1240, 1200, c.grade((0.95, 0.4), (0.15, 0.6)))
    for k in range(7):
        c.ring(640, 330, 90 + k * 95, ink(0.1, 0.3) if k < 4 else ink(0.4, 0.5), 13 - k)
    nature.hills(c, 1000, 50, ink(0.5, 0.6), 6)
    c.under([(-40, 1220), (250, 1120), (640, 1000), (1000, 1120), (1240, 1180)], ink(0.8, 0.8))
    built.lattice(c, (640, 1010), (640, 250), 70, 30, 16, DEEP, 8)
    c.line([(640, 250), (640, 120)], DEEP, 8)
    c.disc(640, 330, 28, SPOT)
    c.disc(640, 118, 16, BARE)
    for y, d in ((400, 330), (640, 260)):
        for side in (-1, 1):
            c.line([(640, y), (640 + side * d, 1090)], DEEP, 4)
    for x, y in ((600, 440), (680, 520)):
        c.disc(x, y, 40, BARE)
        c.disc(x + 8, y, 28, HALF)
    built.house(c, 700, 1040, 130, 70, BARE, DEEP, SPOT)
    for i in range(13):
        x, y = 40 + (i * 173) % 1120, 1260 + (i % 3) * 60
        built.gable(c, x, y, 120, 84, (NAVY, ink(0.6, 0.5), DEEP)[i % 3], BARE, BARE if i % 2 else SPOT, 0.5, 1)
    c.rect(540, 1120, 50, 150, NAVY)
    c.poly([(534, 1124), (565, 1040), (596, 1124)], BARE)
    c.under([(-40, 1400), (500, 1370), (1240, 1420)], DEEP)
    for x, h in ((60, 240), (170, 170), (1100, 250), (1010, 150)):
        nature.pine(c, x, 1470, h, DEEP)


@picture(
    "football-ground",
    "moss",
    "A striker meets the ball in front of a packed stand under floodlights, the goalkeeper at full stretch.",
    (0.5, 0.55),
)
def football_ground(c: Sheet) -> None:
    """Shot on goal."""
    c.rect(-20, -20, 1640, 700, ink(0.9, 0.3))
    for x in (120, 1480):
        c.poly([(x, 120), (800 - (x - 800) * 0.2, 1000), (x + (560 if x < 800 else -560), 1000)], ink(0.75, 0.4))
        built.lattice(c, (x, 420), (x, 140), 30, 20, 7, DEEP, 5)
        for k in range(12):
            c.disc(x - 66 + (k % 4) * 44, 60 + (k // 4) * 42, 17, BARE)
    c.poly([(-20, 240), (1620, 240), (1620, 280), (-20, 280)], DEEP)
    for row in range(6):
        y = 350 + row * 50
        for i in range(34):
            x = i * 50 - 20 + (row % 2) * 25 + c.chance.uniform(-5, 5)
            c.path(f"M{x - 20} {y}q20 -44 40 0Z", (SPOT, NAVY, BARE, HALF)[c.chance.randrange(4)])
            c.disc(x, y - 30, 11, ink(0.2, 0.4))
        c.rect(-20, y, 1640, 14, DEEP)
    c.rect(-20, 600, 1640, 66, BARE)
    for i in range(6):
        c.rect(30 + i * 270, 612, 190, 42, (SPOT, NAVY)[i % 2])
    c.rect(-20, 662, 1640, 440, SPOT)
    for k in range(5):
        c.poly([(-200 + k * 420, 662), (-20 + k * 400, 662), (-160 + k * 520, 1100), (-420 + k * 540, 1100)], ink(0.2, 1))
    c.line([(-20, 700), (1620, 700)], BARE, 7)
    c.line([(380, 700), (200, 960), (1640, 960)], BARE, 9)
    for k in range(17):
        c.line([(920 + k * 35, 420), (930 + k * 34, 700)], HALF, 2.5)
    for k in range(8):
        c.line([(920, 430 + k * 36), (1500, 430 + k * 36)], HALF, 2.5)
    c.line([(910, 704), (910, 410), (1500, 410), (1500, 704)], BARE, 15)
    with c.at(1160, 580, 1, 62):
        person(c, 0, 150, 330, NAVY, arms=((-150, -165), (150, 165)), legs=((-24, -20), (30, 60)), trousers=NAVY)
    with c.overprint():
        c.disc(420, 1034, 230, ink(0.45, 0), 22)
    person(c, 400, 1030, 560, BARE, legs=((-10, -4), (64, 40)), arms=((-70, -40), (60, 80)), lean=-16, trousers=NAVY)
    person(c, 180, 960, 420, NAVY, legs=((-34, -50), (30, 0)), arms=((40, 60), (-40, -10)), lean=14, trousers=BARE)
    with c.at(770, 730):
        c.disc(0, 0, 50, BARE)
        c.poly([(0, -20), (19, -6), (12, 17), (-12, 17), (-19, -6)], DEEP)
        for p in arc(0, 0, 44, -90, 270, 5)[:-1]:
            c.line([(p[0] * 0.5, p[1] * 0.5), p], DEEP, 5)
            c.disc(p[0] * 0.98, p[1] * 0.98, 11, DEEP)
        for k in range(3):
            c.line([(-80 - k * 16, 30 + k * 26), (-190 - k * 30, 70 + k * 42)], BARE, 7)


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
    "Archaeologists stand in a grid of square trenches beneath a mound topped by old walls.",
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
