"""Schemathesis asks the API what its description says can be asked, and what it says cannot, and holds each answer to it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from broadsheet.people.models import Person
from broadsheet.stories.models import StaticPage, Topic

from .test_api import picture

schemathesis = pytest.importorskip("schemathesis", reason="pip install -r requirements-dev.txt")
EXAMPLES = 12
"""Of each operation, each way: with all operations a few hundred requests."""

PLAIN = {"Host": "127.0.0.1", "Accept-Encoding": "identity"}


@pytest.fixture
def description(front, make_story, make_section, kept_connection):
    """The description of a small publication that has one of everything."""
    from broadsheet.wsgi import application

    ada, sea = (
        Person.objects.create(name="Ada Holm", slug="ada-holm", portrait=picture()),
        Topic.objects.create(name="Sea", slug="sea", promoted=True),
    )
    below = make_section("Asia", parent=make_section("World"))
    for number in range(3):
        make_story(
            people=[ada], topics=[sea], parent=below if number else None, lead_image=picture(), kind=("news", "opinion", "live")[number]
        )
    type(front).objects.get().add_child(instance=StaticPage(title="About", slug="about")).save_revision().publish()
    return schemathesis.openapi.from_wsgi("/api/v3/openapi.json", application, headers=PLAIN)


@pytest.mark.django_db
@pytest.mark.parametrize("mode", ["POSITIVE", "NEGATIVE"])
def test_every_answer_is_as_it_is_described(description, mode):
    answered: dict[str, set[int]] = {}
    for found in description.get_all_operations():
        operation = found.ok()
        if mode == "NEGATIVE" and not operation.query and not operation.path_parameters:
            continue

        @given(case=operation.as_strategy(generation_mode=schemathesis.GenerationMode[mode]))
        @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
        def ask(case):
            response = case.call_and_validate(headers=PLAIN)
            answered.setdefault(case.operation.label, set()).add(response.status_code)

        ask()
    assert len(answered) >= (14 if mode == "POSITIVE" else 8), answered
    assert any(200 in codes for codes in answered.values()) if mode == "POSITIVE" else any(422 in codes for codes in answered.values())
