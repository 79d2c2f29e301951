"""Pictures of coasts, harbours and open water."""

import math

from draw import built, nature
from draw.figures import person, walker
from draw.sheet import BARE, DEEP, HALF, MIST, NAVY, PALE, SPOT, TALL, WARM, Sheet, ink, picture


@picture(
    "shipyard-crane",
    "vermilion",
    "A gantry crane straddles the red hull of an unfinished ship in dry dock, workers small beneath the bow.",
    (0.55, 0.5),
    screens=("broad", "broad"),
)
def shipyard_crane(c: Sheet) -> None:
    """Bow-on hull under a gantry."""
    nature.sky(c, (0.1, 0.35), (0, 0.1), 800)
    nature.cloud(c, 1400, 300, 380)
    for x, h in ((0, 240), (160, 180), (1230, 200), (1420, 260)):
        built.house(c, x, 800, 190, h, ink(0.35, 0.1), ink(0.5, 0.1), ink(0.15, 0), across=5)
    c.rect(-20, 800, 1640, 300, ink(0.25, 0.25))
    for x in (230, 1290):
        built.lattice(c, (x, 850), (x + (50 if x < 800 else -50), 150), 110, 80, 9, NAVY, 11)
    built.lattice(c, (120, 120), (1500, 120), 100, 100, 18, NAVY, 11)
    c.rect(840, 150, 120, 80, NAVY)
    c.line([(870, 220), (870, 330)], NAVY, 6)
    c.line([(930, 220), (930, 330)], NAVY, 6)
    c.path("M560 330C560 600 640 820 790 900C940 820 1020 600 1020 330C900 290 680 290 560 330Z", SPOT)
    c.path("M790 300V900C940 820 1020 600 1020 330C950 305 870 300 790 300Z", ink(0.45, 1))
    c.path("M560 330C680 290 900 290 1020 330L1010 420C900 385 690 385 570 420Z", BARE)
    c.path("M790 300C870 300 950 305 1020 330L1010 420C940 395 865 392 790 393Z", MIST)
    c.path("M612 600C650 740 710 850 790 900C870 850 930 740 968 600C860 650 720 650 612 600Z", ink(0.75, 0.9))
    for side in (-1, 1):
        c.path(f"M{790 + side * 130} 480l{side * 14} 40v30l{-side * 18} 18", "none", NAVY, 12)
    for y in (470, 560):
        c.line([(1030, y), (1120, y)], DEEP, 7)
        c.line([(460, y), (552, y)], DEEP, 7)
    for x in (465, 1115):
        built.lattice(c, (x, 900), (x, 400), 50, 50, 8, DEEP, 5)
    c.poly([(-20, 900), (1620, 900), (1620, 1100), (-20, 1100)], ink(0.65, 0.5))
    c.poly([(640, 900), (940, 900), (1040, 940), (540, 940)], DEEP)
    nature.rays(c, 1000, 860, 6, 90, 12, BARE)
    c.disc(1000, 860, 18, BARE)
    person(c, 1050, 935, 120, NAVY, hat="helmet", arms=((-60, -70), (-50, -75)))
    walker(c, 380, 1000, 210, DEEP, hat="helmet")
    person(c, 500, 1010, 200, NAVY, hat="helmet")


@picture(
    "fishing-harbour",
    "teal",
    "Small trawlers are moored nose to tail below steep wooden houses while crates of fish wait on the quay.",
    (0.5, 0.55),
)
def fishing_harbour(c: Sheet) -> None:
    """Northern harbour with houses in a row."""
    nature.sky(c, (0.35, 0), (0, 0.15), 480)
    nature.mountain(c, 300, 520, 900, 400, ink(0.25, 0.1), ink(0.42, 0.1), BARE)
    nature.mountain(c, 1250, 520, 1100, 470, ink(0.25, 0.1), ink(0.42, 0.1), BARE)
    walls = (SPOT, BARE, NAVY, ink(0, 0.5), SPOT, BARE, ink(0.5, 0.4), SPOT, BARE, NAVY)
    x = -30.0
    for i, wall in enumerate(walls):
        w = (150, 180, 160, 190)[i % 4]
        dark = wall in (NAVY,)
        built.gable(c, x, 610, w, 150 + 50 * (i % 3), wall, DEEP, BARE if dark or wall == SPOT else NAVY, 0.7, 2 + (i % 2))
        x += w + 6
    c.rect(-20, 600, 1640, 40, DEEP)
    for i in range(24):
        c.rect(i * 70, 620, 14, 70, DEEP)
    nature.sea(c, 650, ink(0.55, 0.35), ink(0, 0.2))
    for i, x in enumerate((40, 420, 800, 1190)):
        built.fishing_boat(c, x, 770 + 14 * (i % 2), 62 + 4 * (i % 3), (DEEP, NAVY)[i % 2], BARE, SPOT if i % 2 else BARE)
        nature.glitter(c, x + 180, 780, 850, 330, DEEP, 6)
    nature.birds(c, 900, 240, 9, 300)
    built.quay(c, 925, ink(0.2, 0.2), NAVY, (180, 1440))
    for x, y in ((420, 1010), (560, 1030), (480, 950), (1010, 1020)):
        c.rect(x, y - 60, 135, 66, NAVY, 4)
        c.rect(x + 8, y - 52, 119, 16, BARE)
        for i in range(4):
            c.disc(x + 26 + i * 28, y - 60, 20, BARE, 9)
    person(c, 800, 1050, 260, SPOT, hat="cap", arms=((30, 50), (30, 60)))
    nature.birds(c, 1180, 880, 3, 60, DEEP, 22)


