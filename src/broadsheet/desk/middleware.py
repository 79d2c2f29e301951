"""The newsroom has one clock: the publication's."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from wagtail.users.models import UserProfile

from broadsheet.delivery.turnstile import SAFE, SIGN_IN
from broadsheet.stories.projections import publication


class NewsroomClockMiddleware:
    """Times in the desk are read and shown in the publication's zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith("/desk/"):
            return self.get_response(request)
        if not request.user.is_authenticated:
            # What a stranger sends is not waited for: the check of a form's token would read all of it.
            if request.method not in SAFE and request.path_info != SIGN_IN:
                if request.headers.get("X-Requested-With") == "XMLHttpRequest":
                    return HttpResponseForbidden("Sign in first.\n", content_type="text/plain; charset=utf-8")
                return redirect_to_login(request.get_full_path(), SIGN_IN)
        else:
            # Wagtail takes the zone of each request from the user's profile; this one is only ever in memory.
            profile = UserProfile.objects.filter(user=request.user).first() or UserProfile(user=request.user)
            profile.current_time_zone = publication().zone
            request.user.wagtail_userprofile = profile  # type: ignore[union-attr, attr-defined]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """A number in an address that no row can have is the number of nothing."""
        if request.path_info.startswith("/desk/") and request.method in SAFE and isinstance(exception, OverflowError | DataError):
            raise Http404 from exception
