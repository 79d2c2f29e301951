"""The demo edition as its authors keep it: manuscripts, staff and sections, read and checked.

Everything that is wrong is collected and reported at once, each with file and line, so that an author mends a
manuscript in one go.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

KINDS = ("news", "analysis", "explainer", "opinion", "feature", "gallery")
LANGUAGES = ("en", "ar", "ur")
PICTURE_SUFFIXES = (".jpg", ".png", ".webp")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class EditionError(Exception):
    """One or more problems in the edition's sources, one line each: file, line, what is wrong."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Contributor:
    """Someone whose name can stand above a story."""

    name: str
    slug: str
    role: str
    standing: str
    bio: str


@dataclass(frozen=True)
class List:
    """A section of the site or, without a tone, a placement list such as “Top Stories”."""

    slug: str
    name: str
    description: str
    parent: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Manuscript:
    """A story or, without a section, a static page, with its Markdown body unconverted."""

    file: str
    body: str
    body_line: int
    headline: str
    slug: str
    standfirst: str
    byline: tuple[str, ...]
    age_hours: float
    updated_hours: float
    section: str = ""
    also: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    placement: tuple[str, ...] = ()
    kind: str = ""
    language: str = "en"
    picture: str = ""
    caption: str = ""
    order: int = 0

    @property
    def path(self) -> str:
        """The address below the site's, which never changes."""
        return f"/{self.section}/{self.slug}/" if self.section else f"/{self.slug}/"


@dataclass(frozen=True)
class Picture:
    """A picture file: what it shows, for those who cannot see it, whose work it is, and where to crop."""

    file: Path
    alt: str
    credit: str
    focus: str


@dataclass
class Sources:
    """All that a folder of manuscripts holds, in menu order and by file name."""

    publication: dict[str, str] = field(default_factory=dict)
    people: dict[str, Contributor] = field(default_factory=dict)
    sections: dict[str, List] = field(default_factory=dict)
    placements: dict[str, List] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)
    stories: list[Manuscript] = field(default_factory=list)
    pages: list[Manuscript] = field(default_factory=list)


STORY_KEYS: dict[str, type] = {
    "headline": str, "slug": str, "byline": list, "section": str, "also": list, "topics": list, "placement": list,
    "age_hours": float, "updated_hours": float, "kind": str, "language": str, "standfirst": str, "picture": str,
    "caption": str, "dateline": str,
}  # fmt: skip
STORY_NEEDS = (
    "headline",
    "slug",
    "byline",
    "section",
    "topics",
    "age_hours",
    "kind",
    "language",
    "standfirst",
)
PAGE_KEYS: dict[str, type] = {
    "title": str,
    "slug": str,
    "order": int,
    "age_hours": float,
    "updated_hours": float,
}
PAGE_NEEDS = ("title", "slug", "order", "age_hours")


