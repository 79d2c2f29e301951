"""Who "he" is, and who "Peskov": the people a story has named in full so far."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from broadsheet.record.proposing.grammar import QUOTE, Grammar, Token
from broadsheet.record.proposing.phrases import Place
from broadsheet.record.proposing.told import Speaker
from broadsheet.record.words import fold, places

_CAPITAL = "[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĻŁĽŃŅŇŌŐŒŔŘŚŞŠŤŪŮŰŲŹŻŽ]"
_ONE = rf"(?:(?:{_CAPITAL}\.){{1,4}}|{_CAPITAL}[\w'’-]*)"
_RUN = re.compile(rf"(?<![\w.]){_ONE}(?:[ \xa0](?:(?:de|du|d'|la|le|van|von|der|den|bin|al|el|di|da|dos)[ \xa0]){{0,2}}{_ONE}){{0,5}}")
_WHERE = frozenset("in at near à en dans".split())
NEAR = 1_500
"""Characters over which a pronoun reaches back."""


class People:
    """The people of one text."""

    def __init__(self, text: str, grammar: Grammar) -> None:
        self.text, self.grammar = text, grammar
        self.named: list[tuple[int, str, str]] = []
        """(where, full name, m, f or nothing), in the order of the text."""
        self.by_surname: dict[str, list[tuple[int, str]]] = {}
        self.roles: dict[str, str] = {}
        self.genders: dict[str, str] = {}
        self.last: tuple[int, Speaker, str] | None = None
        """(where, who spoke last, m, f or nothing)"""
        self._places = places(grammar.language)
        for found in _RUN.finditer(text):
            before = text[max(0, found.start() - 12) : found.start()].split()
            if not before or before[-1].lower() not in _WHERE:
                self._meet(found.start(), found[0])

    def _meet(self, at: int, run: str) -> None:
        words = run.split()
        gender = ""
        while words and (low := words[0].lower().strip(".")) and (
            low in self.grammar.titles or low in self.grammar.offices or low in self.grammar.openers or low in self.grammar.articles
            or low in self.grammar.prepositions or low in self.grammar.stops or low in self.grammar.months or len(words) > 2 and (fold(low) in self._places or words[0].count(".") > 1)
        ):  # fmt: skip
            gender = gender or self.grammar.titles.get(low, "")
            words = words[1:]
        if words and words[-1].endswith(("'s", "’s")):
            words[-1] = words[-1][:-2]
        if len(words) == 1 and gender:
            name = self._full(words[0], at)
            self.genders.setdefault(name, gender)
            self.named.append((at, name, gender))
        if not 2 <= len(words) <= 4 or any(fold(word) in self.grammar.bodies or fold(word) in self.grammar.months for word in words):
            return
        if all(fold(word) in self._places for word in words):
            return
        name = " ".join(words)
        if gender:
            self.genders.setdefault(name, gender)
        self.named.append((at, name, self.genders.get(name, "")))
        self.by_surname.setdefault(fold(words[-1]), []).append((at, name))

    def _full(self, surname: str, at: int) -> str:
        met = self.by_surname.get(fold(surname), [])
        before = bisect_left(met, (at, ""))
        return met[before - 1][1] if before else surname

    def speaker(self, tokens: Sequence[Token], place: Place, after: Sequence[Token]) -> Speaker:
        """Whoever stands there; `after`: the words behind, which may say who that is."""
        first, last = tokens[place[0]], tokens[place[1]]
        text = self.text[first.start : last.end]
        words = list(tokens[place[0] : place[1] + 1])
        gender = self.grammar.pronouns.get(first.low) if len(words) == 1 else None
        if self.grammar.inverted and len(words) == 1 and (carried := self.grammar.inverted.fullmatch(first.low)):
            pronoun = first.text.rpartition("-")[2]
            gender = self.grammar.pronouns.get(pronoun.lower(), "")
            made = Speaker(first.end - len(pronoun), first.end, pronoun, *self._meant(first.start, gender, carried[0]))
        elif gender is not None:
            made = Speaker(first.start, last.end, text, *self._meant(first.start, gender, text))
        else:
            made = Speaker(first.start, last.end, text, *self._named(words, text, after))
        self.last = (first.start, made, self.genders.get(made.name, gender or ""))
        return made

    def _meant(self, at: int, gender: str, pronoun: str) -> tuple[str, str]:
        """(name, role) of whom a pronoun means, where it can be known."""
        if self.last and at - self.last[0] <= NEAR and (not gender or self._is_somebody(self.last[1]) and self.last[2] in ("", gender)):
            known = self.last[1]
            if gender and known.name:
                self.genders.setdefault(known.name, gender)
            return known.name, known.role
        if not gender:
            return pronoun, ""
        for where, name, whose in reversed(self.named[: bisect_left(self.named, (at, "", ""))]):
            if at - where > NEAR:
                break
            if self.genders.get(name, whose) in ("", gender):
                self.genders.setdefault(name, gender)
                return name, self.roles.get(name, "")
        return pronoun, ""

    def _is_somebody(self, speaker: Speaker) -> bool:
        """Whether whoever spoke is one person, and no office, company or country."""
        if speaker.role or speaker.name in self.genders:
            return True
        words = {fold(word) for word in speaker.name.split()}
        known = fold(speaker.name.split()[-1]) in self.by_surname if speaker.name else False
        return (
            known
            or bool(words & (self.grammar.offices - self.grammar.bodies))
            or bool(words & self.grammar.pronouns.keys())
            or len(words) == 1
            and speaker.name[:1].isupper()
            and not words & self._places
            and fold(speaker.name) not in self.grammar.bodies
        )

    def _named(self, words: list[Token], text: str, after: Sequence[Token]) -> tuple[str, str]:
        grammar = self.grammar
        at = next((n for n, one in enumerate(words) if one.is_name and one.low not in grammar.titles and one.low not in grammar.offices and one.low not in grammar.articles), None)  # fmt: skip
        run = self._last_run(words)
        if at is None or run is None:
            return text, ""
        first, last = run
        if last == len(words) - 1 and (opening := self._opening_name(words)):
            return opening, self._apposed(after) or self.roles.get(opening, "")
        titled = first > 0 and words[first - 1].low.strip(".") in grammar.titles
        name = self.text[words[first].start : words[last].end]
        if name.endswith(("'s", "’s")):
            return text, ""
        before = words[: first - titled]
        role_known = any(one.low in grammar.offices for one in before)
        if last < len(words) - 1 or before and (not role_known or before[-1].low in grammar.prepositions):
            return text, ""
        role = self.text[before[0].start : before[-1].end] if role_known else ""
        while (
            role and (head := role.split(maxsplit=1)) and len(head) > 1 and head[0].lower() in grammar.articles | {"l'", "le", "la", "les"}
        ):
            role = head[1]
        role = role.rstrip(" ,")
        if first == last:
            name = self._full(name, words[first].start)
        if titled:
            self.genders.setdefault(name, grammar.titles[words[first - 1].low.strip(".")])
        role = role or self._apposed(after) or self.roles.get(name, "")
        if role:
            self.roles.setdefault(name, role)
        return name, role

    def _opening_name(self, words: list[Token]) -> str:
        """ "Ruth Gregory at Capital Economics": the name that stands first, where a preposition follows."""
        end = next((n for n, one in enumerate(words) if not one.is_name), 0)
        if (
            end < 2
            or words[end].low not in self.grammar.prepositions - self.grammar.particles
            or any(fold(one.low) in self.grammar.bodies for one in words[:end])
        ):
            return ""
        return self.text[words[0].start : words[end - 1].end]

    def _last_run(self, words: list[Token]) -> tuple[int, int] | None:
        """The name that stands last."""
        last = len(words) - 1
        while last >= 0 and not words[last].is_name:
            last -= 1
        if last < 0:
            return None
        first = last
        while first > 0 and (
            words[first - 1].is_name
            or words[first - 1].low in self.grammar.particles - {"and", "et", "&"}
            and first > 1
            and words[first - 2].is_name
        ):
            low = words[first - 1].low.strip(".")
            if (
                low.endswith(("'s", "’s"))
                or low in self.grammar.titles
                or low in self.grammar.offices
                or first - 1 == 0
                and low in self.grammar.openers
            ):
                break
            first -= 1
        if (
            last - first > 1
            and first
            and words[first - 1].low in self.grammar.prepositions
            and any(one.low in self.grammar.offices for one in words[:first])
        ):
            first += 1
        return first, last

    def _apposed(self, after: Sequence[Token]) -> str:
        """ ", head of the scams team," """
        if len(after) < 3 or after[0].low != ",":
            return ""
        end = next(
            (n for n in range(1, min(len(after), 16)) if after[n].low in (",", ".", ";", ":", QUOTE) or after[n].low in self.grammar.stops),
            min(len(after), 16),
        )
        inside = after[1:end]
        while inside and inside[0].low in self.grammar.articles:
            inside = inside[1:]
        if not inside or not any(one.low in self.grammar.offices for one in inside[:4]):
            return ""
        return self.text[inside[0].start : inside[-1].end]
