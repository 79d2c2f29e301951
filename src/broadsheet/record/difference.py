"""What readers find otherwise in one text of the record than in another: by sentence and word, never by line or tag.

A sentence that stands elsewhere has moved, it has not gone and come. One that was rewritten is told word by word as long as half of it
is the same; beyond that it was replaced, for what is left in common between two other sentences tells nobody anything.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import regex

from broadsheet.html import sentences
from broadsheet.record.matching import opcodes

SAME, GONE, COME, MOVED = "same", "gone", "come", "moved"
ALIKE = 0.5
"""As much of two sentences is the same as makes one the other rewritten."""
LABELS = ("paid_by", "funding", "ai_tool", "ai_part", "ai_review")
WORK = {"sentences": 2_000_000, "words": 300_000}
"""Steps that comparing two texts, or two sentences, may take: anybody can ask for the page."""
COMMON = 12
"""Sentences that share a word from which on the word says nothing about which belong together."""
# Scripts without spaces are compared sign by sign: what stands between two spaces there may be a whole sentence.
_TOKEN = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]\p{M}*\s*"
    r"|[\p{L}\p{N}\p{M}]+(?:[.,:'’٫٬-][\p{L}\p{N}\p{M}]+)*\s*|[^\p{L}\p{N}]\s*"
)
_SAYS = regex.compile(r"[\p{L}\p{N}]")
_WITHOUT_SPACE = "。！？｡．"


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one kind."""

    kind: str
    """`same`, `gone`, `come`, or `moved` for what stood elsewhere before."""
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of the text, as it is now with what went; or several that are as they were."""

    runs: tuple[Run, ...]
    unchanged: int = 0
    """How many paragraphs are left out here because they are as they were."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something beside the body that is otherwise: the headline, the byline, the picture."""

    name: str
    """`headline`, `standfirst`, `dateline`, `byline`, `kind`, `language`, `published`, `address`, `sections`, `caption`, `alt`, `credit`, `picture`,
    `pictures`, `paid_by`, `funding`, `ai_tool`, `ai_part`, `ai_review`, `links` or `structure`."""
    runs: tuple[Run, ...] = ()
    """Empty where there are no words to show: another picture, another division into paragraphs."""


@dataclass(frozen=True, slots=True)
class Difference:
    """All that is otherwise in a text."""

    facts: tuple[Fact, ...]
    passages: tuple[Passage, ...]

    def __bool__(self) -> bool:
        return bool(self.facts) or any(run.kind != SAME for passage in self.passages for run in passage.runs)


def compare(before: Mapping[str, Any], after: Mapping[str, Any], *, sections: Mapping[int, str], whole: bool = False) -> Difference:
    """Two texts of the record (`docs/contracts/record.md`). `sections` are the names that may be told; `whole`: with what is as it was."""
    found = tuple(passages(before["body"], after["body"], whole=whole))
    facts = list(_facts(before, after, sections))
    told = any(run.kind != SAME for one in found for run in one.runs)
    if not told and (before["structure"] != after["structure"] or before["body"] != after["body"]):
        facts.append(Fact("structure"))
    return Difference(tuple(facts), found if told or whole else ())


def _facts(before: Mapping[str, Any], after: Mapping[str, Any], sections: Mapping[int, str]) -> Iterator[Fact]:
    for name in ("headline", "standfirst", "dateline"):
        if before[name] != after[name]:
            yield Fact(name, rewritten(before[name], after[name]))
    yield from _exchanged("byline", _byline(before), _byline(after))
    for name in ("kind", "language", "published", "address"):
        yield from _exchanged(name, before[name], after[name])
    if before["sections"] != after["sections"]:
        yield Fact("sections", _runs(*(", ".join(sections[pk] for pk in one["sections"] if pk in sections) for one in (before, after))))
    # Texts say of labels only those they have; earlier ones nothing.
    said, says = before.get("labels") or {}, after.get("labels") or {}
    for name in LABELS:
        if said.get(name, "") != says.get(name, ""):
            yield Fact(name, rewritten(said.get(name, ""), says.get(name, "")))
    old, new = before["lead_picture"] or {}, after["lead_picture"] or {}
    if old.get("id") != new.get("id"):
        yield Fact("picture", _runs(old.get("caption") or old.get("alt", ""), new.get("caption") or new.get("alt", "")))
    else:
        for name in ("caption", "alt", "credit"):
            if old.get(name, "") != new.get(name, ""):
                yield Fact(name, rewritten(old.get(name, ""), new.get(name, "")))
    if before["pictures"] != after["pictures"]:
        yield Fact("pictures")
    gone, come = Counter(before["links"]), Counter(after["links"])
    if gone != come:
        yield Fact("links", _runs("\n".join((gone - come).elements()), "\n".join((come - gone).elements())))


