"""The lines around a headline → who wrote it, when, where it stood, what it is about."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from broadsheet.importing.documents import phrases
from broadsheet.importing.documents.dates import DAY_AFTER, DAY_BEFORE, Found, find_dates
from broadsheet.importing.groups import PLACEMENTS

_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_WORD = re.compile(r"[^\W_](?:[^\W_]|[’'\-.](?=[^\W_]))*")
_SENTENCE = re.compile(r"[.!?。！？…؟۔।॥][\"'”’»)\]）」』]*$")
_EDGES = " \t\xa0|·•∙‧–—-,،、/:：;><»«()[]（）\u200e\u200f"
_SEPARATOR = re.compile(r"\s+[|·•∙‧–—]\s+|\s[-/>»]\s|\t+|\s{3,}")
_AND = re.compile(
    r"\s*[,،、;；&]\s*(?:and|und|et|y|e|en|og|och|ve|i|и)?\s+|\s+(?:and|und|et|y|e|en|og|och|ve|и|و|&)\s+|(?<=[\u3040-\u9fff])[、・](?=[\u3040-\u9fff])",
    re.I,
)
_ROLE = re.compile(
    r"(?:staff|senior|chief|special|foreign|reporter|correspondent|editor|writer|contributor|columnist|journalist|redakteur\w*|journaliste|redacción)\b.*",
    re.I,
)
_WITHIN = re.compile(r"\s+(?:in|dans|en|unter|em|su|kategori)\s+(?=[^\W\d_])", re.I)
SIGNED = re.compile(r"[^\W\d_]{1,14}(?: [^\W\d_]{1,14})?\s?[:：]\s?(?=\S)")
"""A word and a colon, which in a line below a headline stand before a name, whatever the language."""
MAX_NAME = 60


@dataclass(slots=True)
class Facts:
    """What the lines say; the first statement of a thing counts."""

    byline: tuple[str, ...] = ()
    published: dt.date | None = None
    time: dt.time | None = None
    updated: dt.date | None = None
    is_ambiguous: bool = False
    labels: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    standfirst: str = ""


def count_words(text: str) -> int:
    """How many words; two ideographs make one."""
    ideographs = len(_IDEOGRAPH.findall(text))
    return len(_WORD.findall(_IDEOGRAPH.sub(" ", text))) + (ideographs + 1) // 2 if ideographs else len(_WORD.findall(text))


def is_cjk(text: str) -> bool:
    """Whether the text is written mostly without spaces between its words."""
    return len(_IDEOGRAPH.findall(text)) * 3 > len(text)


def is_sentence(text: str) -> bool:
    """Whether the text ends as sentences do."""
    return bool(_SENTENCE.search(text.rstrip()))


def is_name(text: str) -> bool:
    """Whether the text could be the name of a person or a desk."""
    if not text or len(text) > MAX_NAME or is_sentence(text.removesuffix(".")) or phrases.is_noise(text) or phrases.is_stop(text):
        return False
    if (
        re.search(r"[#@/:=<>{}\[\]?!]|(?<![^\W_])\d{4,}|^\d+$|^\W*$", text)
        or phrases.READING_TIME.fullmatch(text)
        or phrases.COUNTED.fullmatch(text)
    ):
        return False
    return len(text.split()) <= 6


def is_date_line(text: str, *, language: str = "") -> bool:
    """Whether the line is there for the date in it: a few words and no sentence, or a list, beside it."""
    found = find_dates(text, language=language)
    if not found:
        return False
    rest = _without(text, found)
    return count_words(rest) <= 9 and not (is_sentence(rest) and count_words(rest) > 3) or _is_list(text[found[-1].end :])


def names(text: str) -> tuple[str, ...]:
    """The people a byline names."""
    text = _WITHIN.split(text.strip(_EDGES))[0]
    parts = [part.strip(_EDGES) for part in _AND.split(text)]
    if (
        len(parts) == 2
        and not re.search(r"[,،、;；]", text)
        and min(len(p.split()) for p in parts) == 1 < max(len(p.split()) for p in parts)
    ):
        parts = [text]  # "José Ortega y Gasset" is one.
    people = [part for part in parts if part and not (len(parts) > 1 and _ROLE.fullmatch(part))]
    return tuple(person for person in dict.fromkeys(people) if is_name(person))


def split_topics(text: str) -> list[str]:
    """The single topics of a list of them."""
    parts = re.split(r"[,،、;；\n]|\s*#", text) if re.search(r"[,،、;；\n#]", text) else [text]
    return [part for raw in parts if (part := raw.strip(_EDGES + "#")) and len(part) <= 100]


def split_labels(text: str, known: Mapping[str, str], *, loose: bool = False) -> list[str] | None:
    """The section names a line is made of, even run together; None for a line that is not made of them.

    `known`: names that stand in the page's menus, by their casefolded form. `loose`: half of them known is enough.
    """
    bare = re.sub(r"\s+", " ", text).strip(_EDGES)
    if not bare or len(bare) > 200:
        return None
    terms = sorted({**{name: name for name in PLACEMENTS}, **known}, key=len, reverse=True)
    folded, at, found = bare.casefold(), 0, []
    while at < len(folded):
        if folded[at] in _EDGES:
            at += 1
            continue
        term = next((t for t in terms if folded.startswith(t, at) and _ends_well(bare, at + len(t))), None)
        if term is None:
            break
        found.append(bare[at : at + len(term)])
        at += len(term)
    else:
        return found
    parts = re.split(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|\s*[|·•/>»,،、]\s*", bare) if loose else []
    if len(parts) > 1 and all(0 < count_words(p) <= 4 for p in parts) and sum(p.casefold() in known for p in parts) * 2 >= len(parts):
        return [part.strip(_EDGES) for part in parts]
    return None


def _ends_well(text: str, at: int) -> bool:
    return at >= len(text) or not text[at].isalpha() or text[at].isupper() or not text[at].isascii() and not text[at - 1].isascii()


def take_labels(facts: Facts, found: Iterable[str]) -> None:
    """Sort names that stand above a headline into sections and mere placements."""
    for name in found:
        name = name.strip(_EDGES)
        target = facts.lists if name.casefold() in PLACEMENTS else facts.labels
        if name and len(name) <= 60 and not phrases.is_noise(name) and name not in target:
            target.append(name)


def take_line(facts: Facts, text: str, *, language: str = "", known: Mapping[str, str] | None = None, site: Collection[str] = ()) -> bool:
    """Read one line below or beside a headline; False when it says nothing of the kind."""
    text = text.strip().strip("\u200e\u200f").removeprefix("#").strip() if text.count("#") == 1 else text.strip()
    if not text:
        return True
    if len(text) > 2500:
        return False
    if phrases.is_noise(text) or phrases.READING_TIME.fullmatch(text):
        return True
    if (parts := [p for p in _SEPARATOR.split(text) if p.strip()]) and len(parts) > 1 and count_words(text) < 60:
        said = [_part(facts, part, language, known or {}, site) for part in parts]
        return any(said)
    return _part(facts, text, language, known or {}, site)


def _part(facts: Facts, text: str, language: str, known: Mapping[str, str], site: Collection[str]) -> bool:
    text = text.strip(_EDGES) if not text.lstrip().startswith("#") else text.strip()
    if (
        not text
        or phrases.is_noise(text)
        or phrases.READING_TIME.fullmatch(text)
        or phrases.COUNTED.fullmatch(text)
        and not find_dates(text)
    ):
        return True
    if match := phrases.TAG_WORD.match(text):
        _topics(facts, text[match.end() :])
        return True
    if match := phrases.FILED_WORD.match(text):
        take_labels(facts, split_labels(text[match.end() :], known) or split_topics(text[match.end() :]))
        return True
    if text.startswith("#") and all(p.startswith("#") for p in text.split()):
        _topics(facts, text)
        return True
    if found := find_dates(text, language=language):
        return is_date_line(text, language=language) and _dated(facts, text, found, known, site)
    match = phrases.BYLINE.match(text)
    if match and match.end() < len(text) and (people := names(text[match.end() :])):
        facts.byline = facts.byline or people
        return True
    if match and match.end() == len(text) or phrases.DATE_WORD.fullmatch(text):
        return True
    if labels := split_labels(text, known):
        take_labels(facts, labels)
        return True
    if not facts.byline and (match := SIGNED.match(text)) and is_name(text[match.end() :]) and count_words(text[match.end() :]) <= 4:
        facts.byline = names(text[match.end() :])
        return bool(facts.byline)
    if not facts.byline and is_name(text) and count_words(text) <= 5 and text.casefold() not in site:
        facts.byline = names(text)
        return bool(facts.byline)
    return False


def _dated(facts: Facts, text: str, found: list[Found], known: Mapping[str, str], site: Collection[str]) -> bool:
    before = text[: found[0].start]
    for n, one in enumerate(found):
        gap = text[found[n - 1].end if n else 0 : one.start]
        is_update = bool(list(phrases.UPDATE_WORD.finditer(gap)))
        if is_update or facts.published is not None:
            facts.updated = facts.updated or one.date
        else:
            facts.published, facts.time, facts.is_ambiguous = one.date, one.time, one.is_ambiguous
    person = phrases.DATED_END.sub("", DAY_BEFORE.sub("", before)).strip(_EDGES)
    if match := phrases.BYLINE.match(person):
        person = person[match.end() :]
    after = DAY_AFTER.sub("", text[found[-1].end :]).strip(_EDGES)
    if person and not facts.byline and person.casefold() not in site and split_labels(person, known) is None:
        facts.byline = names(person)
    elif person and (labels := split_labels(person, known)):
        take_labels(facts, labels)
    if match := phrases.BYLINE.match(after):
        facts.byline = facts.byline or names(after[match.end() :])
    elif _is_list(after):
        _topics(facts, after)
    elif after and not facts.byline and is_name(after) and split_labels(after, known) is None and not phrases.DATE_WORD.fullmatch(after):
        facts.byline = names(after)
    return True


def _topics(facts: Facts, text: str) -> None:
    facts.topics += [topic for topic in split_topics(text) if topic not in facts.topics]


def _is_list(text: str) -> bool:
    parts = [part for part in re.split(r"[,،、;；]", text.strip(_EDGES)) if part.strip()]
    return len(parts) >= 2 and all(count_words(part) <= 7 for part in parts) and not is_sentence(text)


def _without(text: str, found: list[Found]) -> str:
    out, at = [], 0
    for one in found:
        out.append(text[at : one.start])
        at = one.end
    return " ".join([*out, text[at:]])
