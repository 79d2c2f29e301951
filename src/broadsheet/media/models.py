"""Pictures and files with the facts a newsroom needs of them."""

from __future__ import annotations

import re
import secrets
from pathlib import PurePosixPath

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition


def new_token() -> str:
    """A name for public files that cannot be guessed from another."""
    return secrets.token_hex(8)


_TOLD_APART = re.compile(r"-[0-9a-f]{10}$")


def unguessable(name: str, mark: str = "") -> str:
    """A file's name with ten signs behind it that cannot be guessed, or with `mark`; one that has such signs stays as it is."""
    path = PurePosixPath(name)
    if _TOLD_APART.search(path.stem):
        return path.name
    return f"{path.stem[:60]}-{mark or secrets.token_hex(5)}{path.suffix}"


def document_place(instance: Document, filename: str) -> str:
    """Where an upload is kept. Readers' addresses are made of its name, and a draft's document must not be found by guessing."""
    return f"documents/{unguessable(filename)}"


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

    def get_upload_to(self, filename: str) -> str:
        """In a folder whose name cannot be guessed: the desk makes thumbnails of drafts' pictures, too."""
        return f"d/{secrets.token_hex(8)}/{self.file.field.storage.get_valid_name(filename)}"


class Document(AbstractDocument):
    """A file readers may download, listen to or watch."""

    file = models.FileField(_("file"), upload_to=document_place)
    tags = TaggableManager(help_text=None, blank=True, verbose_name=_("tags"), related_name="files")

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        default_related_name = "files"

    def __str__(self) -> str:
        return self.title
