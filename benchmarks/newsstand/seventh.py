"""A seventh set of pages to look at once, at the end: languages, stories and words that no other set has, fixed before the reader was changed for copied text."""

from __future__ import annotations

import datetime as dt
import html
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from lxml import etree

from benchmarks.newsstand import archives, fifth
from benchmarks.newsstand import seventh_words as words
from benchmarks.newsstand.fifth import _number
from benchmarks.newsstand.posts import Post, read
from benchmarks.newsstand.sixth import stamp
from benchmarks.newsstand.workshop import Page

EXPORTS = {"sheepless-ko": "ko", "cclabs-en": "en"}
SITES = {
    "es": "El Faro del Norte", "pt": "Diário da Serra", "it": "La Riviera", "nl": "Het Wad", "ru": "Северная газета", "pl": "Kurier Podgórski",
}  # fmt: skip
UNDATED = 0.08
"""On which share of pages a reader sees how long ago the story came out, and no date."""
_TODAY = dt.datetime(2026, 3, 29, 6, 10)


def pages(folder: Path, rows: list[list[str]]) -> Iterator[tuple[Page, str]]:
    """(page, what of it was on none of the other sets) for each row of export, layout and number of the post."""
    found = {posts[0].export: posts for posts in sources(folder) if posts}
    for export, layout, number in rows:
        post = next((one for one in found.get(export, ()) if one.number == number), None)
        if post is None:
            print(f"  {export} {number}: not here", file=sys.stderr)
            continue
        chance = random.Random(_number(f"seventh {export}{layout}{number}"))
        metadata = chance.random() < 0.2
        context = around(post, found[export], chance, metadata)
        yield Page(context.pop("truth"), layout, metadata, context), "post and layout"


def sources(folder: Path) -> Iterator[list[Post]]:
    """The posts of each export, and the stories that were written for this set."""
    files = sorted(folder.glob("**/*.xml"))
    for prefix, language in EXPORTS.items():
        path = next((f for f in files if f.stem.startswith(prefix)), None)
        yield [replace(post, language=language) for post in read(path)] if path else []
    for path in folder.glob("not-wxr/cloudinesia*.xml"):
        yield _feed(path)
    for path in folder.parent.glob("corpora/masakhane/eng-test.tsv"):
        yield [replace(post, export="masakhane-test", site="Northmoor Gazette") for post in fifth._stories(path)]
    for path in folder.parent.glob("corpora/reuters/*.sgm"):
        yield archives.read_reuters(path)
    yield from _written()


def _feed(path: Path) -> list[Post]:
    """The stories of a feed that holds them whole."""
    channel = etree.parse(str(path), etree.XMLParser(recover=True, resolve_entities=False, no_network=True)).getroot().find("channel")
    out = []
    for n, item in enumerate(channel.iter("item")):
        body = item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded") or ""
        body = re.sub(r"<(iframe|script|style)\b.*?</\1\s*>|<p>The post .*?</p>", "", body, flags=re.S)
        terms = tuple(c.text.strip() for c in item.iter("category") if c.text)
        writer = (item.findtext("{http://purl.org/dc/elements/1.1/}creator") or "").strip()
        when = parsedate_to_datetime(item.findtext("pubDate") or "").replace(tzinfo=None)
        title = " ".join((item.findtext("title") or "").split())
        out.append(Post("cloudinesia", str(n), "id", "Cloudinesia", title, body, writer, when, None, terms[:1], terms[1:]))
    return [post for post in out if len(post.text.split()) > 80]


def _written() -> Iterator[list[Post]]:
    """The stories of `seventh_stories.txt`, and beside them titles that have no story."""
    text = Path(__file__).with_name("seventh_stories.txt").read_text(encoding="utf-8")
    for part in text.split("== ")[1:]:
        language, _, rest = part.partition("\n")
        stories, _, titles = rest.partition("\n> ")
        found = []
        for n, story in enumerate(stories.split("# ")[1:]):
            title, sections, topics, *paragraphs = story.strip().split("\n")
            body = "".join(
                f"<p>{html.escape(one, quote=False)}</p>" if len(one.split()) > 6 else f"<h3>{html.escape(one, quote=False)}</h3>"
                for one in paragraphs
            )
            found.append(_post(language, str(n), title, body, _names(sections), _names(topics)))
        found += [
            _post(language, f"t{n}", title, found[n % 2].body, found[0].sections, ()) for n, title in enumerate(titles.strip().split(" | "))
        ]
        yield found


def _names(line: str) -> tuple[str, ...]:
    return tuple(line.partition(": ")[2].split(", "))


