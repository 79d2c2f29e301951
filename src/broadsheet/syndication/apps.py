"""The app's registration."""

from django.apps import AppConfig


class SyndicationConfig(AppConfig):
    """Registers `broadsheet.syndication`."""

    name = "broadsheet.syndication"
    label = "syndication"
    verbose_name = "Syndication"

    def ready(self) -> None:
        """Connect the receivers."""
        from broadsheet.syndication import receivers  # noqa: F401
