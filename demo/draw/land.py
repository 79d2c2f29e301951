"""Pictures of fields, hills, deserts and gardens."""

import math

from draw import built, nature
from draw.figures import person, walker
from draw.sheet import BARE, DEEP, HALF, NAVY, PALE, SPOT, TALL, WARM, Sheet, ink, picture


def _rows(c: Sheet, y0: float, y1: float, n: int, dip: float, light: str, dark: str, ripple: float) -> None:
    """Contoured terraces: bands that follow a slope, each with a dark lip."""
    for i in range(n):
        t = i / n
        y = y0 + (y1 - y0) * t**1.25
        pts = [(x, y + dip * math.sin(x / 330 + t * 2.2) + ripple * math.sin(x / 90 + i)) for x in range(-40, 1700, 60)]
        c.under(pts, light if i % 2 else dark)


@picture("tea-terraces", "moss", "Pickers with baskets work along curving rows of tea bushes below misty ridges.", (0.35, 0.6))
def tea_terraces(c: Sheet) -> None:
    """Bushes in curved rows."""
    nature.sky(c, (0.05, 0.3), (0, 0.05), 360)
    nature.sun(c, 1200, 200, 100, BARE)
    nature.hills(c, 300, 70, ink(0.12, 0.3), 6)
    c.rect(-20, 350, 1640, 26, BARE)
    nature.hills(c, 400, 50, ink(0.2, 0.5), 6)
    _rows(c, 440, 1100, 11, 60, ink(0.05, 0.85), ink(0.4, 1), 0)
    for i in range(11):
        t = i / 11
        y, r = 440 + 660 * t**1.25, 12 + 30 * t
        for k in range(int(1700 / (r * 1.5))):
            x = k * r * 1.5 - 40
            by = y + 60 * math.sin(x / 330 + t * 2.2)
            c.path(
                f"M{x - r:.1f} {by + r * 0.4:.1f}A{r:.1f} {r * 0.8:.1f} 0 0 1 {x + r:.1f} {by + r * 0.4:.1f}Z",
                ink(0.05, 0.85) if i % 2 else ink(0.3, 1),
            )
    for x, y, h, tone in ((560, 900, 300, BARE), (1050, 760, 210, NAVY), (300, 720, 170, PALE), (1300, 980, 330, NAVY)):
        person(c, x, y, h, tone, skirt=True, scarf=True, lean=14, arms=((25, 60), (35, 70)), trousers=NAVY)
        c.path(f"M{x - h * 0.22} {y - h * 0.7}h{h * 0.2}l{-h * 0.03} {h * 0.3}h{-h * 0.14}Z", WARM)
        nature.wave(c, x - h * 0.7, y - h * 0.06, h * 1.5, h * 0.3, ink(0.3, 1))
    nature.tree(c, 1430, 560, 330, ink(0.5, 0.9), DEEP)


