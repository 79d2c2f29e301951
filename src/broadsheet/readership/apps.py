"""The app's registration."""

from django.apps import AppConfig


class ReadershipConfig(AppConfig):
    """Registers `broadsheet.readership`."""

    name = "broadsheet.readership"
    label = "readership"
    verbose_name = "Readership"
