"""What follows from publishing and is not done yet, for administrators."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from broadsheet.delivery.waiting import waiting


@require_safe
def delivery(request: HttpRequest) -> HttpResponse:
    """Pages to be replaced, caches to be told, the rest of the outbox."""
    if not request.user.is_superuser:
        raise PermissionDenied
    title = _("Delivery")
    context = {
        "header_title": title, "page_title": title, "header_icon": "rotate", "found": waiting(), "caches": list(settings.CACHES_IN_FRONT),
    }  # fmt: skip
    return TemplateResponse(request, "broadsheet_desk/delivery.html", context)
