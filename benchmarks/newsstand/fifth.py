"""A fifth set of pages to look at once, at the end: nine heads, bylines and bodies in the manner of real news themes, styled, fixed before the reader was changed."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import html
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format

from benchmarks.newsstand import fifth_words as words
from benchmarks.newsstand.posts import Post, read
from benchmarks.newsstand.workshop import Page

LAYOUTS = "cedar fir oak pine yew elm ash beech larch".split()
EXPORTS = {
    "hsoub-news-ar": "ar", "bitcoinfrance": "fr", "thenocturnalsilence": "de", "mustafatarcan": "tr", "sheepless-ko": "ko", "cactifans-zh": "zh-hans", "theme-test-data-ja": "ja", "rithalaupdate": "hi",
    "cclabs-en": "en", "wporg-news-posts": "en", "cryptopulsenow": "en",
}  # fmt: skip
TIMES = {"masakhane": 3}
_TODAY = dt.datetime(2026, 2, 3, 9, 30)


def pages(folder: Path, *, seen: set[tuple[str, str]]) -> Iterator[Page]:
    """A page for each export in each layout, three for the corpus of news stories. `seen`: posts of other sets, used only where an export has no others."""
    for export, found in _sources(folder):
        free = [post for post in found if (post.export, post.number) not in seen] or found
        for layout in LAYOUTS:
            chance = random.Random(_number(f"fifth {export}{layout}"))
            for post in chance.sample(free, k=min(len(free), TIMES.get(export, 1))):
                metadata = chance.random() < 0.2
                context = _around(post, found, chance, metadata)
                yield Page(context.pop("truth"), layout, metadata, context)


def _number(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16)


def _sources(folder: Path) -> Iterator[tuple[str, list[Post]]]:
    files = sorted(folder.glob("**/*.xml"))
    for prefix, language in EXPORTS.items():
        path = next((f for f in files if f.stem.startswith(prefix)), None)
        found = [replace(post, language=language) for post in read(path)] if path else []
        if language == "hi":
            found = [post for post in found if len(re.findall("[\u0900-\u097f]", post.text)) > 0.5 * len(post.text.replace(" ", ""))]
        if len(found) > 3:
            yield prefix, found
    for path in folder.parent.glob("corpora/masakhane/eng-dev.tsv"):
        yield "masakhane", _stories(path)


def _stories(path: Path) -> list[Post]:
    """News stories of a line a paragraph; they come without writer and date."""
    out: list[Post] = []
    with path.open(encoding="utf-8", newline="") as lines:
        for n, row in enumerate(csv.DictReader(lines, delimiter="\t")):
            paragraphs = [" ".join(part.split()) for part in row["text"].split("\n") if part.strip()]
            when = dt.datetime(2021, 1, 1, 6, 12) + dt.timedelta(days=_number(row["headline"]) % 1500, minutes=_number(row["url"]) % 1000)
            body = "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in paragraphs)
            if 120 < len(row["text"].split()) < 1500:
                out.append(
                    Post(
                        "masakhane",
                        str(n),
                        "en",
                        "The Daily Signal",
                        " ".join(row["headline"].split()),
                        body,
                        "",
                        when,
                        None,
                        (row["category"].title(),),
                        (),
                    )
                )
    return out


def stamp(when: dt.datetime, pattern: str, language: str) -> str:
    """A date as the language's sites write it."""
    if pattern == "LEVANT":
        return f"{when.day} {words.LEVANT[when.month - 1]} {when.year}"
    with translation.override(language):
        return str(date_format(when, pattern)).replace("सितमबर", "सितंबर")


