"""Pictures of public life: assemblies, schools, courts, houses of prayer."""

import math

from draw import built, nature
from draw.figures import crowd, person, seated, walker
from draw.sheet import BARE, DEEP, FOURTHREE, HALF, NAVY, PALE, SPOT, TALL, Sheet, ink, picture


@picture(
    "summit-flags",
    "vermilion",
    "Delegates file past a curved row of unfamiliar national flags outside a glass conference hall.",
    (0.5, 0.45),
)
def summit_flags(c: Sheet) -> None:
    """Flags before a hall."""
    nature.sky(c, (0.4, 0), (0, 0.05), 640)
    nature.cloud(c, 300, 160, 380)
    c.path("M-20 640V470Q800 300 1620 470V640Z", ink(0.35, 0.05))
    for i in range(24):
        c.line([(i * 70, 640), (i * 70, 330 + 160 * abs(i / 11.5 - 1) ** 2)], ink(0.1, 0), 6)
    c.path("M-20 480V440Q800 270 1620 440V480Q800 310 -20 480Z", NAVY)
    c.rect(-20, 640, 1640, 460, PALE)
    c.poly([(-20, 700), (1620, 700), (1620, 1100), (-20, 1100)], ink(0.12, 0.12))
    c.poly([(640, 640), (900, 640), (1300, 1100), (200, 1100)], SPOT)
    for i in range(9):
        x = 90 + i * 178
        y = 720 - 60 * math.sin(math.pi * (i + 0.5) / 9)
        top = 170 - 60 * math.sin(math.pi * (i + 0.5) / 9)
        c.line([(x, y), (x, top)], DEEP, 10)
        c.disc(x, top - 10, 11, SPOT)
        d = f"M{x + 5} {top + 10}q45 -26 80 0t72 0v118q-40 26 -76 0t-76 0Z"
        c.path(d, (SPOT, NAVY, BARE, SPOT, NAVY, BARE, SPOT, BARE, NAVY)[i])
        with c.inside(d):
            if i % 4 == 0:
                c.rect(x, top + 48, 180, 40, BARE)
            elif i % 4 == 1:
                c.disc(x + 80, top + 70, 34, SPOT if i == 5 else BARE)
            elif i % 4 == 2:
                c.poly([(x, top - 20), (x + 80, top + 66), (x, top + 150)], SPOT)
                c.rect(x, top + 100, 180, 60, NAVY)
            else:
                c.rect(x + 50, top - 20, 40, 190, NAVY if i == 7 else BARE)
                c.rect(x, top + 52, 180, 34, NAVY if i == 7 else BARE)
    for x, y, h, tone in (
        (560, 900, 270, NAVY),
        (690, 880, 250, DEEP),
        (860, 910, 280, BARE),
        (1010, 890, 260, DEEP),
        (1150, 930, 280, NAVY),
    ):
        walker(c, x, y, h, tone, skirt=tone in (BARE,), trousers=DEEP)
    crowd(c, -20, 560, 1090, 230, 4, (DEEP, NAVY))
    crowd(c, 1180, 1640, 1090, 240, 3, (DEEP, NAVY))
    for x in (150, 300, 1330):
        c.rect(x, 860, 76, 50, DEEP, 6)
        c.disc(x + 38, 885, 20, HALF)


