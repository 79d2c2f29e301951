"""“Did you mean”: a word of our own headlines and names that differs by a slip of the finger."""

from __future__ import annotations

from django.db import connection

from broadsheet.search.asking import Query, Term, parse
from broadsheet.search.finding import is_found
from broadsheet.search.index import LONGEST_WORD
from broadsheet.search.models import Word

CANDIDATES = 2_000
TRIED = 4


def suggestion(query: Query) -> str:
    """The query with what nobody writes so replaced by what we do write; empty when that would find nothing either.

    Whatever is suggested is looked up first: a word that only withdrawn stories had suggests nothing.
    """
    if any(len(t.words) > 1 for t in query.wanted) or query.unwanted or not 0 < len(query.wanted) < 6:
        return ""
    typed = [t.words[0] for t in query.wanted]
    known = set(Word.objects.filter(pk__in=typed).values_list("pk", flat=True))
    choices = [_choices(term, is_known=word in known) for term, word in zip(query.wanted, typed, strict=True)]
    if not all(choices):
        return ""
    # One word after the other, the best that is left of each.
    for place in range(TRIED):
        said = " ".join(choice[min(place, len(choice) - 1)] for choice in choices)
        if said.split() != typed and is_found(parse(said)):
            return said
    return ""


def _choices(term: Term, *, is_known: bool) -> list[str]:
    """The word itself when we do write it: in a headline or name now, for one that was withdrawn or mended leaves its words behind, or else in a body."""
    word = term.words[0]
    if is_known and is_found(Query(word, (term,))):
        return [word]
    near = nearest(word)
    return near or ([word] if not is_known and is_found(Query(word, (term,))) else [])


def nearest(word: str) -> list[str]:
    """Words of ours that are one slip away, two for long words; the likeliest first.

    With one slip, the first or the last half of a word is as it should be: two ranges of an index hold all candidates.
    """
    if not 2 < len(word) <= LONGEST_WORD:
        return []
    half, most = max(1, len(word) // 2), 1 if len(word) < 7 else 2
    found: set[str] = set()
    for column, part in (("word", word[:half]), ("backwards", word[::-1][: len(word) - half])):
        # SQLite compares LIKE without its index, PostgreSQL's order may be that of some language.
        postgres = connection.vendor == "postgresql"
        begins = {f"{column}__startswith": part} if postgres else {f"{column}__gte": part, f"{column}__lt": part + "\U0010ffff"}
        near = Word.objects.filter(**begins).order_by().values_list("word", flat=True)[:CANDIDATES]
        found.update(w for w in near if abs(len(w) - len(word)) <= most)
    apart = {other: slips(word, other, most) for other in found if other != word}
    near_ones = sorted((n, other[0] != word[0], abs(len(other) - len(word)), other) for other, n in apart.items() if n <= most)
    return [row[-1] for row in near_ones][:TRIED]


def slips(one: str, other: str, most: int) -> int:
    """Letters put in, left out, changed, or swapped with their neighbour, between two words; `most` + 1 for more than `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]
