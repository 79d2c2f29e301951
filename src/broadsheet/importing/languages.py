"""Fronts and feeds that plug-ins gave each language of a site, `/fr/` and `/fr/feed/`: here, a search for what is in that language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower

from broadsheet.importing.models import SourceItem, SourceSite
from broadsheet.stories.models import Listing, Story

_TAG = re.compile(r"([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{2,8})*)")


def leads_to(part: str, feed: str | None) -> str:
    """Where the front of a language leads, or its feed (`""` or `atom/`); nothing where a site moved in has no public story in it."""
    found = _TAG.fullmatch(part)
    if found is None:
        return ""
    first, more = found[1].lower(), found[2].replace("_", "-")
    # Plug-ins write small in addresses what has capitals in a tag.
    spellings = {first + rest for rest in (more, more.lower(), more.upper(), more.title())}
    brought_in = SourceItem.objects.filter(page=OuterRef("story_id"), site__in=SourceSite.objects.brought_in())
    stories = Listing.objects.filter(Exists(brought_in), list_key__in=[f"language:{tag}" for tag in spellings])
    key = stories.order_by().values_list("list_key", flat=True).first()
    return listed(key.partition(":")[2], feed) if key else ""


def listed(tag: str, feed: str | None) -> str:
    """The stories in a language, or their feed."""
    return f"/search/{'' if feed is None else f'feed/{feed}'}?language={tag}"


def of_site(site: SourceSite, folder: str) -> Iterator[tuple[str, str]]:
    """(part of addresses, tag) of each language that a site had a folder for, with something public in it."""
    stories = Story.objects.filter(live=True, pk__in=SourceItem.objects.filter(site=site).values("page"))
    for tag in stories.exclude(language="").order_by("language").values_list("language", flat=True).distinct():
        below = SourceItem.objects.annotate(old=Lower("old_path")).filter(site=site, page__story__language=tag, page__live=True)
        if below.filter(old__startswith=f"{folder}/{tag}/".lower()).exists():
            yield tag.lower(), tag