@picture(
    "parliament-dome",
    "plum",
    "A domed parliament with a colonnade stands above a broad flight of steps at dusk, a flag at half mast.",
    (0.5, 0.42),
)
def parliament_dome(c: Sheet) -> None:
    """Symmetric parliament."""
    nature.sky(c, (0.6, 0.5), (0, 0.35), 760)
    for x, y, w in ((260, 260, 420), (1380, 200, 420), (1200, 400, 300)):
        nature.cloud(c, x, y, w, ink(0, 0.2))
    c.rect(-20, 500, 1640, 300, ink(0.4, 0.45))
    for i in range(22):
        c.path(built.rounded(10 + i * 76, 700, 34, 110), ink(0.75, 0.4))
    c.rect(-20, 488, 1640, 22, ink(0.6, 0.5))
    c.rect(640, 330, 320, 140, BARE)
    built.columns(c, 640, 460, 320, 110, 9, PALE, HALF, 0.4)
    built.dome(c, 800, 335, 180, SPOT, ink(0.5, 1), 1.05, 0)
    for a in (-0.6, -0.25, 0.12):
        c.path(f"M{800 + 180 * a * 1.4} 335Q{800 + 160 * a} 210 800 150", "none", ink(0.35, 1), 5)
    c.rect(776, 110, 48, 60, BARE)
    built.dome(c, 800, 112, 26, SPOT, ink(0.5, 1))
    c.line([(800, 80), (800, 20)], DEEP, 6)
    c.rect(360, 450, 880, 40, BARE)
    c.rect(400, 490, 800, 290, ink(0.75, 0.6))
    built.columns(c, 400, 780, 800, 290, 8, BARE, HALF, 0.42)
    built.pediment(c, 360, 470, 880, 130, BARE, ink(0.3, 0.4))
    for i in range(8):
        y = 780 + i * 30
        c.rect(340 - i * 44, y, 920 + i * 88, 31, BARE if i % 2 else ink(0.22, 0.22))
    c.rect(-20, 1020, 1640, 90, ink(0.55, 0.5))
    for x in (180, 1420):
        c.rect(x - 70, 850, 140, 180, ink(0.5, 0.4))
        built.lamp(c, x, 850, 200, DEEP, BARE)
    c.line([(1130, 455), (1130, 130)], DEEP, 7)
    c.path("M1134 270q40 -20 70 0t60 0v70q-34 18 -64 0t-66 0Z", SPOT)
    for x, y, h in ((620, 900, 110), (690, 960, 130), (960, 880, 105), (1010, 980, 140)):
        walker(c, x, y, h, DEEP)
    crowd(c, -20, 1640, 1095, 120, 15, (DEEP, NAVY))


@picture(
    "central-bank",
    "teal",
    "The heavy stone front of a bank with bronze doors, two guards and a clock, pigeons on the pavement.",
    (0.5, 0.45),
    FOURTHREE,
)
def central_bank(c: Sheet) -> None:
    """Rusticated façade head-on."""
    c.rect(-20, -20, 1500, 900, ink(0.12, 0.12))
    for row in range(14):
        for i in range(9):
            x = -100 + i * 190 + (95 if row % 2 else 0)
            c.rect(x, row * 64 - 10, 182, 57, ink(0.05, 0.14) if (i + row) % 3 else ink(0.16, 0.2), 6)
    c.rect(-20, 118, 1500, 52, ink(0.4, 0.4))
    c.rect(-20, 110, 1500, 14, BARE)
    for x in (60, 260, 1000, 1200):
        c.path(built.rounded(x, 760, 170, 440), ink(0.4, 0.4))
        c.path(built.rounded(x + 20, 745, 130, 405), NAVY)
        for k in range(1, 4):
            c.line([(x + 20 + k * 32, 380), (x + 20 + k * 32, 745)], SPOT, 7)
        for y in (470, 570, 670):
            c.line([(x + 22, y), (x + 148, y)], SPOT, 7)
    c.rect(480, 170, 480, 650, BARE)
    built.columns(c, 470, 820, 500, 560, 2, BARE, HALF, 0.3)
    c.path(built.rounded(590, 820, 260, 500), DEEP)
    c.path(built.rounded(606, 820, 228, 478), SPOT)
    c.line([(720, 350), (720, 820)], DEEP, 10)
    for k in range(4):
        for x in (626, 738):
            c.rect(x, 460 + k * 88, 76, 66, ink(0.4, 1), 4)
            c.disc(x + 38, 493 + k * 88, 9, PALE)
    c.disc(720, 232, 74, NAVY)
    c.disc(720, 232, 60, BARE)
    c.line([(720, 232), (720, 188)], NAVY, 9)
    c.line([(720, 232), (752, 250)], NAVY, 9)
    for i in range(4):
        c.rect(430 - i * 40, 818 + i * 26, 580 + i * 80, 27, BARE if i % 2 == 0 else HALF)
    c.rect(-20, 920, 1500, 180, ink(0.5, 0.35))
    for x in (540, 905):
        person(c, x, 830, 240, DEEP, hat="cap")
        c.line([(x + 38, 830), (x + 38, 640)], NAVY, 6)
    walker(c, 260, 1030, 380, NAVY)
    c.rect(180, 850, 110, 78, DEEP, 8)
    for x, y in ((980, 1000), (1060, 1030), (1130, 985), (1240, 1020), (1180, 1045)):
        c.path(f"M{x} {y}q10 -30 40 -22l10 -16q16 -4 16 10l-12 18q-6 22 -30 20Z", DEEP)


