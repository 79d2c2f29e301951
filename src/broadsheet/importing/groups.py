"""Authors and terms of the old site → people, sections, topics, placements."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from django.db import transaction
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page

from broadsheet.fronts.models import FrontPage
from broadsheet.importing.models import ImportRun, SourceMedia, SourcePerson, SourceSite, SourceTerm
from broadsheet.importing.reconcile import INTERNAL, Report, Tally
from broadsheet.importing.records import Author, Term, TermLink
from broadsheet.importing.taken import is_free
from broadsheet.people.models import Person, Publication
from broadsheet.reader.languages import interface_language
from broadsheet.stories.models import Placement, Section, Tone, Topic

PLACEMENTS = {
    "latest": "latest", "latest news": "latest", "top stories": "top-stories", "top story": "top-stories", "featured": "featured",
    "featured stories": "featured", "breaking": "breaking", "breaking news": "breaking",
}  # fmt: skip
# WordPress's name for "no category", in the languages seen; such stories are simply news.
NO_CATEGORY = {
    "uncategorized", "uncategorised", "non-classe", "non-classé", "sin-categoria", "sem-categoria", "senza-categoria", "unkategorisiert",
    "geen-categorie", "genel", "bez-rubriki", "без-рубрики", "غير-مصنف", "未分类", "未分類",
}  # fmt: skip
INTERNAL_TAXONOMIES = {"nav_menu", "wp_theme", "wp_template_part_area", "link_category", "wp_pattern_category", "post_format"}
_TONES = (
    (Tone.OPINION, r"opinion|op-?ed|editorial|columns?|comment|blogs?|رأي|آراء"),
    (Tone.BUSINESS, r"business|econom|money|market|finance|اقتصاد"),
    (Tone.CULTURE, r"culture|arts?\b|music|books?|film|entertainment|ثقافة"),
    (Tone.FAITH, r"faith|religion"),
    (Tone.LIFESTYLE, r"life|health|travel|food|fashion|style|sport"),
)


class Groups:
    """Finds or makes what an item's author and terms are here; safe to run again."""

    def __init__(self, site: SourceSite, front: FrontPage, report: Report, placements: Mapping[str, str], run: ImportRun) -> None:
        self.site, self.front, self.report, self.run = site, front, report, run
        self.placement_names = {**PLACEMENTS, **{k.casefold(): v for k, v in placements.items()}}
        self.default: Section | None = None
        rows = list(site.people.all())
        self.people = {p.login: p.person_id for p in rows}
        self.outcomes = {p.login: p.outcome_in(run) for p in rows}
        self.terms = {(t.taxonomy, t.slug): t for t in site.terms.select_related("section", "topic", "placement")}

    def load_authors(self, authors: Mapping[str, Author], terms: Mapping[tuple[str, str], Term], entries: int) -> None:
        """A person for every author in the file."""
        self.report.authors.in_file = entries
        for login, author in authors.items():
            if login in self.people:
                _count(self.report.authors, self.outcomes.get(login, "unchanged"))
                continue
            meta = (terms.get(("author", f"cap-{login}")) or Term("author", "", "")).meta
            self.person(login, author.name, meta, author.source_id)
            self.report.authors.imported += 1
        if entries > len(authors):
            self.report.authors.skip("duplicate", "", entries - len(authors))

    def person(self, login: str, name: str = "", meta: Mapping[str, str] | None = None, source_id: str = "") -> int:
        """The person behind a login, made when new."""
        if login in self.people:
            return self.people[login]
        meta = meta or {}
        base = slugify(login, allow_unicode=True) or slugify(name, allow_unicode=True) or "author"
        slug, number = base, 2
        while Person.objects.filter(slug=slug).exists():
            slug, number = f"{base}-{number}", number + 1
        standing = meta.get("_broadsheet_standing", "staff")
        made = Person.objects.create(
            name=(name or login)[:255],
            slug=slug[:255],
            kind=standing if standing in Person.Kind.values else Person.Kind.STAFF,
            role=meta.get("_broadsheet_role", "")[:255],
            biography=f"<p>{escape(meta['_broadsheet_bio'])}</p>" if meta.get("_broadsheet_bio") else "",
        )
        SourcePerson.objects.create(site=self.site, login=login[:255], source_id=source_id, person=made, run=self.run, outcome="imported")
        self.people[login] = made.pk
        return made.pk

    def load_portraits(
        self, authors: Mapping[str, Author], terms: Mapping[tuple[str, str], Term], files: Mapping[str, SourceMedia]
    ) -> None:
        """Portraits from the file for people who have none here."""
        for login in authors:
            meta = (terms.get(("author", f"cap-{login}")) or Term("author", "", "")).meta
            row = files.get(meta.get("_broadsheet_portrait", ""))
            if row and row.image_id and login in self.people:
                Person.objects.filter(pk=self.people[login], portrait=None).update(portrait=row.image_id)

    def load_terms(self, terms: Mapping[tuple[str, str], Term], entries: int, used: Mapping[TermLink, int]) -> None:
        """Sections, topics and placements for every term in the file; parents before children, much `used` before little."""
        self.report.terms.in_file = entries
        for key, term in _by_use(terms, used):
            if term.taxonomy in INTERNAL_TAXONOMIES:
                self.report.terms.skip(INTERNAL, f"{term.taxonomy}:{term.slug}")
            elif key in self.terms:
                _count(self.report.terms, self.terms[key].outcome_in(self.run))
            else:
                with transaction.atomic():
                    self._term(term, terms, frozenset())
                self.report.terms.imported += 1
        if entries > len(terms):
            self.report.terms.skip("duplicate", "", entries - len(terms))
        # Some exports have no entries for their categories: the posts alone name them.
        for link in sorted(used, key=lambda link: (-used[link], link.slug)):
            with transaction.atomic():
                self.linked(link)

    def linked(self, link: TermLink) -> SourceTerm:
        """What a term is here; one without an entry in the file is made from the link."""
        known = self.terms.get((link.taxonomy, link.slug))
        return known or self._term(Term(link.taxonomy, link.slug, link.name), {}, frozenset())

    def default_section(self) -> Section:
        """Where a story goes that has no section: “News”, in the publication's language."""
        with translation.override(interface_language(Publication.objects.get().language)):
            self.default = self.default or self._section_under(self.front, "news", _("News"), "", Tone.NEWS)
        return self.default

    def _term(self, term: Term, terms: Mapping[tuple[str, str], Term], above: frozenset[str]) -> SourceTerm:
        known = self.terms.get((term.taxonomy, term.slug))
        if known:
            return known
        name = term.name.strip() or term.slug
        row = SourceTerm(
            site=self.site, taxonomy=term.taxonomy, slug=term.slug[:400], source_id=term.source_id, name=name,
            run=self.run, outcome="imported",
        )  # fmt: skip
        if term.taxonomy == "category":
            placement = self.placement_names.get(name.casefold()) or self.placement_names.get(term.slug.casefold())
            if placement:
                row.placement = Placement.objects.get_or_create(slug=placement, defaults={"name": name[:120]})[0]
            elif term.slug.casefold() in NO_CATEGORY:
                row.section = self.default_section()
            else:
                parent: Page = self.front
                # A circle of parents, seen in damaged exports, ends at the front.
                if term.parent and term.parent not in above and ("category", term.parent) in terms:
                    upper = self._term(terms["category", term.parent], terms, above | {term.slug})
                    parent = upper.section or self.front
                row.section = self._section_under(parent, term.slug, name, term.description, self._tone(term, name))
        elif term.taxonomy in {"post_tag", "tag"}:
            row.topic = self._topic(term.slug, name)
        row.save()
        self.terms[term.taxonomy, term.slug] = row
        return row

    def _tone(self, term: Term, name: str) -> str:
        given = term.meta.get("_broadsheet_tone", "")
        if given in Tone.values:
            return given
        return next((tone for tone, words in _TONES if re.search(words, name, re.I)), Tone.NEWS)

    def _topic(self, slug: str, name: str) -> Topic:
        slug = (slugify(slug, allow_unicode=True) or slugify(name, allow_unicode=True) or "topic")[:255]
        return Topic.objects.get_or_create(slug=slug, defaults={"name": name[:255]})[0]

    def _section_under(self, parent: Page, slug: str, name: str, description: str, tone: str) -> Section:
        slug = (slugify(slug, allow_unicode=True) or slugify(name, allow_unicode=True) or "section")[:200]
        fresh = Page.objects.get(pk=parent.pk)
        above = fresh.url_path.lstrip("/").partition("/")[2]
        # Under `/people/` or `/media/` nothing of the section's would be reached.
        if not is_free(f"/{above}{slug}/") or not is_free(f"/{above}{slug}/story/"):
            slug = f"{slug}-2"
        found = Section.objects.child_of(parent).filter(slug=slug).first()
        if found:
            return found
        base, number = slug, 2
        while fresh.get_children().filter(slug=slug).exists():
            slug, number = f"{base}-{number}", number + 1
        made = fresh.add_child(instance=Section(title=name[:255], slug=slug, description=description, tone=tone, live=True))
        revision = made.save_revision(clean=False, changed=False)
        Section.objects.filter(pk=made.pk).update(live_revision=revision, has_unpublished_changes=False)
        return made


def _by_use(terms: Mapping[tuple[str, str], Term], used: Mapping[TermLink, int]) -> list[tuple[tuple[str, str], Term]]:
    """The terms in the order in which the menu shows them.

    WordPress writes its categories by name, which is no order for a newspaper: then those with most posts come first.
    Categories in any other order were put there by somebody.
    """
    names = [term.name.casefold() for term in terms.values() if term.taxonomy == "category" and not term.parent]
    if names != sorted(names):
        return list(terms.items())
    counts = {(link.taxonomy, link.slug): count for link, count in used.items()}
    return sorted(terms.items(), key=lambda entry: -counts.get(entry[0], 0))


def _count(tally: Tally, outcome: str) -> None:
    setattr(tally, outcome, getattr(tally, outcome) + 1)