@picture(
    "wind-farm", "moss", "White turbines stand in ranks on green headlands above the sea, sheep grazing beneath the nearest.", (0.36, 0.4)
)
def wind_farm(c: Sheet) -> None:
    """Turbines receding over headlands."""
    nature.sky(c, (0.45, 0), (0, 0.1), 560)
    nature.cloud(c, 1050, 180, 420)
    nature.cloud(c, 1420, 320, 300)
    nature.sea(c, 560, ink(0.5, 0.1), BARE, 760, 0.7)

    def turbine(x: float, y: float, h: float, turn: float) -> None:
        c.poly([(x - h * 0.022, y), (x - h * 0.01, y - h), (x + h * 0.01, y - h), (x + h * 0.022, y)], BARE)
        c.poly([(x, y), (x, y - h), (x + h * 0.01, y - h), (x + h * 0.022, y)], ink(0.3, 0))
        for i in range(3):
            with c.at(x, y - h, h, turn + 120 * i):
                c.path("M-0.012 0L-0.03 -0.12L0 -0.6L0.014 -0.1Z", BARE)
                c.path("M0 0L0 -0.6L0.014 -0.1Z", ink(0.3, 0))
        c.disc(x, y - h, h * 0.03, NAVY)

    for i in range(6):
        turbine(880 + i * 120, 590 + (i % 2) * 14, 150, 17 * i)
    c.under([(-40, 520), (240, 560), (520, 610), (800, 700), (1020, 800)], ink(0.12, 0.65))
    turbine(150, 560, 260, 40)
    c.under([(300, 900), (700, 800), (1100, 690), (1400, 640), (1660, 610)], ink(0.2, 0.85))
    turbine(1330, 680, 330, 75)
    c.under([(-40, 760), (300, 730), (760, 830), (1200, 960), (1660, 940)], SPOT)
    c.under([(-40, 860), (400, 850), (900, 960), (1660, 1040)], ink(0.55, 1))
    turbine(540, 800, 640, 12)
    for x, y, s in ((860, 900, 1), (980, 940, 1.2), (330, 810, 0.9), (1180, 990, 1.1)):
        with c.at(x, y, s):
            for dx in (-24, -14, 14, 24):
                c.line([(dx, 0), (dx, 28)], DEEP, 6)
            c.disc(0, -8, 40, BARE, 25)
            c.disc(42, -18, 15, DEEP, 11)
    nature.grass(c, 0, 1600, 1090, 90, DEEP, 90)