@picture("voting-queue", "moss", "A patient queue of voters winds from a village school to a table with a ballot box.", (0.7, 0.6))
def voting_queue(c: Sheet) -> None:
    """Queue and ballot box."""
    nature.sky(c, (0.1, 0.2), (0, 0.02), 460)
    nature.sun(c, 300, 160, 80, SPOT)
    nature.hills(c, 400, 40, ink(0.15, 0.4))
    built.house(c, 80, 560, 560, 170, BARE, NAVY, NAVY, 0.2, 6)
    c.rect(290, 430, 80, 130, DEEP)
    c.line([(360, 280), (360, 160)], DEEP, 7)
    c.poly([(362, 162), (450, 184), (362, 210)], SPOT)
    c.rect(-20, 555, 1640, 550, ink(0, 0.35))
    nature.tree(c, 1440, 620, 480, ink(0.15, 0.9), DEEP, ink(0.5, 1))
    tones = (SPOT, NAVY, BARE, DEEP, ink(0.3, 0.5), NAVY, BARE, SPOT)
    for i in range(11):
        t = i / 10
        x = 350 + 620 * math.sin(t * 2.6) * (0.4 + 0.6 * t)
        y, h = 575 + 180 * t, 80 + 150 * t
        person(c, x, y, h, tones[i % 8], skirt=i % 3 == 0, scarf=i % 3 == 0, hat="brim" if i % 4 == 1 else "", trousers=DEEP)
    for i, (x, h) in enumerate(((90, 440), (260, 410), (430, 450), (610, 420))):
        person(
            c,
            x,
            1030,
            h,
            (NAVY, SPOT, BARE, DEEP)[i],
            skirt=i in (1, 3),
            scarf=i == 1,
            hat="brim" if i == 0 else "",
            arms=((-10, 0), (20, 30)),
        )
    person(c, 830, 1030, 440, NAVY, arms=((40, 90), (50, 105)), lean=6, skirt=True)
    person(c, 1420, 980, 440, BARE, arms=((-40, -80), (-30, -70)), trousers=NAVY)
    c.rect(930, 830, 440, 30, DEEP)
    for x in (960, 1320):
        c.rect(x, 850, 24, 200, DEEP)
    c.poly([(1010, 640), (1210, 640), (1210, 832), (1010, 832)], BARE)
    c.poly([(1210, 640), (1250, 620), (1250, 815), (1210, 832)], HALF)
    c.poly([(1010, 640), (1050, 618), (1250, 620), (1210, 640)], PALE)
    c.line([(1090, 630), (1180, 630)], DEEP, 9)
    c.poly([(1075, 560), (1160, 548), (1170, 626), (1098, 628)], SPOT)
    c.disc(1110, 738, 46, SPOT)
    c.line([(1088, 738), (1106, 758), (1138, 716)], BARE, 12)


@picture(
    "courthouse-steps",
    "ochre",
    "A woman with a folder climbs courthouse steps between tall columns past waiting cameras.",
    (0.45, 0.5),
    TALL,
)
def courthouse_steps(c: Sheet) -> None:
    """Steep view up the steps."""
    c.rect(-20, -20, 1240, 900, ink(0.75, 0.3))
    c.rect(480, 330, 240, 560, DEEP)
    c.rect(500, 350, 95, 540, ink(0.5, 0.9))
    c.rect(605, 350, 95, 540, ink(0.5, 0.9))
    c.rect(-20, -20, 1240, 130, BARE)
    c.rect(-20, 84, 1240, 26, HALF)
    for i in range(16):
        c.rect(i * 80, 20, 44, 40, PALE)
    built.columns(c, -100, 890, 1400, 780, 5, BARE, HALF, 0.42)
    for k in range(5):
        cx = -100 + 280 * (k + 0.5)
        for t in (-0.5, -0.2):
            c.line([(cx + 58 * t * 2, 150), (cx + 58 * t * 2, 850)], ink(0.15, 0.15), 6)
    for i in range(11):
        y = 885 + i * (28 + i * 3.2)
        c.rect(-20, y, 1240, 100, BARE if i % 2 else ink(0.05, 0.3))
        c.rect(-20, y, 1240, 9, HALF)
    for x, y, s in ((170, 950, 1), (1040, 950, 1)):
        c.rect(x - 90, y, 180, 560, ink(0.35, 0.5))
        c.rect(x - 110, y - 20, 220, 36, BARE)
    c.disc(170, 800, 20, DEEP)
    for x in (170, 1040):
        c.line([(x, 930), (x, 760)], DEEP, 14)
        c.line([(x - 80, 780), (x + 80, 780)], DEEP, 9)
        for side in (-1, 1):
            c.line([(x + side * 80, 780), (x + side * 80 - 30, 860), (x + side * 80 + 30, 860), (x + side * 80, 780)], DEEP, 4)
            c.path(f"M{x + side * 80 - 40} 858h80a40 26 0 0 1 -80 0Z", SPOT)
    with c.overprint():
        c.poly([(560, 1290), (640, 1290), (1100, 1400), (900, 1440)], ink(0.3, 0.1))
    walker(c, 560, 1300, 520, NAVY, skirt=False)
    c.rect(600, 1030, 100, 130, SPOT, 4)
    walker(c, 410, 1080, 270, DEEP)
    person(c, 760, 1010, 240, DEEP)
    for x, h in ((60, 300), (260, 260), (1130, 320), (930, 260)):
        crowd(c, x - 120, x + 120, 1520, h, 1, (DEEP,))
        c.rect(x - 50 + (60 if x < 600 else -60), 1520 - h * 0.8, 110, 70, DEEP, 8)
        c.disc(x + (80 if x < 600 else -80), 1520 - h * 0.8 + 35, 32, HALF)


