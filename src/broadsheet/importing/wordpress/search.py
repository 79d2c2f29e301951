"""What Yoast, Rank Math and All in One SEO keep beside a post: title, description, home category, robots, where it was first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from broadsheet.html import plain_text, safe_url
from broadsheet.importing.wordpress import php

_TITLES = ("_yoast_wpseo_title", "rank_math_title", "_aioseo_title", "_aioseop_title")
_DESCRIPTIONS = ("_yoast_wpseo_metadesc", "rank_math_description", "_aioseo_description", "_aioseop_description")
_CATEGORIES = ("_yoast_wpseo_primary_category", "rank_math_primary_category")
_ORIGINALS = ("_yoast_wpseo_canonical", "rank_math_canonical_url")
_ROBOTS = ("_yoast_wpseo_meta-robots-noindex", "rank_math_robots", "_aioseop_noindex")
SEARCH_META = frozenset({*_TITLES, *_DESCRIPTIONS, *_CATEGORIES, *_ORIGINALS, *_ROBOTS})
# %%title%% is Yoast's, %title% Rank Math's, #post_title All in One's.
_PLACEHOLDER = re.compile(r"%%([a-z_]+)(?:\([^)%]*\))?%%|%([a-z_]+)(?:\([^)%]*\))?%|#([a-z_]+)\b")
_ALL_IN_ONE = {"post_title": "title", "post_excerpt": "excerpt", "site_title": "sitename", "separator_sa": "sep", "tagline": "sitedesc"}
_EDGES = " \t\n-–—|·•»«:/~*"


@dataclass(frozen=True, slots=True)
class Search:
    """What an item tells search engines; empty where it says nothing of its own."""

    title: str = ""
    """Without the site's name, which every title here gets anyway."""
    description: str = ""
    category: str = ""
    """The id of the category it belongs to first."""
    noindex: bool = False
    original: str = ""
    """The address it says it was first published at."""


_NOTHING = Search()


def search(meta: Mapping[str, str], *, title: str, excerpt: str, site: str) -> Search:
    """Read a post's meta; `title`, `excerpt` and `site` stand for the placeholders that mean them."""
    # Asked twice of every item, and most say nothing.
    if SEARCH_META.isdisjoint(meta) or not any(meta.get(key) for key in SEARCH_META):
        return _NOTHING
    words = {"title": title, "seo_title": title, "excerpt": excerpt, "excerpt_only": excerpt}
    headline = _resolved(_first(meta, _TITLES), words)
    if site:
        headline = re.sub(rf"\s*[-–—|·•»«/~]\s*{re.escape(site)}\s*$", "", headline, flags=re.I) or headline
    return Search(
        title="" if headline.casefold() == " ".join(title.split()).casefold() else headline[:255],
        description=_resolved(_first(meta, _DESCRIPTIONS), words),
        category=next((number for key in _CATEGORIES if (number := meta.get(key, "").strip()).isdigit()), ""),
        noindex=_hidden(meta),
        original=_first(meta, _ORIGINALS) if re.match(r"https?://\S+$", safe_url(_first(meta, _ORIGINALS))) else "",
    )


def _first(meta: Mapping[str, str], keys: tuple[str, ...]) -> str:
    return next((text for key in keys if (text := meta.get(key, "").strip())), "")


def _resolved(text: str, words: Mapping[str, str]) -> str:
    """The text with what its placeholders mean; those that stand for the page's frame leave nothing behind."""

    def word(found: re.Match[str]) -> str:
        name = found[1] or found[2] or _ALL_IN_ONE.get(found[3], found[3])
        if found[3] and found[3] not in _ALL_IN_ONE:
            return found[0]
        return words.get(name, "\x00")

    parts = [part.strip() for part in _PLACEHOLDER.sub(word, plain_text(text)).split("\x00")]
    joined = " ".join(filter(None, (part.strip(_EDGES) if len(parts) > 1 else part for part in parts)))
    return " ".join(joined.split())


def _hidden(meta: Mapping[str, str]) -> bool:
    if meta.get("_yoast_wpseo_meta-robots-noindex", "").strip() == "1" or meta.get("_aioseop_noindex", "").strip() == "on":
        return True
    robots = meta.get("rank_math_robots", "")
    try:
        told = php.loads(robots) if robots.strip() else {}
    except php.NotSerialised:
        return False
    return isinstance(told, dict) and "noindex" in told.values()
