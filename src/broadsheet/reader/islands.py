"""Islands: what stands on every page and changes all day, as small stored files from which pages refresh theirs."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from broadsheet.delivery.keys import note
from broadsheet.delivery.middleware import for_all
from broadsheet.fronts.arranging import orders_of
from broadsheet.fronts.filling import fill
from broadsheet.fronts.models import FrontPage
from broadsheet.reader import contexts as c
from broadsheet.reader import frame as frames
from broadsheet.reader.strips import containers, story_blocks
from broadsheet.readership.ranking import READ
from broadsheet.stories import keys
from broadsheet.stories.cards import Names, listed


@dataclass(frozen=True, slots=True)
class Island:
    """One island by its name, with the strips it holds."""

    name: str
    strips: tuple[c.Container, ...] = ()


@require_safe
def islands(request: HttpRequest, names: str) -> HttpResponse:
    """The islands of one page, named in their order with dots between, as they would stand on it if it were rendered now."""
    wanted = names.split(".")
    if len(set(wanted)) != len(wanted):
        raise Http404
    frame = frames.build(request.path_info)
    frames.speak(frame)
    found = [_island(name, frame) for name in wanted]
    response = HttpResponse(render_to_string("broadsheet/island.html", {"islands": found, "site": frame.site}))
    response.headers["Content-Language"] = frame.site.language
    response.headers["X-Robots-Tag"] = "noindex"
    return for_all(response)


def _island(name: str, frame: frames.Frame) -> Island:
    if name == "latest":
        # The frame reads it apart, for pages do not depend on it; this one does.
        note(keys.top("site"))
        keys.note_rows(listed("site", frames.LATEST))
        return Island(name)
    note("frontpage", READ)
    if name == "blocks":
        return Island(name, story_blocks(frame))
    place = re.fullmatch(r"most-read-([1-9]\d?)", name, re.ASCII)
    front = FrontPage.only_one()
    if place is None or front is None or not front.live:
        raise Http404
    orders, _arranged = orders_of(front, frame.tree)
    number = int(place[1])
    if number > len(orders) or not orders[number - 1].most_read:
        raise Http404
    filled = [replace(one, place=number) for one in fill(orders[number - 1 : number], frame.tree, Names())]
    return Island(name, containers(filled, frame, in_island=False))
