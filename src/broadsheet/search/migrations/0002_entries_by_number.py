from django.db import migrations

from broadsheet.search.models import Number


class Migration(migrations.Migration):
    dependencies = [("search", "0001_index")]
    operations = [migrations.AlterField("entry", "number", Number(primary_key=True, serialize=False))]
