"""Islands: what stands on every page and changes all day, as small stored files from which pages refresh theirs."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from broadsheet.delivery.keys import note
from broadsheet.delivery.middleware import for_all
from broadsheet.reader import frame as frames
from broadsheet.reader.pages import story_blocks
from broadsheet.stories import keys
from broadsheet.stories.cards import listed


@require_safe
def island(request: HttpRequest, name: str) -> HttpResponse:
    """One island, as it would stand on a page that is rendered now."""
    frame = frames.build(request.path_info)
    frames.speak(frame)
    if name == "latest":
        # The frame reads it apart, for pages do not depend on it; this one does.
        note(keys.top("site"))
        keys.note_rows(listed("site", frames.LATEST))
    elif name == "blocks":
        note("frontpage")
    else:
        raise Http404
    blocks = story_blocks(frame) if name == "blocks" else ()
    html = render_to_string("broadsheet/island.html", {"name": name, "site": frame.site, "blocks": blocks})
    response = HttpResponse(html)
    response.headers["Content-Language"] = frame.site.language
    response.headers["X-Robots-Tag"] = "noindex"
    return for_all(response)
