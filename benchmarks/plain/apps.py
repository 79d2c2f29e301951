"""The app that pages are compared with."""

from django.apps import AppConfig


class PlainConfig(AppConfig):
    """Registers the plain Wagtail site."""

    name = "benchmarks.plain"
    label = "plain"
    default_auto_field = "django.db.models.BigAutoField"
