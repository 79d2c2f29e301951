"""The desk in Chromium by keyboard alone: a story from its first key to its correction, and what goes wrong on the way."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from broadsheet.people.models import Person
from broadsheet.stories.models import Story, Topic

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def tab_to(page: Any, selector: str, most: int = 70) -> None:
    for _n in range(most):
        if page.evaluate("s => document.activeElement?.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by keyboard from {page.evaluate('document.activeElement.outerHTML')[:200]}")


def open_window(page: Any, opener: str) -> None:
    """Open a window by keyboard and wait until it has taken the focus: it does so when it has faded in, whatever was typed before."""
    tab_to(page, opener)
    page.evaluate("jQuery(document).one('shown.bs.modal', () => { document.body.dataset.window = 'shown' })")
    page.keyboard.press("Enter")
    page.wait_for_selector("body[data-window=shown]")
    page.evaluate("delete document.body.dataset.window")
    page.wait_for_function("document.activeElement?.closest('.modal')")


def chosen(page: Any, field: str) -> list[str]:
    return page.locator(f".picker:has(#id_{field}) .picker-chosen span").all_inner_texts()


def write(page: Any, field: str, text: str) -> None:
    tab_to(page, f"#id_{field}")
    page.keyboard.type(text)


def saved(page: Any) -> None:
    page.wait_for_function("document.getElementById('w-autosave-indicator')?.innerText.includes('Saved')")


@pytest.fixture
def picture(db):
    from io import BytesIO

    from django.core.files.base import ContentFile
    from PIL import Image as Pillow

    from broadsheet.media.models import Image

    file = BytesIO()
    Pillow.new("RGB", (1200, 800), "#345").save(file, "JPEG")
    image = Image.objects.create(title="Quay", alt="A quay", file=ContentFile(file.getvalue(), "quay.jpg"))
    image.file.close()
    return image


# Wagtail leaves the temporary file of a thumbnail to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_story_from_the_first_key_to_its_correction(opened, client, make_user, signed_in, make_section, picture):
    world = make_section("World")
    make_section("Asia", parent=world)
    make_section("Travel")
    ferries = Topic.objects.create(name="Ferries", slug="ferries", promoted=True)
    Person.objects.create(name="Ingrid Solheim", slug="ingrid")
    make_user("Editors", "ed")
    page = opened(Client(SERVER_NAME="127.0.0.1"), "/desk/")
    keys = page.keyboard
    tab_to(page, "#id_username")
    keys.type("ed")
    write(page, "password", "a-long-password")
    keys.press("Enter")
    page.wait_for_selector(".desk-home")
    keys.press("n")
    page.wait_for_url("**/stories/new/")
    page.wait_for_function("document.activeElement?.id === 'id_section'")
    keys.type("asi")
    keys.press("Enter")
    page.wait_for_url("**/add/**")
    page.wait_for_function("document.activeElement?.id === 'id_title'")
    keys.type("Ferry sails at last")
    write(page, "standfirst", "They had waited a week.")
    tab_to(page, "#id_bylines-ADD")
    keys.press("Enter")
    page.wait_for_function("document.activeElement?.id === 'id_bylines-0-person'")
    keys.type("solh")
    page.wait_for_selector("[role=option]")
    keys.press("Enter")
    write(page, "dateline", "Port Ann")
    open_window(page, "[data-chooser-action-choose]")
    page.wait_for_selector(".image-choice")
    tab_to(page, ".image-choice")
    keys.press("Enter")
    page.wait_for_function(f"document.getElementById('id_lead_image').value === '{picture.pk}'")
    page.wait_for_function("document.activeElement?.closest('.chooser')")
    write(page, "lead_alt", "A white ferry under way")
    tab_to(page, "[contenteditable=true]")
    keys.type("It sailed at noon.")
    tab_to(page, "#id_sections")
    keys.type("trav")
    page.wait_for_selector("[role=option]")
    keys.press("Enter")
    tab_to(page, "#id_topics")
    keys.type("ferr")
    page.wait_for_selector("[role=option]")
    assert page.locator("#id_topics").get_attribute("aria-expanded") == "true"
    keys.press("Enter")
    keys.type("Port Ann")
    page.wait_for_selector("[role=option]:has-text('Make the topic')")
    keys.press("Enter")
    page.wait_for_selector(".picker-chosen span:text-is('Port Ann')")
    keys.type("ferries")
    page.wait_for_selector("[role=option][aria-disabled=true]")
    keys.press("Escape")
    for _letter in "ferries":
        keys.press("Backspace")
    assert chosen(page, "topics") == ["Ferries", "Port Ann"]
    keys.press("Backspace")
    assert chosen(page, "topics") == ["Ferries"]
    saved(page)
    keys.press("Control+p")
    page.wait_for_function(
        "[...document.querySelectorAll('iframe')].some(f => f.contentDocument?.querySelector('h1')?.innerText.includes('Ferry'))"
    )
    keys.press("Control+p")
    write(page, "go_live_at", "2099-01-01 10:00")
    keys.press("Tab")
    assert "Goes live 2099-01-01 10:00 (UTC)" in page.inner_text("[data-schedule-note]")
    assert page.inner_text("[name=action-publish]").strip() == "Schedule"
    tab_to(page, "[name=action-publish]")
    keys.press("Enter")
    page.wait_for_selector(".desk-home")
    story = Story.objects.get()
    assert not story.live and story.scheduled_revision and story.get_parent().title == "Asia"
    assert page.locator("section[aria-labelledby=desk-scheduled]").get_by_text("Ferry sails at last").count() == 1
    # Published at once after all.
    tab_to(page, "section[aria-labelledby=desk-scheduled] .title a")
    keys.press("Enter")
    page.wait_for_url("**/edit/")
    tab_to(page, "[data-w-action-url-value*=unschedule]")
    keys.press("Enter")
    page.wait_for_selector("[name=action-publish]")
    tab_to(page, "#id_go_live_at", most=120)
    keys.press("Control+a")
    keys.press("Delete")
    keys.press("Tab")
    assert page.inner_text("[name=action-publish]").strip() == "Publish"
    tab_to(page, "[name=action-publish]")
    keys.press("Enter")
    page.wait_for_selector("section[aria-labelledby=desk-today] .title a")
    story.refresh_from_db()
    assert story.live and set(story.topics.all()) == {ferries}
    html = client.get(story.permalink).content.decode()
    for words in (
        "Ferry sails at last",
        "They had waited a week.",
        "Ingrid Solheim",
        "Port Ann",
        "A white ferry under way",
        "It sailed at noon.",
    ):
        assert words in html, words
    # Corrected.
    tab_to(page, "section[aria-labelledby=desk-today] .title a")
    keys.press("Enter")
    page.wait_for_url("**/edit/")
    tab_to(page, "[contenteditable=true]")
    keys.press("Control+a")
    keys.type("It sailed at one.")
    # On a busy machine the save along the way may else meet the publish.
    saved(page)
    tab_to(page, "[name=action-publish]")
    keys.press("Enter")
    page.wait_for_selector(".desk-home")
    assert "It sailed at one." in client.get(story.permalink).content.decode()
    # What is half typed is refused when it is saved along the way, and the browser says so.
    assert [c for c in page.complaints if not c.startswith("Failed to load resource")] == []


@pytest.mark.parametrize("width", [390, 1440])
def test_what_publishing_asks_is_in_view_and_has_the_focus(opened, editor_client, make_story, width):
    story = make_story(body="".join(f"<p>It took {n} people, and it sailed at noon.</p>" for n in range(120, 150)))
    page = opened(editor_client, f"/desk/pages/{story.pk}/edit/", width=width)
    tab_to(page, "[contenteditable=true]")
    page.keyboard.press("Control+a")
    page.keyboard.type("It took 210 people.")
    tab_to(page, "[name=action-publish]")
    page.keyboard.press("Enter")
    page.wait_for_selector("[name=change_kind][autofocus]")
    page.wait_for_selector(".public-DraftEditor-content")
    page.wait_for_function("document.activeElement.name === 'change_kind'")
    page.wait_for_timeout(500)
    top, bottom, height = page.evaluate(
        "(() => { const { top, bottom } = document.activeElement.getBoundingClientRect(); return [top, bottom, innerHeight] })()"
    )
    assert 0 < top < bottom < height - 80, "above the bar with the buttons, too"


SCREENS = ["/desk/", "/desk/stories/", "/desk/stories/new/", "/desk/menu/", "/desk/pages/{story}/move/", "/desk/merge/topics/{topic}/"]


# What is told of contrast takes most of the time: every screen is asked on a phone in the dark and on a desk in the light.
@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (390, "dark"),
        (1440, "light"),
        pytest.param(390, "light", marks=pytest.mark.long),
        pytest.param(1440, "dark", marks=pytest.mark.long),
    ],
)
def test_our_screens_are_accessible_and_within_their_width(opened, editor_client, make_story, make_section, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    topic = Topic.objects.create(name="Ferries", slug="ferries")
    make_section("World")
    story = make_story("Ferry sails", topics=[topic])
    make_story("عبّارة تبحر", live=False)
    page = opened(editor_client, "/desk/", width=width, scheme=scheme)
    for screen in SCREENS:
        page.goto("http://127.0.0.1" + screen.format(story=story.pk, topic=topic.pk))
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0, screen
        found = axe.run(page, context={"include": [["#main"]]}).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"][:300], screen) for v in found] == []


def test_the_field_that_finds_is_accessible_open_and_closed(opened, editor_client, make_story):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    topic = Topic.objects.create(name="Ferries", slug="ferries")
    Topic.objects.create(name="Ferry fares", slug="ferry-fares")
    story = make_story("Ferry sails", topics=[topic])
    page = opened(editor_client, f"/desk/pages/{story.pk}/edit/")
    page.locator("#id_topics").focus()
    page.keyboard.type("fer")
    page.wait_for_selector("[role=option]")
    assert page.locator("#id_topics").get_attribute("aria-activedescendant") == page.locator(
        "[role=option][aria-selected=true]"
    ).get_attribute("id")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = axe.run(page, context={"include": [[".picker"], [".home-section"], [".desk-actions"], [".schedule-zone"]]}).response[
            "violations"
        ]
        assert [(v["id"], v["nodes"][0]["html"][:300], scheme) for v in found] == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    assert page.locator("[role=option]").count() == 0
    assert "“fer” is not added" in page.inner_text(".picker:has(#id_topics)")


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head><body>
<h2 style="mso-style-name:x">A heading</h2><p class=MsoNormal style="color:red">Plain <b style="mso-bidi">bold</b> and <i>italic</i> and
<a href="https://example.org/a" onclick="x()">a link</a><o:p></o:p></p><ul><li class="MsoListParagraph">One</li><li>Two</li></ul>
<img src="file:///C:/secret.png"><script>alert(1)</script></body></html>"""


