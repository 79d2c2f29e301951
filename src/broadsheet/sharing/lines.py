"""Headlines into lines and runs: where a line may end in each script, and in which order its parts stand (a part of UAX #9 and UAX #14)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from broadsheet.sharing.fonts import Face

_NOT_FIRST = frozenset("、。，．・：；？！ー）」』】〕〉》”’…ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々ゝヽ％）」،؛؟।॥ๆฯ!?,.:;)]}»›%")
"""What does not begin a line (kinsoku shori, and the same elsewhere)."""
_NOT_LAST = frozenset("（「『【〔〈《“‘([{«‹$£¥€＄￥")
_AFTER = frozenset("-–—/\u200b\u00ad")
"""Behind these a line may end within a word."""
_BEFORE_ITS_CONSONANT = frozenset("เแโใไເແໂໃໄ")
"""Vowels of Thai and Lao that are written before the consonant they belong to."""
_AFTER_ITS_CONSONANT = frozenset("ะาำๅะາຳ")
"""Those that are written behind it, and are letters for Unicode."""
_JOINERS = frozenset("\u200c\u200d\u2060\ufe0e\ufe0f")
INVISIBLE = frozenset("\u200b\u200e\u200f\u061c\u00ad\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What steers a line and has no shape of its own."""


def clusters(text: str) -> list[str]:
    """The letters with the marks that belong to them; what a conjunct joins stays together."""
    made: list[str] = []
    for letter in text:
        joined = made and (unicodedata.category(letter) in ("Mn", "Mc", "Me") or letter in _JOINERS | _AFTER_ITS_CONSONANT)
        # After a virama, or a joiner, the next consonant is a part of the same conjunct.
        if made and not joined and not letter.isspace():
            last = made[-1][-1]
            joined = last == "\u200d" or unicodedata.combining(last) == 9
        if joined:
            made[-1] += letter
        else:
            made.append(letter)
    return made


def is_wide(letter: str) -> bool:
    """Whether a line may end beside it without a space: Chinese and Japanese; Korean parts words by spaces."""
    return unicodedata.east_asian_width(letter) in ("W", "F") and not ("\uac00" <= letter <= "\ud7a3" or "\u1100" <= letter <= "\u11ff")


def words(text: str) -> list[str]:
    """The parts between which a line may end; a space belongs to what stands before it."""
    parts, word = [], ""
    letters = clusters(text)
    for place, one in enumerate(letters):
        word += one
        follows = letters[place + 1] if place + 1 < len(letters) else ""
        if not follows:
            break
        if follows.isspace() or follows[0] in _NOT_FIRST or one[-1] in _NOT_LAST:
            continue
        if one.isspace() or one[-1] in _AFTER and follows[0] not in _AFTER or is_wide(one[0]) or is_wide(follows[0]):
            parts.append(word)
            word = ""
    return [*parts, word] if word else parts