def _byline(text: Mapping[str, Any]) -> str:
    return ", ".join(f"{one['name']} ({one['role']})" if one["role"] else one["name"] for one in text["byline"])


def _exchanged(name: str, before: str, after: str) -> Iterator[Fact]:
    if before != after:
        yield Fact(name, _runs(before, after))


def _runs(before: str, after: str) -> tuple[Run, ...]:
    return tuple(Run(kind, text) for kind, text in ((GONE, before), (COME, after)) if text)


@dataclass(slots=True)
class _Sentence:
    text: str
    paragraph: int
    partner: int = -1
    """The sentence of the other text that it is."""
    moved: bool = False


def passages(before: str, after: str, *, whole: bool = False) -> Iterator[Passage]:
    """The paragraphs of the text after, with what was taken out where it stood; those that are as they were are counted, unless `whole`."""
    old, new = _paragraphs(before), _paragraphs(after)
    shared = min(len(old), len(new))
    start = next((n for n in range(shared) if old[n] != new[n]), shared)
    end = next((n for n in range(shared - start) if old[-1 - n] != new[-1 - n]), shared - start)
    made: list[tuple[Run, ...]] = [(Run(SAME, text),) for text in new[:start]]
    made += _compared(old[start : len(old) - end], new[start : len(new) - end])
    made += [(Run(SAME, text),) for text in new[len(new) - end :]]
    if whole:
        yield from map(Passage, made)
        return
    left_out = 0
    for runs in made:
        if all(run.kind == SAME for run in runs):
            left_out += 1
            continue
        if left_out:
            yield Passage((), left_out)
        left_out = 0
        yield Passage(runs)
    if left_out:
        yield Passage((), left_out)


def _paragraphs(text: str) -> list[str]:
    return [one for one in text.split("\n\n") if one.strip()]


# Each version of a page is compared twice: with the one before and the one after.
@lru_cache(maxsize=1000)
def _sentences(paragraph: str) -> tuple[str, ...]:
    return tuple(sentences(paragraph))


def _compared(before: Sequence[str], after: Sequence[str]) -> list[tuple[Run, ...]]:
    old, new = ([_Sentence(one, n) for n, text in enumerate(side) for one in _sentences(text)] for side in (before, after))
    _pair(old, new)
    made: list[list[Run]] = [[] for _one in after]
    standing: dict[int, list[list[Run]]] = defaultdict(list)
    """Paragraphs that went, by the paragraph of the new text behind which they stood; -1 for what stood first."""
    into, behind = _places(old, new)
    for n, one in enumerate(new):
        for gone in into.get(n, ()):
            _add(made[one.paragraph], GONE, old[gone].text)
        if one.partner < 0:
            _add(made[one.paragraph], COME, one.text)
            continue
        was, opened = old[one.partner].text, False
        for number, run in enumerate(rewritten(was, one.text)):
            stays = run.kind != GONE
            kind = MOVED if one.moved and run.kind == SAME else run.kind
            _add(made[one.paragraph], kind, run.text, apart=number == 0 or stays and not opened)
            opened = opened or stays
    last: tuple[int, int] | None = None
    for number, place in behind:
        paragraph = old[number].paragraph
        if last != (place, paragraph):
            standing[place].append([])
        _add(standing[place][-1], GONE, old[number].text)
        last = (place, paragraph)
    # What closes a paragraph was taken out behind its last sentence.
    for n in range(len(new), len(new) + len(made)):
        for gone in into.get(n, ()):
            _add(made[n - len(new)], GONE, old[gone].text)
    whole = [tuple(runs) for runs in standing.get(-1, [])]
    for n, runs in enumerate(made):
        whole += [tuple(runs)] if runs else []
        whole += [tuple(one) for one in standing.get(n, [])]
    return whole


def _add(runs: list[Run], kind: str, text: str, *, apart: bool = True) -> None:
    """A sentence, or a part of one (not `apart`), behind what is there; what is of one kind is one run."""
    # Neither may stand close to what is beside it, and what is read now has a space of its own whatever went.
    stays = None if kind == GONE else next((one for one in reversed(runs) if one.kind != GONE), None)
    beside = [*runs[-1:], *([stays] if stays else [])]
    gap = " " if apart and any(one.text[-1:] not in f" {_WITHOUT_SPACE}" for one in beside) else ""
    if runs and runs[-1].kind == kind:
        runs[-1] = Run(kind, f"{runs[-1].text}{gap}{text}")
        return
    # The space belongs to what stays, so that nothing is struck out or underlined between words.
    if gap and kind not in (SAME, MOVED):
        if runs[-1].kind in (SAME, MOVED):
            runs[-1] = Run(runs[-1].kind, f"{runs[-1].text}{gap}")
        else:
            runs.append(Run(SAME, gap))
        gap = ""
    runs.append(Run(kind, f"{gap}{text}"))


