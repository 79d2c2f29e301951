"""Charts with axes, units and invented figures that agree with themselves."""

from collections.abc import Sequence

from draw.sheet import BARE, DEEP, HALF, NAVY, PALE, SPOT, WARM, Point, Sheet, ink, picture

LEFT, RIGHT, TOP, FOOT = 190.0, 1500.0, 250.0, 920.0


def _axes(c: Sheet, title: str, unit: str, low: float, high: float, step: float, labels: Sequence[str], every: int = 1) -> None:
    """Paper, title, unit, horizontal grid and a labelled base line."""
    c.rect(-20, -20, 1640, 1110, ink(0, 0.06))
    c.rect(70, 62, 90, 14, SPOT)
    c.text(70, 132, title, 50, NAVY, anchor="start", bold=True)
    c.text(70, 186, unit, 28, NAVY, anchor="start", sans=True)
    value = low
    while value <= high + step / 100:
        y = _y(value, low, high)
        c.rect(LEFT, y - 1.5, RIGHT - LEFT, 3, NAVY if value == low else ink(0.25, 0))
        c.text(LEFT - 18, y + 10, f"{value:,.0f}", 28, NAVY, anchor="end", sans=True)
        value += step
    for i, label in enumerate(labels):
        if i % every == 0:
            c.text(_x(i, len(labels)), FOOT + 48, label, 28, NAVY, sans=True)
    c.text(70, 1030, "Figures: The Farshore Courier, illustrative data for invented places", 22, HALF, anchor="start", sans=True)


def _x(i: float, n: int) -> float:
    return LEFT + (RIGHT - LEFT) * (i + 0.5) / n


def _y(value: float, low: float, high: float) -> float:
    return FOOT - (FOOT - TOP) * (value - low) / (high - low)


def _series(c: Sheet, values: Sequence[float], low: float, high: float, tone: str, name: str, drop: float = 0) -> list[Point]:
    points = [(_x(i, len(values)), _y(v, low, high)) for i, v in enumerate(values)]
    c.line(points, tone, 9)
    c.disc(*points[-1], 13, tone)
    c.text(points[-1][0] - 10, points[-1][1] + drop, name, 29, tone, anchor="end", bold=True, sans=True)
    return points


@picture(
    "chart-grain-prices",
    "ochre",
    "Line chart of monthly grain prices at Port Salen over two years: rice rises from 410 to 540, wheat peaks at 395 and eases to 330 per tonne.",
    (0.5, 0.55),
    wobble=0,
)
def chart_grain_prices(c: Sheet) -> None:
    """Rice and wheat, 24 months."""
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] * 2
    _axes(c, "Grain prices at Port Salen", "Straits crowns per tonne, monthly average, year one and year two", 200, 600, 100, months, 3)
    rice = [410, 412, 408, 415, 421, 430, 436, 433, 441, 452, 460, 458, 466, 475, 489, 496, 492, 505, 518, 527, 522, 531, 536, 540]
    wheat = [290, 294, 301, 312, 326, 341, 358, 371, 384, 392, 395, 388, 379, 372, 366, 360, 351, 347, 344, 338, 341, 336, 332, 330]
    pts = [(_x(i, 24), _y(v, 200, 600)) for i, v in enumerate(rice)]
    c.poly([*pts, (pts[-1][0], FOOT), (pts[0][0], FOOT)], ink(0, 0.3))
    pts = [(_x(i, 24), _y(v, 200, 600)) for i, v in enumerate(wheat)]
    with c.overprint():
        c.poly([*pts, (pts[-1][0], FOOT), (pts[0][0], FOOT)], ink(0.18, 0.1))
    _series(c, rice, 200, 600, ink(0.25, 1), "Rice 540", -34)
    _series(c, wheat, 200, 600, NAVY, "Wheat 330", -34)
    mid = (_x(11, 24) + _x(12, 24)) / 2
    c.rect(mid - 1.5, TOP - 10, 3, FOOT - TOP + 10, HALF)
    c.text(mid + 14, TOP + 12, "year two", 25, HALF, anchor="start", sans=True)


