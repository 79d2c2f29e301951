"""A home, section and story page as Wagtail's own tutorials write them: the idiom, not a straw man."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page


class PlainHome(Page):
    """The newest stories, then a block per section."""

    parent_page_types = ["wagtailcore.Page"]

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the template gets."""
        context = super().get_context(request, *args, **kwargs)
        stories = PlainStory.objects.live().select_related("author").order_by("-date")
        context["latest"] = stories[:5]
        sections = PlainSection.objects.child_of(self).live()
        context["sections"] = [(s, stories.descendant_of(s)[:5]) for s in sections]
        return context


class PlainSection(Page):
    """A paginated list of the section's stories."""

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the template gets."""
        context = super().get_context(request, *args, **kwargs)
        stories = PlainStory.objects.descendant_of(self).live().select_related("author").order_by("-date")
        context["stories"] = Paginator(stories, 29).get_page(request.GET.get("page"))
        return context


class PlainStory(Page):
    """A story with its author and the newest of its section."""

    date = models.DateTimeField(db_index=True)
    standfirst = models.TextField(blank=True)
    author = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    body = StreamField([("text", blocks.RichTextBlock())])

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the template gets."""
        context = super().get_context(request, *args, **kwargs)
        stories = PlainStory.objects.live().select_related("author")
        context["latest"] = stories.order_by("-date")[:5]
        context["newer"] = stories.filter(date__gt=self.date).order_by("date").first()
        context["older"] = stories.filter(date__lt=self.date).order_by("-date").first()
        home = PlainHome.objects.ancestor_of(self).first()
        context["sections"] = [(s, stories.descendant_of(s).order_by("-date")[:5]) for s in PlainSection.objects.child_of(home).live()[:5]]
        return context
