"""What a draft says of who said what and what happened, for whoever checks it; nothing of it is written into the draft."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from broadsheet.importing.blocks.convert import words_of
from broadsheet.importing.documents.draft import Draft
from broadsheet.record.proposing import Kind, Proposal, likely, proposals


def proposed(draft: Draft) -> tuple[str, list[Proposal]]:
    """(the text of its body, what is proposed of it)."""
    text = words_of(list(draft.blocks))
    day = draft.published.date() if isinstance(draft.published, dt.datetime) else draft.published
    return text, proposals(text, draft.language or likely(text), day=day)


def as_json(draft: Draft) -> dict[str, Any]:
    """The draft with its proposals, for printing."""
    text, found = proposed(draft)
    return {**draft.as_json(), "proposals": [one.as_json(text) for one in found]}


def counted(draft: Draft) -> str:
    """How many statements and events, in words; empty when there are none."""
    count = Counter(one.kind for one in proposed(draft)[1])
    named = ((count[Kind.STATEMENT], "statement"), (count[Kind.EVENT], "event"))
    return ", ".join(f"{number} {name}{'' if number == 1 else 's'}" for number, name in named if number)
