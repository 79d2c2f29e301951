"""After any write, every stored page is what would be rendered now; and what a page reads, it holds a key for."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.utils import timezone

from broadsheet.delivery import keys, purging
from broadsheet.delivery.rendering import render
from broadsheet.delivery.verifying import verify
from broadsheet.fronts.models import FrontPage, MenuEntry
from broadsheet.media.models import Image
from broadsheet.ops.page_store import addresses
from broadsheet.ops.worker import Worker
from broadsheet.people.models import Person, Publication
from broadsheet.readership import ranking
from broadsheet.readership.models import ReadsInHour
from broadsheet.record.actions import Said, blank, unsay
from broadsheet.stories import actions, relating
from broadsheet.stories.corrections import classify
from broadsheet.stories.models import Placement, ReaderComment, Section, StaticPage, Story, Topic
from tests.media.test_left_over import upload

pytestmark = pytest.mark.django_db


class Paper:
    """A small publication with readers."""

    def __init__(self, front, make_section, make_story):
        self.front, self.make_section, self.make_story = front, make_section, make_story
        self.world = make_section("World")
        self.asia = make_section("Asia", parent=self.world)
        self.sport = make_section("Sport")
        self.ada, self.bo = (Person.objects.create(name=name, slug=name.lower()) for name in ("Ada", "Bo"))
        self.topics = [Topic.objects.create(name=name, slug=name.lower()) for name in ("Ferries", "Storms")]
        self.line = Topic.objects.create(name="The long crossing", slug="crossing", kind=Topic.Kind.LINE)
        self.box = Placement.objects.create(name="Longer reads", slug="longer")
        self.image = upload()
        Topic.objects.filter(pk=self.topics[1].pk).update(promoted=True, picture=self.image)
        Publication.objects.update(republishing="Name us.", count_reads=True, show_comments=True)
        now = timezone.now()
        homes = (self.world, self.asia, self.sport)
        self.stories = [
            make_story(
                f"Story {n} about the ferry", parent=homes[n % 3], published=now - dt.timedelta(days=20 * n), people=[(self.ada, self.bo)[n % 2]],
                topics=[self.topics[n % 2]] if n < 5 else [self.line] if n < 8 else [], lead_image=self.image if n in (2, 4) else None,
            )
            for n in range(9)
        ]  # fmt: skip
        publish(
            again(Story, self.stories[4].pk),
            standfirst="Dry.",
            change_kind="correction",
            change_wrong="It did not rain.",
            change_note="It was dry.",
        )
        publish(again(Story, self.stories[6].pk), standfirst="At night.")

    def paths(self):
        """Every address there is."""
        yield from addresses()
        yield from (f"/topics/{slug}/" for slug in Topic.objects.values_list("slug", flat=True))
        yield from (f"/people/{slug}/" for slug in Person.objects.values_list("slug", flat=True))
        yield from (
            "/corrections/",
            "/corrections/feed/",
            "/corrections/feed/json/",
            f"{self.stories[0].permalink}changes/",
            f"{self.stories[6].permalink}changes/",
        )
        yield from ("/lists/longer/", "/islands/latest/", "/islands/latest.blocks/", "/islands/latest.most-read-4/")
        yield from (
            f"{page}feed/{form}"
            for page in ("/", "/world/", "/topics/ferries/", "/people/ada/", "/lists/longer/")
            for form in ("", "json/")
        )
        yield from ("/feed/atom/", "/world/feed/own/", "/feed/kind/news/")
        shelves = ("/", "/world/", "/people/ada/")
        stories = list(Story.objects.filter(live=True))
        yield from (f"{shelf}archive/" for shelf in shelves)
        for story in stories:
            if story.pk in {self.stories[n].pk for n in (0, 4, 8)}:
                yield from (f"{shelf}archive/{story.published:{pattern}}/" for shelf in shelves for pattern in ("%Y", "%Y/%m", "%Y/%m/%d"))
            if story.pk in {self.stories[n].pk for n in (0, 1, 5)}:
                yield from (f"{story.permalink}text/", f"{story.permalink}republish/")

    def read_all(self):
        """Readers ask for everything."""
        for path in dict.fromkeys(self.paths()):
            if purging.shelf().store.read(path) is None:
                render(path)

    def write(self, function):
        """Something is written, and the pages it touched are replaced; returns how many those were."""
        function()
        return purging.carry_out()

    def wrong(self):
        """What is stored and should not be so."""
        return [difference for _path, difference in verify() if difference]


@pytest.fixture
def paper(front, make_section, make_story):
    made = Paper(front, make_section, make_story)
    purging.carry_out()
    return made


def commented(story):
    ReaderComment.objects.create(
        story=story, position=0, depth=0, kind="comment", author="Reader", html="<p>Aye</p>", published=timezone.now()
    )
    purging.touch(f"conversation:{story.pk}")


def at_the_words_of(paper):
    """A page whose address was that of another story's words."""
    made = paper.make_story("Words", parent=paper.sport, live=False)
    Story.objects.filter(pk=made.pk).update(permalink=f"{paper.stories[5].permalink}text/")
    publish(again(Story, made.pk))


