"""Exports that were damaged at random: nothing but a refusal is raised, and no whole item goes missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.importing.records import ImportRefused
from broadsheet.importing.wordpress.reader import Export

from .conftest import HEAD, author, category, item, within

COMMENT = (
    "<wp:comment><wp:comment_id>5</wp:comment_id><wp:comment_author><![CDATA[Bo]]></wp:comment_author>"
    "<wp:comment_approved>1</wp:comment_approved><wp:comment_content><![CDATA[Well < done]]></wp:comment_content>"
    "<wp:commentmeta><wp:meta_key>k</wp:meta_key><wp:meta_value><![CDATA[v]]></wp:meta_value></wp:commentmeta></wp:comment>\n"
)
BODIES = (
    "<!-- wp:paragraph -->\n<p>The sea rose &amp; fell.</p>\n<!-- /wp:paragraph -->",
    "Plain words, é and 汉字, <!--more--> and the rest.",
    "Code: ]]]]><![CDATA[> and an <em>end</em>",
    "",
)
VALID = (
    HEAD.format(base="https://tern.example", language="en-US")
    + author("ada", "Ada Holm")
    + category("coast", "Coast")
    + "".join(
        item(str(n), f"Story {n} & more", body, terms=within(("coast", "Coast")), meta={"_thumbnail_id": "9", "k": "<v>"}, more=COMMENT)
        for n, body in enumerate(BODIES, 1)
    )
    + "</channel></rss>\n"
).encode()
ITEMS = {m[1]: m.span() for m in re.finditer(rb"<item>.*?<wp:post_id>(\d+)</wp:post_id>.*?</item>", VALID, re.S)}
TOKENS = [
    b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<item>", b"</item>", b"<?", b"?>", b"</wp:meta_value>", b"<br>", b"\0", b"\xff",
    b"\xc3", b'"', b"</channel></rss>", b"<!DOCTYPE x>", b"&nbsp;", b"\r\n", b"<rss>", b"</content:encoded>", b"<wp:post_id>7</wp:post_id>",
]  # fmt: skip
places = st.integers(0, len(VALID))
damages = st.one_of(
    st.tuples(st.just("delete"), places, st.integers(1, 60)),
    st.tuples(st.just("insert"), places, st.sampled_from(TOKENS) | st.binary(min_size=1, max_size=6)),
    st.tuples(st.just("cut"), places, st.none()),
)


def damaged(steps: list[tuple[str, int, object]]) -> tuple[bytes, set[bytes]]:
    """The export after all that, and the ids of the items of which every byte is still there, in its place."""
    data, whole = VALID, set(ITEMS)
    for kind, at, what in sorted(steps, key=lambda step: step[1], reverse=True):
        end = len(data) if kind == "cut" else at + what if kind == "delete" else at
        whole -= {one for one, (start, stop) in ITEMS.items() if at < stop and (end > start if end > at else at > start)}
        data = data[:at] + (what if kind == "insert" else b"") + data[end:]
    return data, whole


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("damaged")


def read(folder: Path, data: bytes) -> tuple[Export, dict[str, tuple[str, str, int]]]:
    path = folder / "export.xml"
    path.write_bytes(data)
    export = Export([path])
    return export, {one.source_id: (one.title, one.body, len(one.comments)) for one in export.items()}


@pytest.fixture(scope="module")
def undamaged(folder) -> dict[str, tuple[str, str, int]]:
    _export, found = read(folder, VALID)
    assert len(found) == len(ITEMS) == len(BODIES)
    return found


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(damages, min_size=1, max_size=3))
def test_a_whole_item_comes_in_or_all_is_refused(folder, undamaged, steps) -> None:
    data, untouched = damaged(steps)
    try:
        export, found = read(folder, data)
    except ImportRefused as refused:
        assert "\n" not in str(refused)
        return
    lost = {one for one in untouched if found.get(one.decode()) != undamaged[one.decode()]}
    assert not lost, export.survey.damaged
    assert len(found) == len(ITEMS) or export.survey.damaged or export.oddities.counts


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=200), before=st.sampled_from([b"", VALID[:400], b"<rss><channel><wp:author/>"]))
def test_any_bytes_are_read_or_refused(folder, data, before) -> None:
    try:
        read(folder, before + data)
    except ImportRefused as refused:
        assert "\n" not in str(refused)