@picture("rice-paddy", "teal", "A farmer and a buffalo plough a flooded paddy whose dykes mirror the sky.", (0.5, 0.62))
def rice_paddy(c: Sheet) -> None:
    """Mirror paddies and a plough."""
    nature.sky(c, (0.1, 0.35), (0, 0.05), 430)
    nature.cloud(c, 400, 190, 420)
    nature.mountain(c, 1150, 450, 900, 290, ink(0.2, 0.3), ink(0.38, 0.35))
    nature.mountain(c, 520, 450, 800, 200, ink(0.15, 0.25), ink(0.3, 0.3))
    c.rect(-20, 430, 1640, 700, ink(0.05, 0.3))
    for i in range(14):
        nature.palm(c, 30 + i * 120, 450, c.chance.uniform(80, 130), ink(0.5, 0.9), HALF)
    for y, t in ((470, 10), (520, 12), (600, 16), (730, 22), (920, 30)):
        c.curve([(-40, y + 10), (400, y - 6), (900, y + 14), (1660, y - 4)], ink(0.45, 0.9), t)
    for x, top in ((260, 470), (700, 470), (1120, 470), (1420, 470)):
        c.line([(x, top), (800 + (x - 800) * 2.2, 940)], ink(0.45, 0.9), 12)
    for _ in range(230):
        y = 950 + c.chance.uniform(0, 130)
        x = c.chance.uniform(0, 1600)
        nature.grass(c, x, x + 10, y, 60, ink(0.3, 1), 2)
    for _ in range(90):
        y = c.chance.uniform(620, 720)
        x = c.chance.uniform(0, 1600)
        nature.grass(c, x, x + 6, y, 24, ink(0.3, 1), 2)
    nature.glitter(c, 820, 850, 905, 800, ink(0.3, 0.55), 8)
    with c.at(1020, 860, 1.25):
        c.path(
            "M-150 -40C-160 -130 -100 -150 0 -146C70 -145 110 -160 150 -140C190 -120 200 -96 196 -80C180 -60 150 -66 130 -80C120 -50 110 -40 90 -30H-110Z",
            DEEP,
        )
        for x in (-130, -95, 62, 92):
            c.line([(x, -50), (x + 4, 10)], DEEP, 24)
        c.path(
            "M140 -140C150 -180 110 -200 80 -196C120 -190 126 -160 132 -132ZM168 -138C190 -176 170 -204 140 -210C166 -196 160 -160 156 -138Z",
            NAVY,
        )
        c.curve([(-150, -100), (-176, -50), (-168, -20)], DEEP, 8)
    person(c, 570, 870, 340, NAVY, hat="cone", arms=((40, 70), (40, 75)), lean=10)
    c.line([(690, 700), (660, 850), (870, 760)], DEEP, 12)
    nature.birds(c, 330, 560, 4, 90, BARE, 20)


@picture("date-palms", "ochre", "Rows of date palms heavy with fruit shade an irrigation channel between mud walls.", (0.5, 0.45))
def date_palms(c: Sheet) -> None:
    """Avenue of palms."""
    nature.sky(c, (0.3, 0), (0, 0.2), 560)
    nature.sun(c, 800, 470, 120, SPOT)
    c.under(nature.ridge(c, 530, 20, 7), ink(0.1, 0.6))
    c.rect(-20, 570, 1640, 540, ink(0.05, 0.55))
    c.poly([(780, 580), (820, 580), (1150, 1100), (450, 1100)], ink(0.55, 0.1))
    nature.glitter(c, 800, 600, 1080, 460, BARE, 14)
    c.poly([(780, 580), (450, 1100), (330, 1100), (770, 580)], ink(0.2, 0.8))
    c.poly([(820, 580), (1150, 1100), (1270, 1100), (830, 580)], ink(0.35, 0.8))
    for s in (0.25, 0.36, 0.52, 0.78, 1.15):
        for side in (-1, 1):
            x, y = 800 + side * 560 * s, 580 + 430 * s
            c.disc(x + 40 * s, y, 150 * s, ink(0.35, 0.7), 20 * s)
            nature.palm(c, x, y, 780 * s, ink(0.75 if s > 0.5 else 0.5, 0.7), ink(0.6, 0.9), -0.05 * side, SPOT)
    walker(c, 1010, 900, 230, NAVY, skirt=True, scarf=True)
    c.disc(1005, 655, 52, WARM, 26)
    c.path("M955 655h104l-18 40h-70Z", ink(0.2, 0.9))


