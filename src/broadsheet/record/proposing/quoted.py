"""Quotations: who is named behind them, before them, or within their marks."""

from __future__ import annotations

from broadsheet.record.proposing import phrases
from broadsheet.record.proposing.grammar import CLAUSE, DOING, QUOTE, QUOTING, TOLD
from broadsheet.record.proposing.phrases import Place
from broadsheet.record.proposing.quotations import is_speech
from broadsheet.record.proposing.sentence import Attribution, Sentence
from broadsheet.record.proposing.told import Span


def quoted(sentence: Sentence, at: int) -> None:
    """Who is named behind a quotation, or before it, or within its marks."""
    if _interrupted(sentence, at):
        return
    named = _behind(sentence, at) or _ahead(sentence, at)
    if not named:
        return
    speaker, cue = named
    quote = sentence.frame.quote_at(at)
    before = sentence.found[-1] if sentence.found else None
    if before and before.cue == cue and sentence.text[quote.inner[0]].islower():
        before.spans.append(quote.inner)
    else:
        sentence.found.append(Attribution([quote.inner], True, speaker, cue))
    sentence.taken.add(at)


def _interrupted(sentence: Sentence, at: int) -> bool:
    """« La première chose, explique-t-il, est de lire. »"""
    quote = sentence.frame.quote_at(at)
    within = (quote.inner[0], min(quote.inner[1], quote.inner[0] + 2000))
    if not sentence.grammar.aside or not (found := sentence.grammar.aside.search(sentence.text, *within)):
        return False
    words = sentence.grammar.tokens(sentence.text, found.start(1), found.end(1), [])
    if not any(one.low in sentence.grammar.cues or (verb := one.low.partition("-")[0]) in sentence.grammar.cues and verb for one in words):
        return False
    cue = next((n for n, one in enumerate(words) if one.low in sentence.grammar.cues), 0)
    sentence.found.append(Attribution([(quote.inner[0], found.start()), (found.end(), quote.inner[1])], True, (0, 0), (cue, cue), words))
    sentence.taken.add(at)
    return found.end() < quote.inner[1]


def _behind(sentence: Sentence, at: int) -> tuple[Place | None, Place | None] | None:
    """Behind: "…," she said; "…," said Ada Holm; « … », a-t-il dit."""
    first = at + 1
    if first < len(sentence.tokens) and sentence.tokens[first].low in (",", "-", "–", "—"):
        first += 1
    if first >= len(sentence.tokens):
        return None
    if carried := sentence.carried(first):
        return carried
    for cue in range(first, min(first + phrases.LONGEST + 10, len(sentence.tokens))):
        token = sentence.tokens[cue]
        if token.low in (QUOTE, ";", ":"):
            return None
        flags = sentence.grammar.cues.get(token.low, "")
        if not flags or DOING in flags or not set(flags) & {QUOTING, CLAUSE}:
            continue
        speaker, last = sentence.left(cue)
        if speaker:
            return (speaker, (cue, cue)) if speaker[0] in (first, first + 1) and _is_lead(sentence, first, speaker[0]) else None
        if last is not None and last < first:
            named = phrases.after(sentence.tokens, cue + 1, sentence.grammar)
            return (named, (cue, cue)) if named else None
    return None


def _is_lead(sentence: Sentence, first: int, at: int) -> bool:
    return first == at or sentence.tokens[first].low in sentence.grammar.openers | sentence.grammar.articles | sentence.grammar.joining


def _ahead(sentence: Sentence, at: int) -> tuple[Place | None, Place | None] | None:
    """Before: he said: "…"; she wrote, "…"; who told the BBC: "…"."""
    if at == 0:
        return None
    sign = sentence.tokens[at - 1].low
    if (
        sign != ":"
        and at + 1 < len(sentence.tokens)
        and sentence.tokens[at + 1].is_word
        and not is_speech(sentence.text, sentence.frame.quote_at(at))
    ):
        return None
    reach = 20 if sign == ":" else 2 if sign == "," or sign in sentence.grammar.that else 1
    for cue in range(at - 1, max(-1, at - 1 - reach), -1):
        token = sentence.tokens[cue]
        if token.low == QUOTE and (cue in sentence.taken or is_speech(sentence.text, sentence.frame.quote_at(cue))):
            return None
        flags = sentence.grammar.cues.get(token.low, "")
        if not set(flags) & {QUOTING, TOLD}:
            continue
        speaker, _last = sentence.left(cue)
        if not speaker and DOING in flags:
            speaker = sentence.same(cue)
        if speaker:
            return speaker, (cue, cue)
    if sign == ":" and 1 < at <= 10 and (named := phrases.before(sentence.tokens, at - 2, sentence.grammar)) and named[0] <= 1:
        return named, None
    return None


def unnamed(sentence: Sentence) -> None:
    for at, token in enumerate(sentence.tokens):
        if token.low != QUOTE or at in sentence.taken or at <= sentence.covered:
            continue
        quote = sentence.frame.quote_at(at)
        alone = at == 0 or sentence.tokens[at - 1].low in (":", QUOTE, "–", "—") or not any(one.is_word for one in sentence.tokens[:at])
        if any(one.spans[0][0] <= quote.inner[0] < one.spans[-1][1] for one in sentence.found):
            continue
        if alone and (is_speech(sentence.text, quote) or _is_all(sentence, at, quote.inner)):
            sentence.found.append(Attribution([quote.inner], True, None, None))


def _is_all(sentence: Sentence, at: int, inner: Span) -> bool:
    """Whether a sentence is a quotation and nothing else."""
    return sentence.text[inner[1] - 1] in ".!?…" and not any(one.is_word for n, one in enumerate(sentence.tokens) if n != at)
