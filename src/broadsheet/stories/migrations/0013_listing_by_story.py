

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0012_change_report'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='listing',
            name='stories_listing_once',
        ),
        migrations.AlterField(
            model_name='listing',
            name='story',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='listings', to='stories.story'),
        ),
        migrations.AddConstraint(
            model_name='listing',
            constraint=models.UniqueConstraint(fields=('story', 'list_key'), name='stories_listing_once'),
        ),
    ]
