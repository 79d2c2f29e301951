"""Which stories are translations of one another, seen and changed from any of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail.admin.widgets import AdminPageChooser

from broadsheet.stories.actions import CannotLink, link_translations, unlink_translation
from broadsheet.stories.models import Story


class OtherForm(forms.Form):
    """One more story of the group."""

    other: Any = forms.ModelChoiceField(Story.objects.all(), widget=AdminPageChooser(target_models=[Story]))


def _editable(request: HttpRequest, pk: int) -> Story:
    """The story, if what is changed here may be changed: of a public one readers see it at once."""
    story = get_object_or_404(Story, pk=pk)
    rights = story.permissions_for_user(request.user)
    if not rights.can_edit() or request.method == "POST" and story.live and not rights.can_publish():
        raise PermissionDenied
    return story


def translations(request: HttpRequest, page_id: int) -> HttpResponse:
    """The translations of a story; a POST adds one or takes one away, readers see it at once."""
    story = _editable(request, page_id)
    form = OtherForm(request.POST if "other" in request.POST else None)
    if request.method == "POST":
        if leaving := request.POST.get("unlink", ""):
            group = Story.objects.filter(translation_group=story.translation_group).exclude(translation_group=None)
            one: Story = get_object_or_404(group, pk=int(leaving) if leaving.isdecimal() and len(leaving) < 19 else 0)
            unlink_translation(story=_editable(request, one.pk), by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("“%(story)s” is no translation any more.") % {"story": one})
            return redirect("broadsheet_translations", page_id)
        if form.is_valid():
            return _link(request, story, form)
    others = Story.objects.filter(translation_group=story.translation_group).exclude(translation_group=None).order_by("pk")
    context: dict[str, Any] = {
        "header_title": _("Translations"), "page_title": _("Translations"), "page_subtitle": str(story), "header_icon": "globe",
        "story": story, "others": others, "form": form, "media": form.media,
    }  # fmt: skip
    return TemplateResponse(request, "broadsheet_desk/translations.html", context)


def _link(request: HttpRequest, story: Story, form: OtherForm) -> HttpResponse:
    other = _editable(request, form.cleaned_data["other"].pk)
    try:
        link_translations(stories=[story, other], by=request.user)  # type: ignore[arg-type]
    except CannotLink as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("“%(one)s” and “%(other)s” are translations of one another.") % {"one": story, "other": other})
    return redirect("broadsheet_translations", story.pk)
