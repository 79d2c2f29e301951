"""How well statements are found in real reports, beside a plain baseline in the same run.

    python benchmarks/proposing.py [--detail]

277 sentences in English and French were labelled before a rule was written (`benchmarks/attributions`); the rules were made with those of the
workshop half. Of whatever is proposed, the part within the labelled sentences counts:

- span: the proposed words are those of the label, at least eight in ten of both together;
- speaker: of a proposal that shares a word with a label, one name of the two contains the other, neither longer than twelve words;
- cue: of such a proposal, the verb (or "according to") shares a word with the label's.

Where a label names no speaker, or no cue, none is counted, neither right nor wrong. Goal of the field: 0.89 for all three, by a trained model.
The baseline takes whatever stands in quotation marks, the nearest capitalised words and the nearest "said".
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks import attributions  # noqa: E402
from benchmarks.attributions import Label, Sentence, Span  # noqa: E402
from broadsheet.record.proposing import Kind, proposals  # noqa: E402

MEASURES = ("span", "speaker", "cue")
ALIKE, LONG = 0.8, 12
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r'"([^"\n]+)"|“([^”\n]+)”|«([^»\n]+)»')
_SAID = re.compile(r"\b(?:said|says|dit|déclaré)\b")
_CAPITALS = re.compile(r"[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*")
Found = tuple[bool, tuple[Span, ...], Span | None, Span | None]
Pair = tuple[Label, Found, dict[str, bool]]
"""A label with its proposal, and what of that is right."""


@dataclass(frozen=True, slots=True)
class Score:
    """Right, proposed, labelled, by measure."""

    right: Counter[str]
    proposed: Counter[str]
    labelled: Counter[str]

    def of(self, measure: str) -> tuple[float, float, float]:
        """Precision, recall, F1."""
        right = self.right[measure]
        precision, recall = right / max(self.proposed[measure], 1), right / max(self.labelled[measure], 1)
        return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def ours(text: str, language: str) -> list[Found]:
    """What the rules find."""
    return [
        (
            one.quoted,
            one.spans,
            (one.speaker.start, one.speaker.end) if one.speaker else None,
            (one.cue.start, one.cue.end) if one.cue else None,
        )
        for one in proposals(text, language)
        if one.kind == Kind.STATEMENT
    ]


def plain(text: str, language: str) -> list[Found]:
    """The baseline."""
    named, said = ([one.span() for one in pattern.finditer(text)] for pattern in (_CAPITALS, _SAID))
    found = []
    for quote in _QUOTED.finditer(text):
        span = quote.span(quote.lastindex or 1)
        outside = [one for one in named if not span[0] <= one[0] < span[1]]
        found.append((True, (span,), _nearest(outside, span), _nearest(said, span)))
    return found


def _nearest(among: Sequence[Span], span: Span) -> Span | None:
    return min(among, key=lambda one: span[0] - one[1] if one[1] <= span[0] else max(one[0] - span[1], 0), default=None)


def _words(text: str, spans: Iterable[Span], within: Span) -> set[int]:
    return {one.start() for a, b in spans for one in _WORD.finditer(text, max(a, within[0]), max(min(b, within[1]), max(a, within[0])))}


def measured(sentences: Iterable[Sentence], find: Callable[[str, str], list[Found]], *, detail: bool = False) -> dict[str, Score]:
    """The scores of all sentences, by "en", "fr", "quoted", "reported" and "all"."""
    scores: dict[str, Score] = {}
    known: dict[str, list[Found]] = {}
    for sentence in sentences:
        if sentence.text not in known:
            known[sentence.text] = find(sentence.text, sentence.language)
        within = (sentence.start, sentence.end)
        here = [(one, words) for one in known[sentence.text] if (words := _words(sentence.text, one[1], within))]
        pairs, alone, missed = _paired(sentence, here, within)
        for label, found, right in pairs:
            _count(scores, sentence, label, found, right)
        for found in alone:
            _count(scores, sentence, None, found, {})
        for label in missed:
            _count(scores, sentence, label, None, {})
        if detail:
            _show(sentence, pairs, alone, missed)
    return scores


def _paired(sentence: Sentence, here: list[tuple[Found, set[int]]], within: Span) -> tuple[list[Pair], list[Found], list[Label]]:
    """Each label with the proposal that shares most with it."""
    pairs: list[Pair] = []
    left, missed = list(here), list[Label]()
    for label in sentence.labels:
        words = _words(sentence.text, label.spans, within)
        best = max(left, key=lambda one: len(one[1] & words) / len(one[1] | words), default=None)
        if best is None or not best[1] & words:
            missed.append(label)
            continue
        left.remove(best)
        right = {"span": len(best[1] & words) >= ALIKE * len(best[1] | words), "speaker": _same(sentence.text, label.speaker, best[0][2])}
        right["cue"] = bool(
            label.cue and best[0][3] and _words(sentence.text, [label.cue], label.cue) & _words(sentence.text, [best[0][3]], best[0][3])
        )
        pairs.append((label, best[0], right))
    return pairs, [one for one, _words_ in left], missed


def _same(text: str, wanted: Span | None, got: Span | None) -> bool:
    if not wanted or not got:
        return False
    one, other = (_words(text, [span], span) for span in (wanted, got))
    return bool(one and other) and (one <= other or other <= one) and max(len(one), len(other)) <= LONG


def _count(scores: dict[str, Score], sentence: Sentence, label: Label | None, found: Found | None, right: dict[str, bool]) -> None:
    direct = label.direct if label else bool(found and found[0])
    for group in ("all", sentence.language, "quoted" if direct else "reported"):
        score = scores.setdefault(group, Score(Counter(), Counter(), Counter()))
        for measure, wanted, got in (
            ("span", True, True),
            ("speaker", label is None or label.speaker is not None, found is not None and found[2] is not None),
            ("cue", label is None or label.cue is not None, found is not None and found[3] is not None),
        ):
            if not wanted:
                continue
            score.labelled[measure] += label is not None
            score.proposed[measure] += found is not None and got
            score.right[measure] += right.get(measure, False)


def _show(sentence: Sentence, pairs: list[Pair], alone: list[Found], missed: list[Label]) -> None:
    def words(span: Span | None) -> str:
        return sentence.text[span[0] : span[1]] if span else "–"

    wrong = [
        (label, found, right)
        for label, found, right in pairs
        if not right["span"] or label.speaker and not right["speaker"] or label.cue and not right["cue"]
    ]
    if not (wrong or alone or missed):
        return
    print(f"\n{sentence.text[sentence.start : sentence.end]}")
    for _label, found, right in wrong:
        print(f"   wrong {[k for k, v in right.items() if not v]}: {[words(s) for s in found[1]]} | {words(found[2])} | {words(found[3])}")
    for found in alone:
        print(f"   alone: {[words(s) for s in found[1]]} | {words(found[2])} | {words(found[3])}")
    for label in missed:
        print(f"   missed: {[words(s) for s in label.spans]} | {words(label.speaker)} | {words(label.cue)}")


def rows(scores: dict[str, Score]) -> list[str]:
    """A line for each group."""
    lines = []
    for group in ("all", "en", "fr", "quoted", "reported"):
        if score := scores.get(group):
            told = "   ".join(f"{measure} " + " ".join(f"{value:.3f}" for value in score.of(measure)) for measure in MEASURES)
            lines.append(f"    {group:9} {score.labelled['span']:4} labels   {told}")
    return lines


def speed() -> float:
    """Milliseconds for a story of a thousand words, the best of five."""
    text = next(one.text for one in attributions.read("workshop") if one.language == "en")
    words = " ".join((text * 3).split(" ")[:1000])
    times = []
    for _round in range(5):
        begun = time.process_time()
        proposals(words, "en")
        times.append(time.process_time() - begun)
    return min(times) * 1000


def main() -> None:
    """Print both halves, rules and baseline."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--detail", action="store_true", help="show what went wrong in the workshop half")
    parser.add_argument("--half", choices=attributions.HALVES, action="append", help="only this one")
    args = parser.parse_args()
    if not attributions.SHARED.is_dir():
        print("needs ../shared: the sentences are not kept here", file=sys.stderr)
        return
    print("precision, recall and F1 of statements")
    for half in args.half or attributions.HALVES:
        sentences = list(attributions.read(half))
        print(f"  {half}: {len(sentences)} sentences")
        for name, find in (("rules", ours), ("baseline", plain)):
            print(f"   {name}")
            print("\n".join(rows(measured(sentences, find, detail=args.detail and half == "workshop" and name == "rules"))))
    print(f"  a thousand words: {speed():.1f} ms")


if __name__ == "__main__":
    main()
