"""Texts that hold several languages in one, as qTranslate wrote them, and what other plug-ins say of a text's language."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.utils.translation import get_language_info

from broadsheet.importing.records import Item, Term
from broadsheet.importing.wordpress import php

# [:en]…[:], {:en}…{:} and, before 2015, <!--:en-->…<!--:-->.
_MARK = re.compile(r"\[:([a-z]{2})?\]|\{:([a-z]{2})?\}|<!--:([a-z]{2})?-->")
_SIGNS = ("[:", "{:", "<!--:")
_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
# Of WPML's exporter; of its custom fields for other programs (wpml.org/documentation/support/xml-rpc-language-interface).
_WPML_LANGUAGE = ("_wpml_import_language_code", "_wpml_language")
_IN_ADDRESS = re.compile(r"[?&](?:amp;)?lang=([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)(?:&|#|$)")
LONGEST = 35
LANGUAGE = "_broadsheet_language"
GROUP = "_broadsheet_translations"


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """(language, text) in order; no language for what all share."""
    at, language = 0, ""
    for mark in _MARK.finditer(text):
        yield language, text[at : mark.start()]
        at, language = mark.end(), mark[1] or mark[2] or mark[3] or ""
    yield language, text[at:]


def languages(text: str) -> list[str]:
    """The languages a text has words in, in order; none for a text of one language."""
    return list(dict.fromkeys(language for language, part in _parts(text) if language and part.strip()))


def in_language(text: str, language: str) -> str:
    """The text as it reads in one language; in its first where that one is missing."""
    known = languages(text)
    if not known:
        return _MARK.sub("", text) if _MARK.search(text) else text
    wanted = next((one for one in (language, language.partition("-")[0].lower()) if one in known), known[0])
    return "".join(part for one, part in _parts(text) if one in ("", wanted))


def versions(item: Item, site_language: str, folder: str = "") -> Iterator[Item]:
    """An item once per language: the site's own first and as the item itself, the others as items of their own beside it."""
    if not any(sign in item.body or sign in item.title or sign in item.excerpt for sign in _SIGNS):
        yield item
        return
    known = languages(item.body) or languages(item.title)
    if not known or item.type in ("attachment", "nav_menu_item"):
        yield _read_in(item, site_language) if _MARK.search(item.title + item.body + item.excerpt) else item
        return
    main = site_language.partition("-")[0].lower()
    main = main if main in known else known[0]
    group = f"qtranslate:{item.source_id}"
    yield replace(_read_in(item, main), meta=item.meta | {LANGUAGE: main, GROUP: group})
    for language in known:
        if language != main:
            yield replace(
                _read_in(item, language), meta=item.meta | {LANGUAGE: language, GROUP: group}, source_id=f"{item.source_id}@{language}",
                type=f"{item.type}@{language}", guid=f"{item.guid}#{language}", path=f"{folder}/{language}{item.path.removeprefix(folder)}" if item.path else "",
                comments=(), digest=f"{item.digest[:60]}{language}", sticky=False,
            )  # fmt: skip


def _read_in(item: Item, language: str) -> Item:
    texts = {name: in_language(getattr(item, name), language) for name in ("title", "body", "excerpt")}
    return replace(item, **texts, meta={key: in_language(value, language) for key, value in item.meta.items()})  # type: ignore[arg-type]


def site_language(said: str) -> str:
    """The language that a site says it is in, as a tag; English, as which WordPress comes, for what is none."""
    primary, sep, more = said.strip().replace("_", "-").partition("-")
    tag = f"{primary.lower()}{sep}{more}"
    return "en" if tag.casefold().startswith("en-us") or len(tag) > LONGEST or not _TAG.fullmatch(tag) else tag


def language_of(item: Item, terms: Mapping[tuple[str, str], Term]) -> str:
    """The language that a plug-in says an item is in, as a tag; nothing when none does."""
    told = item.meta.get(LANGUAGE, "") or next((code for name in _WPML_LANGUAGE if (code := item.meta.get(name, "").strip())), "")
    for link in item.terms:
        if not told and link.taxonomy == "language":
            told = link.slug if re.fullmatch(r"[a-z]{2,3}", link.slug) else _locale(terms.get(("language", link.slug))) or link.slug
    # WPML's third way to tell languages apart in addresses, beside folders and domains: `?lang=fr`.
    found = None if told else _IN_ADDRESS.search(item.link)
    told = (found[1] if found else told).replace("_", "-")
    return told if _TAG.fullmatch(told) and len(told) <= LONGEST else ""


def foreign(said: str, paper: str, text: str) -> str:
    """The language of a site's text in a publication of another one; nothing where it is the publication's, or is not known.

    WordPress says English where nobody chose a language: that counts only of Latin letters in a publication of other ones.
    """
    own, here = (tag.partition("-")[0].lower() for tag in (said, paper))
    if own == here or not own:
        return ""
    if own != "en":
        return said
    try:
        other_letters = not _is_latin(get_language_info(here)["name_local"][0])
    except KeyError:
        return ""
    letters = [one for one in text if one.isalpha()]
    return said if other_letters and letters and sum(map(_is_latin, letters)) > 0.9 * len(letters) else ""


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")


def _locale(term: Term | None) -> str:
    """Polylang keeps a language's locale in the description of its term."""
    try:
        told = php.loads(term.description) if term else None
    except php.NotSerialised:
        return ""
    return str(told.get("locale", "")).replace("_", "-") if isinstance(told, dict) else ""


def group_of(item: Item, site: str) -> uuid.UUID | None:
    """What the translations of one text share; nothing for a text that stands alone."""
    key = item.meta.get(GROUP, "") or item.meta.get("_wpml_import_translation_group", "").strip()
    if not key and (number := item.meta.get("_wpml_trid", "").strip()) not in ("", "0"):
        key = f"wpml:{number}"
    key = key or next((f"polylang:{link.slug}" for link in item.terms if link.taxonomy == "post_translations"), "")
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{site}:{key}") if key else None


def base_type(type_: str) -> str:
    """`post@fr` is a post."""
    return type_.partition("@")[0]
