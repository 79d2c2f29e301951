"""Authors of the old site: many at once are who they would be one by one."""

from __future__ import annotations

import pytest
from wagtail.search.backends import get_search_backend

from broadsheet.importing import groups
from broadsheet.importing.load import Loader
from broadsheet.importing.models import SourcePerson
from broadsheet.importing.wordpress.reader import Export
from broadsheet.people.models import Person

from .conftest import author, item

pytestmark = pytest.mark.django_db
LOGINS = ("ada", "Ada", "ada-2", "ada.2", "bo", "آدا", "--", "!!", "c" * 260, "c" * 259)


def people() -> list[tuple[str, str, str]]:
    known = SourcePerson.objects.order_by("pk").values_list("login", "slug", "person_id")
    slugs = dict(Person.objects.values_list("pk", "slug"))
    return [(login, slug, slugs[pk]) for login, slug, pk in known]


@pytest.mark.parametrize("at_once", [3, 200])
def test_authors_are_met_as_one_by_one(wxr, front, monkeypatch, at_once) -> None:
    Person.objects.create(name="Bo, here before", slug="bo")
    logins = [login[:255] if login[0] != "c" else login[:250] + str(len(login)) for login in LOGINS]
    file = wxr(item(creator=""), head="".join(author(login, f"Of {login[:40]}") for login in logins))
    monkeypatch.setattr(groups, "BATCH", at_once)
    assert Loader(Export([file])).run().differences == []
    made = people()
    assert [login for login, _slug, _person in made] == logins
    assert {slug for _login, _slug, slug in made} >= {"ada", "ada-2", "ada-2-2", "bo-2", "آدا"}
    assert len({slug for _login, _slug, slug in made}) == len(logins)
    SourcePerson.objects.all().delete()
    Person.objects.exclude(slug="bo").delete()
    one = Loader(Export([file])).groups
    for login in logins:
        one.person(login, f"Of {login[:40]}")
    assert people() == made


def test_they_are_found_by_whoever_picks_a_person(wxr, front) -> None:
    Loader(Export([wxr(item(), head=author("ada", "Ada Holm"))])).run()
    assert [one.name for one in get_search_backend().autocomplete("hol", Person)] == ["Ada Holm"]