@picture("storm-coast", "teal", "Waves break over a sea wall and a row of dark houses under driving rain.", (0.4, 0.55))
def storm_coast(c: Sheet) -> None:
    """Breaking wave higher than the houses."""
    nature.sky(c, (0.95, 0.2), (0.35, 0.1), 700)
    for x, y, w in ((300, 150, 700), (1000, 120, 800), (1400, 260, 600), (60, 280, 500)):
        nature.cloud(c, x, y, w, ink(0.85, 0.2))
    for i in range(6):
        built.gable(c, 960 + i * 115, 720, 105, 130 + 40 * (i % 3), DEEP, NAVY, ink(0, 0.5) if i in (1, 4) else NAVY, 0.6)
    nature.sea(c, 620, ink(0.75, 0.6), ink(0.1, 0.2), density=0.8)
    c.rect(900, 700, 760, 200, NAVY)
    c.poly([(860, 1000), (900, 690), (1640, 690), (1640, 1000)], ink(0.8, 0.2))
    for y in (760, 830, 900):
        c.line([(880, y), (1640, y)], DEEP, 5)
    c.path(
        "M-40 900C200 880 380 780 470 560C520 430 640 330 800 350C900 362 960 430 950 500C900 440 820 440 790 500C740 600 830 720 900 800C960 880 960 1000 900 1100H-40Z",
        ink(0.35, 1),
    )
    c.path("M120 1000C360 930 500 800 560 620C590 520 660 440 740 440C690 520 690 640 760 760C820 860 830 1000 780 1100H60Z", ink(0.7, 1))
    for x, y, r in (
        (500, 520, 46),
        (560, 430, 60),
        (650, 360, 66),
        (760, 330, 66),
        (870, 350, 60),
        (950, 420, 52),
        (985, 505, 40),
        (940, 560, 30),
        (1010, 600, 24),
        (1060, 470, 24),
        (1060, 380, 18),
        (960, 290, 22),
        (850, 250, 20),
        (1120, 420, 14),
        (700, 260, 15),
        (1010, 330, 13),
    ):
        c.disc(x, y, r, BARE)
    for k in range(5):
        c.curve([(140 + 60 * k, 1040 - 10 * k), (400 + 40 * k, 900), (560 + 30 * k, 700 + 30 * k)], ink(0, 0.3), 9)
    for _ in range(36):
        c.disc(c.chance.uniform(780, 1040), c.chance.uniform(760, 1080), c.chance.uniform(16, 52), BARE)
    nature.rain(c, 150, ink(0.15, 0.1), -60)


@picture(
    "lake-steamer",
    "ochre",
    "A paddle steamer crosses a still lake at sunset trailing smoke, papyrus reeds in front.",
    (0.52, 0.5),
    screens=("broad", "broad"),
)
def lake_steamer(c: Sheet) -> None:
    """Side-on paddle steamer."""
    nature.sky(c, (0.55, 0.75), (0, 0.4), 560)
    nature.sun(c, 1150, 500, 150, BARE)
    c.under(nature.ridge(c, 490, 35, 9), ink(0.4, 0.65), 570)
    c.under(nature.ridge(c, 530, 20, 12), ink(0.65, 0.8), 570)
    nature.sea(c, 560, ink(0.25, 0.75), ink(0.05, 0.25), density=0.6)
    nature.glitter(c, 1150, 570, 1060, 420, BARE)
    for i, (x, y, r) in enumerate(
        ((640, 230, 40), (580, 200, 50), (500, 185, 60), (400, 190, 66), (290, 205, 60), (190, 230, 48), (100, 240, 36))
    ):
        c.disc(x, y, r, ink(0.7 - i * 0.05, 0.6))
    c.path("M250 720L220 640H1330L1420 600L1370 720Z", DEEP)
    c.rect(240, 622, 1080, 18, BARE)
    c.rect(310, 540, 900, 84, PALE)
    built.windows(c, 320, 540, 880, 84, 16, 1, DEEP, 0.45)
    c.rect(270, 522, 1010, 20, DEEP)
    c.rect(430, 450, 640, 74, PALE)
    built.windows(c, 440, 450, 620, 74, 12, 1, DEEP, 0.45)
    c.rect(390, 434, 740, 18, DEEP)
    c.rect(930, 370, 150, 66, PALE)
    c.rect(950, 385, 110, 30, DEEP)
    c.rect(910, 356, 190, 16, DEEP)
    c.poly([(640, 436), (650, 250), (740, 250), (740, 436)], SPOT)
    c.rect(640, 240, 110, 46, DEEP)
    for x in (300, 1250):
        c.line([(x, 530), (x, 340)], DEEP, 7)
    c.poly([(300, 345), (230, 365), (300, 395)], SPOT)
    c.path("M560 720A160 160 0 0 1 880 720Z", SPOT)
    nature.rays(c, 720, 720, 40, 145, 9, DEEP, 180, 360)
    c.rect(540, 712, 360, 14, DEEP)
    for x in (560, 850, 1300):
        nature.glitter(c, x, 730, 800, 240, BARE, 8)
    nature.glitter(c, 800, 735, 920, 1150, ink(0.7, 0.9), 14)
    for _ in range(46):
        x, h = c.chance.choice((c.chance.uniform(-20, 480), c.chance.uniform(1180, 1620))), c.chance.uniform(140, 380)
        tip = x + c.chance.uniform(-50, 50)
        c.line([(x, 1090), (tip, 1090 - h)], DEEP, 6)
        nature.rays(c, tip, 1090 - h, 4, 46, 12, DEEP, 170, 370)


