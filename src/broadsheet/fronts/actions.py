"""Verbs on the front of the publication."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

from broadsheet.fronts.models import FrontPage
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
