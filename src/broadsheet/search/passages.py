"""The passage of a text that best shows why it was found, in pieces that say which of them were looked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from broadsheet.search.asking import Term
from broadsheet.search.folding import fold, is_spaceless

WIDTH = 220
SENTENCE_ENDS = ".!?…؟۔।॥。！？"
CLOSERS = "\"'”’»›)]」』"
_SENTENCE = re.compile(f"[{SENTENCE_ENDS}][{re.escape(CLOSERS)}]*\\s+|(?<=[。！？])|\\n\\s*")
_WORD = re.compile("[\\w\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0dff\u0640\u200d]+")
_CHUNK = re.compile(rf"\S.{{0,{WIDTH}}}(?!\S)|\S.{{0,{WIDTH}}}", re.S)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a passage; plain text."""

    text: str
    marked: bool = False


def passage(text: str, wanted: Sequence[Term]) -> tuple[Piece, ...]:
    """The stretch with most of the wanted words in it, nothing when none of them is in the text; from a sentence's beginning where it can."""
    said = [f" {' '.join(t.words)}" + " " * (not t.prefix) for t in wanted]
    best, most = None, 0
    for found in _CHUNK.finditer(text):
        folded = f" {' '.join(fold(found[0]).split())} "
        held = sum(one in folded for one in said)
        if held > most:
            best, most = found, held
            if held == len(said):
                break
    return marked(_from_a_beginning(text, best.start(), best.end(), wanted), wanted) if best else ()


def _from_a_beginning(text: str, start: int, end: int, wanted: Sequence[Term]) -> str:
    chunk = text[start:end]
    spans = _spans(chunk, wanted)
    first = min(spans)[0] if spans else 0
    begins = [found.end() for found in _SENTENCE.finditer(chunk, 0, first)]
    if start and not _SENTENCE.match(text, max(0, start - 2)) and not begins:
        before = "… "
    else:
        before, start = "", start + (begins[-1] if begins and len(chunk) - begins[-1] < WIDTH else 0)
    rest = _CHUNK.match(text, start)
    shown = rest[0] if rest else chunk
    goes_on = start + len(shown) < len(text.rstrip()) and shown.rstrip(CLOSERS)[-1:] not in SENTENCE_ENDS
    return before + shown.rstrip(" ,;:–-") + " …" * goes_on


def marked(text: str, wanted: Sequence[Term]) -> tuple[Piece, ...]:
    """A text in pieces, the words looked for marked."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    pieces: list[Piece] = []
    end = 0
    for start, stop in _spans(text, wanted):
        if start < end:
            continue
        if start > end:
            pieces.append(Piece(text[end:start]))
        pieces.append(Piece(text[start:stop], marked=True))
        end = stop
    return tuple([*pieces, Piece(text[end:])] if end < len(text) else pieces)


def _spans(text: str, wanted: Sequence[Term]) -> list[tuple[int, int]]:
    whole = {w for t in wanted for w in (t.words[:-1] if t.prefix else t.words)}
    beginnings = tuple(t.words[-1] for t in wanted if t.prefix)
    spans = []
    for found in _WORD.finditer(text):
        word = found[0]
        folded = _folded(word)
        if folded is None:
            pairs = [pair for pair in (*whole, *beginnings) if is_spaceless(pair)]
            spans += [(found.start() + n, found.start() + n + len(pair)) for pair in pairs for n in _places(pair, word)]
            continue
        if any(one in whole or (beginnings and one.startswith(beginnings)) for one in folded):
            spans.append(found.span())
    joined: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        # Pairs of characters overlap.
        if joined and start <= joined[-1][1] and is_spaceless(text[start]):
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined


@lru_cache(maxsize=20_000)
def _folded(word: str) -> tuple[str, ...] | None:
    """The words that one of a text is looked up by; nothing where it is looked up by pairs of characters. Texts repeat most of theirs."""
    return None if is_spaceless(word) else tuple(fold(word).split())


def _places(part: str, text: str) -> list[int]:
    return [n for n in range(len(text) - len(part) + 1) if text.startswith(part, n)]
