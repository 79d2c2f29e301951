"""What follows from changes to fronts."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from broadsheet.delivery import stamps
from broadsheet.fronts.models import FrontPage, MenuEntry


@receiver([post_save, post_delete], sender=FrontPage)
@receiver([post_save, post_delete], sender=MenuEntry)
def stamp_what_is_arranged(sender: type[Any], **kwargs: Any) -> None:
    """Pages and what machines are told are others then."""
    stamps.touch(stamps.NAMES)
