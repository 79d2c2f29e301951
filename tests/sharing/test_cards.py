"""Cards: of public stories without a picture only, always of the newest headline, in letters or not at all."""

from __future__ import annotations

import io
import itertools
import os
import threading

import pytest
from PIL import Image as Pillow
from PIL import ImageChops, features

from broadsheet.people.models import Publication
from broadsheet.sharing import cards, drawing, fonts
from broadsheet.sharing.drawing import Card, draw
from broadsheet.stories.models import Story
from tests.reader.test_leaks import picture

HEADLINES = {
    "en": "Ministers agree on shared rules for the strait", "ur": "پہاڑی ریلوے کی بحالی، COP31 میں 150 ملک", "ar": "الميناء القديم يفتح أبوابه للزوار",
    "hi": "तीन महीने बाद पहाड़ी रेल फिर चली", "bn": "বন্যার পর ধানক্ষেতে ফিরছেন কৃষকেরা", "te": "ఉత్తర మార్గంలో పడవలు తిరిగి ప్రారంభం",
    "zh": "北方航线停航十一周后恢复通航", "ja": "北方航路が11週間ぶりに再開", "ko": "북방 항로 11주 만에 재개", "th": "เรือเฟอร์รี่กลับมาให้บริการ", "ru": "Паромы возвращаются",
}  # fmt: skip


def card(headline: str, language: str = "en", **more) -> Card:
    right_to_left = language in ("ur", "ar")
    values = {
        "headline": headline, "kicker": "World", "name": "The Tern", "language": language, "right_to_left": right_to_left,
        "name_language": "en", "name_right_to_left": False, "brand": "#8a1c1c", "tone": "#a3191f", "opinion": False,
    }  # fmt: skip
    return Card(**(values | more))


def opened(data: bytes) -> Pillow.Image:
    return Pillow.open(io.BytesIO(data)).convert("RGB")


def ink(data: bytes, top: int = drawing.TOP - 40, bottom: int = drawing.LINE - 2):
    """The box of everything between two heights that is not ground."""
    shown = opened(data).crop((0, top, drawing.WIDTH, bottom))
    ground = Pillow.new("RGB", shown.size, shown.getpixel((2, 2)))
    return ImageChops.difference(shown, ground).getbbox()


def needs(language: str) -> None:
    if not features.check("raqm"):
        pytest.skip("Pillow without raqm sets no complex script")
    faces = fonts.choices(language)
    if not all(any(face.has(one) for face in faces) for one in HEADLINES[language] if one.isalpha()):
        pytest.skip(f"no font for {language}: apt-get install fonts-noto-core fonts-noto-cjk")


@pytest.mark.parametrize("language", HEADLINES)
def test_each_script_is_set_within_its_place(language):
    needs(language)
    data = draw(card(HEADLINES[language], language))
    assert opened(data).size == (1200, 630) and len(data) < 300_000
    left, top, right, bottom = ink(data)
    assert left >= drawing.MARGIN - 12 and right <= drawing.WIDTH - drawing.MARGIN + 12
    # From the side on which reading begins.
    assert (right >= drawing.WIDTH - drawing.MARGIN - 12) if language in ("ur", "ar") else (left <= drawing.MARGIN + 12)
    assert ink(data) != ink(draw(card(HEADLINES[language][::-1], language)))


@pytest.mark.parametrize(
    "headline", ["x" * 255, "Wort " * 51, "W" * 40 + " " + "i" * 200, "a", "सा" * 120, "北" * 255, "— – —", "a\u202e\u2066b" * 20]
)
def test_no_headline_is_too_long(headline):
    needs("en")
    assert opened(draw(card(headline))).size == (1200, 630)


def test_letters_of_no_font_are_never_boxes(monkeypatch):
    needs("en")
    usual = draw(card("Ferry \U0010fffd sails"))
    without = draw(card("Ferry sails"))
    assert usual == without, "a sign without a shape is left out"
    named = draw(card("\U00018b00\U00018b01"), logo=None)
    assert named == draw(card("\U00018b02")), "letters without a shape: the publication signs"
    logo = Pillow.new("RGBA", (3000, 400), "#0000ff")
    assert opened(draw(card("\U00018b00"), logo)).getpixel((600, 330)) == (0, 0, 255)
    monkeypatch.setattr(fonts, "files", dict)
    fonts._choices.cache_clear()
    assert opened(draw(card("Ferry sails"))).size == (1200, 630), "a machine without fonts"
    fonts._choices.cache_clear()


def test_a_file_that_is_no_font_is_left_out(tmp_path):
    for number, data in enumerate((b"", b"not a font", b"ttcf" + b"\xff" * 40, b"\0\1\0\0\0\1" + b"\0" * 6 + b"cmap" + b"\xff" * 12)):
        (tmp_path / f"{number}.ttf").write_bytes(data)
        assert fonts.letters(str(tmp_path / f"{number}.ttf")) == frozenset()


