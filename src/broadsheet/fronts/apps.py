"""The app's registration."""

from django.apps import AppConfig


class FrontsConfig(AppConfig):
    """Registers `broadsheet.fronts`."""

    name = "broadsheet.fronts"
    label = "fronts"
    verbose_name = "Fronts"
