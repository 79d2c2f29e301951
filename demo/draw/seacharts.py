"""The ferry diagram and the old sea chart."""

import math

from draw.maps import frame, north, relief, shoreline, waves
from draw.sheet import BARE, DEEP, HALF, NAVY, PALE, SPOT, Sheet, arc, ink, picture, smooth


@picture(
    "island-ferry-map",
    "teal",
    "Diagram of island ferry lines: eight islands joined by three named lines with their crossing times in minutes.",
    (0.5, 0.5),
    (1600, 1067),
    wobble=0,
)
def island_ferry_map(c: Sheet) -> None:
    """Schematic ferry network."""
    c.rect(-20, -20, 1640, 1110, ink(0.14, 0))
    for k in range(30):
        c.path(f"M-20 {k * 38}" + "q40 -12 80 0t80 0" * 11, "none", ink(0.2, 0), 3)
    isles = {
        "Port Salen": (260, 560, 120),
        "Almera": (560, 360, 80),
        "Tessaly": (560, 780, 90),
        "Ilha Verro": (860, 230, 85),
        "Skerry Light": (860, 560, 55),
        "Lower Ferry": (900, 860, 80),
        "Norhaven": (1210, 440, 100),
        "Sund": (1400, 720, 90),
    }
    for x, y, r in isles.values():
        pts = [
            (x + r * c.chance.uniform(0.8, 1.2) * math.cos(k * 0.7), y + r * 0.8 * c.chance.uniform(0.8, 1.2) * math.sin(k * 0.7))
            for k in range(9)
        ]
        c.path(smooth(pts, closed=True), ink(0.06, 0), ink(0.06, 0), 40)
        c.path(smooth(pts, closed=True), ink(0, 0.3), NAVY, 4)
    lines = (
        ("Port Salen", "Almera", "Ilha Verro", "Norhaven"),
        ("Port Salen", "Skerry Light", "Norhaven", "Sund"),
        ("Port Salen", "Tessaly", "Lower Ferry", "Sund"),
    )
    times = ((35, 40, 55), (50, 45, 40), (30, 35, 60))
    for names, minutes, tone in zip(lines, times, (DEEP, SPOT, NAVY), strict=True):
        pts = [isles[n][:2] for n in names]
        c.line(pts, BARE, 22)
        c.line(pts, tone, 14)
        for a, b, m in zip(pts, pts[1:], minutes, strict=False):
            mx, my = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
            c.rect(mx - 32, my - 22, 64, 44, BARE, 22)
            c.text(mx, my + 9, str(m), 26, NAVY, bold=True, sans=True)
    for n, (x, y, r) in isles.items():
        c.disc(x, y, 23, DEEP)
        c.disc(x, y, 13, BARE)
        c.text(
            x,
            y + (r * 0.5 + 22 if n not in ("Almera", "Ilha Verro") else -36),
            n,
            32 if n == "Port Salen" else 28,
            DEEP,
            bold=True,
            sans=True,
            halo=ink(0, 0.3),
        )
    c.rect(1180, 850, 340, 160, BARE)
    for k, (name, tone) in enumerate((("North line", DEEP), ("Express", SPOT), ("South line", NAVY))):
        c.line([(1205, 885 + k * 44), (1275, 885 + k * 44)], tone, 14)
        c.text(1300, 894 + k * 44, name, 26, NAVY, anchor="start", sans=True)
    north(c, 1480, 230, 66)
    frame(c, "Straits ferries", (60, 60), "Figures: crossing time in minutes")


