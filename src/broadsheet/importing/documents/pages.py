"""A page's lines around its story: what each is for, and the words they share with the story."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from broadsheet.importing.documents import bylines, heading, phrases
from broadsheet.importing.documents.dates import find_dates
from broadsheet.importing.documents.heading import count_words, is_cjk, is_sentence
from broadsheet.importing.documents.lines import Line, listed

ARROW = re.compile(r"^[«»‹›←→<>]|[«»‹›←→<>]$")
REACH = 24
"""How many lines above the story's first prose a headline is sought."""
MAX_DATES = 300
"""How many of a page's dates are asked for who stands beside them."""


class Page:
    """A page's lines with the place of its story's first prose, and what each line is for."""

    def __init__(self, lines: list[Line], first: int, anchor: int | None, language: str, *, known: dict[str, str] | None = None) -> None:
        self.lines, self.first, self.anchor, self.language = lines, first, anchor, language
        self._kinds: dict[int, str] = {}
        self._ranks: dict[int, int] | None = None
        if known is not None:
            self.known = known

    @cached_property
    def often(self) -> Counter[str]:
        """How often each line stands on the page."""
        return Counter(line.text.casefold() for line in self.lines)

    @cached_property
    def known(self) -> dict[str, str]:
        """Names in the page's menus: short bullets or short lines of which there are many together."""
        lines = self.lines
        found = {
            line.text.casefold(): line.text
            for n, line in enumerate(lines)
            if not is_crumb(lines, n + 1)
            and line.bullet
            and count_words(line.text) <= 6
            and not is_sentence(line.text)
            and len(line.text) > 1
        }
        above = [line.text for line in lines[: self.first] if not is_sentence(line.text)]
        for line in lines[max(0, self.first - REACH) : self.first]:
            # One word beside a date that a row of names above holds too is a section's.
            for part in _beside_date(line.text) if line.worth == -40.0 else ():
                if " " not in part and any(part in text and len(text) > len(part) + 3 and text != line.text for text in above):
                    found[part.casefold()] = part
        run: list[Line] = []
        for n, line in enumerate([*lines[: self.first], Line(".", 0)]):
            is_age = bool(phrases.AGE.fullmatch(line.text))
            if count_words(line.text) <= 3 and not is_age and (line.worth == -3.0 and not line.bullet or line.worth == -10.0):
                run.append(line)
                continue
            if len(run) >= 5:
                # The head of the story may follow a menu without a gap.
                menu = run[:-6] if self.first - n < 10 or line.worth == -40.0 or is_age else run[:-2]
                found |= {one.text.casefold(): one.text for one in menu if len(one.text) > 1}
            run = []
        return {folded: name for folded, name in found.items() if folded not in self.writers and folded != self._site}

    @cached_property
    def listed(self) -> set[int]:
        """The dates of teasers and comments."""
        return listed(self.lines)

    @cached_property
    def _site(self) -> str:
        """What stands first on the page and again in the line that says whose it is."""
        owner = self.lines[-1].text.casefold() if self.lines else ""
        return next((one for line in self.lines[:3] if len(one := line.text.casefold()) > 2 and one in owner), "")

    @cached_property
    def writers(self) -> set[str]:
        """Names of people that stand beside or right above dates in several places of the page."""
        out: Counter[str] = Counter()
        for n in [n for n, line in enumerate(self.lines) if line.worth == -40.0][:MAX_DATES]:
            line = self.lines[n]
            before = self.lines[n - 1].text if n else ""
            parts = {part.casefold(): part for part in [*_beside_date(line.text), *_around_date(line.text), before]}
            out.update(folded for folded, part in parts.items() if bylines.shape(part) >= 1.2 and not find_dates(part))
        return {name for name, times in out.items() if times > 1}

    @cached_property
    def prose(self) -> Counter[str]:
        """In how many of the story's paragraphs each longer word stands."""
        out: Counter[str] = Counter()
        count = 0
        for n in range(self.first, len(self.lines)):
            line, before = self.lines[n], self.lines[n - 1].text if n else ""
            if line.worth == -60.0 or count >= 40:
                break
            # What begins with the name above it is told of a writer.
            if line.worth > 0 and not (n > self.first and 3 < len(before) <= bylines.MAX_NAME and line.text.startswith(before)):
                out.update(set(tokens(line.text)))
                count += 1
        return out

    @cached_property
    def quoted(self) -> set[str]:
        """What stands in quotation marks behind a count: “5 thoughts on …” names the headline."""
        found = (re.match(r"\D{0,12}\d.*[“\"«「](.{4,255})[”\"»」]", line.text) for line in self.lines)
        return {match[1].casefold() for match in found if match}

    def shared(self, text: str) -> float:
        """Which part of a text's longer words the story uses too."""
        words = tokens(text)
        return sum(word in self.prose for word in words) / max(3, len(words)) if words else 0.0

    def unlike(self, n: int) -> int:
        """How many of the lines above the story share more of their words with it than line `n` does."""
        if self._ranks is None:
            around = range(max(0, self.first - REACH), self.first)
            shares = {m: self.shared(self.lines[m].text) for m in around if self.lines[m].worth <= 0}
            self._ranks = {m: sum(other > share for other in shares.values()) for m, share in shares.items()}
        return self._ranks.get(n, 99)

    def is_told(self, text: str) -> bool:
        """Whether the story speaks of what the text names, as it does of a subheading's matter and seldom of its writer."""
        words = tokens(text)
        times = self._introductions(text)
        return bool(words) and sum(self.prose[word] > times for word in words) > 0.5 * len(words)

    def is_introduced(self, text: str) -> bool:
        """Whether a paragraph behind the story's beginning starts with the name, as what is said of a writer does."""
        return self._introductions(text) > 0

    def _introductions(self, text: str) -> int:
        name = text.casefold()
        if not 1 < len(name) <= bylines.MAX_NAME:
            return 0
        told = (line.text.casefold() for line in self.lines[self.first :] if line.worth > 0)
        return sum(one.startswith(name) and len(one) > len(name) + 8 and not one[len(name)].isalpha() for one in told)

    def is_excerpt(self, n: int) -> bool:
        """Whether the line takes its first words from a paragraph of the story and ends in others: a caption with its credit."""
        text = self.lines[n].text.casefold()
        words = text.split()
        head = text[: max(12, len(text) - 12)] if is_cjk(text) else " ".join(words[: max(5, len(words) - 5)])
        if n >= self.first or count_words(head) < 5:
            return False
        told = [line.text.casefold() for line in self.lines[self.first :][:60] if line.worth > 3]
        return any(head in one for one in told) and not any(text in one for one in told)

    def kind(self, n: int) -> str:
        """What a line is for, as far as it shows: date, update, by, role, noise, reading, label, tags, stop, else nothing."""
        if n not in self._kinds:
            self._kinds[n] = self._kind(n) if 0 <= n < len(self.lines) else ""
        return self._kinds[n]

    def _kind(self, n: int) -> str:
        line = self.lines[n]
        text = line.text
        if line.worth == -40.0 and not line.bullet:
            return "update" if phrases.UPDATE_WORD.match(text) else "date"
        if line.worth == -60.0:
            # How many comments there are stands at the head of many a story.
            return "reading" if n < self.first and phrases.begins_comments(text) else "stop"
        if line.worth == -12.0:
            # A story about a network names it in its headline.
            is_told = n < self.first and phrases.is_button(text) and count_words(text) >= 3 and self.shared(text) >= 0.5
            return "" if is_told else "noise"
        if (
            phrases.READING_TIME.fullmatch(text)
            or phrases.COUNTED.fullmatch(text)
            or phrases.AGE.fullmatch(text)
            or phrases.DATE_WORD.fullmatch(text)
            or is_label_of_writer(text)
        ):
            return "reading"
        if phrases.TAG_WORD.match(text) or phrases.FILED_WORD.match(text):
            return "tags"
        words = count_words(text)
        text = self.labelled(n)
        if (
            words <= 14
            and not is_sentence(text)
            and bylines.claim(text).weight >= 2.1
            and (phrases.BYLINE.match(text) or phrases.NAME_END.search(text) or bylines.claim(text).weight >= 2.4 and bylines.is_role(text))
        ):
            return "by"
        if words <= 6 and bylines.is_role(text) or bylines.is_agency(text):
            return "role"
        if words <= 6 and not line.bullet and heading.split_labels(text, self.known) is not None:
            return "label"
        return ""

    def is_signed(self, n: int, *, least: float = 0.1) -> bool:
        """Whether a line with a date names a writer too, as lines below headlines do."""
        parts = heading.statements(self.lines[n].text)
        around = _around_date(self.lines[n].text)
        return any(bylines.claim(part).weight >= least for part in parts if not find_dates(part)) or any(
            bylines.claim(part).weight >= 2.4 for part in around
        )

    @cached_property
    def heads(self) -> dict[int, int]:
        """Lines around the story's beginning below which stands who wrote it and when, with the place behind what says so."""
        around = range(max(0, self.first - REACH), min(len(self.lines), self.first + 3))
        return {n: end for n in around if (end := self._head_below(n)) > n + 1}

    def _head_below(self, n: int) -> int:
        is_dated, is_signed, m = self.kind(n - 1) == "date", False, n + 1
        for m in range(n + 1, min(len(self.lines), n + 10)):
            kind, line = self.kind(m), self.lines[m]
            if kind in ("date", "update"):
                is_dated, is_signed = True, is_signed or self.is_signed(m, least=0.9)
            elif kind == "by":
                is_signed = True
            elif not kind and not line.bullet and not is_signed and self._is_beside_date(m) and count_words(line.text) <= 5:
                # Below a headline stands who wrote it, by whatever name.
                is_signed = count_words(line.text) == 1 or bylines.claim(line.text).weight > 0.9
                if not is_signed:
                    break
            elif not self.is_furniture(m):
                break
        else:
            m += 1
        return m if is_dated and is_signed else n

    def _is_beside_date(self, n: int) -> bool:
        return any(self.kind(m) in ("date", "update") for m in (n - 1, n + 1))

    def labelled(self, n: int) -> str:
        """The line, with the words before it that say what its date is of where they have a line of their own."""
        text = self.lines[n].text
        before = self.lines[n - 1].text if n else ""
        if self.lines[n].worth == -40.0:
            return f"{before} {text}" if phrases.DATE_WORD.fullmatch(before) else text
        return (
            f"{before.rstrip(' :：')}: {text}"
            if is_label_of_writer(before) and count_words(text) <= 8 and not phrases.BYLINE.match(text)
            else text
        )

    def labelled_first(self, dated: list[int]) -> list[int]:
        """The lines with dates from the first that says what it is the date of; those before it, or apart from the last, belong to other stories."""
        first = next((at for at, n in enumerate(dated) if phrases.DATE_WORD.match(self.labelled(n))), 0)
        apart = max((at for at in range(1, len(dated)) if dated[at] - dated[at - 1] > 2), default=0)
        return dated[max(first, apart) :]

    def is_credit(self, n: int) -> bool:
        """Whether the line says whose picture that is."""
        text = self.lines[n].text
        return bool(phrases.EDITED.match(text)) or bool(phrases.CREDIT.search(text))

    def is_furniture(self, n: int) -> bool:
        """Whether the line stands at a headline without saying anything of the story."""
        return self.kind(n) in ("noise", "reading", "role", "label")

    def bonus(self, n: int, top: int) -> float:
        """What a line's place adds to what it says of the writer."""
        out = 0.0
        if any(self.kind(m) in ("date", "update") for m in (n - 1, n + 1)):
            out += 1.1
        elif any(self.kind(m) in ("date", "update", "reading") for m in (n - 2, n + 2)):
            out += 0.5
        if self.kind(n + 1) == "role":
            out += 1.0
        if n == top + 1 or n == top + 2 and self.lines[top + 1].worth > 0:
            out += 0.5
        if out < 1 and n + 1 < len(self.lines) and self.lines[n + 1].worth > 3 and any(self.kind(m) == "date" for m in range(top + 1, n)):
            out -= 1.5  # More likely the story's first subheading.
        text = self.lines[n].text
        if self.is_introduced(text):
            out += 1.0
        if self.kind(n + 1) != "role":
            out -= (0.6 if out > 1 else 1.6) * self.is_told(text)
        return out - 2.0 * self.is_credit(n)

    def is_head(self, n: int) -> bool:
        """Whether the line below a headline belongs to it and not to the body."""
        line, kind = self.lines[n], self.kind(n)
        if kind in ("date", "update", "noise", "reading", "tags", "by", "role"):
            return True
        words = count_words(line.text)
        if line.bullet:
            return False
        if words <= 30 and sum(map(heading.is_said_of, heading.statements(line.text))) > 1:
            return True
        if words <= 16 and self.is_credit(n) and not is_sentence(line.text):
            return True
        around = range(max(0, n - 2), min(n + 4, len(self.lines)))
        near = any(self.kind(m) in ("date", "update") or phrases.AGE.fullmatch(self.lines[m].text) for m in around)
        if kind == "label":
            return True
        if words <= 6 and phrases.SIGNED.match(line.text) and any(self.kind(m) == "date" for m in (n - 1, n - 2)):
            return True
        claim = bylines.claim(line.text)
        return (
            bool(claim.people)
            and words <= 8
            and claim.weight + (1.0 if near else 0.0) + (1.0 if self.kind(n + 1) == "role" else 0.0)
            >= (1.0 if near or self.lines[n - 1].block != line.block else 1.9)
        )


