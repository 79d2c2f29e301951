"""The app's registration."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Registers `broadsheet.delivery`."""

    name = "broadsheet.delivery"
    label = "delivery"
    verbose_name = "Delivery"
