"""The same text in several languages: who belongs together, and what each is called."""

from __future__ import annotations

from django.conf.locale import LANG_INFO

from broadsheet.delivery.keys import note
from broadsheet.people.models import direction_of
from broadsheet.stories.contexts import Translation
from broadsheet.stories.models import StaticPage, Story


def language_name(tag: str) -> str:
    """A language's own name for itself (“Français”); the tag where we know none."""
    info = LANG_INFO.get(tag.lower()) or LANG_INFO.get(tag.partition("-")[0].lower()) or {}
    name = str(info.get("name_local") or "")
    return name[:1].upper() + name[1:] or tag


def translations(page: Story | StaticPage, *, publication_language: str) -> tuple[Translation, ...]:
    """The public translations of a page, by language; no query where it has none."""
    if page.translation_group is None:
        return ()
    note(f"translations:{page.translation_group}")
    rows: list[tuple[str, str]]
    if isinstance(page, Story):
        others = Story.objects.filter(translation_group=page.translation_group, live=True, listings__list_key="site").order_by()
        rows = [(card.get("language", ""), url) for card, url in others.exclude(pk=page.pk).values_list("galley__card", "permalink")]  # type: ignore[misc]
    else:
        pages = StaticPage.objects.filter(translation_group=page.translation_group, live=True, permalink__isnull=False).order_by()
        rows = [(tag or publication_language, url or "") for tag, url in pages.exclude(pk=page.pk).values_list("language", "permalink")]
    return tuple(Translation(language_name(tag), url, tag, direction_of(tag)) for tag, url in sorted(rows) if tag and url)
