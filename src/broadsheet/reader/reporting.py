"""The form in which readers say what is wrong with a story, and the page on which they see what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from broadsheet.html import without_control
from broadsheet.reader import contexts as c
from broadsheet.reader import dates
from broadsheet.reader.changes import changes_address, report_address
from broadsheet.reader.frame import Frame, head
from broadsheet.record import history
from broadsheet.record.reports.models import Reason, Report, ReportKind, ReportState
from broadsheet.record.reports.taking import Said
from broadsheet.record.reports.wording import EMAIL, PASSAGE, PROBLEM, SOURCE, tidy
from broadsheet.stories.cards import Names, card_of, people_in
from broadsheet.stories.permalinks import absolute

FIELDS = ("passage", "problem", "kind", "source", "email")
TRAP = "website"
"""A field that people do not see."""
SHOWN_AGAIN = 20_000
"""Signs of what was typed that are given back to whoever has to shorten it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A field of the form."""

    value: str = ""
    error: str = ""
    """What is wrong with what was typed; empty when nothing is."""


@dataclass(frozen=True, slots=True)
class ReportChoice:
    """A kind of mistake."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ReportPage(c.Page):
    """The form for a mistake in a story."""

    card: c.Card
    action: str
    token: str
    """Goes back with the form: there are no cookies."""
    passage: Asked
    problem: Asked
    source: Asked
    email: Asked
    kinds: tuple[ReportChoice, ...]
    errors: tuple[c.Link, ...] = ()
    """What is wrong with the fields, each leading to its own."""
    notice: str = ""
    """Why the form as a whole was not taken; empty when it was not sent, or for the sake of its fields."""
    most_passage: str = ""
    most_problem: str = ""
    """How many signs they may have, in the digits of the interface."""


@dataclass(frozen=True, slots=True)
class ReportedPage(c.Page):
    """What a reader reported, and what came of it: nobody else has its address."""

    card: c.Card
    state: str
    """`open`, `answered`, `corrected` or `dismissed`."""
    moment: dt.datetime
    kind: str
    passage: str
    problem: str
    source: str
    """A web address, or empty."""
    address: str
    """Of this page, complete, to be kept."""
    answer: str = ""
    reason: str = ""
    """Why nothing was changed."""
    closed: dt.datetime | None = None
    change_url: str = ""
    """Where the correction is told."""
    wrong: str = ""
    note: str = ""
    """What the correction says."""
    is_written_to: bool = False
    """Whether an e-mail address was left, so that the answer is sent there too."""


def checked(posted: Mapping[str, str]) -> tuple[Said, dict[str, str]]:
    """What was typed, tidied, and what is wrong with it, by field."""
    one_line = {name: tidy(posted.get(name, "")) for name in FIELDS}
    passage, problem = (tidy(posted.get(name, ""), lines=True) for name in ("passage", "problem"))
    source = one_line["source"]
    if source and "//" not in source and "." in source and "@" not in source:
        source = f"https://{source}"
    said = Said(one_line["kind"], problem, passage, source, one_line["email"])
    errors = {
        "passage": _too_long(said.passage, PASSAGE),
        "problem": _("Say in a few words what is wrong.") if not any(sign.isalnum() for sign in said.problem) else _too_long(said.problem, PROBLEM),
        "kind": "" if said.kind in ReportKind.values else _("Choose what is wrong."),
        "source": "" if not said.source or _is_page(said.source) else _("Give the address of a page, such as https://example.org/page, or leave this empty."),
        "email": "" if not said.email or _is_email(said.email) else _("This is no e-mail address. Correct it, or leave this empty."),
    }  # fmt: skip
    return said, {name: error for name, error in errors.items() if error}


def _too_long(text: str, most: int) -> str:
    if len(text) <= most:
        return ""
    return _("This has %(count)s characters; at most %(most)s are taken.") % {"count": _figure(len(text)), "most": _figure(most)}


def _figure(number: int) -> str:
    from django.utils.translation import get_language

    return dates.figure(number, get_language() or "en")


def _is_page(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return (
            len(url) <= SOURCE
            and parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and "." in str(parts.hostname)
            and " " not in url
        )
    except ValueError:
        return False


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= EMAIL


def report_page(
    row: tuple[Any, ...], frame: Frame, *, token: str, typed: Mapping[str, str], errors: Mapping[str, str] | None = None, notice: str = ""
) -> ReportPage:
    """The form of a public story, with what was typed in it and what is wrong with that."""
    card = card_of(row, frame.tree, Names(people_in([row])))
    errors = errors or {}
    name = _("Report a mistake")
    title = ": ".join([_("Not sent yet"), name] if errors or notice else [name])
    asked = {one: Asked(without_control(typed.get(one, ""))[:SHOWN_AGAIN], errors.get(one, "")) for one in FIELDS}
    kind = typed.get("kind") or ReportKind.FACT
    return ReportPage(
        site=frame.site, head=_private(frame, f"{title}: {card.headline}", report_address(card.url)), language=frame.site.language,
        direction=frame.site.direction, card=card, action=report_address(card.url), token=token, passage=asked["passage"],
        problem=asked["problem"], source=asked["source"], email=asked["email"],
        kinds=tuple(ReportChoice(one.value, str(one.label), one.value == kind) for one in ReportKind),
        errors=tuple(c.Link(errors[one], f"#report-{one}") for one in FIELDS if one in errors), notice=notice,
        most_passage=_figure(PASSAGE), most_problem=_figure(PROBLEM),
    )  # fmt: skip


def reported_page(row: tuple[Any, ...], frame: Frame, report: Report) -> ReportedPage:
    """What a reader reported; of what was folded into another, with that one's answer."""
    card = card_of(row, frame.tree, Names(people_in([row])))
    case = report.same_as or report
    # That it is held back is nobody's business: to whoever sent it, it waits.
    state = ReportState.OPEN if case.is_open else case.state
    at = f"{report_address(card.url)}{report.reference}/"
    title = ": ".join([_("Your report"), card.headline])
    plain = ReportedPage(
        site=frame.site, head=_private(frame, title, at), language=frame.site.language,
        direction=frame.site.direction, card=card, state=str(state), moment=report.moment, kind=str(ReportKind(report.kind).label),
        passage=report.passage, problem=report.problem, source=report.source, address=absolute(at), is_written_to=bool(report.email),
    )  # fmt: skip
    if state == ReportState.OPEN:
        return plain
    version = next((one for one in history.versions(case.story) if one.number == case.corrected_by), None)
    return replace(
        plain, answer=case.answer, reason=str(Reason(case.reason).label) if case.reason else "", closed=case.closed,
        change_url=f"{changes_address(card.url)}#version-{version.number}" if version else "",
        wrong=version.wrong if version else "", note=version.note if version else "",
    )  # fmt: skip


def _private(frame: Frame, title: str, path: str) -> c.Head:
    """The head of a page that is not for search engines."""
    return replace(head(frame, title=title, path=path, robots="noindex, nofollow", canonical=""), feeds=())
