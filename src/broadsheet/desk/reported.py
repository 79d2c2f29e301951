"""What readers say is wrong: the queue, and one screen on which a report is answered, dismissed or led to a correction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.permissions import page_permission_policy

from broadsheet.delivery import mailing
from broadsheet.people.models import direction_of
from broadsheet.reader.changes import changes_address
from broadsheet.record import history
from broadsheet.record.models import Kind
from broadsheet.record.reports import actions
from broadsheet.record.reports.actions import CannotClose
from broadsheet.record.reports.models import Reason, Report, ReportKind, ReportState, Suspicion
from broadsheet.record.reports.queries import cases, counted, open_ones, place_of, senders_of, with_address
from broadsheet.record.reports.wording import tidy
from broadsheet.stories.models import Byline, Story

PER_PAGE = 20
LONGEST_ANSWER = 4_000
STATES = (
    (ReportState.OPEN, gettext_lazy("Open")), (ReportState.QUARANTINED, gettext_lazy("Held back")),
    (ReportState.ANSWERED, gettext_lazy("Answered")), (ReportState.CORRECTED, gettext_lazy("Corrected")),
    (ReportState.DISMISSED, gettext_lazy("Dismissed")),
)  # fmt: skip
KINDS = (
    (ReportKind.FACT, gettext_lazy("Fact")), (ReportKind.LINK, gettext_lazy("Link")), (ReportKind.LANGUAGE, gettext_lazy("Language")),
    (ReportKind.OTHER, gettext_lazy("Other")),
)  # fmt: skip


SUSPICIONS = {
    Suspicion.TRAP: gettext_lazy("A field was filled in that people do not see."),
    Suspicion.LINKS: gettext_lazy("It holds more links than a report needs."),
    Suspicion.MANY: gettext_lazy("More reports came in than on any usual day."),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A report in the queue."""

    url: str
    report: Report
    kind: str
    state: str
    headline: str
    readers: int
    """How many say the same."""
    why: str
    """It is held back; empty of others."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A state or kind that can be looked at alone."""

    label: str
    url: str
    current: bool
    count: int | None = None


def visible(user: Any) -> QuerySet[Report]:
    """Reports on stories that somebody may publish, or has written; of a story that was deleted only administrators see them."""
    if user.is_superuser:
        return cases()
    by_them = Byline.objects.filter(story=OuterRef("pk"), person__user=user)
    theirs = (
        Q(owner=user) | Exists(by_them) | Q(pk__in=page_permission_policy.instances_user_has_permission_for(user, "publish").values("pk"))
    )
    return cases().filter(Exists(Story.objects.filter(theirs, pk=OuterRef("story"))))


def queue(request: HttpRequest) -> HttpResponse:
    """Reports by state and kind, those that wait the longest first."""
    state = request.GET.get("state", ReportState.OPEN)
    kind = request.GET.get("kind", "")
    if state not in ReportState.values or kind and kind not in ReportKind.values:
        raise Http404
    seen = visible(request.user)
    counts = counted(seen)
    chosen = seen.filter(state=state, **({"kind": kind} if kind else {}))
    page = Paginator(chosen.order_by("pk") if state == ReportState.OPEN else chosen, PER_PAGE).get_page(request.GET.get("p"))
    titles = dict(Story.objects.filter(pk__in={one.story for one in page}).values_list("pk", "title"))
    readers = senders_of(page)
    kinds, states = dict(KINDS), dict(STATES)
    rows = [
        Row(
            reverse("desk_report", args=[one.pk]), one, str(kinds[ReportKind(one.kind)]), str(states[ReportState(one.state)]),
            titles.get(one.story, _("A story that was deleted")), readers.get(one.pk, 1), _why(one),
        )
        for one in page
    ]  # fmt: skip

    def at(**changed: str) -> str:
        query = {name: value for name, value in {"state": state, "kind": kind, **changed}.items() if value}
        return f"{reverse('desk_reports')}?{urlencode(query)}"

    title = _("Readers’ reports")
    context = {
        "header_title": title, "page_title": title, "header_icon": "warning", "rows": rows, "items": page,
        "states": [Tab(str(label), at(state=one), one == state, counts.get(one, 0)) for one, label in STATES],
        "kinds": [Tab(_("All"), at(kind=""), not kind), *(Tab(str(label), at(kind=one), one == kind) for one, label in KINDS)],
        "is_open": state == ReportState.OPEN, "mail_is_set": mailing.is_set(),
    }  # fmt: skip
    return TemplateResponse(request, "broadsheet_desk/reports.html", context)