def _post(language: str, number: str, title: str, body: str, sections: tuple[str, ...], topics: tuple[str, ...]) -> Post:
    when = dt.datetime(2024, 2, 1, 5, 7) + dt.timedelta(days=_number(title) % 700, minutes=_number(title) % 1100)
    return Post(f"written-{language}", number, language, SITES[language], title, body, "", when, None, sections, topics)


def around(post: Post, found: list[Post], chance: random.Random, metadata: bool, *, words: ModuleType = words) -> dict[str, Any]:
    """What a layout is filled with. `words`: what its set of pages says around a story."""
    language = post.language
    said = dict(zip(words.KEYS, words.WORDS[language].split("|"), strict=True))
    pool = words.NAMES[language].split("|")
    names = fifth._writers(post, pool, said["crew"], chance)
    both = _put(said["both"], *names) if len(names) > 1 else "".join(names)
    if language == "ko":
        both = both.removesuffix(" 기자")
    pattern = chance.choice(words.STAMPS[language])
    modified = post.published + dt.timedelta(days=chance.randint(1, 6), hours=4) if chance.random() < 0.4 else None
    is_dated = chance.random() >= UNDATED
    ago = said["ago"] % chance.randint(2, 9)
    shown = stamp(post.published, pattern, language) if is_dated else ago
    changed = stamp(modified, pattern, language) if modified and is_dated else ""
    deck = chance.choice(post.sentences[1:] or [""]) if chance.random() < 0.5 else ""
    others = chance.sample([one for one in found if one is not post], k=min(20, len(found) - 1))
    cards = [_card(one, pattern, pool, chance, words) for one in others]
    cards = [cards[n % len(cards)] for n in range(16)]
    filled = {
        **{key: _put(said[key], both) for key in ("by", "bio", "more_by")}, "translated": _put(said["translated"], chance.choice([one for one in pool if one not in names])), "picture": _put(said["picture"], chance.choice(words.HOUSES)),
        "came": _put(said["came"], shown) if is_dated else ago, "changed": _put(said["changed"], changed) if changed else "", "ago": ago,
        "amended": _put(said["amended"], stamp(post.published + dt.timedelta(days=9), pattern, language)), "also": [_put(said["also"], card["title"]) for card in cards[:3]],
        **{key: said[key] % chance.randint(2, 90) for key in ("length", "likes") if key in said},
        "hear": said["hear"] % max(1, len(post.text.split()) // 180), "opinions": said["opinions"] % chance.randint(1, 90),
    }  # fmt: skip
    sections = words.SECTIONS[language].split("|")
    paragraphs = [part for part in re.split(r"(?<=</p>)", post.body) if part.strip()]
    cut = len(paragraphs) // 3 if len(paragraphs) > 5 else len(paragraphs)
    one, two, three = ("".join(part) for part in (paragraphs[:cut], paragraphs[cut : 2 * cut], paragraphs[2 * cut :]))
    remarks = [
        {"author": chance.choice(pool), "date": stamp(post.published + dt.timedelta(days=n), pattern, language), "text": chance.choice(cards)["excerpt"]}
        for n in range(chance.randint(0, 4))
    ]  # fmt: skip
    return {
        "lang": language, "post": post, "u": {**said, **filled}, "names": names, "both": both, "loud": both.upper(), "anyone": bool(names), "deck": deck, "stamp": shown, "is_dated": is_dated, "changed": changed,
        "today": stamp(_TODAY, pattern, language), "iso": post.published.isoformat(), "metadata": metadata, "sections": sections, "label": (post.sections or tuple(sections))[0], "topics": post.topics[:5],
        "caption": " ".join(chance.choice(post.sentences or [post.text]).split()[:9])[:64], "cards": cards, "side": cards[:3], "below": cards[4:8], "top": cards[8:13], "one": one, "two": two, "three": three,
        "clocks": [f"{hour}:{chance.randint(10, 59)}" for hour in sorted(chance.sample(range(10, 23), k=3), reverse=True)], "remarks": remarks,
        "truth": replace(post, author=", ".join(names), body=f"<p>{deck}</p>{post.body}"),
    }  # fmt: skip


def _put(text: str, *said: str) -> str:
    for one in said:
        text = text.replace("%s", one, 1)
    return text


def _card(one: Post, pattern: str, pool: list[str], chance: random.Random, words: ModuleType) -> dict[str, str]:
    return {
        "title": one.headline, "excerpt": one.excerpt, "date": stamp(one.published, pattern, one.language), "author": chance.choice(pool), "clock": one.published.strftime("%H:%M"),
        "section": (one.sections or tuple(words.SECTIONS[one.language].split("|")))[0],
    }  # fmt: skip
