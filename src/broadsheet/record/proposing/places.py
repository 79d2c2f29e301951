"""Places in running text: behind a word like "in", known by name or written like one."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass, field

from babel import Locale

from broadsheet.record.proposing.grammar import Grammar
from broadsheet.record.proposing.told import Words
from broadsheet.record.words import fold

_CAPITAL = "[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĻŁĽŃŅŇŌŐŒŔŘŚŞŠŤŪŮŰŲŹŻŽ]"
_NAME = rf"{_CAPITAL}[\w'’-]*(?:[ \xa0](?:(?:of|de|du|des|la|le|el|al|upon|sur|en)[ \xa0])?{_CAPITAL}[\w'’-]*){{0,3}}"


@dataclass(frozen=True, slots=True)
class Places:
    """How a language tells where."""

    grammar: Grammar
    certain: str
    """Words that stand before places more often than before anything else."""
    doubtful: str
    """Words that do so as well, behind which only a place that is known counts."""
    more: str
    """Places that the Unicode data does not name."""
    pattern: re.Pattern[str] = field(init=False)
    known: frozenset[str] = field(init=False)
    never: frozenset[str] = field(init=False)
    """Names of languages."""

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "pattern", re.compile(rf"(?<![\w'’])(?:(?P<sure>(?i:{self.certain}))|(?i:{self.doubtful}))(?P<name>{_NAME})")
        )
        locale = Locale.parse(self.grammar.language)
        object.__setattr__(self, "never", frozenset(fold(str(name)) for name in locale.languages.values()))
        names = {str(name) for code, name in locale.territories.items() if len(code) == 2}
        names |= {
            zone.rpartition("/")[2].replace("_", " ")
            for zone in zoneinfo.available_timezones()
            if "/" in zone and not zone.startswith("Etc/")
        }
        names |= {str(one["city"]) for one in locale.time_zones.values() if one.get("city")}
        names |= {name.strip() for name in self.more.split(",")}
        object.__setattr__(self, "known", frozenset(fold(name) for name in names if name))

    def find(self, text: str, start: int, end: int, people: frozenset[str]) -> Iterator[Words]:
        """The places of a sentence; `people`: surnames that the text has."""
        for found in self.pattern.finditer(text, start, end):
            name = found["name"]
            if name.endswith(("'s", "’s")):
                name = name[:-2]
            if self._is_place(name, found["sure"] is not None, people):
                at = found.start("name")
                yield Words(at, at + len(name), name)

    def _is_place(self, name: str, sure: bool, people: frozenset[str]) -> bool:
        folded = fold(name)
        if folded in self.known or fold(name.split()[0]) in self.known and "," not in name and len(name.split()) == 1:
            return True
        words = {fold(word) for word in name.split()}
        if (
            folded in self.never
            or not sure
            or len(name) < 3
            or name.isupper()
            or words & (self.grammar.months | people | self.grammar.pronouns.keys() | self.grammar.writer)
        ):
            return False
        return (
            not words & (self.grammar.bodies - {"city", "ville", "county", "new", "north", "south", "east", "west"})
            and not words & self.grammar.offices
        )


def english(grammar: Grammar) -> Places:
    """Those of English."""
    return Places(
        grammar, r"(?:in|near|outside|across|throughout)\s(?:the\s)?", r"(?:at|from|to|of|for|visited|between)\s(?:the\s)?",
        "Alaska, Moscow, Washington, New Delhi, Mumbai, Geneva, Beijing, Gaza, Jerusalem, Tehran, Kyiv, Kiev, Kharkiv, California, Texas, Florida, England,"
        " Scotland, Wales, Northern Ireland, Birmingham, Manchester, Barcelona, Milan, Munich, Frankfurt, Hamburg, Lyon, Strasbourg, Davos, The Hague, Crimea,"
        " Donetsk, Kashmir, West Bank, Lahore, Islamabad, Rawalpindi, Abu Dhabi, Jeddah, Mecca, Medina, Basra, Mosul, Idlib, Aleppo, Alexandria, Osaka,"
        " Boston, Philadelphia, San Francisco, Houston, Dallas, Atlanta, Seattle, Miami, Europe, Africa, Asia, Latin America, North America, South America, Middle East",
    )  # fmt: skip


def french(grammar: Grammar) -> Places:
    """Those of French."""
    return Places(
        grammar, r"(?:à|près\sde|dans\sle\ssud\sde)\s(?:la\s|l['’])?", r"(?:en|au|aux|de|du|vers|pour|entre)\s(?:la\s|l['’])?",
        "Alaska, Moscou, Washington, Genève, Pékin, Gaza, Jérusalem, Téhéran, Kiev, Lyon, Marseille, Strasbourg, Lille, Bordeaux, Nantes, Toulouse, Nice,"
        " Londres, Davos, La Haye, Barcelone, Milan, Munich, Francfort, Hambourg, Abou Dhabi, Boston, Californie, Texas, Europe, Afrique, Asie, Bretagne, Corse,"
        " Le Caire, Alger, Beyrouth, Damas, Varsovie, Québec, Montréal, Dakar, Abidjan, Bamako, Kinshasa",
    )  # fmt: skip
