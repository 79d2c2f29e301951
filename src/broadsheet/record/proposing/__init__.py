"""The machine proposes: who said what in a text, what happened, when and where. A person confirms."""

from broadsheet.record.proposing.naming import Named, named
from broadsheet.record.proposing.reading import languages, likely, proposals, register
from broadsheet.record.proposing.told import Kind, Proposal, Speaker, State, When, Words

__all__ = ["Kind", "Named", "Proposal", "Speaker", "State", "When", "Words", "languages", "likely", "named", "proposals", "register"]