@picture("desert-road", "ochre", "An empty road runs dead straight across a stony desert to a gap between flat-topped hills.", (0.5, 0.5))
def desert_road(c: Sheet) -> None:
    """One-point road with mesas and a lorry."""
    nature.sky(c, (0.4, 0), (0, 0.35), 520)
    nature.sun(c, 820, 380, 150, BARE)
    for x, w, h in ((-60, 520, 190), (1120, 560, 240), (480, 170, 90), (950, 160, 70)):
        c.poly(
            [
                (x - 50, 530),
                (x + 20, 530 - h * 0.5),
                (x + 40, 530 - h),
                (x + w - 60, 530 - h * 0.95),
                (x + w - 20, 530 - h * 0.5),
                (x + w + 60, 530),
            ],
            ink(0.1, 0.85),
        )
        c.poly(
            [
                (x + w * 0.6, 530),
                (x + w * 0.55, 530 - h * 0.97),
                (x + w - 60, 530 - h * 0.95),
                (x + w - 20, 530 - h * 0.5),
                (x + w + 60, 530),
            ],
            ink(0.45, 0.85),
        )
    c.rect(-20, 525, 1640, 600, ink(0, 0.62))
    for _ in range(70):
        t = c.chance.random() ** 1.5
        y = 545 + 520 * t
        x = c.chance.uniform(0, 1600)
        nature.wave(c, x, y, 30 + 160 * t, 8 + 20 * t, ink(0.15, 0.8))
    c.poly([(796, 526), (814, 526), (1320, 1100), (290, 1100)], ink(0.85, 0.3))
    c.poly([(803, 526), (807, 526), (826, 1100), (786, 1100)], BARE)
    for y in (570, 650, 780, 960):
        c.rect(770, y, 70, 20 + (y - 560) * 0.1, ink(0.85, 0.3))
    for s in (0.06, 0.12, 0.22, 0.4, 0.75):
        x, y = 805 + 900 * s, 526 + 560 * s
        c.line([(x, y), (x, y - 620 * s)], NAVY, 26 * s)
        c.line([(x - 90 * s, y - 560 * s), (x + 90 * s, y - 560 * s)], NAVY, 18 * s)
    built.cup_wires(c, [(805 + 900 * s + 85 * s, 526) for s in (0.06,)], 0, NAVY)
    with c.at(838, 640, 0.55):
        c.rect(-60, -170, 120, 150, BARE, 8)
        c.rect(-48, -100, 96, 50, NAVY, 6)
        c.rect(-50, -162, 100, 40, SPOT)
        for x in (-58, 34):
            c.rect(x, -30, 24, 36, DEEP)
    for x, y, r in ((150, 1000, 60), (330, 930, 34), (1440, 880, 40), (1250, 760, 22)):
        c.path(f"M{x - r} {y}L{x - r * 0.6} {y - r * 0.8}L{x + r * 0.3} {y - r}L{x + r} {y - r * 0.3}L{x + r * 1.1} {y}Z", ink(0.5, 0.8))


@picture("coffee-hills", "vermilion", "A picker strips red coffee cherries into a basket, ridges planted in rows behind.", (0.3, 0.5))
def coffee_hills(c: Sheet) -> None:
    """Coffee branch in the foreground."""
    nature.sky(c, (0, 0.4), (0, 0.05), 420)
    nature.cloud(c, 1050, 200, 420)
    nature.hills(c, 340, 60, ink(0.2, 0.12), 6)
    nature.hills(c, 450, 70, ink(0.36, 0.15), 6)
    built.house(c, 1150, 480, 150, 70, BARE, SPOT, NAVY, 0.3, 3)
    for i in range(9):
        c.curve([(-40, 560 + i * 66), (420, 520 + i * 76), (900, 570 + i * 60), (1660, 500 + i * 78)], ink(0.62, 0.2), 30 + i * 3)
        c.curve([(-40, 590 + i * 66), (420, 550 + i * 76), (900, 600 + i * 60), (1660, 530 + i * 78)], ink(0.25, 0.4), 12)
    far, near = person(c, 500, 1060, 700, SPOT, hat="brim", arms=((30, 70), (60, 110)), trousers=NAVY)
    c.path("M420 730h260l-36 190h-190Z", PALE)
    for k in range(4):
        c.line([(432 + k * 5, 770 + k * 40), (668 - k * 5, 770 + k * 40)], ink(0.4, 0.5), 7)
    for k in range(14):
        c.disc(440 + k * 17, 722 - (k % 3) * 12, 15, SPOT)

    def branch(x: float, y: float, turn: float, s: float) -> None:
        with c.at(x, y, s, turn):
            c.line([(0, 0), (620, -20)], DEEP, 14)
            for k in range(5):
                bx = 90 + k * 115
                for side in (-1, 1):
                    c.path(
                        f"M{bx} -8C{bx + 30} {side * 90 - 10} {bx + 110} {side * 150} {bx + 170} {side * 150}C{bx + 130} {side * 60} {bx + 70} {side * 20} {bx} -8Z",
                        ink(0.85, 0.4) if side > 0 else NAVY,
                    )
                for d in ((-18, -14), (10, -24), (0, 14), (26, 8)):
                    c.disc(bx + d[0], d[1], 24, SPOT)
                    c.disc(bx + d[0] - 7, d[1] - 8, 6, PALE)

    branch(1640, 260, 168, 1)
    branch(1650, 760, 190, 1.25)