def show(request: HttpRequest, report: int) -> HttpResponse:
    """One report with its passage in the text, and what may be done about it."""
    found = visible(request.user).filter(pk=report).select_related("closed_by").first()
    if found is None:
        raise Http404
    page = Story.objects.filter(pk=found.story).first()
    may = page.permissions_for_user(request.user) if page else None
    may_answer = bool(may.can_publish() if may else request.user.is_superuser)
    error, typed = "", found.answer
    if request.method == "POST":
        typed = tidy(request.POST.get("answer", ""), lines=True)[:LONGEST_ANSWER]
        try:
            return _done(request, found, typed, may_answer, may_edit=bool(may and may.can_edit()))
        except CannotClose as refused:
            error = str(refused)
            found.refresh_from_db()
    return TemplateResponse(
        request,
        "broadsheet_desk/report.html",
        _context(request, found, page, may_answer, may_edit=bool(may and may.can_edit()), typed=typed, error=error),
    )


def _done(request: HttpRequest, report: Report, answer: str, may_answer: bool, *, may_edit: bool) -> HttpResponse:
    """Carry out what was chosen, and lead to what waits next; raises CannotClose."""
    do, by = request.POST.get("do", ""), request.user
    if do in ("keep", "correct"):
        actions.keep_answer(report=report, answer=answer, by=by)  # type: ignore[arg-type]
        if do == "correct":
            if not may_edit:
                raise PermissionDenied
            return HttpResponseRedirect(f"{reverse('wagtailadmin_pages:edit', args=[report.story])}?report={report.pk}")
        messages.success(request, _("Kept. Readers do not see it yet."))
        return HttpResponseRedirect(request.path)
    if not may_answer:
        raise PermissionDenied
    if do == "answer":
        actions.answer(report=report, answer=answer, by=by)  # type: ignore[arg-type]
        messages.success(request, _("Answered. The reader sees it now."))
    elif do == "dismiss":
        actions.dismiss(report=report, reason=request.POST.get("reason", ""), answer=answer, by=by)  # type: ignore[arg-type]
        messages.success(request, _("Dismissed. The reader sees the reason."))
    elif do == "corrected":
        number = request.POST.get("version", "")
        version = int(number) if number.isascii() and number.isdecimal() and len(number) < 9 else 0
        actions.correct(report=report, version=version, by=by)  # type: ignore[arg-type]
        messages.success(request, _("Linked with the correction. The reader sees it now."))
    elif do == "release":
        actions.release(report=report, by=by)  # type: ignore[arg-type]
        messages.success(request, _("It waits among the open reports."))
        return HttpResponseRedirect(request.path)
    else:
        raise CannotClose(_("Choose what is to be done."))
    return HttpResponseRedirect(_next(request, report))


def _next(request: HttpRequest, report: Report) -> str:
    """The open report that waits the longest; where there is none, the queue. What has to be answered by hand stays on the screen."""
    if not mailing.is_set() and report.reason != Reason.SPAM and with_address(report):
        return request.path
    waiting = visible(request.user).filter(state=ReportState.OPEN).order_by("pk").values_list("pk", flat=True).first()
    return reverse("desk_report", args=[waiting]) if waiting else reverse("desk_reports")


