"""Every export there is: read completely, by counts and texts that were taken from the files without an XML parser."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from broadsheet.importing.load import Loader
from broadsheet.importing.records import ImportRefused, Item
from broadsheet.importing.wordpress.reader import Export

from .conftest import FIXTURES

FILES = sorted(FIXTURES.glob("*/*.xml"))
TRUTH = FIXTURES.parents[1] / "tools" / "truth_wxr.py"
REFUSED = {
    "importer-tests/malformed-simple.xml": "cut off",  # Ends in the middle of its only item: nothing to import.
    "not-wxr/18mr-jekyll-template-named-export.xml": "template",
    "not-wxr/cloudinesia-rss-named-wp.xml": "RSS feed",
}
"""All that cannot be imported; every other file comes in."""
SPACED = "importer-tests/namespace-"
"""The truth's expressions see tags without attributes only, so these are counted without their `xmlns:` attributes."""
DIFFERENT: dict[str, dict[str, object]] = {
    # Another prefix for WordPress's namespace is WordPress's, another namespace for the prefix is not.
    "importer-tests/namespace-edge-cases.xml": {"terms": 2, "unique_ids": 6},
    # The truth looks for terms before the first item only.
    "importer-tests/namespace-complex.xml": {"terms": 1},
    # Links without a domain are not in the truth.
    "official/theme-preview.xml": {"term_links": {"category": 15}},
    # Each tag is linked twice, once without its slug, under the old name of the taxonomy.
    "importer-tests/valid-wxr-1.0.xml": {"term_links": {"category": 3, "post_tag": 4}},
    # Links that an item has twice are one.
    "tool-fixtures/ghostmigrate-wp-xml-co-authors-plus.xml": {"term_links": {"post_tag": 1, "author": 8}},
    # One item in two languages: the picture of the other one is in the other story.
    "tool-fixtures/nikola-wordpress_qtranslate_item_modernized.xml": {"img_tags": 1},
    # An attachment without a status; a link that items have twice.
    "real/mustafatarcan-tr-nonwp-writer.xml": {
        "status": {"attachment/inherit": 239, "post/publish": 126, "page/publish": 1},
        "term_links": {"category": 457, "post_tag": 293},
    },
}
APPROVED = {"1": "approved", "0": "pending", "spam": "spam", "trash": "trash", "post-trashed": "trash", "": "approved"}

pytestmark = pytest.mark.skipif(not FILES or not TRUTH.is_file(), reason="needs ../shared/fixtures/wxr and ../shared/tools")


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.fixture(scope="module")
def truth(tmp_path_factory) -> dict[str, dict[str, object]]:
    folder, paths = tmp_path_factory.mktemp("plain"), {}
    for path in FILES:
        name = name_of(path)
        paths[name] = path
        if name.startswith(SPACED):
            paths[name] = folder / path.name
            paths[name].write_text(re.sub(r'\s+xmlns(:\S+)?="[^"]*"', "", path.read_text("utf-8")), "utf-8")
    done = subprocess.run([sys.executable, TRUTH, *paths.values()], capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    return {name: told[str(path)] for name, path in paths.items()}


def expected(found: dict[str, object]) -> dict[str, object]:
    keys = ("items", "types", "status", "creators", "authors", "term_links", "comments", "comment_types", "unique_ids", "noslug",
            "untitled_published", "published_posts", "block_openers", "img_tags")  # fmt: skip
    approved = Counter()
    for status, count in found["comment_approved"].items():
        approved[APPROVED[status]] += count
    terms = found["categories"] + found["tags"] + found["terms"]
    return {key: found[key] for key in keys} | {"terms": terms, "comment_approved": dict(approved)}


def counted(export: Export, items: list[Item]) -> dict[str, object]:
    survey = export.survey
    public = [i for i in items if i.type == "post" and i.status == "publish"]
    comments = [c for i in items for c in i.comments]
    return {
        "items": len(items),
        "types": dict(survey.types),
        "status": dict(Counter(f"{i.type}/{i.status}" for i in items)),
        "creators": sorted({i.creator for i in items}),
        "authors": survey.author_entries,
        "terms": survey.term_entries,
        "term_links": dict(Counter(link.taxonomy for i in items for link in i.terms)),
        "comments": sum(survey.comments.values()),
        "comment_types": dict(Counter(c.kind for c in comments)),
        "comment_approved": dict(Counter(c.status for c in comments)),
        "unique_ids": len({i.source_id if i.has_id else "" for i in items}),
        "noslug": sum(not i.slug for i in items),
        "untitled_published": sum(not i.title for i in public),
        "published_posts": len(public),
        "block_openers": sum(i.body.count("<!-- wp:") for i in items),
        "img_tags": sum(len(re.findall(r"<img\b", i.body)) for i in items),
    }


def bodies(path: Path) -> list[str]:
    """What stands in `content:encoded`, by the text of the file alone."""
    found = []
    for item in re.findall(r"<item(?:\s[^>]*)?>.*?</item>", path.read_text("utf-8", "replace"), re.S):
        body = re.search(r"<content:encoded>(.*?)</content:encoded>", item, re.S)
        inner = body[1].strip() if body else ""
        if inner.startswith("<![CDATA["):
            inner = re.sub(r"\]\]>(\s*)<!\[CDATA\[", r"\1", inner.replace("]]]]><![CDATA[>", "]]\0>"))[9:-3].replace("]]\0>", "]]>")
        else:
            inner = html.unescape(inner)
        found.append(inner)
    return found


def words(text: str) -> str:
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", text).strip()


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_export_is_read_completely(path, truth) -> None:
    name = name_of(path)
    if name in REFUSED:
        with pytest.raises(ImportRefused, match=REFUSED[name]):
            Export([path])
        return
    export = Export([path])
    items = list(export.items())
    assert not export.survey.damaged
    # What one item says in several languages is a story for each; the file holds one item.
    whole = [item for item in items if "@" not in item.type]
    export.survey.types = Counter({kind: count for kind, count in export.survey.types.items() if "@" not in kind})
    assert counted(export, whole) == expected(truth[name]) | DIFFERENT.get(name, {})
    split = {item.source_id.partition("@")[0] for item in items if "@" in item.type}
    assert len(whole) == len(bodies(path))
    for item, body in zip(whole, bodies(path), strict=True):
        if item.source_id not in split:
            assert words(item.body) == words(body)


def test_the_list_of_refusals_names_files_that_exist() -> None:
    assert {*REFUSED, *DIFFERENT} <= {name_of(path) for path in FILES}
    assert len(FILES) >= 90


@pytest.mark.django_db
@pytest.mark.skipif("BROADSHEET_EVERY_EXPORT" not in os.environ, reason="takes minutes; set BROADSHEET_EVERY_EXPORT=1")
@pytest.mark.parametrize("path", [path for path in FILES if name_of(path) not in REFUSED], ids=name_of)
def test_every_export_is_imported(path) -> None:
    report = Loader(Export([path])).run()
    assert report.differences == []
    assert sum(tally.in_file for tally in report.items.values()) == len(list(Export([path]).items()))
