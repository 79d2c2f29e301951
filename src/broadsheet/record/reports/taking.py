"""Taking in what a reader reports: how much is taken, what is held back, what is folded into one case."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from broadsheet.delivery import mailing, outbox
from broadsheet.record.reports import senders
from broadsheet.record.reports.actions import last_version
from broadsheet.record.reports.models import Report, ReportState, Suspicion
from broadsheet.record.reports.wording import digest, has_many_links

ARRIVED = "reports.arrived"
"""The task of the outbox that tells the newsroom."""
OF_STORY, USUAL, MOST = 40, 200, 1_000
"""Reports of one day: on a story, of all beyond which they are held back, of all that are taken."""
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader wrote, within bounds."""

    kind: str
    problem: str
    passage: str = ""
    source: str = ""
    email: str = ""


class AlreadySent(Exception):
    """The form was used; `report` came with it."""

    def __init__(self, report: Report) -> None:
        super().__init__(report.pk)
        self.report = report


class TooMany(Exception):
    """More are not taken now; the message says to whom that applies, in the reader's language."""


def take_in(*, story: int, said: Said, nonce: str, address: str, is_trapped: bool = False) -> Report:
    """Keep a reader's report; what looks like spam is held back, what says the same as an open one is folded into it.

    Raises AlreadySent for a form that was used, TooMany when the sender, the story or the day has no room.
    """
    try:
        return _take_in(story, said, nonce, address, is_trapped)
    except IntegrityError:
        # A button pressed twice: where several write at once the other one was not there yet when it was looked for.
        if sent := Report.objects.filter(nonce=nonce).first():
            raise AlreadySent(sent) from None
        raise


@transaction.atomic
def _take_in(story: int, said: Said, nonce: str, address: str, is_trapped: bool) -> Report:
    if sent := Report.objects.filter(nonce=nonce).first():
        raise AlreadySent(sent)
    now = timezone.now()
    today = Report.objects.filter(moment__gt=now - DAY).order_by()
    all_today = today[:MOST].count()
    if not senders.has_room(address, now):
        raise TooMany(
            _("Many reports came from your connection. Please send this one later; nothing you wrote is lost while this page stays open.")
        )
    if all_today >= MOST or today.filter(story=story)[:OF_STORY].count() >= OF_STORY:
        raise TooMany(
            _(
                "The desk has more reports than it can read just now. Please send this one later; nothing you wrote is lost while this page stays open."
            )
        )
    senders.count(address, now)
    suspicion = ""
    if is_trapped:
        suspicion = Suspicion.TRAP
    elif has_many_links(said.passage, said.problem):
        suspicion = Suspicion.LINKS
    elif all_today >= USUAL:
        suspicion = Suspicion.MANY
    same = digest(story, said.passage, said.problem)
    open_ones = Report.objects.filter(digest=same, same_as=None, state__in=[ReportState.OPEN, ReportState.QUARANTINED])
    first = open_ones.order_by("pk").first()
    report = Report.objects.create(
        story=story, version=last_version(story), nonce=nonce, moment=now, kind=said.kind, passage=said.passage, problem=said.problem,
        source=said.source, email=said.email, digest=same, same_as=first, suspicion=suspicion,
        state=ReportState.QUARANTINED if suspicion else ReportState.OPEN,
    )  # fmt: skip
    if not suspicion and first is None and mailing.is_set():
        outbox.put(ARRIVED, report=report.pk)
    return report
