"""The outbox: every side effect of a publish as a row, carried out after commit."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Task(models.Model):
    """One side effect that waits, runs, is done or has failed."""

    class Status(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"

    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["status", "next_attempt_at"], name="delivery_task_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.payload} ({self.status})"


class Lease(models.Model):
    """Who may do a job that must run once; valid until `until`."""

    name = models.CharField(max_length=60, unique=True)
    holder = models.CharField(max_length=120)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.holder}"


class Stamp(models.Model):
    """When something that many answers are made of was last changed: seconds since 1970, later at each change than before."""

    name = models.CharField(max_length=40, primary_key=True)
    moment = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.name} at {self.moment}"


class Purge(models.Model):
    """Keys that one write has touched; its pages are replaced after commit. Kept for a while, for renders that began before it."""

    keys = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["done_at"], name="delivery_purge_done")]

    def __str__(self) -> str:
        return f"{', '.join(self.keys)[:80]}"
