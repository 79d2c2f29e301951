"""What an editor is asked about: whether a number, name, date or quotation in the public text is another one, or what is said its contrary.

It compares words, not letters: signs, spaces, paragraphs, capitals and spelling are left alone. Where a script has no capitals (Arabic,
Devanagari) any other word may be a name, so every exchange of words that carry something is asked about. In doubt it asks: a needless
question costs one key.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import regex

from broadsheet.record.matching import opcodes
from broadsheet.record.words import WORD, calendar, fold, listed, places, primary

NUMBER, NAME, DATE, QUOTATION, DENIAL = "number", "name", "date", "quotation", "denial"
_PIECE = regex.compile(
    rf"(?P<word>{WORD.pattern})|(?P<open>[“„])|(?P<close>”)|(?P<either>[\"«»])|(?P<break>\n\n)|(?P<end>[.!?…:।؟۔](?=\s))"
)
_PREFIXES = regex.compile(r"^(?:[وفبلك]|لل)?(?:ال)?")
_CASED = regex.compile(r"\p{Lu}|\p{Ll}")
WORK = 20_000_000
"""Steps that comparing two texts may take while somebody waits for a story to be published; beyond them more is asked about."""
SPELLING = 0.7
"""As alike as two spellings of one word."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that became something else; either side may be empty."""

    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    key: str
    quoted: bool
    first: bool
    """Of a sentence."""


def findings(before: str, after: str, language: str) -> list[Finding]:
    """What is another number, name, date or quotation in the text after than before, in its order."""
    if before == after:
        return []
    before, after = _differing(before, after)
    old, new = list(_words(before)), list(_words(after))
    start = 0
    while start < min(len(old), len(new)) and old[start].key == new[start].key:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end].key == new[-1 - end].key:
        end += 1
    # A little of what is alike on both sides: a doubled word is known by its neighbour.
    start, end = max(0, start - 1), max(0, end - 1)
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    judge = _Judge(language, old, new)
    found: list[Finding] = []
    for tag, i, j, k, m in opcodes([w.key for w in old], [w.key for w in new], WORK):
        if tag != "equal" and not _doubled(old, i, j) and not _doubled(new, k, m):
            found += judge.of(old[i:j], new[k:m], old, new, i, k)
    return list(dict.fromkeys(found))


def _differing(before: str, after: str) -> tuple[str, str]:
    """Both texts without the paragraphs in front and behind that are the same: few of a long story are another, and every word has to be read."""
    old, new = before.split("\n\n"), after.split("\n\n")
    most = min(len(old), len(new))
    start = next((n for n in range(most) if old[n] != new[n]), most)
    end = next((n for n in range(most - start) if old[-1 - n] != new[-1 - n]), most - start)
    # One paragraph with words in it stays on either side, for the neighbours of what is another.
    start = next((n for n in reversed(range(start)) if WORD.search(old[n])), 0)
    end = next((n for n in reversed(range(end)) if WORD.search(old[-1 - n])), 0)
    return "\n\n".join(old[start : len(old) - end]), "\n\n".join(new[start : len(new) - end])


def compared(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Finding]:
    """The same of two texts of the record; another byline is another name."""
    found = [
        Finding(NAME, ", ".join(sorted(gone)), ", ".join(sorted(come)))
        for gone, come in [_exchanged([b["name"] for b in before["byline"]], [b["name"] for b in after["byline"]])]
        if gone or come
    ]
    return found + findings(_all_words(before), _all_words(after), after["language"])


def _exchanged(before: Sequence[str], after: Sequence[str]) -> tuple[set[str], set[str]]:
    return set(before) - set(after), set(after) - set(before)


def _all_words(text: Mapping[str, Any]) -> str:
    lead = text.get("lead_picture") or {}
    return "\n\n".join((text["headline"], text["standfirst"], text["dateline"], lead.get("caption", ""), lead.get("alt", ""), text["body"]))


