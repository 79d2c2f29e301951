"""A WXR file as a stream of its elements: nothing outside the file is ever read, and one item is in memory at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from broadsheet.importing.records import ImportRefused

EXPORT_NAMESPACES = ("http://wordpress.org/export/", "https://wordpress.org/export/")
EXPORT_AGAIN = "Export the site again in WordPress under Tools → Export → All content"
_SIGNATURES = {
    b"\x1f\x8b": ("is compressed with gzip", "Unpack it with gunzip and import the .xml file inside"),
    b"PK\x03\x04": ("is a zip archive", "Unpack it and import the .xml files inside, all in one command"),
    b"BZh": ("is compressed with bzip2", "Unpack it with bunzip2 and import the .xml file inside"),
    b"\xfd7zXZ": ("is compressed with xz", "Unpack it with unxz and import the .xml file inside"),
    b"SQLite format 3": ("is an SQLite database", EXPORT_AGAIN),
}


def name_of(element: etree._Element) -> str:
    """`wp:post_id` → `wp:post_id` whatever version the namespace names; other prefixes as WordPress writes them."""
    tag = element.tag
    if not isinstance(tag, str) or tag[0] != "{":
        return tag if isinstance(tag, str) else ""
    namespace, _, local = tag[1:].partition("}")
    if namespace.startswith(EXPORT_NAMESPACES):
        return f"excerpt:{local}" if namespace.rstrip("/").endswith("excerpt") else f"wp:{local}"
    if namespace == "http://purl.org/rss/1.0/modules/content/":
        return f"content:{local}"
    if namespace == "http://purl.org/dc/elements/1.1/":
        return f"dc:{local}"
    return f"?:{local}"


def elements(path: Path) -> Iterator[tuple[str, etree._Element]]:
    """Each item, author, term and plain channel element under the name WordPress gives it, whole, then forgotten.

    Raises ImportRefused for a file that is not a WXR export, or not complete, or not well-formed.
    """
    _check_start(path)
    with path.open("rb") as file:
        parser = etree.iterparse(
            file,
            events=("start", "end"),
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=True,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            yield from _walk(path, parser)
        except etree.XMLSyntaxError as error:
            raise _broken(path, error) from None


def _walk(path: Path, parser: etree.iterparse) -> Iterator[tuple[str, etree._Element]]:
    depth = 0
    channels = 0
    for event, element in parser:
        if event == "start":
            depth += 1
            if depth == 1:
                _check_root(path, element)
            elif depth == 2 and element.tag == "channel":
                channels += 1
                _check_channel(path, element)
            continue
        depth -= 1
        if depth == 2:
            name = name_of(element)
            yield name, element
            element.clear()
            parent = element.getparent()
            while parent is not None and (before := element.getprevious()) is not None:
                parent.remove(before)
    if not channels:
        raise ImportRefused(path.name, "has no channel, so it holds nothing", EXPORT_AGAIN)


def _check_start(path: Path) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        raise ImportRefused(str(path), f"cannot be read ({error.strerror})", "Check the name and its permissions") from None
    if not start.strip(b"\x00 \t\r\n"):
        raise ImportRefused(path.name, "is empty", EXPORT_AGAIN)
    for signature, (problem, remedy) in _SIGNATURES.items():
        if start.startswith(signature):
            raise ImportRefused(path.name, problem, remedy)
    text = start.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if text[:1] in "{[":
        raise ImportRefused(path.name, "is JSON, not a WordPress export", EXPORT_AGAIN)
    if re.match(r"(?i)<!doctype html|<html", text):
        raise ImportRefused(path.name, "is a web page, not a WordPress export", EXPORT_AGAIN)
    if re.match(r"---\s|\{%|<\?php", text):
        raise ImportRefused(path.name, "is a template or a script that would make an XML file, not the XML file", EXPORT_AGAIN)


def _check_root(path: Path, root: etree._Element) -> None:
    document = root.getroottree().docinfo
    if document.internalDTD is not None:
        raise ImportRefused(
            path.name,
            "declares a document type, which no WordPress export does and which can hide an attack",
            "Remove the <!DOCTYPE …> declaration if you trust the file, or export the site again",
        )
    if root.tag != "rss":
        raise ImportRefused(path.name, f"is not a WordPress export (it starts with <{root.tag}>)", EXPORT_AGAIN)


def _check_channel(path: Path, channel: etree._Element) -> None:
    if not any(str(uri).startswith(EXPORT_NAMESPACES) for uri in channel.nsmap.values()):
        raise ImportRefused(path.name, "is an RSS feed, which holds the newest posts only, not a WordPress export", EXPORT_AGAIN)


def _broken(path: Path, error: etree.XMLSyntaxError) -> ImportRefused:
    reason = re.sub(r", line \d+, column \d+.*$", "", error.msg or "no XML")
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 1024))
        complete = b"</rss>" in file.read()
    if not complete:
        return ImportRefused(
            path.name, f"is cut off, it ends without </rss> ({reason})", "Export again, or download it once more in full",
            line=error.lineno or None,
        )  # fmt: skip
    if re.search(r"mismatch|Extra content", reason):
        remedy = "An element is not closed on or before this line: correct it, or export the site again"
    elif "Namespace prefix" in reason:
        remedy = "Another tool wrote this file: have it declare the namespace on the <rss> element"
    elif "invalid xmlChar" in reason or "PCDATA invalid Char" in reason or "CData section" in reason:
        remedy = "Remove the control character on this line with an editor that shows it, then import again"
    elif "encoding" in reason or "UTF-8" in reason:
        remedy = "Convert the file to UTF-8, then import again"
    else:
        remedy = "Correct this line or export the site again; nothing was imported"
    return ImportRefused(path.name, f"is not well-formed XML ({reason})", remedy, line=error.lineno or None)
