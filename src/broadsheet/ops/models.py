"""What operation keeps in the database."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SignInLink(models.Model):
    """A sign-in link that was printed; usable once, for a short time. Only its digest is kept."""

    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    expires = models.DateTimeField()

    def __str__(self) -> str:
        return f"sign-in link of {self.user_id}"
