"""Reporters may no longer change and delete everybody's pictures and files: Wagtail's own first migrations had let them."""

from typing import Any

from django.db import migrations

CODENAMES = ["change_image", "delete_image", "change_document", "delete_document"]


def take_back(apps: Any, schema_editor: Any) -> None:
    """Leave reporters what they have uploaded themselves, in publications that were set up before."""
    granted = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    granted.filter(group__name="Reporters", collection__depth=1, permission__codename__in=CODENAMES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("ops", "0002_failed_sign_in"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(take_back, migrations.RunPython.noop)]
