"""The app's registration."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers `broadsheet.people`."""

    name = "broadsheet.people"
    label = "people"
    verbose_name = "People"
