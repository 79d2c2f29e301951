"""What the Courier's editors marked on the newsroom's day: who said what, from where it is known, and what happened, is planned or was called off."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

FERRY, FORUM = "kestrel-bay-ferry-inquiry", "straits-forum-ferry-safety-rules"
SPEAKERS = {
    "Maren Okubo-Lal": "Judge, chair of the Kestrel Bay inquiry",
    "Ileana Corvo": "Transport minister of Tavira",
    "Dalia Renn": "Secretary-general of the Straits Forum",
    "Bashir Olan": "Water minister of the Sennar Delta",
    # Private people speak on record too; they get no page of their own.
    "Hester Amadi": "",
}
REPORT = {
    "id": "report", "kind": "document", "title": "Report of the public inquiry into the loss of the Kestrel Bay", "publisher": "Parliament of Tavira",
    "url": "https://parliament.tavira.example/kestrel-bay/report",
}  # fmt: skip
DELEGATES = {
    "id": "delegates",
    "kind": "anonymous",
    "title": "Three delegates",
    "reason": "the talks were closed, and their governments forbid them to speak of them",
}


def _said(
    name: str, words: str, *, role: str, verb: str = "said", quoted: bool = True, place: str = "", audience: str = ""
) -> dict[str, Any]:
    return {"id": words, "name": name, "role": role, "verb": verb, "quoted": quoted, "place": place, "audience": audience}


def _marks(now: datetime) -> list[tuple[str, str, dict[str, Any]]]:
    """Story, words, and what is said of them."""
    today, night, sinking, survey = now, now - timedelta(hours=14), now - timedelta(days=152), now + timedelta(days=30)
    signing = {"id": "signing", "what": "Signing of the ferry accord on the quay", "date": f"{now + timedelta(days=2):%Y-%m-%d}",
               "place": "Port Salen", "who": "ministers of the Straits Forum", "state": "cancelled"}  # fmt: skip
    talks = {"id": "talks", "what": "Straits Forum ministers agree common ferry rules", "date": f"{night:%Y-%m-%d}", "place": "Port Salen",
             "who": "nine member governments", "state": "held"}  # fmt: skip
    return [
        (FERRY, "no single cause and no shortage of warnings", {
            "source": REPORT, "statement": _said("Maren Okubo-Lal", "cause", role="chair of the inquiry", verb="wrote", audience="parliament")}),
        (FERRY, "she capsized off Lesser Tavi five months ago", {"event": {
            "id": "sinking", "what": "The ferry Kestrel Bay sinks", "date": f"{sinking:%Y-%m}", "place": "off Lesser Tavi", "state": "held"}}),
        (FERRY, "the head of the certification branch had been suspended", {"statement": _said(
            "Ileana Corvo", "suspended", role="transport minister", verb="told", quoted=False, place="Port Salen", audience="parliament")}),
        (FERRY, "would be surveyed again within 30 days", {"event": {
            "id": "survey", "what": "Sixteen ships surveyed again", "date": f"{survey:%Y-%m-%d}", "place": "Tavira", "who": "certification branch",
            "state": "planned"}}),
        (FERRY, "He told us about the ramp in the spring,", {
            "statement": _said("Hester Amadi", "ramp", role="sister of a deckhand", place="Lesser Tavi"),
            "source": {"id": "amadi", "kind": "interview", "title": "Interview with Hester Amadi", "date": f"{today:%Y-%m-%d}"}}),
        (FORUM, "three delegates said", {"source": DELEGATES}),
        (FORUM, "We have searched for people who were at home, and stopped searching for people who were in the water,", {
            "statement": _said("Dalia Renn", "searched", role="secretary-general of the Straits Forum", place="Port Salen", audience="reporters"),
            "source": {"id": "conference", "kind": "conference", "title": "Press conference after the talks", "date": f"{night:%Y-%m-%d}"}}),
        (FORUM, "The accord was adopted without a vote", {"event": talks}),
        (FORUM, "A boatman on the Sen cannot buy a tablet computer, and if he could, the first wave would have it,", {"statement": _said(
            "Bashir Olan", "boatman", role="water minister of the Sennar Delta", place="Ilmari")}),
        (FORUM, "A signing on the quay, planned for the day after tomorrow, was called off", {"event": signing}),
    ]  # fmt: skip


def mark(now: datetime) -> int:
    """Mark the words in the stories and publish them as a minor change; returns how many were marked, none if they are already."""
    from broadsheet.people.models import Person
    from broadsheet.record import marks
    from broadsheet.stories.actions import create_speaker
    from broadsheet.stories.marking import marks_in
    from broadsheet.stories.models import Story

    people = {}
    for name, role in SPEAKERS.items():
        person = create_speaker(name=name, by=None)
        Person.objects.filter(pk=person.pk).update(public_role=role)
        people[name] = person.pk
    count = 0
    for slug in (FERRY, FORUM):
        story = Story.objects.filter(slug=slug, live=True).first()
        if story is None or marks_in(story.body):
            continue
        draft: Any = story.get_latest_revision_as_object()
        blocks = list(draft.body.get_prep_value())
        for _slug, words, says in [one for one in _marks(now) if one[0] == slug]:
            told = {name: {**facet, "id": str(uuid5(NAMESPACE_URL, f"{slug}#{facet['id']}"))} for name, facet in says.items()}
            if "statement" in told:
                told["statement"] = {"speaker": people[told["statement"]["name"]], "date": f"{now:%Y-%m-%d}", **told["statement"]}
            tag = marks.tag(marks.read(json.dumps(told)))
            for block in blocks:
                if block["type"] == "text" and words in block["value"]:
                    block["value"] = block["value"].replace(words, f"{tag}{words}</mark>", 1)
                    count += 1
                    break
        draft.body = draft.body.stream_block.to_python(blocks)
        draft.change_kind = "minor"
        draft.save_revision().publish()
    return count
