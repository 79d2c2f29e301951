"""Fronts that nobody has arranged yet."""

from __future__ import annotations

import datetime as dt

import pytest

from broadsheet.fronts.arranging import MOST, default_front, lively, suited
from broadsheet.fronts.filling import Filled, Order
from broadsheet.stories.contexts import Card, Picture
from broadsheet.stories.queries import SectionTree

SHOT = Picture("/a.jpg", "", "", 3, 2)


def card(number: int, picture: Picture | None = None) -> Card:
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    return Card(number, f"/{number}/", "Headline", "en", "ltr", "news", "", "news", None, "", (), now, None, picture)


@pytest.mark.django_db
def test_of_many_sections_the_liveliest_are_shown(make_section, make_story):
    sections = [make_section(f"Section {n:02}") for n in range(MOST + 4)]
    for n, section in enumerate(sections):
        for _ in range(n % 4):
            make_story(parent=section)
    tree = SectionTree.read()
    chosen = lively(tree.children(None))
    assert 0 < len(chosen) <= MOST
    assert [s.name for s in chosen[:3]] == ["Section 03", "Section 07", "Section 11"]
    # Neither a section of one story nor an empty one is a strip of a front.
    assert all(int(s.name[-2:]) % 4 >= 2 for s in chosen)
    assert len([o for o in default_front(tree, {}) if not o.most_read]) == 1 + len(chosen)


@pytest.mark.django_db
def test_a_small_site_keeps_the_order_of_its_sections(make_section, make_story):
    for name in ("World", "Asia", "Culture"):
        make_story(parent=make_section(name))
    tree = SectionTree.read()
    assert [o.list_key for o in default_front(tree, {})[1:] if not o.most_read] == [f"section:{s.id}" for s in tree.children(None)]


def test_neighbours_never_share_a_layout():
    orders = ["lead", "features", "features", "section", "section", "list", "grid", "list", "list"]
    for pictured in (SHOT, None):
        for size in (1, 2, 4):
            filled = [Filled(Order(layout, "site", 5), tuple(card(n, pictured) for n in range(size))) for layout in orders]
            layouts = [f.order.layout for f in suited(filled)]
            assert all(a != b for a, b in zip(layouts, layouts[1:], strict=False)), layouts
            assert layouts[0] == "lead"


def test_the_dark_band_carries_words_alone_once():
    words = tuple(card(n) for n in range(3))
    layouts = [
        f.order.layout for f in suited(Filled(Order(x, "site", 3), words) for x in ("features", "list", "features", "list", "features"))
    ]
    assert layouts.count("features") == 1
