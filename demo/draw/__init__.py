"""The illustrator's workshop: every picture of the demo edition, drawn by script in two inks."""

from draw import civic, first, journeys, land, shores
from draw.sheet import PICTURES as ALL_PICTURES

__all__ = ["ALL_PICTURES", "civic", "first", "journeys", "land", "shores"]
