"""The clean-up lists: everything that waits, with its place, gone once it is done."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.desk.alike import alike, sort_key
from broadsheet.media.models import Image
from broadsheet.stories.models import LooseEnd, Story, Topic

pytestmark = pytest.mark.django_db
PICTURE = {
    "image": None, "alt": "", "decorative": False, "caption": "", "credit": "", "size": "column", "link": "", "source": "https://tern.example/a.jpg",
}  # fmt: skip


@pytest.fixture
def picture(db, settings):
    from io import BytesIO

    from django.core.files.base import ContentFile
    from PIL import Image as Raster

    data = BytesIO()
    Raster.new("RGB", (40, 30), "teal").save(data, "JPEG")
    made = Image.objects.create(title="Harbour", file=ContentFile(data.getvalue(), name="harbour.jpg"))
    yield made
    made.file.close()


def with_body(story: Story, *blocks: tuple[str, object]) -> Story:
    story = Story.objects.get(pk=story.pk)
    story.body = [{"type": kind, "value": value, "id": f"00000000-0000-4000-8000-00000000000{n}"} for n, (kind, value) in enumerate(blocks)]
    story.save_revision().publish()
    return Story.objects.get(pk=story.pk)


def listed(client, kind: str) -> str:
    return client.get(reverse("broadsheet_clean_up", args=[kind])).content.decode()


def test_every_kind_is_listed_with_its_place_and_gone_when_done(editor_client, make_story, picture):
    unknown = ("unknown", {"name": "jetpack/map", "html": "", "raw": "<!-- -->"})
    story = with_body(
        make_story("Ferry"), unknown, ("picture", PICTURE), ("gallery", {"pictures": [PICTURE | {"image": picture.pk}], "caption": ""}),
    )  # fmt: skip
    edit = reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert f"{edit}#block-00000000-0000-4000-8000-000000000000-section" in listed(editor_client, "unknown")
    assert "jetpack/map" in listed(editor_client, "unknown")
    assert "https://tern.example/a.jpg" in listed(editor_client, "missing")
    assert reverse("wagtailimages:edit", args=[picture.pk]) in listed(editor_client, "alt")
    picture.alt = "A harbour"
    picture.save()
    assert "Nothing waits here" in listed(editor_client, "alt"), "described where it is kept"
    with_body(story, ("text", "<p>Done.</p>"))
    assert not LooseEnd.objects.exists()


@pytest.mark.parametrize(("kind", "says"), [("unknown", "take the block out"), ("missing", "folder of uploads"), ("alt", "what it shows")])
def test_it_says_what_to_do(editor_client, make_story, picture, kind, says):
    with_body(
        make_story(), ("unknown", {"name": "jetpack/map", "html": "", "raw": "<!-- -->"}), ("picture", PICTURE),
        ("picture", {**PICTURE, "image": picture.pk, "source": ""}),
    )  # fmt: skip
    assert says in listed(editor_client, kind)


def test_what_needs_no_description_is_not_asked_for_one(make_story, picture):
    with_body(
        make_story(),
        ("picture", PICTURE | {"image": picture.pk, "decorative": True}),
        ("picture", PICTURE | {"image": picture.pk, "alt": "Sea"}),
    )
    assert not LooseEnd.objects.exists()


def test_the_lead_picture_counts(make_story, picture):
    make_story(lead_image=picture)
    assert LooseEnd.objects.get().image == picture
    LooseEnd.objects.all().delete()
    make_story(lead_image=picture, lead_alt="Sea")
    assert not LooseEnd.objects.exists()


def test_a_picture_is_listed_once_with_what_it_shows_however_many_pages_have_it(editor_client, make_story, picture):
    for title in ("Ferry", "Gale", "Quay"):
        with_body(make_story(title), ("picture", PICTURE | {"image": picture.pk}), ("picture", PICTURE | {"image": picture.pk}))
    html = listed(editor_client, "alt")
    assert html.count(reverse("wagtailimages:edit", args=[picture.pk])) == 1 and "Missing alternative text (1)" in html
    assert "and 2 more pages" in html and "Quay" in html and re.search(r'<img src="[^"]+\.jpg"', html)


def test_topics_of_one_name_are_told_apart(editor_client, front):
    Topic.objects.bulk_create([Topic(name="Ferries", slug=slug) for slug in ("ferries", "ferries-2")])
    html = listed(editor_client, "topics")
    assert "/topics/ferries/" in html and "/topics/ferries-2/" in html


@pytest.mark.parametrize("count", [1, 15])
def test_queries_for_pictures_do_not_grow(editor_client, make_story, picture, count):
    made = [Image(title=f"Harbour {n}", file=picture.file.name, width=40, height=30) for n in range(count)]
    Image.objects.bulk_create(made)
    for one in made:
        LooseEnd.objects.create(page_id=make_story().pk, kind="alt", image=one)
    listed(editor_client, "alt")
    with CaptureQueriesContext(connection) as seen:
        assert listed(editor_client, "alt").count("Harbour ") >= count
    assert len(seen) <= 17, len(seen)


@pytest.mark.parametrize("count", [1, 60])
def test_queries_do_not_grow(editor_client, make_story, count):
    story = make_story()
    LooseEnd.objects.bulk_create([LooseEnd(page_id=story.pk, kind="unknown", what=f"x{n}") for n in range(count)])
    Topic.objects.bulk_create([Topic(name=f"{'Ferry' if n % 2 else 'ferry'} {n // 2}", slug=f"f{n}") for n in range(2 * count)])
    for kind in ("unknown", "topics"):
        listed(editor_client, kind)
        with CaptureQueriesContext(connection) as seen:
            assert "Clean-up" in listed(editor_client, kind)
        assert len(seen) <= 16, (kind, len(seen))


def test_topics_that_are_named_alike_become_one(editor_client, client, make_story):
    kept, other, far = (
        Topic.objects.create(name=n, slug=s) for n, s in (("Ferries", "ferries"), ("ferrie", "ferrie"), ("Trains", "trains"))
    )
    story = make_story(topics=[other])
    html = listed(editor_client, "topics")
    assert "Ferries" in html and "Trains" not in html
    assert editor_client.post(reverse("broadsheet_merge_topics"), {"into": kept.pk, "topic": [kept.pk, other.pk]}).status_code == 302
    assert Topic.objects.get(pk=other.pk).merged_into == kept
    assert story.listings.filter(list_key=f"topic:{kept.pk}").exists()
    assert "Nothing waits here" in listed(editor_client, "topics")


def test_topics_on_the_same_stories_become_one(editor_client, make_story):
    north, arctic, rest = (Topic.objects.create(name=n, slug=n) for n in ("North", "Arctic", "Other"))
    for number in range(3):
        assert "On the same stories" not in listed(editor_client, "topics")
        make_story(topics=[north, arctic, *([rest] if number else [])])
    html = listed(editor_client, "topics")
    assert "On the same stories" in html and "Arctic" in html and "Other" not in html
    editor_client.post(reverse("broadsheet_merge_topics"), {"into": north.pk, "topic": [arctic.pk, north.pk]})
    assert Topic.objects.get(pk=arctic.pk).merged_into == north and "Nothing waits here" in listed(editor_client, "topics")


def test_lists_are_for_the_desk(client, front):
    assert client.get(reverse("broadsheet_clean_up")).status_code == 302
    assert client.post(reverse("broadsheet_merge_topics"), {"into": "1"}).status_code == 302


def test_no_such_list(editor_client, front):
    assert editor_client.get(reverse("broadsheet_clean_up", args=["nonsense"])).status_code == 404


@pytest.mark.parametrize(
    ("one", "other"),
    [("New York", "new-york"), ("Élections", "elections"), ("Trump, Donald", "Donald Trump"), ("Q & A", "Q and A"), ("Law’s", "laws")],
)
def test_names_alike(one, other):
    assert sort_key(one) == sort_key(other)


@pytest.mark.parametrize(("one", "other"), [("US", "U"), ("Press", "Pres"), ("مصر", "قطر"), ("C", "C sharp"), ("2023", "2024")])
def test_names_not_alike(one, other):
    assert sort_key(one) != sort_key(other)


@given(st.lists(st.text(max_size=8), max_size=20))
def test_each_name_is_in_one_group_at_most(names):
    groups = alike(enumerate(names))
    members = [pk for group in groups for pk, _name in group]
    assert len(members) == len(set(members)) and all(len(group) > 1 for group in groups)
