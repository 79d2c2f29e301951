"""Reporting a mistake in Chromium: a passage that was selected comes along, without script the form is whole, and both are done by keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders

from broadsheet.people.models import Publication
from broadsheet.record.reports import tokens
from broadsheet.record.reports.models import Report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SELECT = """() => {
  const range = document.createRange();
  range.selectNodeContents(document.querySelector('.story-body p'));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.fixture
def opened(chromium: Any, live_server: Any, make_story: Any, monkeypatch: Any) -> Any:
    """`opened(path, js=…)`: a page of the site in the browser, about a story."""
    monkeypatch.setattr(tokens, "QUICKEST", 0)
    story = make_story("Ferry sails", body="<p>It sailed at noon, “with 120 people”.</p><p>It came back.</p>")
    contexts = []

    def serve(route: Any) -> None:
        name = route.request.url.partition("/static/")[2]
        route.fulfill(body=Path(str(finders.find(name))).read_bytes(), headers={"content-type": "text/javascript"})

    def open_page(ending: str = "", *, js: bool = True, width: int = 1440) -> Any:
        context = chromium.new_context(java_script_enabled=js, viewport={"width": width, "height": 900}, reduced_motion="reduce")
        contexts.append(context)
        context.route("**/static/**", serve)
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda one: page.complaints.append(one.text) if one.type == "error" and "422" not in one.text else None)
        page.goto(live_server.url + story.permalink + ending)
        return page

    yield open_page
    for context in contexts:
        context.close()


def tab_to(page: Any, selector: str) -> None:
    for _n in range(90):
        if page.evaluate("s => document.activeElement?.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by keyboard")


def test_what_is_selected_comes_along_and_the_rest_is_typed(opened):
    page = opened()
    page.evaluate(SELECT)
    link = page.locator(".report-link a")
    page.wait_for_selector(".report-link a[href*=noon]")
    page.locator(".quote-link a").wait_for(state="visible")
    # A tap takes the selection away before the link is followed.
    page.evaluate("getSelection().removeAllRanges()")
    link.click()
    page.wait_for_selector("#report-passage")
    assert page.input_value("#report-passage") == "It sailed at noon, “with 120 people”."
    tab_to(page, "#report-problem")
    page.keyboard.type("There were 210.")
    tab_to(page, "input[name=kind]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "#report-source")
    page.keyboard.type("not an address")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "report-email", "no one comes into the field that people do not see"
    tab_to(page, ".report-send button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#report-not-sent")
    assert page.evaluate("document.activeElement.id") == "report-not-sent" and page.input_value("#report-problem") == "There were 210."
    tab_to(page, "a[href='#report-source']")
    page.keyboard.press("Enter")
    page.wait_for_selector("#report-source:focus")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("harbour.example/log")
    tab_to(page, ".report-send button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".reported-address")
    report = Report.objects.get()
    assert (report.kind, report.source, report.state) == ("link", "https://harbour.example/log", "open")
    assert page.url.endswith(f"/report/{report.reference}/")
    page.reload()
    assert Report.objects.count() == 1 and page.complaints == []


def test_a_selection_that_is_given_up_is_forgotten(opened):
    page = opened()
    page.evaluate(SELECT)
    page.wait_for_selector(".report-link a[href*=noon]")
    page.evaluate("getSelection().removeAllRanges()")
    page.wait_for_selector(".report-link a[href$='/report/']")


@pytest.mark.parametrize("language", ["en", "ur"])
def test_without_a_script_it_is_whole(opened, language):
    Publication.objects.update(language=language)
    page = opened("report/", js=False, width=390)
    page.fill("#report-problem", "There were 210.")
    page.click(".report-send button")
    page.wait_for_selector(".reported")
    assert Report.objects.get().problem == "There were 210." and page.locator(".reported-address").is_visible()
    assert not page.locator(".reported-address button").is_visible()


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_is_wrong_with_the_pages(opened, width):
    page = opened("report/", width=width)
    assert Axe().run(page).response["violations"] == []
    page.evaluate("document.querySelector('form.report').noValidate = true")
    page.click(".report-send button")
    page.wait_for_selector("#report-not-sent")
    assert Axe().run(page).response["violations"] == []
    page.fill("#report-problem", "There were 210.")
    page.click(".report-send button")
    page.wait_for_selector(".reported")
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") and page.complaints == []
