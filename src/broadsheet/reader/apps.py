"""The app's registration."""

from django.apps import AppConfig


class ReaderConfig(AppConfig):
    """Registers `broadsheet.reader`."""

    name = "broadsheet.reader"
    label = "reader"
    verbose_name = "Reader"

    def ready(self) -> None:
        """Answer for the page models; carry out the outbox's tasks of this room."""
        from broadsheet.reader import letters, views  # noqa: F401

        views.register()
