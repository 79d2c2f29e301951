"""The app's registration."""

from django.apps import AppConfig


class ImportingConfig(AppConfig):
    """Registers `broadsheet.importing`."""

    name = "broadsheet.importing"
    label = "importing"
    verbose_name = "Import"

    def ready(self) -> None:
        """Answer for the addresses of old sites."""
        from broadsheet.importing import forwarding
        from broadsheet.reader import moved

        moved.register(names=forwarding.QUERY, by_query=forwarding.by_query, by_path=forwarding.by_path)
