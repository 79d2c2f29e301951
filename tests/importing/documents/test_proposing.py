"""What a read document proposes: on the reference page, the spokesman's statements and the summits that were held, cancelled and hoped for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from broadsheet.importing.documents.commands import read_documents
from broadsheet.importing.documents.proposing import counted, proposed
from broadsheet.importing.documents.reading import read
from broadsheet.record.proposing import Kind, State

SEED = Path(__file__).resolve().parents[4] / "shared" / "reference" / "seed.txt"
OWN = "Ferry talks\n\n17 November 2025\n\nAda Holm, the harbour master, said the ferry would sail. The talks in Oslo were cancelled on Sunday.\n\nNobody complained at all."


@pytest.fixture
def seed():
    if not SEED.is_file():
        pytest.skip("needs ../shared/reference/seed.txt")
    return read("seed.txt", SEED.read_bytes())


def test_the_spokesman_of_the_reference_page(seed):
    text, found = proposed(seed)
    his = [one for one in found if one.kind == Kind.STATEMENT and one.speaker and one.speaker.name == "Dmitry Peskov"]
    assert len(his) == 6 and not any(one.quoted for one in his)
    assert {one.speaker.role for one in his} == {"Kremlin spokesperson"}
    assert [one.cue.text for one in his] == ["said", "emphasized", "noted", "stressed", "said", "adding"]
    assert his[1].speaker.text == "He" and all(one.speaker.text == "Peskov" for one in his[2:5])
    first, second = text.index("it was difficult to predict"), text.index("both governments agreed")
    assert (his[0].start, his[1].start) == (first, second) and text[his[1].end :].startswith(".")


def test_the_summits_of_the_reference_page(seed):
    _text, found = proposed(seed)
    events = {one.state: one for one in found if one.kind == Kind.EVENT}
    assert len([one for one in found if one.kind == Kind.EVENT]) == 3
    held, cancelled, hoped = (events[state] for state in (State.HAPPENED, State.CANCELLED, State.HOPED))
    assert (held.place.text, held.when.date) == ("Alaska", "2025-08")
    assert cancelled.place.text == "Budapest"
    assert hoped.what.startswith("summit between") and hoped.what.endswith("Donald Trump") and hoped.place is None


def test_the_sunday_and_the_place_of_the_reference_page(seed):
    _text, found = proposed(seed)
    assert any(
        one.kind == Kind.STATEMENT and one.when and one.when.date == "2025-11-16" and one.speaker.name == "Donald Trump" for one in found
    )
    assert any(one.kind == Kind.STATEMENT and one.place and one.place.text == "Moscow" and one.speaker.text == "analysts" for one in found)


def test_json_has_them_and_the_body_has_none_of_it(tmp_path, capsys):
    path = tmp_path / "ferry.txt"
    path.write_text(OWN, encoding="utf-8")
    assert read_documents([str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    kinds = [one["kind"] for one in told["proposals"]]
    assert "statement" in kinds and "event" in kinds
    said = next(one for one in told["proposals"] if one["kind"] == "statement")
    assert said["words"] == ["the ferry would sail"] and said["speaker"]["name"] == "Ada Holm" and said["cue"] == "said"
    assert "proposals" not in json.dumps(told["body"]) and "<mark" not in json.dumps(told["body"])
    assert counted(read("ferry.txt", OWN.encode())) == "1 statement, 1 event"


def test_the_language_is_told_by_the_text():
    draft = read("bac.txt", "Le bac\n\nLe maire a dit que le bac partirait demain, et que tout le monde serait à bord.".encode())
    assert counted(draft) == "1 statement"
