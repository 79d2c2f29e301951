"""How well pages of real posts are read, held a few hundredths below what was measured; the whole of it is benchmarks/documents.py."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from benchmarks import documents
from benchmarks.newsstand.dump import dump

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "fixtures" / "wxr"
FLOORS = {
    ("html", "tuned on"): {"body": 0.96, "headline": 0.97, "date": 0.97, "byline": 0.97},
    ("text", "tuned on"): {"body": 0.96, "headline": 0.97, "date": 0.97, "byline": 0.97},
    ("html", "held out"): {"body": 0.96, "headline": 0.97, "date": 0.97, "byline": 0.97},
    ("text", "held out"): {"body": 0.95, "headline": 0.92, "date": 0.92, "byline": 0.92},
    ("html", "workshop"): {"body": 0.95, "headline": 0.95, "date": 0.95, "byline": 0.92},
    ("text", "workshop"): {"body": 0.91, "headline": 0.8, "date": 0.9, "byline": 0.8},
}


@pytest.mark.parametrize("held_out", [False, True])
def test_pages_of_real_posts_are_read_as_well_as_they_were(held_out, monkeypatch):
    if not FOLDER.is_dir():
        pytest.skip("needs ../shared/fixtures/wxr")
    monkeypatch.setattr(documents, "TUNED_EXPORTS", ("bitcoinfrance", "hsoub-news-ar", "wporg-news-posts", "colormag-newspaper"))
    monkeypatch.setattr(documents, "HELD_OUT_EXPORTS", ())
    sums: dict[tuple[str, str], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for sample in documents.samples(FOLDER, posts=1, held_out=held_out):
        for kind, name, content in (("html", "a.html", sample.page), ("text", "a.txt", dump(sample.page))):
            for measure, value in documents.scores(sample.post, **documents.ours(name, content)).items():
                sums[kind, "held out" if held_out else "tuned on"][measure].append(value)
    _holds(sums)


def _holds(sums):
    means = {group: {measure: round(sum(v) / len(v), 3) for measure, v in one.items()} for group, one in sums.items()}
    for group, one in means.items():
        assert all(one[measure] >= floor for measure, floor in FLOORS[group].items()), (group, one, FLOORS[group])


@pytest.mark.long
def test_pages_with_heads_as_news_sites_write_them(monkeypatch):
    if not FOLDER.is_dir():
        pytest.skip("needs ../shared/fixtures/wxr")
    monkeypatch.setattr(documents, "TUNED_EXPORTS", ("bitcoinfrance", "hsoub-news-ar", "wporg-news-posts", "colormag-newspaper"))
    monkeypatch.setattr(documents, "HELD_OUT_EXPORTS", ())
    sums: dict[tuple[str, str], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for sample in documents.dressed(FOLDER, "workshop"):
        for kind, name, content in (("html", "a.html", sample.page), ("text", "a.txt", dump(sample.page))):
            for measure, value in documents.scores(sample.post, **documents.ours(name, content)).items():
                sums[kind, "workshop"][measure].append(value)
    _holds(sums)
