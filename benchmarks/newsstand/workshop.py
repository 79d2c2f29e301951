"""Pages to work on and a fourth set to look at once: heads, bylines and dates as news sites write them, fixed before the reader was changed for them."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format

from benchmarks.newsstand import archives, furniture
from benchmarks.newsstand import workshop_words as words
from benchmarks.newsstand.posts import Post, read

LAYOUTS = {
    "workshop": "harbour ledger beacon orchard summit canal meridian parlour quayside mill".split(),
    "fourth": "anvil brook cinder dune estuary fjord".split(),
}
_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_HIJRI = "محرم|صفر|ربيع الأول|ربيع الآخر|جمادى الأولى|جمادى الآخرة|رجب|شعبان|رمضان|شوال|ذو القعدة|ذو الحجة".split("|")


@dataclass(frozen=True, slots=True)
class Page:
    """A post in a layout."""

    post: Post
    """What a reader of the page should find: the byline as the page prints it, the standfirst before the body."""
    layout: str
    metadata: bool
    context: dict[str, Any]


def pages(folder: Path, exports: tuple[str, ...], which: str, *, seen: set[tuple[str, str]]) -> Iterator[Page]:
    """One page for each export in each layout; half of the posts are for the workshop, the others for the fourth set. `seen`: posts of other sets."""
    for found in _archives(folder, exports):
        free = [post for post in found if (post.export, post.number) not in seen and (_number(post) % 2 == 0) == (which == "workshop")]
        for layout in LAYOUTS[which]:
            chance = random.Random(_number(f"{found[0].export}{layout}"))
            post = chance.choice(free or found)
            metadata = chance.random() < 0.25
            context = furniture.around(post, list(found), chance=chance, metadata=metadata)
            page = _dressed(post, found, chance, 0 if which == "workshop" else 1)
            yield Page(page.pop("truth"), layout, metadata, {**context, **page})


def _archives(folder: Path, exports: tuple[str, ...]) -> Iterator[list[Post]]:
    files = sorted(folder.glob("**/*.xml"))
    for prefix in exports:
        path = next((f for f in files if f.stem.startswith(prefix)), None)
        if path and len(found := read(path)) > 3:
            yield found
    for path in sorted(folder.parent.glob("ghost/*-ghost*-*.json")):
        if (
            path.stem.startswith(("manyharrier", "nsisong", "whoisnnamdi"))
            and len(found := archives.read_ghost(path, site=path.stem.partition("-")[0].title())) > 3
        ):
            yield found
    for path in sorted(folder.parent.glob("corpora/reuters/*.sgm")):
        yield archives.read_reuters(path)


def _number(of: Post | str) -> int:
    text = of if isinstance(of, str) else f"{of.export}/{of.number}"
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16)


def _dressed(post: Post, found: list[Post], chance: random.Random, column: int) -> dict[str, Any]:
    language = post.language
    said = dict(zip(words.KEYS, (words.WORKSHOP, words.FOURTH)[column][language].split("|"), strict=True))
    pool = words.NAMES[language].split("|")
    writer = post.author if " " in post.author and chance.random() < 0.4 or post.author and chance.random() < 0.15 else chance.choice(pool)
    other = chance.choice([name for name in pool if name != writer])
    two = chance.random() < 0.2
    names = (writer, other) if two else (writer,)
    both = _put(said["and"], writer, other) if two else writer
    deck = chance.choice(post.sentences[1:] or [""]) if chance.random() < 0.6 else ""
    modified = post.published + dt.timedelta(days=chance.randint(1, 3)) if chance.random() < 0.5 else None
    pattern = chance.choice(re.split(r"(?<!\\)\|", words.STAMPS[language][column]))
    arabic = language == "ar" and chance.random() < 0.5
    stamp, changed = (_stamp(when, pattern, language, arabic) if when else "" for when in (post.published, modified))
    figure = {"credit": said["photo"].replace("%s", chance.choice(words.AGENCIES)), "words": " ".join(post.text.split()[3:9])}
    return {
        "u": {key: text for key, text in said.items() if "%" not in text},
        "names": names,
        "both": both,
        "role": chance.choice((said["role"], said["role2"])),
        "by": _put(said["by"], both),
        "in_place": both if two else _put(said["in_place"], writer, words.PLACES[language]),
        "sign": _put(said["sign"], both),
        "with_by": _put(said["with_by"], chance.choice(pool)),
        "agency": chance.choice(words.AGENCIES),
        "stamp": stamp,
        "changed": changed,
        "reading": said["reading"].replace("%d", str(max(1, len(post.text.split()) // 200))),
        "bio": said["bio"].replace("%s", writer),
        "figure": figure,
        "deck": deck,
        "label": (post.sections or ("World",))[0],
        "broken": _broken(post.body, found, post, said, chance),
        "shuffled": chance.sample(range(1, 99), 5),
        "truth": replace(post, author=", ".join(names), body=f"<p>{deck}</p>{post.body}"),
    }


def _put(text: str, first: str, second: str = "") -> str:
    if "%1$s" in text:
        return text.replace("%1$s", first).replace("%2$s", second)
    return text.replace("%s", first, 1).replace("%s", second, 1)


def _broken(body: str, found: list[Post], post: Post, said: dict[str, str], chance: random.Random) -> str:
    """The body with a box of something else between two of its paragraphs."""
    parts = re.split(r"(?<=</p>)", body)
    if len(parts) < 6:
        return body
    link = chance.choice([one.headline for one in found if one is not post])
    box = chance.choice((
        f'<div class="in-a"><p>{said["more"]}</p><p><a href="/x">{link}</a></p></div>',
        f'<div class="in-b"><h4>{said["letter"]}</h4><p>{said["letter_text"]}</p><button>{said["subscribe"]}</button></div>',
        f'<div class="in-c">{said["more"]}: <a href="/x">{link}</a></div>',
    ))  # fmt: skip
    at = chance.randint(2, len(parts) - 3)
    return "".join([*parts[:at], box, *parts[at:]])


def _stamp(when: dt.datetime, pattern: str, language: str, arabic: bool) -> str:
    with translation.override(language):
        if pattern == "ERA":
            era, first = ("令和", 2018) if when.date() >= dt.date(2019, 5, 1) else ("平成", 1988)
            text = f"{era}{when.year - first}年{when.month}月{when.day}日"
        elif pattern == "MINGUO":
            text = f"民國{when.year - 1911}年{when.month}月{when.day}日"
        elif pattern == "HIJRI":
            text = f"{date_format(when, 'l')} {_hijri(when.date())} - {date_format(when, 'j F Y')} م"
        else:
            text = str(date_format(when, pattern))
    return text.translate(_DIGITS) if arabic else text


def _hijri(day: dt.date) -> str:
    """By the tabular calendar."""
    n = day.toordinal() + 1721425 - 1948440 + 10632
    cycle, n = (n - 1) // 10631, (n - 1) % 10631 + 355
    j = (10985 - n) // 5316 * (50 * n // 17719) + n // 5670 * (43 * n // 15238)
    n = n - (30 - j) // 15 * (17719 * j // 50) - j // 16 * (15238 * j // 43) + 29
    month = 24 * n // 709
    return f"{n - 709 * month // 24} {_HIJRI[month - 1]} {30 * cycle + j - 30} هـ"
