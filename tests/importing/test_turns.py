"""Batches share a transaction for a moment, and others get their turn."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from broadsheet.importing import turns
from broadsheet.people.models import Person

pytestmark = pytest.mark.django_db


def write(names) -> int:
    with transaction.atomic():
        for name in names:
            Person.objects.create(name=name, slug=name)
    return len(names)


def test_batches_of_one_moment_share_a_transaction(monkeypatch) -> None:
    monkeypatch.setattr(turns, "SECONDS", 60)
    with CaptureQueriesContext(connection) as seen:
        assert list(turns.in_turns(iter([["ada", "bo"], ["cy"]]), write)) == [3]
    if connection.vendor == "sqlite":
        # One that stands for the transaction, which a test has begun already.
        assert len([query["sql"] for query in seen.captured_queries if query["sql"].startswith("SAVEPOINT")]) == 1
    with transaction.atomic(), pytest.raises(ValueError), transaction.atomic():
        Person.objects.create(name="dan", slug="dan")
        raise ValueError
    # What comes after an import may be taken back in part, as ever.
    assert set(Person.objects.values_list("name", flat=True)) == {"ada", "bo", "cy"}


def test_every_turn_ends(monkeypatch) -> None:
    monkeypatch.setattr(turns, "SECONDS", 0)
    assert list(turns.in_turns(iter([["ada"], ["bo"]]), write)) == [1, 1]


def test_a_turn_that_fails_leaves_what_was_before(monkeypatch) -> None:
    monkeypatch.setattr(turns, "SECONDS", 60)

    def fails(names) -> int:
        if "bo" in names:
            raise ValueError
        return write(names)

    done = turns.in_turns(iter([["ada"], ["bo"]]), fails)
    with pytest.raises(ValueError):
        next(done)
    assert not Person.objects.exists()
    with transaction.atomic():
        write(["ada"])
    assert Person.objects.count() == 1


def test_portions_are_smaller_where_things_are_large() -> None:
    assert list(turns.portions([1, 1, 1, 9, 1, 20, 1], 3, int, 10)) == [[1, 1, 1], [9, 1], [20], [1]]
    assert list(turns.portions([], 3, int, 10)) == []
