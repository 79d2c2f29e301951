"""Readers' comments of the old site that may be shown: approved ones, under stories that were public there, in their threads."""

from __future__ import annotations

import datetime as dt
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from broadsheet import rows
from broadsheet.delivery import purging
from broadsheet.html import plain_text, safe_url, sanitise
from broadsheet.importing import bulk
from broadsheet.importing.blocks import classic
from broadsheet.importing.models import ImportRun, SourceComment, SourceItem, SourceSite
from broadsheet.importing.records import Item
from broadsheet.stories.models import ReaderComment, Story

BATCH = 200
DEEPEST = 5
_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)
# Plug-ins keep order notes and editors' notes as comments of their own types: those are nobody's business.
_KINDS = {"comment": "comment", "review": "comment", "pingback": "pingback", "trackback": "pingback"}


def show_comments(site: SourceSite, run: ImportRun) -> None:
    """Write anew the public comments of every item that a run brought in or changed."""
    said = Exists(SourceComment.objects.filter(item=OuterRef("pk")))
    shown = Exists(ReaderComment.objects.filter(story=OuterRef("page_id")))
    changed = Q(run=run) | Q(pk__in=SourceComment.objects.filter(run=run).values("item_id"))
    touched = site.items.filter(said | shown, changed, page__isnull=False)
    # Numbers without an object for each: there may be a million.
    ids = array("q", touched.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=2000))
    for start in range(0, len(ids), BATCH):
        with transaction.atomic():
            _rewrite(list(ids[start : start + BATCH]))


def source_comments(row: SourceItem, item: Item, run: ImportRun) -> list[SourceComment]:
    """An item's comments as they are kept, not yet written."""
    return [
        bulk.made(
            SourceComment, item_id=row.pk, position=n, source_id=c.source_id[:80], parent=c.parent[:80], author=c.author, url=c.url,
            published=c.published, text=c.text, status=c.status[:20], kind=c.kind[:40], run_id=run.pk, outcome="imported",
        )
        for n, c in enumerate(item.comments)
    ]  # fmt: skip


def told(comment: SourceComment) -> tuple[str, ...]:
    """What tells one state of a comment from another."""
    return comment.source_id, comment.parent, comment.author, comment.url, comment.text, comment.status, comment.kind


def compare(held: Iterable[SourceComment], new: Iterable[SourceComment]) -> None:
    """Note of comments that take the place of others which of them were there before."""
    before = {comment.source_id: told(comment) for comment in held if comment.source_id}
    for comment in new:
        if was := before.get(comment.source_id):
            comment.outcome = "unchanged" if was == told(comment) else "updated"


def withdraw(item: SourceItem, run: ImportRun) -> None:
    """Forget the comments of an item that has none any more; `show_comments` then takes them from under its story."""
    if item.comments.exists():
        item.comments.all().delete()
        item.run, item.outcome = run, "updated"
        item.save(update_fields=["run", "outcome"])


def _rewrite(ids: list[int]) -> None:
    items = list(SourceItem.objects.filter(pk__in=ids).values_list("pk", "page_id", "page__live", "held"))
    stories = set(Story.objects.filter(pk__in=[page_id for _pk, page_id, _live, _held in items]).values_list("pk", flat=True))
    ReaderComment.objects.filter(story_id__in=stories).delete()
    shown = {pk: page_id for pk, page_id, live, held in items if page_id in stories and live and not held}
    said: defaultdict[int, list[SourceComment]] = defaultdict(list)
    for comment in SourceComment.objects.filter(item_id__in=shown, status="approved", kind__in=_KINDS):
        said[comment.item_id].append(comment)
    names = ("story_id", "position", "depth", "kind", "published", "number", "author", "url", "html")
    rows.insert(ReaderComment, names, (row for item_id, comments in said.items() for row in _rows(shown[item_id] or 0, comments)))
    purging.touch(*(f"conversation:{story}" for story in stories))


def _rows(story_id: int, comments: Iterable[SourceComment]) -> Iterator[tuple[Any, ...]]:
    for position, (comment, depth) in enumerate(threaded(list(comments))):
        kind = _KINDS[comment.kind]
        author = " ".join(plain_text(comment.author).split())
        url = safe_url(comment.url) if kind == "pingback" else ""
        yield (
            story_id, position, depth, kind, comment.published,
            int(comment.source_id) if re.fullmatch(r"\d{1,18}", comment.source_id) else None,
            # Some give their address for a name.
            re.sub(r"(\S+)@\S+\.\S+", r"\1", author[:300])[:255],
            url if re.match(r"https?://\S{1,590}$", url) else "",
            comment_html(comment.text) if kind == "comment" else "",
        )  # fmt: skip


def threaded(comments: list[SourceComment]) -> Iterator[tuple[SourceComment, int]]:
    """(comment, depth) in reading order. An answer to what is not shown stands where that would have stood."""
    known = {comment.source_id for comment in comments if comment.source_id}
    parents = {comment.source_id: comment.parent for comment in comments}
    answers: defaultdict[str, list[SourceComment]] = defaultdict(list)
    for comment in sorted(comments, key=lambda one: (one.published or _LONG_AGO, one.position)):
        parent = comment.parent if comment.parent in known and not _circles(comment, parents) else ""
        answers[parent].append(comment)

    waiting = [(comment, 0) for comment in reversed(answers.get("", []))]
    while waiting:
        comment, depth = waiting.pop()
        yield comment, min(depth, DEEPEST)
        if comment.source_id:
            waiting += [(one, depth + 1) for one in reversed(answers.pop(comment.source_id, []))]


def _circles(comment: SourceComment, parents: Mapping[str, str]) -> bool:
    at, seen = comment.parent, {comment.source_id}
    while at:
        if at in seen:
            return True
        seen.add(at)
        at = parents.get(at, "")
    return False


def comment_html(text: str) -> str:
    """A comment as WordPress shows it, sanitised; its links are nobody's recommendation."""
    html = sanitise(classic.paragraphs(sanitise(re.sub(r"<!--.*?-->", "", text, flags=re.S))))
    return html.replace('rel="noopener"', 'rel="nofollow ugc noopener"')
