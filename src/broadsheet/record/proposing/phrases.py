"""Who speaks, in the words beside a verb of saying."""

from __future__ import annotations

from collections.abc import Sequence

from broadsheet.record.proposing.grammar import QUOTE, Grammar, Token

LONGEST = 14
"""Words of a name with what somebody is."""
Place = tuple[int, int]
"""From the first to the last token, that one included."""


_WE = frozenset("i we you je j' nous vous".split())


def _is_boundary(token: Token, grammar: Grammar) -> bool:
    if token.low == QUOTE or token.low in grammar.stops:
        return True
    return not token.is_word and token.low not in "'’.&%€$£[]"


def before(tokens: Sequence[Token], last: int, grammar: Grammar) -> Place | None:
    """Who is named by the words that end there: "Kremlin spokesperson Dmitry Peskov"."""
    if last < 0:
        return None
    if tokens[last].low in grammar.pronouns:
        return last, last
    if tokens[last].low == ",":
        return _apposed(tokens, last, grammar)
    while last > 0 and (tokens[last].low in grammar.times or tokens[last].low in grammar.months):
        last -= 1
    if _is_boundary(tokens[last], grammar) or _is_verb(tokens[last], grammar):
        return None
    first = last
    while first > 0 and last - first < LONGEST + 6 and not _is_boundary(tokens[first - 1], grammar):
        here = tokens[first - 1]
        if here.low in grammar.joining and not (_is_part(tokens[first - 2], grammar) and tokens[first].is_name if first > 1 else False):
            break
        if _is_verb(here, grammar):
            break
        first -= 1
    return _tidy(tokens, first, last, grammar)


def _is_verb(token: Token, grammar: Grammar) -> bool:
    low = token.low
    return not token.is_name and (low in grammar.finite or low in grammar.cues and low not in grammar.nouns)


def _is_part(token: Token, grammar: Grammar) -> bool:
    return token.is_name and token.low not in grammar.openers


def _apposed(tokens: Sequence[Token], comma: int, grammar: Grammar) -> Place | None:
    """ "Chris Hayward, policy chairman at the corporation," """
    opened = comma - 1
    while opened >= 0 and comma - opened < 25 and tokens[opened].low not in (",", QUOTE, ";", ":"):
        opened -= 1
    if opened < 1 or tokens[opened].low != ",":
        return None
    inside = tokens[opened + 1]
    name = tokens[opened - 1]
    if (
        name.is_word
        and _is_name(tokens[opened + 1 : comma], grammar)
        and (place := before(tokens, opened - 1, grammar))
        and tokens[place[0]].low in grammar.articles
    ):
        return place[0], comma - 1
    if (
        inside.is_word
        and name.is_name
        and (not inside.is_name or inside.low in grammar.articles | grammar.offices or inside.low[0].isdigit())
    ):
        place = before(tokens, opened - 1, grammar)
        # What stands between the commas says more of somebody; a place or a time would not follow a name of two words.
        if place and (place[1] > place[0] or inside.low in grammar.relatives | grammar.articles | grammar.offices):
            return place
    return None


def _is_name(tokens: Sequence[Token], grammar: Grammar) -> bool:
    return 1 < len(tokens) < 5 and all(one.is_name or one.low in grammar.particles for one in tokens)


def _tidy(tokens: Sequence[Token], first: int, last: int, grammar: Grammar) -> Place | None:
    while first < last and (
        tokens[first].low in grammar.openers
        or tokens[first].low in grammar.joining
        or not tokens[first].is_word
        and tokens[first].text != "["
    ):
        first += 1
    if tokens[first].low in grammar.prepositions and tokens[first].low not in grammar.articles:
        first = _after_adjunct(tokens, first, last, grammar)
    if first > last:
        return None
    if tokens[first].low in grammar.articles and not tokens[first].is_name and tokens[last].is_name:
        first = _relative(tokens, first, last, grammar)
    if last - first >= LONGEST:
        first = _name_at_end(tokens, first, last, grammar)
    words = [token.low for token in tokens[first : last + 1]]
    if (
        not words
        or words[0].partition("'")[0] in grammar.writer
        or words[0] in grammar.writer
        or words[0] in grammar.doubts
        or any(word in grammar.denials or word in _WE for word in words)
    ):
        return None
    if len(words) == 1 and (
        words[0] in grammar.articles or words[0] in grammar.prepositions or words[0] in grammar.openers or words[0] in grammar.months
    ):
        return None
    return first, last


