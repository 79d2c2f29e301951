"""Real sites in, out and in again: the same bytes for every reader, and old addresses answered as before."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from broadsheet.importing.export import jsonlines, wordpress
from broadsheet.importing.export.archive import Archive
from broadsheet.importing.ghost.reader import Export as GhostExport
from broadsheet.importing.load import Loader
from broadsheet.importing.models import FormerSlug, SourceItem, SourceSite, SourceTerm
from broadsheet.importing.restoring import load
from broadsheet.importing.restoring.folder import Folder
from broadsheet.importing.restoring.wxr import Wxr
from broadsheet.importing.wordpress.reader import Export
from broadsheet.stories.models import StaticPage, Story
from tests.importing.public_bytes import public_bytes
from tests.importing.restoring.test_restoring import forget_everything

from .conftest import FIXTURES

SITES = [
    "wxr/real/abhinemani-crlf.xml", "wxr/real/philagov-custom-types.xml", "wxr/real/filmwallaa-reviews.xml",
    "wxr/real/thenocturnalsilence-de-custom-taxonomies.xml", "wxr/real/hsoub-news-ar.xml", "ghost/whoisnnamdi-ghost4.8-mobiledoc.json",
    "ghost/nsisong-ghost6.26-lexical.json", "ghost/ghostcore-v3_export.json",
]  # fmt: skip
QUICK = {"wxr/real/abhinemani-crlf.xml", "ghost/ghostcore-v3_export.json"}
pytestmark = pytest.mark.django_db


def old_addresses() -> list[str]:
    """Numbers, former slugs, the addresses themselves, and archives of terms, as the old site had them."""
    items = SourceItem.objects.filter(site__in=SourceSite.objects.brought_in()).order_by("pk")
    asked = [f"/?p={number}" for number in items.values_list("source_id", flat=True)[:150] if number.isdecimal()]
    asked += [f"/{slug}/" for slug in FormerSlug.objects.order_by("pk").values_list("slug", flat=True)[:50]]
    asked += [path for path in items.values_list("old_path", flat=True)[:150] if path]
    terms = SourceTerm.objects.order_by("pk").values_list("taxonomy", "slug")[:100]
    return asked + [f"/{'tag' if taxonomy == 'post_tag' else taxonomy}/{slug}/" for taxonomy, slug in terms]


def answers(asked: list[str]) -> dict[str, str]:
    """Status and destination of each."""
    client = Client(SERVER_NAME="127.0.0.1")
    return {address: f"{(answer := client.get(address)).status_code} {answer.headers.get('Location', '')}" for address in asked}


@pytest.mark.parametrize("name", [pytest.param(name, marks=[] if name in QUICK else [pytest.mark.long]) for name in SITES])
def test_out_and_in_again(name: str, tmp_path: Path) -> None:
    file = FIXTURES.parent / name
    if not file.is_file():
        pytest.skip(f"needs ../shared/fixtures/{name}")
    source: Any = GhostExport([file]) if name.startswith("ghost/") else Export([file])
    assert Loader(source).run().differences == []
    before, asked = public_bytes(), old_addresses()
    answered = answers(asked)
    assert Story.objects.filter(live=True).exists() and any(answer.startswith("301") for answer in answered.values())
    base = SourceSite.objects.brought_in().get().base_url or "https://tern.example"
    jsonlines.write(tmp_path / "json", Archive(), base=base)
    wordpress.write(tmp_path / "wxr", Archive(), base=base)
    for export in (Folder(tmp_path / "json"), Wxr(tmp_path / "wxr/export.xml", None)):
        forget_everything()
        here = load.restore(export)
        assert {kind: here[kind] for kind in export.counts} == export.counts
        after = public_bytes()
        assert sorted(before) == sorted(after)
        assert [address for address in before if before[address] != after[address]] == []
        assert answers(asked) == answered


@pytest.mark.parametrize("name", ["wxr/real/abhinemani-crlf.xml"])
def test_a_system_without_our_notes_is_told_numbers_and_former_slugs(name: str, tmp_path: Path) -> None:
    """What WordPress itself, or any other reader of WXR, makes of the export: without a word of what is ours alone in it."""
    file = FIXTURES.parent / name
    if not file.is_file():
        pytest.skip(f"needs ../shared/fixtures/{name}")
    Loader(Export([file])).run()
    there = set(SourceItem.objects.filter(page__live=True).values_list("source_id", "page__slug", "type"))
    texts = set(Story.objects.values_list("title", "permalink"))
    wordpress.write(tmp_path, Archive(), base=SourceSite.objects.brought_in().get().base_url)
    whole = (tmp_path / "export.xml").read_text()
    bare = re.sub(
        r"<wp:(postmeta|termmeta)><wp:meta_key>(?:<!\[CDATA\[)?_broadsheet\b.*?</wp:\1>|<broadsheet:(\w+)>.*?</broadsheet:\2>",
        "",
        whole,
        flags=re.S,
    )
    assert "_broadsheet" not in bare
    (tmp_path / "bare.xml").write_text(bare)
    forget_everything()
    report = Loader(Export([tmp_path / "bare.xml"])).run()
    assert report.differences == []
    assert set(SourceItem.objects.filter(page__live=True).values_list("source_id", "page__slug", "type")) == there
    assert set(Story.objects.values_list("title", "permalink")) == texts
    assert StaticPage.objects.count() == report.items["page"].imported
