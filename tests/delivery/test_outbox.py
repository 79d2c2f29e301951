"""Side effects are carried out once, and again when they fail."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from broadsheet.delivery import outbox
from broadsheet.delivery.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def handled(monkeypatch):
    seen = []

    def work(payload):
        seen.append(payload)
        if payload["fail"] >= len(seen):
            raise RuntimeError("no answer")

    monkeypatch.setitem(outbox._handlers, "test.work", work)
    return seen


def test_a_failing_task_is_tried_again_later(handled):
    task = outbox.put("test.work", fail=1)
    assert outbox.run_due() == 0
    task.refresh_from_db()
    assert task.error == "RuntimeError: no answer" and task.next_attempt_at > timezone.now()
    assert outbox.run_due() == 0 and len(handled) == 1
    assert outbox.run_due(now=timezone.now() + dt.timedelta(hours=1)) == 1
    task.refresh_from_db()
    assert task.status == Task.Status.DONE and task.error == ""


def test_a_task_nobody_can_do_fails_in_the_end_and_holds_up_nobody(handled):
    lost = outbox.put("test.work", fail=99)
    other = outbox.put("test.unknown")
    for hour in range(0, 2000, 10):
        outbox.run_due(now=timezone.now() + dt.timedelta(hours=hour))
    assert set(Task.objects.filter(pk__in=[lost.pk, other.pk]).values_list("status", "attempts")) == {("failed", outbox.ATTEMPTS)}
