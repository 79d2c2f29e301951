"""The lines around a headline → who wrote it, when, where it stood, what it is about."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from broadsheet.importing.documents import bylines, phrases
from broadsheet.importing.documents.bylines import EDGES
from broadsheet.importing.documents.dates import DAY_AFTER, DAY_BEFORE, Found, find_dates
from broadsheet.importing.groups import PLACEMENTS

_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
INDIC = re.compile(r"[\u0900-\u0dff\u0e80-\u109f]")
"""Scripts whose vowel signs are no letters to a regular expression: a word is what stands between spaces."""
_WORD = re.compile(r"[^\W_](?:[^\W_]|[’'\-.](?=[^\W_]))*")
_SENTENCE = re.compile(r"[.!?。！？…؟۔।॥][\"'”’»)\]）」』]*$")
_TAIL = re.compile(r"\s+\d[\d.,]{0,9}\s?[^\W\d_]{2,14}$")
_SEPARATOR = re.compile(r"\s+[|·•∙‧–—]\s+|\s[-/>»]\s|\t+|\s{3,}")


@dataclass(slots=True)
class Facts:
    """What the lines say; the first statement of a thing counts."""

    byline: tuple[str, ...] = ()
    sureness: float = 0.0
    """How surely the byline is one."""
    published: dt.date | None = None
    time: dt.time | None = None
    updated: dt.date | None = None
    is_ambiguous: bool = False
    labels: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    standfirst: str = ""

    def say(self, claim: bylines.Claim, bonus: float = 0.0) -> bool:
        """Take the byline a line claims, if it claims more surely than those before; whether it claims one at all."""
        weight = claim.weight + bonus
        if not claim.people or weight < bylines.ENOUGH:
            return False
        if claim.weight < 0.5:
            weight = min(weight, 1.5)  # A single word is a section's name as often as a writer's, wherever it stands.
        # What is said first is as good as what is hardly surer.
        if weight > self.sureness + (0.25 if self.byline else 0.0):
            self.byline, self.sureness = claim.people, weight
        return True

    def join(self, beside: list[tuple[str, ...]]) -> None:
        """Several people, each with what they do on the next line, are one byline."""
        if self.byline in beside:
            self.byline = tuple(dict.fromkeys(person for people in beside for person in people))


@dataclass(frozen=True, slots=True)
class Reading:
    """A text taken apart."""

    headline: str
    facts: Facts
    body: str
    """HTML."""
    notes: tuple[str, ...]


def count_words(text: str) -> int:
    """How many words; two ideographs make one."""
    if INDIC.search(text):
        return sum(bool(_WORD.search(word)) for word in text.split())
    ideographs = len(_IDEOGRAPH.findall(text))
    return len(_WORD.findall(_IDEOGRAPH.sub(" ", text))) + (ideographs + 1) // 2 if ideographs else len(_WORD.findall(text))


def is_cjk(text: str) -> bool:
    """Whether the text is written mostly without spaces between its words."""
    return len(_IDEOGRAPH.findall(text)) * 3 > len(text)


def is_sentence(text: str) -> bool:
    """Whether the text ends as sentences do."""
    return bool(_SENTENCE.search(text.rstrip()))


def is_date_line(text: str, *, language: str = "") -> bool:
    """Whether the line is there for the date in it: a few words and no sentence, or a list, beside it."""
    found = find_dates(text, language=language)
    if not found or "://" in text:
        return False
    rest = _without(text, found)
    parts = statements(text)
    dated = [part for part in parts if find_dates(part, language=language)]
    is_row = len(parts) > 2 and any(count_words(_without(part, find_dates(part))) <= 2 for part in dated)
    if len(parts) > 1 and count_words(text) <= 40 and (is_row or any(_says(part) for part in parts) or sum(map(is_said_of, parts)) > 1):
        if all(count_words(re.sub(r"\([^()]*\)", "", _without(part, find_dates(part)))) <= 5 for part in dated) and all(
            count_words(part) <= 12 for part in parts
        ):
            return True
    if count_words(text) <= 20 and bylines.claim(phrases.DATED_END.sub("", text[found[-1].end :].strip(EDGES))).weight >= 2.5:
        return True
    return count_words(rest) <= 9 and not (is_sentence(rest) and count_words(rest) > 3) or _is_list(text[found[-1].end :])


def _says(part: str) -> bool:
    """Whether the statement begins with a word for who wrote, edited or took it over, or when."""
    return any(word.match(part) for word in (phrases.BYLINE, phrases.EDITED, phrases.DATE_WORD))


def is_said_of(part: str) -> bool:
    """Whether a word and a colon stand before a few words, as in “From: …”."""
    return bool(phrases.SIGNED.match(part)) and count_words(part) <= 6 and not is_sentence(part)


def statements(text: str) -> list[str]:
    """What a line at a headline says one after the other: at marks between, before words with a colon, without how often it was read."""
    if len(text) > 1000:
        return [text]
    parts = [part for part in _SEPARATOR.split(text) if part.strip()] if not _is_one(text) else [text]
    out: list[str] = []
    for part in parts:
        found = find_dates(part)
        begun = max((m.end() for word in (phrases.BYLINE, phrases.DATE_WORD) if (m := word.match(part))), default=0)
        cuts = [
            m.start()
            for m in phrases.LABEL.finditer(part, max(0, begun - 1))
            if not any(one.start < m.start() < one.end - 1 for one in found)
        ]
        if counted := _TAIL.search(part):
            cuts += [counted.start()] if not any(one.end > counted.start() for one in found) and (found or cuts or _says(part)) else []
        if len(cuts) < 2 and not (cuts and (found or _says(part))):
            cuts = []
        # One word before a word and a colon belongs to it: “Last revised:”.
        cuts = sorted(set(cuts))
        cuts = [
            cut
            for before, cut in zip([0, *cuts], cuts, strict=False)
            if len(part[before:cut].split()) > 1 or re.search("[:：]", part[before:cut])
        ]
        edges = [0, *cuts, len(part)]
        out += [piece for start, end in zip(edges, edges[1:], strict=False) if (piece := part[start:end].strip())]
    return out


def split_topics(text: str) -> list[str]:
    """The single topics of a list of them."""
    parts = re.split(r"[,،、;；\n]|\s*#", text) if re.search(r"[,،、;；\n#]", text) else [text]
    return [part for raw in parts if (part := raw.strip(EDGES + "#")) and len(part) <= 100]


def split_labels(text: str, known: Mapping[str, str], *, loose: bool = False) -> list[str] | None:
    """The section names a line is made of, even run together; None for a line that is not made of them.

    `known`: names that stand in the page's menus, by their casefolded form. `loose`: half of them known is enough.
    """
    bare = re.sub(r"\s+", " ", text).strip(EDGES)
    if not bare or len(bare) > 200:
        return None
    terms = sorted({**{name: name for name in PLACEMENTS}, **known}, key=len, reverse=True)
    folded, at, found = bare.casefold(), 0, []
    while at < len(folded):
        if folded[at] in EDGES:
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
        return [part.strip(EDGES) for part in parts]
    return None


def _ends_well(text: str, at: int) -> bool:
    return at >= len(text) or not text[at].isalpha() or text[at].isupper() or not text[at].isascii() and not text[at - 1].isascii()


def take_labels(facts: Facts, found: Iterable[str]) -> None:
    """Sort names that stand above a headline into sections and mere placements."""
    for name in found:
        name = name.strip(EDGES)
        target = facts.lists if name.casefold() in PLACEMENTS else facts.labels
        if name and len(name) <= 60 and not phrases.is_noise(name) and name not in target:
            target.append(name)


def take_line(
    facts: Facts, text: str, *, language: str = "", known: Mapping[str, str] | None = None, site: Collection[str] = (), bonus: float = 0.0
) -> bool:
    """Read one line below or beside a headline; False when it says nothing of the kind.

    `bonus`: what the line's place adds to what it says of the writer.
    """
    text = text.strip().strip("\u200e\u200f").removeprefix("#").strip() if text.count("#") == 1 else text.strip()
    if not text:
        return True
    if len(text) > 2500:
        return False
    if phrases.is_noise(text) or phrases.READING_TIME.fullmatch(text) or phrases.AGE.fullmatch(text):
        return True
    if count_words(text) < 60 and len(parts := statements(text)) > 1:
        # A name beside a date, or beside what its bearer does, is a writer's more often than one that stands alone.
        beside = bonus + 1.0 * any(
            bylines.is_role(p) or bylines.is_agency(p) or phrases.READING_TIME.fullmatch(p) or find_dates(p) for p in parts
        )
        beside += 0.3 * any(find_dates(p) for p in parts)
        said = [_part(facts, part, language, known or {}, site, bonus if find_dates(part) else beside) for part in parts]
        return any(said)
    return _part(facts, text, language, known or {}, site, bonus)


def _is_one(text: str) -> bool:
    """Whether the marks in the line are within its date: “3 February 2026 | 14:05 GMT”."""
    found = find_dates(text)
    return len(found) == 1 and not _SEPARATOR.search(_without(text, found))


def _part(facts: Facts, text: str, language: str, known: Mapping[str, str], site: Collection[str], bonus: float) -> bool:
    text = bylines.trim(text) if not text.lstrip().startswith("#") else text.strip()
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
    if (found := find_dates(text, language=language)) and "://" not in text:
        return is_date_line(text, language=language) and _dated(facts, text, found, known, site, bonus)
    if phrases.DATE_WORD.fullmatch(text) or (match := phrases.BYLINE.match(text)) and match.end() == len(text):
        return True
    claim = bylines.claim(text, site=site)
    if claim.weight >= 2.0 and phrases.BYLINE.match(text) and facts.say(claim, bonus):
        return True
    if labels := split_labels(text, known):
        take_labels(facts, labels)
        return True
    is_said = claim.weight >= 2.4 and not phrases.NAME_END.search(text)  # “Ada Quill, Correspondent”, but not “财经记者”.
    if bylines.is_role(text) and not is_said or bylines.is_agency(text):
        return True
    return facts.say(claim, bonus)


def _dated(facts: Facts, text: str, found: list[Found], known: Mapping[str, str], site: Collection[str], bonus: float) -> bool:
    is_second = facts.published is not None
    for n, one in enumerate(found):
        gap = text[found[n - 1].end if n else 0 : one.start]
        is_update = bool(list(phrases.UPDATE_WORD.finditer(gap)))
        if is_update or facts.published is not None:
            facts.updated = facts.updated or one.date
        else:
            facts.published, facts.time, facts.is_ambiguous = one.date, one.time, one.is_ambiguous
    before = bylines.trim(phrases.DATED_END.sub("", DAY_BEFORE.sub("", text[: found[0].start]).rstrip(EDGES)))
    after = bylines.trim(DAY_AFTER.sub("", text[found[-1].end :]))
    if before and (labels := split_labels(before, known)):
        take_labels(facts, labels)
    elif before and not DAY_BEFORE.sub("", text[: found[0].start]).rstrip(" ,،").endswith((":", "：")):
        # Words and a colon before a date say what it is the date of.
        claim = bylines.claim(before, site=site)
        if claim.weight < 0.5 and DAY_BEFORE.sub("", text[: found[0].start]).rstrip(" \xa0").endswith(before):
            # One word right before a date says what it is the date of, more often than who wrote: anything else counts more.
            claim, bonus = bylines.Claim(() if is_second else claim.people, bylines.ENOUGH), -1.3
        facts.say(claim, bonus + 1.3)
    if _is_list(after) and not phrases.BYLINE.match(after):
        _topics(facts, after)
    elif after and split_labels(after, known) is None and not phrases.DATE_WORD.fullmatch(after) and not _is_of_the_hour(after, found[-1]):
        facts.say(bylines.claim(after, site=site), bonus + 1.2)
    return True


def _is_of_the_hour(text: str, found: Found) -> bool:
    """Whether a short word behind a time of day is its “o’clock”, in a script without capitals."""
    return found.time is not None and len(text) <= 5 and " " not in text and not any(char.isupper() or char.islower() for char in text)


def _topics(facts: Facts, text: str) -> None:
    facts.topics += [topic for topic in split_topics(text) if topic not in facts.topics]


def _is_list(text: str) -> bool:
    parts = [part for part in re.split(r"[,،、;；]", text.strip(EDGES)) if part.strip()]
    return len(parts) >= 2 and all(count_words(part) <= 7 for part in parts) and not is_sentence(text)


def _without(text: str, found: list[Found]) -> str:
    out, at = [], 0
    for one in found:
        out.append(text[at : one.start])
        at = one.end
    return " ".join([*out, text[at:]])
