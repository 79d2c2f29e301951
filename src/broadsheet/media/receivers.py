"""What happens to a picture when it is saved."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from broadsheet.delivery import outbox
from broadsheet.media.actions import encode_image, source_key
from broadsheet.media.encoding import UnreadablePicture
from broadsheet.media.models import Image
from broadsheet.media.signals import picture_encoded

TAKES_AT_MOST = dt.timedelta(minutes=5)
logger = logging.getLogger("broadsheet.media")


@receiver(post_save, sender=Image)
def encode_after_save(sender: type[Image], instance: Image, raw: bool = False, **kwargs: object) -> None:
    """Encode new and re-cropped pictures at upload, so that no reader waits for it."""
    if raw or instance.encode_later:
        return
    if instance.encoded_from == source_key(instance):
        # What is told with the picture may have changed: its description, its caption, whose it is. Said within the transaction: what
        # follows is rows, and a crash after the commit would lose it.
        if not kwargs.get("created"):
            picture_encoded.send(sender=Image, image_id=instance.pk)
        return
    # Should this break off, the worker finds what it was about.
    left_word = outbox.put("media.encode_picture", due_in=TAKES_AT_MOST, image_id=instance.pk)
    try:
        encode_image(instance)
    except (UnreadablePicture, OSError) as error:
        logger.warning("picture %s (%s) was not encoded: %s", instance.pk, instance.title, error)
    left_word.delete()


@outbox.handler("media.encode_picture")
def encode_what_was_left(payload: dict[str, Any]) -> None:
    """Encode a picture whose upload was broken off, and tell those who show it."""
    image = Image.objects.filter(pk=payload["image_id"], encoded_from="").first()
    if image is None:
        return
    try:
        if encode_image(image):
            picture_encoded.send(sender=Image, image_id=image.pk)
    finally:
        image.file.close()
