"""The app's registration."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Registers `broadsheet.sharing`."""

    name = "broadsheet.sharing"
    label = "sharing"
    verbose_name = "Sharing"

    def ready(self) -> None:
        """Follow what is published and taken down."""
        from broadsheet.sharing import receivers  # noqa: F401
