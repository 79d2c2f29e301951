"""Prepared bodies, finished: our pictures in them, written down as the database keeps them, and typeset. Reads the database, writes nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from wagtail.blocks import StreamValue

from broadsheet.importing.bulk import shown_by
from broadsheet.importing.preparing import Prepared, Ready, Where, ready
from broadsheet.importing.spelling import original_name
from broadsheet.importing.survey import Source
from broadsheet.stories.models import Story
from broadsheet.stories.typesetting import Shown, set_body

_BODY: Any = Story._meta.get_field("body")
_REFERS = re.compile(r'linktype=|<embed\b|"(?:image|document)": \d')
"""A block without these refers to nothing of ours; most are not worth a value of their own."""


class _NotHere(Exception):
    """A picture that nobody has taken in yet."""


def is_here(database: str) -> bool:
    """Whether this is the database that the import writes to."""
    return str(connection.settings_dict["NAME"]) == database


class Finish:
    """Finishes parcels of items."""

    def __init__(self, source: Source, where: Where) -> None:
        self.ledger, self.where = source.survey.ledger, where

    def __call__(self, parcel: Sequence[Prepared]) -> list[Prepared]:
        """The same items, each with its body ready unless something in it has yet to be taken in."""
        found = [self._ready(one) for one in parcel]
        shown = Shown.by(made.blocks for made in found if made)
        return [one if made is None else self._finished(one, made, shown) for one, made in zip(parcel, found, strict=True)]

    def _ready(self, one: Prepared) -> Ready | None:
        try:
            return ready(one, self._image_of, self.where.counterparts)
        except _NotHere:
            return None

    def _finished(self, one: Prepared, made: Ready, shown: Shown) -> Prepared:
        text = json.dumps(made.blocks, cls=DjangoJSONEncoder)
        referring = [block for block in made.blocks if _REFERS.search(json.dumps(block["value"]))]
        shows = shown_by(_BODY, StreamValue(_BODY.stream_block, referring, is_lazy=True)) if referring else ()
        made = replace(made, json=text, body=set_body(made.blocks, shown, self.where.language), shows=shows)
        # Of the old body nothing is needed any more, so it need not cross either.
        return replace(one, item=replace(one.item, body=""), blocks=[], ready=made)

    def _image_of(self, source_id: str, url: str = "") -> int | None:
        """As `Files.image_of` says it, but for files that it would take in now."""
        known = self.ledger.known(key=self.where.aliases.get(source_id, source_id)) if source_id else None
        if known is None and url:
            known = self.ledger.known(name=original_name(url))
            if known is None and self.where.more_files:
                raise _NotHere
        return known[0] if known else None
