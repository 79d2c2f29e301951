"""Authors and terms of the old site → people, sections, topics, placements."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from itertools import chain, pairwise

from django.db import transaction
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page

from broadsheet import rows
from broadsheet.delivery import stamps
from broadsheet.fronts.models import FrontPage
from broadsheet.html import plain_text
from broadsheet.importing import bulk
from broadsheet.importing.authors import Authors
from broadsheet.importing.mapping import HIDDEN_TAXONOMIES, IGNORE, PLACEMENT, SECTION, TOPIC, Counterparts
from broadsheet.importing.meanings import Meanings, shortened
from broadsheet.importing.models import ImportRun, SourcePerson, SourceSite, SourceTerm
from broadsheet.importing.polyglot import in_language
from broadsheet.importing.reconcile import HIDDEN, INTERNAL, TOLD, Report
from broadsheet.importing.records import Author, Guest, Term, TermLink
from broadsheet.importing.remarks import Remarks
from broadsheet.importing.signers import Signers
from broadsheet.importing.spelling import login_slug
from broadsheet.importing.terms import Terms
from broadsheet.importing.turns import portions
from broadsheet.importing.wordpress.search import SEARCH_META, search
from broadsheet.people.languages import interface_language
from broadsheet.people.models import Person, Publication
from broadsheet.stories.models import Placement, Section, Tone, Topic
from broadsheet.stories.permalinks import hides
from broadsheet.stories.projections import is_taken

BATCH = 200
PLACEMENTS = {
    "latest": "latest", "latest news": "latest", "top stories": "top-stories", "top story": "top-stories", "featured": "featured",
    "featured stories": "featured", "breaking": "breaking", "breaking news": "breaking",
}  # fmt: skip
# WordPress's name for "no category", in the languages seen; such stories are simply news.
NO_CATEGORY = {
    "uncategorized", "uncategorised", "non-classe", "non-classé", "sin-categoria", "sem-categoria", "senza-categoria", "unkategorisiert",
    "geen-categorie", "genel", "bez-rubriki", "без-рубрики", "غير-مصنف", "未分类", "未分類",
}  # fmt: skip
_USED_META = SEARCH_META | {"_broadsheet_tone", "_broadsheet_role", "_broadsheet_bio", "_broadsheet_standing"}
_TONES = (
    (Tone.OPINION, r"opinion|op-?ed|editorial|columns?|comment|blogs?|رأي|آراء"),
    (Tone.BUSINESS, r"business|econom|money|market|finance|اقتصاد"),
    (Tone.CULTURE, r"culture|arts?\b|music|books?|film|entertainment|ثقافة"),
    (Tone.FAITH, r"faith|religion"),
    (Tone.LIFESTYLE, r"life|health|travel|food|fashion|style|sport"),
)


class Groups:
    """Finds or makes what an item's author and terms are here; safe to run again."""

    def __init__(
        self, site: SourceSite, front: FrontPage, report: Report, placements: Mapping[str, str], run: ImportRun,
        counterparts: Counterparts, remarks: Remarks, entries: Terms,
    ) -> None:  # fmt: skip
        self.site, self.front, self.report, self.run = site, front, report, run
        self.counterparts, self.remarks = counterparts, remarks
        self.placement_names = {**PLACEMENTS, **{k.casefold(): v for k, v in placements.items()}}
        self.default: Section | None = None
        self.language = Publication.objects.get().language
        self.people = Signers(site, run)
        self.authors: Authors | None = None
        self.terms = Meanings(site)
        self.entries = entries

    def load_authors(self, authors: Authors, entries: int) -> None:
        """A person for every author in the file."""
        self.report.authors.in_file, self.authors = entries, authors
        # Bylines of several authors name people by what WordPress makes of their login for an address.
        authors.name_by(lambda login: slugify(login, allow_unicode=True))
        for batch in authors.batches(BATCH):
            self.people.look_up([author.login for author in batch])
            new = []
            for author in batch:
                if author.login in self.people:
                    self.report.authors.count(self.people.outcome(author.login))
                else:
                    new.append(author)
            self._meet(new)
            self.report.authors.imported += len(new)
        if entries > len(authors):
            self.report.authors.skip("duplicate", "", entries - len(authors))

    def person(self, login: str, name: str = "", meta: Mapping[str, str] | None = None, author: Author | None = None) -> int:
        """The person behind a login, made when new."""
        if login in self.people:
            return self.people[login]
        made = _person(login, name, meta or {}, author)
        base, number = made.slug, 2
        while Person.objects.filter(slug=made.slug).exists():
            made.slug, number = _numbered(base, number), number + 1
        made.save()
        self._remember(login, made.pk, author.source_id if author else "")
        return made.pk

    def _meet(self, authors: Sequence[Author]) -> None:
        """People for new authors, as `person` makes them one by one."""
        if not authors:
            return
        made = [_person(one.login, one.name, self._meta(one), one) for one in authors]
        taken = set(Person.objects.filter(slug__in={one.slug for one in made}).values_list("slug", flat=True))
        for one in made:
            base, number = one.slug, 2
            while one.slug in taken or one.slug != base and Person.objects.filter(slug=one.slug).exists():
                one.slug, number = _numbered(base, number), number + 1
            taken.add(one.slug)
        for one, number in zip(made, rows.numbers(Person, len(made)), strict=True):
            one.pk = number
        rows.insert_objects(Person, made)
        bulk.index(Person, made)
        stamps.touch(stamps.NAMES)
        known = [
            SourcePerson(
                site=self.site, login=author.login[:255], slug=login_slug(author.login[:255]), source_id=author.source_id, person_id=one.pk,
                run=self.run, outcome="imported",
            )
            for author, one in zip(authors, made, strict=True)
        ]  # fmt: skip
        rows.insert_objects(SourcePerson, known, besides=["id"])
        for author, one in zip(authors, made, strict=True):
            self.people.remember(author.login, one.pk)

    def load_portraits(self, authors: Authors, image_of: Callable[[str], int | None]) -> None:
        """Portraits from the file for people who have none here."""
        for author in chain.from_iterable(authors.batches(BATCH)):
            image = image_of(author.portrait or self._meta(author).get("_broadsheet_portrait", ""))
            if image and author.login in self.people:
                Person.objects.filter(pk=self.people[author.login], portrait=None).update(portrait=image)

    def _meta(self, author: Author) -> Mapping[str, str]:
        """What Co-Authors Plus keeps of an author, in a term of theirs."""
        term = self.entries.get(("author", f"cap-{author.login}"))
        return term.meta if term else {}

    def _remember(self, login: str, person_id: int, source_id: str = "") -> None:
        SourcePerson.objects.create(
            site=self.site, login=login[:255], source_id=source_id, person_id=person_id, run=self.run, outcome="imported"
        )
        self.people.remember(login, person_id)

    def signed(self, link: TermLink) -> int:
        """The person a byline of several authors names: under their login, their name, or as a guest."""
        login = link.slug.removeprefix("cap-")
        known = next((one for one in (login, link.slug) if one in self.people), None)
        alias = None if known else self._alias(login) or self._alias(link.name.casefold())
        return self.person(known or alias or login, link.name)

    def _alias(self, key: str) -> str | None:
        return self.authors.alias(key) if self.authors is not None else None

    def load_guests(self, guests: Iterable[Guest]) -> None:
        """People who sign as guests; one linked to an account is the person of that account. Nothing written here is replaced."""
        for guest in guests:
            linked = guest.linked if guest.linked in self.people else self._alias(slugify(guest.linked, allow_unicode=True)) or ""
            if guest.login not in self.people and linked in self.people:
                self._remember(guest.login, self.people[linked])
            person = Person.objects.get(pk=self.person(guest.login, guest.name, {"_broadsheet_standing": Person.Kind.GUEST}))
            if guest.biography and not person.biography:
                person.biography = "".join(f"<p>{escape(part)}</p>" for part in guest.biography.split("\n\n"))
            person.website = person.website or guest.website
            person.save(update_fields=["biography", "website"])

    def portray(self, guest: Guest, image_id: int | None) -> None:
        """Give a guest the picture they had, unless they have one here."""
        Person.objects.filter(pk=self.people[guest.login], portrait=None).update(portrait_id=image_id)

    def outcome(self, guest: Guest) -> str:
        """What this run did to a guest."""
        return self.people.outcome(guest.login)

    def load_terms(self, entries: int, used: Mapping[TermLink, int]) -> None:
        """Sections, topics and placements for every term in the file; parents before children, much `used` before little."""
        self.report.terms.in_file = entries
        first, told = _by_use(self.entries, used), self.counterparts.taxonomies
        for batch in self._batches(first, lambda taxonomy: self.counterparts.group(taxonomy) == TOPIC):
            self._load_topics(batch)
            for term in batch:
                # What is told to be a topic may be here as something else.
                if term.taxonomy not in told:
                    self._load_term(term)
        for batch in self._batches(first, lambda taxonomy: taxonomy in told or self.counterparts.group(taxonomy) != TOPIC):
            for term in batch:
                self._load_term(term)
        if entries > len(self.entries):
            self.report.terms.skip("duplicate", "", entries - len(self.entries))
        # Some exports have no entries for their categories: the posts alone name them.
        for link in sorted(used, key=lambda link: (-used[link], link.slug)):
            with transaction.atomic():
                self.linked(link)
                self.remarks.keep()

    def _batches(self, first: Sequence[tuple[str, str]], wanted: Callable[[str], bool]) -> Iterator[list[Term]]:
        """The terms of the wanted taxonomies, so many at a time: some first, then all others as they are in the file."""
        others = chain.from_iterable(self.entries.batches(BATCH))
        early = frozenset(first)
        ordered = chain((self.entries[key] for key in first), (term for term in others if (term.taxonomy, term.slug) not in early))
        for batch in portions((term for term in ordered if wanted(term.taxonomy)), BATCH, lambda _term: 1, BATCH):
            self.terms.look_up([(term.taxonomy, term.slug) for term in batch])
            yield batch

    def _load_term(self, term: Term) -> None:
        if self.counterparts.group(term.taxonomy) == IGNORE:
            told = self.counterparts.taxonomies.get(term.taxonomy)
            reason = TOLD if told else HIDDEN if term.taxonomy in HIDDEN_TAXONOMIES else INTERNAL
            self.report.terms.skip(reason, f"{term.taxonomy}:{term.slug}")
        elif known := self._known((term.taxonomy, term.slug)):
            self.report.terms.count(known.outcome_in(self.run))
        else:
            with transaction.atomic():
                self._term(term, frozenset())
                self.remarks.keep()
            self.report.terms.imported += 1

    def _load_topics(self, terms: Sequence[Term]) -> None:
        """Those of a batch of topics that were not here: an old site may have thousands."""
        keys = {shortened((term.taxonomy, term.slug)): term for term in terms}
        if not (new_terms := [term for key, term in keys.items() if self.terms.get(key) is None]):
            return
        with transaction.atomic():
            made = [self._row(term) for term in new_terms]
            wanted = [(_topic_slug(term, row.name), row, term) for row, term in made]
            here = dict(Topic.objects.filter(slug__in=[slug for slug, _row, _term in wanted]).values_list("slug", "pk"))
            new: dict[str, Topic] = {}
            for slug, row, term in wanted:
                if slug not in here and slug not in new:
                    new[slug] = Topic(slug=slug, name=row.name[:255], description=plain_text(term.description))
            for topic, number in zip(new.values(), rows.numbers(Topic, len(new)), strict=True):
                topic.pk = here[topic.slug] = number
            rows.insert_objects(Topic, list(new.values()))
            bulk.index(Topic, list(new.values()))
            for (slug, row, _term), number in zip(wanted, rows.numbers(SourceTerm, len(wanted)), strict=True):
                row.pk, row.topic_id = number, here[slug]
            rows.insert_objects(SourceTerm, [row for _slug, row, _term in wanted])
            self.remarks.keep()
        for row, _term in made:
            self.terms.remember(row)

    def _row(self, term: Term) -> tuple[SourceTerm, Term]:
        """What is kept of a term, and the term in the language of the publication; what it is here is not yet said."""
        term = replace(term, name=in_language(term.name, self.language), description=in_language(term.description, self.language))
        row = self.terms.get((term.taxonomy, term.slug)) or SourceTerm(site=self.site, taxonomy=term.taxonomy, slug=term.slug[:400])
        row.source_id = term.source_id or row.source_id
        row.name = " ".join(plain_text(term.name).split()) or term.slug
        row.run, row.outcome, row.section, row.topic, row.placement = self.run, "imported", None, None, None
        self.remarks.meta.update(key for key, value in term.meta.items() if value and key not in _USED_META)
        return row, term

    def look_up(self, links: Iterable[TermLink]) -> None:
        """Ask at once what several terms are here."""
        self.terms.look_up([(link.taxonomy, link.slug) for link in links])

    def linked(self, link: TermLink) -> SourceTerm:
        """What a term is here; one without an entry in the file is made from the link."""
        if known := self._known((link.taxonomy, link.slug)):
            return known
        return self._term(self.entries.get((link.taxonomy, link.slug)) or Term(link.taxonomy, link.slug, link.name), frozenset())

    def _known(self, key: tuple[str, str]) -> SourceTerm | None:
        """What an earlier import made of a term, unless it is told to be something else now."""
        row = self.terms.get(key)
        told = self.counterparts.taxonomies.get(key[0])
        return row if row and (told is None or _agrees(row, told)) else None

    def numbered(self, source_id: str) -> SourceTerm | None:
        """What the term with this old id is here."""
        term = self.entries.numbered(source_id)
        return self.terms.get((term.taxonomy, term.slug)) if term else None

    def default_section(self) -> Section:
        """Where a story goes that has no section: “News”, in the publication's language."""
        with translation.override(interface_language(Publication.objects.get().language)):
            self.default = self.default or self._section_under(self.front, Term("category", "news", _("News")), Tone.NEWS)
        return self.default

    def _term(self, term: Term, above: frozenset[str]) -> SourceTerm:
        if known := self._known((term.taxonomy, term.slug)):
            return known
        row, term = self._row(term)
        name = row.name
        target = self.counterparts.group(term.taxonomy)
        placement = self.placement_names.get(name.casefold()) or self.placement_names.get(term.slug.casefold())
        if target == PLACEMENT or target == SECTION and placement:
            slug = placement or slugify(term.slug, allow_unicode=True)[:120] or "list"
            row.placement = Placement.objects.get_or_create(slug=slug, defaults={"name": name[:120]})[0]
        elif target == SECTION and term.slug.casefold() in NO_CATEGORY:
            row.section = self.default_section()
        elif target == SECTION:
            parent: Page = self.front
            # A circle of parents, seen in damaged exports, ends at the front.
            if term.parent and term.parent not in above and (term.taxonomy, term.parent) in self.entries:
                upper = self._term(self.entries[term.taxonomy, term.parent], above | {term.slug})
                parent = upper.section or self.front
            row.section = self._section_under(parent, term, self._tone(term, name))
        elif target == TOPIC:
            row.topic = self._topic(term, name)
        row.save()
        self.terms.remember(row)
        return row

    def _tone(self, term: Term, name: str) -> str:
        given = term.meta.get("_broadsheet_tone", "")
        if given in Tone.values:
            return given
        return next((tone for tone, words in _TONES if re.search(words, name, re.I)), Tone.NEWS)

    def _topic(self, term: Term, name: str) -> Topic:
        return Topic.objects.get_or_create(
            slug=_topic_slug(term, name), defaults={"name": name[:255], "description": plain_text(term.description)}
        )[0]

    def _section_under(self, parent: Page, term: Term, tone: str) -> Section:
        name = " ".join(plain_text(term.name).split()) or term.slug
        slug = (slugify(term.slug, allow_unicode=True) or slugify(name, allow_unicode=True) or "section")[:200]
        fresh = Page.objects.get(pk=parent.pk)
        above = fresh.url_path.lstrip("/").partition("/")[2]
        # Under `/people/` or `/media/` nothing of the section's would be reached.
        renamed = bool(hides(f"/{above}{slug}/"))
        if renamed:
            slug = f"{slug}-2"
        found = Section.objects.child_of(parent).filter(slug=slug).first()
        if found:
            return found
        base, number = slug, 2
        while fresh.get_children().filter(slug=slug).exists() or is_taken(f"/{above}{slug}/", besides=None):
            slug, number = f"{base}-{number}", number + 1
        if renamed:
            self.remarks.odd.add(
                "section whose address is in use here for something else, changed", f"{term.taxonomy} {term.slug}: /{above}{slug}/"
            )
        told = search(term.meta, title=name, excerpt="", site=self.site.title)
        section = Section(
            title=name[:255], draft_title=name[:255], slug=slug, description=plain_text(term.description), tone=tone, live=True,
            seo_title=told.title, search_description=told.description,
        )  # fmt: skip
        bulk.write([bulk.Fresh(page=section, parent_id=parent.pk)])
        return section


