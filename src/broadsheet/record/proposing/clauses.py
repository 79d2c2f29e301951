"""What is said, behind a verb of saying: where it begins, and where the reporter goes on."""

from __future__ import annotations

from broadsheet.record.proposing.grammar import AS, BARE, CLAUSE, DOING, OF, QUOTE, TOLD
from broadsheet.record.proposing.sentence import FAR, Sentence

_NOT_SAID = frozenset("to so nothing something anything hello goodbye sorry yes no as farewell".split())
_LINKS = {AS: frozenset(("as", "comme")), OF: frozenset(("of", "de", "d'"))}


def complement(sentence: Sentence, cue: int) -> int | None:
    """The first token of what is said, behind the verb."""
    grammar, tokens, flags = sentence.grammar, sentence.tokens, sentence.grammar.cues[sentence.tokens[cue].low]
    first = cue + 1
    if first >= len(tokens):
        return None
    for flag, links in _LINKS.items():
        if flag in flags:
            near = tokens[first : first + FAR]
            return first if tokens[first].is_word and any(one.low in links for one in near) else None
    if CLAUSE not in flags:
        return None
    for at in range(first, min(first + FAR, len(tokens))):
        low = tokens[at].low
        if low in grammar.that:
            if at > first and (
                not sentence.is_aside(first, flags) or low == "that" and at + 1 < len(tokens) and tokens[at + 1].low in grammar.finite
            ):
                break
            return at if at + 1 < len(tokens) and low == "that" and tokens[at + 1].low in grammar.finite else min(at + 1, len(tokens) - 1)
        if low in (QUOTE, ",", ":", ";", "."):
            break
    if (
        grammar.infinitives
        and tokens[first].low.endswith(grammar.infinitives)
        and len(tokens[first].low) > 3
        and not (tokens[first].is_name or grammar.is_between(tokens[first].low))
    ):
        return first
    if BARE not in flags and TOLD not in flags:
        return None
    if TOLD in flags and BARE not in flags:
        first = _behind_whom(sentence, first)
    later = first
    while later < len(tokens) and tokens[later].low in grammar.times:
        later += 1
    if later > first and (later == len(tokens) or not tokens[later].is_word):
        return None
    return first if _is_clause(sentence, first) else None


def _behind_whom(sentence: Sentence, first: int) -> int:
    tokens, grammar = sentence.tokens, sentence.grammar
    at = first
    if at < len(tokens) and tokens[at].low in ("him", "her", "them", "us", "me", "reporters", "journalists", "police"):
        return at + 1
    if at < len(tokens) and tokens[at].low in grammar.articles:
        at += 1
    while at < len(tokens) and tokens[at].is_name and at - first < 6 and tokens[at].low not in grammar.articles | grammar.pronouns.keys():
        at += 1
    return at


def _is_clause(sentence: Sentence, first: int) -> bool:
    tokens, grammar = sentence.tokens, sentence.grammar
    if first >= len(tokens):
        return False
    here = tokens[first]
    if (
        not (here.is_word or here.low == QUOTE or here.text in "[£$€#'")
        or here.low in _NOT_SAID
        or here.low in grammar.prepositions | grammar.joining
    ):
        return False
    if here.low in grammar.cues and not here.is_name and here.low not in grammar.nouns:
        return False
    if here.low in grammar.stops and here.low not in ("while", "if", "when", "that", "what", "because"):
        return False
    for at in range(first + 1, min(first + 30, len(tokens))):
        if tokens[at].low in (";", ":", "."):
            break
        if grammar.is_finite(tokens[at]) or at == first + 1 and here.low in grammar.pronouns:
            return True
    return False


def last_of(sentence: Sentence, start: int) -> int:
    """The last token of what is said: before another verb of saying of the same rank, a remark of the writer's, a quotation behind a colon."""
    tokens, grammar = sentence.tokens, sentence.grammar
    depth = 0
    for at in range(start, len(tokens)):
        low = tokens[at].low
        if low == "(":
            depth += 1
        elif low == ")":
            depth -= 1
            if depth < 0:
                return at - 1
        elif low == QUOTE and at in sentence.taken and at > start:
            return at - 1
        elif at > start and (low == "," or low in grammar.joining) and _begins_another(sentence, at):
            return at - 1
    return len(tokens) - 1


def _begins_another(sentence: Sentence, at: int) -> bool:
    tokens, grammar = sentence.tokens, sentence.grammar
    comma = tokens[at].low == ","
    first = at + 1 if comma else at
    if first >= len(tokens):
        return False
    low = tokens[first].low
    flags = grammar.cues.get(low, "")
    if comma and DOING in flags:
        return complement(sentence, first) is not None
    if comma and low == "even" and first + 1 < len(tokens) and tokens[first + 1].low == "as":
        return True
    if comma and any(sentence.is_phrase(first, phrase) for phrase in grammar.according):
        return True
    if low in grammar.joining:
        verb = first + 1
        while verb < len(tokens) and grammar.is_between(tokens[verb].low):
            verb += 1
        if verb < len(tokens) and tokens[verb].low in grammar.cues:
            return complement(sentence, verb) is not None
    if comma and _ends_with_who(sentence, first):
        return True
    if not comma or low not in grammar.joining and low not in ("a", "an"):
        return False
    for verb in range(first + 2, min(first + 8, len(tokens))):
        if tokens[verb].low in grammar.cues:
            speaker, _last = sentence.left(verb)
            if low in grammar.joining:
                return bool(speaker and speaker[0] == first + 1 and tokens[speaker[1]].is_name) and complement(sentence, verb) is not None
            return bool(speaker and speaker[0] > first + 1)
    return False


def _ends_with_who(sentence: Sentence, first: int) -> bool:
    """Whether from here to the end of the sentence somebody is named who says all of it."""
    last = len(sentence.tokens) - 1
    cue = last - 1 if sentence.tokens[last].low in (".", "!", "?") else last
    if (
        cue - first > 8
        or sentence.tokens[cue].low not in sentence.grammar.cues
        or any(one.low in (",", QUOTE) for one in sentence.tokens[first:cue])
    ):
        return False
    speaker, _last = sentence.left(cue)
    return bool(speaker and speaker[0] == first)
