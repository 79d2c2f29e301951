"""Entries made before there was a log: what was said of them enters their digest salted, and they wait for the log. Nothing was signed yet."""

from django.db import migrations

from broadsheet.record import triggers
from broadsheet.record.digests import entry_digest, new_salt, said_digest


def digest_anew(apps, schema_editor):
    Change, Waiting = apps.get_model("record", "Change"), apps.get_model("record", "Waiting")
    if not Change.objects.exists():
        return
    # After the last migration they are made again.
    triggers.remove()
    ends, batch = {}, []
    for one in Change.objects.order_by("pk").iterator(chunk_size=1000):
        one.salt = new_salt() if one.wrong or one.note else ""
        one.previous = ends.get(one.story, "")
        one.digest = ends[one.story] = entry_digest(
            story=one.story, number=one.number, moment=one.moment, kind=one.kind, about=one.about,
            said=said_digest(one.salt, wrong=one.wrong, note=one.note), chosen=one.chosen, text=one.text_digest, previous=one.previous,
        )
        batch.append(one)
        if len(batch) == 500:
            write(Change, Waiting, batch)
    write(Change, Waiting, batch)


def write(Change, Waiting, batch):
    Change.objects.bulk_update(batch, ["salt", "previous", "digest"])
    Waiting.objects.bulk_create([Waiting(change_id=one.pk) for one in batch])
    batch.clear()


class Migration(migrations.Migration):

    dependencies = [("record", "0002_log")]

    operations = [migrations.RunPython(digest_anew, migrations.RunPython.noop)]
