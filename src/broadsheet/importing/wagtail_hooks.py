"""What the desk offers to those who move in: stories from documents, and why a page is a draft."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from broadsheet.importing.documents import views
from broadsheet.importing.models import Held, SourceItem, SourceRedirect
from broadsheet.importing.redirecting import withdraw
from broadsheet.people.models import User

PER_PAGE = 50


@hooks.register("before_edit_page")
def say_why_it_is_a_draft(request: HttpRequest, page: Page) -> None:
    """Tell an editor what kept an imported page from being public, as long as it is not."""
    if request.method != "GET" or page.live:
        return
    why = SourceItem.objects.filter(page_id=page.pk).exclude(held="").values_list("held", flat=True).first()
    if why:
        messages.info(request, _("A draft because it was this on the earlier site: %(why)s.") % {"why": Held(why).label})


@require_safe
def kept_back(request: HttpRequest) -> HttpResponse:
    """Imported pages that are drafts for a reason, with the reason."""
    items = SourceItem.objects.exclude(held="").filter(page__live=False).select_related("page").order_by("-page_id")
    if not request.user.is_superuser:
        mine = page_permission_policy.instances_user_has_permission_for(request.user, "change")
        items = items.filter(page__in=mine.values("pk"))
    shown = Paginator(items, PER_PAGE).get_page(request.GET.get("p"))
    title = _("Kept as drafts")
    context = {"header_title": title, "page_title": title, "header_icon": "lock", "items": shown}
    return TemplateResponse(request, "broadsheet/importing/kept_back.html", context)


@require_http_methods(["GET", "POST"])
def old_patterns(request: HttpRequest) -> HttpResponse:
    """The patterns that old addresses are answered by, in the order in which they are asked; a POST takes one away."""
    if not isinstance(request.user, User) or not request.user.has_perm("wagtailredirects.delete_redirect"):
        raise PermissionDenied
    rows = SourceRedirect.objects.filter(is_pattern=True).select_related("site").order_by("site_id", "position")
    if request.method == "POST":
        row = get_object_or_404(rows, pk=request.POST.get("row") if str(request.POST.get("row")).isdecimal() else None)
        withdraw(row=row, by=request.user)
        messages.success(request, _("%(source)s is answered no longer.") % {"source": row.source})
        return redirect("broadsheet_old_patterns")
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    title = _("Redirects by pattern")
    context = {"header_title": title, "page_title": title, "header_icon": "redirect", "items": shown}
    return TemplateResponse(request, "broadsheet/importing/old_patterns.html", context)


@hooks.register("register_admin_urls")
def screens() -> list[URLPattern]:
    """Our own screens."""
    return [
        path("reports/kept-back/", kept_back, name="broadsheet_kept_back"),
        path("reports/old-patterns/", old_patterns, name="broadsheet_old_patterns"),
        path("document/", views.upload, name="broadsheet_document"),
    ]


@hooks.register("register_reports_menu_item")
def kept_back_item() -> MenuItem:
    """The list of drafts with a reason."""
    return MenuItem(gettext_lazy("Kept as drafts"), reverse("broadsheet_kept_back"), name="kept-back", icon_name="lock", order=900)


class PatternsItem(MenuItem):
    """Shown where an old site's patterns are asked, to those who may change redirects."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Most sites have none."""
        return request.user.has_perm("wagtailredirects.delete_redirect") and SourceRedirect.objects.filter(is_pattern=True).exists()


@hooks.register("register_reports_menu_item")
def old_patterns_item() -> MenuItem:
    """The list of patterns."""
    address = reverse("broadsheet_old_patterns")
    return PatternsItem(gettext_lazy("Redirects by pattern"), address, name="old-patterns", icon_name="redirect", order=910)


class DocumentItem(MenuItem):
    """Shown to whoever may start a story somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Without a section to write in it leads nowhere."""
        return views.may_start(request.user)


@hooks.register("register_admin_menu_item")
def document_item() -> MenuItem:
    """The menu entry."""
    return DocumentItem(gettext_lazy("From a document"), reverse("broadsheet_document"), name="document", icon_name="upload", order=120)
