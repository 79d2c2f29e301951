"""The statements of a text: what each sentence says of who said what, with who that is and when and where it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from broadsheet.record.proposing.attribution import attributions
from broadsheet.record.proposing.frames import Frame
from broadsheet.record.proposing.grammar import Grammar, Token
from broadsheet.record.proposing.people import People
from broadsheet.record.proposing.quotations import Quotation, is_speech
from broadsheet.record.proposing.sentence import Attribution
from broadsheet.record.proposing.told import Kind, Proposal, Speaker, Words


class Statements:
    """Reads a text from its beginning to its end."""

    def __init__(self, text: str, grammar: Grammar, quotes: Sequence[Quotation]) -> None:
        self.text, self.grammar = text, grammar
        self.people = People(text, grammar)
        self.resumed = {one.inner[0] for one in quotes if one.goes_on}
        self.waiting: list[tuple[int, Proposal]] = []
        """Quotations before whose speaker is named, each with its paragraph."""
        self.spoke: tuple[int, Speaker | None] | None = None
        """The last paragraph in which somebody spoke, and who."""

    def of(self, frame: Frame) -> Iterator[Proposal]:
        """What is said in the next sentence; quotations that wait come later."""
        for one in attributions(self.text, frame, self.grammar):
            speaker = self._speaker(one, frame)
            cue = self._words(one.tokens or frame.tokens, one.cue) if one.cue else None
            made = Proposal(Kind.STATEMENT, tuple(one.spans), one.quoted, speaker, cue)
            if speaker:
                yield from self.named(frame.paragraph, speaker)
                self.spoke = frame.paragraph, speaker
            elif one.quoted and not self._is_speech(made, frame):
                continue
            elif one.quoted:
                if self.spoke and (made.start in self.resumed or frame.paragraph - self.spoke[0] <= 1):
                    made = Proposal(Kind.STATEMENT, made.spans, True, self.spoke[1])
                    self.spoke = frame.paragraph, self.spoke[1]
                else:
                    self.waiting.append((frame.paragraph, made))
                    continue
            yield made

    def _is_speech(self, made: Proposal, frame: Frame) -> bool:
        """Whether a quotation that nobody is named for is one: a sentence, or a few words of whoever has just spoken."""
        quote = next(one for one in frame.quotes if one.inner[0] == made.start)
        return is_speech(self.text, quote) or bool(self.spoke and self.spoke[0] == frame.paragraph)

    def named(self, paragraph: int, speaker: Speaker | None) -> Iterator[Proposal]:
        """The quotations that waited, said by whoever is named in the next paragraph; without a speaker where nobody is."""
        near = paragraph
        for at, made in reversed(self.waiting):
            if near - at > 1:
                speaker = None
            near = at
            yield Proposal(Kind.STATEMENT, made.spans, True, speaker)
        self.waiting = []

    def _words(self, tokens: Sequence[Token], place: tuple[int, int]) -> Words:
        start, end = tokens[place[0]].start, tokens[place[1]].end
        return Words(start, end, self.text[start:end])

    def _speaker(self, one: Attribution, frame: Frame) -> Speaker | None:
        if not one.speaker:
            return None
        tokens = one.tokens or frame.tokens
        return self.people.speaker(tokens, one.speaker, tokens[one.speaker[1] + 1 : one.speaker[1] + 20])
