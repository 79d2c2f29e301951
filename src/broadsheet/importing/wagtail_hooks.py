"""The desk's way to stories from documents."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from broadsheet.importing.documents import views


@hooks.register("register_admin_urls")
def document_urls() -> list[URLPattern]:
    """One address for both steps."""
    return [path("document/", views.upload, name="broadsheet_document")]


class DocumentItem(MenuItem):
    """Shown to whoever may start a story somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Without a section to write in it leads nowhere."""
        return views.may_start(request.user)


@hooks.register("register_admin_menu_item")
def document_item() -> MenuItem:
    """The menu entry."""
    return DocumentItem(_("From a document"), reverse("broadsheet_document"), name="document", icon_name="upload", order=120)