@picture(
    "mosque-courtyard",
    "teal",
    "Worshippers wash at a domed fountain in the arcaded courtyard of a mosque between two minarets.",
    (0.5, 0.5),
)
def mosque_courtyard(c: Sheet) -> None:
    """Courtyard with dome and fountain."""
    nature.sky(c, (0, 0.5), (0, 0.05), 560)
    nature.birds(c, 1000, 130, 9, 220)
    for x in (260, 1280):
        c.rect(x, 70, 60, 520, BARE)
        c.rect(x + 38, 70, 22, 520, HALF)
        for y in (180, 350):
            c.poly([(x - 26, y), (x + 86, y), (x + 66, y + 34), (x - 6, y + 34)], NAVY)
        c.poly([(x - 4, 72), (x + 30, -20), (x + 64, 72)], SPOT)
    for x, y, r in ((560, 420, 100), (1040, 420, 100), (800, 330, 200)):
        c.rect(x - r * 1.05, y - 6, r * 2.1, 140, PALE)
        built.windows(c, x - r, y + 4, r * 2, 46, 9, 1, NAVY, 0.4)
        built.dome(c, x, y, r, SPOT, ink(0.4, 1), 0.85)
    c.rect(-20, 440, 1640, 250, BARE)
    c.rect(-20, 432, 1640, 24, NAVY)
    for i in range(42):
        c.poly([(i * 40 - 20, 456), (i * 40, 474), (i * 40 + 20, 456)], SPOT)
    for i in range(9):
        x = 22 + i * 178
        c.path(built.pointed(x, 690, 132, 200), ink(0.35, 0.8))
        c.path(built.pointed(x + 18, 690, 96, 164), DEEP)
    c.rect(-20, 686, 1640, 420, PALE)
    for k in range(-8, 9):
        c.line([(800 + k * 70, 690), (800 + k * 260, 1100)], ink(0.2, 0.35), 5)
    for y in (730, 790, 880, 1000):
        c.line([(-20, y), (1620, y)], ink(0.2, 0.35), 5)
    with c.overprint():
        c.disc(830, 930, 340, ink(0.3, 0), 46)
    c.poly([(560, 850), (1040, 850), (1070, 920), (1000, 950), (600, 950), (530, 920)], ink(0.5, 0.6))
    c.poly([(560, 850), (1040, 850), (1010, 880), (590, 880)], ink(0.1, 0.9))
    for x in (590, 700, 890, 1000):
        c.rect(x, 590, 20, 280, BARE)
        c.rect(x + 12, 590, 8, 280, HALF)
    c.rect(560, 560, 480, 44, NAVY)
    built.dome(c, 800, 562, 220, BARE, HALF, 0.6)
    for x in (620, 960):
        seated(c, x - 60 if x < 800 else x + 90, 985, 260, NAVY if x < 800 else BARE, trousers=NAVY, lean=16)
    walker(c, 260, 900, 270, BARE, skirt=True, scarf=True)
    person(c, 380, 890, 180, SPOT)
    walker(c, 1290, 1000, 330, NAVY, skirt=True)
    c.path("M-20 -20H90V1100H-20Z", DEEP)
    c.path("M1510 -20H1640V1100H1510Z", DEEP)