def _beside_date(text: str) -> list[str]:
    return [part for one in heading.statements(text) if not find_dates(one) and (part := bylines.trim(one))]


def _around_date(text: str) -> list[str]:
    found = find_dates(text)
    around = (text[: found[0].start], text[found[-1].end :]) if found else ()
    return [part for one in around if (part := bylines.trim(one))]


def is_label_of_writer(text: str) -> bool:
    """Whether a line holds nothing but the word before a writer's name."""
    match = phrases.BYLINE.match(text) if len(text) < 30 else None
    return match is not None and match.end() == len(text)


def tokens(text: str) -> list[str]:
    """The words that tell one text from another: longer ones; pairs of signs where words have no spaces."""
    if is_cjk(text) or re.search("[가-힣]", text):
        runs = re.findall(r"[\u3040-\u30ff\u3400-\u9fff가-힣]+|[a-z]{3,}|\d{2,}", text.casefold())
        return [pair for run in runs for pair in ([run] if run.isascii() else [run[n : n + 2] for n in range(len(run) - 1)])]
    if heading.INDIC.search(text):
        return [word for part in text.casefold().split() if len(word := part.strip(".,;:!?।॥()'\"‘’“”–—-…")) >= 4]
    return [word for word in re.findall(r"[^\W_]+", text.casefold()) if len(word) >= 4]


