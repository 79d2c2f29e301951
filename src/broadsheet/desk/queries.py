"""Reads of the desk: what is being written, in review, scheduled, published today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, Revision, WorkflowState
from wagtail.permissions import policy_registry

from broadsheet.people.models import User
from broadsheet.stories.models import Byline, Story

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