def _context(
    request: HttpRequest, report: Report, page: Story | None, may_answer: bool, *, may_edit: bool, typed: str, error: str
) -> dict[str, Any]:
    versions = [one for one in history.versions(report.story) if one.kind != Kind.REMOVAL]
    place = place_of(report)
    language = page.language if page and page.language else "en"
    public = page.permalink or "" if page and page.live else ""
    addresses = with_address(report) if may_answer else []
    corrected = next((one for one in versions if one.number == report.corrected_by), None)
    headline = page.title if page else _("A story that was deleted")
    title = _("Report: %(story)s") % {"story": headline}
    return {
        "header_title": title, "page_title": title, "header_icon": "warning", "report": report, "why": _why(report), "headline": headline,
        "kind": dict(KINDS)[ReportKind(report.kind)], "state": dict(STATES)[ReportState(report.state)], "place": place,
        "place_label": str(Kind(place.version.kind).label) if place and place.version else "",
        "direction": direction_of(language), "readers": senders_of([report]).get(report.pk, 1), "typed": typed, "error": error,
        "reasons": Reason.choices, "may_answer": may_answer, "may_edit": may_edit, "chosen_reason": request.POST.get("reason", ""),
        "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]) if page and may_edit else "", "public_url": public,
        "reader_url": f"{public.rstrip('/')}/report/{report.reference}/" if public else "",
        "change_url": f"{changes_address(public)}#version-{corrected.number}" if public and corrected else "",
        "newer": [(one.number, str(Kind(one.kind).label), one.moment) for one in reversed(versions) if one.number > report.version][:20],
        "by_hand": [_mailto(one, report, headline) for one in addresses if not one.mailed] if not mailing.is_set() else [],
        "is_mailed": bool(addresses) and mailing.is_set(), "mails": [one for one in addresses if one.mailed],
        "others_open": open_ones(report.story).exclude(pk=report.pk).count() if page else 0, "queue_url": reverse("desk_reports"),
        "breadcrumbs_items": [{"url": reverse("desk_reports"), "label": _("Readers’ reports")}, {"url": "", "label": headline}],
    }  # fmt: skip


def _why(report: Report) -> str:
    return str(SUSPICIONS[Suspicion(report.suspicion)]) if report.suspicion else ""


def _mailto(one: Report, case: Report, headline: str) -> tuple[str, str]:
    """An address, and a link that begins a letter to it."""
    said = case.answer or (str(Reason(case.reason).label) if case.reason else "")
    query = urlencode({"subject": headline, "body": said}, quote_via=quote)
    return one.email, f"mailto:{quote(one.email, safe='@')}?{query}"


def attach(page: Story, asked_for: str, user: Any) -> None:
    """Begin a draft that answers a report: what is said of the change is filled in where nothing was, in words of the newsroom's, never the reader's."""
    if not (asked_for.isascii() and asked_for.isdecimal() and len(asked_for) < 19):
        return
    report = visible(user).filter(pk=int(asked_for), story=page.pk, state=ReportState.OPEN).first()
    if report is None:
        return
    page.change_report = report.pk
    page.change_kind = page.change_kind or (Kind.MINOR if report.kind == ReportKind.LANGUAGE else Kind.CORRECTION)
    page.change_wrong = page.change_wrong or (f"“{report.passage}”" if report.passage else "")
    page.change_note = page.change_note or report.answer


def choices_for(page: Story) -> list[tuple[Any, str]]:
    """Reports that the next change of a story can answer: those that wait, and the one that its draft names."""
    if not page.pk:
        return []
    either = Q(state=ReportState.OPEN) | Q(pk=page.change_report or 0)
    found = cases().filter(either, story=page.pk)[:50]
    return [(one.pk, f"{one.moment:%Y-%m-%d}: {one.problem[:80]}{'…' if len(one.problem) > 80 else ''}") for one in found]
