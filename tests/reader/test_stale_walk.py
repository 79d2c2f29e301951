"""Whatever is written, in whatever order, with whatever pages stored: none is stale, and none holds what is not public."""

from __future__ import annotations

import gzip
import os

import brotli
import hypothesis.strategies as st
import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings

from broadsheet.delivery import purging
from broadsheet.delivery.middleware import page_of
from broadsheet.delivery.rendering import fresh, render
from broadsheet.stories.models import Story
from tests.reader.test_leaks import MARK, marked, picture
from tests.reader.test_stale import WRITES, Paper, again

pytestmark = pytest.mark.django_db


def hushed(paper, number):
    """A newer version that is not out, of a story that may be."""
    marked(again(Story, paper.stories[number].pk)).save_revision()


def never_out(paper, number):
    story = paper.make_story("Hushed", parent=paper.asia, live=False, slug=f"hushed-{Story.objects.count()}-{number}")
    marked(story).save_revision()


def out_and_back(paper, number):
    """What was public for a moment, by its readers' own words: withdrawn again."""
    story = paper.make_story(
        f"{MARK} withdrawn", parent=paper.sport, people=[paper.ada], topics=[paper.topics[0]], lead_image=picture(f"{MARK} {number}")
    )
    story.unpublish()


OWN = {"a hushed version": hushed, "one that was never out": never_out, "out and back": out_and_back}
STEP = st.tuples(
    st.sampled_from(sorted([*WRITES, *OWN])), st.integers(0, 8), st.randoms(use_true_random=False), st.sampled_from(["at once", "late", "while one is rendered"])
)  # fmt: skip


def write(paper, what, number):
    try:
        with transaction.atomic():
            if what in OWN:
                OWN[what](paper, number)
            else:
                WRITES[what](paper)
    except (ObjectDoesNotExist, IntegrityError, ValidationError, IndexError):
        # What it was about is gone by now, or there already.
        pass


def everything_stored():
    """The bytes of all files, unpacked."""
    for file in purging.shelf().store.folder.rglob("*@.*"):
        body = file.read_bytes()
        yield file, gzip.decompress(body) if file.suffix == ".gz" else brotli.decompress(body) if file.suffix == ".br" else body


def take(paper, steps):
    for what, number, chance, when in steps:
        paths = sorted(set(paper.paths()))
        for path in chance.sample(paths, min(25, len(paths))):
            if purging.shelf().store.read(path) is None:
                render(path)
        if when == "while one is rendered":
            # It began before the write and is done after it.
            path = chance.choice(paths)
            from broadsheet.delivery import keys

            seen = purging.visible()
            with keys.noting() as noted:
                page = page_of(fresh(path))
            write(paper, what, number)
            if page is not None:
                purging.put(path, page, noted, seen)
        else:
            write(paper, what, number)
        if when != "late":
            purging.carry_out()
            assert not paper.wrong(), (what, paper.wrong())
    purging.carry_out()
    assert not paper.wrong(), paper.wrong()
    for file, body in everything_stored():
        assert MARK.encode() not in body.lower(), file


def walk(paper, examples):
    @settings(max_examples=examples, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(STEP, min_size=2, max_size=6))
    def walk_once(steps):
        purging.clear()
        try:
            with transaction.atomic():
                take(paper, steps)
                raise InterruptedError
        except InterruptedError:
            pass

    walk_once()


@pytest.fixture
def paper(front, make_section, make_story):
    made = Paper(front, make_section, make_story)
    purging.carry_out()
    return made


def test_no_page_is_stale_and_none_tells_a_secret(paper):
    walk(paper, 4)


@pytest.mark.long
def test_no_page_is_stale_and_none_tells_a_secret_in_five_hundred_walks(paper):
    walk(paper, int(os.environ.get("WALKS", "500")))
