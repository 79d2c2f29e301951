"""What happens to a picture when it is saved."""

from __future__ import annotations

import logging

from django.db.models.signals import post_save
from django.dispatch import receiver

from broadsheet.media.actions import encode_image, source_key
from broadsheet.media.encoding import UnreadablePicture
from broadsheet.media.models import Image

logger = logging.getLogger("broadsheet.media")


@receiver(post_save, sender=Image)
def encode_after_save(sender: type[Image], instance: Image, raw: bool = False, **kwargs: object) -> None:
    """Encode new and re-cropped pictures at upload, so that no reader waits for it."""
    if raw or instance.encode_later or instance.encoded_from == source_key(instance):
        return
    try:
        encode_image(instance)
    except (UnreadablePicture, OSError) as error:
        logger.warning("picture %s (%s) was not encoded: %s", instance.pk, instance.title, error)
