"""What follows from changes of the front and of the menu."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from broadsheet.delivery import keys, purging, stamps
from broadsheet.fronts.models import FrontPage, MenuEntry


@receiver([post_save, post_delete], sender=FrontPage)
def replace_the_front(sender: type[Any], instance: FrontPage, **kwargs: Any) -> None:
    """The front, and the blocks that it puts under stories; and what machines are told of it."""
    stamps.touch(stamps.NAMES)
    purging.touch(keys.of(instance), "frontpage")


@receiver([post_save, post_delete], sender=MenuEntry)
def replace_the_menu(sender: type[Any], **kwargs: Any) -> None:
    """The menu stands on every page."""
    stamps.touch(stamps.NAMES)
    purging.touch(purging.EVERYTHING)
