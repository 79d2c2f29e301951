"""What the desk adds to Wagtail's admin and what it takes away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join, json_script
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import AdminOnlyMenuItem, MenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.widgets import Button
from wagtail.contrib.settings.registry import register_setting
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from broadsheet.desk import (
    changes,
    cleaning,
    delivering,
    editing,
    marking,
    menus,
    merging,
    overdue,
    proposed,
    reads,
    reported,
    searched,
    translating,
    views,
)
from broadsheet.desk.dashboard import TodaysDesk
from broadsheet.desk.forms import unreached
from broadsheet.desk.listing import StoryListViewSet
from broadsheet.desk.snippets import NewsroomGroup
from broadsheet.people.models import Declarations, Publication
from broadsheet.stories.models import Section, StaticPage, Story

register_snippet(NewsroomGroup)
register_setting(Publication, icon="globe", order=1)
register_setting(Declarations, icon="code", order=2)

WORDS = {
    "explorer": gettext_lazy("Sections"), "images": gettext_lazy("Pictures"), "documents": gettext_lazy("Files"), "reports": gettext_lazy("Reports"),
}  # fmt: skip
FOREIGN = {"help", "snippets"}
"""Wagtail's own help speaks to its editors; its list of snippets is the Newsroom menu."""
FOREIGN_REPORTS = {"aging-pages", "page-types-usage"}
FOREIGN_SETTINGS = {"sites", "workflow-tasks", "locales"}


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """The desk's own screens and answers."""
    return [
        path("find/<slug:source>/", views.find, name="desk_find"),
        path("topics/new/", views.create_topic, name="desk_create_topic"),
        path("speakers/new/", marking.create_speaker, name="desk_create_speaker"),
        path("find-events/", marking.find_events, name="desk_find_events"),
        path("session/", views.session, name="desk_session"),
        path("proposals/", proposed.propose, name="desk_propose"),
        path("proposals/speaker/", proposed.speaker, name="desk_propose_speaker"),
        path("stories/new/", editing.new_story, name="desk_new_story"),
        path("menu/", menus.show, name="desk_menu"),
        path("merge/<slug:kind>/<int:pk>/", merging.merge, name="desk_merge"),
        path("clean-up/", cleaning.clean_up, name="broadsheet_clean_up"),
        path("clean-up/merge/", cleaning.merge, name="broadsheet_merge_topics"),
        path("clean-up/<str:kind>/", cleaning.clean_up, name="broadsheet_clean_up"),
        path("changes/", changes.queue, name="desk_changes"),
        path("changes/reports/", reported.queue, name="desk_reports"),
        path("changes/reports/<int:report>/", reported.show, name="desk_report"),
        path("record/<int:story>/", changes.record, name="desk_record"),
        path("reports/searches/", searched.searched, name="desk_searched"),
        path("reports/planned/", overdue.report, name="desk_overdue"),
        path("reports/delivery/", delivering.delivery, name="desk_delivery"),
        path("reports/most-read/", reads.most_read, name="desk_most_read"),
        path("reads/<int:page_id>/", reads.story_reads, name="desk_story_reads"),
        path("translations/<int:page_id>/", translating.translations, name="broadsheet_translations"),
    ]


@hooks.register("register_rich_text_features")
def marks_in_text(features: Any) -> None:
    """Sources, statements and events, marked while one writes."""
    marking.register(features)


@hooks.register("register_admin_viewset")
def story_screens() -> list[Any]:
    """The editors of all pages, and the list of stories."""
    return [editing.StoryViewSet(), editing.SectionViewSet(), editing.StaticPageViewSet(), editing.FrontViewSet(), StoryListViewSet()]


class NewStoryItem(MenuItem):
    """Shown to those who may write somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether there is a section to write in."""
        return bool(editing.writable_sections(request))


@hooks.register("register_admin_menu_item")
def new_story_item() -> MenuItem:
    """One click or the key n, on every screen."""
    return NewStoryItem(
        gettext_lazy("New story"), reverse("desk_new_story"), name="new-story", icon_name="plus", order=10,
        attrs={"data-controller": "w-kbd", "data-w-kbd-key-value": "n"},
    )  # fmt: skip


class MenuOrderItem(MenuItem):
    """Shown to those who may change the readers' menu."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether they may."""
        return bool(request.user.has_perm("fronts.change_menuentry"))


@hooks.register("register_admin_menu_item")
def menu_order_item() -> MenuItem:
    """The readers' menu."""
    return MenuOrderItem(gettext_lazy("Menu"), reverse("desk_menu"), name="menu", icon_name="bars", order=160)


@hooks.register("register_admin_menu_item")
def clean_up_item() -> MenuItem:
    """The list of what waits for an editor."""
    return MenuItem(gettext_lazy("Clean-up"), reverse("broadsheet_clean_up"), name="clean-up", icon_name="tasks", order=170)


@hooks.register("register_reports_menu_item")
def changes_item() -> MenuItem:
    """What waits to be classified."""
    return MenuItem(gettext_lazy("Unclassified changes"), reverse("desk_changes"), name="changes", icon_name="history", order=780)


@hooks.register("register_reports_menu_item")
def reports_of_readers_item() -> MenuItem:
    """What readers say is wrong."""
    return MenuItem(gettext_lazy("Readers’ reports"), reverse("desk_reports"), name="readers-reports", icon_name="warning", order=770)


@hooks.register("register_permissions")
def may_take_texts_out() -> Any:
    """Texts are taken out of the record by administrators, and by groups that are given the right."""
    return Permission.objects.filter(content_type__app_label="record", codename="change_changetext")


