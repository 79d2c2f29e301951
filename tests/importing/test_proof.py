"""A dry run's page: everything on it, nothing dangerous in it, nothing left behind."""

from __future__ import annotations

import json
import re

import pytest
from PIL import Image as Pillow

from broadsheet.importing.commands import import_wordpress
from broadsheet.importing.models import SourceSite
from broadsheet.stories.models import Story
from tests.importing.conftest import author, category, item, within

pytestmark = pytest.mark.django_db
HOSTILE = (
    '<script>alert(1)</script><p onclick="x()">So <b>it</b> sailed.</p><img src="https://spy.example/p.gif"><iframe src="//spy.example">'
)


@pytest.fixture
def page(wxr, tmp_path, settings):
    """Tries an import dry and gives its page: `page(item(…))`."""
    settings.DATA.mkdir(parents=True, exist_ok=True)

    def run(*items: str, head: str = "", options: tuple[str, ...] = ()) -> str:
        report = tmp_path / "trial.json"
        import_wordpress([str(wxr(*items, head=head)), "--dry-run", "--report", str(report), *options])
        return report.with_suffix(".html").read_text()

    return run


def test_what_comes_and_what_is_left_out(page):
    html = page(
        item("1", terms=within(("coast", "Coast"))), item("2", status="trash"), item("3", status="private"),
        head=author("ada", "Ada Holm") + category("coast", "Coast"),
    )  # fmt: skip
    assert re.search(r'<td><bdi>post</bdi></td><td class="n">3</td><td class="n">2</td>.*trash 1', html)
    assert re.search(r'Coast</bdi></td><td class="n">1</td>', html)
    assert "every item of the file is accounted for" in html


def test_a_story_stands_beside_what_it_was(page):
    html = page(item("1", "Ferry sails", body="<p>It <b>sailed</b> at noon.</p>"))
    assert html.count("It <b>sailed</b> at noon.") == 2
    assert html.count("· 4 words") == 2


def test_ten_at_the_most_and_the_same_ten_again(page):
    items = [item(str(n), f"Story {n}", body=f"<p>Text {n}.</p>") for n in range(1, 16)]
    first, second = page(*items), page(*items)
    assert first.count("<article>") == 10
    assert re.findall(r"<h3 dir.*", first) == re.findall(r"<h3 dir.*", second)


def test_nothing_hostile_and_no_request(page):
    html = page(item("1", "<b>x</b><script>alert(2)</script>", body=HOSTILE))
    assert "<script" not in html
    assert "onclick" not in html
    assert "spy.example/p.gif" not in re.sub(r">[^<]*<", "><", html)
    assert "<img" not in html
    assert "<iframe" not in html


def test_what_looks_wrong_is_said_in_the_text(page, wxr, tmp_path):
    html = page(item("1"), item("2", body="<!-- wp:acme/chart /-->"))
    assert "unknown block" in html


def test_files_of_the_folder_are_found_and_no_copy_of_them_is_made(wxr, page, tmp_path, settings):
    folder = tmp_path / "uploads"
    for name, size in (("boat.jpg", (1200, 800)), ("sign.png", (90, 120))):
        (folder / "2024").mkdir(parents=True, exist_ok=True)
        Pillow.new("RGB", size, "navy").save(folder / "2024" / name)
    (folder / "2024/tides.pdf").write_bytes(b"%PDF-1.4")
    here = "https://tern.example/wp-content/uploads/2024/"
    things = [
        *(
            item(str(n), name, type="attachment", status="inherit", more=f"<wp:attachment_url>{here}{name}</wp:attachment_url>")
            for n, name in enumerate(("boat.jpg", "sign.png", "tides.pdf", "lost.jpg"), 11)
        ),
        item(
            "1", body="".join(f'<p><img class="wp-image-{n}" src="{here}{name}"></p>' for n, name in ((11, "boat.jpg"), (14, "lost.jpg")))
        ),
    ]
    html = page(*things, options=("--media", str(folder)))
    assert re.search(r'<td><bdi>files</bdi></td><td class="n">3</td><td class="n">3</td>', html)
    assert "missing picture: 1" in html
    assert "not in the folder given: put it there, or have it fetched with --fetch-media</bdi>: 1<br><small><bdi>2024/lost.jpg" in html
    assert not [file for place in (settings.DATA / "media", tmp_path / "public", tmp_path / "originals") for file in place.rglob("*.*")]

    import_wordpress([str(wxr(*things)), "--media", str(folder), "--report", str(tmp_path / "real.json")])
    # PostgreSQL gives no number twice, not those of a trial either, which it takes back.
    tried, real = (
        re.sub(r"/documents/\d+/", "/documents/N/", (tmp_path / f"{name}.addresses.jsonl").read_text()) for name in ("trial", "real")
    )
    assert tried == real
    assert ".jpg" in real
    assert ".pdf" in real


