"""A dry run's page: everything on it, nothing dangerous in it, nothing left behind."""

from __future__ import annotations

import re

import pytest

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
    assert re.search(r'<td>post</td><td class="n">3</td><td class="n">2</td>.*trash 1', html)
    assert re.search(r'Coast</td><td class="n">1</td>', html)
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
