"""The desk's screen: upload, preview, section, editor; for those who may, and by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission

from broadsheet.importing.documents import forms
from broadsheet.stories.models import Story

PROSE = "The ferry sailed at noon after nine days in the harbour, and everybody who had waited was on board."
TEXT = f"Ferry <b>sails</b> at last\n\nBy Ada Quill\n17 November 2024\n\n{PROSE}\n\n{PROSE}\n"


def sent(client, text=TEXT, name="ferry.txt"):
    return client.post("/desk/document/", {"document": SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)})


@pytest.mark.django_db
def test_a_document_is_shown_before_it_is_written_then_opened_in_the_editor(editor_client, section):
    assert editor_client.get("/desk/document/").status_code == 200
    shown = sent(editor_client)
    html = shown.content.decode()
    assert "Ferry &lt;b&gt;sails&lt;/b&gt; at last" in html and "Ada Quill" in html and PROSE in html
    assert not Story.objects.exists()
    answer = editor_client.post("/desk/document/", {"waiting": shown.context["waiting"], "section": section.pk, "keep_date": "on"})
    story = Story.objects.get()
    assert answer.status_code == 302 and answer["Location"] == reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert story.first_published_at.year == 2024 and not story.live
    assert editor_client.get(answer["Location"]).status_code == 200
    gone = editor_client.post("/desk/document/", {"waiting": shown.context["waiting"], "section": section.pk})
    assert gone.status_code == 302 and Story.objects.count() == 1


@pytest.mark.django_db
def test_a_section_has_to_be_chosen_and_is_proposed_by_the_documents_label(editor_client, section, make_section):
    asia = make_section("Asia")
    shown = sent(editor_client, TEXT.replace("By Ada", "Section: Asia\nBy Ada"))
    assert shown.context["form"].initial["section"] == str(asia.pk)
    answer = editor_client.post("/desk/document/", {"waiting": shown.context["waiting"], "section": ""})
    assert answer.status_code == 422 and "Choose a section." in answer.content.decode() and not Story.objects.exists()


@pytest.mark.django_db
def test_of_sections_that_a_document_names_the_lowest_is_proposed(editor_client, make_section):
    news = make_section("News")
    world = make_section("World", parent=news)
    shown = sent(editor_client, TEXT.replace("By Ada", "Section: News, World\nBy Ada"))
    assert "News, World" in shown.content.decode()
    assert shown.context["form"].initial["section"] == str(world.pk)


@pytest.mark.django_db
def test_sections_of_one_name_are_told_apart_by_those_above_them(editor_client, make_section):
    for name in ("News", "Sport"):
        make_section("Local", parent=make_section(name))
    names = [name for _value, name in sent(editor_client).context["form"].fields["section"].choices]
    assert names == ["—", "News", "News › Local", "Sport", "Sport › Local"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("a.pdf", b"%PDF-1", "is a PDF"), ("a.docx", b"PK\x03\x04", "is damaged"), ("a.txt", b"", "The file is empty.")],
)
def test_wrong_files_get_one_clear_line(editor_client, section, name, content, said):
    answer = sent(editor_client, content, name)
    assert answer.status_code == 422 and answer.content.decode().count(said) == 1


@pytest.mark.django_db
def test_what_is_too_large_is_refused_unread(editor_client, section, monkeypatch):
    monkeypatch.setattr(forms, "MAX_BYTES", 100)
    assert "larger than 30 MB" in sent(editor_client).content.decode()


@pytest.mark.django_db
def test_only_who_may_write_in_a_section_may_and_only_there(section, make_section, django_user_model):
    asia = make_section("Asia")
    user = django_user_model.objects.create_user("ben", "ben@example.test", "a-long-password")
    group = Group.objects.create(name="Asia desk")
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    user.groups.add(group)
    browser = Client(SERVER_NAME="127.0.0.1")
    browser.force_login(user)
    assert browser.get("/desk/document/").status_code == 302  # Wagtail sends those without permission to its first screen.
    assert "From a document" not in browser.get("/desk/").content.decode()
    GroupPagePermission.objects.create(group=group, page=asia, permission=Permission.objects.get(codename="add_page"))
    shown = sent(browser)
    assert [value for value, _name in shown.context["form"].fields["section"].choices] == ["", str(asia.pk)]
    assert browser.post("/desk/document/", {"waiting": shown.context["waiting"], "section": section.pk}).status_code == 422
    assert not Story.objects.exists()


@pytest.mark.django_db
def test_a_waiting_document_is_its_uploaders_and_only_the_last_few_wait(editor_client, section, django_user_model, settings):
    keys = [sent(editor_client, name=f"{n}.txt").context["waiting"] for n in range(5)]
    waiting = list(Path(settings.STORAGES["default"]["OPTIONS"]["location"]).glob("documents-waiting/*/*"))
    assert len(waiting) == 3
    other = Client(SERVER_NAME="127.0.0.1")
    other.force_login(django_user_model.objects.create_superuser("eve", "eve@example.test", "a-long-password"))
    for key in (keys[-1], "../../secret_key", "0" * 16):
        assert other.post("/desk/document/", {"waiting": key, "section": section.pk}).status_code == 302
    assert not Story.objects.exists()
    assert Client(SERVER_NAME="127.0.0.1").get("/desk/document/").status_code == 302


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_by_keyboard_in_a_browser(live_server, chromium, editor, section, tmp_path):
    file = tmp_path / "ferry.txt"
    file.write_text(TEXT)
    client = Client()
    client.force_login(editor)
    context = chromium.new_context()
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/desk/document/")
    page.set_input_files("#id_document", str(file))
    page.focus("#id_document")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#id_section")
    assert "Ada Quill" in page.inner_text("main")
    page.focus("#id_section")
    page.keyboard.press("ArrowDown") if not page.input_value("#id_section") else None
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit/")
    assert page.input_value("#id_title") == "Ferry <b>sails</b> at last"
    context.close()
    assert Story.objects.get().first_published_at.year == 2024
