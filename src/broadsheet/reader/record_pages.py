"""The public pages of the record: what changed in a story, all corrections, and a story's record for machines."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from broadsheet.reader.changes import ROOT, changes_page, corrections_page, public_story
from broadsheet.reader.views import framed, gone, page, rendered
from broadsheet.record import history
from broadsheet.record.models import Change, Kind
from broadsheet.stories.models import Section, Story

TOP = 3
"""Of the tree: where sections are whose address has one part."""


_OF_OLD: tuple[tuple[Any, dict[str, Any]], ...] = ((Story, {"permalink": ROOT}), (Section, {"slug": ROOT.strip("/"), "depth": TOP}))


def _number(request: HttpRequest, name: str) -> int:
    """A number in the query; 0 where there is none. Raises Http404 for anything else."""
    value = request.GET.get(name)
    if value is not None and not re.fullmatch(r"[1-9]\d{0,17}", value, re.ASCII):
        raise Http404
    return int(value or 0)


def _place(request: HttpRequest) -> tuple[dt.datetime, int] | None:
    """Where the list of corrections goes on, from `?before=<moment in UTC>~<how many of that moment were shown>`; Http404 for anything else."""
    value = request.GET.get("before")
    if value is None:
        return None
    moment, _sep, shown = value.replace(" ", "+").partition("~")
    if not re.fullmatch(r"[1-9]\d{0,5}", shown, re.ASCII) or not moment.endswith("+00:00"):
        raise Http404
    try:
        return dt.datetime.fromisoformat(moment), int(shown)
    except ValueError as error:
        raise Http404 from error


@require_safe
def changes(request: HttpRequest, path: str) -> HttpResponse:
    """What changed in a story; of one that was removed only that it was. Where there is no story it is an address like any other."""
    if "\x00" in path or path.startswith("/"):
        return page(request, f"{path}/changes/")
    row = public_story(path, "/changes/")
    if row is None:
        removed = was_removed(path)
        return gone(request, path=removed) if removed else page(request, f"{path}/changes/")
    made = changes_page(row, framed(request), version=_number(request, "version"), before=_number(request, "before"))
    if made is None:
        raise Http404
    return rendered("changes", made, stored=True)


def was_removed(path: str) -> str:
    """The address of a story that is not public any more, or nothing."""
    return next((one for one in (f"/{path}/", f"/{path}") if history.removal_at(one)), "")


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """All corrections and clarifications, newest first; a story or section that was at that address before stays there."""
    if any(model.objects.filter(**found, live=True).exists() for model, found in _OF_OLD):
        return page(request, ROOT.lstrip("/"))
    return rendered("corrections", corrections_page(framed(request), before=_place(request)), stored=True)


@require_safe
def changes_json(request: HttpRequest, path: str) -> HttpResponse:
    """A story's record for machines (`docs/contracts/record.md`)."""
    row = public_story(path, "/changes.json") if "\x00" not in path and not path.startswith("/") else None
    if row is None:
        address = was_removed(path) if "\x00" not in path else ""
        removed = history.removal_at(address) if address else None
        if removed is None:
            return page(request, f"{path}/changes.json")
        return _json({"story": removed.story, "removed": _moment(removed.since), "reason": removed.reason}, status=410)
    known = {one.number: one for one in history.versions(row[0])}
    texts = history.texts(one.id for one in known.values())
    salts = dict(Change.objects.filter(story=row[0]).values_list("pk", "held__salt"))
    entries = []
    for one in Change.objects.filter(story=row[0]).order_by("number"):
        # What was said before something else was said in its place is not repeated: its digest is in the entry.
        version = known.get(one.about or one.number)
        is_of_what_went = one.kind == Kind.REMOVAL and bool(one.text_digest)
        holds = is_of_what_went or version is not None and version.saying == one.number
        told: dict[str, Any] = {
            "number": one.number, "moment": _moment(one.moment), "kind": one.kind, "about": one.about, "chosen": one.chosen,
            "text": one.text_digest, "said_digest": one.said, "previous": one.previous, "digest": one.digest,
        }  # fmt: skip
        if holds and one.salt:
            told["said"] = {"wrong": one.wrong, "note": one.note, "salt": one.salt}
        if one.pk in texts:
            told["content"] = {"text": texts[one.pk], "salt": salts[one.pk]}
        entries.append(told)
    return _json({"story": row[0], "address": row[1], "entries": entries})


def _json(told: dict[str, Any], status: int = 200) -> HttpResponse:
    response = HttpResponse(json.dumps(told, ensure_ascii=False), content_type="application/json; charset=utf-8", status=status)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _moment(when: dt.datetime) -> str:
    return when.astimezone(dt.UTC).isoformat(timespec="microseconds")
