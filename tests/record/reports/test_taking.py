"""A report is taken in once, whatever its sender's browser does."""

from __future__ import annotations

import pytest

from broadsheet.record.reports import taking
from broadsheet.record.reports.models import Report
from broadsheet.record.reports.taking import AlreadySent, Said

pytestmark = pytest.mark.django_db


def test_a_button_pressed_twice_sends_one_report_though_neither_sees_the_other(make_story, monkeypatch):
    story = make_story()
    first = taking.take_in(story=story.pk, said=Said("fact", "Not at noon."), nonce="n", address="203.0.113.9")
    manager, looked = type(Report.objects), []
    real = manager.filter

    def filter_(self, *args, **wanted):
        if "nonce" in wanted and not looked:
            looked.append(wanted)
            return self.none()
        return real(self, *args, **wanted)

    monkeypatch.setattr(manager, "filter", filter_)
    with pytest.raises(AlreadySent) as sent:
        taking.take_in(story=story.pk, said=Said("fact", "Not at noon."), nonce="n", address="203.0.113.9")
    assert looked and sent.value.report == first and Report.objects.count() == 1
