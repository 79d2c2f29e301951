"""Texts of pages put together at random: what stands around a story in any order sites have it in, for weighing clues without a layout to learn by heart."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from benchmarks.newsstand import furniture, third
from benchmarks.newsstand import workshop_words as words
from benchmarks.newsstand.dump import dump
from benchmarks.newsstand.posts import Post
from benchmarks.newsstand.workshop import _put, _stamp


@dataclass(frozen=True, slots=True)
class Composed:
    """A page's text and what is true of it."""

    text: str
    post: Post
    names: tuple[str, ...]
    published: dt.date


def compose(post: Post, others: list[Post], chance: random.Random) -> Composed:
    """One page around a post."""
    return _Composer(post, others, chance).page()


class _Composer:
    def __init__(self, post: Post, others: list[Post], chance: random.Random) -> None:
        self.post, self.chance = post, chance
        language = post.language
        self.said = dict(zip(words.KEYS, chance.choice((words.WORKSHOP, words.FOURTH))[language].split("|"), strict=True))
        self.t = dict(zip(third.NAMES, third._WORDS[language].split("|"), strict=True))
        self.w = furniture.vocabulary(language)
        pool = words.NAMES[language].split("|")
        self.names = tuple(self._name(pool) for _ in range(2 if chance.random() < 0.2 else 1))
        if chance.random() < 0.12 and post.author:
            self.names = (post.author,)
        if len(set(self.names)) < len(self.names):
            self.names = self.names[:1]
        patterns = [one for column in words.STAMPS[language] for one in column.replace(r"\|", "¦").split("|")]
        self.pattern = chance.choice(patterns).replace("¦", r"\|")
        self.others = chance.sample(others, k=min(len(others), 16))
        self.menu = sorted({name for one in others for name in one.sections})[:12] or ["News", "Reports", "Notes"]
        chance.shuffle(self.menu)
        self.label = (post.sections or tuple(self.menu[:1]))[0]

    def _name(self, pool: list[str]) -> str:
        one, other = self.chance.choice(pool), self.chance.choice(pool)
        return f"{one.split()[0]} {other.split()[-1]}" if " " in one and " " in other else one

    def _is(self, share: float) -> bool:
        return self.chance.random() < share

    def date(self, when: dt.datetime) -> str:
        return _stamp(when, self.pattern, self.post.language, False)

    @property
    def both(self) -> str:
        return _put(self.said["and"], *self.names) if len(self.names) > 1 else self.names[0]

    def page(self) -> Composed:
        post, chance = self.post, self.chance
        manner = chance.choice(("bullets", "inner", "copied"))
        self.bullet = "  • " if manner == "bullets" else ""
        self.gap = manner != "inner"
        head, is_signed = self.head()
        deck = chance.choice(post.sentences[1:] or [""]) if self._is(0.5) else ""
        if deck:
            head.insert(chance.choice((1, 1, 1, len(head))) if len(head) > 1 else 0, deck)
        above = [f"\n{post.headline}\n" if self.gap and self._is(0.6) else post.headline]
        before = self.before()
        if self._is(0.25):
            before, head = self.moved(before, head)
        body = dump(f"<body>{post.body}</body>", manner=manner).strip("\n").split("\n")
        if len(body) > 6 and self._is(0.4):
            at = chance.randint(2, len(body) - 2)
            body[at:at] = (
                ["", f"{self.said['more']}", self.card().headline, ""]
                if self._is(0.5)
                else ["", self.said["letter"], self.said["letter_text"], self.said["subscribe"], ""]
            )
        end = self.end(is_signed)
        lines = [*self.top(), *before, *above, *head, *([""] if self._is(0.7) else []), *body, *end, *self.bottom()]
        return Composed("\n".join(lines), post, self.names, post.published.date())

    def moved(self, before: list[str], head: list[str]) -> tuple[list[str], list[str]]:
        """Sites that set date and writer above the headline, or the writer below the story only."""
        shown = self.date(self.post.published)
        line = self.chance.choice(
            (
                shown,
                f"{self.label} | {shown}",
                f"{shown} / {self.label}",
                f"{shown} - {self._signature()}",
                f"{self.said['published']} {shown}",
            )
        )
        rest = [one for one in head if shown not in one and self.both not in one]
        if self._is(0.4):
            rest = [one for one in rest if len(one) > 60]
        return [*before, line, *([self._signature()] if self._is(0.4) else [])], rest or [""]

    def card(self) -> Post:
        return self.chance.choice(self.others) if self.others else self.post

    def row(self, parts: list[str]) -> list[str]:
        """Parts as lines, as bullets, or on one line."""
        draw = self.chance.random()
        if draw < 0.55:
            return [self.bullet + part for part in parts]
        if draw < 0.7:
            return [part for part in parts]
        mark = self.chance.choice((" | ", " ", " • ", "  ", "\t", ""))
        return [mark.join(parts)]

    def teasers(self) -> list[str]:
        heading, n, kind = (
            self.chance.choice((self.said["trending"], self.w["latest"], self.t["viewed"], self.said["more"])),
            self.chance.randint(2, 6),
            self.chance.randint(0, 5),
        )
        out = ["", heading] if self._is(0.8) else [""]
        for number in range(n):
            one = self.card()
            out += {
                0: [self.bullet + one.headline], 1: [one.headline, self.date(one.published)], 2: [f"{one.headline} {self.said['ago']}"], 3: [str(number + 1), one.headline],
                4: [(one.sections or (self.label,))[0], one.headline, self.said["ago"]], 5: [one.headline, f"{one.excerpt}…"] if self._is(0.3) else [one.headline],
            }[kind]  # fmt: skip
        return [*out, ""]

    def column(self) -> list[str]:
        """Other stories with their dates and first words, before the story itself."""
        return [
            "",
            self.w["latest"],
            *(
                line
                for _ in range(self.chance.randint(2, 4))
                for one in [self.card()]
                for line in (one.headline, self.date(one.published), f"{one.excerpt}…", "")
            ),
        ]

    def top(self) -> list[str]:
        post = self.post
        buttons = [self.said["sign_in"], self.said["subscribe"], self.said["home"], self.said["live"]]
        parts = [
            (0.3, lambda: [self.t["skip"]]), (0.15, lambda: [self.t["consent"], *self.row(self.t["choices"].split("~"))]), (0.25, lambda: [self.date(dt.datetime(2026, 2, 3, 8, 30))]),
            (0.5, lambda: self.row(self.chance.sample(buttons, k=self.chance.randint(1, 3)))), (0.8, lambda: [post.site]), (0.9, lambda: self.row(self.menu)), (0.2, self.teasers),
            (0.12, lambda: [self.said["letter"], self.said["letter_text"]]), (0.08, lambda: [f"{self.t['languages']}: English Français العربية"]), (0.06, lambda: ["", *self.chance.choice(post.sentences or [""]).split("\n")[:1]]),
        ]  # fmt: skip
        if self._is(0.25):
            self.chance.shuffle(parts)
        parts += [
            (0.12, self.teasers),
            (0.07, self.column),
            (0.06, lambda: self.row([f"← {self.card().headline}", f"{self.card().headline} →"])),
        ]
        return [line for share, make in parts if self._is(share) for line in make()]

    def before(self) -> list[str]:
        """Right above the headline."""
        post, out = self.post, []
        draw = self.chance.random()
        if draw < 0.2:
            out += [self.chance.choice((" > ", " / ", " » ")).join((self.said["home"], self.label, post.headline))]
        elif draw < 0.3:
            out += [self.said["home"], self.label, post.headline]
        elif draw < 0.45:
            out += [self.chance.choice((" > ", " / ", " › ")).join((self.said["home"], self.label))]
        if self._is(0.5):
            out += [self.label.upper() if self._is(0.2) else self.label]
        if self._is(0.08):
            out += [f"{self.said['photo'].replace('%s', self.chance.choice(words.AGENCIES))}"]
        return out

    def head(self) -> tuple[list[str], bool]:
        """The lines below the headline but the standfirst, and whether they name the writer."""
        said, chance = self.said, self.chance
        shown = self.date(self.post.published)
        changed = self.date(self.post.published + dt.timedelta(days=1)) if self._is(0.3) else ""
        dated = chance.choice(
            (shown, shown, f"{said['published']} {shown}", f"{said['published']}: {shown}", f"{self.w['posted_on']} {shown}")
        )
        after = chance.choice((f"{said['updated']} {changed}", f"{said['updated']}: {changed}")) if changed else ""
        signed = self._signature()
        is_signed = self._is(0.85)
        draw = chance.random()
        role = chance.choice((said["role"], said["role2"]))
        lines: list[str]
        if draw < 0.22:
            parts = [signed, dated] if is_signed else [dated]
            if self._is(0.3):
                chance.shuffle(parts)
            lines = [
                chance.choice((" | ", " • ", " - ", " – ", " · ", ", ", "\t")).join(
                    parts + ([said["reading"].replace("%d", "3")] if self._is(0.2) else [])
                )
            ]
        elif draw < 0.4 and is_signed:
            lines = [signed, role, dated]
        elif draw < 0.5:
            lines = [dated, *([signed] if is_signed else [])]
        elif draw < 0.56:
            lines = (
                [chance.choice((" | ", " / ", " - ")).join((signed, said["with_by"].replace("%s", "Reuters"), dated))]
                if is_signed
                else [dated]
            )
        elif draw < 0.62:
            lines = [*([signed] if is_signed else []), said["published"], shown]
            after = f"{said['updated']}\n{changed}" if changed else ""
        else:
            lines = [*([signed] if is_signed else []), dated]
        if after:
            lines.append(after) if self._is(0.7) else lines.__setitem__(
                -1, f"{lines[-1]} | {after}" if lines[-1].endswith(dated) else lines[-1]
            )
        extra = [
            (0.3, [said["reading"].replace("%d", "4")]), (0.3, self.row([said["share"], said["save"], said["listen"]][: chance.randint(1, 3)])), (0.15, ["Facebook", "X", "WhatsApp"]),
            (0.3, ["", " ".join(chance.choice(self.post.sentences or [self.post.text]).split()[:8]) + ". " + said["photo"].replace("%s", chance.choice(words.AGENCIES))]), (0.12, [said["comments"]]), (0.08, [f"1204 {self.w['views']}"]),
            (0.05, [said["with_by"].replace("%s", "A. B.")]),
        ]  # fmt: skip
        chance.shuffle(extra)
        lines += [line for share, many in extra if self._is(share) for line in many]
        return lines, is_signed

    def _signature(self) -> str:
        said, chance, name = self.said, self.chance, self.both
        forms = [
            _put(said["by"], name),
            _put(said["by"], name),
            name,
            name,
            _put(said["in_place"], name, words.PLACES[self.post.language]),
            f"{name}, {chance.choice(words.AGENCIES)}",
            f"{self.w['by']} {name}",
            f"{self.t['label_by']}: {name}",
        ]
        return chance.choice(forms)

    def end(self, is_signed: bool) -> list[str]:
        """Right behind the story."""
        out: list[str] = []
        if not is_signed or self._is(0.12):
            out.append(_put(self.said["sign"], self.both) if self._is(0.6) else self.both)
        if self._is(0.15):
            out.append(self.said["with_by"].replace("%s", "Kim Lee"))
        if self._is(0.35):
            out += (
                ["", f"{self.w['tags']}: " + ", ".join(self.post.topics[:5])]
                if self._is(0.5)
                else ["", self.said["topics"], *self.row(list(self.post.topics[:5]))]
            )
        if self._is(0.3):
            out += ["", *([self.said["about"]] if self._is(0.5) else [self.names[0]]), self.said["bio"].replace("%s", self.names[0])]
        return out

    def bottom(self) -> list[str]:
        out = self.teasers() if self._is(0.8) else []
        if self._is(0.4):
            out += ["", self.said["comments"]]
            for n in range(self.chance.randint(0, 3)):
                out += [
                    self.chance.choice(words.NAMES[self.post.language].split("|")),
                    self.date(self.post.published + dt.timedelta(days=n + 1)),
                    self.card().excerpt,
                    self.said["reply"],
                ]
        out += self.teasers() if self._is(0.4) else []
        return [*out, "", self.said["mistake"], self.said["rights"]]
