"""The public pages of reports: the form under a story, which is never stored, and the page that only its sender can find."""

from __future__ import annotations

import time
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from broadsheet.reader.changes import public_story, report_address
from broadsheet.reader.frame import Frame
from broadsheet.reader.record_pages import was_removed
from broadsheet.reader.reporting import TRAP, checked, report_page, reported_page
from broadsheet.reader.views import framed, gone, page, rendered
from broadsheet.record.reports import senders, taking, tokens
from broadsheet.record.reports.models import Report
from broadsheet.record.reports.wording import PASSAGE, digest
from broadsheet.stories.projections import publication


def _story(path: str) -> tuple[Any, ...] | None:
    """The row of the public story at a path whose mistakes are reported here."""
    if "\x00" in path or path.startswith("/") or not publication().take_reports:
        return None
    return public_story(path, "/report/")


@csrf_exempt  # Nobody is signed in here, and no cookie is looked at: a signed token is, and where the form was sent from.
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, path: str) -> HttpResponse:
    """The form, and what is sent with it; of a story that is not public nothing more than of the story itself."""
    row = _story(path)
    if row is None:
        removed = was_removed(path) if "\x00" not in path and publication().take_reports else ""
        return gone(request, path=removed) if removed else page(request, f"{path}/report/")
    frame = framed(request)
    if request.method == "POST":
        # As the form is sent; what a request names instead may be no charset of texts, or give what no database takes.
        request.encoding = "utf-8"
        return _sent(request, row, frame)
    passage = request.GET.get("passage", "")[:PASSAGE]
    return _own(rendered("report", report_page(row, frame, token=tokens.issue(row[0], time.time()), typed={"passage": passage})))


def _sent(request: HttpRequest, row: tuple[Any, ...], frame: Frame) -> HttpResponse:
    """Take a report in and lead to its page; else show the form again with all that was typed, and why."""
    if not _is_from_here(request):
        return HttpResponseForbidden("This form is sent from the page it stands on.\n", content_type="text/plain; charset=utf-8")
    typed, now = request.POST.dict(), time.time()
    said, errors = checked(typed)
    kept, notice = typed.get("token", ""), ""
    try:
        token = tokens.read(kept, row[0])
    except tokens.NotOurs:
        token, notice = None, _("This form was open for too long. Nothing you wrote is lost: please send it again.")
    if token and token.is_old(now):
        token, notice = None, _("This form was open for too long. Nothing you wrote is lost: please send it again.")
    if token and token.is_early(now):
        notice = _("That was faster than anybody writes. Please look it over and send it again.")
    status = 422
    if token and not notice and not errors:
        try:
            made = taking.take_in(
                story=row[0], said=said, nonce=token.nonce, is_trapped=bool(typed.get(TRAP, "").strip()),
                address=senders.address_of(request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", "")),
            )  # fmt: skip
            return _led_to(row, made)
        except taking.AlreadySent as error:
            if error.report.digest == digest(row[0], said.passage, said.problem):
                return _led_to(row, error.report)
            token, notice = None, _("This form was sent already. To report something else, please send it once more.")
        except taking.TooMany as error:
            notice, status = str(error), 429
    again = kept if token else tokens.issue(row[0], now)
    return _own(rendered("report", report_page(row, frame, token=again, typed=typed, errors=errors, notice=notice), status=status))


def _led_to(row: tuple[Any, ...], report: Report) -> HttpResponse:
    """303 to the page of a report, so that loading it again sends nothing."""
    return _own(HttpResponse(status=303, headers={"Location": f"{report_address(row[1])}{report.reference}/"}))


@require_safe
def reported(request: HttpRequest, path: str, reference: str) -> HttpResponse:
    """What a reader reported; nobody guesses the address, and it is gone while the story is."""
    row = _row_of_report(path)
    found = Report.objects.filter(story=row[0], reference=reference).select_related("same_as").first() if row else None
    if row is None or found is None:
        removed = "" if row or "\x00" in path else was_removed(path)
        return gone(request, path=removed) if removed else page(request, f"{path}/report/{reference}/")
    answer = _own(rendered("reported", reported_page(row, framed(request), found)))
    answer.headers["Cache-Control"] = "no-store"
    # What it links to is not told its address.
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _row_of_report(path: str) -> tuple[Any, ...] | None:
    """Also where no new reports are taken: what was sent before is answered."""
    return public_story(path, "/report/") if "\x00" not in path and not path.startswith("/") else None


def _own(answer: HttpResponse) -> HttpResponse:
    """For one reader: no cache keeps it for others, no search engine lists it."""
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _is_from_here(request: HttpRequest) -> bool:
    """Whether the form stood on a page of ours; browsers that do not say are believed."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return not origin or origin.partition("://")[2] == request.get_host()
