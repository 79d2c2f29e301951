"""The app's registration."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers `broadsheet.desk`."""

    name = "broadsheet.desk"
    label = "desk"
    verbose_name = "Desk"

    def ready(self) -> None:
        """Give the models their edit screens."""
        from broadsheet.desk import panels

        panels.assign()
