"""Who said what, for machines: the statements of a person, a topic or a story as JSON and CSV, a hundred at a time."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from broadsheet.delivery.keys import note
from broadsheet.delivery.middleware import for_all
from broadsheet.people.models import Person
from broadsheet.record import keys
from broadsheet.record.evidence import Statement
from broadsheet.record.places import place_behind
from broadsheet.record.spoken import is_led_to, statements_from
from broadsheet.stories.cards import cards_of, rows_of
from broadsheet.stories.contexts import Card
from broadsheet.stories.keys import story as story_key
from broadsheet.stories.models import Listing, Story, Topic
from broadsheet.stories.permalinks import absolute
from broadsheet.stories.queries import SectionTree

PER_PAGE = 100
COLUMNS = (
    "id", "story", "headline", "published", "language", "speaker", "speaker_url", "role", "verb", "date", "place", "audience", "quoted",
    "text", "source_kind", "source_title", "source_url", "source_publisher", "source_date",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What spreadsheets take for the beginning of a formula."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A list of statements, and where it is."""

    statements: QuerySet[Statement]
    base: str
    """Its address without the ending."""
    name: str


@require_safe
def of_person(request: HttpRequest, slug: str, form: str, day: str = "", shown: str = "") -> HttpResponse:
    """What somebody said; nothing of those to whom no editor gave a public role."""
    who = get_object_or_404(Person.objects.select_related("merged_into"), slug=slug)
    if who.merged_into:
        return _of_who_stands_for(request, who, who.merged_into)
    note(keys.said_by(who.pk))
    if not who.public_role:
        raise Http404
    return _answer(Asked(Statement.objects.filter(speaker=who.pk), f"/people/{slug}/statements", who.name), form, day, shown)


@require_safe
def of_topic(request: HttpRequest, slug: str, form: str, day: str = "", shown: str = "") -> HttpResponse:
    """What was said in a topic's stories."""
    topic = get_object_or_404(Topic.objects.select_related("merged_into"), slug=slug)
    if topic.merged_into:
        return _of_who_stands_for(request, topic, topic.merged_into)
    list_key = f"topic:{topic.pk}"
    note(keys.marked_in(list_key), f"list:{list_key}")
    stories = Listing.objects.filter(list_key=list_key).values("story_id")
    return _answer(Asked(Statement.objects.filter(story__in=stories), f"/topics/{slug}/statements", topic.name), form, day, shown)


@require_safe
def of_story(request: HttpRequest, path: str, form: str, day: str = "", shown: str = "") -> HttpResponse:
    """What was said in a story; `path` is its permalink before `/statements`."""
    if "\x00" in path or path.startswith("/"):
        raise Http404
    found = Story.objects.filter(permalink__in=[f"/{path}", f"/{path}/"], live=True).order_by().values_list("pk", "title").first()
    if found is None:
        raise Http404
    note(story_key(found[0]))
    return _answer(Asked(Statement.objects.filter(story=found[0]), f"/{path}/statements", found[1]), form, day, shown)


def _of_who_stands_for(request: HttpRequest, one: Person | Topic, other: Person | Topic) -> HttpResponse:
    """A place in the list of what was merged is one in that of what it was merged into."""
    return HttpResponsePermanentRedirect(other.get_absolute_url() + request.path_info.removeprefix(one.get_absolute_url()))


def _answer(asked: Asked, form: str, day: str, shown: str) -> HttpResponse:
    try:
        place = (dt.date.fromisoformat(day), int(shown)) if day else None
    except ValueError as error:
        raise Http404 from error
    rows = statements_from(asked.statements, place, count=PER_PAGE + 1)
    if not rows:
        raise Http404
    page = rows[:PER_PAGE]
    last, many = place_behind([one.day for one in page], place)
    further = absolute(f"{asked.base}/{last.isoformat()}-{many}.{form}") if len(rows) > PER_PAGE else ""
    cards = {card.id: card for card in cards_of(rows_of(list(dict.fromkeys(one.story for one in page))), SectionTree.read())}
    records = [record(one, cards[one.story]) for one in page if one.story in cards]
    if form == "json":
        told = {"about": asked.name, "statements": records, "next": further or None}
        response = HttpResponse(json.dumps(told, ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8")
    else:
        response = HttpResponse(_csv(records), content_type="text/csv; charset=utf-8")
    if further:
        response.headers["Link"] = f'<{further}>; rel="next"'
    return for_all(response) if place is None or is_led_to(asked.statements, place, count=PER_PAGE) else response


def record(one: Statement, card: Card) -> dict[str, Any]:
    """A statement as machines get it; `docs/contracts/machines.md` describes it."""
    who, source = one.speaker, one.source
    url = absolute(f"/people/{who.slug}/") if who and who.public_role else ""
    return {
        "id": str(one.mark), "story": absolute(card.url), "headline": card.headline, "published": card.published.isoformat(),
        "language": card.language, "speaker": who.name if who else one.name, "speaker_url": url, "role": one.role, "verb": one.verb,
        "date": one.date, "place": one.place, "audience": one.audience, "quoted": one.quoted, "text": one.text,
        "source_kind": source.kind if source else "", "source_title": source.title if source else "",
        "source_url": source.url if source else "", "source_publisher": source.publisher if source else "",
        "source_date": source.date if source else "",
    }  # fmt: skip


def _csv(records: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for one in records:
        writer.writerow([_cell(one[name]) for name in COLUMNS])
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    # A spreadsheet must not run what somebody said.
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
