"""The app's registration."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """Registers `broadsheet.record`."""

    name = "broadsheet.record"
    label = "record"
    verbose_name = "Record"

    def ready(self) -> None:
        """Connect the receivers and the check."""
        from broadsheet.record import checks, receivers  # noqa: F401
