"""All stories: what is where, whose, in what state and when."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, MultipleUserFilter, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet

from broadsheet.desk.dashboard import status_of
from broadsheet.desk.picker import Picker
from broadsheet.desk.queries import DeskStories, bylines, go_live_times, review_states
from broadsheet.desk.searching import found_in, typed
from broadsheet.people.models import Person, User
from broadsheet.stories.models import Byline, Section, Story
from broadsheet.stories.queries import SectionTree

STATUSES = [
    ("draft", _("Draft, never public")), ("review", _("In review")), ("scheduled", _("Scheduled")), ("live", _("Live")),
    ("changed", _("Live, with unpublished changes")), ("withdrawn", _("Withdrawn or expired")),
]  # fmt: skip


def _shown(time: dt.datetime | None) -> str:
    return date_format(timezone.localtime(time), "j M Y, H:i") if time else ""


class SectionFilter(django_filters.ModelMultipleChoiceFilter):
    """Stories of a section and of those below it, at home there or not."""

    def filter(self, qs: Any, value: Any) -> Any:
        """Any of the sections."""
        if not value:
            return qs
        under = Q(*[("path__startswith", s.path) for s in value], _connector=Q.OR)
        sections = Section.objects.filter(under).values("pk")
        return qs.filter(under | Q(pk__in=Story.sections.through.objects.filter(section__in=sections).values("story_id")))


class AuthorFilter(django_filters.ModelMultipleChoiceFilter):
    """Stories with any of some people in the byline, or with whom they now stand for."""

    def filter(self, qs: Any, value: Any) -> Any:
        """Any of the people."""
        if not value:
            return qs
        people = Person.objects.filter(Q(pk__in=[p.pk for p in value]) | Q(merged_into__in=value)).values("pk")
        return qs.filter(pk__in=Byline.objects.filter(person__in=people).values("story_id"))


class StatusFilter(django_filters.MultipleChoiceFilter):
    """Stories in any of some states."""

    def filter(self, qs: Any, value: Any) -> Any:
        """Any of the states."""
        if not value:
            return qs
        meant = {
            "draft": Q(live=False, published__isnull=True), "live": Q(live=True), "changed": Q(live=True, has_unpublished_changes=True),
            "withdrawn": Q(live=False, published__isnull=False),
            "scheduled": Q(pk__in=DeskStories(Story).scheduled().values("pk")), "review": Q(pk__in=DeskStories(Story).in_review().values("pk")),
        }  # fmt: skip
        return qs.filter(Q(*[meant[state] for state in value], _connector=Q.OR))


class StoryFilterSet(WagtailFilterSet):
    """By state, section, author, kind and dates."""

    status = StatusFilter(label=_("Status"), choices=STATUSES, widget=forms.CheckboxSelectMultiple)
    section = SectionFilter(label=_("Section"), queryset=Section.objects.all(), widget=Picker("sections"))
    author = AuthorFilter(label=_("Byline"), queryset=Person.objects.all(), widget=Picker("people"))
    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=Story.Kind.choices, widget=forms.CheckboxSelectMultiple)
    published = django_filters.DateFromToRangeFilter(label=_("Published"), widget=DateRangePickerWidget)
    latest_revision_created_at = django_filters.DateFromToRangeFilter(label=_("Changed"), widget=DateRangePickerWidget)
    owner = MultipleUserFilter(
        label=_("Begun by"), queryset=lambda request: User.objects.filter(is_active=True), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Story
        fields: list[str] = []


class StoryIndexView(IndexView):
    """The list; what a row says is read for the whole page at once."""

    page_title = _("Stories")
    add_item_label = _("New story")
    default_ordering = "-latest_revision_created_at"
    base_columns = [
        BulkActionsColumn("bulk_actions"),
        TitleColumn(
            "draft_title", label=_("Headline"), sort_key="draft_title", accessor="get_admin_display_title", classname="title",
            get_url=lambda story: reverse("wagtailadmin_pages:edit", args=[story.pk]), get_title_id=lambda story: f"page_{story.pk}_title",
        ),
        Column("desk_section", label=_("Section")),
        Column("desk_byline", label=_("Byline")),
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("desk_status", label=_("Status")),
        Column("desk_time", label=_("Published or goes live"), sort_key="published"),
        Column("desk_changed", label=_("Changed"), sort_key="latest_revision_created_at"),
    ]  # fmt: skip
    base_filterset_class = StoryFilterSet

    def get_base_queryset(self) -> Any:
        """Those this user may see, without their bodies."""
        return DeskStories.of(self.request.user).defer("body")

    def search_queryset(self, queryset: Any) -> Any:
        """By beginnings of words of the latest version: headline, standfirst, names, text."""
        return queryset.filter(pk__in=found_in(queryset, typed(self.search_query))) if self.is_searching else queryset

    def order_queryset(self, queryset: Any) -> Any:
        """As asked for; what has no time comes last, searches newest first."""
        name = (self.ordering or self.default_ordering).removeprefix("-")
        field = F(name)
        descending = (self.ordering or self.default_ordering).startswith("-")
        return queryset.order_by(field.desc(nulls_last=True) if descending else field.asc(nulls_last=True), "-pk")

    def get_table(self, object_list: Any) -> Any:
        """The page of rows with section, names, state and time."""
        stories = list(object_list)
        ids = [s.pk for s in stories]
        times, states, names, tree = go_live_times(ids), review_states(ids), bylines(ids), SectionTree.read()
        for story in stories:
            home = tree.home_of(story.path)
            story.desk_section = home.name if home else ""
            story.desk_byline = names.get(story.pk, "")
            story.desk_status = status_of(story, times, states)
            story.desk_time = _shown(times.get(story.pk) or story.published)
            story.desk_changed = _shown(story.latest_revision_created_at)
        return super().get_table(stories)

    def get_add_url(self) -> str:
        """The way to a new story."""
        return reverse("desk_new_story")


class StoryListViewSet(PageListingViewSet):
    """Stories in the main menu."""

    name = "stories"
    model = Story
    icon = "doc-full-inverse"
    menu_label = _("Stories")
    menu_name = "stories"
    menu_order = 20
    add_to_admin_menu = True
    index_view_class = StoryIndexView
    columns = StoryIndexView.base_columns
    filterset_class = StoryFilterSet
