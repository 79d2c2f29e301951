"""Translations of a story: linked to each other at once, whatever any revision says, and never within one language."""

from __future__ import annotations

import pytest
from django.urls import reverse

from broadsheet.stories.actions import CannotLink, link_translations, unlink_translation
from broadsheet.stories.models import Story
from broadsheet.stories.translations import language_name, translations

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(make_story):
    return make_story("Ferry"), make_story("Bac", language="fr"), make_story("عبارة", language="ar")


def test_readers_find_each_from_each(client, three):
    english, french, arabic = three
    link_translations(stories=[english, french], by=None)
    link_translations(stories=[arabic, english], by=None)
    assert len(set(Story.objects.values_list("translation_group", flat=True))) == 1
    html = client.get(english.permalink).content.decode()
    assert f'<a href="{french.permalink}" rel="alternate" hreflang="fr" lang="fr" dir="ltr">Français</a>' in html
    assert 'dir="rtl">العربيّة</a>' in html
    for tag in ("en", "fr", "ar"):
        assert f'<link rel="alternate" hreflang="{tag}" href="http' in html
        assert html.count("hreflang") == 5, "three in the head, two in the text"


def test_a_draft_is_nobodys_translation_in_public(client, three, make_story):
    english, french, _arabic = three
    draft = make_story("Geheim", language="de", live=False)
    link_translations(stories=[english, draft], by=None)
    html = client.get(english.permalink).content.decode()
    assert "Deutsch" not in html and "hreflang" not in html
    link_translations(stories=[french, english], by=None)
    assert [t.language for t in translations(Story.objects.get(pk=english.pk), publication_language="en")] == ["fr"]


def test_two_of_one_language_are_refused(three, make_story):
    english, french, _arabic = three
    other = make_story("Traversier", language="fr")
    link_translations(stories=[english, french], by=None)
    with pytest.raises(CannotLink, match="both in “fr”"):
        link_translations(stories=[other, english], by=None)
    assert Story.objects.get(pk=other.pk).translation_group is None


def test_no_revision_brings_an_old_link_back_or_takes_one_away(three):
    english, french, _arabic = three
    before = english.save_revision()
    link_translations(stories=[english, french], by=None)
    before.publish()
    assert Story.objects.get(pk=english.pk).translation_group == french.translation_group is not None
    unlink_translation(story=Story.objects.get(pk=french.pk), by=None)
    assert set(Story.objects.values_list("translation_group", flat=True)) == {None}, "nobody is a translation of nothing"


def test_names_of_languages():
    assert [language_name(tag) for tag in ("fr", "pt-BR", "en-GB", "ps")] == ["Français", "Português Brasileiro", "British English", "ps"]


def test_linked_and_taken_apart_in_the_desk(editor_client, three):
    english, french, arabic = three
    address = reverse("broadsheet_translations", args=[english.pk])
    assert "None yet" in editor_client.get(address).content.decode()
    assert address in editor_client.get(reverse("wagtailadmin_pages:edit", args=[english.pk])).content.decode()
    for other in (french, arabic):
        assert editor_client.post(address, {"other": other.pk}).status_code == 302
    assert "Bac" in editor_client.get(address).content.decode()
    editor_client.post(address, {"unlink": french.pk})
    assert Story.objects.get(pk=french.pk).translation_group is None
    assert Story.objects.get(pk=arabic.pk).translation_group is not None


def test_those_who_may_not_edit_link_nothing(client, three, django_user_model):
    from django.contrib.auth.models import Permission

    user = django_user_model.objects.create_user("guest", "guest@example.test", "a-long-password")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    answer = client.post(reverse("broadsheet_translations", args=[three[0].pk]), {"other": three[1].pk})
    assert answer.status_code in (302, 403)
    assert set(Story.objects.values_list("translation_group", flat=True)) == {None}
