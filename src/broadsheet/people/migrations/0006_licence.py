from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_declarations'),
    ]

    operations = [
        migrations.AddField(
            model_name='publication',
            name='licence',
            field=models.URLField(blank=True, help_text='Its address, such as https://creativecommons.org/licenses/by/4.0/; machines are told. Empty: all rights reserved.', verbose_name='licence of the texts'),
        ),
    ]
