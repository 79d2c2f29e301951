"""Reads of readers' reports, and where in a story's text a passage stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from broadsheet.record import history
from broadsheet.record.history import Version
from broadsheet.record.models import Kind
from broadsheet.record.reports.models import Report, ReportState

AROUND = 220
"""Signs that are shown before and behind a passage."""
ENDS = 5
"""Words at both ends by which a passage is found that is not there as a whole."""
BACK = 10
"""Versions that are looked through for a passage that is not in the text any more."""


@dataclass(frozen=True, slots=True)
class InContext:
    """A passage with what stands around it."""

    before: str
    passage: str
    after: str
    version: Version | None
    """The version it is from; None of the text as readers have it now."""


def cases() -> QuerySet[Report]:
    """What the desk works on: the same that several readers say is one of them. The newest first."""
    return Report.objects.filter(same_as=None).order_by("-pk")


def counted(reports: QuerySet[Report]) -> dict[str, int]:
    """{state: how many}; one query."""
    return dict(reports.order_by().values_list("state").annotate(n=Count("pk")))


def open_ones(story: int) -> QuerySet[Report]:
    """What waits to be answered of a story."""
    return cases().filter(story=story, state=ReportState.OPEN)


def senders_of(reports: Iterable[Report]) -> dict[int, int]:
    """{report: how many readers said the same}, of those where there are several."""
    ids = [one.pk for one in reports]
    found = Report.objects.filter(same_as__in=ids).order_by().values_list("same_as").annotate(n=Count("pk"))
    return {pk: n + 1 for pk, n in found}


def with_address(report: Report) -> list[Report]:
    """Those among a case who want to be answered by mail."""
    return list(Report.objects.filter(Q(pk=report.pk) | Q(same_as=report)).exclude(email="").order_by("pk"))


def in_context(passage: str, text: str, version: Version | None = None) -> InContext | None:
    """Where a passage stands in a text; found by its ends where the text around a reference or picture came along."""
    words = passage.split()
    if not words:
        return None
    place = _find(words, text)
    if place is None:
        return None
    start, end = place
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = "…" + before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + "…"
    return InContext(before, text[start:end], after, version)


def _find(words: list[str], text: str) -> tuple[int, int] | None:
    if found := re.search(r"\s+".join(map(re.escape, words)), text):
        return found.span()
    if len(words) <= 2 * ENDS:
        return None
    first = re.search(r"\s+".join(map(re.escape, words[:ENDS])), text)
    last = re.search(r"\s+".join(map(re.escape, words[-ENDS:])), text[first.end() :]) if first else None
    if first is None or last is None:
        return None
    start, end = first.start(), first.end() + last.end()
    return (start, end) if end - start <= 2 * sum(len(word) + 1 for word in words) else None


def whole_text(text: dict[str, object]) -> str:
    """All words of a version of the record that a reader can select."""
    return "\n\n".join(str(text.get(name) or "") for name in ("headline", "standfirst", "body"))


def place_of(report: Report) -> InContext | None:
    """Where the passage stands now, or stood in the newest version that had it; None where there is no passage, or no version has it."""
    if not report.passage:
        return None
    worded = [one for one in history.versions(report.story) if one.kind != Kind.REMOVAL][-BACK:]
    texts = history.texts(one.id for one in worded)
    for one in reversed(worded):
        if one.id in texts and (found := in_context(report.passage, whole_text(texts[one.id]), None if one is worded[-1] else one)):
            return found
    return None
