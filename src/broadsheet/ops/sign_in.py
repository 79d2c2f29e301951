"""Ways into the desk: the form, which does not let anybody try passwords for long, and one-time sign-in links."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin.forms.auth import LoginForm

from broadsheet.ops.cli import Stop
from broadsheet.ops.models import FailedSignIn, SignInLink
from broadsheet.record.reports.senders import address_of

VALID = dt.timedelta(minutes=15)
COUNTED = dt.timedelta(minutes=15)
MOST, MOST_OF_ALL = 10, 100
"""Wrong passwords for one name within that time: from one address, and from all."""


class SignInForm(LoginForm):
    """Wagtail's form; after too many wrong passwords for a name it looks at none until some time has passed."""

    def clean(self) -> dict[str, Any]:
        """Look at the password, unless too many were wrong; raises ValidationError."""
        name = _digest(str(self.cleaned_data.get("username", "")).strip().casefold())
        headers = self.request.META if self.request else {}
        # Behind a proxy of the operator's own it is the reader's: else ten wrong passwords of anybody's would keep everybody out.
        address = address_of(str(headers.get("REMOTE_ADDR", "")), str(headers.get("HTTP_X_FORWARDED_FOR", "")))
        failed = FailedSignIn.objects.filter(name=name, at__gt=timezone.now() - COUNTED)
        if failed.filter(address=address).count() >= MOST or failed.count() >= MOST_OF_ALL:
            raise ValidationError(_("Too many wrong passwords. Wait a quarter of an hour, or ask an administrator for a sign-in link."))
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError:
            FailedSignIn.objects.filter(at__lte=timezone.now() - COUNTED).delete()
            FailedSignIn.objects.create(name=name, address=address)
            raise
        FailedSignIn.objects.filter(name=name, address=address).delete()
        return cleaned


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
