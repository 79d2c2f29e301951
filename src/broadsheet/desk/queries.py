"""Reads of the desk: what is being written, in review, scheduled, published today."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Count, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Cast
from wagtail.models import Page, Revision, WorkflowState
from wagtail.permissions import policy_registry

from broadsheet.people.models import User
from broadsheet.stories.models import Byline, Listing, Story, Topic
from broadsheet.stories.queries import LINKED_FROM

IN_REVIEW = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


class DeskStories(QuerySet[Any]):
    """Stories as a newsroom looks at them."""

    @classmethod
    def of(cls, user: User) -> DeskStories:
        """All that a user may see in the desk."""
        stories = cls(Story)
        roots = None if user.is_superuser else permitted_paths(user)
        # What lies under the root page is everything: no path needs to be compared.
        if roots is None or any(len(root) == Page.steplen for root in roots):
            return stories
        return stories.filter(Q(*[("path__startswith", root) for root in roots], _connector=Q.OR)) if roots else stories.none()

    def drafts(self) -> DeskStories:
        """What has words that are not public, latest first."""
        return self.filter(has_unpublished_changes=True).order_by("-latest_revision_created_at", "-pk")

    def written_by(self, user: User) -> DeskStories:
        """Begun by a user."""
        return self.filter(owner=user)

    def scheduled(self) -> DeskStories:
        """With a version that goes live by itself."""
        return self.filter(pk__in=_pages(Revision.objects.filter(approved_go_live_at__isnull=False)))

    def in_review(self) -> DeskStories:
        """Submitted to an editor, or sent back by one."""
        return self.filter(pk__in=_pages(WorkflowState.objects.filter(status__in=IN_REVIEW)))

    def published_since(self, start: dt.datetime) -> DeskStories:
        """Public now, first published at `start` or later, latest first."""
        return self.filter(live=True, published__gte=start).order_by("-published", "-pk")


def permitted_paths(user: User, action: str = "") -> set[str]:
    """Tree paths below which a user who is no administrator has been given rights on pages: any, or one such as `add`."""
    given = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    return {p.page.path for p in given if not action or p.permission.codename == f"{action}_page"}


def may_write(user: User) -> bool:
    """Whether somebody writes or edits any story."""
    return user.is_superuser or bool(permitted_paths(user, "add") or permitted_paths(user, "change"))


def _pages(rows: QuerySet[Any]) -> QuerySet[Any]:
    page = ContentType.objects.get_for_model(Page)
    return rows.filter(base_content_type=page).annotate(page_pk=Cast("object_id", BigIntegerField())).values("page_pk").order_by()


def go_live_times(ids: Iterable[int]) -> dict[int, dt.datetime]:
    """{story id: when its scheduled version goes live} of those that have one."""
    page = ContentType.objects.get_for_model(Page)
    rows = Revision.objects.filter(
        approved_go_live_at__isnull=False, base_content_type=page, object_id__in=[str(i) for i in ids]
    ).values_list("object_id", "approved_go_live_at")
    return {int(pk): time for pk, time in rows}


def review_states(ids: Iterable[int]) -> dict[int, tuple[str, dt.datetime]]:
    """{story id: (status, since)} of those in review."""
    page = ContentType.objects.get_for_model(Page)
    rows = WorkflowState.objects.filter(status__in=IN_REVIEW, base_content_type=page, object_id__in=[str(i) for i in ids]).values_list(
        "object_id", "status", "created_at"
    )
    return {int(pk): (status, since) for pk, status, since in rows}


def bylines(ids: Iterable[int]) -> dict[int, str]:
    """{story id: names above it}, of what was last saved or published."""
    names: dict[int, str] = {}
    for pk, name in (
        Byline.objects.filter(story_id__in=list(ids)).order_by("story_id", "sort_order").values_list("story_id", "person__name")
    ):
        names[pk] = f"{names[pk]}, {name}" if pk in names else name
    return names


def topics_of_the_same_stories() -> list[list[tuple[int, str]]]:
    """Groups of topics, (id, name) each, that stand on exactly the same public stories, three at least; three queries, whatever there is."""
    rows = Listing.objects.filter(list_key__gt="topic:", list_key__lt="topic;").order_by().values("list_key")
    marks = rows.annotate(n=Count("pk"), total=Sum("story_id"), first=Min("story_id"), last=Max("story_id")).filter(n__gte=LINKED_FROM)
    marked: defaultdict[tuple[int, ...], list[str]] = defaultdict(list)
    for key, *mark in marks.values_list("list_key", "n", "total", "first", "last"):
        marked[tuple(mark)].append(key)
    suspected = [key for keys in marked.values() if len(keys) > 1 for key in keys]
    stories: defaultdict[str, set[int]] = defaultdict(set)
    for key, story in Listing.objects.filter(list_key__in=suspected).order_by().values_list("list_key", "story_id") if suspected else ():
        stories[key].add(story)
    groups: defaultdict[frozenset[int], list[int]] = defaultdict(list)
    for key, ids in stories.items():
        groups[frozenset(ids)].append(int(key.partition(":")[2]))
    alike = [pks for pks in groups.values() if len(pks) > 1]
    names = (
        dict(Topic.objects.filter(pk__in=[pk for pks in alike for pk in pks], merged_into=None).values_list("pk", "name")) if alike else {}
    )
    return sorted(sorted(((pk, names[pk]) for pk in pks if pk in names), key=lambda one: one[1]) for pks in alike)
