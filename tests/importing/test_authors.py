"""Authors of an export: in its order, each once, found by what stands for them in bylines; however many, in the same memory."""

from __future__ import annotations

import pytest
from django.utils.text import slugify

from broadsheet.importing.ledger import Ledger
from broadsheet.importing.models import ImportRun, SourceSite
from broadsheet.importing.records import Author
from broadsheet.importing.signers import REMEMBERED, Signers
from broadsheet.people.models import Person


def ledger(*authors: Author) -> Ledger:
    made = Ledger()
    for author in authors:
        made.add_author(author)
    made.authors.name_by(lambda login: slugify(login, allow_unicode=True))
    return made


def test_each_once_in_the_order_of_the_export() -> None:
    held = ledger(Author("zoe", "Zoe Holm", "z@bench.example"), Author("ada", "Ada Holm"))
    assert not held.add_author(Author("zoe", "Another"))
    assert list(held.authors) == ["zoe", "ada"] and len(held.authors) == 2
    assert held.authors["zoe"] == Author("zoe", "Zoe Holm", "z@bench.example")
    assert "ada" in held.authors and held.authors.get("bo") is None
    assert [[author.login for author in batch] for batch in held.authors.batches(1)] == [["zoe"], ["ada"]]


def test_what_stands_for_them_in_bylines() -> None:
    held = ledger(Author("Ada.Holm", "Ada Holm"), Author("bo", "Bo"), Author("bo2", "BO"), Author("adaholm", "Cy"))
    # Two logins are the same word in addresses: the first of them.
    assert held.authors.alias("adaholm") == "Ada.Holm"
    assert held.authors.alias("ada holm") == "Ada.Holm" and held.authors.alias("cy") == "adaholm"
    # Two have this name, and one has it for a login.
    assert held.authors.alias("bo") == "bo" and held.authors.alias("nobody") is None


@pytest.mark.django_db
def test_who_they_are_here_is_asked_for_once(django_assert_num_queries) -> None:
    site = SourceSite.objects.create(key="tern.example")
    run = ImportRun.objects.create(site=site, fingerprint="x")
    ada = Person.objects.create(name="Ada Holm", slug="ada-holm")
    site.people.create(login="ada", person=ada, run=run, outcome="imported")
    site.people.create(login="bo", person=ada)
    signers = Signers(site, run)
    with django_assert_num_queries(1):
        signers.look_up(["ada", "bo", "cy"])
        assert signers["ada"] == ada.pk and "cy" not in signers
        assert (signers.outcome("ada"), signers.outcome("bo"), signers.outcome("cy")) == ("imported", "unchanged", "unchanged")
    with pytest.raises(KeyError):
        signers["cy"]
    for number in range(REMEMBERED + 10):
        signers.remember(f"dan{number}", number)
    assert len(signers._known) <= REMEMBERED and signers["ada"] == ada.pk
