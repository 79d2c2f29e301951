"""The marks of the newsroom's day stand on words that its stories have."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import marks as demo

from broadsheet.record import marks

STORIES = Path(demo.__file__).parent / "stories"


def test_every_mark_stands_on_words_of_its_story_and_can_be_meant():
    found = demo._marks(dt.datetime(2030, 5, 1, 9, tzinfo=dt.UTC))
    texts = {slug: next(STORIES.rglob(f"{slug}.md")).read_text(encoding="utf-8") for slug in {one[0] for one in found}}
    for slug, words, says in found:
        assert words in texts[slug], words
        told = {name: {**facet, "id": "0b5c1f4e-6a0f-4e53-9a52-3f1a5f0b9c01"} for name, facet in says.items()}
        mark = marks.read(json.dumps(told))
        assert {name for name in says if getattr(mark, name)} == set(says), words
    events = [says["event"]["state"] for _slug, _words, says in found if "event" in says]
    assert {"held", "planned", "cancelled"} == set(events)
