"""What operation keeps in the database."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class SignInLink(models.Model):
    """A sign-in link that was printed; usable once, for a short time. Only its digest is kept."""

    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    expires = models.DateTimeField()

    def __str__(self) -> str:
        return f"sign-in link of {self.user_id}"


class FailedSignIn(models.Model):
    """A password that was wrong; kept as long as it counts. Of the name only a digest: people type passwords there, too."""

    name = models.CharField(max_length=64, db_index=True)
    address = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"failed sign-in at {self.at:%Y-%m-%d %H:%M}"