def broken(word: str, width: Callable[[str], float], room: float) -> list[str]:
    """A word that fits into no line, in pieces that do: where a syllable of Thai or Lao begins, else between letters.

    Where words end in those two takes a dictionary; a vowel that is written first at least begins a syllable.
    """
    pieces: list[list[str]] = [[]]
    at = 0.0
    for one in clusters(word):
        if pieces[-1] and at + width(one) > room:
            piece = pieces[-1]
            last_third = range(len(piece) - 1, max(0, len(piece) * 2 // 3 - 1), -1)
            begins = next((n for n in last_third if piece[n][0] in _BEFORE_ITS_CONSONANT), 0)
            pieces[-1:] = [piece[:begins], piece[begins:]] if begins and one[0] not in _BEFORE_ITS_CONSONANT else [piece, []]
            at = sum(map(width, pieces[-1]))
        pieces[-1].append(one)
        at += width(one)
    return ["".join(piece) for piece in pieces]


def lines(text: str, width: Callable[[str], float], room: float) -> list[str]:
    """The text in lines that fit a room, `width` being that of a word."""
    made: list[str] = []
    at = 0.0
    for word in words(" ".join(text.split())):
        bare = width(word.rstrip())
        if made and at + bare <= room:
            made[-1] += word
            at += width(word)
        elif bare <= room:
            made.append(word)
            at = width(word)
        else:
            made += broken(word, width, room)
            at = width(made[-1])
    return [line.strip() for line in made]


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one font and one direction."""

    text: str
    face: Face
    right_to_left: bool


def levels(text: str, *, right_to_left: bool) -> list[int]:
    """The embedding level of each letter: even from left to right, odd from right to left. Without explicit marks, which headlines do not hold."""
    base = int(right_to_left)
    kinds = [unicodedata.bidirectional(one) or "L" for one in text]
    strong = "R" if right_to_left else "L"
    for place, kind in enumerate(kinds):
        if kind in ("L", "R", "AL"):
            strong = "L" if kind == "L" else "R"
            kinds[place] = strong
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"
        elif kind in ("EN", "AN"):
            kinds[place] = "N"
        elif kind == "NSM":
            kinds[place] = kinds[place - 1] if place else strong
    for place, kind in enumerate(kinds):
        # A separator or sign between figures belongs to the number.
        beside = place and place + 1 < len(kinds) and kinds[place - 1] == kinds[place + 1] == "N"
        if kind in ("CS", "ES") and beside or kind == "ET" and "N" in kinds[max(place - 1, 0) : place + 2]:
            kinds[place] = "N"
    made: list[int] = []
    for place, kind in enumerate(kinds):
        if kind not in ("L", "R", "N"):
            before = next((one for one in reversed(kinds[:place]) if one in ("L", "R", "N")), "R" if base else "L")
            after = next((one for one in kinds[place + 1 :] if one in ("L", "R", "N")), "R" if base else "L")
            before, after = ("R" if one == "N" else one for one in (before, after))
            kind = before if before == after else ("R" if base else "L")
        made.append({"L": 2 if base else 0, "R": 1, "N": 2}[kind])
    # Spaces at the end of a line stand at its end.
    end = len(text)
    while end and text[end - 1].isspace():
        end -= 1
        made[end] = base
    return made


def runs(line: str, faces: Sequence[Face], *, right_to_left: bool) -> list[Run] | None:
    """A line's runs from left to right, or None when a letter has no shape in any face; signs without one are left out."""
    kept: list[tuple[str, Face]] = []
    for cluster in clusters("".join(one for one in line if one not in INVISIBLE)):
        face = next((face for face in faces if all(one in _JOINERS or face.has(one) for one in cluster)), None)
        if face is None and (bare := "".join(one for one in cluster if one not in _JOINERS)) != cluster:
            face = next((face for face in faces if all(face.has(one) for one in bare)), None)
        if face is None:
            if any(unicodedata.category(one)[0] in "LMN" for one in cluster):
                return None
            continue
        if not (cluster.isspace() and kept and kept[-1][0].isspace()):
            kept.append((cluster, face))
    text = "".join(cluster for cluster, _face in kept)
    at, places = levels(text, right_to_left=right_to_left), 0
    made: list[tuple[str, Face, int]] = []
    for cluster, face in kept:
        level = at[places]
        places += len(cluster)
        if made and made[-1][2] == level and (made[-1][1] == face or _goes_along(cluster, made[-1][1])):
            made[-1] = (made[-1][0] + cluster, made[-1][1], level)
        else:
            made.append((cluster, face, level))
    return [Run(text, face, bool(level % 2)) for text, face, level in _from_the_left(made)]


def _goes_along(cluster: str, face: Face) -> bool:
    """Spaces, signs and figures stay in the font of what stands before them, where it has them."""
    return not unicodedata.category(cluster[0]).startswith("L") and all(one in _JOINERS or face.has(one) for one in cluster)


def _from_the_left(made: list[tuple[str, Face, int]]) -> list[tuple[str, Face, int]]:
    # UAX #9, L2: from the highest level down, whatever stands at it or above is turned round.
    for level in range(max((one[2] for one in made), default=0), 0, -1):
        place = 0
        while place < len(made):
            end = place
            while end < len(made) and made[end][2] >= level:
                end += 1
            made[place:end] = reversed(made[place:end])
            place = max(end, place + 1)
    return made
