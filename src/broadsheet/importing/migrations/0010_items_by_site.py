

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('importing', '0009_redirects'),
    ]

    operations = [
        migrations.AlterField(
            model_name='sourceitem',
            name='site',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='items', to='importing.sourcesite'),
        ),
    ]
