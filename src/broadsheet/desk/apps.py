"""The app's registration."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers `broadsheet.desk`."""

    name = "broadsheet.desk"
    label = "desk"
    verbose_name = "Desk"

    def ready(self) -> None:
        """Give the models their edit screens; connect the receivers."""
        from broadsheet.desk import panels, receivers  # noqa: F401

        panels.assign()
