"""Original picture → the files readers get: cropped, scaled, without camera data, as WebP and JPEG."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from PIL import ExifTags, ImageCms, ImageOps, UnidentifiedImageError
from PIL import Image as Pillow

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
SIDEWAYS = (5, 6, 7, 8)
"""Exif orientations of pictures that lie on their side."""
MAX_PIXELS = 100_000_000
SOCIAL_LIMIT = 300 * 1024
FOCUS = (0.5, 0.45)
"""Where a crop is centred when nobody set a point: a little above the middle, where faces are."""


class UnreadablePicture(ValueError):
    """The file is no picture we can use; the message says why."""


@dataclass(frozen=True, slots=True)
class Crop:
    """A shape readers see a picture in."""

    name: str
    ratio: float | None
    """Width through height; None keeps the picture's own."""
    widths: tuple[int, ...]


CROPS = (
    Crop("landscape", 3 / 2, (240, 480, 800, 1280)),
    Crop("full", None, (480, 800, 1280, 1920)),
    Crop("square", 1.0, (96, 192, 384)),
)
SOCIAL = (1200, 630)


Shape = tuple[str, int, int]
"""Crop, width and height of one file that readers get."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """One file to be stored."""

    crop: str
    width: int
    height: int
    ending: str
    content: bytes


def open_picture(file: IO[bytes]) -> Pillow.Image:
    """Decode an upload, upright and in sRGB.

    Raises UnreadablePicture for what is broken, no picture, or larger than 100 megapixels.
    """
    try:
        picture = Pillow.open(file, formats=FORMATS)
        if picture.width * picture.height > MAX_PIXELS:
            raise _too_large(picture)
        picture.load()
        profile = picture.info.get("icc_profile")
        upright = ImageOps.exif_transpose(picture)
        return _srgb(upright, profile)
    except UnreadablePicture:
        raise
    except Exception as error:
        # Pillow's decoders raise many kinds of exception on hostile input.
        raise _unreadable(error) from error


def measure_picture(file: IO[bytes]) -> tuple[int, int]:
    """Width and height of an upload, upright, without decoding it. Raises UnreadablePicture for what is no picture, or too large."""
    try:
        picture = Pillow.open(file, formats=FORMATS)
        turned = picture.getexif().get(ExifTags.Base.Orientation, 1) in SIDEWAYS
    except Exception as error:
        raise _unreadable(error) from error
    if picture.width * picture.height > MAX_PIXELS:
        raise _too_large(picture)
    return (picture.height, picture.width) if turned else picture.size


def _too_large(picture: Pillow.Image) -> UnreadablePicture:
    return UnreadablePicture(f"{picture.width} × {picture.height} pixels; at most {MAX_PIXELS:,} can be read")


def _unreadable(error: Exception) -> UnreadablePicture:
    # What Pillow says of a file that is no picture names a thing in memory.
    why = "" if isinstance(error, UnidentifiedImageError) else f" ({error})"
    return UnreadablePicture(f"not a readable JPEG, PNG, WebP, GIF or AVIF picture{why}")


def _srgb(picture: Pillow.Image, profile: bytes | None) -> Pillow.Image:
    if profile and picture.mode in {"RGB", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")  # type: ignore[return-value]
        except ImageCms.PyCMSError:
            pass  # A damaged profile must not cost the picture.
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        rgba = picture.convert("RGBA")
        ground = Pillow.new("RGB", rgba.size, "white")
        ground.paste(rgba, mask=rgba.getchannel("A"))
        return ground
    return picture.convert("RGB")


def crop_box(size: tuple[int, int], ratio: float, focus: tuple[float, float]) -> tuple[int, int, int, int]:
    """The largest box of a ratio (width through height) inside `size` that keeps `focus` (fractions) nearest its middle."""
    width, height = size
    if width / height > ratio:
        box_width, box_height = max(1, round(height * ratio)), height
    else:
        box_width, box_height = width, max(1, round(width / ratio))
    left = min(max(round(focus[0] * width - box_width / 2), 0), width - box_width)
    top = min(max(round(focus[1] * height - box_height / 2), 0), height - box_height)
    return left, top, left + box_width, top + box_height


def encode(picture: Pillow.Image, *, focus: tuple[float, float] = FOCUS) -> Iterator[Encoded]:
    """All files of a picture, one at a time.

    `focus`: the point that must survive a crop, as fractions of width and height. A picture is never enlarged,
    but each crop exists at least once.
    """
    for crop in CROPS:
        cut = picture if crop.ratio is None else picture.crop(crop_box(picture.size, crop.ratio, focus))
        for width, height in _sizes(crop, cut.size):
            scaled = cut.resize((width, height), Pillow.Resampling.LANCZOS, reducing_gap=3.0)
            yield Encoded(crop.name, width, height, "webp", _bytes(scaled, "WEBP", quality=74, method=3))
            yield Encoded(crop.name, width, height, "jpg", _bytes(scaled, "JPEG", quality=78, optimize=True, progressive=True))
    yield _social(picture, focus)


def _sizes(crop: Crop, cut: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The sizes that a picture, cut to a crop, is kept in."""
    widths = [w for w in crop.widths if w <= cut[0]]
    if not widths or (len(widths) < len(crop.widths) and widths[-1] < cut[0] * 0.8):
        widths.append(min(cut[0], crop.widths[-1]))
    for width in widths:
        yield width, max(1, round(cut[1] * width / cut[0]))


def shapes(size: tuple[int, int]) -> Iterator[Shape]:
    """What `encode` would make of a picture of that size."""
    for crop in CROPS:
        left, top, right, bottom = (0, 0, *size) if crop.ratio is None else crop_box(size, crop.ratio, FOCUS)
        for width, height in _sizes(crop, (right - left, bottom - top)):
            yield crop.name, width, height
    yield "social", *SOCIAL


def _social(picture: Pillow.Image, focus: tuple[float, float]) -> Encoded:
    card = picture.crop(crop_box(picture.size, SOCIAL[0] / SOCIAL[1], focus)).resize(SOCIAL, Pillow.Resampling.LANCZOS)
    for quality in (82, 70, 55, 40, 25, 10):
        content = _bytes(card, "JPEG", quality=quality, optimize=True)
        if len(content) <= SOCIAL_LIMIT:
            break
    return Encoded("social", *SOCIAL, "jpg", content)


def _bytes(picture: Pillow.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    # A fresh image carries no EXIF, GPS or comments into the file.
    picture.info.clear()
    picture.save(out, kind, **options)
    return out.getvalue()
