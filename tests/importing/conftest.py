"""Tiny exports, written by the tests, one oddity at a time."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from django.db import connection

from tests.migrated import kept

FIXTURES = Path(__file__).resolve().parents[3] / "shared" / "fixtures" / "wxr"
HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>The Tern</title><link>https://tern.example</link><description>Coast and sea</description><language>{language}</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>{base}</wp:base_blog_url>
"""


def item(
    id: str = "1",
    title: str = "A story",
    body: str = "Some text.",
    *,
    type: str = "post",
    status: str = "publish",
    slug: str | None = None,
    date: str = "2024-03-05 10:00:00",
    gmt: str | None = None,
    link: str | None = None,
    creator: str = "ada",
    terms: str = "",
    meta: dict[str, str] | None = None,
    more: str = "",
) -> str:
    """One `<item>`."""
    slug = f"story-{id}" if slug is None else slug
    link = f"https://tern.example/2024/03/{slug}/" if link is None else link
    rows = "".join(
        f"<wp:postmeta><wp:meta_key>{k}</wp:meta_key><wp:meta_value><![CDATA[{v}]]></wp:meta_value></wp:postmeta>"
        for k, v in (meta or {}).items()
    )
    return f"""<item><title>{escape(title)}</title><link>{escape(link)}</link><dc:creator><![CDATA[{creator}]]></dc:creator>
<guid isPermaLink="false">https://tern.example/?p={id}</guid><content:encoded><![CDATA[{body}]]></content:encoded>
<excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>{id}</wp:post_id><wp:post_date>{date}</wp:post_date>
<wp:post_date_gmt>{date if gmt is None else gmt}</wp:post_date_gmt><wp:post_name>{slug}</wp:post_name><wp:status>{status}</wp:status>
<wp:post_type>{type}</wp:post_type>{terms}{rows}{more}</item>
"""


def author(login: str, name: str) -> str:
    """One `<wp:author>`."""
    return f"<wp:author><wp:author_login>{login}</wp:author_login><wp:author_display_name>{name}</wp:author_display_name></wp:author>"


def category(slug: str, name: str, parent: str = "") -> str:
    """One `<wp:category>`."""
    return (
        f"<wp:category><wp:category_nicename>{slug}</wp:category_nicename><wp:category_parent>{parent}</wp:category_parent>"
        f"<wp:cat_name>{name}</wp:cat_name></wp:category>"
    )


def within(*categories: tuple[str, str], domain: str = "category") -> str:
    """Links of an item to its terms."""
    return "".join(f'<category domain="{domain}" nicename="{slug}">{name}</category>' for slug, name in categories)


@pytest.fixture
def wxr(tmp_path: Path) -> Callable[..., Path]:
    """Writes an export: `wxr(item(), item("2"), head=author("ada", "Ada Holm"))`."""
    numbers: Iterator[int] = iter(range(1000))

    def write(*items: str, head: str = "", base: str = "https://tern.example", language: str = "en-US", name: str = "") -> Path:
        path = tmp_path / (name or f"export-{next(numbers)}.xml")
        path.write_text(HEAD.format(base=base, language=language) + head + "".join(items) + "</channel></rss>\n", encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def fixtures() -> Path:
    """The folder of real exports; the test skips where it is not."""
    if not FIXTURES.is_dir():
        pytest.skip("needs ../shared/fixtures/wxr")
    return FIXTURES


@pytest.fixture(scope="session", autouse=True)
def empty_database(django_db_setup, tmp_path_factory) -> Path | None:
    """A copy of the database before any test: one that rolls nothing back leaves it without what migrations made. SQLite only."""
    # Where no test asks the database, none is made.
    if connection.vendor != "sqlite" or not kept().exists():
        return None
    return Path(shutil.copy(kept(), tmp_path_factory.mktemp("empty") / "empty.sqlite3"))
