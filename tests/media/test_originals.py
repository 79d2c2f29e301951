"""Originals that nothing names are found, and no others."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from broadsheet.media.models import Document
from broadsheet.media.originals import unnamed
from broadsheet.ops import doctor

pytestmark = pytest.mark.django_db


def test_what_was_killed_left_is_counted_and_what_is_named_or_young_is_not(capsys) -> None:
    storage = storages["default"]
    Document.objects.create(title="Kept", file=ContentFile(b"kept", name="kept.pdf"))
    left, young = storage.save("original_images/left.jpg", ContentFile(b"left")), storage.save("documents/young.pdf", ContentFile(b"young"))
    hours_ago = time.time() - 7200
    for path in Path(storage.location).rglob("*.*"):
        if path.name != Path(young).name:
            os.utime(path, (hours_ago, hours_ago))
    assert [str(path) for path in unnamed()] == [storage.path(left)]
    doctor.check()
    assert (
        f"ok  originals (1 files, 0.0 MB, are left of what was killed and may be deleted: {storage.path(left)} …)"
        in capsys.readouterr().out
    )
