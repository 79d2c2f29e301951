"""The app's registration."""

from django.apps import AppConfig


class OpsConfig(AppConfig):
    """Registers `broadsheet.ops`."""

    name = "broadsheet.ops"
    label = "ops"
    verbose_name = "Operations"
