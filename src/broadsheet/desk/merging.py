"""Two topics, or two entries of one person, become one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from broadsheet.desk.picker import Picker
from broadsheet.people.models import Person
from broadsheet.stories.actions import CannotMerge, merge_people, merge_topics
from broadsheet.stories.models import Byline, Listing, Story, Topic

MERGES: dict[str, tuple[Any, str, Callable[..., int]]] = {
    "topics": (Topic, "topic", lambda one, into, by: merge_topics(topic=one, into=into, by=by)),
    "people": (Person, "person", lambda one, into, by: merge_people(person=one, into=into, by=by)),
}


class MergeForm(forms.Form):
    """What the one is to become."""

    confirm = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, one: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.one = one
        self.fields["into"] = forms.ModelChoiceField(
            MERGES[kind][0].objects.filter(merged_into=None), label=gettext_lazy("Becomes"), widget=Picker(kind, multiple=False),
            error_messages={"required": gettext_lazy("Choose one."), "invalid_choice": gettext_lazy("There is none of that name.")},
        )  # fmt: skip

    def clean_into(self) -> Any:
        """Another one."""
        if self.cleaned_data["into"].pk == self.one.pk:
            raise forms.ValidationError(_("Choose another one."))
        return self.cleaned_data["into"]


def merge(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Choose what it becomes, see what that means, confirm."""
    if kind not in MERGES:
        raise Http404
    model, word, verb = MERGES[kind]
    if not request.user.has_perm(f"{model._meta.app_label}.change_{word}"):
        raise PermissionDenied
    one = get_object_or_404(model, pk=pk)
    index = reverse(model.snippet_viewset.get_url_name("list"))
    form = MergeForm(request.POST or None, kind=kind, one=one)
    into = None
    if form.is_bound and form.is_valid():
        into = form.cleaned_data["into"]
        if form.cleaned_data["confirm"]:
            try:
                touched = verb(one, into, request.user)
            except CannotMerge as error:
                form.add_error("into", str(error))
                into = None
            else:
                told = ngettext("%(count)s public story", "%(count)s public stories", touched) % {"count": touched}
                messages.success(request, _("“%(one)s” is “%(into)s” now, in %(told)s too.") % {"one": one, "into": into, "told": told})
                return HttpResponseRedirect(index)
    context = {
        "one": one, "into": into, "form": form, "media": form.media, "index": index, "public": Listing.objects.filter(list_key=f"{word}:{pk}").count(),
        "all": (Story.topics.through.objects.filter(topic=pk) if kind == "topics" else Byline.objects.filter(person=pk)).count(),
        "breadcrumbs_items": [
            {"url": index, "label": model._meta.verbose_name_plural.capitalize()},
            {"url": reverse(model.snippet_viewset.get_url_name("edit"), args=[pk]), "label": str(one)}, {"url": "", "label": _("Merge")},
        ],
    }  # fmt: skip
    return render(request, "broadsheet/desk/merge.html", context)
