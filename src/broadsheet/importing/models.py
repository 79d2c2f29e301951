"""What an import remembers of its source, so that it can be run again and again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from broadsheet.importing.ledger import Entry
from broadsheet.importing.records import Attachment, Item
from broadsheet.importing.spelling import key_of, login_slug, original_name
from broadsheet.people.models import Person
from broadsheet.stories.models import Placement, Section, Topic

EXPORT = "export:"
"""What keys of sites begin with that are exports of ours, and ids of their items: none that an old address could ask for."""


class SourceSiteQuerySet(models.QuerySet["SourceSite"]):
    """Sites by where they came from."""

    def brought_in(self) -> SourceSiteQuerySet:
        """Those of other systems, without the notes that an import of our own export keeps."""
        return self.exclude(key__startswith=EXPORT)


class SourceSite(models.Model):
    """A site that was, or is being, moved in."""

    key = models.CharField(max_length=255, unique=True)
    title = models.CharField(max_length=255, blank=True)
    base_url = models.CharField(max_length=500, blank=True)
    category_base = models.CharField(max_length=120, blank=True)
    tag_base = models.CharField(max_length=120, blank=True)
    """What stood before categories and tags in its addresses; empty: `category` and `tag`."""

    objects = SourceSiteQuerySet.as_manager()

    def __str__(self) -> str:
        return self.key


class ImportRun(models.Model):
    """One import of some files; while it is not finished, the same files go on where it was broken off."""

    site = models.ForeignKey(SourceSite, on_delete=models.CASCADE, related_name="runs")
    fingerprint = models.CharField(max_length=64)
    started = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True)
    remarks = models.JSONField(default=dict)
    """What was odd about what it has written so far; see `importing/remarks.py`."""

    def __str__(self) -> str:
        return f"{self.site} {self.started:%Y-%m-%d %H:%M}"


class Accounted(models.Model):
    """What a run did to a record, so that a run that was broken off and went on reports as one that was not."""

    run = models.ForeignKey(ImportRun, null=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.CharField(max_length=12, blank=True)
    """What `run` did: `imported` or `updated`."""

    class Meta:
        abstract = True

    def outcome_in(self, run: ImportRun | None) -> str:
        """What the run did to it, `unchanged` when another run did the last thing."""
        return self.outcome if run is not None and self.run_id == run.pk and self.outcome else "unchanged"


class Held(models.TextChoices):
    """Why an item of the old site came in as a draft."""

    PASSWORD = "password", _("protected by a password")
    PRIVATE = "private", _("private: only for people signed in")
    AHEAD = "ahead", _("dated in the future")
    UNADDRESSED = "unaddressed", _("without a public address")
    MEMBERS = "members", _("for members only")
    MAILED = "mailed", _("sent by e-mail only")


def is_same(row: Any, item: Item | Entry) -> bool:
    """As `SourceItem.is_same` says, of anything with a row's type, guid and slug."""
    if row.type != item.type or not (row.guid or row.slug):
        return bool(row.type == item.type)
    return bool(row.guid == item.guid[:400] != "" or row.slug == item.slug[:400] != "")


class SourceItem(Accounted):
    """An item of the old site and the page it became."""

    site = models.ForeignKey(SourceSite, on_delete=models.CASCADE, related_name="items", db_index=False)  # The constraint's serves.
    source_id = models.CharField(max_length=200)
    type = models.CharField(max_length=80)
    digest = models.CharField(max_length=130)
    guid = models.CharField(max_length=400, blank=True)
    slug = models.CharField(max_length=400, blank=True, db_index=True)
    old_path = models.CharField(max_length=1000, blank=True)
    address = models.CharField(max_length=32, blank=True, db_index=True)
    """Key of `old_path`, the same for all its spellings."""
    held = models.CharField(max_length=20, blank=True, choices=Held)
    """Why it is a draft here, when that is more than “it was one”."""
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    revision_id = models.BigIntegerField(null=True)
    """The revision the import wrote; another latest one means somebody edited the page here."""

    def is_same(self, item: Item | Entry) -> bool:
        """Whether an item with this row's id is the one it was made from; merged and hand-made exports use ids twice."""
        return is_same(self, item)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "source_id"], name="importing_item_once")]

    def __str__(self) -> str:
        return f"{self.type} {self.source_id}"


class FormerSlug(models.Model):
    """A slug that an item had before, on the old site."""

    item = models.ForeignKey(SourceItem, on_delete=models.CASCADE, related_name="former_slugs")
    slug = models.CharField(max_length=400, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "slug"], name="importing_former_slug_once")]

    def __str__(self) -> str:
        return self.slug


