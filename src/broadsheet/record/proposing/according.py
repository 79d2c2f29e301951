"""What is so "according to" somebody."""

from __future__ import annotations

from collections.abc import Iterator

from broadsheet.record.proposing import clauses, phrases, reported
from broadsheet.record.proposing.grammar import QUOTE
from broadsheet.record.proposing.phrases import Place
from broadsheet.record.proposing.sentence import Sentence


def cited(sentence: Sentence) -> None:
    tokens, grammar = sentence.tokens, sentence.grammar
    first = {one[0] for one in grammar.according}
    for at, token in enumerate(tokens):
        if token.low not in first or at <= sentence.covered:
            continue
        phrase = next((one for one in grammar.according if one[0] == token.low and sentence.is_phrase(at, one)), None)
        if not phrase:
            continue
        cue = (at, at + len(phrase) - 1)
        speaker = phrases.after(tokens, cue[1] + 1, grammar, cited=True)
        if not speaker:
            continue
        leads = not any(one.is_word and one.low not in grammar.openers | grammar.joining for one in tokens[:at])
        if not sentence.is_source(speaker, leads=leads):
            continue
        for opened, closed in _sides(sentence, at, speaker, leads=leads):
            if opened is None:
                sentence.add(closed + 1, clauses.last_of(sentence, closed + 1), speaker, cue)
            else:
                reported.around(sentence, opened, closed, speaker, cue)


def _sides(sentence: Sentence, at: int, speaker: Place, *, leads: bool) -> Iterator[tuple[int | None, int]]:
    tokens = sentence.tokens
    closed, depth = speaker[1] + 1, 0
    while closed < len(tokens) and (depth or tokens[closed].low not in (",", ".", ";", ")", QUOTE)):
        depth += (tokens[closed].low == "(") - (tokens[closed].low == ")")
        closed += 1
    if leads or at and tokens[at - 1].low == "(":
        if closed < len(tokens) - 1 and tokens[closed].low == ",":
            # Behind the name may stand who that is.
            while _is_apposition(sentence, closed):
                closed = next(n for n in range(closed + 1, len(tokens)) if tokens[n].low == ",")
            yield None, closed
        elif at and closed < len(tokens) and tokens[closed].low == ")":
            yield at - 1, closed
    elif not _is_set_off(sentence, at, speaker):
        return
    elif closed >= len(tokens) or tokens[closed].low in (".", ",", ";", ")"):
        yield (at - 1 if tokens[at - 1].low in (",", "–", "-", "—", "(") else at), min(closed, len(tokens) - 1)


def _is_set_off(sentence: Sentence, at: int, speaker: Place) -> bool:
    """Whether "according to" is about the sentence, and not about its last word."""
    if sentence.tokens[at - 1].low in (",", "–", "—", "-"):
        return True
    words = sentence.tokens[speaker[0] : speaker[1] + 1]
    return at < 40 and any(one.low in sentence.grammar.sources or one.low in sentence.grammar.offices for one in words)


def _is_apposition(sentence: Sentence, comma: int) -> bool:
    """Whether from this comma to the next stand only words that say who somebody is."""
    following = next((n for n in range(comma + 1, min(comma + 20, len(sentence.tokens))) if sentence.tokens[n].low in (",", QUOTE)), None)
    if following is None or sentence.tokens[following].low != ",":
        return False
    inside = sentence.tokens[comma + 1 : following]
    return not any(sentence.grammar.is_finite(one) or one.low in sentence.grammar.pronouns for one in inside)