@picture(
    "chart-ferry-traffic",
    "teal",
    "Bar chart of ferry passengers by quarter for two years; the third quarter is highest in both, at 2.9 and 3.4 million.",
    (0.5, 0.55),
    wobble=0,
)
def chart_ferry_traffic(c: Sheet) -> None:
    """Quarterly bars, two years."""
    _axes(
        c,
        "Ferry passengers, Tavira Straits",
        "Thousands of passengers per quarter",
        0,
        4000,
        1000,
        ["Jan–Mar", "Apr–Jun", "Jul–Sep", "Oct–Dec"],
    )
    first, second = (1840, 2310, 2900, 2050), (1990, 2620, 3400, 2280)
    for i, (a, b) in enumerate(zip(first, second, strict=True)):
        x = _x(i, 4)
        for v, dx, tone in ((a, -122, ink(0.35, 0)), (b, 6, SPOT)):
            y = _y(v, 0, 4000)
            c.rect(x + dx, y, 116, FOOT - y, tone)
            c.text(x + dx + 58, y - 14, f"{v:,}", 28, DEEP, bold=True, sans=True)
    for k, (name, tone) in enumerate((("Last year: 9,100", ink(0.35, 0)), ("This year: 10,290", SPOT))):
        c.rect(1090 + k * 0, 84 + k * 46, 36, 30, tone)
        c.text(1140, 109 + k * 46, name, 28, NAVY, anchor="start", sans=True)


@picture(
    "chart-literacy",
    "moss",
    "Dumb-bell chart of adult literacy in six invented countries, 1990 against 2020; Wadi Sahel gains most, from 48 to 86 per cent.",
    (0.5, 0.55),
    wobble=0,
)
def chart_literacy(c: Sheet) -> None:
    """Then and now."""
    c.rect(-20, -20, 1640, 1110, ink(0, 0.06))
    c.rect(70, 62, 90, 14, SPOT)
    c.text(70, 132, "Adult literacy, then and now", 50, NAVY, anchor="start", bold=True)
    c.text(70, 186, "Per cent of people aged 15 and over, 1990 and 2020", 28, NAVY, anchor="start", sans=True)

    def x(v: float) -> float:
        return 470 + (v - 40) * 17.2

    for v in range(40, 101, 10):
        c.rect(x(v) - 1.5, 250, 3, 690, ink(0.22, 0))
        c.text(x(v), 985, f"{v}%" if v == 100 else str(v), 28, NAVY, sans=True)
    rows = (
        ("Wadi Sahel", 48, 86),
        ("Dhaval", 52, 84),
        ("Sennar Delta", 57, 83),
        ("Great Lakes", 55, 79),
        ("Costa Verana", 81, 95),
        ("Tavira Straits", 88, 98),
    )
    for i, (name, a, b) in enumerate(rows):
        y = 306 + i * 116
        c.text(430, y + 11, name, 33, DEEP, anchor="end", bold=True, sans=True)
        c.rect(x(a), y - 9, x(b) - x(a), 18, WARM)
        c.disc(x(a), y, 30, ink(0.45, 0))
        c.disc(x(b), y, 34, ink(0.1, 1))
        c.text(x(a), y + 10, str(a), 27, BARE, bold=True, sans=True)
        c.text(x(b), y + 11, str(b), 30, BARE, bold=True, sans=True)
    for k, (name, tone) in enumerate((("1990", ink(0.45, 0)), ("2020", ink(0.1, 1)))):
        c.disc(1270 + k * 140, 120, 18, tone)
        c.text(1300 + k * 140, 130, name, 28, NAVY, anchor="start", sans=True)
    c.text(70, 1035, "Figures: The Farshore Courier, illustrative data for invented places", 22, HALF, anchor="start", sans=True)