def test_what_is_pasted_from_word_keeps_its_meaning_and_loses_its_looks(opened, editor_client, make_story):
    story = make_story("Pasted", live=False, body="<p></p>")
    page = opened(editor_client, f"/desk/pages/{story.pk}/edit/")
    page.locator("[contenteditable=true]").first.click()
    page.evaluate(
        """html => { const data = new DataTransfer(); data.setData('text/html', html); data.setData('text/plain', 'plain');
        document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})) }""",
        WORD,
    )
    page.wait_for_function("document.querySelector('[contenteditable=true]').innerText.includes('Two')")
    # The editor hands what it holds to its form a moment after it is typed.
    page.wait_for_function("[...document.querySelectorAll('input, textarea')].some(field => field.value.includes('Two'))")
    page.locator("[name=action-publish]").press("Enter")
    page.wait_for_selector(".desk-home")
    html = str(Story.objects.get(pk=story.pk).body[0].value.source)
    for kept in ("<h2", "A heading", "<b>bold</b>", "<i>italic</i>", 'href="https://example.org/a"', "<li", "One", "Two"):
        assert kept in html, (kept, html)
    for lost in ("Mso", "style=", "onclick", "script", "file:", "color", "<o:p"):
        assert lost not in html, (lost, html)


def go_on_writing(page: Any, text: str) -> None:
    """The editor has taken its measure of what is unchanged, then somebody writes."""
    page.wait_for_timeout(2600)
    page.locator("#id_standfirst").fill(text)


