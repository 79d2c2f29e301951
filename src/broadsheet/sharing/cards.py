"""Where the card of a public story is: drawn when it is first asked for, kept as a file, dropped when the story changes."""

from __future__ import annotations

import hashlib
import itertools
import logging
import os
import shutil
import threading
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from PIL import Image, UnidentifiedImageError

from broadsheet import palette
from broadsheet.people.models import Publication
from broadsheet.sharing.drawing import Card, draw
from broadsheet.sharing.fonts import files
from broadsheet.stories.cards import Names, card_of, rows_of
from broadsheet.stories.contexts import Card as StoryCard
from broadsheet.stories.models import Story
from broadsheet.stories.projections import publication
from broadsheet.stories.queries import SectionTree

LOOKS = 1
"""Which way of drawing; a change makes all cards anew."""
PATIENCE = 4.0
"""Seconds to wait for the one card that is drawn at a time, so that pages have the processor."""
A_WEEK, A_MINUTE = 604_800, 60
MOST, SWEPT_EVERY = 256 << 20, 200
"""Bytes of cards that are kept, those drawn last; looked at after so many drawn, for a card is some 40 kB."""
logger = logging.getLogger("broadsheet.sharing")
_drawing = threading.BoundedSemaphore(1)
_drawn = itertools.count()


def card_address(story: StoryCard, paper: Publication) -> str:
    """The path of a story's card; another headline, section, name or colour gives another one."""
    return f"/cards/{_digest(_card(story, paper))}{story.url.rstrip('/')}.png"


def _card(story: StoryCard, paper: Publication) -> Card:
    return Card(
        headline=story.headline, kicker=story.label or (story.kicker.text if story.kicker else ""), name=paper.name,
        language=story.language, right_to_left=story.direction == "rtl", name_language=paper.language,
        name_right_to_left=paper.direction == "rtl", brand=paper.brand_colour.lower(), tone=palette.TONES.get(story.tone, palette.BRAND),
        opinion=story.kind == "opinion",
    )  # fmt: skip


def _digest(card: Card) -> str:
    told = "\x1f".join((str(LOOKS), card.told(), *sorted(files())))
    return hashlib.sha256(told.encode(errors="replace")).hexdigest()[:16]


def _folder(story_id: int) -> Path:
    # Outside of what is served as files: what is no longer public is not found here either.
    return Path(settings.DATA) / "cards" / str(story_id // 1000) / str(story_id)


def drop(story_id: int) -> None:
    """Forget the cards of a story."""
    shutil.rmtree(_folder(story_id), ignore_errors=True)


def sweep(most: int | None = None) -> int:
    """Where the cards weigh more than they may, drop those drawn first until they weigh three quarters of that; returns how many."""
    most, found = MOST if most is None else most, []
    for place in (Path(settings.DATA) / "cards").glob("*/*/*.png"):
        with suppress(OSError):
            known = place.stat()
            found.append((known.st_mtime, known.st_size, place))
    weight, dropped = sum(size for _drawn_at, size, _place in found), 0
    if weight > most:
        for _drawn_at, size, place in sorted(found):
            if weight <= most * 3 // 4:
                break
            shutil.rmtree(place.parent, ignore_errors=True)
            weight, dropped = weight - size, dropped + 1
    return dropped


@require_safe
def show(request: HttpRequest, digest: str, permalink: str) -> HttpResponse:
    """The card of a public story as it is now, whatever its address says; 503 while too many wait for theirs."""
    found = Story.objects.filter(permalink__in=[permalink, f"{permalink}/"], live=True).order_by("permalink")
    row = next(iter(rows_of(list(found.values_list("pk", flat=True)))), None)
    if row is None:
        raise Http404
    pk = row[0]
    if social := ((row[4] or {}).get("picture") or {}).get("social"):
        return HttpResponseRedirect(social)
    paper = publication()
    card = _card(card_of(row, SectionTree.read(), Names()), paper)
    current = _digest(card)
    picture = _kept(pk, current)
    if picture is None:
        if not _drawing.acquire(timeout=PATIENCE):
            return HttpResponse("Busy, try again.\n", status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "10"})
        try:
            picture = _kept(pk, current) or _made(pk, current, card, paper)
        finally:
            _drawing.release()
    response = HttpResponse(picture, content_type="image/png")
    patch_cache_control(response, public=True, max_age=A_WEEK if digest == current else A_MINUTE)
    return response


def _kept(story_id: int, digest: str) -> bytes | None:
    try:
        return (_folder(story_id) / f"{digest}.png").read_bytes()
    except OSError:
        return None


def _made(story_id: int, digest: str, card: Card, paper: Publication) -> bytes:
    picture = draw(card, _logo(paper))
    folder = _folder(story_id)
    try:
        drop(story_id)
        folder.mkdir(parents=True, exist_ok=True)
        beside = folder / f".{digest}-{os.getpid()}"
        beside.write_bytes(picture)
        beside.replace(folder / f"{digest}.png")
        if next(_drawn) % SWEPT_EVERY == 0:
            sweep()
    except OSError as error:
        # It can be shown all the same, and is drawn again the next time.
        logger.warning("the card of story %s could not be kept: %s", story_id, error)
    return picture


def _logo(paper: Publication) -> Image.Image | None:
    if not paper.logo_id or paper.logo is None:
        return None
    try:
        with paper.logo.file.open("rb") as file:
            logo = Image.open(file)
            logo.load()
            return logo
    except (OSError, UnidentifiedImageError, ValueError) as error:
        logger.warning("the logo cannot be drawn: %s", error)
        return None
