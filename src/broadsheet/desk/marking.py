"""Marks in the editor of running text: the database's form becomes the editor's, and back. `marking.js` is the other half."""

from __future__ import annotations

import json
import re
from html import escape
from html.parser import HTMLParser
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.contentstate import link_entity
from wagtail.admin.rich_text.converters.html_ruleset import HTMLRuleset
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineEntityElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text import features as registry

from broadsheet.desk.finding import MOST
from broadsheet.desk.picker import Picker
from broadsheet.people.queries import NamedQuerySet
from broadsheet.record import marks
from broadsheet.record.evidence import Event, EventState, SourceKind
from broadsheet.stories.actions import NoName
from broadsheet.stories.actions import create_speaker as make_speaker
from broadsheet.stories.projections import publication

ENTITY = "MARK"
_LINKED = re.compile(
    r"""(<mark (?:[^>"']|"[^"]*"|'[^']*')*)>(<a (?:[^>"']|"[^"]*"|'[^']*')*>)((?:(?!</?a\b|</?mark\b).)*)</a></mark>""", re.S
)
_LINK = "data-link"
VERBS = (
    "said", "says", "told", "added", "asked", "warned", "announced", "wrote", "declared", "argued", "claimed", "insisted", "explained", "noted",
    "acknowledged", "denied", "confirmed", "promised", "stated", "replied", "a dit", "dit", "a déclaré", "a affirmé", "affirme", "a ajouté",
    "a expliqué", "a annoncé", "estime", "assure", "a précisé", "précise", "explique",
)  # fmt: skip
"""By these the form knows in its sentence who said it; what is not here is typed."""


def for_the_editor(html: str) -> str:
    """The text with a link that stands in a mark told by the mark: the editor knows one thing of a range of words."""
    return _LINKED.sub(lambda found: f'{found[1]} {_LINK}="{escape(found[2])}">{found[3]}</mark>', html) if marks.has(html) else html


class MarkHandler(InlineEntityElementHandler):
    """`<mark data-says>` → an entity with `says` and, where its words are a link, `link`."""

    mutability = "MUTABLE"

    def __init__(self) -> None:
        super().__init__(ENTITY)

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, Any]:
        """The entity's data."""
        data: dict[str, Any] = {"says": marks.write(marks.read(attrs.get(marks.ATTRIBUTE) or ""))}
        if link := attrs.get(_LINK):
            data["link"] = _link_data(link)
        return data


class _Attributes(HTMLParser):
    found: dict[str, Any] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found = dict(attrs)


def _link_data(tag: str) -> dict[str, Any] | None:
    reader = _Attributes()
    reader.feed(tag)
    rules = registry.get_converter_rule("contentstate", "link")["from_database_format"]
    handler = HTMLRuleset(rules).match("a", reader.found or {})
    return handler.get_attribute_data(reader.found) if handler else None


def _is_number(value: Any) -> bool:
    return type(value) is int and 0 < value < 2**31


def mark_entity(props: dict[str, Any]) -> Any:
    """The entity → `<mark data-says>`, a link inside it; what says nothing leaves its words."""
    link, children = props.get("link"), props["children"]
    # A number or an address: with anything else the story could be saved, and not be published.
    if isinstance(link, dict) and (
        _is_number(link["id"]) if link.get("id") is not None else link.get("url") and isinstance(link["url"], str)
    ):
        children = link_entity({**link, "children": children})
    says = props.get("says")
    mark = marks.read(says) if isinstance(says, str) else marks.Mark()
    return DOM.create_element("mark", {marks.ATTRIBUTE: marks.write(mark)}, children) if mark else children


CONVERTER = {
    "from_database_format": {f"mark[{marks.ATTRIBUTE}]": MarkHandler()},
    "to_database_format": {"entity_decorators": {ENTITY: mark_entity}},
}


def register(features: Any) -> None:
    """Let running text have marks."""
    data = {"type": ENTITY, "icon": "openquote", "description": gettext_lazy("Statement, source or event"), "attributes": ["says", "link"]}
    features.register_editor_plugin("draftail", "mark", EntityFeature(data, js=["broadsheet/desk/marking.js"]))
    features.register_converter_rule("contentstate", "mark", CONVERTER)


class SpeakerPicker(Picker):
    """Who said it: somebody who is known, or made a person on the spot."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The picker's, with where people are made."""
        context = super().get_context(name, value, attrs)
        texts = json.loads(context["widget"]["texts"])
        texts |= {
            "create": _("Make “%(name)s” a person here"),
            "pending": "",
            "none": _("Nobody here is called that: the name alone is kept"),
        }
        context["widget"] |= {"create_url": reverse("desk_create_speaker"), "texts": json.dumps(texts)}
        return context


