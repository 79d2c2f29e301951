"""Nothing that is not public is in anything that is: each state of a story against every public address there is."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.urls import get_resolver
from django.utils import timezone
from PIL import Image as Pillow
from wagtail.models import PageViewRestriction, Revision

from broadsheet.fronts.models import FrontPage, MenuEntry
from broadsheet.media.models import Document, Image, Rendition
from broadsheet.ops.worker import Worker
from broadsheet.people.models import Person, Publication
from broadsheet.record.marks import EventSaid, Mark, SourceSaid, StatementSaid, tag
from broadsheet.record.reports.models import Report
from broadsheet.record.reports.taking import Said, take_in
from broadsheet.stories.models import Byline, Placement, Section, StaticPage, Story, Topic

pytestmark = pytest.mark.django_db
MARK = "zanzibarleak"
LATER = dt.timedelta(days=2)


def picture(title: str) -> Image:
    out = io.BytesIO()
    Pillow.new("RGB", (60, 40), "navy").save(out, "JPEG")
    image = Image.objects.create(
        title=title, alt=f"{title} alt", caption=f"{title} caption", credit=f"{title} credit",
        file=ContentFile(out.getvalue(), name=f"{title}.jpg"),
    )  # fmt: skip
    image.file.close()
    return image


def marked(story: Story, mark: str = MARK) -> Story:
    """With the mark in all that it says and refers to."""
    ada = Person.objects.get(slug="ada-holm")
    source = SourceSaid(str(uuid4()), title=f"{mark} source", url=f"https://{mark}.example/")
    said = Mark(source, StatementSaid(str(uuid4()), ada.pk, "Ada Holm", f"{mark} role"))
    happened = Mark(event=EventSaid(str(uuid4()), f"{mark} event", "2020"))
    story.paid_by = story.ai_tool = story.funding = f"{mark} label"
    document = Document.objects.create(title=f"{mark} paper", file=ContentFile(b"%PDF", name=f"{mark}.pdf"))
    story.title, story.standfirst, story.dateline = f"{mark} headline", f"{mark} standfirst.", f"{mark} dateline"
    story.seo_title, story.search_description = f"{mark} title", f"{mark} description"
    story.lead_image, story.lead_alt, story.lead_caption = picture(f"{mark} lead"), f"{mark} lead alt", f"{mark} lead caption"
    story.body = [
        ("text", f"<p>{tag(said)}{mark} body</mark>. {tag(happened)}{mark} summit</mark>.</p>"),
        ("picture", {"image": picture(f"{mark} inline"), "caption": f"{mark} caption"}),
        ("file", {"document": document, "title": f"{mark} file", "kind": "file"}),
        ("factbox", {"heading": f"{mark} facts", "text": f"<p>{mark}</p>"}),
    ]
    person = Person.objects.create(name=f"{mark} person", slug=f"{story.slug}-person", biography=f"<p>{mark} life</p>", role=f"{mark} role")
    story.bylines = [Byline(person=person, role=f"{mark} byline")]
    story.topics = [
        *story.topics.all(),
        Topic.objects.create(name=f"{mark} topic", slug=f"{story.slug}-topic", description=f"{mark} about"),
    ]
    return story


@pytest.fixture
def hush(front, make_section, make_story):
    """`hush("slug", "another")`: unpublished stories of a publication with one story before and one after them, all in the same lists."""
    topic, lists = Topic.objects.create(name="Sea", slug="sea", promoted=True), Placement.objects.create(name="Top", slug="top")
    person = Person.objects.create(name="Ada Holm", slug="ada-holm", public_role="Minister")
    kept = {"topics": [topic], "placements": [lists], "people": [person]}

    def make(*slugs: str) -> list[Story]:
        older = make_story("Older", **kept)
        hushed = [make_story("Hushed", slug=slug, live=False, **kept) for slug in slugs]
        newer = make_story("Newer", **kept)
        containers = [("container", {"layout": "lead", "count": 5 + len(hushed), "pinned": [*hushed, newer]})]
        front = FrontPage.objects.get()
        front.containers, front.story_blocks = containers, containers
        front.save_revision().publish()
        Story.objects.filter(pk__in=[older.pk, hushed[0].pk]).update(translation_group="6f1d3c1e-0d4b-4f3c-9a56-0d6d0f7f2a11")
        Publication.objects.update(show_comments=True)
        return hushed

    return make


@pytest.fixture
def paper(hush):
    """The one unpublished story of such a publication."""
    return hush("hushed")[0]


def drafted(story: Story) -> None:
    story.save_revision()


def scheduled(story: Story) -> None:
    story.go_live_at = timezone.now() + LATER
    story.save_revision().publish()
    assert Revision.objects.filter(approved_go_live_at__isnull=False, object_id=str(story.pk)).count() == 1


def corrected(story: Story) -> None:
    """With the mark in what is said of a change, too."""
    story.save_revision().publish()
    again = Story.objects.get(pk=story.pk)
    again.standfirst, again.change_kind = f"{MARK} other", "correction"
    again.change_wrong, again.change_note = f"{MARK} wrong", f"{MARK} right"
    again.save_revision().publish()
    said = Said("fact", f"{MARK} problem", f"{MARK} passage", f"https://{MARK}.example/", f"{MARK}@example.org")
    take_in(story=story.pk, said=said, nonce=str(story.pk), address=f"203.0.113.{story.pk % 200}")


def withdrawn(story: Story) -> None:
    corrected(story)
    Story.objects.get(pk=story.pk).unpublish()


def expired(story: Story) -> None:
    story.save_revision().publish()
    Story.objects.filter(pk=story.pk).update(expire_at=timezone.now() - LATER)


def published_with_a_newer_draft(story: Story) -> None:
    Story.objects.get(pk=story.pk).save_revision().publish()
    marked(Story.objects.get(pk=story.pk)).save_revision()


def published_with_a_scheduled_version(story: Story) -> None:
    Story.objects.get(pk=story.pk).save_revision().publish()
    story.go_live_at = timezone.now() + LATER
    story.save_revision().publish()


def embargoed_again(story: Story) -> None:
    """Taken down, and to be published later."""
    withdrawn(story)
    later = Story.objects.get(pk=story.pk)
    later.go_live_at = timezone.now() + LATER
    later.save_revision().publish()


def deleted(story: Story) -> None:
    corrected(story)
    Story.objects.get(pk=story.pk).delete()


STATES = [drafted, scheduled, withdrawn, expired, published_with_a_scheduled_version, embargoed_again, deleted]


def public_addresses(*hushed: Story) -> Iterator[str]:
    """An address for every pattern of the URL map, and all ways in which somebody could guess at a hushed story."""
    now = timezone.now()
    slugs = [story.slug for story in hushed]
    yield from (
        "/",
        "/latest/",
        "/news/",
        "/news",
        "/feed/",
        "/news/feed/",
        "/favicon.ico",
        "/robots.txt",
        "/sitemap.xml",
        "/sitemap-0.xml",
    )
    yield from ("/sitemap-1.xml", "/assets/x.css", f"/{now:%Y}/", f"/{now:%Y/%m}/", f"/{now:%Y/%m/%d}/", "/password/1/1/", "/media/x.jpg")
    for slug in ("sea", *(f"{slug}-topic" for slug in slugs)):
        yield from (f"/topics/{slug}/{ending}" for ending in ("", "feed/", "statements.json", "statements/2030-01-01-9.csv"))
    people = ["ada-holm", *(f"{slug}-person" for slug in slugs)]
    for slug in people:
        yield from (f"/people/{slug}/{ending}" for ending in ("", "feed/", "said/", "statements.csv"))
    yield from ("/sitemap-news.xml", "/sitemap-sections.xml", f"/sitemap-{now:%Y-%m}.xml", "/search/", "/search/?q=-nothing")
    yield from (f"/search/?q={MARK[:-4]}*", f"/search/?q={MARK[1:]}")
    for kind, model in (("topic", Topic), ("person", Person), ("section", Section)):
        yield from (f"/search/?q=&{kind}={one.pk}" for one in model.objects.all())
    for ending in ("", "atom/", "json/"):
        yield from (
            f"{base}{ending}"
            for base in ("/feed/", "/news/feed/", "/news/feed/own/", "/topics/sea/feed/", "/lists/top/feed/", "/feed/kind/news/")
        )
        yield from (f"/people/{slug}/feed/{ending}" for slug in people)
        yield f"/corrections/feed/{ending}"
    yield from ("/corrections/", "/corrections/?before=999999")
    yield from ("/islands/latest/", "/islands/blocks/", "/islands/latest.blocks/", "/islands/most-read-1/", "/islands/latest.most-read-4/")
    yield from (
        "/record/",
        "/record/verify.py",
        "/record/checkpoint",
        "/record/keys",
        "/record/key-2",
        "/record/2/follows",
        "/record/tile/entries/000",
    )
    yield from (f"/record/tile/{kind}/000.p/{width}" for kind in ("0", "entries") for width in range(1, 20 + 2 * len(slugs)))
    yield from ("/ads.txt", "/trust.txt", "/.well-known/trust.txt", "/security.txt", "/.well-known/security.txt")
    yield from ("/sitemap-people.xml", "/sitemap-topics.xml", "/sitemap-pages.xml", f"/sitemap-{now:%Y-%m}-2.xml")
    yield from ("/api/", "/api/v3/openapi.json", "/api/v3/stories/?updated_since=2000-01-01T00:00:00Z", "/api/v3/stories/?order=-updated")
    lists = ("stories", "sections", "people", "topics", "images", "pages", "fronts")
    yield from (f"/api/v3/{name}" for name in ("", "publication/", "nothing/", *(f"{word}/" for word in lists)))
    yield from (f"/api/v3/stories/{pk}/" for pk in Story.objects.values_list("pk", flat=True))
    kinds = {"sections": [Section], "people": [Person], "topics": [Topic], "images": [Image], "fronts": [Section, FrontPage]}
    for word, models in kinds.items():
        yield from (f"/api/v3/{word}/{one.pk}/" for model in models for one in model.objects.all())
    for name, model in (("topic", Topic), ("person", Person), ("image", Image)):
        yield from (f"/api/v3/stories/?{name}={one.pk}" for one in model.objects.all())
    dates = ("", f"{now:%Y}/", f"{now:%Y/%m}/", f"{now:%Y/%m/%d}/")
    for root in ("", "/news", *(f"/people/{slug}" for slug in people)):
        yield from (f"{root}/archive/{date}" for date in dates)
    yield from ("/lists/top/", "/no/such/page/")
    yield from Story.objects.exclude(permalink=None).values_list("permalink", flat=True)
    yield from about("older")
    for story in hushed:
        yield from about(story.slug)
        yield from (f"/record/of/news/{story.slug}", f"/record/of/news/{story.slug}-{story.pk}/", f"/search/?q={story.slug}")
        yield from (f"/{story.slug}/archive/{date}" for date in dates)
        yield from (f"/{story.slug}/", f"/NEWS/{story.slug.title()}", f"/news/{story.slug}/feed/", f"/news/{story.slug}/?amp")
        yield from (f"/search/feed/{ending}?q={story.slug}" for ending in ("", "atom/", "json/"))
        reported = Report.objects.values_list("reference", flat=True)
        yield from (f"/news/{story.slug}/report/{reference}/" for reference in (*reported, "A" * 24))
        yield from (f"/assets/read?story=/news/{story.slug}/", f"/cards/0123456789abcdef/news/{story.slug}.png")
        yield f"/api/v3/stories/{story.pk}/?draft=1"
        yield from (f"/?{name}={story.pk}" for name in ("p", "page_id", "attachment_id"))
        yield from (f"/desk/pages/{story.pk}/{screen}/" for screen in ("view_draft", "edit/preview", "edit"))
    for document in Document.objects.all():
        yield from (f"/documents/{document.pk}/{document.title.split()[0]}.pdf", f"/documents/{document.pk}/")
    for one in Image.objects.all():
        yield from (
            f"/media/original_images/{one.title.split()[0]}_lead.jpg",
            f"/media/{one.file.name}",
            f"/documents/authenticate_with_password/{one.pk}/",
        )
    yield from ("/desk/sign-in/x/", "/desk/patterns/", "/desk/patterns/card/")


def about(slug: str) -> Iterator[str]:
    """All that is below the address of a story, and what elsewhere is asked for by it."""
    story = f"/news/{slug}"
    yield from (f"{story}/{ending}" for ending in ("", "changes/", "changes/?version=1", "changes/?before=2", "changes.json"))
    yield from (
        f"{story}/{ending}" for ending in ("report/", "report/?passage=quay", "text/", "republish/", "statements.json", "statements.csv")
    )
    yield from (f"/oembed/?url=http://127.0.0.1:8000{story}/", f"/record/of{story}/")


def everything_said(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code < 500, address
    # To ask for a sign-in link's head does not use it up.
    asked = client.head(address) if "/sign-in/" not in address else answer
    assert asked.status_code == answer.status_code, address
    body = answer.getvalue() if answer.streaming else answer.content
    # What was asked for may be repeated.
    return f"{answer.headers} {asked.headers} {body.decode(errors='replace')}".replace(address, "")


def test_what_is_not_public_is_nowhere(client, hush):
    stories = hush(*(state.__name__.replace("_", "-") for state in STATES))
    for number, (bring_about, story) in enumerate(zip(STATES, stories, strict=True)):
        bring_about(marked(story, f"{MARK}{number}"))
    Worker().work()
    told = {address: everything_said(client, address) for address in dict.fromkeys(public_addresses(*stories))}
    assert [(a, text[max(0, place - 40) :][:100]) for a, text in told.items() if (place := text.find(MARK)) >= 0] == []
    assert "Older" in told["/"] and "Newer" in told["/feed/"]


def test_a_newer_draft_of_a_public_story_is_nowhere(client, paper):
    published_with_a_newer_draft(paper)
    told = {address: everything_said(client, address) for address in dict.fromkeys(public_addresses(paper))}
    assert [a for a, text in told.items() if MARK in text] == []
    assert "Hushed" in told["/"] and "Hushed" in told["/news/hushed/"]


def test_once_public_it_is_everywhere(client, paper):
    """Otherwise the tests above would prove nothing."""
    corrected(marked(paper))
    found = {a for a in dict.fromkeys(public_addresses(paper)) if MARK in everything_said(client, a)}
    assert {"/", "/latest/", "/feed/", "/news/", "/news/feed/", "/news/hushed/", "/topics/sea/", "/people/hushed-person/",
            f"/search/?q={MARK[:-4]}*", f"/search/?q={MARK[1:]}", "/api/v3/stories/", "/api/v3/people/", "/api/v3/images/",
            "/news/hushed/changes/", "/news/hushed/changes/?version=1", "/news/hushed/changes.json", "/news/hushed/report/", f"/news/hushed/report/{Report.objects.get().reference}/", "/corrections/", "/corrections/feed/json/",
            f"/api/v3/stories/{paper.pk}/", f"/api/v3/fronts/{FrontPage.objects.get().pk}/"} <= found  # fmt: skip


def test_the_table_knows_every_public_address(paper):
    """A new pattern in the URL map has to be put into `public_addresses`."""
    marked(paper)
    asked = [address.partition("?")[0].lstrip("/") for address in public_addresses(paper)]
    for pattern in get_resolver().url_patterns:
        known = any(pattern.pattern.match(path) for path in asked)
        assert known, f"no address of the table is answered by {pattern.pattern}"


def test_the_name_of_a_section_that_is_not_public_is_nowhere(client, front, make_section, make_story):
    """What stands in it and is public stays where it is, without saying where that is."""
    hidden = front.add_child(instance=Section(title=f"{MARK} section", slug="hushed", live=False, description=f"{MARK} about"))
    below = make_section("Coast", parent=hidden)
    one, two = make_story("In it", parent=hidden), make_story("Below it", parent=below, sections=[hidden])
    MenuEntry.objects.create(section=hidden, text=f"{MARK} menu")
    page = FrontPage.objects.get()
    page.containers = [("container", {"layout": "section", "section": hidden, "count": 5}), ("container", {"layout": "list", "count": 5})]
    page.story_blocks = page.containers
    page.save_revision().publish()
    addresses = [
        "/",
        one.permalink,
        two.permalink,
        "/hushed/",
        "/hushed/coast/",
        "/hushed/feed/",
        "/hushed/coast/feed/",
        "/latest/",
        "/feed/",
    ]
    addresses += ["/sitemap-0.xml", "/sitemap-1.xml", "/no/such/"]
    addresses += [f"/api/v3/{word}/" for word in ("stories", "sections", "fronts")] + [
        f"/api/v3/{word}/{hidden.pk}/" for word in ("sections", "fronts")
    ]
    addresses += [
        f"/api/v3/sections/{below.pk}/",
        f"/api/v3/fronts/{front.pk}/",
        f"/api/v3/stories/{one.pk}/",
        f"/api/v3/stories/?section={hidden.pk}",
    ]
    told = {address: everything_said(client, address) for address in addresses}
    assert [a for a, text in told.items() if MARK in text] == []
    assert "In it" in told["/"] and "In it" in told[one.permalink] and "Below it" in told["/hushed/coast/"]


def test_a_static_page_that_is_not_public_is_nowhere(client, front, make_story):
    story = make_story()
    page = FrontPage.objects.get().add_child(instance=StaticPage(title=f"{MARK} page", slug="hushed-page", live=False))
    page.save_revision()
    for address in (
        "/",
        story.permalink,
        "/hushed-page/",
        "/hushed-page",
        "/sitemap-0.xml",
        "/latest/",
        "/api/v3/pages/",
        f"/api/v3/pages/{page.pk}/",
    ):
        assert MARK not in everything_said(client, address), address


def test_nobody_can_close_a_page_and_leave_it_in_the_lists(editor_client, paper):
    """Wagtail's private pages would stay in lists and feeds: there are none here, in the desk or by its addresses."""
    for page in (FrontPage.objects.get(), paper, paper.get_parent()):
        answer = editor_client.post(
            f"/desk/pages/{page.pk}/privacy/", {"restriction_type": "login", "groups": [str(g.pk) for g in Group.objects.all()]}
        )
        assert answer.status_code < 500 and not PageViewRestriction.objects.exists()


def test_thumbnails_and_documents_of_drafts_are_not_found_by_guessing(client, paper):
    drafted(marked(paper))
    image = Image.objects.get(title=f"{MARK} lead")
    place = Rendition._meta.get_field("file").generate_filename(Rendition(image=image), f"{MARK}_lead.max-165x165.jpg")
    assert re.fullmatch(rf"d/[0-9a-f]{{16}}/{MARK}_lead\.max-165x165\.jpg", place)
    assert image.token not in place, "a published picture's own address would tell where its thumbnails are"
    for folder in ("images", "original_images", "d"):
        assert client.get(f"/media/{folder}/{MARK}_lead.max-165x165.jpg").status_code == 404
    document = Document.objects.get()
    assert re.fullmatch(rf"/documents/{document.pk}/{MARK}-[0-9a-f]{{10}}\.pdf", document.url)
    assert client.get(document.url).status_code == 200 and client.get(f"/documents/{document.pk}/{MARK}.pdf").status_code == 404
