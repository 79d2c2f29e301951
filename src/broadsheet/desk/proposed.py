"""What the machine thinks a text says of who said what and what happened: shown beside the editor, written nowhere."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin.panels import Panel

from broadsheet.desk.finding import SOURCES
from broadsheet.desk.queries import may_write
from broadsheet.record.proposing import Kind, Named, languages, named, proposals
from broadsheet.record.proposing.reading import MOST
from broadsheet.stories.actions import NAME, create_speaker
from broadsheet.stories.projections import publication

_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


@never_cache
@require_POST
def propose(request: HttpRequest) -> JsonResponse:
    """Statements and events of a text that is being written: `{"proposals": [{"kind", "spans", "words", "speaker", …}]}`.

    Spans count UTF-16 units, as a browser's strings do. 403 for those who write no stories, 413 for what is longer than any story.
    """
    if not may_write(request.user):  # type: ignore[arg-type]
        raise PermissionDenied
    text, language = request.POST.get("text", "").replace("\r\n", "\n"), request.POST.get("language", "")
    if len(text) > MOST:
        return JsonResponse({"error": _("The text is longer than can be read at once.")}, status=413)
    if not _LANGUAGE.fullmatch(language):
        language = publication().language
    found = [one for one in proposals(text, language, day=_day(request)) if one.kind in (Kind.STATEMENT, Kind.EVENT)]
    units = _units(text) if any(ord(sign) > 0xFFFF for sign in text) else None
    told = [one.as_json(text) for one in found]
    if units:
        for one in told:
            one["spans"] = [[units[a], units[b]] for a, b in one["spans"]]
    return JsonResponse({"proposals": told})


@require_POST
def speaker(request: HttpRequest) -> JsonResponse:
    """Whoever is proposed by name: `{"id", "name"}`, somebody known or made on the spot; without `id` where the name is no person's.

    `{"unsure": true}` where somebody has to say who it is: of a pronoun, and where people here are called nearly so.
    """
    # Those who may name who spoke, as in the form.
    if not request.user.has_perm("stories.add_topic"):  # type: ignore[union-attr]
        raise PermissionDenied
    name = " ".join(request.POST.get("name", "").replace("\x00", "").split())[:NAME]
    what, people = named(name), SOURCES["people"]
    if what is Named.NOBODY:
        return JsonResponse({"unsure": True})
    if people.named(name) is None:
        if people.suggest(name):
            return JsonResponse({"unsure": True})
        if what is Named.OTHER:
            return JsonResponse({"name": name})
    person = create_speaker(name=name, by=request.user)  # type: ignore[arg-type]
    return JsonResponse({"id": person.pk, "name": person.name})


def _day(request: HttpRequest) -> dt.date:
    try:
        return dt.date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        return dt.datetime.now(publication().tzinfo).date()


def _units(text: str) -> list[int]:
    """For each character, and the end, how many UTF-16 units stand before it."""
    made, at = [], 0
    for sign in text:
        made.append(at)
        at += 2 if ord(sign) > 0xFFFF else 1
    return [*made, at]


class ProposedPanel(Panel):
    """The statements and events that the text seems to tell of, in languages that are read."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": gettext_lazy("Proposed"), **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "broadsheet/desk/proposed.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Where to ask, in which language, and the words of the list."""
            context = super().get_context_data(parent_context)
            page = self.instance
            above = page.get_parent() if page.pk else getattr(self.form, "parent_page", None)
            section = getattr(getattr(above, "specific", None), "language", "")
            day = page.published or page.go_live_at
            context["data"] = {
                "url": reverse("desk_propose"), "speaker": reverse("desk_propose_speaker"),
                "language": page.language or section or publication().language, "languages": languages(),
                "day": day.astimezone(publication().tzinfo).date().isoformat() if day else "",
                "texts": {
                    "none": _("Nothing is proposed for this text."), "unread": _("Nothing is proposed in this language."),
                    "unreachable": _("Proposals could not be fetched."), "somebody": _("nobody named"), "dismiss": _("Dismiss"),
                    "take": _("Mark"), "statement": _("Marked as said by %(name)s."), "event": _("Marked as an event: %(name)s."),
                    "alone": _("Nobody here is called that: the name alone is kept."), "left": _("%(count)s left."),
                    "nothing_here": _("Nothing is proposed where the cursor is."), "unmarkable": _("These words cannot be marked."),
                    "back": _("The mark is taken back."), "unsure": _("Say who it was."), "undated": _("Say when it was."),
                    "uncertain": _("Say how it stands."),
                    "happened": _("happened"), "planned": _("planned"), "cancelled": _("cancelled"), "hoped for": _("hoped for"),
                },
            }  # fmt: skip
            return context