def _after_adjunct(tokens: Sequence[Token], first: int, last: int, grammar: Grammar) -> int:
    """Behind "On Sunday" or "In a statement", where no comma ends it."""
    best = last + 1
    for at in range(first + 2, last + 1):
        here, left = tokens[at], tokens[at - 1]
        if left.low in grammar.prepositions or left.low in grammar.articles:
            continue
        if (
            here.low in grammar.articles
            or here.low in grammar.pronouns
            or here.is_name
            and (not left.is_name or left.low in grammar.months)
        ):
            best = at
    return best


def _relative(tokens: Sequence[Token], first: int, last: int, grammar: Grammar) -> int:
    """ "a proposal Moscow [warned]": the name alone, unless the words before it say what somebody is."""
    name = _name_at_end(tokens, first, last, grammar)
    words = [token for token in tokens[first + 1 : name] if token.is_word]
    if (
        not words
        or any(token.low in grammar.offices or token.is_name for token in words)
        or words[-1].low in grammar.prepositions | grammar.particles
    ):
        return first
    return name


def _name_at_end(tokens: Sequence[Token], first: int, last: int, grammar: Grammar) -> int:
    at = last
    while at > first and (tokens[at - 1].is_name or tokens[at - 1].low in grammar.particles and at - 1 > first and tokens[at - 2].is_name):
        at -= 1
    return at


def after(tokens: Sequence[Token], first: int, grammar: Grammar, *, cited: bool = False) -> Place | None:
    """Who is named by the words that begin there, behind a verb ("said Louise Baxter") or behind "according to"."""
    while (
        not cited
        and first < len(tokens)
        and (grammar.is_between(tokens[first].low) and tokens[first].low not in grammar.articles or tokens[first].low in ("-",))
    ):
        first += 1
    if first >= len(tokens):
        return None
    if not cited and tokens[first].low in grammar.prepositions:
        first = _after_whom(tokens, first, grammar)
    if first >= len(tokens) or _is_boundary(tokens[first], grammar) or tokens[first].low in grammar.writer:
        return None
    if tokens[first].low in grammar.pronouns:
        return first, first
    last = first
    while last + 1 < len(tokens) and last - first < LONGEST and not _is_boundary(tokens[last + 1], grammar):
        here = tokens[last + 1]
        if here.low in grammar.finite and not here.is_name or here.low in grammar.relatives:
            break
        if here.low in grammar.joining and not (last + 2 < len(tokens) and tokens[last + 2].is_name and tokens[last].is_name):
            break
        if here.low in _LEADS_ON or here.low in grammar.prepositions and tokens[last].is_name and _is_aside(tokens, last + 1, grammar):
            break
        if here.low in grammar.pronouns or here.low == "." and last + 2 >= len(tokens):
            break
        last += 1
    while last > first and not tokens[last].is_word:
        last -= 1
    return (first, last) if tokens[last].is_word else None


_LEADS_ON = frozenset("on after during before while as when amid avant après lors pendant".split())


def _is_aside(tokens: Sequence[Token], at: int, grammar: Grammar) -> bool:
    """Whether a preposition leads away from a name: "in a statement", "to reporters", against "of Harvard"."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return following is None or not following.is_name and tokens[at].low not in ("of", "for", "de", "d'", "du", "des")


def _after_whom(tokens: Sequence[Token], first: int, grammar: Grammar) -> int:
    """Behind « à Europe 1 », where whoever speaks follows."""
    for at in range(first + 1, min(first + 8, len(tokens))):
        if not tokens[at].is_word:
            break
        if tokens[at].low in grammar.articles and at > first + 1 and tokens[at - 1].low not in grammar.prepositions:
            return at
    return len(tokens)


def subject(tokens: Sequence[Token], at: int, grammar: Grammar) -> Place | None:
    """Who a clause is about: the words before its first verb, looked for back from `at`."""
    first = at
    while first > 0 and not (
        tokens[first - 1].low in (";", ":", QUOTE) or tokens[first].low in grammar.joining and tokens[first - 1].low == ","
    ):
        first -= 1
    # Behind whatever stands before a comma, unless that is who it is about.
    last = None
    for here in range(first, min(at, first + 40)):
        token = tokens[here]
        if token.low == "," and last is None:
            first = here + 1
        elif (
            grammar.is_finite(token)
            or token.low in grammar.cues
            or (here > first and tokens[here - 1].is_name and grammar.is_between(token.low))
        ):
            last = here - 1
            break
    if last is None:
        return None
    while last >= first and grammar.is_between(tokens[last].low) and tokens[last].low not in grammar.articles:
        last -= 1
    return before(tokens, last, grammar) if last >= first else None
