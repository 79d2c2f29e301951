"""What each may do at the desk: every screen of ours, and what no form offers but somebody could send."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture

from broadsheet.importing.wagtail_hooks import screens
from broadsheet.media.models import Document, Image
from broadsheet.people.models import Person, Publication
from broadsheet.stories.models import Story, Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def reporter(make_user, signed_in):
    return signed_in(make_user("Reporters"))


@pytest.fixture
def desk_editor(make_user, signed_in):
    return signed_in(make_user("Editors"))


def own_screens() -> list[str]:
    """Every screen that is ours, with numbers filled in."""
    from broadsheet.desk.wagtail_hooks import addresses

    filled = {
        "<slug:source>": "topics",
        "<slug:kind>": "topics",
        "<int:pk>": "1",
        "<str:kind>": "missing",
        "<int:page_id>": "1",
        "<int:story>": "1",
        "<int:report>": "1",
    }
    found = []
    for pattern in (*addresses(), *screens()):
        path = str(pattern.pattern)
        for name, value in filled.items():
            path = path.replace(name, value)
        assert "<" not in path, path
        found.append(f"/desk/{path}")
    return [*found, "/desk/stories/", "/desk/patterns/", "/desk/patterns/card/"]


def test_a_stranger_sees_nothing_and_one_without_rights_neither(front, client, django_user_model, signed_in):
    outsider = signed_in(django_user_model.objects.create_user("outsider", "", "a-long-password"))
    for address in own_screens():
        for visitor in (client, outsider):
            answer = visitor.get(address)
            assert answer.status_code in (302, 403, 404), address
            assert answer.status_code != 302 or answer["Location"].startswith("/desk/login/"), address


def test_every_form_wants_its_token(editor):
    """Another site can make a browser send a form, but not the token with it."""
    browser = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    browser.force_login(editor)
    for address in [*own_screens(), "/desk/login/", "/desk/logout/"]:
        answer = browser.post(address, {"name": "x", "into": "1"})
        # Screens that only show something refuse to be sent anything.
        assert answer.status_code in (403, 404, 405), address


def test_cookies_and_frames(client, editor, settings):
    answer = client.post("/desk/login/", {"username": "editor", "password": "a-long-password"})
    cookie = answer.cookies["sessionid"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and bool(cookie["secure"]) == settings.SESSION_COOKIE_SECURE
    for address in ("/desk/", "/desk/login/", "/"):
        answer = client.get(address)
        assert answer["X-Frame-Options"] == "SAMEORIGIN" and answer["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'self'" in answer["Content-Security-Policy"], address


def test_a_reporter_cannot_make_anything_public(reporter, make_story, front):
    draft, live = make_story("Draft", live=False), make_story("Live")
    topic, other = Topic.objects.create(name="Sea", slug="sea"), Topic.objects.create(name="Seas", slug="seas")
    person = Person.objects.create(name="Ada", slug="ada")
    for address, sent in {
        f"/desk/pages/{draft.pk}/edit/": {"title": "Draft", "slug": draft.slug, "action-publish": "1", "body-count": "0"},
        f"/desk/pages/{live.pk}/unpublish/": {},
        f"/desk/pages/{live.pk}/delete/": {},
        f"/desk/pages/{live.pk}/privacy/": {"restriction_type": "login"},
        f"/desk/bulk/wagtailcore/page/publish/?id={draft.pk}": {},
        f"/desk/bulk/wagtailcore/page/unpublish/?id={live.pk}": {},
        f"/desk/bulk/wagtailcore/page/delete/?id={live.pk}": {},
        f"/desk/bulk/stories/story/publish/?id={draft.pk}": {},
        f"/desk/merge/topics/{topic.pk}/": {"into": other.pk, "confirm": "on"},
        f"/desk/merge/people/{person.pk}/": {"into": person.pk, "confirm": "on"},
        "/desk/clean-up/merge/": {"into": other.pk, "topic": topic.pk},
        "/desk/menu/": {"up": "x"},
        f"/desk/pages/{front.pk}/edit/": {
            "title": "Mine",
            "slug": "mine",
            "containers-count": "0",
            "story_blocks-count": "0",
            "action-publish": "1",
        },
        "/desk/settings/people/publication/": {"name": "Mine"},
        f"/desk/settings/people/publication/{Publication.objects.get().pk}/": {"name": "Mine"},
        f"/desk/snippets/people/person/edit/{person.pk}/": {"name": "Mine"},
        "/desk/snippets/people/person/add/": {"name": "Mine", "slug": "mine"},
        f"/desk/snippets/stories/topic/edit/{topic.pk}/": {"name": "Mine", "slug": "mine"},
        f"/desk/snippets/stories/topic/delete/{topic.pk}/": {},
        "/desk/snippets/stories/placement/add/": {"name": "Mine", "slug": "mine"},
        "/desk/snippets/fronts/menuentry/add/": {"text": "Mine", "url": "/mine/"},
        "/desk/redirects/add/": {"old_path": "/old/", "redirect_link": "https://evil.example/"},
        "/desk/users/new/": {"username": "mine", "is_superuser": "on"},
        "/desk/groups/new/": {"name": "mine"},
    }.items():
        answer = reporter.post(address, sent)
        assert answer.status_code < 500, address
    assert not Story.objects.get(pk=draft.pk).live and Story.objects.get(pk=live.pk).live
    assert not Topic.objects.exclude(merged_into=None).exists() and Topic.objects.count() == 2
    assert Person.objects.get().name == "Ada" and Publication.objects.get().name == "The Tern"
    assert list(type(reporter_user(reporter)).objects.values_list("username", flat=True)) == ["reporters"]
    for address in ("/mine/", "/topics/mine/", "/people/mine/", "/lists/mine/", "/old/"):
        assert Client(SERVER_NAME="127.0.0.1").get(address).status_code == 404


def reporter_user(browser: Client):
    from django.contrib.auth import get_user

    class Asked:
        session = browser.session

    return get_user(Asked())  # type: ignore[arg-type]


def test_a_reporter_does_not_change_what_readers_see_by_linking_translations(reporter, desk_editor, make_story):
    live, draft = make_story("Live", language="en"), make_story("Draft", live=False, language="fr")
    german = make_story("Deutsch", live=False, language="de")
    assert reporter.get(f"/desk/translations/{live.pk}/").status_code == 200
    assert reporter.post(f"/desk/translations/{live.pk}/", {"other": draft.pk}).status_code == 302
    assert reporter.post(f"/desk/translations/{draft.pk}/", {"other": live.pk}).status_code == 302
    assert Story.objects.exclude(translation_group=None).count() == 0
    reporter.post(f"/desk/translations/{draft.pk}/", {"other": german.pk})
    assert Story.objects.exclude(translation_group=None).count() == 2, "drafts are theirs to link"
    assert desk_editor.post(f"/desk/translations/{draft.pk}/", {"other": live.pk}).status_code == 302
    assert Story.objects.get(pk=live.pk).translation_group is not None
    reporter.post(f"/desk/translations/{draft.pk}/", {"unlink": str(live.pk)})
    assert Story.objects.get(pk=live.pk).translation_group is not None
    assert desk_editor.post(f"/desk/translations/{draft.pk}/", {"unlink": "9" * 5000}).status_code == 404


def test_a_reporter_makes_topics_but_no_public_page_of_them(reporter, desk_editor, client):
    sent = {"name": "Mine", "slug": "mine", "description": "All mine", "promoted": "on"}
    assert b'name="promoted"' not in reporter.get("/desk/snippets/stories/topic/add/").content
    assert reporter.post("/desk/snippets/stories/topic/add/", sent).status_code == 302
    assert not Topic.objects.get().promoted and client.get("/topics/mine/").status_code == 404
    assert b'name="promoted"' in desk_editor.get(f"/desk/snippets/stories/topic/edit/{Topic.objects.get().pk}/").content


def test_a_story_with_line_breaks_as_html_writes_them_opens(editor_client, make_story):
    """`<br>` is what imports, documents and pasted text hold; the editor itself writes `<br/>`."""
    story = make_story("Verses", body="<p>One<br>two<br/>three</p><p><b>a<br></b></p><ul><li>x<br>y</li></ul>")
    answer = editor_client.get(f"/desk/pages/{story.pk}/edit/")
    assert answer.status_code == 200 and rb"One\\ntwo\\nthree" in answer.content


@pytest.mark.parametrize(
    "address", ["/desk/stories/?owner=" + "9" * 23, "/desk/stories/?author=" + "9" * 23, "/desk/translations/" + "9" * 23 + "/",
                "/desk/stories/new/?section=" + "9" * 23, "/desk/merge/topics/" + "9" * 23 + "/", "/desk/find/topics/?q=%00"],
)  # fmt: skip
def test_numbers_that_nothing_has_are_no_errors(editor_client, front, address):
    assert editor_client.get(address).status_code in (200, 302, 400, 404)


@pytest.mark.parametrize(
    "address", ["/?name=%00", "/latest/?before=%00", "/topics/%00/", "/people/a%00b/feed/", "/lists/%00/", "/?tag=%00"]
)
def test_a_nul_asks_for_nothing(client, front, address):
    """PostgreSQL cannot even be asked for it."""
    assert client.get(address).status_code in (400, 404)


def test_a_reporter_takes_no_picture_and_no_file_from_a_public_story(reporter, desk_editor, make_story, django_user_model):
    file = BytesIO()
    Picture.new("RGB", (40, 40)).save(file, "PNG")
    image = Image.objects.create(title="Quay", file=ContentFile(file.getvalue(), "quay.png"))
    image.file.close()
    document = Document.objects.create(title="Report", file=ContentFile(b"said", "report.txt"))
    make_story("Live", lead_image=image)
    for browser, is_left in ((reporter, True), (desk_editor, False)):
        for address, sent in {
            reverse("wagtailimages:edit", args=[image.pk]): {"title": "Mine"},
            reverse("wagtailimages:delete", args=[image.pk]): {},
            reverse("wagtaildocs:edit", args=[document.pk]): {"title": "Mine"},
            reverse("wagtaildocs:delete", args=[document.pk]): {},
            f"/desk/bulk/media/image/delete/?id={image.pk}": {},
            f"/desk/bulk/media/document/delete/?id={document.pk}": {},
        }.items():
            assert browser.post(address, sent).status_code < 500, address
        assert Image.objects.filter(title="Quay").exists() is Document.objects.filter(title="Report").exists() is is_left