def test_who_writes_on_after_the_session_ended_loses_nothing(opened, editor, editor_client, make_user, make_story):
    story = make_story("As it was", live=False)
    page = opened(editor_client, f"/desk/pages/{story.pk}/edit/")
    go_on_writing(page, "Before the end")
    saved(page)
    editor_client.logout()
    page.locator("#id_standfirst").fill("After the end")
    page.wait_for_selector(".desk-signed-out:has-text('You are signed out')")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    assert axe.run(page, context={"include": [[".desk-signed-out"]]}).response["violations"] == []
    # Pressed all the same: the screen stays, and the way in has the focus.
    page.locator("[name=action-publish]").press("Enter")
    page.wait_for_function("document.activeElement.closest('.desk-signed-out')")
    assert page.url.endswith("/edit/") and page.input_value("#id_standfirst") == "After the end"
    assert page.locator(".desk-signed-out a").get_attribute("href") == "/desk/login/"
    # Somebody else signs in on the same machine: nothing is saved under their name.
    editor_client.force_login(make_user("Editors", "other"))
    page.get_by_role("button", name="Try again").click()
    page.wait_for_selector(".desk-signed-out:has-text('Somebody else')")
    assert Story.objects.get(pk=story.pk).get_latest_revision_as_object().standfirst == "Before the end"
    # As one signs in in another tab: a new session and a new token.
    editor_client.cookies.clear()
    editor_client.force_login(editor)
    page.get_by_role("button", name="Try again").click()
    page.wait_for_selector(".desk-signed-out", state="detached")
    saved(page)
    assert Story.objects.get(pk=story.pk).get_latest_revision_as_object().standfirst == "After the end"
    page.locator("[name=action-publish]").press("Enter")
    page.wait_for_selector(".desk-home")
    story.refresh_from_db()
    assert story.live and story.standfirst == "After the end"


