"""The newsroom has one clock: the publication's."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from wagtail.users.models import UserProfile

from broadsheet.stories.projections import publication


class NewsroomClockMiddleware:
    """Times in the desk are read and shown in the publication's zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/desk/") and request.user.is_authenticated:
            # Wagtail takes the zone of each request from the user's profile; this one is only ever in memory.
            profile = UserProfile.objects.filter(user=request.user).first() or UserProfile(user=request.user)
            profile.current_time_zone = publication().zone
            request.user.wagtail_userprofile = profile  # type: ignore[union-attr, attr-defined]
        return self.get_response(request)
