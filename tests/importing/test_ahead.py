"""What is finished while the export is still read is what would be made of it afterwards."""

from __future__ import annotations

import pickle
import queue
import time
from pathlib import Path

import pytest

from broadsheet.conf import options
from broadsheet.importing import ahead, load, preparing
from broadsheet.importing.ahead import Ahead, Kept, opened
from broadsheet.importing.finishing import Finish
from broadsheet.importing.mapping import Counterparts
from broadsheet.importing.models import SourceItem, SourceSite
from broadsheet.importing.preparing import Prepared, Where, prepare
from broadsheet.importing.shelf import Shelf
from broadsheet.importing.wordpress.reader import Export, blocks_of

from .conftest import item

pytestmark = pytest.mark.django_db
ALONE = {
    "1": "London – It <b>rained</b>.\n\n<h2>Then</h2>\n\nNot.",
    "2": '<!-- wp:paragraph -->\n<p>See <a href="https://tern.example/x/">there</a>.</p>\n<!-- /wp:paragraph -->',
    "3": "<blockquote>Well.<cite>Bo</cite></blockquote>\n\n[unheard of=“it”]\n\nhttps://vimeo.com/1234",
}
NOT_YET = {
    "4": '<p>Seen.</p><figure><img class="wp-image-9" src="https://tern.example/wp-content/uploads/2024/9.jpg"></figure>',
    "5": '<p>Seen.</p><img src="https://tern.example/wp-content/uploads/2024/9.jpg">',
    "6": '[gallery ids="9"]',
    "7": "[gallery]",
    "8": '<!-- wp:block {"ref":77} /-->',
}


def surveyed(path: Path) -> tuple[Export, Ahead, Shelf]:
    told: list[Ahead] = []
    export = Export([path], known=lambda survey, bodies: told.append(_plan(survey, bodies)))
    ledger = export.survey.ledger
    ledger.want(entry for batch in ledger.batches(10) for entry in batch)
    pickle.dumps(export)  # As it is sent to the other process, which sees all of it then.
    looked = iter([False] * 20)
    return export, told[0], ahead.go(told[0], lambda _seconds: next(looked, True))


def _plan(survey, bodies) -> Ahead:
    plan = ahead.plan(survey, bodies)
    assert plan
    return pickle.loads(pickle.dumps(plan))


def site(wxr, *more: str) -> Path:
    return wxr(
        *(item(n, body=body) for n, body in {**ALONE, **NOT_YET}.items()), item("9", type="attachment"), item("77", type="wp_block"), *more
    )


def test_it_is_what_would_be_made_later(wxr, front) -> None:
    export, plan, shelf = surveyed(site(wxr, item("20", body="London – A page.", type="page"), item("21", status="trash")))
    kept, finish = Kept(shelf, Counterparts()), Finish(export, Where("", {}, Counterparts(), plan.language, False))
    later = {one.entry.source_id: one for one in finish(list(prepare(export)))}
    early = {pk: opened(done, export.dated) for pk, one in later.items() if (done := kept.of(one.entry))}
    assert early.keys() >= {*ALONE, "20"} and not early.keys() & {*NOT_YET, "21"}, "only what needs nothing that may come later"
    for pk, (entry, read, unknown, made) in early.items():
        assert Prepared(entry, read, [], unknown, made) == later[pk]
    assert early["1"][3].dateline == "London" and early["20"][3].dateline == "" and early["3"][2]
    mixed = finish(list(prepare(export, kept)))
    assert [one.entry for one in mixed] == [one.entry for one in later.values()], "in the order of the file, done ahead or not"
    assert sum(isinstance(one, ahead.Early) for one in mixed) == len(early)


def test_what_turns_out_to_be_a_page_is_made_anew(wxr, front) -> None:
    export, _plan, shelf = surveyed(site(wxr))
    entries = [one.entry for one in prepare(export) if one.entry.type == "post"]
    assert any(Kept(shelf, Counterparts()).of(entry) for entry in entries)
    assert not any(Kept(shelf, Counterparts({"post": "page"}, {})).of(entry) for entry in entries)


