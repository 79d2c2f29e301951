"""Who said which words of one sentence: quotations, reported speech, and what is so "according to" somebody."""

from __future__ import annotations

from broadsheet.record.proposing import according, quoted, reported
from broadsheet.record.proposing.frames import Frame
from broadsheet.record.proposing.grammar import QUOTE, Grammar
from broadsheet.record.proposing.sentence import Attribution, Sentence


def attributions(text: str, frame: Frame, grammar: Grammar) -> list[Attribution]:
    """Everything that is said in it, in its order; what nobody is named for comes without a speaker."""
    sentence = Sentence(text, frame, grammar)
    for at, token in enumerate(sentence.tokens):
        if token.low == QUOTE:
            quoted.quoted(sentence, at)
    according.cited(sentence)
    for at, token in enumerate(sentence.tokens):
        if at > sentence.covered:
            if token.low in grammar.cues:
                reported.reported(sentence, at)
            else:
                reported.carried(sentence, at)
    quoted.unnamed(sentence)
    if not sentence.found:
        reported.hearsay(sentence)
    return sorted(sentence.found, key=lambda one: one.spans[0])
