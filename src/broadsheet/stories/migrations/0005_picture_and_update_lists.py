"""Rows of two further kinds of list for every public story: of the pictures it shows, and of all stories by their last update."""

import json

from django.db import connection, migrations
from django.db.models import F
from django.db.models.functions import Coalesce

AT_ONCE = 1_000


def shown(body):
    """Ids of the pictures in a body as it is stored."""
    found = set()
    for block in json.loads(body) if isinstance(body, str) else body or []:
        value = block.get("value") or {}
        if block.get("type") == "picture":
            found.add(value.get("image"))
        elif block.get("type") == "gallery":
            for one in value.get("pictures") or []:
                found.add(((one["value"] if isinstance(one, dict) and one.get("type") == "item" else one) or {}).get("image"))
    return found


def fill(apps, schema_editor):
    Listing, Image = apps.get_model("stories", "Listing"), apps.get_model("media", "Image")
    last = 0
    while rows := list(
        Listing.objects.filter(list_key="site", story_id__gt=last)
        .order_by("story_id")
        .annotate(moment=Coalesce("story__updated", F("published")))
        .values_list("story_id", "published", "moment", "story__lead_image_id")[:AT_ONCE]
    ):
        first, last = rows[0][0], rows[-1][0]
        # As it is stored: the model of this time makes blocks of it, which takes far longer.
        with connection.cursor() as cursor:
            cursor.execute("SELECT page_ptr_id, body FROM stories_story WHERE page_ptr_id BETWEEN %s AND %s", [first, last])
            bodies = dict(cursor.fetchall())
        pictures = {story: {lead, *shown(bodies.get(story))} - {None} for story, _published, _moment, lead in rows}
        there = set(Image.objects.filter(pk__in=set().union(*pictures.values())).values_list("pk", flat=True))
        made = []
        for story, published, moment, _lead in rows:
            made.append(Listing(list_key="updated", published=moment, story_id=story))
            made += [Listing(list_key=f"image:{pk}", published=published, story_id=story) for pk in sorted(pictures[story] & there)]
        Listing.objects.bulk_create(made)


def empty(apps, schema_editor):
    Listing = apps.get_model("stories", "Listing")
    Listing.objects.filter(list_key="updated").delete()
    Listing.objects.filter(list_key__startswith="image:").delete()


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0004_related_stories'),
        ('media', '0002_unguessable_documents'),
    ]

    operations = [
        migrations.RunPython(fill, empty, elidable=True),
    ]