def publish(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


FEEDS = {f"{page}feed/{form}" for page in ("/", "/world/", "/topics/ferries/", "/people/ada/") for form in ("", "json/")} | {
    "/feed/atom/",
    "/world/feed/own/",
    "/feed/kind/news/",
}
ISLANDS = {"/islands/latest/", "/islands/latest.blocks/", "/islands/latest.most-read-4/"}


def count_reads(paper, *numbers):
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    for number in numbers:
        ReadsInHour.objects.create(story_id=paper.stories[number].pk, hour=hour, count=10 + number)
    ranking.rank()


def again(model, pk):
    return model.objects.get(pk=pk)


def save(instance, **fields):
    for name, value in fields.items():
        setattr(instance, name, value)
    instance.save()


WRITES = {
    "a new story": lambda p: p.make_story("Storm hits the ferry", parent=p.asia, topics=[p.topics[0]], people=[p.ada]),
    "an old story": lambda p: p.make_story("From the archive", parent=p.sport, published=timezone.now() - dt.timedelta(days=50)),
    "a headline": lambda p: publish(again(Story, p.stories[0].pk), title="Another headline"),
    "a body": lambda p: publish(again(Story, p.stories[4].pk), body=[("text", "<p>Quite another text.</p>")]),
    "a draft": lambda p: again(Story, p.stories[1].pk).save_revision(),
    "withdrawn": lambda p: again(Story, p.stories[2].pk).unpublish(),
    "deleted": lambda p: again(Story, p.stories[3].pk).delete(),
    "another date": lambda p: publish(again(Story, p.stories[8].pk), published=timezone.now()),
    "other topics": lambda p: publish(again(Story, p.stories[7].pk), topics=[p.topics[1], p.topics[0]]),
    "moved": lambda p: actions.move(story=again(Story, p.stories[0].pk), to=again(Section, p.sport.pk), by=None),
    "a person's name": lambda p: save(p.ada, name="Ada Byron"),
    "a topic's name": lambda p: save(p.topics[0], name="Boats"),
    "a topic promoted": lambda p: save(p.topics[1], promoted=True, description="All about storms."),
    "topics merged": lambda p: actions.merge_topics(topic=p.topics[1], into=p.topics[0], by=None),
    "people merged": lambda p: actions.merge_people(person=p.bo, into=p.ada, by=None),
    "a section's name": lambda p: publish(again(Section, p.asia.pk), title="Asia and Pacific"),
    "a section's description": lambda p: publish(again(Section, p.asia.pk), description="From the Bosporus eastwards.", seo_title="All of Asia"),
    "a section in another language": lambda p: publish(again(Section, p.asia.pk), language="ar"),
    "a new section": lambda p: publish(p.make_section("Travel")),
    "a section moved": lambda p: again(Section, p.asia.pk).move(again(Section, p.sport.pk), pos="last-child"),
    "a static page": lambda p: again(FrontPage, p.front.pk).add_child(instance=StaticPage(title="About us", slug="about", in_footer=True)),
    "a static page's text": lambda p: publish(
        again(StaticPage, StaticPage.objects.order_by("-pk")[0].pk), body=[("text", "<p>Who we are now.</p>")], standfirst="We.", seo_title="Us"
    ),
    "a static page out of the foot": lambda p: publish(again(StaticPage, StaticPage.objects.order_by("-pk")[0].pk), in_footer=False),
    "the menu": lambda p: MenuEntry.objects.create(text="Shop", url="https://shop.example/", position=0),
    "the publication": lambda p: save(Publication.objects.get(), name="The Gull", disclaimer="Views are their authors’."),
    "the clock": lambda p: save(Publication.objects.get(), zone="Asia/Tokyo"),
    "the front": lambda p: publish(
        again(FrontPage, p.front.pk),
        containers=[("container", {"heading": "Now", "layout": "lead", "section": p.sport, "count": 3, "pinned": [again(Story, p.stories[5].pk)]})],
    ),
    "blocks under stories": lambda p: publish(
        again(FrontPage, p.front.pk), story_blocks=[("container", {"heading": "More", "layout": "section", "section": p.world, "count": 3, "pinned": []})]
    ),
    "related stories": lambda p: relating.work(seconds=60),
    "pinned and banned": lambda p: publish(again(Story, p.stories[0].pk), related_pinned=[p.stories[6]], related_banned=[p.stories[1]]),
    "translations": lambda p: (
        Story.objects.filter(pk=p.stories[1].pk).update(language="fr"), actions.link_translations(stories=[again(Story, p.stories[0].pk), again(Story, p.stories[1].pk)], by=None),
    ),
    "a new list": lambda p: Placement.objects.create(name="Big picture", slug="big-picture"),
    "what is read": lambda p: count_reads(p, 1, 5),
    "what is read by now": lambda p: count_reads(p, 6),
    "reports not taken": lambda p: save(Publication.objects.get(), take_reports=False),
    "reads not counted": lambda p: save(Publication.objects.get(), count_reads=False),
    "a picture's credit": lambda p: (save(Image.objects.get(), credit="Ada Holm"), Worker().work()),
    "a picture cropped": lambda p: (save(Image.objects.get(), focal_point_x=10, focal_point_y=10, focal_point_width=8, focal_point_height=8), Worker().work()),
    "a portrait": lambda p: save(p.ada, portrait=Image.objects.get()),
    "a portrait's description": lambda p: (save(Image.objects.get(), alt="Ada, laughing"), Worker().work()),
    "a picture deleted": lambda p: (Image.objects.get().delete(), Worker().work()),
    "a comment": lambda p: commented(p.stories[0]),
    "a story at a place of its own": lambda p: at_the_words_of(p),
    "a part of a line": lambda p: publish(again(Story, p.stories[8].pk), topics=[p.line]),
    "a part taken down": lambda p: again(Story, p.stories[6].pk).unpublish(),
    "and put back": lambda p: again(Story, p.stories[6].pk).get_latest_revision().publish(),
    "another name of a line": lambda p: save(again(Topic, p.line.pk), name="The longest crossing"),
    "no line any more": lambda p: save(again(Topic, p.line.pk), kind="subject"),
    "no longer offered": lambda p: publish(again(Story, p.stories[5].pk), not_republished=True),
    "a correction": lambda p: publish(
        again(Story, p.stories[0].pk), standfirst="In the rain.", change_kind="correction", change_wrong="The sun did not shine.", change_note="It rained."
    ),
    "an unsaid change": lambda p: publish(again(Story, p.stories[6].pk), standfirst="At dawn."),
    "said later": lambda p: classify(story=p.stories[6].pk, number=2, said=Said("correction", "At night.", "Not at noon."), by=None),
    "said otherwise": lambda p: classify(story=p.stories[4].pk, number=2, said=Said("clarification", "Quite dry."), by=None),
    "a text taken out": lambda p: blank(story=p.stories[4].pk, numbers=[1], reason="legal", by=None),
    "what was said of it taken out": lambda p: unsay(story=p.stories[4].pk, numbers=[2, 3], reason="legal", by=None),
    "what was corrected is withdrawn": lambda p: again(Story, p.stories[4].pk).unpublish(),
    "and comes back": lambda p: again(Story, p.stories[4].pk).get_latest_revision().publish(),
    "put in a list": lambda p: publish(again(Story, p.stories[0].pk), placements=[p.box]),
}  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("what", WRITES)
def test_no_page_is_stale_after(paper, what):
    paper.read_all()
    assert not paper.wrong()
    paper.write(lambda: WRITES[what](paper))
    assert not paper.wrong(), paper.wrong()


def test_one_after_the_other(paper):
    """All writes; readers ask for everything after each, and what is stored is looked at after every tenth, for that takes long."""
    before: list[str] = []
    for what, write in WRITES.items():
        paper.read_all()
        paper.write(lambda write=write: write(paper))
        before.append(what)
        if len(before) == 10 or what == list(WRITES)[-1]:
            assert not paper.wrong(), (before, paper.wrong())
            before.clear()


def test_a_publish_replaces_what_it_changed_and_no_more(paper):
    paper.read_all()
    before = set(purging.shelf().store.paths())
    paper.write(lambda: publish(again(Story, paper.stories[0].pk), title="Another headline"))
    gone = before - set(purging.shelf().store.paths())
    shown = (
        {paper.stories[n].permalink for n in (0, 1)}
        | {
            "/",
            "/latest/",
            "/world/",
            "/topics/ferries/",
            "/people/ada/",
        }
        | {f"{paper.stories[0].permalink}{words}/" for words in ("text", "republish", "changes")}
        | ISLANDS
        | FEEDS
        | {"/sitemap.xml", "/sitemap-people.xml", "/sitemap-topics.xml", f"/sitemap-{paper.stories[0].published:%Y-%m}.xml"}
    )
    assert {path for path in gone if "archive" not in path} == shown
    # A new one stands in lists that the old ones stand in too, and becomes the next of one of them.
    paper.read_all()
    paper.write(lambda: paper.make_story("New", parent=paper.sport))
    gone = before - set(purging.shelf().store.paths())
    shown = {
        paper.stories[0].permalink,
        "/",
        "/latest/",
        "/sport/",
        "/archive/",
        *ISLANDS,
        "/feed/",
        "/feed/json/",
        "/feed/atom/",
        "/feed/kind/news/",
        "/sitemap.xml",
        "/sitemap-people.xml",
        "/sitemap-topics.xml",
        f"/sitemap-{timezone.now():%Y-%m}.xml",
    }
    assert {path for path in gone if not re.match(r"/archive/.", path)} == shown


def test_what_stands_on_a_page_of_its_own_replaces_that_alone(paper):
    WRITES["a static page"](paper)
    about = StaticPage.objects.get()
    paper.write(lambda: publish(about))
    paper.read_all()
    before = set(purging.shelf().store.paths())
    paper.write(lambda: WRITES["a static page's text"](paper))
    assert before - set(purging.shelf().store.paths()) == {"/about/", "/sitemap.xml"} | {
        f"/sitemap-{name}.xml" for name in ("sections", "pages", "people", "topics")
    }
    paper.read_all()
    paper.write(lambda: WRITES["a section's description"](paper))
    gone = before - set(purging.shelf().store.paths())
    assert "/world/asia/" in gone and not gone & {story.permalink for story in paper.stories} and "/" not in gone
    assert not paper.wrong()
    paper.read_all()
    # What stands in every menu is on all pages.
    paper.write(lambda: WRITES["a section's name"](paper))
    assert not set(purging.shelf().store.paths())


def test_every_read_has_a_key(paper):
    """A table whose rows are read without a key could change without anyone's knowing."""
    relating.work(seconds=60)
    ReaderComment.objects.create(
        story=paper.stories[0], position=0, depth=0, kind="comment", author="Reader", html="<p>Aye</p>", published=timezone.now()
    )
    Publication.objects.update(show_comments=True)
    for path in paper.paths():
        read: set[str] = set()

        def watch(execute, sql, params, many, context, read=read):
            if keys.is_noting():
                read.update(re.findall(r'(?:FROM|JOIN) "?(\w+)"?', sql))
            return execute(sql, params, many, context)

        with keys.noting() as noted, connection.execute_wrapper(watch):
            response = render_noting(path)
        if response.status_code != 200:
            continue
        kinds = {key.partition(":")[0] for key in noted}
        for table in read - EVERYWHERE:
            assert KEYS[table] & kinds, f"{path} reads {table} and holds none of {KEYS[table]}: {sorted(noted)}"


def render_noting(path):
    from broadsheet.delivery.rendering import fresh

    return fresh(path)


# A write to these replaces everything, or is no write that readers could see.
EVERYWHERE = {
    "people_publication", "people_declarations", "stories_section", "fronts_menuentry", "wagtailcore_site", "wagtailcore_page", "stories_placement",
    "wagtailcore_pageviewrestriction", "delivery_purge", "lists", "part", "whole", "cut", "block", "step", "wagtailcore_locale", "django_content_type", "delivery_stamp",
}  # fmt: skip
KEYS = {
    "record_change": {"record", "corrections"},
    "record_changetext": {"record"},
    "stories_listing": {"part", "corrections", "stamp", "list", "beside", "story", "related", "person", "topic", "linked"},
    "stories_daycount": {"list"},
    "readership_mostread": {"mostread"},
    "stories_story": {"corrections", "stamp", "story", "list", "beside", "related", "translations"},
    "stories_galley": {"corrections", "story", "list", "stamp"},
    "stories_relatedstory": {"related"},
    "stories_topic": {"topic", "stamp"},
    "stories_staticpage": {"year", "staticpage", "stamp"},
    "stories_readercomment": {"conversation"},
    "people_person": {"person", "stamp"},
    "record_source": {"story", "said", "marked"},
    "record_statement": {"story", "said", "marked"},
    "record_event": {"story", "marked"},
    "record_webcopy": {"story"},
    "media_image": {"person", "topic"},
    "fronts_frontpage": {"frontpage", "story", "year"},
}
