"""What readers look for, and what they do not find."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from broadsheet.search.models import Asked

PER_PAGE = 50
SPANS = (7, 30, 90)
"""Days that can be looked back."""


@dataclass(frozen=True, slots=True)
class Row:
    """A query, how often it was put, when last, and where it leads now."""

    query: str
    count: int
    last: dt.date
    url: str


@require_safe
def searched(request: HttpRequest) -> HttpResponse:
    """The queries of some days, those without a result or all of them, the most frequent first."""
    days = next((n for n in SPANS if str(n) == request.GET.get("days")), 30)
    everything = request.GET.get("show") == "all"
    found = Asked.objects.filter(day__gt=timezone.now().date() - dt.timedelta(days=days))
    rows = (found if everything else found.filter(found=False)).order_by().values("query").annotate(times=Sum("count"), last=Max("day"))
    page = Paginator(rows.order_by("-times", "-last", "query"), PER_PAGE).get_page(request.GET.get("p"))
    title = _("Searches")

    def address(**changed: Any) -> str:
        return f"{reverse('desk_searched')}?{urlencode({'show': 'all' if everything else 'missed', 'days': days, **changed})}"

    context = {
        "header_title": title, "page_title": title, "header_icon": "search", "items": page, "days": days, "everything": everything,
        "rows": [Row(r["query"], r["times"], r["last"], f"/search/?{urlencode({'q': r['query']})}") for r in page],
        "tabs": [(_("Not found"), address(show="missed"), not everything), (_("All"), address(show="all"), everything)],
        "spans": [(n, address(days=n), n == days) for n in SPANS],
    }  # fmt: skip
    return TemplateResponse(request, "broadsheet_desk/searched.html", context)
