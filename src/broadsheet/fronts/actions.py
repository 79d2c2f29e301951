"""Verbs on the front of the publication."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from treebeard.mp_tree import MP_MoveHandler
from wagtail.log_actions import log
from wagtail.models import Page, Site

from broadsheet.delivery import purging
from broadsheet.fronts.models import FrontPage, MenuEntry
from broadsheet.fronts.queries import menu_places
from broadsheet.people.models import Publication, User


@transaction.atomic
def found_publication(*, name: str = "", by: User | None) -> FrontPage:
    """Make sure there is a site with a front and a publication; safe to repeat. Returns the front."""
    front = FrontPage.objects.first()
    if front is None:
        root = Page.get_first_root_node()
        if root is None:
            root = Page.add_root(title="Root", slug="root")
        front = root.add_child(instance=FrontPage(title=name or "Front", slug="front", live=True))
        front.save_revision(user=by).publish()
        front.refresh_from_db()
    site = Site.objects.filter(is_default_site=True).first()
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    if site is None:
        site = Site.objects.create(
            hostname=address.hostname or "localhost", port=port, root_page=front, is_default_site=True, site_name=name
        )
    elif site.root_page_id != front.pk:
        welcome = site.root_page
        site.root_page, site.hostname, site.port = front, address.hostname or "localhost", port
        site.save()
        # Wagtail's first migration makes a welcome page that no newspaper wants.
        if type(welcome.specific) is Page and not welcome.get_children().exists():
            welcome.delete()
    paper, made = Publication.objects.get_or_create(site=site, defaults={"name": name or "Broadsheet"})
    if name and not made and paper.name == "Broadsheet":
        Publication.objects.filter(pk=paper.pk).update(name=name)
    return FrontPage.objects.get(pk=front.pk)


@transaction.atomic
def order_menu(*, keys: Sequence[str], by: User | None) -> None:
    """Put the main menu in an order, `section-7` and `entry-3` naming its items; sections change places in the tree.

    Items that are not named keep their order, behind those that are.
    """
    present = [place.key for place in menu_places()]
    wanted = [k for k in dict.fromkeys(keys) if k in present]
    wanted += [k for k in present if k not in wanted]
    for position, key in enumerate(wanted):
        if key.startswith("entry-"):
            MenuEntry.objects.filter(pk=int(key.removeprefix("entry-"))).update(position=position)
    purging.touch(purging.EVERYTHING)
    now = [int(k.removeprefix("section-")) for k in present if k.startswith("section-")]
    for place, pk in enumerate(int(k.removeprefix("section-")) for k in wanted if k.startswith("section-")):
        if now[place] != pk:
            section, neighbour = Page.objects.get(pk=pk), Page.objects.get(pk=now[place])
            # Not Wagtail's own move: that saves the section, and every story below it would be typeset again, for nothing.
            MP_MoveHandler(section, neighbour, "left").process()
            now.remove(pk)
            now.insert(place, pk)
            parent = {"id": neighbour.get_parent().pk, "title": neighbour.get_parent().title}
            log(instance=section, action="wagtail.reorder", user=by, data={"source": parent, "destination": parent})
