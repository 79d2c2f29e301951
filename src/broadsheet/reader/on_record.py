"""The page that tells people what the record is, how far its log is, and how they check a story."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from broadsheet.reader import contexts as c
from broadsheet.reader.frame import Frame, head
from broadsheet.record import log, signing
from broadsheet.record.models import Leaf, Log, SigningKey
from broadsheet.stories.permalinks import absolute

ROOT = "/record/"


@dataclass(frozen=True, slots=True)
class EarlierLog:
    """A log that was not gone on with."""

    url: str
    reason: str
    """As readers were told, when the one after it began."""


@dataclass(frozen=True, slots=True)
class RecordPage(c.Page):
    """What the record is, and how it is checked."""

    name: str
    entries: int
    """How many the log has."""
    moment: dt.datetime | None
    """When the last of them was made."""
    key: str
    """That checkpoints are signed with, as `name+number+key`; empty before there is one."""
    checkpoint_url: str
    keys_url: str
    program_url: str
    command: str
    """That checks a story, to be typed."""
    earlier: tuple[EarlierLog, ...] = ()


def record_page(frame: Frame) -> RecordPage:
    """The record for people."""
    logs = list(Log.objects.order_by("number"))
    current = logs[-1] if logs else None
    last = current and Leaf.objects.filter(log=current).order_by("-place").values_list("place", "change__moment").first()
    public = SigningKey.objects.order_by("-number").values_list("public", flat=True).first()
    name, address = _("The record"), log.address_of(current.number if current else 1)
    earlier = tuple(EarlierLog(log.address_of(one.number), after.reason) for one, after in zip(logs, logs[1:], strict=False))
    story = frame.latest_rows[0][1] if frame.latest_rows else "/…/"
    site = signing.name().rpartition("/")[0]
    return RecordPage(
        site=frame.site, head=head(frame, title=name, path=ROOT), language=frame.site.language, direction=frame.site.direction,
        name=name, entries=last[0] + 1 if last else 0, moment=last[1] if last else None,
        key=signing.written(bytes.fromhex(public), signing.name()) if public else "", checkpoint_url=f"{address}checkpoint", keys_url=f"{ROOT}keys",
        program_url=f"{ROOT}verify.py", earlier=earlier,
        command=f"python3 verify.py {absolute(story)} --checkpoint {site.replace(':', '-')}.checkpoint",
    )  # fmt: skip
