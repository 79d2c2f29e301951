"""Files that a power cut does not take."""

from __future__ import annotations

import os

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection

from broadsheet.durable import put_in_place
from broadsheet.media.storage import DurableStorage


def test_a_file_and_the_folders_above_it_are_on_disk_when_save_returns(tmp_path, monkeypatch) -> None:
    synced = []
    monkeypatch.setattr(os, "fsync", lambda opened: synced.append(os.readlink(f"/proc/self/fd/{opened}")))
    saved = DurableStorage(location=str(tmp_path)).save("p/ab/quay.webp", ContentFile(b"picture"))
    assert synced == [str(tmp_path / saved), str(tmp_path / "p/ab"), str(tmp_path / "p"), str(tmp_path)]
    assert (tmp_path / saved).read_bytes() == b"picture"


@pytest.mark.parametrize("name", ["default", "public"])
def test_both_folders_of_media_are_kept_so(name) -> None:
    assert isinstance(storages[name], DurableStorage)


@pytest.mark.django_db
def test_what_is_committed_stays_committed_without_power() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL syncs every commit unless its operator says otherwise")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (2,), "FULL: with NORMAL the last commits of a WAL may be gone"


def test_a_name_is_given_to_what_is_on_the_disk(tmp_path, monkeypatch) -> None:
    done = []
    part, target = tmp_path / "a.part", tmp_path / "b" / "a"
    target.parent.mkdir()
    part.write_text("whole")
    monkeypatch.setattr(os, "fsync", lambda opened: done.append((os.readlink(f"/proc/self/fd/{opened}"), target.exists())))
    put_in_place(part, target)
    assert done == [(str(part), False), (str(target.parent), True)] and target.read_text() == "whole"