class EventPicker(Picker):
    """An event that another story has told of."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The picker's, with where events are found."""
        context = super().get_context(name, value, attrs)
        context["widget"]["find_url"] = reverse("desk_find_events")
        return context


def for_the_script() -> dict[str, Any]:
    """Fields, words and choices of the form."""
    when = [("date", "date"), ("place", "text")]
    return {
        "today": timezone.now().astimezone(publication().tzinfo).date().isoformat(),
        "verbs": VERBS,
        "fields": {
            "statement": [("speaker", "person"), ("role", "text"), ("verb", "text"), ("quoted", "choice"), *when, ("audience", "text")],
            "source": [(name, "choice" if name == "kind" else name if name in ("url", "date") else "text") for name in
                       ("kind", "title", "publisher", "url", "date", "reason")],
            "event": [("what", "text"), ("state", "choice"), *when, ("who", "text"), ("same", "event")],
        },
        "choices": {
            "source.kind": {str(kind.value): str(kind.label) for kind in SourceKind},
            "event.state": {str(state.value): str(state.label) for state in EventState},
            "statement.quoted": {"true": _("in these words"), "false": _("in other words")},
        },
        "pickers": {
            "person": SpeakerPicker("people", multiple=False).render("mark-speaker", None, {"id": "mark-statement-speaker"}),
            "event": EventPicker("people", multiple=False).render("mark-same", None, {"id": "mark-event-same"}),
        },
        "texts": {
            "title": _("What is said of these words"), "what": _("What they are"), "statement": _("Statement"), "source": _("Source"),
            "event": _("Event"), "statement_key": "Ctrl+Alt+S", "source_key": "Ctrl+Alt+R", "event_key": "Ctrl+Alt+E",
            "statement.speaker": _("Who said it"), "statement.role": _("as"), "statement.verb": _("with the word"), "statement.quoted": _("Quoted"),
            "statement.date": _("When"), "statement.place": _("Where"), "statement.audience": _("To whom"),
            "source.kind": _("Kind"), "source.title": _("Title"), "source.publisher": _("Published by"), "source.url": _("Address"),
            "source.date": _("Of"), "source.reason": _("Why it is not named"),
            "event.what": _("What"), "event.state": _("It"), "event.date": _("When"), "event.place": _("Where"), "event.who": _("Who"),
            "event.same": _("Told of before as"), "same_event": _("the same event"),
            "which": _("Source"), "no_source": _("none"), "new_source": _("another one"), "save": _("Mark"), "cancel": _("Cancel"),
            "remove": _("Remove the mark"), "change": _("double-click to change"),
            "statement_needs": _("Say who said it."), "event_needs": _("Say what it is, and when."),
            "source_needs": _("Give the source a title, an address or a publisher; of one that is not named, why."),
            "date_form": "2026-11-24", "date_help": _("As precise as you know it: 2026, 2026-11, 2026-11-24 or 2026-11-24T18:30."),
        },
    }  # fmt: skip


@require_POST
def create_speaker(request: HttpRequest) -> JsonResponse:
    """Make somebody a person on the spot, or give the one of that name: `{"id", "name"}`, or 400 and `{"error"}`."""
    # Whoever may write may name who spoke; a page of their own such people get from an editor.
    if not request.user.has_perm("stories.add_topic"):  # type: ignore[union-attr]
        raise PermissionDenied
    try:
        person = make_speaker(name=request.POST.get("name", ""), by=request.user)  # type: ignore[arg-type]
    except NoName as error:
        return JsonResponse({"error": str(error)}, status=400)
    return JsonResponse({"id": person.pk, "name": person.name})


@require_safe
def find_events(request: HttpRequest) -> JsonResponse:
    """Events that public stories tell of, each as it was told last: `{"items": [{"id", "name", "note"}], "exact", "create"}`."""
    text = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:255]
    found = NamedQuerySet(Event).called(text, field="what").order_by("-told")[: 3 * MOST] if text else []
    last: dict[str, dict[str, str]] = {}
    for event in found:
        last.setdefault(
            str(event.event), {"id": str(event.event), "name": event.what, "note": f"{event.date}, {event.get_state_display()}"}
        )
    return JsonResponse({"items": list(last.values())[:MOST], "exact": True, "create": False})
