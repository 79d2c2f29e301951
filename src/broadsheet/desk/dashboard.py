"""The desk's first screen: what a newsroom wants to know before anything else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from broadsheet.desk.changes import unclassified
from broadsheet.desk.contexts import DeskList, DeskRow
from broadsheet.desk.queries import DeskStories, bylines, go_live_times, review_states
from broadsheet.desk.reported import visible
from broadsheet.people.models import User
from broadsheet.record.reports.models import ReportState
from broadsheet.stories.models import Story
from broadsheet.stories.projections import publication
from broadsheet.stories.queries import SectionTree

MOST = 8
MOST_COUNTED = 99
"""Of what waits to be classified: one more is “many”."""
FIELDS = ("title", "draft_title", "path", "live", "published", "latest_revision_created_at", "has_unpublished_changes", "permalink")


class TodaysDesk(Component):
    """Drafts, what is in review, what is scheduled, what was published today."""

    order = 20
    template_name = "broadsheet/desk/today.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The lists."""
        waiting = unclassified(self.request.user)[: MOST_COUNTED + 1].count()
        reports = visible(self.request.user).filter(state=ReportState.OPEN)[: MOST_COUNTED + 1].count()
        return {"lists": lists(self.request.user), "zone": publication().zone, "unclassified": waiting, "reports": reports}  # type: ignore[arg-type]

    @cached_property
    def media(self) -> Any:
        """None: the desk's stylesheet is on every screen."""
        return super().media


def lists(user: User, now: dt.datetime | None = None) -> tuple[DeskList, ...]:
    """The lists of the first screen; the same number of queries whatever the archive holds."""
    now = now or timezone.now()
    zone = publication().tzinfo
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    mine = DeskStories.of(user).only(*FIELDS)
    # One more than is shown tells whether there is more.
    found = {
        "draft": list(mine.written_by(user).drafts()[: MOST + 1]),
        "review": list(mine.in_review()[: MOST + 1]),
        "scheduled": list(mine.scheduled()[: 5 * MOST]),
        "today": list(mine.published_since(midnight)[: MOST + 1]),
        "desk": list(mine.exclude(owner=user).drafts()[: MOST + 1]),
    }
    ids = {s.pk for stories in found.values() for s in stories}
    times, states, names, tree = go_live_times(ids), review_states(ids), bylines(ids), SectionTree.read()
    found["scheduled"].sort(key=lambda s: times.get(s.pk, now))
    index = reverse("stories:index")

    def rows(key: str) -> tuple[DeskRow, ...]:
        return tuple(_row(s, key, times, states, names, tree) for s in found[key][:MOST])

    def more(key: str, query: str) -> str:
        return f"{index}?{query}" if len(found[key]) > MOST else ""

    return (
        DeskList("draft", _("Your drafts"), _("Nothing you began is unpublished."), _("Changed"), rows("draft"), more("draft", f"status=draft&owner={user.pk}")),
        DeskList("review", _("In review"), _("Nothing waits for an editor."), _("Submitted"), rows("review"), more("review", "status=review")),
        DeskList("scheduled", _("Scheduled"), _("Nothing is scheduled."), _("Goes live"), rows("scheduled"), more("scheduled", "status=scheduled")),
        DeskList("today", _("Published today"), _("Nothing yet today."), _("Published"), rows("today"), more("today", f"status=live&published_from={midnight:%Y-%m-%d}")),
        DeskList("desk", _("Drafts of others"), _("No other drafts."), _("Changed"), rows("desk"), more("desk", "status=draft")),
    )  # fmt: skip


def _row(story: Story, key: str, times: dict[int, Any], states: dict[int, Any], names: dict[int, str], tree: SectionTree) -> DeskRow:
    home = tree.home_of(story.path)
    when = {"scheduled": times.get(story.pk), "review": states.get(story.pk, ("", None))[1], "today": story.published}
    return DeskRow(
        headline=story.draft_title or story.title,
        edit_url=reverse("wagtailadmin_pages:edit", args=[story.pk]),
        section=home.name if home else "",
        byline=names.get(story.pk, ""),
        when=when.get(key, story.latest_revision_created_at),
        status=status_of(story, times, states),
        public_url=story.permalink or "" if story.live else "",
    )


def status_of(story: Any, times: dict[int, Any], states: dict[int, Any]) -> str:
    """In a newsroom's words."""
    parts: Sequence[str] = [
        _("live") if story.live else _("withdrawn") if story.published else _("draft"),
        *([_("scheduled")] if story.pk in times else []),
        *([_("sent back") if states[story.pk][0] == "needs_changes" else _("in review")] if story.pk in states else []),
        *([_("changed")] if story.live and story.has_unpublished_changes else []),
    ]
    return capfirst(" + ".join(parts))