def _around(post: Post, found: list[Post], chance: random.Random, metadata: bool) -> dict[str, Any]:
    language = post.language
    said = dict(zip(words.KEYS, _split(words.WORDS[language]), strict=True))
    pool = words.NAMES[language].split("|")
    names = _writers(post, pool, said["desk"], chance)
    both = said["and"].replace("%s", names[0], 1).replace("%s", names[1], 1) if len(names) > 1 else "".join(names)
    pattern = chance.choice(words.STAMPS[language])
    modified = post.published + dt.timedelta(days=chance.randint(0, 4), hours=2) if chance.random() < 0.5 else None
    shown = stamp(post.published, pattern, language)
    changed = stamp(modified, pattern, language) if modified else ""
    deck = chance.choice(post.sentences[1:] or [""]) if chance.random() < 0.5 else ""
    others = [one for one in found if one is not post]
    chance.shuffle(others)
    cards = [_card(one, pattern, pool, chance) for one in others[:24]]
    put = {
        **{key: said[key].replace("%s", both if key == "by" else "".join(names[:1])) for key in ("by", "written", "author", "more_by", "bio")},
        **{key: said[key].replace("%s", shown) for key in ("posted", "first")}, "updated": said["updated"].replace("%s", changed) if changed else "",
        "edited": said["edited"].replace("%s", chance.choice([one for one in pool if one not in names])), "reading": said["reading"].replace("%d", str(max(1, len(post.text.split()) // 200))),
        "credit": said["credit"].replace("%s", chance.choice(words.HOUSES)), "source": said["source"].replace("%s", post.site), "also": [said["also"].replace("%s", card["title"]) for card in cards[:4]],
    }  # fmt: skip
    first, second = (said["place"], both) if language in ("ko", "ja") else (both, said["place"])
    put["in_place"] = said["in_place"].replace("%s", first, 1).replace("%s", second, 1)
    sections = words.SECTIONS[language].split("|")
    paragraphs = re.split(r"(?<=</p>)", post.body)
    at = chance.randint(2, len(paragraphs) - 2) if len(paragraphs) > 6 else len(paragraphs)
    comments = [
        {
            "author": chance.choice(pool),
            "date": stamp(post.published + dt.timedelta(days=n + 1), pattern, language),
            "text": chance.choice(cards)["excerpt"],
        }
        for n in range(chance.randint(0, 3))
    ]
    return {
        "lang": language.partition("-")[0], "dir": "rtl" if language == "ar" else "ltr", "post": post, "u": {**said, **put}, "names": names, "both": both, "anyone": bool(names), "deck": deck, "stamp": shown,
        "changed": changed, "today": stamp(_TODAY, pattern, language), "iso": post.published.isoformat(), "metadata": metadata, "sections": sections, "label": (post.sections or tuple(sections))[0], "topics": post.topics[:6],
        "caption": " ".join(chance.choice(post.sentences or [post.text]).split()[:9])[:60], "cards": cards, "latest": cards[:5], "related": cards[5:9], "popular": cards[9:15], "before": "".join(paragraphs[:at]), "behind": "".join(paragraphs[at:]),
        "comments": comments, "mail": f"desk{chance.randint(10, 99)}@paper.example", "truth": replace(post, author=", ".join(names), body=f"<p>{deck}</p>{post.body}"),
    }  # fmt: skip


def _split(text: str) -> list[str]:
    """At bars that have no spaces around them."""
    return re.split(r"(?<! )\|(?! )", text)


def _writers(post: Post, pool: list[str], desk: str, chance: random.Random) -> tuple[str, ...]:
    draw = chance.random()
    if draw < 0.06:
        return ()
    if draw < 0.11:
        return (desk,)
    if draw < 0.25 and post.author:
        return (post.author,)
    return tuple(chance.sample(pool, k=2 if draw > 0.85 else 1))


def _card(one: Post, pattern: str, pool: list[str], chance: random.Random) -> dict[str, str]:
    return {
        "title": one.headline,
        "excerpt": one.excerpt,
        "date": stamp(one.published, pattern, one.language),
        "author": chance.choice(pool),
        "section": (one.sections or tuple(words.SECTIONS[one.language].split("|")))[0],
    }
