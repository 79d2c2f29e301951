"""Bodies finished while the export is still being read: those that refer to nothing that may come later in it.

What is done here is kept aside, and only used when everything that it was done with has turned out as it was taken to be.
"""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from broadsheet.importing.blocks.elements import Surroundings
from broadsheet.importing.ledger import Entry
from broadsheet.importing.records import Attachment, Item
from broadsheet.importing.shelf import Shelf
from broadsheet.importing.survey import Bodies, Survey

if TYPE_CHECKING:
    from broadsheet.importing.mapping import Counterparts

WAIT = 0.05
"""Seconds between two looks at whether there is more."""
_NOT_PUBLISHED = frozenset({"trash", "auto-draft", "inherit"})
_WITH_FILES = frozenset({"picture", "gallery", "file"})


@dataclass(frozen=True, slots=True)
class Ahead:
    """What bodies are finished with before the whole is known."""

    bodies: Bodies
    base: str
    seed: str
    language: str
    """What the publication's will be."""
    kept: str
    early: str
    """Files: of the items, and for what is made of them."""


class Unknown(Exception):
    """A body asked for something that is known only when the whole export is."""


class _Files(Mapping[str, Attachment]):
    """Files that may yet come."""

    def __getitem__(self, key: str) -> Attachment:
        if key:
            raise Unknown
        raise KeyError(key)

    def __iter__(self) -> NoReturn:
        raise Unknown

    def __len__(self) -> NoReturn:
        raise Unknown


class _Children(tuple[str, ...]):
    """Files that may yet be said to belong to an item."""

    __slots__ = ()

    def __iter__(self) -> NoReturn:
        raise Unknown


class _Reusable(dict[str, str]):
    """Blocks that may yet come."""

    def get(self, *asked: Any) -> NoReturn:
        """Not before all are known."""
        raise Unknown


_FILES, _CHILDREN, _REUSABLE = _Files(), _Children(), _Reusable()


def plan(survey: Survey, bodies: Bodies) -> Ahead | None:
    """What to go ahead with; nothing for a site that is here already, whose items will mostly be as they were."""
    from broadsheet.importing.models import SourceItem
    from broadsheet.people.models import Publication
    from broadsheet.stories.models import Story

    site, ledger = survey.site, survey.ledger
    if SourceItem.objects.filter(site__key=site.key[:255]).exists():
        return None
    # As `Loader` will have it. Where it does not, nothing of what is done ahead is used.
    paper = Publication.objects.first()
    set_up = paper is not None and (bool(paper.tagline) or Story.objects.exists())
    language = paper.language if paper and (set_up or not site.language) else site.language
    return Ahead(bodies, site.base_url, site.key[:255], language, ledger.shelf, ledger.early)


def go(ahead: Ahead, stop: Callable[[float], bool]) -> Shelf:
    """Finish what can be finished of the items that are kept so far, until told to stop; `stop` may wait so many seconds."""
    kept, early = Shelf(ahead.kept), Shelf(ahead.early)
    seconds = 0.0
    while not stop(seconds):
        record = kept.next()
        seconds = 0.0 if record else WAIT
        if record is None:
            early.flush()
        elif made := _made(ahead, *pickle.loads(record[1])):  # noqa: S301  the import that started us wrote it
            early.put(record[0], made)
    return early


def _made(ahead: Ahead, key: str, item: Item) -> bytes | None:
    from broadsheet.importing import finishing

    if item.status in _NOT_PUBLISHED:
        return None
    around = Surroundings(
        base=ahead.base, attachments=_FILES, children=_CHILDREN, reusable=_REUSABLE, footnotes=item.meta.get("footnotes", "")
    )
    try:
        converted = ahead.bodies(item, around)
    except Unknown:
        return None
    if any(block["type"] in _WITH_FILES for block in converted.blocks):
        return None
    made = finishing.alone(item, converted.blocks, f"{ahead.seed}:{key}", ahead.language)
    return pickle.dumps((item.but(body=""), converted.unknown, made), protocol=pickle.HIGHEST_PROTOCOL)


@dataclass(frozen=True, slots=True)
class Early:
    """Finished ahead, as it was put aside: most of what crosses between the processes is never looked into on the way."""

    entry: Entry
    content: bytes

    def size(self) -> int:
        """About how much text it holds."""
        return len(self.content) // 4


class Kept:
    """What was finished ahead and holds now that the whole is known."""

    def __init__(self, shelf: Shelf, counterparts: Counterparts) -> None:
        self.shelf, self.counterparts, self._usual = shelf, counterparts, type(counterparts)()

    def of(self, entry: Entry) -> Early | None:
        """What was made of an item."""
        if self.counterparts.is_page(entry.type) != self._usual.is_page(entry.type):
            return None
        content = self.shelf.take(entry.place)
        return Early(entry, content) if content else None


def opened(one: Early, dated: Callable[[Item], Item]) -> tuple[Entry, Item, Counter[str], Any]:
    """Entry, item, what has no block here, and the body, ready."""
    item, unknown, made = pickle.loads(one.content)  # noqa: S301  our own process wrote it
    return one.entry, dated(item), unknown, made
