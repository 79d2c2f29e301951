"""Files that are no WordPress export: what they are instead, and what to do."""

from __future__ import annotations

import re
from pathlib import Path

from broadsheet.importing.records import ImportRefused

EXPORT_AGAIN = "Export the site again in WordPress under Tools → Export → All content"
_SIGNATURES = {
    b"BZh": ("is compressed with bzip2", "Unpack it with bunzip2 and import the .xml file inside"),
    b"\xfd7zXZ": ("is compressed with xz", "Unpack it with unxz and import the .xml file inside"),
    b"7z\xbc\xaf": ("is a 7z archive", "Unpack it and import the .xml file inside"),
    b"Rar!": ("is a RAR archive", "Unpack it and import the .xml file inside"),
    b"PK\x05\x06": ("is an empty zip archive", EXPORT_AGAIN),
    b"SQLite format 3": ("is an SQLite database", EXPORT_AGAIN),
    b"%PDF": ("is a PDF document", EXPORT_AGAIN),
    b"bplist": ("is a web archive of a browser", EXPORT_AGAIN),
    b"\x89PNG": ("is a picture", EXPORT_AGAIN),
    b"\xff\xd8\xff": ("is a picture", EXPORT_AGAIN),
    b"GIF8": ("is a picture", EXPORT_AGAIN),
}
_LOGIN = "is a login page: the download was made without being logged in"
_KINDS = (
    (r"<!doctype\s+html|<html\b", r"wp-login|loginform|type=[\"']?password", _LOGIN, f"Log in to WordPress. {EXPORT_AGAIN}"),
    (r"<!doctype\s+html|<html\b", "", "is a web page, not a WordPress export", EXPORT_AGAIN),
    (r"-- (MySQL|MariaDB|PostgreSQL|phpMyAdmin)|/\*!\d{5}|CREATE TABLE|INSERT INTO|DROP TABLE|SET NAMES", "",
     "is a dump of a database, not a WordPress export", EXPORT_AGAIN),
    (r"---\s|\{%|\{\{|<\?php|<%", "", "is a template or a script that would make an XML file, not the XML file", EXPORT_AGAIN),
    (r"(<\?xml[^>]*>\s*)?\{%", "", "is a template or a script that would make an XML file, not the XML file", EXPORT_AGAIN),
    # Of a gzip file: its first byte is a space to Python.
    ("PK\x03\x04|\x8b\x08", "", "holds another archive where its XML should be", "Unpack it and import the .xml file inside"),
    (r"[\[{]", r'"(posts|posts_tags|db)"\s*:', "is the JSON of a Ghost export", "Use: broadsheet import ghost {}"),
    (r"[\[{]", "", "is JSON, not a WordPress export", EXPORT_AGAIN),
)  # fmt: skip
_ROOTS = {
    "feed": ("is an Atom feed, which holds the newest posts only, not a WordPress export", EXPORT_AGAIN),
    "urlset": ("is a sitemap, not a WordPress export", EXPORT_AGAIN),
    "sitemapindex": ("is a sitemap, not a WordPress export", EXPORT_AGAIN),
    "opml": ("is a list of feeds, not a WordPress export", EXPORT_AGAIN),
}
_RSS = "is an RSS feed, which holds the newest posts only, not a WordPress export"
_SKIPPED = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.S)
_EXPORT = re.compile(
    r"xmlns:[\w.\-]+\s*=\s*[\"']https?://wordpress\.org/export/|<wp:(wxr_version|base_\w+|author|category|tag|term|post_id|post_type)\b"
)


def refuse_signature(path: Path, start: bytes) -> None:
    """Refuse what the first bytes show to be something else."""
    if not start.strip(b"\x00 \t\r\n"):
        problem = "is empty" if not start.strip() else "is empty: it holds zero bytes only"
        raise ImportRefused(path.name, problem, EXPORT_AGAIN)
    if len(start) > 262 and start[257:262] == b"ustar":
        raise ImportRefused(path.name, "is a tar archive", "Unpack it and import the .xml files inside, all in one command")
    for signature, (problem, remedy) in _SIGNATURES.items():
        if start.startswith(signature):
            raise ImportRefused(path.name, problem, remedy)


def refuse_others(path: Path, text: str) -> int:
    """Where in the beginning of a file its WordPress export begins; raises ImportRefused when there is none."""
    at = 0
    while found := _SKIPPED.match(text, at):
        at = found.end()
    for beginning, inside, problem, remedy in _KINDS:
        starts = re.compile(beginning, re.I).match(text, at) or (at and re.compile(beginning, re.I).match(text.lstrip()))
        if starts and re.search(inside, text, re.I):
            raise ImportRefused(path.name, problem, remedy.format(path.name))
    root = re.search(r"<(rss|channel|item)[\s>/]", text)
    # Warnings of PHP may stand before the export, a document type never does.
    before = text[: root.start()] if root else text[:4096]
    if re.search(r"<!DOCTYPE", before, re.I):
        raise ImportRefused(
            path.name,
            "declares a document type, which no WordPress export does and which can hide an attack",
            "Remove the <!DOCTYPE …> declaration if you trust the file, or export the site again",
        )
    first = re.compile(r"<([\w:.\-]+)").match(text, at)
    name = first[1] if first else ""
    if name in _ROOTS:
        problem, remedy = _ROOTS[name]
        if name == "feed" and "blogger" in text[:4096]:
            problem = "is a Blogger export, not a WordPress export"
        raise ImportRefused(path.name, problem, remedy)
    if not root:
        what = f"it starts with <{name}>" if name else "there is no <rss> in it"
        raise ImportRefused(path.name, f"is not a WordPress export ({what})", EXPORT_AGAIN)
    if not _EXPORT.search(_outside(_outside(text[root.start() :], "<![CDATA[", "]]>"), "<!--", "-->")):
        raise ImportRefused(path.name, _RSS, EXPORT_AGAIN)
    return root.start()


def _outside(text: str, start: str, end: str) -> str:
    first, *parts = text.split(start)
    return first + "".join(part.partition(end)[2] for part in parts)
