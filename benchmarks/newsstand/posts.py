"""Published posts of WordPress exports as their site showed them, and the truth about each, found without any code under test."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from lxml import etree
from lxml import html as lxml_html

LANGUAGES = {
    "hsoub-news-ar": "ar", "sayid-fa-small": "fa", "cactifans-zh": "zh-hans", "bitcoinfrance-fr": "fr", "thenocturnalsilence": "de",
    "sheepless-ko": "ko", "mustafatarcan-tr": "tr", "theme-test-data-ja": "ja",
}  # fmt: skip
_WP = "{http://wordpress.org/export/1.2/}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_SHORTCODE = re.compile(
    r"\[/?(?:caption|gallery|youtube|audio|video|vimeo|embed|wpvideo|playlist|sourcecode|top|googlemaps|contact-form)\b[^\]]*\]"
)
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")
_BLOCK = re.compile(r"<(?:p|div|h[1-6]|ul|ol|table|blockquote|pre|figure|section|iframe|hr|form|dl)\b", re.I)


@dataclass(frozen=True, slots=True)
class Post:
    """One post and what readers of its page could see of it."""

    export: str
    number: str
    language: str
    site: str
    headline: str
    body: str
    """HTML."""
    author: str
    published: dt.datetime
    modified: dt.datetime | None
    sections: tuple[str, ...]
    topics: tuple[str, ...]

    @property
    def text(self) -> str:
        """All words of the body."""
        return " ".join(text_of(self.body).split())

    @property
    def excerpt(self) -> str:
        """The beginning of the body, cut as old themes cut it: by words or characters, not at a sentence."""
        words = self.text.split()
        return " ".join(words[:26])[:220]

    @property
    def sentences(self) -> list[str]:
        """The body's longer sentences; comments and boxes on other pages are made of these."""
        parts = re.split(r"(?<=[.!?。！？؟])\s*", self.text)
        return [part for part in parts if 40 < len(part) < 400 or (len(part) > 18 and re.search(r"[\u3040-\u9fff]", part))]


def words(text: str) -> Counter[str]:
    """The words of a text with how often each occurs; ideographs count one by one."""
    return Counter(word.casefold() for word in _WORD.findall(text))


def text_of(body: str) -> str:
    """Every word a reader sees in the HTML."""
    tree = lxml_html.fragment_fromstring(f"<div>{body}</div>", create_parent=False, parser=lxml_html.HTMLParser(encoding="utf-8"))
    etree.strip_elements(tree, "script", "style", "iframe", "object", "noscript", "form", with_tail=False)
    return " ".join(tree.itertext())


def read(path: Path, *, at_least: int = 80) -> list[Post]:
    """The export's published posts that have a title, a date and `at_least` so many words."""
    parser = etree.XMLParser(recover=True, huge_tree=True, resolve_entities=False, no_network=True)
    channel = etree.parse(str(path), parser).getroot().find("channel")
    if channel is None:
        return []
    names = {
        (a.findtext(f"{_WP}author_login") or ""): (a.findtext(f"{_WP}author_display_name") or "") for a in channel.iter(f"{_WP}author")
    }
    language = next((tag for name, tag in LANGUAGES.items() if path.stem.startswith(name)), "en")
    posts: dict[str, Post] = {}
    for item in channel.iter("item"):
        if item.findtext(f"{_WP}status") != "publish" or item.findtext(f"{_WP}post_type") not in (
            "post",
            "opinion",
            "podcast",
            "news_post",
        ):
            continue
        title = re.sub(r"<[^>]*>", "", item.findtext("title") or "").strip()
        published = _date(item.findtext(f"{_WP}post_date"))
        body = _shown(item.findtext(_CONTENT) or "")
        if not title or published is None or title in posts or sum(words(text_of(body)).values()) < at_least:
            continue
        login = item.findtext(_CREATOR) or ""
        terms = [(c.get("domain"), (c.text or "").strip()) for c in item.iter("category")]
        posts[title] = Post(
            export=path.stem, number=item.findtext(f"{_WP}post_id") or str(len(posts)), language=language,
            site=(channel.findtext("title") or path.stem).strip(), headline=title, body=body, author=(names.get(login) or login).strip(),
            published=published, modified=_date(item.findtext(f"{_WP}post_modified")),
            sections=tuple(n for d, n in terms if d == "category" and n), topics=tuple(n for d, n in terms if d == "post_tag" and n),
        )  # fmt: skip
    return list(posts.values())


def _date(text: str | None) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat((text or "").replace("T", " ")[:19])
    except ValueError:
        return None


def _shown(body: str) -> str:
    """The body as a theme printed it: paragraphs made of blank lines, comments and shortcodes gone."""
    is_classic = "<!-- wp:" not in body
    body = re.sub(r"<!--.*?-->", "", body, flags=re.S)
    body = _SHORTCODE.sub("", body)
    body = re.sub(r"<(script|style|form|noscript)\b.*?</\1\s*>", "", body, flags=re.S | re.I)
    if not is_classic:
        return body.strip()
    parts = [part.strip() for part in re.split(r"\r?\n\s*\r?\n", body)]
    shown = [part if _BLOCK.search(part) else "<p>" + re.sub(r"\r?\n", "<br>\n", part) + "</p>" for part in parts if part]
    return "\n".join(shown)
