"""What stories are sorted by beside their sections: topics, story lines, placement lists."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from broadsheet.delivery.keys import Noted
from broadsheet.people.queries import NamedQuerySet


class Topic(Noted, index.Indexed):
    """What several stories share: a subject, or a story that goes on, told in instalments."""

    class Kind(models.TextChoices):
        SUBJECT = "subject", _("subject")
        LINE = "line", _("story line")

    name = models.CharField(_("name"), max_length=255)
    slug = models.SlugField(_("slug"), max_length=255, unique=True, allow_unicode=True)
    kind = models.CharField(
        _("kind"), max_length=7, choices=Kind, default=Kind.SUBJECT,
        help_text=_("A story line is one story that goes on: each of its stories says that it is a part of it, and what came before and after."),
    )  # fmt: skip
    description = models.TextField(_("description"), blank=True)
    promoted = models.BooleanField(_("promoted"), default=False, help_text=_("Linked and indexed even with fewer than three stories."))
    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("picture")
    )  # fmt: skip
    lead = models.ForeignKey("Story", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("lead story"))
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False)

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    objects = NamedQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """An editor makes a story line for readers: it is promoted with its first story."""
        if self.kind == self.Kind.LINE:
            self.promoted = True
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The topic's public page."""
        return f"/topics/{self.slug}/"


class Placement(Noted):
    """A list an editor fills: Top Stories, Featured, Breaking. Never a label above a headline."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120, unique=True, allow_unicode=True)

    objects = NamedQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement list")
        verbose_name_plural = _("placement lists")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The list's public page."""
        return f"/lists/{self.slug}/"
