"""Any document → a draft: what kind of file it is, is decided by its bytes first and its name second."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import PurePath

from lxml import etree

from broadsheet.html import excerpt, plain_text, sentences, without_control
from broadsheet.importing.blocks.convert import words_of
from broadsheet.importing.documents import docx, encodings, html, manuscript, markdown, odt, text
from broadsheet.importing.documents.body import to_blocks
from broadsheet.importing.documents.draft import MAX_HEADLINE, Draft, Picture
from broadsheet.importing.documents.heading import Reading
from broadsheet.importing.documents.packages import Package
from broadsheet.importing.records import ImportRefused

MAX_BYTES = 30 * 1024 * 1024
MAX_TEXT = 5 * 1024 * 1024
ENDINGS = (".docx", ".odt", ".html", ".htm", ".md", ".txt")
_OLE = b"\xd0\xcf\x11\xe0"
_OTHERS = (
    (b"%PDF", "is a PDF, which holds pages and not text", "Save the text it was made from as .docx, or copy its text into a .txt file"),
    (_OLE, "is an old Word file (.doc)", "Open it in Word or LibreOffice and save it as .docx"),
    (b"{\\rtf", "is a Rich Text file (.rtf)", "Open it in a word processor and save it as .docx"),
    (b"\x1f\x8b", "is compressed with gzip", "Unpack it first"),
    (b"\xff\xd8\xff", "is a picture", "Upload pictures under Images"),
    (b"\x89PNG", "is a picture", "Upload pictures under Images"),
    (b"GIF8", "is a picture", "Upload pictures under Images"),
    (b"SQLite format 3", "is a database", "Give a file with a story in it"),
)
# A comment ends at its first end: one that could also hold others is tried in twice as many ways for each that follows.
_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p|h1)\b", re.I | re.S
)
_WHOLE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.I)


def read(name: str, content: bytes) -> Draft:
    """The story in a file; raises ImportRefused, and nothing else, when it cannot be read or has none."""
    name = PurePath(name.replace("\\", "/")).name[:200] or "document"
    if not content.strip():
        raise ImportRefused(name, "is empty", "Give a file with a story in it")
    if len(content) > MAX_BYTES:
        raise ImportRefused(name, f"is larger than {MAX_BYTES // 1024 // 1024} MB", "Send the text and the pictures apart")
    for signature, problem, remedy in _OTHERS:
        if content.startswith(signature):
            if signature == _OLE and "EncryptedPackage".encode("utf-16-le") in content:
                raise ImportRefused(name, "is protected by a password", "Save it without one")
            raise ImportRefused(name, problem, remedy)
    if content.startswith(b"PK"):
        return _office(name, content)
    if b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        problem = "holds NUL bytes, which no text does: it is binary, damaged, or UTF-16 without its mark"
        raise ImportRefused(name, problem, f"Save it as text in UTF-8, or give one of {', '.join(ENDINGS)}")
    ending = PurePath(name).suffix.casefold()
    words, encoding = encodings.decode(content, is_html=ending in (".html", ".htm", ".xhtml") or b"<" in content[:200])
    if len(words) > MAX_TEXT:
        raise _too_long(name)
    words = without_control(words)
    notes = () if encoding.startswith("utf") else (f"read as {encoding}: check names with accents",)
    if ending in (".md", ".markdown"):
        return _markdown(name, words, notes)
    if ending in (".html", ".htm", ".xhtml") or ending not in (".txt", ".text") and _MARKUP.match(words[:4000]):
        return _html(name, words, notes)
    return _finish(name, text.read(words, file=name), notes=notes)


def _too_long(name: str) -> ImportRefused:
    return ImportRefused(name, f"holds more than {MAX_TEXT // 1024 // 1024} million characters", "Give the story alone")


def _office(name: str, content: bytes) -> Draft:
    package = Package(content, file=name)
    if b"encryption-data" in package.part("META-INF/manifest.xml") or "encrypted-package" in package:
        raise ImportRefused(name, "is protected by a password", "Save it without one")
    if "content.xml" in package and b"opendocument.text" in package.part("mimetype") + package.part("META-INF/manifest.xml"):
        reader = odt.read
    elif "[Content_Types].xml" in package and b"wordprocessingml" in package.part("[Content_Types].xml"):
        reader = docx.read
    else:
        raise ImportRefused(name, "is a zip archive or an office file of another kind", "Give one file of text: .docx or .odt")
    try:
        body, writer, said = reader(package)
    except RecursionError as error:
        raise ImportRefused(name, "nests its parts deeper than any text does", "Copy its text into a new file") from error
    if len(body) > MAX_TEXT:
        raise _too_long(name)
    found = manuscript.read(body)
    if not found.headline and (title := next(iter(said.get("title", ())), "")):
        found = Reading(title, found.facts, found.body, ())
    manuscript.apply(found.facts, {key: values for key, values in said.items() if key == "topics"})
    notes = list(writer.said())
    if not found.facts.byline and (creator := next(iter(said.get("creator", ())), "")):
        notes.append(f"no byline in the text; the file's properties name {creator}")
    return _finish(name, found, notes=tuple(notes), pictures=writer.pictures, language=next(iter(said.get("language", ())), ""))


def _markdown(name: str, words: str, notes: tuple[str, ...]) -> Draft:
    if not markdown.is_sane(words):
        raise ImportRefused(name, "is larger than a story, or made of brackets and marks", "Give the story alone")
    body, said, unknown = markdown.read(words)
    found = manuscript.read(body, title=next(iter(said.get("title", ())), ""), has_title="title" in said)
    manuscript.apply(found.facts, said)
    if unknown:
        notes += (f"front matter left out: {', '.join(unknown)[:300]}",)
    language = next(iter(said.get("language", ())), "")
    return _finish(name, found, notes=notes, language=language, dateline=next(iter(said.get("dateline", ())), ""))


def _html(name: str, words: str, notes: tuple[str, ...]) -> Draft:
    if not _WHOLE.search(words[:200_000]):
        found = manuscript.read(words)
        return _finish(name, found, notes=notes)
    found, claims = html.read(words, file=name)
    return _finish(name, found, notes=notes, language=claims.language, base=claims.address)


def _finish(
    name: str,
    found: Reading,
    *,
    notes: tuple[str, ...],
    pictures: Mapping[str, Picture] | None = None,
    language: str = "",
    dateline: str = "",
    base: str = "",
) -> Draft:
    try:
        place, blocks = to_blocks(found.body, seed=name, pictures=pictures, base=base)
    except (etree.LxmlError, RecursionError, ValueError) as error:
        raise ImportRefused(name, "has a body that cannot be taken apart", "Copy its text into a new file") from error
    facts, said = found.facts, words_of(list(blocks))
    headline = " ".join(plain_text(found.headline.replace("<", "&lt;")).split())
    if not headline and not said.strip():
        raise ImportRefused(name, "holds no words", "Give a file with a story in it")
    if not headline:
        headline = excerpt(next(sentences(said), ""), 80)
        notes += ("no headline found: the first words stand for it",)
    if len(headline) > MAX_HEADLINE:
        headline = headline[: MAX_HEADLINE - 1].rsplit(" ", 1)[0] + "…"
        notes += ("headline longer than 255 characters, shortened",)
    if facts.lists:
        notes += (f"no labels, as they only say where it was placed: {', '.join(facts.lists)}",)
    if facts.is_ambiguous and facts.published:
        notes += (f"date in numbers read as {facts.published:%d %B %Y}: check day and month",)
    addresses = sum(b["type"] == "picture" and not b["value"]["attachment"] for b in blocks)
    if addresses == 1:
        notes += ("1 picture is an address only: upload the file",)
    elif addresses:
        notes += (f"{addresses} pictures are addresses only: upload the files",)
    published: dt.date | None = facts.published
    if published and facts.time and type(published) is dt.date:
        published = dt.datetime.combine(published, facts.time)
    return Draft(
        file=name, headline=headline, standfirst=" ".join(plain_text(facts.standfirst.replace("<", "&lt;")).split()), byline=facts.byline[:20],
        dateline=(dateline or place)[:120], published=published, updated=facts.updated, labels=tuple(facts.labels[:20]), lists=tuple(facts.lists[:20]),
        topics=tuple(facts.topics[:60]), language=language if re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", language) else "", blocks=blocks,
        pictures=tuple((pictures or {}).values()), notes=(*notes, *found.notes),
    )  # fmt: skip
