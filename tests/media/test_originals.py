"""Originals that nothing names are found, and no others."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from broadsheet.importing.one_at_a_time import alone
from broadsheet.media import originals
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
        f"ok  originals (1 files, 0.0 MB, are left of what was killed: broadsheet check --remove-left-over deletes {storage.path(left)} …)"
        in capsys.readouterr().out
    )
    Path(settings.DATA).mkdir(exist_ok=True)
    with alone():
        assert doctor.remove_left_over() == 1 and "another import is running" in capsys.readouterr().err
    assert doctor.remove_left_over() == 0 and "1 originals" in capsys.readouterr().out
    assert not storage.exists(left) and storage.exists(young) and storage.exists(Document.objects.get().file.name)
    assert doctor.remove_left_over() == 0 and "0 originals" in capsys.readouterr().out


def test_what_was_named_meanwhile_stays(monkeypatch) -> None:
    path = Path(Document.objects.create(title="Kept", file=ContentFile(b"kept", name="kept.pdf")).file.path)
    monkeypatch.setattr(originals, "unnamed", lambda: iter([path]))
    assert originals.remove_unnamed() == (0, 0) and path.exists()