def is_title(line: Line) -> bool:
    """Whether a line could be the title of something."""
    return line.worth > -12.0 and not line.bullet and count_words(line.text) >= 2 and not is_sentence(line.text)


def is_crumb(lines: list[Line], n: int) -> bool:
    """Whether the line before leads to this one: the last of a trail of breadcrumbs names the headline."""
    if not 0 < n < len(lines) or lines[n].bullet:
        return False
    text, before = lines[n].text.casefold(), lines[n - 1].text.casefold()
    return before.endswith(text) and (
        bool(lines[n - 1].bullet) if before == text else before[: -len(text)].rstrip().endswith(tuple("/›»>|"))
    )


def trail(lines: list[Line], n: int) -> bool:
    """Whether a line above ends in this one behind a mark, as trails and titles of windows do, or begins with it."""
    text = lines[n].text.casefold()
    if count_words(text) < 2:
        return False
    for line in lines[max(0, n - 12) : n]:
        other = line.text.casefold()
        if len(other) > len(text) and (other.endswith(text) or other.startswith(text)):
            rest = other[: -len(text)] if other.endswith(text) else other[len(text) :]
            if re.search(r"[/›»>|–—·:-]\s*$" if other.endswith(text) else r"^\s*[|–—·:«-]\s", rest):
                return True
    return False