class _Reader:
    """One pass over a folder; collects the problems it meets instead of stopping at the first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.found = Sources()
        self.problems: list[str] = []

    def read(self) -> Sources:
        self._people()
        self._sections()
        self._pictures()
        for file in sorted(self.folder.glob("stories/**/*.md")):
            self._manuscript(file, STORY_KEYS, STORY_NEEDS, self._story)
        for file in sorted(self.folder.glob("pages/*.md")):
            self._manuscript(file, PAGE_KEYS, PAGE_NEEDS, self._page)
        self._between_stories()
        if not self.found.stories and not self.problems:
            self.problems.append(f"{self.folder}: no manuscripts in stories/")
        if self.problems:
            raise EditionError(self.problems)
        return self.found

    def _toml(self, name: str) -> dict[str, Any]:
        file = self.folder / name
        try:
            return tomllib.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            self.problems.append(f"{name}: missing")
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            self.problems.append(f"{name}: {error}")
        return {}

    def _people(self) -> None:
        for entry in self._toml("people.toml").get("person", []):
            try:
                person = Contributor(**entry)
            except TypeError as error:
                self.problems.append(f"people.toml: {entry.get('name', 'an entry without name')}: {error}")
                continue
            if person.name in self.found.people:
                self.problems.append(f"people.toml: {person.name} stands there twice")
            self.found.people[person.name] = person

    def _sections(self) -> None:
        table = self._toml("sections.toml")
        self.found.publication = table.get("publication", {})
        for key in ("name", "tagline", "url", "language", "utc_offset_hours"):
            if not self.found.publication.get(key):
                self.problems.append(f"sections.toml: [publication] has no “{key}”")
        if (name := self.found.publication.get("name", "")) not in self.found.people:
            self.problems.append(f"people.toml: the publication “{name}” is missing; it signs the pages")
        for kind, target in (("section", self.found.sections), ("placement", self.found.placements)):
            for entry in table.get(kind, []):
                try:
                    one = List(**entry)
                except TypeError as error:
                    self.problems.append(f"sections.toml: {entry.get('name', 'an entry without name')}: {error}")
                    continue
                if one.parent and one.parent not in target:
                    self.problems.append(f"sections.toml: {one.slug}: its parent “{one.parent}” must stand above it")
                target[one.slug if kind == "section" else one.name] = one

    def _pictures(self) -> None:
        folder = self.folder / "pictures"
        told = self._toml("pictures/alt.toml") if folder.exists() else {}
        for file in sorted(folder.glob("*")):
            if file.suffix not in PICTURE_SUFFIXES:
                continue
            about = told.get(file.stem, {})
            if not about.get("alt"):
                self.problems.append(f"pictures/alt.toml: nothing says what {file.name} shows; add “alt”")
            focus = ",".join(str(share) for share in about.get("focus", ()))
            self.found.pictures[file.stem] = Picture(file, about.get("alt", ""), about.get("credit", ""), focus)

    def _manuscript(self, file: Path, keys: dict[str, type], needs: tuple[str, ...], accept: Any) -> None:
        name = file.relative_to(self.folder).as_posix()
        try:
            lines = file.read_text(encoding="utf-8").split("\n")
        except UnicodeDecodeError:
            self.problems.append(f"{name}:1: not UTF-8")
            return
        if lines[0].rstrip() != "+++" or "+++" not in (fences := [line.rstrip() for line in lines[1:]]):
            self.problems.append(f"{name}:1: the front matter must stand between two lines “+++”")
            return
        end = fences.index("+++") + 1
        try:
            matter = tomllib.loads("\n".join(lines[1:end]))
        except tomllib.TOMLDecodeError as error:
            at = re.search(r"at line (\d+)", str(error))
            self.problems.append(f"{name}:{int(at[1]) + 1 if at else 1}: {error}")
            return
        body_line = end + 2
        body = "\n".join(lines[end + 1 :])

        def line_of(key: str) -> int:
            for number, text in enumerate(lines[1:end], start=2):
                if re.match(rf"{re.escape(key)}\s*=", text):
                    return number
            return 1

        before = len(self.problems)

        def wrong(key: str, problem: str) -> None:
            self.problems.append(f"{name}:{line_of(key)}: {problem}")

        for key in needs:
            if key not in matter:
                wrong(key, f"“{key}” is missing from the front matter")
        for key, value in matter.items():
            if key not in keys:
                wrong(key, f"no such key “{key}”; there are {', '.join(keys)}")
            elif not _fits(value, keys[key]):
                wrong(key, f"“{key}” must be {_WANTED[keys[key]]}, not {value!r}")
        if len(self.problems) > before:
            return
        if not SLUG.fullmatch(matter["slug"]):
            wrong("slug", f"“{matter['slug']}” is not a slug; use a-z, 0-9 and single hyphens")
        age, updated = matter["age_hours"], matter.get("updated_hours", matter["age_hours"])
        if age < 0 or not 0 <= updated <= age:
            wrong(
                "updated_hours" if age >= 0 else "age_hours",
                "hours count back from now, an update after the story",
            )
        if not body.strip():
            self.problems.append(f"{name}:{body_line}: the manuscript has no text")
        accept(name, matter, body, body_line, wrong)

    def _story(self, name: str, matter: dict[str, Any], body: str, body_line: int, wrong: Any) -> None:
        self._check_names(matter, wrong)
        if not 4 <= len(matter["headline"].split()) <= 20:
            wrong("headline", f"a headline has 4 to 20 words, this one {len(matter['headline'].split())}")
        if not matter["standfirst"].strip():
            wrong("standfirst", "the standfirst is empty")
        if not 1 <= len(matter["topics"]) <= 4 or not all(topic.strip() for topic in matter["topics"]):
            wrong("topics", "a story has one to four topics")
        for key, allowed in (("kind", KINDS), ("language", LANGUAGES)):
            if matter[key] not in allowed:
                wrong(key, f"no {key} “{matter[key]}”; there are {', '.join(allowed)}")
        if bool(matter.get("picture")) != bool(matter.get("caption")):
            wrong("picture", "a picture needs a caption, and a caption a picture")
        place = matter.pop("dateline", "")
        if place and not body.lstrip("\n").startswith(f"{place} – "):
            wrong("dateline", f"the first paragraph must start with “{place} – ”")
        for key in ("byline", "also", "topics", "placement"):
            matter[key] = tuple(matter.get(key, ()))
        matter.setdefault("updated_hours", matter["age_hours"])
        self.found.stories.append(Manuscript(file=name, body=body, body_line=body_line, **matter))

    def _check_names(self, matter: dict[str, Any], wrong: Any) -> None:
        if not matter["byline"]:
            wrong("byline", "a story has at least one name in its byline")
        for person in matter["byline"]:
            if person not in self.found.people:
                wrong("byline", f"unknown author “{person}”; people.toml has everyone who may sign")
        for key in ("section", "also"):
            named = matter.get(key, [])
            for section in [named] if isinstance(named, str) else named:
                if section not in self.found.sections:
                    wrong(key, f"unknown section “{section}”; there are {', '.join(self.found.sections)}")
        for place in matter.get("placement", []):
            if place not in self.found.placements:
                wrong("placement", f"unknown placement “{place}”; there are {', '.join(self.found.placements)}")
        if (picture := matter.get("picture")) and picture not in self.found.pictures:
            wrong("picture", f"unknown picture “{picture}”; pictures/ has no file of that name")

    def _page(self, name: str, matter: dict[str, Any], body: str, body_line: int, wrong: Any) -> None:
        matter["headline"] = matter.pop("title")
        matter.setdefault("updated_hours", matter["age_hours"])
        self.found.pages.append(
            Manuscript(
                file=name, body=body, body_line=body_line, standfirst="",
                byline=(self.found.publication.get("name", ""),), **matter,
            )
        )  # fmt: skip

    def _between_stories(self) -> None:
        addresses: dict[str, str] = {f"/{slug}/": "sections.toml" for slug in self.found.sections}
        leads: dict[str, str] = {}
        spelt: dict[str, str] = {}
        for one in [*self.found.pages, *self.found.stories]:
            if (other := addresses.setdefault(one.path, one.file)) != one.file:
                self.problems.append(f"{one.file}:1: the address {one.path} is taken by {other}")
            if one.picture and (other := leads.setdefault(one.picture, one.file)) != one.file:
                self.problems.append(f"{one.file}:1: “{one.picture}” already leads {other}")
            for topic in one.topics:
                if (other := spelt.setdefault(topic.casefold(), topic)) != topic:
                    self.problems.append(f"{one.file}:1: the topic “{topic}” is spelt “{other}” elsewhere")


_WANTED = {str: "text in quotes", list: "a list of texts in quotes", float: "a number", int: "a whole number"}


def _fits(value: object, wanted: type) -> bool:
    if isinstance(value, bool):
        return False
    if wanted is float:
        return isinstance(value, int | float)
    if wanted is list:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    return isinstance(value, wanted)


def read_sources(folder: Path) -> Sources:
    """The checked content of ``folder``; raises EditionError with everything that is wrong in it."""
    return _Reader(folder).read()
