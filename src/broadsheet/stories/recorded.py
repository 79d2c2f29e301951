"""Whether the stories in the database, and their stored pages, are what the record says: one edited behind its back is found."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q

from broadsheet.delivery import purging
from broadsheet.record.checking import differences
from broadsheet.record.digests import canonical, said_digest, text_digest
from broadsheet.record.models import Change, Kind, Leaf, Waiting
from broadsheet.record.verifying import End, Ends
from broadsheet.stories.models import Story
from broadsheet.stories.recording import as_published, bodies_of, ingredients_of

AT_ONCE = 200


def verify_stories(ends: Ends) -> Iterator[tuple[int, list[str]]]:
    """Compare every public story with the last entry that the log has of it: how many came next, and what is wrong."""
    public = Story.objects.filter(live=True, published__isnull=False).select_related("galley")
    last = 0
    while stories := list(public.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        last = stories[-1].pk
        found = list(_of(stories, ends))
        # One may have been published between the questions that were asked of it.
        yield len(stories), found and list(_of(list(public.filter(pk__in=[story.pk for story in stories])), ends))
    # Among these may be one that was deleted by whoever left no entry.
    gone = list(ends.unseen())
    for start in range(0, len(gone), AT_ONCE):
        some = gone[start : start + AT_ONCE]
        now = _with_what_came_since(ends.of(some), some)
        yield 0, [f"story {story} is public by the record, and is not there" for story in some if now[story].is_public]


def _with_what_came_since(known: dict[int, End], stories: list[int]) -> dict[int, End]:
    """The ends of stories, with what was entered since the log was read: what is in it by now, or waits for its place there."""
    entered = Change.objects.filter(Q(pk__in=Waiting.objects.values("pk")) | Exists(Leaf.objects.filter(change=OuterRef("pk"))))
    ends = dict(known)
    versions = entered.filter(story__in=stories, about=None).order_by("number")
    for story, number, digest, kind, text in versions.values_list("story", "number", "digest", "kind", "text_digest"):
        if story not in ends or number > ends[story].number:
            ends[story] = End(number, digest, -1, kind, text)
    return ends


def _of(stories: list[Story], ends: Ends) -> Iterator[str]:
    known = ends.of([story.pk for story in stories])
    ends.saw(list(known))
    known = _with_what_came_since(known, [story.pk for story in stories])
    held = {
        (story, digest): (salt, text)
        for story, digest, salt, text in Change.objects.filter(story__in=[story.pk for story in stories], about=None).values_list(
            "story", "text_digest", "held__salt", "held__text"
        )
    }
    with_galley = [story for story in stories if hasattr(story, "galley")]
    pot = ingredients_of(with_galley)
    cards, kept = {story.pk: story.galley.card for story in with_galley}, bodies_of(with_galley, pot)
    for story in stories:
        if story.pk not in known:
            yield f"story {story.pk} ({story.permalink}) is public, and the log has no entry of it"
        elif story not in with_galley:
            yield f"story {story.pk} ({story.permalink}) has no text for readers"
    for version in as_published(with_galley, pot):
        end = known.get(version.story)
        if end is None:
            continue
        name = f"story {version.story} ({version.address})"
        salt, recorded = held.get((version.story, end.text), ("", ""))
        if not end.is_public:
            yield f"{name} is public, and by the record it was removed"
        elif not salt:
            yield f"{name} cannot be compared: the text of its last entry is not in the database"
        elif not _is_the_same(salt, recorded, end.text, version.text):
            told = json.loads(recorded)
            other = (
                ", ".join(field for field in sorted({*version.text, *told}) if version.text.get(field) != told.get(field))
                or "its recorded text"
            )
            yield f"{name} is not what its last entry says: {other}"
        elif not _heads(cards[version.story], version.text):
            yield f"{name} has another headline or standfirst on its cards than in its last entry"
        elif kept[version.story] != version.text["body"]:
            yield f"{name} is kept with another text than its last entry has: readers get that when it is next typeset"
        elif page := purging.shelf().store.read(version.address):
            yield from (f"the stored page of {name}: {difference}" for difference in differences(page.body, dict(version.text)))


def _is_the_same(salt: str, recorded: str, digest: str, text: Mapping[str, Any]) -> bool:
    if text_digest(salt, canonical(text)) == digest:
        return True
    # Labels of an entry from before they were recorded: it says nothing of them, until the story is published again.
    before = {name: value for name, value in text.items() if name != "labels"}
    return "labels" in text and "labels" not in json.loads(recorded) and text_digest(salt, canonical(before)) == digest


def _heads(card: Mapping[str, Any], text: Mapping[str, Any]) -> bool:
    # Without a standfirst a card has the beginning of the text.
    same = not text["standfirst"] or (card.get("standfirst") or "").strip() == text["standfirst"]
    return same and card.get("headline") == text["headline"]


def verify_words() -> Iterator[tuple[int, list[str]]]:
    """Whether what was said with each entry is what was entered; where it is gone, whether an entry says so."""
    says_so = Change.objects.filter(story=OuterRef("story"), about=OuterRef("number"), kind=Kind.REMOVAL, text_digest=OuterRef("said"))
    entries = Change.objects.exclude(said="", wrong="", note="").annotate(told=Exists(says_so)).order_by("pk")
    last = 0
    while held := list(entries.filter(pk__gt=last).values_list("pk", "salt", "wrong", "note", "said", "story", "number", "told")[:AT_ONCE]):
        last = held[-1][0]
        found = []
        for _pk, salt, wrong, note, said, story, number, told in held:
            if said_digest(salt, wrong=wrong, note=note) != said and (salt or wrong or note or not told):
                found.append(f"what was said with entry {number} of story {story} is another than was entered")
        yield len(held), found


def verify_texts() -> Iterator[tuple[int, list[str]]]:
    """Whether each text in the database is the one that was entered; where it is gone, whether an entry says so."""
    says_so = Change.objects.filter(
        story=OuterRef("story"), about=OuterRef("number"), kind=Kind.REMOVAL, text_digest=OuterRef("text_digest")
    )
    entries = Change.objects.filter(about=None).exclude(text_digest="").annotate(told=Exists(says_so)).order_by("pk")
    last = 0
    while held := list(
        entries.filter(pk__gt=last).values_list("pk", "held__salt", "held__text", "text_digest", "story", "number", "told")[:AT_ONCE]
    ):
        last = held[-1][0]
        found = []
        for _pk, salt, text, digest, story, number, told in held:
            if text_digest(salt, text) != digest if salt else text:
                found.append(f"the text of entry {number} of story {story} is another than was entered")
            elif not salt and not told:
                found.append(f"the text of entry {number} of story {story} is gone, and no entry says so")
        yield len(held), found
