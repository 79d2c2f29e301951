"""Writing a story: choosing its section, opening the editor, giving it another section."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.viewsets.pages import PageViewSet

from broadsheet.desk.picker import Picker
from broadsheet.desk.queries import permitted_paths
from broadsheet.desk.reported import attach
from broadsheet.desk.together import TogetherEditView
from broadsheet.fronts.models import FrontPage
from broadsheet.stories.actions import CannotMove, move
from broadsheet.stories.models import Byline, Section, StaticPage, Story
from broadsheet.stories.queries import SectionTree


class SectionForm(forms.Form):
    """One section, found by typing."""

    section: forms.ModelChoiceField[Section] = forms.ModelChoiceField(
        Section.objects.all(), label=gettext_lazy("Section"), widget=Picker("sections", multiple=False),
        error_messages={"required": gettext_lazy("Choose a section."), "invalid_choice": gettext_lazy("There is no section of that name.")},
    )  # fmt: skip


class WriteView(CreateView):
    """A new story begins under the name of whoever writes it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The editor, with a first text to write into."""
        self.page.body = [("text", "")]
        person = getattr(request.user, "person", None)
        if person is not None:
            self.page.bylines = [Byline(person=person)]
        return super().get(request)

    def redirect_away(self) -> HttpResponse:
        """Where the story now stands among the others."""
        return HttpResponseRedirect(self.next_url or reverse("wagtailadmin_home"))


class RewriteView(TogetherEditView):
    """A story that is there already."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The editor; opened from a reader's report, with what is said of the change filled in."""
        if asked_for := request.GET.get("report"):
            attach(self.page, asked_for, request.user)
        return super().get(request, *args, **kwargs)

    def redirect_away(self) -> HttpResponse:
        """Where the story now stands among the others."""
        return HttpResponseRedirect(self.next_url or reverse("wagtailadmin_home"))


class MoveView(View):
    """Give a story another home section and go back to its editor."""

    def dispatch(self, request: HttpRequest, *args: Any, page_to_move_id: int, **kwargs: Any) -> Any:
        """The story, for those who may move it."""
        self.story = get_object_or_404(Story, pk=page_to_move_id)
        if not self.story.permissions_for_user(request.user).can_move():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self._form(request, SectionForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Move it."""
        form = SectionForm(request.POST)
        if not form.is_valid():
            return self._form(request, form)
        to = form.cleaned_data["section"]
        if not self.story.permissions_for_user(request.user).can_move_to(to):
            form.add_error("section", _("You may not move stories there."))
            return self._form(request, form)
        try:
            move(story=self.story, to=to, by=request.user)  # type: ignore[arg-type]
        except CannotMove as error:
            form.add_error("section", str(error))
            return self._form(request, form)
        messages.success(
            request, _("“%(story)s” is at home in %(section)s now.") % {"story": self.story.get_admin_display_title(), "section": to}
        )
        return HttpResponseRedirect(self._back(request))

    def _back(self, request: HttpRequest) -> str:
        return get_valid_next_url_from_request(request) or reverse("wagtailadmin_pages:edit", args=[self.story.pk])

    def _form(self, request: HttpRequest, form: SectionForm) -> HttpResponse:
        parent = self.story.get_parent()
        context = {
            "story": self.story, "form": form, "back": self._back(request), "line": SectionTree.read().line(parent.path), "media": form.media,
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_pages:edit", args=[self.story.pk]), "label": self.story.get_admin_display_title()},
                {"url": "", "label": _("Move to another section")},
            ],
        }  # fmt: skip
        return render(request, "broadsheet/desk/move.html", context)


def new_story(request: HttpRequest) -> HttpResponse:
    """Choose the section of a new story; goes straight on when there is only one."""
    allowed = writable_sections(request)
    if not allowed:
        raise PermissionDenied
    form = SectionForm(request.GET if "section" in request.GET or "section-names" in request.GET else None)
    chosen = form.cleaned_data["section"].pk if form.is_bound and form.is_valid() else None
    if form.is_bound and chosen and chosen not in {s.id for s in allowed}:
        form.add_error("section", _("You may not write there."))
        chosen = None
    if chosen is None and len(allowed) == 1:
        chosen = allowed[0].id
    if chosen is not None:
        return HttpResponseRedirect(reverse("wagtailadmin_pages:add", args=["stories", "story", chosen]))
    top = min(s.depth for s in allowed)
    rows = [(s, s.depth - top, reverse("wagtailadmin_pages:add", args=["stories", "story", s.id])) for s in allowed]
    context = {"form": form, "rows": rows, "media": form.media, "breadcrumbs_items": [{"url": "", "label": _("New story")}]}
    return render(request, "broadsheet/desk/new_story.html", context)


def writable_sections(request: HttpRequest) -> list[Any]:
    """The sections in which this user may write, in the order of the tree."""
    entries = SectionTree.read().entries
    if request.user.is_superuser:
        return list(entries)
    roots = permitted_paths(request.user, "add")  # type: ignore[arg-type]
    return [e for e in entries if any(e.path.startswith(root) for root in roots)]


class StoryViewSet(PageViewSet):
    """The editor's screens of stories."""

    model = Story
    add_view_class = WriteView
    edit_view_class = RewriteView
    move_view_class = MoveView


class SectionViewSet(PageViewSet):
    """The editor's screens of sections."""

    model = Section
    edit_view_class = TogetherEditView


class StaticPageViewSet(PageViewSet):
    """The editor's screens of static pages."""

    model = StaticPage
    edit_view_class = TogetherEditView


class FrontViewSet(PageViewSet):
    """The editor's screens of the front."""

    model = FrontPage
    edit_view_class = TogetherEditView
