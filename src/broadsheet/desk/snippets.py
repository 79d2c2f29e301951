"""The lists beside the page tree: people, topics, placement lists, menu entries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from broadsheet.desk.merging import MERGES
from broadsheet.fronts.models import MenuEntry
from broadsheet.people.models import Person, User
from broadsheet.stories.models import Placement, Topic


class NeverDeleted(ModelPermissionPolicy):
    """People and topics are merged: deleted, they would be missing from older versions of stories."""

    def user_has_permission(self, user: User, action: str) -> bool:
        """As usual, but nobody deletes."""
        return action != "delete" and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: User, actions: Any) -> bool:
        """As usual, but nobody deletes."""
        return bool(super().user_has_any_permission(user, set(actions) - {"delete"}))


for model in (Person, Topic):
    register_permission_policy(model, NeverDeleted(model))


class PersonViewSet(SnippetViewSet):
    """People readers meet."""

    model = Person
    icon = "group"
    list_display = ["name", "kind", "role", Column("merged_into", label=_("Stands for now"))]
    list_filter = ["kind"]
    search_fields = ["name"]
    # Rows written in bulk are in no search index.
    search_backend_name = None
    ordering = "name"

    def get_queryset(self, request: Any) -> Any:
        """With those they were merged into."""
        return Person.objects.select_related("merged_into")


class TopicViewSet(SnippetViewSet):
    """Subjects and story lines."""

    model = Topic
    icon = "tag"
    # Promoting makes a public page; making topics is a part of writing.
    panels = [
        FieldPanel("name"), FieldPanel("slug"), FieldPanel("kind", permission="stories.change_topic"), FieldPanel("description"),
        FieldPanel("promoted", permission="stories.change_topic"),
        MultiFieldPanel(
            [FieldPanel("picture"), PageChooserPanel("lead", "stories.Story")], heading=_("On the page of a promoted topic"),
            help_text=_("The lead story stands first, if it is public."),
        ),
    ]  # fmt: skip
    list_display = [
        "name",
        "slug",
        Column("kind", label=_("Kind"), sort_key="kind", accessor=lambda topic: topic.get_kind_display()),
        Column("promoted", label=_("Promoted"), sort_key="promoted", accessor=lambda topic: _("promoted") if topic.promoted else ""),
        Column("merged_into", label=_("Stands for now")),
    ]
    list_filter = ["kind", "promoted"]
    search_fields = ["name"]
    search_backend_name = None
    ordering = "name"

    def get_queryset(self, request: Any) -> Any:
        """With those they were merged into."""
        return Topic.objects.select_related("merged_into")


class PlacementViewSet(SnippetViewSet):
    """Lists an editor fills."""

    model = Placement
    icon = "pick"
    list_display = ["name", "slug"]


class MenuEntryViewSet(SnippetViewSet):
    """The main menu, or what it has besides sections."""

    model = MenuEntry
    icon = "bars"
    list_display = ["__str__", "url", "section", "parent", "position"]


class NewsroomGroup(SnippetViewSetGroup):
    """The menu that holds them."""

    items = (PersonViewSet, TopicViewSet, PlacementViewSet, MenuEntryViewSet)
    menu_label = _("Newsroom")
    menu_name = "newsroom"
    menu_icon = "edit"
    menu_order = 150


@hooks.register("register_snippet_listing_buttons")
def merge_button(snippet: Any, user: User, next_url: str | None = None) -> Iterator[Button]:
    """Merge, where things can be merged."""
    for kind, (merged, word, _verb) in MERGES.items():
        if isinstance(snippet, merged) and user.has_perm(f"{merged._meta.app_label}.change_{word}"):
            yield Button(_("Merge into another"), reverse("desk_merge", args=[kind, snippet.pk]), icon_name="resubmit", priority=20)
