"""The record at the desk: changes nobody has classified, the history of a story, texts and words that have to be taken out of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.permissions import page_permission_policy

from broadsheet.desk.reported import visible
from broadsheet.html import without_control
from broadsheet.people.models import direction_of
from broadsheet.reader.changes import changes_address
from broadsheet.record import actions, history
from broadsheet.record.actions import CannotSay, Said
from broadsheet.record.difference import Difference, compare
from broadsheet.record.history import Version
from broadsheet.record.models import CHOSEN, Change, Kind
from broadsheet.stories.corrections import classify, take_back, take_out
from broadsheet.stories.models import Story
from broadsheet.stories.projections import publication
from broadsheet.stories.queries import SectionTree

PER_PAGE = 10
MAY_TAKE_OUT = "record.change_changetext"
KINDS = [(kind.value, kind.label) for kind in CHOSEN]


@dataclass(frozen=True, slots=True)
class Entry:
    """A version with what may be done about it."""

    story: int
    headline: str
    version: Version
    label: str
    language: str
    direction: str
    difference: Difference | None
    edit_url: str
    public_url: str
    """Empty of a story that is not public."""
    record_url: str
    asked: dict[str, str]
    """What was typed, where it was not taken."""
    may_classify: bool
    has_text: bool
    reports: tuple[str, ...]
    """Where the readers' reports are that it answers."""


def unclassified(user: Any) -> QuerySet[Change]:
    """Changes of stories that somebody may publish and of which nobody has said what kind they are, the newest first."""
    said = Change.objects.filter(story=OuterRef("story"), about=OuterRef("number"), kind__in=CHOSEN)
    waiting = Change.objects.filter(~Exists(said), chosen=False, about=None).order_by("-pk")
    stories = Story.objects.all() if user.is_superuser else page_permission_policy.instances_user_has_permission_for(user, "publish")
    return waiting.filter(Exists(stories.filter(pk=OuterRef("story"))))


def queue(request: HttpRequest) -> HttpResponse:
    """The changes nobody has classified; a kind is chosen and sent without leaving the keyboard, and the next one is first."""
    refused: dict[tuple[int, int], dict[str, str]] = {}
    if request.method == "POST":
        answer = _classified(request, refused)
        if answer:
            return answer
    page = Paginator(unclassified(request.user), PER_PAGE).get_page(request.GET.get("p"))
    context = _context(
        _("Changes nobody has classified"), _entries(request, [(one.story, one.number) for one in page], refused), items=page
    )
    return TemplateResponse(request, "broadsheet_desk/changes.html", context)


def record(request: HttpRequest, story: int) -> HttpResponse:
    """The record of a story: every version, what was said of it, and what may be done about it."""
    page = Story.objects.filter(pk=story).first()
    if page is None and not request.user.is_superuser or page is not None and not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    known = history.versions(story)
    if not known:
        raise Http404
    refused: dict[tuple[int, int], dict[str, str]] = {}
    if request.method == "POST":
        if _numbers(request)[0] != story:
            raise Http404
        doing = {"take_out": _taken_out, "take_back": _taken_back, "explain": _explained}.get(request.POST.get("do", ""), _classified)
        answer = doing(request, refused)
        if answer:
            return answer
        known = history.versions(story)
    entries = _entries(request, [(story, one.number) for one in reversed(known)][:50], refused)
    removed = known[-1] if known[-1].kind == Kind.REMOVAL else None
    title = _("Record: %(story)s") % {"story": page.get_admin_display_title() if page else story}
    context = _context(
        title, entries, story=story, removed=removed, may_take_out=_may_take_out(request), may_explain=_may_publish(request, story),
        public_url=changes_address(page.permalink) if page and page.live and page.permalink else "",
    )  # fmt: skip
    return TemplateResponse(request, "broadsheet_desk/record.html", context)


def _context(title: str, entries: list[Entry], **more: Any) -> dict[str, Any]:
    return {
        "header_title": title,
        "page_title": title,
        "header_icon": "history",
        "entries": entries,
        "kinds": KINDS,
        "site": publication(),
        **more,
    }