def test_of_two_at_once_the_second_is_told_and_both_texts_stay(opened, editor_client, make_user, signed_in, make_story):
    story = make_story("Shared", live=False)
    first = opened(editor_client, f"/desk/pages/{story.pk}/edit/")
    second = opened(signed_in(make_user("Editors", "second")), f"/desk/pages/{story.pk}/edit/")
    go_on_writing(second, "By the second")
    saved(second)
    # Saved along the way: refused, and said.
    go_on_writing(first, "By the first")
    first.wait_for_selector("text=newer version")
    assert Story.objects.get(pk=story.pk).get_latest_revision_as_object().standfirst == "By the second"
    # Pressed: Wagtail's dialog or, before it knows, our page; never at once.
    first.locator("[name=action-publish]").press("Enter")
    first.wait_for_selector("#w-save-confirmation-dialog:not([aria-hidden])")
    first.wait_for_function("document.getElementById('w-save-confirmation-dialog').innerText.includes('saved a new version')")
    story.refresh_from_db()
    assert not story.live
    first.locator("#w-save-confirmation-dialog [data-w-dialog-target=confirm]").press("Enter")
    first.wait_for_selector(".desk-home")
    story.refresh_from_db()
    assert story.live and story.standfirst == "By the first"
    assert "By the second" in [r.content["standfirst"] for r in story.revisions.all()]
    # The second goes on, not knowing: their button is asked before it is obeyed, and what they wrote is still there.
    second.locator("#id_standfirst").fill("By the second again")
    second.evaluate("document.querySelector('[name=action-publish]').form.requestSubmit(document.querySelector('[name=action-publish]'))")
    second.wait_for_selector("text=Nothing of yours is saved yet")
    assert second.input_value("#id_standfirst") == "By the second again"
    assert second.get_by_role("link", name="What was changed").count() == 1
    story.refresh_from_db()
    assert story.standfirst == "By the first"
    second.wait_for_timeout(1500)
    assert Story.objects.get(pk=story.pk).get_latest_revision_as_object().standfirst == "By the first"
    second.locator("[name=action-publish]").press("Enter")
    second.wait_for_selector(".desk-home")
    story.refresh_from_db()
    assert story.standfirst == "By the second again"
    assert {"By the first", "By the second"} <= {r.content["standfirst"] for r in story.revisions.all()}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_lead_picture_is_uploaded_described_and_given_a_focal_point_by_keyboard(opened, editor_client, client, make_story):
    from io import BytesIO

    from PIL import Image as Pillow

    from broadsheet.media.models import Image

    file = BytesIO()
    Pillow.new("RGB", (1200, 800), "#345").save(file, "JPEG")
    story = make_story("Ferry sails", live=False)
    page = opened(editor_client, f"/desk/pages/{story.pk}/edit/")
    keys = page.keyboard
    # Asked for in time: the browser is told in passing that somebody waits for its chooser, and the next key may be faster.
    page.on("filechooser", lambda _chooser: None)
    open_window(page, "[data-chooser-action-choose]")
    tab_to(page, ".modal [role=tab]")
    keys.press("ArrowRight")
    page.wait_for_selector(".modal input[type=file]")
    tab_to(page, ".modal input[type=file]")
    with page.expect_file_chooser() as chooser:
        keys.press("Enter")
    chooser.value.set_files({"name": "DSC_0042.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()})
    tab_to(page, ".modal [name$=alt]")
    keys.type("A white ferry at the quay")
    tab_to(page, ".modal [name$=caption]")
    keys.type("The Anna, on Monday")
    tab_to(page, ".modal [name$=credit]")
    keys.type("Photograph: Ada Quill")
    tab_to(page, ".modal [type=submit]")
    keys.press("Enter")
    page.wait_for_function("document.getElementById('id_lead_image').value !== ''")
    page.wait_for_function("document.activeElement?.closest('.chooser')")
    image = Image.objects.get()
    assert (image.alt, image.credit) == ("A white ferry at the quay", "Photograph: Ada Quill")
    # On to the picture itself, in another tab.
    tab_to(page, ".chooser button[aria-expanded]")
    keys.press("Enter")
    tab_to(page, "[data-chooser-edit-link]")
    with page.context.expect_page() as opening:
        keys.press("Enter")
    other = opening.value
    other.wait_for_selector(".desk-focus")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    assert axe.run(other, context={"include": [[".desk-focus"]]}).response["violations"] == []
    tab_to(other, "[data-focus=x]")
    for _step in range(30):
        other.keyboard.press("ArrowLeft")
    tab_to(other, "[data-focus=y]")
    other.keyboard.press("Home")
    assert other.locator("[data-focus=x]").get_attribute("aria-valuetext") == "20 %"
    tab_to(other, "#main form [type=submit]")
    other.keyboard.press("Enter")
    other.wait_for_url("**/images/")
    image.refresh_from_db()
    assert (image.focal_point_x, image.focal_point_y) == (240, 0)
    tab_to(page, "[name=action-publish]", most=120)
    keys.press("Enter")
    page.wait_for_selector(".desk-home")
    html = client.get(Story.objects.get().permalink).content.decode()
    assert 'alt="A white ferry at the quay"' in html and "The Anna, on Monday" in html and "Photograph: Ada Quill" in html


def answering_late(page: Any) -> list[Any]:
    """The first of what is saved along the way from here on waits until it is let go."""
    late: list[Any] = []

    def answer(route: Any) -> None:
        if not late and route.request.method == "POST" and "application/json" in route.request.headers.get("accept", ""):
            late.append(route)
        else:
            route.fallback()

    page.route("**/desk/pages/**", answer)
    return late


def test_a_button_pressed_while_the_desk_saves_waits_for_it(opened, editor_client, make_story):
    story = make_story("As it was", live=False)
    page = opened(editor_client, f"/desk/pages/{story.pk}/edit/")
    late = answering_late(page)
    go_on_writing(page, "Typed and published at once")
    page.wait_for_timeout(1500)
    assert len(late) == 1
    page.locator("[name=action-publish]").press("Enter")
    page.wait_for_timeout(1500)
    story.refresh_from_db()
    assert not story.live and page.url.endswith("/edit/")
    late[0].fallback()
    page.wait_for_selector(".desk-home")
    story.refresh_from_db()
    assert story.live and story.standfirst == "Typed and published at once" and not story.has_unpublished_changes


def test_a_new_story_published_while_the_desk_saves_it_is_one_story(opened, editor_client, section):
    page = opened(editor_client, f"/desk/pages/add/stories/story/{section.pk}/")
    page.wait_for_timeout(2600)
    late = answering_late(page)
    page.locator("[contenteditable=true]").first.click()
    page.keyboard.type("It sailed at noon.")
    page.locator("#id_title").fill("Ferry sails")
    page.wait_for_timeout(2500)
    assert len(late) == 1
    page.locator("[name=action-publish]").press("Enter")
    page.wait_for_timeout(1000)
    late[0].fallback()
    page.wait_for_selector(".desk-home")
    assert [story.live for story in Story.objects.all()] == [True]