class SourceMedia(Accounted):
    """An uploaded file of the old site; without `image` and `document` its file has not been found yet."""

    site = models.ForeignKey(SourceSite, on_delete=models.CASCADE, related_name="media")
    source_id = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    url = models.TextField(blank=True)
    file = models.TextField(blank=True)
    title = models.TextField(blank=True)
    alt = models.TextField(blank=True)
    caption = models.TextField(blank=True)
    credit = models.TextField(blank=True)
    image = models.ForeignKey(settings.WAGTAILIMAGES_IMAGE_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    document = models.ForeignKey(settings.WAGTAILDOCS_DOCUMENT_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    """What a file became that is no picture."""
    parent = models.CharField(max_length=200, blank=True)
    position = models.IntegerField(default=0)
    problem = models.TextField(blank=True)
    address = models.CharField(max_length=32, blank=True, db_index=True)
    """Key of the address of its attachment page."""
    name = models.CharField(max_length=32, blank=True, db_index=True, editable=False)
    """Key of what the addresses of the file and of its copies in other sizes share."""
    focus: str = ""
    """“x,y” as fractions, while the file is taken in; afterwards it is the picture's."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "source_id"], name="importing_media_once")]

    def __str__(self) -> str:
        return self.file or self.url

    def save(self, **kwargs: Any) -> None:
        """Write it, with the key its file is asked for by."""
        self.name = self.file_key()
        super().save(**kwargs)

    def file_key(self) -> str:
        """What addresses of its file are looked up by."""
        return key_of(original_name(self.url or self.file)) if self.url or self.file else ""

    def as_attachment(self) -> Attachment:
        """As bodies refer to it."""
        return Attachment(
            source_id=self.source_id, url=self.url, file=self.file, title=self.title, caption=self.caption, alt=self.alt,
            parent=self.parent, order=self.position,
        )  # fmt: skip


class SourcePerson(Accounted):
    """An author of the old site and the person they are here."""

    site = models.ForeignKey(SourceSite, on_delete=models.CASCADE, related_name="people")
    login = models.CharField(max_length=255)
    slug = models.CharField(max_length=255, blank=True, db_index=True, editable=False)
    """What stood for the login in addresses."""
    source_id = models.CharField(max_length=20, blank=True, db_index=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "login"], name="importing_person_once")]

    def __str__(self) -> str:
        return self.login

    def save(self, **kwargs: Any) -> None:
        """Write it, with the login as addresses have it."""
        self.slug = login_slug(self.login)
        super().save(**kwargs)


class SourceTerm(Accounted):
    """A category, tag or other group of the old site and what it is here; a record only when it is none of the three."""

    site = models.ForeignKey(SourceSite, on_delete=models.CASCADE, related_name="terms")
    taxonomy = models.CharField(max_length=120)
    slug = models.CharField(max_length=400, db_index=True)
    source_id = models.CharField(max_length=20, blank=True, db_index=True)
    name = models.TextField(blank=True)
    section = models.ForeignKey(Section, null=True, on_delete=models.SET_NULL, related_name="+")
    topic = models.ForeignKey(Topic, null=True, on_delete=models.SET_NULL, related_name="+")
    placement = models.ForeignKey(Placement, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "taxonomy", "slug"], name="importing_term_once")]

    def __str__(self) -> str:
        return f"{self.taxonomy}: {self.slug}"


class SourceRedirect(Accounted):
    """A redirect that the old site had: by name it is one of the desk's here, by pattern it is answered from this row."""

    site = models.ForeignKey(SourceSite, on_delete=models.CASCADE, related_name="redirects")
    source = models.CharField(_("from"), max_length=500)
    to = models.CharField(_("to"), max_length=255)
    permanent = models.BooleanField(_("permanent"), default=True)
    position = models.PositiveIntegerField(default=0)
    """Of two patterns that an address fits the first counts."""
    is_pattern = models.BooleanField(default=False)
    redirect = models.ForeignKey(Redirect, null=True, on_delete=models.SET_NULL, related_name="+")
    """None once an editor has deleted it: then it stays so."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "source"], name="importing_redirect_once")]
        verbose_name = _("redirect by pattern")
        verbose_name_plural = _("redirects by pattern")

    def __str__(self) -> str:
        return self.source


class SourceComment(Accounted):
    """A comment of the old site, kept; not shown."""

    item = models.ForeignKey(SourceItem, on_delete=models.CASCADE, related_name="comments")
    position = models.PositiveIntegerField()
    source_id = models.CharField(max_length=80, blank=True)
    parent = models.CharField(max_length=80, blank=True)
    author = models.TextField(blank=True)
    url = models.TextField(blank=True)
    published = models.DateTimeField(null=True)
    text = models.TextField(blank=True)
    status = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "position"], name="importing_comment_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_id}"
