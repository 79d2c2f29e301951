"""What follows from migrations."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from wagtail.models import GroupPagePermission

from broadsheet.desk.actions import set_up_groups


@receiver(post_migrate)
def groups_of_a_newsroom(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """After the last app, as permissions are made app by app; not while the tables are still on their way."""
    last = [app.label for app in apps.get_app_configs() if app.models_module][-1]
    if sender.label == last and GroupPagePermission._meta.db_table in connections[using].introspection.table_names():
        set_up_groups(by=None)
