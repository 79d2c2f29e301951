"""Web pages: what they say of themselves, their structure, and their plain text as it is copied from a browser."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from broadsheet.importing.blocks.convert import words_of
from broadsheet.importing.documents.reading import read

SEED = Path(__file__).resolve().parents[4] / "shared" / "reference" / "seed.txt"
PROSE = [
    "The ferry sailed at noon after nine days in the harbour, and everybody who had waited was on board.",
    "Nobody complained, the harbour master said, although the band had to play in the rain for three hours.",
    "The next crossing is planned for Thursday, when a second ship is expected back from the yard.",
]
BODY = "".join(f"<p>{line}</p>" for line in PROSE)
TEASER = '<div class="{0}"><a href="/x{1}"><b>Council meets again in the winter</b></a><span>12 May 2021</span><p>The council sat for nine hours and then sat again because</p></div>'


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()


def soup(*, story: str = BODY, kind: str = "zz") -> str:
    menu = "".join(f'<div class="m"><a href="/{n}">{n}</a></div>' for n in ("News", "World", "Opinion", "Sport", "Faith", "Travel"))
    teasers = "".join(TEASER.format(kind, n) for n in range(4))
    talk = "".join(
        f'<div class="c"><div>Reader {n}</div><div>2{n} November 2025</div><div><p>{PROSE[1]} {PROSE[2]}</p></div></div>' for n in range(3)
    )
    return (
        f'<div class="a"><div><a href="/">The Tern</a></div>{menu}</div><div class="b"><div class="b1"><div><a href="/news">News</a></div>'
        f'<div class="t">Ferry sails at last</div><div><div>Ada Quill</div><div>17 November 2025 · 2 min read</div></div></div><div class="q">{story}</div>'
        f"</div><div>{talk}</div><div>{teasers}</div><div>We use cookies to give you the best experience on this site and others.</div><div>© 2026 The Tern</div>"
    )


def test_a_page_without_metadata_or_names_is_read_by_its_structure():
    draft = read("a.html", page(soup(), "<title>Ferry sails at last | The Tern</title>"))
    assert (draft.headline, draft.byline, draft.published) == ("Ferry sails at last", ("Ada Quill",), dt.date(2025, 11, 17))
    assert draft.labels == ("News",)
    assert words_of(list(draft.blocks)).split("\n\n") == PROSE


def test_what_a_page_says_of_itself_counts_most():
    data = {"@graph": [{"@type": "WebSite", "name": "The Tern"}, {
        "@type": "NewsArticle", "headline": "Ferry sails at last", "author": [{"name": "Ada Quill"}, {"name": "Ben Osei"}],
        "datePublished": "2025-11-16T23:30:00+00:00", "dateModified": "2025-11-18", "articleSection": ["Latest", "Sea"], "keywords": "ferries, harbours",
    }]}  # fmt: skip
    draft = read("a.html", page(soup(), f'<script type="application/ld+json">{json.dumps(data)}</script><title>The Tern</title>'))
    assert (draft.byline, draft.labels, draft.lists, draft.topics) == (
        ("Ada Quill", "Ben Osei"),
        ("Sea",),
        ("Latest",),
        ("ferries", "harbours"),
    )
    assert draft.published == dt.datetime(2025, 11, 16, 23, 30, tzinfo=dt.UTC) and draft.updated == dt.date(2025, 11, 18)
    assert words_of(list(draft.blocks)).split("\n\n") == PROSE


@pytest.mark.parametrize(
    "data", ["{", "[[[[" * 900, '{"@type": "NewsArticle", "headline": ["x"], "author": 7}', '{"@graph": {"@type": null}}', '"x"']
)
def test_broken_metadata_is_no_metadata(data):
    draft = read("a.html", page(soup(), f'<script type="application/ld+json">{data}</script><title>Ferry sails at last</title>'))
    assert draft.headline == "Ferry sails at last" and draft.byline == ("Ada Quill",)


def test_lists_quotations_tables_and_pictures_of_the_story_stay():
    story = f'{BODY}<h2>Next</h2><ul><li>Thursday</li><li>Friday</li></ul><blockquote><p>She sails.</p></blockquote><figure><img src="/tern.jpg" alt="A ferry"><figcaption>At noon</figcaption></figure>'
    draft = read(
        "a.html", page(soup(story=story), '<title>Ferry sails at last</title><link rel="canonical" href="https://tern.example/a/">')
    )
    assert [b["type"] for b in draft.blocks] == ["text", "quote", "picture"]
    assert draft.blocks[2]["value"]["source"] == "https://tern.example/tern.jpg"
    assert "<h2>Next</h2><ul><li>Thursday</li><li>Friday</li></ul>" in draft.blocks[0]["value"]


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 picture is an address only: upload the file"), (2, "2 pictures are addresses only: upload the files")]
)
def test_pictures_that_are_not_in_the_file_are_counted(count, said):
    picture = "<p><img src='https://tern.example/a.jpg'></p>"
    assert said in read("a.html", f"<h1>Ferry sails</h1>{BODY}{picture * count}".encode()).notes


def test_a_piece_of_html_is_taken_whole():
    draft = read("a.html", f"<h1>Ferry sails</h1><p>By Ada Quill</p>{BODY}<p><a href='/more'>More</a></p>".encode())
    assert (draft.headline, draft.byline) == ("Ferry sails", ("Ada Quill",)) and words_of(list(draft.blocks)).endswith("More")


def test_the_copied_text_of_a_page():
    menu = "\n".join(f"  • {name}" for name in ("News", "World", "Opinion", "Sport", "Faith"))
    teaser = "Council meets again in the winter\n\n12 May 2021 Ben Osei\n\nThe council sat for nine hours and then sat again because\n\n"
    story = "\n\n".join(PROSE)
    dump = f"Skip to content\nThe Tern\n\n{menu}\nLatestNewsWorld\n\nFerry sails at last\n\nAda Quill November 17, 2025November 18, 2025 ferries, harbour news\n\nPORT ANN (Reuters) — {story}\n\nYou May Also Like\n\n{teaser * 3}OPINION\n\n{teaser * 2}{menu}\n\n© 2026 The Tern Ltd.\n"
    draft = read("page.txt", dump.encode())
    assert (draft.headline, draft.byline, draft.dateline) == ("Ferry sails at last", ("Ada Quill",), "PORT ANN")
    assert (draft.published, draft.updated) == (dt.date(2025, 11, 17), dt.date(2025, 11, 18))
    assert (draft.labels, draft.lists, draft.topics) == (("News", "World"), ("Latest",), ("ferries", "harbour news"))
    assert words_of(list(draft.blocks)).split("\n\n") == PROSE


@pytest.mark.parametrize(
    ("name", "date", "told", "said", "others"),
    [
        ("渡船终于启航", "2025年11月17日 星期一", ["渡船在港口停了九天之后，终于在中午启航，", "等候的人全部上了船。", "cp -R ferry/* /var/harbour/", "没有人抱怨，港务长说，乐队在雨中演奏了三个小时。"],
         "作者：王小明", ("港口冬季再次开会", "2021年5月12日")),
        ("Die Fähre fährt endlich", "17. November 2025", ["Die Fähre fuhr am Mittag nach neun Tagen aus dem Hafen, und alle waren an Bord.", "Niemand beschwerte sich, sagte der Hafenmeister, obwohl es drei Stunden regnete."],
         "Bericht: Ada Quill", ("Der Rat tagt wieder im Winter", "12. Mai 2021")),
    ],
)  # fmt: skip
def test_copied_pages_in_other_languages(name, date, told, said, others):
    title, when = others
    menu = "\n".join(f"Ort{n}" for n in range(6))
    dump = (
        f"Tern\n{menu}\n{name}\n{date}\n{said}\nFacebookTelegramReddit\n\n"
        + "\n".join(told)
        + "\n\n"
        + f"{title}\n{when}\n{told[0][:20]}…\n" * 3
        + "© 2026 Tern\n"
    )
    draft = read("page.txt", dump.encode())
    assert (draft.headline, draft.published) == (name, dt.date(2025, 11, 17))
    assert draft.byline == (said[-3:] if "：" in said else "Ada Quill",)
    assert words_of(list(draft.blocks)).split() == " ".join(told).split()


def test_the_reference_page():
    if not SEED.is_file():
        pytest.skip("needs ../shared/reference/seed.txt")
    text = SEED.read_text(encoding="utf-8")
    draft = read("seed.txt", text.encode())
    lines = [line for line in text.split("\n") if line.strip()]
    at = next(n for n, line in enumerate(lines) if line.startswith("NewsDesk"))
    assert draft.headline == lines[at - 1]
    assert draft.byline == ("NewsDesk Milli Chronicle",)
    assert draft.published == draft.updated == dt.date(2025, 11, 17)
    assert draft.dateline == "Moscow"
    assert (draft.labels, draft.lists) == (("News", "World"), ("Latest",))
    topics = lines[at].partition("2025November 17, 2025 ")[2].split(", ")
    assert len(topics) == 15 and draft.topics == tuple(topics)
    assert draft.standfirst == ""
    first, last = at + 1, next(n for n, line in enumerate(lines) if n > at and line.startswith("  •"))
    body = [lines[first].partition(" – ")[2], *lines[first + 1 : last]]
    assert len(body) == 23 and words_of(list(draft.blocks)).split("\n\n") == body
