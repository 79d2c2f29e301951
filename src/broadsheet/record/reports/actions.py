"""Verbs of readers' reports at the desk: answering, dismissing, linking it with the change that came of it, forgetting."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from broadsheet.delivery import mailing, outbox
from broadsheet.people.models import User
from broadsheet.record.models import Change, Kind
from broadsheet.record.reports import senders
from broadsheet.record.reports.models import Reason, Report, ReportState

CLOSED = "reports.closed"
"""The task of the outbox that tells a reader."""
UNWANTED = dt.timedelta(days=30)
"""For which what was held back, or is no report, is kept."""
UNANSWERED = dt.timedelta(days=180)
"""After which nobody expects an answer any more."""


class CannotClose(ValueError):
    """The desk cannot close it so; the message says why."""


def last_version(story: int) -> int:
    """The number of a story's newest version; 0 of one without."""
    newest = Change.objects.filter(story=story, about=None).exclude(kind=Kind.REMOVAL)
    return newest.order_by("-number").values_list("number", flat=True).first() or 0


@transaction.atomic
def keep_answer(*, report: Report, answer: str, by: User | None) -> None:
    """Keep what the reader will be told, while it is open: nobody sees it yet."""
    if report.is_open:
        Report.objects.filter(pk=report.pk).update(answer=answer)


def answer(*, report: Report, answer: str, by: User | None) -> None:
    """Tell the reader; said again, the last holds. Raises CannotClose without words."""
    if not answer:
        raise CannotClose(_("Write what the reader is to be told."))
    state = ReportState.CORRECTED if report.corrected_by else ReportState.ANSWERED
    _close(report, by, state=state, answer=answer, reason="")


def dismiss(*, report: Report, reason: str, answer: str, by: User | None) -> None:
    """Close it without a change; the reader sees the reason, and the answer if there is one. Raises CannotClose without a reason."""
    if reason not in Reason.values:
        raise CannotClose(_("Choose why nothing is changed."))
    _close(report, by, state=ReportState.DISMISSED, reason=reason, answer=answer, corrected_by=None)


def correct(*, report: Report, version: int, by: User | None) -> None:
    """Say which version of the story corrected it. Raises CannotClose for one that there is not, or that was public when it came in."""
    found = Change.objects.filter(story=report.story, number=version, about=None).exclude(kind=Kind.REMOVAL)
    if version <= report.version or not found.exists():
        raise CannotClose(_("Choose a version that is newer than the report."))
    _close(report, by, state=ReportState.CORRECTED, corrected_by=version, reason="")


@transaction.atomic
def release(*, report: Report, by: User | None) -> None:
    """Take what was held back, or closed, for a report that waits for the desk."""
    report.state, report.suspicion, report.reason = ReportState.OPEN, "", ""
    report.corrected_by = report.closed = report.closed_by = None
    report.save(update_fields=["state", "suspicion", "reason", "corrected_by", "closed", "closed_by"])
    _others(report).update(state=ReportState.OPEN, suspicion="", closed=None)


def corrected(*, report: int, story: int, since: int) -> bool:
    """Link a report with the version of the story that was just published, where there is one newer than `since`."""
    found = Report.objects.filter(pk=report, story=story, same_as=None).first()
    newest = last_version(story)
    if found is None or not found.is_open or newest <= max(since, found.version):
        return False
    correct(report=found, version=newest, by=None)
    return True


@transaction.atomic
def _close(report: Report, by: User | None, **fields: object) -> None:
    for name, value in {**fields, "closed": timezone.now(), "closed_by": by, "suspicion": ""}.items():
        setattr(report, name, value)
    report.save(update_fields=[*fields, "closed", "closed_by", "suspicion"])
    _others(report).update(state=report.state, suspicion="", closed=report.closed)
    if report.reason == Reason.SPAM or not mailing.is_set():
        return
    for one in (report, *_others(report)):
        if one.email:
            outbox.put(CLOSED, report=one.pk)


def _others(report: Report) -> QuerySet[Report]:
    return Report.objects.filter(same_as=report)


@transaction.atomic
def forget(*, days: int, now: dt.datetime | None = None) -> int:
    """Drop the addresses of cases that were closed so many days ago or that nobody answered for half a year, and what was no report.

    Returns how many addresses and reports.
    """
    now = now or timezone.now()
    done = Q(closed__lte=now - dt.timedelta(days=days)) | Q(moment__lte=now - UNANSWERED)
    dropped = Report.objects.filter(done).exclude(email="").update(email="")
    unwanted = Q(state=ReportState.QUARANTINED, moment__lte=now - UNWANTED) | Q(reason=Reason.SPAM, closed__lte=now - UNWANTED)
    dropped += Report.objects.filter(unwanted).delete()[0]
    senders.forget(now)
    return dropped
