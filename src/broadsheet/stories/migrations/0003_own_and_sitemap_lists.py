"""Rows of two further kinds of list for every public story: of the sections it stands in without those above, and of its month's sitemap."""

import datetime as dt
from collections import Counter

from django.db import migrations

STEP = 4
"""Signs of a page's path for each level of the tree."""
MOST = 10_000
AT_ONCE = 2_000


def fill(apps, schema_editor):
    Listing, Section, Story = (apps.get_model("stories", name) for name in ("Listing", "Section", "Story"))
    sections = dict(Section.objects.values_list("path", "pk"))
    in_month = Counter()
    last = 0
    while rows := list(
        Listing.objects.filter(list_key="site", story_id__gt=last)
        .order_by("story_id")
        .values_list("story_id", "published", "story__path", "story__noindex", "story__original_url")[:AT_ONCE]
    ):
        last = rows[-1][0]
        further = Story.sections.through.objects.filter(story_id__in=[row[0] for row in rows]).values_list("story_id", "section_id")
        standing = {(story, sections[path[:-STEP]]) for story, _published, path, _noindex, _url in rows if path[:-STEP] in sections}
        dates = {row[0]: row[1] for row in rows}
        made = [Listing(list_key=f"own:{section}", published=dates[story], story_id=story) for story, section in sorted(standing | set(further))]
        for story, published, _path, noindex, original_url in rows:
            if not noindex and not original_url:
                month = f"{published.astimezone(dt.UTC):%Y-%m}"
                part = in_month[month] // MOST + 1
                in_month[month] += 1
                key = f"sitemap:{month}" if part == 1 else f"sitemap:{month}-{part}"
                made.append(Listing(list_key=key, published=published, story_id=story))
        Listing.objects.bulk_create(made)


def empty(apps, schema_editor):
    Listing = apps.get_model("stories", "Listing")
    Listing.objects.filter(list_key__startswith="own:").delete()
    Listing.objects.filter(list_key__startswith="sitemap:").delete()


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0002_translations_comments_loose_ends'),
    ]

    operations = [
        migrations.RunPython(fill, empty, elidable=True),
    ]