@picture(
    "stock-curve",
    "vermilion",
    "Chart of the Straits share index over twelve months: a slide from 1,240 to 963 by June and a recovery to 1,310.",
    (0.5, 0.5),
    wobble=0,
)
def stock_curve(c: Sheet) -> None:
    """Index with volume bars."""
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    _axes(c, "Straits share index", "Points, weekly close; grey bars: weekly turnover, not to scale", 800, 1400, 100, months)
    anchors = [1240, 1225, 1180, 1120, 1040, 980, 1010, 1090, 1130, 1190, 1250, 1310]
    weekly = []
    for i in range(52):
        t = i / 51 * 11
        k = min(10, int(t))
        base = anchors[k] + (anchors[k + 1] - anchors[k]) * (t - k)
        weekly.append(base + (0 if i in (0, 51) else c.chance.uniform(-24, 24)))
    for i, v in enumerate(weekly):
        move = abs(v - weekly[i - 1]) if i else 20
        c.rect(_x(i, 52) - 8, FOOT - 20 - move * 1.6, 16, 20 + move * 1.6, ink(0.25, 0))
    pts = [(_x(i, 52), _y(v, 800, 1400)) for i, v in enumerate(weekly)]
    c.poly([*pts, (pts[-1][0], _y(1240, 800, 1400)), (pts[0][0], _y(1240, 800, 1400))], ink(0, 0.25))
    c.line(pts, SPOT, 9)
    base = _y(1240, 800, 1400)
    c.parts.append(f'<path d="M{LEFT} {base}H{RIGHT}" stroke="{NAVY}" stroke-width="3" stroke-dasharray="12 10"/>')
    c.text(LEFT + 130, base - 14, "year’s start: 1,240", 25, NAVY, anchor="start", sans=True)
    low = min(range(52), key=lambda i: weekly[i])
    c.disc(*pts[low], 14, NAVY)
    c.text(pts[low][0], pts[low][1] + 52, f"low: {weekly[low]:,.0f}", 30, NAVY, bold=True, sans=True)
    c.disc(*pts[-1], 15, NAVY)
    c.text(pts[-1][0] - 16, pts[-1][1] - 28, "1,310", 34, NAVY, anchor="end", bold=True, sans=True)


@picture(
    "heart-rhythm",
    "vermilion",
    "A heart with its vessels above an electrocardiogram trace on ruled paper, four even beats marked with time and voltage.",
    (0.4, 0.45),
    wobble=4,
)
def heart_rhythm(c: Sheet) -> None:
    """Heart and ECG strip."""
    c.rect(-20, -20, 1640, 1110, NAVY)
    for k in range(4):
        c.ring(560, 330, 260 + k * 70, ink(0.75, 0.25), 8)
    c.rect(90, 600, 1420, 380, BARE)
    for k in range(72):
        c.rect(90 + k * 20, 600, 3 if k % 5 == 0 else 1.2, 380, ink(0, 0.5))
    for k in range(20):
        c.rect(90, 600 + k * 20, 1420, 3 if k % 5 == 0 else 1.2, ink(0, 0.5))
    pts: list[Point] = [(110, 820)]
    for k in range(4):
        x = 150 + k * 340
        pts += [
            (x, 820),
            (x + 22, 798),
            (x + 46, 820),
            (x + 84, 820),
            (x + 94, 838),
            (x + 112, 640),
            (x + 128, 878),
            (x + 140, 820),
            (x + 190, 820),
            (x + 224, 778),
            (x + 258, 820),
        ]
    c.line([*pts, (1490, 820)], DEEP, 8)
    for k in range(4):
        c.disc(262 + k * 340, 640, 13, SPOT)
    c.text(1490, 950, "25 mm/s   10 mm/mV   88 per minute", 28, NAVY, anchor="end", sans=True)
    with c.at(560, 330, 1.15):
        c.path("M-30 -100C-40 -180 10 -240 70 -220L110 -250L140 -214L104 -180C90 -150 60 -130 50 -100Z", PALE)
        c.path("M-120 -60C-130 -150 -120 -210 -100 -250H-50C-60 -200 -60 -130 -40 -90Z", WARM)
        c.path("M-20 -110C-100 -150 -200 -90 -190 10C-180 110 -60 190 30 240C120 190 200 80 180 -20C160 -120 60 -150 -20 -110Z", SPOT)
        c.path("M60 -120C140 -120 180 -60 182 0C180 90 110 180 30 240C20 200 80 100 60 -120Z", ink(0.45, 1))
        vessels = (
            [(-16, -112), (-20, -20), (-60, 70), (-40, 150)],
            [(-20, -20), (-90, 10), (-130, 0)],
            [(-60, 70), (-120, 70)],
            [(-30, 30), (10, 90), (16, 180)],
            [(-16, -112), (60, -60), (110, 10), (90, 90)],
            [(60, -60), (130, -70)],
        )
        for vessel in vessels:
            c.curve(vessel, PALE, 9)
        c.curve([(-150, 20), (-120, 90), (-50, 160)], WARM, 6)
    hearts = [(1010 + 130 * k, 330) for k in range(4)]
    for k, (x, y) in enumerate(hearts):
        c.path(
            f"M{x} {y + 44}C{x - 70} {y - 10} {x - 40} {y - 60} {x} {y - 26}C{x + 40} {y - 60} {x + 70} {y - 10} {x} {y + 44}Z",
            SPOT if k < 3 else HALF,
        )
