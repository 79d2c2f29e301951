"""What operation shows in the desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from broadsheet.ops.doctor import failed_tasks, late_revisions


class LateWork(Component):
    """On the desk's first screen: what should be public and is not, and side effects that were given up."""

    order = 10
    template_name = "broadsheet/ops/late.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """What the template lists; nothing when all is well."""
        return {"revisions": late_revisions(), "tasks": failed_tasks()}


@hooks.register("construct_homepage_panels")
def show_late_work(request: HttpRequest, panels: list[Component]) -> None:
    """Administrators see it: they can do something about it."""
    if request.user.is_superuser:
        panels.append(LateWork())
