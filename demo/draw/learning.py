"""Pictures of schools, studies and the clinic."""

import math

from draw import built, nature
from draw.figures import person, seated, walker
from draw.sheet import BARE, DEEP, FOURTHREE, HALF, NAVY, PALE, SPOT, TALL, WARM, Sheet, ink, picture


@picture("university-court", "moss", "Students read and cross the arcaded court of an old university under a spreading tree.", (0.5, 0.55))
def university_court(c: Sheet) -> None:
    """Arcaded quad."""
    nature.sky(c, (0.15, 0.05), (0, 0.02), 420)
    c.rect(660, 60, 280, 400, PALE)
    c.rect(860, 60, 80, 400, ink(0.3, 0.2))
    built.dome(c, 800, 62, 130, SPOT, ink(0.4, 1), 0.9)
    c.disc(790, 180, 62, BARE)
    c.ring(790, 180, 62, NAVY, 9)
    c.line([(790, 180), (790, 138)], NAVY, 8)
    c.line([(790, 180), (820, 196)], NAVY, 8)
    c.rect(-20, 300, 1640, 330, PALE)
    c.rect(-20, 290, 1640, 26, ink(0.3, 0.3))
    for i in range(13):
        c.path(built.rounded(20 + i * 124, 420, 56, 86), NAVY)
    c.rect(-20, 446, 1640, 12, ink(0.3, 0.3))
    for i in range(10):
        c.path(built.rounded(10 + i * 162, 640, 124, 165), ink(0.85, 0.3))
        c.path(built.rounded(40 + i * 162, 640, 94, 135), ink(0.6, 0.3))
    c.rect(-20, 632, 1640, 470, ink(0.05, 0.6))
    c.poly([(720, 640), (880, 640), (1180, 1100), (420, 1100)], PALE)
    c.poly([(-20, 720), (1620, 720), (1620, 790), (-20, 790)], PALE)
    with c.overprint():
        c.disc(330, 880, 330, ink(0.35, 0), 70)
    nature.tree(c, 300, 890, 720, ink(0.1, 1), DEEP, ink(0.45, 1))
    c.rect(120, 880, 380, 24, DEEP)
    seated(c, 190, 952, 270, NAVY, skin=ink(0.35, 0.5))
    c.poly([(240, 830), (300, 812), (310, 846), (250, 862)], BARE)
    seated(c, 390, 952, 270, BARE, trousers=NAVY)
    walker(c, 830, 800, 150, NAVY)
    walker(c, 940, 810, 155, BARE, trousers=NAVY)
    person(c, 1180, 1010, 380, NAVY, skirt=True, scarf=True, arms=((30, 80), (30, 90)))
    c.rect(1215, 780, 80, 58, SPOT, 4)
    person(c, 1390, 1030, 400, DEEP, arms=((-40, -80), (14, 8)))
    built.lamp(c, 1540, 900, 330, DEEP)


@picture("classroom-desks", "ochre", "Pupils raise hands at shared wooden desks in a bright village classroom.", (0.5, 0.5))
def classroom(c: Sheet) -> None:
    """Class seen from the back."""
    c.rect(-20, -20, 1640, 1110, PALE)
    c.rect(-20, 480, 1640, 140, ink(0.1, 0.5))
    for x in (60, 1310):
        c.rect(x, 90, 230, 320, NAVY)
        c.rect(x + 14, 104, 202, 292, BARE)
        with c.inside(f"M{x + 14} 104h202v292h-202Z"):
            nature.tree(c, x + 120, 420, 240, ink(0.15, 0.5), HALF)
        c.line([(x + 115, 104), (x + 115, 396)], NAVY, 10)
        c.line([(x + 14, 250), (x + 216, 250)], NAVY, 10)
    c.rect(380, 70, 840, 370, DEEP)
    c.rect(400, 90, 800, 330, ink(0.85, 0.3))
    c.blob([(520, 200), (600, 150), (700, 190), (690, 270), (610, 330), (540, 290)], ink(0.2, 0.5))
    c.blob([(820, 180), (930, 150), (1010, 210), (960, 300), (850, 280)], ink(0.2, 0.5))
    c.curve([(690, 240), (750, 260), (830, 230)], BARE, 5)
    for x in (600, 900):
        c.disc(x, 230, 10, SPOT)
    person(c, 1130, 640, 420, SPOT, skirt=True, arms=((-60, -110), (14, 8)))
    c.rect(-20, 620, 1640, 480, ink(0.15, 0.55))
    skin = ink(0.4, 0.65)
    for row, (y, n, s) in enumerate(((730, 6, 150), (880, 5, 200), (1080, 4, 270))):
        for i in range(n):
            x = 800 + (i - (n - 1) / 2) * s * 1.65
            if (i + row) % 3 == 0:
                c.line([(x + s * 0.28, y - s * 0.3), (x + s * 0.42, y - s * 1.15)], BARE, s * 0.13)
                c.disc(x + s * 0.43, y - s * 1.2, s * 0.085, skin)
            c.path(
                f"M{x - s * 0.42} {y}C{x - s * 0.42} {y - s * 0.62} {x + s * 0.42} {y - s * 0.62} {x + s * 0.42} {y}Z",
                BARE if (i + row) % 2 else NAVY,
            )
            c.line([(x, y - s * 0.4), (x, y - s * 0.55)], skin, s * 0.13)
            c.disc(x, y - s * 0.7, s * 0.2, DEEP, s * 0.24)
            if (i + row) % 2:
                for side in (-1, 1):
                    c.line([(x + side * s * 0.17, y - s * 0.66), (x + side * s * 0.27, y - s * 0.42)], DEEP, s * 0.09)
        c.rect(-20 if row == 2 else 800 - n * s * 0.85, y - 6, 1640 if row == 2 else n * s * 1.7, s * 0.14, ink(0.45, 0.9))
        c.rect(-20 if row == 2 else 800 - n * s * 0.85, y + s * 0.12, 1640 if row == 2 else n * s * 1.7, s * 0.1, DEEP)


