"""Events in running text: a summit, a strike, an election, with when and where, and whether it was, will be, or will not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from broadsheet.record.proposing.grammar import Grammar
from broadsheet.record.proposing.told import Kind, Proposal, State, When, Words

_NEAR, _LONG = 40, 160
"""Characters between an event and its date or its place; of an event's name."""


@dataclass(frozen=True, slots=True)
class Events:
    """How a language tells of events."""

    grammar: Grammar
    noun: re.Pattern[str]
    """An event, with the words around it that say which: group `n` is the word for it."""
    states: tuple[tuple[State, re.Pattern[str]], ...]
    """What shows how it stands; the first that is found counts."""
    takes_place: re.Pattern[str]
    apart: re.Pattern[str]
    """Between an event and a date that is not the event's."""

    def find(self, text: str, start: int, end: int, whens: Sequence[When], wheres: Sequence[Words]) -> Iterator[Proposal]:
        """The events of a sentence that has a date, a place or a party for them."""
        for found in self.noun.finditer(text, start, end):
            first, last = found.span()
            last = min(last, first + _LONG)
            where = next((one for one in wheres if first <= one.start < last + _NEAR and not self._between(text, last, one.start)), None)
            if where and last < where.end and where.start - last < 6:
                last = where.end
            when = next((one for one in sorted(whens, key=lambda one: abs(one.start - first)) if self._near(text, one, first, last)), None)
            told = found["with"] or self.takes_place.search(text, last, min(end, last + _NEAR))
            if not (where or when or told):
                continue
            state = next((state for state, pattern in self.states if pattern.search(text, start, end)), None)
            if state:
                yield Proposal(Kind.EVENT, ((first, last),), when=when, place=where, what=" ".join(text[first:last].split()), state=state)

    def _near(self, text: str, when: When, first: int, last: int) -> bool:
        if when.start >= last:
            return when.start - last < _NEAR and not self._between(text, last, when.start)
        return first - when.end < _NEAR and (when.end > first or not self._between(text, when.end, first))

    def _between(self, text: str, start: int, end: int) -> bool:
        return start < end and bool(self.apart.search(text, start, end))


def distinct(events: Sequence[Proposal]) -> Iterator[Proposal]:
    """Each event once: told again without anything that is new, it is the same."""
    seen: set[tuple[str, str, str, str]] = set()
    for one in events:
        head = " ".join(one.what.lower().split()[:2])
        key = (head, one.state or "", one.when.date or one.when.text if one.when else "", one.place.text if one.place else "")
        if key not in seen:
            seen.add(key)
            yield one


def english(grammar: Grammar) -> Events:
    """Those of English."""
    nouns = (
        "summit|meeting|talks|conference|elections?|by-election|referendum|strikes?|walkout|protests?|demonstrations?|rally|march|trial|hearing|inquest|"
        "visit|ceremony|funeral|wedding|coronation|inauguration|festival|concert|tournament|championships?|match|final|race|attack|bombing|earthquake|flood|"
        "explosion|vote|debate|launch|negotiations|ceasefire|parade|exhibition|congress|forum|auction"
    )
    return Events(
        grammar,
        re.compile(
            rf"\b(?:(?!(?i:the|a|an|his|her|their|its|another|any|no|this|that|of|for|in|on|at|to|and|new|after|before|during|from|with|by|as|or|but|than|last|next)\b)[\w’'-]+\s){{0,2}}?(?P<n>{nouns})\b"
            r"(?P<with>\sbetween\s(?:[\w.’'-]+\s){1,8}?and\s(?:(?:[a-zA-Z]\.)+\s|(?:President|Prime|Minister|Foreign)\s)*[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,3})?"
        ),
        (
            (State.CANCELLED, re.compile(r"\b(?:cancel(?:l?ed|s|l?ing|lation)|called off|scrapped|postponed|abandoned)\b", re.I)),
            (State.HOPED, re.compile(r"\b(?:hop(?:e|es|ed|eful|ing)|could (?:take place|be held|happen)|possibility of|would like|wish(?:es)?)\b", re.I)),
            (
                State.PLANNED,
                re.compile(r"\b(?:will (?:be|take|begin|start|open|meet|hold)|scheduled|planned|plans (?:for|to)|is due|are due|to be held|upcoming|is expected)\b", re.I),
            ),
            (
                State.HAPPENED,
                re.compile(r"\b(?:was|were|held|took place|met|attended|during|after|began|opened|ended|killed|discussed|won|lost|followed|in the wake)\b", re.I),
            ),
        ),
        re.compile(r"\b(?:take[s]? place|took place|held|happen)\b", re.I),
        re.compile(r"\b(?:announced|said|cancel\w+|told|since|reported|published|before|until|after)\b|[;:]", re.I),
    )  # fmt: skip


def french(grammar: Grammar) -> Events:
    """Those of French."""
    nouns = (
        "sommet|réunion|rencontre|conférence|élections?|scrutin|référendum|grève|manifestations?|rassemblement|marche|procès|audience|visite|cérémonie|"
        "obsèques|mariage|festival|concert|tournoi|championnats?|match|finale|course|attentat|attaque|séisme|inondations?|explosion|vote|débat|lancement|"
        "négociations|pourparlers|cessez-le-feu|défilé|exposition|congrès|forum|salon"
    )
    return Events(
        grammar,
        re.compile(
            rf"\b(?P<n>{nouns})\b(?:\s(?:présidentielles?|législatives?|municipales?|internationale?s?|annuel(?:le)?|bilatérale?s?|européenn?e?s?|mondiale?s?))?"
            r"(?P<with>\sentre\s(?:[\w.’'-]+\s){1,8}?et\s(?:le\s|la\s|l['’])?[A-ZÀ-Ý][\w’'-]*(?:\s[A-ZÀ-Ý][\w’'-]*){0,3})?",
            re.I,
        ),
        (
            (State.CANCELLED, re.compile(r"\b(?:annul(?:é|ée|és|ées|er|e|ation)|reporté(?:e|s|es)?|supprimé(?:e|s|es)?)\b", re.I)),
            (State.HOPED, re.compile(r"\b(?:espèr(?:e|ent)|espoir|espère|souhait(?:e|ent|ait)|pourrai(?:t|ent) (?:avoir lieu|se tenir)|envisag\w+)\b", re.I)),
            (State.PLANNED, re.compile(r"\b(?:aur(?:a|ont) lieu|se tiendr(?:a|ont)|prévue?s?|doi(?:t|vent)|prochaine?s?|débuter(?:a|ont)|s['’]ouvrira)\b", re.I)),
            (State.HAPPENED, re.compile(r"\b(?:a eu lieu|ont eu lieu|s['’]est|se sont|lors|pendant|après|au cours|était|étaient|a été|ont été|avait)\b", re.I)),
        ),
        re.compile(r"\b(?:avoir lieu|aura lieu|se tenir|se tiendra|a eu lieu)\b", re.I),
        re.compile(r"\b(?:annoncée?s?|annulée?s?|dit|déclaré|depuis|avant|après)\b|[;:]", re.I),
    )  # fmt: skip