def _words(text: str) -> Iterator[_Word]:
    opened, first = "", True
    for piece in _PIECE.finditer(text):
        sign = piece[0]
        match piece.lastgroup:
            case "word":
                yield _Word(sign, fold(sign), bool(opened), first)
                first = False
            case "open":
                # What opens in English closes in German.
                opened, first = ("", first) if opened == "„" and sign == "“" else (sign, True)
            case "close":
                opened = ""
            case "either":
                opened, first = (sign, True) if _opens(text, piece.start(), bool(opened)) else ("", first)
            case "break":
                opened, first = "", True
            case "end":
                first = True


def _opens(text: str, at: int, opened: bool) -> bool:
    """Whether a sign that opens here and closes there opens: by what it stands close to, and then by what it is."""
    before, after = at == 0 or text[at - 1].isspace() or text[at - 1] in "([", at + 1 < len(text) and not text[at + 1].isspace()
    # Guillemets point outwards in French, with spaces inside, and inwards in German.
    if before != after:
        return text[at] == "«" or text[at] == '"' and not opened
    return before


def _doubled(words: Sequence[_Word], i: int, j: int) -> bool:
    """Whether what stands there is what stands beside it once more."""
    size = j - i
    these = [w.key for w in words[i:j]]
    return size > 0 and these in ([w.key for w in words[max(0, i - size) : i]], [w.key for w in words[j : j + size]])


class _Judge:
    """Decides what a word is, in one language."""

    def __init__(self, language: str, old: Sequence[_Word], new: Sequence[_Word]) -> None:
        self.numbers, self.denials, self.plain = (listed(kind, language) for kind in ("numbers", "denials", "plain"))
        self.calendar, self.places = calendar(language), places(language)
        self.nouns = primary(language) == "de"
        # A word that is written small somewhere is no name where it begins a sentence.
        self.small = {w.key for w in (*old, *new) if w.text[:1].islower()}
        self.moved = Counter(w.key for w in old) & Counter(w.key for w in new)

    def of(
        self, gone: Sequence[_Word], come: Sequence[_Word], old: Sequence[_Word], new: Sequence[_Word], i: int, k: int
    ) -> Iterator[Finding]:
        kinds = [self._kind(w, old, i + n) for n, w in enumerate(gone)], [self._kind(w, new, k + n) for n, w in enumerate(come)]
        before, after = " ".join(w.text for w in gone), " ".join(w.text for w in come)
        if "".join(w.key for w in gone) == "".join(w.key for w in come):
            return  # Written together, or apart.
        alike = len(gone) == len(come) and all(_is_spelling(a.key, b.key) for a, b in zip(gone, come, strict=True))
        found = {kind for side in kinds for kind in side if kind}
        if any(w.quoted for w in (*gone, *come)):
            found.add(QUOTATION)
        if alike:
            found.discard("perhaps")
        elif "perhaps" in found:
            found.add(NAME)
        for kind in (NUMBER, NAME, DATE, QUOTATION, DENIAL):
            if kind in found:
                yield Finding(kind, before, after)

    def _kind(self, word: _Word, among: Sequence[_Word], at: int) -> str:
        keys = {word.key, _PREFIXES.sub("", word.key)} if "\u0600" <= word.key[:1] <= "\u06ff" else {word.key}
        if any(c.isdecimal() or not c.isalnum() and unicodedata.category(c) in ("Sc", "Po") for c in word.key) or keys & self.numbers:
            return NUMBER
        if keys & self.calendar and (not word.text[:1].islower() or word.key not in self.plain):
            return DATE
        if keys & self.denials or word.key.endswith(("n't", "n’t")):
            return DENIAL
        if keys & self.plain:
            return ""
        if not _CASED.match(word.text):
            return NAME if keys & self.places else "" if self.moved[word.key] else "perhaps"
        if not word.text[:1].isupper():
            return ""
        beside = [w for w in (among[at - 1] if at else None, among[at + 1] if at + 1 < len(among) else None) if w and w.text[:1].isupper()]
        if keys & self.places or any(w.key not in self.plain for w in beside):
            return NAME
        if word.first:
            return "" if word.key in self.small else "perhaps"
        # In German every noun is written like a name.
        return "perhaps" if self.nouns else NAME


def _is_spelling(one: str, other: str) -> bool:
    if min(len(one), len(other)) < 4:
        return False
    return sorted(one) == sorted(other) or SequenceMatcher(None, one, other, autojunk=False).ratio() >= SPELLING
