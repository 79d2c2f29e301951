"""Addresses of the old site's lists (`/category/…`, `/tag/…`, `/author/…`) lead to what they are here."""

from __future__ import annotations

from wagtail.contrib.redirects.models import Redirect

from broadsheet.importing.models import SourceSite
from broadsheet.stories.projections import is_taken


def redirect_archives(site: SourceSite, folder: str) -> int:
    """Add what is missing; an address that a page here has, or somebody redirected, is left alone. Returns how many."""
    wanted: dict[str, tuple[int | None, str]] = {}

    def lead(path: str, *, page_id: int | None = None, link: str = "") -> None:
        for old in filter(None, (path, f"{folder}{path}" if folder else "")):
            if len(old) < 250:
                wanted.setdefault(Redirect.normalise_path(old), (page_id, link))

    for term in site.terms.select_related("section", "topic", "placement"):
        if term.section:
            lead(f"/category/{term.slug}/", page_id=term.section_id)
            # Below its parents, as WordPress shows it: /front/news/coast/ → /category/news/coast/.
            lead(f"/category/{term.section.url_path.strip('/').partition('/')[2]}/", page_id=term.section_id)
        elif term.placement:
            lead(f"/category/{term.slug}/", link=term.placement.get_absolute_url())
        elif term.topic:
            lead(f"/tag/{term.slug}/", link=term.topic.get_absolute_url())
    for author in site.people.select_related("person"):
        lead(f"/author/{author.login}/", link=author.person.get_absolute_url())
    there = set(Redirect.objects.values_list("old_path", flat=True))
    fresh = [
        Redirect(old_path=old, redirect_page_id=page_id, redirect_link=link, is_permanent=True)
        for old, (page_id, link) in wanted.items()
        if old not in there and not is_taken(f"{old}/", besides=None)
    ]
    Redirect.objects.bulk_create(fresh, batch_size=100)
    return len(fresh)
