"""The app's registration."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Registers `broadsheet.media`."""

    name = "broadsheet.media"
    label = "media"
    verbose_name = "Pictures and files"

    def ready(self) -> None:
        """Connect the receivers."""
        from broadsheet.media import receivers  # noqa: F401
