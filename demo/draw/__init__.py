"""The illustrator's workshop: every picture of the demo edition, drawn by script in two inks."""

from draw import (
    charts,
    civic,
    crafts,
    gardens,
    heights,
    journeys,
    land,
    learning,
    maps,
    portraits,
    seacharts,
    shores,
    streets,
    things,
    waterside,
)
from draw.sheet import PICTURES as ALL_PICTURES

__all__ = [
    "ALL_PICTURES",
    "charts",
    "civic",
    "crafts",
    "gardens",
    "heights",
    "journeys",
    "land",
    "learning",
    "maps",
    "portraits",
    "seacharts",
    "shores",
    "streets",
    "things",
    "waterside",
]
