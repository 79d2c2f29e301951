"""What imports remembered goes out and comes in again: old addresses answer as before, and a newer export finds what is here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.utils import translation
from PIL import Image as Picture

from broadsheet.importing.addressbook import Addresses
from broadsheet.importing.export import jsonlines, wordpress
from broadsheet.importing.export.archive import Archive
from broadsheet.importing.load import Loader
from broadsheet.importing.models import SourceComment, SourceItem, SourceSite
from broadsheet.importing.records import ImportRefused
from broadsheet.importing.restoring import load
from broadsheet.importing.restoring.folder import Folder
from broadsheet.importing.restoring.wxr import Wxr
from broadsheet.importing.wordpress.reader import Export
from broadsheet.people.models import Publication
from broadsheet.stories.models import Galley, Story
from tests.importing.conftest import author, category, item, within
from tests.importing.public_bytes import public_bytes
from tests.importing.restoring.test_restoring import forget_everything, rewritten

pytestmark = pytest.mark.django_db


def meta(key: str, *values: str) -> str:
    return "".join(f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{value}</wp:meta_value></wp:postmeta>" for value in values)


def comment(id: str, approved: str, text: str = "So it is.") -> str:
    return (
        f"<wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_author>Bo</wp:comment_author><wp:comment_date_gmt>2024-03-06 10:00:00"
        f"</wp:comment_date_gmt><wp:comment_content>{text}</wp:comment_content><wp:comment_approved>{approved}</wp:comment_approved>"
        "<wp:comment_type></wp:comment_type><wp:comment_parent>0</wp:comment_parent></wp:comment>"
    )


@pytest.fixture
def site(wxr, tmp_path):
    """(file, uploads) of a small site that has had a life."""
    folder = tmp_path / "old-uploads" / "2024" / "03"
    folder.mkdir(parents=True)
    Picture.new("RGB", (600, 400), "navy").save(folder / "gale.jpg")
    file = "<wp:attachment_url>https://tern.example/wp-content/uploads/2024/03/gale.jpg</wp:attachment_url>"
    path = wxr(
        item("12", "Gale", creator="ada.holm", slug="gale", terms=within(("coast", "Coast")) + within(("ferries", "Ferries"), domain="post_tag"),
             meta={"_thumbnail_id": "16"}, more=meta("_wp_old_slug", "storm", "big-storm") + comment("5", "1") + comment("6", "0", "Not this")),
        item("13", "About", type="page", slug="about", link="https://tern.example/about-us/"),
        item("14", "Secret", status="private", slug="secret", link="https://tern.example/?p=14"),
        item("16", "gale", "", type="attachment", status="inherit", slug="gale-2", link="https://tern.example/2024/03/gale/gale-2/",
             meta={"_wp_attached_file": "2024/03/gale.jpg"}, more=file + "<wp:post_parent>12</wp:post_parent>"),
        head=author("ada.holm", "Ada Holm").replace("<wp:author>", "<wp:author><wp:author_id>7</wp:author_id>")
        + category("coast", "Coast").replace("<wp:category>", "<wp:category><wp:term_id>4</wp:term_id>"),
    )  # fmt: skip
    return path, tmp_path / "old-uploads"


def brought_in(path: Path, uploads: Path | None) -> Loader:
    loader = Loader(Export([path]), media=uploads)
    loader.run()
    return loader


def out_and_in(kind: str, folder: Path) -> None:
    """Everything out, everything forgotten, everything in."""
    writer = {"json": jsonlines, "wordpress": wordpress}[kind]
    writer.write(folder, Archive(), base="https://new.example")
    forget_everything()
    export = Folder(folder) if kind == "json" else Wxr(folder / "export.xml", None)
    here = load.restore(export)
    assert {name: here[name] for name in export.counts} == export.counts


def differing(before, after):
    """The lines that one of two publications has and not the other, a few of each address."""
    return [
        (address, sorted(set(before.get(address, "").split("\n")) ^ set(after.get(address, "").split("\n")))[:4])
        for address in sorted({*before, *after})
        if before.get(address) != after.get(address)
    ]


def answers(client, lines):
    found = {}
    for line in lines:
        response = client.get(line["address"])
        found[line["address"]] = (response.status_code, response.get("Location", ""))
    return found


@pytest.mark.parametrize("kind", ["json", "wordpress"])
def test_old_addresses_answer_and_the_same_import_changes_nothing(kind, site, client, tmp_path):
    first = brought_in(*site)
    lines = list(Addresses(first.source, first.site).lines())
    before, public = answers(client, lines), public_bytes()
    assert before["/?p=12"][0] == before["/2024/03/storm/"][0] == before["/wp-content/uploads/2024/03/gale-300x200.jpg"][0] == 301
    out_and_in(kind, tmp_path / "out")
    assert answers(client, lines) == before
    assert differing(public, public_bytes()) == []
    assert {c.text: c.status for c in SourceComment.objects.all()} == {"So it is.": "approved", "Not this": "pending"}
    report = brought_in(*site).report
    assert report.differences == []
    tallies = [*report.items.values(), report.comments, report.authors, report.terms, report.media]
    assert sum(tally.imported + tally.updated for tally in tallies) == 0
    assert sum(tally.unchanged for tally in tallies) == 9
    assert differing(public, public_bytes()) == []


def test_a_newer_export_changes_what_nobody_edited_here_before_or_after(site, tmp_path):
    brought_in(*site)
    about = SourceItem.objects.get(source_id="13").page.specific
    about.title = "About the Tern"
    about.save_revision().publish()
    out_and_in("json", tmp_path / "out")
    path, uploads = site
    path.write_text(path.read_text().replace("<title>Gale<", "<title>Gale over<").replace("<title>About<", "<title>About them<"))
    brought_in(path, uploads)
    assert Story.objects.get(slug="gale").title == "Gale over"
    assert SourceItem.objects.get(source_id="13").page.title == "About the Tern"
    assert Story.objects.count() == 2


def test_the_number_of_a_page_in_an_export_is_no_old_address(make_story, client, tmp_path):
    number = make_story().pk
    out_and_in("json", tmp_path / "out")
    assert client.get(f"/?p={number}").status_code == 200
    assert client.get("/wp-rss2.php").status_code == 404
    assert SourceSite.objects.brought_in().count() == 0


def test_wordpress_gets_numbers_and_former_slugs_back(site, make_story, tmp_path):
    brought_in(*site)
    later = make_story("Later")
    wordpress.write(tmp_path / "out", Archive(), base="https://new.example")
    survey = Export([tmp_path / "out" / "export.xml"])
    items = {one.title: one for one in survey.items()}
    assert (items["Gale"].source_id, items["Gale"].former_slugs) == ("12", ("storm", "big-storm"))
    assert items["Later"].source_id not in {one.source_id for title, one in items.items() if title != "Later"}
    assert items["Later"].source_id in (str(later.pk), str(3_000_000_000 + later.pk))


def test_an_interrupted_way_back_goes_on(site, client, tmp_path, monkeypatch):
    first = brought_in(*site)
    lines = list(Addresses(first.source, first.site).lines())
    before = answers(client, lines)
    jsonlines.write(tmp_path / "out", Archive(), base="https://new.example")
    forget_everything()
    monkeypatch.setattr(load, "BATCH", 2)
    real, calls = load.remembered.load, []

    def stop(batch, here):
        calls.append(batch)
        if len(calls) == 3:
            raise KeyboardInterrupt
        real(batch, here)

    monkeypatch.setattr(load.remembered, "load", stop)
    with pytest.raises(KeyboardInterrupt):
        load.restore(Folder(tmp_path / "out"))
    monkeypatch.setattr(load.remembered, "load", real)
    load.restore(Folder(tmp_path / "out"))
    assert answers(client, lines) == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"what": "secret"}, "not one of"), ({"site": "export:x"}, "no key of a site"), ({"page": "12"}, "no whole number"),
        ({"held": "x"}, "not one of"),
    ],
)  # fmt: skip
def test_what_no_export_of_ours_says_is_refused(site, tmp_path, change, said):
    brought_in(*site)
    jsonlines.write(tmp_path / "out", Archive(), base="https://new.example")
    forget_everything()
    rewritten(tmp_path / "out", "sources", lambda record: record["what"] == "item" and record.update(change))
    with pytest.raises(ImportRefused, match=said):
        load.restore(Folder(tmp_path / "out"))


def test_an_export_of_before_this_was_written_comes_in(make_story, tmp_path):
    make_story()
    folder = tmp_path / "out"
    jsonlines.write(folder, Archive(), base="https://new.example")
    forget_everything()
    (folder / "sources.jsonl").unlink()
    head = json.loads((folder / "site.json").read_text())
    del head["counts"]["sources"]
    (folder / "site.json").write_text(json.dumps(head))
    assert load.restore(Folder(folder))["stories"] == 1


@pytest.mark.parametrize("name", ["real/hsoub-news-ar.xml", pytest.param("real/cactifans-zh.xml", marks=pytest.mark.long)])
def test_real_sites_come_back_as_they_were(name, fixtures, client, tmp_path):
    path = fixtures / name
    first = brought_in(path, None)
    # Of each kind some: asking for all takes a minute.
    lines = list(Addresses(first.source, first.site).lines())[::9]
    before, public = answers(client, lines), public_bytes()
    assert sum(status == 301 for status, _to in before.values()) > 20
    out_and_in("json", tmp_path / "out")
    assert differing(public, public_bytes()) == []
    assert answers(client, lines) == before
    report = brought_in(path, None).report
    assert sum(tally.imported + tally.updated for tally in (*report.items.values(), report.comments, report.authors, report.terms)) == 0
    assert differing(public, public_bytes()) == []


def test_words_of_ours_in_a_body_are_the_publications_whoever_publishes(front, make_story):
    paper = Publication.objects.get()
    paper.language = "zh-CN"
    paper.save()
    with translation.override("ur"):
        story = make_story()
        story.body.append(("code", {"language": "", "text": "x = 1"}))
        story.save_revision().publish()
    assert 'aria-label="代码"' in Galley.objects.get(pk=story.pk).body_html
