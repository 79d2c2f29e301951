"""Pictures and files with the facts a newsroom needs of them."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition


def new_token() -> str:
    """A name for public files that cannot be guessed from another."""
    return secrets.token_hex(8)


class Image(AbstractImage):
    """A picture: the original is private, what readers get is encoded from it at upload."""

    alt = models.CharField(
        _("alternative text"), max_length=500, blank=True, help_text=_("What the picture shows, for those who do not see it.")
    )
    caption = models.TextField(_("caption"), blank=True, help_text=_("Where, when and who."))
    credit = models.CharField(_("credit"), max_length=255, blank=True, help_text=_("Who made it: “Photograph: A. Name / Agency”."))
    licence = models.CharField(_("licence"), max_length=255, blank=True)
    rights_expire = models.DateField(_("rights expire"), null=True, blank=True)
    tags = TaggableManager(help_text=None, blank=True, verbose_name=_("tags"), related_name="pictures")
    token = models.CharField(max_length=16, default=new_token, unique=True, editable=False)
    encoded = models.JSONField(default=dict, blank=True, editable=False)
    """{crop: [[width, height, "path without ending"], …]}, narrowest first; written by `actions.encode`."""
    encoded_from = models.CharField(max_length=120, blank=True, editable=False)
    """File hash and focal point that `encoded` was made from."""

    encode_later: bool = False
    """Whoever saves it encodes it, so that saving need not."""

    admin_form_fields = (
        "title", "file", "alt", "caption", "credit", "licence", "rights_expire", "collection", "tags",
        "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
    )  # fmt: skip

    class Meta(AbstractImage.Meta):
        default_related_name = "pictures"
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @property
    def default_alt_text(self) -> str:
        """What an editor is offered as alternative text."""
        return self.alt


class Rendition(AbstractRendition):
    """A desk thumbnail; readers' pictures are `Image.encoded`."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)

    def __str__(self) -> str:
        return f"{self.filter_spec} of picture {self.image_id}"


class Document(AbstractDocument):
    """A file readers may download, listen to or watch."""

    tags = TaggableManager(help_text=None, blank=True, verbose_name=_("tags"), related_name="files")

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        default_related_name = "files"

    def __str__(self) -> str:
        return self.title
