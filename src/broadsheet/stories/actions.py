"""Verbs on stories and on what they refer to."""

from __future__ import annotations

from django.db import transaction

from broadsheet.people.models import Person, User
from broadsheet.stories.models import Section, Story, Topic
from broadsheet.stories.projections import project_where, successors


class CannotMerge(ValueError):
    """The two cannot become one; the message says why."""


@transaction.atomic
def merge_topics(*, topic: Topic, into: Topic, by: User | None) -> int:
    """Let one topic stand for two; its address leads to the other. Returns how many stories were touched.

    Raises CannotMerge when that would make a topic its own successor.
    """
    _refuse_circle(topic, into)
    Topic.objects.filter(pk=topic.pk).update(merged_into=into)
    topic.merged_into = into
    return project_where(topics__in=_standing_for(Topic, into), live=True)


@transaction.atomic
def merge_people(*, person: Person, into: Person, by: User | None) -> int:
    """Let one person stand for two, in every byline past and future. Returns how many stories were touched.

    Raises CannotMerge when that would make a person their own successor.
    """
    _refuse_circle(person, into)
    Person.objects.filter(pk=person.pk).update(merged_into=into)
    person.merged_into = into
    return project_where(bylines__person__in=_standing_for(Person, into), live=True)


def _standing_for(model: type[Topic] | type[Person], end: Topic | Person) -> list[int]:
    """Everything that was merged into what `end` is now, by whatever steps: an old story may name any of them."""
    ends = successors(model)
    last = ends.get(end.pk, end.pk)
    return [pk for pk, to in ends.items() if to == last]


def _refuse_circle(one: Topic | Person, into: Topic | Person) -> None:
    seen: Topic | Person | None = into
    while seen is not None:
        if seen.pk == one.pk:
            raise CannotMerge(f"“{one}” already stands for “{into}”: merge the other way round")
        seen = seen.merged_into


def move(*, story: Story, to: Section, by: User | None) -> Story:
    """Give a story another home section; its permalink stays. Returns the story as it now is."""
    with transaction.atomic():
        story.move(to, pos="last-child", user=by)
    return Story.objects.get(pk=story.pk)
