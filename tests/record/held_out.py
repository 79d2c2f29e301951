"""Edits made of real posts at test time, each labelled by what was done; nobody looks at them, and nothing of them is kept."""

from __future__ import annotations

import csv
import hashlib
import random
import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import lxml.etree
from babel import Locale

from broadsheet.html import plain_text

FIXTURES = Path(__file__).resolve().parents[3] / "shared" / "fixtures"
EXPORTS = {
    "fr": "wxr/real/bitcoinfrance-fr.xml", "ar": "wxr/real/hsoub-news-ar.xml", "hi": "wxr/real/rithalaupdate-hi-en-fse.xml",
    "de": "wxr/real/thenocturnalsilence-de-custom-taxonomies.xml",
}  # fmt: skip
SCRIPTS = {"ar": "[\u0620-\u064a]", "hi": "[\u0904-\u0939\u0958-\u0961]"}
SYNONYMS = {
    "en": {"which": "that", "but": "yet", "while": "whilst", "large": "big", "also": "too"},
    "fr": {"mais": "cependant", "car": "parce que", "puis": "ensuite", "grand": "vaste"},
    "de": {"aber": "jedoch", "weil": "da", "oft": "häufig", "auch": "ebenso"},
    "ar": {"لكن": "غير أن", "كما": "مثلما", "أيضا": "كذلك", "لأن": "إذ إن"},
    "hi": {"लेकिन": "परन्तु", "और": "एवं", "तथा": "और"},
}
SURNAMES = ("Holm", "Marlow", "Okafor", "Aubry", "Brandt")
QUOTED = re.compile("“[^“”\n]{8,300}”|«[^«»\n]{8,300}»|„[^„“\n]{8,300}“" + r'|(?<![^\s(])"(?=\S)[^"\n]{8,300}(?<=\S)"(?!\w)')
GERMAN = re.compile("„[^„“”\n]{8,300}[“”]|»(?=\\S)[^«»\n]{8,300}«")
"""Guillemets point inwards there: from a closing one to the next opening one is no quotation."""
PER_LANGUAGE = 40


def posts(language: str) -> Iterator[str]:
    """Plain texts of real posts in a language."""
    csv.field_size_limit(sys.maxsize)
    if language == "en":
        with (FIXTURES / "corpora/masakhane/eng-test.tsv").open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t"):
                yield plain_text(row.get("text") or "")
        return
    place = "{http://purl.org/rss/1.0/modules/content/}encoded"
    tree = lxml.etree.parse(str(FIXTURES / EXPORTS[language]), lxml.etree.XMLParser(recover=True, resolve_entities=False, huge_tree=True))
    for found in tree.iter(place):
        text = plain_text(re.sub(r"\[/?\w[^\]]*\]", " ", found.text or ""))
        if language not in SCRIPTS or len(re.findall(SCRIPTS[language], text)) > len(text) * 0.3:
            yield text


def edits(language: str) -> Iterator[tuple[str, str, bool, str]]:
    """(before, after, whether to ask, what was done), the same each time."""
    made: dict[str, int] = {}
    for text in posts(language):
        if not 200 < len(text) < 20_000:
            continue
        luck = random.Random(hashlib.sha256(text.encode()).hexdigest())
        for name, edit in (*SUBSTANTIVE.items(), *TRIVIAL.items()):
            if made.get(name, 0) < PER_LANGUAGE and (pair := edit(text, language, luck)) and pair[0] != pair[1]:
                made[name] = made.get(name, 0) + 1
                yield *pair, name in SUBSTANTIVE, name


def _one(found: Iterator[re.Match[str]], luck: random.Random) -> re.Match[str] | None:
    all_ = list(found)
    return luck.choice(all_) if all_ else None


def _put(text: str, span: tuple[int, int], new: str) -> tuple[str, str]:
    return text, text[: span[0]] + new + text[span[1] :]


def _outside(text: str, found: re.Match[str]) -> bool:
    return not any(start <= found.start() < end for start, end in _quoted(text))


@lru_cache(maxsize=1)
def _quoted(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(quote.span() for quote in QUOTED.finditer(text))


def number(text: str, language: str, luck: random.Random) -> tuple[str, str] | None:
    found = _one(re.finditer(r"\d+", text), luck)
    if not found:
        return None
    last = found[0][-1]
    zero = ord(last) - int(last)
    return _put(text, found.span(), found[0][:-1] + chr(zero + (int(last) + luck.randint(1, 9)) % 10))


def _another(names: list[str], text: str, luck: random.Random) -> tuple[str, str] | None:
    fit = [name for name in names if len(name) > 3]
    pattern = r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(fit, key=len, reverse=True))) + r")(?!\w)"
    found = _one(re.finditer(pattern, text), luck)
    return _put(text, found.span(), luck.choice([name for name in fit if name != found[0]])) if found else None


