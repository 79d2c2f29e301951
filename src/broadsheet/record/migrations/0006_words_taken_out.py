"""The digest of what was said of a change gets a column of its own, for the words may have to go."""

from django.db import migrations, models

from broadsheet.record import triggers
from broadsheet.record.digests import said_digest


def keep_digests(apps, schema_editor):
    Change = apps.get_model("record", "Change")
    # After the last migration they are made again; these let words go.
    triggers.remove()
    said, after = Change.objects.exclude(wrong="", note="").order_by("pk"), 0
    while batch := list(said.filter(pk__gt=after)[:500]):
        for one in batch:
            one.said = said_digest(one.salt, wrong=one.wrong, note=one.note)
        Change.objects.bulk_update(batch, ["said"])
        after = batch[-1].pk


class Migration(migrations.Migration):

    dependencies = [("record", "0005_readers_reports")]

    operations = [
        migrations.AddField(model_name="change", name="said", field=models.CharField(blank=True, max_length=64)),
        migrations.RunPython(keep_digests, migrations.RunPython.noop),
    ]
