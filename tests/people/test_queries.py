"""People are found by what somebody types of their names."""

from __future__ import annotations

import pytest

from broadsheet.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db):
    names = ["Ada Quill", "Adam Smith-Jones", "Quentin Adams", "Fadila Ng", "Ада Перо", "أدا قلم", "100% Real_Name"]
    return [Person.objects.create(name=name, slug=f"p{n}") for n, name in enumerate(names)]


def found(text):
    return [p.name for p in Person.objects.called(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ada", ["Ada Quill", "Adam Smith-Jones", "Quentin Adams"]),
        ("ADA Q", ["Ada Quill", "Quentin Adams"]),
        ("quill ada", ["Ada Quill"]),
        ("jones", ["Adam Smith-Jones"]),
        ("ада", ["Ада Перо"]),
        ("ПЕРО", ["Ада Перо"]),
        ("قلم", ["أدا قلم"]),
        ("100%", ["100% Real_Name"]),
        ("%", []),
        ("_", []),
        ("nobody", []),
        ("ada\x00", ["Ada Quill", "Adam Smith-Jones", "Quentin Adams"]),
    ],
)
def test_words_are_found_by_their_beginnings(people, text, names):
    assert sorted(found(text)) == sorted(names)


def test_the_whole_name_comes_first_then_names_that_begin_so(people):
    Person.objects.create(name="Ada", slug="ada")
    assert found("ada") == ["Ada", "Ada Quill", "Adam Smith-Jones", "Quentin Adams"]


def test_exactly_ignores_case_and_spaces(people):
    assert Person.objects.exactly("  ada   QUILL ").get().name == "Ada Quill"
    assert not Person.objects.exactly("Ada").exists()