def _places(old: Sequence[_Sentence], new: Sequence[_Sentence]) -> tuple[dict[int, list[int]], list[tuple[int, int]]]:
    """Where the sentences that went stood: before which sentence of the new text, or (sentence, paragraph behind which it stood alone).

    Numbers beyond the new sentences stand for the end of that paragraph.
    """
    to = {one.partner: n for n, one in enumerate(new) if one.partner >= 0 and not one.moved}
    taken = {one.partner for one in new}
    stay: dict[int, list[int]] = defaultdict(list)
    for number in sorted(to):
        stay[old[number].paragraph].append(number)
    ends = {one.paragraph: n for n, one in enumerate(new)}
    into: dict[int, list[int]] = defaultdict(list)
    alone: list[tuple[int, int]] = []
    place = -1
    for number, one in enumerate(old):
        if number in to:
            place = new[to[number]].paragraph
        if number in taken:
            continue
        beside = stay[one.paragraph]
        behind = bisect(beside, number)
        if behind < len(beside):
            into[to[beside[behind]]].append(number)
        elif beside:
            at = to[beside[-1]]
            ended = at == ends[new[at].paragraph]
            into[len(new) + new[at].paragraph if ended else at + 1].append(number)
        else:
            alone.append((number, place))
    return into, alone


def _pair(old: Sequence[_Sentence], new: Sequence[_Sentence]) -> None:
    """Find for each new sentence the old one that it is: unchanged in its order, moved, or rewritten."""
    here, there = [one.text for one in old], [one.text for one in new]
    region: dict[int, int] = {}
    left_old: list[int] = []
    left_new: list[int] = []
    for number, (tag, i, j, k, m) in enumerate(opcodes(here, there, WORK["sentences"])):
        if tag == "equal":
            for n in range(j - i):
                new[k + n].partner = i + n
            continue
        left_old += range(i, j)
        left_new += range(k, m)
        region.update({~n: number for n in range(i, j)} | {n: number for n in range(k, m)})
    waiting = defaultdict(list)
    for n in left_old:
        waiting[here[n]].append(n)
    for n in left_new:
        if found := waiting.get(there[n]):
            new[n].partner, new[n].moved = found.pop(0), True
    free = {n for numbers in waiting.values() for n in numbers}
    rest = [n for n in left_new if new[n].partner < 0]
    for _near, n, i in _rewritten(here, there, free, rest, region):
        if new[n].partner < 0 and i in free:
            free.discard(i)
            new[n].partner, new[n].moved = i, region[~i] != region[n]


def _rewritten(
    here: Sequence[str], there: Sequence[str], free: set[int], rest: Sequence[int], region: Mapping[int, int]
) -> list[tuple[float, int, int]]:  # fmt: skip
    """(nearness, new, old) of sentences that are alike enough, the nearest first."""
    words = {n: _words(here[n]) for n in free}
    having: dict[str, list[int]] = defaultdict(list)
    for n in sorted(free):
        for word in words[n]:
            having[word].append(n)
    found = []
    for n in rest:
        own = _words(there[n])
        near = {i for word in own if len(having.get(word, ())) <= COMMON for i in having.get(word, ())}
        for i in near:
            shared = 2 * len(own & words[i]) / (len(own) + len(words[i]))
            # What stood in the same place is rather meant.
            if shared >= ALIKE:
                found.append((shared + 0.25 * (region[~i] == region[n]), n, i))
    return sorted(found, key=lambda one: (-one[0], one[1], one[2]))


@lru_cache(maxsize=4000)
def _words(text: str) -> frozenset[str]:
    return frozenset(token.strip().casefold() for token in _TOKEN.findall(text) if _SAYS.match(token))


def rewritten(before: str, after: str) -> tuple[Run, ...]:
    """One sentence, or a line such as a headline, word by word: as it is now, with what went."""
    if before == after:
        return (Run(SAME, after),) if after else ()
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    plain = [token.strip() for token in old], [token.strip() for token in new]
    blocks = opcodes(*plain, WORK["words"])
    told = [(tag, "".join(old[i:j]), "".join(new[k:m])) for tag, i, j, k, m in blocks]
    kept = sum(len(came.strip()) for tag, _was, came in told if tag == "equal")
    if 2 * kept < ALIKE * min(len(before), len(after)):
        return _runs(before, after)
    runs: list[Run] = []
    gone = come = ""
    for number, (tag, was, came) in enumerate(told):
        # A sign alone between two changes is a part of both.
        if tag == "equal" and (_SAYS.search(came) or number in (0, len(told) - 1)):
            # The space behind what came is not underlined.
            space = come[len(come.rstrip()) :]
            runs += [*_runs(gone, come.rstrip()), Run(SAME, f"{space}{came}")]
            gone = come = ""
        else:
            gone, come = gone + was, come + came
    return tuple([*runs, *_runs(gone, come)])
