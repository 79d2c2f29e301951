import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models


WAITING = """
INSERT INTO related_entry (story, waits, since, seconds, language, section, terms, weights, norm, sketch, entered, related)
SELECT story_id, 1, 1, 0, '', 0, {empty}, {empty}, 1, {empty}, 0, 0 FROM stories_listing WHERE list_key = 'site'
ON CONFLICT DO NOTHING
"""


def enter_what_was_published(apps, editor):
    """The worker finds related stories for what was public before there were any."""
    editor.execute(WAITING.format(empty="''::bytea" if editor.connection.vendor == "postgresql" else "x''"))


class Migration(migrations.Migration):

    dependencies = [
        ('related', '0001_initial'),
        ('stories', '0003_own_and_sitemap_lists'),
    ]

    operations = [
        migrations.AddField(
            model_name='story',
            name='related_banned',
            field=modelcluster.fields.ParentalManyToManyField(blank=True, related_name='+', to='stories.story', verbose_name='never related'),
        ),
        migrations.AddField(
            model_name='story',
            name='related_pinned',
            field=modelcluster.fields.ParentalManyToManyField(blank=True, related_name='+', to='stories.story', verbose_name='always related'),
        ),
        migrations.CreateModel(
            name='RelatedStory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('pinned', models.BooleanField(default=False)),
                ('nearness', models.FloatField(default=0.0)),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stories.story')),
                ('story', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='related_stories', to='stories.story')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('story', 'other'), name='stories_related_once')],
            },
        ),
        migrations.RunPython(enter_what_was_published, migrations.RunPython.noop, elidable=True),
    ]
