"""Letters about reports: to the newsroom that one came in, to a reader that theirs is answered. Sent by the outbox, after the commit."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from broadsheet.delivery import mailing, outbox
from broadsheet.people.languages import interface_language
from broadsheet.reader.changes import report_address
from broadsheet.record.reports.actions import CLOSED
from broadsheet.record.reports.models import Reason, Report, ReportKind, ReportState
from broadsheet.record.reports.taking import ARRIVED
from broadsheet.stories.models import Story
from broadsheet.stories.permalinks import absolute
from broadsheet.stories.projections import publication


@outbox.handler(ARRIVED)
def tell_the_newsroom(payload: dict[str, Any]) -> None:
    """Tell the newsroom's address, if there is one, that a report waits; of the reader nothing is told."""
    paper = publication()
    report = Report.objects.filter(pk=payload["report"]).first()
    if report is None or not paper.reports_to or not report.is_open or not mailing.is_set():
        return
    story = Story.objects.filter(pk=report.story).first()
    with override(interface_language(paper.language)):
        lines = [
            story.title if story else "", str(ReportKind(report.kind).label), report.passage and f"“{report.passage}”", report.problem,
            absolute(f"/desk/changes/reports/{report.pk}/"),
        ]  # fmt: skip
        mailing.send(to=paper.reports_to, subject=": ".join([paper.name, _("A reader reports a mistake")]), text=_lines(lines))


@outbox.handler(CLOSED)
def answer_the_reader(payload: dict[str, Any]) -> None:
    """Send a reader who left an address what the desk says, in the language of the publication."""
    report = Report.objects.filter(pk=payload["report"]).select_related("same_as").first()
    if report is None or not report.email or not mailing.is_set():
        return
    case, paper = report.same_as or report, publication()
    story = Story.objects.filter(pk=report.story).first()
    # Opened again meanwhile.
    if case.is_open or case.reason == Reason.SPAM:
        return
    with override(interface_language(paper.language)):
        said = _("Corrected. Thank you.") if case.state == ReportState.CORRECTED else str(Reason(case.reason).label) if case.reason else ""
        lines = [
            _("You reported a mistake in “%(headline)s”.") % {"headline": story.title if story else ""}, said, case.answer,
            absolute(f"{report_address(story.permalink)}{report.reference}/") if story and story.live and story.permalink else "",
            paper.name,
        ]  # fmt: skip
        mailing.send(to=report.email, subject=": ".join([paper.name, _("Your report")]), text=_lines(lines))
    Report.objects.filter(pk=report.pk).update(mailed=timezone.now())


def _lines(lines: list[str]) -> str:
    return "\n\n".join(line for line in lines if line) + "\n"
