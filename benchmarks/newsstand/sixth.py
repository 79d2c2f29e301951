"""A sixth set of pages to look at once, at the end: heads that name a writer without a word for it, pages that print no date, fixed before the reader was changed."""

from __future__ import annotations

import datetime as dt
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format

from benchmarks.newsstand import archives, fifth
from benchmarks.newsstand import sixth_words as words
from benchmarks.newsstand.fifth import _number
from benchmarks.newsstand.posts import Post, read
from benchmarks.newsstand.workshop import Page

EXPORTS = {
    "hsoub-news-ar": "ar", "bitcoinfrance": "fr", "thenocturnalsilence": "de", "mustafatarcan": "tr", "sheepless-ko": "ko", "cactifans-zh": "zh-hans", "theme-test-data-ja": "ja", "rithalaupdate": "hi",
    "cclabs-en": "en", "wporg-news-posts": "en", "colormag-magazine": "en",
}  # fmt: skip
UNDATED = 0.12
"""On which share of pages a reader sees how long ago the story came out, and no date."""
_TODAY = dt.datetime(2026, 3, 18, 7, 45)


def pages(folder: Path, rows: list[list[str]]) -> Iterator[tuple[Page, str]]:
    """(page, what of it was on none of the other sets) for each row of export, layout, number of the post, and that."""
    found = {(posts[0].export): posts for posts in _sources(folder) if posts}
    for export, layout, number, novelty in rows:
        post = next((one for one in found.get(export, ()) if one.number == number), None)
        if post is None:
            print(f"  {export} {number}: not here", file=sys.stderr)
            continue
        chance = random.Random(_number(f"sixth {export}{layout}{number}"))
        metadata = chance.random() < 0.2
        context = _around(post, found[export], chance, metadata)
        yield Page(context.pop("truth"), layout, metadata, context), novelty


def _sources(folder: Path) -> Iterator[list[Post]]:
    files = sorted(folder.glob("**/*.xml"))
    for prefix, language in EXPORTS.items():
        path = next((f for f in files if f.stem.startswith(prefix)), None)
        found = [replace(post, language=language) for post in read(path)] if path else []
        if language == "hi":
            found = [post for post in found if len(re.findall("[\u0900-\u097f]", post.text)) > 0.5 * len(post.text.replace(" ", ""))]
        if len(found) > 3:
            yield found
    for path in folder.parent.glob("corpora/masakhane/eng-test.tsv"):
        yield [replace(post, export="masakhane-test", site="The Evening Ledger") for post in fifth._stories(path)]
    for path in folder.parent.glob("corpora/reuters/*.sgm"):
        yield archives.read_reuters(path)
    for path in folder.parent.glob("ghost/nsisong*.json"):
        yield archives.read_ghost(path, site="Nsisong")


def stamp(when: dt.datetime, pattern: str, language: str) -> str:
    """A date as the language's sites write it."""
    with translation.override(language):
        return str(date_format(when, pattern))


def _around(post: Post, found: list[Post], chance: random.Random, metadata: bool) -> dict[str, Any]:
    language = post.language
    said = dict(zip(words.KEYS, words.WORDS[language].split("|"), strict=True))
    pool = words.NAMES[language].split("|")
    names = fifth._writers(post, pool, said["desk"], chance)
    both = said["both"] % names if len(names) > 1 else "".join(names)
    pattern = chance.choice(words.STAMPS[language])
    modified = post.published + dt.timedelta(days=chance.randint(1, 5), hours=3) if chance.random() < 0.4 else None
    is_dated = chance.random() >= UNDATED
    ago = said["ago"] % chance.randint(2, 9)
    shown = stamp(post.published, pattern, language)
    changed = stamp(modified, pattern, language) if modified and is_dated else ""
    deck = chance.choice(post.sentences[1:] or [""]) if chance.random() < 0.5 else ""
    others = chance.sample([one for one in found if one is not post], k=min(20, len(found) - 1))
    cards = [_card(one, pattern, pool, chance) for one in others]
    filled = {
        **{key: said[key].replace("%s", both) for key in ("by", "writer", "ending")}, "bio": said["bio"].replace("%s", "".join(names[:1])),
        "when": said["when"].replace("%s", shown) if is_dated else ago, "again": said["again"].replace("%s", changed) if changed else "",
        "meta": said["meta"].replace("%s", both, 1).replace("%s", shown if is_dated else ago), "editor": said["editor"].replace("%s", chance.choice([one for one in pool if one not in names])),
        "credit": said["credit"].replace("%s", chance.choice(words.HOUSES)), "source": said["source"].replace("%s", chance.choice(words.HOUSES)), "also": [said["also"].replace("%s", card["title"]) for card in cards[:3]],
        "minutes": said["minutes"].replace("%d", str(max(1, len(post.text.split()) // 200))), "readers": said["readers"].replace("%d", str(chance.randint(80, 4000))),
    }  # fmt: skip
    sections = words.SECTIONS[language].split("|")
    paragraphs = re.split(r"(?<=</p>)", post.body)
    at = chance.randint(2, len(paragraphs) - 2) if len(paragraphs) > 6 else len(paragraphs)
    remarks = [
        {"author": chance.choice(pool), "date": stamp(post.published + dt.timedelta(days=n + 1), pattern, language), "text": one["excerpt"]}
        for n, one in enumerate(chance.sample(cards, k=min(len(cards), chance.randint(0, 3))))
    ]
    return {
        "lang": language.partition("-")[0], "dir": "rtl" if language == "ar" else "ltr", "post": post, "u": {**said, **filled}, "names": names, "both": both, "anyone": bool(names), "deck": deck,
        "stamp": shown if is_dated else ago, "is_dated": is_dated, "changed": changed, "today": stamp(_TODAY, pattern, language), "iso": post.published.isoformat(), "metadata": metadata, "sections": sections,
        "label": (post.sections or tuple(sections))[0], "topics": post.topics[:5], "caption": " ".join(chance.choice(post.sentences or [post.text]).split()[:10])[:70], "cards": cards, "side": cards[:4], "below": cards[4:8], "top": cards[8:13],
        "before": "".join(paragraphs[:at]), "behind": "".join(paragraphs[at:]), "remarks": remarks, "roles": (said["role"], said["role2"]), "handle": f"@desk{chance.randint(10, 99)}",
        "truth": replace(post, author=", ".join(names), body=f"<p>{deck}</p>{post.body}"),
    }  # fmt: skip


def _card(one: Post, pattern: str, pool: list[str], chance: random.Random) -> dict[str, str]:
    return {
        "title": one.headline, "excerpt": one.excerpt, "date": stamp(one.published, pattern, one.language), "author": chance.choice(pool),
        "section": (one.sections or tuple(words.SECTIONS[one.language].split("|")))[0],
    }  # fmt: skip
