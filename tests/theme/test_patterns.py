"""Every page, component and block renders from its context alone."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from broadsheet.theme import bodies, examples, patterns

TEMPLATES = Path(patterns.__file__).parent / "templates" / "broadsheet"
CONTRACT = Path(__file__).parents[2] / "docs" / "contracts" / "blocks.md"
pytestmark = pytest.mark.usefixtures("strict")


def headings(html: str) -> list[int]:
    return [int(level) for level in re.findall(r"<h([1-6])\b", html)]


@pytest.mark.parametrize("name", ["", *patterns.PAGES])
def test_renders_whole_and_inert(name: str) -> None:
    html = patterns.render_patterns(name)
    assert html.startswith("<!doctype html>") and html.rstrip().endswith("</html>")
    assert not re.search(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=|javascript:", html, re.IGNORECASE)
    scripts = re.findall(r"<script\b[^>]*>", html)
    assert [s for s in scripts if "src=" not in s and "application/ld+json" not in s] == []
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", patterns.PAGES)
def test_one_top_heading_and_no_level_left_out(name: str) -> None:
    levels = headings(patterns.render_patterns(name).split("<main")[1])
    whole = headings(patterns.render_patterns(name))
    assert whole.count(1) == 1
    assert all(after <= before + 1 for before, after in zip([1, *levels], levels, strict=False))


@pytest.mark.parametrize("name", [name for name in patterns.PAGES if name != "text"])
def test_menu_is_read_once_and_comes_before_the_content(name: str) -> None:
    _, page = patterns.page_context(name)
    html = patterns.render_patterns(name)
    head, main = html.split("<main", 1)
    for item in page.site.menu:
        assert head.count(f'<a href="{item.url}"') == 1
    assert head.index('class="skip"') < head.index("<header")
    assert "<nav" in main.split('<footer class="footer"')[1]


def test_the_pattern_page_names_every_component_block_and_page() -> None:
    html = patterns.render_patterns()
    cards = {p.stem for p in (TEMPLATES / "components").glob("card-*.html")} - {
        "card-headline",
        "card-standfirst",
        "card-meta",
        "card-list",
    }
    assert cards | {"card"} == {f"card-{kind}" if kind != "standard" else "card" for kind in patterns.CARDS}
    assert {p.stem for p in (TEMPLATES / "blocks").glob("*.html")} == set(bodies.values())
    for name in patterns.PAGES:
        assert f'href="{name}/"' in html


def test_every_component_is_used_by_some_example() -> None:
    used = set()
    for template in TEMPLATES.rglob("*.html"):
        used |= set(re.findall(r"components/([a-z-]+)\.html", template.read_text()))
    used |= {f"card-{kind}" for kind in patterns.CARDS}
    assert {p.stem for p in (TEMPLATES / "components").glob("*.html")} <= used


def test_blocks_are_those_of_the_contract() -> None:
    named = set(re.findall(r"^\| `(\w+)` \|", CONTRACT.read_text(encoding="utf-8"), re.MULTILINE)) - {"columns"}
    assert {p.stem for p in (TEMPLATES / "blocks").glob("*.html")} == named


@pytest.mark.parametrize("language", ["ar", "ur"])
def test_a_story_in_a_list_carries_its_own_language_and_direction(language: str) -> None:
    html = patterns.render_patterns("front")
    assert '<html lang="en" dir="ltr">' in html
    card = next(c for c in examples.TONGUES if c.language == language)
    article = html[: html.index(card.headline)].rsplit("<article", 1)[1]
    assert 'dir="rtl"' in article and f'<h3 class="headline" lang="{language}">' in article


def test_a_story_in_another_language_than_its_site() -> None:
    html = patterns.render_patterns("story-ar-in-english")
    assert '<html lang="en" dir="ltr">' in html
    assert re.search(r'<article class="story[^"]*" lang="ar" dir="rtl">', html)


def test_a_date_that_is_labelled_stays_one_phrase_beside_a_story_that_is_read_the_other_way() -> None:
    plain = next(one for one in examples.TONGUES if one.language == "ur")
    card = replace(plain, updated=plain.published)
    html = render_to_string("broadsheet/components/card-meta.html", {"card": card, "byline": False})
    assert re.search(r'<p class="card-date"><bdi>Updated <time datetime="[^"]+">[^<]+</time></bdi></p>', html)


def test_dates_are_in_the_zone_and_labelled() -> None:
    html = patterns.render_patterns("story")
    assert '<span class="date-label">Updated</span> <time datetime="2026-03-09T17:05:00+05:00">' in html
    assert html.count('class="date-label"') == 2


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<p class="x">The Kremlin', '<p class="x"><span class="dateline">Sa&lt;lem –</span> The Kremlin'),
        ("<h2>First</h2><p>Then</p>", '<p class="dateline">Sa&lt;lem</p>\n<h2>First</h2><p>Then</p>'),
    ],
)
def test_dateline_opens_the_body(body: str, expected: str) -> None:
    from broadsheet.theme.templatetags.broadsheet import with_dateline

    assert with_dateline(body, "Sa<lem") == expected
    assert with_dateline(body, "") == body


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " java\nscript:alert(1)", "JaVaScRiPt:1", "data:text/html,x", "vbscript:x", "http://[", None]
)
def test_addresses_a_browser_would_run_are_left_out(address: object) -> None:
    from broadsheet.theme.templatetags.broadsheet import web_address

    assert web_address(address) == ""


@pytest.mark.parametrize("address", ["/a/?b=c#d", "https://e.example/", "mailto:a@b.example", "tel:+1", "//cdn.example/x"])
def test_addresses_that_lead_somewhere_stay(address: str) -> None:
    from broadsheet.theme.templatetags.broadsheet import web_address

    assert web_address(address) == address


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<th scope="col"></th>', "<td></td>"),
        ('<th colspan="2" scope=row> <br>&nbsp;</th>', '<td colspan="2"></td>'),
        ("<th>Days</th>", "<th>Days</th>"),
        ("<thead><tr><td></td></tr></thead>", "<thead><tr><td></td></tr></thead>"),
    ],
)
def test_a_header_without_words_is_a_plain_cell(cell: str, expected: str) -> None:
    from broadsheet.theme.templatetags.broadsheet import table_cells

    assert table_cells(cell) == expected


def test_text_of_a_context_is_escaped() -> None:
    nasty = examples.card(1, '<script>alert("x")</script>', standfirst="<img src=x onerror=y>")
    for kind in patterns.CARDS:
        template = "card" if kind == "standard" else f"card-{kind}"
        html = render_to_string(f"broadsheet/components/{template}.html", {"card": nasty, "level": 3, "omit": "", "eager": False})
        assert "<script" not in html and "<img src=x" not in html


def test_a_section_is_not_named_again_under_its_own_heading() -> None:
    card = examples.card(1, tone="business")
    shown = {"card": card, "level": 3, "eager": False}
    assert "kicker" in render_to_string("broadsheet/components/card.html", shown | {"omit": ""})
    assert "kicker" not in render_to_string("broadsheet/components/card.html", shown | {"omit": "Business"})


def test_opinion_stays_labelled_everywhere() -> None:
    opinion = examples.card(1, tone="opinion", kind="opinion")
    for kind in set(patterns.CARDS) - {"brief"}:
        template = "card" if kind == "standard" else f"card-{kind}"
        html = render_to_string(f"broadsheet/components/{template}.html", {"card": opinion, "level": 3, "omit": "Opinion", "eager": False})
        assert '<span class="label">Opinion</span>' in html


@pytest.mark.parametrize("template", ["card", "card-secondary", "card-lead"])
@pytest.mark.parametrize(("kind", "pictured", "expected"), [("opinion", False, True), ("opinion", True, False), ("news", False, False)])
def test_a_columnist_without_a_picture_of_the_piece_is_shown(template: str, kind: str, pictured: bool, expected: bool) -> None:
    card = examples.card(1, kind=kind, with_picture="harbour" if pictured else "", by=3)
    html = render_to_string(f"broadsheet/components/{template}.html", {"card": card, "level": 3, "omit": "", "eager": False})
    assert ('<div class="portrait">' in html) is expected


def test_where_one_is_among_the_standing_pages() -> None:
    assert '<a href="/ethics/" aria-current="page">' in patterns.render_patterns("page")


def test_what_has_no_picture_asks_for_none() -> None:
    main = patterns.render_patterns("front-without-pictures").split("<main")[1]
    assert "<img" not in main and "figure" not in main


def test_the_500_page_needs_nothing() -> None:
    html = render_to_string("broadsheet/500.html")
    assert "standalone.css" in html and "style=" not in html
