"""An image → the picture a template gets."""

from __future__ import annotations

from typing import Any, TypedDict

from django.conf import settings

from broadsheet.media.models import Image


class Sources(TypedDict):
    """Addresses and size of one crop: what a picture's context is made of, its words apart."""

    src: str
    srcset_webp: str
    srcset_jpeg: str
    width: int
    height: int


def sources(image: Image, crop: str) -> Sources | None:
    """Addresses and size of one crop, or None when it is not encoded."""
    return sources_in(image.encoded, crop)


def sources_in(encoded: dict[str, list[list[Any]]] | None, crop: str) -> Sources | None:
    """The same from the `encoded` field alone."""
    files = (encoded or {}).get(crop)
    if not files:
        return None
    base = settings.MEDIA_URL
    middle = next((f for f in files if f[0] >= 640), files[-1])
    return {
        "src": f"{base}{middle[2]}.jpg",
        "srcset_webp": ", ".join(f"{base}{stem}.webp {w}w" for w, _h, stem in files),
        "srcset_jpeg": ", ".join(f"{base}{stem}.jpg {w}w" for w, _h, stem in files),
        "width": middle[0],
        "height": middle[1],
    }


def social_address(image: Image) -> str:
    """Path of the picture for sharing, 1200 × 630; empty when it is not encoded."""
    files = (image.encoded or {}).get("social")
    return f"{settings.MEDIA_URL}{files[0][2]}.jpg" if files else ""
