"""Verbs on pictures."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction

from broadsheet.media.encoding import FOCUS, Encoded, Shape, encode, open_picture
from broadsheet.media.models import Image
from broadsheet.media.signals import picture_encoded


def source_key(image: Image) -> str:
    """What the encoded files depend on: the original's digest and the focal point."""
    point = f"{image.focal_point_x},{image.focal_point_y}" if image.focal_point_x is not None else ""
    return f"{image.file_hash}:{point}"


def focus_of(image: Image) -> tuple[float, float]:
    """The focal point as fractions; a little above the middle when none is set."""
    if image.focal_point_x is None or not image.width or not image.height:
        return FOCUS
    return (min(image.focal_point_x / image.width, 1.0), min((image.focal_point_y or 0) / image.height, 1.0))


def places(image: Image, files: Iterable[Shape]) -> dict[str, list[list[object]]]:
    """`Image.encoded` of a picture that readers get as these files."""
    made: dict[str, list[list[object]]] = {}
    for crop, width, height in files:
        made.setdefault(crop, []).append([width, height, _stem(image, crop, width)])
    return made


def _stem(image: Image, crop: str, width: int) -> str:
    key = source_key(image)
    version = key.replace(":", "-").replace(",", "x")[:10] + key.rpartition(":")[2].replace(",", "x")
    return f"p/{image.token[:2]}/{image.token}/{version}-{crop}-{width}"


def encode_image(image: Image, *, files: list[Encoded] | None = None) -> bool:
    """Write all public files of a picture and note them on it; True when there was something to do.

    `files` are the encoded ones when somebody made them already. Safe to repeat. Raises UnreadablePicture, and leaves
    what was there before.
    """
    if not image.file_hash:
        image._set_image_file_metadata()
    key = source_key(image)
    if image.encoded and image.encoded_from == key:
        return False
    public = storages["public"]
    if files is None:
        with image.open_file() as file:
            files = list(encode(open_picture(file), focus=focus_of(image)))
    for one in files:
        name = f"{_stem(image, one.crop, one.width)}.{one.ending}"
        # One of another size was being written when something broke off.
        if public.exists(name) and public.size(name) != len(one.content):
            public.delete(name)
        if not public.exists(name):
            public.save(name, ContentFile(one.content))
    made = places(image, [(one.crop, one.width, one.height) for one in files if one.ending == "jpg"])
    again = bool(image.encoded)
    with transaction.atomic():
        image.encoded, image.encoded_from = made, key
        Image.objects.filter(pk=image.pk).update(encoded=made, encoded_from=key, file_hash=image.file_hash, file_size=image.file_size)
        if again:
            transaction.on_commit(lambda: picture_encoded.send(sender=Image, image_id=image.pk))
    return True
