"""The app's registration."""

from django.apps import AppConfig


class StoriesConfig(AppConfig):
    """Registers `broadsheet.stories`."""

    name = "broadsheet.stories"
    label = "stories"
    verbose_name = "Stories"

    def ready(self) -> None:
        """Connect the receivers."""
        from broadsheet.stories import receivers  # noqa: F401
