"""Pictures of gardens."""

from draw import built, nature
from draw.figures import person
from draw.sheet import BARE, DEEP, HALF, NAVY, PALE, SPOT, Sheet, ink, picture


@picture("community-garden", "moss", "Neighbours weed raised beds of beans, cabbages and sunflowers between city blocks.", (0.5, 0.65))
def community_garden(c: Sheet) -> None:
    """Raised beds in a courtyard."""
    nature.sky(c, (0.12, 0.1), (0, 0), 500)
    for i, (x, w, h) in enumerate(((-20, 300, 420), (300, 230, 330), (1020, 250, 360), (1290, 330, 450))):
        built.tower(c, x, 560, w, h, PALE if i % 2 else ink(0.2, 0.15), ink(0.4, 0.2), 5, 6, ink(0.6, 0.1))
    c.rect(540, 380, 480, 190, ink(0.3, 0.2))
    built.windows(c, 560, 400, 440, 130, 9, 2, ink(0.6, 0.1))
    for x in range(0, 1600, 40):
        c.rect(x, 500, 26, 90, ink(0.1, 0.5))
    c.rect(-20, 575, 1640, 520, ink(0, 0.35))
    nature.tree(c, 700, 600, 340, ink(0.3, 0.9), DEEP, ink(0.55, 1))

    def bed(x: float, y: float, w: float, d: float, crop: int) -> None:
        c.poly([(x, y), (x + w, y), (x + w - 50, y - d), (x + 50, y - d)], ink(0.75, 0.7))
        for r in range(3):
            for k in range(int(w / 74)):
                cx, cy = x + 60 + k * (w - 110) / (w / 74), y - d + 26 + r * d / 3
                if crop == 0:
                    c.disc(cx, cy - 12, 36, SPOT, 26)
                    c.disc(cx, cy - 16, 20, PALE, 14)
                elif crop == 1:
                    c.line([(cx, cy), (cx, cy - 150)], ink(0.5, 0.9), 7)
                    for j in range(4):
                        c.disc(cx + (20 if j % 2 else -20), cy - 30 - j * 32, 23, ink(0.2, 1), 13)
                else:
                    nature.grass(c, cx - 24, cx + 24, cy, 60, ink(0.25, 1), 7)
        c.rect(x, y - 4, w, 56, ink(0.35, 0.6))
        c.rect(x, y + 20, w, 5, DEEP)

    bed(60, 700, 480, 80, 2)
    bed(980, 710, 520, 80, 1)
    for x, h in ((620, 190), (700, 240), (785, 205)):
        c.line([(x, 720), (x, 720 - h)], DEEP, 8)
        nature.rays(c, x, 720 - h, 24, 50, 14, SPOT)
        c.disc(x, 720 - h, 27, NAVY)
    bed(-60, 960, 620, 130, 0)
    bed(900, 980, 660, 130, 2)
    person(c, 700, 960, 300, NAVY, hat="brim", lean=20, arms=((35, 60), (40, 60)))
    person(c, 880, 900, 260, BARE, trousers=NAVY, arms=((-14, -6), (40, 60)))
    with c.at(980, 770, 1):
        c.path("M0 0h76l-8 74h-60Z", HALF)
        c.line([(72, 20), (130, -14)], HALF, 12)
        c.disc(134, -16, 18, HALF)


@picture("beekeeper", "ochre", "A veiled beekeeper lifts a honey frame from a painted hive in an orchard.", (0.42, 0.45))
def beekeeper(c: Sheet) -> None:
    """Beekeeper with frame."""
    nature.sky(c, (0.1, 0.15), (0, 0.02), 560)
    nature.hills(c, 500, 40, ink(0.15, 0.35))
    for i in range(7):
        nature.tree(c, 90 + i * 240, 640, 290, ink(0.35, 0.55) if i % 2 else ink(0.25, 0.7), ink(0.6, 0.5))
    c.rect(-20, 630, 1640, 470, ink(0.05, 0.6))
    for x, y, s, tone in ((1180, 720, 0.6, BARE), (1390, 740, 0.65, NAVY), (960, 1010, 1.25, BARE)):
        with c.at(x, y, s):
            c.rect(-20, -20, 30, 40, DEEP)
            c.rect(210, -20, 30, 40, DEEP)
            for k in range(3):
                c.rect(-20, -110 - k * 94, 260, 90, tone if k % 2 == 0 else SPOT)
                c.rect(170, -110 - k * 94, 70, 90, HALF if tone == BARE else DEEP)
                c.rect(70, -76 - k * 94, 70, 16, DEEP, 8)
            if s < 1:
                c.rect(-34, -330, 288, 34, DEEP)
    far, near = person(c, 640, 1060, 720, BARE, trousers=PALE, skin=BARE, arms=((40, 95), (55, 100)), hair=BARE)
    c.poly([(590, 470), (580, 360), (716, 360), (706, 470)], ink(0.55, 0.5))
    c.disc(648, 350, 150, PALE, 30)
    c.path("M570 345A80 76 0 0 1 726 345Z", PALE)
    c.disc(648, 352, 82, ink(0.3, 0.5), 10)
    with c.overprint():
        c.poly([(655, 480), (720, 520), (710, 1030), (660, 1030)], ink(0.2, 0.1))
    c.rect(830, 470, 300, 190, ink(0.4, 0.9), 6)
    c.rect(850, 492, 260, 146, SPOT)
    for k in range(60):
        hx, hy = 862 + (k % 12) * 21 + (10 if (k // 12) % 2 else 0), 506 + (k // 12) * 30
        c.disc(hx, hy, 8, ink(0.35, 1))
    c.rect(810, 462, 340, 22, DEEP, 8)
    for _ in range(46):
        x, y = c.chance.gauss(1000, 220), c.chance.gauss(470, 150)
        c.disc(x, y, 10, DEEP, 7)
        c.disc(x - 3, y - 9, 8, BARE, 4)
        c.disc(x + 5, y - 9, 8, BARE, 4)
    nature.grass(c, 0, 500, 1090, 190, DEEP, 50)
    nature.grass(c, 1280, 1620, 1090, 170, DEEP, 36)
