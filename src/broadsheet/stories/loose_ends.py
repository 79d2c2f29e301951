"""What on a page waits for an editor, found in its body without a query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from broadsheet.html import plain_text
from broadsheet.media.models import Image
from broadsheet.stories.blocks import items_of


def rewrite(pages: Sequence[Any], *, are_new: bool = False) -> None:
    """Write anew what pages wait for: at most three queries, however many pages."""
    from broadsheet.stories.models import LooseEnd

    if not are_new:
        LooseEnd.objects.filter(page_id__in=[page.pk for page in pages]).delete()
    rows = [
        LooseEnd(page_id=page.pk, kind=kind, block=block, what=what[:255], image_id=image_id)
        for page in pages
        for kind, block, what, image_id in _ends(page)
    ]
    # A body may name a picture that was deleted since.
    wanted = {row.image_id for row in rows if row.image_id} if not are_new else set()
    there = set(Image.objects.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else wanted
    for row in rows:
        if row.image_id in wanted - there:
            row.kind, row.image_id = LooseEnd.Kind.MISSING, None
    LooseEnd.objects.bulk_create(rows, batch_size=150)


def _ends(page: Any) -> Iterator[tuple[str, str, str, int | None]]:
    """(kind, block, what, picture) of each."""
    if getattr(page, "lead_image_id", None) and not page.lead_alt:
        yield "alt", "", "", page.lead_image_id
    for block in page.body.raw_data:
        place, value = block.get("id") or "", block["value"]
        if block["type"] == "unknown":
            yield "unknown", place, value.get("name") or plain_text(value.get("html") or ""), None
        elif block["type"] in ("picture", "gallery"):
            for picture in [value] if block["type"] == "picture" else items_of(value.get("pictures")):
                yield from _picture(place, picture)


def _picture(place: str, value: dict[str, Any]) -> Iterator[tuple[str, str, str, int | None]]:
    if not value.get("image"):
        yield "missing", place, value.get("source") or "", None
    elif not value.get("alt") and not value.get("decorative"):
        yield "alt", place, "", value["image"]