def test_why_something_is_kept_as_a_draft_is_said_in_words(page):
    assert "<li>protected by a password: 1</li>" in page(item("1"), item("2", more="<wp:post_password>pier</wp:post_password>"))


def test_nothing_is_left_behind_but_the_page(page):
    page(item("1"))
    assert not Story.objects.exists()
    assert not SourceSite.objects.exists()


def test_without_a_place_for_it_the_page_is_in_the_data_folder(wxr, settings, capsys):
    settings.DATA.mkdir(parents=True, exist_ok=True)
    import_wordpress([str(wxr(item("1"))), "--dry-run"])
    place = re.search(r"To read: (.+)", capsys.readouterr().out)[1]
    file = settings.DATA / "reports" / place.rpartition("/")[2]
    assert str(file) == place
    assert file.stat().st_mode & 0o077 == 0


def test_of_very_many_oddities_the_most_frequent_are_shown(page, monkeypatch):
    monkeypatch.setattr("broadsheet.importing.proof.MOST", 2)
    boxes = "".join(f"<!-- wp:acme/{name} --><p>x</p><!-- /wp:acme/{name} -->" for name in ("one", "one", "two", "three", "four", "four"))
    html = page(item("1", body=boxes), head=author("ada", "Ada"))
    assert "acme/one" in html and "acme/four" in html and "acme/two" not in html.partition("Stories, as they were")[0]
    assert "And 2 more, which the report lists" in html


def test_what_turns_text_round_does_not_turn_what_stands_beside_it(page):
    html = page(item("1", type="\u202egnp"), item("2", type="خبر"))
    assert "<td><bdi>\u202egnp</bdi></td>" in html and "<td><bdi>خبر</bdi></td>" in html
    assert 'dir="auto">The Tern' in html and "<bdi>https://tern.example</bdi>" in html


def test_a_name_of_thousands_of_letters_is_cut(page):
    html = page(item("1", creator="W" * 1000))
    assert "W" * 250 not in html.partition("What is odd")[2].partition("<h2>")[0]


def test_a_screen_reader_finds_each_text_by_a_name_of_its_own(page):
    html = page(item("1", "Same"), item("2", "Same"), item("3", "Same"))
    labels = re.findall(r'aria-label="([^"]+)"', html)
    assert len(labels) == len(set(labels)) == 6 and html.count("<main>") == 1


def test_the_zone_is_named_and_said_to_be_worked_out(page, capsys, tmp_path):
    summer = [item(str(n), date=f"2024-{n:02}-10 12:00:00", gmt=f"2024-{n:02}-10 {10 if 4 <= n <= 10 else 11}:00:00") for n in range(1, 13)]
    html, printed = page(*summer), capsys.readouterr().out
    said = "Europe/Berlin, worked out from the dates in the export, which names none"
    assert f"Time zone of the old site: {said}" in html and f"time zone of the old site: {said}" in printed
    assert json.loads((tmp_path / "trial.json").read_text())["zone"] == {"name": "Europe/Berlin", "inferred": True}
