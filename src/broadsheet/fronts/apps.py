"""The app's registration."""

from django.apps import AppConfig


class FrontsConfig(AppConfig):
    """Registers `broadsheet.fronts`."""

    name = "broadsheet.fronts"
    label = "fronts"
    verbose_name = "Fronts"

    def ready(self) -> None:
        """Connect the receivers."""
        from broadsheet.fronts import receivers  # noqa: F401
