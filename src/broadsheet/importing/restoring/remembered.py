"""What earlier imports remembered → the same again, pointing at what is here now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from broadsheet.importing.models import (
    EXPORT,
    FormerSlug,
    Held,
    SourceComment,
    SourceItem,
    SourceMedia,
    SourcePerson,
    SourceRedirect,
    SourceSite,
    SourceTerm,
)  # fmt: skip
from broadsheet.importing.rerouting import is_target, named
from broadsheet.importing.restoring.pages import Here
from broadsheet.importing.restoring.told import Told
from broadsheet.importing.spelling import key_of, login_slug


def check(told: Told) -> None:
    """Raises ImportRefused for a record of no known kind, or one that would pass for the notes of this import itself."""
    told.choice("what", (*_KINDS, "site"))
    if told.text("site", 255).startswith(EXPORT) or not told.text("site", 255):
        raise told.refuse("site", "is no key of a site")


def load(batch: Sequence[Told], here: Here) -> None:
    """Write one batch; what an earlier, broken-off run wrote of it stays."""
    for what in dict.fromkeys(told.text("what") for told in batch):
        part = [told for told in batch if told.text("what") == what]
        if what == "site":
            for told in part:
                values = {name: told.text(name, limit) for name, limit in _SITE.items()}
                SourceSite.objects.get_or_create(key=told.text("site", 255), defaults=values)
            continue
        sites = {site.key: site for site in SourceSite.objects.filter(key__in={told.text("site") for told in part})}
        for told in part:
            if told.text("site") not in sites:
                raise told.refuse("site", f"names “{told.text('site')}”, which no record before it is")
        model, make = _KINDS[what]
        around = _Around(here, _revisions(part, here) if what == "item" else {}, _items(part) if what == "comment" else {})
        model._base_manager.bulk_create(
            [make(told, sites[told.text("site")], around) for told in part], ignore_conflicts=True, batch_size=60
        )
        if what == "item":
            items = _items(part)
            former = [FormerSlug(item_id=items[told.text("site"), told.text("id")], slug=slug[:400])
                      for told in part for slug in told.words("former_slugs")]  # fmt: skip
            FormerSlug.objects.bulk_create(former, ignore_conflicts=True, batch_size=200)


@dataclass(frozen=True, slots=True)
class _Around:
    here: Here
    revisions: Mapping[int, int]
    """The newest revision of each page that the batch names."""
    items: Mapping[tuple[str, str], int]
    """The items that the batch names, by site and id."""


def _revisions(batch: Sequence[Told], here: Here) -> dict[int, int]:
    ids = [here.pages[number] for told in batch if (number := told.record.get("page")) in here.pages]
    return dict(Page.objects.filter(pk__in=ids, latest_revision__isnull=False).values_list("pk", "latest_revision_id"))


def _items(batch: Sequence[Told]) -> dict[tuple[str, str], int]:
    keys = {told.text("item" if told.text("what") == "comment" else "id", 200) for told in batch}
    rows = SourceItem.objects.filter(source_id__in=keys, site__key__in={told.text("site") for told in batch})
    return {(site, key): pk for site, key, pk in rows.values_list("site__key", "source_id", "pk")}


_SITE = {"title": 255, "base_url": 500, "category_base": 120, "tag_base": 120}


def _person(told: Told, site: SourceSite, around: _Around) -> SourcePerson:
    login = told.text("login", 255)
    return SourcePerson(
        site=site, login=login, slug=login_slug(login), source_id=told.text("id", 20),
        person_id=around.here.named(told, "person", around.here.people, told.text("person")),
    )  # fmt: skip


def _term(told: Told, site: SourceSite, around: _Around) -> SourceTerm:
    here = around.here

    def named(name: str, among: dict[str, int]) -> int | None:
        return here.named(told, name, among, key) if (key := told.text(name)) else None

    return SourceTerm(
        site=site, taxonomy=told.text("taxonomy", 120), slug=told.text("slug", 400), source_id=told.text("id", 20), name=told.text("name"),
        section_id=named("section", here.sections), topic_id=named("topic", here.topics), placement_id=named("placement", here.placements),
    )  # fmt: skip


def _media(told: Told, site: SourceSite, around: _Around) -> SourceMedia:
    name, media = told.text("media", 40), around.here.media
    row = SourceMedia(
        site=site, source_id=told.text("id", 200), digest=told.text("digest", 64), url=told.text("url"), file=told.text("file"),
        title=told.text("title"), alt=told.text("alt"), caption=told.text("caption"), credit=told.text("credit"),
        parent=told.text("parent", 200), position=_whole(told, "position"), problem=told.text("problem"), address=told.text("address_key", 32),
        image_id=media.pictures.get(name), document_id=media.files.get(name),
    )  # fmt: skip
    row.name = row.file_key()
    return row


def _item(told: Told, site: SourceSite, around: _Around) -> SourceItem:
    here = around.here
    page = here.pages.get(told.number("page")) if told.record.get("page") is not None else None
    digest, old_path = told.text("digest", 130), told.text("old_path", 1000)
    if rest := told.text("digest_rest", 130):
        digest = f"{digest}:{here.media.find(told.text('digest_picture', 40)) or ''}:{rest}"[:130]
    return SourceItem(
        site=site, source_id=told.text("id", 200), type=told.text("type", 80), digest=digest, guid=told.text("guid", 400),
        slug=told.text("slug", 400), old_path=old_path, address=key_of(old_path), held=told.choice("held", ("", *Held.values)),
        page_id=page, revision_id=None if told.flag("edited") else around.revisions.get(page or 0),
    )  # fmt: skip


def _comment(told: Told, site: SourceSite, around: _Around) -> SourceComment:
    item = around.items.get((site.key, told.text("item", 200)))
    if item is None:
        raise told.refuse("item", f"names “{told.text('item')}”, which no record before it is")
    return SourceComment(
        item_id=item, position=told.number("position", 2**31), source_id=told.text("id", 80), parent=told.text("parent", 80),
        author=told.text("author"), url=told.text("url"), published=told.moment("published"), text=told.text("text"),
        status=told.text("status", 20), kind=told.text("kind", 40),
    )  # fmt: skip


def _redirect(told: Told, site: SourceSite, around: _Around) -> SourceRedirect:
    source, to, pattern = told.text("from", 500), told.text("to", 255), told.flag("pattern")
    if not is_target(to):
        raise told.refuse("to", "is no address that can be linked")
    old = Redirect.normalise_path(quote(path, safe="/:@!$&'()*+,;=~-._"))[:255] if (path := named(source)) and not pattern else ""
    return SourceRedirect(
        site=site, source=source, to=to, permanent=told.flag("permanent"), position=told.number("position", 2**31), is_pattern=pattern,
        redirect=Redirect.objects.filter(old_path=old).first() if old else None,
    )  # fmt: skip


_KINDS: dict[str, tuple[Any, Callable[[Told, SourceSite, _Around], Any]]] = {
    "person": (SourcePerson, _person), "term": (SourceTerm, _term), "media": (SourceMedia, _media), "item": (SourceItem, _item),
    "comment": (SourceComment, _comment), "redirect": (SourceRedirect, _redirect),
}  # fmt: skip


def _whole(told: Told, name: str) -> int:
    """A whole number that may be below nothing: galleries have such orders."""
    value = told.record.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 2**31:
        raise told.refuse(name, "is no whole number")
    return value
