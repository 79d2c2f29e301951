"""Panels of the editor that Wagtail has not: where a story is at home, and when it is public."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel

from broadsheet.stories.projections import publication
from broadsheet.stories.queries import SectionTree


class OneScreen(ObjectList):
    """An editor without tabs: everything stands in one column."""

    class BoundPanel(ObjectList.BoundPanel):
        template_name = "broadsheet/desk/one_screen.html"


class HomeSectionPanel(Panel):
    """Where in the tree the story stands, and the way to another section."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": gettext_lazy("Home section"), **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "broadsheet/desk/home_section.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The line of sections, and where to move it."""
            context = super().get_context_data(parent_context)
            page = self.instance
            parent = page.get_parent() if page.pk else getattr(self.form, "parent_page", None)
            context["line"] = SectionTree.read().line(parent.path) if parent else []
            if page.pk and page.permissions_for_user(self.request.user).can_move():
                back = urlencode({"next": reverse("wagtailadmin_pages:edit", args=[page.pk])})
                context["move_url"] = f"{reverse('wagtailadmin_pages:move', args=[page.pk])}?{back}"
            return context


class ReportPanel(FieldPanel):
    """The reader's report that the change answers; there only while one waits."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            """Whether there is anything to choose."""
            return bool(super().is_shown() and len(self.bound_field.field.choices) > 1)


class SchedulePanel(MultiFieldPanel):
    """When it goes live and when it is taken down, in the publication's zone."""

    def __init__(self, children: Any = (), **kwargs: Any) -> None:
        fields = [
            FieldPanel("go_live_at", heading=gettext_lazy("Goes live"), help_text=gettext_lazy("Empty: at once, when you publish.")),
            FieldPanel("expire_at", heading=gettext_lazy("Is taken down"), help_text=gettext_lazy("Empty: never.")),
        ]
        given = {"heading": gettext_lazy("Publishing"), **kwargs}
        super().__init__(children or [FieldRowPanel(fields)], **given)

    class BoundPanel(MultiFieldPanel.BoundPanel):
        template_name = "broadsheet/desk/schedule.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The zone, the time there, and whether this user's publishing makes it so."""
            context = super().get_context_data(parent_context)
            zone = publication().tzinfo
            page = self.instance
            above = page if page.pk else getattr(self.form, "parent_page", None)
            may = above.permissions_for_user(self.request.user) if above is not None else None
            context.update(
                day=((getattr(page, "published", None) or timezone.now()).astimezone(zone).date().isoformat()), zone=zone.key, now=timezone.now().astimezone(zone),
                may_publish=bool(may and (may.can_publish() if page.pk else may.can_publish_subpage())),
                scheduled=page.scheduled_revision if page.pk else None,
                texts={
                    "publish": _("Publish"), "schedule": _("Schedule"), "now": _("Goes live at once"),
                    "at": _("Goes live %(time)s"), "until": _("is taken down %(time)s"), "past": _("That time has passed: it goes live at once"),
                    "order": _("It would be taken down before it goes live"),
                },
            )  # fmt: skip
            return context