@picture(
    "desalination-plant", "teal", "Intake pipes run from the sea to round tanks and long membrane halls on a desert shore.", (0.55, 0.5)
)
def desalination_plant(c: Sheet) -> None:
    """Plant between desert and sea."""
    nature.sky(c, (0, 0.35), (0, 0.05), 400)
    nature.sun(c, 300, 180, 80, BARE)
    c.under(nature.ridge(c, 350, 40, 8), ink(0.2, 0.1))
    c.under(nature.ridge(c, 420, 12, 8), ink(0.1, 0.45))
    for x, w, h in ((620, 380, 120), (1030, 420, 150)):
        c.rect(x, 520 - h, w, h, BARE)
        c.rect(x, 520 - h, w, 22, NAVY)
        c.rect(x + w * 0.8, 520 - h + 22, w * 0.2, h - 22, ink(0.3, 0.1))
        built.windows(c, x, 540 - h, w * 0.8, h * 0.6, 9, 1, HALF, 0.6)
    for x in (1300, 1390):
        c.poly([(x, 380), (x + 10, 150), (x + 50, 150), (x + 60, 380)], BARE)
        c.rect(x + 8, 170, 44, 26, SPOT)
    for x, y, r in ((180, 560, 150), (480, 590, 140), (800, 640, 165), (1150, 660, 175), (1480, 640, 160)):
        c.rect(x - r, y - 150, 2 * r, 150, BARE)
        c.rect(x + r * 0.35, y - 150, r * 0.65, 150, ink(0.35, 0.1))
        c.disc(x, y, r, BARE, r * 0.16)
        c.path(f"M{x + r * 0.35} {y - 40}H{x + r}V{y}A{r} {r * 0.16} 0 0 1 {x + r * 0.35} {y + r * 0.15}Z", ink(0.35, 0.1))
        c.disc(x, y - 150, r, SPOT, r * 0.2)
        c.disc(x, y - 150, r * 0.86, ink(0.3, 1), r * 0.15)
        c.line([(x - r * 0.8, y - 150), (x + r * 0.8, y - 150)], BARE, 8)
        for k in range(4):
            c.line([(x - r * 0.75 + k * 16, y - 20 - k * 34), (x - r * 0.75 + k * 16 + 26, y - 20 - k * 34 - 26)], NAVY, 5)
    c.under([(-40, 740), (500, 720), (1000, 750), (1660, 720)], PALE)
    c.under([(-40, 830), (500, 790), (1000, 840), (1660, 800)], ink(0.6, 0.7))
    for i in range(40):
        nature.wave(c, c.chance.uniform(-80, 1600), c.chance.uniform(860, 1060), c.chance.uniform(90, 240), 10, PALE)
    for x in (520, 640):
        c.path(f"M{x + 560} 640C{x + 520} 760 {x + 300} 740 {x + 160} 800S{x - 60} 950 {x - 180} 1100", "none", DEEP, 62)
        c.path(f"M{x + 560} 630C{x + 520} 750 {x + 300} 730 {x + 160} 790S{x - 60} 940 {x - 190} 1090", "none", SPOT, 40)
        c.path(f"M{x + 555} 622C{x + 515} 742 {x + 295} 722 {x + 155} 782S{x - 70} 932 {x - 200} 1082", "none", PALE, 9)
    person(c, 1320, 800, 130, NAVY, hat="helmet")


