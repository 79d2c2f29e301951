"""What follows from publishing: whoever follows a feed hears of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver

from broadsheet.stories.models import Story
from broadsheet.syndication import websub


@receiver(post_save, sender=Story)
def follow_a_publish(sender: type[Story], instance: Story, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    """Every way of publishing, and of taking down, saves the story, in one transaction with its rows."""
    draft_only = update_fields is not None and "live" not in update_fields
    if settings.WEBSUB_HUB and not raw and not draft_only and (instance.live or instance.listings.exists()):
        websub.changed(instance.pk)


@receiver(pre_delete, sender=Story)
def follow_a_deletion(sender: type[Story], instance: Story, **kwargs: Any) -> None:
    """What is deleted leaves its feeds."""
    if instance.live:
        websub.changed(instance.pk)
