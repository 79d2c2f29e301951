"""What a story is known from, what it quotes and what it tells of, as schema.org describes it."""

from __future__ import annotations

from typing import Any

from broadsheet.record.evidence import Event, EventState, Source, Statement
from broadsheet.stories.permalinks import absolute

Thing = dict[str, Any]
STATUS = {EventState.PLANNED.value: "https://schema.org/EventScheduled", EventState.CANCELLED.value: "https://schema.org/EventCancelled"}


def _said(thing: Thing) -> Thing:
    return {k: v for k, v in thing.items() if v not in ("", None, [], {})}


def _source(one: Source) -> Thing:
    publisher = {"@type": "Organization", "name": one.publisher} if one.publisher else None
    # Of who is not named nothing is told that the page does not tell.
    return _said({"@type": "CreativeWork", "name": one.title, "url": one.url, "publisher": publisher, "datePublished": one.date[:10]})


def _statement(one: Statement, path: str) -> Thing:
    who = one.speaker
    url = absolute(f"/people/{who.slug}/") if who and who.public_role else ""
    person = _said({"@type": "Person", "name": who.name if who else one.name, "jobTitle": one.role, "url": url})
    thing: Thing = {
        "@type": "Quotation" if one.quoted else "Claim", "@id": absolute(f"{path}#statement-{one.number}"), "text": one.text,
        "dateCreated": one.date[:10], "locationCreated": {"@type": "Place", "name": one.place} if one.place else None,
    }  # fmt: skip
    if one.quoted:
        thing["spokenByCharacter"] = person
    else:
        thing["author"] = person
    if one.source is not None and one.source.kind != "anonymous":
        thing["citation"] = _source(one.source)
    return _said(thing)


def _event(one: Event) -> Thing:
    return _said(
        {
            "@type": "Event", "name": one.what, "startDate": one.date, "eventStatus": STATUS.get(one.state, ""),
            "location": {"@type": "Place", "name": one.place} if one.place else None,
        }
    )  # fmt: skip


def evidence(story: int, path: str) -> Thing:
    """`citation`, `hasPart` and `about` of a public story with marks."""
    sources = Source.objects.filter(story=story).exclude(kind="anonymous").order_by("number")
    statements = Statement.objects.filter(story=story).select_related("speaker", "source").order_by("number")
    return {
        "citation": [_source(one) for one in sources], "hasPart": [_statement(one, path) for one in statements],
        "about": [_event(one) for one in Event.objects.filter(story=story).order_by("number")],
    }  # fmt: skip