@picture(
    "choir-loft", "plum", "Singers in robes stand in a loft beneath organ pipes while a conductor raises both hands.", (0.5, 0.5), TALL
)
def choir_loft(c: Sheet) -> None:
    """Choir under organ pipes."""
    c.rect(-20, -20, 1240, 1540, ink(0.85, 0.7))
    c.path(built.pointed(60, 1100, 1080, 1080), ink(0.55, 0.6))
    c.path(built.pointed(120, 1100, 960, 990), ink(0.3, 0.45))
    for i in range(17):
        x = 150 + i * 54
        h = 330 + 260 * abs(math.cos((i - 8) * 0.42)) * (1 - abs(i - 8) / 22)
        c.rect(x, 700 - h, 42, h, BARE)
        c.rect(x + 26, 700 - h, 16, h, HALF)
        c.poly([(x + 8, 640), (x + 34, 640), (x + 21, 590)], DEEP)
    c.rect(120, 690, 960, 60, SPOT)
    c.rect(120, 690, 960, 12, BARE)
    for row, (y, n, s) in enumerate(((900, 8, 200), (1010, 7, 225))):
        for i in range(n):
            x = 150 + (i + 0.5) * 900 / n
            crowd(c, x - 60, x + 60, y + 40, s, 1, ((BARE, PALE)[row],), ink((0.25, 0.5, 0.1)[i % 3], 0.5))
            c.rect(x - 44, y - 20, 88, 40, NAVY, 3)
            c.disc(x, y - s * 0.5, 8, DEEP, 10)
    c.rect(40, 1040, 1120, 40, BARE)
    c.rect(40, 1080, 1120, 230, SPOT)
    for i in range(9):
        c.path(built.pointed(66 + i * 122, 1300, 94, 190), ink(0.5, 1))
    c.rect(20, 1300, 1160, 40, DEEP)
    for x in (40, 1120):
        c.rect(x - 20, 700, 80, 660, ink(0.95, 0.9))
    c.rect(440, 1380, 320, 200, DEEP)
    person(c, 600, 1560, 640, DEEP, arms=((-100, -150), (100, 150)), skin=ink(0.1, 0.4))
    for x in (150, 1050):
        c.line([(x, 1345), (x, 1440)], BARE, 26)
        c.path(f"M{x} 1340q-22 -30 0 -70q22 40 0 70Z", PALE)


@picture("prayer-lamps", "ochre", "Rows of small oil lamps burn on temple steps as two hands shelter one flame.", (0.5, 0.6))
def prayer_lamps(c: Sheet) -> None:
    """Lamps on steps at night."""
    c.rect(-20, -20, 1640, 1110, NAVY)
    c.disc(800, 520, 900, c.glow((0.2, 0.8, 1), (1, 0.2, 1)), 620)
    c.path(built.pointed(560, 420, 480, 420), ink(0.95, 0.8))
    c.path(built.pointed(640, 420, 320, 330), ink(0.25, 0.9))
    for i in range(7):
        y = 400 + i * (60 + i * 9)
        c.rect(-20, y, 1640, 160, ink(0.9 - 0.08 * i, 0.5 + 0.06 * i))
        c.rect(-20, y, 1640, 9, ink(0.4, 0.8))

    def flame(x: float, y: float, s: float) -> None:
        with c.at(x, y, s):
            c.disc(0, -52, 72, ink(0.2, 0.85), 80)
            c.path("M-46 -8C-44 34 44 34 46 -8L62 -16C30 -2 -30 -2 -46 -8Z", DEEP)
            c.disc(2, -10, 46, SPOT, 12)
            c.path("M0 -14C-34 -36 -18 -70 4 -106C10 -70 36 -40 0 -14Z", BARE)
            c.path("M0 -16C-16 -32 -8 -50 4 -70C8 -48 18 -32 0 -16Z", SPOT)

    for i in range(5):
        n = 15 - 2 * i
        for k in range(n):
            flame((k + 0.5) * 1640 / n - 20 + (i % 2) * 20, 420 + i * (60 + i * 9) + 6, 0.4 + 0.13 * i)
    skin, shade = ink(0.35, 0.75), ink(0.75, 0.9)
    flame(800, 930, 2)
    for flip in (False, True):
        with c.at(800, 0, 1, 0, flip):
            c.path(
                "M-20 1100C-60 1060 -130 1040 -170 980C-200 930 -210 860 -196 800C-180 780 -160 800 -160 830L-150 900C-120 930 -60 960 -10 960V1100Z",
                skin,
            )
            for k in range(3):
                c.path(
                    f"M{-196 - k * 34} {830 + k * 40}C{-214 - k * 34} {760 + k * 40} {-178 - k * 34} {750 + k * 40} {-168 - k * 30} {830 + k * 40}L{-140 - k * 20} 980H{-200 - k * 20}Z",
                    skin,
                )
            c.path("M-10 1000C-120 990 -200 960 -280 1000C-420 1070 -560 1080 -620 1120H0Z", shade)
            c.path("M-280 1000C-420 1040 -560 1040 -700 1120H-330Z", SPOT)
