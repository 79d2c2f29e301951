"""A reader's report at the desk in Chromium, by keyboard alone: from the queue to an answer, and to a correction."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from broadsheet.record.models import Change
from broadsheet.record.reports.models import Report
from tests.desk.test_browser import tab_to
from tests.desk.test_reported import QUEUE, report_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def desk(editor: Any) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(editor)
    return client


def test_a_report_is_answered_and_another_one_dismissed(opened, desk, make_story):
    story = make_story("Ferry sails")
    first, second = report_on(story), report_on(story, "I do not like it.", passage="")
    page = opened(desk, QUEUE)
    tab_to(page, f"a[href='{QUEUE}{first.pk}/']")
    page.keyboard.press("Enter")
    page.wait_for_selector("#report-answer:focus")
    assert page.locator("mark").inner_text() == "It sailed at noon."
    page.keyboard.type("You are right.")
    tab_to(page, "button[value=answer]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{QUEUE}{second.pk}/")
    page.wait_for_selector("#report-answer")
    tab_to(page, ".desk-report-act summary")
    page.keyboard.press("Enter")
    tab_to(page, "input[name=reason]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tab_to(page, "button[value=dismiss]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".desk-empty")
    first, second = Report.objects.order_by("pk")
    assert (first.state, first.answer, second.state, second.reason) == ("answered", "You are right.", "dismissed", "opinion")
    assert page.complaints == []


def test_a_correction_is_made_from_a_report(opened, desk, make_story):
    story = make_story("Ferry sails")
    report = report_on(story)
    page = opened(desk, f"{QUEUE}{report.pk}/")
    # A page is given its focus when it is drawn, which may be after it has come.
    page.wait_for_selector("#report-answer:focus")
    page.keyboard.type("It sailed at one.")
    tab_to(page, "button[value=correct]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#id_change_report")
    assert page.input_value("#id_change_report") == str(report.pk) and page.input_value("#id_change_note") == "It sailed at one."
    assert page.locator("#id_change_report").is_visible()
    page.locator("#id_change_wrong").fill("We wrote that it sailed at noon.")
    page.locator("button[name=action-publish]").first.click()
    page.wait_for_url("**/desk/")
    found = Report.objects.get()
    assert (found.state, found.corrected_by) == ("corrected", 2) and Change.objects.get(story=story.pk, number=2).kind == "correction"


def test_the_screens_fit_a_telephone(opened, desk, make_story):
    report = report_on(make_story("Ferry sails"), "A" * 300, passage="B" * 400)
    for path in (QUEUE, f"{QUEUE}{report.pk}/"):
        page = opened(desk, path, width=390)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
