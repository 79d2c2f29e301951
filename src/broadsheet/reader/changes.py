"""What changed in a story since it was first published, and the corrections of all stories."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from broadsheet.people.models import Declarations
from broadsheet.reader import contexts as c
from broadsheet.reader import dates
from broadsheet.reader.frame import Frame, described, feeds, head
from broadsheet.record import history
from broadsheet.record.difference import Difference, Fact, Run, compare
from broadsheet.record.history import Version
from broadsheet.record.models import Kind
from broadsheet.record.places import place_behind
from broadsheet.stories.cards import Names, card_of, people_in, rows_of
from broadsheet.stories.contexts import Correction
from broadsheet.stories.corrections import Corrected, Place, corrections
from broadsheet.stories.models import StaticPage, Story
from broadsheet.stories.translations import language_name

ROOT = "/corrections/"
PER_PAGE = 24
AT_ONCE = 20
"""Versions that are compared on one page: each costs some milliseconds."""


@dataclass(frozen=True, slots=True)
class Told:
    """A version of a story, and how it differs from the one before."""

    number: int
    moment: dt.datetime
    kind: str
    """`first`, `imported`, `update`, `correction`, `clarification`, `minor` or `removal`."""
    label: str
    """The same as readers call it."""
    wrong: str
    note: str
    """What changed, what is right, or why it was removed."""
    difference: Difference | None
    """None where there is nothing to compare: the first version, one that was removed, one whose text was taken out."""
    missing: bool = False
    """Its text, or that of the one before, was taken out of the record."""
    reason: str = ""
    """Why."""
    now_url: str = ""
    """Where it is compared with the text as it is now; empty for the newest, and where it cannot be."""

    @property
    def is_folded(self) -> bool:
        """Whether it changes nothing that matters: listed, but not opened."""
        return self.kind == Kind.MINOR


@dataclass(frozen=True, slots=True)
class ChangesPage(c.Page):
    """What changed in a story."""

    card: c.Card
    versions: tuple[Told, ...]
    """The newest first."""
    with_now: Told | None
    """One version against the text as it is now, where that was asked for; then `versions` is empty."""
    older_url: str
    """Where earlier versions are."""
    changes_url: str
    json_url: str
    report_url: str = ""
    """Where a mistake is reported; empty where the publication takes no reports."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A correction with its story."""

    card: c.Card
    correction: Correction


@dataclass(frozen=True, slots=True)
class CorrectionsPage(c.Page):
    """All corrections and clarifications."""

    name: str
    policy_html: str
    """Sanitised; of a page of the newsroom's own at this address. Empty: `policy` leads to one that is elsewhere, if there is one."""
    policy: c.Link | None
    corrections: tuple[Listed, ...]
    """The newest first."""
    pager: c.Pager
    feed_url: str


def changes_address(permalink: str) -> str:
    """Where a story's changes are told."""
    return f"{permalink.rstrip('/')}/changes/"


def report_address(permalink: str) -> str:
    """Where a mistake in a story is reported."""
    return f"{permalink.rstrip('/')}/report/"


def json_address(permalink: str) -> str:
    """Where its record is, for machines."""
    return f"{permalink.rstrip('/')}/changes.json"


def public_story(path: str, ending: str) -> tuple[Any, ...] | None:
    """The row of the public story whose permalink is the path before an ending such as `/changes/`; None where there is none, or a page of that name."""
    base = f"/{path}"
    found = dict(Story.objects.filter(permalink__in=[base, f"{base}/", f"{base}{ending}"]).order_by().values_list("permalink", "pk"))
    rows = rows_of(list(found.values())) if f"{base}{ending}" not in found else []
    return rows[0] if rows else None


def of_story(known: Sequence[Version], permalink: str) -> tuple[Correction, ...]:
    """The corrections and clarifications of a story, the newest first."""
    at = changes_address(permalink)
    return tuple(
        Correction(one.kind, one.told, one.wrong, one.note, f"{at}#version-{one.number}") for one in reversed(known) if one.is_corrected
    )


def changes_page(row: tuple[Any, ...], frame: Frame, *, version: int = 0, before: int = 0) -> ChangesPage | None:
    """What changed in a public story: all versions, or one of them against the text as it is now. None where there is no such page."""
    known = history.versions(row[0])
    if not known or version and not any(one.number == version and one.kind != Kind.REMOVAL for one in known[:-1]):
        return None
    card = card_of(row, frame.tree, Names(people_in([row])))
    shown = [one for one in known if not before or one.number < before]
    if not shown:
        return None
    older, shown = shown[:-AT_ONCE], shown[-AT_ONCE:]
    teller = _Teller(known, frame, card)
    at = changes_address(card.url)
    plain = head(frame, title=_("What changed: %(headline)s") % {"headline": card.headline}, path=at, robots="noindex, follow")
    return ChangesPage(
        site=frame.site, head=replace(plain, feeds=feeds(_("Corrections"), f"{ROOT}feed/")), language=frame.site.language, direction=frame.site.direction,
        card=card, versions=() if version else tuple(teller.told(one) for one in reversed(shown)),
        with_now=teller.with_now(version) if version else None,
        older_url=f"{at}?{urlencode({'before': shown[0].number})}" if older and not version else "", changes_url=at, json_url=json_address(card.url),
        report_url=report_address(card.url) if frame.publication.take_reports else "",
    )  # fmt: skip


