"""The app's registration."""

from django.apps import AppConfig


class ImportingConfig(AppConfig):
    """Registers `broadsheet.importing`."""

    name = "broadsheet.importing"
    label = "importing"
    verbose_name = "Import"
