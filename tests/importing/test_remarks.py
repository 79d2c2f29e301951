"""What was odd is told by a run that was broken off and went on as by one that was not."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from broadsheet.fronts.models import FrontPage
from broadsheet.importing import files, load, turns
from broadsheet.importing.load import Loader
from broadsheet.importing.models import ImportRun, SourceMedia
from broadsheet.importing.wordpress.reader import Export

from .conftest import author, category, item, within

pytestmark = pytest.mark.django_db


class PowerCut(Exception):
    """Nothing of ours."""


@pytest.fixture
def odd_site(wxr):
    """Every remark that is made while loading, more than once, in several batches."""
    items = []
    for n in range(1, 10):
        body = f'<!-- wp:acme/box -->\n<p>Box {n}</p>\n<!-- /wp:acme/box -->\n<img src="https://tern.example/wp-content/uploads/a{n}.jpg">'
        meta = {"_yoast_wpseo_meta-robots-noindex": "1"} if n % 2 else {"_yoast_wpseo_canonical": f"https://other.example/{n}"}
        terms = within((f"r{n}", f"Region {n}"), domain="region") + within((f"late{n}", f"Late {n}"))
        items.append(item(str(n), "" if n % 3 == 0 else f"Story {n}", body, terms=terms, meta=meta))
    link = "https://tern.example/same/"
    items += [item(str(n), link=link) for n in (11, 12, 13)] + [item("14", status="private"), item("15", status="private")]
    items += [item("16", more="<wp:is_sticky>1</wp:is_sticky>"), item("17", type="review"), item("18", type="review")]
    items += [item(str(n), type="page", more="<wp:post_parent>999</wp:post_parent>") for n in (21, 22)]
    meta = "<wp:termmeta><wp:meta_key>colour</wp:meta_key><wp:meta_value>red</wp:meta_value></wp:termmeta>"
    head = (
        author("ada", "Ada") + category("people", "People") + category("media", "Media").replace("</wp:category>", f"{meta}</wp:category>")
    )
    head += "".join(f"<wp:tag><wp:tag_slug>t{n}</wp:tag_slug><wp:tag_name>T{n}</wp:tag_name>{meta}</wp:tag>" for n in range(3))
    return wxr(*items, head=head)


def account(path, monkeypatch, stop=None) -> dict[str, Any] | None:
    """The report of one run; None of one that was cut off when `stop` says so."""
    monkeypatch.setattr(load, "BATCH", 4)
    monkeypatch.setattr(turns, "SECONDS", 0)
    with monkeypatch.context() as patch:
        if stop:
            stop(patch)
        try:
            return Loader(Export([path])).run().as_json()
        except PowerCut:
            return None


def at_batch(number):
    def stop(patch) -> None:
        real, seen = Loader._load, []

        def load_(self, batch) -> None:
            seen.append(batch)
            real(self, batch)
            if len(seen) == number:
                raise PowerCut

        patch.setattr(Loader, "_load", load_)

    return stop


def at(name):
    def stop(patch) -> None:
        def cut(*args: object, **kwargs: object) -> None:
            raise PowerCut

        patch.setattr(load, name, cut)

    return stop


@pytest.fixture
def clean(odd_site, monkeypatch):
    with transaction.atomic():
        told = account(odd_site, monkeypatch)
        transaction.set_rollback(True)
    assert told
    return told


@pytest.mark.parametrize(
    "stops", [[at_batch(1)], [at_batch(3), at_batch(2)], [at("prepare_beside")], [at("show_comments")], [at("differences")]]
)
def test_nothing_is_told_less_or_twice(odd_site, clean, monkeypatch, stops) -> None:
    for stop in stops:
        assert account(odd_site, monkeypatch, stop) is None
    assert account(odd_site, monkeypatch) == clean
    counts = {one["what"]: one["count"] for one in clean["oddities"]}
    assert counts["block without a counterpart: acme/box (its text and pictures kept)"] == 9
    assert counts["meta of terms not brought in: colour"] == 4
    assert counts["two public items at one old address"] == 2 and counts["private: kept as a draft"] == 2
    assert counts["item without a title, headed by its first words"] == 3
    assert counts["section whose address is in use here for something else, changed"] == 2
    assert counts["page whose parent is not here, put at the top"] == 2 and counts["sticky, pinned on the front's lead"] == 1
    assert FrontPage.objects.get().containers.raw_data
    assert not ImportRun.objects.filter(finished=None).exists()


def test_another_run_tells_only_what_it_did_itself(odd_site, clean, monkeypatch) -> None:
    first = account(odd_site, monkeypatch)
    assert first == clean
    again = account(odd_site, monkeypatch)
    assert again and len(again["oddities"]) < len(clean["oddities"])
    assert "private: kept as a draft" not in {one["what"] for one in again["oddities"]}


def test_pictures_that_only_bodies_name_are_no_reason_to_read_all_again(wxr, tmp_path, monkeypatch) -> None:
    from PIL import Image as Picture

    (tmp_path / "uploads").mkdir()
    for n in range(1, 7):
        Picture.new("RGB", (60, 40), (n, 40, 90)).save(tmp_path / "uploads" / f"a{n}.jpg")
    path = wxr(*(item(str(n), "", f'<p>Rain {n}.</p><img src="https://tern.example/wp-content/uploads/a{n}.jpg">') for n in range(1, 7)))
    monkeypatch.setattr(load, "BATCH", 2)
    monkeypatch.setattr(turns, "SECONDS", 0)
    with monkeypatch.context() as patch, pytest.raises(PowerCut):
        at_batch(2)(patch)
        Loader(Export([path]), media=tmp_path / "uploads").run()
    assert SourceMedia.objects.filter(source_id__startswith=files.BY_ADDRESS).exclude(image=None).count() >= 2
    loader = Loader(Export([path]), media=tmp_path / "uploads")
    report = loader.run()
    assert loader.ledger.count_wanted() == 4
    assert [one.count for one in report.oddities if one.what.startswith("item without a title")] == [6]