class _Teller:
    """Tells versions of one story; reads the texts it needs at once."""

    def __init__(self, known: Sequence[Version], frame: Frame, card: c.Card) -> None:
        self.known, self.frame, self.card = known, frame, card
        self.texts: dict[int, dict[str, Any]] = {}
        # What has a text is compared with the last before it that had one: a story may have been away in between.
        self.worded = [one for one in known if one.kind != Kind.REMOVAL]
        self.sections = {entry.id: entry.name for entry in frame.tree.entries if entry.live}

    def _text(self, one: Version) -> dict[str, Any] | None:
        if not self.texts:
            place = self.worded.index(one)
            self.texts = history.texts(two.id for two in self.worded[max(0, place - AT_ONCE) : place + 1] + self.worded[-1:])
        if one.id not in self.texts and not one.taken_out:
            self.texts |= history.texts([one.id])
        return self.texts.get(one.id)

    def told(self, one: Version) -> Told:
        plain = Told(
            one.number, one.moment, one.kind, str(Kind(one.kind).label), one.wrong, one.note, None, one.taken_out, one.reason
        )  # fmt: skip
        if one.kind == Kind.REMOVAL:
            return plain
        place = self.worded.index(one)
        now_url = (
            f"{changes_address(self.card.url)}?{urlencode({'version': one.number})}"
            if place < len(self.worded) - 1 and not one.taken_out
            else ""
        )
        if not place:
            return replace(plain, now_url=now_url)
        before = self.worded[place - 1]
        was, now = self._text(before), self._text(one)
        if was is None or now is None:
            return replace(plain, missing=True, reason=one.reason or before.reason, now_url=now_url)
        return replace(plain, difference=self._compared(was, now), now_url=now_url)

    def with_now(self, number: int) -> Told | None:
        """A version against the newest."""
        one = next((one for one in self.worded if one.number == number), None)
        if one is None:
            return None
        was, now = self._text(one), self._text(self.worded[-1])
        told = Told(one.number, one.moment, one.kind, str(Kind(one.kind).label), "", "", None, one.taken_out, one.reason)
        return replace(told, difference=self._compared(was, now, whole=True)) if was and now else replace(told, missing=True)

    def _compared(self, was: dict[str, Any], now: dict[str, Any], *, whole: bool = False) -> Difference:
        made = compare(was, now, sections=self.sections, whole=whole)
        return replace(made, facts=tuple(self._in_words(fact) for fact in made.facts))

    def _in_words(self, fact: Fact) -> Fact:
        """With codes as readers call them."""
        if fact.name == "kind":
            return replace(fact, runs=tuple(Run(run.kind, str(dict(Story.Kind.choices).get(run.text, run.text))) for run in fact.runs))
        if fact.name == "language":
            return replace(fact, runs=tuple(Run(run.kind, language_name(run.text)) for run in fact.runs))
        if fact.name == "published":
            zone, language = self.frame.publication.tzinfo, self.frame.site.language
            moments = ((run, parse_datetime(run.text)) for run in fact.runs)
            return replace(fact, runs=tuple(Run(r.kind, dates.moment(m.astimezone(zone), language) if m else r.text) for r, m in moments))
        return fact


def corrections_page(frame: Frame, *, before: Place | None = None) -> CorrectionsPage:
    """The corrections of all stories, a page at a time."""
    found = corrections(PER_PAGE + 1, place=before)
    more, found = found[PER_PAGE:], found[:PER_PAGE]
    name = _("Corrections and clarifications")
    policy, own = _policy()
    older = ""
    if more:
        moment, shown = place_behind([one.change.moment for one in found], before)
        older = f"{ROOT}?{urlencode({'before': f'{moment.isoformat()}~{shown}'})}"
    names = Names(people_in(one.row for one in found))
    listed = tuple(Listed(card_of(one.row, frame.tree, names), as_told(one)) for one in found)
    return CorrectionsPage(
        site=frame.site,
        head=head(frame, title=name, path=ROOT, robots="max-image-preview:large" if not before else "noindex, follow",
                  feeds=feeds(name, f"{ROOT}feed/") + feeds(frame.site.name, "/feed/"),
                  json_ld=(described(frame, name=name, path=ROOT, type_="WebPage"),)),
        language=frame.site.language, direction=frame.site.direction, name=name, policy_html=own, policy=policy, corrections=listed,
        pager=c.Pager(ROOT if before else "", older), feed_url=f"{ROOT}feed/",
    )  # fmt: skip


def as_told(one: Corrected) -> Correction:
    """A correction in a list."""
    url = f"{changes_address(one.row[1])}#version-{one.version}"
    return Correction(one.change.kind, one.change.moment, one.change.wrong, one.note, url)


def _policy() -> tuple[c.Link | None, str]:
    """The newsroom's page on corrections: a link to it, or its text where it is at this very address."""
    here = StaticPage.objects.filter(permalink=ROOT, live=True).values_list("galley__body_html", flat=True).first()
    if here:
        return None, here
    pk = Declarations.objects.order_by("pk").values_list("corrections_id", flat=True).first()
    page = StaticPage.objects.filter(pk=pk, live=True).values_list("title", "permalink").first() if pk else None
    return (c.Link(page[0], page[1]) if page and page[1] else None), ""
