"""Topics that are one story that goes on."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0010_marks_and_labels")]

    operations = [
        migrations.AddField(
            model_name="topic",
            name="kind",
            field=models.CharField(
                choices=[("subject", "subject"), ("line", "story line")],
                default="subject",
                help_text="A story line is one story that goes on: each of its stories says that it is a part of it, and what came before and after.",
                max_length=7,
                verbose_name="kind",
            ),
        ),
    ]
