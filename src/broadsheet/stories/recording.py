"""Stories → the record: what of a public story is entered, and what is said of its change."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from wagtail.models import Page, Revision

from broadsheet.html import plain_text, without_control
from broadsheet.record import actions
from broadsheet.record.actions import IMPORTED, Said, Version
from broadsheet.record.guard import Finding, compared
from broadsheet.record.models import Change, Kind
from broadsheet.record.queries import last_text
from broadsheet.stories.typesetting import Ingredients, Set, typeset

AT_ONCE = 200
WORDS = ("change_wrong", "change_note")
SAYING = ("change_kind", *WORDS)
"""Fields of a draft: what an editor says of the change, dropped when it is published."""
_STRUCTURE = re.compile(r"<(p|h[2-6]|[uo]l|li|blockquote|figure|aside|table|tr|pre|hr|video|audio)\b")
_LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"')


def said_of(story: Any) -> Said:
    """What the draft says of its own change; without a word it waits for an editor."""
    # What a word processor puts between lines breaks a feed, and nothing that was entered is ever put right.
    wrong, note = (without_control(text).strip() for text in (story.change_wrong, story.change_note))
    if not story.change_kind:
        return Said(Kind.UPDATE, note, "", chosen=False)
    return Said(story.change_kind, note, wrong if story.change_kind == Kind.CORRECTION else "")


def unsaid(story: Any) -> dict[str, Any]:
    """The fields to be emptied after a publish; emptied already in the revision, which would say it again of the next change.

    So would a draft that was begun from that text before it was published, as one is while a publish is scheduled, and says the same still.
    """
    said: dict[str, Any] = {name: getattr(story, name) for name in SAYING}
    cleared: dict[str, Any] = {name: "" for name in SAYING if said[name]}
    if story.change_report:
        cleared["change_report"] = None
    if not cleared:
        return {}
    newest = Page.objects.filter(pk=story.pk).values_list("latest_revision_id", flat=True).first()
    for revision in Revision.objects.filter(pk__in={story.live_revision_id, newest} - {None}):
        if revision.pk == story.live_revision_id or all(revision.content.get(name) == text for name, text in said.items()):
            revision.content.update(cleared)
            revision.save(update_fields=["content"])
    return cleared


def version(story: Any, made: Set, pot: Ingredients, names: Mapping[int, str]) -> Version:
    """A public story as the record has it; the fields are described in `docs/contracts/record.md`."""
    text = {
        "address": story.permalink, "kind": story.kind, "language": made.card["language"], "headline": story.title,
        "standfirst": story.standfirst.strip(), "dateline": story.dateline,
        "byline": [{"name": names.get(pk, ""), "role": role} for pk, role in pot.bylines[story.pk]],
        "published": story.published.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "sections": list(made.card["sections"]), "lead_picture": _lead(story, made.card.get("picture")),
        "pictures": [pk for pk in pot.pictures_of(story) if pk != story.lead_image_id],
        "body": made.body_text, "structure": " ".join(_STRUCTURE.findall(made.body_html)),
        "links": [unescape(url) for url in _LINK.findall(made.body_html)],
    }  # fmt: skip
    # Only where something is said: texts that were entered before labels were recorded stay what they are.
    if labels := {name: value for name in story.LABELS if (value := getattr(story, name).strip())}:
        text["labels"] = labels
    return Version(story.pk, story.permalink, text)


def _lead(story: Any, shown: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if not shown:
        return None
    return {"id": story.lead_image_id, "alt": shown["alt"], "caption": plain_text(shown["caption"]), "credit": shown["credit"]}


def asks(story: Any, byline: Sequence[str]) -> list[Finding]:
    """What readers would find to be another number, name, date or quotation if this were published; `byline` are the names above it.

    Nothing for a story that is not public, or whose last text was taken out of the record.
    """
    from broadsheet.stories.projections import publication

    last = last_text(story.pk) if story.pk and story.live else None
    if last is None:
        return []
    made = typeset(story, Ingredients.of_draft(story, publication=publication()))
    draft = {
        "language": made.card["language"], "headline": story.title, "standfirst": story.standfirst.strip(), "dateline": story.dateline,
        "byline": [{"name": name} for name in byline], "lead_picture": _lead(story, made.card.get("picture")), "body": made.body_text,
    }  # fmt: skip
    return compared(last, draft)


def append(versions: Sequence[Version], said: Mapping[int, Said] | None, *, withdrawn: Iterable[int] = (), are_new: bool = False) -> int:
    """Append to the record what is public now and what is not any more; see `record.actions.append`."""
    withdrawn = list(withdrawn)
    if not versions and not withdrawn:
        return 0
    return actions.append(versions, said or {}, withdrawn=withdrawn, are_new=are_new)


def ingredients_of(stories: Sequence[Any]) -> Ingredients:
    """What saved stories are typeset of. The same number of queries whatever there are."""
    from broadsheet.stories.projections import publication

    return Ingredients.of(stories, publication=publication())


def as_published(stories: Sequence[Any], pot: Ingredients | None = None) -> Iterator[Version]:
    """Public stories as their galleys have them: what readers get. The same number of queries whatever there are."""
    from broadsheet.stories.indexing import names_of
    from broadsheet.stories.models import Galley

    pot = pot or ingredients_of(stories)
    galleys, names = Galley.objects.in_bulk([story.pk for story in stories]), names_of(pot)
    for story in stories:
        galley = galleys[story.pk]
        yield version(story, Set(galley.card, galley.body_html, plain_text(galley.body_html), galley.words), pot, names)


def bodies_of(stories: Sequence[Any], pot: Ingredients) -> dict[int, str]:
    """The text of each story as it is kept, which readers get when it is typeset again; no queries."""
    return {story.pk: typeset(story, pot).body_text for story in stories}


def without_record() -> Any:
    """Public stories that are not in the record."""
    from broadsheet.stories.models import Story

    return Story.objects.filter(live=True, galley__isnull=False, published__isnull=False).exclude(
        Exists(Change.objects.filter(story=OuterRef("pk")))
    )


def enter_the_next(*, after: int) -> tuple[int, int]:
    """Enter the next of what was public before there was a record; returns (the last one's id or 0, how many)."""
    with transaction.atomic():
        stories = list(without_record().filter(pk__gt=after).order_by("pk")[:AT_ONCE])
        if not stories:
            return 0, 0
        return stories[-1].pk, append(list(as_published(stories)), {story.pk: IMPORTED for story in stories})
