"""Broadsheet: an online news portal, reader site and newsroom in one install."""

__version__ = "0.1.0"
