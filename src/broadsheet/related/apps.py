"""The app's registration."""

from django.apps import AppConfig


class RelatedConfig(AppConfig):
    """Registers `broadsheet.related`."""

    name = "broadsheet.related"
    label = "related"
    verbose_name = "Related stories"
