"""The app's registration."""

from django.apps import AppConfig


class ThemeConfig(AppConfig):
    """Registers `broadsheet.theme`."""

    name = "broadsheet.theme"
    label = "theme"
    verbose_name = "Theme"