@picture("chalkboard-maths", "teal", "A researcher draws circles and tangents on a crowded chalkboard.", (0.42, 0.45), FOURTHREE)
def chalkboard(c: Sheet) -> None:
    """Geometry on a board."""
    c.rect(-20, -20, 1500, 1120, PALE)
    c.rect(30, 30, 1380, 800, ink(0.4, 0.9))
    c.rect(56, 56, 1328, 748, ink(1, 0.5))
    with c.overprint():
        c.disc(900, 300, 400, ink(0.0, 0.2), 160)
    c.ring(400, 330, 190, BARE, 7)
    c.ring(400, 330, 95, SPOT, 6)
    c.line([(400, 330), (534, 196)], BARE, 6)
    c.line([(130, 330), (690, 330)], BARE, 5)
    c.line([(400, 80), (400, 600)], BARE, 5)
    c.line([(440, 80), (690, 320)], SPOT, 7)
    for p in ((400, 330), (534, 196), (590, 330), (400, 140)):
        c.disc(*p, 12, BARE)
    c.curve([(760, 420)] + [(760 + k * 24, 420 - 130 * math.exp(-((k - 10) ** 2) / 18)) for k in range(1, 22)], BARE, 7)
    c.line([(740, 430), (1320, 430)], BARE, 5)
    c.line([(760, 140), (760, 440)], BARE, 5)
    for k in range(5):
        x = 900 + k * 50
        c.line([(x, 426), (x, 420 - 126 * math.exp(-(((x - 760) / 24 - 10) ** 2) / 18))], SPOT, 5)
    for row in range(4):
        x = 130.0
        while x < 640:
            w = c.chance.uniform(16, 60)
            y = 660 + row * 38
            c.curve([(x, y), (x + w * 0.3, y - 14), (x + w * 0.6, y + 6), (x + w, y - 10)], BARE if row != 2 else SPOT, 4)
            x += w + 22
    pts = [(930, 560), (1090, 520), (1230, 600), (1180, 740), (1000, 720)]
    for i, a in enumerate(pts):
        for b in pts[i + 1 :]:
            c.line([a, b], BARE, 4)
    for p in pts:
        c.disc(*p, 15, SPOT)
    c.rect(30, 826, 1380, 30, DEEP)
    for x in (260, 330, 1180):
        c.rect(x, 812, 46, 14, BARE, 6)
    c.rect(1250, 796, 110, 32, NAVY, 6)
    person(c, 790, 1180, 800, ink(0.15, 0.75), arms=((-100, -132), (14, 10)), hair=DEEP, skirt=False, skin=ink(0.25, 0.5))
    c.rect(100, 980, 460, 140, NAVY, 6)
    for i in range(4):
        c.rect(140 + i * 12, 950 - i * 28, 300 - i * 30, 26, (BARE, SPOT, PALE, HALF)[i], 4)


