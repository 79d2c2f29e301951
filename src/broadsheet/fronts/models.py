"""The front of the publication and what stands on it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock

from broadsheet.html import safe_url
from broadsheet.people.models import language_tag
from broadsheet.stories import builders
from broadsheet.stories.models import Restricted, Section

LAYOUTS = [
    ("lead", _("Lead and secondaries")),
    ("grid", _("Grid")),
    ("features", _("Features, picture-led")),
    ("opinion", _("Opinion, with portraits")),
    ("list", _("Compact list")),
    ("section", _("Section block: one lead, then text")),
]


class ContainerBlock(blocks.StructBlock):
    """A strip that holds what is pinned and fills itself with the newest from its list."""

    heading = blocks.CharBlock(label=_("heading"), required=False, help_text=_("Empty: the name of the list."))
    layout = blocks.ChoiceBlock(label=_("layout"), choices=LAYOUTS, default="section")
    section = blocks.PageChooserBlock(label=_("filled from the section"), page_type="stories.Section", required=False)
    placement = SnippetChooserBlock("stories.Placement", label=_("or from the placement list"), required=False)
    topic = SnippetChooserBlock("stories.Topic", label=_("or from the topic"), required=False)
    count = blocks.IntegerBlock(label=_("stories"), default=5, min_value=1, max_value=20)
    pinned = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="stories.Story"), label=_("pinned, in this order"), default=[], required=False
    )

    class Meta:
        icon = "list-ul"
        label = _("Container")
        label_format = "{layout}: {heading} {section}{placement}{topic}"


class MostReadBlock(blocks.StructBlock):
    """A numbered list of what is read most, of everything or of a part."""

    heading = blocks.CharBlock(label=_("heading"), required=False, help_text=_("Empty: “Most read”."))
    section = blocks.PageChooserBlock(label=_("only of the section"), page_type="stories.Section", required=False)
    language = blocks.CharBlock(
        label=_("only in the language"), required=False, max_length=35, validators=[language_tag], help_text=_("A tag such as en or ar.")
    )
    count = blocks.IntegerBlock(label=_("stories"), default=5, min_value=1, max_value=20)

    class Meta:
        icon = "order-down"
        label = _("Most read")
        label_format = "{heading} {section} {language}"


STRIPS = [("container", ContainerBlock()), ("most_read", MostReadBlock())]


class FrontPage(Restricted, Page):
    """The front: containers in an editor's order; also which blocks stand under every story."""

    containers = StreamField(STRIPS, blank=True, verbose_name=_("containers"))
    story_blocks = StreamField(STRIPS, blank=True, verbose_name=_("blocks under stories"))

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["stories.Section", "stories.StaticPage"]
    private_page_options: list[str] = []
    max_count = 1

    class Meta:
        verbose_name = _("front")

    @classmethod
    def only_one(cls, *fields: str) -> FrontPage | None:
        """The one front, with all fields or those named; unordered, so that no index of all pages is walked to find it."""
        front = cls.objects.only(*fields) if fields else cls.objects.all()
        return next(iter(front.order_by()[:1]), None)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The front."""
        return builders.respond(self, request)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The front, from unsaved containers."""
        return builders.respond(self, request, preview=True)


class MenuEntry(models.Model):
    """An entry of the main menu: a section, or a text and an address.

    While no entry stands for a section, all sections stand in the menu of themselves; from the first one on, the menu is what the
    entries say.
    """

    text = models.CharField(_("text"), max_length=80, blank=True, help_text=_("Empty: the section's name."))
    url = models.CharField(_("address"), max_length=300, blank=True)
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("or a section"))
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="children", verbose_name=_("below"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("menu entry")
        verbose_name_plural = _("menu entries")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text or str(self.section or self.url)

    def clean(self) -> None:
        """Refuse an entry that leads nowhere, and one below itself or on a third level, which no menu shows."""
        if not self.section_id and not (self.text and self.url):
            raise ValidationError(_("Choose a section, or give a text and an address."))
        if self.url and not safe_url(self.url):
            raise ValidationError({"url": _("Give a path such as /about/, or an address that begins with https:// or mailto:.")})
        if self.parent and (self.parent.parent_id or self.parent_id == self.pk):
            raise ValidationError({"parent": _("The menu has two levels: choose an entry of the first.")})
