"""The app's registration."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Registers `broadsheet.search`."""

    name = "broadsheet.search"
    label = "search"
    verbose_name = "Search"