@hooks.register("after_unpublish_page")
@hooks.register("after_delete_page")
def reason_of_removal(request: HttpRequest, page: Page) -> None:
    """What readers are told of why a story is gone."""
    changes.explain_removal(request, page)


@hooks.register("register_page_header_buttons")
def record_button(page: Page, user: Any, next_url: str | None = None, view_name: str = "", **more: Any) -> Iterator[Button]:
    """To a story's record."""
    story = page.specific_deferred
    if isinstance(story, Story) and story.published and page.permissions_for_user(user).can_edit():
        yield Button(_("Record"), reverse("desk_record", args=[page.pk]), icon_name="history", priority=47)


@hooks.register("register_reports_menu_item")
def searched_item() -> MenuItem:
    """What readers look for."""
    return MenuItem(gettext_lazy("Searches"), reverse("desk_searched"), name="searches", icon_name="search", order=800)


@hooks.register("register_reports_menu_item")
def most_read_item() -> MenuItem:
    """What readers read."""
    return MenuItem(gettext_lazy("Most read"), reverse("desk_most_read"), name="most-read", icon_name="view", order=790)


@hooks.register("register_reports_menu_item")
def overdue_item() -> MenuItem:
    """What was planned and has passed."""
    return MenuItem(gettext_lazy("Planned, and passed"), reverse("desk_overdue"), name="overdue", icon_name="calendar", order=780)


@hooks.register("register_reports_menu_item")
def delivery_item() -> MenuItem:
    """What follows from publishing and is not done yet."""
    return AdminOnlyMenuItem(gettext_lazy("Delivery"), reverse("desk_delivery"), name="delivery", icon_name="rotate", order=900)


@hooks.register("register_page_header_buttons")
def reads_button(page: Page, user: Any, next_url: str | None = None, view_name: str = "", **more: Any) -> Iterator[Button]:
    """To how often a story is read."""
    if isinstance(page.specific_deferred, Story):
        yield Button(_("Reads"), reverse("desk_story_reads", args=[page.pk]), icon_name="view", priority=46)


@hooks.register("register_page_header_buttons")
def translations_button(page: Page, user: Any, next_url: str | None = None, view_name: str = "", **more: Any) -> Iterator[Button]:
    """To a story's translations."""
    if isinstance(page.specific_deferred, Story) and page.permissions_for_user(user).can_edit():
        yield Button(_("Translations"), reverse("broadsheet_translations", args=[page.pk]), icon_name="globe", priority=45)


@hooks.register("construct_main_menu")
def newsroom_words(request: HttpRequest, items: list[Any]) -> None:
    """Names a newsroom uses; without what speaks to nobody there."""
    items[:] = [item for item in items if item.name not in FOREIGN]
    for item in items:
        item.label = WORDS.get(item.name, item.label)


@hooks.register("construct_reports_menu")
def newsroom_reports(request: HttpRequest, items: list[Any]) -> None:
    """Reports about pages as such are for those who build sites."""
    items[:] = [item for item in items if item.name not in FOREIGN_REPORTS]


@hooks.register("construct_settings_menu")
def newsroom_settings(request: HttpRequest, items: list[Any]) -> None:
    """One publication has one site."""
    items[:] = [item for item in items if item.name not in FOREIGN_SETTINGS]


@hooks.register("construct_homepage_panels", order=-1)
def first_screen(request: HttpRequest, panels: list[Any]) -> None:
    """The newsroom's lists in place of Wagtail's, whose length nothing bounds."""
    panels[:] = [TodaysDesk(request)]


@hooks.register("before_move_page")
def where_readers_reach_it(request: HttpRequest, page: Page, to: Page) -> HttpResponse | None:
    """No section or static page goes where one of the fixed addresses would hide it."""
    if not isinstance(page.specific_deferred, (Section, StaticPage)) or not (refused := unreached(to, page.slug)):
        return None
    messages.error(request, refused)
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("construct_page_action_menu")
def publishing_first(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Publish, or submit for those who may not, directly after “Save draft”."""
    first = {"action-save-draft": 0, "action-publish": 1}
    if not any(item.name == "action-publish" for item in items):
        first["action-submit"] = 1
    items.sort(key=lambda item: first.get(item.name, 2))
    for item in items:
        if item.name == "action-unpublish":
            item.label = _("Take down")


@hooks.register("insert_global_admin_css")
def styles() -> str:
    """The desk's own stylesheet."""
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("broadsheet/desk/desk.css"))


@hooks.register("insert_global_admin_js")
def scripts() -> str:
    """Scripts of every screen."""
    return format_html('<script src="{}"></script>', versioned_static("broadsheet/desk/go.js"))


@hooks.register("insert_editor_js")
def editor_scripts() -> str:
    """Scripts of the editors."""
    texts = {
        "url": reverse("desk_session"), "login": reverse("wagtailadmin_login"), "sign_in": _("Sign in in a new tab"), "again": _("Try again"),
        "out": _("You are signed out. Nothing you wrote is lost while this page stays open: sign in, come back here and go on."),
        "other": _("Somebody else is signed in in this browser now. Nothing you wrote is lost while this page stays open: sign in as yourself."),
        "unreachable": _("The desk does not answer. Nothing you wrote is lost while this page stays open: try again in a moment."),
    }  # fmt: skip
    files = (
        (versioned_static(f"broadsheet/desk/{name}.js"),)
        for name in ("autosave", "schedule", "session", "together", "waiting", "proposed", "asked")
    )
    return (
        json_script(texts, "desk-session")
        + json_script(marking.for_the_script(), "desk-marks")
        + format_html_join("", '<script src="{}" defer></script>', files)
    )
