"""Prepared bodies, finished: our pictures in them, written down as the database keeps them, and typeset. Reads the database, writes nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from wagtail.blocks import StreamValue

from broadsheet.importing.ahead import Early
from broadsheet.importing.blocks.compose import Block
from broadsheet.importing.blocks.convert import numbered
from broadsheet.importing.bulk import shown_by
from broadsheet.importing.mapping import Counterparts
from broadsheet.importing.preparing import Prepared, Ready, Where, parted, ready
from broadsheet.importing.records import Item
from broadsheet.importing.spelling import original_name
from broadsheet.importing.survey import Source
from broadsheet.stories.models import Story
from broadsheet.stories.typesetting import Shown, set_body

_BODY: Any = Story._meta.get_field("body")
_REFERS = re.compile(r'linktype=|<embed\b|"(?:image|document)": \d')
"""A block without these refers to nothing of ours; most are not worth a value of their own."""
_MAY_REFER = re.compile(r'linktype=|<embed\b|"(?:image|document)"')
_encode = DjangoJSONEncoder().encode
_NOTHING, _USUAL = Shown({}, {}), Counterparts()


class _NotHere(Exception):
    """A picture that nobody has taken in yet."""


def is_here(database: str) -> bool:
    """Whether this is the database that the import writes to."""
    return str(connection.settings_dict["NAME"]) == database


def alone(item: Item, blocks: list[Block], seed: str, language: str) -> Ready:
    """A body that shows no files, ready, by itself."""
    return _written(parted(item, numbered(blocks, seed), _USUAL), _NOTHING, language)


def _written(made: Ready, shown: Shown, language: str) -> Ready:
    """Written down, typeset, and looked through for what it refers to."""
    text = _encode(made.blocks)
    referring = [block for block in made.blocks if _REFERS.search(json.dumps(block["value"]))] if _MAY_REFER.search(text) else ()
    shows = shown_by(_BODY, StreamValue(_BODY.stream_block, referring, is_lazy=True)) if referring else ()
    return Ready(made.blocks, made.dateline, text, _encode(text), set_body(made.blocks, shown, language), shows)


class Finish:
    """Finishes parcels of items."""

    def __init__(self, source: Source, where: Where) -> None:
        self.ledger, self.where = source.survey.ledger, where

    def __call__(self, parcel: Sequence[Prepared | Early]) -> list[Prepared | Early]:
        """The same items, each with its body ready unless something in it has yet to be taken in."""
        found = [self._ready(one) for one in parcel]
        shown = Shown.by(made.blocks for made in found if made)
        return [self._finished(one, made, shown) if made else one for one, made in zip(parcel, found, strict=True)]

    def _ready(self, one: Prepared | Early) -> Ready | None:
        if isinstance(one, Early):
            return None
        try:
            return ready(one, self._image_of, self.ledger.document_at, self.where.counterparts)
        except _NotHere:
            return None

    def _finished(self, one: Prepared | Early, made: Ready, shown: Shown) -> Prepared:
        assert isinstance(one, Prepared)  # noqa: S101
        # Of the old body nothing is needed any more, so it need not cross either.
        return Prepared(one.entry, one.item.but(body=""), [], one.unknown, _written(made, shown, self.where.language))

    def _image_of(self, source_id: str, url: str = "") -> int | None:
        """As `Files.image_of` says it, but for files that it would take in now."""
        known = self.ledger.known(key=self.where.aliases.get(source_id, source_id)) if source_id else None
        if known is None and url:
            known = self.ledger.known(name=original_name(url))
            if known is None and self.where.more_files:
                raise _NotHere
        return known[0] if known else None
