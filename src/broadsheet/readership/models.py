"""How often stories are read, and which are read most; nothing of who reads."""

from __future__ import annotations

from django.db import models

from broadsheet.stories.models import Story


class ReadsInHour(models.Model):
    """How often a story was read in an hour (UTC)."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+", db_index=False)
    hour = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "hour"], name="readership_hour_once")]

    def __str__(self) -> str:
        return f"story {self.story_id}, {self.hour:%Y-%m-%d %H} h: {self.count}"


class ReadsOnDay(models.Model):
    """What is left of hours after some weeks: how often a story was read on a day by the publication's clock."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField(db_index=True)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "day"], name="readership_day_once")]

    def __str__(self) -> str:
        return f"story {self.story_id}, {self.day}: {self.count}"


class MostRead(models.Model):
    """One of the stories that are read most now. Rebuildable from the hours; whether it is public say the lists."""

    story = models.OneToOneField(Story, primary_key=True, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    """Its reads within the window, older ones counting less."""
    as_of = models.DateTimeField()

    def __str__(self) -> str:
        return f"story {self.story_id}: {self.score:.1f}"
