from django.db import migrations, models
from django.utils import timezone

from broadsheet.search.index import FILL
from broadsheet.search.texts import texts


def make_table(apps, schema_editor):
    texts().create()


def drop_table(apps, schema_editor):
    texts().drop()


def enter_what_is_there(apps, schema_editor):
    """What was published before there was an index is entered by the worker, while the site runs."""
    if apps.get_model("wagtailcore", "Page").objects.filter(depth__gt=2).exists():
        apps.get_model("delivery", "Task").objects.create(kind=FILL, payload={"before": 1 << 62}, next_attempt_at=timezone.now())


class Migration(migrations.Migration):
    initial = True
    dependencies = [("delivery", "0001_initial"), ("wagtailcore", "0098_apitoken")]
    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("page", models.BigIntegerField(db_index=True)),
                ("seconds", models.BigIntegerField(default=0)),
                ("keys", models.TextField(blank=True)),
                ("headline", models.TextField(blank=True)),
                ("names", models.TextField(blank=True)),
                ("standfirst", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("word", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("backwards", models.CharField(db_index=True, max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name="Asked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("query", models.CharField(max_length=60)),
                ("day", models.DateField()),
                ("count", models.PositiveIntegerField(default=1)),
                ("found", models.BooleanField()),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("day", "query"), name="search_asked_once")]},
        ),
        migrations.RunPython(make_table, drop_table),
        migrations.RunPython(enter_what_is_there, migrations.RunPython.noop),
    ]