@picture("library-stacks", "moss", "Tall book stacks recede to an arched window; a reader stands on a rolling ladder.", (0.5, 0.5), TALL)
def library_stacks(c: Sheet) -> None:
    """Stacks in perspective."""
    c.rect(-20, -20, 1240, 1540, ink(0.2, 0.25))
    c.path(built.rounded(500, 820, 200, 400), BARE)
    c.line([(600, 420), (600, 820)], HALF, 7)
    for y in (560, 690):
        c.line([(500, y), (700, y)], HALF, 6)
    c.poly([(470, 820), (730, 820), (1240, 1540), (-40, 1540)], ink(0.1, 0.4))
    c.poly([(540, 830), (660, 830), (900, 1540), (300, 1540)], SPOT)
    with c.overprint():
        c.poly([(560, 820), (640, 820), (760, 1540), (440, 1540)], ink(0.12, 0.1))
    for side in (0, 1):
        with c.at(1200 if side else 0, 0, 1, 0, bool(side)):
            c.poly([(-20, -60), (480, 380), (480, 840), (-20, 1560)], DEEP)
            for shelf in range(8):
                for k in range(26):
                    t0, t1 = 1 - 0.925**k, 1 - 0.925 ** (k + 0.86)
                    x0, x1 = 560 * t0, 560 * t1
                    if x1 > 476:
                        continue

                    def at(x: float, v: float) -> float:
                        t = x / 480
                        return (-60 + 440 * t) + v * ((1560 - 720 * t) - (-60 + 440 * t))

                    tall = c.chance.uniform(0.12, 0.3)
                    v0, v1 = (shelf + tall) / 8, (shelf + 0.9) / 8
                    tone = (SPOT, BARE, HALF, WARM, NAVY, PALE, ink(0.4, 0.9))[c.chance.randrange(7)]
                    c.poly([(x0, at(x0, v0)), (x1, at(x1, v0)), (x1, at(x1, v1)), (x0, at(x0, v1))], tone)
    c.line([(290, 300), (410, 1250)], BARE, 14)
    c.line([(370, 340), (500, 1220)], BARE, 14)
    for k in range(11):
        t = k / 11
        c.line([(296 + 110 * t, 350 + 880 * t), (378 + 118 * t, 386 + 820 * t)], BARE, 9)
    person(c, 425, 890, 330, NAVY, arms=((-70, -100), (-50, -90)))
    person(c, 700, 1180, 350, BARE, skirt=True, arms=((30, 80), (30, 90)), trousers=NAVY)
    c.rect(735, 950, 90, 60, NAVY, 4)
    for x in (600,):
        c.line([(x, -20), (x, 180)], DEEP, 6)
        c.path(f"M{x - 90} 250A90 80 0 0 1 {x + 90} 250Z", DEEP)
        c.disc(x, 252, 50, BARE, 16)


@picture(
    "clinic-waiting",
    "teal",
    "Patients of several generations sit along a clinic wall while a nurse calls the next from a doorway.",
    (0.55, 0.55),
)
def clinic_waiting(c: Sheet) -> None:
    """Waiting room."""
    c.rect(-20, -20, 1640, 800, ink(0.03, 0.16))
    c.rect(-20, 560, 1640, 220, ink(0.05, 0.45))
    c.rect(-20, 552, 1640, 12, NAVY)
    c.rect(-20, 770, 1640, 340, ink(0.2, 0.12))
    for k in range(12):
        c.line([(k * 160 - 60, 775), (k * 220 - 400, 1100)], ink(0.08, 0.05), 5)
    c.rect(140, 120, 420, 300, NAVY)
    c.rect(156, 136, 388, 268, BARE)

    with c.inside("M156 136H544V404H156Z"):
        c.disc(440, 230, 44, SPOT)
        c.under([(100, 340), (240, 270), (360, 330), (620, 280)], ink(0.2, 0.6), 420)
    c.line([(350, 136), (350, 404)], NAVY, 12)
    for x, a in ((660, 0.2), (820, 0.5)):
        c.rect(x, 170, 120, 170, BARE)
        c.rect(x + 14, 184, 92, 60, SPOT if a < 0.3 else NAVY)
        for k in range(4):
            c.line([(x + 16, 264 + k * 18), (x + 100 - 16 * (k % 2), 264 + k * 18)], HALF, 5)
    c.disc(1060, 200, 64, BARE)
    c.ring(1060, 200, 64, NAVY, 10)
    c.line([(1060, 200), (1060, 156)], NAVY, 8)
    c.line([(1060, 200), (1090, 214)], NAVY, 8)
    c.rect(1220, 120, 300, 680, NAVY)
    c.rect(1244, 144, 252, 660, ink(0, 0.35))
    c.rect(1330, 40, 80, 56, BARE)
    c.rect(1364, 46, 12, 44, SPOT)
    c.rect(1348, 62, 44, 12, SPOT)
    person(c, 1370, 815, 530, BARE, trousers=SPOT, arms=((-30, -90), (14, 8)), hair=NAVY)
    c.rect(1262, 560, 76, 96, SPOT, 6)
    looks = (
        (170, 420, SPOT, True),
        (350, 440, DEEP, False),
        (530, 300, BARE, False),
        (690, 430, NAVY, True),
        (880, 450, ink(0.4, 0.5), False),
    )
    for x in range(60, 1080, 180):
        c.rect(x, 620, 150, 130, NAVY, 16)
        c.rect(x, 790, 160, 24, DEEP, 8)
        for dx in (16, 134):
            c.line([(x + dx, 810), (x + dx, 930)], DEEP, 9)
    for x, h, tone, scarf in looks:
        seated(c, x - 50, 790 + h * 0.48, h, tone, scarf=scarf, trousers=NAVY if tone != NAVY else DEEP, skin=ink(0.3, 0.55))
    c.disc(760, 700, 34, BARE, 24)
    c.disc(785, 682, 17, ink(0.3, 0.55))
    c.line([(475, 640), (455, 950)], DEEP, 9)
    with c.at(1120, 900):
        c.path("M-50 0h100l-14 110h-72Z", SPOT)
        for a in (-60, -30, 0, 30, 60):
            with c.at(0, 0, 1, a):
                c.path("M0 0C-34 -80 -24 -170 0 -230C24 -170 34 -80 0 0Z", ink(0.5, 1))
