"""The readers' main menu in one place: sections and other entries, in their order."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from broadsheet.desk.snippets import MenuEntryViewSet
from broadsheet.fronts.actions import order_menu
from broadsheet.fronts.queries import MenuPlace, menu_places

STEPS = {"up": -1, "down": 1}
ENTRIES = MenuEntryViewSet()
"""For its addresses."""


def show(request: HttpRequest) -> HttpResponse:
    """Show the menu; a button moves an item one place."""
    if not request.user.has_perm("fronts.change_menuentry"):
        raise PermissionDenied
    places = menu_places()
    if request.method == "POST":
        for name, step in STEPS.items():
            keys = [place.key for place in places]
            key = request.POST.get(name, "")
            if key in keys and 0 <= keys.index(key) + step < len(keys):
                at = keys.index(key)
                keys[at], keys[at + step] = keys[at + step], keys[at]
                order_menu(keys=keys, by=request.user)  # type: ignore[arg-type]
                return HttpResponseRedirect(f"{reverse('desk_menu')}?moved={key}&way={name}")
        return HttpResponseRedirect(reverse("desk_menu"))
    rows = [(place, _edit_url(place)) for place in places]
    context = {
        "rows": rows, "moved": request.GET.get("moved", ""), "way": request.GET.get("way", ""),
        "add_url": reverse(ENTRIES.get_url_name("add")), "breadcrumbs_items": [{"url": "", "label": _("Menu")}],
    }  # fmt: skip
    return render(request, "broadsheet/desk/menu.html", context)


def _edit_url(place: MenuPlace) -> str:
    name = ENTRIES.get_url_name("edit") if place.is_entry else "wagtailadmin_pages:edit"
    return reverse(name, args=[place.pk])
