from django.conf import settings
from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0006_day_counts'),
        ('media', '0002_unguessable_documents'),
    ]

    operations = [
        migrations.AddField(
            model_name='topic',
            name='picture',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAILIMAGES_IMAGE_MODEL, verbose_name='picture'),
        ),
        migrations.AddField(
            model_name='topic',
            name='lead',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='stories.story', verbose_name='lead story'),
        ),
    ]
