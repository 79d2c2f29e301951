"""What the desk adds to Wagtail's admin and what it takes away."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.contrib.settings.registry import register_setting
from wagtail.snippets.models import register_snippet

from broadsheet.desk.snippets import NewsroomGroup
from broadsheet.people.models import Publication

register_snippet(NewsroomGroup)
register_setting(Publication, icon="globe", order=1)


@hooks.register("construct_main_menu")
def without_help(request: HttpRequest, items: list[Any]) -> None:
    """Wagtail's own help speaks to its editors, not to a newsroom."""
    items[:] = [item for item in items if item.name != "help"]
