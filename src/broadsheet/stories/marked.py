"""What stories have because readers are to know where they come from: marked words, and labels."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from broadsheet.stories import marking


class WithMarks(models.Model):
    """A page with a body in which an editor marks sources, statements and events."""

    # Mixed into Page, which mypy cannot know: what is taken from it below is marked for that reason alone.

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Write the page; marks that came with a copy get ids of their own."""
        fields = kwargs.get("update_fields")
        if fields is None or "body" in fields:
            marking.settle(self)
        return super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Keep a draft; the same of it."""
        marking.settle(self)
        if found := marking.marks_in(self.body):  # type: ignore[attr-defined]
            marking.settle_home({self.pk: found})
        return super().save_revision(*args, **kwargs)  # type: ignore[misc]


class Labelled(models.Model):
    """What readers are told of how a story was made and who paid for it, besides its kind."""

    paid_by = models.CharField(
        _("paid for by"), max_length=200, blank=True, help_text=_("Of sponsored work: readers are told above the text that it is.")
    )
    funding = models.CharField(
        _("funding"), max_length=500, blank=True, help_text=_("Who helped to pay for the work without a say in it, such as a grant.")
    )
    ai_tool = models.CharField(_("AI tool"), max_length=200, blank=True, help_text=_("Empty: none was used in what readers get."))
    ai_part = models.CharField(_("what it was used for"), max_length=500, blank=True)
    ai_review = models.CharField(_("who checked it"), max_length=200, blank=True)

    LABELS = ("paid_by", "funding", "ai_tool", "ai_part", "ai_review")

    class Meta:
        abstract = True