def test_a_site_that_is_here_is_not_done_ahead(wxr, front) -> None:
    told = []
    path = wxr(item("1"))
    key = Export([path], known=lambda survey, bodies: told.append(ahead.plan(survey, bodies))).survey.site.key
    SourceItem.objects.create(site=SourceSite.objects.create(key=key), source_id="1", type="post")
    Export([path], known=lambda survey, bodies: told.append(ahead.plan(survey, bodies)))
    assert told[0] and told[0].bodies is blocks_of and told[1] is None


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_other_process_sends_it(wxr, front, monkeypatch, language) -> None:
    path = site(wxr)
    with preparing.Beside() as beside:
        export = Export([path], known=lambda survey, bodies: beside.go_ahead(_plan(survey, bodies)))
        ledger = export.survey.ledger
        ledger.settle()
        ledger.want(entry for batch in ledger.batches(10) for entry in batch)
        opened_here = []
        monkeypatch.setattr(preparing, "opened", lambda one, dated: opened_here.append(one.entry.source_id) or opened(one, dated))
        pickle.dumps(export)
        while not Path(ledger.early).exists() or Path(ledger.early).stat().st_size == 0:
            assert beside.process.poll() is None
            time.sleep(0.1)
        where = Where(str(options.database()["NAME"]), {}, Counterparts(), language, False)
        there = list(beside.prepare(export, where))
    here = Finish(export, where)(list(prepare(export)))
    assert there == here and all(one.ready for one in there)
    assert (opened_here != []) == (language == "en"), "another language than it was done in"


class TestShelf:
    def test_what_is_put_is_taken_in_order_and_again(self, tmp_path) -> None:
        shelf = Shelf(str(tmp_path / "s"))
        for place in (1, 4, 9):
            shelf.put(place, b"x" * place)
        assert [shelf.take(place) for place in range(11)] == [b"x" * n if n in (1, 4, 9) else None for n in range(11)]
        assert shelf.take(4) == b"xxxx" and pickle.loads(pickle.dumps(shelf)).take(9) == b"x" * 9

    def test_a_record_is_read_when_it_is_there_in_full(self, tmp_path) -> None:
        writes, reads = Shelf(str(tmp_path / "s")), Shelf(str(tmp_path / "s"))
        assert reads.next() is None
        writes.put(3, b"three")
        writes.flush()
        size = (tmp_path / "s").stat().st_size
        whole = (tmp_path / "s").read_bytes()
        for length in range(size):
            (tmp_path / "s").write_bytes(whole[:length])
            assert reads.next() is None
        (tmp_path / "s").write_bytes(whole)
        assert reads.next() == (3, b"three") and reads.next() is None

    def test_without_room_nothing_more_is_put(self, tmp_path) -> None:
        shelf = Shelf(str(tmp_path / "s"), room=5)
        for place, content in enumerate((b"four", b"four", b"1")):
            shelf.put(place, content)
        assert [shelf.take(place) for place in range(3)] == [b"four", None, None]


def test_a_whole_batch_may_wait_for_the_writer() -> None:
    """Else the other process stands still while a batch is written, and the writer while the rest of the next is made."""
    # A body crosses in several forms, with its text some six times.
    assert preparing.AHEAD > 6 * load.LARGE


def test_what_waits_is_measured_in_bytes() -> None:
    waiting = preparing._Parcels(100)
    for parcel in (b"a" * 60, b"b" * 60):
        waiting.put_nowait(parcel)
    with pytest.raises(queue.Full):
        waiting.put_nowait(b"c")
    assert waiting.get_nowait() == b"a" * 60
    waiting.put_nowait(b"")
    assert [waiting.get_nowait(), waiting.get_nowait()] == [b"b" * 60, b""] and waiting.empty()


def test_a_pipe_that_cannot_be_made_wider_does_as_it_is(wxr, front, monkeypatch) -> None:
    def refuse(*_asked):
        raise PermissionError

    monkeypatch.setattr(preparing.fcntl, "fcntl", refuse)
    with preparing.Beside() as beside:
        export = Export([site(wxr)])
        ledger = export.survey.ledger
        ledger.want(entry for batch in ledger.batches(10) for entry in batch)
        assert len(list(beside.prepare(export, None))) == len(ALONE) + len(NOT_YET) + 2
