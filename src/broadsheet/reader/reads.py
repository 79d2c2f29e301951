"""Where stories say that they are read: nothing is read of who says it, kept of it or sent back."""

from __future__ import annotations

import re

from crawleruseragents import is_crawler
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from broadsheet.delivery import turnstile
from broadsheet.readership import counting

COUNTED_AT = turnstile.WITHOUT_A_BODY
LONGEST_ADDRESS = 600
"""As of a permalink."""
LONGEST_NAME = 1_000
"""Of a browser's name: what is longer is none, and patterns are not tried on it."""
_PROGRAMS = re.compile(r"headless|phantom|selenium|lighthouse|monitor|preview", re.IGNORECASE)
"""Programs that open pages for somebody else; the library names crawlers."""


@csrf_exempt  # A read changes nothing for anybody, and there is no session to misuse: where it came from is checked below.
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Count a story as read; whatever is wrong with what comes in is not counted, and not answered otherwise."""
    if not counting.is_on():
        return HttpResponse(status=404)
    story = request.GET.get("story", "")
    if story.startswith("/") and len(story) <= LONGEST_ADDRESS and "\x00" not in story and _is_a_reader(request):
        counting.count(story)
    return HttpResponse(status=204, headers={"Cache-Control": "no-store"})


def _is_a_reader(request: HttpRequest) -> bool:
    """Somebody who looks at a page of ours, and has not asked to be left alone."""
    told = request.headers
    if told.get("Sec-GPC") == "1" or told.get("DNT") == "1":
        return False
    if "prefetch" in told.get("Sec-Purpose", "") or "prefetch" in told.get("Purpose", ""):
        return False
    site = told.get("Sec-Fetch-Site")
    if site != "same-origin" if site else told.get("Origin", "").partition("://")[2] != request.get_host():
        return False
    name = told.get("User-Agent", "")
    return bool(name) and len(name) <= LONGEST_NAME and not _PROGRAMS.search(name) and not is_crawler(name)
