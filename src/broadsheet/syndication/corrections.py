"""The feed of corrections and clarifications: what was wrong, what is right, and where the change is shown."""

from __future__ import annotations

import datetime as dt

from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from broadsheet.html import without_control
from broadsheet.people.languages import interface_language
from broadsheet.record.models import Kind
from broadsheet.stories.corrections import Corrected, corrections
from broadsheet.stories.permalinks import absolute
from broadsheet.stories.projections import publication
from broadsheet.syndication.feeds import ITEMS, Feed, Item


def corrections_of_all(address: str) -> Feed:
    """The newest of them, as a feed at `address`."""
    paper, found = publication(), corrections(ITEMS)
    with translation.override(interface_language(paper.language)):
        name = _("Corrections and clarifications")
        items = tuple(map(_item, found))
    return Feed(
        title=f"{name} — {paper.name}", description=name, language=paper.language, url=absolute("/corrections/"), address=absolute(address),
        publisher=paper.name, publisher_url=absolute("/"), rights=paper.legal_name or paper.name, logo="", hub="",
        changed=max((item.published for item in items), default=dt.datetime.fromtimestamp(0, dt.UTC)), items=items,
    )  # fmt: skip


def _item(one: Corrected) -> Item:
    card, said = one.row[4] or {}, one.change
    label = str(Kind(said.kind).label)
    # Words that were entered before what breaks a feed was left out of them stay as they were.
    was, note = without_control(said.wrong), without_control(one.note)
    wrong = format_html("<p>{}</p>", was) if was else SafeString("")
    return Item(
        url=absolute(f"{one.row[1].rstrip('/')}/changes/#version-{one.version}"), title=f"{label}: {card.get('headline', '')}",
        language=card.get("language", "en"), summary=" ".join(filter(None, (was, note))),
        html=format_html('{}<p>{}</p><p><a href="{}">{}</a></p>', wrong, note, absolute(one.row[1]), card.get("headline", "")),
        published=said.moment, updated=None, authors=(), categories=(label,), picture=None, players=(),
    )  # fmt: skip
