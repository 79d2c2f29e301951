"""Letters to people, by whatever server the operator named; none are sent where none was."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage

NONE = "django.core.mail.backends.dummy.EmailBackend"


def is_set() -> bool:
    """Whether the operator named a server for mail."""
    return bool(settings.EMAIL_BACKEND != NONE)


def send(*, to: str, subject: str, text: str) -> None:
    """Send a letter; raises what the server or the way to it does, so that the outbox tries again."""
    # A line end in a subject would begin another header.
    headers = {"Auto-Submitted": "auto-generated"}
    EmailMessage(" ".join(subject.split()), text, to=[to], headers=headers).send()
