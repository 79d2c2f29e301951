"""Datelines, measured on examples labelled by hand: most are found, and what is found is never wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadsheet.importing.datelines import split_dateline

LABELLED = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "datelines.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def begin(text: str, **options: bool) -> tuple[str, list[dict[str, object]]]:
    return split_dateline([{"type": "text", "value": f"<p>{text}</p><p>More.</p>", "id": "x"}], **options)


@pytest.mark.parametrize(("text", "place"), LABELLED)
def test_no_wrong_guess(text: str, place: str) -> None:
    found, body = begin(text)
    assert found in ("", place)
    if not found:
        assert body[0]["value"] == f"<p>{text}</p><p>More.</p>"


def test_most_are_found() -> None:
    wanted = [(text, place) for text, place in LABELLED if place]
    found = [text for text, place in wanted if begin(text)[0] == place]
    assert len(wanted) > 30
    assert len(found) / len(wanted) >= 0.95, sorted({text for text, _ in wanted} - set(found))


def test_the_text_goes_on_without_it() -> None:
    assert begin("LONDON (Reuters) — Shares fell.") == ("LONDON", [{"type": "text", "value": "<p>Shares fell.</p><p>More.</p>", "id": "x"}])


def test_emphasis_around_it_goes_too() -> None:
    found, body = begin("<b>LONDON</b> – Shares <i>fell</i>.")
    assert (found, body[0]["value"]) == ("LONDON", "<p>Shares <i>fell</i>.</p><p>More.</p>")


def test_a_newsroom_that_marks_its_reports_may_have_places_nobody_knows() -> None:
    assert begin("Port Salen – The port authority said so.")[0] == ""
    assert begin("Port Salen – The port authority said so.", marked=True)[0] == "Port Salen"
    assert begin("Qasr al-Nur – Ships pay less.", marked=True)[0] == "Qasr al-Nur"
    assert begin("پورٹ سیلن – حکام نے اعلان کیا۔", marked=True)[0] == "پورٹ سیلن"
    assert begin("Analysis – The port authority said so.", marked=True)[0] == ""
    assert begin("The new port of Salen – The end of a dream.", marked=True)[0] == ""


def test_a_body_without_text_has_none() -> None:
    assert split_dateline([]) == ("", [])
    assert split_dateline([{"type": "separator", "value": None, "id": "x"}])[0] == ""
