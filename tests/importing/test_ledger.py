"""Items under one id: which repeat others, and at what cost."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.importing import ledger as module
from broadsheet.importing.ledger import Ledger
from broadsheet.importing.records import Item

DAY = dt.datetime(2024, 3, 5, tzinfo=dt.UTC)


def record(**told: Any) -> Item:
    empty = dict.fromkeys(("title", "slug", "path", "link", "guid", "creator", "body", "excerpt"), "")
    told = {"source_id": "1", "has_id": True, "type": "post", "status": "publish", "published": None, "modified": None} | empty | told
    return Item(**told)


RECORDS = st.builds(
    lambda type, title, slug, guid, day, digest, modified: record(
        type=type, title=title, slug=slug, guid=guid, digest=digest, published=day and DAY + dt.timedelta(day),
        modified=modified and DAY + dt.timedelta(modified),
    ),
    st.sampled_from(["post", "page"]), st.sampled_from("ab"), st.sampled_from(["", "x", "y"]), st.sampled_from(["", "g", "h"]),
    st.sampled_from([None, 1, 2]), st.sampled_from(["", "0" * 16, "1" * 16, "2" * 16]), st.sampled_from([None, 1, 2]),
)  # fmt: skip


def keys(records, many: int) -> list[tuple[str | None, list[str | None], Counter[str]]]:
    before, module.MANY = module.MANY, many
    notes: Counter[str] = Counter()
    try:
        made = Ledger()
        given_ = [made.add(one, lambda what, where: notes.update([what])) for one in records]
        made.settle()
        return [(key, [entry.key for batch in made.batches(50) for entry in batch], notes) for key in given_]
    finally:
        module.MANY = before


@settings(max_examples=60, deadline=None)
@given(st.lists(RECORDS, max_size=12))
def test_looked_up_is_the_same_as_looked_for(records) -> None:
    assert keys(records, 2) == keys(records, 10_000)


@pytest.mark.parametrize("alike", ["nothing", "everything", "the date"])
def test_many_items_under_one_id_cost_no_more_each(alike, monkeypatch) -> None:
    made, read = Ledger(), Counter()
    real = Ledger._read

    def counted(self, where, *values):
        for entry in real(self, where, *values):
            read["rows"] += 1
            yield entry

    monkeypatch.setattr(Ledger, "_read", counted)
    steps = Counter()
    made._db.set_progress_handler(lambda: steps.update(["1,000"]), 1000)
    for n in range(2000):
        if n == 1000:
            half = steps["1,000"]
        one = {
            "nothing": {"slug": f"s{n}", "digest": f"{n:064x}", "guid": f"g{n}", "published": DAY + dt.timedelta(n)},
            "everything": {"slug": "s", "digest": "0" * 64},
            "the date": {"title": f"t{n}", "digest": f"{n:064x}", "published": DAY},
        }[alike]
        made.add(record(**one))
    assert read["rows"] < 2000 * (module.MANY + 2)
    # The second thousand costs what the first did, not three times as much.
    assert steps["1,000"] - half < 1.6 * half + 5