def _entries(request: HttpRequest, wanted: Iterable[tuple[int, int]], refused: dict[tuple[int, int], dict[str, str]]) -> list[Entry]:
    sections = {entry.id: entry.name for entry in SectionTree.read().entries}
    known: dict[int, list[Version]] = {}
    wanted, made = list(wanted), []
    reported: dict[tuple[int, int | None], list[str]] = {}
    answered = visible(request.user).filter(story__in={story for story, _number in wanted}).exclude(corrected_by=None).order_by("pk")
    for pk, story, by in answered.values_list("pk", "story", "corrected_by"):
        reported.setdefault((story, by), []).append(reverse("desk_report", args=[pk]))
    for story, number in wanted:
        if story not in known:
            known[story] = history.versions(story)
        worded = [one for one in known[story] if one.kind != Kind.REMOVAL]
        version = next(one for one in known[story] if one.number == number)
        place = worded.index(version) if version in worded else 0
        before = worded[place - 1] if place else None
        texts = history.texts(one.id for one in (before, version) if one)
        now, was = texts.get(version.id), texts.get(before.id) if before else None
        page = Story.objects.filter(pk=story).only("title", "live", "permalink", "path", "depth").first()
        language = (now or {}).get("language", "en")
        made.append(
            Entry(
                story, page.title if page else "", version, str(Kind(version.kind).label), language, direction_of(language),
                compare(was, now, sections=sections) if was and now else None, reverse("wagtailadmin_pages:edit", args=[story]),
                page.permalink or "" if page and page.live else "", reverse("desk_record", args=[story]), refused.get((story, number), {}),
                number > 1 and version.kind in CHOSEN and page is not None and _may_publish(request, story), now is not None,
                tuple(reported.get((story, number), ())),
            )
        )  # fmt: skip
    return made


def _numbers(request: HttpRequest) -> tuple[int, int]:
    story, number = (request.POST.get(name, "") for name in ("story", "number"))
    if not (story.isdecimal() and number.isdecimal() and len(story) < 19 and len(number) < 9):
        raise Http404
    return int(story), int(number)


def _typed(request: HttpRequest, name: str, most: int = 1000) -> str:
    """What stands in a field, as much as the form takes and without what neither a database nor a feed does: it can never be changed."""
    return without_control(request.POST.get(name, "")).strip()[:most]


def _may_publish(request: HttpRequest, story: int) -> bool:
    page = Story.objects.filter(pk=story).first()
    return page.permissions_for_user(request.user).can_publish() if page else bool(request.user.is_superuser)


def _may_take_out(request: HttpRequest) -> bool:
    return request.user.has_perm(MAY_TAKE_OUT)


def _classified(request: HttpRequest, refused: dict[tuple[int, int], dict[str, str]]) -> HttpResponse | None:
    story, number = _numbers(request)
    if not _may_publish(request, story):
        raise PermissionDenied
    typed = {name: _typed(request, name) for name in ("kind", "wrong", "note")}
    said = Said(typed["kind"], typed["note"], typed["wrong"] if typed["kind"] == Kind.CORRECTION else "")
    try:
        classify(story=story, number=number, said=said, by=request.user)  # type: ignore[arg-type]
    except CannotSay as error:
        refused[story, number] = {**typed, "error": str(error)}
        return None
    messages.success(request, _("Said. Readers see it now."))
    return HttpResponseRedirect(request.get_full_path())


def _taken_out(request: HttpRequest, refused: dict[tuple[int, int], dict[str, str]]) -> HttpResponse | None:
    story, number = _numbers(request)
    if not _may_take_out(request):
        raise PermissionDenied
    try:
        take_out(story=story, numbers=[number], reason=_typed(request, "reason", 500), by=request.user)  # type: ignore[arg-type]
    except CannotSay as error:
        refused[story, number] = {"error": str(error)}
        return None
    messages.success(request, _("The text is gone for good; that it was there, and the reason, stay."))
    return HttpResponseRedirect(request.get_full_path())


def _taken_back(request: HttpRequest, refused: dict[tuple[int, int], dict[str, str]]) -> HttpResponse | None:
    story, number = _numbers(request)
    if not _may_take_out(request):
        raise PermissionDenied
    try:
        take_back(story=story, number=number, reason=_typed(request, "reason", 500), by=request.user)  # type: ignore[arg-type]
    except CannotSay as error:
        refused[story, number] = {"error": str(error)}
        return None
    messages.success(request, _("The words are gone for good; that something was said, and the reason, stay."))
    return HttpResponseRedirect(request.get_full_path())


def _explained(request: HttpRequest, refused: dict[tuple[int, int], dict[str, str]]) -> HttpResponse | None:
    story, number = _numbers(request)
    if not _may_publish(request, story):
        raise PermissionDenied
    try:
        actions.explain(story=story, reason=_typed(request, "reason", 500), by=request.user)  # type: ignore[arg-type]
    except CannotSay as error:
        refused[story, number] = {"error": str(error)}
        return None
    messages.success(request, _("Said. Readers see it now."))
    return HttpResponseRedirect(request.get_full_path())


def explain_removal(request: HttpRequest, page: Any) -> None:
    """Take down the reason with the story, where one was given in the form that asked whether it should be."""
    reason = _typed(request, "reason_for_readers", 500)
    if reason and Change.objects.filter(story=page.pk).exists():
        actions.explain(story=page.pk, reason=reason, by=request.user)  # type: ignore[arg-type]
