"""Two at once on one page: whoever saves second is told before anything is saved, and both texts stay."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.pages.edit import EditView


class TogetherEditView(EditView):
    """Wagtail keeps its own saving along the way from writing over a newer version; here the buttons ask as well."""

    @cached_property
    def is_out_of_date(self) -> bool:
        """Whether somebody saved since this form was opened; not when its writer has been told of that very version."""
        if self.latest_revision and self.request.POST.get("known_revision_id") == str(self.latest_revision.pk):
            return False
        return bool(super().is_out_of_date)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, publish or submit; when somebody was faster, first show what was written beside the news of it."""
        if self.is_out_of_date and not self.expects_json_response and not self.locked_for_user and not self.is_cancelling_workflow:
            return self._second(request)
        return super().post(request, *args, **kwargs)

    def _second(self, request: HttpRequest) -> HttpResponse:
        self.form = self.form_class(
            request.POST, request.FILES, instance=self.page, subscription=self.subscription, parent_page=self.parent, for_user=request.user
        )
        self.has_unsaved_changes = True
        # The form that is shown now knows the newer version: to save along the way would be to decide for its writer.
        self.autosave_enabled = False
        newer = self.latest_revision
        loaded = request.POST.get("loaded_revision_id", "")
        buttons = [
            messages.button(reverse("wagtailadmin_pages:revisions_view", args=[self.page.pk, newer.pk]), _("Look at it"), new_window=True)
        ]
        if loaded.isdecimal() and loaded != str(newer.pk):
            compare = reverse("wagtailadmin_pages:revisions_compare", args=[self.page.pk, loaded, newer.pk])
            buttons.append(messages.button(compare, _("What was changed"), new_window=True))
        told = {
            "name": get_user_display_name(newer.user) if newer.user else _("somebody"),
            "time": date_format(timezone.localtime(newer.created_at), "H:i"),
        }
        text = _("You yourself saved a newer version in another window at %(time)s.") if newer.user == request.user else _(
            "%(name)s saved a newer version at %(time)s."
        )  # fmt: skip
        what_now = _(
            "Nothing of yours is saved yet, and all of it is still here. Press the button again to put this version above it: both stay in the history."
        )
        messages.error(request, format_html("{} {}", text % told, what_now), buttons=buttons)
        return self.render_to_response(self.get_context_data())
