"""The illustrator's workshop: every picture of the demo edition, drawn by script in two inks."""

from draw import charts, civic, heights, journeys, land, maps, shores, things, waterside
from draw.sheet import PICTURES as ALL_PICTURES

__all__ = ["ALL_PICTURES", "charts", "civic", "heights", "journeys", "land", "maps", "shores", "things", "waterside"]