def _person(login: str, name: str, meta: Mapping[str, str], author: Author | None) -> Person:
    """The person behind a login, not yet written; their address may be somebody else's."""
    base = slugify(login, allow_unicode=True) or slugify(name, allow_unicode=True) or "author"
    standing = meta.get("_broadsheet_standing", "staff")
    about = meta.get("_broadsheet_bio") or (author.biography if author else "")
    website = author.website if author and re.match(r"https?://\S+$", author.website) else ""
    return Person(
        name=(name or login)[:255],
        slug=base[:255],
        kind=standing if standing in Person.Kind.values else Person.Kind.STAFF,
        role=meta.get("_broadsheet_role", "")[:255],
        biography=f"<p>{escape(about)}</p>" if about else "",
        website=website[:200],
    )


def _numbered(slug: str, number: int) -> str:
    ending = f"-{number}"
    return f"{slug[: 255 - len(ending)]}{ending}"


def _topic_slug(term: Term, name: str) -> str:
    return (slugify(term.slug, allow_unicode=True) or slugify(name, allow_unicode=True) or "topic")[:255]


def _by_use(terms: Terms, used: Mapping[TermLink, int]) -> list[tuple[str, str]]:
    """The terms that the menu shows before all others, which come as they are in the file.

    WordPress writes its categories by name, which is no order for a newspaper: then those with most posts come first.
    Categories in any other order were put there by somebody.
    """
    if any(one.casefold() > other.casefold() for one, other in pairwise(terms.top_names())):
        return []
    counts = {(link.taxonomy, link.slug): count for link, count in used.items()}
    return sorted((key for key in terms if key in counts), key=lambda key: -counts[key])


def _agrees(row: SourceTerm, target: str) -> bool:
    """Whether a term is here what it is to be."""
    return bool({SECTION: row.section_id or row.placement_id, TOPIC: row.topic_id, PLACEMENT: row.placement_id}.get(target, True))
