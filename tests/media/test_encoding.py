"""What readers get of a picture."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import ExifTags
from PIL import Image as Pillow

from broadsheet.media import encoding
from broadsheet.media.encoding import SOCIAL_LIMIT, UnreadablePicture, encode, measure_picture, open_picture, shapes

HOSTILE = Path(__file__).resolve().parents[3] / "shared/fixtures/security"


def written(picture, kind, **options):
    out = io.BytesIO()
    picture.save(out, kind, **options)
    out.seek(0)
    return out


def test_camera_data_is_removed_and_the_picture_stands_upright():
    exif = Pillow.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    picture = open_picture(written(Pillow.new("RGB", (300, 200), "red"), "JPEG", exif=exif))
    assert picture.size == (200, 300)
    for file in encode(picture):
        again = Pillow.open(io.BytesIO(file.content))
        assert not again.getexif()
        assert again.size == (file.width, file.height)


def test_cmyk_and_transparency_become_rgb_on_white():
    assert open_picture(written(Pillow.new("CMYK", (20, 20)), "JPEG")).mode == "RGB"
    assert open_picture(written(Pillow.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG")).getpixel((5, 5)) == (255, 255, 255)


def test_too_many_pixels_are_refused_before_decoding(monkeypatch):
    monkeypatch.setattr(encoding, "MAX_PIXELS", 399)
    with pytest.raises(UnreadablePicture, match="20 × 20"):
        open_picture(written(Pillow.new("RGB", (20, 20)), "PNG"))


def test_the_picture_for_sharing_fits_even_when_it_is_noise():
    noise = Pillow.effect_noise((1300, 700), 120).convert("RGB")
    social = [f for f in encode(noise) if f.crop == "social"]
    assert [(f.width, f.height, f.ending) for f in social] == [(1200, 630, "jpg")]
    assert len(social[0].content) <= SOCIAL_LIMIT


def test_the_focus_survives_every_crop():
    picture = Pillow.new("RGB", (1200, 300), "white")
    picture.paste("red", (1140, 120, 1180, 180))
    for file in encode(picture, focus=(1160 / 1200, 0.5)):
        pixels = Pillow.open(io.BytesIO(file.content)).convert("RGB").get_flattened_data()
        assert any(r > 180 and g < 90 and b < 90 for r, g, b in pixels), file.crop


def test_hostile_files_are_refused_or_read():
    files = [p for folder in HOSTILE.glob("pillow*") for p in sorted(folder.rglob("*")) if p.is_file() and p.stat().st_size < 200_000][:40]
    if not files:
        pytest.skip("the hostile pictures are not here")
    for file in files:
        with file.open("rb") as handle:
            try:
                assert open_picture(handle).mode == "RGB"
            except UnreadablePicture as error:
                assert str(error)


@pytest.mark.parametrize("size", [(40, 30), (500, 900), (1000, 600), (2000, 1400)])
@pytest.mark.parametrize("orientation", [1, 6])
def test_what_would_be_made_of_a_picture_is_known_without_decoding_it(size, orientation):
    exif = Pillow.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    file = written(Pillow.new("RGB", size, "navy"), "JPEG", exif=exif)
    made = [(one.crop, one.width, one.height) for one in encode(open_picture(file)) if one.ending == "jpg"]
    assert list(shapes(measure_picture(file))) == made


def test_what_is_no_picture_is_said_in_words_for_people():
    for read in (open_picture, measure_picture):
        with pytest.raises(UnreadablePicture, match="^not a readable JPEG, PNG, WebP, GIF or AVIF picture$"):
            read(io.BytesIO(b"<html>"))
