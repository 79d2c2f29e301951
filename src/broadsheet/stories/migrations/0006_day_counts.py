from django.db import migrations, models

from broadsheet.stories import tallies


def begin(apps, schema_editor):
    tallies.install()
    tallies.count_all()


def end(apps, schema_editor):
    tallies.remove()


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0005_picture_and_update_lists'),
    ]

    operations = [
        migrations.CreateModel(
            name='DayCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('list_key', models.CharField(max_length=80)),
                ('day', models.DateField()),
                ('count', models.IntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('list_key', 'day'), name='stories_daycount_once')],
            },
        ),
        migrations.RunPython(begin, end),
    ]