@picture(
    "container-port",
    "ochre",
    "Ship-to-shore cranes reach over a container ship stacked with boxes in two colours.",
    (0.5, 0.55),
    screens=("broad", "broad"),
)
def container_port(c: Sheet) -> None:
    """Cranes and stacked ship."""
    nature.sky(c, (0.3, 0.05), (0, 0.4), 720)
    nature.sun(c, 260, 330, 90, SPOT)
    nature.sea(c, 760, ink(0.65, 0.1), PALE)
    for x in (300, 760, 1220):
        built.lattice(c, (x - 90, 780), (x - 50, 240), 26, 20, 12, ink(0.7, 0.2), 7)
        built.lattice(c, (x + 130, 780), (x + 100, 240), 26, 20, 12, ink(0.7, 0.2), 7)
        built.lattice(c, (x - 250, 245), (x + 240, 245), 36, 36, 14, ink(0.7, 0.2), 7)
        c.line([(x - 240, 235), (x + 20, 90), (x + 230, 235)], ink(0.7, 0.2), 8)
        c.line([(x + 20, 90), (x + 20, 245)], ink(0.7, 0.2), 12)
        c.line([(x - 110, 260), (x - 110, 380)], DEEP, 4)
        c.rect(x - 160, 380, 100, 44, SPOT)
    c.path("M60 880L20 690H1540L1590 650L1500 880Z", DEEP)
    c.rect(20, 690, 1525, 22, SPOT)
    tones = (SPOT, NAVY, BARE, WARM, HALF, ink(0.4, 1))
    for col in range(12):
        for row in range(3 + (col * 7) % 4 // 1 % 3):
            x, y = 250 + col * 100, 690 - 56 * (row + 1)
            c.rect(x, y, 96, 52, tones[c.chance.randrange(6)])
            for k in range(5):
                c.line([(x + 12 + k * 18, y + 8), (x + 12 + k * 18, y + 44)], ink(0.6, 0.6), 2.5)
    c.rect(80, 420, 140, 270, BARE)
    built.windows(c, 85, 430, 130, 240, 4, 6, NAVY)
    c.rect(60, 400, 180, 26, DEEP)
    c.rect(110, 330, 70, 74, SPOT)
    nature.glitter(c, 800, 890, 1000, 1500, DEEP, 14)
    with c.at(1120, 1010):
        c.path("M0 0L-30 -60H180L220 -90L190 0Z", DEEP)
        c.rect(40, -130, 70, 70, BARE)
        c.rect(50, -115, 50, 24, NAVY)
        c.rect(60, -175, 26, 46, SPOT)
    nature.birds(c, 420, 960, 5, 150, BARE, 18)


@picture(
    "sea-cliff-path", "moss", "A walker with a rucksack follows a footpath along green cliffs above a turning sea.", (0.36, 0.55), TALL
)
def sea_cliff_path(c: Sheet) -> None:
    """Path winding to a headland."""
    nature.sky(c, (0.35, 0), (0, 0.12), 560)
    nature.cloud(c, 760, 240, 420)
    nature.cloud(c, 250, 380, 300)
    nature.sea(c, 540, ink(0.55, 0.12), BARE)
    for top, base, tone, side in ((500, 640, ink(0.15, 0.4), 820), (560, 760, ink(0.15, 0.6), 660), (660, 960, ink(0.08, 0.8), 560)):
        c.path(
            f"M-40 {top - 60}C{side * 0.4} {top - 80} {side * 0.8} {top - 30} {side} {top + 20}L{side + 40} {base}L-40 {base + 60}Z", tone
        )
        c.path(
            f"M{side * 0.55} {top - 10}L{side} {top + 20}L{side + 40} {base}L{side + 90} {base + 12}L{side * 0.5} {base + 40}L{side * 0.62} {(top + base) / 2}Z",
            ink(0.45, 0.35),
        )
        nature.glitter(c, side - 30, base, base + 30, 260, BARE, 4)
    c.path("M-40 800C200 760 420 800 560 900C680 990 700 1150 760 1240L980 1540H-40Z", SPOT)
    c.path("M560 900C680 990 700 1150 760 1240L980 1540H760C700 1400 660 1250 600 1150C580 1060 590 960 560 900Z", ink(0.6, 0.5))
    c.path(
        "M330 800C420 840 470 900 430 980C380 1070 250 1120 260 1260C270 1380 400 1440 420 1540H150C120 1400 100 1280 170 1170C240 1070 370 1010 380 930C385 880 340 850 300 810Z",
        PALE,
    )
    for x, y in ((80, 960), (120, 1100), (520, 1090), (560, 1300), (640, 1420), (60, 1320)):
        for _ in range(5):
            c.disc(x + c.chance.uniform(-30, 30), y + c.chance.uniform(-16, 16), 11, BARE)
    walker(c, 330, 1150, 330, NAVY, hat="cap")
    c.rect(250, 905, 64, 110, DEEP, 20)
    c.line([(405, 1000), (430, 1155)], DEEP, 7)
    nature.birds(c, 860, 760, 8, 160, DEEP)
    nature.grass(c, 0, 1000, 1520, 130, DEEP, 60)


@picture(
    "undersea-cable",
    "teal",
    "A cable-laying ship pays a cable out over its stern; below the surface the line falls to a ridged sea floor.",
    (0.5, 0.45),
)
def undersea_cable(c: Sheet) -> None:
    """Cross-section of sea with cable ship."""
    nature.sky(c, (0.05, 0.35), (0, 0.05), 300)
    nature.cloud(c, 1300, 140, 320)
    c.rect(-20, 300, 1640, 800, c.grade((0.3, 0.6, 0), (1, 0.8, 0)))
    for k in range(6):
        c.poly([(900 + k * 120, 300), (960 + k * 120, 300), (700 + k * 100, 1000), (560 + k * 100, 1000)], c.grade((0.22, 0.5), (0.9, 0.8)))
    for i in range(22):
        nature.wave(c, i * 80 - 40, 306, 90, 20, BARE)
    with c.at(640, 318):
        c.path("M0 0L-40 -90H620L720 -140L660 0Z", NAVY)
        c.rect(-40, -104, 640, 16, SPOT)
        c.rect(380, -230, 180, 130, BARE)
        built.windows(c, 385, -226, 170, 120, 5, 3, NAVY)
        c.rect(360, -244, 220, 16, NAVY)
        c.rect(300, -190, 60, 90, SPOT)
        for i in range(3):
            c.disc(80 + i * 85, -130, 42, ink(0, 0.4))
            c.ring(80 + i * 85, -130, 30, NAVY, 5)
            c.disc(80 + i * 85, -130, 10, NAVY)
        c.ring(-48, -82, 26, DEEP, 9)
    c.under([(-40, 900), (200, 850), (420, 940), (680, 880), (900, 980), (1200, 900), (1400, 960), (1660, 860)], DEEP)
    c.under([(-40, 1010), (300, 960), (700, 1040), (1100, 1000), (1660, 1030)], ink(0.75, 1))
    c.curve([(590, 240), (520, 420), (440, 640), (330, 800), (170, 868), (-40, 905)], BARE, 12)
    c.curve([(590, 240), (520, 420), (440, 640), (330, 800), (170, 868), (-40, 905)], SPOT, 4)
    for t in ((484, 528), (380, 738), (240, 848)):
        with c.at(*t, 1, 118):
            c.rect(-30, -12, 60, 24, BARE, 12)
    for x, y in ((1100, 560), (1180, 600), (1140, 640), (1260, 570), (1230, 650), (1310, 620)):
        c.path(f"M{x} {y}q26 -20 54 0l20 -14v28l-20 -14q-28 20 -54 0Z", BARE)


@picture("whale-tail", "teal", "A whale lifts its flukes clear of the water in front of a small boat of watchers.", (0.45, 0.45))
def whale_tail(c: Sheet) -> None:
    """Flukes against a low sun."""
    nature.sky(c, (0, 0.6), (0, 0.08), 620)
    nature.sun(c, 780, 430, 260, PALE)
    c.under(nature.ridge(c, 570, 30, 9), ink(0.25, 0.3), 640)
    nature.sea(c, 620, ink(0.5, 0.75), ink(0, 0.15))
    built.fishing_boat(c, 1180, 690, 40, NAVY, BARE, SPOT)
    for x in (1300, 1330, 1360):
        c.disc(x, 640, 8, DEEP)
    c.path(
        "M640 860C660 720 668 600 640 500C560 440 400 420 270 300C400 280 560 330 650 420C672 440 700 440 720 420C800 330 960 280 1100 290C990 420 820 440 740 500C720 600 740 720 790 860Z",
        DEEP,
    )
    c.path("M720 440C800 350 940 310 1060 305C960 400 800 420 720 480Z", ink(0.7, 0.9))
    c.path("M640 500C600 460 440 420 330 325C450 330 570 370 650 440Z", ink(0.8, 0.6))
    for x, y in ((420, 420), (500, 440), (330, 360), (900, 430), (960, 400), (690, 560)):
        c.curve([(x, y), (x + 3, y + 40 + x % 50), (x - 2, y + 90)], BARE, 5)
    for i in range(5):
        c.path(
            f"M{480 - i * 60} {860 + i * 32}q{240 + i * 60} {-50 - i * 8} {480 + i * 120} 0q{-240 - i * 60} {30 + i * 6} {-480 - i * 120} 0Z",
            BARE if i % 2 == 0 else ink(0.75, 0.9),
        )
    for _ in range(30):
        c.disc(c.chance.uniform(540, 900), c.chance.uniform(780, 860), c.chance.uniform(5, 18), BARE)
    nature.birds(c, 300, 200, 5, 180)


@picture("glass-reef", "vermilion", "A diver swims over a reef of branching and fan-shaped corals among small fish.", (0.5, 0.5))
def glass_reef(c: Sheet) -> None:
    """Underwater scene."""
    c.rect(-20, -20, 1640, 1110, c.grade((0.25, 0, 0), (0.95, 0.1, 0)))
    for k in range(7):
        c.poly([(200 + k * 200, -20), (280 + k * 200, -20), (140 + k * 210, 900), (-20 + k * 210, 900)], c.grade((0.12, 0), (0.85, 0.08)))
    c.under([(-40, 820), (300, 760), (600, 850), (1000, 830), (1300, 720), (1660, 740)], ink(0.75, 0.3))

    def coral(x: float, y: float, length: float, a: float, depth: int, tone: str, fat: float) -> None:
        ex, ey = x + length * math.sin(a), y - length * math.cos(a)
        c.line([(x, y), (ex, ey)], tone, fat)
        if depth:
            for d in (-0.5, 0.05, 0.5):
                coral(ex, ey, length * 0.72, a + d + c.chance.uniform(-0.12, 0.12), depth - 1, tone, fat * 0.72)

    coral(180, 900, 140, -0.1, 4, SPOT, 26)
    coral(1420, 850, 130, 0.1, 4, ink(0, 0.5), 24)
    for x, y, r, tone in ((560, 930, 150, WARM), (1120, 950, 130, SPOT)):
        c.path(f"M{x - r} {y}A{r} {r} 0 0 1 {x + r} {y}Z", tone)
        for i in range(4):
            c.ring(x, y, r * (0.2 + 0.2 * i), ink(0.5, 1), 6, r * (0.2 + 0.2 * i) * 0.9)
    for k, x in enumerate((760, 830, 900)):
        c.curve([(x, 1000), (x - 30, 880), (x + 20, 780), (x - 10, 690 - k * 30)], PALE, 16)
    c.under([(-40, 960), (400, 930), (800, 1000), (1200, 950), (1660, 980)], DEEP)
    coral(420, 1010, 70, 0, 3, BARE, 16)
    coral(980, 1010, 80, 0.2, 3, SPOT, 16)
    for i in range(26):
        x, y = c.chance.gauss(420, 150), c.chance.gauss(400, 110)
        c.path(f"M{x} {y}q24 -20 52 0l18 -14v28l-18 -14q-28 20 -52 0Z", SPOT if i % 3 else BARE)
    with c.at(1010, 380, 1.5, -14):
        c.line([(60, 6), (150, 30), (230, 20)], DEEP, 24)
        c.line([(60, 12), (140, 60), (220, 74)], DEEP, 24)
        c.poly([(225, 6), (320, 0), (318, 44), (226, 34)], SPOT)
        c.poly([(214, 62), (310, 78), (300, 116), (212, 88)], SPOT)
        c.path("M-60 -18C-20 -44 60 -36 84 -4C84 26 40 34 -40 26Z", DEEP)
        c.rect(-40, -62, 110, 32, BARE, 15)
        c.line([(-40, 10), (-100, 60), (-150, 50)], DEEP, 20)
        c.disc(-92, -14, 34, ink(0.3, 0.5))
        c.path("M-100 -46A36 36 0 0 1 -60 -2L-96 -20Z", DEEP)
        c.rect(-126, -30, 32, 26, BARE, 6)
    for i in range(8):
        c.ring(880 + 14 * math.sin(i * 2), 330 - i * 38, 7 + i * 2.2, BARE, 4)
