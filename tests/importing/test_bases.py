"""Bases of categories and tags, read from links, or told by an option."""

from __future__ import annotations

import pytest

from broadsheet.importing.commands import import_wordpress
from broadsheet.importing.load import Loader
from broadsheet.importing.models import SourceSite
from broadsheet.importing.wordpress.bases import Bases
from broadsheet.importing.wordpress.reader import Export

from .conftest import category, item, within

HEAD = category("coast", "Coast")
TERMS = within(("coast", "Coast")) + within(("ferries", "Ferries"), domain="post_tag")


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('<a href="https://tern.example/topics/coast/" rel="category tag">Coast</a>', ("topics", "")),
        ('<a rel="tag" href="/about/ferries/">Ferries</a>', ("", "about")),
        (
            '<!-- wp:navigation-link {"label":"C","type":"category","url":"https://tern.example/r/a/coast/","kind":"taxonomy"} /-->',
            ("r", ""),
        ),
        ('<!-- wp:navigation-link {"type":"tag","url":"https://www.tern.example/t/x/","kind":"taxonomy"} /-->', ("", "t")),
        ('<!-- wp:navigation-link {"type":"page","url":"https://tern.example/r/x/","kind":"post-type"} /-->', ("", "")),
        ('<a href="https://other.example/topics/coast/" rel="category tag">x</a>', ("", "")),
        ('<a href="https://tern.example/?cat=3" rel="category">x</a><a href="https://[" rel="tag">x</a>', ("", "")),
        ("<!-- wp:navigation-link {broken} /-->", ("", "")),
    ],
)
def test_links_show_bases(body, found) -> None:
    bases = Bases()
    bases.look_at(body, "https://tern.example")
    assert (bases.most("category"), bases.most("post_tag")) == found


@pytest.mark.django_db
def test_lists_below_another_base_are_answered(wxr, client, settings, tmp_path) -> None:
    settings.DATA = tmp_path
    link = '<p><a href="https://tern.example/rubrik/coast/" rel="category tag">Coast</a></p>'
    path = wxr(item("1", body=link, terms=TERMS), head=HEAD)
    Loader(Export([path])).run()
    assert (SourceSite.objects.get().category_base, SourceSite.objects.get().tag_base) == ("rubrik", "")
    assert client.get("/rubrik/coast/feed/")["Location"] == "/coast/feed/" and client.get("/category/coast/")["Location"] == "/coast/"
    assert import_wordpress([str(path), "--tag-base", "thema", "--report", str(tmp_path / "r.json")]) == 0
    assert (SourceSite.objects.get().category_base, SourceSite.objects.get().tag_base) == ("rubrik", "thema")
    assert client.get("/thema/ferries/page/2/")["Location"] == "/topics/ferries/"
    listed = (tmp_path / "r.addresses.jsonl").read_text()
    assert '"/rubrik/coast/"' in listed and '"/thema/ferries/"' in listed
