"""A day at the desk in Chromium, by keyboard: in with a link, find, withdraw, restore, and set how the publication looks."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.test import Client

from broadsheet.fronts.models import FrontPage
from broadsheet.fronts.queries import menu_places
from broadsheet.ops.sign_in import link_for
from broadsheet.people.models import Person, Publication
from broadsheet.stories.models import Story
from tests.desk.test_browser import open_window, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
ORIGIN = "http://127.0.0.1"


@pytest.fixture
def at_the_desk(opened, make_user):
    """A page of somebody who came in with a one-time link, and the browser that a second try would use."""
    make_user("Editors", "ed")
    path = urlsplit(link_for("ed")).path
    page = opened(Client(SERVER_NAME="127.0.0.1"), path)
    page.wait_for_selector(".desk-home")
    assert Client(SERVER_NAME="127.0.0.1").get(path).url == "/desk/login/", "used once"
    return page


def test_found_withdrawn_and_restored(at_the_desk, client, make_story, make_section):
    world = make_section("World")
    ada = Person.objects.create(name="Ada Quill", slug="ada")
    story = make_story("Harbour reopens", parent=world, people=[ada])
    make_story("Ferry sails", people=[Person.objects.create(name="Bo", slug="bo")])
    make_story("A draft of Ada's", parent=world, people=[ada], live=False)
    page, keys = at_the_desk, at_the_desk.keyboard

    def titles():
        return page.locator("#listing-results td.title a span").all_inner_texts()

    page.goto(ORIGIN + "/desk/stories/")
    assert len(titles()) == 3
    for opens, field, typed in (("section", "#id_section", "wor"), ("author", "#id_author", "ada")):
        tab_to(page, "button[aria-label='Show filters']")
        keys.press("Enter")
        tab_to(page, f"button[aria-controls='drilldown-id_{opens}']")
        keys.press("Enter")
        tab_to(page, field)
        keys.type(typed)
        page.wait_for_selector("[role=option]")
        keys.press("Enter")
        page.wait_for_function("document.querySelectorAll('#listing-results td.title').length === 2")
        keys.press("Escape")
        keys.press("Escape")
    tab_to(page, "button[aria-label='Show filters']")
    keys.press("Enter")
    tab_to(page, "button[aria-controls='drilldown-id_status']")
    keys.press("Enter")
    tab_to(page, "[name=status][value=live]")
    keys.press("Space")
    page.wait_for_function("document.querySelectorAll('#listing-results td.title').length === 1")
    assert titles() == ["Harbour reopens"]
    page.goto(f"{ORIGIN}/desk/pages/{story.pk}/edit/")
    tab_to(page, "[name=action-publish]", most=120)
    tab_to(page, ".desk-actions .w-dropdown__toggle")
    keys.press("Enter")
    page.wait_for_selector("text=Take down")
    tab_to(page, f"a[href='/desk/pages/{story.pk}/unpublish/']")
    keys.press("Enter")
    page.wait_for_selector("text=Nothing is deleted")
    tab_to(page, "main form button[type=submit]")
    keys.press("Enter")
    page.wait_for_url(lambda url: "unpublish" not in url)
    assert client.get(story.permalink).status_code == 410
    assert "Harbour reopens" not in client.get("/latest/").content.decode()
    page.goto(f"{ORIGIN}/desk/stories/?status=withdrawn")
    tab_to(page, "td.title a")
    keys.press("Enter")
    page.wait_for_url("**/edit/")
    tab_to(page, "[name=action-publish]", most=120)
    keys.press("Enter")
    page.wait_for_selector(".desk-home")
    assert client.get(story.permalink).status_code == 200


def test_looks_front_and_menu(at_the_desk, client, make_story, make_section, front):
    make_section("World"), make_section("Travel")
    story = make_story("Pinned by hand")
    for _n in range(8):
        make_story()
    page, keys = at_the_desk, at_the_desk.keyboard
    page.goto(f"{ORIGIN}/desk/settings/people/publication/{Publication.objects.get().site_id}/")
    for field, text in (("name", "The Gannet"), ("tagline", "From the cliffs")):
        tab_to(page, f"#id_{field}")
        keys.press("Control+a")
        keys.type(text)
    tab_to(page, "#id_type_set")
    keys.press("ArrowDown")
    tab_to(page, "#id_brand_colour")
    assert page.locator("#id_brand_colour").get_attribute("type") == "color"
    page.locator("#id_brand_colour").fill("#0a5a3c")
    tab_to(page, ".footer button[type=submit]")
    keys.press("Enter")
    page.wait_for_selector(".messages :text('updated')")
    paper = Publication.objects.get()
    assert (paper.name, paper.tagline, paper.type_set, paper.brand_colour) == ("The Gannet", "From the cliffs", "old-style", "#0a5a3c")
    html = client.get("/").content.decode()
    assert "The Gannet" in html and "From the cliffs" in html
    page.goto(ORIGIN + "/desk/")
    assert page.inner_text(".desk-home h1") == "The Gannet"
    # The menu: an item one place up.
    before = [place.key for place in menu_places()]
    page.goto(ORIGIN + "/desk/menu/")
    tab_to(page, f"button[name=up][value='{before[1]}']")
    keys.press("Enter")
    page.wait_for_url("**moved=**")
    assert [place.key for place in menu_places()][:2] == [before[1], before[0]]
    # The front: a container with one story pinned.
    page.goto(f"{ORIGIN}/desk/pages/{front.pk}/edit/")
    tab_to(page, "[data-streamfield-stream-container] button, button[title='Insert a block']")
    keys.press("Enter")
    page.wait_for_selector("[role=option]:has-text('Container')")
    tab_to(page, "[role=combobox]")
    keys.press("ArrowDown")
    keys.press("Enter")
    page.wait_for_selector("[name$=-layout]")
    tab_to(page, "[data-streamfield-list-add]")
    keys.press("Enter")
    page.wait_for_selector("[data-contentpath=pinned] [data-chooser-action-choose]")
    open_window(page, "[data-contentpath=pinned] [data-chooser-action-choose]")
    page.wait_for_selector(".modal #id_q")
    # A letter typed while no field has the focus: n alone would lead to a new story, away from what is not saved.
    page.evaluate("document.activeElement.blur()")
    keys.press("n")
    page.locator(".modal #id_q").focus()
    # At once, so that it is searched for once: a list that is replaced under a key press takes the press with it.
    keys.insert_text("Pinned")
    page.wait_for_function("document.querySelectorAll('.modal a.choose-page').length === 1")
    tab_to(page, ".modal a.choose-page")
    keys.press("Enter")
    page.wait_for_selector(".modal", state="detached")
    tab_to(page, "[name=action-publish]")
    keys.press("Enter")
    page.wait_for_url(lambda url: "edit" not in url)
    containers = FrontPage.only_one().containers
    assert [one.pk for one in containers[0].value["pinned"]] == [story.pk]
    assert Story.objects.get(pk=story.pk).permalink in client.get("/").content.decode()
