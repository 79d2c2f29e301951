"""Out and in again: the same public pages, whatever the newsroom did, and nothing hostile on the way."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import OperationalError, transaction
from PIL import Image as Pillow
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from broadsheet.delivery import outbox
from broadsheet.fronts.actions import found_publication
from broadsheet.fronts.models import FrontPage, MenuEntry
from broadsheet.importing.export import jsonlines
from broadsheet.importing.export.archive import Archive
from broadsheet.importing.models import SourceSite
from broadsheet.importing.records import ImportRefused
from broadsheet.importing.restoring import load
from broadsheet.importing.restoring.commands import import_json
from broadsheet.importing.restoring.folder import Folder
from broadsheet.media.actions import encode_image
from broadsheet.media.models import Document, Image
from broadsheet.people.models import Declarations, Person, Publication
from broadsheet.record import actions as recording
from broadsheet.record import marks
from broadsheet.record.marks import SourceSaid
from broadsheet.related import entering
from broadsheet.stories import relating
from broadsheet.stories.actions import link_translations, merge_people, merge_topics
from broadsheet.stories.models import Gone, Listing, Placement, ReaderComment, RelatedStory, StaticPage, Story, Topic
from tests.importing.public_bytes import public_bytes

pytestmark = pytest.mark.django_db
KNOWN = f"<p>{marks.tag(marks.Mark(SourceSaid('0b5c1f4e-6a0f-4e53-9a52-3f1a5f0b9c07', title='Our statutes')))}Us</mark>.</p>"
"""On a page beside the news."""


@pytest.fixture
def picture(db):
    """An encoded picture with a focal point."""
    out = io.BytesIO()
    Pillow.linear_gradient("L").resize((900, 600)).convert("RGB").save(out, "JPEG")
    made = Image(title="A ferry", alt="A ferry", credit="A. Holm", file=ContentFile(out.getvalue(), name="ferry.jpg"))
    made.focal_point_x, made.focal_point_y, made.focal_point_width, made.focal_point_height = 100, 50, 1, 1
    made.save()
    encode_image(made)
    made.file.close()
    return Image.objects.get(pk=made.pk)


@pytest.fixture
def paper(front, make_section, make_story, picture):
    """A publication with a life behind it."""
    publication = Publication.objects.get()
    publication.name, publication.tagline, publication.brand_colour, publication.zone = "The Tern", "Coast & sea", "#0a5c36", "Asia/Karachi"
    publication.logo, publication.legal_name = picture, "Tern Ltd"
    publication.save()
    ada = Person.objects.create(name="Ada Holm", slug="ada-holm", portrait=picture, biography="<p>It’s <b>hers</b>.</p>", role="Editor")
    bo, bob = (Person.objects.create(name=n, slug=n.lower()) for n in ("Bo", "Bob"))
    ferries, ferry = (Topic.objects.create(name=n, slug=n.lower()) for n in ("Ferries", "Ferry"))
    ferries.kind = Topic.Kind.LINE
    ferries.save()
    top = Placement.objects.create(name="Top Stories", slug="top-stories")
    MenuEntry.objects.create(text="Top", url="/lists/top-stories/", position=1)
    world = make_section("World", tone="culture", description="Far & wide")
    asia = make_section("Asia", parent=world, language="ur")
    body = (
        '<p data-block-key="a1">It <b>sailed</b>, “so”.<br/>Twice &amp; back.</p><h2 data-block-key="b">Then</h2>'
        '<ul><li data-block-key="c">one</li></ul><p><a href="https://port.example/">there</a></p>'
    )
    stories = [make_story(body=body, parent=asia, people=[ada, bob], topics=[ferry], lead_image=picture) for _ in range(4)]
    second = make_story(
        "Second", parent=world, sections=[asia], topics=[ferries], placements=[top], people=[bo], language="ar", dateline="Port"
    )
    linked = make_story(body=f'<p><a linktype="page" id="{stories[0].pk}">that</a></p>', kind="opinion", lead_alt="Here", long_read=True)
    linked.body.append(("quote", {"text": "<p>So</p>", "attribution": "Ada", "cite": ""}))
    linked.body.append(("picture", {"image": picture, "alt": "", "decorative": True, "caption": "<p>Off <i>Port</i></p>", "size": "wide"}))
    document = Document.objects.create(title="Log", file=ContentFile(b"%PDF-1.4", name="log.pdf"))
    linked.body.append(("file", {"document": document, "url": "", "title": "The log", "kind": "file"}))
    linked.save_revision().publish()
    stories[0].related_pinned, stories[0].related_banned = [linked], [second]
    stories[0].save_revision().publish()
    about = front.add_child(instance=StaticPage(title="About", slug="about", live=True, body=[("text", KNOWN)]))
    about.add_child(instance=StaticPage(title="Ethics", slug="ethics", live=True, in_footer=False))
    merge_people(person=bob, into=bo, by=None)
    merge_topics(topic=ferry, into=ferries, by=None)
    gone = make_story()
    gone.delete()
    stories[3].unpublish()
    stories[2].title, stories[2].related_pinned = "Not yet said", [stories[0]]
    stories[2].save_revision()
    make_story("A draft", live=False)
    for headline, said in (
        ("Second, again", ("correction", "It was the first.", "It was the second.")),
        ("Second & last", ("update", "", "The last.")),
    ):
        second.title, (second.change_kind, second.change_wrong, second.change_note) = headline, said
        second.lead_image = None if second.lead_image else picture
        second.save_revision().publish()
        second = Story.objects.get(pk=second.pk)
    away = make_story("Taken away", body="<p>So it was said.</p>")
    away.title, away.change_kind, away.change_note = "Taken away again", "clarification", "Said more clearly."
    away.save_revision().publish()
    recording.blank(story=away.pk, numbers=[1], reason="legal", by=None)
    recording.unsay(story=away.pk, numbers=[2], reason="A court’s order.", by=None)
    removed = make_story("Removed")
    removed.unpublish()
    recording.explain(story=removed.pk, reason="A court said so.", by=None)
    link_translations(stories=[stories[0], second], by=None)
    publication.show_comments = True
    publication.save()
    ethics = FrontPage.objects.get().add_child(instance=StaticPage(title="Ethics", slug="ethics", live=True))
    Declarations.objects.create(site=publication.site, crawlers="no-ai", security_contact="mailto:s@tern.example", ethics=ethics)
    ReaderComment.objects.create(story=stories[0], position=0, number=7, author="A reader", html="<p>So it is.</p>")
    entry = MenuEntry.objects.create(section=world, position=0)
    MenuEntry.objects.create(section=asia, parent=entry, position=0)
    Redirect.objects.create(old_path="/old", redirect_page=stories[0], is_permanent=True)
    value = {"layout": "lead", "count": 3, "section": asia.pk, "placement": None, "topic": None, "pinned": [stories[1].pk], "heading": ""}
    front = FrontPage.objects.get()
    most = {"heading": "", "count": 4, "section": value["section"], "language": "ur"}
    front.containers = front.story_blocks = json.dumps([{"type": "container", "value": value}, {"type": "most_read", "value": most}])
    front.save_revision().publish()
    outbox.run_due()
    return publication


def forget_everything() -> None:
    """As after a fresh set-up; files of pictures go, too."""
    with transaction.atomic():
        for page in Story.objects.all():
            page.delete()
        for top in Page.objects.filter(depth__gt=1).order_by("-depth"):
            Page.objects.get(pk=top.pk).delete()
    Person.objects.update(merged_into=None)
    Topic.objects.update(merged_into=None)
    for model in (Person, Topic, Placement, MenuEntry, Redirect, Gone, SourceSite, Publication, Image, Document):
        model.objects.all().delete()
    for place in ("default", "public"):
        shutil.rmtree(storages[place].location, ignore_errors=True)
    found_publication(name="", by=None)


@pytest.fixture
def written(paper, tmp_path):
    """The publication as JSON Lines, in a folder."""
    folder = tmp_path / "out"
    jsonlines.write(folder, Archive(), base="https://tern.example")
    return folder


_kept: list[Path] = []


@pytest.fixture
def taken_out(request, db, tmp_path, tmp_path_factory):
    """A copy of what one publication was written as, made once, in a folder; in the database there is none."""
    if not _kept:
        _kept.append(tmp_path_factory.mktemp("kept") / "out")
        request.getfixturevalue("paper")
        jsonlines.write(_kept[0], Archive(), base="https://tern.example")
        forget_everything()
    else:
        found_publication(name="", by=None)
    return Path(shutil.copytree(_kept[0], tmp_path / "out"))


def test_out_and_in_gives_the_same_bytes(written):
    before = public_bytes()
    assert len(before) > 25
    forget_everything()
    here = load.restore(Folder(written))
    after = public_bytes()
    assert before.keys() == after.keys()
    assert [address for address in before if before[address] != after[address]] == []
    export = Folder(written)
    assert {name: here[name] for name in export.counts} == export.counts


def unnumbered(text: str) -> str:
    return re.sub(r"picture-\d+", "picture", text)


def wishes(records: list[dict[str, Any]]) -> list[tuple[str, str, list[str]]]:
    """(headline, field, headlines of what is in it), drafts too."""
    names = {one["id"]: one["address"] for one in records}
    every = [(one["address"], said) for one in records for said in (one, one["draft"] or {})]
    fields = ("related_pinned", "related_banned")
    return [(address, name, [names[pk] for pk in said[name]]) for address, said in every for name in fields if said.get(name)]


def test_out_again_says_the_same(written, tmp_path):
    forget_everything()
    load.restore(Folder(written))
    again = tmp_path / "again"
    jsonlines.write(again, Archive(), base="https://tern.example")
    for kind in ("people", "sections", "placements", "topics"):
        assert (again / f"{kind}.jsonl").read_text() == (written / f"{kind}.jsonl").read_text().replace(
            "picture-1", "picture-1"
        ) or kind == "people"
    first, second = ([json.loads(line) for line in (folder / "stories.jsonl").read_text().splitlines()] for folder in (written, again))
    numbers = ("id", "picture", "blocks", "draft", "related_pinned", "related_banned")
    for one, two in zip(first, second, strict=True):
        assert {k: v for k, v in one.items() if k not in numbers} == {k: v for k, v in two.items() if k not in numbers}
        assert bool(one["draft"]) == bool(two["draft"])
    assert wishes(first) == wishes(second) and len(wishes(first)) == 3, "pinned and banned, in public and in a draft"


def lists_of_related() -> dict[str, list[tuple[str, bool, float]]]:
    """By address what is related to it, in order, and how near."""
    found: dict[str, list[tuple[str, bool, float]]] = {
        address: [] for address in Story.objects.filter(live=True).values_list("permalink", flat=True)
    }
    for one in RelatedStory.objects.order_by("place").select_related("story", "other"):
        found[str(one.story.permalink)].append((str(one.other.permalink), one.pinned, one.nearness))
    return found


def find_related() -> None:
    while relating.work(seconds=5):
        pass


@pytest.fixture
def found_long_ago(paper):
    """Lists of related stories that nobody would find today: they are of when there were other stories, and another frequency of words."""
    find_related()
    public = list(Story.objects.filter(live=True).order_by("pk"))
    pinned = set(RelatedStory.objects.values_list("story_id", "other_id"))
    RelatedStory.objects.bulk_create(
        RelatedStory(story=story, other=other, place=100 + place, nearness=1 / (place + 3))
        for story in public[1:]
        for place, other in enumerate(reversed(public))
        if other != story and (story.pk, other.pk) not in pinned
    )
    lists = lists_of_related()
    assert sum(map(len, lists.values())) > 8
    return lists


def test_what_was_found_to_be_related_stays(found_long_ago, tmp_path):
    folder = tmp_path / "out"
    jsonlines.write(folder, Archive(), base="https://tern.example")
    before = public_bytes()
    forget_everything()
    load.restore(Folder(folder))
    assert lists_of_related() == found_long_ago and public_bytes() == before
    find_related()
    assert lists_of_related() == found_long_ago, "the worker finds nothing anew that came with the stories"
    # What changes here is found here.
    story = Story.objects.filter(live=True, related_pinned=None).exclude(related_stories=None).first()
    assert story is not None
    story.title = "Second, and nothing else"
    story.save_revision().publish()
    find_related()
    assert lists_of_related()[str(story.permalink)] != found_long_ago[str(story.permalink)]
    changed = lists_of_related()
    load.restore(Folder(folder))
    find_related()
    assert lists_of_related() == changed, "the same export once more"


def test_of_an_export_that_says_nothing_of_them_related_stories_are_found(taken_out):
    rewritten(taken_out, "stories", lambda record: record.pop("related"))
    load.restore(Folder(taken_out))
    stories = list(Story.objects.filter(live=True).values_list("pk", flat=True))
    assert not entering.settled(stories)
    find_related()
    assert entering.settled(stories) == set(stories)


@pytest.mark.parametrize(
    "value", ["x", [1], [[1]], [["1", 0.5]], [[1, "0.5"]], [[1, -1]], [[1, float("nan")]], [[1, float("inf")]], [[True, 1]]]
)
def test_what_is_no_list_of_related_stories_is_refused(taken_out, value):
    rewritten(taken_out, "stories", lambda record: record.update(related=value))
    with pytest.raises(ImportRefused, match="related"):
        load.restore(Folder(taken_out))
    assert not Story.objects.exists()


def test_a_text_as_long_as_a_document_may_be_comes_back(taken_out):
    said = "<p>" + "a" * 5_300_000 + "</p>"
    rewritten(
        taken_out,
        "stories",
        lambda record: record.update(blocks=[{"type": "text", "value": said}]) if record["headline"] == "A draft" else None,
    )
    load.restore(Folder(taken_out))
    assert str(Story.objects.get(title="A draft").body[0].value).count("a") >= 5_300_000


def test_what_was_not_public_still_is_not(taken_out):
    load.restore(Folder(taken_out))
    assert not Listing.objects.filter(story__live=False).exists()
    assert {s.title for s in Story.objects.filter(live=False)} >= {"A draft"}
    drafted = Story.objects.get(has_unpublished_changes=True, live=True)
    assert drafted.get_latest_revision_as_object().title == "Not yet said"
    assert all("Not yet said" not in page and "A draft" not in page for page in public_bytes().values())


def test_a_run_that_was_broken_off_goes_on(written, monkeypatch):
    before = public_bytes()
    forget_everything()
    monkeypatch.setattr(load, "BATCH", 2)
    real, calls = load.bulk.write, []

    def write(batch: Any, **how: Any) -> None:
        real(batch, **how)
        calls.append(batch)
        if len(calls) == 5:
            raise KeyboardInterrupt

    monkeypatch.setattr(load.bulk, "write", write)
    with pytest.raises(KeyboardInterrupt):
        load.restore(Folder(written))
    assert Story.objects.exists()
    monkeypatch.setattr(load.bulk, "write", real)
    load.restore(Folder(written))
    assert public_bytes() == before
    load.restore(Folder(written))
    assert public_bytes() == before


def test_nothing_is_written_over_somebodys_work(written):
    with pytest.raises(ImportRefused, match="there are stories here already"):
        load.restore(Folder(written))


def test_an_export_without_its_last_file_is_not_whole(written):
    (written / "site.json").unlink()
    with pytest.raises(ImportRefused, match="no whole export"):
        Folder(written)


@pytest.mark.parametrize(
    ("kind", "change", "said"),
    [
        ("stories", lambda text: text[:-200], "is cut off or no JSON"),
        ("stories", lambda text: text.partition("\n")[2], "records, not"),
        ("stories", lambda text: "[1]\n" + text.partition("\n")[2], "no record"),
        ("media", lambda text: text.replace('"picture-', '"../picture-', 1), "neither picture-1 nor file-1"),
    ],
)
def test_a_damaged_file_is_refused_before_anything_is_written(taken_out, kind, change, said):
    file = taken_out / f"{kind}.jsonl"
    file.write_text(change(file.read_text()))
    with pytest.raises(ImportRefused, match=said):
        load.restore(Folder(taken_out))
    assert not Image.objects.exists()
    assert not Story.objects.exists()


def rewritten(folder: Any, kind: str, change: Any) -> None:
    file = folder / f"{kind}.jsonl"
    records = [json.loads(line) for line in file.read_text().splitlines()]
    for record in records:
        change(record)
    file.write_text("".join(json.dumps(record) + "\n" for record in records))


def test_hostile_html_does_not_survive(taken_out):
    hostile = '<p onclick="x()">a</p><script>alert(1)</script><a href="javascript:x()">b</a><img src=x onerror=x()>'
    blocks = [
        {"type": "text", "value": hostile}, {"type": "embed", "value": {"url": "javascript:x()", "title": hostile, "provider": ""}},
        {"type": "unknown", "value": {"name": "x", "html": hostile, "raw": hostile}},
        {"type": "table", "value": {"caption": hostile, "html": f"<table><tr><td>{hostile}</td></tr></table>"}},
    ]  # fmt: skip
    rewritten(taken_out, "stories", lambda record: record.update(blocks=blocks, standfirst=hostile, headline="<script>alert(1)</script>"))
    rewritten(taken_out, "people", lambda record: record.update(biography=hostile))
    load.restore(Folder(taken_out))
    for address, page in public_bytes().items():
        assert "<script>alert" not in page, address
        assert "<p onclick" not in page, address
        assert '<a href="javascript' not in page, address


@pytest.mark.parametrize("path", ["../../secret_key", "/etc/passwd", "picture/../../../secret_key", f"{'d' * 400}/a.jpg", "loop/a.jpg"])
def test_no_file_outside_the_folder_is_taken_in(taken_out, path):
    (taken_out.parent / "secret_key").write_text("secret")
    (taken_out / "media" / "loop").symlink_to(taken_out / "media" / "loop")
    rewritten(taken_out, "media", lambda record: record["id"].startswith("picture") and record.update(file=path))
    here = load.restore(Folder(taken_out))
    assert here["media without a file"] == 1
    assert not Image.objects.exists()


def test_a_file_that_was_missing_is_looked_for_again_and_told_again(taken_out):
    lost, kept = next(path for path in (taken_out / "media").rglob("*.jpg")), taken_out / "kept"
    lost.rename(kept)
    assert load.restore(Folder(taken_out))["media without a file"] == 1
    assert load.restore(Folder(taken_out))["media without a file"] == 1
    kept.rename(lost)
    assert load.restore(Folder(taken_out))["media without a file"] == 0


@pytest.mark.parametrize(("error", "says"), [("database is locked", "locked"), ("database or disk is full", "disk is full")])
def test_a_database_that_takes_no_more_is_one_line(written, settings, capsys, monkeypatch, error, says):
    def fail(*args: object, **kwargs: object) -> None:
        raise OperationalError(error)

    settings.DATA.mkdir(exist_ok=True)
    monkeypatch.setattr("broadsheet.importing.restoring.commands.restore", fail)
    assert import_json([str(written)]) == 1
    said = capsys.readouterr().err
    assert says in said and "run the same command again" in said and said.strip().count("\n") == 0


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "tomorrow", 7]
)
def test_a_moment_that_no_clock_shows_is_refused(taken_out, moment):
    rewritten(taken_out, "stories", lambda record: record.update(published=moment))
    with pytest.raises(ImportRefused, match="published"):
        load.restore(Folder(taken_out))


def test_what_is_named_twice_or_is_no_story_breaks_nothing_off(taken_out):
    about = json.loads((taken_out / "pages.jsonl").read_text().splitlines()[0])["id"]
    ids = [json.loads(line)["id"] for line in (taken_out / "stories.jsonl").read_text().splitlines()]

    def change(record: Any) -> None:
        record.update(related_pinned=[ids[0], ids[0], about], related_banned=[ids[1], ids[1]])
        record.update({name: record[name] * 2 for name in ("sections", "topics", "placements")})

    rewritten(taken_out, "stories", change)
    rewritten(taken_out, "topics", lambda record: record.update(lead=about))
    site = json.loads((taken_out / "site.json").read_text())
    site["front"]["containers"][0]["pinned"] = [about]
    (taken_out / "site.json").write_text(json.dumps(site))
    assert load.restore(Folder(taken_out))["stories"] == len(ids)
    assert not Topic.objects.exclude(lead=None).exists()
    assert all(story.related_pinned.count() == 1 for story in Story.objects.all())
    assert json.loads(json.dumps(FrontPage.objects.get().containers.get_prep_value()))[0]["value"]["pinned"] == []


@pytest.mark.parametrize("kind", ["people", "topics"])
def test_nobody_is_merged_into_somebody_who_is_merged_into_him(taken_out, kind):
    rewritten(taken_out, kind, lambda record: record.update(merged_into=record["slug"]))
    with pytest.raises(ImportRefused, match="merged_into.*leads back to it"):
        load.restore(Folder(taken_out))


@pytest.mark.parametrize("tag", ["", "x" * 101])
def test_a_tag_that_no_database_keeps_is_refused(taken_out, tag):
    rewritten(taken_out, "media", lambda record: record.update(tags=[tag]))
    with pytest.raises(ImportRefused, match="tags"):
        load.restore(Folder(taken_out))


def test_a_line_end_in_the_masthead_breaks_no_header(taken_out, client):
    file = taken_out / "site.json"
    site = json.loads(file.read_text())
    site["publication"] |= {"language": "en\n", "name": "The\r\nTern", "zone": "UTC\n"}
    file.write_text(json.dumps(site))
    load.restore(Folder(taken_out))
    paper = Publication.objects.get()
    assert (paper.language, paper.name, paper.zone) == ("en", "The Tern", "UTC")
    assert client.get("/")["Content-Language"] == "en"


@pytest.mark.parametrize(("kind", "name", "value"), [
    ("sections", "language", "en us"), ("stories", "address", "/one/"), ("stories", "id", 7), ("media", "id", "picture-7"),
    ("stories", "placements", ["x" * 100_000]),
])  # fmt: skip
def test_what_none_can_be_or_two_cannot_is_refused_in_one_line(taken_out, kind, name, value):
    file = taken_out / f"{kind}.jsonl"
    records = [json.loads(line) | {name: value} for line in file.read_text().splitlines()]
    site = json.loads((taken_out / "site.json").read_text())
    if len(records) == 1:
        records *= 2
        site["counts"][kind] = 2
        (taken_out / "site.json").write_text(json.dumps(site))
    file.write_text("".join(json.dumps(record) + "\n" for record in records))
    with pytest.raises(ImportRefused, match=name) as refused:
        load.restore(Folder(taken_out))
    assert len(str(refused.value)) < 1000 and "\n" not in str(refused.value)


@pytest.mark.parametrize(("where", "name"), [("publication", "legal_number"), ("publication", "tagline"), ("declarations", "ads_txt")])
def test_null_says_nothing_as_anywhere_else(taken_out, where, name):
    file = taken_out / "site.json"
    site = json.loads(file.read_text())
    site[where][name] = None
    file.write_text(json.dumps(site))
    load.restore(Folder(taken_out))
    one = Publication.objects.get() if where == "publication" else Declarations.objects.get()
    assert getattr(one, name) == ""


@pytest.mark.parametrize("value", ["", 1e400, [], "soon"])
def test_a_masthead_that_cannot_be_is_refused_in_one_line(taken_out, value):
    file = taken_out / "site.json"
    site = json.loads(file.read_text())
    site["publication"] |= {"founded": value, "legal_name": "A\ud800\x00B"}
    file.write_text(json.dumps(site))
    with pytest.raises(ImportRefused, match="publication") as refused:
        load.restore(Folder(taken_out))
    assert "\n" not in str(refused.value)


def test_a_masthead_has_letters_only(taken_out):
    file = taken_out / "site.json"
    site = json.loads(file.read_text())
    site["publication"]["legal_name"] = "A\ud800\x00B"
    file.write_text(json.dumps(site))
    load.restore(Folder(taken_out))
    assert Publication.objects.get().legal_name == "AB"
