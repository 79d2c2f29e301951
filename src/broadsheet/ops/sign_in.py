"""One-time sign-in links for the desk."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from broadsheet.ops.cli import Stop
from broadsheet.ops.models import SignInLink

VALID = dt.timedelta(minutes=15)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def link_for(username: str = "", *, at: str = "") -> str:
    """Make a link that signs a user in, once, within 15 minutes; `at`: where the site is reached, if not at its canonical address.

    Raises Stop when there is no such user.
    """
    users = get_user_model().objects.filter(is_active=True)
    user = users.filter(username=username).first() if username else users.filter(is_superuser=True).order_by("pk").first()
    if user is None:
        raise Stop(f"there is no desk user {username!r}" if username else "there is no desk user yet: run make up first")
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(digest=_digest(token), user=user, expires=timezone.now() + VALID)
    return f"{(at or settings.WAGTAILADMIN_BASE_URL).rstrip('/')}/desk/sign-in/{token}/"


@never_cache
@require_http_methods(["GET"])
def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Use a link: sign in and open the desk; a used or old one leads to the ordinary form."""
    link = SignInLink.objects.select_related("user").filter(digest=_digest(token), expires__gt=timezone.now()).first()
    # Whoever deletes the row has used the link; of two at once only one does.
    used = link is not None and SignInLink.objects.filter(pk=link.pk).delete()[0] == 1
    if link is None or not used or not link.user.is_active:
        return HttpResponseRedirect("/desk/login/")
    login(request, link.user, backend="django.contrib.auth.backends.ModelBackend")
    return HttpResponseRedirect("/desk/")