@picture(
    "migrating-birds",
    "plum",
    "A long skein of cranes crosses a huge evening moon above reed beds.",
    (0.52, 0.38),
    screens=("broad", "broad"),
)
def migrating_birds(c: Sheet) -> None:
    """Cranes in a V."""
    nature.sky(c, (0.75, 0.6), (0, 0.35), 800)
    nature.sun(c, 860, 420, 290, BARE)
    c.under(nature.ridge(c, 790, 26, 10), ink(0.45, 0.6))
    c.rect(-20, 840, 1640, 260, ink(0.3, 0.5))
    nature.glitter(c, 860, 850, 1060, 500, BARE, 14)

    def crane(x: float, y: float, s: float, up: float) -> None:
        with c.at(x, y, s, -8):
            c.path("M-60 0C-20 -14 30 -12 60 -2L150 -16L170 -10L150 -6L60 12C20 18 -30 14 -60 0Z", DEEP)
            c.line([(-50, 2), (-130, 10)], DEEP, 5)
            c.path(f"M-20 -4C-40 {-60 * up} -80 {-110 * up} -120 {-140 * up}C-60 {-120 * up} 10 {-80 * up} 40 -2Z", DEEP)
            c.path(f"M0 -2C10 {-50 * up} 30 {-90 * up} 70 {-130 * up}C70 {-80 * up} 60 {-40 * up} 46 0Z", NAVY)

    for i in range(8):
        crane(1120 - i * 128, 330 + i * 26 + (i % 2) * 10, 1 - i * 0.045, 1 if i % 2 else -0.7)
        if i:
            crane(1120 - i * 80, 330 - i * 40 + (i % 2) * 8, 0.9 - i * 0.045, -0.8 if i % 2 else 1)
    for _ in range(90):
        x, h = c.chance.uniform(-20, 1620), c.chance.uniform(90, 300)
        tip = x + c.chance.uniform(10, 60)
        c.path(f"M{x} 1090Q{x} {1090 - h * 0.6} {tip} {1090 - h}", "none", DEEP, 6)
        c.path(f"M{tip} {1090 - h}q22 -20 18 -66q-34 24 -18 66Z", DEEP)


