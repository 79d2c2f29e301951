"""The record's log for whoever checks it: its files, a story's place in it, and the program that a reader checks a story with."""

from __future__ import annotations

import os
import re
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from broadsheet.delivery.plain_files import BYTES, FOR_EVER, PlainFiles
from broadsheet.record import log
from broadsheet.record.models import Change, Kind, Leaf
from broadsheet.record.proving import Wrong, bundle, unbundle
from broadsheet.record.standalone import source
from broadsheet.stories.models import Story

TILES = re.compile(r"(?:\d+/)?tile/")
BEGUN = re.compile(r"(?P<tile>(?:\d+/)?tile/(?P<kind>entries|\d+)/(?:x\d{3}/)*\d{3})\.p/(?P<width>[1-9]\d{0,2})")


def files() -> PlainFiles:
    """The files of all logs, at their addresses."""
    return PlainFiles(log.files(), "/record/", kept=TILES)


@require_safe
def file(request: HttpRequest, path: str) -> HttpResponse:
    """A file of a log; of a tile that has grown since, what it was."""
    found = files().find(f"/record/{path}")
    if found:
        return HttpResponse(found.body, headers=dict(found.headers))
    wanted = BEGUN.fullmatch(path)
    body = _as_it_was(wanted["tile"], wanted["kind"], int(wanted["width"])) if wanted else None
    if body is None:
        raise Http404
    return HttpResponse(body, content_type=BYTES, headers={"Cache-Control": FOR_EVER, "Access-Control-Allow-Origin": "*"})


def _as_it_was(tile: str, kind: str, width: int) -> bytes | None:
    """A tile when it was so wide, of which only a wider one is left, as after the files were written anew."""
    full = log.files() / tile
    begun = full.with_name(f"{full.name}.p")
    wider = [number for number in _widths(begun) if number > width]
    place = begun / str(max(wider)) if wider else full
    try:
        held = place.read_bytes()
        cut = bundle(unbundle(held)[:width]) if kind == "entries" else held[: 32 * width]
        return cut if len(cut) < len(held) else None
    except (OSError, Wrong):
        return None


def _widths(folder: Path) -> list[int]:
    try:
        return [int(name) for name in os.listdir(folder) if name.isdigit()]
    except OSError:
        return []


@require_safe
def program(request: HttpRequest) -> HttpResponse:
    """The one file with which a reader checks a story."""
    return HttpResponse(source(), content_type="text/x-python; charset=utf-8", headers={"Cache-Control": "public, max-age=3600"})


@require_safe
def story(request: HttpRequest, path: str) -> HttpResponse:
    """Of a public story: where its entries are in the log, and the text of the last with its salt."""
    pk = (
        None
        if "\x00" in path
        else Story.objects.filter(permalink=path, live=True, published__isnull=False).values_list("pk", flat=True).first()
    )
    if pk is None:
        raise Http404
    last = Change.objects.filter(story=pk, about=None).order_by("-number").values_list("kind", "held__text", "held__salt").first()
    if last is None or last[0] == Kind.REMOVAL or not last[2]:
        raise Http404
    current = log.current()
    places = list(Leaf.objects.filter(log=current, change__story=pk).order_by("place").values_list("place", flat=True))
    told = {
        "story": pk, "log": log.address_of(current.number), "places": places, "waiting": Change.objects.filter(story=pk).count() > len(places),
        "text": last[1], "salt": last[2],
    }  # fmt: skip
    return JsonResponse(told, headers={"Cache-Control": "no-cache", "Access-Control-Allow-Origin": "*"})