def shared(client, story: Story) -> str:
    page = client.get(Story.objects.get(pk=story.pk).permalink).content.decode()
    return page.partition('<meta property="og:image" content="')[2].partition('"')[0].removeprefix("http://127.0.0.1:8000")


@pytest.mark.django_db
class TestAddress:
    def test_a_story_without_a_picture_has_a_card(self, client, make_story):
        story = make_story("Ferry sails")
        page = client.get(story.permalink).content.decode()
        assert 'name="twitter:card" content="summary_large_image"' in page and 'og:image:alt" content="Ferry sails"' in page
        answer = client.get(shared(client, story))
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png") and "max-age=604800" in answer["Cache-Control"]
        assert opened(answer.content).size == (1200, 630)

    def test_it_is_drawn_once_and_dropped_with_the_headline(self, client, make_story, monkeypatch, django_capture_on_commit_callbacks):
        drawn = []
        monkeypatch.setattr(cards, "draw", lambda card, logo: drawn.append(card.headline) or draw(card, logo))
        story = make_story("Ferry sails")
        before = shared(client, story)
        assert client.get(before).content == client.get(before).content and drawn == ["Ferry sails"]
        story.title = "Ferry stays"
        with django_capture_on_commit_callbacks(execute=True):
            story.save_revision().publish()
        assert not cards._folder(story.pk).exists()
        after = shared(client, story)
        assert after != before
        client.get(after)
        answer = client.get(before)
        assert answer.content == client.get(after).content and "max-age=60" in answer["Cache-Control"], (
            "an old address shows the new headline"
        )
        assert drawn == ["Ferry sails", "Ferry stays"]

    def test_another_colour_or_name_is_another_card(self, client, make_story):
        story = make_story("Ferry sails")
        seen = {shared(client, story)}
        for change in ({"brand_colour": "#005500"}, {"name": "Tern & Gull"}):
            Publication.objects.update(**change)
            seen.add(shared(client, story))
        assert len(seen) == 3

    def test_nothing_that_is_not_public_has_one(self, client, make_story, django_capture_on_commit_callbacks):
        draft, story = make_story("Hushed", live=False), make_story("Ferry sails")
        address = shared(client, story)
        assert client.get(address).status_code == 200
        assert client.get(f"/cards/{'0' * 16}/news/{draft.slug}.png").status_code == 404
        with django_capture_on_commit_callbacks(execute=True):
            story.unpublish()
        assert client.get(address).status_code == 404 and not cards._folder(story.pk).exists()
        assert client.get("/cards/0123456789abcdef/no/such.png").status_code == 404

    def test_a_story_with_a_picture_shows_that(self, client, make_story):
        story = make_story("Ferry sails")
        before = shared(client, story)
        story = Story.objects.get(pk=story.pk)
        story.lead_image = picture("harbour")
        story.save_revision().publish()
        if "/cards/" in shared(client, story):
            pytest.skip("pictures are encoded by a later step here")
        assert client.get(before)["Location"] == shared(client, story)

    def test_one_is_drawn_at_a_time(self, client, make_story, monkeypatch):
        monkeypatch.setattr(cards, "PATIENCE", 0.01)
        monkeypatch.setattr(cards, "_drawing", threading.BoundedSemaphore(1))
        address = shared(client, make_story("Ferry sails"))
        with cards._drawing:
            answer = client.get(address)
        assert (answer.status_code, answer["Retry-After"]) == (503, "10")
        assert client.get(address).status_code == 200

    def test_a_full_disk_shows_it_all_the_same(self, client, make_story, settings, tmp_path):
        (tmp_path / "file").write_text("")
        settings.DATA = tmp_path / "file"
        assert client.get(shared(client, make_story("Ferry sails"))).status_code == 200

    def test_what_is_kept_has_a_bound(self, client, make_story, monkeypatch):
        stories = [make_story(f"Number {number}") for number in range(4)]
        monkeypatch.setattr(cards, "_drawn", itertools.count())
        for story in stories:
            assert client.get(shared(client, story)).status_code == 200
        for age, story in enumerate(reversed(stories)):
            (drawn,) = cards._folder(story.pk).glob("*.png")
            os.utime(drawn, (1_700_000_000 - age, 1_700_000_000 - age))
        weight = sum(place.stat().st_size for story in stories for place in cards._folder(story.pk).glob("*.png"))
        assert cards.sweep(weight) == 0
        assert cards.sweep(weight - 1) in (1, 2)
        assert [cards._folder(stories[n].pk).exists() for n in (0, 2, 3)] == [False, True, True]
        monkeypatch.setattr(cards, "MOST", 0)
        monkeypatch.setattr(cards, "SWEPT_EVERY", 1)
        assert client.get(shared(client, stories[0])).status_code == 200 and not cards._folder(stories[3].pk).exists()
