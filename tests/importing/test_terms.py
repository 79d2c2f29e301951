"""Terms of an export: in its order, each once, found by what stands for them; however many, in the same memory."""

from __future__ import annotations

from broadsheet.importing.ledger import Ledger
from broadsheet.importing.records import Term

COAST = Term("category", "coast", "Coast", parent="news", description="Of the sea", meta={"colour": "blü"}, source_id="7")


def ledger(*terms: Term) -> Ledger:
    made = Ledger()
    for term in terms:
        made.add_term(term)
    return made


def test_each_once_in_the_order_of_the_export() -> None:
    held = ledger(Term("post_tag", "sea", "Sea"), COAST)
    assert not held.add_term(Term("post_tag", "sea", "Another")) and held.add_term(Term("category", "sea", "Sea"))
    assert list(held.terms) == [("post_tag", "sea"), ("category", "coast"), ("category", "sea")] and len(held.terms) == 3
    assert held.terms["category", "coast"] == COAST and held.terms["post_tag", "sea"].name == "Sea"
    assert ("category", "coast") in held.terms and held.terms.get(("post_tag", "coast")) is None
    assert [[term.name for term in batch] for batch in held.terms.batches(2)] == [["Sea", "Coast"], ["Sea"]]


def test_of_two_with_one_id_the_last_is_meant() -> None:
    held = ledger(Term("post_tag", "sea", "Sea", source_id="7"), COAST, Term("post_tag", "bay", "Bay"))
    assert held.terms.numbered("7") == COAST
    assert held.terms.numbered("8") is None and held.terms.numbered("") is None


def test_categories_that_stand_in_no_other() -> None:
    held = ledger(Term("category", "news", "News"), COAST, Term("post_tag", "sea", "Sea"), Term("category", "art", "Art"))
    assert list(held.terms.top_names()) == ["News", "Art"]


def test_an_export_does_not_hold_them() -> None:
    held = ledger(*(Term("post_tag", f"t{number}", "T") for number in range(1200)))
    batches = held.terms.batches(500)
    assert [len(batch) for batch in batches] == [500, 500, 200]
    assert not any(isinstance(kept, (dict, list)) and len(kept) > 100 for kept in [*vars(held).values(), *vars(held.terms).values()])
