"""Published posts of Ghost exports and stories of the Reuters-21578 collection, and the truth about each."""

from __future__ import annotations

import datetime as dt
import json
import re
from html import escape, unescape
from pathlib import Path

from benchmarks.newsstand.posts import Post, text_of, words

_STORY = re.compile(r'<REUTERS [^>]*NEWID="(\d+)">(.*?)</REUTERS>', re.S)


def read_ghost(path: Path, *, site: str, at_least: int = 80) -> list[Post]:
    """The published posts of a Ghost export, of any age, that have a title, a date and `at_least` so many words."""
    held = json.loads(path.read_text(encoding="utf-8"))
    data = held["db"][0]["data"]
    people = {person["id"]: person["name"].strip() for person in data["users"]}
    tags = {tag["id"]: tag["name"] for tag in data["tags"]}
    writers, filed = _many(data, "posts_authors", "author_id"), _many(data, "posts_tags", "tag_id")
    posts: dict[str, Post] = {}
    for one in data["posts"]:
        body = re.sub(r"<!--.*?-->|<(script|style|form|noscript)\b.*?</\1\s*>", "", one.get("html") or "", flags=re.S | re.I)
        title, when = " ".join((one["title"] or "").split()), one.get("published_at")
        if one["status"] != "published" or not when or not title or title in posts or sum(words(text_of(body)).values()) < at_least:
            continue
        names = [people[w] for w in writers.get(one["id"], [one.get("author_id")]) if w in people]
        topics = tuple(tags[t] for t in filed.get(one["id"], ()) if t in tags and not tags[t].startswith("#"))
        posts[title] = Post(
            export=path.stem, number=str(one["id"]), language="en", site=site, headline=title, body=body, author=", ".join(dict.fromkeys(names)),
            published=_date(when), modified=_date(one["updated_at"]) if one.get("updated_at") else None, sections=topics[:1], topics=topics,
        )  # fmt: skip
    return list(posts.values())


def _many(data: dict[str, list[dict[str, str]]], table: str, column: str) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for row in sorted(data.get(table, ()), key=lambda r: r.get("sort_order") or 0):
        out.setdefault(row["post_id"], []).append(row[column])
    return out


def _date(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text.replace("Z", "+00:00")).replace(tzinfo=None)


def read_reuters(path: Path, *, at_least: int = 150) -> list[Post]:
    """The collection's stories of `at_least` so many words; few of them name a writer."""
    posts: dict[str, Post] = {}
    for number, story in _STORY.findall(path.read_text(encoding="latin-1")):
        title, body, when = (_in(story, tag) for tag in ("TITLE", "BODY", "DATE"))
        paragraphs = [" ".join(part.split()) for part in re.split(r"\n(?=    )", body)]
        paragraphs = [part for part in paragraphs if part and part.rstrip("\x03").strip() not in ("Reuter", "REUTER")]
        if not title.strip() or not paragraphs or title in posts:
            continue
        place = " ".join(_in(story, "DATELINE").split()).rstrip(" -")
        paragraphs[0] = f"{place.partition(',')[0]} - {paragraphs[0]}" if place else paragraphs[0]
        html = "".join(f"<p>{escape(part, quote=False)}</p>" for part in paragraphs)
        if sum(words(text_of(html)).values()) < at_least:
            continue
        writer = re.fullmatch(r"\s*by (.+?), Reuters?\.?\s*", _in(story, "AUTHOR"), re.I | re.S)
        subjects = tuple(re.findall(r"<D>(.*?)</D>", _in(story, "TOPICS")))
        posts[title] = Post(
            export="reuters", number=number, language="en", site="The Wire Archive", headline=" ".join(title.split()), body=html, author=" ".join(writer[1].split()) if writer else "",
            published=dt.datetime.strptime(when.strip().partition(".")[0], "%d-%b-%Y %H:%M:%S"), modified=None, sections=subjects[:1], topics=subjects,
        )  # fmt: skip
    return list(posts.values())


def _in(story: str, tag: str) -> str:
    found = re.search(rf"<{tag}>(.*?)</{tag}>", story, re.S)
    return re.sub(r"&#\d+;|[\x00-\x08\x0e-\x1f]", "", unescape(re.sub(r"&#\d+;", "", found[1]))) if found else ""
