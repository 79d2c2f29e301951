"""The desk's screen "New story from a document": upload, look, choose a section, edit."""

from __future__ import annotations

import re
import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from broadsheet.importing.documents.actions import write_story
from broadsheet.importing.documents.contexts import preview_of
from broadsheet.importing.documents.forms import DocumentForm, PlaceForm
from broadsheet.importing.documents.reading import read
from broadsheet.importing.records import ImportRefused
from broadsheet.stories.models import Section

# Where a document waits between the two screens: private, by user, only the last few.
_FOLDER = "documents-waiting"
_KEPT = 3


def sections_of(user: Any) -> list[Section]:
    """The sections in which somebody may start a story, in the order of the tree."""
    return [s for s in Section.objects.order_by("path") if s.permissions_for_user(user).can_add_subpage()]


def may_start(user: Any) -> bool:
    """Whether there is any such section; asked for the menu of every screen."""
    return any(s.permissions_for_user(user).can_add_subpage() for s in Section.objects.order_by("depth"))


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Ask for a document, show what was understood, make the draft."""
    sections = sections_of(request.user)
    if not sections:
        raise PermissionDenied
    if request.method == "POST" and (key := request.POST.get("waiting", "")):
        return _confirm(request, sections, key)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["document"]
        content = file.read()
        try:
            draft = read(file.name, content)
        except ImportRefused as refused:
            form.add_error("document", str(refused))
        else:
            key = _keep(request.user.pk, file.name, content)
            labelled = [s for label in draft.labels for s in sections if s.title.casefold() == label.casefold()]
            # The lowest, as `broadsheet read` takes it.
            first = max(labelled, key=lambda s: s.depth).pk if labelled else sections[0].pk if len(sections) == 1 else ""
            place = PlaceForm(sections=sections, has_date=bool(draft.published), initial={"section": str(first), "keep_date": True})
            return _shown(request, place, draft, key)
    return TemplateResponse(request, "broadsheet/importing/upload.html", {"form": form}, status=422 if form.errors else 200)


def _confirm(request: HttpRequest, sections: list[Section], key: str) -> HttpResponse:
    name = _waiting(request.user.pk, key)
    if name is None:
        messages.error(request, _("That document is no longer waiting. Upload it again."))
        return redirect("broadsheet_document")
    with default_storage.open(name) as file:
        draft = read(name.rpartition("/")[2].partition("--")[2], file.read())
    form = PlaceForm(request.POST, sections=sections, has_date=bool(draft.published))
    if not form.is_valid():
        return _shown(request, form, draft, key, status=422)
    section = next(s for s in sections if str(s.pk) == form.cleaned_data["section"])
    written = write_story(draft=draft, section=section, by=request.user, keep_date=form.cleaned_data.get("keep_date", False))  # type: ignore[arg-type]
    default_storage.delete(name)
    for note in (*draft.notes, *written.notes):
        messages.warning(request, note[:1].upper() + note[1:])
    return redirect(reverse("wagtailadmin_pages:edit", args=[written.story.pk]))


def _shown(request: HttpRequest, form: PlaceForm, draft: Any, key: str, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "preview": preview_of(draft), "waiting": key}
    return TemplateResponse(request, "broadsheet/importing/preview.html", context, status=status)


def _keep(user: int | None, name: str, content: bytes) -> str:
    key = secrets.token_hex(8)
    plain = re.sub(r"[^\w. -]+", "_", name.rpartition("/")[2])[-80:].lstrip(".") or "document"
    folder = f"{_FOLDER}/{user}"
    try:
        waiting = default_storage.listdir(folder)[1]
    except (FileNotFoundError, NotADirectoryError):
        waiting = []
    newest = sorted(waiting, key=lambda one: default_storage.get_modified_time(f"{folder}/{one}"), reverse=True)
    for old in newest[_KEPT - 1 :]:
        default_storage.delete(f"{folder}/{old}")
    default_storage.save(f"{folder}/{key}--{plain}", ContentFile(content))
    return key


def _waiting(user: int | None, key: str) -> str | None:
    if not re.fullmatch(r"[0-9a-f]{16}", key):
        return None
    try:
        names = default_storage.listdir(f"{_FOLDER}/{user}")[1]
    except (FileNotFoundError, NotADirectoryError):
        return None
    return next((f"{_FOLDER}/{user}/{name}" for name in names if name.startswith(f"{key}--")), None)