@picture(
    "old-map-sea",
    "ochre",
    "An old-fashioned chart with a sea serpent, a galleon, wind heads and a compass rose with rhumb lines.",
    (0.5, 0.5),
    (1600, 1067),
    wobble=5,
)
def old_map_sea(c: Sheet) -> None:
    """Portolan chart."""
    c.rect(-20, -20, 1640, 1110, ink(0, 0.3))
    for x, y, r in ((100, 100, 240), (1500, 980, 260), (1400, 120, 200)):
        c.disc(x, y, r, ink(0, 0.38), r * 0.7)
    for cx, cy in ((820, 560), (260, 930), (1420, 260)):
        for p in arc(cx, cy, 1900, 0, 360, 16):
            c.line([(cx, cy), p], ink(0.15, 0.45), 2.5)
    coasts = (
        [(-80, -80), (520, -80), (480, 80), (380, 160), (420, 280), (300, 330), (210, 460), (90, 520), (-80, 560)],
        [(1700, 520), (1520, 560), (1420, 680), (1300, 720), (1280, 860), (1160, 940), (1120, 1160), (1700, 1160)],
        [(560, 190), (680, 150), (740, 240), (650, 320), (540, 290)],
    )
    for coast in coasts:
        d = smooth(shoreline(c, coast, 20), closed=True)
        c.path(d, "none", ink(0.25, 0.5), 26)
        c.path(d, ink(0, 0.6), NAVY, 5)
    relief(c, [(90, 160), (150, 120), (210, 180), (130, 260), (1420, 860), (1490, 820), (1540, 900), (1450, 960)], 34)
    for x, y in ((310, 120), (350, 80), (1350, 940), (1300, 1000)):
        c.rect(x, y, 22, 40, BARE)
        c.poly([(x - 6, y), (x + 11, y - 34), (x + 28, y)], SPOT)
    north(c, 820, 560, 150)
    with c.at(520, 800, 1.3):
        c.path("M-150 0C-170 -40 -190 -70 -200 -100H-120L-100 -60H90L150 -96L190 -100C170 -40 140 -10 110 10H-120Z", DEEP)
        for x, h in ((-90, 190), (-5, 240), (80, 190)):
            c.line([(x, -50), (x, -h - 20)], DEEP, 7)
            c.path(f"M{x - 44} {-h}Q{x + 40} {-h * 0.8} {x - 40} {-h * 0.55}L{x + 40} {-h * 0.55}Q{x + 90} {-h * 0.8} {x + 40} {-h}Z", BARE)
            c.path(f"M{x - 38} {-h * 0.5}Q{x + 40} {-h * 0.4} {x - 40} -70L{x + 44} -70Q{x + 90} {-h * 0.4} {x + 42} {-h * 0.5}Z", PALE)
            c.poly([(x, -h - 20), (x + 40, -h - 34), (x, -h - 44)], SPOT)
        c.line([(150, -90), (230, -140)], DEEP, 7)
    with c.at(1030, 400, 1.1):
        for k, x in enumerate((0, 150, 290)):
            r = 76 - k * 14
            c.path(f"M{x - r} 0A{r} {r * 1.2} 0 0 1 {x + r} 0H{x + r * 0.5}A{r * 0.5} {r * 0.7} 0 0 0 {x - r * 0.5} 0Z", ink(0.6, 0.9))
        c.path(
            "M-80 0C-90 -90 -130 -100 -150 -150C-160 -190 -120 -210 -90 -196L-40 -170L-70 -160C-90 -150 -60 -120 -50 -90C-44 -60 -44 -30 -44 0Z",
            DEEP,
        )
        c.disc(-106, -172, 9, BARE)
        c.poly([(350, 0), (400, -60), (430, -20), (390, 0)], DEEP)
        for x in (-140, 0, 140, 280):
            c.path(f"M{x} 14q24 -16 48 0t48 0", "none", NAVY, 5)
    waves(c, [(640, 200), (240, 640), (900, 900), (700, 980), (1460, 420)])
    with c.at(1430, 130):
        c.disc(0, 0, 62, PALE)
        for a in (-60, -30, 0, 30, 150, 200, 240):
            c.disc(52 * math.cos(math.radians(a)), -40 + 30 * math.sin(math.radians(a)), 30, HALF)
        c.disc(-60, 14, 18, SPOT)
        for k in range(4):
            c.curve([(-84, 14), (-150, 6 + k * 26), (-230, 4 + k * 48), (-300, 30 + k * 56)], NAVY, 5)
        c.disc(-16, -6, 7, DEEP)
    for i in range(2):
        c.path(f"M{20 + i * 14} {20 + i * 14}H{1580 - i * 14}V{1047 - i * 14}H{20 + i * 14}Z", "none", NAVY, 9 - 5 * i)
