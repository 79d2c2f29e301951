"""The lists beside the page tree: people, topics, placement lists, menu entries."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from broadsheet.fronts.models import MenuEntry
from broadsheet.people.models import Person
from broadsheet.stories.models import Placement, Topic


class PersonViewSet(SnippetViewSet):
    """People readers meet."""

    model = Person
    icon = "group"
    list_display = ["name", "kind", "role"]
    list_filter = ["kind"]
    search_fields = ["name"]


class TopicViewSet(SnippetViewSet):
    """Subjects."""

    model = Topic
    icon = "tag"
    list_display = ["name", "slug", "promoted"]
    list_filter = ["promoted"]
    search_fields = ["name"]


class PlacementViewSet(SnippetViewSet):
    """Lists an editor fills."""

    model = Placement
    icon = "pick"
    list_display = ["name", "slug"]


class MenuEntryViewSet(SnippetViewSet):
    """What the main menu has besides sections."""

    model = MenuEntry
    icon = "bars"
    list_display = ["text", "url", "position"]


class NewsroomGroup(SnippetViewSetGroup):
    """The menu that holds them."""

    items = (PersonViewSet, TopicViewSet, PlacementViewSet, MenuEntryViewSet)
    menu_label = _("Newsroom")
    menu_name = "newsroom"
    menu_icon = "edit"
    menu_order = 150
