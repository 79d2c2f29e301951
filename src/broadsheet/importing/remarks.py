"""What was odd about what a run has written: kept with the run, so that one that was broken off and goes on tells it all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from broadsheet.importing.models import ImportRun
from broadsheet.importing.records import Oddity
from broadsheet.importing.survey import Oddities


class Remarks:
    """Counted while loading and written down by `keep`, in each transaction together with what they are about."""

    def __init__(self, run: ImportRun, guessed: Counter[str]) -> None:
        kept: Mapping[str, Any] = run.remarks
        self.run, self.guessed = run, guessed
        self.odd = _oddities(kept.get("odd", {}))
        self.arranged = _oddities(kept.get("arranged", {}))
        """By the last step, which is done anew by a run that goes on: of the same remark the higher count is the whole."""
        self.arranging = Oddities()
        """What this step says now."""
        self.unknown = Counter[str](kept.get("unknown", {}))
        """Of bodies, what has no block here."""
        self.meta = Counter[str](kept.get("meta", {}))
        """Of terms, what is not brought in."""
        guessed.update(kept.get("guessed", {}))

    def keep(self) -> None:
        """Write down what was said since, for the transaction that the caller has open."""
        for what, count in self.arranging.counts.items():
            if count > self.arranged.counts[what]:
                self.arranged.counts[what], self.arranged.places[what] = count, self.arranging.places[what]
        now = {
            "odd": _plain(self.odd), "arranged": _plain(self.arranged), "unknown": dict(self.unknown), "meta": dict(self.meta),
            "guessed": dict(self.guessed),
        }  # fmt: skip
        if now != self.run.remarks:
            ImportRun.objects.filter(pk=self.run.pk).update(remarks=now)
            self.run.remarks = now

    def records(self) -> list[Oddity]:
        """All of them, by name."""
        told = Oddities()
        for said in (self.odd, self.arranged):
            for what, count in said.counts.items():
                told.counts[what] += count
                told.places[what] += said.places.get(what, ())
        told.counts.update(self.guessed)
        told.counts.update({f"meta of terms not brought in: {key}": count for key, count in self.meta.items()})
        return told.records() + [Oddity(f"block without a counterpart: {name}", n) for name, n in sorted(self.unknown.items())]


def _plain(odd: Oddities) -> dict[str, list[Any]]:
    return {what: [count, *odd.places.get(what, ())] for what, count in odd.counts.items()}


def _oddities(kept: Mapping[str, Sequence[Any]]) -> Oddities:
    odd = Oddities()
    for what, (count, *places) in kept.items():
        odd.counts[what], odd.places[what] = count, list(places)
    return odd
