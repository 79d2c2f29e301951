"""Forms of the editors."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.widgets.slug import SlugInput
from wagtail.models import Page

from broadsheet.desk.reported import choices_for
from broadsheet.record.models import Kind
from broadsheet.stories.permalinks import address_below, hides
from broadsheet.stories.recording import asks

SHOWN = 5
"""Findings that are told at once."""


class SlugOfHeadline(forms.SlugField):
    """The last part of an address, made of whatever is typed: signs that no address has are left out."""

    def to_python(self, value: Any) -> str:
        """As an address writes it."""
        return slugify(str(super().to_python(value) or ""), allow_unicode=True)


class ScheduledForm(WagtailAdminPageForm):
    """A page whose schedule stands in its form, not behind a dialog."""

    show_schedule_publishing_toggle = False


def unreached(parent: Page, slug: str) -> str:
    """Why readers would not reach a section or static page with this slug there; nothing when they would."""
    if not (hidden := hides(address_below(parent, slug))):
        return ""
    told = gettext("Readers would not reach it: %(address)s is an address of the site’s own. Choose another slug, such as “%(slug)s-2”.")
    return told % {"address": hidden, "slug": slug}


class ReachedForm(ScheduledForm):
    """A page whose address is its place in the tree: it must be one where readers can reach it."""

    def clean_slug(self) -> str:
        """Refuses a slug under which one of the fixed addresses would be shown in the page's place."""
        slug = str(self.cleaned_data["slug"])
        if self.parent_page and (refused := unreached(self.parent_page, slug)):
            raise forms.ValidationError(refused)
        return slug


class ReachedCopyForm(CopyForm):
    """A copy of such a page."""

    def clean(self) -> Any:
        """Refuses a slug under which readers would not reach the copy."""
        cleaned = super().clean()
        parent = cleaned.get("new_parent_page") or self.page.get_parent()
        if (slug := cleaned.get("new_slug")) and (refused := unreached(parent, slug)):
            self.add_error("new_slug", refused)
        return cleaned


class StoryForm(ScheduledForm):
    """A story being written."""

    slug = SlugOfHeadline(label=_("Slug"), required=False, allow_unicode=True, max_length=255, widget=SlugInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            # Browsers cut what is pasted beyond a maximum without a word; the form says what is too long.
            self.fields["title"].widget.attrs.pop("maxlength", None)
            if self.instance.pk is None and not self.is_bound:
                self.fields["title"].widget.attrs["autofocus"] = True
        if field := self.fields.get("change_report"):
            closed = gettext("That report is closed by now. Choose another one, or none.")
            self.fields["change_report"] = forms.TypedChoiceField(
                choices=[("", gettext("None"))] + choices_for(self.instance), coerce=int, empty_value=None, required=False,
                label=field.label, help_text=field.help_text, error_messages={"invalid_choice": closed},
            )  # fmt: skip

    def _post_clean(self) -> None:
        super()._post_clean()
        if "action-publish" in self.data and not self.errors and "change_kind" in self.fields:
            self._ask_of_the_change()

    def _ask_of_the_change(self) -> None:
        """Whoever changes a number, a name, a date or a quotation that readers have seen says what kind of change it is, and what of it they should know.

        What changes nothing of that kind is minor, unless its writer says otherwise.
        """
        kind, note = self.instance.change_kind, self.instance.change_note.strip()
        found = asks(self.instance, self._names_above())
        if found and not kind:
            shown = ", ".join(f"{one.before or '∅'} → {one.after or '∅'}" for one in found[:SHOWN])
            self.add_error(
                "change_kind",
                gettext("Readers have seen this otherwise: %(changes)s. Say what kind of change it is.") % {"changes": shown[:400]},
            )
            self.fields["change_kind"].widget.attrs["autofocus"] = True
        elif not kind and self.instance.live:
            self.instance.change_kind = Kind.MINOR
        if not note and (kind in (Kind.CORRECTION, Kind.CLARIFICATION) or found and kind != Kind.MINOR):
            self.add_error("change_note", gettext("Tell readers in a sentence what is right now."))
        if kind == Kind.CORRECTION and not self.instance.change_wrong.strip():
            self.add_error("change_wrong", gettext("Tell readers in a sentence what was wrong."))

    def _names_above(self) -> list[str]:
        lines = self.formsets.get("bylines")
        if lines is None or not lines.is_valid():
            return [line.person.name for line in self.instance.bylines.select_related("person")]
        told = (form.cleaned_data for form in lines.forms)
        return [line["person"].name for line in told if line.get("person") and not line.get("DELETE")]

    def clean_related_pinned(self) -> Any:
        """Refuses the story itself."""
        return self._others("related_pinned")

    def clean_related_banned(self) -> Any:
        """Refuses what is pinned at the same time."""
        banned = self._others("related_banned")
        if both := {story.pk: str(story) for story in self.cleaned_data.get("related_pinned", ()) if story in banned}:
            told = gettext("“%(story)s” cannot be both: take it out of one of the two.")
            raise forms.ValidationError(told % {"story": next(iter(both.values()))})
        return banned

    def _others(self, field: str) -> Any:
        if self.instance.pk and any(story.pk == self.instance.pk for story in self.cleaned_data[field]):
            raise forms.ValidationError(gettext("A story is not related to itself."))
        return self.cleaned_data[field]

    def clean_title(self) -> str:
        """One line: the field grows with the headline, and what is pasted may bring line ends along."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_slug(self) -> str:
        """Made from the headline when empty; numbered while the story has no address yet and another has the same."""
        stem = slug = self.cleaned_data["slug"] or slugify(self.cleaned_data.get("title", ""), allow_unicode=True)[:240] or "story"
        number = 2
        while not self.instance.permalink and self.parent_page and not Page._slug_is_available(slug, self.parent_page, self.instance):
            slug, number = f"{stem[:240]}-{number}", number + 1
        return slug
