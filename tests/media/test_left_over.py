"""An upload that is broken off is finished by the worker."""

from __future__ import annotations

import io

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Pillow

from broadsheet.delivery.models import Task
from broadsheet.media import receivers
from broadsheet.media.encoding import UnreadablePicture
from broadsheet.media.models import Image
from broadsheet.ops.worker import Worker

pytestmark = pytest.mark.django_db


def unreadable(*args, **more):
    raise UnreadablePicture("no picture")


class Killed(BaseException):
    """What no handler catches."""


def upload() -> Image:
    out = io.BytesIO()
    Pillow.new("RGB", (90, 60), "navy").save(out, "JPEG")
    image = Image(title="Gale", file=ContentFile(out.getvalue(), name="gale.jpg"))
    try:
        image.save()
    finally:
        image.file.close()
    return image


def test_a_picture_whose_upload_was_broken_off_is_encoded_later_and_shown(monkeypatch, make_story, client):
    def killed(*args, **more):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(receivers, "encode_image", killed)
        with pytest.raises(Killed):
            upload()
    image = Image.objects.get()
    assert image.encoded == {}
    story = make_story("With a picture", lead_image=image)
    assert b"-landscape-" not in client.get(story.permalink).content

    worker = Worker()
    worker.work()
    assert Image.objects.get().encoded == {}, "it may be at work still"
    worker.work(now=timezone.now() + receivers.TAKES_AT_MOST)
    worker.work(now=timezone.now() + receivers.TAKES_AT_MOST)
    assert b"-landscape-" in client.get(story.permalink).content
    assert not Task.objects.filter(status=Task.Status.WAITING).exists()


def test_an_upload_that_went_well_or_is_no_picture_leaves_nothing_to_do(monkeypatch):
    image = upload()
    assert image.encoded and not Task.objects.exists()
    monkeypatch.setattr(receivers, "encode_image", unreadable)
    assert not upload().encoded and not Task.objects.exists()
