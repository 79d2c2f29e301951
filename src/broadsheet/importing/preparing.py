"""The items an import wants, with their bodies as blocks: what costs time and needs no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from broadsheet.importing.blocks.compose import Block
from broadsheet.importing.blocks.convert import numbered
from broadsheet.importing.blocks.elements import Surroundings
from broadsheet.importing.ledger import Entry
from broadsheet.importing.records import Item
from broadsheet.importing.survey import Source

READ = 500


@dataclass(frozen=True, slots=True)
class Prepared:
    """An item to be loaded."""

    entry: Entry
    item: Item
    blocks: list[Block]
    """Its body; pictures carry the ids and addresses the old site gave them."""
    unknown: Counter[str]
    """What has no block here, by name."""


def prepare(source: Source) -> Iterator[Prepared]:
    """The items that the ledger marks as wanted, in file order."""
    wanted = (entry for batch in source.survey.ledger.batches(READ, wanted=True) for entry in batch)
    entry = next(wanted, None)
    if entry is None:
        return
    for place, item in enumerate(source.items()):
        if place != entry.place:
            continue
        converted = source.blocks(item, surroundings(source, item))
        seed = f"{source.survey.site.key[:255]}:{entry.key}"
        yield Prepared(entry, item, numbered(converted.blocks, seed), converted.unknown)
        entry = next(wanted, None)
        if entry is None:
            return


def surroundings(source: Source, item: Item) -> Surroundings:
    """What an item's body refers to outside itself."""
    ledger = source.survey.ledger
    return Surroundings(
        base=source.survey.site.base_url, attachments=ledger.attachments, children=ledger.children(item.source_id),
        reusable=source.survey.reusable, footnotes=item.meta.get("footnotes", ""),
    )  # fmt: skip
