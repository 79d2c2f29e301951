"""What somebody said in the reporter's words."""

from __future__ import annotations

from broadsheet.record.proposing import clauses, phrases
from broadsheet.record.proposing.grammar import BARE, CLAUSE, DOING, QUOTE
from broadsheet.record.proposing.phrases import Place
from broadsheet.record.proposing.sentence import BY, FAR, Attribution, Sentence


def reported(sentence: Sentence, cue: int) -> None:
    speaker, last = sentence.left(cue)
    if last is None or speaker and speaker[0] <= sentence.covered:
        return
    if not speaker and _as_said(sentence, cue):
        return
    speaker = speaker or _speaker(sentence, cue, last)
    start = clauses.complement(sentence, cue) if speaker else None
    if speaker and start is not None:
        end = clauses.last_of(sentence, start)
        sentence.add(start, end, speaker, (cue, cue))
    elif set(sentence.grammar.cues[sentence.tokens[cue].low]) & {BARE, CLAUSE}:
        _afterwards(sentence, cue, speaker if speaker and last >= speaker[0] else None, last)


def _speaker(sentence: Sentence, cue: int, last: int | None) -> Place | None:
    """Who speaks where nobody stands directly before the verb."""
    if last is None:
        return None
    low = sentence.tokens[last].low if last >= 0 else ""
    if DOING in sentence.grammar.cues[sentence.tokens[cue].low] and (low in BY or not low or low in sentence.grammar.joining):
        return sentence.same(cue)
    return sentence.same(cue) if low in sentence.grammar.joining else None


def _afterwards(sentence: Sentence, cue: int, speaker: Place | None, last: int) -> None:
    """Behind or within what is said: "The talks, she said, …", "…, the ministry said"."""
    tokens, grammar = sentence.tokens, sentence.grammar
    opened = speaker[0] - 1 if speaker else last
    if speaker and opened >= 0 and tokens[opened].low in ("as", "comme"):
        opened -= 1
    if opened < 1 or tokens[opened].low not in (",", "–", "—", "-"):
        return
    if speaker is None:
        speaker = phrases.after(tokens, cue + 1, grammar)
        speaker = speaker if speaker and sentence.is_source(speaker, leads=False) else None
    if speaker is None or opened in sentence.taken or tokens[opened - 1].low == QUOTE:
        return
    closed = max(cue, speaker[1]) + 1
    if closed < len(tokens) and tokens[closed].is_word and not sentence.is_aside(closed, sentence.grammar.cues[tokens[cue].low]):
        return
    while closed < len(tokens) and tokens[closed].low not in (",", ".", ";", QUOTE, "–", "—", "-"):
        if closed - cue > FAR or grammar.is_finite(tokens[closed]):
            return
        closed += 1
    around(sentence, opened, closed, speaker, (cue, cue))


def around(sentence: Sentence, opened: int, closed: int, speaker: Place, cue: Place) -> None:
    """What is said stands on both sides of who said it, or before it alone when that is whole."""
    tokens, grammar = sentence.tokens, sentence.grammar
    first = next((at + 1 for at in range(opened - 1, -1, -1) if tokens[at].low in (":", ";")), 0)
    while first < opened and (
        tokens[first].low in grammar.joining
        or not tokens[first].is_word
        and tokens[first].text not in "[£$€"
        and tokens[first].low != QUOTE
    ):
        first += 1
    if first >= opened or first <= sentence.covered or not any(one.is_word for one in tokens[first:opened]):
        return
    spans = [(tokens[first].start, tokens[opened - 1].end)]
    whole = any(grammar.is_finite(one) for one in tokens[first:opened])
    rest = closed + 1
    if rest < len(tokens) - 1 and tokens[closed].low != "." and not (whole and _is_remark(sentence, rest)):
        end = clauses.last_of(sentence, rest)
        while end > rest and not (tokens[end].is_word or tokens[end].low in (QUOTE, ")", "%")):
            end -= 1
        spans.append((tokens[rest].start, tokens[end].end))
        sentence.covered = end
    else:
        sentence.covered = min(closed, len(tokens) - 1)
    sentence.taken.update(at for at in range(first, sentence.covered + 1) if tokens[at].low == QUOTE)
    sentence.found.append(Attribution(spans, False, speaker, cue))


def _is_remark(sentence: Sentence, at: int) -> bool:
    token = sentence.tokens[at]
    return (
        token.low in sentence.grammar.relatives
        or token.low in sentence.grammar.stops
        or token.low.endswith(("ing", "ant"))
        or token.low in sentence.grammar.joining
    )


def _as_said(sentence: Sentence, cue: int) -> bool:
    """ "As Ada Holm said, …" with the verb first: « comme l'affirme son président, … »"""
    tokens = sentence.tokens
    begins = next((at for at in range(cue - 1, -1, -1) if tokens[at].low in ("comme", "as") or at < cue - 8), -1)
    lead = [one.low for one in tokens[max(0, begins) : cue]]
    if not lead or lead[0] != "comme" or len(lead) > 6 or not all(sentence.grammar.is_between(low) for low in lead[1:]):
        return False
    speaker = phrases.after(tokens, cue + 1, sentence.grammar)
    if speaker is None:
        return False
    at, depth = speaker[1] + 1, 0
    while at < len(tokens) and (depth or tokens[at].low != ","):
        depth += (tokens[at].low == "(") - (tokens[at].low == ")")
        at += 1
    if (
        at + 2 < len(tokens)
        and tokens[at + 1].is_name
        and (close := next((n for n in range(at + 1, min(at + 6, len(tokens))) if tokens[n].low == ","), 0))
    ):
        speaker, at = (speaker[0], close - 1), close
    if at + 1 < len(tokens):
        sentence.add(at + 1, clauses.last_of(sentence, at + 1), speaker, (cue, cue))
    return True


def carried(sentence: Sentence, at: int) -> None:
    """« Pour l'opposition, dit-elle, c'est trop tard. »"""
    tokens = sentence.tokens
    if not sentence.grammar.inverted or not 1 < at < len(tokens) - 1 or tokens[at - 1].low != "," or tokens[at - 2].low == QUOTE:
        return
    speaker, cue = sentence.carried(at) or (None, None)
    if speaker and cue and cue[1] + 1 < len(tokens):
        around(sentence, at - 1, cue[1] + 1, speaker, cue)


def hearsay(sentence: Sentence) -> None:
    """What a mood alone shows to be said by others, whom nobody names."""
    grammar, frame = sentence.grammar, sentence.frame
    found = grammar.hearsay.search(sentence.text, frame.start, frame.end) if grammar.hearsay else None
    if not found or grammar.hearsay_not and grammar.hearsay_not.search(sentence.text, frame.start, frame.end):
        return
    cue = next((at for at, one in enumerate(sentence.tokens) if one.start == found.start()), None)
    if cue is not None:
        sentence.add(0, len(sentence.tokens) - 1, None, (cue, cue))
