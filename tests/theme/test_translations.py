"""The catalogues: complete, compiled as they are written, and spoken on the pages."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from django.utils import translation

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import translations

PLACE = re.compile(r"%\((\w+)\)s")


@pytest.fixture(scope="module")
def wanted():
    """(context, text) of everything a reader may see."""
    return {(m.context, m.id) for m in translations.messages() if m.id}


def test_the_texts_of_the_public_pages_are_found(wanted):
    assert {(None, "Skip to content"), (None, "Opinion"), (None, "There is no such page")} <= wanted
    assert ("before the last name of a byline", "and") in wanted
    assert (None, ("%(shown)s minute to read", "%(shown)s minutes to read")) in wanted


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_every_text_is_translated(language, wanted):
    catalogue = translations.read(language)
    assert {(m.context, m.id) for m in catalogue if m.id} == wanted, "run make translations"
    for message in catalogue:
        said = [message.string] if isinstance(message.string, str) else message.string
        assert all(said), f"{message.id!r} has no translation"
        asked = set(PLACE.findall(message.id if isinstance(message.id, str) else message.id[1]))
        for one in said:
            # Arabic says “one minute” without the figure; nothing else may be left out or invented.
            assert set(PLACE.findall(one)) <= asked and (isinstance(message.string, tuple) or set(PLACE.findall(one)) == asked), one


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_the_compiled_catalogue_is_the_written_one(language):
    folder = translations.folder(language)
    assert (folder / "django.mo").read_bytes() == translations.compiled(translations.read(language)), "run make translations"


def test_every_language_there_is_is_held_to_this():
    assert {p.name for p in translations.LOCALE.iterdir() if p.is_dir()} == set(translations.LANGUAGES)


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("ur", "تازہ ترین"),
        ("ar-EG", "آخر الأخبار"),
        ("pt-BR", "Últimas"),
        ("zh", "最新"),
        ("zh-CN", "最新"),
        ("de-AT", "Neueste"),
        ("tlh", "Latest"),
    ],
)
def test_a_region_speaks_its_language(tag, text):
    from broadsheet.people.languages import interface_language

    with translation.override(interface_language(tag)):
        assert translation.gettext("Latest") == text


@pytest.mark.parametrize(
    ("minutes", "text"), [(1, "1 минута чтения"), (3, "3 минуты чтения"), (11, "11 минут чтения"), (21, "21 минута чтения")]
)
def test_russian_counts_as_russians_do(minutes, text):
    with translation.override("ru"):
        said = translation.ngettext("%(shown)s minute to read", "%(shown)s minutes to read", minutes)
        assert said % {"shown": minutes} == text


def test_a_page_speaks_the_language_of_its_publication(make_story, client):
    from broadsheet.people.models import Publication

    Publication.objects.update(language="bn")
    story = make_story("বন্দর", language="en")
    page = client.get(story.permalink).content.decode()
    assert '<html lang="bn" dir="ltr">' in page and "মূল অংশে যান" in page and "প্রকাশিত" in page
    assert "Skip to content" not in page and ">Published<" not in page
