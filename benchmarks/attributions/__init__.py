"""Sentences of real reports, labelled with who said what in them, before any rule was written; nothing of them is kept here but where they stand.

A row names file, post and sentence, a digest of the sentence (a drifted fixture is noticed), and each statement as `kind:spans:speaker:cue`, in
characters from the sentence's beginning (below zero: before it). `d` is a quotation, without its marks; `i` is what was said in the reporter's words,
whole, also when it holds a quotation; `?` stands for a speaker or a cue that is not named. Not labelled: titles and words in quotation marks that
nobody is quoted with, what the writer says of himself, things announced that are no clause.
"""

from __future__ import annotations

import csv
import hashlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import lxml.etree

from broadsheet.html import plain_text, sentences

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared"
HALVES = ("workshop", "held_out")
"""Looked at while the rules were made; looked at by nobody after it was labelled, until it was measured."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Label:
    """One statement, in characters of its text."""

    direct: bool
    spans: tuple[Span, ...]
    speaker: Span | None
    cue: Span | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in its text, with its statements."""

    text: str
    language: str
    start: int
    end: int
    labels: tuple[Label, ...]


def read(half: str, *, shared: Path = SHARED) -> Iterator[Sentence]:
    """The labelled sentences of a half; raises ValueError where a fixture is no longer what was labelled."""
    with (HERE / f"{half}.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            text = texts(shared / row["file"])[row["post"]]
            start, end = places(text)[int(row["sentence"])]
            if digest(text[start:end]) != row["digest"]:
                raise ValueError(f"{row['file']}, post {row['post']}, sentence {row['sentence']} is not the one that was labelled")
            yield Sentence(text, row["language"], start, end, tuple(_label(one, start) for one in row["statements"].split()))


def _label(written: str, start: int) -> Label:
    kind, spans, *named = written.split(":")
    speaker, cue = (_span(one, start) if one != "?" else None for one in named)
    return Label(kind == "d", tuple(_span(one, start) for one in spans.split("+")), speaker, cue)


def _span(written: str, start: int) -> Span:
    first, last = written.split("..")
    return start + int(first), start + int(last)


def digest(sentence: str) -> str:
    """Sixteen hex digits that tell a sentence from any other."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:16]


@cache
def places(text: str) -> tuple[Span, ...]:
    """Where the sentences of a text stand."""
    found, at = [], 0
    for sentence in sentences(text):
        at = text.index(sentence, at)
        found.append((at, at + len(sentence)))
        at += len(sentence)
    return tuple(found)


@cache
def texts(path: Path) -> dict[str, str]:
    """{post: its text}, white space made even."""
    csv.field_size_limit(sys.maxsize)
    if path.suffix == ".txt":
        found = {"1": path.read_text(encoding="utf-8")}
    elif path.suffix == ".tsv":
        with path.open(encoding="utf-8", newline="") as lines:
            found = {str(n): (row["text"] or "").replace("\n", "\n\n") for n, row in enumerate(csv.DictReader(lines, delimiter="\t"))}
    elif path.suffix == ".sgm":
        wires = re.finditer(r'NEWID="(\d+)".*?<BODY>(.*?)</BODY>', path.read_text(encoding="latin-1"), re.S)
        found = {one[1]: plain_text(re.sub(r"\n {4}", "<p>", one[2])) for one in wires}
    else:
        found = _exported(path)
    return {post: even for post, text in found.items() if (even := _even(text))}


def _even(text: str) -> str:
    return "\n\n".join(line for part in re.split(r"\n{2,}", text) if (line := " ".join(part.split())))


def _exported(path: Path) -> dict[str, str]:
    tree = lxml.etree.parse(str(path), lxml.etree.XMLParser(recover=True, resolve_entities=False, huge_tree=True))
    found = {}
    for item in tree.iter("item"):
        body = item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded") or ""
        post = next((e.text for e in item if isinstance(e.tag, str) and e.tag.endswith("}post_id")), "") or ""
        if body and post:
            html = re.sub(r"\[/?\w[^\]]*\]", " ", body)
            found[post] = plain_text(html if re.search(r"<p[ >]", html) else re.sub(r"\n\s*\n", "<p>", html))
    return found