@picture("kite-festival", "vermilion", "Kites of many shapes strain above a crowd on a wide beach.", (0.5, 0.4))
def kite_festival(c: Sheet) -> None:
    """Kites and crowd."""
    nature.sky(c, (0.4, 0), (0, 0.05), 700)
    nature.cloud(c, 1300, 520, 420)
    nature.cloud(c, 240, 580, 380)
    nature.sea(c, 720, ink(0.5, 0), BARE, 800)
    c.under([(-40, 800), (600, 770), (1660, 800)], ink(0, 0.25))

    def diamond(x: float, y: float, s: float, turn: float, a: str, b: str, hand: tuple[float, float]) -> None:
        c.path(f"M{x} {y}Q{(x + hand[0]) / 2 - 60} {(y + hand[1]) / 2 + 90} {hand[0]} {hand[1]}", "none", DEEP, 2.5)
        with c.at(x, y, s, turn):
            c.poly([(0, -110), (80, -20), (0, 120), (-80, -20)], a)
            c.poly([(0, -110), (80, -20), (0, -20)], b)
            c.poly([(0, 120), (-80, -20), (0, -20)], b)
            c.curve([(0, 120), (24, 190), (-20, 260), (20, 330)], DEEP, 4)
            for k in range(3):
                c.poly([(-2 + 10 * (-1) ** k, 190 + k * 60), (-34, 174 + k * 60), (-34, 208 + k * 60)], a)
                c.poly([(-2 + 10 * (-1) ** k, 190 + k * 60), (34, 174 + k * 60), (34, 208 + k * 60)], b)

    diamond(420, 260, 1.5, 24, SPOT, NAVY, (560, 830))
    diamond(1120, 200, 1.2, -14, BARE, SPOT, (1040, 850))
    diamond(720, 430, 0.8, 10, NAVY, BARE, (760, 830))
    diamond(1450, 330, 0.8, 20, SPOT, BARE, (1260, 840))
    diamond(130, 420, 0.6, 8, BARE, NAVY, (250, 820))
    with c.at(820, 120, 1, -12):
        c.path("M-140 0C-120 -90 120 -90 140 0C90 -20 50 -10 30 40H-30C-50 -10 -90 -20 -140 0Z", SPOT)
        c.disc(-50, -24, 18, BARE)
        c.disc(50, -24, 18, BARE)
    c.path("M820 160Q900 500 880 840", "none", DEEP, 2.5)
    for x, y, h, tone in (
        (560, 960, 240, NAVY),
        (1040, 985, 240, SPOT),
        (250, 930, 190, DEEP),
        (760, 930, 170, SPOT),
        (1260, 950, 190, DEEP),
        (880, 960, 200, NAVY),
    ):
        person(c, x - h * 0.13, y, h, tone, arms=((150, 165), (160, 170)))
    for i, x in enumerate(range(0, 1640, 130)):
        person(c, x + c.chance.uniform(-20, 20), 1150, c.chance.uniform(180, 260), (DEEP, NAVY, BARE, SPOT)[i % 4], trousers=NAVY)


@picture("stargazer", "teal", "A lone observer stands at a telescope on a hill under the Milky Way.", (0.4, 0.6), TALL)
def stargazer(c: Sheet) -> None:
    """Telescope under a band of stars."""
    nature.sky(c, (1, 0.1), (0.45, 0.8), 1250)
    with c.at(640, 560, 1, -58):
        for r, t in ((230, ink(0.85, 0.4)), (150, ink(0.7, 0.5)), (80, ink(0.5, 0.5))):
            pts = [(x, (r + c.chance.uniform(-30, 30)) * (1 - abs(x) / 1500)) for x in range(-1100, 1200, 150)]
            c.blob(pts + [(x, -y - c.chance.uniform(-20, 20)) for x, y in reversed(pts)], t)
        for _ in range(260):
            c.disc(c.chance.uniform(-1100, 1100), c.chance.gauss(0, 90), c.chance.uniform(2, 5), BARE)
    nature.stars(c, 190, 1150, BARE, 4.5)
    c.path("M1080 180L820 330L812 322Z", BARE)
    c.under([(-40, 1180), (300, 1150), (700, 1210), (1240, 1130)], ink(0.85, 0.6))
    c.under([(-40, 1330), (340, 1240), (760, 1260), (1240, 1400)], DEEP)
    for x, h in ((1060, 260), (1140, 190), (980, 150)):
        nature.pine(c, x, 1400, h, DEEP)
    for dx in (-80, 0, 90):
        c.line([(600, 1020), (600 + dx, 1262)], DEEP, 13)
    with c.at(600, 1010, 1, -40):
        c.rect(-150, -30, 330, 58, ink(0.2, 0.3), 8)
        c.rect(-150, 2, 330, 26, ink(0.8, 0.5), 8)
        c.rect(170, -42, 60, 82, BARE, 8)
        c.rect(-190, -14, 44, 28, BARE)
    person(c, 395, 1262, 400, DEEP, arms=((20, 40), (60, 100)), lean=8, hat="cap", skin=ink(0.55, 0.8))