def place(text: str, language: str, luck: random.Random) -> tuple[str, str] | None:
    return _another([name for code, name in sorted(Locale(language).territories.items()) if len(code) == 2], text, luck)


def date(text: str, language: str, luck: random.Random) -> tuple[str, str] | None:
    locale = Locale(language)
    names = {*locale.months["format"]["wide"].values(), *locale.days["format"]["wide"].values()}
    # What is a word besides is no date for certain.
    return _another(sorted(names - {"March", "May", "mars", "Mars"}), text, luck)


def quotation(text: str, language: str, luck: random.Random) -> tuple[str, str] | None:
    quotes = (quote for quote in (GERMAN if language == "de" else QUOTED).finditer(text) if len(quote[0].split()) > 5)
    found = _one(quotes, luck)
    if not found:
        return None
    words = found[0].split(" ")
    # A sign that stands alone is no word.
    gone = luck.choice([n for n in range(1, len(words) - 1) if any(c.isalpha() for c in words[n])] or [1])
    return _put(text, found.span(), " ".join(words[:gone] + words[gone + 1 :]))


def surname(text: str, language: str, luck: random.Random) -> tuple[str, str] | None:
    if language in SCRIPTS:
        return None
    found = _one(re.finditer(r"(?<=[a-zà-ÿ] )([A-Z][a-zà-ÿ]{2,} )([A-Z][a-zà-ÿ]{2,})(?=[ ,.])", text), luck)
    return _put(text, found.span(2), luck.choice([name for name in SURNAMES if name != found[2]])) if found else None


def _word(text: str, language: str, luck: random.Random, least: int = 6) -> re.Match[str] | None:
    letters = SCRIPTS.get(language, "[a-zà-ÿ]")
    pattern = rf"(?<=\s){letters}{{{least},}}(?=\s)"
    return _one((word for word in re.finditer(pattern, text) if _outside(text, word)), luck)


def spelling(text: str, language: str, luck: random.Random) -> tuple[str, str] | None:
    word = _word(text, language, luck, 4 if language == "hi" else 5 if language == "ar" else 6)
    if not word:
        return None
    at = luck.randrange(1, len(word[0]) - 2)
    wrong = word[0][:at] + word[0][at + 1] + word[0][at] + word[0][at + 2 :]
    return text[: word.start()] + wrong + text[word.end() :], text


def doubled(text: str, language: str, luck: random.Random) -> tuple[str, str] | None:
    word = _word(text, language, luck, 2)
    return (text[: word.end()] + " " + word[0] + text[word.end() :], text) if word else None


def spaces(text: str, language: str, luck: random.Random) -> tuple[str, str] | None:
    found = _one(re.finditer(r"(?<=\S) (?=\S)", text), luck)
    return (text[: found.start()] + "  " + text[found.end() :], text) if found else None


def comma(text: str, language: str, luck: random.Random) -> tuple[str, str] | None:
    word = _word(text, language, luck, 3)
    return _put(text, (word.end(), word.end()), "،" if language == "ar" else ",") if word else None


def signs(text: str, language: str, luck: random.Random) -> tuple[str, str] | None:
    found = _one(re.finditer(r"[’“”]", text), luck)
    return _put(text, found.span(), "'" if found[0] == "’" else '"') if found else None


def paragraph(text: str, language: str, luck: random.Random) -> tuple[str, str] | None:
    found = _one(re.finditer(r"(?<=[.!?।؟]) (?=\S)", text), luck)
    return _put(text, found.span(), "\n\n") if found else None


def synonym(text: str, language: str, luck: random.Random) -> tuple[str, str] | None:
    words = SYNONYMS[language]
    pattern = r"(?<=\s)(?:" + "|".join(words) + r")(?=\s)"
    found = _one((word for word in re.finditer(pattern, text) if _outside(text, word)), luck)
    return _put(text, found.span(), words[found[0]]) if found else None


SUBSTANTIVE = {"number": number, "place": place, "date": date, "quotation": quotation, "surname": surname}
TRIVIAL = {
    "spelling": spelling, "doubled word": doubled, "spaces": spaces, "comma": comma, "signs": signs, "paragraph": paragraph, "synonym": synonym,
}  # fmt: skip
