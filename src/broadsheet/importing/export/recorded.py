"""The record of what was published → records of an export, in the order in which it was entered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from broadsheet.importing.export.names import Record, moment, picture_id
from broadsheet.record import log, signing
from broadsheet.record.models import Change, ChangeText, Log
from broadsheet.stories.queries import SectionTree

BATCH = 200


def entries(tree: SectionTree) -> Iterator[Record]:
    """All entries; those of stories that were deleted, too."""
    found = Change.objects.order_by("pk").iterator(BATCH)
    while batch := list(islice(found, BATCH)):
        texts = {one.change_id: one for one in ChangeText.objects.filter(change__in=batch)}
        for one in batch:
            held = texts.get(one.pk)
            yield {
                "story": one.story, "number": one.number, "moment": moment(one.moment), "kind": one.kind, "about": one.about,
                "wrong": one.wrong, "note": one.note, "said_salt": one.salt, "said": one.said, "chosen": one.chosen,
                "address": held.address if held else "", "text": _named(json.loads(held.text), tree) if held and held.salt else None,
                "salt": held.salt if held else "", "digest": one.text_digest,
            }  # fmt: skip


def where_it_stood() -> Record:
    """Which log the entries are in, so that nobody takes the one made of them elsewhere for it."""
    # An export writes nothing, and before the first checkpoint there is no log.
    current = Log.objects.order_by("-number").first()
    return {"origin": signing.name(), "number": current.number if current else 1, "entries": log.size_of(current) if current else 0}


def _named(text: Record, tree: SectionTree) -> Record:
    """A text that names sections and pictures as other records do; what is no longer there keeps its number."""
    named: dict[str, Any] = dict(text)
    named["sections"] = [tree.by_id[pk].url if pk in tree.by_id else pk for pk in text["sections"]]
    named["pictures"] = [picture_id(pk) for pk in text["pictures"]]
    if lead := text["lead_picture"]:
        named["lead_picture"] = lead | {"id": picture_id(lead["id"])}
    return named
