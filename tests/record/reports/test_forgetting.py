"""What readers are promised to be forgotten is forgotten, and what the law asks about is never there."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from broadsheet.ops.worker import Worker
from broadsheet.record.reports import actions, senders, taking
from broadsheet.record.reports.models import Report, SenderKey, SentInHour
from broadsheet.record.reports.taking import Said

pytestmark = pytest.mark.django_db


def take_in(story, number, **more):
    said = Said("fact", f"Mistake {number}", email="ada@example.org")
    return taking.take_in(story=story.pk, said=said, nonce=str(number), address="203.0.113.9", **more)


def test_addresses_go_when_they_are_not_needed_any_more(make_story, editor):
    story, now = make_story(), timezone.now()
    closed, lately, waiting, forgotten = (take_in(story, n) for n in range(4))
    for one, days in ((closed, 31), (lately, 29)):
        actions.answer(report=one, answer="Thank you.", by=editor)
        Report.objects.filter(pk=one.pk).update(closed=now - dt.timedelta(days=days))
    Report.objects.filter(pk=forgotten.pk).update(moment=now - dt.timedelta(days=181))
    assert actions.forget(days=30) == 2
    left = set(Report.objects.exclude(email="").values_list("pk", flat=True))
    assert left == {lately.pk, waiting.pk} and Report.objects.count() == 4
    assert actions.forget(days=0) == 1 and Report.objects.exclude(email="").get().pk == waiting.pk


def test_what_was_no_report_goes_altogether(make_story, editor):
    story, old = make_story(), timezone.now() - dt.timedelta(days=31)
    held, spam, kept = take_in(story, 1, is_trapped=True), take_in(story, 2), take_in(story, 3)
    actions.dismiss(report=spam, reason="spam", answer="", by=editor)
    Report.objects.filter(pk=spam.pk).update(closed=old)
    Report.objects.filter(pk=held.pk).update(moment=old)
    actions.forget(days=30)
    assert Report.objects.get().pk == kept.pk


def test_the_worker_does_it_once_an_hour(make_story, settings):
    report = take_in(make_story(), 1)
    Report.objects.update(closed=timezone.now() - dt.timedelta(days=8), state="answered")
    worker = Worker()
    settings.REPORT_DAYS = 30
    worker.work()
    assert Report.objects.get(pk=report.pk).email
    settings.REPORT_DAYS = 7
    worker.work()
    assert Report.objects.get(pk=report.pk).email, "not every other second"
    worker.forgets_next = 0.0
    worker.work()
    assert not Report.objects.get(pk=report.pk).email


def test_counts_and_their_keys_go_after_two_days(make_story):
    take_in(make_story(), 1)
    now = timezone.now()
    assert SentInHour.objects.count() == SenderKey.objects.count() == 1
    senders.forget(now + dt.timedelta(days=1))
    assert SentInHour.objects.count() == SenderKey.objects.count() == 1
    senders.forget(now + dt.timedelta(days=3, hours=2))
    assert not SentInHour.objects.exists() and not SenderKey.objects.exists()


def test_an_address_is_counted_under_another_name_each_day():
    now = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
    for day in range(2):
        senders.count("203.0.113.9", now + dt.timedelta(days=day))
    assert SentInHour.objects.values("mark").distinct().count() == 2


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("8.8.8.8", "1.1.1.1", "8.8.8.8"),
        ("127.0.0.1", "1.1.1.1, 8.8.4.4", "8.8.4.4"),
        ("10.0.0.2", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::1", "nonsense", "::"),
        ("::ffff:8.8.8.8", "", "8.8.8.8"),
        ("", "8.8.8.8", "8.8.8.8"),
        ("", "", ""),
        ("fe80::1%eth0", "", "fe80::"),
    ],
)
def test_who_asks(peer, forwarded, address):
    assert senders.address_of(peer, forwarded) == address
